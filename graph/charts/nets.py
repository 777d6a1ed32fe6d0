"""Charts of relations: who works with whom, who leads whom, which documents rest on which, and how long documents hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.charts.canvas import FAINT, INK, MM, RELATION, RULE, SOFT, STANDING, TIER, Canvas, em, fit
from graph.charts.load import WIDTH, Part

STRETCH = 1.7
"""A network is drawn out sideways at most so far: names need room there."""
ALWAYS = 12
"""The largest circles of a network bear their names even where these hide a smaller circle."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A node of the network: place and size in the units of its layout."""

    name: str
    x: float
    y: float
    size: float
    colour: str
    link: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A line between two spots, given by number."""

    one: int
    other: int
    weight: float
    colour: str


def network_chart(spots: Sequence[Spot], ties: Sequence[Tie], legend: Sequence[tuple[str, str, str]], label: str) -> str:
    """Circles and lines, the largest circles with names where these find room; ``legend`` are (colour, words, link)."""
    pad, foot = 9.0, 5.0 * ((len(legend) + 1) // 2) + 3
    xs, ys = [s.x for s in spots] or [0.0], [s.y for s in spots] or [0.0]
    wide, high = max(max(xs) - min(xs), 1.0), max(max(ys) - min(ys), 1.0)
    scale = min((WIDTH - 2 * pad - 12) / wide, (138 - 2 * pad) / high, 0.5)
    sheet = Canvas(WIDTH, high * scale + 2 * pad + foot)
    across = min((WIDTH - 2 * pad - 12) / wide, scale * STRETCH)
    shift = (WIDTH - wide * across) / 2
    place = [((s.x - min(xs)) * across + shift, (s.y - min(ys)) * scale + pad) for s in spots]
    heaviest = max((t.weight for t in ties), default=1)
    for tie in sorted(ties, key=lambda t: (t.weight, t.one, t.other)):
        share = tie.weight / heaviest
        sheet.line([place[tie.one], place[tie.other]], tie.colour, 0.25 + 2.2 * share, opacity=0.22 + 0.4 * share)
    radius = [max(0.9, s.size * scale) for s in spots]
    for spot, at, r in zip(spots, place, radius, strict=True):
        sheet.circle(*at, r, spot.colour, link=spot.link, tip=spot.tip)
    _names(sheet, spots, place, radius)
    for n, (colour, words, link) in enumerate(legend):
        x, y = 4 + (WIDTH / 2) * (n % 2), high * scale + 2 * pad + 5 * (n // 2) + 2
        sheet.circle(x, y - 0.9, 1.5, colour)
        sheet.text(x + 3, y, fit(words, WIDTH / 2 - 12, 7), 7, colour=SOFT, link=link, tip=words)
    return sheet.svg(label)


Box = tuple[float, float, float, float]


def _names(sheet: Canvas, spots: Sequence[Spot], place: Sequence[tuple[float, float]], radius: Sequence[float]) -> None:
    """Names below, above or beside their circles, the largest first; one that finds no room is left to the tip."""
    circles = [(x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8) for (x, y), r in zip(place, radius, strict=True)]
    taken: list[Box] = []
    for rank, n in enumerate(sorted(range(len(spots)), key=lambda n: (-spots[n].size, n))):
        size = 7.5 if spots[n].size > 18 else 6.5
        words = fit(spots[n].name, 40, size)
        boxes = _boxes(place[n], radius[n], em(words) * size / MM, size / MM, sheet.width)
        others = [c for m, c in enumerate(circles) if m != n]
        free = [box for box in boxes if not _meets(box, taken)]
        clear = [box for box in free if not _meets(box, others)]
        chosen = clear or (free if rank < ALWAYS else [])
        if chosen:
            left, _, right, bottom = chosen[0]
            taken.append(chosen[0])
            sheet.text((left + right) / 2, bottom - 0.7, words, size, align="center", halo=True, link=spots[n].link)


def _boxes(at: tuple[float, float], radius: float, wide: float, high: float, width: float) -> list[Box]:
    """Where a name may stand: below, above, on the right, on the left; inside the sheet."""
    (x, y), tall = at, high + 0.5
    middle = min(max(x, wide / 2 + 1), width - wide / 2 - 1)
    spots = [
        (middle - wide / 2, y + radius),
        (middle - wide / 2, y - radius - tall),
        (x + radius + 0.6, y - tall / 2),
        (x - radius - wide - 0.6, y - tall / 2),
    ]
    return [(left, top, left + wide, top + tall) for left, top in spots if left >= 0 and left + wide <= width]


def _meets(box: Box, others: Sequence[Box]) -> bool:
    return any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in others)


@dataclass(frozen=True, slots=True)
class Flow:
    """How often ``source`` (its number on the left) leads ``target`` (its number on the right)."""

    source: int
    target: int
    part: Part


def flow_chart(sources: Sequence[str], targets: Sequence[str], flows: Sequence[Flow], heads: tuple[str, str], label: str,
               colours: Sequence[str], anchors: tuple[Sequence[str], Sequence[str]]) -> str:  # fmt: skip
    """Bands from those who lead (left) to those who take part (right), as broad as they are often.

    ``anchors`` are those of the evidence of each end, on the left and on the right.
    """
    out = [sum(f.part.value for f in flows if f.source == n) for n in range(len(sources))]
    into = [sum(f.part.value for f in flows if f.target == n) for n in range(len(targets))]
    total, gap, top = max(sum(out), 1), 2.2, 8.0
    high = max(70.0, 7.5 * max(len(sources), len(targets)))
    scale = (high - gap * max(len(sources), len(targets))) / total
    sheet = Canvas(WIDTH, high + top + 2)
    left, right = 52.0, WIDTH - 52.0
    sheet.text(left, 4, heads[0], 8, bold=True, align="right")
    sheet.text(right, 4, heads[1], 8, bold=True)
    starts, ends = _stack(out, scale, gap, top, high), _stack(into, scale, gap, top, high)
    down, arrive = list(starts), list(ends)
    for flow in sorted(flows, key=lambda f: (f.source, f.target)):
        size = flow.part.value * scale
        a, b = down[flow.source], arrive[flow.target]
        down[flow.source] += size
        arrive[flow.target] += size
        sheet.ribbon((left + 2, a, a + size), (right - 2, b, b + size), colours[flow.source % len(colours)], link=flow.part.link,
                     tip=flow.part.tip)  # fmt: skip
    for n, name in enumerate(sources):
        sheet.rect(left, starts[n], 2, max(out[n] * scale, 0.3), colours[n % len(colours)])
        y = starts[n] + out[n] * scale / 2 + 1
        sheet.text(left - 1.5, y, f"{fit(name, left - 10, 7.5)}  {out[n]}", 7.5, align="right", link=anchors[0][n], tip=name)
    for n, name in enumerate(targets):
        sheet.rect(right - 2, ends[n], 2, max(into[n] * scale, 0.3), SOFT)
        y = ends[n] + into[n] * scale / 2 + 1
        sheet.text(right + 1.5, y, f"{into[n]}  {fit(name, left - 10, 7.5)}", 7.5, link=anchors[1][n], tip=name)
    return sheet.svg(label)


def _stack(values: Sequence[int], scale: float, gap: float, top: float, high: float) -> list[float]:
    """Upper edges of blocks one below the other, in the middle of the height."""
    used = sum(values) * scale + gap * (len(values) - 1)
    gap += max(high - used, 0) / max(len(values), 1) * 0.6
    y = top + max(high - sum(values) * scale - gap * (len(values) - 1), 0) / 2
    edges = []
    for value in values:
        edges.append(y)
        y += value * scale + gap
    return edges


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the lineage; ``column`` is 0 for the highest tier."""

    name: str
    column: int
    tier: str
    link: str = ""
    tip: str = ""


_BREADTHS = (0.22, 0.23, 0.31, 0.24)
"""The share of each of the four columns of a lineage: the third holds the documents themselves and their names."""


def lineage_chart(papers: Sequence[Paper], links: Sequence[tuple[int, int, str, str]], heads: Sequence[str],
                  relations: Sequence[tuple[str, str]], label: str) -> str:  # fmt: skip
    """Documents in four columns, curves from each to what it rests on (from, to, relation, link)."""
    row, top, gap = 6.0, 13.0, 11.0
    columns = [[n for n, p in enumerate(papers) if p.column == c] for c in range(len(heads))]
    high = row * max((len(c) for c in columns), default=0)
    sheet = Canvas(WIDTH, high + top + 3)
    room = WIDTH - gap * (len(heads) - 1)
    _relations(sheet, relations)
    box: dict[int, tuple[float, float, float]] = {}
    left = 0.0
    for members, head, share in zip(columns, heads, _BREADTHS, strict=True):
        sheet.text(left + 1, top - 3, head, 8, bold=True)
        offset = (high - row * len(members)) / 2
        for n, member in enumerate(members):
            box[member] = (left, left + room * share, top + offset + row * (n + 0.5))
        left += room * share + gap
    for source, target, relation, link in links:
        _descent(sheet, box[source], box[target], RELATION[relation], link)
    for n, paper in enumerate(papers):
        begin, end, y = box[n]
        sheet.rect(begin, y - 2.4, end - begin, 4.8, "#ffffff", edge=RULE, link=paper.link, tip=paper.tip)
        sheet.rect(begin, y - 2.4, 1.1, 4.8, TIER[paper.tier])
        sheet.text(begin + 2.4, y + 1, fit(paper.name, end - begin - 4, 6.8), 6.8, link=paper.link, tip=paper.tip)
    return sheet.svg(label)


def _relations(sheet: Canvas, relations: Sequence[tuple[str, str]]) -> None:
    x = 2.0
    for relation, words in relations:
        sheet.rect(x, 2, 7, 0.9, RELATION[relation])
        sheet.text(x + 8.5, 3.4, words, 7, colour=SOFT)
        x += 13 + em(words) * 2.6


def _descent(sheet: Canvas, source: tuple[float, float, float], target: tuple[float, float, float], colour: str, link: str) -> None:
    """A curve between boxes given as left edge, right edge, middle; inside a column it goes round on the left."""
    if source[0] > target[0]:
        sheet.curve((source[0], source[2]), (target[1], target[2]), colour, 0.9, opacity=0.75, link=link)
    elif source[0] < target[0]:
        sheet.curve((source[1], source[2]), (target[0], target[2]), colour, 0.9, opacity=0.75, link=link)
    else:
        sheet.curve((source[0], source[2]), (target[0], target[2]), colour, 0.9, opacity=0.75, link=link, round_by=-8)


@dataclass(frozen=True, slots=True)
class Life:
    """A document's time in force: days as fractions of years, ``end`` None where it goes on."""

    name: str
    start: float
    end: float | None
    state: str
    link: str = ""
    tip: str = ""


def lives_chart(lives: Sequence[Life], day: tuple[float, str], states: Mapping[str, str], label: str) -> str:
    """One line a document from its first to its last day, coloured by its standing on ``day`` (a fraction of years, in words)."""
    left, top, row = 74.0, 14.0, 4.6
    sheet = Canvas(WIDTH, top + row * len(lives) + 4)
    first = int(min((v.start for v in lives), default=day[0]))
    last = int(max([day[0], *(v.end or v.start for v in lives)])) + 1
    scale = (WIDTH - left - 6) / max(last - first, 1)
    x = left
    for state, words in states.items():
        sheet.rect(x, 1.4, 4, 2.4, STANDING[state])
        sheet.text(x + 5, 3.5, words, 7, colour=SOFT)
        x += 9 + em(words) * 2.6
    every = max(1, (last - first) // 12)
    for year in range(first, last + 1, every):
        at = left + (year - first) * scale
        sheet.line([(at, top - 2), (at, top + row * len(lives))], RULE, 0.4)
        sheet.text(at, top - 3.4, str(year), 6.5, colour=FAINT, align="center")
    for n, life in enumerate(lives):
        y, begin = top + row * n, left + (life.start - first) * scale
        end = left + ((life.end if life.end is not None else last) - first) * scale
        sheet.text(left - 2, y + 3.1, fit(life.name, left - 4, 6.8), 6.8, align="right", link=life.link, tip=life.tip)
        sheet.rect(begin, y + 1, max(end - begin, 0.6), row - 2, STANDING[life.state], link=life.link, tip=life.tip,
                   opacity=1.0 if life.end is not None else 0.75)  # fmt: skip
        if life.end is not None:
            sheet.rect(end - 0.3, y + 0.4, 0.6, row - 0.8, INK)
    at = left + (day[0] - first) * scale
    sheet.line([(at, top - 2), (at, top + row * len(lives))], INK, 0.7, dash=True)
    sheet.text(at, top + row * len(lives) + 3, day[1], 6.5, align="center")
    return sheet.svg(label)
