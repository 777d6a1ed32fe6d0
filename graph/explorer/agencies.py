"""What the pages say of agencies beside their duties: names, predecessors, partners."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from extract.agencies.bodies import fill
from extract.models import Setting
from graph.bodies import agencies_of, settings
from graph.cells import int_of, text_of
from graph.iris import agency_iri
from graph.rows import AgencyRow
from graph.store import Store
from ontology.authority import bodies

_MENTIONS = """
SELECT ?exact (COUNT(?d) AS ?n)
WHERE { $agency$ ?d odrl:assignee ?agency ; zhize:evidence ?at . ?at oa:hasSelector ?words . ?words oa:exact ?exact }
GROUP BY ?exact"""
_REASON = "SELECT ?agency ?reason WHERE { $agency$ ?agency zhize:reason ?reason }"
_PARTNERS = """
SELECT ?other ?name (COUNT(DISTINCT ?as) AS ?n)
WHERE {
  { SELECT DISTINCT ?as ?agency WHERE { $agency$ ?mine odrl:assignee ?agency ; zhize:assignment ?as } }
  ?d zhize:assignment ?as ; odrl:assignee ?other .
  ?other skos:prefLabel ?name .
  FILTER(?other != ?agency)
}
GROUP BY ?other ?name"""
_IN_GRAPH = "SELECT ?agency WHERE { $agency$ ?agency a org:FormalOrganization }"
_ISSUED = "SELECT (COUNT(?policy) AS ?n) WHERE { $agency$ ?policy eli:passed_by ?agency ; a zhize:Policy }"
_LETTERS = {"S": "state", "P": "province", "C": "city", "D": "county"}


@dataclass(frozen=True, slots=True)
class Partner:
    """An agency that stands in ``shared`` lists of units together with another."""

    iri: str
    name: str
    shared: int


@dataclass(frozen=True, slots=True)
class Relative:
    """A body that came before or after an agency; ``month`` is the one of the change, ``iri`` "" where the graph lacks it."""

    name: str
    iri: str
    month: str


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """An agency as its page shows it: ``mentions`` are its names as documents write them, with how often.

    ``reason`` says why the name is in doubt, ``issued`` counts the policies that it issued.
    """

    row: AgencyRow
    reason: str
    mentions: tuple[tuple[str, int], ...]
    partners: tuple[Partner, ...]
    before: tuple[Relative, ...]
    after: tuple[Relative, ...]
    issued: int


def agency_page(store: Store, iri: str) -> AgencyPage | None:
    """The agency with this IRI; None where the graph has none."""
    found = agencies_of(store, [iri])
    if not found:
        return None
    row, node = found[0], [ox.NamedNode(iri)]
    written = [(text_of(exact), int_of(n)) for exact, n in store.select(_MENTIONS, agency=node)]
    mentions = sorted(written, key=lambda m: (-m[1], m[0]))
    before, after = _relatives(store, row)
    issued = next(store.select(_ISSUED, agency=node))
    reason = text_of(store.mapping(_REASON, agency=node).get(node[0]))
    return AgencyPage(row, reason, tuple(mentions), partners(store, iri), before, after, int_of(issued[0]))


def partners(store: Store, iri: str) -> tuple[Partner, ...]:
    """Those that share lists of units with the agency, the closest first."""
    rows = [Partner(text_of(o), text_of(name), int_of(n)) for o, name, n in store.select(_PARTNERS, agency=[ox.NamedNode(iri)])]
    return tuple(sorted(rows, key=lambda p: (-p.shared, p.name)))


def _relatives(store: Store, row: AgencyRow) -> tuple[tuple[Relative, ...], tuple[Relative, ...]]:
    """The bodies that the table of bodies states as predecessors and successors of an agency, at its place."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    places = [s for s in [*settings(store), Setting()] if s.tier == row.tier or not s.tier]
    for body in bodies():
        if not body.successor or row.tier not in [_LETTERS[letter] for letter in body.tiers]:
            continue
        for place in places:
            old, new = fill(body.name, place), fill(body.successor, place)
            if old == row.name:
                after[new] = body.until
            elif new == row.name:
                before[old] = body.until
    return _found(store, before), _found(store, after)


def _found(store: Store, names: dict[str, str]) -> tuple[Relative, ...]:
    if not names:
        return ()
    nodes = [agency_iri(name) for name in names]
    known = {text_of(iri) for (iri,) in store.select(_IN_GRAPH, agency=nodes)}
    return tuple(
        Relative(name, node.value if node.value in known else "", month)
        for (name, month), node in zip(names.items(), nodes, strict=True)
    )
