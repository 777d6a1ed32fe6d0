"""Short forms of names for labels, where the full name would not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

_PARTY = "中共"
_ABOUT = "关于"
_PREFIX_LIMIT = 40
"""An issuing authority in front of 关于 is rarely longer (中共中央办公厅 国务院办公厅 …); further right it is the subject's."""


def short_agency(name: str, place: str) -> str:
    """The name as a local would write it: 市财政局 for 云陵市财政局 in 云陵市, 市委组织部 for 中共云陵市委组织部.

    A group loses its place altogether (各县区人民政府). The name stays whole where the place does not stand in front, or where
    nothing but the tier would remain.
    """
    stem = place[:-1]
    for prefix in (stem, _PARTY + stem):
        rest = name.removeprefix(prefix)
        if stem and rest != name and len(rest) > 2:
            return rest[1:] if rest[1:2] == "各" else rest
    return name


def agency_labels(names: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Labels for agencies given as IRI → (name, place): the short form where it is unique among them, else the full name.

    With bodies of two cities all names are full: 市财政局 beside 云陵市公安局 does not say whose it is.
    """
    if len({place.partition("市")[0] for _, place in names.values() if "市" in place}) > 1:
        return {iri: name for iri, (name, _) in names.items()}
    short = {iri: short_agency(name, place) for iri, (name, place) in names.items()}
    count = Counter(short.values())
    return {iri: label if count[label] == 1 else names[iri][0] for iri, label in short.items()}


def short_title(title: str) -> str:
    """The subject of a document: what follows the issuing authority and 关于, without 《》. Unchanged where there is no 关于."""
    bare = title.strip("《》")
    at = bare.find(_ABOUT, 0, _PREFIX_LIMIT)
    rest = bare[at + len(_ABOUT) :] if at >= 0 else ""
    return rest.removeprefix("印发") if len(rest) > 4 else bare
