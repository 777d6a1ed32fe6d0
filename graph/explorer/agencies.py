"""What the pages say of agencies beside their duties: names, predecessors, partners."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from graph import lineage
from graph.bodies import agencies_of
from graph.cells import int_of, text_of
from graph.rows import AgencyRow
from graph.store import Store

_MENTIONS = """
SELECT ?exact (COUNT(?d) AS ?n)
WHERE { $agency$ ?d odrl:assignee ?agency ; zhize:evidence ?at . ?at oa:hasSelector ?words . ?words oa:exact ?exact }
GROUP BY ?exact"""
_REASON = "SELECT ?agency ?reason WHERE { $agency$ ?agency zhize:reason ?reason }"
_PARTNERS = """
SELECT ?other (COUNT(DISTINCT ?as) AS ?n)
WHERE {
  { SELECT DISTINCT ?as ?agency WHERE { $agency$ ?mine odrl:assignee ?agency ; zhize:assignment ?as } }
  ?d zhize:assignment ?as ; odrl:assignee ?other .
  FILTER(?other != ?agency)
}
GROUP BY ?other"""
_NAMES = "SELECT ?other ?name WHERE { $other$ ?other skos:prefLabel ?name }"
_ISSUED = "SELECT (COUNT(?policy) AS ?n) WHERE { $agency$ ?policy eli:passed_by ?agency ; a zhize:Policy }"
_REACHED = "SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE { $agency$ ?d zhize:reaches ?agency }"


@dataclass(frozen=True, slots=True)
class Partner:
    """An agency that stands in ``shared`` lists of units together with another."""

    iri: str
    name: str
    shared: int


@dataclass(frozen=True, slots=True)
class Relative:
    """A body that came before or after an agency; ``month`` is the one of the change, ``iri`` "" where it bears no duties."""

    name: str
    iri: str
    month: str


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """An agency as its page shows it: ``mentions`` are its names as documents write them, with how often.

    ``reason`` says why the name is in doubt, ``issued`` counts the policies that it issued, ``reached`` the duties of groups
    (各县区人民政府, 成员单位) that reach it.
    """

    row: AgencyRow
    reason: str
    mentions: tuple[tuple[str, int], ...]
    partners: tuple[Partner, ...]
    before: tuple[Relative, ...]
    after: tuple[Relative, ...]
    issued: int
    reached: int


@lru_cache(maxsize=64)
def agency_page(store: Store, iri: str) -> AgencyPage | None:
    """The agency with this IRI; None where the graph has none."""
    found = agencies_of(store, [iri])
    if not found:
        return None
    row, node = found[0], [ox.NamedNode(iri)]
    written = [(text_of(exact), int_of(n)) for exact, n in store.select(_MENTIONS, agency=node)]
    mentions = sorted(written, key=lambda m: (-m[1], m[0]))
    before, after = _kin(store, iri)
    issued, reached = (int_of(next(store.select(query, agency=node))[0]) for query in (_ISSUED, _REACHED))
    reason = text_of(store.mapping(_REASON, agency=node).get(node[0]))
    return AgencyPage(row, reason, tuple(mentions), partners(store, iri), before, after, issued, reached)


def partners(store: Store, iri: str) -> tuple[Partner, ...]:
    """Those that share lists of units with the agency, the closest first."""
    shared = {text_of(other): int_of(n) for other, n in store.select(_PARTNERS, agency=[ox.NamedNode(iri)])}
    names = store.select_each(_NAMES, "other", map(ox.NamedNode, shared))
    rows = [Partner(text_of(other), text_of(name), shared[text_of(other)]) for other, name in names]
    return tuple(sorted(rows, key=lambda p: (-p.shared, p.name)))


def _kin(store: Store, iri: str) -> tuple[tuple[Relative, ...], tuple[Relative, ...]]:
    """The bodies that the agency took over from, and those that took over from it."""
    known = lineage.lineages(store).get(iri, lineage.Lineage())
    both = [relative.iri for relative in (*known.before, *known.after)]
    bearing = {row.iri for row in agencies_of(store, both) if row.duties} if both else set()

    def shown(relatives: tuple[lineage.Relative, ...]) -> tuple[Relative, ...]:
        return tuple(Relative(r.name, r.iri if r.iri in bearing else "", r.since) for r in relatives)

    return shown(known.before), shown(known.after)
