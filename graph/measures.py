"""What the networks say about agencies and documents, in figures that a policy office can use.

Every measure has a :class:`Note`: one sentence on what it means. Results do not depend on the order of the rows or on the run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from graph.labels import agency_labels
from graph.network import agency_network, lead_network, policy_network
from graph.rows import AgencyRow, DutyRow, LinkRow, PolicyRow

SEED = 20
EXACT_NODES = 1000
"""Up to this many agencies betweenness is computed from all of them; above it from this many, drawn with a fixed seed."""


@dataclass(frozen=True, slots=True)
class AgencyMeasure:
    """An agency's load and place in the co-responsibility network; :data:`AGENCY_NOTES` explains each field.

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
    policies: int
    partners: int
    shared: int
    leads_others: int
    led_by_others: int
    betweenness: float
    pagerank: float
    community: int
    community_name: str


@dataclass(frozen=True, slots=True)
class PolicyMeasure:
    """A document's place among the others; :data:`POLICY_NOTES` explains each field."""

    iri: str
    title: str
    number: str
    dated: str
    resolved: bool
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
class Note:
    """What a measure is called and what it means, in one sentence each."""

    field: str
    label_zh: str
    label_en: str
    zh: str
    en: str


AGENCY_NOTES = (
    Note(
        "duties", "职责数", "Duties", "该机构在各文件中承担的职责条数。", "Number of duties that the documents give to the agency."
    ),
    Note("lead", "牵头", "Lead", "其中由该机构牵头的条数。", "Number of its duties in which it leads."),
    Note(
        "responsible", "负责", "Responsible", "其中该机构作为责任单位的条数。", "Number of its duties that it answers for itself."
    ),
    Note("support", "配合", "Support", "其中该机构配合他人的条数。", "Number of its duties in which it helps another agency."),
    Note(
        "lead_share",
        "牵头占比",
        "Lead share",
        "牵头条数占其全部职责的比例。",
        "Share of its duties in which it leads, from 0 to 1.",
    ),
    Note("policies", "涉及文件", "Documents", "给该机构派了职责的文件数。", "Number of documents that give it a duty."),
    Note(
        "partners", "共同机构", "Partners", "与其共同承担过职责的机构数。", "Number of agencies with which it shares an assignment."
    ),
    Note(
        "shared",
        "共同职责",
        "Shared",
        "与各机构共同承担的次数之和，越大越需要会商。",
        "Shared assignments summed over its partners: the higher, the more it has to coordinate.",
    ),
    Note(
        "leads_others",
        "牵头带动",
        "Leads others",
        "由其牵头、他人参与的次数（逐个机构计）。",
        "Times that it leads another agency, counted agency by agency.",
    ),
    Note(
        "led_by_others",
        "受牵头",
        "Led by others",
        "由他人牵头、其参与的次数（逐个机构计）。",
        "Times that another agency leads it, counted agency by agency.",
    ),
    Note(
        "betweenness",
        "桥梁度",
        "Betweenness",
        "其他机构之间的协作最短路径经过该机构的比例，越大越像枢纽。",
        "Share of the shortest ways between other agencies that run through it: the higher, the more it is a bridge.",
    ),
    Note(
        "pagerank",
        "网络重要度",
        "PageRank",
        "按协作往来递推的重要程度，全体合计为 1。",
        "Weight that cooperation with weighty agencies gives it; all agencies together make 1.",
    ),
    Note(
        "community",
        "协作群",
        "Group",
        "彼此协作明显多于对外的一组机构的编号，1 为最大。",
        "Number of the group of agencies that work together more than with others; 1 is the largest.",
    ),
    Note(
        "community_name",
        "协作群名称",
        "Group name",
        "以群内协作最多的两个机构命名。",
        "The group named after its two best connected agencies.",
    ),
)

POLICY_NOTES = (
    Note(
        "basis_for",
        "被作为依据",
        "Basis for",
        "以该文件为制定依据的文件数。",
        "Number of documents that were made on the strength of it.",
    ),
    Note("cited_by", "被引用", "Cited by", "以任何方式提到该文件的文件数。", "Number of documents that name it in any way."),
    Note("cites", "引用", "Cites", "该文件提到的其他文件数。", "Number of other documents that it names."),
    Note("repeals", "废止他文", "Repeals", "该文件宣布废止的文件数。", "Number of documents that it repeals."),
    Note(
        "repealed_by",
        "被废止",
        "Repealed by",
        "宣布废止该文件的文件数，大于 0 即应停止引用。",
        "Documents that repeal it: above 0, stop relying on it.",
    ),
    Note("amends", "修改他文", "Amends", "该文件修改的文件数。", "Number of documents that it amends."),
    Note(
        "amended_by",
        "被修改",
        "Amended by",
        "修改过该文件的文件数，引用时应看修改后的文本。",
        "Documents that amend it: read the amended text.",
    ),
    Note(
        "chain",
        "依据链长",
        "Chain",
        "从该文件出发，逐级追溯其依据和引用所能走过的最多级数。",
        "Most steps that its chain of bases and citations goes back.",
    ),
    Note(
        "pagerank",
        "网络重要度",
        "PageRank",
        "被重要文件引用则更重要，递推得出，全体合计为 1。",
        "Weight that being named by weighty documents gives it; all documents together make 1.",
    ),
    Note(
        "in_cycle",
        "循环引用",
        "In a cycle",
        "与他文互相引用成环，多为识别或文件有误，应核对。",
        "Named by what it names: suspect, check it.",
    ),
)


def agency_measures(duties: Iterable[DutyRow], agencies: Iterable[AgencyRow], *, unnamed: bool = False) -> list[AgencyMeasure]:
    """One row an agency, those with most duties first; ``unnamed=True`` keeps groups such as 各相关部门."""
    duties, agencies = list(duties), list(agencies)
    graph = agency_network(duties, agencies, unnamed=unnamed)
    lead = lead_network(duties, agencies, unnamed=unnamed)
    policies: dict[str, set[str]] = defaultdict(set)
    for duty in duties:
        policies[duty.agency_iri].add(duty.policy)
    between, rank, groups = _betweenness(graph), _pagerank(graph), communities(graph)
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
            policies=len(policies[iri]),
            partners=graph.degree(iri),
            shared=graph.degree(iri, weight="weight"),
            leads_others=lead.out_degree(iri, weight="weight"),
            led_by_others=lead.in_degree(iri, weight="weight"),
            betweenness=round(between[iri], 6),
            pagerank=round(rank[iri], 6),
            community=number.get(iri, 0),
            community_name=names[number.get(iri, 0)],
        )
        for iri, node in graph.nodes(data=True)
    ]
    return sorted(out, key=lambda m: (-m.duties, -m.lead, m.name, m.iri))


def _betweenness(graph: nx.Graph) -> dict[str, float]:
    """Normalised to 0..1; two agencies are the nearer, the more assignments they share."""
    near = nx.Graph()
    near.add_nodes_from(graph)
    near.add_weighted_edges_from(((a, b, 1 / w) for a, b, w in graph.edges(data="weight")), weight="distance")
    sample = None if len(near) <= EXACT_NODES else EXACT_NODES
    result: dict[str, float] = nx.betweenness_centrality(near, k=sample, weight="distance", seed=SEED)
    return result


def _pagerank(graph: nx.Graph) -> dict[str, float]:
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
    labels = agency_labels({n: (node["name"], node["place"]) for n, node in graph.nodes(data=True)})
    head = "、".join(labels[n] for n in strongest[:2])
    return f"{head}等 {len(members)} 家" if len(members) > 2 else head


def policy_measures(policies: Iterable[PolicyRow], links: Iterable[LinkRow]) -> list[PolicyMeasure]:
    """One row a document, cited ones included; those that most others rest on come first."""
    policies, links = list(policies), list(links)
    graph = policy_network(policies, links)
    one = {relation: policy_network(policies, links, (relation,)) for relation in ("basis", "repeals", "amends")}
    rank, length = _pagerank(graph), _chain_lengths(policies, links)
    looped = {iri for group in cycles(policies, links) for iri in group}
    out = [
        PolicyMeasure(
            iri=iri,
            title=node["title"],
            number=node["number"],
            dated=node["dated"],
            resolved=node["resolved"],
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


def cycles(policies: Iterable[PolicyRow], links: Iterable[LinkRow]) -> list[tuple[str, ...]]:
    """Groups of documents that name one another in a circle, as sorted IRIs; a later document cannot be cited by an earlier one."""
    graph = policy_network(policies, links)
    return sorted(tuple(sorted(group)) for group in nx.strongly_connected_components(graph) if len(group) > 1)


def repeal_links(links: Iterable[LinkRow]) -> list[LinkRow]:
    """The repeals among ``links``, one a pair of documents (the first mention), sorted by document and place in the text."""
    first: dict[tuple[str, str], LinkRow] = {}
    for link in sorted(links, key=lambda k: (k.policy, k.evidence.start, k.cited)):
        if link.relation == "repeals" and link.policy != link.cited:
            first.setdefault((link.policy, link.cited), link)
    return list(first.values())


def longest_chain(policies: Iterable[PolicyRow], links: Iterable[LinkRow]) -> list[str]:
    """The longest way from document to basis or cited document, as IRIs; a circle counts as one step and gives its first IRI."""
    graph, member = _without_circles(policies, links)
    path: list[int] = nx.dag_longest_path(graph, weight=None, default_weight=1) if graph else []
    return [member[n] for n in path]


def _chain_lengths(policies: Iterable[PolicyRow], links: Iterable[LinkRow]) -> dict[str, int]:
    graph, _ = _without_circles(policies, links)
    steps: dict[int, int] = {}
    for node in reversed(list(nx.topological_sort(graph))):
        steps[node] = max((steps[n] + 1 for n in graph.successors(node)), default=0)
    return {iri: steps[n] for n in graph for iri in graph.nodes[n]["members"]}


def _without_circles(policies: Iterable[PolicyRow], links: Iterable[LinkRow]) -> tuple[nx.DiGraph, dict[int, str]]:
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
