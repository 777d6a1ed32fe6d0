"""Agencies as rows, and the agency that a person means by a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher

import pyoxigraph as ox

from extract.models import Setting
from graph.cells import code_of, int_of, text_of
from graph.iris import agency_iri
from graph.rows import AgencyRow
from graph.store import Store, Value
from ontology.vocabulary import DATA

_BEARERS = """
SELECT ?agency ?role (COUNT(?d) AS ?duties)
WHERE { $agency$ ?d odrl:assignee ?agency ; zhize:role ?role }
GROUP BY ?agency ?role"""

_SPREAD = """
SELECT ?agency (COUNT(DISTINCT ?policy) AS ?policies)
WHERE { $agency$ ?d odrl:assignee ?agency ; zhize:policy ?policy }
GROUP BY ?agency"""

_BODIES = """
SELECT ?agency ?name ?place ?tier ?kind ?known
WHERE {
  $agency$
  ?agency a org:FormalOrganization ; skos:prefLabel ?name ; zhize:known ?known .
  OPTIONAL { ?agency zhize:place ?place }
  OPTIONAL { ?agency zhize:tier ?tier }
  OPTIONAL { ?agency org:classification ?kind }
}"""

_LIKE = 0.4  # of difflib's ratio: below, two names share little but 市 and 局
_NAMES = """
SELECT ?agency ?name ?place
WHERE { ?agency a org:FormalOrganization ; skos:prefLabel ?name OPTIONAL { ?agency zhize:place ?place } }"""
_PLACES = """
SELECT DISTINCT ?place ?tier ?name ?above
WHERE { ?place a dcterms:Location ; rdfs:label ?name ; zhize:tier ?tier OPTIONAL { ?place dcterms:isPartOf ?above } }"""


def agencies(store: Store, place: str | None = None, city: str | None = None) -> list[AgencyRow]:
    """The agencies that bear duties, the busiest first. ``place`` (or ``city``) is text that the agency's place must hold."""
    rows = [r for r in _agencies(store, None) if r.duties]
    wanted = place or city
    return [r for r in rows if not wanted or wanted in r.place]


def agencies_of(store: Store, wanted: Iterable[str]) -> list[AgencyRow]:
    """The agencies with these IRIs, the busiest first."""
    return _agencies(store, [ox.NamedNode(iri) for iri in wanted])


def bodies(store: Store) -> list[AgencyRow]:
    """All bodies of the graph by name, those without duties too; their load is not counted (0)."""
    rows = [
        AgencyRow(
            text_of(agency), text_of(name), text_of(place), code_of(tier), code_of(kind), text_of(known) == "true", 0, 0, 0, 0, 0
        )
        for agency, name, place, tier, kind, known in store.select(_BODIES)
    ]
    return sorted(rows, key=lambda r: (r.name, r.iri))


def _agencies(store: Store, only: list[ox.NamedNode] | None) -> list[AgencyRow]:
    given = {} if only is None else {"agency": only}
    load: dict[Value | None, dict[str, int]] = defaultdict(dict)
    for agency, role, count in store.select(_BEARERS, **given):
        load[agency][code_of(role)] = int_of(count)
    spread = {agency: int_of(count) for agency, count in store.select(_SPREAD, **given)}
    rows = []
    for agency, name, place, tier, kind, known in store.select(_BODIES, **given):
        roles = load.get(agency, {})
        rows.append(
            AgencyRow(
                iri=text_of(agency),
                name=text_of(name),
                place=text_of(place),
                tier=code_of(tier),
                kind=code_of(kind),
                known=text_of(known) == "true",
                duties=sum(roles.values()),
                lead=roles.get("lead", 0),
                responsible=roles.get("responsible", 0),
                support=roles.get("support", 0),
                policies=spread.get(agency, 0),
            )
        )
    return sorted(rows, key=lambda r: (-r.duties, -r.lead, r.name))


def find_agencies(store: Store, name: str, city: str | None = None) -> list[AgencyRow]:
    """The agencies that ``name`` means, written in any way: official name, IRI, short name (市发改委), without its place (财政局).

    One row where it is clear, several where each of several places has such a body (``city`` is text that the agency's place must
    hold), none where no agency of the graph fits: :func:`nearest_agencies` then helps.
    """
    if name.startswith(DATA):
        return agencies_of(store, [name])
    found = agencies_meant(name, names_of(store, city), lambda: settings(store))
    return agencies_of(store, found) if found else []


def agencies_meant(name: str, names: Mapping[str, str], places: Callable[[], Iterable[Setting]]) -> list[str]:
    """As :func:`find_agencies`, of these ``names`` with their IRIs: the IRIs. ``places`` is asked only for short names."""
    wanted = "".join(name.split())
    if wanted in names:
        return [names[wanted]]
    known = set(names.values())
    meant = (agency_iri(body).value for body in _readings(wanted, places()))
    return [iri for iri in dict.fromkeys(meant) if iri in known]


def readings(store: Store, name: str) -> list[str]:
    """The official names that ``name`` can mean in the places of the graph, and for the state."""
    return _readings(name, settings(store))


def _readings(name: str, places: Iterable[Setting]) -> list[str]:
    from extract.agencies.canonical import canonical  # late: an official name needs no tables

    return list(dict.fromkeys(canonical(name, setting).name for setting in [*places, Setting()]))


def nearest_agencies(store: Store, name: str, city: str | None = None, limit: int = 8) -> list[AgencyRow]:
    """Agencies whose names look like ``name``, the nearest first: those that hold it whole, then those that it abbreviates."""
    best = names_like(name, names_of(store, city), limit)
    rows = {row.iri: row for row in agencies_of(store, best)}
    return [rows[iri] for iri in best]


def names_like(name: str, names: Mapping[str, str], limit: int) -> list[str]:
    """As :func:`nearest_agencies`, of these ``names`` with their IRIs: the IRIs."""
    wanted = "".join(name.split())
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    scored: list[tuple[float, str, str]] = []
    for body, iri in names.items():
        matcher.set_seq1(body)
        more = 1.0 if wanted and wanted in body else 0.5 if _in_order(wanted, body) else 0.0
        if not more and (matcher.real_quick_ratio() <= _LIKE or matcher.quick_ratio() <= _LIKE):
            continue
        score = matcher.ratio() + more
        if score > _LIKE:
            scored.append((-score, body, iri))
    return [iri for _, _, iri in sorted(scored)[:limit]]


def _in_order(wanted: str, body: str) -> bool:
    """Do the characters of a short form stand in a name in their order, as those of 发改 do in 发展和改革委员会?"""
    rest = iter(body)
    return len(wanted) >= 2 and all(c in rest for c in wanted)


def names_of(store: Store, city: str | None = None) -> dict[str, str]:
    """Names of agencies with their IRIs, those of a place only if ``city`` is given."""
    return {text_of(name): text_of(agency) for agency, name, place in store.select(_NAMES) if not city or city in text_of(place)}


def settings(store: Store) -> list[Setting]:
    """The places that the policies of the graph speak from, in the order of their names."""
    places = {text_of(place): (code_of(tier), text_of(name), text_of(above)) for place, tier, name, above in store.select(_PLACES)}
    found = []
    for place in places:
        names: dict[str, str] = {}
        at = place
        while at in places:
            tier, name, at = places[at]
            names[tier] = name
        found.append(Setting(**names))
    return sorted(found, key=lambda s: (s.province, s.city, s.county))
