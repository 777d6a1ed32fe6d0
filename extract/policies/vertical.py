"""Tables of duties whose layout is lost: one cell after the other, each wrapped over several lines.

A PDF table without rules often comes out cell by cell (``序 号 重点任务 牵头单位 …``, then ``1``, its task, its units). The header
names the columns; each row begins with the next number. What is a list of units goes to the columns of units, from the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from extract.offsets import breaks_of
from extract.policies.layout import Line
from extract.policies.tables import Cell, is_header, unit_role

_HEADERS = re.compile(
    r"序号|编号|类别|(?:重点|工作|主要|具体|年度){0,2}(?:任务|内容|事项|措施|举措|目标)(?:名称|任务|内容|分解)?|项目名称"
    r"|(?:主要|第一|协同)?(?:牵头|责任|主办|承办|配合|参与|协办|落实|协同|支持)(?:单位|部门)|责任人|责任领导|牵头领导|完成时限|完成时间|时间节点|进度安排|备注"
)
_SECTION = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?、?[^。；]{4,60}")  # a line that parts the rows of such a table
_HEADER_FIRST = "序编"  # 序号, 编号: how the header of such a table begins
_SHORT = 14  # characters of a cell's line; longer lines are text
_MOST_HEADER_LINES = 16
_TIME = re.compile(r"\d{4}年|\d{1,2}月|[底末]前?|持续|长期|全年|每[年月季]|立即")
_UNIT_BEGIN = re.compile(r"(?:国家|国网|中国|人民银行|自治区|各|[省市县区州])|[一-鿿]{2,4}[省市县区]")
_UNIT_END = re.compile(r"(?:[局委办厅部院社署行会团联]|政府|管委会|中心|公司|集团|单位|部门|支队|总队|海关|等)$")


def rebuild(lines: Sequence[Line]) -> list[Line]:
    """The lines with such tables put into rows, tabs between the cells; all other lines as they are."""
    out: list[Line] = []
    i = 0
    while i < len(lines):
        if lines[i].text[0] not in _HEADER_FIRST:
            out.append(lines[i])
            i += 1
            continue
        if spaced := _spaced(lines, i) or _barred(lines, i):
            out.extend(spaced)
            i += len(spaced)
            continue
        header = _header(lines, i)
        if header and (cells := list(_cell_a_line(lines, i + header[0], header))):
            out.append(_row(lines[i : i + header[0]], header[2]))
            out.extend(cells)
            i += header[0] + sum(_lines_of(line) for line in cells)
            continue
        end = _end(lines, i + header[0]) if header else i
        if header is None or end == i + header[0]:
            out.append(lines[i])
            i += 1
            continue
        out.append(_row(lines[i : i + header[0]], header[2]))
        for first, stop in _rows(lines, i + header[0], end):
            out.append(_row(lines[first:stop], _cells(lines[first:stop], header[1])))
        i = end
    return out


def _spaced(lines: Sequence[Line], i: int) -> list[Line]:
    """A table whose cells blanks part, a row a line: the header that begins at ``i`` and its rows, else nothing.

    Units that blanks part are cells of their own, so that a row may have more cells than the header where that ends with units.
    """
    line = lines[i]
    if line.row or len(line.text) > 60 or line.text[1:2] not in "号":
        return []
    begins = _words(line)
    cells = [Cell(0, 0, text) for text in _texts(line, begins)]
    if len(begins) < 3 or not is_header(cells) or not any(unit_role(cell.text) for cell in cells):
        return []
    rows = [_at_blanks(line, begins)]
    listed = unit_role(cells[-1].text) is not None
    for row in lines[i + 1 :]:
        at = _tokens(row)
        fits = len(at) == len(begins) or (listed and len(at) > len(begins))
        if row.row or not fits or row.text[: at[1]] != str(len(rows)):
            break
        rows.append(_at_blanks(row, at))
    return rows if len(rows) > 1 else []


def _barred(lines: Sequence[Line], i: int) -> list[Line]:
    """A table whose cells bars part, as a page's text gives it: the header that begins at ``i`` and its rows, else nothing."""
    bars = lines[i].text.count("|")
    if bars < 2 or lines[i].row:
        return []
    rows = [_at_bars(line) for line in takewhile(lambda line: line.text.count("|") == bars and not line.row, lines[i:])]
    cells = [Cell(0, 0, text) for text in rows[0].text.split("\t")]
    return rows if len(rows) > 1 and is_header(cells) and any(unit_role(cell.text) for cell in cells) else []


def _at_bars(line: Line) -> Line:
    """The line as a row, a tab in the place of each bar but that at its end."""
    stop = len(line.text) - line.text.endswith("|")
    return replace(line, text=line.text[:stop].replace("|", "\t"), breaks=breaks_of(line.back[:stop]), row=True, item=0)


def _tokens(line: Line) -> list[int]:
    """Where the words of a line begin that blanks part in the file."""
    return [0, *(i for i, (a, b) in enumerate(pairwise(line.back), 1) if b > a + 1)]


def _words(line: Line) -> list[int]:
    """As :func:`_tokens`, where single characters (工 作 任 务) make one word; 序号 is always one."""
    begins = _tokens(line)
    ends = [*begins[1:], len(line.text)]
    return [a for n, a in enumerate(begins) if not n or a == 2 or ends[n] - a > 1 or ends[n - 1] - begins[n - 1] > 1]


def _texts(line: Line, begins: Sequence[int]) -> list[str]:
    return [line.text[a:b] for a, b in pairwise([*begins, len(line.text)])]


def _at_blanks(line: Line, begins: Sequence[int]) -> Line:
    """The line as a row, a tab in the place of the blanks before each word."""
    text, back, places = [], [], line.back
    for a, b in pairwise([*begins, len(line.text)]):
        if a:
            text.append("\t")
            back.append(places[a] - 1)
        text.append(line.text[a:b])
        back.extend(places[a:b])
    return replace(line, text="".join(text), breaks=breaks_of(back), row=True, item=0)


def _cell_a_line(lines: Sequence[Line], i: int, header: tuple[int, list[str], list[int]]) -> Iterator[Line]:
    """The rows of a table of a web page, each cell a line of its own however long, and the headings between its rows.

    Every row has a line for each column, beginning with a number that is higher than the last; what fits not ends the table.
    """
    columns, number = len(header[1]), 0
    units = [n for n, name in enumerate(header[1]) if unit_role(name)]
    if header[0] != columns or not re.fullmatch("序号|编号", header[1][0]):
        return
    while i < len(lines):
        row = lines[i : i + _filled(lines, i, columns, units[-1] + 1)]
        if len(row) > units[-1] and row[0].text.isdecimal() and len(row[0].text) < 4:
            named = all(_UNIT_END.search(row[n].text.rstrip("。、，（()） ")) for n in units[:1])
            if int(row[0].text) <= number or not named or any(line.row or line.text.isdecimal() for line in row[1:]):
                return
            number = int(row[0].text)
            yield _row(row, [min(n, len(row)) for n in range(columns)])
            i += len(row)
        elif _SECTION.fullmatch(row[0].text) and _row_or_section(lines, i + 1):
            yield row[0]
            i += 1
        else:
            return


def _filled(lines: Sequence[Line], i: int, columns: int, least: int) -> int:
    """How many cells the row at ``i`` has: those behind its units may be left out, so that the next row begins earlier."""
    following = str(int(lines[i].text) + 1) if lines[i].text.isdecimal() else ""
    return next((n for n in range(least, columns) if i + n < len(lines) and lines[i + n].text == following), columns)


def _row_or_section(lines: Sequence[Line], i: int) -> bool:
    return i < len(lines) and (lines[i].text.isdecimal() or _SECTION.fullmatch(lines[i].text) is not None)


def _lines_of(line: Line) -> int:
    return line.text.rstrip("\t").count("\t") + 1


def _header(lines: Sequence[Line], i: int) -> tuple[int, list[str], list[int]] | None:
    """How many lines from ``i`` are a header, the names of its columns, and at which line each begins."""
    if lines[i].row or len(lines[i].text) > 2:
        return None
    joined, ends = "", []
    for line in lines[i : i + _MOST_HEADER_LINES]:
        if line.row or len(line.text) > _SHORT or line.text.isdigit() or _SECTION.fullmatch(line.text):
            break
        joined += line.text
        ends.append(len(joined))
    names = _HEADERS.findall(joined)
    if "".join(names) != joined or len(names) < 3 or not any(map(unit_role, names)):
        return None
    begins, position = [], 0
    for name in names:
        begins.append(next(n for n, e in enumerate(ends) if e > position))
        position += len(name)
    return len(ends), names, begins


def _end(lines: Sequence[Line], i: int) -> int:
    """The line behind the table: its rows count on from 1 and hold short lines."""
    number, last = 1, i
    for n in range(i, len(lines)):
        if lines[n].row or lines[n].width > 40:
            break
        if lines[n].text == str(number):
            number += 1
        elif number == 1:
            break
        last = n + 1
    return last if number > 2 else i


def _rows(lines: Sequence[Line], i: int, end: int) -> Iterator[tuple[int, int]]:
    starts: list[int] = []
    for n in range(i, end):
        if lines[n].text == str(len(starts) + 1):
            starts.append(n)
    yield from zip(starts, [*starts[1:], end], strict=True)


def _cells(lines: Sequence[Line], names: Sequence[str]) -> list[int]:
    """At which line of a row each of its cells begins."""
    units = [n for n, name in enumerate(names) if unit_role(name)]
    before, behind = units[0], len(names) - units[-1] - 1
    stop = len(lines)
    while behind and stop > 1 and _TIME.search(lines[stop - 1].text):
        stop -= 1
    first = next((n for n in range(min(before, len(lines) - 1), stop) if _units_from(lines, n, stop)), stop)
    unit_cells = _unit_cells(lines, first, stop, len(units))
    text_cells = _text_cells(lines, 1, first, before - 1)
    return [0, *text_cells, *unit_cells, *([stop] * behind)]


def _units_from(lines: Sequence[Line], n: int, stop: int) -> bool:
    """Do the lines from ``n`` read as lists of units?"""
    joined = "".join(line.text for line in lines[n:stop])
    reads = _UNIT_BEGIN.match(lines[n].text) is not None and _UNIT_END.search(joined) is not None
    return reads and not re.search(r"[。％%\d]", joined)


def _unit_cells(lines: Sequence[Line], first: int, stop: int, columns: int) -> list[int]:
    """A cell of units ends where a name is complete, no comma follows, and the next line begins a name."""
    begins = [first]
    for n in range(first + 1, stop):
        cell = "".join(line.text for line in lines[begins[-1] : n])
        if len(begins) < columns and _UNIT_END.search(cell) and _UNIT_BEGIN.match(lines[n].text):
            begins.append(n)
    return begins + [stop] * (columns - len(begins))


def _text_cells(lines: Sequence[Line], first: int, stop: int, columns: int) -> list[int]:
    """Cells of text: a wider line than the first of the cell begins the next."""
    begins = [first] if columns else []
    for n in range(first + 1, stop):
        if len(begins) < columns and lines[n].width > lines[begins[-1]].width + 1.5:
            begins.append(n)
    return begins + [stop] * (columns - len(begins))


def _row(lines: Sequence[Line], begins: Sequence[int]) -> Line:
    """One line with a tab before each cell but the first; a tab's offset is that of the character before it."""
    text: list[str] = []
    back: list[int] = []
    for cell, (start, stop) in enumerate(zip(begins, [*begins[1:], len(lines)], strict=True)):
        if cell:
            text.append("\t")
            back.append(back[-1] if back else lines[0].start)
        for line in lines[start:stop]:
            text.append(line.text)
            back.extend(line.back)
    return replace(lines[0], end=lines[-1].end, text="".join(text), breaks=breaks_of(back), row=True, item=0)
