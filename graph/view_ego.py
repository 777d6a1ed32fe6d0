"""What surrounds one agency or one document, and where it lies: partners in rings, documents in rows above and below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, cos, pi, sin

import networkx as nx

from graph.rows import DutyRow, LinkRow
from graph.shares import assignment_key
from graph.view_layout import Point

STEPS = 2
"""How many steps from a document its ego network goes, along the arrows and against them."""
RING = 118.0
"""Distance of the rings, in pixels of a view at scale 1."""
ARC = 96.0
"""Distance of neighbours on a ring."""
FLAT = 1.04
"""Height of a ring as a share of its width: the room beside the panels is a little higher than wide."""
COLUMN, ROW = 150.0, 134.0
"""Distances of documents in rows: room for a label of three lines."""
PER_ROW = 5


def shared_duties(duties: Iterable[DutyRow], centre: str) -> list[DutyRow]:
    """The duties of the agency ``centre`` (an IRI) and of all others in its assignments."""
    rows = list(duties)
    wanted = {assignment_key(d) for d in rows if d.agency_iri == centre}
    return [d for d in rows if assignment_key(d) in wanted]


def steps_from(links: Iterable[LinkRow], centre: str) -> dict[str, int]:
    """Documents within ``STEPS`` of ``centre``: -1, -2 what it names and so on, 1, 2 what names it; 0 is itself."""
    graph = nx.DiGraph()
    graph.add_node(centre)
    graph.add_edges_from((k.policy, k.cited) for k in links if k.policy != k.cited)
    found = {iri: -far for iri, far in nx.single_source_shortest_path_length(graph, centre, cutoff=STEPS).items()}
    back = nx.single_source_shortest_path_length(graph.reverse(copy=False), centre, cutoff=STEPS)
    return {iri: far for iri, far in back.items() if far} | found


def rings(order: Sequence[str], centre: str, group: Mapping[str, int]) -> dict[str, Point]:
    """``centre`` in the middle, the others of ``order`` (the nearest first) on rings around it, sorted by group on each."""
    where: dict[str, Point] = {centre: (0.0, 0.0)}
    rest = [n for n in order if n != centre]
    rank = {n: i for i, n in enumerate(order)}
    level = 1
    while rest:
        width = RING * level
        height = width * FLAT
        around = pi * (3 * (width + height) - ((3 * width + height) * (width + 3 * height)) ** 0.5)  # Ramanujan's ellipse
        room = max(6, int(around / ARC))
        ring, rest = rest[:room], rest[room:]
        ring.sort(key=lambda n: (group.get(n, -1), rank[n]))
        for at, node in enumerate(ring):
            angle = 2 * pi * (at + 0.5 * (level % 2)) / len(ring) - pi / 2
            where[node] = (round(width * cos(angle), 1), round(height * sin(angle), 1))
        level += 1
    return where


def rows_by_step(steps: Mapping[str, int], graph: nx.Graph, order: Sequence[str]) -> dict[str, Point]:
    """What a document rests on in rows above it, what rests on it below; nearer steps in nearer rows."""
    where: dict[str, Point] = {}
    for side in (-1, 1):
        line = 0.0
        for far in range(1, STEPS + 1):
            members = [n for n in order if steps[n] == side * far]
            members.sort(key=lambda n: (_middle(n, graph, where), order.index(n)))
            count = ceil(len(members) / PER_ROW)
            for number in range(count):
                row = members[number::count]
                line += ROW
                shift = (number % 2) * COLUMN / 2 if count > 1 else 0.0
                for at, node in enumerate(row):
                    where[node] = (round((at - (len(row) - 1) / 2) * COLUMN + shift, 1), side * line)
            line += ROW * 0.4 if members else 0.0
    return where | {n: (0.0, 0.0) for n in order if steps[n] == 0}


def _middle(node: str, graph: nx.Graph, where: Mapping[str, Point]) -> float:
    """The mean place of those that lead to a node, so that few lines cross."""
    near = [where[n][0] for n in {*graph.successors(node), *graph.predecessors(node)} if n in where]
    return sum(near) / len(near) if near else 0.0


def nearest(graph: nx.Graph, centre: str) -> list[str]:
    """All nodes, those that share most with ``centre`` first."""
    shared = {n: graph.edges[centre, n]["weight"] for n in graph[centre]}
    return sorted(graph, key=lambda n: (n != centre, -shared.get(n, 0), -graph.nodes[n]["duties"], graph.nodes[n]["name"], n))
