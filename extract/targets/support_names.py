"""What a support is given for: a short name made of the recipient or the occasion and the word of giving."""

from __future__ import annotations

import re

from extract.targets.context import LOOK_BACK
from extract.targets.figures import alternatives, verbs
from extract.targets.scene import Scene

LIMIT = 16

GIVE_NOUNS = re.compile(
    r"一次性装修补助|装修补助|科研启动经费|岗位津贴|安家费|贴息补助|配套支持|配套奖励|配套补助|租金补贴|房租补贴|购房补贴|经济贡献奖励|股权投资支持|倾斜救助|免租住房"
    + "|"
    + alternatives([w for w in verbs("give") if w not in ("支持", "配套", "优惠", "租金", "扣除", "倾斜")])
    + "|支持|优惠|扣除|倾斜"
)
_BRACKET = re.compile(r"[（(][^（）()]{0,40}[）)]")
_EDGE = "，,、。；;：: \t“"
# Where the words of paying begin: what stands before them names the recipient.
_PAY = re.compile(
    r"(?:由[^，,]{1,10}(?:财政|政府|资金))|市财政(?!局)|给予|予以|一次性|分别|按照|按(?!揭)|依据|根据|奖励|补助|补贴|资助|发放|提供|最高|不超过|不高于|"
    r"每人每|每[年月户套台个项]|(?<!上)年度(?=最高|内|补|奖)|每个?年度|享受|减按|减征|免征|[由从](?=\d|每)|可(?=按|享|以|给)|的标准|标准(?=为|提高|分别)|全额|定额|原则上|实行|进行|支付|返还|累计|免租"
)
_QUALIFIER = re.compile(
    r"(?:单[个户家项]|同一|每[个家户项起件人套]|各|其中|奖励金额|补贴金额|补助总额|资助经费|支持金额|总额|对单个|对同一|对每|全年|经认定|经评审)"
)
_FUNCTION = re.compile(
    r"(?:[^，]{0,6}(?:财政|政府)|经[^，]{0,10}(?:认定|评审|审核|同意|确认)|原则上|在[^，]{0,20}(?:基础上|后|期间|范围内)|可|由[^，]{0,10}|首次|给予.*|提高[^，]{0,6}标准)"
)
_OCCASION = re.compile(r"(?:对于?|凡是?|支持|鼓励|每(?=培育|引进|入选|新增|进站|孵化|招收|新认定|获批|完成)|其中[，,：:]?对)")
_LEAD = re.compile(r"^(?:其中|对于?|凡是?|支持|鼓励|每|同时|并|且|可|和|、|[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．])+")
_ADMITTED = re.compile(
    r"^(?:(?:我市|市内|新|首次|重新|当年|年度|经|通过|成功|被|区域内|辖区内|每年)*(?:认定|获批|获评|获得|评为|列入|纳入|入选|授权|入库)(?:备案)?(?:为|的)?)(?=[^\d一].{3})"
)
_PLAIN = re.compile(
    r"(?:.{0,2}(?:企业|单位|项目|机构|个人|团队|部分|人员|高校|平台|法人|主体|对象|园区|产品|基金)|中心|.{0,10}费用)"
)


_LAND = re.compile(r"出让最低价|底价")
_TITLED = re.compile(rf"(?:{GIVE_NOUNS.pattern})$")


def support_name(scene: Scene, base: str, cap: bool) -> str:
    """A name in at most 24 characters. ``base`` is the support before; a ceiling (``cap``) takes over its name."""
    own = _own(scene)
    if cap and base and not own:
        return base.removesuffix("比例")
    rate = "比例" if scene.first.kind in ("rate", "share") else ""
    heading = _LEAD.sub("", scene.context.headings(scene.statement.start)[2]).removeprefix("提供")
    titled = _TITLED.search(heading) is not None
    core = own or _given_to(scene) or _before(scene)
    if titled and 6 <= len(heading) <= LIMIT and (len(core) < 3 or len(core) >= LIMIT - 2):
        return heading + rate
    if titled and len(heading) < 6 and len(core) >= 3:
        return (core[:12] + heading + rate)[-24:]
    core = core or _basis(scene)
    if len(core) < 3:
        core = heading or core
    noun = _noun(scene)
    name = core if noun in core else core.removesuffix(noun[:2]) + noun
    return (name + ("" if name.endswith("比例") else rate))[-24:]


def _given_to(scene: Scene) -> str:
    """低保对象 in 定额资助低保对象: the recipient after the word of giving, where nothing stands before the figures."""
    found = re.match(
        r"[^，,。；;]{0,6}?(?:定额|全额)?(?:资助|补贴|救助|保障|返还)([一-鿿、]{3,16})(?:$|[，,。；;])",
        scene.text[scene.last.start : scene.group.segment[1]],
    )
    if not found:
        found = re.match(r"(?:的标准)?(?:定额|全额)?(?:资助|补贴|救助)([一-鿿、]{3,16})$", scene.post)
    return found[1] if found and not re.search(r"政策|标准|支持|资金", found[1]) else ""


def _noun(scene: Scene) -> str:
    """The word of giving that belongs to the figures: the first after them, else the last before them."""
    after = GIVE_NOUNS.search(scene.text, scene.last.right, scene.group.segment[1])
    before = list(GIVE_NOUNS.finditer(scene.pre))
    if _LAND.search(scene.pre + scene.head):
        return "优惠"
    found = after or (before[-1] if before else None) or GIVE_NOUNS.search(scene.text, scene.last.right, scene.statement.end)
    each = re.search(r"每[人生户]", scene.pre)
    return found[0] if found else "标准" if each else "支持"


def _own(scene: Scene) -> str:
    """The recipient in the segment of the figures: 特困人员 in 特困人员按90%予以救助."""
    pay = _PAY.search(scene.pre)
    core = (scene.pre[: pay.start()] if pay else scene.pre).strip(_EDGE)
    if _QUALIFIER.match(core) or _FUNCTION.fullmatch(core):
        return ""
    core = _LEAD.sub("", re.sub(r"^[^，]{0,6}财政(?=对)", "", core))
    return "" if len(core) < 3 or _FUNCTION.fullmatch(core) else shorten(core)


def _before(scene: Scene) -> str:
    """The recipient or occasion in the segments before: 对…企业，, …的，, 每培育一家…企业，"""
    segments = re.split(r"[，,：:]", scene.text[max(scene.statement.start, scene.begin - LOOK_BACK) : scene.begin].rstrip("，,：:"))
    found: dict[int, str] = {}
    for segment in reversed(segments[-8:]):
        plain = _BRACKET.sub("", segment).strip(_EDGE)
        if (
            len(plain) < 4
            or "《" in plain
            or plain.endswith("规定")
            or _FUNCTION.fullmatch(plain)
            or re.fullmatch(r"每[一-鿿]{2}[\d一][家个项]", plain)
        ):
            continue
        numbered = re.search(r"\d", plain) is not None
        rank = (
            0
            if re.match(r"(?:其中[，,：:]?)?对|凡|每", plain)
            else 1
            if plain.endswith("的") and not numbered
            else 2
            if _OCCASION.match(plain)
            else 3
        )
        if rank == 3 and numbered:
            rank = 4 if "的" in plain else 5
        found.setdefault(rank, plain)
    return shorten(found[min(found)]) if found and min(found) < 5 else ""


def _basis(scene: Scene) -> str:
    """算力使用费用 in 按照算力使用费用的20%, "" if the rate names no basis."""
    found = re.search(r"按照?(?!最高|不超过|不低于|不高于)([^，,。；;]{3,24}?)的?$", scene.pre)
    return found[1] if found else ""


def shorten(text: str, limit: int = LIMIT) -> str:
    """The core of a recipient: its head noun, or what describes it where the head says nothing (企业, 项目)."""
    text = _LEAD.sub("", _BRACKET.sub("", text).strip(_EDGE)).removesuffix("的")
    text = _ADMITTED.sub("", text)
    modifier, found, head = text.rpartition("的")
    if found:
        text = modifier if len(head) < 3 or _PLAIN.fullmatch(head) or GIVE_NOUNS.search(head) else head
        text = text.rpartition("的")[2] if len(text) > limit and len(text.rpartition("的")[2]) > 3 else text
    if len(text) > limit:
        first = re.split(r"[、及]", text)[0]
        text = first + "等" if 3 < len(first) < limit else text[-limit:]
    return text.strip(_EDGE)


LEVEL = r"(?:国家|省|市|县|区|[特一二三四]等|[A-Z]|[一二三]类|[一二三四五]星|[1-5]A|境内|境外)(?:级|奖|类)?"


def zipped(before: str, count: int) -> list[str]:
    """The names of a list of ``count`` things before 分别 (国家、省优势企业…分别给予60万元、40万元), [] if there is none."""
    run = re.compile(rf"((?:{LEVEL}[、和及与/]){{{count - 1}}}{LEVEL})(?![、和及与/]{LEVEL})([^，,。；;：:]{{0,40}})")
    for segment in reversed(re.split(r"[，,。；;：:]", before)[-4:]):
        plain = re.sub(r"分别.*$", "", _BRACKET.sub("", segment))
        if levels := run.search(plain):
            thing = re.split(r"[、和及与]", levels[2].removesuffix("的").lstrip("的"))[0]
            return [level + thing for level in re.split(r"[、和及与/]", levels[1])]
        parts = re.split(r"[、和及与]", plain)
        if len(parts) < count:
            continue
        parts = parts[-count:]
        last = parts[-1].removesuffix("的")
        if all(p[:1].isdigit() for p in parts[1:]):
            stem = shorten(re.sub(r"\d.*$", "", parts[0]), 12)
            return [stem + re.sub(r"^\D*", "", p).removesuffix("的") for p in parts]
        return [*(re.sub(r"^.*(?:的|为|对|获批|认定|通过|入选|在)(?=.)", "", p) for p in parts[:-1]), last]
    return []
