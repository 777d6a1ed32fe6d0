"""The citations of all documents, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import pyoxigraph as ox

from graph.cells import code_of, int_of, text_of
from graph.explorer import catalogue, walk
from graph.explorer.kept import Kept
from graph.explorer.relations import CitationBrief, pointing
from graph.explorer.walk import Part, Shown
from graph.store import Row, Store

_ALL = """
SELECT ?c ?policy ?relation ?why ?start
WHERE {
  { SELECT ?c ?relation WHERE { ?c zhize:relation ?relation } }
  { SELECT ?c WHERE { ?c zhize:resolvedTo ?document } }
  { SELECT ?c ?policy WHERE { ?c zhize:policy ?policy } }
  { SELECT ?c ?at WHERE { ?c zhize:evidence ?at } }
  { SELECT ?at ?place WHERE { ?at oa:hasSelector ?place } }
  { SELECT ?place ?start WHERE { ?place oa:start ?start } }
  OPTIONAL { SELECT ?c ?why WHERE { ?c zhize:unresolved ?why } }
}"""
_SOME = """
SELECT ?c ?policy ?relation ?why ?start
WHERE {
  { SELECT ?c ?policy WHERE { $policy$ ?policy zhize:hasCitation ?c } }
  ?c zhize:relation ?relation ; zhize:evidence ?at .
  ?at oa:hasSelector ?place . ?place oa:start ?start .
  OPTIONAL { ?c zhize:unresolved ?why }
}"""
_KINDS = "SELECT ?relation (COUNT(?c) AS ?n) WHERE { ?c zhize:relation ?relation } GROUP BY ?relation"
_OPEN = "SELECT (COUNT(?c) AS ?n) WHERE { ?c zhize:unresolved ?why }"
_kinds = Kept(lambda store: {code_of(relation): int_of(n) for relation, n in store.select(_KINDS)})
_open = Kept(lambda store: int_of(next(store.select(_OPEN))[0]))
Fits = Callable[[Sequence[CitationBrief]], list[CitationBrief]]


@dataclass(frozen=True, slots=True)
class CitationPage:
    """The citations of one page: ``number`` fit, or (not ``whole``) at least so many. ``kinds`` and ``unresolved`` count all."""

    briefs: tuple[CitationBrief, ...]
    number: int
    whole: bool
    kinds: Mapping[str, int]
    unresolved: int
    shown: Shown
    looked: int = 0


def citations_page(store: Store, relation: str, unresolved: bool, cited: str, page: int) -> CitationPage:
    """The citations in a relation (or ""), those that lead to nothing in the graph, those of the document ``cited`` (an IRI)."""
    fits = _test(relation, unresolved)
    kinds, count = _kinds(store), _open(store)
    if cited or catalogue.totals(store)["citations"] <= walk.WHOLE:
        several: Sequence[CitationBrief] = pointing(store, cited) if cited else _all(store)
        fitting = fits(several) if fits else several
        briefs, shown = walk.cut(fitting, page)
        return CitationPage(tuple(briefs), len(fitting), True, kinds, count, shown)
    number = sum(catalogue.citations_in(store))
    exact = number if fits is None else None if relation and unresolved else kinds.get(relation, 0) if relation else count
    if exact is not None:
        page = min(page, walk.pages_of(exact))
    found = walk.walk(_parts(store), fits, page)
    exact = found.found if exact is None and found.whole else exact
    shown = Shown(page, 0 if exact is None else walk.pages_of(exact), found.more)
    return CitationPage(found.rows, found.found if exact is None else exact, exact is not None, kinds, count, shown, found.looked)


def _test(relation: str, unresolved: bool) -> Fits | None:
    if not (relation or unresolved):
        return None
    return lambda briefs: [b for b in briefs if (not relation or b.relation == relation) and (not unresolved or b.unresolved)]


def _parts(store: Store) -> Iterator[Part[CitationBrief]]:
    sized = ((head.iri, n) for head, n in zip(catalogue.entries(store).heads, catalogue.citations_in(store), strict=True))
    return walk.together(sized, partial(_of_policies, store), walk.AT_ONCE // 2)


@lru_cache(maxsize=256)
def _of_policies(store: Store, policies: tuple[str, ...]) -> tuple[CitationBrief, ...]:
    return _in_order(store, store.select_each(_SOME, "policy", map(ox.NamedNode, policies)))


def _in_order(store: Store, rows: Iterable[Row]) -> tuple[CitationBrief, ...]:
    rank = catalogue.entries(store).at
    found = [CitationBrief(text_of(c), text_of(of), code_of(how), why is not None, int_of(n)) for c, of, how, why, n in rows]
    return tuple(sorted(found, key=lambda b: (rank[b.policy], b.start, b.iri)))


_all = Kept(lambda store: _in_order(store, store.select(_ALL)))
