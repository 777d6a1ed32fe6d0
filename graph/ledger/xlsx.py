"""Papers as a workbook that an office would make by hand: title, frozen head, filter, borders, ready to print on A4 landscape.

No cell is ever a formula: every string is stored as a string.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import ColBreak
from openpyxl.worksheet.worksheet import Worksheet

from graph.ledger.paper import Cell, Col, Heading, Link, Paper, text_of_cell
from graph.packages import write_package
from graph.plain import is_formula, plain

LONGEST = 32_767  # characters in a cell: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
_INK, _LEAD, _LINK = "FF1F2933", "FFA61B1B", "FF1D5FA8"
_THIN = Side(style="thin", color="FF9AA5B1")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD_FILL = PatternFill("solid", fgColor="FFDCE6F1")
_PART_FILL = PatternFill("solid", fgColor="FFF3F6FA")
_TITLE = Font(name="方正小标宋简体", size=20, color=_INK)
_ABOUT = Font(name="楷体", size=11, color=_INK)
_HEAD = Font(name="黑体", size=10.5, color=_INK)
_BODY = Font(name="宋体", size=9.5, color=_INK)
_STRONG = Font(name="宋体", size=9.5, bold=True, color=_LEAD)
_LINKED = Font(name="宋体", size=9.5, underline="single", color=_LINK)
_PART = Font(name="楷体", size=10.5, bold=True, color=_INK)
_NOTE = Font(name="楷体", size=9.5, color=_INK)
_MARGIN = 0.4  # inches
_DENSER = 1.06  # characters of 9.5 points in the width of one of 11, with some room for line breaks
_WIDEST = 280  # characters of width that are still legible on one page of A4
_WIDE_SCALE = 70  # per cent
_NAMES = 2  # columns that name the lines of a wide table: number and agency
_DAY = "yyyy-mm-dd"
_FIRST_YEAR = 1901  # earlier days are none to a spreadsheet, or are off by one: its 1900 is a leap year
_COLOURS = ("FFF2F4F7", "FFFFF3D6", "FFDDF3E4")  # of the choices of a drop-down list, in their order


def write(papers: Sequence[Paper], stream: IO[bytes]) -> None:
    """Write a workbook with a sheet a paper."""
    book = Workbook()
    book.remove(book.active)
    for paper in papers:
        _Sheet(book.create_sheet(_sheet_name(paper.name)), paper).write()
    book.properties.creator = "zhize"
    book.properties.title = plain(papers[0].title)
    write_package(book.save, stream, max(paper.dated for paper in papers))


def _sheet_name(name: str) -> str:
    return "".join("_" if c in "[]:*?/\\'" else c for c in plain(name))[:31] or "1"


class _Sheet:
    """A worksheet in the making; ``row`` is the last one written."""

    def __init__(self, page: Worksheet, paper: Paper) -> None:
        self.page = page
        self.paper = paper
        self.row = 0
        self.columns = paper.columns
        printed = [at for at, column in enumerate(self.columns, 1) if column.printed]
        self.printed = max(printed)
        self.last = len(self.columns)
        self.wide = sum(column.width for column in self.columns if column.printed) > _WIDEST

    def write(self) -> None:
        for at, column in enumerate(self.columns, 1):
            self.page.column_dimensions[get_column_letter(at)].width = column.width
        self._across(self.paper.title, _TITLE, 36, "center")
        for text in self.paper.about:
            self._across(text, _ABOUT, 20, "center")
        head = self._head()
        for line in self.paper.body:
            self._line(line)
        end = self.row
        for note in self.paper.notes:
            self._across(note, _NOTE, 16, "left")
        self._view(head, end)
        self._print(head)
        self._choices(head, end)

    def put(self, at: int, value: Cell, font: Font = _BODY, where: Alignment | None = None) -> SheetCell:
        """A cell of the present row; a string is stored as one whatever it looks like."""
        cell = self.page.cell(self.row, at)
        if isinstance(value, int):
            cell.value = value
        elif isinstance(value, datetime.date) and value.year >= _FIRST_YEAR:
            cell.value, cell.number_format = value, _DAY
        elif text := text_of_cell(value):
            _string(cell, text)
        if isinstance(value, Link):
            cell.hyperlink = value.href
            font = _LINKED
        cell.font = font
        if where is not None:
            cell.alignment = where
        return cell

    def _across(self, text: str, font: Font, height: float, side: str) -> None:
        """A line over the printed width."""
        self.row += 1
        self.put(1, text, font, Alignment(horizontal=side, vertical="center", wrap_text=True))
        across = _NAMES + 8 if self.wide else self.printed  # of a wide table what the first page holds
        if across > 1:
            self.page.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=across)
        room = sum(c.width for c in self.columns[:across] if c.printed) * _BODY.size / font.size
        self.page.row_dimensions[self.row].height = height * max(1, math.ceil(_width(text) / room))

    def _head(self) -> int:
        self.row += 1
        for at, column in enumerate(self.columns, 1):
            cell = self.put(at, column.label, _HEAD, Alignment(horizontal="center", vertical="center", wrap_text=True))
            cell.fill, cell.border = _HEAD_FILL, _BOX
        self.page.row_dimensions[self.row].height = max(_height([c.label for c in self.columns], self.columns), 30)
        return self.row

    def _line(self, line: tuple[Cell, ...] | Heading) -> None:
        if isinstance(line, Heading):
            self._across(line.text, _PART, 22, "left")
            for at in range(1, self.printed + 1):
                cell = self.page.cell(self.row, at)
                cell.fill, cell.border = _PART_FILL, _BOX
            return
        self.row += 1
        for at, (value, column) in enumerate(zip(line, self.columns, strict=True), 1):
            side = "center" if column.centred else "left"
            strong = bool(column.strong) and text_of_cell(value).startswith(column.strong)
            where = Alignment(horizontal=side, vertical="center", wrap_text=True)
            self.put(at, value, _STRONG if strong else _BODY, where).border = _BOX
        self.page.row_dimensions[self.row].height = _height(line, self.columns)

    def _view(self, head: int, end: int) -> None:
        self.page.freeze_panes = self.page.cell(head + 1, _NAMES + 1 if self.wide else 1)
        self.page.auto_filter.ref = f"A{head}:{get_column_letter(self.last)}{max(end, head)}"
        self.page.sheet_view.showGridLines = False
        self.page.sheet_view.zoomScale = 100

    def _print(self, head: int) -> None:
        page = self.page
        page.page_setup.paperSize = page.PAPERSIZE_A4
        page.page_setup.orientation = "landscape"
        page.print_title_rows = f"{head}:{head}"
        if self.wide:  # several pages wide, the names on each
            page.page_setup.scale, page.print_title_cols = _WIDE_SCALE, f"A:{get_column_letter(_NAMES)}"
        else:
            page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
            page.sheet_properties.pageSetUpPr.fitToPage = True
        page.print_area = f"A1:{get_column_letter(self.printed)}{self.row}"
        page.print_options.horizontalCentered = True
        page.col_breaks = ColBreak()
        margins = page.page_margins
        margins.left = margins.right = _MARGIN
        margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.6, 0.3, 0.3
        page.oddFooter.center.text = "第 &P 页，共 &N 页" if self.paper.lang == "zh" else "Page &P of &N"
        page.oddFooter.center.size = 9

    def _choices(self, head: int, end: int) -> None:
        for at, column in enumerate(self.columns, 1):
            if not column.choices or end <= head:
                continue
            letter = get_column_letter(at)
            where = f"{letter}{head + 1}:{letter}{end}"
            offered = DataValidation(type="list", formula1='"' + ",".join(column.choices) + '"', allow_blank=True)
            offered.add(where)
            self.page.add_data_validation(offered)
            for word, colour in zip(column.choices, _COLOURS, strict=False):
                fill = PatternFill("solid", bgColor=colour)
                self.page.conditional_formatting.add(where, FormulaRule([f'${letter}{head + 1}="{word}"'], fill=fill))


def _string(cell: Any, text: str) -> None:
    text = plain(text)
    cell.value = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    cell.data_type = "s"  # openpyxl makes "=…" a formula and "#N/A" an error
    if is_formula(text):
        cell.quotePrefix = True  # so that a spreadsheet does not compute it after somebody edits the cell


def _width(text: str) -> int:
    """Columns of Latin characters that ``text`` takes; a Chinese one takes two."""
    return sum(2 if ord(c) > 0x2E7F or c in "“”‘’…—" else 1 for c in text)


def _height(line: Sequence[Cell], columns: Sequence[Col]) -> float:
    """Points for as many lines as the longest printed cell folds into. Not every office program fits heights itself."""
    most = 1
    for value, column in zip(line, columns, strict=True):
        room = max((column.width - 1) * _DENSER, 2)
        lines = sum(max(1, math.ceil(_width(part) / room)) for part in plain(text_of_cell(value)).split("\n"))
        most = max(most, lines if column.printed else 0)
    return min(max(most * 12.6 + 5, 24), 409)  # 409 points is the highest row that Excel knows
