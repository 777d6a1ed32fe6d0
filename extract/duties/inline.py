"""Duties in sentences of the body: a named unit with 负责, 牵头, 会同, 承担, 组织…, or 由 + unit + task.

What does not count: sentences with only 要/应/应当, units that are not named (各有关部门, 主管部门), the composition of a
body and its seat at a bureau. Lists of duties under the names of units are read in :mod:`extract.duties.lists`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.agencies.aliases import named_short
from extract.agencies.units import find_units, split_units
from extract.duties.roles import label_role
from extract.models import Agency, PolicyText, Role, Unit
from extract.policies.marks import marker_at

Part = tuple[tuple[Unit, ...], Role, bool]
"""Units of one list, their role, and whether words say so."""

_LEADS = r"牵头(?!单位|部门|领导|人|责任)"
_IN_CHARGE = (  # 负责人, 负责制 and 负责任 are words of their own; 负责人才引进, 负责制定 and 负责任务分解 are not
    r"负总责|负责(?!人(?![才力事民防口工]|居环境|员(?:疏|转|搜|救|安|培|调|管|撤|配|招|选))|同志|制(?![定订作止造发度])|任(?![务免])"
    r"|领导(?:[，。的同]|、(?!组织|协调|监督|管理|指导|实施|统筹|督促)))"
)
_COMPETENT = r"主管(?!部门|单位|领导|机关|负责|人|局|委|厅|的)"
_DUTIES = (
    r"(?:(?:各自|本部门)的?(?:职责|分工|职能)|(?:职责|职能)分工|职责(?=[，,]|负责|做好|抓好|落实|共同|配合|参与|协助))"
)
_BY_DUTIES = rf"(?:按照?|依据|依照|根据){_DUTIES}"
_PART = r"(?:牵头|主办|承办|责任|主要责任|配合|参与|协办)(?=单位|部门)"
# Each word is written out, so that the search may skip to their first characters.
_TRIGGER = re.compile(
    rf"{_IN_CHARGE}|{_LEADS}|会同|承担|组织|{_COMPETENT}|解释|由|具体实施|为{_PART}|的{_PART}"
    rf"|按照?{_DUTIES}|依据{_DUTIES}|依照{_DUTIES}|根据{_DUTIES}"
)
_MODAL = (
    r"(?:要|应|应当|须|必须|将|可|可以|依法|依规|统一|具体|全面|共同|分别|切实|认真|定期|及时|适时|联合|主要|直接|一并|继续|积极|牵头"
    r"|统筹|重点|归口|总体|整体|从严|同步|协同|专门"
    r"|按(?:照)?[^，。；]{1,14}?|根据[^，。；]{1,14}?|在[^，。；]{1,14}?(?:下|内|上)|每[年季月]度?){0,4}"
)
_ORGANISES = (
    r"组织(?:实施|开展|编制|制定|召开|领导|协调|有关|相关|专家|力量|评估|对|做好|落实|推进|建设"
    r"|拟订|拟定|制订|起草|审核|验收|指导|考核|申报|本|评审|评选|认定|遴选|论证|检查|抽查|督查|排查|调查|监测|培训|演练|征集)(?!了)|(?<=具体)组织(?=[，。；])"
)
# 市防指在市委、市政府领导下，负责…; 市防指是防汛抗旱的指挥机构，负责…
_WHAT_IT_IS = (
    r"(?:(?:[是为]|作为)[^，。；]{,30}(?:主管|责任|牵头|管理|监管|审批|实施|执行|议事|协调|领导|指挥|办事|工作|常设)(?:部门|单位|机构)"
    r"|在[^，。；]{2,40}(?:领导|指挥|指导|协调|组织)下)"
)
_SUBJECT_VERB = re.compile(
    rf"(?:{_WHAT_IT_IS}[，,])?[，,]?{_MODAL}(?P<verb>{_IN_CHARGE}|{_LEADS}|会同(?!意)|承担(?!的|单位|部门)|{_ORGANISES}|{_COMPETENT}|解释|具体实施)"
    rf"|(?:[，,]|应当?|依法|根据[^，。；]{{1,14}}|依照[^，。；]{{1,14}}|在[^，。；]{{1,12}}[内下]|共同|分别){{0,5}}(?P<divided>{_BY_DUTIES})"
    rf"|(?:要|应当?)?作?为(?:[^，。；]{{1,8}}的)?(?P<named>{_PART})(?:单位|部门)"
)
_LATER = re.compile(rf"(?:^|[，,；;])(?:并|同时|负责)?(?:{_LEADS}|会同)")  # a later clause of the same subject
_LATER_CHARGE = re.compile(rf"[，,；;](?:并|同时)?{_IN_CHARGE}")  # 区财政局要…，负责…
_MODAL_BEGIN = re.compile(r"[，,]?(?:要|应|应当|须|必须|负责|在|按|作为|充分|切实|强化|加强)")
_NAMES_ANOTHER = re.compile(  # 要明确专人，负责…
    r"明确|确定|指定|设立|设置|成立|组建|安排|配备|配齐|抽调|建立|选派|委托|聘|会同|牵头"
)
_OBLIGED = re.compile(r"[，,]?(?:要|应当?|须|必须)(?!急)")
_PERSON = re.compile(
    r"(?:主要|分管|有关|常务|副|行政)?(?:首长|领导|负责人|负责同志|主任|局长|市长|县长|区长|书记|同志)|主要负责(?=[人同])"
    r"|(?:为|任)?(?:组长|召集人)|(?:共同|联合)?(?:组成|构成)|担任(?:组长|主任|总指挥|指挥长|召集人)|兼任"
)
_TOLD = re.compile(r"[一-鿿]{2,8}的《|等?参[加与]的")  # 由市政府办公室印发的《…》, 由市财政局参加的会议: what it is
_BY_LEAD = re.compile(r"(?:负责|统一|具体)?牵头|会同|(?:担任|作为)[^，。；]{0,10}牵头")
_JOINED_BY = re.compile(r"[，,]?(?:要|应|应当|可|负责)?(?:积极|及时|定期)?(?:牵头)?会同(?:同级|本级)?")
_CUT = re.compile(r"会同|由(?!贸易|创)|商(?<=[局委办厅部会]商)(?=[市省县国])")  # words that are never part of a name
_HELPS = re.compile(r"(?:权限|范围|分工)?(?:内)?[，,]?(?:做好)?(?:协助|配合|参与|支持)")
_STOP = re.compile(r"[。；;]")
_CLAUSE_END = re.compile(r"[，,。；;\n]")
LIST_GAP = re.compile(r"(?:[（(][^（）()]{1,24}[）)])?(?:[、，,和与及]|以及|及其)")
"""What stands between two units of a list."""
# 、灾后重建办 behind 市商务局: a name without the tier word that it shares, up to what a list of subjects is followed by
_ELIDED = re.compile(
    r"(?:、[一-鿿]{2,14}?(?:局|委|办|厅|处|院|中心|大队|支队|总队|公司|集团|联合会|领导小组|指挥部|专班|办公室|委员会)"
    r"(?=[、和及等]|负责|牵头|会同|承担|组织|按|配合|分别|共同|具体|参[与加])){1,12}"
)
_TAIL = re.compile(
    r"(?:等)?(?:其他)?(?:相关|有关|多)?(?:(?:行政)?(?:主管|管理|监管|职能)?(?:部门|单位|机关))?"
    r"(?:(?:和|及)(?:有关|相关)[一-鿿]{2,6}?(?=应|按|依|根据))?"
    r"(?:[、和及](?:各|有关|相关|事发地|所在地|属地)[一-鿿（）()]{1,8}?(?=负责|牵头|配合|协助|按|分别|共同|参[与加]))?(?:[（(][^（）()]{1,30}[）)])?"
)
_LEAD_IN = re.compile(r"[一二三四五六七八九十]{1,2}是|其中|同时|另外|并")
_UNNAMED = re.compile(
    r"^(?:各|有关|相关|其他|其它|上级|同级|所在|当地|属地|本级|下级)|(?:有关|相关|其他|各|主管)(?:部门|单位|方面|机构)$"
    r"|^[市县区旗]{1,2}[（(][市县区、，旗]{1,6}[）)].*(?:部门|机关)$"
    r"|^(?:部门|单位|机构|企业|主管部门|行业主管部门|行政主管部门|领导小组|指挥部|办公室|专班)$"
)
_EACH_NAMED = re.compile(
    r"^各(?:级|县区|县（区）|县、区|区县（市）|县（市、区）|市、县)[一-鿿（）、]{0,10}?"
    r"(?:委员会|科协|残联|妇联|工会|办公室|公安机关|局|检察院|法院|领导小组)$"
)
_BARE_TIER = re.compile(
    r"(?:市|县|区|省)?(?:[、和](?:县|区|市|乡|镇)(?:（[^（）]{1,6}）)?)*(?:级)?(?:人民)?政府|.{0,6}成员单位"
    r"|[市县区旗]{1,2}[（(][市县区、，旗]{1,6}[）)](?:人民)?政府"
)
_OWN_GOVERNMENT = frozenset({"市政府", "市人民政府", "省政府", "省人民政府", "县政府", "县人民政府"})
_SEAT = re.compile(r"设在|设于|挂靠|办公室主任|组长|成员由|主任由")
_COMPOSED = re.compile(r"(?:成员|组长|主任|召集人|指挥长?|总指挥)(?:单位|分别)?由$")
_SUPPORTS = re.compile(
    rf"(?:{_BY_DUTIES})?(?:积极|予以|给予|做好|共同|密切|主动)?"
    r"(?:配合|协助|参[与加])(?:[，,。；;）)]|的[一-鿿]{0,6}(?:机制|体系|格局|制度)|做好|实施|开展|落实|工作|推进)"
)

# 由市林业局提供名单，市财政局根据名单拨款: 由 holds for the next subject too, if its verb says how it works
_BEGUN_BY = re.compile(r"[^，。；由]{0,30}(?<![理自事缘经])由(?![于此来])[^，。；]{3,40}[，,](?:最后|再|并)?")
_ALSO_BY = re.compile(
    r"(?:统一|具体|依法)?"
    r"(?:进行|对[^，。；]{1,16}(?:进行|开展|予以)|(?:根据|依据|按照?)(?:[^，。；可不应要须]|要求){4,24}(?=[，。；])(?<!参与)(?<!配合))"
)
# behind a unit that leads: 市财政局、市审计局共同做好…
_TOGETHER = re.compile(
    r"(?:共同|分别|协同|联合)(?:(?P<joins>参[与加]|配合|协助)|[一-鿿]{2})"
)


@dataclass(frozen=True, slots=True)
class Inline:
    """A sentence that assigns a task: ``start``/``end`` is the stretch with unit and verb, ``stop`` the end of the sentence."""

    start: int
    end: int
    stop: int
    parts: tuple[Part, ...]


def find_sentences(policy: PolicyText, taken: Sequence[tuple[int, int]], names: dict[str, Agency]) -> Iterator[Inline]:
    """Duties in sentences, outside the spans already ``taken`` (in order) by markers, tables and lists of duties.

    ``names`` are the short names that the policy gives to bodies.
    """
    for start, end in _sentences(policy, taken):
        yield from _sentence(policy, start, end, names)


def named(unit: Unit) -> bool:
    """Is the unit named, so that it bears a duty in prose? Bare tiers and unnamed classes are not."""
    written = unit.written
    if written.endswith("主管部门") and unit.agency.known and unit.agency.kind in ("department", "vertical", "party"):
        return True  # 市建设主管部门 is named by its function
    if unit.agency.kind == "unnamed" or _UNNAMED.search(written):
        return _EACH_NAMED.match(written) is not None
    return written in _OWN_GOVERNMENT or _BARE_TIER.fullmatch(written) is None


def _sentences(policy: PolicyText, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences that hold a trigger, minus what is taken."""
    text = policy.text
    for paragraph in policy.paragraphs:
        if not _TRIGGER.search(text, paragraph.start, paragraph.end) or text.find("\t", paragraph.start, paragraph.end) >= 0:
            continue
        start = paragraph.start
        for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
            yield from _free(text, start, stop.end(), taken)
            start = stop.end()
        if start < paragraph.end:
            yield from _free(text, start, paragraph.end, taken)


def _free(text: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for a, b in taken:
        if a < end and b > start:
            if a > start and _TRIGGER.search(text, start, a):
                yield start, a
            start = b
    if start < end and _TRIGGER.search(text, start, end):
        yield start, end


def _sentence(policy: PolicyText, start: int, end: int, names: dict[str, Agency]) -> Iterator[Inline]:
    """The duties of one sentence."""
    text = policy.text
    groups = _groups(policy, start, end, names)
    joined = held = led = False  # the group stands behind 会同; a unit has the task, so that 配合 names its supporters; it leads
    for group, following in zip(groups, [*groups[1:], None], strict=False):
        if joined or not any(map(named, group)):
            joined = False
            continue
        found = _by(text, start, end, group, following) or _subject(text, start, end, group, following)
        if found is None and (last := _after_comma(text, group)):  # 报省指挥部，市指挥部负责: the list is none
            found = _subject(text, start, end, last, following)
        if found is None and held:
            found = _beside(text, start, end, group, led)
        if found is None and _ALSO_BY.match(text, _tail(text, group, end), end) and _begun_by(text, start, group[0].start):
            found = _inline(text, group[0].start, group[-1].end, end, [(group, "responsible")])
        if found:
            joined = len(found.parts) > 1
            held, led = True, led or found.parts[0][1] == "lead"
            yield found


def _units(policy: PolicyText, start: int, end: int, names: dict[str, Agency]) -> list[Unit]:
    """The units of a stretch, those among them that only the document's short names tell."""
    units = find_units(policy.text, start, end, policy.setting)
    for unit in named_short(policy, start, end, names):
        others = [u for u in units if u.start < unit.end and u.end > unit.start]
        if all(unit.start <= u.start and u.end <= unit.end and u.written != unit.written for u in others):
            units = sorted([*(u for u in units if u not in others), unit], key=lambda u: u.start)
    return units


def _beside(text: str, start: int, end: int, group: Sequence[Unit], led: bool) -> Inline | None:
    """Units beside one that has the task: those that it takes in with 会同, that support it, or that act together if one leads."""
    first, after = group[0].start, _tail(text, group, end)
    if text.endswith("会同", start, first):
        return _inline(text, first - 2, group[-1].end, end, [(group, "support")])
    if _SUPPORTS.match(text, after, end):
        return _inline(text, first, group[-1].end, end, [(group, "support")])
    together = _TOGETHER.match(text, after, end) if led else None
    if together is None:
        return None
    return _inline(text, first, together.end(), end, [(group, "support" if together["joins"] else "responsible")])


def _groups(policy: PolicyText, start: int, end: int, names: dict[str, Agency]) -> list[list[Unit]]:
    """The units of a sentence, those of one list together."""
    groups: list[list[Unit]] = []
    for a, b in _pieces(policy.text, start, end):
        for unit in _units(policy, a, b, names):
            if groups and LIST_GAP.fullmatch(policy.text, groups[-1][-1].end, unit.start):
                groups[-1].append(unit)
            else:
                groups.append([unit])
    return _with_elided(policy, groups, end)


def _with_elided(policy: PolicyText, groups: list[list[Unit]], end: int) -> list[list[Unit]]:
    """The groups with the names that no search finds, as they share the prefix of their list: 市商务局、灾后重建办."""
    joined: list[list[Unit]] = []
    for group in groups:
        if joined and group[0].start < joined[-1][-1].end:
            continue
        if joined and LIST_GAP.fullmatch(policy.text, joined[-1][-1].end, group[0].start):
            joined[-1].extend(group)
        else:
            joined.append(group)
        last = joined[-1][-1]
        if policy.text.startswith("、", last.end) and (more := _ELIDED.match(policy.text, last.end, end)):
            whole = split_units(policy.text, last.start, more.end(), policy.setting)
            joined[-1].extend(unit for unit in whole if unit.start >= last.end)
    return joined


def _after_comma(text: str, group: Sequence[Unit]) -> Sequence[Unit]:
    """The units behind the last comma of a list, none where it has no comma."""
    cuts = [i for i, (a, b) in enumerate(pairwise(group), 1) if text[a.end : b.start] in ("，", ",")]
    return group[cuts[-1] :] if cuts else ()


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence without its mark, cut at 会同 and 由."""
    mark = marker_at(text, start)
    start = mark.end if mark and mark.end < end else start
    for found in _CUT.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _tail(text: str, group: Sequence[Unit], end: int) -> int:
    """The position behind 等部门, 等有关部门 or a bracket that follows a list."""
    match = _TAIL.match(text, group[-1].end, end)
    return match.end() if match else group[-1].end


def _inline(text: str, start: int, end: int, stop: int, lists: Sequence[tuple[Sequence[Unit], Role]]) -> Inline | None:
    """The finding with the named units of each list, to the end of its clause; None if none is left."""
    parts = tuple((units, role, True) for group, role in lists if (units := tuple(filter(named, group))))
    closing = _CLAUSE_END.search(text, end, stop)
    return Inline(start, closing.start() if closing else stop, stop, parts) if parts else None


def _by(text: str, start: int, end: int, group: Sequence[Unit], following: Sequence[Unit] | None) -> Inline | None:
    """由 + units + task."""
    first = group[0].start
    if first <= start or text[first - 1] != "由" or text[first - 2 : first - 1] == "经" or _COMPOSED.search(text, start, first):
        return None
    after = _tail(text, group, end)
    if following and text.startswith(("会同", "商"), after, following[0].start):
        return _inline(text, first - 1, following[-1].end, end, [(group, "lead"), (following, "support")])
    if after >= end or not "一" <= text[after] <= "鿿" or text[after] in "的和与" or _PERSON.match(text, after, end):
        return None
    if _TOLD.match(text, after, end):
        return None
    role: Role = "lead" if _BY_LEAD.match(text, after, end) else "responsible"
    return _inline(text, first - 1, min(after + 2, end), end, [(group, role)])


def _begun_by(text: str, start: int, first: int) -> bool:
    """Does the clause before the one that begins at ``first`` give a task with 由?"""
    mark = marker_at(text, start)
    comma = max(text.rfind(c, start, first) for c in "，,")
    begin = max(mark.end if mark else start, *(text.rfind(c, start, max(comma, start)) + 1 for c in "，,；;：:"))
    return comma >= 0 and _BEGUN_BY.fullmatch(text, begin, first) is not None


def _subject(text: str, start: int, end: int, group: Sequence[Unit], following: Sequence[Unit] | None) -> Inline | None:
    """Units + 负责/牵头/会同/承担/组织…, or a subject whose later clause says 牵头 or 会同."""
    first = group[0].start
    after = _tail(text, group, end)
    match = _SUBJECT_VERB.match(text, after, end)
    passed_on = match is not None and match["verb"] == "会同" and text.startswith("经", first - 1)  # 经市公安局会同市财政局核定
    at_work = match is not None and match["verb"] == "牵头" and text.endswith(("发挥", "发挥好"), 0, first)  # 发挥市商务局牵头作用
    if not passed_on and not at_work and not _opens(text, start, first):
        return None
    if match is None:
        later = _LATER.search(text, after, end) if _MODAL_BEGIN.match(text, after, end) else None
        if later:
            return _inline(text, first, later.end(), end, [(group, "lead")])
        charged = _LATER_CHARGE.search(text, after, end) if _OBLIGED.match(text, after, end) else None
        if charged is None or _NAMES_ANOTHER.search(text, after, charged.start()):
            return None
        return _inline(text, first, charged.end(), end, [(group, "responsible")])
    if match["verb"] and match["verb"] != "会同" and text.startswith("的", match.end()):
        return None  # 市商务局负责的项目 tells which
    if _SEAT.search(text, start, first) or _SEAT.search(text, after, match.end()):
        return None
    if match["verb"] == "会同":
        lists: list[tuple[Sequence[Unit], Role]] = [(group, "lead")]
        if following and _JOINED_BY.fullmatch(text, after, following[0].start):
            lists.append((following, "support"))
        return _inline(text, first, match.end(), end, lists)
    role: Role = "lead" if "牵头" in text[after : match.end() + 4] else "responsible"
    if match["named"]:
        role = label_role(match["named"])
    if match["divided"] and _HELPS.match(text, match.end(), end):
        role = "support"
    return _inline(text, first, match.end(), end, [(group, role)])


def _opens(text: str, start: int, first: int) -> bool:
    """Does the list open its clause, so that it is the subject?"""
    if first == start or text[first - 1] in "，,：:；;。、）)”\n":
        return True
    mark = marker_at(text, start)
    return (mark is not None and mark.end == first) or _LEAD_IN.fullmatch(text, mark.end if mark else start, first) is not None
