"""Tables whose cells kept their tabs: header, rows and cells as clean spans.

A table is a run of row paragraphs. A header repeated after a page break is no row; a paragraph without tabs between two rows goes
on with the last cell of the row above when that row lacks its last cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.frozen import dataclass
from extract.models import Paragraph, Role

_UNIT_HEADER = re.compile(
    r"[（(]?(?P<lead>牵头|总牵头|主办|主责|首席)|(?P<support>配合|参与|参加|协办|协助|协同|支持|会同)|(?P<responsible>责任|负责|承办|落实|实施|主管|承担|完成)"
)
_UNIT_WORD = re.compile(
    r"(?:单位|部门|机关|主体|处室|科室|机构)(?:[（(][^（）()]{1,30}[）)])?$|^(?:牵头|配合|主办|协办|责任|责任分工)$"
)
_PERSON = re.compile(r"领导|责任人|负责人|联系人|电话")
_HEADER_CELL = re.compile(
    r"(?:序号|编号|类别|分类|项目|任务|工作|指标|单位|部门|内容|目标|措施|要求|备注|时限|时间|名称|责任|年|值|属性|事项|领域|标准|进度|依据)"
)
_ORDINAL = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,4})[）)]?[、.．]?")
_MEMBERS = re.compile(r"(?:成员|职能|有关|相关)?(?:单位|部门)(?:名称)?(?:[（(](?:单位|部门)[）)])?")
_DUTIES = re.compile(r"(?:主要|工作|具体|应急)?(?:职责|职责分工|职责任务|任务分工|工作分工)(?:任务|内容)?")
_SECTION = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]")
_SHORT_NAME = re.compile(r"[一-鿿]{2,4}")
_SENTENCE = re.compile(r"[。；，]")
_HEADING = 60  # characters
_DEADLINE_HEADER = re.compile(r"时限|时间|期限|节点|进度")
_TASK_HEADER = re.compile(r"任务|内容|事项|措施|举措|要求|目标|工作|职责")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its clean span and text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells and its name, the ordinal or the most particular name that stands in it."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header cells and rows. ``units`` gives the role of each column that names units."""

    start: int
    end: int
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    units: dict[int, Role]

    def column(self, kind: str) -> int | None:
        """The first column that holds tasks (kind "task") or deadlines (kind "deadline"), or None."""
        pattern = {"task": _TASK_HEADER, "deadline": _DEADLINE_HEADER}[kind]
        return next((i for i, name in enumerate(self.header) if i not in self.units and pattern.search(name)), None)


def unit_role(header: str) -> Role | None:
    """The role that a column's header or a marker gives to the units under it; None where it names no units."""
    if _PERSON.search(header) or not _UNIT_WORD.search(header):
        return None
    found = _UNIT_HEADER.search(header)
    if found is None:
        return None
    if found.lastgroup == "lead":
        return "lead"
    return "support" if found.lastgroup == "support" else "responsible"


_LATEST: list[tuple[str, Sequence[Paragraph], list[Table]]] = []


def find_tables(text: str, paragraphs: Sequence[Paragraph]) -> list[Table]:
    """All tables of a text, in order. Those of the latest text are remembered, for several finders read them in turn."""
    if "\t" not in text:
        return []
    if not _LATEST or _LATEST[0][0] is not text or _LATEST[0][1] is not paragraphs:
        _LATEST[:] = [(text, paragraphs, _read(text, paragraphs))]
    return _LATEST[0][2]


def _read(text: str, paragraphs: Sequence[Paragraph]) -> list[Table]:
    tables: list[Table] = []
    run: list[Paragraph] = []
    header: Paragraph | None = None  # that of the run before, which holds on where only headings part the rows
    for paragraph in paragraphs:
        if "\t" in text[paragraph.start : paragraph.end]:
            if not run and header is not None and _goes_on(text, header, paragraph):
                run.append(header)
            run.append(paragraph)
        elif run:
            tables.extend(_tables(text, run))
            header = next((p for p in reversed(run) if is_header(_cells(text, p))), None)
            header, run = header if _parts_rows(text, paragraph) else None, []
        elif header is not None and not _parts_rows(text, paragraph):
            header = None
    if run:
        tables.extend(_tables(text, run))
    return tables


def _parts_rows(text: str, paragraph: Paragraph) -> bool:
    """Is the paragraph a heading as it stands between the rows of a table (二、保障和改善民生)?"""
    words = text[paragraph.start : paragraph.end]
    return len(words) <= _HEADING and words[-1] not in "。；：:" and _SECTION.match(words) is not None


def _goes_on(text: str, header: Paragraph, row: Paragraph) -> bool:
    """Has the row as many cells as the header, and is it no header itself?"""
    cells = _cells(text, row)
    return len(cells) == len(_cells(text, header)) and not is_header(cells)


def _cells(text: str, paragraph: Paragraph) -> tuple[Cell, ...]:
    out, start = [], paragraph.start
    for part in text[paragraph.start : paragraph.end].split("\t"):
        out.append(Cell(start, start + len(part), part))
        start += len(part) + 1
    return tuple(out)


def is_header(cells: Sequence[Cell]) -> bool:
    """Does the row name columns? Short cells without figures or numbers, most of them words that name columns."""
    filled = [c.text for c in cells if c.text]
    named = [c for c in filled if len(c) <= 16 and _HEADER_CELL.search(c) and not _SENTENCE.search(c)]
    if len(filled) < 2 or _ORDINAL.fullmatch(filled[0]):
        return False
    return len(named) * 2 >= len(filled) and all(len(c) <= 24 for c in filled)


def _tables(text: str, run: Sequence[Paragraph]) -> Iterator[Table]:
    """The tables of a run of rows; a header that differs from the last begins a new one."""
    header: tuple[str, ...] = ()
    rows: list[tuple[Cell, ...]] = []
    start = run[0].start
    for paragraph in run:
        cells = _cells(text, paragraph)
        if is_header(cells):
            names = tuple(c.text for c in cells)
            if names != header and _key(names) != _key(header):
                if rows:
                    yield _table(start, header, rows)
                header, rows, start = names, [], paragraph.start
            continue
        rows.append(cells)
    if rows:
        yield _table(start, header, rows)


def _key(names: Sequence[str]) -> str:
    return "".join(names)


def _table(start: int, header: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> Table:
    units = {i: role for i, name in enumerate(header) if (role := unit_role(name))} or _members(header)
    ordinal = next((i for i, name in enumerate(header) if re.fullmatch(r"序号|编号|号", name)), None)
    first_unit = min(units, default=len(header))
    named = tuple(Row(c[0].start, c[-1].end, c, _label(c, ordinal, first_unit)) for c in rows)
    return Table(start, rows[-1][-1].end, header, named, units)


def _members(header: Sequence[str]) -> dict[int, Role]:
    """The column of units in a table of their duties (成员单位 and 主要职责)."""
    if not any(_DUTIES.fullmatch(name) for name in header):
        return {}
    return {i: "responsible" for i, name in enumerate(header) if _MEMBERS.fullmatch(name)}


def _label(cells: Sequence[Cell], ordinal: int | None, first_unit: int) -> str:
    """What names a row: its number, else the last short name before the columns of units, else its first words."""
    if ordinal is not None and ordinal < len(cells) and cells[ordinal].text:
        return cells[ordinal].text.strip("、.．")
    if _ORDINAL.fullmatch(cells[0].text):
        return cells[0].text.strip("、.．")
    names = [c.text for c in cells[: max(first_unit, 1)] if c.text and not _SHORT_NAME.fullmatch(c.text)] or [
        c.text for c in cells[:2] if c.text
    ]
    short = [n for n in names[:2] if len(n) <= 40]
    return (short[-1] if short else names[0] if names else "")[:40]
