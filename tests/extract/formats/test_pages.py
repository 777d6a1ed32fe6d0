"""Pages of PDF and OFD: reading order, tables, what a page break cuts, and text layers that are not what the page shows."""

from __future__ import annotations

import io

import pdfplumber
import pytest

from extract.formats import decode
from extract.formats.decoded import Row
from extract.formats.glyphs import Glyph, page_lines
from extract.formats.health import damage, unified
from extract.formats.ocr import page_list
from extract.formats.rules import Rule, find_grids
from extract.formats.tables import continue_rows
from tests.extract.formats import making
from tests.extract.formats.pages import Page, ofd, pages, pdf

Text = str | Row


def text_at(*texts: tuple[float, float, str], size: float = 10) -> list[Glyph]:
    """Glyphs of words that begin at (x, y)."""
    out = []
    for x, y, words in texts:
        right = x
        for char in words:
            left, right = right, right + (size / 2 if char.isascii() else size)
            out.append(Glyph(left, y - size, right, y, char))
    return out


def box(x0: float, y0: float, x1: float, y1: float) -> list[Rule]:
    return [Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1)]


LEFT, RIGHT = "左栏的文字写满了整行共十六个字呢", "右栏的文字也写满整行共十六个字啊"


def columns(x: float, top: float, words: str, lines: int = 6) -> list[tuple[float, float, str]]:
    return [(x, top + 15 * i, words) for i in range(lines)]


ORDER = [
    pytest.param(text_at((10, 20, "第一行"), (10, 40, "第二行")), ["第一行", "第二行"], id="from top to bottom"),
    pytest.param(text_at((10, 40, "第二行"), (10, 20, "第一行")), ["第一行", "第二行"], id="whatever the order in the file"),
    pytest.param(text_at((60, 20, "后"), (10, 20, "前")), ["前  后"], id="from left to right"),
    pytest.param(text_at(*columns(200, 13, RIGHT), *columns(10, 10, LEFT)), [LEFT] * 6 + [RIGHT] * 6, id="two columns, not level"),
    pytest.param(
        text_at((80, 5, "横跨两栏的标题一共有十五个字呀好"), *columns(10, 30, LEFT), *columns(200, 30, RIGHT), (80, 140, "横跨两栏的第二个标题一共有十七字"), *columns(10, 160, LEFT), *columns(200, 160, RIGHT)),
        ["横跨两栏的标题一共有十五个字呀好", *[LEFT] * 6, *[RIGHT] * 6, "横跨两栏的第二个标题一共有十七字", *[LEFT] * 6, *[RIGHT] * 6],
        id="columns under each heading",
    ),
    pytest.param(text_at(*columns(10, 10, LEFT, 3), *columns(200, 10, RIGHT, 3)), [f"{LEFT}  {RIGHT}"] * 3, id="three lines are no columns"),
    pytest.param(
        [glyph for i, name in enumerate(("市财政局", "市教育局", "市水利局", "市商务局")) for glyph in text_at((10, 20 + 20 * i, str(i + 1)), (60, 20 + 20 * i, name), (200, 20 + 20 * i, "2024年底"))],
        [("1", "市财政局", "2024年底"), ("2", "市教育局", "2024年底"), ("3", "市水利局", "2024年底"), ("4", "市商务局", "2024年底")],
        id="a table without rules",
    ),
    pytest.param(text_at((10, 20, "审批"), (10.4, 20.2, "审批")), ["审批"], id="false bold"),
    pytest.param(text_at((10, 20, "人人有责")), ["人人有责"], id="the same character twice"),
    pytest.param(text_at((10, 20, "Beijing"), (53, 20, "time")), ["Beijing time"], id="words in Latin letters"),
    pytest.param(text_at((30, 20, "段首"), (10, 35, "第二行"), (10, 50, "第三行"), (30, 65, "又一段")), ["\u3000\u3000段首", "第二行", "第三行", "\u3000\u3000又一段"], id="indents"),
]


@pytest.mark.parametrize(("glyphs", "expected"), ORDER)
def test_reading_order(glyphs: list[Glyph], expected: list[Text]) -> None:
    assert page_lines(glyphs, []) == expected


def test_ruled_table_with_merged_cells_between_lines_of_text() -> None:
    rules = [*box(10, 100, 40, 160), *box(40, 100, 200, 120), *box(40, 120, 200, 140), *box(40, 140, 100, 160), *box(100, 140, 200, 160)]
    glyphs = text_at((10, 90, "表前"), (12, 125, "类别"), (42, 115, "并一"), (42, 135, "并二"), (42, 155, "甲"), (102, 155, "乙"), (10, 180, "表后"))
    assert page_lines(glyphs, rules) == ["表前", ("类别", "并一", ""), ("", "并二", ""), ("", "甲", "乙"), "表后"]


@pytest.mark.parametrize(
    ("rules", "cells"),
    [
        pytest.param(box(0, 0, 100, 50), [], id="a frame is no table"),
        pytest.param([*box(0, 0, 100, 50), Rule(0, 25, 100, 25)], [], id="rows of one cell are no table"),
        pytest.param([*box(0, 0, 100, 50), Rule(50, 0, 50, 50)], [2], id="two columns"),
        pytest.param([Rule(0, y, 100, y) for y in (0, 20, 40)] + [Rule(50, 0, 50, 40)], [4], id="open at its sides"),
        pytest.param([Rule(x, y, x + 10, y) for y in (0, 20, 40) for x in range(0, 100, 10)] + [Rule(50, 0, 50, 40)], [4], id="dashed"),
        pytest.param([Rule(0, y, 100, y) for y in range(0, 200, 10)], [], id="lines to write on"),
        pytest.param([*box(0, 0, 50, 50), Rule(25, 0, 25, 50), *box(0, 200, 50, 250), Rule(25, 200, 25, 250)], [2, 2], id="two tables"),
    ],
)
def test_grids(rules: list[Rule], cells: list[int]) -> None:
    assert [grid.cells for grid in find_grids(rules)] == cells


def test_tables_are_those_that_pdfplumber_finds() -> None:
    data = pdf(pages((making.DUTIES, making.INDICATORS)))
    with pdfplumber.open(io.BytesIO(data)) as document:
        tables = [table for page in document.pages for table in page.extract_tables()]
    theirs = [["".join((cell or "").split()) for cell in row] for table in tables for row in table]
    ours = [line.split("\t") for line in decode(data).text.splitlines() if "\t" in line]
    assert ours == theirs
    assert len(ours) == 11


HEAD = ("序号", "任务", "单位")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param([HEAD, ("1", "建设停", "市财"), "— 1 —"], [("", "车场", "政局"), ("2", "乙", "丙")], [[HEAD, ("1", "建设停车场", "市财政局"), "— 1 —"], [("2", "乙", "丙")]], id="a row cut by the page"),
        pytest.param([HEAD, ("1", "建设停", "市财")], ["公报", HEAD, ("", "车场", "政局")], [[HEAD, ("1", "建设停车场", "市财政局")], ["公报", HEAD]], id="behind the header printed again"),
        pytest.param([HEAD, ("1", "甲", "乙")], [("2", "丙", "丁")], [[HEAD, ("1", "甲", "乙")], [("2", "丙", "丁")]], id="whole rows stay"),
        pytest.param([("任务", "单位"), ("甲", "乙")], [("", "丙")], [[("任务", "单位"), ("甲", "乙")], [("", "丙")]], id="no numbers to tell by"),
        pytest.param([HEAD, ("1", "甲", "乙"), "本表的说明写在这里。"], [("", "丙", "")], [[HEAD, ("1", "甲", "乙"), "本表的说明写在这里。"], [("", "丙", "")]], id="text between"),
        pytest.param([("类别", *HEAD), ("甲", "1", "乙", "丙")], [("丁", "", "戊", "己")], [[("类别", *HEAD), ("甲", "1", "乙", "丙")], [("丁", "", "戊", "己")]], id="a new category without number"),
    ],
)
def test_rows_cut_by_a_page_break(before: list[Text], after: list[Text], expected: list[list[Text]]) -> None:
    assert continue_rows([before, after]) == expected


@pytest.mark.parametrize(
    ("text", "usual"),
    [("⼈⼯智能", "人工智能"), ("⽔利局", "水利局"), ("金", "金"), ("云陵市１２（）㎡", "云陵市１２（）㎡"), ("", "")],
)
def test_radicals_and_compatibility_characters_become_the_usual_ones(text: str, usual: str) -> None:
    assert unified(text) == usual
    assert len(unified(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("云陵市财政局2024年安排1.5亿元，用于《办法》第三条所列项目——①甲；②乙。" * 3, 0, 0, id="policy text"),
        pytest.param("The quick brown fox jumps over the lazy dog (2024).", 0, 0, id="English"),
        pytest.param("\ue001\ue002\ue003云陵市" * 9, 0.4, 0.6, id="private use"),
        pytest.param("ÃÄÅ¶§ÞßæçèéêëìíîïðñòÓÔÕÖØÙ" * 3, 0.9, 1, id="codes without a mapping"),
        pytest.param("\ue001", 0, 0, id="too short to tell"),
    ],
)
def test_damage(text: str, low: float, high: float) -> None:
    assert low <= damage(text) <= high


@pytest.mark.parametrize(("numbers", "text"), [([3], "page 3"), ([1, 2, 3, 7], "pages 1-3, 7"), (list(range(1, 60, 2)), "pages 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23 and more")])
def test_page_list(numbers: list[int], text: str) -> None:
    assert page_list(numbers) == text


SENTENCES = Page([(72, 100 + 20 * i, 12, "市财政局、市教育局按职责分工负责。") for i in range(9)])
BLANK = Page()


def test_pages_without_text_are_named() -> None:
    found = decode(pdf([SENTENCES, BLANK, SENTENCES, BLANK, BLANK]))
    assert found.warnings == ("pages 2, 4-5: no text and no picture; they may be blank.",)
    assert len(found.pages) == 5
    assert found.text.count("\f") == 4


def test_a_pdf_without_its_end_is_named() -> None:
    data = pdf([SENTENCES])
    found = decode(data[: data.rindex(b"startxref")])
    assert "lacks its end" in found.warnings[0]
    assert "市财政局" in found.text


def test_a_broken_text_layer_is_named() -> None:
    odd = Page([(72, 100 + 20 * i, 12, "市财政局、市教育局按职责分工负责" + "\ue5e5" * 2) for i in range(9)])
    assert "page 2: 11% of the characters are damaged" in decode(ofd([SENTENCES, odd])).warnings[0]


def test_a_watermark_is_left_out_and_named() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("STSong-Light", 12)
    for i in range(20):
        canvas.drawString(72, 700 - 20 * i, "市财政局、市教育局按职责分工负责落实各项任务。")
    canvas.translate(100, 400)
    canvas.rotate(45)
    canvas.drawString(0, 0, "内部资料注意保存")
    canvas.save()
    found = decode(out.getvalue())
    assert "内部" not in found.text
    assert "8 characters that stand at another angle" in found.warnings[0]


def test_an_ofd_page_that_is_missing_is_named() -> None:
    data = ofd([SENTENCES, SENTENCES])
    import zipfile

    package = zipfile.ZipFile(io.BytesIO(data))
    found = decode(making.zipped({n: package.read(n) for n in package.namelist() if "Page_1" not in n}))
    assert found.warnings == ("page 2: the package lacks it.",)
    assert "市财政局" in found.text
