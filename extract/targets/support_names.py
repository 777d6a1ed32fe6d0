"""What a support is given for: a short name made of the recipient or the occasion and the word of giving."""

from __future__ import annotations

import re

from extract.targets.context import LOOK_BACK
from extract.targets.recipients import BRACKET, EDGE, EMPTY, GIVE_NOUNS, IDLE, LEAD, LEVEL, LIMIT, ONE_MORE, shorten
from extract.targets.scene import Scene
from extract.targets.words import balanced

# Where the words of paying begin: what stands before them names the recipient.
_PAY = re.compile(
    r"(?:由[^，,]{1,10}(?:财政|政府|资金))|市财政(?!局)|给予|予以|一次性|分别|按照|按(?!揭)|依据|根据|奖励|补助|补贴"
    r"|资助|发放|提供|最高|不超过|不高于|"
    r"每人每|每[年月户套台个项]|(?<!上)年度(?=最高|内|补|奖)|每个?年度|享受|减按|减征|免征|[由从](?=\d|每)|可(?=按|享"
    r"|以|给)|的标准|标准(?=为|提高|分别)|全额|定额|原则上|实行|进行|支付|返还|累计|免租"
)
_QUALIFIER = re.compile(
    r"(?:单[个户家项]|同一|每[个家户项起件人套张台辆条亩床所座间吨只头场期门](?!在用)|各|其中|奖励金额|补贴金额"
    r"|补助总额|资助经费|支持金额|总额|对单个|对同一|对每|全年|经认定|经评审)"
)
_FUNCTION = re.compile(
    r"(?:[一-鿿]{1,6}(?:新区|高新区|开发区|示范区|管委会|政府)|即?[前第][一二两三四五\d]年|[^，]{0,6}根据.*情况"
    r"|(?:采用|采取|以|均不|不受|未).*|.*(?:最多"
    r"|最长)可?享受.*|.*标准(?:退坡|提高|调整|降低).*|.*(?:情况|标准|办法|规定)(?:给予|予以).*|每[个家户].*(?:不超过"
    r"|不少于|限).*|[^，]{0,6}(?:财政|政府)(?:部门)?"
    r"|经[^，]{0,10}(?:认定|评审|审核|同意|确认)|原则上|在[^，]{0,20}(?:基础上|后|期间|范围内)|可|由[^，]{0,10}|首次"
    r"|给予.*|提高[^，]{0,6}标准)"
)
_OCCASION = re.compile(r"(?:对于?|凡是?|支持|鼓励|每(?=培育|引进|入选|新增|进站|孵化|招收|新认定|获批|完成)|其中[，,：:]?对)")
_ENOUGH = 24  # characters of a name that are wanted
_MOST = 30  # characters of a name whose words cannot be told apart
# what the money is given to, between the word of giving and the figures: 给予平台服务商3000元, 给予每个机架每年不超过1000元
_OBJECT = re.compile(
    r"(?:给予|奖励|补助|补贴|资助)(?:其|该)?(?P<object>(?:每[个家台户间套])?[一-鿿]{2,12}?(?:商|机构|单位|主体|企业"
    r"|人员|人才|团队|机架|床位|贡献|费用|学生|个人))"
    r"(?:每[年月])?(?:一次性)?$"
)
# 按实际支付额的3%、最高不超过50万元的标准，对高校、科研院所予以奖励
_TO_LATER = re.compile(
    r"[^；;。\n\d]{0,8}?(?:标准|比例)?[，,、]?(?:[^，,；;。\n]{0,20}标准)?[，,]?对(?P<to>[一-鿿、]{2,14})(?:（[^（）]{"
    r"1,10}）)?(?:予以|给予)"
)
_EACH_THING = re.compile(r"每[项家个件](?P<thing>[一-鿿]{2,8}?)按照?")
_CEILING = re.compile(r"(?:(?:年度)?最高)?(?:救助|补助|补贴|奖励|资助|支付|报销)限额(?=[为是]?$)")
_ALONE = re.compile(r"(?:单[个户家]|每[个户家项])(?P<name>[一-鿿]{6,12})(?:最高|不超过|累计|上限|$)")
_PLAIN_ALONE = re.compile(
    rf"(?:单位|企业|项目|机构|主体|个人|人)?(?:年度?|当年|每年|累计|最高){{0,3}}(?:享受)?(?:{GIVE_NOUNS.pattern})"
)
_GOT = re.compile(r"^因[^，,]{2,16}获得")
_EACH_OF = re.compile(
    r"(?:单[个户家项]|同一|每[个家起辆台](?!在用))(?!支持|奖|补|资助|每|不|最|年)(?P<thing>[一-鿿]{1,10}?)"
    r"(?=因|每[个年]|年|当年|最|不|累计|单次|享受|内|给予|奖|补助|补贴|资助|资金|支持|救助|上限|可|获|的|$)"
)
_EACH_BEFORE = re.compile(r"(?<=对)(?:单[个户家]|同一)(?P<thing>[一-鿿]{2,10})[，,]$")
_MARK = re.compile(r"(?:单[个户家]|同一|每[个家起])[一-鿿]{2,6}?(?=补|奖|资助|支持|救助|$)|累计|单次|上限$")
_PAID = re.compile(r"(?<=的)(?:受益财政|(?:中央|省|市|县|区)级?财政|[省市县区]政府)$")
_PAYER = re.compile(
    r"(?:^|的|由)(?:由|积极|争取)*(?P<payer>(?:[一-鿿（）]{1,6}和)?(?:受益|(?:中央|省|市|县|区|州)(?:本?级)?)财政|[省市县区]政府)"
)
_BARE_SIZE = re.compile(r"(?:超过|高于|不足|达到?)?\d")
_SIZE_OF = re.compile(
    r"(?:^|[，,；;。：:])(?:其中[，：]?|对)?(?P<of>(?!超|高于|达到|不足)[一-鿿]{2,8}?)(?:在|为|超过"
    r"|达到?)?\d[^，,；;。：:]{1,24}的"
)
_CHANGED = re.compile(r"(?:实行|享受|实施|[、，将把])(?P<what>[一-鿿]{3,12})$")  # 对特困人员实行起付线降低50%
# 按照算力使用费用的20%: a cost that is named says what is paid for, an amount (投资额, 成交额) does not
_COST = re.compile(
    r"按照?(?:(?P<bought>(?:购置)?新?设备(?:购置|投资))(?:总?额|金额)的?|(?:其|企业|当年|上年度|实际|支付|发生|缴纳"
    r"|的)*(?P<cost>[一-鿿]{0,8}(?:(?<!经)费用?|租金"
    r"|利息|电价))(?:支出|金额|总额)?的?)$"
)
_STEP = re.compile(
    r"(?P<step>(?:产值|投资|收入|税收|销售额|营业收入|融资额|[一-鿿]量)?每(?:满|增加|新增|增长"
    r"|提高)\d[\d.]*[一-鿿%]{1,6}?)[，,]?(?:由[^，,]{2,8})?(?:一次性)?(?:给予|奖励|补助|补贴|奖补)[^，,]{0,12}$"
)
_STEP_OWN = re.compile(r"[一-鿿]{0,8}每?(?:满|增加|新增|增长|提高)\d")
_ACT = re.compile(
    r"[一-鿿]{2,10}?(?:企业|单位|机构|主体|个人|农户|合作社|商户|高校|院所|团队)(?:每年|当年|年度"
    r"|累计)*(?!在)[一-鿿、]{4,}\d.*的$"
)
_SIZE = re.compile(
    r"(?:20\d{2}年)?(?:第?[一二三四]季度)?[一-鿿]{0,6}(?:投资|产值|收入|规模|金额|交易额|销售额"
    r"|营业额)额?(?:首次)?(?:达到?|突破|超过|在|为)?\d"
)
_SOME = re.compile(r"\d[^的]{2,14}?(?P<head>项目|企业)")
_ONE_OF = re.compile(r"^每(?P<verb>引进|培育|入选|新增|招引|孵化|建成)(?:[一1][家个项名])$")
_MEASURED = re.compile(r"(?:单[个户家项]|同一|每[个家])(?P<of>[一-鿿]{4,14}?)[中内]?的(?P<what>[一-鿿]{0,4}(?:比例|额度|标准))")
_TELLS = re.compile(r"\d[万亿%家个件项元]|受让|购买|引进|引入|采购")  # what tells the support from others under the heading
_WAIVED = re.compile(r"(?P<how>免[收征]|减收|减免|免除|减半收取|减半征收|免)$")
RENT = re.compile(r"的?(?P<what>[一-鿿]{0,6}(?:租金|房租|费用?|租))(?:$|[，,、。；;])")
_NO_AID = re.compile(r"机构|企业|单位|主体|基金|团队|[一-鿿]者|个人|商户|平台|的|资金|比例|标准|幅度|相应|部分")
_BY_RULE = re.compile(r"^[，,]?按照?(?:有关|相关|国家)?(?:规定|政策)[，,]?")
_FIGURE = re.compile(r"\d[\d.]*[万亿]?元")
_ONLY_COST = re.compile(r"(?P<cost>保费|租金|房租|利息|电费|水费|学费)(?:由|按|给予|予以)")
_PHRASE_BEFORE = re.compile(
    r"(?:给予|发放|提供|享受)(?P<noun>(?!一次性)[一-鿿]{2,5}(?:补贴|补助|奖励|津贴))(?:每[人户生名]?每?[年月]?)?$"
)
_PHRASE_AFTER = re.compile(
    r"(?:的|给予|予以|进行|发放)+(?P<noun>(?!一次性|给予|予以|最高|奖|补)[一-鿿]{2,7}?(?:补贴|补助|奖励|津贴))$"
)
_DONE = re.compile(r"(?<=进行)(?:资助|奖励|补助|补贴|奖补|支持)(?=[，,]$)")  # 对…进行资助，最高不超过50万元
_HEADED = re.compile(r"(?:企业|单位|机构|个人|主体|项目|团队|人员|平台|园区|商户|农户|合作社|医院|学校)$")
_LAND = re.compile(r"出让最低价|底价")
_TITLED = re.compile(rf"(?:{GIVE_NOUNS.pattern})$")
_ONLY_LEVEL = re.compile(LEVEL)
_LEVEL_GIVES = re.compile(rf"(?P<level>{LEVEL})的?(?:一次性)?(?:给予|予以|奖励|补助|补贴|资助|奖补)")
_GIVEN_LAST = re.compile(r"(?:给予|予以)[^，,]{0,8}(?:扶持|支持|奖励|补助|资助|补贴|奖补)$")
_CARRIED_OUT = re.compile(r"(?<=.{6})(?:实行|执行)“")
_CARRYING_OUT = re.compile(r"进行(?=资助|奖励|补助|补贴)")
_EACH_TIME = re.compile(r"每[人户生]?每[年月]$")
_COST_REACHED = re.compile(r"(?<=费用)(?:达到?|超过)\d.*$|(?<=[电租保]费)(?:达到?|超过)\d.*$")
_YEAR_OF_PART = re.compile(r"^20\d{2}年(?=第?[一二三四]季度|[上下]半年)")
_BY_TREASURY = re.compile(r"^[^，]{0,20}财政(?=对)")


def support_name(scene: Scene, base: str, cap: bool) -> str:
    """A name in at most 24 characters. ``base`` is the support before; a ceiling (``cap``) takes over its name."""
    level = _LEVEL_GIVES.match(scene.pre)
    other = _ONLY_LEVEL.search(base) if level else None
    if level and other and other[0][-1] == level["level"][-1]:  # 国家级…奖励200万元，省级奖励50万元
        return base[: other.start()] + level["level"] + base[other.end() :]
    own = _own(scene)
    if cap and base and not own:
        return _ceiling(scene, base)
    if _ONLY_LEVEL.fullmatch(own) and (nouns := list(GIVE_NOUNS.finditer(base))):  # 特等奖9万元，二等奖5万元
        return base[: nouns[-1].start()] + own + base[nouns[-1].start() :]
    name = _name(scene, own)
    if cap and (_EACH_OF.search(scene.pre) or scene.pre.endswith("累计") or "上限" in scene.text[scene.begin : scene.first.start]):
        name = _ceiling(scene, name + "比例")
    name = _CARRYING_OUT.sub("", name)
    step = _STEP.search(scene.text, max(scene.statement.start, scene.begin - 40), scene.first.left)
    if step and len(name) < 3:
        of = re.search(r"[一-鿿]{2,12}$", scene.text[scene.statement.start : step.start("step")])
        name = of[0] + name if of else name
    name = _paid_by(scene, name)[-_MOST:]
    return balanced(name) + (f"（{step['step']}）" if step and step["step"] not in name else "")


def _ceiling(scene: Scene, base: str) -> str:
    """The name of a ceiling: of a rate the plain name, of a sum that with 上限, and whose it is where the text says so."""
    stem = _MARK.sub("", re.sub(r"（[^（）]*每[^（）]*）", "", base.removesuffix("比例")))
    nouns = list(GIVE_NOUNS.finditer(stem))
    noun = stem[nouns[-1].start() :] if nouns and nouns[-1].end() == len(stem) else ""
    stem = stem[: len(stem) - len(noun)]
    words = scene.text[scene.begin : scene.last.right]
    if named := _CEILING.search(scene.text, scene.begin, scene.first.start):
        return stem + noun * (noun not in named[0] and len(noun) > 2) + named[0]
    each = _EACH_OF.search(words) or _EACH_BEFORE.search(scene.text, max(scene.statement.start, scene.begin - 24), scene.begin)
    mark = each[0].strip(EDGE) if each else ""
    if each and each[0] != mark:  # 对同一主体，…累计不超过
        stem, mark, each = mark + stem, "", None
    if each and stem.endswith(each["thing"]):
        stem, mark = mark.removesuffix(each["thing"]) + stem, ""
    elif each and len(each["thing"]) > 3 and 2 * len(set(each["thing"]) & set(stem)) >= len(each["thing"]):
        body = _HEADED.search(each["thing"]) and not each["thing"].endswith(("项目", "活动", "产品"))
        stem, mark = (stem, "") if body else ("", mark)
    if (to := _OBJECT.search(scene.pre)) and not mark:
        mark, noun = to["object"] if to["object"] not in stem else "", giving(scene)
    total = next((w for w in ("累计", "单次") if w in words), "")
    limit = "上限" if "上限" in words or not (base.endswith("比例") or total) else ""
    limit = "总额" if "总额" in words else limit
    if noun and (given := GIVE_NOUNS.search(scene.text, scene.begin, scene.first.left)) and not to:
        noun = given[0]
    mark = mark if len(stem + mark + total + noun + limit) <= _ENOUGH else ""
    return stem + mark + total + noun + limit


def _paid_by(scene: Scene, name: str) -> str:
    """The name with the payer where several pay side by side: 县财政奖励30万元，市财政奖励20万元."""
    own = _PAYER.search(scene.head)
    if not own:
        return name
    sentence = scene.text[scene.statement.start : scene.statement.end]
    if len({m["payer"] for m in map(_PAYER.search, re.split(r"[，,、]", sentence)) if m}) < 2:
        return name
    noun = list(GIVE_NOUNS.finditer(name))
    at = noun[-1].start() if noun else len(name)
    return name[:at].removesuffix(own["payer"]) + own["payer"] + name[at:]


def _name(scene: Scene, own: str) -> str:
    """A name of what is given, but for what tells it from others of the statement."""
    rate = "比例" if scene.first.kind in ("rate", "share") else ""
    heading = IDLE.sub("", LEAD.sub("", scene.context.headings(scene.statement.start)[2])).removeprefix("提供")
    titled = _TITLED.search(heading) is not None and not heading.endswith(("扶持", "支持", "优惠"))
    core = own or _given_to(scene) or _before(scene)
    if cost := _ONLY_COST.match(scene.pre):
        core = _joint(core, cost["cost"])
    noun = giving(scene)
    if scene.first.change and (changed := _CHANGED.search(scene.pre)):
        return (core[:8] + changed["what"] + noun)[-_ENOUGH:]
    to = _OBJECT.search(scene.pre)
    loose = len(core) > 10 and "对" not in scene.earlier and not ONE_MORE.search(scene.earlier)
    if to and not own and (len(core) < 3 or loose or to["object"].endswith("贡献")):
        core = to["object"]
    elif to and to["object"].startswith("每") and len(core) + len(to["object"]) + len(noun) <= _ENOUGH:
        core += to["object"]
    fits = len(noun) < 4 or noun in heading or noun.startswith(("配套", "一次性", "资金"))
    if noun == heading and re.search(r"且|并|在", core):  # a condition, no recipient
        return heading + rate
    if titled and fits and 6 <= len(heading) <= LIMIT and (len(core) < 3 or (len(core) > 14 and not _TELLS.search(core))):
        return heading + rate
    if titled and len(heading) < 6 and 3 <= len(core) <= _ENOUGH - len(heading):
        return _joint(core, heading) + rate
    if titled and not own and 6 <= len(heading) <= LIMIT and len(core) > 2 and _apart(scene, core, heading, noun):
        return (core if len(core) < 9 else "") + heading + rate
    core = core or _basis(scene)
    core = _EACH_TIME.sub("", core)
    core = _told_apart(scene, _COST_REACHED.sub("", core))
    if (cost := _COST.search(scene.pre)) and "贴息" not in noun:
        paid = cost["cost"] or cost["bought"]
        core = core if paid in core or set(paid) & set(noun[:-2]) else paid if len(paid) > 5 else _joint(core, paid)
    if len(core) < 3 and (titled or len(core) < 2):
        core = heading or core
    if own.endswith(("比例", "标准", "额度", "费率")):
        policy = "" if len(own) > 6 else _before(scene).removesuffix("政策")
        return _joint(policy, own)
    if not own and core == heading and len(noun) > 4 and len(set(noun) & set(core)) > 2:
        return noun + rate
    name = core if noun in core else _joint(core, noun)
    if len(name + rate) > _ENOUGH and len(core) > 8 and name.startswith(core):
        name = shorten(core, max(8, len(core) + _ENOUGH - len(name + rate) - 2)) + name[len(core) :]
    return name + ("" if name.endswith("比例") or _FIGURE.search(core) else rate)


def _told_apart(scene: Scene, core: str) -> str:
    """The core with what tells it from its like: whose size it is, which projects, which of the same recipients."""
    earlier = scene.text[scene.statement.paragraph : scene.first.left]
    core = _YEAR_OF_PART.sub("", core)
    if _SIZE.match(core) and (whose := re.findall(r"(?:^|[，,；;。：:])对([^，,；;。]{2,40})[，,]", scene.earlier)):
        who = shorten(whose[-1])
        return who + core if who not in core and len(who + core) <= LIMIT + 2 else core
    if (kind := _SOME.fullmatch(core)) and "其中" in earlier:
        kinds = re.findall(rf"的([一-鿿]{{3,8}}{kind['head']})", earlier)
        return core.removesuffix(kind["head"]) + kinds[-1] if kinds else core
    if scene.pre.startswith("其") and scene.begin > scene.statement.start:
        who = shorten(re.split(r"[，,]", scene.text[scene.statement.start : scene.begin - 1])[-1].removesuffix("发展"))
        return who + core if len(who + core) <= LIMIT and who not in core else core
    if len(core) > 4 and scene.text.count("的" + core, scene.statement.paragraph, scene.statement.end + LOOK_BACK) > 1:
        reached = r"(?:^|[，,；;。：:])(?:对|凡)?([^，,；;。且、]{2,14}\d[^，,；;。且、]{1,4})[^，,；;。]{0,40}的"
        condition = re.findall(reached + re.escape(core), earlier)
        which = IDLE.sub("", condition[-1]) if condition else ""
        return which + core if len(which + core) <= LIMIT + 2 else core
    return core


def _apart(scene: Scene, core: str, heading: str, noun: str) -> bool:
    """Does the heading (创业带动就业补贴) say what the money is for, and the sentence only who gets it?"""
    same = heading.endswith(noun) or (noun in _SUBSIDIES and heading.endswith(_SUBSIDIES))
    if not same or ONE_MORE.search(scene.earlier) or _TELLS.search(core) or 9 <= len(core) < 11:
        return False
    return len(set(core) & set(heading)) < 3 and len(core if len(core) < 9 else "") + len(heading) <= LIMIT + 2


def _joint(first: str, second: str) -> str:
    """Two words as one, what ends the first and begins the second said once: 入廊 and 入廊费 make 入廊费."""
    shared = next((k for k in range(min(len(first), len(second)), 1, -1) if first.endswith(second[:k])), 0)
    return first + second[shared:]


def _given_to(scene: Scene) -> str:
    """低保对象 in 定额资助低保对象: the recipient after the word of giving, where nothing stands before the figures."""
    found = re.match(
        r"[^，,。；;]{0,6}?(?:定额|全额)?(?:资助|补贴|救助|保障|返还)([一-鿿、]{3,16})(?:$|[，,。；;])",
        scene.text[scene.last.start : scene.group.segment[1]],
    )
    if not found:
        found = re.match(r"(?:的标准)?(?:定额|全额)?(?:资助|补贴|救助)([一-鿿、]{3,16})$", scene.post)
    return found[1] if found and not re.search(r"政策|标准|支持|资金", found[1]) else ""


def giving(scene: Scene) -> str:
    """The word of giving that belongs to the figures: the first after them, else the last before them."""
    after = GIVE_NOUNS.search(scene.text, scene.last.right, scene.group.segment[1])
    before = list(GIVE_NOUNS.finditer(scene.pre))
    if scene.first.kind == "time" and (let_off := waived(scene)):
        return let_off
    if _LAND.search(scene.pre + scene.head):
        return "优惠"
    if ceiling := _CEILING.search(scene.text, scene.begin, scene.first.start):
        return ceiling[0]
    phrase = _PHRASE_BEFORE.search(scene.pre) or _PHRASE_AFTER.match(scene.post)
    if phrase and not _NO_AID.search(phrase["noun"]):
        return phrase["noun"]
    found = after or (before[-1] if before else None)
    found = found or GIVE_NOUNS.search(scene.text, scene.last.right, scene.statement.end) or _DONE.search(scene.earlier)
    each = re.search(r"每[人生户]", scene.pre)
    nearest = list(GIVE_NOUNS.finditer(scene.earlier)) if each and not found else []
    return found[0] if found else nearest[-1][0] if nearest else "标准" if each else "支持"


def waived(scene: Scene) -> str:
    """免收房租 in 免收3个月房租, "" where the figures are no months of rent or fees."""
    how, what = _WAIVED.search(scene.pre), RENT.match(scene.rest)
    return how["how"] + what["what"] if how and what else ""


def _own(scene: Scene) -> str:
    """The recipient in the segment of the figures: 特困人员 in 特困人员按90%予以救助."""
    if scene.first.kind == "time" and waived(scene):
        own = _WAIVED.sub("", scene.pre)
        return "" if re.search(r"\d", own) else shorten(own)
    pre = _BY_RULE.sub("", scene.pre)
    pay = _PAY.search(pre)
    core = _GOT.sub("", (pre[: pay.start()] if pay else pre).strip(EDGE))
    core = _PAID.sub("", core)
    if (alone := _ALONE.match(scene.pre)) and _TITLED.search(alone["name"]) and not _PLAIN_ALONE.fullmatch(alone["name"]):
        return alone["name"]
    if (later := _TO_LATER.match(scene.rest)) and (thing := _EACH_THING.match(scene.pre) or _EACH_THING.search(scene.head)):
        return shorten(later["to"] + thing["thing"])
    if named := _NAMED_AID.match(scene.pre):
        return named["aid"]
    if measured := _MEASURED.fullmatch(core):
        return measured["of"] + measured["what"]
    if _QUALIFIER.match(core) or _FUNCTION.fullmatch(core):
        return ""
    core = LEAD.sub("", _BY_TREASURY.sub("", core))
    if _BARE_SIZE.match(core):
        return _sized(scene, core)
    return "" if len(core) < 3 or _FUNCTION.fullmatch(core) or _STEP_OWN.match(core) else shorten(core)


def _before(scene: Scene) -> str:
    """The recipient or occasion in the segments before: 对…企业，, …的，, 每培育一家…企业，"""
    segments = re.split(r"[，,：:]", scene.text[max(scene.statement.start, scene.begin - LOOK_BACK) : scene.begin].rstrip("，,：:"))
    if (one := _ONE_OF.search(segments[-1])) and (of := re.search(rf"{one['verb']}([^。；;]{{4,80}}?)(?:的?[，,])", scene.earlier)):
        return one["verb"] + shorten(of[1], LIMIT - 2)
    found: dict[int, str] = {}
    for segment in reversed(segments[-8:]):
        plain = _plain(segment)
        if (
            len(plain) < (3 if plain[:1] == "对" else 4)
            or "《" in plain
            or plain.endswith("规定")
            or EMPTY.fullmatch(plain.removeprefix("对").removesuffix("的"))
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
            rank = 2 if _ACT.match(plain) else 4 if "的" in plain else 5
        found.setdefault(rank, plain)
    if not found or min(found) > 4:
        return ""
    if _BARE_SIZE.match(found[min(found)]):
        return _sized(scene, found[min(found)])
    nearest = _plain(segments[-1])
    described = "的" in nearest and nearest[0] not in "并且同" and _HEADED.search(nearest)
    if 0 in found and "的" not in found[0] and described:  # 对增速高于平均，排名前20名的企业，
        first = nearest.split("、", 1)[0]
        return shorten(first) + "等" if first != nearest and "的" in first and _HEADED.search(first) else shorten(nearest)
    return shorten(found[min(found)])


def _sized(scene: Scene, size: str) -> str:
    """10亿元以上 with what it is the size of, where only the condition before says so (并购金额5亿元以下的…；10亿元以上的…)."""
    sizes = _SIZE_OF.findall(scene.text[scene.statement.sentence_start : scene.begin])
    size = re.sub(r"的?(?:受益财政|[省市县区][一-鿿]{2,3})?(?:给予|奖励|补助|补贴).*$", "", size)
    size = size.removesuffix("的").replace("的部分", "部分")
    size = re.sub(r"及?以上", "", size) if size.startswith(("超过", "高于")) else size
    return (re.sub(r"^年度", "", sizes[-1]) + size if sizes else shorten(size))[-LIMIT - 2 :]


def _plain(segment: str) -> str:
    """A segment without brackets, and without the words of giving at its end."""
    plain = BRACKET.sub("", segment).strip(EDGE)
    given = _GIVEN_LAST.search(plain) or _CARRIED_OUT.search(plain)
    return plain[: given.start()] if given and given.start() > 5 else plain


def _basis(scene: Scene) -> str:
    """算力使用费用 in 按照算力使用费用的20%, "" if the rate names no basis."""
    found = re.search(r"按照?(?!最高|不超过|不低于|不高于)([^，,。；;]{3,24}?)的?$", scene.pre)
    return found[1] if found else ""

# 丧葬补助每人3000元
_NAMED_AID = re.compile(
    r"(?P<aid>(?![每最给予一单同累发享年月再各可按的其对]|[一-鿿]{0,1}[每最年])[一-鿿]{2}(?:补助|补贴|津贴"
    r"|抚恤金))(?:标准|金额)?(?=每[人户月年]|为|$)"
)
_SUBSIDIES = ("补贴", "补助", "奖补")
