"""What a person reads on a terminal: lines folded at 80 columns (or what there is), with Chinese taking two columns a character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from graph.plain import plain
from zhize.settings import WIDEST

# 避头尾: marks that may not begin or end a line (GB/T 15834-2011, 5.1).
_NOT_FIRST = frozenset("，。、；：？！）〕】》〉”’…—％%,.;:?!)]}")
_NOT_LAST = frozenset("（〔【《〈“‘([{")
_PIECE = re.compile(r"[!-~]{1,200}|.", re.DOTALL)  # a run of Latin letters and digits stays whole
ROOM = 24  # columns: text of twelve Chinese characters folds well, less makes a tower
_PULL = 6  # pieces that may move to the next line together so that it begins well


def fold(text: str, width: int) -> list[str]:
    """``text`` as lines of at most ``width`` columns; at least one line, line ends of the text kept."""
    lines: list[str] = []
    for paragraph in plain(text).replace("\t", " ").split("\n"):
        lines.extend(_fold(paragraph, max(width, 4)))
    return lines


def _fold(text: str, width: int) -> Iterator[str]:
    line: list[str] = []
    used = 0
    for piece in _pieces(text, width):
        wide = cell_len(piece)
        if used + wide > width:
            if piece == " ":
                continue
            kept = _break(line, piece)
            yield "".join(line[:kept]).rstrip(" ")
            line = line[kept:]
            used = sum(map(cell_len, line))
            if used + wide > width:  # an opening bracket before a word as wide as the line
                yield "".join(line)
                line, used = [], 0
        line.append(piece)
        used += wide
    yield "".join(line)


def _pieces(text: str, width: int) -> Iterator[str]:
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece[0] in _NOT_LAST or piece[0] in _NOT_FIRST:  # brackets and stops decide for themselves where they stand
            yield piece[0]
            piece = piece[1:]
        for at in range(0, len(piece), width):
            yield piece[at : at + width]


def _break(line: Sequence[str], following: str) -> int:
    """How many pieces of ``line`` stay when ``following`` has to go to the next one."""
    for kept in range(len(line), max(len(line) - _PULL, 0), -1):
        first = line[kept] if kept < len(line) else following
        if first not in _NOT_FIRST and line[kept - 1] not in _NOT_LAST:
            return kept
    return len(line)


class Folded:
    """A table cell that folds its text by the rules of Chinese."""

    def __init__(self, text: str, style: str = "") -> None:
        self.text = text
        self.style = style

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Four characters at the least, the whole text at the most."""
        widest = max((cell_len(line) for line in self.text.split("\n")), default=0)
        return Measurement(min(8, widest), widest).with_maximum(options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines of the cell."""
        style = console.get_style(self.style or "none")
        for line in fold(self.text, options.max_width):
            yield Segment(line, style)
            yield Segment.line()


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to :mod:`zhize.main`: rich would end the program with exit code 1."""
        raise BrokenPipeError


class Screen:
    """A terminal, or a file that is written like one."""

    def __init__(self, stream: IO[str]) -> None:
        self.console = _Console(file=stream, highlight=False, markup=False, emoji=False)
        self.width = min(self.console.width, WIDEST)

    def line(self, text: str = "", style: str = "", indent: int = 0) -> None:
        """``text`` folded, every line behind ``indent`` blanks."""
        for part in fold(text, self.width - indent):
            self._put(" " * indent, part, style)

    def field(self, label: str, text: str, indent: int = 0, *, style: str = "", width: int = 0, blank: bool = False) -> None:
        """``label``, at least ``width`` columns wide, and beside it ``text`` folded into a block of its own.

        Nothing is printed for an empty text, unless ``blank``.
        """
        if not text and not blank:
            return
        label += " " * (width - cell_len(label))
        left = indent + cell_len(label) + 2
        for at, part in enumerate(fold(text, self.width - left)):
            head = Text(" " * indent)
            head.append(label if at == 0 else " " * cell_len(label), "dim")
            head.append("  ")
            head.append(part, style)
            self._out(head)

    def fields(self, rows: Sequence[tuple[str, str]]) -> None:
        """Several fields, their words one below the other."""
        width = max((cell_len(plain(label)) for label, _ in rows), default=0)
        for label, text in rows:
            self.field(label, text, width=width)

    def rule(self) -> None:
        """A line across."""
        self._put("", "─" * self.width, "dim")

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str | int | float | None]], right: Sequence[int] = (),
              ratios: Sequence[int] = ()) -> None:  # fmt: skip
        """A table that fits the width; columns in ``right`` hold figures, ``ratios`` share out the width (0: as needed)."""
        full = self.width if any(ratios) else None
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", width=full)
        for at, head in enumerate(heads):
            ratio = ratios[at] if ratios else 0
            table.add_column(Text(head), justify="right" if at in right else "left", ratio=ratio or None, no_wrap=at in right)
        for row in rows:
            table.add_row(*(self._cell(value, at in right) for at, value in enumerate(row)))
        self.console.print(table, width=self.width)

    def grid(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table where the columns have room; otherwise one block a row, a line a column."""
        widths = [max(cell_len(cell) for cell in column) for column in zip(heads, *rows, strict=True)]
        if sum(widths) + 2 * len(widths) <= self.width or sum(min(w, ROOM) for w in widths) + 2 * len(widths) <= self.width:
            self.table(heads, rows)
            return
        label = max(map(cell_len, heads))
        for at, row in enumerate(rows):
            if at:
                self.line()
            for head, cell in zip(heads, row, strict=True):
                self.field(head, cell, width=label)

    @staticmethod
    def _cell(value: str | int | float | None, figure: bool) -> Text | Folded:
        text = "" if value is None else str(value)
        return Text(plain(text)) if figure else Folded(text)

    def _put(self, indent: str, text: str, style: str) -> None:
        out = Text(indent)
        out.append(text, style)
        self._out(out)

    def _out(self, text: Text) -> None:
        self.console.print(text, no_wrap=True, overflow="ignore", crop=False)
