"""Figures in Chinese policy text: a numeral with its unit and the words of comparison around it.

``不低于20%``, ``3—5个``, ``压缩至90个工作日以内``, ``三分之一以上``, ``3000—10000元``, ``1.5万个以上``, ``全覆盖``. What a
figure says of the world (a target, a grant, a condition) is not decided here. Units and comparison words lie in
``data/units.tsv`` and ``data/comparisons.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from extract.frozen import dataclass
from extract.numerals import parse_number

Value = float | int | str | tuple[float, float]
Change = Literal["up", "down"] | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of ``units.tsv``; ``kind`` is one of rate, money, count, size, time, ratio."""

    unit: str
    kind: str
    example: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A row of ``comparisons.tsv``: a word ``side`` (before, after) of the figure, the operator and the direction it means."""

    word: str
    side: str
    op: str
    change: Change
    example: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: ``text[start:end]`` is numeral and unit, ``text[left:right]`` also holds the words of comparison.

    ``value`` is a number, a pair for a range, or a fraction in digits ("1/3"). ``kind`` is the unit's kind (with cn- before it
    for a numeral in characters), whole for 全覆盖, 全额 and 全部建成, level for 500亿级, share for 1:1, grade for Ⅱ类, zero for
    零增长, or bare for a number without unit. ``op`` is one of = > >= < <= ~. ``before`` and ``after`` are the words of
    comparison ("" if none); ``change`` tells up or down for 增长8% or 下降3%.
    """

    start: int
    end: int
    left: int
    right: int
    value: Value
    unit: str | None
    kind: str
    op: str = "="
    before: str = ""
    after: str = ""
    change: Change = None


def _rows(name: str) -> list[list[str]]:
    lines = files("extract").joinpath(f"data/{name}").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:] if line]


@cache
def units() -> dict[str, Unit]:
    """The units by how they are written."""
    return {row[0]: Unit(*row) for row in _rows("units.tsv")}


@cache
def comparisons(side: str) -> dict[str, Comparison]:
    """The comparison words of one side, ``before`` or ``after``."""
    rows = (Comparison(w, s, op, cast(Change, change or None), ex) for w, s, op, change, ex in _rows("comparisons.tsv"))
    return {row.word: row for row in rows if row.side == side}


@cache
def verbs(kind: str) -> tuple[str, ...]:
    """The verbs of one kind, longest first."""
    return tuple(sorted((row[0] for row in _rows("figure_verbs.tsv") if row[1] == kind), key=len, reverse=True))


def alternatives(words: Iterator[str] | tuple[str, ...] | list[str]) -> str:
    """A regular expression for any of the words, longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


_NUM = r"(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,12})(?:\.\d{1,6})?"
_CN = r"[一二两三四五六七八九十百]{1,4}"
_TIMES = r"(?:[十百千]?[万亿]|万亿|千)"
_DASHES = r"—–－\-~～至"
_DASH = rf"[{_DASHES}]{{1,2}}"


@cache
def _pattern() -> re.Pattern[str]:
    base = alternatives(list(units()))
    counters = alternatives(
        [u.unit for u in units().values() if u.kind in ("count", "time", "ratio") and len(u.unit) < 5 and u.unit != "面"]
    )
    per = (
        r"(?:[十百千万]{0,2}(?:人次|人口|人|户)|月|年|件|项|家|台|套|吨|亩|辆|只|头|平方米|平米|㎡|平方公里|百公里|公里|千瓦时|千瓦|度|次|天|日|座"
        r"|个|生|学期|立方米|标箱|公斤|千克|公顷|升|米|万元|床|班|场|株|单|车|学年|课时|小时)"
    )
    # Looked at before all units are tried: a dash as near as the longest unit allows, and what any unit begins with.
    range_ahead = rf"(?=[^，。；、\n\d{_DASHES}]{{0,{max(map(len, units())) + 2}}}+[{_DASHES}])"
    unit_ahead = f"(?=[余十百千万亿{''.join(sorted({re.escape(unit[0]) for unit in units()}))}])"
    # 5G基站, 4A级 and 第3届 are names, not figures: no letter or 第 before, no 级 or further digits after.
    return re.compile(
        r"(?=[\dlI一二两三四五六七八九十百千万全零ⅠⅡⅢⅣⅤ])(?:"
        rf"(?<![\dA-Za-z第〔\[前+＋×/])(?<!\d[.,])(?<!No\.)(?P<num>(?:[lI](?=\d\d))?{_NUM})(?!\d|[.,]\d)(?:"
        rf"(?P<ratio>[:：∶]{_NUM})(?![\d:：∶])"
        r"|(?P<among>[/／](?:10万|十万|100万|百万|万)(?!元)人?)"
        rf"|/(?P<bottom>\d{{1,3}})(?![\d/])"
        rf"|{range_ahead}(?P<unit1>{_TIMES}?(?:{base})|{_TIMES})?(?P<dash>{_DASH})(?P<num2>{_NUM})(?P<unit2>余?{_TIMES}?(?:{base})|{_TIMES})"
        rf"|{unit_ahead}余?(?P<unit>{_TIMES}?(?:{base})|{_TIMES})(?P<per>[/／](?:{per})(?:[/／·]?(?:{per}))?)?)?(?P<level>级(?!别))?"
        rf"|(?P<fraction>(?:{_CN}|千)分之(?:{_CN}点?[一二三四五六七八九]{{0,3}}))"
        rf"|(?<![第前十百千万亿一二三四五六七八九—\-])(?P<cn>{_CN})(?P<cnunit>[万亿]?(?:{counters}))"
        r"|(?P<cnlevel>[百千万]亿)级(?!别)"
        r"|(?P<roman>[ⅠⅡⅢⅣⅤ])类"
        r"|(?P<whole>全(?:面)?覆盖|全额|全部(?=建成|完成|配建|配备|接入|达标|投产|整治|改造|淘汰|关闭|退出|取消))"
        r"|(?P<zero>零)(?=增长)"
        r"|(?<=超)(?P<bare>万亿)元)"
    )


def find_figures(text: str, start: int = 0, end: int | None = None) -> Iterator[Figure]:
    """The figures of ``text[start:end]`` in order. Dates, numbers of documents, ordinals and names with digits are left out."""
    for m in _pattern().finditer(text, start, len(text) if end is None else end):
        if m.lastgroup == "num" and not _may_compare(text, m.start()):  # most bare numbers
            continue
        read = _read(text, m)
        if read is not None:
            figure = _compare(text, m, *read)
            # Bare numbers and numerals in characters are figures only where a word compares them (至少一次, >3000) or sets them for
            # each place.
            compared = figure.before or (figure.kind != "bare" and figure.unit not in _BANDWIDTHS)
            if figure.unit == "层":  # 不超过4层, but not 地上为6层以上住宅
                compared = figure.before and comparisons("before")[figure.before].op != "="
            if compared and (figure.op != "=" or not figure.kind.startswith("cn-") or _for_each(text, figure)):
                yield figure


_EACH = re.compile(r"每个?(?:县|市|区|乡|镇|街道|村|社区|园区|学校)[^，,。；;：:\d]{0,12}$")


def _for_each(text: str, figure: Figure) -> bool:
    """每个县组建一支队伍: a numeral in characters that sets a number for each place."""
    if figure.kind != "cn-count" or figure.unit in ("次", "名", "人", "位"):
        return False
    at = max(0, figure.start - 20)
    return text.find("每", at, figure.start) >= 0 and _EACH.search(text, at, figure.start) is not None


def _read(text: str, m: re.Match[str]) -> tuple[Value, str | None, str] | None:
    """Value, unit and kind of a match; None where the digits are no figure."""
    if m["num"]:
        return _digits(text, m)
    if m["fraction"]:
        bottom, _, top = m["fraction"].partition("分之")
        if bottom in ("百", "千"):
            return parse_number(top) or 0, "%" if bottom == "百" else "‰", "rate"
        return f"{parse_number(top)}/{parse_number(bottom)}", None, "rate"
    if m["cn"]:
        value = parse_number(m["cn"])
        unit = units().get(m["cnunit"].lstrip("万亿"))
        return None if value is None or unit is None else (value, m["cnunit"], f"cn-{unit.kind}")
    if m["cnlevel"]:
        return {"百": 100, "千": 1000, "万": 10000}[m["cnlevel"][0]], "亿元", "level"
    if m["roman"]:
        return parse_number(m["roman"]) or 0, "类", "grade"
    if m["bare"]:
        return 1, "万亿元", "money"
    return (100, "%", "whole") if m["whole"] else (0, None, "zero")


def _digits(text: str, m: re.Match[str]) -> tuple[Value, str | None, str] | None:
    number = m["num"]
    if number[0] in "lI":  # a scan's l00万元
        number = "1" + number[1:] if _kind((m["unit"] or "").lstrip("余")) in ("money", "rate") else ""
    value = parse_number(number) if number else None
    if value is None:
        return None
    if m["ratio"]:
        return f"{m['num']}:{m['ratio'][1:]}", None, "share"
    if m["among"]:  # 孕产妇死亡率控制在12/10万以下
        return value, m["among"].replace("／", "/"), "rate"
    if m["bottom"]:
        return (
            (None if int(m["bottom"]) <= value else (f"{m['num']}/{m['bottom']}", None, "rate")) if int(m["bottom"]) < 100 else None
        )
    unit = m["unit2"] or m["unit"]
    if unit is None:
        return (value, None, "bare")
    unit = unit.lstrip("余")
    if m["level"]:
        return (value, "亿元", "level") if unit in ("亿", "亿元") else None
    if unit == "年" and any(_FOUR_DIGITS.fullmatch(n) for n in (m["num"], m["num2"] or "")):
        return None
    if unit == "日" and text[m.start() - 1 : m.start()] == "月":
        return None
    if (
        unit[-1].isascii()
        and unit[-1].isalpha()
        and text[m.end() : m.end() + 1].isascii()
        and text[m.end() : m.end() + 1].isalpha()
    ):
        return None  # a longer name begins: 100P FLOPS without its blank
    if unit == "部" and text.startswith("门", m.end()):
        return None  # 6部门联合
    if unit in _BANDWIDTHS and value < 10:
        return None  # 5G, 4G
    kind = _kind(unit)
    if m["num2"]:
        second = parse_number(m["num2"])
        first_unit = m["unit1"]
        if second is None or (first_unit and first_unit != unit and first_unit != unit[:1]):
            return None
        return (value, second), unit, kind
    return value, unit + (m["per"] or "").replace("／", "/"), kind


def _kind(unit: str) -> str:
    known = units().get(unit) or units().get(unit.lstrip("十百千万亿"))
    return known.kind if known else "count"


_NO_WORD = re.compile(  # 分为3类 compares nothing, nor does 签约60个
    r"[分作成称名合列改转变认]为|得到|看到|[签预节履制解合邀]约|[下传送抵]达"
)
_FOUR_DIGITS = re.compile(r"\d{4}")
_BANDWIDTHS = ("G", "T", "P")  # figures only where compared: 扩容至400G, but not 推广50G光网络
_FILLERS = ("年平均", "平均", "年均", "了", "仅", "均", "都", "各", "分别", "应", "可", "再", "要", "须", "需", "一次性", "人民币")
_PER_HEAD = ("每户", "每人", "每年")  # 不低于每户1.2个, but not 每户增收3000元
# 不超过研发投入的20%: the word may stand before the base that the rate is of.
_FAR = re.compile(
    r"(最高不超过|不得超过|不得低于|不低于|不少于|不超过|不高于|不突破"
    r"|最高(?=可?(?:给予|奖励|补助|补贴|资助|支持|按)))[^，,。；;：:\n\d]{1,30}$"
)
# 至少形成1个, 最高奖励20万元: the word may stand before the verb.
_NEAR = re.compile(r"(至少|最少|不少于|最多|至多|最高|最低)(?!跑)[一-鿿]{1,4}$")


_FURTHER = re.compile(r"(至少|最少|不少于)[一-鿿（）]{5,14}$")  # 每年至少组织职工进行一次体检


def _compare(text: str, m: re.Match[str], value: Value, unit: str | None, kind: str) -> Figure:
    start = m.start()
    end = m.end() + (kind == "zero" and 2)
    left, before, op, change = _before(text, start)
    if kind == "zero":
        change = "up"
    if (kind == "rate" or unit == "倍") and not before and (far := _FAR.search(text[max(0, start - 36) : start])):
        before, op = far[1], comparisons("before")[far[1]].op
    elif not before and (
        (near := _NEAR.search(text[max(0, start - 8) : start]))
        or (unit == "次" and (near := _FURTHER.search(text[max(0, start - 16) : start])))
    ):
        left, before, op = start - len(near[0]), near[1], comparisons("before")[near[1]].op
    right, after, after_op = _after(text, end, kind)
    if after_op and not (op == ">" and after_op == ">="):
        op = after_op
    return Figure(start, end, left, right, value, unit, kind, op, before, after, change)


@cache
def _ends_before() -> frozenset[str]:
    """The last characters of all words that may stand before a figure: most figures follow none of them."""
    return frozenset(word[-1] for word in (*comparisons("before"), *_FILLERS, *_PER_HEAD))


@cache
def _begins_after() -> frozenset[str]:
    return frozenset(word[0] for word in comparisons("after"))


def _may_compare(text: str, start: int) -> bool:
    """Can a word before ``start`` compare a bare number there? Looked at first; :func:`_compare` finds the word."""
    return text[start - 1 : start] in _ends_before() or _NEAR.search(text, max(0, start - 8), start) is not None


def _before(text: str, start: int) -> tuple[int, str, str, Change]:
    """Where the words of comparison before a figure begin, the word that decides, its operator and direction.

    Words can stack (年均增长不低于8%): the nearest operator other than = decides, any direction counts.
    """
    table = comparisons("before")
    at, word, op = start, "", "="
    change: Change = None
    for _ in range(4):
        if text[at - 1 : at] not in _ends_before():
            break
        size = next((k for k in range(min(7, at), 0, -1) if text[at - k : at] in table), 0)
        if size == 1 and _NO_WORD.search(text, max(0, at - 2), at):
            break
        if size:
            found = table[text[at - size : at]]
            op = op if op != "=" else found.op
            change = change or found.change if not (word and word[-1] in "到至") else change
            at -= size
            word = word or found.word
            continue
        filler = next((f for f in (_FILLERS if word else (*_FILLERS, *_PER_HEAD)) if text.endswith(f, 0, at)), "")
        if not filler:
            break
        at -= len(filler)
    if word in ("提升", "扩大", "提高") and text.endswith(("改造", "质量"), 0, at):
        word = ""
    return (at, word, op, change) if word else (start, "", "=", None)


def _after(text: str, end: int, kind: str) -> tuple[int, str, str]:
    table = comparisons("after")
    at = end + (text.startswith("人民币", end) and 3)
    if text[at : at + 1] not in _begins_after():
        return at, "", ""
    for k in range(6, 0, -1):
        word = text[at : at + k]
        if word in table and (word != "内" or kind.endswith("time")):
            return at + len(word), word, table[word].op
    return at, "", ""
