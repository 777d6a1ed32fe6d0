"""Figures as plans state them: lists behind an announcement, numbers for each place, rhythms inside a list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from extract.models import Clause
from extract.targets.find import find_targets
from tests.extract.targets.texts import policy, read, short

TARGETS = [
    pytest.param(
        "到2027年新增实验室3个，每年实施技改项目20个，建成示范车间15个。",
        [("新增实验室", "=", 3, "个", "2027"), ("实施技改项目", "=", 20, "个", "每年"), ("建成示范车间", "=", 15, "个", "2027")],
        id="a rhythm inside a list holds for its own item",
    ),
    pytest.param(
        "每年储备项目20个，签约项目15个。",
        [("储备项目", "=", 20, "个", "每年"), ("签约项目", "=", 15, "个", "每年")],
        id="a rhythm that opens a list holds for all",
    ),
    pytest.param(
        "到2026年底、2027年底，供水普及率分别达到90%、95%。",
        [("供水普及率", "=", 90, "%", "2026-12-31"), ("供水普及率", "=", 95, "%", "2027-12-31")],
        id="a date for each figure",
    ),
    pytest.param(
        "2026年、2027年分别新建泵站5座、6座。",
        [("分别新建泵站", "=", 5, "座", "2026"), ("分别新建泵站", "=", 6, "座", "2027")],
        id="a year for each figure",
    ),
    pytest.param(
        "到2026年起步，到2027年农村自来水、天然气普及率分别达到90%、95%。",
        [("农村自来水普及率", "=", 90, "%", "2027"), ("天然气普及率", "=", 95, "%", "2027")],
        id="two dates that are no list",
    ),
    pytest.param(
        "培育产值超亿元企业10家、超10亿元企业2家。",
        [("培育产值超亿元企业", "=", 10, "家", None), ("超10亿元企业", "=", 2, "家", None)],
        id="things told apart by their size",
    ),
    pytest.param("供水工程覆盖全市90%以上的行政村。", [("供水工程覆盖全市行政村比例", ">=", 90, "%", None)], id="a share that is covered"),
    pytest.param("超过60%的行政村达到整洁标准。", [("行政村达到整洁标准比例", ">", 60, "%", None)], id="a share that reaches something"),
    pytest.param("每年举办不少于3次的专题培训。", [("专题培训", ">=", 3, "次", "每年")], id="的 behind the number"),
    pytest.param("人均受教育年限达到11.3年。", [("人均受教育年限", "=", 11.3, "年", None)], id="what is measured in time"),
    pytest.param("全县整合成4个乡镇供水站。", [("乡镇供水站", "=", 4, "个", None)], id="整合成"),
    pytest.param(
        "到2027年力争1个园区纳入国家示范名单，2—3个园区服务能力提升。",
        [("园区纳入国家示范名单", "=", 1, "个", "2027"), ("园区服务能力提升", "=", (2, 3), "个", "2027")],
        id="力争 before the number of things that reach something",
    ),
    pytest.param("实施河道整治3—5项，恢复行洪能力。", [("实施河道整治", "=", (3, 5), "项", None)], id="a range is planned, also without a date"),
    pytest.param("在建成40座泵站的基础上，新建泵站12座。", [("新建泵站", "=", 12, "座", None)], id="on top of what is there"),
    pytest.param("每个县区组建一支救援队。", [("每个县区组建救援队", "=", 1, "支", None)], id="one for each place, in characters"),
    pytest.param(
        "实现光纤网络城乡全面覆盖、产业园区全覆盖和边远村按需覆盖。",
        [("光纤网络城乡覆盖率", "=", 100, "%", None), ("产业园区覆盖率", "=", 100, "%", None)],
        id="two that are covered",
    ),
]


@pytest.mark.parametrize(("text", "expected"), TARGETS)
def test_target(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert short(read(text)) == expected


NOT_TARGETS = [
    pytest.param("在实现30户以上村庄通公交的基础上，解决末端出行问题。", id="what a task builds on"),
    pytest.param("实施河道整治4项，恢复行洪能力。", id="a number of works without a date"),
    pytest.param("对不少于3次的违规行为予以通报。", id="a threshold with 的"),
    pytest.param("控股比例超过60%的企业列入名录。", id="a share that describes"),
    pytest.param("超过20%的部分由企业处理。", id="a share and the rest"),
    pytest.param("公示时间为7天。", id="how long something takes"),
    pytest.param("连续缴费年限达到15年的，享受待遇。", id="a threshold in time"),
    pytest.param("确保签约一批、开工一批。", id="a slogan"),
    pytest.param("项目占地20—30亩，河道宽200—300米。", id="ranges that describe"),
    pytest.param("每组3—5人，设组长1名。", id="a range of people"),
    pytest.param("到2027年，力争6部门联合执法机制有效运转。", id="部门 is no unit"),
    pytest.param("到2027年，确保全市45个乡镇稳定达标。", id="places that are there"),
    pytest.param("每个村的一个重点任务是清理河道。", id="one of the tasks of each"),
    pytest.param("每个乡镇派一名干部参会，组建一支队伍。", id="a person of each, one for all"),
]


@pytest.mark.parametrize("text", NOT_TARGETS)
def test_no_target(text: str) -> None:
    assert short(read(text)) == []


FUNDS = [
    pytest.param("落实社区办公经费、活动经费分别6万元的保障标准。", "=", 6, None, id="standard behind the sum"),
    pytest.param("按每村每年8万元的标准落实村级组织运转经费。", "=", 8, "每年", id="funds behind the standard"),
    pytest.param("村级组织运转经费按照每村每年不低于9万元的标准予以保障。", ">=", 9, "每年", id="funds before the standard"),
]


@pytest.mark.parametrize(("text", "op", "value", "by"), FUNDS)
def test_funds_by_a_standard_are_given(text: str, op: str, value: int, by: str | None) -> None:
    assert [(r.kind, r.op, r.value, r.unit, r.by) for r in read(text)] == [("support", op, value, "万元", by)]


ANNOUNCED = [
    pytest.param("到2027年，重点实现以下目标：\n——供水更加稳定。新建泵站12座。", "二、主要任务", "2027", id="items behind dashes"),
    pytest.param("到2027年，实现以下目标：\n供水更加稳定。新建泵站12座。", "二、主要任务", "2027", id="paragraphs behind a colon"),
    pytest.param("到2027年，供水能力增强。\n——供水更加稳定。新建泵站12座。", "二、主要目标", "2027", id="dashes behind a sentence of goals"),
    pytest.param("到2027年，供水能力增强。\n——供水更加稳定。新建泵站12座。", "二、主要任务", None, id="dashes behind a sentence that is no goal"),
    pytest.param("（二）目标。到2027年，供水能力增强。\n供水更稳。新建泵站12座。", "目标", "2027", id="paragraphs behind one that opens with its date"),
    pytest.param("（二）目标。\n到2027年，供水能力增强。\n供水更稳。新建泵站12座。", "目标", "2027", id="opening below the heading"),
    pytest.param("（二）目标。供水能力到2027年增强。\n供水更稳。新建泵站12座。", "目标", None, id="a date inside the paragraph before"),
    pytest.param("（二）任务。到2027年，供水能力增强。\n供水更稳。新建泵站12座。", "任务", None, id="an opening that is no goal"),
    pytest.param("（二）目标。到2027年，供水增强。\n——分项如下：\n——新建泵站12座。", "目标", "2027", id="words without a date in between"),
    pytest.param("到2025年见效，到2027年实现以下目标：\n——供水更加稳定。新建泵站12座。", "二、主要目标", None, id="two dates"),
]


@pytest.mark.parametrize(("text", "heading", "by"), ANNOUNCED)
def test_date_of_the_words_that_announce_a_list(text: str, heading: str, by: str | None) -> None:
    assert [r.by for r in read(text, heading=heading)] == [by]


def test_row_of_a_table_and_a_sentence_both_count() -> None:
    text = "到2025年，供水普及率达到95%。供水普及率达到95%。\n指标\t单位\t2020年\t2025年\n供水普及率\t%\t90\t95"
    assert [(r.value, r.by, r.baseline) for r in read(text)] == [(95, "2025", None), (95, "2025", 90)]


def test_date_of_a_clause_whose_items_are_numbered() -> None:
    lead = "（一）主要目标。到2027年，实现以下目标："
    text = f"云陵市供水规划，2026年3月：\n{lead}\n1.新建泵站12座。\n2.管网长度达到300公里。"
    first, second = text.index("1."), text.index("2.")
    clauses = (
        Clause("", "", "", "root", 0, 0, len(text)),
        Clause("（一）", "（一）", "（一）", "paren", 1, text.index(lead), len(text), "主要目标", ""),
        Clause("（一）/1", "（一）/1", "1", "dot", 2, first, second, "", "（一）"),
        Clause("（一）/2", "（一）/2", "2", "dot", 2, second, len(text), "", "（一）"),
    )
    assert [r.by for r in find_targets(replace(policy(text), clauses=clauses))] == ["2027", "2027"]
    flat = tuple(replace(c, parent="") if c.parent else c for c in clauses)  # the addressee's colon announces no list
    assert [r.by for r in find_targets(replace(policy(text), clauses=flat))] == [None, None]
