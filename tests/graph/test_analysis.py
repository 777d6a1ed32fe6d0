"""Load, groups, concentration, change and deadlines: small cases whose answer can be counted by hand."""

from __future__ import annotations

import dataclasses
import random

import pytest

from graph.analysis import (
    BareClause,
    Facts,
    Scope,
    agency_measures,
    bottlenecks,
    changes,
    concentration,
    gini,
    group_measures,
    herfindahl,
    judged,
    notes,
    period_of,
    within,
)
from graph.analysis.load import Span
from graph.analysis.tables import TABLES, Choices, halves
from graph.analysis.words import WORDS
from graph.rows import DutyRow, Evidence, PolicyRow, TargetRow
from graph.standing import Standing
from tests.graph.rows import PLAN, agency, assignment, link, policy

FINANCE, HOUSING, POLICE, STREETS, EVERYBODY = (
    "云陵市财政局",
    "云陵市住房和城乡建设局",
    "云陵市公安局",
    "云陵市城市管理局",
    "各相关部门",
)
AGENCIES = [agency(FINANCE), agency(HOUSING), agency(POLICE), agency(STREETS), agency(EVERYBODY, "unnamed", "")]


def iri(name: str) -> str:
    return f"https://example.org/agency/{name}"


def duties() -> list[DutyRow]:
    """Housing bears 3, finance 2, police 1; streets shares nothing; two bodies are not named."""
    return [
        *assignment("a", ("lead", HOUSING), ("support", FINANCE), deadline="2025-06-30"),
        *assignment("b", ("responsible", HOUSING), ("responsible", POLICE), deadline="2025-05"),
        *assignment("c", ("lead", FINANCE), ("support", HOUSING), deadline="2025"),
        *assignment("d", ("responsible", STREETS), deadline="每年"),
        *assignment("e", ("responsible", EVERYBODY)),
    ]


@pytest.mark.parametrize(
    ("values", "expected_gini", "expected_index"),
    [
        pytest.param([2, 2, 2, 2], 0.0, 0.25, id="all the same"),
        pytest.param([0, 0, 0, 8], 0.75, 1.0, id="one has everything: (n - 1) / n"),
        pytest.param([1, 3], 0.25, 0.625, id="a quarter and three quarters"),
        pytest.param([3, 2, 1, 1], 0.25, 15 / 49, id="unsorted"),
        pytest.param([5], 0.0, 1.0, id="alone"),
        pytest.param([], 0.0, 0.0, id="nobody"),
        pytest.param([0, 0], 0.0, 0.0, id="nothing"),
    ],
)
def test_gini_and_herfindahl(values: list[int], expected_gini: float, expected_index: float) -> None:
    assert gini(values) == pytest.approx(expected_gini)
    assert herfindahl(values) == pytest.approx(expected_index)


def test_concentration_counts_each_role_and_no_unnamed_body() -> None:
    whole, lead, responsible, support = concentration(duties(), AGENCIES)
    assert (whole.role, whole.agencies, whole.duties, whole.top) == ("", 4, 7, HOUSING)
    assert (whole.gini, whole.herfindahl, whole.effective) == (0.25, round(15 / 49, 4), round(49 / 15, 1))
    assert (lead.role, lead.agencies, lead.duties, lead.gini) == ("lead", 2, 2, 0.0)
    assert (responsible.duties, support.duties, whole.top_share) == (3, 2, 1.0)


def test_load_by_standing_core_and_bridges() -> None:
    rows = duties() + assignment("f", ("lead", FINANCE), policy="p:gone") + assignment("g", ("lead", FINANCE), policy="p:dark")
    standing = {PLAN: Standing("in_force"), "p:gone": Standing("repealed")}
    by = {m.name: m for m in agency_measures(rows, AGENCIES, standing=standing)}
    assert (by[FINANCE].duties, by[FINANCE].weighted) == (4, 2.5)
    assert (by[HOUSING].core, by[STREETS].core, by[STREETS].bridges) == (1, 0, 0)
    assert agency_measures(rows, AGENCIES)[0].weighted == 4


def test_a_duty_of_a_repealed_clause_weighs_nothing() -> None:
    rows = assignment("a", ("lead", FINANCE), clause="二") + assignment("b", ("lead", FINANCE), clause="三")
    documents = [policy(PLAN, "云陵市停车方案"), policy("p:by", "云陵市决定", dated="2024-01-01")]
    repeal = dataclasses.replace(link("p:by", "repeals", PLAN), parts=("二",), paths=("二",))
    facts = Facts(duties=tuple(rows), policies=tuple(documents), links=(repeal,))
    loads = [agency_measures(rows, AGENCIES, standing=judged(facts, day).standing)[0].weighted for day in ("2023-12-31", "2024-01-01")]
    assert loads == [2.0, 1.0]
    assert [len(within(facts, Scope(as_of=day)).duties) for day in ("2023-12-31", "2024-01-01")] == [2, 1]


def two_circles() -> list[DutyRow]:
    rows = []
    for city, names in (("甲", "一二三四"), ("乙", "五六七八")):
        for n in range(6):
            rows += assignment(f"{city}{n}", *(("responsible", f"云陵市第{name}局") for name in names))
    return rows + assignment("x", ("lead", "云陵市第一局"), ("support", "云陵市第五局"))


def test_groups_and_who_joins_them() -> None:
    first, second = group_measures(two_circles(), [])
    assert (first.members, first.inside, first.outside, first.closure) == (4, 36, 1, round(36 / 37, 4))
    assert {first.bridge, second.bridge} == {"云陵市第一局", "云陵市第五局"}
    assert (first.bridge_ties, len(first.names), first.duties) == (1, 4, 25)
    by = {m.name: m.bridges for m in agency_measures(two_circles(), [])}
    assert (by["云陵市第一局"], by["云陵市第二局"]) == (1, 0)


def test_a_core_is_a_circle_in_which_all_work_together() -> None:
    rows = assignment("a", *(("responsible", n) for n in (FINANCE, HOUSING, POLICE))) + assignment(
        "b", ("lead", FINANCE), ("support", STREETS)
    )
    assert {m.name: m.core for m in agency_measures(rows, AGENCIES)} == {FINANCE: 2, HOUSING: 2, POLICE: 2, STREETS: 1}


def test_groups_in_two_cities_keep_the_names_of_their_places() -> None:
    rows = assignment("a", ("lead", FINANCE), ("support", HOUSING)) + assignment(
        "b", ("lead", "望海市财政局"), ("support", "望海市教育局")
    )
    places = [agency(FINANCE), agency(HOUSING), agency("望海市财政局", place="望海市"), agency("望海市教育局", place="望海市")]
    assert {g.name for g in group_measures(rows, places)} == {f"{HOUSING}、{FINANCE}", "望海市教育局、望海市财政局"}


def test_changes_are_ranked_by_the_shift_of_share() -> None:
    before = assignment("a", ("lead", FINANCE), ("support", HOUSING)) + assignment("b", ("lead", FINANCE))
    after = assignment("c", ("lead", HOUSING)) + assignment("d", ("responsible", HOUSING), ("responsible", EVERYBODY))
    first, second = changes(before, after, AGENCIES)
    assert {first.name, second.name} == {FINANCE, HOUSING}
    housing = first if first.name == HOUSING else second
    assert (housing.before, housing.after, housing.difference, housing.lead_before, housing.lead_after) == (1, 2, 1, 0, 1)
    assert (housing.share_before, housing.share_after, housing.shift) == (0.3333, 1.0, 0.6667)


@pytest.mark.parametrize(
    ("deadline", "span", "period"),
    [
        pytest.param("2025-06-30", "month", "2025-06", id="day to month"),
        pytest.param("2025-06-30", "quarter", "2025-Q2", id="day to quarter"),
        pytest.param("2025-07", "quarter", "2025-Q3", id="month to quarter"),
        pytest.param("2025", "quarter", "2025-Q4", id="a bare year is its end"),
        pytest.param("2025-01-01", "year", "2025", id="day to year"),
        pytest.param("每年", "year", "", id="recurring"),
        pytest.param("3年内", "quarter", "", id="relative"),
        pytest.param("", "month", "", id="none"),
    ],
)
def test_periods(deadline: str, span: Span, period: str) -> None:
    assert period_of(deadline, span) == period


def test_duties_that_fall_due_together() -> None:
    (jam,) = bottlenecks(duties(), AGENCIES)
    assert (jam.name, jam.period, jam.duties, jam.lead, jam.policies, jam.share) == (HOUSING, "2025-Q2", 2, 1, 1, 0.6667)
    assert [(j.name, j.duties) for j in bottlenecks(duties(), AGENCIES, "year")] == [(HOUSING, 3), (FINANCE, 2)]
    assert bottlenecks(duties(), AGENCIES, "month") == []


def target(key: str, **other: str) -> TargetRow:
    text = {"indicator": "公共停车泊位", "op": "=", "value": "100", "unit": "个", "change": "", "baseline": "", "by": ""} | other
    return TargetRow(
        iri=key, kind=text.get("kind", "target"), indicator=text["indicator"], op=text["op"], value=text["value"], unit=text["unit"],
        change=text["change"], baseline=text["baseline"], by=text["by"], clause="一", policy=text.get("policy", PLAN),
        policy_title=text.get("title", "云陵市停车方案"), policy_number="", evidence=Evidence("yunling.txt", 1, 9, "一百个"),
    )  # fmt: skip


def facts() -> Facts:
    """A plan of 2022 and a scheme of 2024 of 云陵市, and a scheme of 望海市; the scheme repeals the plan."""
    plan = policy(PLAN, "云陵市停车设施建设实施方案", number="云政办〔2022〕20号", dated="2022-06-01")
    scheme = policy("p:scheme", "云陵市停车新方案", dated="2024-03-01")
    other = dataclasses.replace(policy("p:sea", "望海市停车方案", dated="2023-01-01"), place="望海市")
    undated = policy("p:undated", "云陵市停车须知", dated="")
    law = policy("p:law", "中华人民共和国道路交通安全法", resolved=False)
    rows = [dataclasses.replace(d, policy_dated="2022-06-01") for d in duties()]
    newer = [dataclasses.replace(d, policy_dated="2024-03-01") for d in assignment("n", ("lead", POLICE), policy="p:scheme")]
    sea = [dataclasses.replace(d, policy_dated="2023-01-01") for d in assignment("s", ("lead", "望海市财政局"), policy="p:sea")]
    clause = BareClause(PLAN, plan.title, plan.number, "三", "加强保障", Evidence("yunling.txt", 90, 99, "三、加强保障"))
    return judged(
        Facts(
            duties=(*rows, *newer, *sea),
            agencies=(*AGENCIES, agency("望海市财政局", place="望海市")),
            policies=(scheme, other, plan, undated, law),
            links=(link("p:scheme", "repeals", PLAN, start=50), link(PLAN, "basis", "p:law", resolved=False)),
            targets=(target("t:1"), target("t:2", policy="p:scheme")),
            clauses=(clause,),
        )
    )


@pytest.mark.parametrize(
    ("scope", "policies", "count"),
    [
        pytest.param(Scope(), {PLAN, "p:scheme", "p:sea", "p:undated", "p:law"}, 10, id="everything"),
        pytest.param(Scope(city="云陵市"), {PLAN, "p:scheme", "p:undated", "p:law"}, 9, id="a city"),
        pytest.param(Scope(city="望海市"), {"p:sea"}, 1, id="another city"),
        pytest.param(Scope(until=2022), {PLAN, "p:law"}, 8, id="until a year"),
        pytest.param(Scope(since=2023, until=2023), {"p:sea"}, 1, id="one year"),
        pytest.param(Scope(since=2023), {"p:scheme", "p:sea", PLAN}, 2, id="what they cite stays as a name"),
        pytest.param(Scope(policy="新方案"), {"p:scheme", PLAN}, 1, id="title"),
        pytest.param(Scope(policy="云政办〔2022〕20号"), {PLAN, "p:law"}, 8, id="number"),
        pytest.param(Scope(as_of="2022-07-01"), {PLAN, "p:undated", "p:law"}, 8, id="day before the others"),
        pytest.param(Scope(as_of="2024-03-01"), {"p:scheme", "p:sea", "p:undated", PLAN}, 2, id="day of the repeal"),
        pytest.param(Scope(city="长安市"), set(), 0, id="no such city"),
    ],
)
def test_scope(scope: Scope, policies: set[str], count: int) -> None:
    part = within(facts(), scope)
    assert {p.iri for p in part.policies} == policies
    assert len(part.duties) == count
    assert {k.policy for k in part.links} <= policies and {t.policy for t in part.targets} <= policies


def test_scope_says_how_many_documents_bear_no_date() -> None:
    assert (within(facts(), Scope(since=2022)).undated, within(facts(), Scope()).undated) == (1, 0)


def test_halves_of_the_years() -> None:
    assert halves(facts()) == ((2022, 2022), (2023, 2024))
    assert halves(Facts()) == ((0, 0), (0, 0))


@pytest.mark.parametrize("name", list(TABLES))
def test_every_column_of_a_table_is_explained_in_a_sentence(name: str) -> None:
    table, explained = TABLES[name], notes(name)
    rows = table.rows(facts(), Choices())
    if rows:
        fields = {f.name for f in dataclasses.fields(rows[0])}
        assert {n.field for n in explained} <= fields and set(table.lead) <= fields
    assert set(table.brief) <= {n.field for n in explained} | set(table.lead)
    assert all(
        n.zh.endswith("。") and n.en.endswith(".") and n.zh.count("。") == 1 and n.label_zh and n.label_en for n in explained
    )
    assert len({n.field for n in explained}) == len(explained)


@pytest.mark.parametrize("name", list(TABLES))
def test_the_order_of_rows_changes_no_table(name: str) -> None:
    whole, mixed = facts(), facts()
    shuffled = {}
    for field in ("duties", "agencies", "links"):
        rows = list(getattr(mixed, field))
        random.Random(3).shuffle(rows)
        shuffled[field] = tuple(rows)
    again = dataclasses.replace(mixed, **shuffled)  # type: ignore[arg-type]
    assert TABLES[name].rows(again, Choices()) == TABLES[name].rows(whole, Choices())


def test_an_empty_graph_has_empty_tables() -> None:
    assert all(not table.rows(judged(Facts()), Choices()) for table in TABLES.values())


def test_codes_have_words_in_both_languages() -> None:
    assert all(zh and en and zh != en for zh, en in WORDS.values())


def test_policies_without_a_known_agency_row_still_count() -> None:
    rows: list[PolicyRow] = [policy("p:1", "云陵市停车方案")]
    part = within(judged(Facts(duties=tuple(duties()), policies=tuple(rows))), Scope(city="云陵市"))
    assert part.duties == ()
