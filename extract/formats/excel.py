"""XLSX: sheets of tasks as tables. Values as the sheet shows them; merged cells have theirs in the first row and column."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from extract.formats.archive import Package, attribute, check_count, local, parse_xml, relations
from extract.formats.decoded import Broken, Decoded, Row, Writer, join_cell, plain

if TYPE_CHECKING:
    from lxml.etree import _Element

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MONTH_DAY = {57, 58}
_DATES = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}  # number formats that are built in; 27-36 and 50-58 are the Chinese
_PERCENTS = {9: 0, 10: 2}
_QUOTED = re.compile(r"\"[^\"]{0,80}\"|\\.|\[[^\]]{0,40}\]")
_EPOCH = datetime.date(1899, 12, 30)  # day 0; 1900 is taken for a leap year, as Excel does
_EPOCH_1904 = datetime.date(1904, 1, 1)


def read_xlsx(data: bytes) -> Decoded:
    """The text of an Excel workbook (.xlsx), sheet by sheet; each sheet counts as a page. Raises :class:`Broken`."""
    package = Package(data)
    main = next((part for kind, part in relations(package, "").values() if kind == "officeDocument"), "xl/workbook.xml")
    book = _Book(package, main)
    writer = Writer()
    for name, part, hidden in book.sheets:
        rows = book.rows(part)
        if not rows:
            continue
        writer.page()
        writer.lines(_lines(rows))
        if hidden:
            writer.warn(f"sheet {plain(name)[:40]}: hidden, but read.")
    if book.uncalculated:
        hint = "open the file in an office program and save it anew"
        writer.warn(f"{book.uncalculated} formulas have no stored result and are empty; {hint}.")
    return writer.decoded("xlsx")


class _Book:
    """What the sheets of a workbook share: strings and number formats."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        root = package.xml(main)
        parts = relations(package, main)
        self._epoch = _EPOCH
        self.sheets: list[tuple[str, str, bool]] = []
        for element in root.iter():
            if local(element) == "workbookPr" and element.get("date1904") in ("1", "true"):
                self._epoch = _EPOCH_1904
            elif local(element) == "sheet":
                kind, part = parts.get(_relation(element), ("", ""))
                if kind == "worksheet":
                    self.sheets.append((element.get("name") or "", part, element.get("state", "visible") != "visible"))
        if not self.sheets:
            raise Broken("the workbook has no sheets", "Open it in an office program and save it anew.")
        by_kind = dict(parts.values())
        self._strings = self._shared(by_kind.get("sharedStrings"))
        self._formats = self._number_formats(by_kind.get("styles"))
        self._cells = 0
        self.uncalculated = 0

    def _shared(self, part: str | None) -> list[str]:
        if part is None or part not in self._package:
            return []
        return [_words(item) for item in self._package.xml(part) if local(item) == "si"]

    def _number_formats(self, part: str | None) -> list[tuple[int, str]]:
        """For each cell style its number format: id and code."""
        if part is None or part not in self._package:
            return []
        root = self._package.xml(part)
        codes = {e.get("numFmtId"): e.get("formatCode") or "" for e in root.iter() if local(e) == "numFmt"}
        styles = next((e for e in root if local(e) == "cellXfs"), None)
        ids = [e.get("numFmtId") or "0" for e in (styles if styles is not None else ())]
        return [(int(i) if i.isdigit() and len(i) < 6 else 0, codes.get(i, "")) for i in ids]

    def rows(self, part: str) -> list[tuple[dict[int, str], bool]]:
        """The rows of a sheet that hold words: text by column, and whether the row is one merged cell."""
        xml = self._package.read(part)
        self._cells += xml.count(b"<c ")
        check_count(self._cells, "cells")
        root = parse_xml(xml, part)
        wide = {_place(ref.split(":")[0]) for e in root.iter() if local(e) == "mergeCell" and (ref := e.get("ref") or "")}
        out = []
        for number, row in enumerate((e for e in root.iter() if local(e) == "row"), 1):
            cells: dict[int, str] = {}
            for i, cell in enumerate(row):
                column, line = _place(cell.get("r") or "") or (max(cells, default=-1) + 1 if i else 0, number)
                text = self._value(cell)
                if text.strip():
                    cells[column] = text
            if cells:
                first = min(cells)
                out.append((cells, len(cells) == 1 and (first, line) in wide))
        return out

    def _value(self, cell: _Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _words(cell)
        found = next((e.text or "" for e in cell if local(e) == "v"), None)
        if not found:
            self.uncalculated += any(local(e) == "f" for e in cell)
            return ""
        if kind == "s":
            return self._strings[int(found)] if found.isdigit() and len(found) < 9 and int(found) < len(self._strings) else ""
        if kind in ("str", "e"):
            return "" if kind == "e" else found
        if kind == "b":
            return "是" if found == "1" else "否"
        style = cell.get("s") or "0"
        at = int(style) if style.isdigit() and len(style) < 6 else 0
        return self._shown(found, *(self._formats[at] if at < len(self._formats) else (0, "")))

    def _shown(self, written: str, form: int, code: str) -> str:
        """A number as the sheet shows it: percent, date, else its shortest decimal form."""
        try:
            value = float(written)
        except ValueError:
            return written
        bare = _QUOTED.sub("", code)
        if form in _PERCENTS or "%" in bare:
            return f"{_short(round(value * 100, 10))}%"
        if (form in _DATES or re.search(r"[yd]|m.{0,3}d", bare, re.IGNORECASE)) and 1 <= value < 2_958_466:
            day = self._epoch + datetime.timedelta(days=int(value))
            if form in _MONTH_DAY or (bare and not re.search("y", bare, re.IGNORECASE)):
                return f"{day.month}月{day.day}日"
            monthly = bool(bare) and not re.search("d", bare, re.IGNORECASE)
            return f"{day.year}年{day.month}月" + ("" if monthly else f"{day.day}日")
        return _short(value)


def _lines(rows: list[tuple[dict[int, str], bool]]) -> list[str | Row]:
    """Rows with as many cells as the sheet has columns in use; titles and notes over the whole width as lines."""
    used = sorted({column for cells, alone in rows if not alone for column in cells})
    begun = False
    out: list[str | Row] = []
    for cells, alone in rows:
        if alone or (len(cells) == 1 and not begun):
            out.append(join_cell(next(iter(cells.values())).splitlines()))
            continue
        begun = True
        out.append(tuple(join_cell(cells.get(column, "").splitlines()) for column in used))
    return out


def _relation(element: _Element) -> str:
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith("}id")), attribute(element, "id") or "")


def _words(item: _Element) -> str:
    """The words of a string; how they are pronounced (rPh) is left out."""
    return "".join(e.text or "" for e in item.iter() if local(e) == "t" and not any(local(a) == "rPh" for a in e.iterancestors()))


def _place(reference: str) -> tuple[int, int] | None:
    """Column (from 0) and row (from 1) of a reference such as B3."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1, int(found[2])


def _short(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"
