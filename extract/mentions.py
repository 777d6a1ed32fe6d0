"""Mentions: finds the agencies that running prose names (由市商务局负责核实), precise rather than greedy.

An automaton over all names of the tables gives the cores; around each, the text to the left must give a place, a tier word (市)
or a clear beginning, and the text to the right must not carry the word on (财政局长, 教育部署). Names in no table are read by a
grammar of tier word + words + 领导小组, 指挥部, 委员会, 办公室, 局 ….
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.agencies import canonical, cores, slots
from extract.models import Setting, Unit
from extract.places import read_place
from ontology import authority

_HAN = re.compile(r"[一-鿿]")
_GROUP_BEFORE = re.compile(
    r"(?:各级|(?:各|有关|相关)(?:省辖市|自治区|直辖市|自治州|乡镇|街道|省|市|县|区|州|旗|乡|镇|[、和及]|[（(〔\[][市县区、，旗]{1,6}[）)〕\]]){1,8})$"
)
_TIER_BEFORE = re.compile(r"(?:自治区|[省市县区州盟旗])(?:级)?$")
_BODY = r"[^\s、，,。；;：:！？（）()《》的由对将在应要须可及与会被给把让]"
_LONG_ENDINGS = (
    "(?:工作)?(?:领导小组|协调小组|联席会议|推进组|攻坚指挥部|工作专班|专班|指挥部|委员会)(?:办公室|办)?",
    "(?:管委会|管理委员会)",
)
_SHORT_ENDINGS = ("(?:局|办公室|管理处|中心(?![城镇区组小线])|研究院|研究所|集团|公司|支队|总队|管理所)",)
_FORBIDDEN = re.compile(
    r"负责|牵头|会同|组织|配合|协调|成立|设立|建立|召开|印发|制定|制订|参与|统筹|联合|报送|审核|批准|按照|根据|以及|通过|加强|推进|做好|落实|每年|已经|下设|参照|向"
)
_GRAMMAR = re.compile(
    rf"(?:中共)?(?:[省市县区](?:委|政府|人民政府)?)(?:“[^”\n]{{1,16}}”{_BODY}{{0,14}}?|{_BODY}{{1,20}}?)(?:{'|'.join(_LONG_ENDINGS)})"
    rf"|[省市县区]{_BODY}{{2,14}}?(?:{'|'.join(_SHORT_ENDINGS)})(?![长员面限法化])"
)
_ZONE = re.compile(r"[一-鿿]{2,14}?(?:新区|开发区|示范区|实验区|试验区|保税区|集聚区|园区|港区|经济区|度假区|风景区)(?:管委会|管理委员会)")
_COMPANY = re.compile(r"(?<![一-鿿“”])(?:[一-鿿]{2,6}?)[一-鿿]{2,22}?(?:集团有限公司|有限责任公司|股份有限公司|有限公司)")
_STRONG = 6


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    skip = set(authority.words("not_prose"))
    names = tuple(sorted({c for c in cores() if len(c) > 1 and "{" not in c and "、" not in c and c not in skip}))
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names


@cache
def _after_not() -> dict[str, tuple[str, ...]]:
    """Endings of names to the words that may not follow them."""
    table: dict[str, list[str]] = {}
    for word in authority.words("after_not"):
        ending, after = word.split(":")
        table.setdefault(ending, []).append(after)
    return {ending: tuple(after) for ending, after in table.items()}


def find_units(text: str, start: int, end: int, setting: Setting) -> list[Unit]:
    """The agencies named in ``text[start:end]``, in the order of the text and without overlap; offsets are those of ``text``."""
    found = {*_from_tables(text, start, end, setting), *_from_slots(text, start, end, setting), *_from_grammar(text, start, end)}
    spans = sorted(found, key=lambda s: (s[0], -s[1]))
    units: list[Unit] = []
    for s, e in spans:
        if units and s < units[-1].end:
            continue
        written = text[s:e]
        units.append(Unit(s, e, written, canonical(written, setting)))
    return units


def _from_tables(text: str, start: int, end: int, setting: Setting) -> Iterator[tuple[int, int]]:
    automaton, names = _automaton()
    stretch = text[start:end]
    needs_prefix = set(authority.words("needs_prefix"))
    for number, s, e in automaton.find_matches_as_indexes(stretch):
        name = names[number]
        if _carries_on(stretch, e, name):
            continue
        begin = _prefix_start(stretch, s, setting)
        if begin == s and (name in needs_prefix or name[0] == "委" or not _clear_before(stretch, s, name)):
            continue
        if begin < s or name[0] != "委":
            yield start + begin, start + e


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
        tails = [tail for prefix, tail in slots() if prefix == match[0] and text.startswith(tail, after) and after + len(tail) <= end]
        if tails:
            yield match.start(), after + len(max(tails, key=len))


def _carries_on(text: str, end: int, name: str) -> bool:
    """Whether the text after ``end`` carries the word on, so that no name ends there."""
    return any(name.endswith(ending) and text.startswith(after, end) for ending, after in _after_not().items())


def _prefix_start(text: str, start: int, setting: Setting) -> int:
    """Where the place, group or tier word before a core begins; ``start`` itself if there is none."""
    if (group := _GROUP_BEFORE.search(text, max(0, start - 16), start)) is not None:
        return group.start()
    for size in range(min(start, 14), 1, -1):
        begin = start - size
        read = read_place(text[begin:start], setting, invented=_begins(text, begin))
        if read is not None and read.length == size:
            return begin - 2 if text.startswith("中共", begin - 2) and begin >= 2 else begin
        if read is not None and size - read.length == 1 and text[start - 1] in "市县区省":
            return begin
    tier = _TIER_BEFORE.search(text, max(0, start - 4), start)
    if tier is not None and not _in_word(text, tier.start(), start):
        return tier.start()
    return start


def _begins(text: str, at: int) -> bool:
    """Whether a name can begin at ``at``: nothing, punctuation or a function word stands before."""
    if at == 0 or not _HAN.match(text[at - 1]):
        return True
    return text[at - 1] in _before_ok() or any(text.endswith(word, 0, at) for word in authority.words("before_word"))


@cache
def _before_ok() -> frozenset[str]:
    return frozenset(authority.words("before_ok"))


def _in_word(text: str, at: int, start: int) -> bool:
    """Whether the tier word is the end of an ordinary word (城市, 上市, 园区)."""
    return any(text.endswith(word, 0, start) for word in authority.words("not_place") if len(word) < 4 and word[0] not in "全本我该各")


def _clear_before(text: str, start: int, name: str) -> bool:
    return (len(name) >= _STRONG and not name.endswith(("部门", "机关"))) or _begins(text, start)


def _from_grammar(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _GRAMMAR.finditer(text, start, end):
        if not _FORBIDDEN.search(match[0]) and (begin := _grammar_start(text, match.start())) is not None:
            yield begin, match.end()
    for match in _ZONE.finditer(text, start, end):
        for at in range(match.start(), match.end() - 6):  # the first place where a name can begin
            if text[at] not in _before_ok() and _begins(text, at) and not _FORBIDDEN.search(text, at, match.end()):
                yield at, match.end()
                break
    for match in _COMPANY.finditer(text, start, end):
        if not _FORBIDDEN.search(match[0]):
            yield match.span()


def _grammar_start(text: str, at: int) -> int | None:
    """Where a name of the grammar begins whose tier word stands at ``at``; None in the middle of a word."""
    if _begins(text, at):
        return at
    for size in range(min(at, 8), 1, -1):
        read = read_place(text[at - size : at + 1])
        if read is not None and read.length == size + 1 and _begins(text, at - size):
            return at - size
    return None
