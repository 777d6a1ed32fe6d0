"""What follows from all documents together: when they hold, whom duties of groups reach, which body followed which, who works with whom."""

from __future__ import annotations

import tracemalloc
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph import answers, iris
from graph.build import build
from graph.ledger.rows import Filters, ledger
from graph.network import ties, unnamed_agencies
from graph.shared_work import shared_work
from graph.standing import lives
from graph.store import Store, open_store
from graph.successions import Succession, successions
from ontology.vocabulary import codes, term
from tests.graph.derived_records import (
    BANKS,
    COMMAND,
    COUNTIES,
    ELSEWHERE,
    LATER,
    NOTICE,
    RULES,
    WHOLE,
    command,
    elsewhere,
    reform,
)
from tests.graph.records import PARKING, PLAN, everything, policy


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("derived")
    build([*everything(), *reform()], folder, extractor="zhize-test")
    return open_store(folder)


def said(store: Store, subject: ox.NamedNode) -> dict[str, set[str]]:
    """What the derived graph says of a thing: local names of properties and of values."""
    found: dict[str, set[str]] = {}
    for quad in store.engine.quads_for_pattern(subject, None, None, iris.DERIVED):
        value = quad.object.value
        found.setdefault(quad.predicate.value.replace("/", "#").rsplit("#", 1)[-1], set()).add(codes().get(value, value))
    return found


ENDS = [
    pytest.param(RULES, {"holdsFrom": {"2021-03-01"}, "holdsUntil": {"2026-02-28"}, "endKind": {"expired"}}, id="expires; a clause repealed"),
    pytest.param(NOTICE, {"holdsUntil": {"2024-01-04"}, "endKind": {"repealed"}, "endedBy": {iris.policy_iri(LATER).value}},
                 id="repealed; no date of its own"),
    pytest.param(LATER, {"holdsFrom": {"2024-01-05"}}, id="holds from its date, no end"),
    pytest.param(PARKING, {"holdsFrom": {"2023-05-04"}, "holdsUntil": {"2026-05-03"}, "endKind": {"expired"}}, id="holds from its issue"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "expected"), ENDS)
def test_when_a_policy_holds(key: str, expected: dict[str, set[str]], city: Store) -> None:
    assert said(city, iris.policy_iri(key)) == expected


def test_a_duty_ends_with_its_clause(city: Store) -> None:
    ends = {d.agency: said(city, ox.NamedNode(d.iri)) for d in answers.all_duties(city) if d.policy == iris.policy_iri(RULES).value}
    repealed = {"holdsUntil": {"2024-02-29"}, "endKind": {"repealed"}, "endedBy": {iris.policy_iri(LATER).value}}
    assert ends == {"云陵市城市管理局": {}, BANKS: {}, "云陵市财政局": repealed, "云陵市发展和改革委员会": repealed}


@pytest.mark.parametrize("day", ["2021-02-28", "2021-03-01", "2024-01-04", "2024-02-29", "2024-03-01", "2026-02-28", "2026-03-01"])
def test_a_query_with_a_day_of_its_own_judges_as_the_program_does(day: str, city: Store) -> None:
    query = f"""SELECT ?d WHERE {{ ?d a zhize:Duty ; zhize:policy ?p
        FILTER NOT EXISTS {{ ?p zhize:holdsFrom ?from FILTER (?from > "{day}"^^xsd:date) }}
        FILTER NOT EXISTS {{ VALUES ?k {{ zhize:policy }} ?d ?k ?q . ?q zhize:holdsUntil ?until FILTER (?until < "{day}"^^xsd:date) }}
        FILTER NOT EXISTS {{ ?d zhize:holdsUntil ?until FILTER (?until < "{day}"^^xsd:date) }} }}"""
    life = lives(city)
    expected = {d.iri for d in answers.all_duties(city) if life[d.policy].of(d.clause).on(day).state == "in_force"}
    assert {row[0].value for row in city.select(query) if row[0]} == expected


def test_a_repeal_without_a_day_ends_without_a_last_day(tmp_path: Path) -> None:
    undated = [policy(LATER, "云陵市关于修改泊位规则的决定", "云政〔2024〕1号", source="l.txt", dated=None)]
    build([r for r in reform() if r.policy != LATER] + undated + [r for r in reform() if r.policy == LATER][1:], tmp_path)
    found = said(open_store(tmp_path), iris.policy_iri(NOTICE))
    assert found == {"endKind": {"repealed"}, "endedBy": {iris.policy_iri(LATER).value}}


def test_duties_of_a_group_reach_its_members(city: Store) -> None:
    group, county = iris.agency_iri(COUNTIES), iris.agency_iri("云陵市青溪县人民政府")
    assert said(city, group) == {"hasMember": {county.value}}
    reaching = list(city.select("SELECT ?duty ?bearer ?member WHERE { ?duty zhize:reaches ?member ; odrl:assignee ?bearer }"))
    assert [row[1:] for row in reaching] == [(group, county)]


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("commands")
    build([*reform(), *command(), *elsewhere()], folder, extractor="zhize-test")
    return open_store(folder)


REACHED = [
    pytest.param("云陵市公安局", {(COMMAND, "云陵市指挥部"), (COMMAND, "云陵市各成员单位"), (ELSEWHERE, WHOLE), (ELSEWHERE, WHOLE + "成员单位")},
                 id="a member: its full name everywhere, short forms in that document alone"),
    pytest.param("云陵市青溪县人民政府", {(COMMAND, "云陵市指挥部"), (COMMAND, "云陵市各成员单位"), (ELSEWHERE, WHOLE),
                                (ELSEWHERE, WHOLE + "成员单位"), (NOTICE, COUNTIES)}, id="of a group that is a member"),
    pytest.param("云陵市城市管理局", set(), id="no member"),
    pytest.param(WHOLE, set(), id="the group itself"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), REACHED)
def test_members_of_a_listed_group(name: str, expected: set[tuple[str, str]], commands: Store) -> None:
    query = "SELECT ?duty ?name WHERE { $agency$ ?duty zhize:reaches ?agency ; odrl:assignee/skos:prefLabel ?name }"
    policies = {d.iri: d.policy for d in answers.all_duties(commands)}
    keys = {iris.policy_iri(key).value: key for key in (COMMAND, ELSEWHERE, NOTICE)}
    rows = commands.select(query, agency=[iris.agency_iri(name)])
    assert {(keys[policies[duty.value]], group.value) for duty, group in rows if duty and group} == expected
    (found,) = answers.agencies_of(commands, [iris.agency_iri(name).value])
    shown = ledger(commands, found, Filters(groups=True)).rows
    assert {(keys.get(r.duty.policy), r.group) for r in shown if r.group} == expected


def test_the_graph_says_that_it_is_derived(city: Store) -> None:
    found = said(city, iris.DERIVED)
    assert found["wasDerivedFrom"] == {iris.AGENCIES.value, iris.DOCUMENTS.value} and len(found["wasGeneratedBy"]) == 1
    assert any("推算" in words for words in found["comment"])


S = "国家金融监督管理总局"
TAX = "国家税务总局云陵市税务局"
CHANGES = [
    pytest.param({BANKS: "云陵市"}, [((BANKS,), f"{S}云陵监管分局", "2023-07", "云陵市")], id="its successor"),
    pytest.param({f"{S}云陵监管分局": "云陵市"}, [((BANKS,), f"{S}云陵监管分局", "2023-07", "云陵市")], id="its predecessor"),
    pytest.param({TAX: "云陵市"}, [(("云陵市地方税务局",), TAX, "2018-07", "云陵市")], id="the place in full and inside the name"),
    pytest.param(
        {"中国银行业监督管理委员会": ""},
        [
            (("中国保险监督管理委员会", "中国银行业监督管理委员会"), "中国银行保险监督管理委员会", "2018-04", ""),
            (("中国银行保险监督管理委员会",), S, "2023-05", ""),
        ],
        id="a merger, and a chain to the end",
    ),
    pytest.param({"中国人民银行云陵市分行": "云陵市"}, [], id="one of two predecessors, and nobody says which"),
    pytest.param(
        {"中国人民银行云陵市分行": "云陵市", "中国人民银行云陵市中心支行": "云陵市"},
        [(("中国人民银行云陵市中心支行",), "中国人民银行云陵市分行", "2023-08", "云陵市")],
        id="that of two which a document names",
    ),
    pytest.param({"中国人民银行云陵营业管理部": "云陵市"}, [(("中国人民银行云陵营业管理部",), "中国人民银行云陵市分行", "2023-08", "云陵市")],
                 id="the place without its generic word becomes the place in full"),
    pytest.param({"云陵市财政局": "云陵市"}, [], id="no row of the list"),
    pytest.param({BANKS: "望海市"}, [], id="the name of another place"),
    pytest.param({"云陵市青溪县地方税务局": "云陵市"}, [], id="the name of a place inside"),
    pytest.param({}, [], id="no bodies"),
]  # fmt: skip


@pytest.mark.parametrize(("bodies", "expected"), CHANGES)
def test_successions(bodies: dict[str, str], expected: list[tuple[tuple[str, ...], str, str, str]]) -> None:
    assert successions(bodies) == sorted((Succession(*row) for row in expected), key=lambda s: (s.resulting, s.since))


def test_a_body_that_no_document_names_gets_its_name_and_no_more(city: Store) -> None:
    successor = iris.agency_iri(f"{S}云陵监管分局")
    assert said(city, successor) == {"type": {term("org:Organization").value}, "prefLabel": {f"{S}云陵监管分局"}, "place": {"云陵市"}}
    assert said(city, iris.agency_iri(BANKS)) == {}
    rows = city.select(
        "SELECT ?old ?new ?when WHERE { ?e a org:ChangeEvent ; dcterms:date ?when ; "
        "org:originalOrganization/skos:prefLabel ?old ; org:resultingOrganization/skos:prefLabel ?new }"
    )
    assert [tuple(cell.value for cell in row if cell) for row in rows] == [(BANKS, f"{S}云陵监管分局", "2023-07")]


def test_co_responsibility_is_that_of_the_network(city: Store) -> None:
    """Counted in two ways: in flat arrays over the store, and by the network over rows."""
    duties = answers.all_duties(city)
    expected = {
        (t.first, t.second, len(t.shared), t.strength, t.first_leads, t.second_leads)
        for t in ties(duties, unnamed_agencies(answers.agencies(city)))
    }
    hidden = unnamed_agencies(answers.agencies(city))
    assert {
        (p.first, p.second, p.assignments, p.strength, p.first_leads, p.second_leads) for p in shared_work(city.engine, hidden)
    } == expected
    rows = city.select(
        "SELECT ?x ?a ?b ?n ?s ?l ?m WHERE { ?x a zhize:CoResponsibility ; zhize:between ?a, ?b ; zhize:sharedAssignments ?n ; "
        "zhize:strength ?s ; zhize:firstLeads ?l ; zhize:secondLeads ?m FILTER (STR(?a) < STR(?b)) }"
    )
    told = {(a.value, b.value, int(n.value), float(Decimal(s.value)), int(lead.value), int(led.value))
            for _, a, b, n, s, lead, led in rows if a and b and n and s and lead and led}  # fmt: skip
    assert told == expected and expected


def test_counting_needs_little_memory() -> None:
    """Some bytes a duty, not an object."""
    from graph.shared_work import _Bearers, _pairs

    bearers, names = _Bearers(), [f"https://example.org/{n}" for n in range(40)]
    tracemalloc.start()
    for at in range(50_000):
        bearers.add({names[at % 40]: True, names[(at * 7 + 1) % 40]: False, names[(at * 11 + 2) % 40]: False})
    pairs = list(_pairs(bearers))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(p.assignments for p in pairs) == 150_000 and peak < 20 * 150_000


def test_derived_anew_when_a_document_goes(tmp_path: Path) -> None:
    build([*everything(), *reform()], tmp_path / "all")
    build([*everything(), *reform()], tmp_path / "some")
    build([policy(LATER, "云陵市另一决定", "云政〔2024〕1号", source="l.txt", dated="2024-01-05")], tmp_path / "some")
    assert "endedBy" not in said(open_store(tmp_path / "some"), iris.policy_iri(NOTICE))
    build([r for r in reform() if r.policy == LATER], tmp_path / "some")
    one, other = (open_store(tmp_path / name) for name in ("all", "some"))
    assert {str(q) for q in one.quads(iris.DERIVED)} == {str(q) for q in other.quads(iris.DERIVED)}
    assert said(one, iris.policy_iri(PLAN)) == {"holdsFrom": {"2023-06-01"}}
