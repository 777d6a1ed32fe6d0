"""Rows: duties with partners and figures, agencies by any name, policies, links, figures, notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.models import Setting
from graph import answers
from graph.bodies import settings
from graph.build import build
from graph.rows import Evidence
from graph.store import Store, open_store
from tests.graph.records import PARKING, duty, everything, policy


def test_duties_of_an_agency(store: Store) -> None:
    plan, opinion = answers.duties(store, "云陵市财政局")
    assert (plan.policy_number, plan.clause, plan.clause_heading, plan.deadline) == (
        "云政办〔2023〕9号",
        "（一）",
        "加强资金保障",
        "2024-06-30",
    )
    assert (opinion.role, opinion.form, opinion.task) == ("support", "marker", "新建公共停车泊位")
    assert opinion.partners == (("lead", "云陵市城市管理局"), ("support", "云陵市公安局"))
    assert opinion.targets == ("新建公共停车泊位5000个", "周转率提高6.50%")
    assert opinion.evidence == Evidence("a.txt", 210, 214, "（牵头单位：市城管局；配合单位：市财政局、市公安局）")
    assert (opinion.policy_title, opinion.policy_dated) == ("云陵市推进停车设施建设的意见", "2023-05-04")
    assert (opinion.confidence, opinion.reason, opinion.order) == (1.0, "", 1)
    assert answers.duties(store, plan.agency_iri) == [plan, opinion]


@pytest.mark.parametrize(
    ("agency", "role", "policy_text", "count"),
    [
        ("云陵市财政局", None, None, 2),
        ("云陵市财政局", "support", None, 1),
        ("云陵市财政局", "responsible", None, 1),
        ("云陵市财政局", "lead", None, 0),
        ("云陵市财政局", None, "云政办〔2023〕7号", 1),
        ("云陵市财政局", None, "三年行动", 1),
        ("云陵市教育局", None, None, 0),
        ("有关单位", None, None, 1),
    ],
)
def test_duties_by_role_and_policy(store: Store, agency: str, *, role: str | None, policy_text: str | None, count: int) -> None:
    assert len(answers.duties(store, agency, role=role, policy=policy_text)) == count


def test_a_doubt_comes_with_its_reason(store: Store) -> None:
    (row,) = answers.duties(store, "有关单位")
    assert (row.confidence, row.reason, row.deadline, row.form) == (0.5, "未点名", "每年", "inline")


def test_all_duties_are_those_of_all_agencies(store: Store) -> None:
    rows = answers.all_duties(store)
    single = [d for a in answers.agencies(store) for d in answers.duties(store, a.iri)]
    assert len(rows) == 5 and sorted(rows, key=lambda r: r.iri) == sorted(single, key=lambda r: r.iri)
    assert [r.policy_dated for r in rows] == sorted((r.policy_dated for r in rows), reverse=True)
    assert {r.deadline for r in rows} == {"2025", "2024-06-30", "每年", ""}


def test_agencies_with_their_load(store: Store) -> None:
    rows = {r.name: r for r in answers.agencies(store)}
    assert next(iter(rows)) == "云陵市财政局" and "云陵市人民政府办公室" not in rows
    money = rows["云陵市财政局"]
    assert (money.duties, money.lead, money.responsible, money.support, money.policies) == (2, 0, 1, 1, 2)
    assert (money.place, money.tier, money.kind, money.known) == ("云陵市", "city", "department", True)
    vague = rows["有关单位"]
    assert (vague.place, vague.tier, vague.kind, vague.known) == ("", "", "unnamed", False)
    assert {r.name for r in answers.agencies(store, place="云陵")} == set(rows) - {"有关单位"}
    assert answers.agencies(store, city="白鹭区") == []


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("云陵市财政局", ["云陵市财政局"]),
        ("市财政局", ["云陵市财政局"]),
        ("财政局", ["云陵市财政局"]),
        ("市城管局", ["云陵市城市管理局"]),
        (" 云陵市 公安局", ["云陵市公安局"]),
        ("有关单位", ["有关单位"]),
        ("市教育局", []),
        ("", []),
    ],
)
def test_agencies_by_any_name(store: Store, written: str, names: list[str]) -> None:
    assert [r.name for r in answers.find_agencies(store, written)] == names


def test_a_body_of_several_places_is_ambiguous_until_a_place_is_named(tmp_path: Path) -> None:
    there = Setting("中州省", "望海市")
    other = [
        policy("w", "望海市停车意见", "望政〔2023〕1号", source="w.txt", setting=there, place="望海市"),
        duty("w", "", 5, "市财政局", "望海市财政局", source="w.txt", agency_place="望海市"),
    ]
    build(everything() + other, tmp_path)
    store = open_store(tmp_path)
    assert settings(store) == [Setting("中州省"), Setting("中州省", "云陵市"), there]
    assert {r.name for r in answers.find_agencies(store, "市财政局")} == {"云陵市财政局", "望海市财政局"}
    assert [r.name for r in answers.find_agencies(store, "市财政局", "望海")] == ["望海市财政局"]
    assert [r.name for r in answers.find_agencies(store, "望海市财政局")] == ["望海市财政局"]


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("财政", "云陵市财政局"),
        ("云陵市公安", "云陵市公安局"),
        ("云陵城市管理执法局", "云陵市城市管理局"),
        ("城局", "云陵市城市管理局"),
        ("量子计算中心", None),
        ("", None),
    ],
)
def test_nearest_agencies(store: Store, written: str, first: str | None) -> None:
    found = [r.name for r in answers.nearest_agencies(store, written)]
    assert (found[0] if found else None) == first


def test_policies_newest_first_then_the_cited(store: Store) -> None:
    rows = answers.policies(store)
    assert [(r.title, r.number, r.dated, r.resolved) for r in rows] == [
        ("云陵市停车管理办法", "", "2024-01-02", True),
        ("云陵市停车三年行动计划", "云政办〔2023〕9号", "2023-06-01", True),
        ("云陵市停车秩序整治方案", "云政办〔2023〕9号", "2023-06-01", True),
        ("云陵市推进停车设施建设的意见", "云政办〔2023〕7号", "2023-05-04", True),
        ("", "云政办〔2023〕9号", "", False),
        ("中州省停车管理条例", "", "", False),
        ("云陵市停车管理办法", "云政[2015] 3号", "", False),
        ("云陵市占道规定", "云政〔2011〕8号", "", False),
    ]
    opinion = next(r for r in rows if r.number == "云政办〔2023〕7号")
    assert (opinion.effective, opinion.expires, opinion.type, opinion.duties, opinion.targets) == (
        "issue",
        "2026-05-03",
        "意见",
        4,
        3,
    )
    assert (opinion.issuers, opinion.place) == (("云陵市人民政府办公室",), "云陵市")
    unlisted = next(r for r in rows if r.title == "云陵市停车秩序整治方案")
    assert unlisted.type == "整治方案"


def test_links_in_the_order_of_the_text(store: Store) -> None:
    rows = [r for r in answers.links(store) if r.evidence.source == "a.txt"]
    assert [(r.relation, r.cited_title, r.cited_number, r.cited_resolved) for r in rows] == [
        ("basis", "中州省停车管理条例", "", False),
        ("repeals", "云陵市停车管理办法", "云政[2015] 3号", False),
    ]
    assert rows[1].evidence.quote == "《云陵市停车管理办法》（云政[2015] 3号）"


@pytest.mark.parametrize(
    ("kind", "policy_text", "indicator", "count"),
    [
        (None, None, None, 3),
        ("target", None, None, 2),
        ("support", None, None, 1),
        (None, None, "泊位", 2),
        (None, "云政办〔2023〕9号", None, 0),
        (None, "停车设施", "奖补", 1),
    ],
)
def test_targets(store: Store, *, kind: str | None, policy_text: str | None, indicator: str | None, count: int) -> None:
    assert len(answers.targets(store, kind=kind, policy=policy_text, indicator=indicator)) == count


def test_notes(store: Store) -> None:
    (note,) = answers.notes(store)
    assert (note.kind, note.message, note.clause, note.policy_number) == ("agency", "未点名的单位", "二", "云政办〔2023〕7号")
    assert note.evidence == Evidence("a.txt", 300, 304, "有关单位")


def test_a_fact_without_clause_records_still_has_its_clause(tmp_path: Path) -> None:
    build([policy(PARKING, "甲", "云政〔2023〕1号"), duty(PARKING, "三/（一）", 5, "市教育局", "云陵市教育局")], tmp_path)
    (row,) = answers.all_duties(open_store(tmp_path))
    assert (row.clause, row.clause_heading) == ("三/（一）", "")


def test_no_answer_loads_rdflib() -> None:
    import subprocess
    import sys

    code = (
        "import sys; import graph.answers, graph.build, graph.named, graph.sparql, graph.export; sys.exit('rdflib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2]).returncode == 0
