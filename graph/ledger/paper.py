"""What a table on paper is, before it becomes a workbook, a Word file or a page: title, columns, lines under headings, notes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to a file beside this one; ``href`` is a relative address, percent-encoded."""

    text: str
    href: str


Cell = str | int | Link | datetime.date
"""A date becomes one that a spreadsheet can filter by; elsewhere it is written as 2025-12-31."""


@dataclass(frozen=True, slots=True)
class Col:
    """A column. ``width`` is in Latin characters of a workbook's cell and relative elsewhere.

    ``centred`` cells hold a word or a number; a column that is not ``printed`` is for checking on the screen; ``choices`` become a
    drop-down list; ``strong`` is a word that stands out where a cell begins with it.
    """

    label: str
    width: float
    centred: bool = False
    printed: bool = True
    choices: tuple[str, ...] = ()
    strong: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line across the table, over the lines of one policy or part."""

    text: str


Line = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A table with its title. ``about`` are the lines under the title, ``notes`` those under the table; ``name`` a sheet's name.

    ``dated`` is the day of the newest policy in it (ISO), "" where there is none: a file says that it was made on that day.
    """

    name: str
    title: str
    about: tuple[str, ...]
    columns: tuple[Col, ...]
    body: tuple[Line | Heading, ...]
    notes: tuple[str, ...] = ()
    lang: str = "zh"
    dated: str = ""

    @property
    def lines(self) -> int:
        """The number of lines that are not headings."""
        return sum(not isinstance(line, Heading) for line in self.body)


def text_of_cell(cell: Cell) -> str:
    """The cell's words."""
    return cell.text if isinstance(cell, Link) else str(cell)
