"""The duties of a page out of a graph that is too large to be read as a whole: only what stands on the page, and what leads there.

By policy, parts are the policies, whose duties the build has counted; by deadline, the months of the dockets; by agency,
the agencies.
Without a filter the parts before a page are skipped by their counts. A filter that a count knows nothing of is tried duty by duty,
and the page says how far it looked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise

import pyoxigraph as ox

from graph.cells import text_of
from graph.explorer import catalogue
from graph.explorer.choice import ROLES, DutyChoice
from graph.explorer.duties import Brief, DutyPage, Option, Options, Sum, briefs_of
from graph.explorer.kept import Kept
from graph.explorer.validity import standing_of, standings, state
from graph.explorer.walk import AT_ONCE, OFFERED, SPAN, Part, Shown, gather, pages_of, together, walk
from graph.explorer.worded import worded_among
from graph.literals import month_of
from graph.store import Store

_DUE = "SELECT ?d ?due WHERE { $month$ ?docket zhize:inMonth ?month ; zhize:holds ?d . ?d zhize:due ?due }"
Fits = Callable[[Sequence[Brief]], list[Brief]]


@dataclass(frozen=True, slots=True)
class _Plan:
    """How to come by the duties that fit: parts in their order, what to try in them, and how many they hold in all.

    ``policies`` are the places of the policies that they can stand in, None for all; ``counted`` says that only these choose.
    """

    parts: Iterable[Part[Brief]]
    fits: Fits | None
    number: int
    policies: Sequence[int] | None
    counted: bool


@lru_cache(maxsize=32)
def duties_page(store: Store, choice: DutyChoice, page: int) -> DutyPage:
    """The duties of all agencies that fit ``choice``, as far as they stand on the page number ``page``."""
    known, sizes, totals = catalogue.entries(store), catalogue.duties_in(store), catalogue.totals(store)
    plan = _plan(store, choice)
    if plan.fits is None:  # the last page instead of one behind it
        page = min(page, pages_of(plan.number))
    found = walk(plan.parts, plan.fits, page)
    exact = plan.number if plan.fits is None else found.found if found.whole else _number(store, choice, plan.policies)
    among = range(len(sizes)) if plan.policies is None else plan.policies
    total = Sum(
        found.found if exact is None else exact,
        exact is not None,
        totals["duties"],
        sum(1 for at in among if sizes[at]) if plan.counted else None,
        None if choice.chosen else totals["dated"],
        {} if choice.chosen else catalogue.roles(store),
        found.looked,
    )
    heads = {iri: known[iri] for iri in {choice.policy, *(b.policy for b in found.rows)} if iri in known.at}
    shown = Shown(page, 0 if exact is None else pages_of(exact), found.more)
    return DutyPage(found.rows, total, heads, _options(store, choice), shown)


def fitting(store: Store, choice: DutyChoice, most: int) -> tuple[Brief, ...] | None:
    """All duties that fit ``choice``, in their order; None where they are more than ``most``."""
    plan = _plan(store, choice)
    return None if plan.fits is None and plan.number > most else gather(plan.parts, plan.fits, most)


def _plan(store: Store, choice: DutyChoice) -> _Plan:
    sizes = catalogue.duties_in(store)
    policies = _policies(store, choice)
    among = range(len(sizes)) if policies is None else policies
    by_month = choice.due != "none" and (choice.sort == "deadline" or (_spanned(choice) and _span(store, choice) <= SPAN))
    within = None if policies is None or (choice.sort != "agency" and not by_month) else frozenset(policies)
    fits = _test(store, choice, by_month=by_month, within=within)
    if not by_month and choice.sort != "agency":
        return _Plan(_by_policy(store, among), fits, sum(sizes[at] for at in among), policies, fits is None)
    if not by_month:
        rows = catalogue.agencies(store)
        parts = [Part(row.duties, partial(_of_agency, store, row.iri)) for row in rows]
        return _Plan(parts, fits, sum(part.size for part in parts), policies, fits is None)
    parts = list(_by_month(store, choice))
    number = sum(part.size for part in parts)
    if choice.sort != "deadline":
        parts = [_together(store, parts)]
    elif choice.due != "with" and not _spanned(choice):
        parts += [Part(-1, partial(_undated, part)) for part in _by_policy(store, range(len(sizes)))]
        number = catalogue.totals(store)["duties"]
    return _Plan(parts, fits, number, policies, not choice.chosen)


def _spanned(choice: DutyChoice) -> bool:
    return bool(choice.since or choice.before)


def _span(store: Store, choice: DutyChoice) -> int:
    """How many duties fall due in the months that are asked for."""
    return sum(n for month, n in catalogue.months(store) if _in_span(month, choice))


def _in_span(month: str, choice: DutyChoice) -> bool:
    return choice.since[:7] <= month and (not choice.before or month <= choice.before[:7])


def _policies(store: Store, choice: DutyChoice) -> list[int] | None:
    """Where the policies stand that may hold what is asked for; None for all."""
    if not (choice.policy or choice.year or choice.place or choice.standing):
        return None
    known = catalogue.entries(store)
    if choice.policy:
        among: Sequence[int] = [known.at[choice.policy]] if choice.policy in known.at else []
    else:
        among = range(len(known.heads))
    heads = known.heads
    among = [
        at for at in among
        if (not choice.year or heads[at].dated[:4] == choice.year) and (not choice.place or heads[at].place == choice.place)
    ]  # fmt: skip
    if choice.standing:
        stances, partly = catalogue.stances(store), catalogue.partly(store)
        among = [at for at in among if stances[at].on(choice.on) == choice.standing or heads[at].iri in partly]
    return list(among)


def _test(store: Store, choice: DutyChoice, *, by_month: bool, within: frozenset[int] | None) -> Fits | None:
    """What is to be tried duty by duty; None where the parts hold nothing else."""
    known = catalogue.entries(store).at
    dated = not by_month and bool(choice.due or _spanned(choice))
    if not (choice.role or choice.standing or choice.q or dated or within is not None):
        return None

    def fits(briefs: Sequence[Brief]) -> list[Brief]:
        stood = standings(store, {b.policy for b in briefs}) if choice.standing else {}
        said = worded_among(store, choice.q, [b.iri for b in briefs]) if choice.q else frozenset()
        return [
            b for b in briefs
            if (within is None or known[b.policy] in within)
            and (not choice.role or b.role == choice.role)
            and (not dated or not choice.due or bool(b.due) == (choice.due == "with"))
            and (not dated or not choice.since or b.due >= choice.since)
            and (not dated or not choice.before or "" < b.due <= choice.before)
            and (not choice.q or b.iri in said)
            and (not choice.standing or state(standing_of(stood, b.policy, b.clause), choice.on) == choice.standing)
        ]  # fmt: skip

    return fits


def _number(store: Store, choice: DutyChoice, policies: Sequence[int] | None) -> int | None:
    """How many duties fit, where a count of the build or of the index says so."""
    if policies is not None or choice.q or _spanned(choice) or bool(choice.role) == bool(choice.due):
        return None
    dated, of = catalogue.totals(store)["dated"], catalogue.totals(store)["duties"]
    return catalogue.roles(store).get(choice.role, 0) if choice.role else dated if choice.due == "with" else of - dated


def _by_policy(store: Store, among: Sequence[int]) -> Iterator[Part[Brief]]:
    """Some policies each, in their order."""
    heads, sizes = catalogue.entries(store).heads, catalogue.duties_in(store)
    return together(((heads[at].iri, sizes[at]) for at in among), partial(_of_policies, store))


@lru_cache(maxsize=512)  # some 50,000 duties: going on from page to page reads nothing twice
def _of_policies(store: Store, policies: tuple[str, ...]) -> tuple[Brief, ...]:
    return _in_order(store, briefs_of(store, policy=[ox.NamedNode(iri) for iri in policies]))


@lru_cache(maxsize=64)
def _of_agency(store: Store, agency: str) -> tuple[Brief, ...]:
    return _in_order(store, briefs_of(store, agency=[ox.NamedNode(agency)]))


def _in_order(store: Store, briefs: Sequence[Brief]) -> tuple[Brief, ...]:
    rank = catalogue.entries(store).at
    return tuple(sorted(briefs, key=lambda b: (rank[b.policy], b.start, b.order, b.iri)))


def _undated(part: Part[Brief]) -> list[Brief]:
    return [b for b in part.read() if not b.due]


def _by_month(store: Store, choice: DutyChoice) -> Iterator[Part[Brief]]:
    """Some duties each that fall due from ``since`` to ``before``, the first to fall due first; those of one day by their IRIs."""
    for month, n in catalogue.months(store):
        if not _in_span(month, choice):
            continue
        first = choice.since if choice.since[:7] == month else ""
        last = choice.before if choice.before[:7] == month else ""
        size = len(_month(store, month, first, last)) if first or last else n
        for begin, end in pairwise([*range(0, size, AT_ONCE), size]):
            yield Part(end - begin, partial(_due, store, month, first, last, begin, end))


@lru_cache(maxsize=16)
def _month(store: Store, month: str, first: str, last: str) -> tuple[str, ...]:
    """The duties of a month, from the day ``first`` to the day ``last`` where these are given."""
    rows = ((text_of(due), text_of(d)) for d, due in store.select(_DUE, month=[month_of(month)]))
    return tuple(d for due, d in sorted(rows) if due >= first and (not last or due <= last))


@lru_cache(maxsize=256)
def _due(store: Store, month: str, first: str, last: str, begin: int, end: int) -> tuple[Brief, ...]:
    wanted = _month(store, month, first, last)[begin:end]
    briefs = {b.iri: b for b in briefs_of(store, d=[ox.NamedNode(d) for d in wanted])}
    return tuple(briefs[d] for d in wanted if d in briefs)


def _together(store: Store, parts: Sequence[Part[Brief]]) -> Part[Brief]:
    """All of them as one part, by policy."""
    return Part(sum(part.size for part in parts), lambda: _in_order(store, [b for part in parts for b in part.read()]))


def _options(store: Store, choice: DutyChoice) -> Options:
    """What the filters offer; of the policies only the newest, with the number of the others."""
    known, sizes, roles = catalogue.entries(store), catalogue.duties_in(store), catalogue.roles(store)
    years, places = _facets(store)
    offered = [at for at in range(len(sizes)) if sizes[at]]
    chosen = [known.at[choice.policy]] if choice.policy in known.at else []
    newest = list(dict.fromkeys([*offered[:OFFERED], *chosen]))
    return Options(
        roles=tuple(Option(role, role, roles[role]) for role in ROLES if roles.get(role)),
        policies=tuple(Option(known.heads[at].iri, known.heads[at].title, sizes[at]) for at in newest),
        years=tuple(Option(year, year, n) for year, n in years),
        places=tuple(Option(place, place, n) for place, n in places),
        more_policies=max(len(offered) - len(newest), 0),
    )


def _count_facets(store: Store) -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
    """Duties by year of the policy, the latest first, and by its place."""
    years: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for head, n in zip(catalogue.entries(store).heads, catalogue.duties_in(store), strict=True):
        years[head.dated[:4]] += n
        places[head.place] += n
    return (tuple((year, n) for year, n in sorted(years.items(), reverse=True) if year and n),
            tuple((place, n) for place, n in sorted(places.items()) if place and n))  # fmt: skip


_facets = Kept(_count_facets)
