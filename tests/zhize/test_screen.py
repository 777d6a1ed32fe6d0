"""Folding Chinese text, and layouts that fit the width."""

from __future__ import annotations

import io
import time

import pytest
from rich.cells import cell_len

from zhize.screen import Screen, fold

LINES = [
    pytest.param("一二三四五", 10, ["一二三四五"], id="fits"),
    pytest.param("一二三四五六", 10, ["一二三四五", "六"], id="two columns a character"),
    pytest.param("一二三四五。六", 10, ["一二三四", "五。六"], id="no stop at the beginning of a line"),
    pytest.param("一二三四（五", 10, ["一二三四", "（五"], id="no opening bracket at the end of a line"),
    pytest.param("一二三四）、（五", 10, ["一二三", "四）、（五"], id="a chain of marks moves together"),
    pytest.param("一二三2025年", 8, ["一二三", "2025年"], id="figures stay whole"),
    pytest.param("一二三 2025年", 8, ["一二三", "2025年"], id="a blank at the end of a line goes"),
    pytest.param("abcdefghijkl", 5, ["abcde", "fghij", "kl"], id="a long word is cut"),
    pytest.param("甲一abcde（" + "x" * 10, 11, ["甲一abcde", "（", "x" * 10], id="a bracket before a word as wide as the line"),
    pytest.param("甲\n乙", 10, ["甲", "乙"], id="line ends stay"),
    pytest.param("甲\t乙", 10, ["甲 乙"], id="a tab is a blank"),
    pytest.param("", 10, [""], id="empty"),
    pytest.param("\x1b[31m红", 20, ["\ufffd[31m红"], id="a terminal command is shown, not sent"),
    pytest.param("。。。。。。。。", 8, ["。。。。", "。。。。"], id="nothing but stops"),
]


@pytest.mark.parametrize(("text", "width", "expected"), LINES)
def test_fold(text: str, width: int, expected: list[str]) -> None:
    assert fold(text, width) == expected


LONG = "到2025年，全市规模以上企业研发投入强度达到2.5%以上（市科学技术局牵头，“专精特新”企业参与）；" * 5


@pytest.mark.parametrize("width", [4, 7, 20, 33, 80])
def test_fold_loses_nothing_and_never_overflows(width: int) -> None:
    lines = fold(LONG, width)
    assert "".join(lines) == LONG
    assert max(map(cell_len, lines)) <= width


def test_fold_is_quick_on_hostile_text() -> None:
    begun = time.perf_counter()
    for text in ("（" * 50_000, "。" * 50_000, "x" * 200_000, " " * 200_000):
        assert fold(text, 80)
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_layouts_keep_within_the_terminal(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    stream = io.StringIO()
    page = Screen(stream)
    page.line(LONG)
    page.rule()
    page.field("工作任务", LONG, indent=2, width=8)
    page.table(["", "单位", "职责", "说明"], [(1, "云陵市发展和改革委员会", 12, LONG)], right=(0, 2), ratios=(0, 2, 0, 3))
    page.table(["", "单位", "职责"], [(1, "云陵市发展和改革委员会", 12)], right=(0, 2))
    lines = stream.getvalue().splitlines()
    assert max(map(cell_len, lines)) <= int(columns)
    assert sum(LONG[:10] in line for line in lines) >= 1


def test_field_without_text_is_left_out() -> None:
    stream = io.StringIO()
    Screen(stream).field("完成时限", "")
    assert stream.getvalue() == ""


def test_markup_of_a_document_is_only_text() -> None:
    stream = io.StringIO()
    page = Screen(stream)
    page.line("[bold]甲[/bold] :smile: [link=http://example.org]乙[/link]")
    page.table(["[b]"], [["[red]丙"]])
    assert stream.getvalue().split() == ["[bold]甲[/bold]", ":smile:", "[link=http://example.org]乙[/link]", "[b]", "[red]丙"]
