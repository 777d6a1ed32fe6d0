"""Answers as files that people open in an office program: no cell is ever a formula. The exact forms are the protocol's."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from graph.plain import is_formula, plain
from graph.sparql import QueryResult
from graph.workbook import Cell, write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTH = 24


def to_csv(result: QueryResult) -> bytes:
    """CSV with a mark that tells Excel of UTF-8. What a spreadsheet would compute gets a ' before it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_heads(result))
    for row in _rows(result):
        writer.writerow([_guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def to_xlsx(result: QueryResult) -> bytes:
    """A workbook: numbers as numbers, everything else as text."""
    out = io.BytesIO()
    write_workbook("zhize", [(head, _WIDTH) for head in _heads(result)], _rows(result), out)
    return out.getvalue()


def _guarded(text: str) -> str:
    return "'" + plain(text) if is_formula(text) else plain(text)


def _heads(result: QueryResult) -> tuple[str, ...]:
    return ("answer",) if result.kind == "ask" else result.variables


def _rows(result: QueryResult) -> Iterator[list[Cell]]:
    if result.kind == "ask":
        yield [str(result.answer).lower()]
    for row in result.rows:
        yield [None if cell is None else cell.plain for cell in row]
