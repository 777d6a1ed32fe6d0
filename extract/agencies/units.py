"""Units: splits a list of agencies (市残联、卫健体委) into its units, each with its span and the body that it means.

The separators 、，； always divide; 和, 与, 及 divide only between two units, which the tables of bodies decide (工业和信息化局
stays whole). Names that leave out their place or their ending share that of their neighbours: 市财政局、商务局;
开发区、高新区管委会.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from extract.agencies import groups
from extract.agencies.bodies import lookup
from extract.agencies.canonical import at_tier, canonical, letter_of
from extract.agencies.mentions import find_units
from extract.agencies.own_authority import find_own, forgets
from extract.agencies.places import read_place
from extract.models import Agency, Setting, Unit
from ontology import authority

__all__ = ["find_units", "looks_like_unit", "split_units"]

_PAIRS = {"（": "）", "(": ")", "〔": "〕", "[": "]", "【": "】", "“": "”", "《": "》"}
_BRACKET = re.compile(f"[{re.escape(''.join((*_PAIRS, *_PAIRS.values())))}]")
_STOP = re.compile(f"[、，,；;/\n\t。：:|{re.escape(''.join((*_PAIRS, *_PAIRS.values())))}]")
_JOINT = re.compile(r"以及|及其|[和与及或暨]")
_REGION = r"(?:省辖市|直管县|自治区|直辖市|自治州|自治县|省|市|州|盟|县|区|旗|乡|镇)"
# 各省、自治区、直辖市人民政府 and 各县、区政府 are one name although 、 stands inside.
_WHOLE = re.compile(
    r"各?省、自治区、直辖市[^、，,；;。\n]{0,30}"
    rf"|(?:各|有关|相关|各有关)?(?:{_REGION}、){{1,4}}{_REGION}(?:[（(〔\[][市县区、，旗]{{1,6}}[）)〕\]])?(?:人民政府|政府|党委|(?=$|[，,、；;。]))"
)
_FIXED = re.compile(r"(?:[市省县区州]?纪委、?监委|[市省县区]?委、办、局|各部委、各直属机构|部门、单位)")
_REST = re.compile(r"(?<![中高平同上下优])等(?P<what>[^等]{0,16})$")
_REST_WHAT = re.compile(
    r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})?个?.{0,10}(?:部门|单位|机构|企业|公司|院校|学校|高校|院所|机关|协会|团体|银行|县区|中心|平台)"
)
_REST_AND = re.compile(  # 等有关部门及各县区政府, but not 等部门和单位
    r"(?<![中高平同上下优])等[省市县区级直]{0,3}各?(?:有关|相关)?(?:职能)?(?:部门|单位|机构)?(?P<joint>以及|[和及与])"
    r"(?!(?:有关|相关|其他)?(?:部门|单位|机构|企业|院校|高校|团体|组织|个人))"
)
_LEAD = re.compile(r"(?:以及|及其|其中|会同|[由和与及并])(?=[^\s])")
_TAIL = re.compile(r"(?:按照?(?:各自)?(?:职责|分工|职能|任务).{0,10}|分别负责|共同负责)$")
_LABEL = re.compile(r"(?:责任|牵头|配合|参与|主办|协办|实施|主管|承办)(?:单位|部门|领导)|[省市县区]级")
_GLUED = re.compile(r"(?<=[局委办厅部会院联司])(?=[省市县区州各])")
_BRACKETED = re.compile(r"(?<=[^（）])（[^（）]{1,24}）$")
_WITH = re.compile(r"(?<=[^\s])会同(?=[^\s])")
_NO_NAME = re.compile(  # the dash of an empty cell, and words on the list itself
    r"[^一-鿿A-Za-z0-9]*|[一-鿿]{1,12}[〔\[（(]\d{4}[〕\]）)]第?\d{1,5}号|[一-鿿]{0,10}方式(?:投入|支持|补助|兑现|安排)?|20\d\d年(?:\d{1,2}月)?[^，、]{0,4}(?:前|底|末|内)(?:完成|建成|启动|落实|实现)?|无|暂无|空|同上|下同|另行(?:确定|通知)|待定|.{0,4}(?:列|排|位列|排名|居)(?:在)?(?:首位|第一位?|首).{0,12}|[^（）]{0,6}[*＊★▲][^（）]{0,12}"
)
_MAX_NAMES = 160  # characters between two separators; a longer stretch is no list of names
_SHARED = re.compile("成员单位|海关|海事局|部门|管委会|管理委员会")  # without one of these a name shares no other's ending
_TIER_FIRST = re.compile(r"(?:省|自治区|市|县|区|州)(?!场监|政[局管设])")
_ZONES = ("开发区管委会", "开发区管理委员会", "园区管委会", "功能区管委会")  # behind 各区县政府 all of them, else that of the place
_MANAGED = re.compile(r"(?:管委会|管理委员会)$")


def split_units(text: str, start: int, end: int, setting: Setting) -> list[Unit]:
    """The units of ``text[start:end]``, a stretch that holds nothing but a list of them, in the order of the text.

    Offsets are those of ``text``; ``written`` is the stretch of each. Words that are no name (a label before
    a colon, 以及) are left out.
    """
    pieces = [(a + s, a + e) for a, b in _segments(text, start, end) for s, e in _names(text[a:b], setting)]
    written = [text[s:e] for s, e in pieces]
    # What stands between a name and the next tells whether they share an ending.
    gaps = [text[a[1] : b[0]] for a, b in pairwise(pieces)] + [""]
    units: list[Unit] = []
    head = ""
    shared = _SHARED.search("".join(written)) is not None
    for i, (s, e) in enumerate(pieces):
        agency = _agency(written, i, gaps[i], head, setting) if shared else canonical(written[i], setting, head)
        units.append(Unit(s, e, written[i], agency))
        if _has_prefix(written[i], setting):
            head = written[i]
    return units


def _agency(written: list[str], i: int, gap: str, head: str, setting: Setting) -> Agency:
    """The body that the ``i``-th name means; ``head`` is the name whose prefix it shares, ``gap`` what follows it."""
    name = written[i]
    if i and "成员单位" in name and re.fullmatch(r"(?:全部|全体|各|主要)*(?:主要)?成员单位", name):
        return canonical(name, setting, written[i - 1])
    if i and name in _ZONES and re.match(r"各.*政府$", written[i - 1]):  # 各区县政府、开发区管委会
        name = "各" + name
    return canonical(_with_shared_ending(name, written[i + 1 :], gap, setting), setting, head)


def _with_shared_ending(name: str, later: list[str], gap: str, setting: Setting) -> str:
    """The name with the ending that it shares with a later one: 示范区 … 管委会, 市财政、民政等部门, A和B全部成员单位."""
    if later and gap in ("和", "及", "与") and re.search(r"(?:全部|各)成员单位$", later[0]):
        return name + "成员单位"
    if later and later[0].endswith(("海关", "海事局")) and _is_place(name, setting):  # 广州、深圳海关
        return name + ("海关" if later[0].endswith("海关") else "海事局")
    if "部门" in "".join(later) and lookup("C", _bare(name) + "部门") and not canonical(name, setting).known:
        return name + "部门"
    if name.endswith("区") and any(_MANAGED.search(x) for x in later) and not canonical(name, setting).known:
        return name + "管委会"
    return name


def _is_place(name: str, setting: Setting) -> bool:
    read = read_place(name, setting)
    return read is not None and read.length == len(name)


def _bare(name: str) -> str:
    return re.sub(r"^[省市县区]", "", name)


@forgets
@lru_cache(maxsize=16384)
def _has_prefix(name: str, setting: Setting) -> bool:
    """Whether a name has its own place or tier word, so that those after it share that and not an earlier one."""
    if name.startswith(("各", "中共", "有关")) or _TIER_FIRST.match(name):
        return True
    agency = canonical(name, setting)
    return agency.tier == "state" or (read_place(name, setting) is not None and agency.kind in ("department", "party", "mass"))


def _segments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between separators that stand outside of brackets and of names such as 各县、区政府."""
    closes = _matching(text, start, end)
    at, begin = start, start
    while at < end:
        if at == begin and (whole := _WHOLE.match(text, at, end) or _FIXED.match(text, at, end)):
            at = whole.end()
            continue
        stop = _STOP.search(text, at, end)
        if stop is None:
            break
        at = stop.start()
        if at in closes:
            at = closes[at] + 1
            continue
        if not (stop[0] in "：:" and _LABEL.fullmatch(text[begin:at])):
            yield begin, at
        at = begin = at + 1
    yield begin, end


def _matching(text: str, start: int, end: int) -> dict[int, int]:
    """Where each bracket that is opened inside the stretch is closed."""
    stack: list[int] = []
    closes: dict[int, int] = {}
    for found in _BRACKET.finditer(text, start, end):
        if found[0] in _PAIRS:
            stack.append(found.start())
        elif stack and found[0] == _PAIRS[text[stack[-1]]]:
            closes[stack.pop()] = found.start()
    return closes


@forgets
@lru_cache(maxsize=16384)
def _names(segment: str, setting: Setting) -> tuple[tuple[int, int], ...]:
    """Where the names of a segment stand in it."""
    return tuple((s, e) for s, e in _pieces(segment, 0, len(segment), setting) if not _NO_NAME.fullmatch(segment, s, e))


def _pieces(text: str, start: int, end: int, setting: Setting) -> Iterator[tuple[int, int]]:
    """The units of a segment: divided at 和/与/及 between units, and before a closing 等."""
    while (lead := _LEAD.match(text, start, end)) and (end - start > _MAX_NAMES or not _is_known(text[start:end], setting)):
        start = lead.end()
    if tail := _TAIL.search(text, start, end):
        end = tail.start()
    if start >= end:
        return
    if (joined := _with(text, start, end, setting)) is not None:
        yield from _pieces(text, start, joined, setting)
        yield from _pieces(text, joined + 2, end, setting)
        return
    if (more := _REST_AND.search(text, start + 1, end)) is not None and _is_unit(text[more.end() : end], setting):
        yield from _pieces(text, start, more.start("joint"), setting)
        yield from _pieces(text, more.end(), end, setting)
        return
    if (cut := _rest_at(text[start:end])) is not None and cut[0]:
        yield from _pieces(text, start, start + cut[0], setting)
        yield start + cut[0], start + cut[1]
        return
    at = _division(text[start:end], setting)
    if at is None:
        yield start, end
    else:
        yield from _pieces(text, start, start + at[0], setting)
        yield from _pieces(text, start + at[1], end, setting)


def _with(text: str, start: int, end: int, setting: Setting) -> int | None:
    """Where 会同 stands between two units; None where there is none, or where 会同县 is meant."""
    found = _WITH.search(text, start + 1, end)
    if found is None or (text.startswith("县", found.end()) and (setting.city == "怀化市" or text.startswith("怀化市", start))):
        return None
    return found.start()


def _division(name: str, setting: Setting) -> tuple[int, int] | None:
    """Where ``name`` divides into two units, as the span of the word between them; None if it is one unit."""
    if len(name) > _MAX_NAMES or _is_known(name, setting):
        return None
    joints = [m.span() for m in _JOINT.finditer(name) if not _inside_bracket(name, m.start())]
    for sure in (True, False):  # first where the left part is in the tables, then where it looks like a unit
        for start, end in joints:
            left, right = name[:start], name[end:]
            if left.endswith("党委") and right in ("政府", "人民政府"):  # 各县区党委和政府
                continue
            if (_is_known(left, setting) if sure else _is_unit(left, setting)) and _is_unit(right, setting):
                return start, end
    for joint in _GLUED.finditer(name):  # a flattened table leaves no separator: 市工信局市科技局
        left, right = name[: joint.start()], name[joint.start() :]
        if _is_known(left, setting) and (_is_known(right, setting) or _division(right, setting) is not None):
            return joint.span()
    return None


def _rest_at(name: str) -> tuple[int, int] | None:
    """Start and end of 等 or 等部门 at the end of ``name``; what follows 等 and names nobody is left out."""
    match = _REST.search(name)
    if match is None:
        return None
    named = not match["what"] or _REST_WHAT.fullmatch(match["what"])
    return match.start(), match.end() if named else match.start() + 1


def _inside_bracket(name: str, at: int) -> bool:
    return any(o < at < c for o, c in _matching(name, 0, len(name)).items())


def _is_unit(name: str, setting: Setting) -> bool:
    return len(name) > 1 and (_looks_like_name(name) or groups.read(groups.tidy(name)) is not None or _is_known(name, setting))


@forgets
@lru_cache(maxsize=16384)
def _is_known(name: str, setting: Setting) -> bool:
    """Whether the tables know ``name`` as one body."""
    bare = _BRACKETED.sub("", groups.tidy(name))
    if _JOINT.search(bare) is None:
        return canonical(name, setting).known
    if find_own(bare, setting, setting) is not None:
        return True
    core = re.sub(r"^(?:省|自治区|市|县|区|州)(?!场监)", "", bare)
    if any(lookup(tier, part) for tier in "SPCD" for part in (bare, core)) or _place_and_core(bare, setting):
        return True
    here = at_tier(setting, letter_of(setting)) or setting
    return canonical(name, here).kind == "unnamed"


def _place_and_core(name: str, setting: Setting) -> bool:
    read = read_place(name, setting)
    return read is not None and any(lookup(tier, name[read.length :]) for tier in "PCD")


@cache
def _endings() -> re.Pattern[str]:
    words = sorted(authority.words("ending"), key=len, reverse=True)
    return re.compile(r"(?:" + "|".join(map(re.escape, words)) + r")(?:[（(〔\[][^（）()]{1,24}[）)〕\]])?$")


def _looks_like_name(name: str) -> bool:
    return _endings().search(name) is not None


def looks_like_unit(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` can be the name of a body by its form: a usual ending, or a group (各县区)."""
    name = text[start:end]
    return 1 < len(name) <= 60 and (_looks_like_name(name) or groups.read(groups.tidy(name)) is not None)
