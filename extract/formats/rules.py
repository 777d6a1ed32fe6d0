"""Tables from their ruling lines: cells from what is drawn, merged cells included.

All lines of a table cut its area into small boxes; boxes with no line between them are one cell. This holds for merged cells,
for cells without an outer border and for grids that are drawn as many short strokes or thin filled boxes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

TOLERANCE = 3.0
"""Points. Strokes of one border differ by about their width; no row of text is lower than 6 points."""
_SHORTEST = 4.0  # points; shorter strokes are parts of pictures and signs
_MOST = 2_500  # strokes on a page; a drawing has more
_GRID = 200  # rows or columns; more is a drawing, too


class Rule(NamedTuple):
    """A horizontal or vertical line; coordinates in points, y downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        """Does it run from left to right?"""
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: borders of rows and columns, and for each box the first box (row, column) of the cell that it is part of."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cell_of: dict[tuple[int, int], tuple[int, int]]

    def box(self, x: float, y: float) -> tuple[int, int] | None:
        """The cell that holds a point, or None outside the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        return self.cell_of.get((row, column))

    @property
    def cells(self) -> int:
        """How many cells the table has."""
        return len(set(self.cell_of.values()))


def strokes(boxes: Iterable[tuple[float, float, float, float]]) -> list[Rule]:
    """The rules among boxes (x0, y0, x1, y1): thin ones that are long enough."""
    found = []
    for x0, y0, x1, y1 in boxes:
        rule = Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        width, height = rule.x1 - rule.x0, rule.y1 - rule.y0
        if min(width, height) <= TOLERANCE and max(width, height) >= _SHORTEST:
            found.append(rule)
    return list({tuple(round(v) for v in rule): rule for rule in found}.values())  # borders of neighbours are drawn twice


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The ruled tables of a page, from top to bottom: at least two columns and more than one cell."""
    if len(rules) > _MOST or len(rules) < 3:
        return []
    grids = [grid for group in _connected(rules) if (grid := _grid(group)) is not None]
    return sorted(grids, key=lambda g: (g.ys[0], g.xs[0]))


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules that touch each other, in groups."""
    parent = list(range(len(rules)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    order = sorted(range(len(rules)), key=lambda i: rules[i].y0)
    active: list[int] = []
    for i in order:
        rule = rules[i]
        active = [j for j in active if rules[j].y1 >= rule.y0 - TOLERANCE]
        for j in active:
            other = rules[j]
            if rule.x0 <= other.x1 + TOLERANCE and other.x0 <= rule.x1 + TOLERANCE:
                parent[root(i)] = root(j)
        active.append(i)
    groups: dict[int, list[Rule]] = {}
    for i in order:
        groups.setdefault(root(i), []).append(rules[i])
    return list(groups.values())


def _borders(values: Iterable[float]) -> tuple[float, ...]:
    """Positions that lie within the tolerance of each other as one."""
    out: list[list[float]] = []
    for value in sorted(values):
        if out and value - out[-1][-1] <= TOLERANCE:
            out[-1].append(value)
        else:
            out.append([value])
    return tuple(sum(group) / len(group) for group in out)


def _grid(rules: Sequence[Rule]) -> Grid | None:
    """The table that a group of rules draws, or None."""
    across = [r for r in rules if r.horizontal]
    down = [r for r in rules if not r.horizontal]
    if len(across) < 2 or not down:
        return None
    xs = _borders([(r.x0 + r.x1) / 2 for r in down] + [min(r.x0 for r in across), max(r.x1 for r in across)])
    ys = _borders((r.y0 + r.y1) / 2 for r in across)
    if not (3 <= len(xs) <= _GRID and 2 <= len(ys) <= _GRID):
        return None
    walls_across = _walls(across, xs, ys, True)
    walls_down = _walls(down, ys, xs, False)
    cell_of = _merged(len(ys) - 1, len(xs) - 1, walls_across, walls_down)
    grid = Grid(xs, ys, cell_of)
    columns = {column for _, column in cell_of.values()}
    return grid if grid.cells > 1 and len(columns) > 1 else None


def _merged(
    rows: int, columns: int, walls_across: set[tuple[int, int]], walls_down: set[tuple[int, int]]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Each box with the first box of its cell: boxes without a wall between them are one."""
    parent = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

    def root(box: tuple[int, int]) -> tuple[int, int]:
        while parent[box] != box:
            parent[box] = parent[parent[box]]
            box = parent[box]
        return box

    for row, column in list(parent):
        for other, walls in (((row, column - 1), walls_down), ((row - 1, column), walls_across)):
            if other in parent and (row, column) not in walls:
                one, two = root((row, column)), root(other)
                parent[max(one, two)] = min(one, two)
    return {box: root(box) for box in parent}


def _walls(rules: Sequence[Rule], along: Sequence[float], at: Sequence[float], horizontal: bool) -> set[tuple[int, int]]:
    """The boxes (row, column) that have a rule on their upper (or left) side."""
    walls = set()
    middles = [(a + b) / 2 for a, b in pairwise(along)]
    for rule in rules:
        place = (rule.y0 + rule.y1) / 2 if horizontal else (rule.x0 + rule.x1) / 2
        low, high = (rule.x0, rule.x1) if horizontal else (rule.y0, rule.y1)
        border = min(range(len(at)), key=lambda i: abs(at[i] - place))
        for i, middle in enumerate(middles):
            if low - TOLERANCE <= middle <= high + TOLERANCE:
                walls.add((border, i) if horizontal else (i, border))
    return walls
