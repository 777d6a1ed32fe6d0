"""The duties that a page shows: chosen on a few facts of each, then all that is known of those on one page.

A page of fifty duties costs the same whether the agency bears sixty or six thousand. The duties of a graph of up to ``WHOLE`` are
read once for each published graph and kept, as lean rows; of a larger one :mod:`graph.explorer.many_duties` reads what a page
shows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from graph import answers
from graph.cells import code_of, int_of, text_of
from graph.explorer import catalogue, walk
from graph.explorer.choice import DutyChoice
from graph.explorer.heads import Head, heads
from graph.explorer.kept import Kept
from graph.explorer.validity import standing_of, standings, state
from graph.explorer.walk import Shown
from graph.explorer.worded import worded
from graph.ledger.rows import LedgerRow, clause_contents, content_of, due_day
from graph.literals import string
from graph.rows import DutyRow
from graph.store import Store

_BRIEFS = """
SELECT ?d ?policy ?path ?agency ?role ?deadline ?start ?order
WHERE {
  $agency$ $policy$ $d$
  ?d zhize:policy ?policy ; odrl:assignee ?agency ; zhize:role ?role ; zhize:order ?order ; zhize:evidence ?at ;
     zhize:statedIn ?clause .
  ?clause zhize:path ?path .
  ?at oa:hasSelector ?place . ?place oa:start ?start .
  OPTIONAL { ?d zhize:deadline ?deadline }
}"""
_REACHING = _BRIEFS.replace("$agency$", "$member$ ?d zhize:reaches ?member .")
# All of them: each property is read in one go and joined by a table, which takes a quarter of the time.
_ALL_BRIEFS = """
SELECT ?d ?policy ?path ?agency ?role ?deadline ?start ?order
WHERE {
  { SELECT ?d ?agency WHERE { ?d odrl:assignee ?agency } }
  { SELECT ?d ?policy WHERE { ?d zhize:policy ?policy } }
  { SELECT ?d ?role WHERE { ?d zhize:role ?role } }
  { SELECT ?d ?order WHERE { ?d zhize:order ?order } }
  { SELECT ?d ?clause WHERE { ?d zhize:statedIn ?clause } }
  { SELECT ?clause ?path WHERE { ?clause zhize:path ?path } }
  { SELECT ?d ?at WHERE { ?d zhize:evidence ?at } }
  { SELECT ?at ?place WHERE { ?at oa:hasSelector ?place } }
  { SELECT ?place ?start WHERE { ?place oa:start ?start } }
  OPTIONAL { SELECT ?d ?deadline WHERE { ?d zhize:deadline ?deadline } }
}"""
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
    more_policies: int = 0
    """How many policies the list of them leaves out."""


@dataclass(frozen=True, slots=True)
class Sum:
    """How many duties fit: ``number`` of ``of``, or (not ``whole``) at least so many.

    ``policies`` counts those that they stand in, ``dated`` the duties with a day, both None where that was not counted; ``roles``
    counts by role. ``looked`` is how many were looked through where the page could not be filled, else 0.
    """

    number: int
    whole: bool
    of: int
    policies: int | None
    dated: int | None
    roles: Mapping[str, int]
    looked: int = 0


@dataclass(frozen=True, slots=True)
class DutyPage:
    """The duties of one page, with what the page says of all that fit."""

    briefs: tuple[Brief, ...]
    sum: Sum
    heads: Mapping[str, Head]
    options: Options
    shown: Shown


@dataclass(frozen=True, slots=True)
class Chosen:
    """The duties that fit, of how many; ``roles`` counts those that fit by role, ``dated`` those with a day."""

    briefs: tuple[Brief, ...]
    of: int
    heads: Mapping[str, Head]
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


def is_large(store: Store) -> bool:
    """Whether the graph has more duties than are read as a whole."""
    return catalogue.totals(store)["duties"] > walk.WHOLE


def duty_page(store: Store, choice: DutyChoice, agency: str, page: int) -> DutyPage:
    """The duties that fit ``choice``, of ``agency`` (an IRI) or ("") of all, as far as they stand on the page number ``page``."""
    if not agency and is_large(store):
        from graph.explorer.many_duties import duties_page  # late: it is made of the parts of this module

        return duties_page(store, choice, page)
    chosen = choose(store, choice, agency)
    briefs, shown = walk.cut(chosen.briefs, page)
    total = Sum(len(chosen.briefs), True, chosen.of, chosen.policies, chosen.dated, chosen.roles)
    return DutyPage(tuple(briefs), total, chosen.heads, chosen.options, shown)


def to_save(store: Store, choice: DutyChoice, agency: str, most: int) -> Chosen | None:
    """All duties that fit; None where they are more than ``most``."""
    if not agency and is_large(store):
        from graph.explorer.many_duties import fitting

        briefs = fitting(store, choice, most)
        known = heads(store, [choice.policy] if choice.policy else [])
        return None if briefs is None else Chosen(briefs, len(briefs), known, Options((), (), (), ()))
    chosen = choose(store, choice, agency)
    return chosen if len(chosen.briefs) <= most else None


def choose(store: Store, choice: DutyChoice, agency: str = "") -> Chosen:
    """The duties that fit ``choice``: those of ``agency`` (an IRI), those of its groups too if asked for, or (without) of all."""
    briefs = _of_agency(store, agency, groups=choice.groups) if agency else _of_all(store)
    bearers = _nodes({agency, *(b.agency for b in briefs)}) if agency else []
    known = heads(store, {b.policy for b in briefs})
    judge = _judge(store, known, choice.on) if choice.standing else _unjudged
    sets = (worded(store, choice.q, bearers), _shared(store, bearers, choice.partner), _mentioned(store, bearers, choice.mention))
    fits = _test(choice, known, judge, [found for found in sets if found is not None])
    chosen = _sorted([b for b in briefs if fits(b)], choice.sort, known)
    return Chosen(tuple(chosen), len(briefs), known, _options(briefs, known))


def _judge(store: Store, policies: Iterable[str], day: str) -> Callable[[Brief], str]:
    """The standing of duties on ``day``; of whole documents that of the catalogue, where there are too many to ask each."""
    if not is_large(store):
        stood = standings(store, policies)
        return lambda brief: state(standing_of(stood, brief.policy, brief.clause), day)
    at, stances = catalogue.entries(store).at, catalogue.stances(store)
    parted = standings(store, catalogue.partly(store).intersection(policies))

    def judge(brief: Brief) -> str:
        own = parted.get(brief.policy)
        return stances[at[brief.policy]].on(day) if own is None else state(own.of(brief.clause), day)

    return judge


def _unjudged(brief: Brief) -> str:
    return ""


def full_rows(store: Store, briefs: Sequence[Brief], agency: str = "") -> tuple[LedgerRow, ...]:
    """All that is known of these duties (``agency``'s, its groups' too, where it is given), in their order, as rows of a ledger."""
    stood = standings(store, {b.policy for b in briefs})
    rows = {row.iri: row for row in answers.duties_of(store, [b.iri for b in briefs])}
    texts = _texts(store, rows.values(), each=bool(agency))
    return tuple(
        LedgerRow(row, standing_of(stood, row.policy, row.clause), brief.due,
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


@lru_cache(maxsize=64)
def _of_agency(store: Store, agency: str, *, groups: bool) -> tuple[Brief, ...]:
    node = [ox.NamedNode(agency)]
    reaching = store.select(_REACHING, member=node) if groups else ()
    return (*briefs_of(store, agency=node), *map(_brief, reaching))


_of_all = Kept(lambda store: tuple(map(_brief, store.select(_ALL_BRIEFS))))


def briefs_of(store: Store, **given: Iterable[ox.NamedNode]) -> tuple[Brief, ...]:
    """The duties of an agency (``agency``), of some policies (``policy``), or with these IRIs (``d``), in no order."""
    ((name, values),) = given.items()
    return tuple(map(_brief, store.select_each(_BRIEFS, name, values)))


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
    choice: DutyChoice, known: Mapping[str, Head], judge: Callable[[Brief], str], sets: Sequence[frozenset[str]]
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
            and (not choice.standing or judge(brief) == choice.standing)
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
