"""Figures of lists: standards behind a label, tasks of a year, shares of a class, columns that report what has been done."""

from __future__ import annotations

from typing import Any

import pytest

from extract.targets.find import find_targets
from tests.extract.targets.texts import read, short
from tests.factories import policy

STANDARDS = [
    pytest.param("补贴标准：城市700元/月，农村6000元/年。", [(700, "元/月"), (6000, "元/年")], id="a label, then each class"),
    pytest.param("补贴标准：70周岁以上老人，50元/人/月；90周岁以上老人，100元/人/月。", [(50, "元/人/月"), (100, "元/人/月")], id="ages are no sums"),
    pytest.param("救助标准：不超过低保标准的6倍。", [(6, "倍")], id="a multiple of a standard"),
    pytest.param("申报标准：年产值5000万元以上，税收100万元以上。", [], id="what an applicant must have"),
    pytest.param("收费标准：小型车5元/小时。", [], id="what is charged is not given"),
]


@pytest.mark.parametrize(("text", "expected"), STANDARDS)
def test_standards_behind_a_label(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert [(r.value, r.unit) for r in read(text) if r.kind == "support"] == expected


TASKS = [
    pytest.param("2023年云陵市民生实事项目", "城镇就业15000人，增加学位5000个，其中小学4000个。", [15000, 5000, 4000], id="projects for the people"),
    pytest.param("云陵市2023年停车工作任务分解表", "公交线路3条，充电桩700个。", [3, 700], id="a breakdown of tasks"),
    pytest.param("云陵市青溪河治理实施方案", "城镇就业15000人，增加学位5000个。", [], id="in a scheme such a figure may be background"),
    pytest.param("云陵市2023年重点任务分工方案", "地铁投资80亿元以上，推进300个行政村通光纤，安排专项债券40亿元。", [80, 300, 40], id="a division of tasks"),
    pytest.param("云陵市青溪河治理实施方案", "地铁投资80亿元以上，推进300个行政村通光纤。", [], id="as much in a scheme"),
]


@pytest.mark.parametrize(("title", "text", "expected"), TASKS)
def test_tasks_of_a_year(title: str, text: str, expected: list[float]) -> None:
    assert [r.value for r in read(text, title=title)] == expected


SHARES = [
    pytest.param("到2025年，90%以上的研发机构设立在企业。", [("研发机构设立在企业比例", ">=", 90, "%", "2025")], id="seated in"),
    pytest.param("到2025年，60%以上的职工参加培训。", [("职工参加培训比例", ">=", 60, "%", "2025")], id="take part"),
    pytest.param("到2025年，90%以上村达到标准。", [("村达到标准比例", ">=", 90, "%", "2025")], id="a class of one character"),
    pytest.param("到2025年，50平方公里以上建成区面积达到标准。", [("建成区面积", ">=", 50, "平方公里", "2025")], id="an area that reaches it"),
    pytest.param("对90%以上的产品来自本地的企业给予支持。", [], id="what a recipient must have"),
]


@pytest.mark.parametrize(("text", "expected"), SHARES)
def test_shares(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert short(read(text)) == expected


FLOORS = [
    pytest.param("农房每栋不超过4层。", [("农房每栋层数", "<=", 4, "层", None)], id="a limit of floors"),
    pytest.param("对6层以上的住宅加装电梯。", [], id="which houses are meant"),
]


@pytest.mark.parametrize(("text", "expected"), FLOORS)
def test_floors(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert short(read(text)) == expected


HEADED = [
    pytest.param("一、场地租金补贴。租用场地的，100平方米以下的每年不超过3000元。", [3000], id="the heading names the support"),
    pytest.param("一、场地租金。租用场地的，100平方米以下的每年不超过3000元。", [], id="the heading names none"),
    pytest.param("一、贷款贴息。对贷款给予全额贴息。", [100], id="全额贴息"),
    pytest.param("一、项目奖励。分别给予2万元、5万元的创业项目奖励（国家级的给予50万元奖励）。", [2, 5], id="a bracket behind the gift"),
]


@pytest.mark.parametrize(("text", "expected"), HEADED)
def test_supports_under_a_heading(text: str, expected: list[float]) -> None:
    assert [r.value for r in find_targets(policy(text)) if r.kind == "support"] == expected


MULTIPLES = [
    pytest.param("集中供养标准不低于低保标准的1.5倍。", [("集中供养标准", ">=", 1.5, "倍", None)], id="a floor before its base"),
    pytest.param("罚款不超过违法所得的3倍。", [], id="a fine"),
]


@pytest.mark.parametrize(("text", "expected"), MULTIPLES)
def test_multiples(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert short(read(text)) == expected


def test_a_column_that_reports_states_no_target() -> None:
    rows = "附件1\n序号\t年度任务目标\t责任单位\t完成情况\n1\t新建停车场3座\t市城管局\t完成基础施工30%，新建停车场1座\n"
    assert [(r.indicator, r.value) for r in find_targets(policy(rows))] == [("新建停车场", 3)]


LIMITS = [
    pytest.param("2023年12月底", "2023-12-31", id="the end of a month"),
    pytest.param("2023年12月", "2023-12-31", id="a bare month of a year"),
    pytest.param("持续推进", None, id="no time"),
    pytest.param("", None, id="an empty cell"),
]


@pytest.mark.parametrize(("limit", "by"), LIMITS)
def test_a_column_of_time_limits(limit: str, by: str | None) -> None:
    rows = f"附件1\n序号\t年度任务目标\t责任单位\t完成时限\n1\t新建停车场3座\t市城管局\t{limit}\n"
    assert [(r.value, r.by) for r in find_targets(policy(rows))] == [(3, by)]
