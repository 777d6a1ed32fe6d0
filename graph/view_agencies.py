"""The picture of agencies: circles by duty load, lines by shared assignments, one card an assignment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import networkx as nx

from graph.labels import agency_labels
from graph.measures import communities, community_name
from graph.network import ROLES, Tie, agency_network, assignment_key, ties
from graph.rows import AgencyRow, DutyRow
from graph.view_data import (
    COLOURS,
    MAX_LINES,
    MAX_SUBJECTS,
    SMALLEST_GROUP,
    Card,
    Doc,
    Line,
    Picture,
    Subject,
    first_threshold,
    sizes,
    within_budget,
)
from graph.view_layout import spread

BACKBONE = 3
"""The strongest ties of each agency that shape the layout; all of them together pull every circle into one heap."""


def agency_picture(duties: Iterable[DutyRow], agencies: Iterable[AgencyRow]) -> Picture:
    """The co-responsibility network of ``duties``; of more than ``MAX_SUBJECTS`` agencies those with most duties are kept."""
    rows, known = sorted(duties, key=lambda d: (d.policy, d.evidence.start, d.order, d.iri)), list(agencies)
    load = Counter(d.agency_iri for d in rows)
    kept = {iri for iri, _ in sorted(load.items(), key=lambda item: (-item[1], item[0]))[:MAX_SUBJECTS]}
    rows = [d for d in rows if d.agency_iri in kept]
    graph = agency_network(rows, known)
    order = sorted(graph, key=lambda n: (-graph.nodes[n]["duties"], graph.nodes[n]["name"], n))
    index = {iri: i for i, iri in enumerate(order)}
    docs = {d.policy: Doc(d.policy_title, d.policy_number, d.policy_dated) for d in rows}
    cards, behind = _cards(rows, index, {iri: i for i, iri in enumerate(docs)})
    found = sorted(ties(rows), key=lambda t: (-len(t.shared), -t.strength, t.first, t.second))
    named = agency_network(rows, known, unnamed=False)
    groups = [members for members in communities(named) if len(members) >= SMALLEST_GROUP]
    bounded, cut = within_budget(cards)
    return Picture(
        kind="agencies",
        subjects=_subjects(graph, order, groups),
        lines=tuple(_line(tie, index, behind) for tie in found[:MAX_LINES]),
        cards=bounded,
        docs=tuple(docs.values()),
        groups=tuple(community_name(named, members) for members in groups[:COLOURS]),
        roles=ROLES,
        threshold=first_threshold([len(tie.shared) for tie in found]),
        cut_subjects=len(load) - len(kept),
        cut_lines=max(0, len(found) - MAX_LINES),
        cut_cards=cut,
    )


def _line(tie: Tie, index: dict[str, int], behind: dict[str, list[int]]) -> Line:
    cards = tuple(number for key in tie.shared for number in behind[key])
    kind = "lead" if tie.first_leads or tie.second_leads else "peer"
    return Line(index[tie.first], index[tie.second], kind, cards, (tie.first_leads, tie.second_leads))


def _cards(duties: Sequence[DutyRow], index: dict[str, int], docs: dict[str, int]) -> tuple[list[Card], dict[str, list[int]]]:
    """One card for the bearers of an assignment with the same task, deadline and figures; and the cards of each assignment."""
    groups: dict[tuple[object, ...], list[DutyRow]] = defaultdict(list)
    for duty in duties:
        groups[assignment_key(duty), duty.clause, duty.task, duty.deadline, duty.targets].append(duty)
    cards: list[Card] = []
    numbers: dict[str, int] = {}
    behind: dict[str, list[int]] = defaultdict(list)
    for members in groups.values():
        first = min(members, key=lambda d: d.order)
        behind[assignment_key(first)].append(len(cards))
        bearers = dict.fromkeys((index[d.agency_iri], d.role) for d in sorted(members, key=lambda d: d.order))
        cards.append(
            Card(
                doc=docs[first.policy],
                clause=first.clause,
                heading=first.clause_heading,
                text=first.task,
                due=first.deadline,
                targets=first.targets,
                parties=tuple(bearers),
                source=first.evidence.source,
                start=min(d.evidence.start for d in members),
                end=max(d.evidence.end for d in members),
                quote=max((d.evidence.quote for d in members), key=len),
                assignment=numbers.setdefault(assignment_key(first), len(numbers)),
                note="; ".join(dict.fromkeys(d.reason for d in members if d.reason)),
            )
        )
    return cards, behind


def _subjects(graph: nx.Graph, order: Sequence[str], groups: Sequence[Sequence[str]]) -> tuple[Subject, ...]:
    radius = dict(zip(order, sizes([graph.nodes[n]["duties"] for n in order]), strict=True))
    where = spread(_backbone(graph), radius, groups)
    colour = {iri: number for number, members in enumerate(groups[:COLOURS]) for iri in members}
    labels = agency_labels({n: (graph.nodes[n]["name"], graph.nodes[n]["place"]) for n in order})
    return tuple(
        Subject(
            name=graph.nodes[n]["name"],
            label=labels[n],
            group=colour.get(n, -1),
            size=radius[n],
            x=where[n][0],
            y=where[n][1],
            place=graph.nodes[n]["place"],
            type=graph.nodes[n]["kind"],
            soft=graph.nodes[n]["unnamed"],
        )
        for n in order
    )


def _backbone(graph: nx.Graph) -> nx.Graph:
    """Each agency's strongest ties and a spanning tree, which keeps together what is joined."""
    bone = nx.Graph()
    bone.add_nodes_from(graph)
    bone.add_edges_from(nx.maximum_spanning_edges(graph, weight="strength", data=True))
    for node in graph:
        strongest = sorted(graph.edges(node, data=True), key=lambda e: (-e[2]["strength"], e[1]))
        bone.add_edges_from(strongest[:BACKBONE])
    return bone
