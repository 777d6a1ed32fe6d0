"""Agencies: their load and their place in the co-responsibility network, and the groups in which they work."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from graph.labels import agency_labels
from graph.network import agency_network, lead_network
from graph.rows import AgencyRow
from graph.shares import Duties, Shares, shares_of
from graph.standing import WEIGHTS, Standing

SEED = 20
EXACT_NODES = 1000
"""Up to this many agencies betweenness is computed from all of them; above it from this many, drawn with a fixed seed."""


@dataclass(frozen=True, slots=True)
class AgencyMeasure:
    """An agency's load and place in the co-responsibility network; the notes of the table agencies explain each field.

    ``community`` counts from 1, the largest first; 0 with an empty name is an agency that shares no assignment.
    """

    iri: str
    name: str
    place: str
    duties: int
    lead: int
    responsible: int
    support: int
    lead_share: float
    weighted: float
    policies: int
    partners: int
    shared: int
    leads_others: int
    led_by_others: int
    betweenness: float
    pagerank: float
    core: int
    community: int
    community_name: str
    bridges: int


@dataclass(frozen=True, slots=True)
class GroupMeasure:
    """A group of agencies that work together more than with others; ``iris`` and ``names`` are its members."""

    community: int
    name: str
    members: int
    duties: int
    inside: int
    outside: int
    closure: float
    bridge: str
    bridge_ties: int
    names: tuple[str, ...]
    iris: tuple[str, ...]


def agency_measures(
    duties: Duties,
    agencies: Iterable[AgencyRow] = (),
    *,
    unnamed: bool = False,
    standing: Mapping[str, Standing] | None = None,
) -> list[AgencyMeasure]:
    """One row an agency, those with most duties first; ``unnamed=True`` keeps groups such as 各相关部门.

    ``standing`` (of documents by IRI, and of duties with one of their own) weights the duties; without it all count as in force.
    """
    shares = shares_of(duties, agencies)
    graph, lead = agency_network(shares, unnamed=unnamed), lead_network(shares, unnamed=unnamed)
    policies: dict[str, set[str]] = defaultdict(set)
    weighted: defaultdict[str, float] = defaultdict(float)
    for load in shares.loads:
        policies[load.agency].add(load.policy)
        if isinstance(duties, Shares):
            weighted[load.agency] += load.duties * _weight(standing, load.policy)
    for duty in () if isinstance(duties, Shares) else duties:
        weighted[duty.agency_iri] += _weight(standing, duty.iri, duty.policy)
    between, rank, core, groups = betweenness(graph), pagerank(graph), nx.core_number(graph), communities(graph)
    number = {iri: n for n, members in enumerate(groups, 1) for iri in members}
    names = ["", *(community_name(graph, members) for members in groups)]
    out = [
        AgencyMeasure(
            iri=iri,
            name=node["name"],
            place=node["place"],
            duties=node["duties"],
            lead=node["lead"],
            responsible=node["responsible"],
            support=node["support"],
            lead_share=round(node["lead"] / node["duties"], 4),
            weighted=round(weighted[iri], 1),
            policies=len(policies[iri]),
            partners=graph.degree(iri),
            shared=graph.degree(iri, weight="weight"),
            leads_others=lead.out_degree(iri, weight="weight"),
            led_by_others=lead.in_degree(iri, weight="weight"),
            betweenness=round(between[iri], 6),
            pagerank=round(rank[iri], 6),
            core=core[iri],
            community=number.get(iri, 0),
            community_name=names[number.get(iri, 0)],
            bridges=len({number[other] for other in graph[iri]} - {number.get(iri, 0)}),
        )
        for iri, node in graph.nodes(data=True)
    ]
    return sorted(out, key=lambda m: (-m.duties, -m.lead, m.name, m.iri))


def _weight(standing: Mapping[str, Standing] | None, *iris: str) -> float:
    """What a duty counts: by the standing of its clause where that has one of its own, else of its document."""
    if standing is None:
        return 1.0
    return WEIGHTS[next((standing[iri] for iri in iris if iri in standing), Standing("unknown")).state]


def betweenness(graph: nx.Graph) -> dict[str, float]:
    """Normalised to 0..1; two agencies are the nearer, the more assignments they share."""
    near = nx.Graph()
    near.add_nodes_from(graph)
    near.add_weighted_edges_from(((a, b, 1 / w) for a, b, w in graph.edges(data="weight")), weight="distance")
    sample = None if len(near) <= EXACT_NODES else EXACT_NODES
    result: dict[str, float] = nx.betweenness_centrality(near, k=sample, weight="distance", seed=SEED)
    return result


def pagerank(graph: nx.Graph) -> dict[str, float]:
    """PageRank with edges by weight; all nodes together make 1."""
    if not graph:
        return {}
    result: dict[str, float] = nx.pagerank(graph, weight="weight")
    return result


def communities(graph: nx.Graph) -> list[tuple[str, ...]]:
    """Groups of agencies that share more assignments with one another than with others (Louvain, fixed seed), the largest first.

    Agencies without any tie are in no group. Nodes are numbered first: sets of strings have another order in every run.
    """
    tied = sorted(n for n in graph if graph.degree(n))
    index = {iri: i for i, iri in enumerate(tied)}
    numbered = nx.Graph()
    numbered.add_nodes_from(range(len(tied)))
    numbered.add_weighted_edges_from((index[a], index[b], w) for a, b, w in graph.edges(data="strength"))
    found = nx.community.louvain_communities(numbered, weight="weight", seed=SEED) if tied else []
    return sorted((tuple(tied[i] for i in sorted(members)) for members in found), key=lambda m: (-len(m), m))


def community_name(graph: nx.Graph, members: Sequence[str]) -> str:
    """The two members that share most inside the group, in short where that is clear in the network: 市财政局、市教育局等 9 家."""
    inside = graph.subgraph(members)
    tied = dict(inside.degree(weight="weight"))
    strongest = sorted(members, key=lambda n: (-tied[n], -graph.nodes[n]["duties"], graph.nodes[n]["name"]))
    labels = node_labels(graph)
    head = "、".join(labels[n] for n in strongest[:2])
    return f"{head}等 {len(members)} 家" if len(members) > 2 else head


def node_labels(graph: nx.Graph) -> dict[str, str]:
    """A label for each agency: short (市财政局) where all are of one city, else with its place."""
    return agency_labels({n: (node["name"], node["place"]) for n, node in graph.nodes(data=True)})


def group_measures(duties: Duties, agencies: Iterable[AgencyRow] = ()) -> list[GroupMeasure]:
    """The groups of the co-responsibility network, the largest first, and who joins each to the others."""
    graph = agency_network(duties, agencies, unnamed=False)
    return [_group(graph, number, members) for number, members in enumerate(communities(graph), 1)]


def _group(graph: nx.Graph, number: int, members: Sequence[str]) -> GroupMeasure:
    inside, outward = 0, Counter[str]()
    belong = set(members)
    for one, other, weight in graph.edges(members, data="weight"):
        if one in belong and other in belong:
            inside += weight
        else:
            outward[one if one in belong else other] += weight
    ranked = sorted(members, key=lambda n: (-graph.nodes[n]["duties"], graph.nodes[n]["name"], n))
    bridge = min(outward, key=lambda n: (-outward[n], graph.nodes[n]["name"], n), default="")
    outside = outward.total()
    return GroupMeasure(
        community=number,
        name=community_name(graph, members),
        members=len(members),
        duties=sum(graph.nodes[n]["duties"] for n in members),
        inside=inside,
        outside=outside,
        closure=round(inside / (inside + outside), 4),
        bridge=graph.nodes[bridge]["name"] if bridge else "",
        bridge_ties=outward[bridge],
        names=tuple(graph.nodes[n]["name"] for n in ranked),
        iris=tuple(ranked),
    )
