"""References: words that point to a document without naming it, 本办法, 该办法, 上述通知, and short forms without 《》.

They are resolved within the policy, and only where one document can be meant: what 该办法 points to must stand in the same
sentence or the one before. Where several could be meant, the reference is kept unresolved; where none could, it is no reference.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from extract.citations.find import Cited, CitedTexts, read_citations
from extract.citations.shortforms import ShortForms
from extract.citations.titlemarks import bare_title, title_key
from extract.models import CitationRecord, Clause, PolicyText, ReferenceRecord

_GENRES = (
    "实施意见|指导意见|意见|行动方案|实施方案|工作方案|总体方案|方案|行动计划|计划|规划纲要|纲要|规划|办法|实施细则|细则|规定|条例|规则|规程"
    "|应急预案|预案|制度|政策措施|措施|政策|通知|公告|通告|决定|法"
)
_SELF = re.compile(rf"本(?P<word>{_GENRES})(?![院官人规律定令学制治师庭])")
_NOT_SELF = re.compile(r"[基根日版资成原文课书脚剧样标]$")  # 基本办法, 根本措施 …: 本 ends another word
_POINTS = re.compile(
    rf"(?P<lead>上述|前述|上列|前款|该|此)(?P<count>[一两二三四五六七八九十\d]{{1,2}}[个件份部项]|几[个件份部项])?(?P<word>{_GENRES}|文件)"
    r"(?![院官人规律定令学制治师庭])"
)
_NOT_POINTS = re.compile(r"[应因彼如]$")  # 应该, 因此, 如此
_COUNTS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_LOOSE = frozenset(("规定", "办法", "措施", "政策", "计划", "方案", "制度", "法"))
"""Words that also mean any rule or any plan: 上述规定 points to a sentence far more often than to a 《…规定》."""
_SENTENCE = re.compile(r"[。！？!?\n]")
_GATE = ("该", "此", "上述", "前述", "上列", "前款", "简称", "下称")
_NEAR = 400  # characters; the longest sentences that name a document and point back to it
_SEVERAL = "可能指几份文件"


def find_references(policy: PolicyText) -> list[ReferenceRecord]:
    """The references of ``policy`` in the order of the text."""
    found = list(_selves(policy))
    if any(word in policy.text for word in _GATE):
        texts = read_citations(policy)
        found += _anaphors(policy, texts)
        found += _plain_forms(policy, texts.forms, texts.masked)
    return sorted(found, key=lambda r: (r.start, r.end))


def _selves(policy: PolicyText) -> Iterator[ReferenceRecord]:
    """本办法 and the like: the policy, its notice, or the appendix that they stand in."""
    appendices = [c for c in policy.clauses if c.kind == "appendix" and c.heading]
    for match in _SELF.finditer(policy.text):
        if _NOT_SELF.search(policy.text, max(0, match.start() - 1), match.start()):
            continue
        title = _own_title(policy, appendices, match.start(), match["word"])
        if title is not None:
            yield ReferenceRecord(
                **policy.fact(match.start(), match.end()),
                kind="self",
                quote=match.group(),
                refers_title=title,
                refers_number=policy.head.number,
            )


def _own_title(policy: PolicyText, appendices: list[Clause], at: int, word: str) -> str | None:
    """The title of the policy's own that ends with ``word``: of the appendix at ``at``, else of the policy or its notice."""
    around = [c.heading for c in appendices if c.start <= at < c.end]
    for title in (*around, policy.head.title, policy.head.notice):
        if title and bare_title(title).endswith(word):
            return title
    return None


def _anaphors(policy: PolicyText, texts: CitedTexts) -> Iterator[ReferenceRecord]:
    """该办法, 上述通知: the one document of that genre in the same sentence or the one before."""
    pointers = list(_POINTS.finditer(texts.masked))
    starts = [c.start for c in texts.citations]
    breaks = [m.start() for m in _SENTENCE.finditer(texts.masked)] if pointers else []
    for match in pointers:
        if _NOT_POINTS.search(texts.masked, max(0, match.start() - 1), match.start()):
            continue
        here = bisect_left(breaks, match.start())
        since = max(breaks[here - 2] + 1 if here >= 2 else 0, match.start() - _NEAR)
        near = texts.citations[bisect_left(starts, since) : bisect_right(starts, match.start() - 1)]
        yield from _pointed(policy, match, _distinct(near, match["word"]))


def _pointed(policy: PolicyText, match: re.Match[str], named: list[CitationRecord]) -> Iterator[ReferenceRecord]:
    """The references that ``match`` makes to the documents that fit it: one each where it counts them, else one at most."""
    count = match["count"] or ""
    wanted = _COUNTS.get(count[:1], int(count[:-1]) if count[:-1].isdecimal() else 1) if count else 1
    if not named or (match["lead"] != "该" and match["word"] in _LOOSE and len(named) != wanted):
        return
    place = policy.fact(match.start(), match.end())
    if len(named) != wanted:
        yield ReferenceRecord(**place, kind="anaphor", quote=match.group(), confidence=0.5, reason=_SEVERAL)
        return
    for record in named:
        title, number = _full(record)
        yield ReferenceRecord(
            **place, kind="anaphor", quote=match.group(), refers_title=title, refers_number=number, confidence=0.9
        )


def _distinct(near: tuple[Cited, ...], word: str) -> list[CitationRecord]:
    """The documents named in ``near`` that ``word`` can mean, each once."""
    found: dict[str, CitationRecord] = {}
    for cited in near:
        title, number = _full(cited.record)
        if word == "文件" or (title and bare_title(title).endswith(word)):
            found.setdefault(number or title_key(title or ""), cited.record)
    return list(found.values())


def _full(record: CitationRecord) -> tuple[str | None, str | None]:
    """Title and number of the document that a citation means."""
    short = record.refers_title or record.refers_number
    return (record.refers_title, record.refers_number) if short else (record.title, record.number)


def _plain_forms(policy: PolicyText, forms: ShortForms, masked: str) -> Iterator[ReferenceRecord]:
    """Stated short forms that stand in quotes, or without marks where they are long enough to be no common word."""
    meant = {form: m for form, m in forms.forms().items() if len(form) >= 2}
    if not meant:
        return
    words = "|".join(sorted(map(re.escape, meant), key=lambda w: (-len(w), w)))
    pattern = re.compile(rf"(?P<open>[“\"‘「])?(?P<form>{words})(?P<close>[”\"’」])?")
    for match in pattern.finditer(masked):
        quoted = bool(match["open"] and match["close"])
        given = re.search(r"(?:简称|下称|以下称)[为：:]{0,2}[“\"‘「《]?$", masked[max(0, match.start() - 8) : match.start("form")])
        if given or (not quoted and (len(match["form"]) < 4 or masked[match.start() - 1 : match.start()] == "本")):
            continue
        what = meant[match["form"]]
        yield ReferenceRecord(
            **policy.fact(match.start("form"), match.end("form")),
            kind="short_form",
            quote=match["form"],
            refers_title=what.title,
            refers_number=what.number,
            confidence=1.0 if quoted else 0.9,
        )
