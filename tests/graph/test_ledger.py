"""The rows of a ledger: chosen, in order, with the standing of their policies, and the groups that an agency belongs to."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from extract.models import CitationRecord, DutyRecord, MemberRecord, Record
from graph import answers
from graph.bodies import agencies, agencies_of
from graph.build import build
from graph.iris import agency_iri, policy_iri
from graph.ledger.groups import Groups, belongs, group_rules
from graph.ledger.rows import Filters, Ledger, content_of, due_day, ledger, ledgers, shortened, whole_figures
from graph.standing import Life, Repeal, Standing, day_before, lives, lives_of
from graph.store import Store, open_store
from tests.graph.ledger_rows import agency
from tests.graph.records import OLD, PARKING, PLAN, cite, clause, duty, everything, member, policy

RENEWAL = "停车设施改造方案"


def renewal() -> list[Record]:
    """A later scheme that repeals the opinion from a day on, gives duties to groups, and lists the members of a leading group."""
    counties = {"agency_kind": "group", "agency_tier": "city"}
    leading = "云陵市停车工作领导小组"
    return [
        policy(RENEWAL, "云陵市停车设施改造方案", "云政办〔2024〕5号", source="d.txt", dated="2024-03-01", effective="2024-06-01"),
        clause(RENEWAL, "", "制定本方案。", None, "d.txt"),
        clause(RENEWAL, "一", "一改造老旧停车场", "", "d.txt"),
        clause(RENEWAL, "三", "三、市停车工作领导小组成员单位名单如下。", "", "d.txt"),
        member(RENEWAL, "三", 300, "市城管局", "云陵市城市管理局", leading, role="deputy", source="d.txt"),
        member(RENEWAL, "三", 310, "市财政局", "云陵市财政局", leading, source="d.txt"),
        member(RENEWAL, "三", 320, "市公安局", "云陵市公安局", leading, source="d.txt"),
        cite(RENEWAL, "云陵市推进停车设施建设的意见", "云政办〔2023〕7号", "repeals", 20, source="d.txt"),
        cite(RENEWAL, "云陵市停车三年行动计划", "云政办〔2023〕9号", "repeals", 60, source="d.txt", cited_clause="第三条"),
        duty(RENEWAL, "一", 200, "各县区政府", "云陵市各县区人民政府", "responsible", source="d.txt", deadline="2025-06-30", **counties),
        duty(RENEWAL, "一", 210, "各成员单位", "云陵市停车工作领导小组成员单位", "support", order=1, source="d.txt", **counties),
        duty(RENEWAL, "一", 220, "青溪县政府", "云陵市青溪县人民政府", "lead", order=2, source="d.txt", agency_kind="government",
             agency_place="云陵市青溪县", agency_tier="county"),
        duty(RENEWAL, "一", 230, "市城管局", "云陵市城市管理局", "support", order=3, source="d.txt", deadline="每年"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("ledger")
    build([*everything(), *renewal()], folder, extractor="zhize-test")
    return open_store(folder)


def of(store: Store, name: str, filters: Filters | None = None, sort: str = "policy") -> Ledger:
    (found,) = agencies_of(store, [agency_iri(name).value])
    return ledger(store, found, filters, sort)  # type: ignore[arg-type]


DUE = [
    pytest.param("2025-06-30", "2025-06-30", id="day"),
    pytest.param("2024-02", "2024-02-29", id="month ends with its last day"),
    pytest.param("2025", "2025-12-31", id="year ends in December"),
    pytest.param("每年", "", id="a rhythm is no day"),
    pytest.param("3年内", "", id="a span is no day"),
    pytest.param("2025-13-01", "", id="no such month"),
    pytest.param("", "", id="none"),
]


@pytest.mark.parametrize(("deadline", "day"), DUE)
def test_due_day(deadline: str, day: str) -> None:
    assert due_day(deadline) == day


PART = Repeal("a", "1", "2022-05-01", "第三条", ("第三条",))
STANDINGS = [
    pytest.param(Life(), "2024-01-01", "in_force", id="no dates: in force"),
    pytest.param(Life("2024-02-01"), "2024-01-31", "pending", id="day before it begins"),
    pytest.param(Life("2024-02-01"), "2024-02-01", "in_force", id="day on which it begins"),
    pytest.param(Life("2020-01-01", "2023-12-31"), "2023-12-31", "in_force", id="last day"),
    pytest.param(Life("2020-01-01", "2023-12-31"), "2024-01-01", "expired", id="day after the last"),
    pytest.param(Life("2020-01-01", "", (Repeal("a", "1", "2022-05-01"),)), "2022-04-30", "in_force", id="day before the repeal"),
    pytest.param(Life("2020-01-01", "", (Repeal("a", "1", "2022-05-01"),)), "2022-05-01", "repealed", id="day of the repeal"),
    pytest.param(Life("", "", (Repeal("a", "1", ""),)), "1990-01-01", "repealed", id="repeal without a date"),
    pytest.param(Life("", "", (Repeal("a", "1", "2022-05-01", "第三条"),)), "2023-01-01", "in_force", id="partial repeal"),
    pytest.param(Life("", "2021-01-01", (Repeal("a", "1", "2022-05-01"),)), "2023-01-01", "expired", id="what has expired is not repealed"),
    pytest.param(Life("", "2022-05-31", (Repeal("a", "1", "2022-05-01"),)), "2023-01-01", "repealed", id="repealed before it expires"),
    pytest.param(Life("", "2022-04-30", (Repeal("a", "1", "2022-05-01"),)), "2022-05-01", "repealed", id="repealed as it expires"),
    pytest.param(Life("", "", (Repeal("a", "1", "2022"),)), "2022-01-01", "repealed", id="repealed from a year on"),
    pytest.param(Life("", "", (PART,), clause="第三条/第一款"), "2022-05-01", "repealed", id="a clause of a repealed one"),
    pytest.param(Life("", "", (PART,), clause="第三条之一"), "2022-05-01", "in_force", id="a clause of another label"),
    pytest.param(Life(held=False), "2022-05-01", "unknown", id="only cited"),
    pytest.param(Life("", "", (Repeal("a", "1", "2022-05-01"),), held=False), "2022-05-01", "repealed", id="cited, repealed"),
    pytest.param(Life("", "", (Repeal("a", "1", "2023-01-01"), Repeal("b", "2", "2022-01-01"))), "2022-06-01", "repealed",
                 id="the earliest of two repeals"),
]  # fmt: skip


@pytest.mark.parametrize(("standing", "day", "code"), STANDINGS)
def test_standing_on_a_day(standing: Life, day: str, code: str) -> None:
    assert standing.on(day).state == code


def test_standings_of_a_store(city: Store) -> None:
    found = lives(city)
    parking = found[policy_iri(PARKING).value]
    assert (parking.begins, parking.expires) == ("2023-05-04", "2026-05-03")
    by = policy_iri(RENEWAL).value
    repeal = Repeal("云陵市停车设施改造方案", "云政办〔2024〕5号", "2024-06-01", by=by)  # from the day it takes effect
    assert parking.repeals == (repeal,)
    assert (parking.on("2024-06-01"), parking.last) == (Standing("repealed", "2024-06-01", by), "2024-05-31")
    assert found[policy_iri(PLAN).value].repeals == (dataclasses.replace(repeal, clause="第三条"),)
    assert found[policy_iri(OLD).value].repeals == ()  # a document does not repeal itself
    assert lives(city, [policy_iri(PARKING).value]) == {policy_iri(PARKING).value: parking}


def test_rows_and_store_say_the_same(city: Store) -> None:
    from_rows = {iri: life for iri, life in lives_of(answers.policies(city), answers.links(city)).items() if life.held}
    assert from_rows == lives(city)


@pytest.mark.parametrize(
    ("day", "before"),
    [("2024-03-01", "2024-02-29"), ("2024-05", "2024-04-30"), ("2024", "2023-12-31"), ("", ""), ("每年", ""), ("0001-01-01", "")],
)
def test_day_before(day: str, before: str) -> None:
    assert day_before(day) == before


def test_repeal_with_a_day_of_its_own(tmp_path: Path) -> None:
    repeal = cite(
        RENEWAL, "云陵市推进停车设施建设的意见", "云政办〔2023〕7号", "repeals", 20, source="d.txt", from_date="2024-09-01"
    )
    others = [r for r in renewal() if not isinstance(r, CitationRecord)]
    build([*everything(), *others, repeal], tmp_path, extractor="zhize-test")
    assert lives(open_store(tmp_path))[policy_iri(PARKING).value].repeals[0].day == "2024-09-01"


AS_OF = [
    pytest.param("2023-05-03", set(), 4, id="before any"),
    pytest.param("2023-05-04", {"云政办〔2023〕7号"}, 3, id="day of issue"),
    pytest.param("2024-05-31", {"云政办〔2023〕7号", "云政办〔2023〕9号"}, 0, id="day before the repeal"),
    pytest.param("2024-06-01", {"云政办〔2023〕9号"}, 2, id="repealed"),
]


@pytest.mark.parametrize(("day", "numbers", "_"), AS_OF)
def test_as_of_leaves_out_what_is_not_in_force(day: str, numbers: set[str], _: int, city: Store) -> None:
    found = of(city, "云陵市财政局", Filters(as_of=day))
    assert {r.duty.policy_number for r in found.rows} == numbers
    assert len(found.rows) + found.left_out == len(of(city, "云陵市财政局").rows) == 2


def test_filters(city: Store) -> None:
    everything = of(city, "云陵市财政局").rows
    assert [r.duty.role for r in of(city, "云陵市财政局", Filters(role="support")).rows] == ["support"]
    assert [r.duty.policy_number for r in of(city, "云陵市财政局", Filters(policy="三年行动")).rows] == ["云政办〔2023〕9号"]
    assert [r.due for r in of(city, "云陵市财政局", Filters(due_before="2024-06-30")).rows] == ["2024-06-30"]
    assert of(city, "云陵市财政局", Filters(due_before="2024-06-29")).rows == ()  # nor what has no day
    assert len(everything) == 2


def test_what_has_ended_is_judged_on_the_day_of_the_newest_document(city: Store) -> None:
    newest = max(p.dated for p in answers.policies(city) if p.resolved)
    assert of(city, "云陵市财政局").day == newest
    assert of(city, "云陵市财政局", Filters(as_of="2023-05-04")).day == "2023-05-04"
    assert {made.day for made in ledgers(city, agencies(city))} == {newest}


def test_order(city: Store) -> None:
    by_policy, by_deadline = of(city, "云陵市城市管理局").rows, of(city, "云陵市城市管理局", sort="deadline").rows
    assert [r.duty.policy_dated for r in by_policy] == ["2024-03-01", "2023-05-04"]
    assert [r.duty.deadline for r in by_deadline] == ["2025", "每年"]  # what has no day comes last
    assert set(by_policy) == set(by_deadline)


def test_ledgers_of_all_are_those_of_each(city: Store) -> None:
    for groups in (False, True):
        filters = Filters(groups=groups)
        found = {made.agency.name: made for made in ledgers(city, agencies(city), filters)}
        assert found == {name: of(city, name, filters) for name in found}
        assert len(found) == len(agencies(city))


def test_groups_reach_their_members(city: Store) -> None:
    county = of(city, "云陵市青溪县人民政府", Filters(groups=True))
    assert [(r.duty.role, r.group) for r in county.rows] == [("responsible", "云陵市各县区人民政府"), ("lead", "")]
    assert [r.group for r in of(city, "云陵市青溪县人民政府").rows] == [""]


def test_members_are_those_that_a_document_lists(city: Store) -> None:
    groups = {name: [g.name for g in Groups(city).of(row)] for row in agencies(city) for name in [row.name]}
    members = {name for name, found in groups.items() if "云陵市停车工作领导小组成员单位" in found}
    assert members == {"云陵市城市管理局", "云陵市财政局", "云陵市公安局"}


def test_members_that_no_document_lists(tmp_path: Path) -> None:
    facts = [r for r in renewal() if not isinstance(r, MemberRecord)]
    build(facts, tmp_path, extractor="zhize-test")
    store = open_store(tmp_path)
    assert {r.group for r in of(store, "云陵市城市管理局", Filters(groups=True)).rows} == {""}


def body(name: str) -> tuple[str, str, str]:
    """Place, tier and kind of an invented body."""
    for place, tier in (
        ("云陵市青溪县", "county"),
        ("云陵市白鹭区", "county"),
        ("青溪县柳河镇", "township"),
        ("云陵市", "city"),
        ("中州省", "province"),
    ):
        if name.startswith(place):
            return place, tier, "government" if name.endswith(("政府", "管理委员会")) else "department"
    return "青溪县", "county", "government"


@pytest.mark.parametrize("rule", group_rules(), ids=lambda rule: rule.group)
def test_examples_of_the_table_of_groups(rule: object) -> None:
    group, member, other = rule.group, rule.member_example, rule.other  # type: ignore[attr-defined]
    place = group[: group.index("各")]
    for name, expected in ((member, True), (other, False)):
        its_place, tier, kind = body(name)
        found = agency(name, its_place, tier, kind)
        assert belongs(found, group, place, "中州省" if tier == "city" else "") is expected, name


GROUPS = [
    pytest.param("云陵市各县区人民政府", "云陵市", "岚州市东湖区人民政府", "岚州市东湖区", "county", "government", False, id="county of another city"),
    pytest.param("云陵市各县人民政府", "云陵市", "云陵市白鹭区人民政府", "云陵市白鹭区", "county", "government", False, id="a district is no county"),
    pytest.param("云陵市各县区教育局", "云陵市", "云陵市青溪县教育局", "云陵市青溪县", "county", "department", True, id="bureaus of the counties"),
    pytest.param("云陵市各县区教育局", "云陵市", "云陵市青溪县人民政府", "云陵市青溪县", "county", "government", False, id="government is no bureau"),
    pytest.param("云陵市有关县区人民政府", "云陵市", "云陵市青溪县人民政府", "云陵市青溪县", "county", "government", False, id="有关 says not which"),
    pytest.param("云陵市各县区人民政府", "云陵市", "云陵市人民政府", "云陵市", "city", "government", False, id="the city itself"),
    pytest.param("云陵市各级人民政府", "云陵市", "云陵市人民政府", "云陵市", "city", "government", True, id="各级 holds the city itself"),
    pytest.param("云陵市各开发区管委会", "云陵市", "云陵市高新技术产业开发区管理委员会", "云陵市", "city", "government", True, id="zone"),
    pytest.param("中州省各县市区人民政府", "中州省", "云陵市青溪县人民政府", "云陵市青溪县", "county", "government", False, id="province unknown"),
    pytest.param("云陵市各管委会", "云陵市", "云陵市国有资产监督管理委员会", "云陵市", "city", "department", False, id="a commission is no zone"),
]  # fmt: skip


@pytest.mark.parametrize(("group", "place", "name", "its_place", "tier", "kind", "expected"), GROUPS)
def test_belongs(group: str, place: str, name: str, its_place: str, tier: str, kind: str, expected: bool) -> None:
    assert belongs(agency(name, its_place, tier, kind), group, place) is expected


CONTENTS = [
    pytest.param("盘活空间", "盘活空间", "（责任单位：市财政局）", "盘活空间。改造二十处。（责任单位：市财政局）", "。改造二十处。", id="up to the list"),
    pytest.param("盘活空间", "改造二十处", "", "盘活空间。改造二十处。", "", id="the task is a sentence of its own"),
    pytest.param("盘活空间", "盘活空间", "", "盘活空间。改造二十处。\n责任单位：市财政局", "。改造二十处。", id="a list on a line of its own"),
    pytest.param("盘活空", "盘活空", "", "盘活空\n间。改造二十处。", "间。改造二十处。", id="the heading runs on"),
    pytest.param("公交行动", "公交行动", "", "公交行动\n改造站亭二十座，新开线路三条。", "\n改造站亭二十座，新开线路三条。", id="the heading has its own line"),
    pytest.param("盘活空间", "盘活空间", "", "盘活空间。改造\n二十处。", "。改造二十处。", id="a broken line"),
    pytest.param("盘活空间", "盘活空间", "", "盘活空间。", "", id="nothing but a stop"),
    pytest.param("", "", "", "无标题。", "", id="no heading"),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "task", "quote", "text", "expected"), CONTENTS)
def test_content(heading: str, task: str, quote: str, text: str, expected: str) -> None:
    assert content_of(heading, task, quote, text) == expected


def test_shortened() -> None:
    assert shortened("甲。乙。", 10) == "甲。乙。"
    assert shortened("一二三。四五六。七八九。", 9) == "一二三。四五六。……"
    assert shortened("一二三四五六", 4) == "一二三四……"


def test_whole_figures() -> None:
    assert whole_figures(["奖励50万元", "奖励50万元、30万元", "不少于80个"]) == ("奖励50万元、30万元", "不少于80个")


def test_a_clause_with_two_lists_is_nobodys_content(tmp_path: Path) -> None:
    facts: list[Record] = [r for r in renewal() if not isinstance(r, DutyRecord)]
    for at, key in enumerate(("a", "b")):
        facts.append(
            duty(
                RENEWAL,
                "一",
                200 + at,
                "市财政局",
                "云陵市财政局",
                source="d.txt",
                assignment=key,
                task="改造老旧停车场",
                quote=f"（{key}）",
            )
        )
    build(facts, tmp_path, extractor="zhize-test")
    assert [r.content for r in of(open_store(tmp_path), "云陵市财政局").rows] == ["", ""]
