"""Clauses of precedence and revision: which rule holds where several could, and which text of a document is meant.

overrides: 以本办法为准, 与本办法不一致的按本办法执行, 从其规定. highest_only: 就高不重复. revised: 修订后的《…》, （2021年修订）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extract.citations.find import Cited, CitedTexts, read_citations
from extract.citations.relations import MASK
from extract.citations.titlemarks import title_key
from extract.models import PolicyText, PrecedenceRecord

Kind = Literal["overrides", "highest_only", "revised"]

_RULES = "政策|办法|方案|规定|意见|文件|条例|细则|法律|法规|规章|预案|制度"
_OWN = rf"本(?:{_RULES}|通知|公告|措施|规划|计划|纲要|若干措施|实施意见|实施方案|实施细则)"
_RULE = rf"(?P<own>{_OWN})|(?P<title>{MASK}{{2,240}}+)|(?P<rule>[^，。；:：、※本]{{0,20}}?(?:{_RULES}))"
_OF_IT = r"(?:[（(][^（）()]{0,40}[）)])?(?:中?的?(?:有关|相关|最新|具体)?(?:规定|要求|内容|条款|标准))?"
_STANDS = re.compile(rf"以(?:{_RULE}){_OF_IT}为准")
_CLASH = r"不一致|不相一致|不相符|不符|相抵触|抵触|冲突|矛盾|有出入"
_CLASHES = re.compile("不一致|不相|不符|抵触|冲突|矛盾|有出入")
_UNDER = "按照|按|依照|适用|执行|遵照"
_INSTEAD = re.compile(rf"(?:{_CLASH})[^。；\n]{{0,12}}?[，,](?:一律|均|应|应当|则)?(?:{_UNDER})(?:{_RULE}){_OF_IT}")
_NO_LONGER = re.compile(
    rf"(?:{_UNDER})(?:{_RULE}){_OF_IT}(?:执行|办理|实施)?[，,](?:不再|停止)(?:执行|适用)(?:原|以往|此前)[^，。；\n]{{0,20}}"
)
_THEIRS = re.compile(
    r"(?:另有|有新的?|作出新的?|出台新的?|有明确)(?:规定|政策|要求|标准|调整)?[^。；\n]{0,12}?[，,](?:一律|均|应)?(?:从其规定|依照其规定|"
    r"按其(?:规定)?|按照其(?:规定)?|按新(?:的)?(?:规定|政策|要求)|按照新(?:的)?(?:规定|政策|要求))(?:执行|办理)?|从其规定"
)
_ELSEWHERE = ("其规定", "按其", "照其", "按新", "照新")
_HIGHEST = re.compile(
    r"就高(?:[”\"]?(?:不重复|不就低|不叠加|不累计|不兼得|原则|从优|补差|执行|享受)|[、，]不)"
    r"|从高(?:从优|[、，]从优)?(?:[”\"]?[、，]?不(?:得)?(?:重复|叠加|累计)|原则|执行|享受|标准执行|兑现|给予)"
    r"|从优(?:[、，]?从高|[、，]?不(?:得)?(?:重复|叠加))(?:执行|享受|原则)?|择(?:高|优)(?:[^，。；]{0,6})?[，,]?不(?:得)?(?:重复|叠加|累计)"
    r"|择高(?:执行|享受|原则|给予|奖励|支持)|就高标准(?:执行|享受)"
    r"|按(?:照)?(?:最高|较高)(?:标准|额度|一项|等次|级别|限额|金额|档次)?[^，。；]{0,12}?[，,]?(?:且|并)?不(?:得)?(?:重复|叠加|累计)"
)
_REPEATED = re.compile(r"的?原则|执行|享受|[，、,]?(?:且|并)?不(?:得|再)?重复(?:享受|奖励|支持|补助|兑现|计算)?")
_REVISED = re.compile(r"(?:修[订改正]后|新修[订改正]|重新修[订改正])的?(?:《)?$")
_EDITION = r"[（(〔](?:\d{4}年?(?:\d{1,2}月)?)?(?:第[一二三四五六七八九十]{1,2}次)?修[订正改](?:版|稿|本|案)?[）)〕]"
_VERSION = re.compile(_EDITION)
_START = re.compile(r"[。；;！!？?\n\t]")
_SERIAL = "一二三四五六七八九十"
_LABEL = re.compile(
    rf"第[{_SERIAL}百零\d]{{1,6}}条|[（(][{_SERIAL}\d]{{1,3}}[）)]|[{_SERIAL}]{{1,3}}、|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[.．、]?"
)
_LONGEST = 120  # characters of a clause that are quoted


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of precedence in the clean text ``[start, end)``."""

    start: int
    end: int
    kind: Kind
    prevails: Literal["this", "other", ""] = ""
    title: str | None = None
    number: str | None = None


def find_precedence(policy: PolicyText) -> list[PrecedenceRecord]:
    """The clauses of precedence and revision of ``policy``, in the order of the text."""
    texts = read_citations(policy)
    named = {c.start: c for c in texts.citations}
    found = [*_overrides(policy, texts.masked, named), *_highest(texts.masked), *_revised(policy, texts)]
    out: list[PrecedenceRecord] = []
    seen: set[tuple[int, str]] = set()
    for clause in sorted(found, key=lambda c: (c.start, c.end, c.kind)):
        if (clause.start, clause.kind) in seen:  # 不一致的，以本办法为准 is one clause, though two patterns see it
            continue
        seen.add((clause.start, clause.kind))
        out.append(
            PrecedenceRecord(
                **policy.fact(clause.start, clause.end),
                kind=clause.kind,
                prevails=clause.prevails,
                title=clause.title,
                number=clause.number,
                quote=policy.text[clause.start : clause.end],
            )
        )
    return out


def _sentence(text: str, at: int) -> int:
    """Where the sentence that holds ``at`` begins, its label left out."""
    begin = max(0, at - _LONGEST)
    marks = list(_START.finditer(text, begin, at))
    start = marks[-1].end() if marks else begin
    label = _LABEL.match(text, start, at)
    return label.end() if label else start


def _overrides(policy: PolicyText, masked: str, named: dict[int, Cited]) -> Iterator[_Clause]:
    patterns = []  # those of which the text has a cue
    if "为准" in masked:
        patterns.append(_STANDS)
    if _CLASHES.search(masked):
        patterns.append(_INSTEAD)
    if "不再" in masked or "停止" in masked:
        patterns.append(_NO_LONGER)
    for pattern in patterns:
        for match in pattern.finditer(masked):
            start = _sentence(masked, match.start())
            if match["own"]:
                yield _Clause(start, match.end(), "overrides", "this", policy.head.title, policy.head.number)
            elif match["title"]:
                cited = named.get(match.start("title"))
                title, number = _meant(cited) if cited else (None, None)
                yield _Clause(start, match.end(), "overrides", "other", title, number)
            elif pattern is not _NO_LONGER:
                yield _Clause(start, match.end(), "overrides", "other")
    for match in _THEIRS.finditer(masked) if any(cue in masked for cue in _ELSEWHERE) else ():
        yield _Clause(_sentence(masked, match.start()), match.end(), "overrides", "other")


def _highest(masked: str) -> Iterator[_Clause]:
    for match in _HIGHEST.finditer(masked):
        end = match.end()
        while more := _REPEATED.match(masked, end + (masked[end : end + 1] in ("”", '"'))):
            end = more.end()
        yield _Clause(_sentence(masked, match.start()), end, "highest_only")


def _revised(policy: PolicyText, texts: CitedTexts) -> Iterator[_Clause]:
    for cited in texts.citations:
        title, number = _meant(cited)
        words = _REVISED.search(policy.text, max(0, cited.start - 8), cited.start)
        start, end = (words.start() if words else cited.start), cited.end
        behind = _VERSION.match(policy.text, end)
        if words or behind or _VERSION.search(cited.record.quote):
            yield _Clause(start, behind.end() if behind else end, "revised", "", title, number)
    if not any(word in policy.text for word in ("修订", "修改", "修正")):
        return
    own = {title_key(t) for t in (policy.head.title, policy.head.notice) if t}
    for name in texts.titles:  # 修订后的《…》已经市政府同意，现印发给你们
        words = _REVISED.search(policy.text, max(0, name.start - 8), name.start)
        if words and title_key(name.text) in own:
            yield _Clause(words.start(), name.end, "revised", "this", policy.head.title, policy.head.number)


def _meant(cited: Cited) -> tuple[str | None, str | None]:
    record = cited.record
    if record.refers_title or record.refers_number:
        return record.refers_title, record.refers_number
    return record.title, record.number
