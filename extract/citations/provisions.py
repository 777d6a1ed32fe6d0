"""What of a document is meant (第三条第二款, 中有关收费的规定), and from which day its repeal holds."""

from __future__ import annotations

import re

from extract.citations.relations import MASK, Place, repeal_words
from extract.dates import parse_date
from extract.models import PolicyRecord, Relation

_NUM = r"[\d０-９一二三四五六七八九十百零〇]{1,6}"
_UNIT = rf"第(?:{_NUM}|[（(]{_NUM}[）)])(?:部分|[编章节条款项目])(?:之[一二三四五六七八九十]{{1,2}})?"
_SERIAL = rf"(?<=[条款章])[（(]{_NUM}[）)]项?"  # 第三条（二）项
_ONE = rf"(?:附件{_NUM}|附件|附表{_NUM}|(?:{_UNIT})(?:{_UNIT}|{_SERIAL}){{0,3}})"
_JOIN = r"(?:、|，(?=第)|,(?=第)|和|及|与|以及|至|到|—|-)"
CLAUSES = re.compile(rf"(?:中的?|的|之)?(?P<list>{_ONE}(?:{_JOIN}{_ONE}){{0,20}})")
_SOME = re.compile(
    r"(?:中的?|的)?(?P<some>(?:(?:有关|相关|涉及|关于)[^，。；、※]{0,24}?)?(?:部分)?(?:规定|条款|内容|部分|条文))"
    r"(?=[^，。；※]{0,12}?(?:废止|停止|不再|失效|作废|修改|修订))"
)
_JOINED = re.compile(r"以及|[，,及与]|和")

_DAY = r"(?:\d{4}|[一二][〇○零一二三四五六七八九]{3})年[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?"
_SINCE = re.compile(rf"(?:自|从|于|至|到)(?P<day>{_DAY})(?:起|之日|止|后)?")
_SINCE_BEFORE = re.compile(
    rf"(?:自|从|于)(?P<day>{_DAY})(?:之日)?起?(?:(?:正式)?(?:施行|实施|执行|生效)?(?=[，,]|$)|(?={MASK}|原|对|废止|停止))"
)
_WITH_THIS = re.compile(r"同时|同步|即行|随之|相应|即日|本[^，。；※]{1,6}(?:施行|实施|印发|发布|公布|生效|执行)(?:之日|后|起)")


def cited_clause(place: Place, relation: Relation) -> str | None:
    """The part of the document that is meant, as printed and with 、 between several; None where the whole is."""
    if found := CLAUSES.match(place.after):
        return _JOINED.sub("、", found["list"])
    if relation in ("repeals", "amends") and (some := _SOME.match(place.after)):
        return some["some"]
    return None


def parts(clause: str) -> list[str]:
    """The members of a list of clauses as :func:`cited_clause` gives it."""
    return [part for part in clause.split("、") if part]


def from_date(place: Place, head: PolicyRecord) -> str | None:
    """The day from which a repeal at ``place`` holds: the one it states, or that of the policy's effect for 同时废止.

    ISO 8601, without day or month where the text gives none; None where neither is known.
    """
    verb = repeal_words(place)
    stated = list(_SINCE.finditer(verb)) or list(_SINCE_BEFORE.finditer(place.before))
    if stated:
        return parse_date(stated[-1]["day"])
    if _WITH_THIS.search(verb) or _WITH_THIS.search(place.before[-20:]):
        return head.dated if head.effective == "issue" else head.effective
    return None
