"""What a command answers with, before it becomes a table, a file of data or a workbook: rows and their columns."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, Generic, TypeVar

from graph.plain import plain

Row = TypeVar("Row")
Cell = str | int | float | None


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column of the forms for people. ``width`` is its width in a workbook, in Latin characters."""

    label: str
    cell: Callable[[Row], Cell]
    width: int = 14


@dataclass(frozen=True)
class Sheet(Generic[Row]):
    """Rows and how to write them.

    ``columns`` serve csv, md and xlsx; ``record`` gives the JSON of a row; ``screen`` prints all rows for a terminal.
    """

    name: str
    columns: tuple[Column[Row], ...]
    rows: Sequence[Row]
    screen: Callable[[Sequence[Row], IO[str]], None]
    record: Callable[[Row], Any] = dataclasses.asdict  # type: ignore[assignment]

    def cells(self) -> Iterator[list[Cell]]:
        """The rows as lists of cells, control characters taken out."""
        for row in self.rows:
            yield [plain(value) if isinstance(value, str) else value for value in (c.cell(row) for c in self.columns)]
