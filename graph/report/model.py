"""What the report's page is told: sections of sentences, figures and tables, whose numbers lead to their evidence.

Words are plain text; the template escapes them. Only the pictures of :mod:`graph.charts` are mark-up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

_SLOT = re.compile(r"\{(\w{1,20})\}")


@dataclass(frozen=True, slots=True)
class Cell:
    """A word or number; ``href`` is the anchor of its evidence, ``kind`` a class of the style sheet."""

    text: str
    href: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A sentence made of plain and linked words."""

    parts: tuple[Cell, ...]
    kind: str = "prose"

    @property
    def text(self) -> str:
        """The sentence without its links."""
        return "".join(part.text for part in self.parts)


Said = Cell | Prose | str | int | float


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption and how to read it."""

    caption: str
    svg: Markup
    note: Prose | str = ""
    kind: str = "figure"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; ``right`` are the columns of figures, ``explain`` are (heading, sentence) printed below.

    ``key`` is its anchor, ``marks`` are those of its rows, where sentences lead to them.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell | Prose, ...], ...]
    right: frozenset[int] = frozenset()
    explain: tuple[tuple[str, str], ...] = ()
    more: Prose | str = ""
    key: str = ""
    marks: tuple[str, ...] = ()
    kind: str = "grid"


@dataclass(frozen=True, slots=True)
class Pair:
    """A picture and a table side by side."""

    left: Figure
    right: Grid
    kind: str = "pair"


Block = Prose | Figure | Grid | Pair


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the report."""

    key: str
    title: str
    blocks: tuple[Block, ...] = field(default=())


def cell(value: Said, href: str = "") -> Cell | Prose:
    """``value`` as a cell; fractions as they are, lists joined before."""
    return value if isinstance(value, Cell | Prose) else Cell(f"{value:g}" if isinstance(value, float) else str(value), href)


def prose(template: str, **values: Said) -> Prose:
    """The sentence ``template`` with ``{name}`` replaced by the cells of that name."""
    parts: list[Cell] = []
    for n, piece in enumerate(_SLOT.split(template)):
        if n % 2:
            value = cell(values[piece])
            parts.extend(value.parts if isinstance(value, Prose) else (value,))
        elif piece:
            parts.append(Cell(piece))
    return Prose(tuple(parts))


def grid(caption: str, heads: Sequence[str], rows: Sequence[Sequence[Said]], right: Sequence[int] = (),
         explain: Sequence[tuple[str, str]] = (), more: Prose | str = "", key: str = "",
         marks: Sequence[str] = ()) -> Grid:  # fmt: skip
    """A table of any values."""
    made = tuple(tuple(cell(value) for value in row) for row in rows)
    return Grid(caption, tuple(heads), made, frozenset(right), tuple(explain), more, key, tuple(marks))


def lines(cells: Sequence[Cell]) -> Prose:
    """``cells``, each on a line of its own."""
    parts = [part for c in cells for part in (c, Cell("\n"))]
    return Prose(tuple(parts[:-1]))


def percent(share: float) -> str:
    """A share as a percentage with one decimal."""
    return f"{share * 100:.1f}%"
