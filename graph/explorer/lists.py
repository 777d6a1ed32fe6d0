"""The lists of agencies and documents, and what the first page shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias, overload

import pyoxigraph as ox

from extract.fact import NOTE_KINDS
from graph import answers
from graph.cells import int_of, text_of
from graph.explorer import catalogue
from graph.explorer.choice import LONGEST, ROLES, STANDINGS, day_of, iri_of, one_of
from graph.explorer.frame import Frame
from graph.explorer.kept import Kept
from graph.iris import number_key, title_key
from graph.literals import date, month_of
from graph.rows import AgencyRow, DutyRow, NoteRow, PolicyRow
from graph.store import Store

_AHEAD = """
SELECT ?d ?due
WHERE { $month$ ?docket zhize:inMonth ?month ; zhize:holds ?d . ?d zhize:due ?due FILTER(?due >= ?day) $day$ }
ORDER BY ?due ?d LIMIT 60"""
_BEHIND = """
SELECT ?d ?due
WHERE { $month$ ?docket zhize:inMonth ?month ; zhize:holds ?d . ?d zhize:due ?due FILTER(?due < ?day) $day$ }
ORDER BY DESC(?due) ?d LIMIT 60"""
_NOTES = """
SELECT ?n ?kind ?policy ?start
WHERE {
  { SELECT ?n WHERE { ?n a zhize:Note } }
  ?n zhize:policy ?policy ; zhize:evidence ?at . ?at oa:hasSelector ?place . ?place oa:start ?start .
  OPTIONAL { ?n zhize:noteKind ?kind }
}"""
_FEW = 1000  # documents that are asked for one by one
_ENOUGH = 60  # duties, for six tasks
_ISSUERS = "SELECT ?policy ?name WHERE { $policy$ ?policy eli:passed_by ?issuer . ?issuer skos:prefLabel ?name }"
_ISSUED_BY = "SELECT ?policy WHERE { $agency$ ?policy eli:passed_by ?agency }"
Counts: TypeAlias = tuple[tuple[str, int], ...]
"""Values with how often they come."""
AGENCY_SORTS = ("duties", "lead", "policies", "name")
POLICY_SORTS = ("dated", "duties", "targets")
TIERS = ("state", "province", "city", "county", "township")
KINDS = ("government", "party", "department", "vertical", "court", "procuratorate", "mass", "institution", "company", "group",
         "office", "unnamed")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """A task that falls due: the duty of its first bearer, and how many bear it."""

    first: DutyRow
    bearers: int


@dataclass(frozen=True, slots=True)
class Home:
    """The first page: counts by kind, the busiest agencies, the newest policies, what falls due next (or fell due last)."""

    counts: Mapping[str, int]
    busiest: tuple[AgencyRow, ...]
    newest: tuple[PolicyRow, ...]
    due: tuple[Due, ...]
    ahead: bool


@lru_cache(maxsize=4)
def home(store: Store, today: str) -> Home:
    """What the first page shows on the day ``today`` (ISO)."""
    totals = catalogue.totals(store)
    counts = {kind: totals[kind] for kind in ("policies", "duties", "targets", "citations", "review")}
    bearing = catalogue.agencies(store)
    counts["agencies"] = len(bearing)
    named = [a for a in bearing if a.kind not in ("group", "unnamed")]
    due = _due(store, today, ahead=True)
    ahead = bool(due)
    newest = policy_rows(store, range(min(6, len(catalogue.entries(store).heads))))
    return Home(counts, tuple(named[:8]), newest, _tasks(store, due or _due(store, today, ahead=False))[:6], ahead)


def _due(store: Store, today: str, *, ahead: bool) -> list[str]:
    """The duties that fall due next, or those that fell due last: month by month, until there are enough."""
    day = date(today)
    assert day is not None
    months = [month for month, _ in catalogue.months(store)]
    wanted = [m for m in months if m >= today[:7]] if ahead else [m for m in months if m <= today[:7]][::-1]
    found: list[str] = []
    for month in wanted:
        rows = store.select(_AHEAD if ahead else _BEHIND, month=[month_of(month)], day=[day])
        found += [text_of(d) for d, _ in rows]
        if len(found) >= _ENOUGH:
            break
    return found[:_ENOUGH]


class _Rows(Sequence[PolicyRow]):
    """The documents at some places of the catalogue: a hundred thousand are counted, and made into rows as they are asked for."""

    def __init__(self, store: Store, places: Sequence[int]) -> None:
        self._store = store
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> PolicyRow: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[PolicyRow]: ...
    def __getitem__(self, at: int | slice) -> PolicyRow | Sequence[PolicyRow]:
        rows = policy_rows(self._store, self._places[at] if isinstance(at, slice) else [self._places[at]])
        return rows if isinstance(at, slice) else rows[0]


def policy_rows(store: Store, places: Iterable[int]) -> tuple[PolicyRow, ...]:
    """The documents of the graph at these places of the catalogue, without issuers and days."""
    heads, genres = catalogue.entries(store).heads, catalogue.genres(store)
    duties, figures = catalogue.duties_in(store), catalogue.figures_in(store)
    return tuple(
        PolicyRow(h.iri, h.title, h.number, (), h.place, h.dated, "", "", genres[at], duties[at], figures[at])
        for at in places for h in (heads[at],)
    )  # fmt: skip


def _tasks(store: Store, due: Sequence[str]) -> tuple[Due, ...]:
    """The tasks of these duties, in their order; the units of one list stand together, the leading one first."""
    rows = {row.iri: row for row in answers.duties_of(store, due)}
    groups: dict[tuple[str, str, str], list[DutyRow]] = defaultdict(list)
    for row in (rows[d] for d in due if d in rows):
        groups[row.assignment, row.task, row.deadline].append(row)
    return tuple(Due(min(several, key=lambda r: (ROLES.index(r.role), r.order)), len(several)) for several in groups.values())


@dataclass(frozen=True, slots=True)
class AgencyChoice:
    """Which agencies a list shows; "" does not choose."""

    q: str = ""
    place: str = ""
    tier: str = ""
    kind: str = ""
    known: str = ""
    sort: str = "duties"


def agency_choice(frame: Frame) -> AgencyChoice:
    """The choice that the address of a page states."""
    value = frame.value
    return AgencyChoice(
        q=value("q").strip()[:LONGEST],
        place=value("place")[:LONGEST],
        tier=one_of(value("tier"), TIERS),
        kind=one_of(value("kind"), KINDS),
        known=one_of(value("known"), ("yes", "no")),
        sort=one_of(value("sort"), AGENCY_SORTS, "duties"),
    )


def choose_agencies(store: Store, choice: AgencyChoice) -> tuple[list[AgencyRow], list[AgencyRow]]:
    """The agencies that fit, and all that bear duties."""
    rows = list(catalogue.agencies(store))
    words = choice.q.split()
    meant = {row.iri for row in catalogue.find_agencies(store, "".join(words))} if words else set()
    fitting = [
        row for row in rows
        if (not words or row.iri in meant or all(word in row.name for word in words))
        and (not choice.place or row.place == choice.place)
        and (not choice.tier or row.tier == choice.tier)
        and (not choice.kind or row.kind == choice.kind)
        and (not choice.known or row.known == (choice.known == "yes"))
    ]  # fmt: skip
    if choice.sort == "lead":
        fitting.sort(key=lambda r: (-r.lead, -r.duties, r.name))
    elif choice.sort == "policies":
        fitting.sort(key=lambda r: (-r.policies, -r.duties, r.name))
    elif choice.sort == "name":
        fitting.sort(key=lambda r: (r.place, r.name))
    return fitting, rows


@dataclass(frozen=True, slots=True)
class PolicyChoice:
    """Which documents a list shows; "" does not choose. ``issuer`` is an IRI, ``held`` "no" those that are only cited."""

    q: str = ""
    place: str = ""
    year: str = ""
    type: str = ""
    standing: str = ""
    on: str = ""
    issuer: str = ""
    held: str = ""
    sort: str = "dated"


def policy_choice(frame: Frame) -> PolicyChoice:
    """The choice that the address of a page states."""
    value = frame.value
    return PolicyChoice(
        q=value("q").strip()[:LONGEST],
        place=value("place")[:LONGEST],
        year=value("year")[:4],
        type=value("type")[:LONGEST],
        standing=one_of(value("standing"), STANDINGS),
        on=day_of(value("on")) or frame.today,
        issuer=iri_of(value("issuer")),
        held=one_of(value("held"), ("no",)),
        sort=one_of(value("sort"), POLICY_SORTS, "dated"),
    )


@dataclass(frozen=True, slots=True)
class ChosenPolicies:
    """The documents that fit, of how many; counts by year, place and genre of all that are held. ``rows`` lack their issuers."""

    rows: Sequence[PolicyRow]
    of: int
    years: Counts
    places: Counts
    types: Counts
    cited: int


def choose_policies(store: Store, choice: PolicyChoice) -> ChosenPolicies:
    """The documents that fit ``choice``."""
    cited = _cited(store)
    held = catalogue.entries(store).heads
    years, where, genres = _facets(store)
    if choice.held == "no":
        rows = tuple(p for p in cited if _worded(title_key(p.title)[2:], number_key(p.number)[2:] if p.number else "", choice.q))
        fits = choice.place or choice.year or choice.type or choice.issuer or choice.standing
        return ChosenPolicies(() if fits else rows, len(cited), years, where, genres, len(cited))
    places = _fitting(store, choice)
    if choice.sort != "dated":
        sizes = (catalogue.duties_in if choice.sort == "duties" else catalogue.figures_in)(store)
        places.sort(key=lambda at: -sizes[at])
    return ChosenPolicies(_Rows(store, places), len(held), years, where, genres, len(cited))


def _fitting(store: Store, choice: PolicyChoice) -> list[int]:
    """Where the documents that fit stand in the catalogue."""
    heads = catalogue.entries(store).heads
    genres = catalogue.genres(store) if choice.type else ()
    stances = catalogue.stances(store) if choice.standing else ()
    keys = catalogue.keys(store) if choice.q else ()
    issued = {text_of(p) for (p,) in store.select(_ISSUED_BY, agency=[ox.NamedNode(choice.issuer)])} if choice.issuer else set()
    return [
        at for at, head in enumerate(heads)
        if (not choice.place or head.place == choice.place)
        and (not choice.year or head.dated[:4] == choice.year)
        and (not choice.type or genres[at] == choice.type)
        and (not choice.issuer or head.iri in issued)
        and (not choice.standing or stances[at].on(choice.on) == choice.standing)
        and (not choice.q or _worded(*keys[at], choice.q))
    ]  # fmt: skip


def issuers(store: Store, policies: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Who issued these documents (IRIs)."""
    found: dict[str, list[str]] = defaultdict(list)
    few = len(policies) <= _FEW
    rows = store.select_each(_ISSUERS, "policy", map(ox.NamedNode, policies)) if few else store.select(_ISSUERS)
    for policy, name in rows:
        found[text_of(policy)].append(text_of(name))
    return {policy: tuple(sorted(names)) for policy, names in found.items()}


def _cited_only(store: Store) -> tuple[PolicyRow, ...]:
    """The documents that are only cited."""
    return tuple(answers.cited_policies(store))


def _count_facets(store: Store) -> tuple[Counts, Counts, Counts]:
    """Documents by year (the latest first), place and genre (the most first)."""
    heads = catalogue.entries(store).heads
    genres = sorted(counted(catalogue.genres(store)), key=lambda c: (-c[1], c[0]))
    return counted(h.dated[:4] for h in heads)[::-1], counted(h.place for h in heads), tuple(genres)


_cited = Kept(_cited_only)
_facets = Kept(_count_facets)


@lru_cache(maxsize=16)
def _asked(words: str) -> tuple[tuple[str, ...], str]:
    """What a title has to hold, and what a number has to."""
    return tuple(title_key(word)[2:] for word in words.split()), number_key(words)[2:]


def _worded(title: str, number: str, words: str) -> bool:
    """Whether a document (by its keys) is meant by words of its title, or by its number."""
    if not words.split():
        return True
    keys, wanted = _asked(words)
    return bool(number and wanted in number) or (any(keys) and all(key in title for key in keys))


def counted(values: Iterable[str]) -> Counts:
    """Values with how often they come, in their order; "" left out."""
    return tuple(sorted((value, n) for value, n in Counter(values).items() if value))


@dataclass(frozen=True, slots=True)
class NoteBrief:
    """What a note is chosen and sorted by."""

    iri: str
    kind: str
    policy: str
    start: int


@dataclass(frozen=True, slots=True)
class Review:
    """The notes that fit, and how many there are of each kind."""

    notes: tuple[NoteBrief, ...]
    kinds: tuple[tuple[str, int], ...]


def review(store: Store, kind: str, policy: str) -> Review:
    """What a person should look at: of one kind and policy (an IRI), or ("") of all; the weightiest kinds first."""
    notes = _notes(store)
    counts = Counter(n.kind for n in notes)
    fitting = tuple(n for n in notes if (not kind or n.kind == kind) and (not policy or n.policy == policy))
    return Review(fitting, tuple(sorted(counts.items(), key=lambda c: _weight(c[0]))))


def note_rows(store: Store, notes: Sequence[NoteBrief]) -> list[NoteRow]:
    """All that is known of these notes, in their order."""
    known = {row.iri: row for row in answers.notes_of(store, [n.iri for n in notes])}
    return [known[n.iri] for n in notes if n.iri in known]


def _weight(kind: str) -> int:
    return NOTE_KINDS.index(kind) if kind in NOTE_KINDS else len(NOTE_KINDS)


def _read_notes(store: Store) -> tuple[NoteBrief, ...]:
    """All notes: the weightiest kinds first, then the newest policies, in the order of the text."""
    rank = catalogue.entries(store).at
    rows = store.select(_NOTES)
    found = [NoteBrief(text_of(n), text_of(kind), text_of(policy), int_of(start)) for n, kind, policy, start in rows]
    return tuple(sorted(found, key=lambda n: (_weight(n.kind), rank[n.policy], n.start, n.iri)))


_notes = Kept(_read_notes)


def prepare(store: Store) -> None:
    """Read what the lists know by heart."""
    for part in (_facets, _cited, _notes):
        part(store)
