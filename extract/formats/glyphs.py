"""From glyphs with their places on a page to lines in reading order: columns, tables with and without rules, indents.

PDF and OFD say where each character stands, not what follows what. Coordinates are points, y downwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extract.formats.decoded import INDENT, Row, join_cell
from extract.formats.rules import Grid, Rule, find_grids

_GAP = 1.2  # ems between two glyphs of a line that belong to different pieces
_WORD = 0.25  # ems between two words in Latin letters
_COLUMN = 12  # ems; no text column is narrower
_COLUMN_LINES = 4  # lines that a column has at least
_FULL = 0.7  # the share of a column's width that its usual line fills; cells of a table are ragged
_APART = 1.2  # times the least distance of two lines; rows of a table stand further apart than the lines of a cell
_ORDINAL = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)]?[、.．]?")
_INDENT = (1.5, 2.7)  # ems of a first-line indent (two characters)


class Glyph(NamedTuple):
    """A character with its box."""

    x0: float
    y0: float
    x1: float
    y1: float
    char: str


@dataclass(slots=True)
class Piece:
    """Glyphs that follow each other on a line without a wide gap."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.y0 + self.y1) / 2

    @property
    def em(self) -> float:
        """The height of its letters."""
        return self.y1 - self.y0


Line = list[Piece]
Text = str | Row


def page_lines(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> list[Text]:
    """The lines of a page in reading order; rows of tables as tuples."""
    grids = find_grids(rules) if len(rules) > 2 else []
    inside: list[dict[tuple[int, int], list[Glyph]]] = [{} for _ in grids]
    body: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
        for grid, cells in zip(grids, inside, strict=True):
            cell = grid.box(x, y)
            if cell is not None:
                cells.setdefault(cell, []).append(glyph)
                break
        else:
            body.append(glyph)
    tables = [(grid.ys[0], grid.ys[-1], _rows(grid, cells)) for grid, cells in zip(grids, inside, strict=True) if cells]
    out: list[Text] = []
    rest = pieces(body)
    for top, _, rows in tables:
        above = [piece for piece in rest if piece.middle < top]
        rest = [piece for piece in rest if piece.middle >= top]
        out += text_lines(above)
        out += rows
    return out + text_lines(rest)


def _rows(grid: Grid, cells: dict[tuple[int, int], list[Glyph]]) -> list[Text]:
    """The rows of a ruled table. Rows and columns in which no cell begins with words are left out."""
    texts = {cell: join_cell([_joined(line) for line in _lines(pieces(own))]) for cell, own in cells.items()}
    columns = sorted({column for _, column in texts})
    rows: list[Text] = []
    for row in range(len(grid.ys) - 1):
        values = tuple(texts.get((row, column), "") for column in columns)
        if any(values):
            spans = len({grid.cell_of[row, c] for c in range(len(grid.xs) - 1)}) == 1
            rows.append("".join(values) if spans else values)
    return rows


def pieces(glyphs: Iterable[Glyph]) -> list[Piece]:
    """Glyphs in the order of the file as pieces; a glyph printed twice in one place (a false bold) counts once."""
    out: list[Piece] = []
    seen: set[tuple[str, int, int, int]] = set()
    for x0, y0, x1, y1, char in glyphs:
        if char.isspace():
            continue
        one, two = (char, 0, int(x0 / 2), int(y0 / 2)), (char, 1, int(x0 / 2 + 0.5), int(y0 / 2 + 0.5))
        if one in seen or two in seen:  # within two points
            continue
        seen.add(one)
        seen.add(two)
        last = out[-1] if out else None
        if last is not None:
            em = max(min(last.y1 - last.y0, y1 - y0), 1.0)
            level = abs((y0 + y1) - (last.y0 + last.y1)) / 2 <= 0.45 * max(last.y1 - last.y0, y1 - y0)
            gap = x0 - last.x1
            if level and -0.6 * em <= gap <= _GAP * em:
                latin = gap > _WORD * em and char.isascii() and last.text[-1].isascii()
                last.text += f" {char}" if latin else char
                last.x1 = max(last.x1, x1)
                last.y0, last.y1 = min(last.y0, y0), max(last.y1, y1)
                continue
        out.append(Piece(x0, y0, x1, y1, char))
    return out


def _lines(found: Sequence[Piece]) -> list[Line]:
    """Pieces at one height as lines, from top to bottom, each from left to right."""
    lines: list[Line] = []
    for piece in sorted(found, key=lambda p: (p.middle, p.x0)):
        if lines and piece.middle - lines[-1][0].middle <= 0.45 * max(piece.em, lines[-1][0].em):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    for line in lines:
        line.sort(key=lambda p: p.x0)
    return lines


def _joined(line: Line) -> str:
    """The words of a line; a wide gap is kept as blanks."""
    out = line[0].text
    for left, right in pairwise(line):
        gap = (right.x0 - left.x1) / max(min(left.em, right.em), 1.0)
        out += ("  " if gap > 1.0 else " " if gap > _WORD and left.text[-1].isascii() else "") + right.text
    return out


def text_lines(found: Sequence[Piece]) -> list[Text]:
    """The lines of text outside ruled tables, column by column."""
    out: list[Text] = []
    for block in columns(found):
        lines = _lines(block)
        position = 0
        for first, end, rows in _unruled(lines):
            out += _indented(lines[position:first])
            out += rows
            position = end
        out += _indented(lines[position:])
    return out


def _indented(lines: Sequence[Line]) -> list[Text]:
    """Lines as strings; a line that begins two characters from the left edge of its column opens a paragraph."""
    if not lines:
        return []
    em = median([line[0].em for line in lines])
    lefts = Counter(round(line[0].x0) for line in lines)
    edge = min((x for x, count in lefts.items() if count >= 2 or len(lines) < 4), default=min(lefts))
    out: list[Text] = []
    for line in lines:
        opens = _INDENT[0] <= (line[0].x0 - edge) / em <= _INDENT[1]
        out.append((INDENT if opens else "") + _joined(line))
    return out


def columns(found: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces as blocks in reading order: where the page has text columns, the left before the right."""
    if len(found) < 2 * _COLUMN_LINES:
        return [list(found)] if found else []
    em = median([p.em for p in found])
    for gutter in _gutters(found, em):
        blocks = _split(found, gutter, em)
        if len(blocks) > 1:
            return [block for part in blocks for block in (columns(part) if len(part) < len(found) else [part])]
    return [list(found)]


def _gutters(found: Sequence[Piece], em: float) -> list[float]:
    """Where a right column may begin: left edges that many pieces share, less half an em."""
    left, right = min(p.x0 for p in found), max(p.x1 for p in found)
    starts = Counter(round(p.x0 / em * 2) for p in found if left + _COLUMN * em <= p.x0 <= right - _COLUMN * em)
    return [min(p.x0 for p in found if round(p.x0 / em * 2) == x) - 0.4 * em for x, n in starts.most_common(3) if n >= 3]


def _split(found: Sequence[Piece], gutter: float, em: float) -> list[list[Piece]]:
    """The blocks above, left of, right of and below the gutter; one block where there are no columns."""
    crossing = sorted((p for p in found if p.x0 < gutter - 0.3 * em and p.x1 > gutter + 0.3 * em), key=lambda p: p.middle)
    others = sorted((p for p in found if not (p.x0 < gutter - 0.3 * em and p.x1 > gutter + 0.3 * em)), key=lambda p: p.middle)
    bands: list[list[Piece]] = [[] for _ in range(len(crossing) + 1)]
    at = 0
    for piece in others:
        while at < len(crossing) and crossing[at].middle < piece.middle:
            at += 1
        bands[at].append(piece)
    blocks: list[list[Piece]] = [[]]
    for i, band in enumerate(bands):
        left = [p for p in band if p.x0 < gutter]
        right = [p for p in band if p.x0 >= gutter]
        if _is_column(left, em) and _is_column(right, em):
            blocks += [left, right, []]
        else:
            blocks[-1] += band
        blocks[-1] += crossing[i : i + 1]
    return [block for block in blocks if block]


def _is_column(found: Sequence[Piece], em: float) -> bool:
    """Do the pieces look like running text in a column: enough lines, wide, most of them filled?"""
    lines = _lines(found) if len(found) >= _COLUMN_LINES else []
    if len(lines) < _COLUMN_LINES:
        return False
    width = max(p.x1 for p in found) - min(p.x0 for p in found)
    filled = sum(sum(p.x1 - p.x0 for p in line) >= _FULL * width for line in lines)
    return width >= _COLUMN * em and filled * 2 >= len(lines)


def _unruled(lines: Sequence[Line]) -> list[tuple[int, int, list[Text]]]:
    """Tables without rules: runs of lines of which most have three pieces or more that stand under each other.

    Returns (first line, line after the last, rows).
    """
    found = []
    i = 0
    while i < len(lines):
        end = i
        while end < len(lines) and (len(lines[end]) >= 3 or (end > i and _fits(lines[end], lines[i:end]))):
            end += 1
        wide = sum(len(line) >= 3 for line in lines[i:end])
        stops = _stops(lines[i:end]) if wide >= 2 else []
        if len(stops) >= (2 if wide >= 3 else 3):
            found.append((i, end, _cells(lines[i:end], stops)))
        i = max(end, i + 1)
    return found


def _fits(line: Line, above: Sequence[Line]) -> bool:
    """Does a line with fewer pieces stand in the columns of the lines above, as the second line of a cell does?"""
    wide = [other for other in above[-6:] if len(other) >= 3]
    em = line[0].em
    near = line[0].middle - above[-1][0].middle <= 2.2 * em
    return near and all(any(p.x0 >= o.x0 - em and p.x1 <= o.x1 + 2 * em for other in wide for o in other) for p in line)


def _stops(lines: Sequence[Line]) -> list[float]:
    """The middles of the gaps that no piece of any line crosses."""
    spans = sorted((p.x0, p.x1) for line in lines for p in line)
    stops = []
    reach = spans[0][1]
    for x0, x1 in spans[1:]:
        if x0 > reach + 1.0:
            stops.append((x0 + reach) / 2)
        reach = max(reach, x1)
    return stops


def _cells(lines: Sequence[Line], stops: Sequence[float]) -> list[Text]:
    """The rows of a table without rules, each made of the lines that belong to it."""
    table: list[list[str]] = []
    for line in lines:
        cells: list[list[Piece]] = [[] for _ in range(len(stops) + 1)]
        for piece in line:
            cells[sum(piece.x0 > stop for stop in stops)].append(piece)
        table.append([_joined(own) if own else "" for own in cells])
    first = _row_starts([line[0].middle for line in lines], table)
    ends = [*first[1:], len(table)]
    rows = [
        [[cell for cell in column if cell] for column in zip(*table[a:b], strict=True)] for a, b in zip(first, ends, strict=True)
    ]
    return [tuple(join_cell(cell) for cell in row) for row in rows]


def _row_starts(heights: Sequence[float], table: Sequence[Sequence[str]]) -> list[int]:
    """The lines at which rows begin: behind a wider gap; else at a number, at a first cell, or where most cells have words."""
    steps = [b - a for a, b in pairwise(heights)]
    numbers = _number_column(table)
    if steps:
        apart = [0, *(i for i, step in enumerate(steps, 1) if step > _APART * min(steps))]
        groups = [table[a:b] for a, b in pairwise([*apart, len(table)])]
        if numbers is None:
            further = [sum(map(bool, line)) for group in groups for line in group[1:]]
            sound = sum(further) <= 0.75 * len(table[0]) * len(further)  # the further lines of a row leave cells empty
        else:
            sound = all(sum(bool(line[numbers]) for line in group) <= 1 for group in groups)
        if sound and len(groups) > 1:
            return apart
    if numbers is not None:
        return [i for i, line in enumerate(table) if i == 0 or line[numbers]]
    return [i for i, line in enumerate(table) if i == 0 or line[0] or sum(map(bool, line)) > len(line) / 2]


def _number_column(table: Sequence[Sequence[str]]) -> int | None:
    """The column that numbers the rows."""
    for column in range(min(3, len(table[0]))):
        words = [line[column] for line in table if line[column]]
        numbers = sum(_ORDINAL.fullmatch(word) is not None for word in words)
        if numbers and numbers >= len(words) - (len(words) >= 3):  # the header names the column
            return column
    return None
