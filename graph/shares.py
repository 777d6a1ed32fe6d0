"""How duties are shared out, added up: loads by agency, role and document, and assignments by their bearers.

Networks and measures of agencies need no more than this, and it stays small where the rows do not: assignments with the same
bearers are one :class:`Bundle` with a count. :func:`read_shares` lets the store add up, with the scope in the query;
:func:`shares_of` adds up rows that are at hand already.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import pyoxigraph as ox

from graph.cells import code_of, int_of, text_of
from graph.rows import UNNAMED, AgencyRow, DutyRow, PolicyRow
from graph.store import Store, Value
from ontology.vocabulary import concept

_LOADS = """
SELECT ?agency ?role ?policy (COUNT(?duty) AS ?duties)
WHERE { $policy$ ?duty zhize:policy ?policy ; odrl:assignee ?agency ; zhize:role ?role }
GROUP BY ?agency ?role ?policy"""

# Grouped twice: the bearers of each assignment, then the assignments of each list of bearers, whose order is the engine's own.
# Measured on disk, processor time and memory of the process, five gazettes (2,868 duties) / an invented country (180,880 duties):
#   all rows with their evidence, counted in Python          0.96 s   80 MB / 104 s  1,170 MB
#   pairs, a join of the duties with themselves (GROUP BY)   0.18 s   39 MB /  10 s     96 MB, without strength and leads
#   a row a duty (assignment, agency, role)                  0.06 s   40 MB / 5.7 s    251 MB, 180,880 answers
#   this                                                     0.06 s   39 MB / 4.8 s    142 MB,  45,121 answers
_BUNDLES = """
SELECT ?bearers (COUNT(?assignment) AS ?assignments)
WHERE {
  SELECT ?assignment (GROUP_CONCAT(?bearer; separator=" ") AS ?bearers)
  WHERE {
    $policy$ $lead$ ?duty zhize:policy ?policy ; zhize:assignment ?assignment ; odrl:assignee ?agency ; zhize:role ?role
    BIND (CONCAT(IF(?role = ?lead, "+", "-"), STR(?agency)) AS ?bearer)
  }
  GROUP BY ?assignment
}
GROUP BY ?bearers"""


@dataclass(frozen=True, slots=True)
class Load:
    """The number of duties that a document, dated ``dated`` (ISO or ""), gives to an agency in a role; both are IRIs."""

    agency: str
    name: str
    role: str
    policy: str
    dated: str
    duties: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """The number of assignments that exactly these agencies share: sorted (IRI, whether it leads)."""

    bearers: tuple[tuple[str, bool], ...]
    assignments: int


@dataclass(frozen=True, slots=True)
class Shares:
    """What the agencies bear; ``agencies`` tell place and kind. Loads and bundles are sorted, so that equal shares are equal."""

    loads: tuple[Load, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    agencies: tuple[AgencyRow, ...] = ()

    @property
    def hidden(self) -> frozenset[str]:
        """The agencies that stand for unnamed bodies."""
        return frozenset(a.iri for a in self.agencies if a.kind == UNNAMED)

    @property
    def unnamed(self) -> tuple[int, int]:
        """How many bodies that no text names (各相关部门) bear how many duties: what measures of agencies leave out."""
        loads = [x for x in self.loads if x.agency in self.hidden]
        return len({x.agency for x in loads}), sum(x.duties for x in loads)


@dataclass(frozen=True, slots=True)
class Weight:
    """Two agencies that share assignments; ``first`` < ``second`` are their IRIs.

    ``first_leads`` counts those in which ``first`` leads and ``second`` does not, ``second_leads`` the reverse. ``strength`` counts
    an assignment of n agencies as 1/(n - 1), so that a list of thirty binds its members less than a list of two
    (Newman 2001, doi:10.1103/PhysRevE.64.016132).
    """

    first: str
    second: str
    shared: int
    first_leads: int
    second_leads: int
    strength: float


Bearers: TypeAlias = tuple[tuple[str, bool], ...]
Duties: TypeAlias = Iterable[DutyRow] | Shares
"""What measures of agencies take: rows, or what the store has added up."""


def assignment_key(duty: DutyRow) -> str:
    """What the bearers of one assignment have in common; a duty without an assignment stands alone under its own IRI."""
    return f"{duty.policy}\t{duty.assignment}" if duty.assignment else duty.iri


def bearers_of(duties: Iterable[DutyRow]) -> dict[str, dict[str, bool]]:
    """The bearers of each assignment, and whether they lead it."""
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for duty in duties:
        bearers = found[assignment_key(duty)]
        bearers[duty.agency_iri] = bearers.get(duty.agency_iri, False) or duty.role == "lead"
    return found


def shares_of(duties: Duties, agencies: Iterable[AgencyRow] = ()) -> Shares:
    """``duties`` added up; what is added up already stays as it is.

    ``duties`` must hold all bearers of an assignment: the duties of a single agency have no ties.
    """
    if isinstance(duties, Shares):
        return duties
    rows = sorted(duties, key=lambda d: d.iri)
    loads: Counter[tuple[str, str, str, str]] = Counter()
    names: dict[str, str] = {}
    for duty in rows:
        names.setdefault(duty.agency_iri, duty.agency)
        loads[duty.agency_iri, duty.role, duty.policy, duty.policy_dated] += 1
    bundles = Counter(tuple(sorted(bearers.items())) for bearers in bearers_of(rows).values())
    return _made(((agency, names[agency], *rest, n) for (agency, *rest), n in loads.items()), bundles, agencies)  # type: ignore[misc]


def read_shares(
    store: Store, agencies: Iterable[AgencyRow], policies: Iterable[PolicyRow], only: Collection[str] | None = None, city: str = ""
) -> Shares:
    """The shares of a whole store, or of the documents ``only`` (IRIs), added up there.

    With ``city`` duties of its agencies alone; an agency without a place (各相关部门) belongs to the place of the document.
    ``agencies`` and ``policies`` are those of the store.
    """
    known, papers = {a.iri: a for a in agencies}, {p.iri: p for p in policies}
    if not city:
        parts = [(only, frozenset(known))]
    else:
        wanted = papers if only is None else {iri: papers[iri] for iri in only}
        here = {iri for iri, p in wanted.items() if city in p.place}
        own = frozenset(a.iri for a in known.values() if city in a.place)
        parts = [(here, own | {a.iri for a in known.values() if not a.place}), (set(wanted) - here, own)]
    loads: list[tuple[str, str, str, str, str, int]] = []
    bundles: Counter[Bearers] = Counter()
    for among, kept in parts:
        if among is not None and not among:
            continue
        given: dict[str, list[Value]] = {} if among is None else {"policy": [ox.NamedNode(iri) for iri in sorted(among)]}
        for agency, role, policy, n in store.select(_LOADS, **given):
            iri, paper = text_of(agency), text_of(policy)
            if iri in kept:
                loads.append((iri, known[iri].name, code_of(role), paper, papers[paper].dated, int_of(n)))
        for words, n in store.select(_BUNDLES, lead=[concept("roles", "lead")], **given):
            if bearers := _bearers(text_of(words), kept):
                bundles[bearers] += int_of(n)
    return _made(loads, bundles, known.values())


def _bearers(words: str, kept: frozenset[str]) -> Bearers:
    """The bearers that a row of the second query lists: ``+`` in front of one that leads."""
    found: dict[str, bool] = {}
    for word in words.split():
        if (iri := word[1:]) in kept:
            found[iri] = found.get(iri, False) or word[0] == "+"
    return tuple(sorted(found.items()))


def _made(
    loads: Iterable[tuple[str, str, str, str, str, int]], bundles: Counter[Bearers], agencies: Iterable[AgencyRow]
) -> Shares:
    return Shares(
        tuple(Load(*load) for load in sorted(loads)),
        tuple(Bundle(bearers, n) for bearers, n in sorted(bundles.items())),
        tuple(agencies),
    )


def between(shares: Shares, since: int, until: int) -> Shares:
    """The loads from documents dated in these years, both included; without bundles."""
    loads = (x for x in shares.loads if x.dated[:4].isdigit() and since <= int(x.dated[:4]) <= until)
    return Shares(tuple(loads), agencies=shares.agencies)


def weights(shares: Shares, leave_out: frozenset[str] = frozenset()) -> tuple[Weight, ...]:
    """All pairs of agencies with a shared assignment, sorted by IRI; agencies in ``leave_out`` are passed over."""
    shared: Counter[tuple[str, str]] = Counter()
    leads: Counter[tuple[str, str]] = Counter()
    strength: defaultdict[tuple[str, str], float] = defaultdict(float)
    for bundle in shares.bundles:
        bearers = [b for b in bundle.bearers if b[0] not in leave_out]
        for (first, first_leads), (second, second_leads) in combinations(bearers, 2):
            shared[first, second] += bundle.assignments
            strength[first, second] += bundle.assignments / (len(bearers) - 1)
            if first_leads != second_leads:
                leads[(first, second) if first_leads else (second, first)] += bundle.assignments
    return tuple(Weight(a, b, n, leads[a, b], leads[b, a], round(strength[a, b], 6)) for (a, b), n in sorted(shared.items()))
