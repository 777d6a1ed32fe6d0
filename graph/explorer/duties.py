"""The duties that a page shows: chosen on a few facts of each, then all that is known of those on one page.

A page of fifty duties costs the same whether the agency bears sixty or six thousand. The duties of the whole graph are read once
for each published graph and kept, as lean rows: 0.13 s at 2,900 duties.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from graph import answers
from graph.cells import code_of, int_of, text_of
from graph.explorer.choice import DutyChoice
from graph.explorer.heads import Head, heads
from graph.explorer.validity import Standing, standing_of, standings, state
from graph.explorer.worded import worded
from graph.ledger.rows import LedgerRow, clause_contents, content_of, due_day
from graph.literals import string
from graph.rows import DutyRow
from graph.store import Store

_BRIEFS = """
SELECT ?d ?policy ?path ?agency ?role ?deadline ?start ?order
WHERE {
  $agency$
  ?d odrl:assignee ?agency ; zhize:policy ?policy ; zhize:role ?role ; zhize:order ?order ; zhize:evidence ?at ;
     zhize:statedIn ?clause .
  ?clause zhize:path ?path .
  ?at oa:hasSelector ?place . ?place oa:start ?start .
  OPTIONAL { ?d zhize:deadline ?deadline }
}"""
_REACHING = _BRIEFS.replace("$agency$", "$member$ ?d zhize:reaches ?member .")
# The words of people stand last: marks of a query that they may hold are then words, too.
_SHARED = """
SELECT ?mine
WHERE {
  $agency$ $partner$
  ?mine odrl:assignee ?agency ; zhize:assignment ?as .
  ?other zhize:assignment ?as ; odrl:assignee ?partner .
  FILTER(?other != ?mine)
}"""
_MENTIONED = """
SELECT ?d
WHERE { $agency$ ?d odrl:assignee ?agency ; zhize:evidence ?at . ?at oa:hasSelector ?words . ?words oa:exact ?exact . $exact$ }"""
_LATEST = "9999"


@dataclass(frozen=True, slots=True)
class Brief:
    """What a duty is chosen and sorted by. ``due`` is the last day of its deadline, "" without one.

    ``clause`` is the path of the clause that states it, ``agency`` (IRI) the one that bears it: a group, where that reaches others.
    """

    iri: str
    policy: str
    clause: str
    agency: str
    role: str
    deadline: str
    due: str
    start: int
    order: int


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a filter offers, and how many of all duties have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Options:
    """What the filters offer, over all duties of the page's subject."""

    roles: tuple[Option, ...]
    policies: tuple[Option, ...]
    years: tuple[Option, ...]
    places: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The duties that fit, of how many; ``roles`` counts those that fit by role, ``dated`` those with a day."""

    briefs: tuple[Brief, ...]
    of: int
    heads: Mapping[str, Head]
    standings: Mapping[str, Standing]
    options: Options

    @property
    def policies(self) -> int:
        """How many policies they stand in."""
        return len({b.policy for b in self.briefs})

    @property
    def roles(self) -> Counter[str]:
        """How many of each role."""
        return Counter(b.role for b in self.briefs)

    @property
    def dated(self) -> int:
        """How many have a day on which they fall due."""
        return sum(bool(b.due) for b in self.briefs)


def choose(store: Store, choice: DutyChoice, agency: str = "") -> Chosen:
    """The duties that fit ``choice``: those of ``agency`` (an IRI), those of its groups too if asked for, or (without) of all."""
    briefs = _of_agency(store, agency, groups=choice.groups) if agency else _of_all(store)
    bearers = _nodes({agency, *(b.agency for b in briefs)}) if agency else []
    known = heads(store, {b.policy for b in briefs})
    stood = standings(store, known)
    sets = (worded(store, choice.q, bearers), _shared(store, bearers, choice.partner), _mentioned(store, bearers, choice.mention))
    fits = _test(choice, known, stood, [found for found in sets if found is not None])
    chosen = _sorted([b for b in briefs if fits(b)], choice.sort, known)
    return Chosen(tuple(chosen), len(briefs), known, stood, _options(briefs, known))


def full_rows(store: Store, chosen: Chosen, briefs: Sequence[Brief], agency: str = "") -> tuple[LedgerRow, ...]:
    """All that is known of these duties (``agency``'s, its groups' too, where it is given), in their order, as rows of a ledger."""
    rows = {row.iri: row for row in answers.duties_of(store, [b.iri for b in briefs])}
    texts = _texts(store, rows.values(), each=bool(agency))
    return tuple(
        LedgerRow(row, standing_of(chosen.standings, row.policy, row.clause), brief.due,
                  row.agency if agency and row.agency_iri != agency else "", _content(row, texts))
        for brief in briefs if (row := rows.get(brief.iri))
    )  # fmt: skip


def _texts(store: Store, rows: Iterable[DutyRow], *, each: bool) -> dict[tuple[str, str], str]:
    """The words of their clauses: of all in one query, or of ``each`` bearer in its own, which is quicker for a few of them."""
    policies: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        policies[row.agency_iri if each else ""].add(row.policy)
    found: dict[tuple[str, str], str] = {}
    for bearer, stated in sorted(policies.items()):
        found |= clause_contents(store, [ox.NamedNode(bearer)] if each else None, _nodes(stated))
    return found


def _content(row: DutyRow, texts: Mapping[tuple[str, str], str]) -> str:
    text = texts.get((row.policy, row.clause), "") if row.form == "marker" else ""
    return content_of(row.clause_heading, row.task, row.evidence.quote, text)


def _nodes(found: Iterable[str]) -> list[ox.NamedNode]:
    return [ox.NamedNode(iri) for iri in sorted(found)]


def _of_agency(store: Store, agency: str, *, groups: bool) -> tuple[Brief, ...]:
    node = [ox.NamedNode(agency)]
    reaching = store.select(_REACHING, member=node) if groups else ()
    return tuple(map(_brief, (*store.select(_BRIEFS, agency=node), *reaching)))


@lru_cache(maxsize=2)  # the graph that is served, and the one before it while a request still runs
def _of_all(store: Store) -> tuple[Brief, ...]:
    return tuple(map(_brief, store.select(_BRIEFS)))


def _brief(row: tuple[ox.NamedNode | ox.Literal | None, ...]) -> Brief:
    d, policy, path, agency, role, deadline, start, order = row
    when = text_of(deadline)
    words = (text_of(d), text_of(policy), text_of(path), text_of(agency))
    return Brief(*words, code_of(role), when, due_day(when), int_of(start), int_of(order))


def _shared(store: Store, bearers: list[ox.NamedNode], partner: str) -> frozenset[str] | None:
    """The duties of ``bearers`` that stand in one list with ``partner``; None where no partner is asked for."""
    if not (bearers and partner):
        return None
    found = store.select(_SHARED, agency=bearers, partner=[ox.NamedNode(partner)])
    return frozenset(text_of(d) for (d,) in found)


def _mentioned(store: Store, bearers: list[ox.NamedNode], mention: str) -> frozenset[str] | None:
    """The duties of ``bearers`` that name them ``mention``; None where no name is asked for."""
    if not (bearers and mention):
        return None
    found = store.select(_MENTIONED, agency=bearers, exact=[string(mention)])
    return frozenset(text_of(d) for (d,) in found)


def _test(
    choice: DutyChoice, known: Mapping[str, Head], stood: Mapping[str, Standing], sets: Sequence[frozenset[str]]
) -> Callable[[Brief], bool]:
    policies = {
        iri
        for iri, head in known.items()
        if (not choice.policy or iri == choice.policy)
        and (not choice.year or head.dated[:4] == choice.year)
        and (not choice.place or head.place == choice.place)
    }

    def fits(brief: Brief) -> bool:
        return (
            brief.policy in policies
            and (not choice.role or brief.role == choice.role)
            and (not choice.due or bool(brief.due) == (choice.due == "with"))
            and (not choice.since or brief.due >= choice.since)
            and (not choice.before or "" < brief.due <= choice.before)
            and all(brief.iri in found for found in sets)
            and (not choice.standing or state(standing_of(stood, brief.policy, brief.clause), choice.on) == choice.standing)
        )

    return fits


def _sorted(briefs: list[Brief], sort: str, known: Mapping[str, Head]) -> list[Brief]:
    """Newest policy first, in the order of the text; before that by deadline (those without last) or agency."""
    rank = {head.iri: at for at, head in enumerate(sorted(known.values(), key=lambda h: (h.number, h.title, h.iri)))}
    briefs.sort(key=lambda b: (rank[b.policy], b.start, b.order, b.iri))
    briefs.sort(key=lambda b: known[b.policy].dated, reverse=True)
    if sort == "deadline":
        briefs.sort(key=lambda b: (b.due or _LATEST, not b.deadline))
    elif sort == "agency":
        load = Counter(b.agency for b in briefs)
        briefs.sort(key=lambda b: (-load[b.agency], b.agency))
    return briefs


def _options(briefs: Iterable[Brief], known: Mapping[str, Head]) -> Options:
    briefs = list(briefs)
    by_policy = Counter(b.policy for b in briefs)
    years: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for iri, count in by_policy.items():
        years[known[iri].dated[:4]] += count
        places[known[iri].place] += count
    newest = sorted(by_policy, key=lambda iri: (known[iri].dated, known[iri].title, iri), reverse=True)
    roles = Counter(b.role for b in briefs)
    return Options(
        roles=tuple(Option(role, role, roles[role]) for role in ("lead", "responsible", "support") if roles[role]),
        policies=tuple(Option(iri, known[iri].title, by_policy[iri]) for iri in newest),
        years=tuple(Option(year, year, count) for year, count in sorted(years.items(), reverse=True) if year),
        places=tuple(Option(place, place, count) for place, count in sorted(places.items()) if place),
    )
