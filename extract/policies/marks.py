"""The marks that number the parts of a document: 第一章, 第三条, 一、（一）1.（1）①, 5.2.1, 一是, 专栏1, 附件2.

Source of the order: the numbering that 《党政机关公文格式》 GB/T 9704-2012 lays down (一、（一）1.（1）), the chapters and
articles of 《规章制定程序条例》, and the decimal headings of emergency plans.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from extract.frozen import dataclass

TERMINAL = "。！？；：!?;:"

_CN = "一二三四五六七八九十百零〇"
_VALUES = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"〇": 0}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ENCLOSED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑"  # （1）, （一） and 1. as one character each

# rank: how deep a kind of mark stands where documents mix them; boxes close the section they stand in
RANKS = {
    "appendix": 0.0,
    "part": 1.0,
    "chapter": 2.0,
    "section": 3.0,
    "article": 4.0,
    "decimal": 5.0,
    "comma": 6.0,
    "paren": 7.0,
    "box": 7.5,
    "dot": 8.0,
    "numparen": 9.0,
    "halfparen": 9.5,
    "circled": 10.0,
    "runin": 11.0,
}

# 4.2公里 is a figure that a line break cut off, 4.2公民 and 4.2年度计划 are headings
_MEASURE = r"[万亿倍亩吨版GgＧ]|元(?!旦|宵)|米|公[里斤顷分吨升]|级(?!别)|年(?![度终初鉴])|个(?![人体别])|家(?![庭长具电政禽畜])"

_MARK = re.compile(
    rf"(?P<appendix>附[件录表](?:\d{{1,2}}|[{_CN}]{{1,3}})?(?=[:：]?(?:\s|$|\n))"
    rf"|附[件录](?:\d{{1,2}}|[{_CN}]{{1,3}})(?=[:：.]?[一-鿿《]))"
    rf"|第(?P<part>[{_CN}]{{1,4}})[编篇]"
    rf"|第(?P<chapter>[{_CN}]{{1,4}}|\d{{1,2}})章"
    rf"|第(?P<section>[{_CN}]{{1,4}}|\d{{1,2}})节(?![点课能约气目日])"
    rf"|第(?P<article>[{_CN}]{{1,6}}|\d{{1,3}})条(?!件|例|款)"
    rf"|(?P<decimal>\d{{1,2}}(?:\.\d{{1,2}}){{2,4}}(?=[^\d%％.．])|\d{{1,2}}\.\d{{1,2}}(?=[^\d%％.．])(?!{_MEASURE}))"
    rf"|(?P<comma>[{_CN}]{{1,4}})[、．.﹑﹒](?![{_CN}]是)"
    rf"|[（(](?P<paren>[{_CN}]{{1,4}})[）)]"
    rf"|[（(](?P<numparen>\d{{1,2}})[）)]"
    rf"|(?P<halfparen>\d{{1,2}})[）)]"
    rf"|(?P<dot>\d{{1,2}})(?:[.．、﹑﹒](?!\d)|[.．﹒](?=\d{{1,4}}年|[3-6]G|\d{{3}}))"
    rf"|(?P<circled>[{_CIRCLED}])"
    rf"|(?P<enclosed>[{_ENCLOSED}])"
    rf"|(?P<box>专栏(?:\d{{1,2}}|[{_CN}]{{1,3}})?(?=[:：]?[^\n。]{{0,40}}(?:\n|$)))"
    rf"|(?P<runin>[{_CN}]{{1,2}})是(?!否|指)"
)
BODY_END = "局委办厅部会院府区心司行队站处"
NEXT_MARK = rf"(?=\d{{1,2}}[.．、](?!\d)|[（(][{_CN}]{{1,3}}[）)]|[{_CN}]{{1,2}}、)"
"""The mark right behind the last body of a list, in a text whose breaks are lost: 各县区政府2.加快…"""
_WEAK = frozenset({"dot", "decimal", "halfparen", "numparen", "runin", "article", "section", "chapter", "part"})
MARK_FIRST = frozenset(f"第附专（(0123456789{_CN}{_CIRCLED}{_ENCLOSED}-–•●·")
"""What a mark, or a dash before it, begins with."""
_DASHES = "-–•●·"
_BULLET = re.compile(rf"[{_DASHES}]\s?(?=[（(\d附])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark found at ``[start, end)``. ``label`` is as printed without its closing point; ``value`` its number (0: none).

    ``weak`` marks may stand at the head of a line by chance, as a figure does that a line break cut off.
    """

    kind: str
    label: str
    value: int
    start: int
    end: int
    weak: bool = False
    depth: int = 0

    @property
    def rank(self) -> float:
        """How deep the mark stands; a deeper decimal ranks after a shallower."""
        return RANKS[self.kind] + self.depth / 10


@lru_cache(maxsize=1024)
def number_of(written: str) -> int:
    """The value of 十五, 二十, 一百零三, 15; 0 where it is no number."""
    if written.isdigit():
        return int(written)
    total = digit = 0
    for c in written:
        if c == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif c == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif c in _VALUES:
            digit = _VALUES[c]
        else:
            return 0
    return total + digit


def marker_at(text: str, start: int) -> Mark | None:
    """The mark at ``start`` of the clean text, or None. A list dash before it is passed over."""
    if text[start : start + 1] not in MARK_FIRST:
        return None
    bullet = _BULLET.match(text, start) if text[start] in _DASHES else None
    found = _MARK.match(text, bullet.end() if bullet else start)
    if found is None:
        return None
    kind = found.lastgroup or ""
    inner = found.group(kind)
    return _mark(kind, inner, found.group(), found.start(), found.end())


def _mark(kind: str, inner: str, whole: str, start: int, end: int) -> Mark:
    weak = kind in _WEAK
    if kind == "decimal":
        numbers = inner.split(".")
        return Mark(kind, inner, int(numbers[-1]), start, end, weak, len(numbers) - 1)
    if kind == "enclosed":
        sort = "numparen" if whole < "⒈" else "dot" if whole < "㈠" else "paren"
        return Mark(sort, whole, int(unicodedata.numeric(whole)), start, end)
    if kind == "circled":
        return Mark(kind, whole, _CIRCLED.index(whole) + 1, start, end)
    if kind in ("appendix", "box"):
        return Mark(kind, whole, number_of(whole[2:]), start, end)
    label = inner if kind == "comma" else whole.rstrip("、") if kind == "dot" else whole
    return Mark(kind, label, number_of(inner), start, end, weak)
