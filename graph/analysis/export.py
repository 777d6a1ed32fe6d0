"""Networks as GraphML and GEXF, with sizes, colours and positions that Gephi shows as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import networkx as nx

from graph.analysis.agencies import communities, community_name, node_labels, pagerank
from graph.analysis.facts import Facts
from graph.analysis.tiers import tiers
from graph.labels import short_title
from graph.network import RELATIONS, agency_network, lead_network, policy_network
from graph.plain import plain
from graph.view_data import sizes
from graph.view_layout import spread

COLOURS = ("#3f73a3", "#bf6b4b", "#5d9163", "#8b6cab", "#c59c38", "#3d9194", "#ac5a76", "#747f3b")
"""The colours of groups, as on the pages of ``zhize view``; further groups are grey."""
GREY = "#9ca6ac"
_TIER = {"state": "#ad3f2f", "province": "#c59c38", "city": "#3f73a3", "county": "#5d9163"}
_DATE = re.compile(r' lastmodifieddate="[^"]{0,40}"')


def agency_graph(facts: Facts, directed: bool = False) -> nx.Graph:
    """The co-responsibility network, or with ``directed`` who leads whom; agencies have community, size, colour and position."""
    shares = facts.added_up()
    shared = agency_network(shares, unnamed=False)
    graph = lead_network(shares, unnamed=False) if directed else shared
    groups, labels, rank = communities(shared), node_labels(shared), pagerank(shared)
    number = {iri: n for n, members in enumerate(groups, 1) for iri in members}
    names = ["", *(community_name(shared, members) for members in groups)]
    for iri, node in graph.nodes(data=True):
        own = number.get(iri, 0)
        node |= {"label": labels[iri], "community": own, "community_name": names[own], "pagerank": round(rank[iri], 6)}
    _dress(graph, {n: colour_of(number.get(n, 0)) for n in graph}, "duties", groups)
    return graph


def policy_graph(facts: Facts, relations: Sequence[str] = RELATIONS) -> nx.DiGraph:
    """The documents and these relations of theirs, each with standing, tier, size (times that it is named) and position."""
    graph = policy_network(facts.policies, facts.named(), relations)
    tier = tiers(facts.policies)
    for iri, node in graph.nodes(data=True):
        node |= {
            "label": short_title(node["title"]),
            "standing": facts.state(iri).state,
            "tier": tier.get(iri, ""),
            "named": graph.in_degree(iri),
        }
    _dress(graph, {n: _TIER.get(tier.get(n, ""), GREY) for n in graph}, "named", ())
    return graph


def colour_of(group: int) -> str:
    """The colour of a group, counted from 1; grey for none and for those behind the last colour."""
    return COLOURS[group - 1] if 0 < group <= len(COLOURS) else GREY


def _dress(graph: nx.Graph, colour: dict[str, str], by: str, groups: Sequence[Sequence[str]]) -> None:
    """Size, colour and position of each node, flat for GraphML and as ``viz`` for GEXF; words without control characters."""
    order = list(graph)
    radius = dict(zip(order, sizes([graph.nodes[n][by] for n in order]), strict=True))
    where = spread(nx.Graph(graph), radius, groups)
    for iri, node in graph.nodes(data=True):
        for key, value in node.items():
            node[key] = plain(value) if isinstance(value, str) else value  # XML takes no control characters
        node |= {"size": radius[iri], "colour": colour[iri], "x": where[iri][0], "y": where[iri][1]}


def graph_lines(graph: nx.Graph, form: Literal["gexf", "graphml"]) -> Iterator[str]:
    """The network as lines of a file; the same network gives the same lines on any day."""
    if form == "graphml":
        yield from nx.generate_graphml(graph)
        return
    net = graph.copy()
    for _, node in net.nodes(data=True):
        node["viz"] = _viz(node.pop("size"), node.pop("colour"), node.pop("x"), node.pop("y"))
    for _, _, edge in net.edges(data=True):
        edge["viz"] = {"thickness": float(edge.get("weight", 1))}
    for line in nx.generate_gexf(net):
        yield _DATE.sub("", line)


def _viz(size: float, colour: str, x: float, y: float) -> dict[str, Any]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return {"size": size, "color": {"r": red, "g": green, "b": blue, "a": 1.0}, "position": {"x": x, "y": -y, "z": 0.0}}
