"""Citations: every other law, regulation, policy or plan that a policy names by its title in 《》 or by its 文号.

What counts follows the annotation guide of the gold; :mod:`extract.citations.relations` decides which relation a citation has.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.citations.numbers import DocNumber, find_numbers, normal_number
from extract.citations.provisions import cited_clause, from_date
from extract.citations.relations import MASK, Place, is_paper, mask, place_of, relation_of, rests_on, words
from extract.citations.shortforms import Meant, ShortForms, stated_form
from extract.citations.titlemarks import Title, bare_title, find_titles, title_key, verdict
from extract.models import CitationRecord, PolicyText, Relation

_BRACKET = 120  # characters; a bracket after a title holds its number and perhaps a short form
_STANDARD = re.compile(r"(?:GB|DB|GM|GA|JGJ|CJJ|HJ|WS|JT|SL|NY|LY|T/)[A-Z/]{0,6}[\d./]{1,12}(?:[-—–]\d{4})?")
_WITHOUT_ISSUER = re.compile("令|公告|通告|第")
_SHORT = 12  # characters; 《消防验收意见》 may be the paper of a single case, a longer title hardly
_UNMARKED = re.compile(
    rf"(?:^|[，。；：、\n\t“（(]|{words('base')}|转发|印发|废止)"
    r"(?P<title>[^，。；：\n\t《》]{0,40}关于[^，。；：\n\t《》]{4,80})$"
)
_LEADING = re.compile(rf".{{0,30}}(?:{words('base')})(?=.{{0,40}}关于)")
_FORM_GIVEN = re.compile('(?:简称|下称|以下称)[为：:]{0,2}[“"]?$|本$')  # 本《办法》 is the policy itself
_TOGETHER = re.compile("[两二三四五六七八九十几][个份部项]?(?:文件|办法|意见|方案|政策|通知|规定|条例)")  # 《两个文件》 names none
# (2018年6月7日云陵市人民政府令第3号公布 2025年…修订) under the title tells how the document itself came to be
_HISTORY = re.compile(r"[（(](?:根据)?\d{4}年[^（）()]{10,200}(?:公布|发布|通过|修订|修正|批准|施行)[^（）()]{0,10}[）)]")
_DATED = re.compile(r"20\d\d年度?")  # what a title has before the name that its text gives
_SHORT_FORM = re.compile('[（(][^（()）]{0,20}简称[为：:]?[《“"]([^》”"]{2,30})[》”"]')
# right before a title in the title of a notice that issues it
_IS_ISSUED = re.compile(r"(?:印发|转发|公布|发布|下达|颁发)(?:《[^《》]+》|[、和及与])*$")
_ISSUING = re.compile(r"关于(?:印发|转发|公布|发布)(.{4,120})的通知$")

# The notice that issues a document: 《…》等三个方案已经市政府同意，现印发给你们 / 现将《…》印发给你们
_APPROVED = re.compile(
    rf"(?:{MASK}+|[、和及与]|等|[一二三四五六七八九十两\d]{{1,3}}[个件项部份]|（[^（）]{{0,30}}）|文件|的|方案|办法|意见|制度"
    r"|规划|计划|预案|措施|细则){0,60}+(?:已|业)?经[^。；]{0,60}?(?:同意|通过|审定|批准|审议|研究)"
)
_HANDED = re.compile(
    r"(?:现将|现就|兹将|现予|现把|制[定订]的|制[定订]了|修订后?的)[^，。；※]{0,40}"
    rf"(?:{MASK}+|[、和及与])*+$"
)
_HANDS_OUT = re.compile(
    r"(?:印发|转发|下发)(?:给|你们|各)|现(?:予以?)?(?:印发|公布|发布|转发|颁布)|予以(?:印发|公布|发布|转发)"
    r"|自[^，。；]{1,20}施行|请[^。；]{0,12}(?:执行|落实|实施)"
)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A document named in the clean text: ``start``/``end`` as quoted, ``title`` and ``number`` as far as given."""

    start: int
    end: int
    title: str | None
    number: str | None
    kind: str = "cite"
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with its clean span ``[start, end)``."""

    start: int
    end: int
    record: CitationRecord


@dataclass(frozen=True, slots=True)
class CitedTexts:
    """The citations of a policy, the short forms that it states, its text with all titles blotted out, and all titles in it."""

    citations: tuple[Cited, ...]
    forms: ShortForms
    masked: str
    titles: tuple[Title, ...]


_LATEST: list[tuple[PolicyText, CitedTexts]] = []  # three finders read the citations of the same policy in turn


def find_citations(policy: PolicyText) -> list[CitationRecord]:
    """The citations of ``policy`` in the order of the text, one record a mention.

    A short form (《条例》) counts where the document that it means was named before; what it means stands in ``refers_title``.
    Left out are the policy itself, the notice that issues it, its appendices, and titles that name no law, regulation, policy or
    plan: certificates, contracts, forms, books, newspapers, catalogues.
    """
    return [cited.record for cited in read_citations(policy).citations]


def read_citations(policy: PolicyText) -> CitedTexts:
    """What :func:`find_citations` gives, with what others need to resolve references. The latest policy is remembered."""
    latest = next((texts for of, texts in _LATEST if of is policy), None)
    if latest is None:
        latest = _read(policy)
        _LATEST[:] = [(policy, latest)]
    return latest


def _read(policy: PolicyText) -> CitedTexts:
    titles = find_titles(policy.text)
    mentions = _mentions(policy.text, titles)
    masked = mask(policy.text, [(m.start, m.end) for m in mentions])
    own, forms = _Own(policy), ShortForms()
    found = []
    for named in mentions:
        if named.kind == "no":
            continue
        place = place_of(policy, masked, named.start, named.end)
        meant = _short_form(policy, forms, own, named, place)
        mention = _judged(named, place, meant)
        if mention is None:
            continue
        relation = relation_of(policy, place)
        if own.holds(mention, place, relation):
            continue
        found.append(Cited(mention.start, mention.end, _record(policy, place, mention, relation, meant)))
        title, number = (meant.title, meant.number) if meant else (mention.title, mention.number)
        forms.name(title, number, _form_behind(policy.text, mention))
    return CitedTexts(tuple(found), forms, masked, tuple(titles))


def _record(policy: PolicyText, place: Place, mention: _Mention, relation: Relation, meant: Meant | None) -> CitationRecord:
    return CitationRecord(
        **policy.fact(mention.start, mention.end, place.clause),
        title=mention.title,
        number=mention.number,
        relation=relation,
        quote=policy.text[mention.start : mention.end],
        confidence=mention.confidence,
        reason=mention.reason,
        refers_title=meant.title if meant else None,
        refers_number=meant.number if meant else None,
        cited_clause=cited_clause(place, relation),
        from_date=from_date(place, policy.head) if relation == "repeals" else None,
    )


def _form_behind(text: str, mention: _Mention) -> str | None:
    """The short form that the text gives to what it names here."""
    behind = mention.start if mention.title is None else mention.start + len(mention.title)
    return stated_form(text, behind, _bracket_end(text, mention.end) or mention.end)


def _short_form(policy: PolicyText, forms: ShortForms, own: _Own, mention: _Mention, place: Place) -> Meant | None:
    """What the mention means where it is a short form of a document named before it."""
    if mention.title is None or mention.number or _FORM_GIVEN.search(place.before):
        return None
    if stated := forms.stated(mention.title):
        return stated
    if mention.kind == "self" and not own.is_called(mention.title):
        return forms.by_genre(mention.title)
    return None


def _mentions(text: str, titles: Sequence[Title]) -> list[_Mention]:
    """All titles with their numbers, and the numbers that stand alone, in the order of the text."""
    numbers = find_numbers(text)
    starts = [n.start for n in numbers]
    used: set[int] = set()
    mentions: list[_Mention] = []
    for title in titles:
        if not mentions or title.start >= mentions[-1].end:  # else inside the bracket before: （…，以下简称《意见》）
            mentions.append(_with_number(text, title, numbers, starts, used))
    _share(text, mentions)
    mentions += [_alone(text, n) for i, n in enumerate(numbers) if i not in used and not _inside(n, mentions)]
    return sorted(mentions, key=lambda m: m.start)


def _with_number(text: str, title: Title, numbers: list[DocNumber], starts: list[int], used: set[int]) -> _Mention:
    """The mention that ``title`` makes with the number that follows it, in brackets or not, or comes right before it."""
    plain = _Mention(title.start, title.end, title.text, None, verdict(title.text))
    at = title.end
    for _ in range(2):  # 《…》（试行）（云政〔2021〕1号）
        close = _bracket_end(text, at)
        if not close:
            break
        inner = [i for i in range(bisect_left(starts, at), bisect_left(starts, close)) if numbers[i].end <= close]
        if inner:
            used.update(inner)
            return replace(plain, end=close, number=numbers[inner[0]].number)
        if standard := _STANDARD.fullmatch(text, at + 1, close - 1):
            return replace(plain, end=close, number=standard.group())
        at = close
    after = bisect_left(starts, title.end)
    if after < len(numbers) and starts[after] == title.end and not text.startswith("《", numbers[after].end):
        used.add(after)
        return replace(plain, end=numbers[after].end, number=numbers[after].number)
    before = bisect_left(starts, title.start) - 1
    if before >= 0 and before not in used and text[numbers[before].end : title.start] in ("", "文", "文件"):
        used.add(before)
        return replace(plain, start=numbers[before].start, number=numbers[before].number)
    return plain


def _bracket_end(text: str, at: int) -> int:
    """Behind the bracket that opens at ``at``, brackets in it included; 0 where none opens or it does not close soon."""
    if text[at : at + 1] not in ("（", "("):
        return 0
    depth = 0
    for i in range(at, min(at + _BRACKET, len(text))):
        if text[i] in "（(":
            depth += 1
        elif text[i] in "）)":
            depth -= 1
            if depth == 0:
                return i + 1
        elif text[i] == "\n":
            break
    return 0


def _share(text: str, mentions: list[_Mention]) -> None:
    """Give each of 《A》《B》（1号、2号） its own number, where the bracket holds as many numbers as titles stand before it."""
    for k, last in enumerate(mentions):
        if last.number is None or last.title is None or text.count("号", last.start, last.end) < 2:
            continue
        numbers = find_numbers(text, last.start + len(last.title) + 2, last.end)
        group = mentions[max(0, k + 1 - len(numbers)) : k + 1]
        joined = all(text[a.end : b.start] in ("", "、", "和") and a.number is None for a, b in pairwise(group))
        if len(group) == len(numbers) > 1 and joined:
            shared = [replace(m, number=n.number) for m, n in zip(group, numbers, strict=True)]
            mentions[k + 1 - len(group) : k + 1] = shared


def _alone(text: str, number: DocNumber) -> _Mention:
    """A number without a title in marks, with the unmarked title that it follows in brackets or in a table, where clear."""
    kind = "no" if number.kind == "order" and _WITHOUT_ISSUER.match(number.number) else "cite"
    title = _unmarked_title(text, number)
    if title is None:
        return _Mention(number.start, number.end, None, number.number, kind)
    end = _bracket_end(text, number.start - 1) or number.end
    return _Mention(title.start, end, title.text, number.number, kind, 0.9, "标题没有书名号")


def _unmarked_title(text: str, number: DocNumber) -> Title | None:
    """The unmarked title that ``number`` follows: 根据云陵市人民政府关于…的通知（云政〔2021〕1号）."""
    end = number.start - 1
    if end < 0 or text[end] not in "（(\t":
        return None
    match = _UNMARKED.search(text[max(0, end - 120) : end])
    if not match or verdict(match["title"]) != "cite":
        return None
    title = _LEADING.sub("", match["title"], count=1)
    return Title(end - len(title), end, title)


def _inside(number: DocNumber, mentions: list[_Mention]) -> bool:
    at = bisect_right(mentions, number.start, key=lambda m: m.start) - 1
    return at >= 0 and number.start < mentions[at].end


def _judged(mention: _Mention, place: Place, meant: Meant | None) -> _Mention | None:
    """The mention as it counts, or None: its form decides, and where that does not, the words before it."""
    if _FORM_GIVEN.search(place.before):
        return None
    if meant:
        return replace(mention, confidence=meant.confidence, reason=meant.reason)
    if mention.number:
        return mention
    if mention.kind == "self" or _TOGETHER.fullmatch(mention.title or ""):
        return None
    title = mention.title or ""
    if len(title) <= _SHORT and "关于" not in title and is_paper(place):
        return None
    if mention.kind == "cite":
        return mention
    if rests_on(place):
        return replace(mention, confidence=0.8, reason="文件性质由前面的动词推断")
    return None


class _Own:
    """What a policy names without citing it: itself, the notice that issues it, its appendices."""

    def __init__(self, policy: PolicyText) -> None:
        head = policy.head
        titles = [t for t in (head.title, head.notice) if t]
        inner = [t.text for title in titles for t in find_titles(title) if _IS_ISSUED.search(title, 0, t.start)]
        issued = [m.group(1) for t in titles if (m := _ISSUING.search(t))]
        appendices = [c.heading for c in policy.clauses if c.kind == "appendix" and c.heading]
        self._policy = policy
        self._titles = {title_key(t) for t in titles}
        self._keys = self._titles | {title_key(t) for t in (*inner, *issued, *appendices, bare_title(head.title))}
        self._number = normal_number(head.number) if head.number else None
        self._ends = tuple(bare_title(t) for t in (*titles, *appendices))
        self._starts = [p.start for p in policy.paragraphs]

    def holds(self, mention: _Mention, place: Place, relation: Relation) -> bool:
        """Is the mention the policy itself or a part of it?"""
        if (mention.number and mention.number == self._number) or self._in_head(mention):
            return True
        same = self._names(mention)
        if same and relation != "repeals" and not (mention.number and self._number):
            return True
        if place.clause.path or mention.title is None:
            return False
        handed = _APPROVED.match(place.after) or _HANDED.search(place.before)
        return bool(handed and _HANDS_OUT.search(place.after))

    def is_called(self, form: str) -> bool:
        """Can the policy, its notice or an appendix be called by this short form, since it ends like their titles?"""
        return any(end.endswith(bare_title(form)) for end in self._ends)

    def _names(self, mention: _Mention) -> bool:
        """Is the mention's title the policy's own, or a short form given to it (《云陵市节水方案》（以下简称《节水方案》）)?"""
        key = title_key(mention.title or "")
        same = mention.title is not None and (key in self._keys or any(_DATED.fullmatch(k.removesuffix(key)) for k in self._keys))
        if same and (short := _SHORT_FORM.match(self._policy.text, mention.end, mention.end + 60)):
            self._keys.add(title_key(short.group(1)))
        return same

    def _in_head(self, mention: _Mention) -> bool:
        """Does the mention stand in a title line, or alone in a line as a number does under the title?"""
        at = bisect_right(self._starts, mention.start) - 1
        if at < 0:
            return False
        paragraph = self._policy.paragraphs[at]
        length = paragraph.end - paragraph.start
        if length > 300:
            return False
        if _HISTORY.fullmatch(self._policy.text, paragraph.start, paragraph.end):
            return True
        alone = mention.title is None and mention.end - mention.start >= length
        return alone or title_key(self._policy.text[paragraph.start : paragraph.end]).removeprefix("附件") in self._titles
