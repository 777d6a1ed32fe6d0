"""Duties as cards: one for the bearers of an assignment with the same task, deadline and figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.network import assignment_key
from graph.rows import DutyRow
from graph.standing import Life
from graph.view_data import Card, Doc


@dataclass(frozen=True, slots=True)
class Validity:
    """When documents hold, by IRI, judged on ``day`` (ISO); ``first`` is the standing that a page shows at first, "" for all."""

    lives: Mapping[str, Life] = field(default_factory=dict)
    day: str = ""
    first: str = ""

    def doc(self, policy: str, title: str, number: str, dated: str) -> Doc:
        """A document of a page with its standing; without any where no day was asked for."""
        if not self.day:
            return Doc(title, number, dated)
        life = self.lives.get(policy, Life(held=False))
        end = life.end
        state, ended = life.on(self.day).state, end.state if end else ""
        return Doc(title, number, dated, state, life.begins, life.last, ended, life.held)

    def ends(self, policy: str, clause: str) -> tuple[str, str]:
        """The last day of a clause's duties and how they end, where that is not as their document does; else nothing."""
        life = self.lives.get(policy, Life())
        own = life.of(clause)
        return (own.last, own.end.state) if self.day and own.end is not None and own.end != life.end else ("", "")


def in_order(duties: Iterable[DutyRow]) -> list[DutyRow]:
    """By document, in the order of its text."""
    return sorted(duties, key=lambda d: (d.policy, d.evidence.start, d.order, d.iri))


def documents_of(duties: Iterable[DutyRow], validity: Validity) -> dict[str, Doc]:
    """The documents that duties stand in, by IRI."""
    return {d.policy: validity.doc(d.policy, d.policy_title, d.policy_number, d.policy_dated) for d in duties}


def duty_cards(
    duties: Sequence[DutyRow], index: Mapping[str, int], docs: Mapping[str, int], validity: Validity
) -> tuple[list[Card], dict[str, list[int]]]:
    """The cards of ``duties`` (in order), and the numbers of the cards of each assignment.

    ``index`` numbers the agencies, ``docs`` the documents, both by IRI.
    """
    groups: dict[tuple[object, ...], list[DutyRow]] = defaultdict(list)
    for duty in duties:
        groups[assignment_key(duty), duty.clause, duty.task, duty.deadline, duty.targets].append(duty)
    cards: list[Card] = []
    numbers: dict[str, int] = {}
    behind: dict[str, list[int]] = defaultdict(list)
    for members in groups.values():
        members.sort(key=lambda d: d.order)
        key = assignment_key(members[0])
        behind[key].append(len(cards))
        bearers = tuple(dict.fromkeys((index[d.agency_iri], d.role) for d in members))
        ends = validity.ends(members[0].policy, members[0].clause)
        cards.append(_card(members, docs[members[0].policy], bearers, numbers.setdefault(key, len(numbers)), ends))
    return cards, behind


def _card(
    members: Sequence[DutyRow], doc: int, bearers: tuple[tuple[int, str], ...], assignment: int, ends: tuple[str, str]
) -> Card:
    first = members[0]
    return Card(
        doc=doc,
        clause=first.clause,
        heading=first.clause_heading,
        text=first.task,
        due=first.deadline,
        targets=first.targets,
        parties=bearers,
        source=first.evidence.source,
        start=min(d.evidence.start for d in members),
        end=max(d.evidence.end for d in members),
        quote=max((d.evidence.quote for d in members), key=len),
        assignment=assignment,
        note="; ".join(dict.fromkeys(d.reason for d in members if d.reason)),
        key=first.iri.rpartition("/")[2],
        last=ends[0],
        ended=ends[1],
    )
