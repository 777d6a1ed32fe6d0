"""Targets in tables: with their cells, with heads repeated on a new page, and with blanks that the layout took away."""

from __future__ import annotations

from typing import Any

import pytest

from extract.models import Clause, Paragraph, PolicyRecord, PolicyText, SourceText, TargetRecord
from extract.offsets import offsets_of
from extract.targets.find import find_targets
from tests.extract.targets.texts import read, short

HEAD = "类别\t主要指标\t单位\t2020年基础值\t2025年目标值\t属性"
TABLES = [
    pytest.param(f"{HEAD}\n水利\t供水保证率\t%\t90\t95\t预期性", [("供水保证率", "=", 95, "%", "2025", 90)], id="all cells"),
    pytest.param(
        f"{HEAD}\n\t灌溉面积\t万亩\t—\t50\t约束性", [("灌溉面积", "=", 50, "万亩", "2025", None)], id="spanned category, no base"
    ),
    pytest.param(f"{HEAD}\n水利\t堤防达标率\t%\t60\t>80\t预期性", [("堤防达标率", ">", 80, "%", "2025", 60)], id="sign in a cell"),
    pytest.param(f"{HEAD}\n水利\t水厂数\t个\t5\t8—10\t预期性", [("水厂数", "=", (8, 10), "个", "2025", 5)], id="range in a cell"),
    pytest.param(
        f"{HEAD}\n水利\t节水器具普及\t%\t60\t全覆盖\t预期性",
        [("节水器具普及", "=", 100, "%", "2025", 60)],
        id="full coverage in a cell",
    ),
    pytest.param(f"{HEAD}\n水利\t农民收入\t元\t9000\t增速高于全省\t预期性", [], id="words in a cell"),
    pytest.param(
        "主要指标\t2020年基础值\t2025年目标值\n货运量（亿吨）\t1.2\t2.5",
        [("货运量", "=", 2.5, "亿吨", "2025", 1.2)],
        id="unit in the name",
    ),
    pytest.param(
        "主要指标\t2020年基础值\t2025年目标值\t属性\n冷链流通率（%）\t果品\t30\t38\t预期性\n肉品\t\t50\t58\t预期性",
        [("果品冷链流通率", "=", 38, "%", "2025", 30), ("肉品冷链流通率", "=", 58, "%", "2025", 50)],
        id="sub-rows shifted by a spanned cell",
    ),
    pytest.param(
        "主要指标\t2020年\t2025年\n孕产妇死亡率（1/10万）\t11\t9", [("孕产妇死亡率", "=", 9, "1/10万", "2025", 11)], id="cases among so many"
    ),
    pytest.param("指标\t单位\t2020年\t2025年\n泵站\t座\t12\t20", [("泵站", "=", 20, "座", "2025", 12)], id="bare years"),
    pytest.param(
        "表1云陵水务目标（2021—2025年）\n类别\t指标\t单位\t数值\n水务\t管网\t公里\t800",
        [("管网", "=", 800, "公里", "2025", None)],
        id="year in the caption",
    ),
    pytest.param(
        "指标\t单位\t2025年目标\t2035年目标\n林地\t万亩\t30\t45",
        [("林地", "=", 30, "万亩", "2025", None), ("林地", "=", 45, "万亩", "2035", None)],
        id="two deadlines",
    ),
    pytest.param("序号\t工作任务\t牵头单位\n1\t建立台账\t市水利局", [], id="table of tasks"),
    pytest.param(
        "序号\t工作任务\t牵头单位\n1\t到2025年，灌溉率达到80%\t市水利局",
        [("灌溉率", "=", 80, "%", "2025", None)],
        id="sentence in a cell",
    ),
]


HEADS = [
    pytest.param("指标\t单位\t2020年值\t2025年值", id="values of years"),
    pytest.param("指标\t单位\t基期（2020年）\t目标（2025年）", id="years in brackets"),
    pytest.param("指标\t计量单位\t现状值（2020年）\t规划值（2025年）", id="value and year"),
    pytest.param("主要指标\t单位\t2020现状值\t2025目标值", id="years without 年"),
    pytest.param("主要指标\t单位\t“十三五”实际完成\t“十四五”目标", id="plans instead of years"),
    pytest.param("指标名称\t单位\t2020年底现状\t2025年底目标", id="ends of years"),
    pytest.param("指标内容\t单位\t2020年指标值\t2025年指标值", id="one word for both"),
    pytest.param("具体指标\t单位\t2020年基准值\t2025年发展目标", id="基准值"),
]


@pytest.mark.parametrize("head", HEADS)
def test_head(head: str) -> None:
    (record,) = read(f"{head}\n泵站\t座\t12\t20")
    assert (record.indicator, record.value, record.unit, record.by, record.baseline) == ("泵站", 20, "座", "2025", 12)


def test_columns_of_years_before_the_document_are_no_targets() -> None:
    years = "2022年\t2023年\t2024年"
    assert [r.by for r in read(f"指标\t单位\t{years}\n泵站\t座\t4\t5\t6", dated="2022-03-01")] == ["2022", "2023", "2024"]
    assert [r.by for r in read(f"指标\t单位\t{years}\n泵站\t座\t4\t5\t6", dated="2024-03-01")] == ["2024"]


def test_base_with_its_unit() -> None:
    (record,) = read("指标\t2020年\t2025年目标值\n污水收集率\t70%\t75%以上")
    assert (record.op, record.value, record.baseline) == (">=", 75, 70)


@pytest.mark.parametrize(("text", "expected"), TABLES)
def test_table(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert [(*s, r.baseline) for s, r in zip(short(read(text)), read(text), strict=True)] == expected


def test_head_repeated_after_a_page_break_starts_the_columns_anew() -> None:
    text = f"{HEAD}\n水利\t供水保证率\t%\t90\t95\t预期性\n{HEAD}\n林业\t覆盖率\t%\t30\t35\t预期性"
    assert [r.indicator for r in read(text)] == ["供水保证率", "覆盖率"]


def flat(lines: list[str]) -> list[TargetRecord]:
    """The rows of a table whose blanks the layout took away: the raw text keeps them."""
    raw = "\n".join(lines)
    back = [i for i, c in enumerate(raw) if c != " "]
    text = "".join(raw[i] for i in back)
    paragraphs, start = [], 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph(start, start + len(line)))
        start += len(line) + 1
    head = PolicyRecord("p", "p.txt", (0, len(raw)), "云陵市健康行动计划", None, (), "2022-01-01", None, None, None)
    clauses = (Clause("", "", "", "root", 0, 0, len(text)),)
    return find_targets(PolicyText(head, SourceText("p.txt", raw, ""), text, offsets_of(back), tuple(paragraphs), clauses))


def test_table_that_lost_its_cells_is_read_by_its_row_numbers() -> None:
    records = flat(
        [
            "领域 指标 2025",
            "基础管理",
            "1 孕妇建册率 >90%",
            "2 7岁以下儿童管理率 ≥85%",
            "3 百万人口手术例数 >3000",
            "4",
            "伤亡人数比2020年",
            "下降10%以",
            "上",
            "5 2型糖尿病管理率 ≥65%",
        ]
    )
    assert [(r.indicator, r.op, r.value, r.unit, r.by) for r in records] == [
        ("孕妇建册率", ">", 90, "%", "2025"),
        ("7岁以下儿童管理率", ">=", 85, "%", "2025"),
        ("百万人口手术例数", ">", 3000, None, "2025"),
        ("伤亡人数", ">=", 10, "%", "2025"),
        ("2型糖尿病管理率", ">=", 65, "%", "2025"),
    ]
    assert records[3].change == "down"
