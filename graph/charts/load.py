"""Charts of load: bars by role, the curve of concentration, duties over time, and the matrix of agencies and documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from graph.charts.canvas import FAINT, INK, ROLE, RULE, SOFT, Canvas, em, fit
from graph.network import ROLES

WIDTH = 178.0
"""The width of a figure in mm: A4 less the margins of the page."""


@dataclass(frozen=True, slots=True)
class Part:
    """A number in a chart with its evidence: ``link`` is an anchor, ``tip`` what hovering says."""

    value: int
    link: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart: parts by role, and their sum."""

    name: str
    parts: Mapping[str, Part]
    total: Part


def load_chart(bars: Sequence[Bar], roles: Mapping[str, str], label: str) -> str:
    """Stacked bars, one an agency; ``roles`` are the words of the legend."""
    left, row, top = 62.0, 5.4, 9.0
    sheet = Canvas(WIDTH, top + row * len(bars) + 2)
    _legend(sheet, [(ROLE[r], roles[r]) for r in ROLES], left)
    scale = (WIDTH - left - 14) / max((b.total.value for b in bars), default=1)
    for at, bar in enumerate(bars):
        y = top + row * at
        sheet.text(left - 2, y + 3.5, fit(bar.name, left - 4, 8), 8, align="right", link=bar.total.link, tip=bar.name)
        x = left
        for role in ROLES:
            part = bar.parts.get(role, Part(0))
            if part.value:
                width = part.value * scale
                sheet.rect(x, y + 0.7, width, row - 1.5, ROLE[role], link=part.link, tip=part.tip)
                if width > 2 + 1.6 * len(str(part.value)):
                    colour = INK if role == "support" else "#ffffff"
                    sheet.text(x + width / 2, y + 3.4, str(part.value), 6.5, colour=colour, align="center", link=part.link)
                x += width
        sheet.text(x + 1.5, y + 3.5, str(bar.total.value), 8, bold=True, link=bar.total.link)
    return sheet.svg(label)


def _legend(sheet: Canvas, entries: Sequence[tuple[str, str]], x: float, y: float = 3.5) -> None:
    for colour, words in entries:
        sheet.rect(x, y - 2.3, 3, 3, colour)
        sheet.text(x + 4.2, y + 0.2, words, 7.5, colour=SOFT)
        x += 10 + em(words) * 2.7


def lorenz_chart(curves: Sequence[tuple[str, str, Sequence[int]]], axes: tuple[str, str], label: str) -> str:
    """Curves of (name, colour, loads): the share of duties that the less loaded part of the agencies bears."""
    sheet, x0, y0, side = Canvas(86, 84), 12.0, 74.0, 68.0
    for step in range(5):
        at = side * step / 4
        sheet.line([(x0, y0 - at), (x0 + side, y0 - at)], RULE, 0.4)
        sheet.text(x0 - 1.5, y0 - at + 1, f"{step * 25}%", 6.5, colour=FAINT, align="right")
        sheet.text(x0 + at, y0 + 4, f"{step * 25}%", 6.5, colour=FAINT, align="center")
    sheet.line([(x0, y0), (x0 + side, y0 - side)], FAINT, 0.6, dash=True)
    for number, (name, colour, loads) in enumerate(curves):
        ordered, total = sorted(loads), sum(loads) or 1
        points, borne = [(x0, y0)], 0
        for at, load in enumerate(ordered, 1):
            borne += load
            points.append((x0 + side * at / len(ordered), y0 - side * borne / total))
        if number == 0:
            sheet.area([*points, (x0 + side, y0 - side), (x0, y0)], colour, opacity=0.08)
        sheet.line(points, colour, 1.6 if number == 0 else 1.0)
        sheet.rect(x0 + 3, 9 + 5 * number, 5, 0.8, colour)
        sheet.text(x0 + 10, 10 + 5 * number, name, 7.5, colour=SOFT)
    sheet.text(x0 + side / 2, y0 + 8.5, axes[0], 7, colour=SOFT, align="center")
    sheet.text(x0 - 8, y0 - side / 2, axes[1], 7, colour=SOFT, align="center", angle=90)
    return sheet.svg(label)


BY_ROLE, ALL = -1, -2


@dataclass(frozen=True, slots=True)
class Due:
    """A cell of the timeline: the duties of an agency (``row`` its number) in a period (``column``).

    ``row`` :data:`BY_ROLE` stands for those of all agencies in a role, :data:`ALL` for all of them.
    """

    row: int
    column: int
    role: str
    part: Part


def timeline_chart(periods: Sequence[str], names: Sequence[str], cells: Sequence[Due], roles: Mapping[str, str], label: str) -> str:
    """Columns of all duties due in each period over a grid of the agencies with most of them; circles grow with the number."""
    left, top, high, row = 46.0, 9.0, 42.0, 7.2
    base = top + high
    sheet = Canvas(WIDTH, base + 14 + row * len(names))
    _legend(sheet, [(ROLE[r], roles[r]) for r in ROLES], left)
    step = (WIDTH - left - 4) / max(len(periods), 1)
    sums = {c.column: c.part for c in cells if c.row == ALL}
    scale = (high - 6) / max((part.value for part in sums.values()), default=1)
    sheet.line([(left, base), (WIDTH - 4, base)], SOFT, 0.6)
    for n, period in enumerate(periods):
        x = left + step * (n + 0.5)
        year, _, quarter = period.partition("-")
        if step > 6 or not quarter or quarter in ("Q4", "12"):
            sheet.text(x, base + 4, quarter or year, 6, colour=SOFT, align="center")
        if quarter and (n == 0 or not periods[n - 1].startswith(year)):
            alone = n + 1 < len(periods) and not periods[n + 1].startswith(year)
            at = x + (step / 2 - 0.6 if alone else 0.6 - step / 2)
            sheet.text(at, base + 8, year, 7.5, bold=True, align="right" if alone else "left")
            sheet.line([(x - step / 2, base), (x - step / 2, base + 13 + row * len(names))], RULE, 0.5)
    stacked = [0.0] * len(periods)
    for cell in (c for role in ROLES for c in cells if c.row == BY_ROLE and c.role == role):
        height, x = cell.part.value * scale, left + step * (cell.column + 0.5)
        wide = min(step * 0.7, 12)
        stacked[cell.column] += height
        sheet.rect(x - wide / 2, base - stacked[cell.column], wide, height, ROLE[cell.role], link=cell.part.link, tip=cell.part.tip)
    for n, part in sorted(sums.items()):
        x, y = left + step * (n + 0.5), base - stacked[n] - 1.2
        sheet.text(x, y, str(part.value), 7, bold=True, align="center", link=part.link, tip=part.tip)
    _due_grid(sheet, names, cells, (left, base + 12, step, row))
    return sheet.svg(label)


def _due_grid(sheet: Canvas, names: Sequence[str], cells: Sequence[Due], place: tuple[float, float, float, float]) -> None:
    left, top, step, row = place
    largest = max((c.part.value for c in cells if c.row >= 0), default=1)
    for n, name in enumerate(names):
        y = top + row * (n + 0.5)
        sheet.text(left - 2, y + 1, fit(name, left - 4, 7.5), 7.5, align="right", tip=name)
        sheet.line([(left, y), (WIDTH - 4, y)], RULE, 0.4)
    for cell in cells:
        if cell.row >= 0:
            x, y = left + step * (cell.column + 0.5), top + row * (cell.row + 0.5)
            radius = max(0.8, min(row * 0.48, step * 0.6) * sqrt(cell.part.value / largest))
            sheet.circle(x, y, radius, ROLE["responsible"], link=cell.part.link, tip=cell.part.tip)
            if radius > 1.7:
                sheet.text(x, y + 0.9, str(cell.part.value), 6.5, colour="#ffffff", align="center", link=cell.part.link)
            else:
                sheet.text(x + radius + 0.5, y + 0.9, str(cell.part.value), 6.5, link=cell.part.link)


def matrix_chart(names: Sequence[str], columns: Sequence[tuple[str, str, str]], cells: Mapping[tuple[int, int], Part],
                 label: str) -> str:  # fmt: skip
    """Agencies (rows) and documents (columns as (sign, title, link)); the darker a cell, the more duties."""
    left, top, row = 50.0, 47.0, 5.6
    sheet = Canvas(WIDTH, top + row * len(names) + 2)
    step = min((WIDTH - left - 24) / max(len(columns), 1), 9)
    largest = max((p.value for p in cells.values()), default=1)
    for n, (sign, title, link) in enumerate(columns):
        x = left + step * (n + 0.5)
        words = fit(f"{sign} {title}", min(60, (WIDTH - x - 2) / 0.67), 6.8)
        sheet.text(x + 0.9, top - 1.8, words, 6.8, colour=SOFT, angle=48, link=link, tip=title)
    for n, name in enumerate(names):
        y = top + row * n
        sheet.text(left - 2, y + 3.8, fit(name, left - 4, 7.5), 7.5, align="right", tip=name)
        for m in range(len(columns)):
            part = cells.get((n, m))
            shade = _shade(part.value / largest) if part else "#f6f5f1"
            sheet.rect(left + step * m + 0.2, y + 0.2, step - 0.4, row - 0.4, shade, link=part.link if part else "",
                       tip=part.tip if part else "")  # fmt: skip
            if part:
                colour = "#ffffff" if part.value / largest > 0.3 else INK
                sheet.text(left + step * (m + 0.5), y + 3.7, str(part.value), 6.5, colour=colour, align="center", link=part.link)
    return sheet.svg(label)


def _shade(share: float) -> str:
    """From pale to deep blue by the root of the share, so that small numbers differ too."""
    depth = ceil(sqrt(share) * 20) / 20
    pale, deep = (222, 234, 241), (22, 74, 107)
    return "#" + "".join(f"{round(a + (b - a) * depth):02x}" for a, b in zip(pale, deep, strict=True))
