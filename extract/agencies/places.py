"""Places: reads the chain of divisions at the head of a name, and finds the place that a document speaks from.

The table of divisions (``ontology/authority/places.tsv``) comes first; a place in no table is read by its generic word
(云陵市, 青溪县), so that invented, new and abolished places work as well.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.frozen import dataclass
from extract.models import Setting
from ontology import authority

STATE = Setting()
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
_GENERIC = re.compile(
    r"[一-鿿]{2,3}?(?:省|市(?![场容域直])|县(?![域级直])|区(?![域块划级直])|旗|盟(?!会))|[一-鿿]{2,8}?(?:自治区|自治州|自治县)"
)
_VERB = re.compile(
    r"深化|推进|推动|加强|健全|完善|优化|促进|支持|加快|建立|规范|全面|进一步|做好|开展|实施|落实|强化|提升|打造|培育|发展|建设|改革|创新"
    r"|实现|履行|形成|鼓励|争创|构建|纳入|统筹"
)
_OWN = re.compile(r"[一二三四五六七八九十0-9０-９两各全本我该其有相和与及或由以在对为的部局委厅办站、，]|会同|配合|联合")
_CENTRAL = re.compile(r"国务院|国家|中华人民共和国|中共中央|中央|全国|最高人民|中国(?!（|\()|中华")
_LEAD = re.compile(r"(?:中国共产党|中共|共青团|国家税务总局|中国人民银行|中国人民政治协商会议|国家统计局|国网|武警)")
_TITLE_LEAD = re.compile(r"(?:关于)?(?:印发|转发|批转|公布|发布|修改|废止)?《?(?:\d{4}年度?)?")


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place read at the head of a text: ``length`` characters that mean ``setting``; ``known`` if the table has it."""

    setting: Setting
    length: int
    known: bool


@cache
def _index() -> dict[str, tuple[authority.Place, ...]]:
    """Official and short names to their divisions; current names before abolished ones, higher tiers before lower ones."""
    index: dict[str, list[authority.Place]] = {}
    for place in sorted(authority.places(), key=lambda p: (p.last != "", _depth(p))):
        index.setdefault(place.name, []).append(place)
        if place.short != place.name:
            index.setdefault(place.short, []).append(place)
        if place.name.endswith(("自治州", "自治县")):  # 大理州 for 大理白族自治州
            index.setdefault(place.short + place.name[-1], []).append(place)
    for word in authority.words("not_place"):
        index.pop(word, None)
    return {name: tuple(found) for name, found in index.items()}


@cache
def _by_code() -> dict[str, authority.Place]:
    table: dict[str, authority.Place] = {}
    for place in authority.places():
        if not place.last or place.code not in table:
            table[place.code] = place
    return table


def _depth(place: authority.Place) -> int:
    return 0 if not place.parent else (1 if place.code.endswith("00") else 2)


def _setting(place: authority.Place) -> Setting:
    """The place with those above it; a county-level city right under a province counts as a city."""
    above = _by_code().get(place.parent)
    if above is None:
        return Setting(province=place.name)
    if above.parent == "":
        if above.name in _MUNICIPALITIES or (place.name.endswith(("县", "区")) and not place.code.endswith("00")):
            return Setting(province=above.name, county=place.name)
        return Setting(province=above.name, city=place.name)
    province = _by_code()[above.parent].name if above.parent in _by_code() else ""
    return Setting(province=province, city=above.name, county=place.name)


def _fits(candidate: Setting, within: Setting) -> bool:
    """Whether ``candidate`` lies in the places that ``within`` names."""
    return all(not b or a == b for a, b in ((candidate.province, within.province), (candidate.city, within.city)))


@lru_cache(maxsize=65536)
def _named(name: str, within: Setting) -> Setting | None:
    """The division called ``name``, first of all inside ``within``; None if unknown, or if several bear the name elsewhere."""
    for place in (within.province, within.city, within.county):
        if place and name in (place, short_name(place)):
            return _own(within, place)
    found = [(place, _setting(place)) for place in _index().get(name, ())]
    inside = [setting for _, setting in found if _fits(setting, within)]
    if inside and (within.province or within.city):
        return inside[0]
    if not found:
        return None
    top = [s for p, s in found if _depth(p) == _depth(found[0][0]) and p.last == found[0][0].last]
    return top[0] if len(top) == 1 else None


def _own(within: Setting, place: str) -> Setting:
    if place == within.province:
        return Setting(province=place)
    if place == within.city:
        return Setting(province=within.province, city=place)
    return within


def short_name(place: str) -> str:
    """The name of a place as it stands inside names of branches: 云陵市 → 云陵, 中州省 → 中州, 青溪县 → 青溪."""
    for row in _index().get(place, ()):
        if row.name == place:
            return row.short
    match = re.fullmatch(r"([一-鿿]{2,10}?)(?:省|市|自治州|地区|盟|县|区|旗)", place)
    return match[1] if match else place


@lru_cache(maxsize=16)
def short_names(within: Setting) -> frozenset[str]:
    """What can stand for a place without its generic word: 郑州, 河南, and the short forms of those of ``within``."""
    return _short_names() | _own_names(within)


@cache
def _short_names() -> frozenset[str]:
    """The short names of all provinces and cities."""
    return frozenset(name for name, found in _index().items() if any(_depth(p) < 2 for p in found if p.short == name))


def _below(name: str, within: Setting) -> Setting:
    """A place in no table, called ``name``, under the places above it."""
    if name.endswith(("省", "自治区")):
        return Setting(province=name)
    if name.endswith(("县", "区", "旗")):
        return Setting(within.province, within.city, name)
    if name.endswith("市") and within.city and within.city != name and within.tier == "city":
        return Setting(within.province, within.city, name)
    return Setting(province=within.province, city=name)


def read_place(text: str, within: Setting = STATE, *, invented: bool = True) -> PlaceName | None:
    """The chain of places at the head of ``text`` (河南省驻马店市确山县…), or None.

    ``within`` decides between places of one name. ``invented`` allows a place in no table by its generic word.
    """
    at, here, known = 0, None, True
    while (step := _step(text[at : at + 16], here or within, here is not None, invented)) is not None:
        setting, length, in_table = step
        if here is not None and _rank(setting) <= _rank(here):
            break
        at, here, known = at + length, setting, known and in_table
    return PlaceName(here, at, known) if here is not None else None


def _rank(setting: Setting) -> int:
    return ("state", "province", "city", "county").index(setting.tier)


def _step(text: str, within: Setting, chained: bool, invented: bool) -> tuple[Setting, int, bool] | None:
    generic = _GENERIC.match(text) if invented else None
    index, own = _index(), _own_names(within)
    for length in range(min(len(text), 12), 1, -1):
        name = text[:length]
        if name not in index and name not in own:
            continue
        if (setting := _named(name, within)) is None:
            if name.endswith(("县", "区", "市", "旗")):  # several places bear it: the text's own place decides
                return _below(name, within), length, True
            continue
        if chained and not _fits(setting, within):
            continue
        if setting.county and name != setting.county and not (within.city and setting.city == within.city):
            continue  # 公安, 新华, 和平 … are short names of counties too
        if generic and generic.end() > length and not name.endswith(("省", "市", "县", "区", "州", "旗", "盟")):
            break  # 云陵市 where a table knows only another 云陵
        return setting, length, True
    if generic and not _OWN.search(generic[0]) and not _VERB.match(generic[0]) and not _is_word(generic[0]):
        return _below(generic[0], within), generic.end(), False
    return None


@lru_cache(maxsize=1024)
def _own_names(within: Setting) -> frozenset[str]:
    own = [p for p in (within.province, within.city, within.county) if p]
    return frozenset(own + [short_name(p) for p in own])


def _is_word(name: str) -> bool:
    """Whether a stretch in 省/市/县/区 is an ordinary word or a development zone and no division."""
    return name.endswith((*authority.words("not_place"), *authority.words("zone")))


@lru_cache(maxsize=4096)
def full_name(setting: Setting) -> str:
    """The place as it stands before the name of a body: 云陵市, 云陵市青溪县, 北京市海淀区; "" for the state."""
    if not setting.county:
        return setting.city or setting.province
    above = setting.city or (setting.province if setting.province in _MUNICIPALITIES else "")
    return above + setting.county


def _zone_at(text: str, setting: Setting) -> str:
    """The development zone at the head of ``text``, or ""."""
    ends = [text.find(z) + len(z) for z in authority.words("zone") if 0 <= text.find(z) <= 14]
    if setting.tier == "state" or not ends:
        return ""
    return text[: max(ends)]


@cache
def _scanner(counties: bool) -> tuple[AhoCorasick, tuple[str, ...], dict[str, Setting]]:
    """Finds official names, short names of provinces and cities and, if asked, short names that one county alone has had."""
    names: dict[str, Setting] = {}
    for name, found in _index().items():
        if len(name) < 2 or (name != found[0].name and _depth(found[0]) == 2 and not (counties and len(found) == 1)):
            continue
        if len(found) == 1 or _depth(found[0]) < 2:
            names[name] = _setting(found[0])
    keys = tuple(sorted(names))
    return AhoCorasick(keys, matchkind=MatchKind.LeftmostLongest), keys, names


def find_names(text: str, *, counties: bool = False) -> list[Setting]:
    """The divisions of the table that ``text`` names, in its order, each as often as it stands there.

    Short names (广州) count for provinces and cities; with ``counties`` also those of counties that no other place shares (萧山).
    """
    scanner, keys, names = _scanner(counties)
    return [names[keys[number]] for number, _, _ in scanner.find_matches_as_indexes(text)]


def setting_of(issuer_or_title: str) -> Setting | None:
    """The place that an issuer or a title speaks from; ``Setting()`` for central bodies, None where none can be told.

    A development zone that issues a document stands as its county.
    """
    text = re.sub(r"\s", "", issuer_or_title)
    text = text[m.end() :] if (m := _TITLE_LEAD.match(text)) else text
    if _is_ministry(text):
        return Setting()
    lead = _LEAD.match(text)
    read = read_place(text[lead.end() :] if lead else text)
    if read is None and (m := re.match(r"中国[（(]([一-鿿]{2,6})[）)]", text)):
        read = read_place(m[1])
    if read is None:
        read = _official_inside(text)
    if read is None:
        return Setting() if _CENTRAL.match(text) else _of_zone(text)
    rest = text[(lead.end() if lead else 0) + read.length :]
    zone = _zone_at(rest, read.setting) if not read.setting.county else ""
    if zone and re.match(r"(?:管理委员会|管委会|党工委|工委|财政局)", rest[len(zone) :]):
        return Setting(read.setting.province, read.setting.city, zone)
    return read.setting


def _official_inside(text: str) -> PlaceName | None:
    """The first official name of a province or city of the table inside ``text``."""
    for match in re.finditer(r"[省市州区]", text[:60]):
        for start in range(max(0, match.end() - 12), match.end() - 2):
            name = text[start : match.end()]
            if any(p.name == name and _depth(p) < 2 for p in _index().get(name, ())):
                return read_place(text[start:], invented=False)
    return None


def _of_zone(text: str) -> Setting | None:
    """The place of a development zone that ``local.tsv`` knows by its own name (郑东新区)."""
    for row in authority.local_names():
        if row.kind == "government" and len(row.alias) > 3 and text.startswith(row.alias):
            within = _named(row.place, Setting()) or Setting(city=row.place)
            return Setting(within.province, within.city, row.alias)
    return None


@cache
def _ministries() -> re.Pattern[str]:
    names = {d.state for d in authority.departments()} | {b.name for b in authority.bodies() if b.tiers == "S"}
    longest = sorted((n for n in names if n and n not in ("国家税务总局", "国家统计局", "中国人民银行")), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)))


def _is_ministry(text: str) -> bool:
    """Whether a central body stands at the head and no branch of it (国家税务总局云陵市税务局, 财政部中州监管局)."""
    match = _ministries().match(text)
    return match is not None and not re.match(r"[一-鿿]{2,10}(?:监管分?局|分行|中心支行|分公司)", text[match.end() :])
