"""Groups of bodies that are named together: 各县区人民政府, 各级科协, 市直有关部门, 领导小组成员单位, 等."""

from __future__ import annotations

import re
from dataclasses import dataclass

OTHERS = "各相关部门"
_BRACKETS = str.maketrans("()〔〕[]", "（）（）（）")

_REGIONS = (
    r"(?:省辖市|设区市|地级市|直管县|县级市|市辖区|自治区|直辖市|自治州|自治县|乡镇|镇乡|镇街|街镇|街道|功能区|区县|县区|市县|县市(?![场监])|区市(?![场监])|市区"
    r"|省|市(?![场监])|州|盟|县|区|旗|乡|镇)"
)
_SCOPE = re.compile(
    rf"(?P<each>各级|(?:各|有关|相关|各有关|各相关)?(?:(?:{_REGIONS}|[、和及]|[（(〔\[](?:{_REGIONS}|[、,，和及]){{1,8}}[）)〕\]]){{1,8}}))(?P<rest>.*)"
)
_PLURAL = re.compile(
    r"区、?县(?:（市）)?|县、?区|县（市、区）|县（区）|县、?市、?区|区（县、市）|市（县、区）|县（市）区|乡、?镇(?:（街道）)?|镇街|乡镇街道|县市|县级市|市辖区|设区市|地级市|省辖市|直管县"
)
_UNNAMED = re.compile(
    r"等等?|等[\d一二三四五六七八九十]{1,3}个?(?:部门|单位)|(?:等)?(?:其他|其它|(?:自治区|[省市县区州盟旗])(?:(?:人民)?政府)?|中央|国家|国务院|市级|省级|县级|区级|市直|省直|县直|区直|市、县|本级|同级|上级)?"
    r"(?:各|有关|相关|各有关|各相关|各责任|责任|各职能|职能|其他有关|其他相关|各类|配合|牵头|参与|各牵头|各配合|其他|行政|部门及)*"
    r"(?:部门(?:和|及|、)?(?:单位|机构)?|单位(?:和部门)?|委办局|委、办、局|部委|机关|责任人)"
)
_OTHER_WITH = re.compile(r"其[他它][^，。；]{0,20}的(?:单位|部门|机构)")
_MEMBERS = re.compile(r"(?P<body>.{0,60}?)(?P<tail>(?:全部|全体|各|各主要|主要)?(?:主要)?成员单位(?:和部门)?)")
_COLLECTIVE = re.compile(
    r"(?:(?P<place>省|市|县|区)?(?P<scope>各|有关|相关|市属|省属|市直|省直|县直|区直|市级|省级|驻[省市县区地]|驻[一-鿿]{2,3}(?=高校|企业|单位|院校|部队)))(?P<rest>.{2,30})"
)
_ZONES = re.compile(
    r"(?P<each>各|有关|相关)?(?P<rest>(?:(?:国家级|省级|市级|县级)?(?:开发区|功能区|园区|产业集聚区|高新区))?(?:管委会|管理委员会|管委))"
)
_SHARED_ZONES = (
    *("管委会", "管理委员会", "开发区管委", "国家级开发区管委会"),
    *("国家级开发区管委", "省级开发区管委会", "省级开发区管委"),
)
_KINDS = (
    (r"委员会办公室$|领导小组(?:办公室)?$|指挥部(?:办公室)?$|专班$|联席会议(?:办公室)?$|工作组$|办公室$|委员会$", "office"),
    (r"公司$|集团$|银行$|企业$|移动$|联通$|电信$|铁塔$", "company"),
    (r"法院$", "court"),
    (r"检察院$", "procuratorate"),
    (r"(?:大学|学院|学校|中学|小学|中心|研究院|研究所|医院|馆|站|台|社|院|所)$", "institution"),
    (r"(?:协会|学会|商会|联合会|工会)$", "mass"),
    (r"(?:政府|管委会|管理委员会)$", "government"),
)


@dataclass(frozen=True, slots=True)
class Group:
    """A group as read: ``place`` a tier word before it, ``region`` the words that say whose bodies (各县区), ``text`` the rest.

    ``members`` is the body whose members are meant; ``kind`` is "group"; "unnamed" (其他有关部门), "unknown" (行业主管部门), or
    "class" (a class of bodies of no place).
    """

    place: str
    region: str
    text: str
    kind: str = "group"
    members: str = ""


def tidy(mention: str) -> str:
    """The mention without white space, with full-width brackets; 〔〕 and [] inside names of groups become （）."""
    text = "".join(mention.split()).translate(_BRACKETS)
    return text.strip("、，,；;。.：:")


def keeps_bracket(mention: str) -> bool:
    """Whether a bracket at the end belongs to the name: 各区县（市）."""
    return re.search(r"^各|区县（市）$|县（市、区）$|县（区）$|市（县、区）$", mention) is not None


def kind_of(core: str) -> str:
    """The kind of a body in no table, by the end of its name."""
    return next((kind for pattern, kind in _KINDS if re.search(pattern, core)), "department")


def spell(text: str) -> str:
    """Usual short words of groups written out: 国企 → 国有企业, 政府 → 人民政府."""
    text = re.sub(r"国企", "国有企业", text)
    return re.sub(r"(?<!人民)政府", "人民政府", text)


def read(core: str, head: str = "") -> Group | None:
    """The group that ``core`` names, or None where it is a single body. ``head`` is the unit before it in the list."""
    if re.fullmatch(r"(?:各)?(?:有关|相关)?(?:行业|业务|行政)?(?:主管|监管|审批|监督管理)(?:部门|单位)", core):
        return Group("", "", "各" + core.removeprefix("各"), "unknown")
    if core in ("街道办事处", "乡镇", "街道", "乡镇街道", "镇街", "乡镇（街道）"):
        return Group("", "", "各" + core)
    if _UNNAMED.fullmatch(core) or _OTHER_WITH.fullmatch(core):
        return Group("", "", OTHERS, "unnamed")
    if re.fullmatch(
        r"(?:地方各级|地方|基层|(?:设区的)?[省市县乡]级(?:以上)?(?:地方)?(?:各级)?)(?:党委和)?(?:人民)?政府(?:.{2,16}(?:部门|机构))?"
        r"|(?:国务院)?各部委.{0,9}",
        core,
    ):
        return Group("", "", core)
    if (members := _members(core, head)) is not None:
        return members
    if (zones := _ZONES.fullmatch(core)) is not None and (zones["each"] or zones["rest"] in _SHARED_ZONES):
        return Group("", "", (zones["each"] or "各") + re.sub(r"管(?:理委员会|委)$", "管委会", zones["rest"]))
    if (scope := _SCOPE.fullmatch(core)) is not None and (group := _scoped(scope["each"], scope["rest"])) is not None:
        return group
    if (
        head.startswith("各级")
        and re.fullmatch(r".{2,10}(?:办公室|机关|部门|法院|检察院|政府|局|委|会)", core)
        and core[0] not in "省市县区各"
    ):
        return _scoped("各级", core)
    if core.startswith("等"):
        return Group("", "", "各" + core[1:])
    if re.fullmatch(r"各?(?:项目|任务|事项|专项|措施|条款|工程|行动)的?(?:牵头|责任|配合|实施)(?:单位|部门)", core):
        return Group("", "", core, "class")
    if re.fullmatch(r"[^省市县区].{1,20}(?:主体|承办|主办|建设|实施|使用|监管|用人)单位", core):
        return Group("", "", core, "class")
    if (some := _COLLECTIVE.fullmatch(core)) is not None and re.search(
        r"公司|企业|国企|单位|部门|院校|机构|院所|银行|学校|平台|中心|协会", some["rest"]
    ):
        return Group("", "", core)
    return Group("", "", core, "group") if re.match(r"各(?!\w?区域)", core) else None


def _members(core: str, head: str) -> Group | None:
    """成员单位 of a body named in the mention or before it."""
    match = _MEMBERS.fullmatch(core)
    if match is None:
        return None
    tail = "主要成员单位" if "主要" in match["tail"] else "成员单位"
    body = match["body"].removesuffix("的") or head
    if not body:
        return Group("", "", "各成员单位")
    return Group("", "", tail, members=body)


def _scoped(each: str, rest: str) -> Group | None:
    """各县区 + what stands after it; a bare region means its governments, a single tier word without 各 no group."""
    if each == "各级":
        return Group("", "各级", rest) if rest else None
    if not each.startswith(("各", "有关", "相关")):
        if not _PLURAL.fullmatch(each) and not (each in ("县", "区", "乡", "镇", "乡镇") and rest.startswith("级")):
            return None
        each = "各" + each
    if rest.startswith("级"):
        each, rest = each + "级", rest[1:]
    if re.match(r"(?:属|直|域|有关|相关|直属)", rest):
        return None
    rest = re.sub(r"^(?:、|和|及)", "", rest)
    if not rest and re.search(r"乡|镇|街", each):
        return Group("", "", each)
    return Group("", each, rest or "政府")
