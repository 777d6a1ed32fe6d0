"""Networks and measures: small cases whose answer can be counted by hand."""

from __future__ import annotations

import dataclasses
import io
import random
from collections.abc import Callable

import networkx as nx
import pytest

from graph.labels import agency_labels, short_agency, short_title
from graph.measures import (
    AGENCY_NOTES,
    POLICY_NOTES,
    AgencyMeasure,
    Note,
    PolicyMeasure,
    agency_measures,
    communities,
    cycles,
    longest_chain,
    policy_measures,
    repeal_links,
)
from graph.network import agency_network, lead_network, policy_network, ties
from graph.rows import DutyRow
from tests.graph.rows import agency, assignment, link, policy

FINANCE, HOUSING, POLICE, EVERYBODY = "云陵市财政局", "云陵市住房和城乡建设局", "云陵市公安局", "各相关部门"
AGENCIES = [agency(FINANCE), agency(HOUSING), agency(POLICE), agency(EVERYBODY, "unnamed", "")]


def iri(name: str) -> str:
    return f"https://example.org/agency/{name}"


def duties() -> list[DutyRow]:
    return [
        *assignment("a", ("lead", HOUSING), ("support", FINANCE), ("support", POLICE)),
        *assignment("b", ("responsible", HOUSING), ("responsible", FINANCE)),
        *assignment("c", ("responsible", POLICE), ("responsible", EVERYBODY)),
        *assignment("d", ("lead", FINANCE), ("responsible", HOUSING)),
    ]


@pytest.mark.parametrize(
    ("first", "second", "weight"),
    [
        pytest.param(FINANCE, HOUSING, 3, id="shared three times, in whatever roles"),
        pytest.param(HOUSING, POLICE, 1, id="shared once"),
        pytest.param(FINANCE, POLICE, 1, id="both support the same lead"),
        pytest.param(FINANCE, EVERYBODY, 0, id="nothing shared"),
    ],
)
def test_weight_counts_shared_assignments(first: str, second: str, weight: int) -> None:
    graph = agency_network(duties(), AGENCIES)
    found = graph.edges[iri(first), iri(second)]["weight"] if graph.has_edge(iri(first), iri(second)) else 0
    assert found == weight


def test_nodes_carry_load_and_kind() -> None:
    node = agency_network(duties(), AGENCIES).nodes[iri(HOUSING)]
    assert (node["duties"], node["lead"], node["responsible"], node["support"]) == (3, 1, 2, 0)
    assert (node["name"], node["place"], node["unnamed"]) == (HOUSING, "云陵市", False)


def test_unnamed_groups_are_marked_and_can_be_left_out() -> None:
    whole, named = agency_network(duties(), AGENCIES), agency_network(duties(), AGENCIES, unnamed=False)
    assert whole.nodes[iri(EVERYBODY)]["unnamed"]
    assert set(whole) - set(named) == {iri(EVERYBODY)}


def test_the_lead_points_to_those_it_leads() -> None:
    edges = {(a, b): w for a, b, w in lead_network(duties(), AGENCIES).edges(data="weight")}
    assert edges == {(iri(HOUSING), iri(FINANCE)): 1, (iri(HOUSING), iri(POLICE)): 1, (iri(FINANCE), iri(HOUSING)): 1}


def test_an_agency_twice_in_a_list_is_one_bearer_and_leads_if_it_leads_once() -> None:
    rows = assignment("a", ("responsible", HOUSING), ("lead", HOUSING), ("responsible", FINANCE))
    (tie,) = ties(rows)
    assert (len(tie.shared), tie.first_leads + tie.second_leads) == (1, 1)


def test_assignments_of_different_policies_with_one_key_are_different() -> None:
    rows = assignment("a", ("lead", HOUSING), policy="p:1") + assignment("a", ("lead", FINANCE), policy="p:2")
    assert not ties(rows)


def test_duties_without_an_assignment_stand_alone() -> None:
    rows = assignment("", ("responsible", HOUSING), ("responsible", FINANCE))
    assert not ties(rows)


def test_strength_halves_in_a_list_of_three() -> None:
    strength = {(t.first, t.second): t.strength for t in ties(duties())}
    first, second = sorted((iri(HOUSING), iri(POLICE)))
    assert strength[first, second] == 0.5


def test_the_order_of_rows_changes_nothing() -> None:
    rows = duties()
    shuffled = list(rows)
    random.Random(4).shuffle(shuffled)
    assert agency_measures(rows, AGENCIES) == agency_measures(shuffled, AGENCIES[::-1])
    assert list(agency_network(rows).edges(data=True)) == list(agency_network(shuffled).edges(data=True))


@pytest.mark.parametrize("write", [nx.write_gexf, nx.write_graphml], ids=["gexf", "graphml"])
def test_networks_can_be_written_for_other_programs(write: Callable[[nx.Graph, io.BytesIO], None]) -> None:
    for graph in (agency_network(duties(), AGENCIES), lead_network(duties()), policy_network(POLICIES, LINKS)):
        out = io.BytesIO()
        write(graph, out)
        assert b"weight" in out.getvalue()


def test_agency_measures() -> None:
    by_name = {m.name: m for m in agency_measures(duties(), AGENCIES)}
    assert EVERYBODY not in by_name
    housing = by_name[HOUSING]
    assert (housing.duties, housing.lead, housing.partners, housing.shared) == (3, 1, 2, 4)
    assert (housing.leads_others, housing.led_by_others, housing.policies) == (2, 1, 1)
    assert housing.lead_share == pytest.approx(1 / 3, abs=1e-4)
    assert sum(m.pagerank for m in by_name.values()) == pytest.approx(1, abs=1e-4)


def test_the_bridge_has_the_greatest_betweenness() -> None:
    rows = assignment("a", ("lead", FINANCE), ("support", HOUSING)) + assignment("b", ("lead", FINANCE), ("support", POLICE))
    between = {m.name: m.betweenness for m in agency_measures(rows, AGENCIES)}
    assert between == {FINANCE: 1.0, HOUSING: 0.0, POLICE: 0.0}


def test_measures_of_nothing() -> None:
    assert agency_measures([], []) == []
    assert policy_measures([], []) == []
    assert longest_chain([], []) == []


def two_circles() -> list[DutyRow]:
    """Two groups of four that work together all the time, and once with each other."""
    rows = []
    for city, names in (("甲", "一二三四"), ("乙", "五六七八")):
        for n in range(6):
            rows += assignment(f"{city}{n}", *(("responsible", f"云陵市第{name}局") for name in names))
    return rows + assignment("x", ("lead", "云陵市第一局"), ("support", "云陵市第五局"))


def test_communities_are_found_and_named() -> None:
    found = communities(agency_network(two_circles()))
    assert [len(members) for members in found] == [4, 4]
    rows = [agency(f"云陵市第{n}局") for n in "一二三四五六七八"]
    names = {m.community: m.community_name for m in agency_measures(two_circles(), rows)}
    assert sorted(names) == [1, 2]
    assert all(name.startswith("市第") and name.endswith("等 4 家") for name in names.values())


def test_agencies_without_ties_are_in_no_community() -> None:
    (measure,) = agency_measures(assignment("a", ("lead", FINANCE)), AGENCIES)
    assert (measure.community, measure.community_name, measure.partners) == (0, "", 0)


LAW, PLAN, SCHEME, OLD, NOTICE = "p:law", "p:plan", "p:scheme", "p:old", "p:notice"
POLICIES = [policy(PLAN, "云陵市停车规划"), policy(SCHEME, "云陵市停车方案"), policy(NOTICE, "云陵市停车通知")]
LINKS = [
    link(PLAN, "basis", LAW, title="中华人民共和国道路交通安全法", resolved=False),
    link(SCHEME, "basis", PLAN),
    link(SCHEME, "cites", PLAN, start=40),
    link(NOTICE, "basis", SCHEME),
    link(SCHEME, "repeals", OLD, title="云陵市停车办法", resolved=False),
    link(SCHEME, "cites", SCHEME, start=60),
]


def test_policy_network_keeps_documents_that_are_only_cited() -> None:
    graph = policy_network(POLICIES, LINKS)
    assert graph.nodes[LAW] == {
        "title": "中华人民共和国道路交通安全法", "number": "", "dated": "", "type": "", "place": "", "resolved": False,
    }  # fmt: skip
    assert graph.nodes[PLAN]["resolved"]


def test_several_relations_of_two_documents_are_one_edge_named_after_the_weightiest() -> None:
    graph = policy_network(POLICIES, LINKS)
    assert graph.edges[SCHEME, PLAN] == {"weight": 2, "relation": "basis", "relations": "basis|cites"}
    assert not graph.has_edge(SCHEME, SCHEME)


def test_relations_can_be_chosen() -> None:
    assert set(policy_network(POLICIES, LINKS, ("repeals",)).edges) == {(SCHEME, OLD)}


def test_policy_measures() -> None:
    by_iri = {m.iri: m for m in policy_measures(POLICIES, LINKS)}
    assert (by_iri[LAW].basis_for, by_iri[LAW].cited_by, by_iri[LAW].resolved) == (1, 1, False)
    assert (by_iri[OLD].repealed_by, by_iri[SCHEME].repeals, by_iri[SCHEME].cites) == (1, 1, 2)
    assert {m.iri: m.chain for m in by_iri.values()} == {LAW: 0, OLD: 0, PLAN: 1, SCHEME: 2, NOTICE: 3}
    assert not any(m.in_cycle for m in by_iri.values())


def test_the_longest_chain_leads_back_to_the_law() -> None:
    assert longest_chain(POLICIES, LINKS) == [NOTICE, SCHEME, PLAN, LAW]


def test_documents_that_name_one_another_are_reported_and_do_not_stop_the_chain() -> None:
    links = [*LINKS, link(PLAN, "cites", NOTICE, start=80)]
    assert cycles(POLICIES, links) == [(NOTICE, PLAN, SCHEME)]
    assert len(longest_chain(POLICIES, links)) == 2
    assert {m.iri for m in policy_measures(POLICIES, links) if m.in_cycle} == {NOTICE, PLAN, SCHEME}


def test_a_repeal_is_listed_once_a_pair() -> None:
    twice = [*LINKS, link(SCHEME, "repeals", OLD, start=99)]
    assert [(k.policy, k.cited, k.evidence.start) for k in repeal_links(twice)] == [(SCHEME, OLD, 5)]


@pytest.mark.parametrize(
    ("notes", "row"), [(AGENCY_NOTES, AgencyMeasure), (POLICY_NOTES, PolicyMeasure)], ids=["agencies", "policies"]
)
def test_every_measure_is_explained_in_a_sentence(notes: tuple[Note, ...], row: type) -> None:
    identity = {"iri", "name", "place", "title", "number", "dated", "resolved"}
    assert {n.field for n in notes} == {f.name for f in dataclasses.fields(row)} - identity
    assert all(n.zh.endswith("。") and n.en.endswith(".") and n.zh.count("。") == 1 for n in notes)


@pytest.mark.parametrize(
    ("name", "place", "short"),
    [
        pytest.param("云陵市财政局", "云陵市", "市财政局", id="place in front"),
        pytest.param("中共云陵市委组织部", "云陵市", "市委组织部", id="party organ"),
        pytest.param("云陵市各县区人民政府", "云陵市", "各县区人民政府", id="a group"),
        pytest.param("国家税务总局云陵市税务局", "云陵市", "国家税务总局云陵市税务局", id="place in the middle stays"),
        pytest.param("云陵市青溪县人民政府", "青溪县", "云陵市青溪县人民政府", id="county behind its city stays"),
        pytest.param("各相关部门", "", "各相关部门", id="no place"),
        pytest.param("云陵市", "云陵市", "云陵市", id="nothing would remain"),
    ],
)
def test_short_names(name: str, place: str, short: str) -> None:
    assert short_agency(name, place) == short


LABELS = [
    pytest.param([("云陵市财政局", "云陵市"), ("云陵市公安局", "云陵市")], ["市财政局", "市公安局"], id="one city"),
    pytest.param([("云陵市财政局", "云陵市"), ("望海市公安局", "望海市")], ["云陵市财政局", "望海市公安局"], id="two cities"),
    pytest.param([("云陵市财政局", "云陵市"), ("望海市公安局", "望海市"), ("云陵市民政局", "云陵市")],
                 ["云陵市财政局", "望海市公安局", "云陵市民政局"], id="two cities, none short"),
    pytest.param([("云陵市财政局", "云陵市"), ("云陵市白鹭区财政局", "云陵市白鹭区")], ["市财政局", "区财政局"], id="a district of the city"),
    pytest.param([("云陵市财政局", "云陵市"), ("财政部", ""), ("中州省财政厅", "中州省")], ["市财政局", "财政部", "省财政厅"],
                 id="the state and the province"),
    pytest.param([("白鹭区财政局", "云陵市白鹭区"), ("临江区财政局", "云陵市临江区")], ["白鹭区财政局", "临江区财政局"], id="names without their city"),
]  # fmt: skip


@pytest.mark.parametrize(("names", "labels"), LABELS)
def test_labels_are_short_where_all_are_of_one_city(names: list[tuple[str, str]], labels: list[str]) -> None:
    assert list(agency_labels({str(at): name for at, name in enumerate(names)}).values()) == labels


@pytest.mark.parametrize(
    ("title", "short"),
    [
        pytest.param("云陵市人民政府关于优化停车管理的通知", "优化停车管理的通知", id="authority and 关于"),
        pytest.param("云陵市人民政府办公室关于印发云陵市停车方案的通知", "云陵市停车方案的通知", id="关于印发"),
        pytest.param("《中华人民共和国道路交通安全法》", "中华人民共和国道路交通安全法", id="title marks"),
        pytest.param("云陵市停车规划", "云陵市停车规划", id="no 关于"),
    ],
)
def test_short_titles(title: str, short: str) -> None:
    assert short_title(title) == short
