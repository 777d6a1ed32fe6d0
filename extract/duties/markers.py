"""Find the places where a document lists who is responsible: brackets, stand-alone lines, sentences with a label.

``（责任单位：市财政局、商务局）``, ``（市残联牵头，市教育局按职责分工负责）``, a line ``牵头单位：市教育局，参与单位：…``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.duties.roles import ASIDE, BARE, LABEL, TIME_TAIL
from extract.frozen import dataclass
from extract.models import Clause, PolicyText
from extract.policies.marks import BODY_END, NEXT_MARK

_CUE = re.compile(r"责任|牵头|负责|配合|主办|协办|承办|参与|落实|分工|组织实施|协助")
_LINE = re.compile(
    rf"(?:[-–—•●■◆▲★]{{1,2}}\s?)?(?:{LABEL}|{BARE})(?:[:：]|为(?=[一-鿿]))|牵头领导[:：](?=各)|[【\[](?:{LABEL})[】\]]"
    rf"|(?:牵头|责任|分管|包保|联系)[市省县区]?级?领导[:：][^。\n]{{2,40}}?(?:{LABEL})[:：]"
)
_IN_SENTENCE = re.compile(  # with the stop (or …同志) before it, so that the search skips to those
    rf"[。；;）)志](?:(?<=[。；;])[-–—]{{,2}}[【\[](?:{LABEL})[】\]]|[-–—]{{,2}}(?:{LABEL})(?:[:：]|为(?=[省市县区州各])))"
)
_BRACKET_LABEL = re.compile(rf"[（(【\[〔]\s?(?:{LABEL}|{BARE})(?:[:：]|为)")
_LIST_ENDS = re.compile(rf"[。{BODY_END}](?:(?<=。)|{NEXT_MARK})")
_LATER_LABEL = re.compile(rf"[，,；;。](?=(?:{LABEL})[:：])")
_NAMES_BODY = re.compile(r"[局委办厅部院府会]|公司|中心|牵头|负责|各")
_BRACKET_VERB = re.compile(
    r"(?:牵头|负责|落实|组织实施|配合|参与|参加|承担|协助|协办|承办|主办|分工|实施|抓好落实|按职责分工"
    r"|(?<=[局委办厅部院府会社司联心队])为(?:牵头|责任|配合|参与|主办|协办)(?:单位|部门))(?:落实|实施|推进|工作|相关工作)?[。.；;]?$"
)
_BRACKET_LEAD = re.compile(r"牵头(?:负责|抓总|落实)?[，,；;]|[（(]牵头[）)]")
_ABOUT = re.compile(r"简称|以下|不含|包括|详见|见附件|含|如|指|本人|第[一二三四五六七八九十百]+|《|由|https?|[?？!！=]")
_CAPTION = re.compile(r"第[一二三四五六七八九十百零\d]{1,6}条$")
_ITEM = re.compile(r"[、，,；;]")
_TIER = re.compile(r"(?:国家|自治区|[省市县区州]|[一-鿿]{1,4}[省市县区州])(?![级内外])")
_BODY = re.compile(
    r"(?:[局委办厅部院社署行]|政府|委员会|办公室|管委会|中心|公司|集团|联合会|[残妇科文侨社]联|总工会|团委|支队|总队|银行|分行|海关)等?$"
)
_GROUP = re.compile(r"各[一-鿿、]{1,10}|[一-鿿“”]{2,20}成员单位|[省市县区]直各?(?:有关|相关)?(?:部门|单位)")
_NESTED = re.compile(r"[（(][市县区旗、]{1,6}[）)]")  # 各县（市、区）政府
_PLACE = re.compile(r"[一-鿿]{1,5}[县区市旗]")
_ASIDE = re.compile(r"[（(][^（）()]{1,12}[）)]$")
_BUREAU = re.compile(r"[一-鿿](?:[局委厅部]|办公室)$")
_PAIRS = {"（": "）", "(": ")", "【": "】", "[": "]", "〔": "〕"}
_OPENING = re.compile(r"[（(【\[〔]")
_BRACKET = re.compile(r"[（(【\[〔）)】\]〕]")
_BETWEEN = "。；;，,、\n"
_NEAR = 3  # characters of punctuation between a heading and a marker that follows it at once
_LONGEST = 1200  # characters in a bracket; the longest seen list has about 400


@dataclass(frozen=True, slots=True)
class Marker:
    """A list of units in ``text[start:end]``; ``inner`` is the stretch without its bracket. ``alone``: a paragraph of its own."""

    start: int
    end: int
    inner: tuple[int, int]
    alone: bool


def find_markers(policy: PolicyText) -> Iterator[Marker]:
    """All markers of a policy, in order; table rows are not read here."""
    text = policy.text
    for paragraph in policy.paragraphs:
        start, end = paragraph.start, paragraph.end
        if text.find("\t", start, end) >= 0 or not (
            _CUE.search(text, start, end) or text[end - 2 : end].rstrip("。；")[-1:] in ("）", ")")
        ):
            continue
        line = _LINE.match(text, start, end)
        if line:
            yield Marker(start, end, (start, end), True)
            continue
        yield from _in_paragraph(text, start, end)


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Marker]:
    """Brackets and labelled sentences of a paragraph."""
    found = [*_brackets(text, start, end)]
    for label in _IN_SENTENCE.finditer(text, max(start - 1, 0), end):
        begin = label.start() + 1
        if not any(m.start <= begin < m.end for m in found):
            last = _LIST_ENDS.search(text, label.end(), end)
            stop = last.end() - (last[0] == "。") if last else end
            found.append(Marker(begin, stop, (begin, stop), False))
    yield from sorted(found, key=lambda m: m.start)


def _brackets(text: str, start: int, end: int) -> Iterator[Marker]:
    position = start
    while True:
        found = _OPENING.search(text, position, end)
        if found is None:
            return
        opening = found.start()
        closing = _closing(text, opening, min(end, opening + _LONGEST))
        if closing is None:
            position = opening + 1
            continue
        if _is_list(text, opening, closing, end):
            begin = _list_begins(text, opening + 1, closing)
            yield Marker(opening, closing + 1, (begin, closing), opening == start and closing + 2 >= end)
            position = closing + 1
        else:
            position = opening + 1


def _closing(text: str, opening: int, end: int) -> int | None:
    """The bracket that closes the one at ``opening``; brackets of different width may pair."""
    opens, closes = ("（(", "）)") if text[opening] in "（(" else (text[opening], _PAIRS[text[opening]])
    depth = 0
    for found in _BRACKET.finditer(text, opening, end):
        if found[0] in opens:
            depth += 1
        elif found[0] in closes:
            depth -= 1
            if depth == 0:
                return found.start()
    return None


def _list_begins(text: str, start: int, end: int) -> int:
    """Where the list of a bracket begins: at its first label, where the words before it name no body (约束性指标，责任单位：…)."""
    label = _LATER_LABEL.search(text, start, end)
    return label.end() if label and not _NAMES_BODY.search(text, start, label.start()) else start


def _is_list(text: str, opening: int, closing: int, end: int) -> bool:
    """Does the bracket assign responsibility? One that does not say so may still be a list of bodies that ends a paragraph."""
    if _BRACKET_LABEL.match(text, opening, closing) or _list_begins(text, opening + 1, closing) > opening + 1:
        return True
    if _CAPTION.search(text, max(0, opening - 10), opening):  # 第三条（职责分工）
        return False
    inner = text[opening + 1 : closing]
    if len(inner) < 3 or _ABOUT.match(inner):
        return False
    aside = ASIDE.search(inner)
    inner = TIME_TAIL.sub("", inner[: aside.start()] if aside else inner)
    if not _CUE.search(inner):
        closes = closing + 1 >= end or (closing + 2 >= end and text[closing + 1] in "。；")
        several = _ITEM.search(inner) is not None or text[opening - 1] in "。；"  # one name may explain the word before it
        return closes and several and _only_units(inner, text[opening - 1] in "。；")
    return _BRACKET_VERB.search(inner) is not None or _BRACKET_LEAD.search(inner) is not None


def _only_units(inner: str, apart: bool) -> bool:
    """Do all items of a bracket end as names of bodies do, the first with its place or tier in front?

    Behind a body may also stand groups (各县区) and places that share the ending of the next (青溪县、望山县政府). Several bureaus
    behind the end of a sentence (``apart``) need no tier: （财政局、民政局）.
    """
    first, *others = (_ASIDE.sub("", i) for i in _ITEM.split(_NESTED.sub("", inner.rstrip("。"))))
    if apart and others and all(len(i) <= 12 and _BUREAU.search(i) for i in (first, *others)):
        return True
    grouped = apart and others and _GROUP.fullmatch(first)
    if not grouped and (_TIER.match(first) is None or not _BODY.search(first) or len(first) > 24):
        return False
    shared = next((n for n, i in reversed(list(enumerate(others))) if i.endswith(("政府", "管委会"))), 0)
    return all(
        len(i) <= 24 and (_BODY.search(i) or _GROUP.fullmatch(i) or (n < shared and _PLACE.fullmatch(i)))
        for n, i in enumerate(others)
    )


class Homes:
    """Which clause a marker belongs to.

    A marker in a sentence belongs to the clause of that sentence. A stand-alone line that closes a section with several numbered
    items, none of which has a marker of its own, belongs to the section.
    """

    _ITEMS = ("dot", "numparen", "halfparen", "circled", "runin", "paren")

    def __init__(self, policy: PolicyText, markers: list[Marker]) -> None:
        self._policy = policy
        self._by_key = {c.key: c for c in policy.clauses}
        self._children: dict[str, list[Clause]] = {}
        for clause in policy.clauses:
            if clause.parent is not None:
                self._children.setdefault(clause.parent, []).append(clause)
        self._marked = [policy.clause_at(m.start) for m in markers]
        self._groups: dict[str, list[tuple[int, int]]] = {}  # the markers of each clause, those that follow one another as one
        for marker in markers:
            groups = self._groups.setdefault(self.of(marker).key, [])
            if groups and not policy.text[groups[-1][1] : marker.start].strip(_BETWEEN):
                groups[-1] = (groups[-1][0], marker.end)
            else:
                groups.append((marker.start, marker.end))

    def of(self, marker: Marker) -> Clause:
        """The clause that the marker belongs to."""
        clause = self._policy.clause_at(marker.start)
        if not marker.alone or clause.parent is None or clause.kind not in self._ITEMS:
            return clause
        siblings = [c for c in self._children[clause.parent] if c.kind == clause.kind]
        earlier = siblings[: siblings.index(clause)]
        held = any(s.start <= m.start < s.end for s in earlier for m in self._marked)
        return clause if held or not earlier or clause is not siblings[-1] else self._by_key[clause.parent]

    def words(self, marker: Marker, clause: Clause) -> Words:
        """The words of ``clause``, the home of ``marker``, that the marker stands for.

        They are the whole clause where it has no other marker, else what stands between the marker before and this one; behind
        it, where a marker follows its heading at once.
        """
        groups = self._groups[clause.key]
        at = next(i for i, (start, end) in enumerate(groups) if start <= marker.start < end)
        here = groups[at]
        after = groups[at + 1][0] if at + 1 < len(groups) else clause.end
        low, high = clause.start, clause.end
        if len(groups) > 1 and groups[0][0] - clause.start - len(clause.label) - len(clause.heading) <= _NEAR:
            low, high = here[0], after
        elif len(groups) > 1:
            low, high = groups[at - 1][1] if at else clause.start, here[1]
        parts = [c for c in self._children.get(clause.key, ()) if low <= c.start < high]
        if not parts:
            return Words(((low, high),), here[1], after, ())
        if clause.parent is None:
            return Words((here,), here[1], after, ())
        free = tuple((c.start, c.end) for c in parts if not self._has_own(c, clause))
        return Words(((low, max(low, parts[0].start)), here), here[1], after, free)

    def _has_own(self, part: Clause, clause: Clause) -> bool:
        """Does a marker inside ``part`` belong to it, and not to the clause above?"""
        return any(
            key != clause.key and any(part.start <= start < part.end for start, _ in groups) for key, groups in self._groups.items()
        )


@dataclass(frozen=True, slots=True)
class Words:
    """What a marker stands for, as clean spans: its ``own`` words, and the sub-items (``parts``) beside them.

    ``end`` is where the marker ends, with those that follow it at once, ``after`` where the next one begins or the clause ends.
    """

    own: tuple[tuple[int, int], ...]
    end: int
    after: int
    parts: tuple[tuple[int, int], ...]
