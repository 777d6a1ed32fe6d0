"""The figures of a page out of a graph that has too many to be read as a whole; as :mod:`graph.explorer.many_duties` for duties."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

import pyoxigraph as ox

from graph.cells import text_of
from graph.explorer import catalogue
from graph.explorer.download import TooManyError
from graph.explorer.figures import FigureBrief, FigureChoice, FigurePage, figures_of
from graph.explorer.kept import Kept
from graph.explorer.walk import AT_ONCE, OFFERED, SPAN, Part, Shown, gather, pages_of, together, walk
from graph.literals import string
from graph.store import Store

_DUE = """
SELECT ?t ?due
WHERE { { SELECT ?t WHERE { ?t zhize:indicator ?name } } { SELECT ?t ?due WHERE { ?t zhize:due ?due } } }"""
Fits = Callable[[Sequence[FigureBrief]], list[FigureBrief]]


@lru_cache(maxsize=32)
def figures_page(store: Store, choice: FigureChoice, page: int) -> FigurePage:
    """The figures of all documents that fit ``choice``, as far as they stand on the page number ``page``."""
    known, sizes = catalogue.entries(store), catalogue.named_in(store)
    parts, fits, number, meant = _plan(store, choice)
    if fits is None:
        page = min(page, pages_of(number))
    found = walk(parts, fits, page)
    only = choice.q and not (choice.kind or choice.policy or choice.before)
    exact = number if fits is None else found.found if found.whole else meant if only else None
    heads = {b.policy: known[b.policy] for b in found.rows}
    offered = [at for at in range(len(sizes)) if sizes[at]]
    chosen = [known.at[choice.policy]] if choice.policy in known.at else []
    newest = list(dict.fromkeys([*offered[:OFFERED], *chosen]))
    return FigurePage(
        found.rows, found.found if exact is None else exact, exact is not None, catalogue.totals(store)["targets"], heads,
        tuple((known.heads[at].iri, known.heads[at].title, sizes[at]) for at in newest), max(len(offered) - len(newest), 0),
        Shown(page, 0 if exact is None else pages_of(exact), found.more), found.looked,
    )  # fmt: skip


def fitting(store: Store, choice: FigureChoice, most: int) -> tuple[FigureBrief, ...]:
    """All figures that fit ``choice``, in their order. Raises :class:`TooManyError` where they are more than ``most``."""
    parts, fits, number, _ = _plan(store, choice)
    found = None if fits is None and number > most else gather(parts, fits, most)
    if found is None:
        raise TooManyError
    return found


def _plan(store: Store, choice: FigureChoice) -> tuple[list[Part[FigureBrief]], Fits | None, int, int]:
    """The parts in their order, what to try in them, how many they hold, and how many figures have a name with the words."""
    words = choice.q.split()
    named = [(name, n) for name, n in catalogue.indicators(store) if all(word in name for word in words)]
    meant = sum(n for _, n in named)
    by_name = choice.sort == "indicator" or bool(words and meant <= SPAN)
    parts, number = _parts(store, choice, named, meant, by_name=by_name)
    fits = _test(choice, [] if by_name else words, policy=bool(choice.policy) and (by_name or choice.sort == "deadline"))
    return parts, fits, number, meant


def _test(choice: FigureChoice, words: Sequence[str], *, policy: bool) -> Fits | None:
    if not (choice.kind or choice.before or words or policy):
        return None

    def fits(briefs: Sequence[FigureBrief]) -> list[FigureBrief]:
        return [
            b for b in briefs
            if (not choice.kind or b.kind == choice.kind)
            and (not policy or b.policy == choice.policy)
            and (not choice.before or "" < b.due <= choice.before)
            and all(word in b.indicator for word in words)
        ]  # fmt: skip

    return fits


def _parts(
    store: Store, choice: FigureChoice, named: Sequence[tuple[str, int]], meant: int, *, by_name: bool
) -> tuple[list[Part[FigureBrief]], int]:
    """The parts in their order, and how many figures they hold."""
    sizes = catalogue.named_in(store)
    everything = range(len(sizes))
    if by_name:
        parts = [Part(n, partial(_of_indicator, store, name)) for name, n in named]
        if choice.sort == "indicator":
            return parts, meant
        whole = [b for part in parts for b in part.read()]
        ordered = _in_order(store, whole) if choice.sort == "policy" else sorted(whole, key=lambda b: (b.due or "9999", b.iri))
        return [Part(meant, lambda: ordered)], meant
    if choice.sort == "deadline":
        dated = _dated(store)
        parts = [Part(len(some), partial(_of_iris, store, some)) for some in dated]
        parts += [Part(-1, partial(_undated, part)) for part in _by_policy(store, everything)]
        return parts, sum(sizes)
    known = catalogue.entries(store).at
    among = ([known[choice.policy]] if choice.policy in known else []) if choice.policy else everything
    return list(_by_policy(store, among)), sum(sizes[at] for at in among)


def _by_policy(store: Store, among: Sequence[int]) -> Iterator[Part[FigureBrief]]:
    heads, sizes = catalogue.entries(store).heads, catalogue.named_in(store)
    return together(((heads[at].iri, sizes[at]) for at in among), partial(_of_policies, store), AT_ONCE // 2)


@lru_cache(maxsize=256)
def _of_policies(store: Store, policies: tuple[str, ...]) -> tuple[FigureBrief, ...]:
    return _in_order(store, figures_of(store, "policy", [ox.NamedNode(iri) for iri in policies]))


@lru_cache(maxsize=256)
def _of_indicator(store: Store, name: str) -> tuple[FigureBrief, ...]:
    return _in_order(store, figures_of(store, "indicator", [string(name)]))


@lru_cache(maxsize=256)
def _of_iris(store: Store, wanted: tuple[str, ...]) -> tuple[FigureBrief, ...]:
    found = {b.iri: b for b in figures_of(store, "t", [ox.NamedNode(iri) for iri in wanted])}
    return tuple(found[iri] for iri in wanted if iri in found)


def _in_order(store: Store, briefs: Sequence[FigureBrief]) -> tuple[FigureBrief, ...]:
    rank = catalogue.entries(store).at
    return tuple(sorted(briefs, key=lambda b: (rank[b.policy], b.start, b.iri)))


def _undated(part: Part[FigureBrief]) -> list[FigureBrief]:
    return [b for b in part.read() if not b.due]


def _read_dated(store: Store) -> tuple[tuple[str, ...], ...]:
    """The figures with a day, the first to fall due first, some in each."""
    rows = sorted((text_of(due), text_of(t)) for t, due in store.select(_DUE))
    return tuple(tuple(t for _, t in rows[at : at + AT_ONCE]) for at in range(0, len(rows), AT_ONCE))


_dated = Kept(_read_dated)
