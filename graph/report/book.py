"""The evidence of a report: every fact has a number (D12), every figure of the report leads to the facts that it counts.

A figure that counts one fact leads to it; one that counts several leads to a list (S7) of their numbers. The same facts give the
same list. Numbers follow the order of the rows, so that the same graph gives the same report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.analysis.facts import BareClause, Facts
from graph.analysis.suspects import figure
from graph.network import ROLES
from graph.rows import DutyRow, LinkRow, PolicyRow, TargetRow
from graph.shares import assignment_key

MOST_ENTRIES = 5000
"""Facts that are printed whether or not a figure leads to them; above it only those to which one leads."""
MOST_IN_LIST = 400
"""Facts that a list names; further ones are counted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact: ``about`` says what it is, ``who`` its bearers by role; ``start``, ``end`` are raw offsets in the file ``source``."""

    id: str
    policy: str
    clause: str
    about: str
    who: tuple[tuple[str, tuple[str, ...]], ...]
    due: str
    quote: str
    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A figure's facts: ``ids`` are those that are printed, ``more`` counts the others."""

    id: str
    label: str
    ids: tuple[str, ...]
    more: int

    @property
    def runs(self) -> tuple[tuple[str, str], ...]:
        """The numbers in order as (first, last) of each run: D4, D5, D6 is D4–D6."""
        runs: list[tuple[str, str]] = []
        for name in sorted(self.ids, key=lambda i: (i[0], int(i[1:]))):
            if runs and runs[-1][1][0] == name[0] and int(runs[-1][1][1:]) + 1 == int(name[1:]):
                runs[-1] = (runs[-1][0], name)
            else:
                runs.append((name, name))
        return tuple(runs)


def _papers(facts: Facts) -> tuple[PolicyRow, ...]:
    """The documents of ``facts``, and those that only its duties and links name."""
    found = {p.iri: p for p in facts.policies}
    for duty in facts.duties:
        made = PolicyRow(duty.policy, duty.policy_title, duty.policy_number, (), "", duty.policy_dated, "", "", "", 0, 0)
        found.setdefault(duty.policy, made)
    for link in facts.links:
        title, number = link.cited_title, link.cited_number
        found.setdefault(link.cited, PolicyRow(link.cited, title, number, (), "", "", "", "", "", 0, 0, resolved=False))
    return tuple(found.values())


class Book:
    """Numbers the facts of a report and keeps what its figures count; ``papers`` are the documents in their order."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.papers = _papers(facts)
        self.policy = {p.iri: f"P{n}" for n, p in enumerate(self.papers, 1)}
        self._duties: dict[str, str] = {}
        self._bearers: dict[str, list[DutyRow]] = {}
        for duty in facts.duties:
            key = assignment_key(duty)
            self._duties.setdefault(key, f"D{len(self._duties) + 1}")
            self._bearers.setdefault(key, []).append(duty)
        self._links = {link: f"L{n}" for n, link in enumerate(facts.links, 1)}
        self._targets = {target.iri: f"M{n}" for n, target in enumerate(facts.targets, 1)}
        self._clauses = {clause: f"C{n}" for n, clause in enumerate(facts.clauses, 1)}
        self._lists: dict[tuple[str, ...], Listing] = {}
        self._used: set[str] = set()

    def sign(self, policy: str) -> str:
        """The number of a document; one that the facts do not list has none."""
        return self.policy.get(policy, "P")

    def policies(self, iris: Iterable[str], label: str) -> str:
        """The anchor of documents."""
        return self._anchor((self.policy[iri] for iri in iris if iri in self.policy), label)

    def duties(self, rows: Iterable[DutyRow], label: str) -> str:
        """The anchor of duties."""
        return self._anchor((self._duties[assignment_key(d)] for d in rows), label)

    def assignments(self, keys: Iterable[str], label: str) -> str:
        """The anchor of assignments, given by :func:`graph.network.assignment_key`."""
        return self._anchor((self._duties[key] for key in keys), label)

    def links(self, rows: Iterable[LinkRow], label: str) -> str:
        """The anchor of citations."""
        return self._anchor((self._links[k] for k in rows), label)

    def targets(self, rows: Iterable[TargetRow], label: str) -> str:
        """The anchor of figures."""
        return self._anchor((self._targets[t.iri] for t in rows), label)

    def clauses(self, rows: Iterable[BareClause], label: str) -> str:
        """The anchor of clauses."""
        return self._anchor((self._clauses[c] for c in rows), label)

    def target_of(self, iri: str) -> str:
        """The anchor of one figure."""
        return self._anchor([self._targets[iri]], "")

    def _anchor(self, ids: Iterable[str], label: str) -> str:
        found = tuple(dict.fromkeys(ids))
        if not found:
            return ""
        kept = found[:MOST_IN_LIST]
        self._used.update(kept)
        if len(found) == 1:
            return f"#{found[0]}"
        if found not in self._lists:
            self._lists[found] = Listing(f"S{len(self._lists) + 1}", label, kept, len(found) - len(kept))
        return f"#{self._lists[found].id}"

    @property
    def listings(self) -> tuple[Listing, ...]:
        """The lists, in the order in which figures asked for them."""
        return tuple(self._lists.values())

    @property
    def shortened(self) -> bool:
        """Are facts left out to which no figure leads?"""
        return len(self._duties) + len(self._links) + len(self._targets) > MOST_ENTRIES

    def duty_entries(self) -> tuple[Entry, ...]:
        """The assignments, in the order of the text."""
        found = (self._duty(key, name) for key, name in self._duties.items())
        return tuple(e for e in found if not self.shortened or e.id in self._used)

    def other_entries(self) -> tuple[Entry, ...]:
        """Citations, then the figures and clauses to which something leads."""
        links = [self._link(k, name) for k, name in self._links.items() if not self.shortened or name in self._used]
        targets = [self._target(t) for t in self.facts.targets if self._targets[t.iri] in self._used]
        clauses = [self._clause(c, name) for c, name in self._clauses.items() if name in self._used]
        return (*links, *targets, *clauses)

    def _duty(self, key: str, name: str) -> Entry:
        rows = self._bearers[key]
        first = min(rows, key=lambda d: d.order)
        who = tuple((role, tuple(dict.fromkeys(d.agency for d in rows if d.role == role))) for role in ROLES)
        at = [d.evidence for d in rows]
        return Entry(name, first.policy, first.clause, first.task or first.clause_heading, tuple(w for w in who if w[1]),
                     first.deadline, max((e.quote for e in at), key=len), at[0].source, min(e.start for e in at),
                     max(e.end for e in at))  # fmt: skip

    @staticmethod
    def _link(link: LinkRow, name: str) -> Entry:
        title = link.cited_title or link.cited_number
        number = f"（{link.cited_number}）" if link.cited_number and link.cited_title else ""
        at = link.evidence
        about = f"《{title}》{number}" if link.cited_title else title
        return Entry(name, link.policy, link.clause, about, ((link.relation, ()),), "", at.quote, at.source, at.start, at.end)

    def _target(self, target: TargetRow) -> Entry:
        at = target.evidence
        about = f"{target.indicator} {figure(target)}".strip()
        return Entry(self._targets[target.iri], target.policy, target.clause, about, ((target.kind, ()),), target.by, at.quote,
                     at.source, at.start, at.end)  # fmt: skip

    @staticmethod
    def _clause(clause: BareClause, name: str) -> Entry:
        at = clause.evidence
        return Entry(name, clause.policy, clause.clause, clause.heading, (), "", at.quote, at.source, at.start, at.end)
