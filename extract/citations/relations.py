"""How a policy uses a document that it names: rests on it, ends it, changes it, or only cites it.

The verb that governs the title decides, and where the document says what it rests on (preamble, first article, 编制依据).
Titles are masked while the sentence is read, so that a verb within a title (《关于废止…的决定》) is not taken for its verb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.models import Clause, PolicyText, Relation

MASK = "※"
_STOP = re.compile(r"[。；;！？!?\n\t]")
_BEFORE, _AFTER = 240, 160  # characters of a sentence that are looked at on either side of a title
_LIST = 1500  # characters between the lead of a list and one of its items
_LEAD = 80


@dataclass(frozen=True, slots=True)
class Place:
    """Where a title stands: ``before``/``after`` are the rest of its sentence, ``masked`` is the whole text with titles masked."""

    masked: str
    start: int
    before: str
    after: str
    clause: Clause


@cache
def words(use: str) -> str:
    """The words of one use in ``data/cite_verbs.tsv`` as an alternation, longest first."""
    lines = (files("extract") / "data" / "cite_verbs.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return "|".join(sorted({row[1] for row in rows if row[0] == use}, key=lambda w: (-len(w), w)))


# What can stand between the titles of a list and between them and their verb. All runs are possessive: no backtracking.
_LINK = (
    rf"{MASK}+|以及|[、和及与]|等|[一二三四五六七八九十两\d]{{1,3}}[个件项部份]"
    r"|(?:规范性|政策性|政策)?文件|原|[（(][^（）()]{0,30}[）)]|有关|相关"
    rf"|[一-鿿\d]{{1,24}}?(?:发布|公布|印发|颁布|下发|施行|实施|制定|出台)的(?={MASK})"
)
_ADVERB = (
    r"同时|同步|即行|自行|自动|相应|一并|均|全部|予以|随之|随即|已经|已|即|现|将|也|亦|正式|应当|的?规定"
    r"|第[^。；，※]{1,12}?(?:[编章节条款项目]|部分)|有效期|届满|到期|后|其|配套|补充"
    r"|(?:中的?|的|有关|相关|涉及|关于)[^。；，※]{1,24}?(?:规定|条款|内容|部分|条文)|部分(?:规定|条款|内容|条文)|附件\d?|[自从于][^。；，※]{1,24}?(?:之日起|日起|起|日)"
    r"|(?:执行|实行|延续|延长|有效期)?[至到][^。；，※]{1,24}?(?:日|止|底)|[，,](?=到期|期满|届满|自\d|自本|即)|期满"
)
_ENDED = re.compile(rf"(?:{_LINK}|[，,](?={MASK})|{_ADVERB}){{0,60}}+(?:{words('end')})(?=[。；;，,、）)！\n]|$)")
_DELETED = re.compile(r"(?:删去|删除)原?$")
_UNDER = re.compile(r"(?:根据|依据|按照|依照|遵照|参照|按|依)$")  # 依照《…》规定废止: the title is not what ends
_ENDS = re.compile(rf"(?:{words('end')})了?(?:{_LINK}|以下|下列|如下|[:：]){{0,60}}+$")
_CHANGES = re.compile(rf"(?<!新)(?:{words('change')})了?(?:{_LINK}|以下|下列|[:：]){{0,60}}+$")
# 编制、修订《…预案》 is a task
_MAKES_TOO = re.compile(rf"(?:编制|制[定订]|拟[定订]|起草)(?:[、和及与或]|以及)(?:{words('change')})")
_LIST_OF_ENDED = re.compile(r"(?:废止|失效|停止执行)的?[^。；，]{0,20}(?:目录|清单)")  # the title of an appendix
_TO_CARRY_OUT = re.compile(r"[^。；]{0,200}?为(?:了|深入|全面|认真|切实|进一步)?(?:贯彻|落实)")
_AMENDED_BY = re.compile(r"(?:第[一二三四五六七八九十\d]{1,2}次)?修[正订改](?=[）)，。]|$)")  # 根据…《关于修改…的决定》修正
_PART = r"(?:第[^，。；※]{1,16}|中[^，。；※]{1,24})"
_CHANGED = re.compile(
    rf"(?:{_PART}|的)?(?:{words('change')})(?:为|如下|工作|完善|$|[、，。；])"
    rf"|{_PART}?(?:作|做|进行|予以)[^，。；※]{{0,6}}(?:{words('change')})"
)
_ITEM = re.compile(r"(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)]?[.．、]?|[①-⑳])?")
_LISTED = re.compile(rf"[{MASK}\s；;。，,、（）().．:：\d一二三四五六七八九十①-⑳和及]*+")
# 为抓好《…》的贯彻落实
_FOR = re.compile(r"为(?:了|切实|深入|全面|认真|进一步|扎实)*(?:抓好|做好|推动|推进|加强|确保)[^，。；]{0,12}$")
_CARRIED_OUT = ("的贯彻", "的落实", "的实施", "贯彻落实", "落实落地")
_BASE = re.compile(words("base"))
_REST = re.compile(rf"{words('base')}|{words('rest')}")
_MAKE = re.compile(rf"(?:{words('make')})了?(?:{MASK}+|[、和及与])*+$")
_PAPER = re.compile(rf"(?:{words('paper')})了?(?:{MASK}+|[、和及与或]|相应的?)*+$")
_FOUNDS = re.compile(
    r"(?:制定|编制|制订|拟定)(?:了|出)?本(?!部门|单位|地|级|行业|系统|领域|企业|县|区|市|省|辖)|特制[定订]|制[定订](?:如下|以下)"
)
_FOUNDED = re.compile(r"^[^，。；]{0,30}制[定订](?:$|[，。；])")
_OURSELVES = re.compile(r"本(?:办法|方案|规定|细则|意见|预案|规划|计划|措施|条例|政策|制度|标准)[^，。；]{0,6}$")
_OPENING = re.compile(r"制[定订]|现就|提出|决定|现将|如下|现对|开展")
_LABEL = re.compile(r"[\d.、（）()一二三四五六七八九十第章节条]*+")
_HEAD_END = re.compile(r"[，。；：:\s]")
_REASONS = re.compile(r"(?:编制|制定|规划|政策|法律|法规|起草|工作|主要|基本)?依据|前言|序言|引言|导言")


def mask(text: str, spans: list[tuple[int, int]]) -> str:
    """``text`` with the spans (in order, without overlap) blotted out at their length."""
    parts, last = [], 0
    for start, end in spans:
        parts += [text[last:start], MASK * (end - start)]
        last = end
    return "".join([*parts, text[last:]])


def place_of(policy: PolicyText, masked: str, start: int, end: int) -> Place:
    """The place of the title ``[start, end)``."""
    before = _STOP.split(masked[max(0, start - _BEFORE) : start])[-1]
    after = _STOP.split(masked[end : end + _AFTER], maxsplit=1)[0]
    return Place(masked, start, before, after, policy.clause_at(start))


def rests_on(place: Place) -> bool:
    """Does the text rest on what is named here (根据, 落实, 符合 …), without bringing it about (制定, 出台 …)?"""
    near = re.sub(rf"{MASK}+", MASK, place.before)[-16:]
    return bool(_REST.search(near)) and not _MAKE.search(near) and not near.endswith("在")


def is_paper(place: Place) -> bool:
    """Is what is named handled as the paper of a single case (出具《…意见》)?"""
    return bool(_PAPER.search(place.before[-40:]))


def relation_of(policy: PolicyText, place: Place) -> Relation:
    """The relation of the policy to what is named at ``place``."""
    if repeal_words(place):
        return "repeals"
    deleted = _DELETED.search(place.before) and place.after.startswith("第")
    changes = _CHANGES.search(place.before) and not _MAKES_TOO.search(place.before[-40:])
    if deleted or changes or _is_changed(place) or _INSERTED.match(place.after):
        return "amends"
    return _of_list(policy, place) or ("basis" if _is_basis(policy, place) else "cites")


# 在《…》第七条中增加一项
_INSERTED = re.compile(r"(?:第[一二三四五六七八九十百零\d]{1,5}[章节条款项]){1,4}(?:中|后|之后)?(?:增加|删[去除])")


def repeal_words(place: Place) -> str:
    """The words from the title to the verb that ends its force, or from that verb to the title; "" where neither is there."""
    ended = None if _UNDER.search(place.before) else _ENDED.match(place.after)
    found = ended or _ENDS.search(place.before)
    return found.group() if found else ""


def _is_changed(place: Place) -> bool:
    """Is the change said of the title, and not of what the sentence does with it (根据《…》修改水价)?"""
    if not _CHANGED.match(place.after):
        return False
    return not _BASE.search(place.before[-12:]) or place.after.startswith(("第", "中"))


def _of_list(policy: PolicyText, place: Place) -> Relation | None:
    """The relation that the lead of a list, or the title of the policy, gives to the items: 下列文件同时废止：1.《…》；2.《…》."""
    if _LIST_OF_ENDED.search(place.clause.heading):
        return "repeals"
    item = re.split("[：:]", place.before)[-1].replace(MASK, "").strip("、和及")
    if not _ITEM.fullmatch(item):
        return None
    window = place.masked[max(0, place.start - _LIST) : place.start]
    colon = max(window.rfind("："), window.rfind(":"))
    listed = colon >= 0 and _LISTED.fullmatch(window, colon + 1)
    lead = _STOP.split(window[max(0, colon - _LEAD) : colon])[-1] if listed else ""
    if re.search(words("end"), lead) or re.search("废止|失效", policy.head.title):
        return "repeals"
    if re.search(words("change"), lead) or re.search("关于修[改订]", policy.head.title):
        return "amends"
    return None


def _is_basis(policy: PolicyText, place: Place) -> bool:
    """Does the document say here that it rests on what is named?"""
    if _gives_reasons(policy, place.clause):
        return True
    if place.after.startswith(_CARRIED_OUT) and _FOR.search(place.before) and not place.clause.path:
        return True
    if not _BASE.search(place.before) or _MAKE.search(place.before) or _AMENDED_BY.match(place.after):
        return False
    base = list(_BASE.finditer(place.before))[-1]
    ourselves = _OURSELVES.search(place.before[: base.start()]) and _FOUNDED.match(place.after)  # 本办法根据《…》制定
    if ourselves or _FOUNDS.search(place.after) or "第一条" in place.clause.path.split("/"):
        return True
    if place.clause.kind == "appendix" and _OPENING.search(place.after) and "。" not in place.clause.heading:
        return True  # the preamble of a document that is printed as an appendix
    if place.clause.path or any(c.path and c.kind != "appendix" and c.start < place.start for c in policy.clauses[:2]):
        return False
    if "。" not in policy.text[: place.start] and _TO_CARRY_OUT.match(place.before):
        return True
    # a text without any heading is preamble throughout: only the sentence that opens it counts
    return len(policy.clauses) > 1 or bool(_OPENING.search(place.after))


def _gives_reasons(policy: PolicyText, clause: Clause) -> bool:
    """Is the clause, or one above it, the one that lists what the document rests on (编制依据)?"""
    parents = {c.key: c for c in policy.clauses} if clause.parent is not None else {}
    at: Clause | None = clause
    while at is not None:
        heading = _LABEL.sub("", _HEAD_END.split(at.heading, maxsplit=1)[0], count=1)
        if _REASONS.fullmatch(heading):
            return True
        at = parents.get(at.parent or "") if at.parent != at.key else None
        if at is not None and not at.path:
            return False
    return False
