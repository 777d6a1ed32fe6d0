"""Workbooks: values as the sheet shows them, titles, merged cells, hidden sheets and what is not calculated."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from extract.formats import Decoded, decode


def read(fill: Callable[[Any], None]) -> Decoded:
    book = Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return decode(out.getvalue())


def rows(*values: tuple[object, ...]) -> Callable[[Any], None]:
    def fill(book: Any) -> None:
        for row in values:
            book.active.append(row)

    return fill


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        pytest.param(12, "General", "12", id="integer"),
        pytest.param(0.1 + 0.2, "General", "0.3", id="no digits of the binary"),
        pytest.param(1234567.5, "#,##0.00", "1234567.5", id="thousands"),
        pytest.param(0.385, "0.0%", "38.5%", id="percent"),
        pytest.param(0.95, "0%", "95%", id="whole percent"),
        pytest.param(datetime.date(2024, 6, 30), "yyyy-mm-dd", "2024年6月30日", id="date"),
        pytest.param(datetime.date(2024, 6, 30), "yyyy\"年\"m\"月\"", "2024年6月", id="month"),
        pytest.param(datetime.date(2024, 6, 30), "m\"月\"d\"日\"", "6月30日", id="day of the year"),
        pytest.param(45473, "General", "45473", id="a number is no date"),
        pytest.param(30, '0"天"', "30", id="a unit in quotes is no date"),
        pytest.param(True, "General", "是", id="truth"),
        pytest.param("=1+1", "General", "", id="formula without result"),
        pytest.param("市财政局\n市教育局", "General", "市财政局、市教育局", id="bodies on lines of their own"),
        pytest.param(" 甲\t乙 ", "General", "甲 乙", id="a tab in a cell makes no cell"),
    ],
)
def test_values(value: object, form: str, text: str) -> None:
    def fill(book: Any) -> None:
        rows(("任务", "值"), ("甲", value))(book)
        book.active["B2"].number_format = form

    assert read(fill).text == f"任务\t值\n甲\t{text}\n"


def test_titles_notes_and_merged_cells() -> None:
    def fill(book: Any) -> None:
        rows(("重点任务清单", None, None), ("类别", "任务", "单位"), ("甲", "1", "市财政局"), (None, "2", "市教育局"), ("注：合并", None, None))(book)
        for area in ("A1:C1", "A3:A4", "A5:C5"):
            book.active.merge_cells(area)

    assert read(fill).text == "重点任务清单\n类别\t任务\t单位\n甲\t1\t市财政局\n\t2\t市教育局\n注：合并\n"


def test_empty_columns_and_rows_are_left_out() -> None:
    assert read(rows((None, "任务", None, "单位"), (None, None, None, None), (None, "甲", None, "乙"))).text == "任务\t单位\n甲\t乙\n"


def test_each_sheet_is_a_page_and_hidden_ones_are_named() -> None:
    def fill(book: Any) -> None:
        rows(("任务", "单位"), ("甲", "乙"))(book)
        book.create_sheet("空")
        other = book.create_sheet("备份\x7f")
        other.append(("任务", "值"))
        other.append(("丙", "=SUM(1)"))
        other.sheet_state = "hidden"

    found = read(fill)
    assert found.text == "任务\t单位\n甲\t乙\n\f任务\t值\n丙\t\n"
    assert found.pages == (0, 11)
    assert [w for w in found.warnings if "备份" in w]
    assert [w for w in found.warnings if "1 formulas" in w]
    assert all(w.isprintable() for w in found.warnings)
