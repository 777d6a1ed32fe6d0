"""The picture of agencies: circles by duty load, lines by shared assignments, one card an assignment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

from graph.labels import agency_labels
from graph.lineage import Lineage
from graph.measures import communities, community_name
from graph.network import ROLES, Tie, agency_network, ties
from graph.rows import AgencyRow, DutyRow
from graph.view_cards import Validity, documents_of, duty_cards, in_order
from graph.view_clusters import Clustering, cluster
from graph.view_data import (
    COLOURS,
    MAX_HELD,
    MAX_LINES,
    MAX_SUBJECTS,
    SMALLEST_GROUP,
    Line,
    Picture,
    Subject,
    address,
    first_threshold,
    sizes,
    within_budget,
)
from graph.view_ego import nearest, rings, shared_duties
from graph.view_layout import Point, spread

BACKBONE = 3
"""The strongest ties of each agency that shape the layout; all of them together pull every circle into one heap."""


def agency_picture(
    duties: Iterable[DutyRow],
    agencies: Iterable[AgencyRow],
    validity: Validity | None = None,
    centre: str = "",
    lineages: Mapping[str, Lineage] | None = None,
) -> Picture:
    """The co-responsibility network of ``duties``, or that around one agency (``centre`` is its IRI).

    Of more than ``MAX_HELD`` agencies those with most duties are kept (around one agency: of more than ``MAX_SUBJECTS``); more than
    ``MAX_SUBJECTS`` are drawn as groups.
    """
    validity, known = validity or Validity(), list(agencies)
    rows = in_order(shared_duties(duties, centre) if centre else duties)
    load = Counter(d.agency_iri for d in rows)
    most_held = MAX_SUBJECTS if centre else MAX_HELD
    kept = {iri for iri, _ in sorted(load.items(), key=lambda item: (item[0] != centre, -item[1], item[0]))[:most_held]}
    rows = [d for d in rows if d.agency_iri in kept]
    graph = agency_network(rows, known)
    order = sorted(graph, key=lambda n: (-graph.nodes[n]["duties"], graph.nodes[n]["name"], n))
    index = {iri: i for i, iri in enumerate(order)}
    docs = documents_of(rows, validity)
    cards, behind = duty_cards(rows, index, {iri: i for i, iri in enumerate(docs)}, validity)
    bounded, cut = within_budget(cards)
    named = agency_network(rows, known, unnamed=False)
    radius = dict(zip(order, sizes([graph.nodes[n]["duties"] for n in order]), strict=True))
    clustering = _clustering(graph, named, radius) if len(order) > MAX_SUBJECTS else None
    groups = [] if clustering else [members for members in communities(named) if len(members) >= SMALLEST_GROUP]
    where = _where(graph, radius, groups, clustering, centre)
    found = sorted(ties(rows), key=lambda t: (-len(t.shared), -t.strength, t.first, t.second))
    drawn = [t for t in found if clustering is None or clustering.number[t.first] == clustering.number[t.second]]
    most = MAX_LINES if clustering is None else max(MAX_LINES, len(order) * 3)
    return Picture(
        kind="agencies",
        subjects=_subjects(graph, order, radius, where, groups, clustering, lineages or {}),
        lines=tuple(_line(tie, index, behind) for tie in drawn[:most]),
        cards=bounded,
        docs=tuple(docs.values()),
        groups=tuple(community_name(named, members) for members in groups[:COLOURS]),
        roles=ROLES,
        threshold=first_threshold([len(tie.shared) for tie in found]) if clustering is None else 1,
        cut_subjects=len(load) - len(kept),
        cut_lines=max(0, len(drawn) - most),
        cut_cards=cut,
        focus=index.get(centre, -1),
        clusters=clustering.clusters if clustering else (),
        joins=clustering.joins if clustering else (),
        day=validity.day,
        state=validity.first,
    )


def _clustering(graph: nx.Graph, named: nx.Graph, radius: Mapping[str, float]) -> Clustering:
    """Unnamed groups (各相关部门), which join everybody with everybody, stand with what is left over."""
    joined = nx.Graph(named)
    joined.add_nodes_from(graph)
    weight = {n: graph.nodes[n]["duties"] for n in graph}
    labels = agency_labels({n: (graph.nodes[n]["name"], graph.nodes[n]["place"]) for n in graph})
    return cluster(joined, weight, radius, lambda members: "、".join(labels[n] for n in members[:2]))


def _where(
    graph: nx.Graph,
    radius: Mapping[str, float],
    groups: Sequence[Sequence[str]],
    clustering: Clustering | None,
    centre: str,
) -> Mapping[str, Point]:
    if clustering is not None:
        return clustering.where
    if centre in graph:
        return rings(nearest(graph, centre), centre, {n: number for number, members in enumerate(groups) for n in members})
    return spread(_backbone(graph), radius, groups)


def _line(tie: Tie, index: Mapping[str, int], behind: Mapping[str, list[int]]) -> Line:
    cards = tuple(number for key in tie.shared for number in behind[key])
    kind = "lead" if tie.first_leads or tie.second_leads else "peer"
    return Line(index[tie.first], index[tie.second], kind, cards, (tie.first_leads, tie.second_leads))


def _subjects(
    graph: nx.Graph,
    order: Sequence[str],
    radius: Mapping[str, float],
    where: Mapping[str, Point],
    groups: Sequence[Sequence[str]],
    clustering: Clustering | None,
    lineages: Mapping[str, Lineage],
) -> tuple[Subject, ...]:
    colour = {iri: number for number, members in enumerate(groups[:COLOURS]) for iri in members}
    if clustering:
        colour = {iri: clustering.clusters[number].group for iri, number in clustering.number.items()}
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
            meta=_meta(lineages.get(n, Lineage())),
            key=address(n),
            cluster=clustering.number[n] if clustering else -1,
        )
        for n in order
    )


def _meta(lineage: Lineage) -> tuple[tuple[str, str], ...]:
    """What the agency was before and became, each with the month of the change."""
    sides = (("before", lineage.before), ("after", lineage.after))
    return tuple((side, f"{body.name}（{body.since}）") for side, bodies in sides for body in bodies)


def _backbone(graph: nx.Graph) -> nx.Graph:
    """Each agency's strongest ties and a spanning tree, which keeps together what is joined."""
    bone = nx.Graph()
    bone.add_nodes_from(graph)
    bone.add_edges_from(nx.maximum_spanning_edges(graph, weight="strength", data=True))
    for node in graph:
        strongest = sorted(graph.edges(node, data=True), key=lambda e: (-e[2]["strength"], e[1]))
        bone.add_edges_from(strongest[:BACKBONE])
    return bone
