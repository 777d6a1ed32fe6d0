"""Supports: money and rates that a policy gives to somebody (给予50万元奖励, 按投资额的10%补助, 每年不超过100万元)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extract.targets.context import LOOK_BACK, Context, Finding
from extract.targets.figures import Figure, alternatives, verbs
from extract.targets.recipients import GIVE_NOUNS, LEVEL, zipped
from extract.targets.scene import Scene
from extract.targets.statements import Group, Statement
from extract.targets.support_names import RENT, giving, support_name, waived
from extract.targets.words import clean

_GIVE = alternatives([w for w in verbs("give") if w not in ("支持", "配套", "优惠", "租金")])
_HAS_GIVE = re.compile(rf"{_GIVE}|支持|给予|优惠|免租|免[收征]\d|减半收取\d")
_SUM = r"(?:力度|标准|金额|总额|资金|比例|额度|期限|经费)?"
_LEFT = re.compile(rf"(?:{_GIVE}|给予|发放|提供|享受|支持金额|资金支持|予以|租金){_SUM}[^，,。；;]{{0,24}}$")
_LEFT_BARE = re.compile(rf"支持{_SUM}[^，,。；;]{{0,4}}$")
_STRONG_LEFT = re.compile(rf"(?:{_GIVE}|给予|支持(?:金额|总额|资金)){_SUM}(?:为|按|到|最高|累计)?$")
_AMOUNT_IS = re.compile(rf"(?:{_GIVE}|支持|资助){_SUM}(?:为|是|按)[^，,。；;]{{0,50}}$")
_BY_RATE = re.compile(r"按照?[^，,。；;]{0,40}$")
_RIGHT = re.compile(rf"[^，,。；;\d]{{0,40}}?(?:{_GIVE}|支持|配套|免租|优惠)")
_RIGHT_NEAR = re.compile(
    rf"(?:的|以内|以下|左右|标准|比例|幅度|人民币|一次性|，|,|进行|予以|给予){{0,6}}(?:[一-鿿]{{0,8}})(?:{_GIVE}|支持|优惠|启动资金)"
    r"|[^，,。；;\d]{0,40}(?:予以|给予)"
)
# 按成交额的3%、最高不超过20万元的标准，对单位予以奖励
_LATER = re.compile(
    rf"[^；;。\n]{{0,60}}?(?:予以|给予|进行)[^，,；;。\n]{{0,24}}?(?:{_GIVE}|资金支持|支持)|的?(?:比例|标准)[，,]?(?:给予|予以)"
)
_GIVEN_NOW = re.compile(
    rf"的?(?:标准|比例|幅度|资金|一次性|部分)?(?:[一-鿿（）()]{{0,12}}?)(?:{_GIVE}|给予|予以|支持|优惠|启动资金|资金)(?![^，,。；;（(]{{0,10}}\d)"
)
_GIVEN_NEXT = re.compile(r"的?(?:一次性|资金)?(?:奖|补|资助|支持|贴息)")
_IN_KIND = re.compile(r"[^，,。；;\d]{0,10}(?:免租|住房|公寓|办公用房)")
_ENJOYED = re.compile(rf"享受[^，,。；;]{{0,6}}(?:{_GIVE})的[^，,。；;\d]{{1,10}}$")  # 享受补贴的面积: how much of it is aided
_TERM = re.compile(r"的[^，,。；;\d]{0,12}(?:补助|补贴|奖励|资助|贴息|免租)")
_CAP = re.compile(r"最高|最多|不超过|不高于|上限|限额|累计|总额|封顶")
_NOT_GIVEN = re.compile(
    r"分担|负担|分成|(?<!实际)缴纳|兑现|累计发放|[已共]发放|拨付比例|注册资本(?!的\d|的?\d[\d.]{0,4}%)|贷款额度|罚|融资规模"
    r"|分[两二三四五\d]个?[年期批次]|投资基金[，,]规模|基金规模|起付标准|授信"
    r"|承担(?!单位|国家|省|市|项目|的)|投资额在"
)
_IN_PARTS = re.compile(r"分[两二三四五\d]个?[年期批次]")
_LABELLED = re.compile(rf"(?:{_GIVE})(?:标准|金额|额度|限额)(?:为|如下)?[:：]")  # 补贴标准：城市…元/月，农村…元/月
_PER = re.compile(r"每(?:满|增加|新增|增长|完成|引进|储备|提高|发现)[^，,。；;\d]{0,12}$|前$")
_AMOUNT = re.compile(
    r"(?:总投资|投资额?|营业收入|交易额|产值|成交额|销售额|年薪|实缴|注册资本|规模|合同额"
    r"|(?<!奖励)(?<!补贴)(?<!补助)(?<!资助)(?<!支持)(?<!救助)金额)(?:达|在|为|累计)?$"
)
_AT_RATE = re.compile(rf"的?(?:标准|比例)[，,]?(?:享受|给予|予以|进行|{_GIVE})")
_FULL = re.compile(r"(?:予以)?(?:资助|补贴|返还|奖补|补助|予以|给予|退还|免除|减免|保障|救助|奖励|代缴|报销|贴息)")
_MATCH = re.compile(r"(?:的?比例)?(?:给予|予以|进行)?(?:[一-鿿]{0,4})(?:配套|匹配|奖励|补助)")
_EACH = re.compile(r"每(?:人|生|户|名|床|亩|孩|位)(?:每[年月日天])?$|每[年月]$")
_PERSONAL = re.compile(r"(?:标准|金)[^，；。]{0,20}每[人生户]")
_ALLOWANCE = re.compile(r"标准|助学金|津贴|补助|补贴|奖学金|抚恤金")
# 运转经费按每村10万元的标准保障; 按每村每年10万元的标准落实运转经费
_RUNNING = re.compile(
    r"经费[^，,。；;\d]{0,24}\d|标准(?:足额|全额)?(?:落实|安排|保障|核定|拨付|列支|配备)[^，,。；;]{0,16}?(?:经费|资金)"
)
_STANDARD = re.compile(r"的?(?:保障|补助|核定|安排|最低|经费)?标准")
_PREFERENCE = re.compile(r"倾斜|优惠|减免|降费")
_NEW_RECIPIENT = re.compile(r"[，,](?:同时)?(?:对(?!同一|单)|凡)(?:(?!予以|给予)[^，,]){4,60}[，,]")
_EVERY = re.compile(r"每[人生户名](?:每[年月])?$|每[年月]$")
_LAND_PRICE = re.compile(r"底价|起始价|地价|土地价款")


def find_supports(context: Context, statement: Statement, carried: str) -> Iterator[tuple[Group, list[Finding]]]:
    """The supports of a statement, with the figures they use up.

    ``carried`` is the name of the last support of the paragraph: a ceiling in a sentence of its own goes with it.
    """
    words = context.text[statement.start : statement.end]
    gives = _HAS_GIVE.search(words) or _LAND_PRICE.search(words) or _PERSONAL.search(words) or _RUNNING.search(words)
    if not gives and not carried:
        return
    given = "" if gives else carried
    base, floor = "", statement.start
    for group in statement.groups:
        scene = Scene(context, statement, group, statement.start, given=given)
        other = _NOT_GIVEN.search(context.text, *group.segment)
        if other and not (_IN_PARTS.fullmatch(other[0]) and group.last.kind == "money"):  # 分三年给予共计300万元
            continue
        if scene.last.kind in ("size", "count") and scene.last.op == "<=" and _ENJOYED.search(scene.pre):
            yield group, _findings(scene, clean(scene.pre), "")
            continue
        reason = _attached(scene)
        if reason is None:
            continue
        if _NEW_RECIPIENT.search(context.text, floor, group.segment[0]):
            base = ""
        floor = group.last.right
        name = support_name(scene, base or ("" if gives else carried), cap=_is_cap(scene))
        base = name if not base or not _is_cap(scene) else base
        given = name
        yield group, _findings(scene, name, reason)


def _is_cap(scene: Scene) -> bool:
    """最高不超过30万元, 每年累计不超过100万元: a ceiling of money."""
    return scene.first.kind == "money" and (scene.first.op == "<=" or _CAP.search(scene.pre) is not None)


def _attached(scene: Scene) -> str | None:
    """Why the figures are a support: "" for a sure sign, a reason for a weak one, None if they are none."""
    f, rest = scene.last, scene.rest
    if f.kind == "whole":
        return "" if scene.text[f.start : f.end] == "全额" and _FULL.match(rest) else None
    if f.kind == "share":
        return "" if f.value == "1:1" and _MATCH.match(rest) else None
    if f.kind == "time" and f.unit == "个月" and waived(scene):
        return "减免以月数计"
    if f.kind == "time":
        return "" if f.unit == "年" and f.before and _TERM.match(rest) else None
    if f.kind == "size":
        return "" if _IN_KIND.match(rest) and not f.after else None
    labelled = _LABELLED.search(scene.text, scene.statement.sentence_start, scene.first.left) is not None
    if labelled and f.unit is not None and (f.kind == "money" or f.unit == "倍") and not (f.after and scene.post):
        return ""
    if f.kind not in ("money", "rate") or (f.unit is None and f.kind == "money") or _is_condition(scene, f):
        return None
    if f.change and f.kind == "rate":
        preference = _PREFERENCE.search(scene.earlier + scene.rest[:LOOK_BACK])
        return "优惠待遇中的增减" if preference else None
    return _money_or_rate(scene, f)


def _money_or_rate(scene: Scene, f: Figure) -> str | None:
    pre, post, rest = scene.pre, scene.post, scene.rest
    if _STRONG_LEFT.search(pre) or _GIVEN_NOW.match(post):
        return ""
    threshold = f.after in ("以上", "及以上") and post
    if (_LEFT.search(pre) or (f.kind == "money" and _LEFT_BARE.search(pre))) and not threshold:
        return ""
    if _BY_RATE.search(pre) and (_LATER.match(rest) or (_RIGHT.match(rest) and "计算" not in post)):
        return ""
    given = scene.given or re.search(_GIVE, scene.earlier)
    if f.kind == "money" and _is_cap(scene) and given:
        return ""
    if f.kind == "money" and _EACH.search(pre) and _ALLOWANCE.search(scene.earlier):
        return ""
    if f.kind == "money" and _STANDARD.match(post) and _RUNNING.search(scene.earlier[-40:] + scene.text[f.start : f.start + 40]):
        return "按标准安排的经费"
    if f.kind == "rate":
        if given and f.op == "<=" and f.before.startswith(("最高", "可提高")):
            return ""
        if _AMOUNT_IS.search(pre):
            return ""
        if _LAND_PRICE.search(scene.earlier) and f.before == "不低于":
            return "低于标准的最低价"
        if _RIGHT_NEAR.match(rest) and "以上" not in f.after:
            return "比例在给予一类词语之前"
    return None


def _is_condition(scene: Scene, f: Figure) -> bool:
    """A threshold that the recipient must meet: 总投资3000万元以上的, 每满50万元, 产值超过1亿元的企业."""
    pre, post = scene.pre, scene.post
    if scene.text[scene.group.segment[0] : scene.group.segment[1]].endswith("的"):
        return True
    if _PER.search(pre) or (f.kind == "money" and _AMOUNT.search(pre)):
        return True
    if _BY_RATE.search(pre) and _AT_RATE.match(post):  # 按30%以上标准享受补助
        return False
    if f.after in ("以上", "以下", "及以上", "及以下") and post and not _GIVEN_NEXT.match(post):
        return True
    if f.before in ("达到", "达", "突破", "超过", "超"):
        return True
    if _GIVEN_NOW.match(post):
        return False
    if post.startswith("的"):
        return not re.match(
            r"的(?:比例|(?:保障|补助|最低)?标准|幅度|额度|(?:优惠)?税率|部分由|[税费利]率(?:计?征|予以|给予|缴纳))", post
        )
    return bool(f.after) and bool(post) and not _HAS_GIVE.match(post) and f.op == ">="


def _findings(scene: Scene, name: str, reason: str) -> list[Finding]:
    group, text = scene.group, scene.text
    links = [text[a.right : b.left].strip("、和及与或以按照") for a, b in pairwise(group.figures)]
    names = zipped(scene.earlier, len(group.figures)) if links and not any(links) else []
    nouns = list(GIVE_NOUNS.finditer(name))
    noun = nouns[-1].start() if nouns else None
    if noun is not None and len(group.figures) > 1 and (at := name.find(giving(scene))) >= 0:
        noun = min(noun, at)
    begin, end = group.segment
    found = []
    for i, f in enumerate(group.figures):
        part = (
            links[i - 1]
            if i and len(links[i - 1]) >= 2
            else names[i]
            if names
            else _own_part(scene)
            if any(links) and not i
            else ""
        )
        if part and not names and re.fullmatch(LEVEL, part):
            at = noun if noun and part.endswith("奖") else 0
            label = name[:at] + part + name[at:]
        else:
            given = _given(scene, "" if noun is None else name[noun:])
            part = _EVERY.sub("", part)
            shared = name[:noun] if noun else ""
            if _EVERY.search(scene.pre) and not names and shared not in scene.pre and len(part + shared + given) <= 20:
                part += shared
            label = part[-24:] + ("" if noun is None or part.endswith(given) else given) if part else name
        op = "<=" if f.op == "=" and scene.first.op == "<=" and not f.before else f.op
        stop = f.right if i + 1 < len(group.figures) else _stop(text, f.right, end)
        value, unit = (100, "%") if f.kind == "share" else (f.value, f.unit)
        by = scene.context.grant_by(scene.statement, begin, scene.last.right)
        found.append(
            Finding(
                begin, stop, "support", label[:30], op, value, unit, f.change, scene.baseline(f), by, 0.7 if reason else 1.0, reason
            )
        )
    return found


def _given(scene: Scene, noun: str) -> str:
    """The word of giving behind the figures where it says more than that of the name: 一次性装修补助."""
    after = GIVE_NOUNS.search(scene.text, scene.last.right, scene.group.segment[1])
    return after[0] if after and (after[0].endswith(noun[:2]) or len(noun) == 2) else noun


def _own_part(scene: Scene) -> str:
    """国家级 in 给予国家级30万元、省级10万元, "" if the first figure names no part."""
    part = re.search(r"(?:给予|按照?|奖励)([A-Z一-鿿]{2,8})$", scene.pre)
    return part[1] if part else ""


def _stop(text: str, right: int, end: int) -> int:
    """The end of the quote: with the word of giving where it follows the figure."""
    noun = GIVE_NOUNS.search(text, right, min(end, right + 24))
    rent = None if noun else RENT.match(text, right, min(end, right + 12))
    return noun.end() if noun else rent.end("what") if rent else right
