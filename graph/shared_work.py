"""Which agencies bear assignments together, counted over a whole store in little memory.

The same counts as :func:`graph.network.ties` makes of rows: agencies and assignments are small numbers in flat arrays here
(some 15 bytes a duty), and pairs are counted one agency after the other.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from graph import iris
from graph.look import Look


@dataclass(frozen=True, slots=True)
class Shared:
    """Two agencies (IRIs, ``first`` < ``second``) and the assignments that they share; see :class:`graph.network.Tie`."""

    first: str
    second: str
    assignments: int
    strength: float
    first_leads: int
    second_leads: int


@dataclass
class _Bearers:
    """The bearers of assignments: those of number n are ``agencies[begins[n]:begins[n + 1]]``; ``leads`` runs beside."""

    numbers: dict[str, int] = field(default_factory=dict)
    agencies: array[int] = field(default_factory=lambda: array("I"))
    leads: array[int] = field(default_factory=lambda: array("B"))
    begins: array[int] = field(default_factory=lambda: array("I", [0]))

    def add(self, bearers: dict[str, bool]) -> None:
        """One assignment: the IRIs of its bearers, and whether each leads."""
        for agency, leads in sorted(bearers.items()):
            self.agencies.append(self.numbers.setdefault(agency, len(self.numbers)))
            self.leads.append(leads)
        self.begins.append(len(self.agencies))

    def of_each(self) -> tuple[array[int], array[int]]:
        """The assignments of each agency: those of number n are ``values[begins[n]:begins[n + 1]]``, in their order."""
        sizes = Counter(self.agencies)
        begins = array("I", [0])
        for number in range(len(self.numbers)):
            begins.append(begins[-1] + sizes[number])
        free, values = array("I", begins), array("I", bytes(4 * len(self.agencies)))
        for assignment in range(len(self.begins) - 1):
            for agency in self.agencies[self.begins[assignment] : self.begins[assignment + 1]]:
                values[free[agency]] = assignment
                free[agency] += 1
        return begins, values


def shared_work(store: ox.Store, leave_out: Iterable[str] = ()) -> Iterator[Shared]:
    """All pairs of agencies with a shared assignment, in the order of their IRIs; agencies in ``leave_out`` are passed over."""
    bearers, hidden = _Bearers(), frozenset(leave_out)
    graphs = sorted(g.value for g in store.named_graphs() if isinstance(g, ox.NamedNode))
    for graph in graphs:
        if graph.startswith(iris.POLICY_GRAPHS):
            for several in _assignments(store, ox.NamedNode(graph), hidden):
                bearers.add(several)
    yield from _pairs(bearers)


def _assignments(store: ox.Store, graph: ox.NamedNode, hidden: frozenset[str]) -> Iterator[dict[str, bool]]:
    """The assignments of one policy in the order of their IRIs, each as its bearers and whether they lead; those of one bearer
    are left out."""
    look = Look(store)
    leading = {duty for duty, _ in look.pairs("zhize:leadAgency", graph)}
    bearer = {duty: agency.value for duty, agency in look.pairs("odrl:assignee", graph)}
    found: dict[str, dict[str, bool]] = {}
    for duty, assignment in look.pairs("zhize:assignment", graph):
        agency = bearer.get(duty, "")
        if agency and agency not in hidden:
            several = found.setdefault(assignment.value, {})
            several[agency] = several.get(agency, False) or duty in leading
    for _, several in sorted(found.items()):
        if len(several) > 1:
            yield several


def _pairs(bearers: _Bearers) -> Iterator[Shared]:
    names = sorted(bearers.numbers)
    rank = array("I", bytes(4 * len(names)))
    for place, name in enumerate(names):
        rank[bearers.numbers[name]] = place
    begins, assignments = bearers.of_each()
    for first in names:
        number = bearers.numbers[first]
        counted = _beside(bearers, rank, number, assignments[begins[number] : begins[number + 1]])
        for place in sorted(counted):
            count, strength, leads, led = counted[place]
            yield Shared(first, names[place], int(count), round(strength, 6), int(leads), int(led))


def _beside(bearers: _Bearers, rank: Sequence[int], agency: int, assignments: Iterable[int]) -> dict[int, list[float]]:
    """The agencies of a later rank beside ``agency``: rank to shared assignments, strength, and who leads how often."""
    found: dict[int, list[float]] = {}
    for assignment in assignments:
        start, end = bearers.begins[assignment], bearers.begins[assignment + 1]
        members, leads = bearers.agencies[start:end], bearers.leads[start:end]
        own = leads[members.index(agency)]
        share = 1 / (len(members) - 1)
        for other, other_leads in zip(members, leads, strict=True):
            if rank[other] <= rank[agency]:
                continue
            counts = found.setdefault(rank[other], [0, 0.0, 0, 0])
            counts[0] += 1
            counts[1] += share
            counts[2] += own > other_leads
            counts[3] += own < other_leads
    return found
