"""Sentences that hold figures, cut so that a rule can look at what stands around each figure.

A *sentence* ends at 。 or a paragraph's end, a *statement* also at a semicolon; a *segment* also at a comma or colon. Figures
that are listed (``20万元、10万元``) form a group: what is said of the last is said of all.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import field

from extract.frozen import dataclass
from extract.targets.figures import Figure, find_figures

_ENDS = re.compile(r"[。！？!?\n\t；;]")
_COMMA = re.compile(r"[，,：:](?!\d{3}(?!\d))")
LONGEST_LIST = 12
"""Figures that one list holds at most; longer ones are cut, so that no text makes the work grow with its square."""
_HIDDEN = re.compile(r"《[^《》\n]{1,120}》|（[^（）()\n]{1,60}）|\([^（）()\n]{1,60}\)")
_LINK = re.compile(r"(?:[、和及与或]|以及|至)[一-鿿A-Z“”每—（）()]{0,10}")


@dataclass(frozen=True, slots=True)
class Group:
    """Figures in a list. ``segment`` is the clean span around them."""

    figures: tuple[Figure, ...]
    segment: tuple[int, int]

    @property
    def first(self) -> Figure:
        """The first figure of the list."""
        return self.figures[0]

    @property
    def last(self) -> Figure:
        """The last figure of the list."""
        return self.figures[-1]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its figures, within ``[sentence_start, sentence_end)``; ``paragraph`` is where its paragraph begins."""

    start: int
    end: int
    sentence_start: int
    sentence_end: int
    paragraph: int
    groups: tuple[Group, ...] = field(default_factory=tuple)


class Hidden:
    """Stretches of a text, in order and apart, whose figures say nothing of their own."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._starts, self._ends = [start for start, _ in spans], [end for _, end in spans]

    def holds(self, position: int) -> bool:
        """Does the position lie in one of them?"""
        at = bisect_right(self._starts, position) - 1
        return at >= 0 and position < self._ends[at]


def find_statements(text: str, start: int, end: int, hidden: Hidden) -> Iterator[Statement]:
    """The statements of the paragraph ``text[start:end]`` that hold figures outside titles and brackets."""
    figures = [f for f in find_figures(text, start, end) if not hidden.holds(f.start) and not _is_base(text, f)]
    if not figures:
        return
    stops = [m.start() for m in _ENDS.finditer(text, start, end)] + [end]
    full = [i for i in stops if i == end or text[i] not in "；;"]
    i = 0
    while i < len(figures):
        k = bisect_left(stops, figures[i].start)
        stop, begin = stops[k], stops[k - 1] + 1 if k else start
        j = i
        while j < len(figures) and figures[j].start < stop:
            j += 1
        at = bisect_left(full, begin)
        sentence = (full[at - 1] + 1 if at else start, full[bisect_left(full, stop)])
        yield Statement(begin, stop, *sentence, start, tuple(_groups(text, begin, stop, figures[i:j], hidden)))
        i = j


# 由50%提高到75%: the first figure is where the second starts from.
_FROM = re.compile(r"[由从自](?:20\d{2}年[底末]?的?)?(?:每[一-鿿]{1,2}){0,2}$")
_ONWARD = re.compile(r"[^，,。；;\d]{0,12}(?:提高|提升|降|压|缩|增|扩|减|上升|下降|调整)[^，,。；;\d]{0,4}[到至为]")


def _is_base(text: str, f: Figure) -> bool:
    return _FROM.search(text, max(0, f.left - 16), f.left) is not None and _ONWARD.match(text, f.right) is not None


def hidden_spans(text: str) -> list[tuple[int, int]]:
    """Titles in 《》 and short brackets, whose figures say nothing of their own."""
    return [m.span() for m in _HIDDEN.finditer(text)]


def _groups(text: str, start: int, end: int, figures: Sequence[Figure], hidden: Hidden) -> Iterator[Group]:
    commas = [at for m in _COMMA.finditer(text, start, end) if not hidden.holds(at := m.start())]
    i = 0
    while i < len(figures):
        j = i + 1
        while j < len(figures) and j - i < LONGEST_LIST and _listed(text, figures[j - 1], figures[j]):
            j += 1
        a = bisect_left(commas, figures[i].start)
        b = bisect_left(commas, figures[j - 1].end)
        segment = (commas[a - 1] + 1 if a else start, commas[b] if b < len(commas) else end)
        yield Group(tuple(figures[i:j]), segment)
        i = j


def _listed(text: str, a: Figure, b: Figure) -> bool:
    """Are two figures neighbours of one list: 20万元、10万元; 国家级30万元、省级10万元?"""
    if a.unit != b.unit or a.kind != b.kind or b.left - a.right > 12 or b.left <= a.right:
        return False
    return _LINK.fullmatch(text, a.right, b.left) is not None
