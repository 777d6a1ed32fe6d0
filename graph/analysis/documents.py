"""Documents: what they rest on and what rests on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from graph.analysis.agencies import pagerank
from graph.analysis.tiers import ORDER, Tier, tiers
from graph.mentions import Links, mentions_of
from graph.network import policy_network
from graph.rows import PolicyRow
from graph.standing import Standing

CHAINS = 20
"""Chains that are listed: the fullest ones, one for each document that they start from."""


@dataclass(frozen=True, slots=True)
class PolicyMeasure:
    """A document's place among the others; the notes of the table policies explain each field."""

    iri: str
    title: str
    number: str
    dated: str
    resolved: bool
    standing: str
    tier: str
    position: str
    basis_for: int
    cited_by: int
    cites: int
    repeals: int
    repealed_by: int
    amends: int
    amended_by: int
    chain: int
    pagerank: float
    in_cycle: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """A way from a document back to its root; ``iris``, ``titles`` and ``tiers`` are in the same order, the root last."""

    tiers: tuple[str, ...]
    rises: int
    length: int
    titles: tuple[str, ...]
    iris: tuple[str, ...]


def policy_measures(
    policies: Iterable[PolicyRow], links: Links, *, standing: Mapping[str, Standing] | None = None
) -> list[PolicyMeasure]:
    """One row a document, cited ones included; those that most others rest on come first.

    Without ``standing`` every document's is "unknown".
    """
    policies, links = list(policies), mentions_of(links)
    graph = policy_network(policies, links)
    one = {relation: policy_network(policies, links, (relation,)) for relation in ("basis", "repeals", "amends")}
    rests = policy_network(policies, links, ("basis", "cites"))
    rank, length, tier = pagerank(graph), _chain_lengths(policies, links), tiers(policies)
    looped = {iri for group in cycles(policies, links) for iri in group}
    states = standing or {}
    out = [
        PolicyMeasure(
            iri=iri,
            title=node["title"],
            number=node["number"],
            dated=node["dated"],
            resolved=node["resolved"],
            standing=states.get(iri, Standing("unknown")).state,
            tier=tier.get(iri, ""),
            position=_position(_degree(rests.out_degree, iri), _degree(rests.in_degree, iri)),
            basis_for=_degree(one["basis"].in_degree, iri),
            cited_by=graph.in_degree(iri),
            cites=graph.out_degree(iri),
            repeals=_degree(one["repeals"].out_degree, iri),
            repealed_by=_degree(one["repeals"].in_degree, iri),
            amends=_degree(one["amends"].out_degree, iri),
            amended_by=_degree(one["amends"].in_degree, iri),
            chain=length.get(iri, 0),
            pagerank=round(rank[iri], 6),
            in_cycle=iri in looped,
        )
        for iri, node in graph.nodes(data=True)
    ]
    return sorted(out, key=lambda m: (-m.basis_for, -m.cited_by, -m.cites, m.title, m.iri))


def _degree(view: nx.reportviews.DiDegreeView, iri: str) -> int:
    """The degree of ``iri``, 0 where the network of one relation does not hold it."""
    return int(dict(view([iri])).get(iri, 0))


def _position(rests_on: int, bears: int) -> str:
    if rests_on:
        return "middle" if bears else "leaf"
    return "root" if bears else "alone"


def cycles(policies: Iterable[PolicyRow], links: Links) -> list[tuple[str, ...]]:
    """Groups of documents that name one another in a circle, as sorted IRIs; a later document cannot be cited by an earlier one."""
    graph = policy_network(policies, links)
    return sorted(tuple(sorted(group)) for group in nx.strongly_connected_components(graph) if len(group) > 1)


def longest_chain(policies: Iterable[PolicyRow], links: Links) -> list[str]:
    """The longest way from document to basis or cited document, as IRIs; a circle counts as one step and gives its first IRI."""
    graph, member = _without_circles(policies, links)
    path: list[int] = nx.dag_longest_path(graph, weight=None, default_weight=1) if graph else []
    return [member[n] for n in path]


def chains(policies: Iterable[PolicyRow], links: Links, limit: int = CHAINS) -> list[Chain]:
    """For each document that no other rests on, its way back that rises through most tiers (市 → 省 → 国家), then the longest.

    The fullest first, at most ``limit``; ways of a single document are left out.
    """
    policies, links = list(policies), mentions_of(links)
    graph, member = _without_circles(policies, links)
    known, tier = policy_network(policies, links, ("basis", "cites")), tiers(policies)
    best: dict[int, tuple[int, int, tuple[str, ...]]] = {}
    for node in reversed(list(nx.topological_sort(graph))):
        iri = member[node]
        ways = [
            (rises + _rise(tier.get(iri, ""), tier.get(path[0], "")), length + 1, (iri, *path))
            for rises, length, path in (best[n] for n in graph.successors(node))
        ]
        best[node] = min(ways, key=lambda way: (-way[0], -way[1], way[2]), default=(0, 0, (iri,)))
    starts = [best[n] for n in graph if not graph.in_degree(n) and best[n][1]]
    starts.sort(key=lambda way: (-way[0], -way[1], way[2]))
    return [
        Chain(tuple(tier.get(i, "") for i in path), rises, length, tuple(known.nodes[i]["title"] for i in path), path)
        for rises, length, path in starts[:limit]
    ]


def _rise(below: Tier, above: Tier) -> int:
    return int(bool(below and above) and ORDER[above] > ORDER[below])


def _chain_lengths(policies: Iterable[PolicyRow], links: Links) -> dict[str, int]:
    graph, _ = _without_circles(policies, links)
    steps: dict[int, int] = {}
    for node in reversed(list(nx.topological_sort(graph))):
        steps[node] = max((steps[n] + 1 for n in graph.successors(node)), default=0)
    return {iri: steps[n] for n in graph for iri in graph.nodes[n]["members"]}


def _without_circles(policies: Iterable[PolicyRow], links: Links) -> tuple[nx.DiGraph, dict[int, str]]:
    """Bases and citations with each circle drawn together to one node, and the first IRI behind each node."""
    graph = policy_network(policies, links, ("basis", "cites"))
    groups = sorted(sorted(group) for group in nx.strongly_connected_components(graph))
    number = {iri: n for n, group in enumerate(groups) for iri in group}
    out = nx.DiGraph()
    for n, group in enumerate(groups):
        out.add_node(n, members=tuple(group))
    for source, target in sorted(graph.edges):
        if number[source] != number[target]:
            out.add_edge(number[source], number[target])
    return out, {n: group[0] for n, group in enumerate(groups)}
