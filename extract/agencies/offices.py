"""Offices of an institution that speaks for itself: 教务处, 校团委, 各学院 of a university, 财务部 of a company.

Where the setting names such a body, names without a place are its own: 教务处 → 江南科技大学教务处.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.agencies import bodies, groups
from extract.agencies.places import full_name, read_place
from extract.agencies.townships import find_bodies, is_township, own_body
from extract.models import Agency, Setting

_TIER = re.compile(r"(?:自治区|[省市县区州])(?=.)")
# 学生工作部（处）
_SECOND_NAME = re.compile(r"[（(](?!牵头|负责|配合|主办|协办|会同)[一-鿿]{0,6}(?:[处部办院局科]|办公室|中心)[）)]$")
_NOTE = re.compile(r"[（(][^（）()]{1,40}[）)]$")
_SELF = re.compile(
    r"(?:我|本)?(?:(?:学校|校|医院|院|公司|集团公司|集团)(?=党委|纪委|团委|工会|学生会|研究生会|职代会|教代会|学术委员会|各.)"
    r"|(?:集团公司|集团|公司)(?=.{2}))"
)
_PARTY = re.compile(r"(?:党委)?(?P<part>组织部|宣传部|统战部|统一战线工作部|巡察办公室|巡察办|政法委)")
_SHORT = {"校办": "校长办公室", "院办": "院长办公室", "党办": "党委办公室", "统战部": "统一战线工作部", "巡察办": "巡察办公室"}
_ENDING = (
    r"(?:(?<![好到之益长用出住何])处|(?<![全内外干大一本各局上下中乐])部|办公室|中心|学院|研究生院|研究院|图书馆|档案馆|博物馆|校医院"
    r"|团委|工会|党委|纪委|教研室|实验室|研究所)"
)
_KNOWN = re.compile(rf"{_ENDING}(?:[（(][一-鿿]{{1,8}}[）)])?$|(?:委员会|领导小组|公司|医院|[科所室馆会])$")
_IN_PROSE = re.compile(
    rf"(?:(?<![一-鿿])|(?<=[由和与及])|(?<=会同))(?P<name>(?![由和与及请]|会同)[一-鿿]{{1,14}}?{_ENDING}(?:[（(][一-鿿]{{1,4}}[）)])?)"
    r"(?=$|[、，,和与及等。；;）)：:]|负责|牵头|会同|承担|组织|配合|协助|协同|落实|具体|按|应|要|将|对|统筹|审核|审批|公布|制定|解释|办理|指导)"
)


def own_office(core: str, setting: Setting) -> Agency | None:
    """The office of ``setting.body`` that ``core`` names; None for authorities (市教育局, 教育部) and unnamed groups."""
    body = setting.body
    if is_township(body):
        return own_body(core, setting)
    if body and core in bodies.functions() and setting.tier == "state":
        return Agency(core, "", "", "department", False, "以职能称呼，所属地区不明")
    name = core if _SECOND_NAME.search(core) else _NOTE.sub("", core)
    if not body or not name or _is_authority(name, setting):
        return None
    if name == body or name in ("学校", "本校", "公司", "集团", "医院", "集团公司"):
        return _office(body, setting, "institution")
    name = name.removeprefix(body)
    name = _SELF.sub("", name, count=1) if _SELF.match(name) else name
    group = groups.read(name)
    if group is not None:
        own = group.kind == "group" and not group.members
        return _office(body + groups.spell(group.text), setting, "group") if own else None
    if name in ("党委", "纪委", "团委", "工会"):
        full = {
            "党委": f"中共{body}委员会",
            "纪委": f"中共{body}纪律检查委员会",
            "团委": f"共青团{body}委员会",
            "工会": body + "工会",
        }
        return _office(full[name], setting, "party" if name in ("党委", "纪委") else "mass")
    if party := _PARTY.fullmatch(name):
        return _office(f"中共{body}委员会{_SHORT.get(party['part'], party['part'])}", setting, "party")
    if name.startswith("党委") and len(name) > 3:
        return _office(f"中共{body}委员会{name[2:]}", setting, "party")
    return _office(body + _SHORT.get(name, re.sub(r"(?<=[一-鿿]{2})办$", "办公室", name)), setting, groups.kind_of(name))


def _office(name: str, setting: Setting, kind: str) -> Agency:
    known = kind in ("group", "party", "mass") or name == setting.body or _KNOWN.search(name) is not None
    reason = "" if known else "名录中没有，按该机构的办事机构处理"
    return Agency(name, full_name(setting), setting.tier, kind, known, reason)


def _is_authority(name: str, setting: Setting) -> bool:
    """Whether a name is that of an authority and not of an office: 市财政局, 云陵市教育局, 教育部, 公安机关."""
    if name in bodies.explicit_state() or name in bodies.functions():
        return True
    tier = _TIER.match(name)
    if tier is not None and any(bodies.lookup(letter, name[tier.end() :]) for letter in "PCD"):
        return True
    read = read_place(name, setting, invented=name[:1] not in "校学")
    return read is not None and not name.startswith(setting.body) and name[read.length - 1] in "省市县区州旗盟"


def find_offices(text: str, start: int, end: int, body: str = "") -> Iterator[tuple[int, int]]:
    """The spans of names of offices in prose: at the beginning of a clause or list, before a verb of duty or a mark."""
    if is_township(body):
        yield from find_bodies(text, start, end)
        return
    for match in _IN_PROSE.finditer(text, start, end):
        yield match.span("name")
