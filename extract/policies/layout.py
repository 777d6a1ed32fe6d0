"""Undo the layout that PDF extraction leaves: page furniture, hard-wrapped lines, blanks inside words.

``read_lines`` finds the lines of a file and marks running headers and page numbers; ``compose`` joins lines to paragraphs. Both
keep the raw offset of every character, so that nothing read in the clean text loses its place in the file.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from extract.duties.roles import BARE, LABEL
from extract.frozen import dataclass
from extract.models import Paragraph, SourceText
from extract.offsets import Offsets, breaks_of
from extract.policies.marks import MARK_FIRST, TERMINAL, Mark, marker_at

_PAGE = re.compile(r"[—\-–―·•‐\s]{0,6}\d{1,4}[—\-–―·•‐\s]{0,6}|第\d{1,4}页(?:[，,/]?共\d{1,4}页)?|\d{1,4}/\d{1,4}")
# 市人民政府公报（2020-10）办公室文件 / 省人民政府公报2021年第3期 / 政报 2019.12
_HEADER = re.compile(
    r"[^。；]{0,16}(?:公报|政报)[（(·]?\d{4}(?:[-—.年·]第?\d{1,2}期?)[）)]?[^。；，]{0,12}|[^。；，]{0,12}(?:公报|政报)第\d{1,3}期[^。；，]{0,10}"
    r"|[^。；，]{2,10}文件[^。；，]{0,16}(?:公报|政报)[（(]\d{4}[-—.]\d{1,2}[）)]"
)
_HEADER_LIMIT = 40  # squeezed characters; longer lines are text that speaks of a gazette
LOST_BREAKS, LONG_LINE = 3, 120  # a long line with so many double blanks is a text whose line breaks became blanks
_ANY_BLANK_RUN = re.compile(r"\S([ 　]*[　]{2})(?=\S)")
_BLANK_RUN = re.compile(r"[。！？；：）”]([ 　]*[　]{2})(?=\S)")
_ITEM = re.compile(
    r"(\d{1,2})[ 　]{1,4}(?=[一-鿿“\d])(?!\d+[ 　]?[年月日个家项万亿%％])"
    r"(?!(?:年|月|日|个|家|项|万|亿|元|人|名|次|米|公里|倍|岁|条|号|期)[一-鿿])"
)
_DIGITS = re.compile(r"\d+")
_CUT_LABEL = re.compile(rf"(?:[-–•]\s?)?(?:{LABEL}|{BARE})[:：]")  # a list of units in a line of its own
_LABEL_FIRST = frozenset("第主共直市省县区州具总牵责负承配参协支落实会执部任单-–•")  # what such a line begins with
_UNIT_END = "局委办厅部会院府行司队校社心院团联位区县市所站）)"
_ENTRY = re.compile(r"[一-鿿][一-鿿、（）()]{1,40}[：:]")  # 市财政局：…, an entry of a list of duties
_CLAUSE_END = re.compile(r"[。，；]")
_CUT_LIST = re.compile(r"(?:[一-鿿]{1,15}[局委办厅部会院府队社联]、){1,12}[一-鿿]{1,12}")
_NAME_END = "局委办厅部会院府行司队社团联"
_IN_A_SENTENCE = re.compile(r"[。；](?=[一-鿿]{2})|(?<=[局委办厅部会院])负责(?!人|同志)")
# a subject: what follows is a sentence of its own
_BODY_FIRST = re.compile(r"[^，。；、]{1,20}(?:[局委办厅部会院府]|中心|公司|单位|部门)(?:负责|牵头|会同|要|应|按)|[（(]|附件|抄送")

WRAPPED_LIMIT = 60  # a text column is at most so many full-width characters wide; beyond, a line is a paragraph
LEAST_PAGE = 150  # characters between two page numbers; rows of a table have fewer between their numbers
NARROWEST = 14  # no column of a gazette is narrower; shorter lines around tell nothing about a column
_WINDOW = 12  # lines before and after that tell the width of the column


@dataclass(frozen=True, slots=True)
class Line:
    """A line that carries text. ``text`` is without white space (tabs between cells kept); ``back`` holds its raw offsets.

    They run on from ``start``, except that each of the ``breaks`` says from which character on they run on from which offset.
    ``width`` counts full-width characters (ASCII counts half). ``indented`` is True after two ideographic blanks, the mark of a
    new paragraph. ``row`` is True for a row of a table that kept its tabs. ``item`` is the number that a blank sets apart at the
    head of the line (``3 监测预警``, a row of a flattened table), else 0.
    """

    start: int
    end: int
    text: str
    breaks: tuple[tuple[int, int], ...]
    width: float
    row: bool = False
    indented: bool = False
    item: int = 0

    @property
    def back(self) -> list[int]:
        """The raw offset of each character."""
        begins = [0, *(at for at, _ in self.breaks)]
        ahead = [self.start, *(offset - at for at, offset in self.breaks)]
        return list(Offsets(begins, ahead, len(self.text)))


def _width(text: str) -> float:
    return len(text) - len(text.encode("ascii", "ignore")) / 2


def _raw_lines(text: str) -> Iterator[tuple[int, str]]:
    """Where each line with words begins, and the line, split also where two ideographic blanks stand for a lost paragraph break."""
    position = 0
    for line in text.splitlines(keepends=True):
        if line.isspace():
            pass
        elif "\u3000\u3000" not in line or "\u3000\u3000" not in line.strip():  # both runs stand between words
            yield position, line
        else:
            lost = line.count("\u3000\u3000") >= LOST_BREAKS and len(line) > LONG_LINE
            start = 0
            for cut in (_ANY_BLANK_RUN if lost else _BLANK_RUN).finditer(line):
                yield position + start, line[start : cut.start(1)]
                start = cut.start(1)
            yield position + start, line[start:]
        position += len(line)


def _squeeze(text: str, start: int, words: Sequence[str]) -> tuple[str, int, int, tuple[tuple[int, int], ...]]:
    """The words that stand one after the other from ``start``, joined; the raw span that they fill, and the breaks in it."""
    first = end = text.index(words[0], start)
    end += len(words[0])
    if len(words) == 1:  # most lines have no blank inside
        return words[0], first, end, ()
    breaks, size = [], len(words[0])
    for word in words[1:]:
        place = text.index(word, end)
        breaks.append((size, place))
        size += len(word)
        end = place + len(word)
    return "".join(words), first, end, tuple(breaks)


def _row(text: str, start: int, line: str) -> tuple[str, int, int, tuple[tuple[int, int], ...]]:
    """A table row: cells without white space, their tabs kept with their offsets; the rest as :func:`_squeeze` gives it."""
    parts: list[str] = []
    back: list[int] = []
    position = start
    for cell in line.rstrip("\r\n").split("\t"):
        if position > start:
            parts.append("\t")
            back.append(position - 1)
        place = position
        for word in cell.split():
            parts.append(word)
            place = text.index(word, place)
            back.extend(range(place, place + len(word)))
            place += len(word)
        position += len(cell) + 1
    return "".join(parts), back[0], back[-1] + 1, breaks_of(back)


def read_lines(source: SourceText) -> list[Line]:
    """The lines of a file that carry text, without running headers and page numbers."""
    text = source.reading
    lines: list[Line] = []
    for start, line in _raw_lines(text):
        words = line.split()
        row = "\t" in line and "\t" in line.strip("\r\n \u3000")
        squeezed, first, end, breaks = _row(text, start, line) if row else _squeeze(text, start, words)
        if squeezed.strip("\ufeff\u200b\t"):
            item = _ITEM.match(line.strip()) if len(words) > 1 and words[0][0].isdecimal() else None
            indented = line.startswith("\u3000\u3000")
            lines.append(Line(first, end, squeezed, breaks, _width(squeezed), row, indented, int(item[1]) if item else 0))
    furniture = _furniture(lines)
    return [line for i, line in enumerate(lines) if i not in furniture]


def _furniture(lines: Sequence[Line]) -> set[int]:
    """Indices of page numbers and running headers.

    A bare number is a page number only in a growing series of at least three; else it is a cell of a flattened table.
    """
    out: set[int] = set()
    bare: list[int] = []
    for i, line in enumerate(lines):
        if len(line.text) > _HEADER_LIMIT or line.row:
            continue
        first = line.text[0]
        if (first == "第" or not first.isalpha()) and _PAGE.fullmatch(line.text):
            (bare if line.text.isdigit() else []).append(i)
            if not line.text.isdigit():
                out.add(i)
        elif "报" in line.text and _HEADER.fullmatch(unicodedata.normalize("NFKC", line.text)):
            out.add(i)
    return out | _page_series(lines, bare) | _repeated(lines, out)


def _page_series(lines: Sequence[Line], bare: Sequence[int]) -> set[int]:
    """Bare numbers that count pages: each one more than the last, at least three of them, far apart."""
    best: list[int] = []
    for first in range(min(len(bare), 6)):
        series = [bare[first]]
        for i in bare[first + 1 :]:
            follows = int(lines[i].text) == int(lines[series[-1]].text) + 1
            if follows and sum(len(line.text) for line in lines[series[-1] : i]) >= LEAST_PAGE:
                series.append(i)
        best = max(best, series, key=len)
    return set(best) if len(best) >= 3 else set()


def _repeated(lines: Sequence[Line], pages: set[int]) -> set[int]:
    """Short lines that stand beside a page number at least three times with the same words."""
    beside: Counter[str] = Counter()
    places: dict[str, list[int]] = {}
    for page in pages:
        for i in (page - 1, page + 1):
            if 0 <= i < len(lines) and i not in pages and len(lines[i].text) <= _HEADER_LIMIT and not lines[i].row:
                key = _DIGITS.sub("#", lines[i].text)
                beside[key] += 1
                places.setdefault(key, []).append(i)
    return {i for key, count in beside.items() if count >= 3 for i in places[key]}


def _columns(lines: Sequence[Line]) -> list[float]:
    """The width of the text column around each line; infinite where lines are whole paragraphs."""
    widths = [0.0 if line.row else line.width for line in lines]
    total = sum(widths) or 1.0
    if sum(w for w in widths if w > WRAPPED_LIMIT) / total > 0.3:
        return [float("inf")] * len(lines)
    columns = []
    around = sorted(widths[:_WINDOW])
    for i in range(len(widths)):
        if i + _WINDOW < len(widths):
            insort(around, widths[i + _WINDOW])
        if i > _WINDOW:
            del around[bisect_left(around, widths[i - _WINDOW - 1])]
        widest = around[-1]
        columns.append(widest if widest <= WRAPPED_LIMIT and widest - around[len(around) - 2] <= 1 else _column(around))
    return columns


def _column(around: Sequence[float]) -> float:
    """The widest of the widths, which rise, that occurs twice (give or take one character); a single long line is no column."""
    widest = around[-1]
    if widest > WRAPPED_LIMIT:
        return float("inf")
    for i in range(len(around) - 1, 0, -1):
        if around[i] - around[i - 1] <= 1:
            return around[i]
    return widest


def _continues(
    line: Line, following: Line, marks: tuple[Mark | None, Mark | None], column: float, paragraph: str, counted: bool
) -> bool:
    """Does the paragraph of ``line`` go on in ``following``?

    ``marks`` stand at the heads of both; ``counted``: the second is the next of its series, so that it is no figure which the
    line break cut off. ``paragraph`` is the line that opens the paragraph, which is indented by two characters.
    """
    if line.row or following.row or following.indented:
        return False
    last, wrapped = line.text[-1], column != float("inf")
    width = line.width + 2 * (paragraph is line.text)
    own, mark = marks
    if mark is not None and not _open_bracket(line.text):
        chance = mark.weak and not counted and last not in TERMINAL and wrapped and width >= column - 1.5
        if not chance:
            return False
    entry = _ENTRY.match(following.text) is not None and not _open_bracket(line.text)
    if entry and last in TERMINAL:
        return False
    if entry and last not in _NAME_END and mark is None and not _CUT_LABEL.match(following.text) and _CUT_LIST.fullmatch(line.text):
        return True  # 市财政局、市林业局、市 | 水利局：…, an entry whose units the line break parts
    label = following.text[0] in _LABEL_FIRST and last not in "；;、，,：:（(" and _CUT_LABEL.match(following.text) is not None
    if label and not _open_bracket(line.text):
        return False
    cut = wrapped and width >= column - 1.5 and last not in TERMINAL
    if following.item and counted and not cut and not _open_bracket(line.text):
        return False
    labelled = paragraph[0] in _LABEL_FIRST and last != "。" and (last not in _UNIT_END or last in "：:")
    if last in "、，," or (labelled and _CUT_LABEL.match(paragraph)):
        return True
    if last in "）)〕】" and not wrapped and not _open_bracket(line.text):
        return following.text[0] in "，,。；;、的等和及为"  # a list in a bracket closes its paragraph
    if not wrapped:
        if last in TERMINAL or _headline(line, own):
            return False
        return line.width > 24 or _open_bracket(line.text) or _cut_sentence(line, following)
    if width >= column - 2.6 and (column >= NARROWEST or (last not in TERMINAL and not _headline(line, own))):
        return True
    if last in TERMINAL:
        return False
    ends = last in "）)" or (_headline(line, own) and not _article(own))
    return _open_bracket(line.text) or (width >= 0.75 * column and not ends)


def _open_bracket(text: str) -> bool:
    """A bracket or title that is opened in the last 60 characters and not closed; what it holds goes on."""
    tail = text[-60:]
    return (
        ("（" in tail and tail.rfind("（") > tail.rfind("）"))
        or ("(" in tail and tail.rfind("(") > tail.rfind(")"))
        or ("《" in tail and tail.rfind("《") > tail.rfind("》"))
    )


def _cut_sentence(line: Line, following: Line) -> bool:
    """Is the end of a short line cut off by a page break, so that the next line, which ends a sentence, goes on with it?

    The line holds the end of a sentence or tells who is in charge (市财政局负责落实停车专 | 项资金。), which no heading does.
    """
    return (
        _IN_A_SENTENCE.search(line.text) is not None
        and following.text[-1] in "。；"
        and not _CUT_LABEL.match(line.text)
        and not _BODY_FIRST.match(following.text)
    )


def _headline(line: Line, mark: Mark | None) -> bool:
    """A numbered heading without a sentence."""
    return (mark is not None or line.item > 0) and len(line.text) <= 40 and not _CLAUSE_END.search(line.text)


def _article(mark: Mark | None) -> bool:
    """An article, whose sentence begins in the line of its mark; the mark is set apart by blanks that are counted nowhere."""
    return mark is not None and mark.kind == "article"


def compose(
    lines: Sequence[Line], breaks: Iterable[int] = (), joins: Iterable[int] = ()
) -> tuple[str, Offsets, tuple[Paragraph, ...]]:
    """Join lines to paragraphs.

    ``breaks`` are indices of lines after which a paragraph ends in any case (titles, dates, signatures),
    ``joins`` those after which it goes on. Returns the clean text,
    the raw offset of each of its characters and the paragraphs as clean spans.
    """
    forced, joined = set(breaks), set(joins)
    columns = _columns(lines)
    marks = [marker_at(line.text, 0) if line.text[0] in MARK_FIRST else None for line in lines]
    text: list[str] = []
    begins: list[int] = []
    ahead: list[int] = []
    paragraphs: list[Paragraph] = []
    series: dict[str, int] = {}
    start = size = 0
    first = ""
    for i, line in enumerate(lines):
        text.append(line.text)
        begins.append(size)
        ahead.append(line.start - size)
        for at, offset in line.breaks:
            begins.append(size + at)
            ahead.append(offset - size - at)
        opens = start == size
        first = line.text if opens else first
        size += len(line.text)
        last = i + 1 == len(lines)
        if opens and (mark := marks[i]):
            series[mark.kind] = mark.value
        elif opens and line.item:
            series["item"] = line.item
        goes_on = not last and i not in forced
        if goes_on and i not in joined:
            mark, item = marks[i + 1], lines[i + 1].item
            counted = (mark is not None or item > 0) and _counted(mark, item, series)
            goes_on = _continues(line, lines[i + 1], (marks[i], mark), columns[i], first, counted)
        if not goes_on:
            paragraphs.append(Paragraph(start, size))
            if not last:
                text.append("\n")
                begins.append(size)
                ahead.append(line.end - 1 - size)
                size += 1
            start = size
    return "".join(text), Offsets(begins, ahead, size), tuple(paragraphs)


def _counted(mark: Mark | None, item: int, series: dict[str, int]) -> bool:
    """Is the mark at the head of the line the next of its series, or the first of a new one?"""
    kind, value = (mark.kind, mark.value) if mark else ("item", item)
    return value == 1 or (value > 0 and value == series.get(kind, 0) + 1)
