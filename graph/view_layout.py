"""Where the nodes of a view lie: computed once, with a fixed seed, so that the browser has nothing to simulate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, cos, pi, sin, sqrt

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Point = tuple[float, float]
Points = NDArray[np.float64]

SEED = 7
SPACING = 62.0
"""Mean distance of neighbouring nodes, in the pixels of a view at scale 1."""
GAP = 22.0
"""Least free space between two circles, in the same pixels: about a line of a label."""
WIDE = 1.7
"""Labels are wider than high, so circles keep this much more distance sideways."""
EVEN = 0.75
"""How far a layout is evened out, from 0 (as the simulation left it) to 1 (as many circles in every strip)."""
EXACT_NODES = 220
"""Up to this many nodes in a component Kamada-Kawai is used, which shows chains and stars better but grows with the square."""
ASPECT = 1.2
"""Width over height aimed at, for a component and for all of them packed."""


def spread(
    graph: nx.Graph, radius: Mapping[str, float], groups: Sequence[Sequence[str]] = (), *, chains: bool = False
) -> dict[str, Point]:
    """A position for every node: groups lie together, no circles overlap, separate components lie side by side.

    ``radius`` gives each node's circle in pixels. Edges may carry ``strength``. ``chains=True`` asks for the layout that shows
    chains and stars.
    """
    plain = nx.Graph()
    plain.add_nodes_from(graph)
    plain.add_weighted_edges_from((a, b, data.get("strength", 1.0)) for a, b, data in graph.edges(data=True))
    parts = sorted((sorted(part) for part in nx.connected_components(plain)), key=lambda p: (-len(p), p))
    placed: list[tuple[list[str], Points]] = []
    for part in parts:
        points = _component(plain.subgraph(part), part, groups, chains)
        points = points if chains else _even(points)
        placed.append((part, _separate(points, np.array([radius[n] for n in part]))))
    return _pack(placed, radius)


def _component(graph: nx.Graph, nodes: list[str], groups: Sequence[Sequence[str]], chains: bool) -> Points:
    """Unseparated positions of a connected component, in pixels."""
    if len(nodes) == 1:
        return np.zeros((1, 2))
    ordered = nx.Graph()
    ordered.add_nodes_from(nodes)
    ordered.add_edges_from(sorted((min(a, b), max(a, b), d) for a, b, d in graph.edges(data=True)))
    if chains and len(nodes) <= EXACT_NODES:
        found = nx.kamada_kawai_layout(ordered, weight=None)
    else:
        group_of = {n: i for i, members in enumerate(groups) for n in members}
        for a, b, data in ordered.edges(data=True):
            inside = group_of.get(a, -1) == group_of.get(b, -2)
            data["pull"] = sqrt(data["weight"]) * (2.0 if inside else 0.35)
        found = nx.spring_layout(
            ordered, k=2.6 / sqrt(len(nodes)), pos=_start(nodes, group_of, len(groups)), iterations=160, weight="pull", seed=SEED
        )
    points = np.array([found[n] for n in nodes], dtype=float)
    points -= points.mean(axis=0)
    extent = float(np.sqrt((points**2).sum(axis=1)).mean()) or 1.0
    return points * (SPACING * sqrt(len(nodes)) * 0.5 / extent)


def _start(nodes: list[str], group_of: Mapping[str, int], count: int) -> dict[str, Point]:
    """Groups start on a circle, their members around them: the simulation then need not untangle them."""
    random = np.random.default_rng(SEED)
    start: dict[str, Point] = {}
    for node in nodes:
        angle = 2 * pi * group_of.get(node, count) / (count + 1)
        dx, dy = random.normal(0, 0.12, 2)
        start[node] = (cos(angle) * 0.6 + float(dx), sin(angle) * 0.6 + float(dy))
    return start


def _even(points: Points) -> Points:
    """Draws dense heaps apart and outliers in: each axis is mixed with the rank along it, so that nobody changes sides."""
    if len(points) < 8:
        return points
    ranks = points.argsort(axis=0).argsort(axis=0) / (len(points) - 1) - 0.5
    side = SPACING * sqrt(len(points)) * 1.5
    span = points.max(axis=0) - points.min(axis=0)
    share: Points = (points - points.min(axis=0)) / np.maximum(span, 1e-6) - 0.5
    mixed: Points = (EVEN * ranks + (1 - EVEN) * share) * [side * sqrt(ASPECT), side / sqrt(ASPECT)]
    return mixed


def _separate(points: Points, radii: Points, rounds: int = 200) -> Points:
    """Pushes circles apart, sideways ``WIDE`` times as far, until none overlap (or ``rounds`` have passed)."""
    points = points / [WIDE, 1.0]
    reach = 2 * float(radii.max()) + GAP
    for _ in range(rounds):
        pairs = cKDTree(points).query_pairs(reach, output_type="ndarray")
        if not len(pairs):
            break
        first, second = pairs[:, 0], pairs[:, 1]
        delta = points[second] - points[first]
        distance = np.maximum(np.sqrt((delta**2).sum(axis=1)), 1e-6)
        short = radii[first] + radii[second] + GAP - distance
        close = short > 0.5
        if not close.any():
            break
        push = (delta / distance[:, None] * (short * 0.5)[:, None])[close]
        np.add.at(points, first[close], -push * 0.6)
        np.add.at(points, second[close], push * 0.6)
    return points * [WIDE, 1.0]


def _pack(placed: list[tuple[list[str], Points]], radius: Mapping[str, float]) -> dict[str, Point]:
    """Sets components on shelves from left to right, the largest first, in a picture about ``ASPECT`` times as wide as high."""
    boxes = []
    for part, points in placed:
        margin = np.array([[radius[n]] for n in part]) + GAP
        low, high = (points - margin).min(axis=0), (points + margin).max(axis=0)
        boxes.append((part, points - low, high - low))
    if not boxes:
        return {}
    area = sum(float(size[0] * size[1]) for _, _, size in boxes)
    width = max(float(boxes[0][2][0]), ceil(sqrt(area * ASPECT)))
    out: dict[str, Point] = {}
    x = y = shelf = 0.0
    for part, points, size in boxes:
        if x and x + float(size[0]) > width:
            x, y, shelf = 0.0, y + shelf, 0.0
        for node, point in zip(part, points, strict=True):
            out[node] = (round(float(point[0]) + x, 1), round(float(point[1]) + y, 1))
        x += float(size[0])
        shelf = max(shelf, float(size[1]))
    return out
