"""The place that a person means: 云陵 is 云陵市, as for ``--city``."""

from __future__ import annotations

from difflib import SequenceMatcher

from graph.cells import text_of
from graph.store import Store

_NAMES = "SELECT DISTINCT ?place WHERE { ?thing zhize:within ?place }"
_UNITS = ("自治区", "自治州", "自治县", "地区", "省", "市", "县", "区", "盟", "旗")
_NEAR = 0.3  # of difflib's ratio: below, two names share little but 市


def place_names(store: Store) -> list[str]:
    """The places that the policies and agencies of the graph lie in, and those above them, in the order of their names."""
    return sorted({text_of(place) for (place,) in store.select(_NAMES)} - {""})


def find_places(store: Store, word: str) -> list[str]:
    """The places that ``word`` means: one where it is clear, several where it may be any of them, none where the graph has no such.

    The name itself goes before a name without its last part (云陵 for 云陵市), that before a part of a name (青溪 for
    云陵市青溪县). "" is the whole country.
    """
    wanted = "".join(word.split())
    names = place_names(store) if wanted else [""]
    for found in (
        [name for name in names if name == wanted],
        [name for name in names if any(name == wanted + unit for unit in _UNITS)],
        [name for name in names if wanted in name],
    ):
        if found:
            return found
    return []


def nearest_places(store: Store, word: str, limit: int = 5) -> list[str]:
    """The places whose names look like ``word``, the nearest first; where none does, the first of all."""
    names, wanted = place_names(store), "".join(word.split())[:100]
    scored = sorted((-SequenceMatcher(None, name, wanted, autojunk=False).ratio(), name) for name in names)
    return ([name for score, name in scored if score < -_NEAR] or names)[:limit]
