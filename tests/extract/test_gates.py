"""What is looked at first, to save the search, lets through all that the search would find."""

import re

import pytest

from extract.agencies import rosters
from extract.dates import _DEADLINE, _read, find_deadlines
from extract.policies import layout
from extract.targets import figures

TIMES = [
    pytest.param("本办法有效期至2025年12月31日", id="the longest words before a year"),
    pytest.param("截止到二〇二五年底前", id="year in characters"),
    pytest.param("今年底前、明年6月底前完成", id="what follows 年 alone"),
    pytest.param("“十四五”末，未来三年，今后十五年内", id="plan and period"),
    pytest.param("第三季度前，上半年内，10月15日之前", id="quarter, half, day"),
    pytest.param("每两年、每学期、全年开展", id="rhythm"),
    pytest.param("到达现场后即行处置", id="no time"),
]


@pytest.mark.parametrize("text", TIMES)
def test_no_deadline_is_passed_over(text: str) -> None:
    for words in (text, "云陵市" + text, text * 2):
        for start in range(len(words)):
            every = [d for m in _DEADLINE.finditer(words, start) if (d := _read(words, m, None))]
            assert list(find_deadlines(words, start)) == every


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("领导小组成员单位：市财政局、市民政局", id="kind and members"),
        pytest.param("市防汛指挥部（以下简称市防指），成员包括：市财政局", id="bracket and comma"),
        pytest.param("市安全生产委员会\n组成人员名单", id="line end"),
        pytest.param("（云陵市联席会议）由市财政局、市民政局组成", id="a bracket closes behind the kind"),
        pytest.param("工作专班，由市财政局、市民政局等组成", id="comma and 由"),
        pytest.param("其成员由市财政局、市民政局组成", id="members without a kind"),
    ],
)
def test_no_roster_is_passed_over(text: str) -> None:
    assert rosters._lists_members(text)
    assert rosters._MAY_SAY.search(text) or "成员由" in text


@pytest.mark.parametrize(
    "label",
    [
        "第一责任单位", "主要责任单位", "主办单位", "共同牵头单位", "直接责任部门", "市级责任单位", "省直责任单位", "县级牵头单位", "区级责任单位", "州级责任单位",
        "县区责任单位", "具体责任单位", "总牵头单位", "牵头单位", "责任单位", "负责单位", "承办单位", "配合单位", "参与单位", "参加单位", "协办单位", "协助单位",
        "协同单位", "支持单位", "落实单位", "实施单位", "主管部门", "会办单位", "执行单位", "-责任单位", "– 责任单位", "•责任单位",
    ],
)  # fmt: skip
def test_a_line_that_a_label_opens_is_looked_at(label: str) -> None:
    assert layout._CUT_LABEL.match(f"{label}：")
    assert label[0] in layout._LABEL_FIRST


def test_no_unit_is_passed_over() -> None:
    """The look-ahead of a range passes over any unit: it stops at stops, digits and dashes."""
    assert not [unit for unit in figures.units() if re.search(rf"[，。；、\n\d{figures._DASHES}]", unit)]
    for unit in figures.units():
        for text in (f"3—5{unit}", f"3{unit}—5{unit}", f"3千万{unit}—5千万{unit}"):
            assert figures._pattern().search(text)["num2"] == "5"  # type: ignore[index]
        assert figures._pattern().search(f"不少于3{unit}")["unit"] == unit  # type: ignore[index]
