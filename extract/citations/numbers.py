"""文号: the numbers of official documents, found in running text and written in one form.

Two families exist. A *letter* number has an issuer's code, a year and a running number, 国发〔2019〕23号 (GB/T 9704-2012,
7.2.5). An *order* number names the issuer and the form, 国务院令第675号, 国家税务总局公告2018年第28号. The code is found from
its right end; where it begins is a matter of the words that can stand before it, which lie in ``data/cite_leadins.tsv``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

_DIGIT = "[0-9０-９]"
_CN = "〇○零一二三四五六七八九十百"
_OPEN, _CLOSE = r"〔\[（(【﹝〖［〈", r"〕\]）)】﹞〗］〉"
_BLANK = r"[ \u3000]{0,2}"
_YEAR = rf"(?:{_DIGIT}{{4}}|[〇○零一二三四五六七八九]{{4}})"
_NOT_A_NUMBER = r"(?!楼|院|地块|宗地|线|井|机组|厂房|地铁|门|车)"
_LETTER = re.compile(
    rf"[{_OPEN}]{_BLANK}(?P<year>{_YEAR})年?{_BLANK}[{_CLOSE}]{_BLANK}第?{_BLANK}"
    rf"(?P<no>{_DIGIT}{{1,5}}(?:[、，,]{_DIGIT}{{1,5}}){{0,8}}){_BLANK}号{_NOT_A_NUMBER}"
)
_MORE = re.compile(rf"[、，,和及](?P<no>{_DIGIT}{{1,5}})号{_NOT_A_NUMBER}")
_SERIAL = rf"第{_BLANK}(?:{_DIGIT}{{1,5}}|[{_CN}]{{1,6}}){_BLANK}号"
_WHEN = rf"(?:[{_OPEN}]?{_YEAR}年?[{_CLOSE}]?|[{_OPEN}]?第?十[一二三四五]届[{_CLOSE}]?)"
_BEHIND = rf"\s{{0,3}}(?:{_WHEN}?{_BLANK}{_SERIAL}|[（(]{_WHEN}?{_BLANK}{_SERIAL}[）)])"
_ORDER = re.compile(  # each form is written out, so that the search may skip to their first characters
    rf"令{_BEHIND}|公告{_BEHIND}|通告{_BEHIND}"
    rf"|{_SERIAL}(?:公告|通告|[总省市县区主席国务院部]{{0,3}}(?:河长|林长)?令(?![人牌]))"
)
_OF_YEAR = re.compile(rf"[{_OPEN}]({_YEAR})年?[{_CLOSE}]")
_IN_BRACKETS = re.compile(r"\((第[^()]{1,8}号)\)$")
_ORDINAL = re.compile(r"(?<![令告])(〔[^〕]{4}〕)第(?=\d)")
_JOINS = ("、", "，", ",", "和", "及", "")
_RUN = 24  # characters to the left in which a code or an issuer may begin; the longest issuer names have about 20
_CODE = 10  # the longest codes (发改环资规, 豫发改办投资) have six or seven characters
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ORGAN_END = "部委局厅会院行署办府"
_REGION = "国中京津沪渝冀晋辽吉黑苏浙皖闽赣鲁鄂湘粤琼川蜀黔贵滇云陕甘陇青台蒙内桂藏宁新豫"
"""国, 中 and the short names of the provinces: what the code of a state or provincial organ begins with."""


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A document number: ``text[start:end]`` as written, ``number`` in the one form that :func:`normal_number` gives."""

    start: int
    end: int
    number: str
    kind: Literal["letter", "order"] = "letter"


@cache
def lead_ins() -> dict[str, frozenset[str]]:
    """The words before a number by scope (any, join, agency), from ``data/cite_leadins.tsv``."""
    lines = (files("extract") / "data" / "cite_leadins.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return {scope: frozenset(row[1] for row in rows if row[0] == scope) for scope in ("any", "join", "agency")}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = lead_ins()
    cut = "|".join(sorted(words["any"], key=lambda w: (-len(w), w)))
    organ = "|".join(sorted(words["agency"], key=lambda w: (-len(w), w)))
    return re.compile(cut), re.compile(organ)


def normal_number(number: str) -> str:
    """One spelling for one number: 〔〕 round the year, half-width digits, no blanks; a letter number has no 第 after its year, an
    order no brackets round its number.

    >>> normal_number("驻政办 [2020]57 号"), normal_number("财政部令（2019）第2号")
    ('驻政办〔2020〕57号', '财政部令〔2019〕第2号')
    """
    plain = unicodedata.normalize("NFKC", "".join(number.split())).replace("○", "〇")
    plain = _OF_YEAR.sub(lambda year: f"〔{year[1]}〕", plain, count=1)
    plain = _IN_BRACKETS.sub(r"\1", plain)
    return _ORDINAL.sub(r"\1", plain, count=1)


def find_numbers(text: str, start: int = 0, end: int | None = None) -> list[DocNumber]:
    """All document numbers whose words lie in ``text[start:end]``, in the order of the text, without overlap.

    A list that shares its code (豫政〔2021〕1号、2号) gives each number in full; its later members span only their own words.
    """
    stop = len(text) if end is None else end
    found = _orders(text, start, stop)
    taken = {i for number in found for i in range(number.start, number.end)}
    found += [n for n in _letters(text, start, stop) if n.start not in taken and n.end - 1 not in taken]
    return sorted(found, key=lambda n: n.start)


def _letters(text: str, start: int, stop: int) -> list[DocNumber]:
    found: list[DocNumber] = []
    code, last = "", start
    for match in _LETTER.finditer(text, start, stop):
        at = match.start()
        while at > start and text[at - 1] in " \u3000":
            at -= 1
        begin = _code_start(text, max(start, last), at)
        if begin is not None:
            code = text[begin:at]
        elif code and text[last:at] in _JOINS:
            begin = match.start()
        else:
            continue
        numbers = re.split("[、，,]", match["no"])
        head = f"{code}〔{match['year']}〕"
        found.append(DocNumber(begin, match.end(), normal_number(f"{head}{numbers[0]}号")))
        place = match.start("no")
        for no in numbers[1:]:
            place = text.index(no, place + 1)
            found.append(DocNumber(place, place + len(no), normal_number(f"{head}{no}号")))
        if len(numbers) > 1:
            found[-len(numbers)] = DocNumber(begin, match.start("no") + len(numbers[0]), found[-len(numbers)].number)
        last = match.end()
        while more := _MORE.match(text, last, stop):
            last = more.end()
            found.append(DocNumber(more.start("no"), last, normal_number(f"{head}{more['no']}号")))
    return found


def _code_start(text: str, start: int, at: int) -> int | None:
    """Where the issuer's code that ends at ``at`` begins; None when there is none."""
    begin = at
    while begin > max(start, at - _RUN) and _HAN.match(text[begin - 1]):
        begin -= 1
    cut, organ = _patterns()
    for pattern in (cut, organ):
        ends = [m.end() + begin for m in pattern.finditer(text[begin:at])]
        begin = max((e for e in ends if at - e >= 2), default=begin)
    begin = _after_join(text, start, begin, at)
    if text.startswith("日", begin) and text[begin - 1 : begin].isdigit() and at - begin > 2:
        begin += 1  # 12月28日税委会〔2000〕17号
    begin = _after_organ(text, begin, at)
    if at - begin > _CODE:
        near = [i for i in range(at - 7, at - 1) if text[i] in _REGION]
        begin = near[0] if near else at
    lettered = begin > start and text[begin - 1].isascii() and text[begin - 1].isalpha()
    return begin if at - begin >= 2 and not lettered else None


def _after_join(text: str, start: int, begin: int, at: int) -> int:
    """``begin``, or behind a conjunction there when a closing mark before it shows that it is one."""
    joined = begin > 0 and (begin == start or not _HAN.match(text[begin - 1])) and text[begin - 1] not in "（(〔[【《〈“"
    if joined and text[begin : begin + 1] in lead_ins()["join"] and at - begin > 2:
        return begin + 1
    return begin


def _after_organ(text: str, begin: int, at: int) -> int:
    """``begin``, or behind the name of an organ that ends in one character (教育部教发): its code takes up its name or region."""
    for end in range(at - 2, begin + 2, -1):
        name = text[begin:end]
        if name[-1] in _ORGAN_END and (text[end] in name[:-1] or text[end] in _REGION):
            return end
    return begin


def _orders(text: str, start: int, stop: int) -> list[DocNumber]:
    found: list[DocNumber] = []
    for match in _ORDER.finditer(text, start, stop):
        begin = _issuer_start(text, found[-1].end if found else start, match.start())
        found.append(DocNumber(begin, match.end(), normal_number(text[begin : match.end()]), "order"))
    return found


def _issuer_start(text: str, start: int, at: int) -> int:
    """Where the names of the issuers that end at ``at`` begin; ``at`` itself when none stands there."""
    begin = at
    while begin > max(start, at - 2 * _RUN):
        previous = text[begin - 1]
        listed = previous == "、" and begin - 2 >= start and text[begin - 2] in _ORGAN_END and begin < at
        when = previous.isdigit() or (previous == "年" and begin - 2 >= start and text[begin - 2].isdigit())
        if not (_HAN.match(previous) or listed or (when and at - begin <= 5 and text[at] == "第")):
            break
        begin -= 1
    cut, _ = _patterns()
    begin = max((m.end() + begin for m in cut.finditer(text[begin:at])), default=begin)
    begin = _after_join(text, start, begin, at)
    day = begin < at and text[begin] in "月日" and text[begin - 1 : begin].isdigit()  # 7日云陵市人民政府令, but 日照市
    while begin < at and (text[begin].isdigit() or text[begin] in "年、" or (day and text[begin] in "月日")):
        rest = re.compile(r"[0-9０-９]{4}年$").search(text, begin, at)
        if rest and rest.start() == begin:
            break
        begin += 1
    return begin
