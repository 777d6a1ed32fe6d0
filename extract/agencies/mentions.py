"""Mentions: finds the agencies that running prose names (由市商务局负责核实), precise rather than greedy.

An automaton over all names of the tables gives the cores. To the left of a core must stand a place, a tier word (市) or a clear
beginning; to the right nothing that carries the word on (财政局长, 教育部署). Names in no table are read backwards from their
ending (领导小组, 指挥部, 委员会, 办公室, 局 …) to a tier word or place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.agencies.bodies import cores, functions, slots
from extract.agencies.canonical import OWN_TIER, canonical
from extract.agencies.offices import find_offices
from extract.agencies.own_authority import forgets, own_names
from extract.agencies.places import read_place, short_name, short_names
from extract.models import Agency, Setting, Unit
from ontology import authority

_HAN = re.compile(r"[一-鿿]")
_GENERIC = frozenset("省市县区州旗盟团")
_REGION = (
    r"(?:省辖市|县级市|设区市|地级市|盟|自治区|直辖市|自治州|乡镇|街道|开发区|功能区|省|市|县|区|州|旗|乡|镇|[、和及]"
    r"|[（(〔\[][市县区、，旗]{1,6}[）)〕\]])"
)
_SOME = r"[（(〔\[][市县区、，旗]{1,6}[）)〕\]]"  # 县（区）, 区县（市）: each of them, also without 各
_GROUP_BEFORE = re.compile(rf"(?:各级|(?:各|有关|相关){_REGION}{{1,8}}|(?<![、和及与市县区旗])[市县区旗]{{1,2}}{_SOME})$")
_TIER_BEFORE = re.compile(r"(?:自治区|[省市县区州盟旗])级?$")
_SEVERAL = re.compile(r"[省市县区]、[市县区乡]级?$")
# 市、区县（市）公安机关 in a city's own rules: its bureau, with those below it
_WITH_LOWER = re.compile(r"市、(?:区县|县区|[县区]、?[区县]?)[（(][市区县、]{1,5}[）)](?=[一-鿿]*$)")
_LOWER_TIERS = re.compile(r"[县区市旗][（(][市区县、旗]{1,6}[）)]$")
_PEERS = ("会同同级", "会同本级")
_LOWER = re.compile(r"(?:(?:市、)?[县区乡镇旗]|各级)[^，。；]{0,18}$")
# Endings of names in no table. 局 is a common word in 布局, 格局, 大局 …
_OFFICE = r"(?:办公室|办(?![理公法学事案好结]))?"
_DOES = r"(?=负责(?!人)|牵头|会同|承担|组织|统筹)"
_ENDING = re.compile(  # each begins with a character of its own, so that the search skips to those
    rf"领导小组{_OFFICE}|协调小组{_OFFICE}|工作小组{_OFFICE}|联席会议{_OFFICE}|推进组{_OFFICE}|指挥部{_OFFICE}|专班{_OFFICE}|委员会{_OFFICE}"
    r"|管委会|管理委员会|办公室|行政(?:主管|监督管理|行政管理|管理)部门|主管部门|监督管理部门"
    rf"|办(?<![主承协督经交领代帮查]办){_DOES}|室(?<=[导查究]室){_DOES}|局(?<![布格大全结当时定破开残战僵困]局)(?![长面限势部域])"
    r"|管理处|中心(?![城镇区组小线])|研究院|研究所|集团(?![法化])|公司(?![法化])|支队|总队|管理所"
)
_COMPANY = re.compile(r"(?:集团有限公司|有限责任公司|股份有限公司|有限公司)")
_STOP = re.compile(r"[\s、，,。；;：:！？（）()《》〔〕\[\]+]|[的由将须可与会被给把让等向及]|应(?!急)|对(?![外口])|[是在要](?!害)")
_FORBIDDEN = re.compile(
    r"负责|承担|设在|牵头|会同|组织|配合|协调(?!推进)(?!(?:领导|工作)?小组|机制|委员会)|成立|设立|建立|召开|印发|制定|制订|参与|联合|报送|审核|批准|按照|根据|以及|通过|加强|推进(?!(?:工作)?(?:领导|协调)小组|委员会)|做好|落实"
    r"|每年|已经|下设|参照|支持|鼓励|依托|推动|争创|实现|累计|安排|完成|职责|纳入|构建|打造|形成|为主体|各级各类|为中心|加快(?!推进)|全市|转发"
)
_NOT_TIER = re.compile(r"市(?:场(?!监管|监督)|区|域|级|属|直)|县(?:域|级|县)|区(?:块|域|位)|省(?:道|级|属|直)|各")
_ZONE = re.compile(r"(?:新区|开发区|示范区|实验区|试验区|保税区|集聚区|园区|港区|经济区|度假区|风景区)$")
_FIRST_HALF = re.compile(r"(?<![一-鿿])[市省县区州][一-鿿]{2,8}[和与]$|(?<=由)[市省县区州][一-鿿]{2,8}[和与]$")
_ENDS_AS_LIST = re.compile(r"[、和与及][一-鿿]{2,10}(?:部门|机关)")
_OWN_GOVERNMENT = re.compile(r"(?<![各级方地])([省市县区])(?:人民)?政府$")
_SOME_TIER = re.compile(
    r"(?:各级|同级|本级|以上|当地|属地|所在地|上级|下级|相关|有关|各有关|基层|地方|政府"
    r"|[县区市旗][（(][市区县、旗]{1,6}[）)])$"
)
_BRANCH = re.compile(r"(?![各及和与所下])[一-鿿]{2,6}?分局(?!长)")
_CENTRE = re.compile(r"(?![各及和与所下])[一-鿿]{2,8}?(?:服务|管理|发展|保障|指导)中心(?=负责|牵头|会同|承担|组织|[、和，,])")
# 石桥镇人民政府 in a document of its county, never a class (各镇人民政府, 所在地街道办事处)
_TOWN = re.compile(
    r"(?:(?<![一-鿿])|(?<=[由和与及条]))(?P<name>(?![各由和与及]|有关|相关|所在|当地|辖区|属地|街道|乡|镇|上述|涉及)"
    r"(?![一-鿿]{0,5}[省市县区州各级等])[一-鿿]{1,4}(?:[镇乡](?:人民)?政府|街道办事处))(?=负责|牵头|会同|承担|组织|[、和，,]|按)"
)
_TOWN_END = re.compile(r"[镇乡](?:人民)?政府|街道办事处")
_NAME_ENDS = "局委办厅部会院府行司队处心室站组关门位等"
_STRONG = 6
_WINDOW = 26


@forgets
@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    skip = set(authority.words("not_prose"))
    names = tuple(sorted({c for c in cores() | own_names() if len(c) > 1 and "{" not in c and "、" not in c and c not in skip}))
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names


@cache
def _after_not() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Endings of names with the words that may not follow them."""
    table: dict[str, list[str]] = {}
    for word in authority.words("after_not"):
        ending, after = word.split(":")
        table.setdefault(ending, []).append(after)
    return tuple((ending, tuple(after)) for ending, after in table.items())


def find_units(text: str, start: int, end: int, setting: Setting) -> list[Unit]:
    """The agencies named in ``text[start:end]``, in the order of the text and without overlap; offsets are those of ``text``."""
    spans: list[tuple[int, int]] = []
    found = {*_from_tables(text, start, end, setting), *_from_slots(text, start, end, setting)}
    if _TOWN_END.search(text, start, end):
        found |= {match.span("name") for match in _TOWN.finditer(text, start, end)}
    if setting.body:
        found |= {span for span in find_offices(text, start, end, setting.body) if not _FORBIDDEN.search(text, *span)}
    for s, e in sorted(found, key=_longest):
        if not spans or s >= spans[-1][1]:
            spans.append((s, e))
    for s, e in _from_endings(text, start, end, setting, spans):
        spans = [span for span in spans if span[1] <= s or span[0] >= e] + [(s, e)]
    if not spans and not _ENDS_AS_LIST.search(text, start, end):  # most stretches
        return []
    tiers = {e: text[s] for s, e in spans if text[s] in _GENERIC}
    listed, lists = _from_functions(text, start, end, setting, tiers)
    spans = [(s, e) for s, e in spans if not any(s < b and e > a for a, b in lists)] if lists else spans
    named = (Unit(s, e, text[s:e], canonical(_WITH_LOWER.sub("市", text[s:e], count=1), setting)) for s, e in spans)
    return sorted([*listed, *named], key=lambda u: u.start)


def _longest(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], -span[1]


def _from_tables(text: str, start: int, end: int, setting: Setting) -> Iterator[tuple[int, int]]:
    automaton, names = _automaton()
    stretch = text[start:end]
    needs_prefix = _needs_prefix()
    for number, s, e in automaton.find_matches_as_indexes(stretch):
        name = names[number]
        if _carries_on(stretch, e, name):
            continue
        begin = _coordinated(stretch, s) or _prefix_start(stretch, s, setting)
        core = s
        if begin == s and name in functions() and stretch.endswith("人民政府", 0, s):  # 市人民政府教育主管部门
            before = _prefix_start(stretch, s - 4, setting)
            begin, core = (before, s - 4) if before < s - 4 else (s, s)
        bare = begin == core
        lower = _WITH_LOWER.search(stretch, max(0, s - 14), s) if bare and stretch[s - 1 : s] in ("）", ")") else None
        if lower and setting.tier == "city" and _begins(stretch, lower.start()):
            yield start + lower.start(), start + e
            continue
        if bare and name in functions() and _LOWER_TIERS.search(stretch, max(0, s - 10), s):
            continue  # 县（区）公安机关 are many
        clear = _clear_before(stretch, s, name) or _among_peers(text, start + s, setting)
        if bare and (name in needs_prefix or name[0] == "委" or not clear):
            continue
        if not bare and _SEVERAL.search(stretch, max(0, begin - 3), core):  # 市、县财政部门 names no single body
            continue
        yield start + begin, start + _with_branch(stretch, e, name)


@cache
def _function_list() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A list of functions that shares one ending, and one word of it."""
    general = ("主管", "行政", "管理", "监管", "职能")
    words = {c[:-2] for c in cores() if c.endswith("部门") and 3 < len(c) < 14 and c[-4:-2] not in general}
    words |= {w for dep in authority.departments() for w in dep.names if len(w) > 1} | set(authority.words("function_alone"))
    word = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    end = r"(?P<rest>等(?:其他)?(?:有关|相关)?)?(?:行政)?(?:主管|管理|监管|职能)?(?:部门|机关)"
    other = r"[一-鿿]{2,5}(?=、|等)"  # one that no table knows, among others that it does: 飞行管制
    return (
        re.compile(rf"(?P<tier>[省市县区]?)(?P<list>(?:{word})(?:、(?:{word}|{other})|(?:和|与|以及)(?:{word})){{1,20}}){end}"),
        re.compile(rf"{word}|(?<=、){other}"),
    )


def _from_functions(
    text: str, start: int, end: int, setting: Setting, tiers: dict[int, str]
) -> tuple[list[Unit], list[tuple[int, int]]]:
    """Bodies named by functions that share one ending (网信、公安部门; 发展改革、财政等部门), and the spans of all such lists.

    Those of no certain tier (各级财政、审计部门) give no body; behind a name (市发改委、物价、民政等部门) they have its tier,
    which ``tiers`` holds by where the names end.
    """
    units: list[Unit] = []
    spans: list[tuple[int, int]] = []
    if not _ENDS_AS_LIST.search(text, start, end):
        return units, spans
    lists, one = _function_list()
    for found in lists.finditer(text, start, end):
        at, tier = found.start(), found["tier"]
        if one.fullmatch(found["list"]):  # 文化广电和旅游部门 is one
            continue
        own, others = _OWN_GOVERNMENT.search(text, max(start, at - 6), at), _SOME_TIER.search(text, max(start, at - 8), at)
        behind = tiers.get(at - 1, "") if text[at - 1] == "、" else ""
        opens = at == start or (_begins(text, at) and text[at - 1] not in "、和及") or behind != ""
        if own or others or opens:
            spans.append((at, found.end()))
        if not own and (others or not opens) and not _among_peers(text, at, setting):
            continue
        tier = own[1] if own else tier or behind
        for word in one.finditer(text, found.start("list"), found.end("list") + 1):  # one more, which the last looks at
            last = word.end() == found.end("list") and not found["rest"]
            s, e = word.start() if units and units[-1].end > at else at, found.end() if last else word.end()
            units.append(Unit(s, e, text[s:e], _by_function(tier, word[0], setting)))
    return units, spans


def _among_peers(text: str, at: int, setting: Setting) -> bool:
    """Whether functions at ``at`` are those of the city that speaks: 市公安局会同同级财政部门, not 县公安局会同同级财政部门."""
    if setting.tier != "city" or not text.endswith(_PEERS, max(0, at - 4), at):
        return False
    lower = _LOWER.search(text, max(0, at - 30), at - 4)
    return lower is None or lower[0].startswith("市、")


def _by_function(tier: str, word: str, setting: Setting) -> Agency:
    """The body that a word of such a list means: 财政 the 财政部门, but 残联 itself."""
    return canonical(tier + word + ("" if word in authority.words("function_alone") else "部门"), setting)


def _with_branch(text: str, end: int, name: str) -> int:
    """The end of a bureau's name with that of its branch or centre: 市公安局白鹭分局; ``end`` where none follows."""
    branch = _BRANCH.match(text, end) or _CENTRE.match(text, end) if name.endswith("局") else None
    return end if branch is None or _FORBIDDEN.search(branch[0]) or _STOP.search(branch[0]) else branch.end()


def _coordinated(text: str, start: int) -> int:
    """Where a name begins whose first half no table knows: 市招商和 before 投资促进局; 0 where 和 joins two names."""
    found = _FIRST_HALF.search(text, max(0, start - 12), start)
    return found.start() if found and text[start - 2] not in _NAME_ENDS else 0


@cache
def _needs_prefix() -> frozenset[str]:
    return frozenset(authority.words("needs_prefix"))


@cache
def _slot_heads() -> re.Pattern[str]:
    heads = sorted({prefix for prefix, _ in slots()}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, heads)))


def _from_slots(text: str, start: int, end: int, setting: Setting) -> Iterator[tuple[int, int]]:
    """Names with the place inside: 人行云陵中心支行, 国家税务总局云陵市税务局."""
    for match in _slot_heads().finditer(text, start, end):
        read = read_place(text[match.end() : min(end, match.end() + 14)], setting)
        length = read.length if read else int(text[match.end() : match.end() + 1] in tuple("省市县区"))
        if not length:
            continue
        after = match.end() + length
        tails = [
            tail for prefix, tail in slots() if prefix == match[0] and text.startswith(tail, after) and after + len(tail) <= end
        ]
        if tails:
            yield match.start(), after + len(max(tails, key=len))


def _carries_on(text: str, end: int, name: str) -> bool:
    """Whether the text after ``end`` carries the word on, so that no name ends there."""
    return text.startswith(_not_behind(name), end)


@cache
def _not_behind(name: str) -> tuple[str, ...]:
    """The words that may not follow a name of the tables."""
    return tuple(word for ending, after in _after_not() for word in after if name.endswith(ending))


def _prefix_start(text: str, start: int, setting: Setting) -> int:
    """Where the place, group or tier word before a core begins; ``start`` itself if there is none."""
    if start < 2:
        return start if not start or text[0] not in _GENERIC else 0
    group = _GROUP_BEFORE.search(text, max(0, start - 16), start)
    if group is not None:
        return group.start()
    if text[start - 1] == "级" and text[start - 2] in OWN_TIER.get(setting.tier, "") and _begins(text, start - 2):
        return start - 2  # 省级财政部门 in a province's own document
    generic = text[start - 1] in _GENERIC
    if text.endswith("地区", 0, start) and setting.city.endswith("地区"):  # 地区财政局 in a prefecture
        return start - 2
    if generic and (start == 1 or not _HAN.match(text[start - 2])):  # 、市财政局 is the usual case
        return start - 1
    shorts = short_names(setting)
    for size in range(min(start, 14), 1, -1):
        if not generic and text[start - size : start] not in shorts:
            continue
        begin = start - size
        read = _read(text[begin:start], setting, _begins(text, begin))
        if read in (size, size - 1) and (read == size or text[start - 1] in "市县区省"):
            return begin - 2 if begin >= 2 and text.startswith("中共", begin - 2) else begin
    if generic and _ZONE.search(text, max(0, start - 8), start):  # 郑东新区教育局
        ahead = next((b for b in range(start - 4, max(-1, start - 16), -1) if _begins(text, b)), None)
        if ahead is not None:
            return ahead
    tier = _TIER_BEFORE.search(text, max(0, start - 4), start) if generic else None
    return tier.start() if tier is not None and not _in_word(text, tier.start(), start) else start


@lru_cache(maxsize=65536)
def _read(stretch: str, setting: Setting, invented: bool) -> int:
    """How much of ``stretch`` names a place. Cities in no table count only in documents of a province or the state: 高义市… may be
    a person's name before 市发改委."""
    read = read_place(stretch, setting, invented=invented)
    if stretch.startswith("会同县") and "怀化市" not in setting.city and setting.county != "会同县":
        return 0  # 省财政厅会同县财政局
    if read is None or (not read.known and stretch[read.length - 1] == "市" and setting.tier in ("city", "county")):
        return 0
    return read.length


def _begins(text: str, at: int) -> bool:
    """Whether a name can begin at ``at``: nothing, punctuation or a function word stands before."""
    if at == 0 or not "一" <= text[at - 1] <= "鿿":
        return True
    return text[at - 1] in _before_ok() or text.endswith(_before_words(), 0, at)


@cache
def _before_ok() -> frozenset[str]:
    return frozenset(authority.words("before_ok"))


@cache
def _before_words() -> tuple[str, ...]:
    return authority.words("before_word")


@cache
def _word_ends() -> tuple[str, ...]:
    return tuple(w for w in authority.words("not_place") if len(w) < 4 and w[0] not in "全本我该各")


def _in_word(text: str, at: int, start: int) -> bool:
    """Whether the tier word is the end of an ordinary word (城市, 上市, 园区)."""
    return not text.startswith("自治区", at) and text.endswith(_word_ends(), max(0, at - 3), start)


def _clear_before(text: str, start: int, name: str) -> bool:
    return (len(name) >= _STRONG and not name.endswith(("部门", "机关"))) or _begins(text, start)


def _from_endings(text: str, start: int, end: int, setting: Setting, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Names in no table, read backwards from their ending."""
    starts = [s for s, _ in spans]
    done = start
    for match in _ENDING.finditer(text, start, end):
        at = bisect_right(starts, match.start()) - 1
        if at >= 0 and spans[at][1] > match.start() and not _opens(text, spans[at], match.end()):
            continue
        last = next((e for s, e in reversed(spans[: at + 1]) if not _opens(text, (s, e), match.end())), start)
        left = max(done, match.start() - _WINDOW, min(last, match.start()))
        for stop in _STOP.finditer(text, left, match.start()):
            left = stop.end()
        begin = _begin_of(text, left, match, setting, start)
        if begin is not None:
            done = match.end()
            yield begin, match.end()
    for match in _COMPANY.finditer(text, start, end):
        begin = next(
            (i + 1 for i in range(match.start() - 1, max(start - 1, match.start() - 28), -1) if not _HAN.match(text[i])), start
        )
        name = text[begin : match.end()]
        if 6 <= len(name) <= 34 and not _FORBIDDEN.search(name) and not any(s < match.end() and e > begin for s, e in spans):
            yield begin + (text[begin] in _before_ok()), match.end()


def _opens(text: str, span: tuple[int, int], end: int) -> bool:
    """Whether a span (市政府, 市委) only opens the longer name that ends at ``end``."""
    return text[span[0] : span[1]].endswith(("政府", "委")) and end - span[1] <= _WINDOW


def _begin_of(text: str, left: int, ending: re.Match[str], setting: Setting, start: int) -> int | None:
    """The first position from ``left`` on where a name with this ending can begin."""
    for at in range(left, ending.start()):
        if text[at] not in "省市县区" or _NOT_TIER.match(text, at) or _FORBIDDEN.search(text, at, ending.end()):
            continue
        if ending.start() - at > (ending[0][0] not in "指领") and (begin := _whole_start(text, at, setting, start)) is not None:
            return begin
    for place in (setting.county, setting.city, setting.province):  # 云陵公路分局
        at = text.find(short_name(place), left, ending.start()) if place else -1
        if at >= 0 and _begins(text, at) and not _FORBIDDEN.search(text, at, ending.end()):
            return at
    zone = _ZONE.search(text, left, ending.start())
    if (
        zone is not None
        and ending[0].startswith("管")
        and zone.start() - left <= 8
        and not _FORBIDDEN.search(text, left, zone.start())
    ):
        return left if zone.start() > left or text[left] == "各" else None
    return None


def _whole_start(text: str, at: int, setting: Setting, start: int) -> int | None:
    """Where the name begins whose tier word stands at ``at`` (before 云陵市, at 市); None in the middle of a word."""
    for size in range(min(at - start, 8), 1, -1):
        if _read(text[at - size : at + 1], setting, False) == size + 1:
            return at - size
    return at if at == start or _begins(text, at) else None
