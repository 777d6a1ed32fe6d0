"""Rows as a workbook (xlsx): every string stays a string."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from graph.packages import write_package
from graph.plain import is_formula, plain

LONGEST = 32_767  # characters in a cell: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_BOLD = Font(bold=True)

Cell = str | int | float | None


def write_workbook(name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]], stream: IO[bytes]) -> None:
    """Write a workbook of one worksheet ``name``: bold frozen header, filter, wrapped cells.

    ``columns`` are labels and widths in Latin characters.
    """
    book = Workbook(write_only=True)
    page = book.create_sheet(name[:31])
    page.freeze_panes = "A2"
    for at, (_, width) in enumerate(columns, 1):
        page.column_dimensions[get_column_letter(at)].width = width
    page.append([_cell(page, label, _BOLD) for label, _ in columns])
    last = 1
    for cells in rows:
        page.append([_cell(page, value) for value in cells])
        last += 1
    page.auto_filter.ref = f"A1:{get_column_letter(len(columns) or 1)}{last}"
    book.properties.creator = "zhize"
    write_package(book.save, stream)


def _cell(page: Any, value: Cell, font: Font | None = None) -> Any:
    if isinstance(value, str):
        value = plain(value)
        if len(value) > LONGEST:
            value = value[: LONGEST - 1] + "…"
    cell = WriteOnlyCell(page, value=None if value == "" else value)
    if isinstance(value, str) and value:
        cell.data_type = "s"  # openpyxl makes "=…" a formula and "#N/A" an error
        cell.quotePrefix = is_formula(value)  # so that Excel does not compute it after somebody edits the cell
    cell.alignment = _WRAPPED
    if font:
        cell.font = font
    return cell
