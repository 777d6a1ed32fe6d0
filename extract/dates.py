"""Dates and deadlines in Chinese policy text.

A *deadline* is a point in time by which something is to be done (``到2025年底``, ``2022年6月底前``, ``“十四五”末``), a rhythm
in which it is to be done (``每年``, ``每季度``) or a stretch of time from now (``5年内``). A date that starts something
(``自2022年5月1日起``), one to compare with (``比2020年``) and one that describes a thing (``2000年前建成的``) are none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from extract.numerals import parse_number

PLAN_END = {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
"""Last year of each five-year plan."""

_YEAR = r"(?:(?:19|20)\d{2}|[一二][〇○零OＯ0九][〇○零OＯ0一二三四五六七八九]{2})"
_NUM = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = re.compile(rf"({_YEAR})[年.\-/](?:({_NUM})(?:[月.\-/](?:({_NUM})[日号]?)?)?)?")
_TAIL = r"(?:年?底之?前|年?底以前|年?末之?前|年?[底末]|年内|(?<=年)内|之前|以前|前)"
# The first characters of all forms, so that the search passes quickly over the others.
_DEADLINE = re.compile(
    r"(?=[截有到至自从比较与于\d一二三四五六七八九十每全未今本当明第上下年])"
    rf"(?:(?P<lead>截至|截止到|截止|有效期至|到|至|自|从|由|比|较|与|于)?(?P<y>{_YEAR})年(?!均)度?"
    rf"(?:(?P<m>{_NUM})月份?(?:(?P<d>{_NUM})[日号])?|第?(?P<q>[一二三四1-4])季度|(?P<h>[上下])半年)?(?P<tail>{_TAIL})?"
    rf"|(?P<plan>十[二三四五六]五)[”\"’]?(?:规划)?(?P<plantail>期间|时期|[期]?末|期)?"
    r"|(?P<rhythm>每(?:个|一)?(?:年度?|半年|季度?|月|周|旬|日|天|学期|学年)|每(?:两|[2-5二三四五])年|全年(?!总|目标|任务|预算|计划))"
    rf"(?:{_NUM}月份?(?:{_NUM}[日号])?{_TAIL}|年?底前)?"
    rf"|(?P<period>(?:未来|今后)?(?<![\d〇○零一二三四五六七八九]){_NUM}年(?:内|之内|以内|时间内)|(?:未来|今后){_NUM}年)"
    rf"|(?P<near>[今本当明]年度?)?(?:(?<![\d一二三四五六七八九十])(?P<m2>{_NUM})月份?(?:(?P<d2>{_NUM})[日号])?|第?(?P<q2>[一二三四1-4])季度"
    rf"|(?P<h2>[上下])半年|(?<![\d一二三四五六七八九十〇多几数干百千两半近上去])年度?(?={_TAIL})"
    rf"|(?<=[今本当明]年)(?={_TAIL}))(?P<tail2>{_TAIL}))"
)
# One of these stands in all forms or, where a stretch begins behind 今年, right before it; no form begins further ahead of it.
_SIGN = re.compile("[年月季每五]")
_AHEAD = 8  # 有效期至2025年
_NO_DEADLINE = ("自", "从", "由", "比", "较", "与", "有效期至")
_START = re.compile(r"起|以来|以后|之后|后|开始|同期|[^，。；、\n]{0,6}基础|的?(?:水平|基数)|(?:至|到|[—–－~～\-])(?:\d|[一二]〇)")
_DESCRIBES = re.compile(
    r"的|新?(?:建成|竣工|投用|取得|成立|注册|登记|出生|参加工作|批准|备案|开工|入库|办理|购置|采购|签订)"
    r"[^，。；、\n]{0,8}的"
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline in ``text[start:end]``, in exactly one of three forms.

    ``iso`` is a date (``2022-12-31``) or None, ``year`` its year; a year alone gives only ``year``. ``rhythm`` is 每年, 每季度 and
    so on. ``period`` is a stretch from now as written (``5年内``). A day without a year (``6月底前``) has a ``text`` only, unless
    the caller knows the year; ``supplied`` is True where that year was put in. ``firm`` is False for a year that no word marks as a
    deadline (``2022年新建…``).
    """

    start: int
    end: int
    text: str
    iso: str | None = None
    year: int | None = None
    rhythm: str | None = None
    period: str | None = None
    firm: bool = True
    supplied: bool = False

    @property
    def value(self) -> str | None:
        """The deadline as records give it: ISO date, year, rhythm or period; None if no year is known."""
        return self.iso or (str(self.year) if self.year else None) or self.rhythm or self.period


def parse_date(text: str) -> str | None:
    """The first date in ``text`` as ISO 8601: ``2022-05-01``, ``2022-05`` without a day, ``2022`` without a month, else None.

    Reads ``2022年5月1日``, ``二〇二二年五月一日``, ``2022-5-1``, ``2022.5.1`` and ``2022/05/01``; white space must be gone.
    A date that the calendar does not have (2月30日) gives None.
    """
    found = _DATE.search(text)
    if not found:
        return None
    year, month, day = (None if g is None else int(parse_number(g) or 0) for g in found.groups())
    if year is None or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return f"{year:04d}"
    if day is None:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= monthrange(year, month)[1] else None


def find_deadline(text: str, start: int = 0, end: int | None = None, year: int | None = None) -> Deadline | None:
    """The deadline of ``text[start:end]``: its first firm date, else its first period, else its first rhythm, else None.

    ``year`` completes days without a year (``6月底前``): the year of the document, or of the plan.
    """
    best: Deadline | None = None
    for found in find_deadlines(text, start, end, year):
        if not found.firm:
            continue
        if found.rhythm is None and found.period is None:
            return found
        if best is None or (best.rhythm and found.period):
            best = found
    return best


def find_deadlines(text: str, start: int = 0, end: int | None = None, year: int | None = None) -> Iterator[Deadline]:
    """All deadlines of ``text[start:end]`` in order, years that no word marks (``firm`` False) among them."""
    stop = len(text) if end is None else end
    sign = _SIGN.search(text, max(start - 1, 0), stop)
    if sign is None:
        return
    for m in _DEADLINE.finditer(text, max(start, sign.start() - _AHEAD), stop):
        if found := _read(text, m, year):
            yield found


def _read(text: str, m: re.Match[str], year: int | None) -> Deadline | None:
    if m["rhythm"]:
        return Deadline(m.start(), m.end(), m[0], rhythm=m["rhythm"].replace("个", "").replace("每一", "每"))
    if m["period"]:
        return Deadline(m.start(), m.end(), m[0], period=m[0])
    if m["plan"]:
        # “十四五”规划 without 期间/末 names the plan, not its time.
        return Deadline(m.start(), m.end(), m[0], year=PLAN_END[m["plan"]]) if m["plantail"] else None
    if m["y"]:
        return _dated(text, m)
    if m["tail2"][-1] in "前内" and _DESCRIBES.match(text, m.end()):
        return None
    known = year + 1 if year and (m["near"] or "").startswith("明") else year
    iso = _last_day(known, m["m2"], m["d2"], m["q2"], m["h2"]) if known else None
    return Deadline(m.start(), m.end(), m[0], iso=iso, year=known if iso else None, supplied=iso is not None)


def _dated(text: str, m: re.Match[str]) -> Deadline | None:
    lead, tail, after = m["lead"], m["tail"], m.end()
    if lead in _NO_DEADLINE or _START.match(text, after):
        return None
    if tail and tail[-1] in "前内" and _DESCRIBES.match(text, after):
        return None
    year = int(parse_number(m["y"]) or 0)
    exact = m["m"] or m["q"] or m["h"] or (tail and tail.lstrip("年")[0] in "底末")
    iso = _last_day(year, m["m"], m["d"], m["q"], m["h"]) if exact else None
    if exact and iso is None:
        return None
    # 截至2020年底 looks back far more often than forward.
    firm = (bool(tail) and lead not in ("截至", "截止", "截止到")) or lead in ("到", "至")
    return Deadline(m.start(), m.end(), m[0], iso=iso, year=year, firm=firm)


def _last_day(year: int, month: str | None, day: str | None, quarter: str | None, half: str | None) -> str | None:
    """The last day of the stretch that is named; None for a day that the calendar does not have."""
    last = 12
    if month:
        last = int(parse_number(month) or 0)
    elif quarter:
        last = 3 * int(parse_number(quarter) or 0)
    elif half:
        last = 6 if half == "上" else 12
    if not 1 <= last <= 12:
        return None
    days = monthrange(year, last)[1]
    number = int(parse_number(day) or 0) if day else days
    return f"{year:04d}-{last:02d}-{number:02d}" if 1 <= number <= days else None
