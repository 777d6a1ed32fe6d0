"""Who has which part in an assignment: 牵头 leads, 配合 supports, 按职责分工负责 is responsible.

``segments`` divides a stretch such as ``市残联、卫健体委牵头，市教育局、司法局按职责分工负责`` or
``牵头单位：市发改委；配合单位：市商务局、海关`` into pure lists of units with the role of each. Source of the roles:
《国务院工作规则》 (主办、会办) and the words that 任务分解表 use for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.frozen import dataclass
from extract.models import Role

_LABEL_ROLE = (
    (re.compile(r"配合|参与|参加|协办|协助|协同|支持|会办|协调|成员"), "support"),
    (re.compile(r"牵头|主办|主责|第一责任"), "lead"),
    (re.compile(r"责任|负责|承办|落实|实施|主管|承担|完成|执行"), "responsible"),
)
LABEL = (
    r"(?:第一|主要|共同|直接|[市省县区州]级|[市省]直|县区|具体)?(?:总?牵头|主办|主责|责任|负责|承办|配合|参与|参加|协办|协助|协同|支持|落实|实施|主管|会办|执行)"
    r"(?:[（(][一-鿿、]{1,10}[）)])?(?:责任)?(?:单位|部门|机关|主体|处室|科室)(?:[、和](?:单位|部门|处室|科室))?(?:[（(][一-鿿、，]{1,20}[）)])?"
)
BARE = (
    r"(?:总?牵头|主办|主责|责任|配合|参与|协办|协助|协同|(?:部门|责任|任务|单位)分工)(?=[:：]\s?"
    r"(?:各(?![^、，,；;。\s]{0,12}[要应须])|[一-鿿（）]{2,14}?(?:[局委办厅部会院署行]|公司|中心|政府)(?:[（(]|[、，,；;。）)\]】\s]|牵头|负责|$)))"
)
"""A label that leaves 单位 out, before the name of a body: 牵头：市教育局；配合：…"""
_LABELLED = re.compile(
    rf"(?P<label>{LABEL}|{BARE}|成员单位(?=[:：])|牵头领导(?=[:：]各)|责任领导(?=[:：]各))(?:[:：]|[】\]][:：]?|(?=为))"
)
_LABEL_SIGN = re.compile(r"[:：】\]为]")  # one of which stands at the end of a label or behind it
_OTHER_LABEL = re.compile(
    r"(?:完成|办理|落实|推进|实施|整改)?(?:时限|期限|时间|节点)(?:要求|安排)?[:：]|(?:牵头|责任|分管|包保|联系|市级)?(?:市?领导|责任人|负责人|联系人|电话)[:：]|工作目标[:：]|备注[:：]"
)
_LABEL_END = re.compile("[限间点求排导人话标注][:：]")  # how each of these ends
# what a list says of the lists to come: 以下均需各县区负责，不再列出; 下同; 具体任务均涉及相关市政府，不再做分工
ASIDE = re.compile(
    r"[，,；;。]?(?:列[^，。；]{0,6}(?:首位|第一)[^，。；]{0,12}(?:牵头|汇总)(?:单位|部门)?|(?:以下|下文|具体任务|各项任务|各任务)[^，。；]{0,12}(?:均|都)|下同|不再(?:逐一|一一|重复)?(?:列出|列举|做分工|分工|注明))"
)
# 2023年12月底前完成; 持续推进: when, behind who
_TIME = (
    r"(?:(?:\d{4}年)?[^，,；;。：:（）()]{0,10}(?:前|底|末)(?:完成|建成|启动|落实|实现|见效|到位)?"
    r"|(?:(?:\d{4}年)?(?:\d{1,2}月|年|[一二三四]季度)(?:\d{1,2}日)?(?:底|末|[上中下]旬)?前[^，,；;。：:（）()]{1,14})"
    r"|(?:\d{4}年)?(?:第?[一二三四]季度|[上下]半年|\d{1,2}月(?:至|—|-)\d{1,2}月)(?:内|完成|启动|实施)?|(?:春节|国庆|汛期|年)前[^，,；;。：:（）()]{0,8}"
    r"|(?:年内|今年)?(?:持续|长期|常态化?|全年|每年|定期|分年度|立即)[^，,；;。（）()]{0,8})"
)
TIME_TAIL = re.compile(rf"[，,；;。]{_TIME}(?:[，,；;]{_TIME}){{0,2}}[。.]?$")
_DIVIDED = (
    r"(?:按照?|依据?|根据|结合|在)(?:各自|本|相关)?(?:的)?(?:部门|工作|法定)?(?:职责|职能|权限|分工|责任|任务|管辖|规定)"
    r"(?:权限|任务|范围)?(?:和|与|及|、)?(?:任务|职责|工作)?(?:分工|范围|权限)?(?:内|要求)?[，,]?"
)
_VERB = re.compile(
    rf"(?P<support>(?<=[局委办厅部院府会社司联心队])为(?:配合|参与|协办)(?:单位|部门)|(?:{_DIVIDED}|积极|予以|给予|共同|做好|全力|主动|具体)?(?:配合|参与|参加|协助|协办|协同|支持)(?:实施|落实|推进|做好|工作|相关工作|配合)?)"
    r"|(?P<lead>(?<=[局委办厅部院府会社司联心队])为(?:牵头|主办)(?:单位|部门)|(?:负责|具体|统一|总|分别|共同|联合)?(?:总?牵头(?!(?:责任)?(?:单位|部门)|领导|人)|主办(?!单位|部门)|抓总)(?:抓总|负责|组织实施|组织|统筹|督导|督促|指导|推进|落实|实施|协调|办理|做好|会同|抓好落实)?)"
    rf"|(?P<responsible>(?<=[局委办厅部院府会社司联心队])为责任(?:单位|部门)|(?:{_DIVIDED})(?:共同|分别|具体|抓好|做好|认真)?(?:负责|落实|实施|推进|承担|抓好|开展|组织实施|做好)?(?:落实|相关工作|工作|实施)?"
    r"|(?:共同|分别|分工|分头|具体|联合|统一|全面)?(?:负责|负总责|落实|组织(?:实施|落实|推进)|实施|承担|承办|主管|抓好落实|抓落实)(?:落实|组织实施|实施|推进|办理)?)"
)
_VERB_SIGN = re.compile(  # words of which each of these holds one, quickly found
    "配合|参与|参加|协助|协办|协同|支持|牵头|主办|抓总|负责|落实|实施|承担|承办|主管|职责|职能|权限|分工|责任|任务|管辖|规定"
)
_WITH = re.compile(r"联合会同|会同|商(?<=[局委办厅部会]商)(?=[市省县国人])")
_EDGE = " 【[、，,；;。.:：和及与"


@dataclass(frozen=True, slots=True)
class Segment:
    """A pure list of units in ``text[start:end]`` with their role; ``certain`` is False where only the position tells the role."""

    start: int
    end: int
    role: Role
    certain: bool = True


def label_role(label: str) -> Role:
    """The role that a label such as 牵头单位 or 协办部门 gives."""
    for pattern, role in _LABEL_ROLE:
        if pattern.search(label):
            return role  # type: ignore[return-value]
    return "responsible"


def segments(text: str, start: int, end: int, default: Role = "responsible") -> Iterator[Segment]:
    """The lists of units between ``start`` and ``end`` of the clean text, each with its role, in order."""
    other = _OTHER_LABEL.search(text, start, end) if _LABEL_END.search(text, start, end) else None
    if other:  # what follows 完成时限： or 责任人： up to the next label of units names no unit
        back = _LABELLED.search(text, other.end(), end)
        if not (other.start() == start and re.match(r"[牵责].{1,3}[:：]各", text[other.start() : other.end() + 1])):
            yield from segments(text, start, other.start(), default)
            if back:
                yield from segments(text, back.start(), end, default)
            return
    opening = _LABELLED.match(text, start, end)  # 责任处室（按顺序排列，下同）：
    aside = ASIDE.search(text, opening.end() if opening else start, end)
    end = aside.start() if aside else end
    tail = TIME_TAIL.search(text, start, end)
    end = tail.start() if tail else end
    labels = list(_labels(text, start, end))
    first = labels[0].start() if labels else end
    if first > start:
        yield from _by_verbs(text, start, first, default, labelled=False)
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        begin = label.end() + (text[label.end() : label.end() + 1] == "为")
        stop = following.start() if following else end
        yield from _by_verbs(text, begin, stop, label_role(label["label"]), labelled=True)


def _labels(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The labels of a stretch; most have one, at their beginning, and no sign of another behind it."""
    opening = _LABELLED.match(text, start, end)
    if opening:
        yield opening
        start = opening.end()
    if _LABEL_SIGN.search(text, start, end):
        yield from _LABELLED.finditer(text, start, end)


def _by_verbs(text: str, start: int, end: int, role: Role, labelled: bool) -> Iterator[Segment]:
    """Divide a stretch by its verbs; each verb tells the role of the units before it."""
    position = start
    led = False
    for verb in _verbs(text, start, end):
        kind: Role = verb.lastgroup  # type: ignore[assignment]
        if position < verb.start():
            yield from _with(text, position, verb.start(), _overridden(role, kind) if labelled else kind)
        led = led or kind == "lead"
        position = verb.end()
    if position < end:
        for segment in _with(text, position, end, role):
            yield replace(segment, certain=labelled or not led)


def _verbs(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Verbs that close a list: they stand before punctuation, the end, or another verb; names may hold the same characters."""
    if not _VERB_SIGN.search(text, start, end):
        return
    for verb in _VERB.finditer(text, start, end):
        after = text[verb.end() : min(verb.end() + 1, end)]
        if not after or after in "，,；;。.）)：:、" or verb["lead"]:
            yield verb


def _overridden(label: Role, verb: Role) -> Role:
    """A label outweighs 负责 and 落实; 牵头 and 配合 say more than 责任单位."""
    if label == "responsible" or (label == "lead" and verb == "support") or (label == "support" and verb == "lead"):
        return verb
    return label


def _with(text: str, start: int, end: int, role: Role) -> Iterator[Segment]:
    """A会同B: A leads, B supports."""
    found = _WITH.search(text, start, end)
    if found is None:
        stripped = _strip(text, start, end)
        if stripped[0] < stripped[1]:
            yield Segment(*stripped, role)
        return
    for part, given in (((start, found.start()), "lead"), ((found.end(), end), "support")):
        stripped = _strip(text, *part)
        if stripped[0] < stripped[1]:
            yield Segment(*stripped, given)  # type: ignore[arg-type]


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end
