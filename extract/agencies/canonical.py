"""Agencies: from a name as written (市发改委, 人行驻马店中心支行, 各县区政府) to the body that it means.

A mention is a place or a tier word (市, 省, 县 …) and a core; the tables in ``ontology/authority`` say which body a core means at
each tier. A core in no table gets a full name by rule and ``known=False``: nothing is dropped. The rules of full names are those
of official usage: the place stands in front in full, 委 and 办 are written out, party organs begin with 中共.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import product

from extract.agencies import bodies, groups
from extract.agencies.offices import own_office
from extract.agencies.own_authority import find_own, forgets, in_force
from extract.agencies.places import full_name, read_place, short_name
from extract.models import Agency, Setting, Tier
from ontology import authority

TIERS = "SPCD"
NOT_LISTED = "名录中没有，按规则写出全称"
"""The reason of a name that no table row stands behind."""
# A city of county rank calls its own bodies 市财政局; it names those of the city above with its place.
_OWN_CITY = re.compile(r"^(团?)市(?!场|域|区|容|政(?![府协法务数研]))")
OWN_TIER = {"province": "省", "city": "市", "county": "县区旗"}
"""The tier words that name a place's own tier."""
_TIER_NAMES: dict[str, Tier] = {"S": "state", "P": "province", "C": "city", "D": "county", "T": "township"}
_TIER_WORDS = {"S": "国家", "P": "省", "C": "市", "D": "县", "T": "乡镇"}
_LETTERS: dict[str, str] = {"state": "S", "province": "P", "city": "C", "county": "D"}
_TIER_WORD = re.compile(
    r"(?:本|我|全)?(?:(自治区|省)|(自治州|市(?!场|域)|州|盟|地区)|(自治县|自治旗|县(?!域)|区(?!域|块)|旗))(?:级|本级)?(?=.)"
)
_TIER_FIRST = re.compile(r"(自治区|省)|(自治州|市|州|盟)|(县|区|旗)")
_NOTE = re.compile(r"[（(][^（）()]{1,40}[）)]$")
_AS_IS = re.compile(
    r"(?:大学|学院|学校|有限公司|有限责任公司|集团|银行|医院|协会|学会|研究会|报社|电视台|广播台|商会|基金会|企业|联盟|海关|海事局)$"
    r"|^(?:国家|中国|全国|国务院|中央|海关总署|人民银行|人行)"
)
_ZONE = re.compile(r"\{P\}(.*(?:开发区|新区|园区|示范区|试验区|实验区|保税区|度假区|集聚区)管理委员会)")
_OFFICE = re.compile(r"(.{1,14}?(?:局|委|厅))([一-鿿]{2,12}(?:中心|[处科室站所]|大队|支队))")
_TOWN = re.compile(r"(?<=[一-鿿])(?:(?P<street>街道)办?|(?<![乡城小古名集村])镇|(?<![家同水故])乡)$")
_SPLIT_PARTY = re.compile(r"(?:中国共产党|中共)")


def _make(entry: bodies.Entry, setting: Setting, letter: str, reason: str = "") -> Agency:
    if letter == "S":
        return Agency(entry.pattern, "", "state", entry.kind)
    name = bodies.fill(entry.pattern, setting)
    return Agency(name, full_name(setting), _TIER_NAMES[letter], entry.kind, reason=reason)


def at_tier(setting: Setting, letter: str) -> Setting | None:
    """The place of ``setting`` at another tier, None if the setting does not name it."""
    if letter == "S":
        return Setting()
    if letter == "P":
        return Setting(province=setting.province) if setting.province else None
    if letter == "C":
        if setting.city:
            return Setting(setting.province, setting.city)
        return Setting(province=setting.province) if setting.province.endswith("市") else None
    return setting if setting.county else None


def letter_of(setting: Setting) -> str:
    """The tier letter at which a place keeps its bodies; 直辖市 name theirs like cities."""
    if setting.tier == "province" and setting.province.endswith("市"):
        return "C"
    return _LETTERS[setting.tier]


@forgets
@lru_cache(maxsize=65536)
def canonical(mention: str, setting: Setting, head: str = "") -> Agency:
    """The body that ``mention`` means in a document of ``setting``.

    ``head`` is the unit named before it in the same list, whose place, tier and party prefix an elided name shares
    (市委宣传部、网信办; 省财政厅、商务厅; 各级检察院、河长制办公室). ``known`` is False where no table row stands behind the name.
    """
    mention, head = groups.tidy(mention), groups.tidy(head)
    if setting.county.endswith("市"):
        mention, head = _OWN_CITY.sub(r"\1县", mention), _OWN_CITY.sub(r"\1县", head)
    return _canonical(mention, setting, head)


@forgets
@lru_cache(maxsize=65536)
def _canonical(mention: str, setting: Setting, head: str) -> Agency:
    core = _NOTE.sub("", mention) if len(_NOTE.sub("", mention)) > 1 and not groups.keeps_bracket(mention) else mention
    if not core:
        return Agency(mention or "？", kind="unnamed", known=False, reason="原文为空")
    if in_force() and (own := find_own(core, setting, _home(setting, head))) is not None:
        return own
    if setting.body and (office := own_office(mention, setting)) is not None:
        return office
    if (local := _local_name(core, setting)) is not None:
        return local
    if core[1:2] == "级" and core[0] in OWN_TIER.get(setting.tier, "") and bodies.is_function(letter_of(setting), core[2:]):
        core = core[0] + core[2:]  # 市级财政部门 in a city's own document is one body
    if (group := _group(core, setting, head)) is not None:
        return group
    return _body(core, setting, head)


def _local_name(core: str, setting: Setting) -> Agency | None:
    """A name that only this place uses, with or without the place or tier word before it."""
    own = at_tier(setting, "C" if setting.tier == "county" else letter_of(setting))
    bare = core.removeprefix("国网")
    wanted = [(own, core), (own, re.sub(r"^(?:自治区|[市省])", "", bare))]
    read = read_place(bare, setting)
    if read is not None and not read.setting.county:
        wanted.append((read.setting, bare[read.length :]))
    for where, alias in wanted:
        place = full_name(where) if where else ""
        row = bodies.local().get((place, alias))
        if row is not None and where is not None:
            name = row.body[1:] if row.body.startswith("=") else place + row.body
            return Agency(name, place, where.tier, row.kind)
    if read is not None:
        return _provincial_name(bare[read.length :], read.setting)
    tier = _TIER_FIRST.match(core)
    letter = ("P" if tier[1] else "C" if tier[2] else "D") if tier else letter_of(setting)
    return _provincial_name(core[tier.end() if tier else 0 :], at_tier(setting, letter))


def _provincial_name(alias: str, where: Setting | None) -> Agency | None:
    """A name that all places of a province use, at the place of ``where``."""
    row = bodies.local().get((where.province + "*", alias)) if where is not None else None
    if row is None or where is None:
        return None
    place = full_name(where)
    return Agency(place + row.body, place, where.tier, row.kind)


def _group(core: str, setting: Setting, head: str) -> Agency | None:
    """A group of bodies (各县区人民政府, 等, 成员单位) or None."""
    group = groups.read(core, head)
    if group is None:
        return None
    if group.kind == "unnamed":
        return Agency(group.text, full_name(setting), setting.tier, "unnamed")
    if group.kind == "class":
        return Agency(group.text, "", "", "unnamed")
    if group.kind == "unknown":
        return Agency(full_name(setting) + group.text, full_name(setting), setting.tier, "unnamed")
    if group.text == "各管委会" and core.startswith("管") and setting.county.endswith(authority.words("zone")):
        return Agency(full_name(setting) + "管理委员会", full_name(setting), "county", "government")
    base = _group_place(group, setting)
    place = full_name(base) + group.region
    rest = group.text
    if group.members:  # 市河长制办公室成员单位: the members of a body that has a name of its own
        inner = _canonical(group.members, setting, "")
        return Agency(inner.name + rest, inner.place, inner.tier, "group", inner.known, inner.reason)
    if group.region and rest:
        found = (bodies.lookup(tier, rest) for tier in "CDP" if rest not in ("党委", "委"))
        entry = next((e for e in found if e and not e.function and "{S}" not in e.pattern), None)
        name = bodies.fill(entry.pattern, base, place) if entry else place + expand(rest)
        return Agency(name, full_name(base), base.tier, "group")
    return Agency(place + groups.spell(rest), full_name(base), base.tier, "group")


def _group_place(group: groups.Group, setting: Setting) -> Setting:
    read = read_place(group.place, setting) if group.place else None
    if read is not None:
        return read.setting
    letter = {"省": "P", "市": "C", "县": "D", "区": "D"}.get(group.place, "")
    return at_tier(setting, letter) or setting if letter else setting


def _body(core: str, setting: Setting, head: str) -> Agency:
    """A single body: whole core, then place + core, then tier word + core, then by rule."""
    near = letter_of(setting)
    party = _SPLIT_PARTY.match(core)
    if (party is None or ("S", core) in bodies.table()) and (found := _bare(core, setting, near, head)) is not None:
        return found
    rest = core[party.end() :] if party else core
    if (slot := _slotted(rest, setting)) is not None:
        return slot
    read = read_place(rest, setting)
    if read is not None and read.length < len(rest):
        return _at_place(rest[read.length :], read.setting, core, explicit=True)
    if read is not None:
        return _place_itself(read.setting)
    if (tier := _TIER_WORD.match(rest)) is not None:
        region = rest.startswith("区党委") and setting.province.endswith("自治区")
        office = tier[2] and core.endswith("办公厅")  # the greater cities have such offices (市政府办公厅), no other 厅
        letter = "P" if tier[1] or (core.endswith("厅") and not office) or region else ("C" if tier[2] else "D")
        return _tiered(rest[tier.end() :], letter, setting, core)
    return _by_rule(core, setting, core)


def _bare(core: str, setting: Setting, near: str, head: str) -> Agency | None:
    """A core without place or tier word: a central name, or an elided name of the list's or the document's own place."""
    home = _home(setting, head)
    mine = letter_of(home)
    central = bodies.table().get(("S", core))
    own = bodies.named(mine, core, home) if mine != "S" else None
    if own is not None and not (central and core in (central.pattern, *bodies.explicit_state())):
        return _make(own, home, mine)
    if central is not None:
        return _make(central, Setting(), "S")
    for letter in "PCD":
        place = at_tier(setting, letter)
        if (entry := bodies.table().get((letter, core))) is not None and letter != mine:
            if place is not None:
                return _make(entry, place, letter)
            if near == "S" or letter == "P":
                where = full_name(home)
                return Agency(where + core, where, _TIER_NAMES[letter], entry.kind, False, f"没有点明是哪个{_TIER_WORDS[letter]}")
    if mine != "S" and (own := bodies.lookup(mine, core)) is not None:
        return _make(own, home, mine)
    return None


def _home(setting: Setting, head: str) -> Setting:
    """The place whose bodies elided names after ``head`` mean."""
    if not head:
        return setting
    head = head.removeprefix("中共")
    if any((t, head) in bodies.table() for t in TIERS):
        return setting
    read = read_place(head, setting)
    if read is not None and read.length < len(head):
        entry = bodies.lookup(letter_of(read.setting), head[read.length :])
        carries = entry is not None and entry.kind in ("department", "party", "mass") and head[read.length - 1] in "省市县区州旗盟"
        return read.setting if carries else setting
    if (tier := _TIER_WORD.match(head)) is not None and not any(bodies.lookup(t, head) for t in "PCD"):
        return at_tier(setting, "P" if tier[1] else ("C" if tier[2] else "D")) or setting
    return setting


def _slotted(core: str, setting: Setting) -> Agency | None:
    """A name with its place inside: 人行云陵中心支行, 国家税务总局云陵市税务局, 共青团云陵市委."""
    for prefix in bodies.slot_heads():
        if not core.startswith(prefix):
            continue
        after = core[len(prefix) :]
        read = read_place(after, setting)
        where, length = (read.setting, read.length) if read else (None, 0)
        if where is None and (tier := re.match(r"[省市县区]", after)):
            where, length = at_tier(setting, {"省": "P", "市": "C"}.get(tier[0], "D")), 1
        if where is None:
            continue
        short = ("{S}",) if after[:length] == short_name(where.place) else ()
        for slot, letter in product((*short, "{}"), dict.fromkeys((letter_of(where), *"CPD"))):
            entry = bodies.named(letter, f"{prefix}{slot}{after[length:]}", where)
            if entry is not None:
                return _make(entry, where, letter_of(where))
    return None


def _at_place(rest: str, place: Setting, core: str, *, explicit: bool = False) -> Agency:
    """The body ``rest`` of a place that the mention names."""
    letter = letter_of(place)
    if rest.startswith("人民政府") and bodies.is_function(letter, rest[4:]):  # 市人民政府教育主管部门
        rest = rest[4:]
    if rest[0] in "市县区省" and len(rest) > 2 and (entry := bodies.lookup(letter, rest[1:])) and not bodies.lookup(letter, rest):
        return _make(entry, place, letter)
    for tier in dict.fromkeys((letter, *"CPD")):
        if (entry := bodies.named(tier, rest, place) or bodies.lookup(tier, rest)) is not None and (
            tier == letter or not entry.function
        ):
            agency = _make(entry, place, letter)
            zone = explicit and place.tier == "city" and _ZONE.fullmatch(entry.pattern)
            if zone and _keeps_short(core, rest, agency.place):  # 云陵高新区管委会
                return replace(agency, name=short_name(place.place) + zone[1])
            return agency
    if (group := _group(rest, place, "")) is not None:
        return group
    return _office_of(rest, place, letter) or _by_rule(rest, place, core, explicit=explicit)


def _office_of(rest: str, place: Setting, letter: str) -> Agency | None:
    """An office named behind the short name of its bureau: 城管局停车管理中心."""
    found = _OFFICE.fullmatch(rest)
    entry = found and (bodies.named(letter, found[1], place) or bodies.lookup(letter, found[1]))
    if not found or not entry or entry.function:
        return None
    bureau = _make(entry, place, letter)
    return replace(bureau, name=bureau.name + found[2], known=False, reason=NOT_LISTED)


def _place_itself(place: Setting) -> Agency:
    """A bare place in a list of units means its government."""
    own = place.province.endswith("兵团")  # a body itself, with no people's government
    return Agency(full_name(place) + ("" if own else "人民政府"), full_name(place), place.tier, "government")


def _tiered(rest: str, letter: str, setting: Setting, core: str) -> Agency:
    """A mention with a tier word: 市财政局, 省委组织部, 县政府."""
    place = at_tier(setting, letter)
    if place is not None:
        return _at_place(rest, place, core)
    entry = bodies.lookup(letter, rest)
    reason = f"文件没有点明是哪个{_TIER_WORDS[letter]}"
    if letter == "P" or setting.tier == "state":
        return Agency(core, full_name(setting), _TIER_NAMES[letter], entry.kind if entry else groups.kind_of(rest), False, reason)
    each = full_name(setting) + "各" + core[: len(core) - len(rest)]  # the counties of a city, each of which has such a body
    name = bodies.fill(entry.pattern, setting, each) if entry is not None else each + rest
    return Agency(name, full_name(setting), _TIER_NAMES[letter], "group", False, reason)


def expand(core: str) -> str:
    """Common short forms written out: …办 → 办公室, 委 → 委员会, 政府 → 人民政府; a bare town or street means its government."""
    core = re.sub(r"(?<!人民)政府", "人民政府", bodies.write_out(core))
    core = re.sub(r"(?<!人民)(?=检察院$)", "人民", core)
    core = _TOWN.sub(lambda town: "街道办事处" if town["street"] else town[0] + "人民政府", core)
    if re.search(r"(?<![主承协经督])办$", core):
        return core + "公室"
    if re.search(r"[^市省县区州党管]委$", core):
        return core + "员会"
    return re.sub(r"管委会?$", "管理委员会", core)


def _by_rule(rest: str, place: Setting, core: str, *, explicit: bool = False) -> Agency:
    """A name in no table: the place in front, short forms written out."""
    where = full_name(place)
    tail = rest if explicit else core
    kind = groups.kind_of(rest)
    reason = NOT_LISTED
    if rest == core and _AS_IS.search(core) and not explicit:
        return Agency(core, where, place.tier, kind, False, reason)
    if explicit and (_AS_IS.search(core) or _keeps_short(core, rest, where)):
        return Agency(expand(core), where, place.tier, kind, False, reason)
    tail = rest
    if rest.startswith("委") and len(rest) > 2:
        return Agency(f"中共{where}{expand(rest)}", where, place.tier, "party", False, reason)
    return Agency(where + expand(tail), where, place.tier, kind, False, reason)


def _keeps_short(core: str, rest: str, where: str) -> bool:
    """Whether the mention writes the place in its short form, which is then part of the proper name (郑州黄河河务局)."""
    written = core[: len(core) - len(rest)]
    return not core.startswith(where) and (where.startswith(written) or not written.endswith(("省", "市", "县", "区", "州", "旗")))
