"""A network that is too large to be drawn at once, as its groups: each can be drawn, and lines between them are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from graph.view_data import COLOURS, Cluster, Join, sizes
from graph.view_layout import Point, spread

MEMBERS = 300
"""Members of a group at most; larger ones are divided again, since labels are legible up to so many."""
GROUPS = 60
"""Groups with a circle of their own; the members of smaller ones stand together in the last."""
SEED = 20
STRONGEST = 4
"""Lines of each group that shape the layout of all."""


@dataclass(frozen=True, slots=True)
class Clustering:
    """The groups, the lines between them, the group of each node, and where the node lies when its group is opened."""

    clusters: tuple[Cluster, ...]
    joins: tuple[Join, ...]
    number: Mapping[str, int]
    where: Mapping[str, Point]


def cluster(
    graph: nx.Graph, weight: Mapping[str, int], radius: Mapping[str, float], name: Callable[[Sequence[str]], str]
) -> Clustering:
    """The groups of ``graph`` (edges may carry ``strength``); nodes are sized by ``radius`` in their own pictures.

    ``name`` names a group by its members, the heaviest first; what is left over has the name "".
    """
    plain = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_weighted_edges_from(sorted((min(a, b), max(a, b), d.get("strength", 1.0)) for a, b, d in graph.edges(data=True)))
    parts = [sorted(part, key=lambda n: (-weight[n], n)) for part in _parts(plain)]
    parts.sort(key=lambda p: (-len(p), p))
    left = [n for part in parts[GROUPS:] for n in part]
    named = [(name(part), part) for part in parts[:GROUPS]] + [("", left[at : at + MEMBERS]) for at in range(0, len(left), MEMBERS)]
    number = {n: at for at, (_, part) in enumerate(named) for n in part}
    joins = _joins(plain, number)
    totals = [sum(weight[n] for n in part) for _, part in named]
    radii = sizes([len(part) for _, part in named])
    places = _places(joins, radii)
    clusters = tuple(
        Cluster(label, label, at % COLOURS if label else -1, radii[at], *places[at], len(part), totals[at])
        for at, (label, part) in enumerate(named)
    )
    where: dict[str, Point] = {}
    for _, part in named:
        where |= spread(plain.subgraph(part), radius)
    return Clustering(clusters, joins, number, where)


def _parts(graph: nx.Graph) -> Iterable[list[str]]:
    """Groups of at most ``MEMBERS``: found by Louvain, divided again while that helps, then cut. Single nodes are one part."""
    alone = [n for n in graph if not graph.degree(n)]
    for at in range(0, len(alone), MEMBERS):
        yield alone[at : at + MEMBERS]
    waiting = [[n for n in graph if graph.degree(n)]]
    while waiting:
        members = waiting.pop()
        found = _louvain(graph, members) if members else []
        for part in found:
            if len(part) <= MEMBERS:
                yield part
            elif len(found) > 1:
                waiting.append(part)
            else:
                yield from (part[at : at + MEMBERS] for at in range(0, len(part), MEMBERS))


def _louvain(graph: nx.Graph, members: Sequence[str]) -> list[list[str]]:
    """Nodes are numbered first: sets of strings have another order in every run."""
    order = sorted(members)
    inside = nx.convert_node_labels_to_integers(_ordered(graph, order))
    return [[order[i] for i in sorted(part)] for part in nx.community.louvain_communities(inside, weight="weight", seed=SEED)]


def _ordered(graph: nx.Graph, order: Sequence[str]) -> nx.Graph:
    out = nx.Graph()
    out.add_nodes_from(order)
    out.add_edges_from(sorted((min(a, b), max(a, b), data) for a, b, data in graph.subgraph(order).edges(data=True)))
    return out


def _joins(graph: nx.Graph, number: Mapping[str, int]) -> tuple[Join, ...]:
    count: Counter[tuple[int, int]] = Counter()
    for a, b in graph.edges():
        one, other = sorted((number[a], number[b]))
        if one != other:
            count[one, other] += 1
    return tuple(Join(a, b, n) for (a, b), n in sorted(count.items()))


def _places(joins: Sequence[Join], radii: Sequence[float]) -> list[Point]:
    bone = nx.Graph()
    bone.add_nodes_from(str(n) for n in range(len(radii)))
    for at in range(len(radii)):
        mine = sorted((j for j in joins if at in (j.a, j.b)), key=lambda j: (-j.weight, j.a, j.b))
        bone.add_edges_from((str(j.a), str(j.b), {"strength": float(j.weight)}) for j in mine[:STRONGEST])
    found = spread(bone, {str(n): r + 14 for n, r in enumerate(radii)})
    return [found[str(n)] for n in range(len(radii))]
