"""Targets in tables of indicators: tab-separated ones, and ones whose cells the text extraction ran together.

A column is known by the meaning of its head (主要指标, 单位, 2020年基础值, 2025年目标值, 属性). Rows that a spanned cell has
shifted are read from the right, where the columns of figures stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.dates import PLAN_END
from extract.frozen import dataclass
from extract.models import Paragraph
from extract.numerals import parse_number
from extract.targets.context import Context, Finding
from extract.targets.figures import Change, Figure, find_figures, units
from extract.targets.words import clean

_YEAR = re.compile(r"(20\d{2})")
_PLAN = re.compile(r"十[二三四五六]五")
_INDICATOR = re.compile(r"(?:主要|具体|核心|考核|评价|任务|发展|二级|三级|重点)?指标(?:名称|内容|项)?|目标任务|主要目标")
_UNIT = re.compile(r"(?:计量)?单位")
_WHEN = r"(?:到?20\d{2}年?[底末]?|[“\"]?十[二三四五六]五[”\"]?(?:期?末|期间|时期)?)"
_DATED = r"(?:[（(]到?20\d{2}年?[底末]?[）)])?"
_BASE = re.compile(
    rf"{_WHEN}?(?:基础值|基期值?|基准值?|基数|现状值?|现值|实际完成值?|完成值|完成情况|实际值?|实绩|实现值|预计值){_DATED}"
)
_TARGET = re.compile(
    rf"{_WHEN}?(?:目标值?|规划值|(?:规划|发展|预期)目标值?|预期值?|计划值|指标值|目标数){_DATED}|数值"
)
_ONLY_YEAR = re.compile(r"(?:到)?20\d{2}年?(?:底)?值?(?:（[^（）]{1,8}）)?")
_RATE = re.compile(r"年均(?:增长|增速|增幅)?(?:[（(/／]?[%％累计]{1,3}[）)]?)?|年均/累计|累计(?:增加|增长)?|五年累计")
_CELL_UNIT = re.compile(r"[（(]([^（）()\d，,、]{1,12}|1?[/／]1?0*万)[）)]$")
_BARE = re.compile(
    r"[\[［【]?([>≥≤<＞＜⩾⩽]?=?)(-?\d{1,12}(?:\.\d{1,6})?)(?:[—–－\-~～]{1,2}(\d{1,12}(?:\.\d{1,6})?))?(以上|以下|以内|左右)?[\]］】]?"
)
_DASH = re.compile(r"[-—–－/／]{0,4}|无|空")
_UP = re.compile(r"增长率?$|增速$|增长[（(]|增速[（(]|年均增长|提高[（(]")
_DOWN = re.compile(r"(?:下降|降低|减少|削减)(?:率|幅度|比例)?(?:[（(]|$)")
_SIGNS = {">": ">", "＞": ">", "≥": ">=", "⩾": ">=", ">=": ">=", "<": "<", "＜": "<", "≤": "<=", "⩽": "<=", "<=": "<="}
_SUFFIX = {"以上": ">=", "以下": "<=", "以内": "<=", "左右": "~"}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by meaning, as indices; ``targets`` pairs a column with its year. ``width`` counts the cells."""

    indicator: int
    unit: int | None
    base: int | None
    targets: tuple[tuple[int, str | None], ...]
    rate: int | None
    width: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its clean offsets."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its columns; ``shift`` is how many cells it has more than the head."""

    cells: tuple[Cell, ...]
    columns: Columns
    shift: int
    name: str
    aligned: bool

    def at(self, column: int | None) -> str:
        """The words in a column of the head, "" if the row has none."""
        place = -1 if column is None else column + self.shift
        return self.cells[place].text if 0 <= place < len(self.cells) else ""

    @property
    def span(self) -> tuple[int, int]:
        """The clean span from the first to the last cell that holds words."""
        filled = [c for c in self.cells if c.text]
        return filled[0].start, filled[-1].end


def find_table_targets(context: Context) -> tuple[list[Finding], set[int]]:
    """The targets in tables of a policy, and the starts of the paragraphs that were read as rows."""
    found: list[Finding] = []
    covered: set[int] = set()
    columns: Columns | None = None
    group = ""
    previous: Paragraph | None = None
    paragraphs = context.policy.paragraphs
    for i, paragraph in enumerate(paragraphs):
        words = context.text[paragraph.start : paragraph.end]
        if "\t" not in words:
            if len(words) > 40:
                columns = None
            if len(words) <= 30 and (year := _flat_head(words)):
                found.extend(_flat_rows(context, i, year, covered))
            previous = paragraph
            continue
        cells = _cells(paragraph, words)
        caption = context.text[previous.start : previous.end] if previous else ""
        if head := _head(cells, caption, context.year):
            columns, group = head, ""
            covered.add(paragraph.start)
        elif columns:
            row, group = _row(cells, columns, group)
            if row:
                covered.add(paragraph.start)
                found.extend(row)
    return found, covered


def _cells(paragraph: Paragraph, words: str) -> list[Cell]:
    cells, at = [], paragraph.start
    for part in words.split("\t"):
        cells.append(Cell(part, at, at + len(part)))
        at += len(part) + 1
    return cells


def _head(cells: list[Cell], caption: str, written: int | None) -> Columns | None:
    """The columns if the row is the head of a table of indicators: one for the indicator, one or more for its target.

    ``written`` is the year of the document: a column of a year before it holds what was.
    """
    names = [c.text for c in cells]
    indicator = next((i for i, n in enumerate(names) if _INDICATOR.fullmatch(n)), None)
    if indicator is None:
        return None
    unit = next((i for i, n in enumerate(names) if _UNIT.fullmatch(n)), None)
    base = next((i for i, n in enumerate(names) if _BASE.fullmatch(n)), None)
    rate = next((i for i, n in enumerate(names) if _RATE.fullmatch(n)), None)
    stated = [i for i, n in enumerate(names) if i > indicator and _TARGET.fullmatch(n)]
    years = [i for i, n in enumerate(names) if i > indicator and i not in stated and _ONLY_YEAR.fullmatch(n)]
    columns = stated or years
    past = [i for i in columns if written and (y := _year(names[i])) and int(y) < written]
    if base is None and past and len(past) < len(columns):
        base, columns = past[-1], [i for i in columns if i not in past]
    elif base is None and stated and years:
        base = years[0]
    elif base is None and not stated and (len(years) == 2 or (len(years) > 2 and written is None)):
        base, columns = years[0], years[1:]
    if not columns:
        return None
    fallback = _YEAR.findall(caption)
    dated = tuple((i, _year(names[i]) or (fallback[-1] if fallback else None)) for i in sorted(columns))
    return Columns(indicator, unit, base, dated, rate, len(names))


def _year(name: str) -> str | None:
    """The year in the head of a column; the last of the plan in “十四五”目标."""
    stated, plan = _YEAR.search(name), _PLAN.search(name)
    return stated[1] if stated else str(PLAN_END[plan[0]]) if plan else None


def _row(cells: list[Cell], columns: Columns, group: str) -> tuple[list[Finding], str]:
    """The findings of a row, and the indicator that the rows below may continue (农产品流通率: 果蔬, 肉类)."""
    filled = [c for c in cells if c.text]
    if len(filled) < 2:
        return [], group
    while len(cells) > columns.width and not cells[-1].text:
        cells = cells[:-1]
    if len(cells) < columns.width and not cells[-1].text:
        cells = cells[:-1]
    shift = len(cells) - columns.width
    first = min(
        i for i in (columns.unit, columns.base, *(t for t, _ in columns.targets)) if i is not None and i > columns.indicator
    )
    left = [c.text for c in cells[: max(first + shift, 0)] if c.text]
    names = [t for t in left if not t.isdigit()]
    aligned = shift == 0 and bool(cells[columns.indicator].text) and not cells[columns.indicator].text.isdigit()
    if not names:
        return [], group
    name, group = _label(names, cells, columns, aligned, group)

    row = Row(tuple(cells), columns, shift, name, aligned)
    return [found for column, year in columns.targets if (found := _finding(row, column, year))], group


def _label(names: list[str], cells: list[Cell], columns: Columns, aligned: bool, group: str) -> tuple[str, str]:
    if aligned and columns.unit is not None:
        return cells[columns.indicator].text, ""
    with_unit = [n for n in names if _CELL_UNIT.search(n)]
    if with_unit and names[-1] != with_unit[-1]:
        return f"{names[-1]}{with_unit[-1]}", with_unit[-1]
    if group and not with_unit and not aligned:
        return f"{names[-1]}{group}", group
    if group and not with_unit and columns.unit is None:
        return f"{names[-1]}{group}", group
    return names[-1], ""


def _finding(row: Row, column: int, year: str | None) -> Finding | None:
    """The finding of one target column, None if its cell holds no figure."""
    unit, target, name = row.at(row.columns.unit), row.at(column), row.name
    bracket = _CELL_UNIT.search(name)
    if bracket and _is_unit(bracket[1]):
        unit, name = unit or bracket[1], name[: bracket.start()]
    unit = "" if _DASH.fullmatch(unit) else unit
    change: Change = "up" if _UP.search(name) else "down" if _DOWN.search(name) else None
    rate = row.at(row.columns.rate)
    if _DASH.fullmatch(target) and rate:
        target, unit, change = rate, "%", change or "up"
    read = _value(target, unit)
    if read is None:
        return None
    base = row.at(row.columns.base)
    was = _value(base, "") if base else None
    baseline = was[0] if was and was[2] == "=" and isinstance(was[0], int | float) else None
    confidence, reason = (1.0, "") if row.aligned else (0.9, "合并单元格使该行错位")
    value, unit_read, op = read
    start, end = row.span
    return Finding(start, end, "target", name, op, value, unit_read, change, baseline, year, confidence, reason)


def _is_unit(text: str) -> bool:
    """Is the bracket after an indicator its unit (亿元, %, 人/千人), and not part of its name (区)?"""
    plain = text.lstrip("十百千万亿")
    return text in units() or plain in units() or "/" in text or "／" in text or plain == ""


def _value(cell: str, unit: str) -> tuple[float | int | str | tuple[float, float], str | None, str] | None:
    """Value, unit and operator of a target cell (>80, 95%, 5—10, 全覆盖); None for words."""
    if m := _BARE.fullmatch(cell):
        low, high = parse_number(m[2].lstrip("-")), parse_number(m[3]) if m[3] else None
        if low is None:
            return None
        op = _SIGNS.get(m[1]) or _SUFFIX.get(m[4] or "") or "="
        low = -low if m[2].startswith("-") else low
        return (low if high is None else (low, high)), unit or None, op
    figures = list(find_figures(cell))
    if len(figures) == 1 and (figures[0].unit or figures[0].kind == "bare") and len(cell) <= figures[0].right - figures[0].left + 4:
        f = figures[0]
        return f.value, f.unit or unit or None, f.op
    return None


def _flat_head(words: str) -> str | None:
    """The year in the head of a table whose cells ran together (领域指标2025, 序号主要指标2025年目标值)."""
    years = _YEAR.findall(words) if "指标" in words else []
    return years[-1] if years and not re.search(r"[，。；、：《（]", words) else None


def _flat_rows(context: Context, head: int, year: str, covered: set[int]) -> Iterator[Finding]:
    """Rows that begin with their number on a line of its own or at the start of a line."""
    paragraphs = context.policy.paragraphs
    start = paragraphs[head].end
    last = head
    for p in paragraphs[head + 1 : head + 160]:
        if re.match(
            r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]+章",
            context.text[p.start : p.start + 8],
        ):
            break
        if "。" in context.text[p.start : p.end] and p.end - p.start > 80:
            break
        last += 1
    end = paragraphs[last].end
    starts = list(_numbered(context, start, end))
    if len(starts) < 2:
        return
    for p in paragraphs[head : last + 1]:
        covered.add(p.start)
    for (at, digits), stop in zip(starts, [s for s, _ in starts[1:]] + [end], strict=True):
        if found := _flat_row(context, at + digits, stop, year):
            yield found


def _numbered(context: Context, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Clean offsets of the row numbers 1, 2, 3 …: at the start of a raw line, with a blank or line break after them."""
    raw, back, text = context.policy.source.text, context.policy.back, context.text
    number, at = 1, start
    while at < end:
        mark = str(number)
        at = text.find(mark, at, end)
        if at < 0:
            return
        after = at + len(mark)
        before = raw[max(0, back[at] - 12) : back[at]].rstrip(" \t\u3000")
        opens = not before or before[-1] in "\n\r"
        if (opens and after < end and back[after] > back[after - 1] + 1) or (opens and text[after : after + 1] == "\n"):
            yield at, len(mark)
            number += 1
        at = after


def _flat_row(context: Context, start: int, end: int, year: str) -> Finding | None:
    places = [i for i in range(start, end) if context.text[i] not in "\n\t"]
    words = "".join(context.text[i] for i in places)
    figures = list(find_figures(words))
    figure = _decisive(figures)
    if figure is None or figure.left < 2:
        return None
    name = clean(re.sub(r"[比较](?:20\d{2}年|上年)$", "", words[: figure.left])) or words[: figure.left]
    if len(words[: figure.left]) <= 40:
        name = re.sub(r"[比较](?:20\d{2}年|上年)$|(?:力争|争取|稳定)$", "", words[: figure.left])
    return Finding(
        places[0],
        places[figure.right - 1] + 1,
        "target",
        name,
        figure.op,
        figure.value,
        figure.unit,
        figure.change,
        None,
        year,
        0.9,
        "表格的单元格连在一起",
    )


def _decisive(figures: list[Figure]) -> Figure | None:
    compared = [f for f in figures if f.before]
    rates = [f for f in figures if f.kind == "rate"]
    return compared[0] if compared else rates[0] if rates else figures[-1] if figures else None
