"""The lists of agencies and documents, and what the first page shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from graph import answers, bodies
from graph.cells import int_of, text_of
from graph.explorer.choice import LONGEST, ROLES, STANDINGS, day_of, iri_of, one_of
from graph.explorer.frame import Frame
from graph.explorer.validity import Standing, standings, state
from graph.iris import number_key, title_key
from graph.literals import date
from graph.rows import AgencyRow, DutyRow, NoteRow, PolicyRow
from graph.store import Store

_COUNTS = {
    "policies": "SELECT (COUNT(?x) AS ?n) WHERE { ?x a zhize:Policy }",
    "duties": "SELECT (COUNT(?x) AS ?n) WHERE { ?x a zhize:Duty }",
    "targets": "SELECT (COUNT(?x) AS ?n) WHERE { ?x a zhize:Figure ; zhize:indicator ?name }",
    "citations": "SELECT (COUNT(?x) AS ?n) WHERE { ?x a zhize:Citation }",
    "review": "SELECT (COUNT(?x) AS ?n) WHERE { ?x a zhize:Note }",
}
_AHEAD = """
SELECT ?d ?due WHERE { ?d a zhize:Duty ; zhize:due ?due FILTER(?due >= ?day) $day$ } ORDER BY ?due ?d LIMIT 60"""
_BEHIND = """
SELECT ?d ?due WHERE { ?d a zhize:Duty ; zhize:due ?due FILTER(?due < ?day) $day$ } ORDER BY DESC(?due) ?d LIMIT 60"""
_ISSUED_BY = "SELECT ?policy WHERE { $agency$ ?policy eli:passed_by ?agency }"
NOTE_KINDS = ("head", "agency", "role", "deadline", "table", "unread", "text", "citation", "weak", "corrected")
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
    counts = {kind: int_of(next(store.select(query))[0]) for kind, query in _COUNTS.items()}
    bearing = bodies.agencies(store)
    counts["agencies"] = len(bearing)
    named = [a for a in bearing if a.kind not in ("group", "unnamed")]
    policies = [p for p in answers.policies(store) if p.resolved]
    day = date(today)
    assert day is not None
    due = [text_of(d) for d, _ in store.select(_AHEAD, day=[day])]
    ahead = bool(due)
    due = due or [text_of(d) for d, _ in store.select(_BEHIND, day=[day])]
    return Home(counts, tuple(named[:8]), tuple(policies[:6]), _tasks(store, due)[:6], ahead)


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
    rows = bodies.agencies(store)
    words = choice.q.split()
    meant = {row.iri for row in bodies.find_agencies(store, "".join(words))} if words else set()
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
    """The documents that fit, of how many, with their standings; counts by year, place and genre of all that are held."""

    rows: tuple[PolicyRow, ...]
    of: int
    standings: Mapping[str, Standing]
    years: tuple[tuple[str, int], ...]
    places: tuple[tuple[str, int], ...]
    types: tuple[tuple[str, int], ...]
    cited: int


def choose_policies(store: Store, choice: PolicyChoice) -> ChosenPolicies:
    """The documents that fit ``choice``."""
    everything = answers.policies(store)
    held = [p for p in everything if p.resolved]
    stood = standings(store)
    issued = {text_of(p) for (p,) in store.select(_ISSUED_BY, agency=[ox.NamedNode(choice.issuer)])} if choice.issuer else set()
    pool = [p for p in everything if not p.resolved] if choice.held == "no" else held
    rows = [
        p for p in pool
        if _worded(p, choice.q)
        and (not choice.place or p.place == choice.place)
        and (not choice.year or p.dated[:4] == choice.year)
        and (not choice.type or p.type == choice.type)
        and (not choice.issuer or p.iri in issued)
        and (not choice.standing or state(stood.get(p.iri, Standing()), choice.on) == choice.standing)
    ]  # fmt: skip
    if choice.sort == "duties":
        rows.sort(key=lambda p: -p.duties)
    elif choice.sort == "targets":
        rows.sort(key=lambda p: -p.targets)
    return ChosenPolicies(
        tuple(rows), len(pool), stood, counted(p.dated[:4] for p in held)[::-1], counted(p.place for p in held),
        tuple(sorted(counted(p.type for p in held), key=lambda c: (-c[1], c[0]))), len(everything) - len(held),
    )  # fmt: skip


def _worded(policy: PolicyRow, words: str) -> bool:
    keys = [title_key(word)[2:] for word in words.split()]
    if not words.split():
        return True
    by_number = bool(policy.number) and number_key(words)[2:] in number_key(policy.number)
    return by_number or (any(keys) and all(key in title_key(policy.title) for key in keys))


def counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Values with how often they come, in their order; "" left out."""
    return tuple(sorted((value, n) for value, n in Counter(values).items() if value))


@dataclass(frozen=True, slots=True)
class Review:
    """The notes that fit, and how many there are of each kind."""

    rows: tuple[NoteRow, ...]
    kinds: tuple[tuple[str, int], ...]


def review(store: Store, kind: str, policy: str) -> Review:
    """What a person should look at: of one kind and policy (an IRI), or ("") of all; the weightiest kinds first."""
    notes: Sequence[NoteRow] = answers.notes(store)
    counts = Counter(n.kind for n in notes)
    rank = {code: at for at, code in enumerate(NOTE_KINDS)}
    rows = sorted((n for n in notes if (not kind or n.kind == kind) and (not policy or n.policy == policy)),
                  key=lambda n: rank.get(n.kind, len(rank)))  # fmt: skip
    return Review(tuple(rows), tuple(sorted(counts.items(), key=lambda c: rank.get(c[0], len(rank)))))
