"""The words of recipients and occasions: what stays of them in a short name, and the names of a list."""

from __future__ import annotations

import re

from extract.targets.figures import alternatives, verbs

LIMIT = 18
GIVE_NOUNS = re.compile(
    r"一次性装修补助|装修补助|配套资金支持|资金支持|科研启动经费|岗位津贴|安家费|贴息补助|配套支持|配套奖励|配套补助"
    r"|租金补贴|房租补贴|购房补贴|经济贡献奖励|股权投资支持|倾斜救助|免租住房"
    + "|"
    + alternatives([w for w in verbs("give") if w not in ("支持", "配套", "优惠", "租金", "扣除", "倾斜")])
    + "|支持|优惠|扣除|倾斜"
)
BRACKET = re.compile(r"[（(](?!(?:[套市区县]|示范)[）)])[^（）()]{0,40}[）)]")
EDGE = "，,、。；;：: \t“"
LEAD = re.compile(
    r"^(?:其中|对于?|凡是?|支持|鼓励|每|同时|并(?!购)|且|可|和|、|推动|创建|实施(?=一批)|一批|(?:积极)?争取|认真|落实"
    r"|开展|扩大|即|其(?![中他它余])"
    r"|第[一二三四五六七八九十百]{1,5}条|[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．])+"
)
_ADMITTED = re.compile(
    r"^(?:(?:我市|市内|新|首次|重新|当年|年度|经|通过|成功|被|区域内|辖区内|每年)*(?:认定|获批|获评|获得|取得|评为"
    r"|列入|纳入|入选|授权|入库)(?:备案)?(?:为|的)?)(?=[^\d一].{3})"
)
_PLAIN = re.compile(
    r"(?:.{0,2}(?:企业|单位|项目|机构|个人|团队|部分|人员|高校|平台|法人|主体|对象|园区|产品|基金|公司|经营主体|家庭"
    r"|用户|群众|职工|商户|农户)|中心|.{0,10}费用|.)"
)
ONE_MORE = re.compile(r"每(?=培育|引进|入选|新增|进站|孵化|招收|新认定|获批|完成)")
_COUNTED_ONE = re.compile(r"(?<=[一-鿿])[1１](?:家|个|名|项)(?=[一-鿿“])")
_GRADED = re.compile(r"(?:国家|省|市|县|区)级(?:及)?以上")
_CONDITIONAL = re.compile(
    r"符合|管理$|所属$|满足|达到|具有|拥有|具备|在|经|获|(?:首次|当年|新|年度)*(?:认定|获批|批准|评定|设立|通过|入选"
    r"|认可|评为)"
)
IDLE = re.compile(
    r"(?<=.{4})产生$|"
    r"^将|^在(?![孵建校职岗库])[一-鿿](?=企业|单位|机构|高校)|^.*被(?:认定|评定|评)为|(?:实施|实现)转化$"
    r"|在[一-鿿]{2}(?=实现|转化)|(?<=规模)达到"
    r"|^[一-鿿]{1,5}[内中](?=企业|单位|机构|高校)|(?<=.{4})(?:纳入|列入)[^，]{2,8}$|(?:每年|年度"
    r"|当年)?累计(?=[^，]{4})|进一步|不断|积极|大力|切实"
    r"|(?<=企业)加大|[在来]?我[市省县区](?:内)?|^.*从事(?=[^，]{4})"
)
_ALSO = re.compile(r"(?<=.{6})(?:并|且)(?:完成|通过|取得|实现|形成|符合|产生)[^、的]{2,12}$")
# what must be passed, where the name is long without it
_OVER = re.compile(
    r"(?<=.{10})(?<![达到过为])\d[\d.]*[万亿]?[一-鿿%]{1,3}及?以上$"
)
_TIERS = re.compile(r"(?:(?:国际|全国|国家|省|市|县|区)级?[、和及]){1,4}(?:全国|国家|省|市|县|区)级?(?![、和及])(?=[一-鿿]{4})")
_TOWARD = re.compile(r"(?<=.{8})[到至][^、的\d]{2,6}$")  # 专利作价入股到入园企业
_TAKES = re.compile(r"[一-鿿]{0,8}(?:受让|购买|引进|采购|引入)")
_CARRIED_OUT = re.compile(r"^[^的]{8,}(?:开展|推行)(?=[^、的]{5,12}$)")
EMPTY = re.compile(r"(?:符合|满足|具备)[^，]{0,6}(?:条件|要求|规定|标准)|有关|相关|上述|其他")
_ACTS = re.compile(r"购[置买]|新建|建设|改造|采购|引进|租赁|发行|举办|开展")
_THRESHOLD_LAST = re.compile(r"(?:总?投资额?|金额|规模)?(?:达到?|超过|在)?\d[\d.]*[万亿]?元(?:及?以上)?$")
_CLASS = re.compile(r"[^的]*等(?P<name>(?!相关|有关|各类|其[他它])[^的等、，]{4,14})$")  # 中级工程师、技师等紧缺技术人才
_WHERE = re.compile(r"^在[^，]*[、和][^，]*(?=上市|挂牌|注册|落户)|^在[^，,]{1,8}[内中](?:实施|开展|进行)?(?=.{4})")
_HOLDER = re.compile(r"^([一-鿿]{2,10}(?:企业|单位|机构|主体|个人))[在为].{6,}")
_THRESHOLD = re.compile(r"^(?:总投资|固定资产投资|投资额?|实缴规模|年?产值|营业收入|实际投资)(?:在|达到?|超过|为)?(?=\d)")
_SIZED = re.compile(r"(?:固定资产|[一-鿿]{0,2})(?:总?投资|产值|收入|规模|金额|面积)额?(?:在|达到?|超过|为)?\d[^，,]{0,16}$")
_CUT_AT = re.compile(r"或者?|[、的与和及为被从由将年月日]")


def shorten(text: str, limit: int = LIMIT) -> str:
    """The core of a recipient: its head noun, or what describes it where the head says nothing (企业, 项目)."""
    text = LEAD.sub("", BRACKET.sub("", text).strip(EDGE)).removesuffix("的")
    text = IDLE.sub("", _ADMITTED.sub("", text))
    text = _OVER.sub("", text) if len(text) > limit else text
    text = ONE_MORE.split(text)[-1]
    text = re.sub(r"首次(?=突破|达到|超过)", "", _COUNTED_ONE.sub("", _WHERE.sub("", text)))
    if len(text) > limit - 4:
        text = _CARRIED_OUT.sub("", _GRADED.sub("", text))
    if holder := _HOLDER.match(text):
        text = holder[1]
    if (takes := _TAKES.match(text)) and "的" in text:
        text = takes[0] + text[takes.end() :].rpartition("的")[2]
    modifier, found, head = text.rpartition("的")
    if found:
        if acts := _ACTS.match(modifier):
            modifier = _THRESHOLD_LAST.sub("", modifier)
        general = not EMPTY.fullmatch(modifier) and (len(head) < 2 or bool(_PLAIN.fullmatch(head) or GIVE_NOUNS.search(head)))
        general = general and not (len(head) > 3 and re.match(r"排名|前\d", modifier))
        sized = _SIZED.search(modifier) if general and head and not acts else None
        text = _THRESHOLD.sub("", sized[0]) + head if sized and len(head) < 7 else modifier if general else _joined(modifier, head)
        text = text.rpartition("的")[2] if len(text) > limit and len(text.rpartition("的")[2]) > 3 else text
    if kind := _CLASS.match(text):
        return kind["name"]
    text = _ALSO.sub("", text) if len(text) > limit - 4 else text
    text = _TOWARD.sub("", text) if len(text) > limit else text
    text = _TIERS.sub("", text) if len(text) > limit - 4 else text
    parts = re.split(r"、|及(?!以)", text)
    if len(text) > limit and len(parts) > 1 and (taking := _TAKES.match(parts[0])) and len(parts[-1]) > 7:
        return taking[0] + parts[-1]
    parts[0] = re.split(r"[和与]", parts[0])[0] if len(parts[0]) >= limit else parts[0]
    if 3 < len(parts[0]) < limit and (len(text) > limit or (len(parts) > 2 and len(text) > limit - 4)):
        text = parts[0] + "等"
    elif len(text) > limit + 2:
        rests = [text[m.end() :] for m in re.finditer(r"[、和与]", text) if 8 <= len(text) - m.end() < limit + 3]
        text = rests[0] if rests else _last(text, limit)
    return text.strip(EDGE)


def _joined(modifier: str, head: str) -> str:
    """A short modifier goes with its head (新注册国际商标), a long one or one that only states a condition does not."""
    modifier = re.sub(r"我[市省县区州]$|^20\d{2}[年—－-]+20\d{2}年", "", modifier)
    if re.fullmatch(r"20\d{2}年[一-鿿]{2,8}", modifier) and len(head) < 13:
        return modifier + head
    if head.endswith(("费", "费用", "利息", "租金")):
        modifier = modifier.rpartition("的")[2]
    if re.search(r"[\d，,：:]", modifier) or len(modifier) + len(head) > 14 or _CONDITIONAL.match(modifier):
        return head
    return modifier + head


def _last(text: str, limit: int) -> str:
    """The last ``limit`` characters, or fewer, so that no word or number is cut in two where that can be seen."""
    cut = _CUT_AT.search(text, len(text) - limit - 1, len(text) - limit + 5)
    if not cut and len(text) < limit + 6:
        return text
    quoted = text.find("“", 0, len(text) - limit)
    if quoted >= 0 and text.find("”", quoted) > len(text) - limit and len(text) - quoted < limit + 8:
        return text[quoted:]  # not in the middle of a quoted name
    return re.sub(r"^[\d年月日.]+(?![万亿元%])", "", text[cut.end() if cut else len(text) - limit :])

LEVEL = (
    r"(?:国际|全国|国家|省|市|县|区|[特一二三四]等|[A-Z]|[一二三]类|[一二三四五]星|[1-5]A|境内|境外|首次|重复|[ⅠⅡⅢⅣ初中高甲乙丙])"
    r"(?:级|奖|类|期)?"
)
_TIER = re.compile(r"(?:国际|全国|国家|省|市|县|区)级?")
_GRADED_AS = re.compile(r"(?:对|凡)?(?P<thing>[一-鿿]{2,10}?)(?:经|被|首次|新|获)*(?:评定|认定|评审|评|授予)为$")
_PROOFS = ("认证", "认定", "称号", "资质", "证书")
_STEPS = re.compile(r"[一二三四五六两]个(?:节点|阶段|环节|等次|档次|档|类别)$")
_IN_PERIOD = re.compile(r"^(?:20\d{2}年)?(?:第?[一二三四]季度|[上下]半年|全年)?(?:完成|实现)?")


def zipped(before: str, count: int) -> list[str]:
    """The names of a list of ``count`` things before 分别 (国家、省优势企业…分别给予60万元、40万元), [] if there is none."""
    run = re.compile(rf"((?:{LEVEL}[、和及与/]){{{count - 1}}}{LEVEL})(?![、和及与/]{LEVEL})([^，,。；;：:]{{0,40}})")
    segments = re.split(r"[，,。；;：:]", before)[-4:]
    for at in range(len(segments) - 1, -1, -1):
        plain = re.sub(r"分别.*$", "", BRACKET.sub("", segments[at]))
        if levels := run.search(plain):
            whose = _GRADED_AS.match(LEAD.sub("", plain[: levels.start()])) if not levels[2].strip("的") else None
            return _levelled(re.split(r"[、和及与/]", levels[1]), levels[2] + (whose["thing"] if whose else ""))
        parts = re.split(r"[、和与]|(?<!普)及", plain)
        if len(parts) >= count:
            return _listed(parts[-count:], segments[at - 1] if at else "")
    return []


def _levelled(levels: list[str], thing: str) -> list[str]:
    """国家级技术中心, 省级技术中心: every level with the thing that stands after the last."""
    thing = re.sub(r"由[^，]{0,6}财政.*$", "", thing.removesuffix("的").lstrip("的")).removesuffix("的")
    things = re.split(r"[、和及与]", thing)
    name = thing if len(things) < 3 and len(thing) < LIMIT else things[0] + "等" * (len(things) > 1)
    name = "认定" * ("认定为" in name) + shorten(name) if levels[0] in ("首次", "重复") else name
    name = re.sub(r"的(?=(?:企业|单位|项目|机构)$)", "", name)
    tier = "级" if levels[-1].endswith("级") and all(_TIER.fullmatch(level) for level in levels) else ""
    tier = "类" if re.fullmatch(r"[A-Z]类", levels[-1]) else tier
    return [level.removesuffix(tier) + tier + name for level in levels]


def _listed(parts: list[str], before: str) -> list[str]:
    """The parts of a list, each with what it shares with the others; ``before`` is the segment before the list."""
    last = _STEPS.sub("", parts[-1].removesuffix("的"))
    if all(p[:1].isdigit() for p in parts[1:]):
        stem = _IN_PERIOD.sub("", LEAD.sub("", re.sub(r"\d[\d.]*\D*$", "", parts[0])))
        figure, _, head = last.partition("的")
        figures = [parts[0][len(re.sub(r"\d[\d.]*\D*$", "", parts[0])) :], *parts[1:-1], figure]
        whose = shorten(before) if before.startswith("对") else ""
        stem = (whose if 2 < len(whose) < 9 else "") + shorten(stem, 12)
        return [stem + f.removesuffix("的") + (head if len(head) < 8 else "") for f in figures]
    modifier, _, head = last.rpartition("的")
    if modifier and _PLAIN.fullmatch(head):
        last = modifier if modifier.endswith(_PROOFS) else last
    elif modifier and len(head) < 7:  # 获得甲奖、乙奖的作者
        parts, last = [re.sub(r"^.*(?:参加|获得)", "", p) + head for p in parts[:-1]] + [last], modifier + head
    if last.endswith(_PROOFS) and not any(p.endswith(_PROOFS) for p in parts[:-1]):  # 绿色食品、有机产品认证
        parts = [p + last[-2:] for p in parts[:-1]] + [last]
    names = [re.sub(r"^.*(?:的|为|对|获批|认定|通过|入选|列入|纳入|获得|取得|在|创建)(?=.)", "", p) for p in parts[:-1]] + [last]
    if names[0].startswith(("按照", "依据")):
        whose = LEAD.sub("", before)
        names[0] = names[0][2:]
        names = [whose + n for n in names] if 2 < len(whose) < 9 else names
    level = _TIER.match(names[0])
    if level and all(len(n) < len(names[0]) and not _TIER.match(n) for n in names[1:]):  # 省级智能工厂、车间
        names[1:] = [names[0][: max(level.end(), len(names[0]) - len(n))] + n for n in names[1:]]
    return names
