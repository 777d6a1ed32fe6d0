"""Duties in sentences of the body: a named unit with 负责, 牵头, 会同, 承担, 组织…, or 由 + unit + task.

What does not count: sentences with only 要/应/应当, units that are not named (各有关部门, 主管部门), the composition of a
body and its seat at a bureau. Lists of duties under the names of units (``市委宣传部：指导…``, a heading that is a unit's
name) give one entry a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.marks import marker_at
from extract.models import PolicyText, Role, Unit
from extract.units import find_units

_TRIGGER = re.compile(
    r"负责(?!人|同志|制|领导[，。、的同]|任)|牵头(?!单位|部门|领导|人|责任)|会同|承担|组织|主管(?!部门|单位|领导|机关|负责|人|局|委|厅|的)|解释|由|具体实施"
)
_ENTRY = re.compile(r"[^。；，：:\n\t]{2,60}[：:](?=[^\n])")
_DUTY_HEADING = re.compile(r"职责|分工|任务")
_MODAL = (
    r"(?:要|应|应当|须|必须|将|可|可以|依法|依规|统一|具体|全面|共同|分别|切实|认真|定期|及时|适时|联合|主要|直接|一并|继续|积极|牵头"
    r"|按(?:照)?[^，。；]{1,14}?|根据[^，。；]{1,14}?|在[^，。；]{1,14}?(?:下|内|上)|每[年季月]度?){0,4}"
)
_SUBJECT_VERB = re.compile(
    rf"[，,]?{_MODAL}(?P<verb>负责(?!人|同志|制|领导[，。、的同]|任)|牵头(?!单位|部门|领导|人)|会同|承担(?!的|单位|部门)"
    r"|组织(?:实施|开展|编制|制定|召开|领导|协调|有关|相关|专家|力量|评估|对|做好|落实|推进|建设|拟订|起草|审核|验收|指导|考核|申报|本)|主管(?!部门|单位|领导|机关|负责|人|局|委|厅|的)"
    r"|解释|具体实施)"
)
_BY_VERB = re.compile(
    r"(?P<lead>牵头|会同)|(?P<seat>担任|兼任|任|组成|构成|主持|召集|出席|参加)|(?P<pay>承担|负担|列支|解决|安排|拨付|给予|奖励|补助|支付)|(?P<verb>[一-鿿])"
)
_LATER = re.compile(r"(?:^|[，,；;])(?:并|同时|负责)?(?P<verb>牵头(?!单位|部门|领导|人)|会同)")
_WITH = re.compile(r"会同|(?<=[局委办厅部会])商(?=[市省县国])")
_CUT = re.compile(r"会同|由(?!贸易|创)|(?<=[局委办厅部会])商(?=[市省县国])")
_UNNAMED = re.compile(
    r"^(?:各|有关|相关|其他|其它|上级|同级|所在|当地|属地|本级|下级)|(?:有关|相关|其他|各|主管)(?:部门|单位|方面|机构)$|^(?:部门|单位|机构|企业|主管部门|行业主管部门|行政主管部门|领导小组|指挥部|办公室|专班)$"
)
_EACH_NAMED = re.compile(
    r"^各(?:级|县区|县（区）|县、区|区县（市）|县（市、区）|市、县)[一-鿿（）、]{0,10}?(?:委员会|科协|残联|妇联|工会|办公室|公安机关|局|检察院|法院|领导小组)$"
)
_SEAT = re.compile(r"设在|设于|挂靠|办公室主任|组长|成员由|主任由")
_COMPOSED = re.compile(r"(?:成员|组长|主任|召集人|指挥长?|总指挥)(?:单位|分别)?由$")
_SUPPORTS = re.compile(r"(?:积极|予以|给予|做好|共同|密切|主动)?(?:配合|协助|参与)(?:[，,。；;）)]|做好|实施|开展|落实|工作|推进)")


@dataclass(frozen=True, slots=True)
class Inline:
    """A sentence that assigns a task: ``start``/``end`` is the stretch with unit and verb, ``stop`` the end of the sentence."""

    start: int
    end: int
    stop: int
    parts: tuple[tuple[tuple[Unit, ...], Role, bool], ...]


def find_inline(policy: PolicyText, taken: Sequence[tuple[int, int]]) -> Iterator[Inline]:
    """Inline duties outside the spans already ``taken`` by markers and tables."""
    listed = [*_entries(policy), *_headed(policy)]
    yield from listed
    done = {u.start for found in listed for units, _, _ in found.parts for u in units}
    spans = sorted(taken)
    for start, end in _sentences(policy, spans, listed):
        for found in _sentence(policy, start, end):
            if not any(u.start in done for units, _, _ in found.parts for u in units):
                yield found


def named(unit: Unit) -> bool:
    """Is the unit named, so that it bears a duty in prose? Bare tiers and unnamed classes are not."""
    written = unit.written
    if unit.agency.kind == "unnamed" or _UNNAMED.search(written):
        return _EACH_NAMED.match(written) is not None
    return not re.fullmatch(
        r"(?:市|县|区|省)?(?:[、和](?:县|区|市|乡|镇)(?:（[^（）]{1,6}）)?)*(?:级)?(?:人民)?政府|.{0,6}成员单位", written
    ) or written in ("市政府", "市人民政府", "省政府", "省人民政府")


def _sentences(policy: PolicyText, taken: list[tuple[int, int]], listed: list[Inline]) -> Iterator[tuple[int, int]]:
    """Sentences that hold a trigger, minus the stretches that markers, tables and lists of duties have taken."""
    text = policy.text
    for paragraph in policy.paragraphs:
        if not _TRIGGER.search(text, paragraph.start, paragraph.end) or text.find("\t", paragraph.start, paragraph.end) >= 0:
            continue
        start = paragraph.start
        for i in range(paragraph.start, paragraph.end):
            if text[i] in "。；;" or i + 1 == paragraph.end:
                yield from _free(text, start, i + 1, taken)
                start = i + 1


def _free(text: str, start: int, end: int, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for a, b in taken:
        if a < end and b > start:
            if a > start and _TRIGGER.search(text, start, a):
                yield start, a
            start = b
    if start < end and _TRIGGER.search(text, start, end):
        yield start, end


def _entries(policy: PolicyText) -> Iterator[Inline]:
    """``市委宣传部：指导…``: at least two paragraphs of a clause that begin with a unit's name and a colon."""
    text = policy.text
    groups: dict[str, list[Inline]] = {}
    for paragraph in policy.paragraphs:
        match = _ENTRY.match(text, paragraph.start, min(paragraph.end, paragraph.start + 64))
        if match is None or text.find("\t", paragraph.start, paragraph.end) >= 0:
            continue
        mark = policy.clause_at(paragraph.start)
        begin = paragraph.start + (len(mark.label) if mark.start == paragraph.start and mark.label else 0)
        begin += text[begin : begin + 1] in "、.．"
        units = find_units(text, begin, match.end() - 1, policy.setting)
        if units and units[0].start <= begin + 1 and units[-1].end == match.end() - 1 and all(named(u) for u in units):
            home = mark.parent if mark.start == paragraph.start and mark.parent is not None else mark.key
            groups.setdefault(home, []).append(
                Inline(units[0].start, match.end(), paragraph.end, ((tuple(units), "responsible", True),))
            )
    headings = {c.key: c.heading for c in policy.clauses}
    for key, found in groups.items():
        if len(found) >= 3 or (len(found) >= 1 and _DUTY_HEADING.search(headings.get(key, ""))):
            yield from found


def _headed(policy: PolicyText) -> Iterator[Inline]:
    """Headings that are a unit's name, under a heading that speaks of duties."""
    headings = {c.key: c for c in policy.clauses}
    for clause in policy.clauses:
        heading = clause.heading
        if not heading or len(heading) > 40 or clause.parent is None or re.search(r"[，。；]", heading):
            continue
        above = headings[clause.parent]
        grand = headings[above.parent] if above.parent is not None else above
        if not (
            _DUTY_HEADING.search(above.heading)
            or _DUTY_HEADING.search(grand.heading)
            or _DUTY_HEADING.search(policy.text[above.start : above.start + 60])
        ):
            continue
        begin = policy.text.find(heading, clause.start, clause.start + 20 + len(heading))
        if begin < 0:
            continue
        whole = re.sub(r"(?:的)?(?:主要|工作)?职责(?:分工)?$", "", heading)
        units = find_units(policy.text, begin, begin + len(whole), policy.setting)
        if units and units[0].start == begin and units[-1].end == begin + len(whole) and all(named(u) for u in units):
            yield Inline(begin, begin + len(whole), min(clause.end, begin + 200), ((tuple(units), "responsible", True),))


def _sentence(policy: PolicyText, start: int, end: int) -> Iterator[Inline]:
    """The duties of one sentence."""
    text = policy.text
    units = []
    for a, b in _pieces(text, start, end):
        units.extend(find_units(text, a, b, policy.setting))
    if not units:
        return
    groups = _grouped(text, units)
    used: set[int] = set()
    led = False  # a unit leads in this sentence, so that 配合 names its supporters
    for i, group in enumerate(groups):
        if i in used or not any(named(u) for u in group):
            continue
        found = _by(text, start, end, group, groups[i + 1 : i + 2]) or _subject(text, start, end, group, groups[i + 1 : i + 2])
        if found:
            used.add(i)
            if len(found.parts) > 1:
                used.add(i + 1)
            led = led or any(role == "lead" for _, role, _ in found.parts)
            yield found
        elif led and _SUPPORTS.match(text, _tail(text, group[-1].end, end), end):
            yield Inline(
                group[0].start, group[-1].end, end, _without_empty(((tuple(u for u in group if named(u)), "support", True),))
            )


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence without its mark, cut at 会同 and 由, which are never part of a name."""
    mark = marker_at(text, start)
    start = mark.end if mark and mark.end < end else start
    for found in _CUT.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _grouped(text: str, units: Sequence[Unit]) -> list[list[Unit]]:
    """Units that stand in one list."""
    groups: list[list[Unit]] = []
    for unit in units:
        if groups and re.fullmatch(r"[、，,和与及]|以及|及其", text[groups[-1][-1].end : unit.start]):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    return groups


def _tail(text: str, position: int, end: int) -> int:
    """The position behind 等部门, 等有关部门 or a bracket that follows a list."""
    match = re.compile(r"(?:等)?(?:相关|有关|多)?(?:部门|单位|机关)?(?:（[^（）]{1,30}）)?").match(text, position, end)
    return match.end() if match else position


def _parts(
    text: str, group: Sequence[Unit], role: Role, following: Sequence[Sequence[Unit]]
) -> tuple[tuple[tuple[Unit, ...], Role, bool], ...]:
    """The group in its role and, behind 会同, the next group as support."""
    units = tuple(u for u in group if named(u))
    if following:
        after = _tail(text, group[-1].end, following[0][0].start)
        gap = text[after : following[0][0].start]
        if re.fullmatch(r"[，,]?(?:要|应|应当|可|负责)?(?:积极|及时|定期)?(?:牵头)?会同", gap):
            return (units, "lead", True), (tuple(u for u in following[0] if named(u)), "support", True)
    return ((units, role, True),)


def _by(text: str, start: int, end: int, group: Sequence[Unit], following: Sequence[Sequence[Unit]]) -> Inline | None:
    """由 + units + task."""
    first = group[0].start
    if text[first - 1 : first] != "由" or first <= start or _COMPOSED.search(text, start, first):
        return None
    after = _tail(text, group[-1].end, end)
    if following and text[after : following[0][0].start].startswith(("会同", "商")):
        parts = _parts(text, group, "lead", following)
        return Inline(first - 1, following[0][-1].end, end, _without_empty(parts))
    match = _BY_VERB.match(text, after, end)
    if match is None or text[after : after + 1] in "的和与、，。；":
        return None
    rest = text[after : min(after + 12, end)]
    if re.match(
        r"(?:主要|分管|有关|常务|副)?(?:领导|负责人|负责同志|主任|局长|市长|县长|区长|书记|同志|主要负责)|(?:为|任)?(?:组长|召集人)|组成|构成|担任(?:组长|主任|总指挥|指挥长|召集人)|兼任",
        rest,
    ):
        return None
    role: Role = "lead" if re.match(r"(?:负责|统一|具体)?牵头|会同|担任[^，。；]{0,10}牵头", rest) else "responsible"
    return Inline(first - 1, min(after + 2, end), end, _without_empty(_parts(text, group, role, following)))


def _subject(text: str, start: int, end: int, group: Sequence[Unit], following: Sequence[Sequence[Unit]]) -> Inline | None:
    """Units + 负责/牵头/会同/承担/组织…, or a subject whose later clause says 牵头 or 会同."""
    if not _opens(text, start, group[0].start):
        return None
    after = _tail(text, group[-1].end, end)
    match = _SUBJECT_VERB.match(text, after, end)
    if match:
        verb = match["verb"]
        lead = "牵头" in text[after : match.end() + 4] or verb == "会同"
        if _SEAT.search(text, start, match.end()):
            return None
        parts = _parts(text, group, "lead" if lead else "responsible", following if verb == "会同" else [])
        return Inline(group[0].start, match.end(), end, _without_empty(parts))
    modal = re.compile(r"[，,]?(?:要|应|应当|须|必须|负责|在|按|作为|充分|切实|强化|加强)").match(text, after, end)
    later = _LATER.search(text, after, end) if modal else None
    if later is None:
        return None
    return Inline(group[0].start, later.end(), end, _without_empty(_parts(text, group, "lead", [])))


def _opens(text: str, start: int, first: int) -> bool:
    """Does the list open its clause, so that it is the subject?"""
    before = text[start:first]
    return (
        not before
        or before[-1] in "，,：:；;。、）)”\n"
        or (
            re.search(r"(?:^|[，,：:；;])(?:[^，,：:；;。]{0,14}(?:工作|事项|项目|预案|办法|方案|意见|资金)?)$", before) is not None
            and before[-1] in "，,：:；;"
        )
        or re.fullmatch(
            r"(?:第[一二三四五六七八九十百]{1,5}条|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]+|[一二三四五六七八九十]{1,2}是|其中|同时|另外|并)",
            before,
        )
        is not None
    )


def _without_empty(parts: tuple[tuple[tuple[Unit, ...], Role, bool], ...]) -> tuple[tuple[tuple[Unit, ...], Role, bool], ...]:
    return tuple(part for part in parts if part[0])
