"""Bodies of a township that speaks for itself: 镇经济发展办, 财政分局, 各村（居）委会 in a document of 青溪县东岭镇.

The township stands as the body of the setting, its county as the place. Names of higher tiers (县农业农村局) are read as elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.agencies import groups
from extract.agencies.places import full_name
from extract.models import Agency, Setting

_KIND = r"(?:镇|乡|街道)"
_TOWN = re.compile(rf"(?P<short>[^省市县区州旗盟]{{1,6}}{_KIND})$")
_ISSUER = re.compile(
    rf"(?:中国共产党|中共)?(?P<body>[一-鿿]{{2,24}}?(?<!乡){_KIND})(?:人民政府|政府|党委|委员会|党工委|工作委员会|办事处)[一-鿿]{{0,6}}"
)
_TITLE = re.compile(rf"(?P<body>[一-鿿]{{2,16}}?(?<![乡村城集各特]){_KIND})(?![区域村企级属])")
_SELF = re.compile(r"(?:我|本|全)(?:镇|乡|街道)|(?<![一-鿿])(?:镇|乡)(?:人民)?政府|由(?:镇|乡)(?:人民)?政府")
_GROUP = re.compile(
    r"(?:各)?(?:(?:行政)?村|社区|居)(?:[（(、和及]?(?:居|村|社区|居民|村民)[）)]?)?(?:村民|居民)?(?:委员会|委会|“?两委”?)?"
)
_BRANCH = (
    r"(?:[一-鿿]{2,6}分局|(?:财政|派出|司法|税务|供电|国土|自然资源|农经|市场监管|市场监督管理|林业|水利)所|卫生院"
    r"|综合行政?执法(?:大?队|中队))"
)
# an office of its own that is named without the township: 党建办, 农业农村办公室; those of leading groups are named in full
_INNER = (
    r"(?![省市县区州旗镇乡由和与及经对向按]|街道|[一-鿿]{0,12}(?:领导小组|指挥部|委员会|联席会议))[一-鿿]{2,10}"
    r"(?:办公室|(?<=[一-鿿]{2})办|服务中心|工作站|服务站|文化站|农技站)"
)
_OFFICE = r"[一-鿿]{2,14}?(?:办公室|办|中心|分局|局|所|站|大?队|专班|领导小组|委员会)"
_OWN = re.compile(
    rf"(?:我|本)?{_KIND}(?P<rest>{_OFFICE}|党委|党工委|纪委|纪工委|团委|团工委|人大工委|工会|妇联|武装部"
    r"|(?:人民)?政府|办事处|机关|直(?:属)?各?(?:单位|部门))"
)
_PARTY = {
    "纪委": "中共{}纪律检查委员会",
    "纪工委": "中共{}纪律检查工作委员会",
    "团委": "共青团{}委员会",
    "团工委": "共青团{}工作委员会",
}
_BRANCHES = re.compile(rf"{_BRANCH}|{_INNER}")
_IN_PROSE = re.compile(
    r"(?:(?<![一-鿿])|(?<=[由和与及])|(?<=会同))"
    rf"(?P<name>(?:[一-鿿]{{2,3}})?{_KIND}(?![区域村企级属直])(?:(?:人民)?政府|办事处|[党纪团]工?委|{_OFFICE})|{_BRANCH}|(?<![一-鿿]){_INNER}(?=负责|牵头|会同))"
    r"(?:[（(](?:以下|下)?简?称[^（）()]{1,20}[）)])?(?=$|[、，,和与及等；;：:]|负责|牵头|会同|承担|组织|配合|协助|具体|按|统筹|审核|落实|参与|指导)"
)


def township(issuer: str) -> str:
    """The township that an issuer is or belongs to (青溪县东岭镇人民政府 → 青溪县东岭镇), "" for any other."""
    found = _ISSUER.fullmatch(issuer)
    return found["body"] if found else ""


def titled(title: str, text: str) -> str:
    """The township at the head of a title, where the text speaks of its own township (我镇, 由镇政府); "" else."""
    found = _TITLE.match(title)
    return found["body"] if found and _SELF.search(text) else ""


def is_township(body: str) -> bool:
    """Is the body that speaks a township?"""
    return body.endswith(("镇", "乡", "街道"))


def own_body(core: str, setting: Setting) -> Agency | None:
    """The body of the township ``setting.body`` that ``core`` names, None for names of other tiers."""
    town = setting.body
    found = _TOWN.search(town)
    for head in (town, found["short"] if found else town):  # 东岭镇农业服务中心 is written as 镇农业服务中心 is
        if core.startswith(head) and len(core) > len(head):
            core = ("街道" if town.endswith("街道") else town[-1]) + core[len(head) :]
            break
    if _GROUP.fullmatch(core):
        return Agency(town + (core if core.startswith("各") else "各" + core), full_name(setting), setting.tier, "group")
    if (own := _OWN.fullmatch(core)) is not None:
        return _of(town, own["rest"], setting)
    return _of(town, core, setting) if _BRANCHES.fullmatch(core) else None


def _of(town: str, rest: str, setting: Setting) -> Agency:
    """The office ``rest`` of the township, written out."""
    if rest in ("政府", "人民政府", "办事处"):
        return Agency(town + ("人民政府" if rest == "政府" else rest), full_name(setting), setting.tier, "government")
    if rest in ("党委", "党工委"):
        full = "委员会" if rest == "党委" else "工作委员会"
        return Agency(f"中共{town}{full}", full_name(setting), setting.tier, "party")
    if rest in _PARTY:
        return Agency(_PARTY[rest].replace("{}", town), full_name(setting), setting.tier, "mass" if rest[0] == "团" else "party")
    if rest.startswith(("机关", "直")):
        return Agency(town + rest, full_name(setting), setting.tier, "group")
    full = re.sub(r"(?<=[一-鿿]{2})办$", "办公室", rest)
    return Agency(town + full, full_name(setting), setting.tier, groups.kind_of(full))


def find_bodies(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of names of a township's bodies in prose."""
    for match in _IN_PROSE.finditer(text, start, end):
        yield match.span("name")
