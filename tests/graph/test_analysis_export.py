"""Networks for other programs: sizes, colours and communities, the same on any day."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET

import networkx as nx
import pytest

from graph.analysis import Facts, judged
from graph.analysis.export import COLOURS, GREY, agency_graph, colour_of, graph_lines, policy_graph
from tests.graph.test_analysis import FINANCE, HOUSING, facts, iri
from tests.graph.view_rows import HOSTILE, hostile_duties, hostile_links

VIZ = "{http://www.gexf.net/1.2draft/viz}"


def gexf(graph: nx.Graph) -> str:
    return "\n".join(graph_lines(graph, "gexf"))


def test_gephi_finds_size_colour_position_and_community() -> None:
    root = ET.fromstring(gexf(agency_graph(facts())))
    node = next(n for n in root.iter("{http://www.gexf.net/1.2draft}node") if n.get("id") == iri(HOUSING))
    colour = node.find(f"{VIZ}color")
    assert colour is not None and node.find(f"{VIZ}position") is not None
    red, green, blue = (int(colour.get(c, "")) for c in "rgb")
    assert f"#{red:02x}{green:02x}{blue:02x}" in COLOURS
    assert float(node.find(f"{VIZ}size").get("value", "")) > 6  # type: ignore[union-attr]
    assert node.get("label") == HOUSING


def test_graphml_holds_the_same_as_plain_values() -> None:
    net = nx.read_graphml(io.BytesIO("\n".join(graph_lines(agency_graph(facts()), "graphml")).encode()))
    node = net.nodes[iri(HOUSING)]
    assert (node["duties"], node["community"], node["colour"]) == (3, 1, COLOURS[0])
    assert net.edges[iri(FINANCE), iri(HOUSING)]["weight"] == 2


def test_leads_are_directed() -> None:
    net = agency_graph(facts(), directed=True)
    assert net.is_directed() and net.has_edge(iri(HOUSING), iri(FINANCE)) and net.has_edge(iri(FINANCE), iri(HOUSING))


def test_documents_carry_standing_and_tier() -> None:
    net = policy_graph(facts())
    assert (net.nodes["p:scheme"]["standing"], net.nodes["p:law"]["tier"]) == ("in_force", "state")
    assert set(policy_graph(facts(), ("basis",)).edges) == {("https://example.org/policy/plan", "p:law")}


def test_no_date_of_today_in_a_file() -> None:
    text = gexf(agency_graph(facts()))
    assert "lastmodified" not in text and not re.search(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", text)
    assert text == gexf(agency_graph(facts()))


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_hostile_names_are_text(form: str) -> None:
    duties, agencies = hostile_duties()
    policies, links = hostile_links()
    attacked = judged(Facts(duties=tuple(duties), agencies=tuple(agencies), policies=tuple(policies), links=tuple(links)))
    for net in (agency_graph(attacked), policy_graph(attacked)):
        for node in list(net):
            if any(ord(c) < 32 or "\ud800" <= c < "\ue000" for c in node):  # a real node is an IRI
                net.remove_node(node)
        root = ET.fromstring("\n".join(graph_lines(net, form)))  # type: ignore[arg-type]
        text = [e.get("label") or e.text or "" for e in root.iter()]
        assert any(HOSTILE[0] in t for t in text) and not any(e.tag.endswith("script") for e in root.iter())


def test_colours_of_groups() -> None:
    assert (colour_of(0), colour_of(1), colour_of(len(COLOURS)), colour_of(len(COLOURS) + 1)) == (GREY, COLOURS[0], COLOURS[-1], GREY)
