"""When a document takes effect and when it ends, as it says itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from extract.dates import parse_date
from extract.models import Paragraph
from extract.policies.genres import ENDINGS
from extract.policies.marks import number_of

_DAY = r"\d{4}年\d{1,2}月\d{1,2}日|[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
_BEGINS = re.compile(
    rf"[自从](?:(?P<day>{_DAY})|(?P<issue>(?:印发|公布|发布|颁布|发文|下发|通过|签发)之?日))起?[，,]?(?:正式|公布|发布|开始)?(?:施行|实施|执行|生效|试行)"
)
# 自2023年4月1日至2025年12月31日执行, 有效期为2023年4月1日至2025年12月31日
_SPAN = re.compile(
    rf"(?:[自从]|(?:有效期|执行期|实施期|施行期)限?[为自从：:]{{0,2}})(?P<day>{_DAY})起?[至到—－-](?P<last>{_DAY})止?[，,]?(?P<in_force>施行|实施|执行|有效)?"
)
_OWN = re.compile(
    rf"(?:本|此|该|以上|上述)(?:次|[省市县区])?[一-鿿（）()、]{{0,24}}?(?:{ENDINGS}|改革|要求|事项)|业经|审议通过|现予|现印发"
)
_MAY_STATE = re.compile(r"起[，,]?(?:正式|公布|发布|开始)?[施实执生试]|期|至|暂定")
_STOP = re.compile(r"[。；;\t]")
_QUOTED = re.compile(r"《[^《》]{1,120}》")
_UNTIL = re.compile(
    rf"(?:有效期|执行期限?|施行期限?|实施期限?|政策期限)(?:限)?(?:为|至|到|截至|截止到?|自[^，。；]{{2,16}}至)?[:：]?(?P<day>{_DAY})"
    rf"|(?:执行|施行|实施|有效|试行)(?:至|到)(?P<day2>{_DAY})|至(?P<day3>{_DAY})(?:止|废止|失效)"
    r"|(?:执行|施行|实施|有效|有效期)(?:至|到)(?P<year>\d{4})年年?[底末]"
)
_LASTS = re.compile(
    r"(?:有效期|试行期|执行期限?|实施期限?|(?<=[，,])期|暂定)(?:限)?(?:暂定)?为?(?P<years>[\d一二三四五六七八九十两]{1,3})年"
)


def validity_of(text: str, paragraphs: Sequence[Paragraph], dated: str | None) -> tuple[str | None, str | None]:
    """The stated begin (ISO date, or "issue" where it is the day of issue) and end (ISO date) of a document; None if not stated.

    Only a sentence that speaks of the document itself counts (本办法自…起施行, 以上政策自印发之日起实施); the last one
    wins, for the closing provisions stand at the end.
    """
    begin = end = None
    for paragraph in paragraphs:
        if not _MAY_STATE.search(text, paragraph.start, paragraph.end):
            continue
        for start, stop in _sentences(text, paragraph):
            sentence = text[start:stop]
            begin = _begin(sentence) or begin
            end = _end(sentence, begin, dated) or end
    return begin, end


def _sentences(text: str, paragraph: Paragraph) -> list[tuple[int, int]]:
    out, start = [], paragraph.start
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        out.append((start, stop.end()))
        start = stop.end()
    if start < paragraph.end:
        out.append((start, paragraph.end))
    return out


def _begin(sentence: str) -> str | None:
    """The begin that the sentence states for the document itself."""
    if "日" not in sentence:  # a day, or 印发之日
        return None
    span = _SPAN.search(sentence)
    if span and _of_the_document(sentence, span):
        return parse_date(span["day"])
    for found in _BEGINS.finditer(sentence):
        if _says_own(sentence[: found.start()]):
            return "issue" if found["issue"] else parse_date(found["day"])
    return None


def _says_own(before: str, little: int = 6) -> bool:
    """Do the words before a date speak of the document itself, or is there next to nothing?"""
    return len(before) <= little or marked(before) or _OWN.search(_QUOTED.sub("", before)) is not None


def _of_the_document(sentence: str, span: re.Match[str]) -> bool:
    """Is a stretch of days the document's own: 本方案自…至…执行, 有效期为…至…?"""
    return bool(span["in_force"] or span[0][0] not in "自从") and _says_own(sentence[: span.start()])


def marked(before: str) -> bool:
    """Is there nothing but an article's or item's mark before the words?"""
    return (
        re.fullmatch(
            r"第[一二三四五六七八九十百]{1,6}条|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]", before
        )
        is not None
    )


def _end(sentence: str, begin: str | None, dated: str | None) -> str | None:
    """The end that the sentence states; N years are counted from the begin, or from the date of the document."""
    if "年" not in sentence:
        return None
    span = _SPAN.search(sentence)
    if span and _of_the_document(sentence, span):
        return parse_date(span["last"])
    until = _UNTIL.search(sentence)
    if until and (_says_own(sentence[: until.start()], 2) or _BEGINS.search(sentence)):
        return f"{until['year']}-12-31" if until["year"] else parse_date(until["day"] or until["day2"] or until["day3"])
    lasts = _LASTS.search(sentence)
    base = begin if begin and begin != "issue" else dated
    if not lasts or not base or len(base) != 10:
        return None
    if lasts.start() and not re.search(r"本|以上|上述|自|从", sentence[: lasts.start()]):
        return None  # the validity of a certificate or a list, not of the document
    years = 2 if lasts["years"] == "两" else number_of(lasts["years"])
    day = date.fromisoformat(base)
    try:
        return day.replace(year=day.year + years).isoformat()
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28).isoformat()
