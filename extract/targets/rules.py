"""When a figure in prose is a target, and of what: one function a form of words."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from extract.targets.context import LOOK_BACK, Finding
from extract.targets.figures import Figure, alternatives, verbs
from extract.targets.recipients import zipped
from extract.targets.scene import Scene
from extract.targets.shares import CONDITION_HEAD, COVERED, Sense, coverage
from extract.targets.words import LIMIT, TAIL_NOUN, clean, inherited, noun_after, subject_each, tail, time_limit, with_tail

_BUILD = re.compile(rf"(?:{alternatives(verbs('build'))})$")
_WORK = re.compile(rf"(?:{alternatives(verbs('work'))})$")
_BUILD_IN = re.compile(rf"(?:{alternatives(verbs('build'))})")
_WORK_IN = re.compile(rf"(?:{alternatives(verbs('work'))})")
_NAMED_WITH_VERB = ("新建", "新增", "组建", "引进", "新引进", "再引进", "培训", "改造", "储备", "创建", "淘汰")
# Words before a figure that make it part of a description: 等5个部门, 分为3类, 在12个县, 第3届.
_DESCRIBES = re.compile(
    r"(?:分为|共|包括|以下|上述|下列|这|该|前|后|第|其他|其它|等|的|在|由|对|按|从|含|和|及|任|同|近|过去|全国|为期|连续|另|其余|即|(?<![拥建具])有|(?<!建)设|距|每|逾|于|满|原"
    r"|现有|(?<![投启使])用|至|中|向|以|(?<!占)比|较|与|年产|日产|月产|“)$"
)
_APPLICANT = re.compile(r"的(?:企业|单位|项目|机构|个人|人员|用户|主体|家庭|对象)(?=$|可|应|予|给|免|不)")
_LIST_OF = re.compile(r"^(?:力争|加快|着力|重点|努力)?(?:形成|打造|培育|建成|新建|创建|引进)[^，]{2,60}等$")
_OF = re.compile(r"的(?!增速|速度|比例|标准|目标|水平|要求|覆盖|费率|利率|占比)")
_AIMS = re.compile(r"[，,]?(?:力争|确保|争取|实现|完成|达到|今明两年)")
# 增量不低于1000万元，排名前20名的企业，每家给予…: what the recipient must have
_RECIPIENT = re.compile(
    r"[^；;。]{0,80}?的[^，,；;。]{1,40}[，,](?:每[^，,]{1,3}|分别|一次性|由[^，,]{2,12}|市财政|最高){0,3}(?:给予"
    r"|予以|奖励|奖补|补助|按)"
)
_OCCASION = re.compile(r"(?:^|[，,])(?:对于?|凡)(?![^；;。]*(?:给予|予以|奖励|补助|补贴))[^；;。]*$")
_OR_IF = re.compile(r"[，,]?(?:或者?|且|并且?|同时)[^。；;，,]{2,40}的[，,]")
_OF_WHICH = re.compile(r"[^，,。；;、\d]{1,20}(?:率|比例|占比|比重)(?:达到?|为|不低于|超过)?\d")
_BUILT_WITH = re.compile(r"(?:形成|建成|构建|配建)(?P<name>[^，,。；;的]{2,24})$")
_BARE_NAME = re.compile(r"(?:总)?(?:规模|面积|投资|数量|长度|金额)")
_ACTION = re.compile(r"[，,]?(?:(?:依据|按照|根据)[^，,。；;]{2,30}?(?=开展|进行|完成|组织|实施))?([^，,。；;、]{2,28})")
_DATE_ONLY = re.compile(r"(?:和|及)?(?:到|至)?20\d{2}年(?:[底末]|\d{1,2}月底?)?(?:力争|争取|确保|全部|基本)?")
_SET_UP = re.compile(r"(?:设立|成立|组建|建设|新建|建立|打造|发起)(?:[^，,]*的)?([一-鿿“”]{3,16})$")
_AMOUNT_NAME = re.compile(r"(?:总投资|投资额?|产值|收入|金额|资产)$")
_SUPPORT_NAME = re.compile(r"(?:补贴|补助|奖励|资助)(?:面积|期限|金额|标准|年限)?$|^(?:企业|单位|项目|面积|期限)$")
_FORBIDS = re.compile(r"不得(?!超过|少于|多于|低于|高于)|不再|不予|免|延期|延迟|过渡期|保护期|有效期|缓缴|宽限")
_PUT_OFF = re.compile("延迟|延期|顺延")
_REDUCED = re.compile(r"(?:压缩|压减|缩短|降低|减少)(?:至|到).*$|[由从]\d[^，,]{0,20}$")
_MEASURED = re.compile(r"(?:年限|年数|天数|时长|时间|时数|周期|寿命)$")  # 平均受教育年限达到11年
_PER_HEAD = re.compile(r"(?:每(?:[百千万]|十万|百万)(?:名|位)?(?:常住)?(?:人口?|户|老人|老年人)|人均|户均)(?:拥有|配备|配置)?$")
_PER_THOUSAND = re.compile(r"[^，]{0,8}每(?:[百千万]|十万|百万)(?:名|位)?(?:常住)?(?:人|老人|老年人|户)")
_BASIS = re.compile(r"[^，,。；;]{0,40}基础上")  # 在实现60户以上自然村通车的基础上
_EACH_MORE = re.compile(r"每(?:新?增加?|新?培育|新?引进|招引|完成|新?认定|建成|获批|孵化)$")  # 每新增1家企业奖励5万元
_WORKS = re.compile(r"(?:推进|加快|实施|启动)[^，]{0,24}$")
_WORK_NOUN = re.compile(r"[^，,。；;]{2,16}(?:建设|改造|整治|治理|修复|绿化)(?:[，,。；;]|$)")
_FUND_SET_UP = re.compile(r"(?:设立|组建|发起)(?:总?规模)?$")  # 设立2亿元停车建设专项资金
_FUND = re.compile(r"(?:规模)?的?([^，,。；;\d的]{2,30}(?:资金|基金|经费))(?!的)")
_GETS_BUILT = re.compile(  # 首批100个…全面建成
    r"[^，,。；;、的\d]{2,24}(?:建成|完工|竣工|开工)(?:投用|投产|运行|使用|运营)?(?:[，,。；;]|$)"
)
_TEXT = re.compile(r"[一-鿿A-Za-z“\d]")
_REACHES = re.compile(r"(?:实行|实现|推动|推进|确保|达到|完成|做到|加快|力争|进行|开展|推行|保持|落实|到)")
_CLUSTER = re.compile(r"(?:[^，,。；;、\d]{0,12})(?:集群|产业|规模|园区|企业|基地)")
_CLUSTER_VERB = re.compile(r"形成|打造|达到|培育|建设|建成")


def find_figure_targets(scene: Scene) -> list[Finding]:
    """The targets that a group of figures states, [] if it states none."""
    kind = scene.last.kind
    if scene.context.emergency and not kind.endswith("time") and not (scene.last.unit == "次" and scene.compared):
        return []  # 每年至少演练一次 is to be reached
    if kind == "whole":
        return [found for i in range(len(scene.group.figures)) for found in _whole(scene.alone(i))]
    if kind.endswith("time") and scene.last.unit not in ("岁", "课时", "学时"):
        return _time_limit(scene)
    if kind == "level":
        return _level(scene)
    if kind in ("share", "bare", "grade", "zero"):
        return _unitless(scene)
    by = scene.by
    sense = _sense(scene, (by is not None, scene.goal, scene.chain))
    if sense is None:
        return []
    led = scene.gives and sense[1] == 1 and _BUILD.search(scene.pre) is not None
    if scene.gives and not led and (sense[1] < 0.8 or by is None or not _stated(scene) or _SUPPORT_NAME.search(sense[0])):
        return []
    found = _findings(scene, *sense)
    return [replace(found[0], indicator=name) for name in _each(scene)] or found if len(found) == 1 else found


def _each(scene: Scene) -> list[str]:
    """The names of a list that one figure holds for: A率、B率均达到95%; none where it is no such list."""
    words = scene.text[scene.first.left : scene.first.start]
    if "均" not in words and "都" not in words:
        return []
    parts = re.split(r"[、和与]", clean(scene.pre))
    if not 1 < len(parts) < 9 or not TAIL_NOUN.search(parts[-1]) or not all(2 <= len(p) <= 24 for p in parts):
        return []
    bare = [p for p in parts[:-1] if not TAIL_NOUN.search(p)]
    return with_tail(parts) if len(bare) == len(parts) - 1 else [] if bare else parts


def _stated(scene: Scene) -> bool:
    """Does the statement itself name a deadline before the figures?"""
    start = max(scene.statement.start, scene.first.left - LOOK_BACK)
    return bool(scene.context.deadlines(start, scene.first.left))


def _sense(scene: Scene, signs: tuple[bool, bool, bool]) -> Sense | None:
    """The indicator of a figure with the confidence that it is a target, None if it is not."""
    f, pre, post = scene.last, scene.pre, scene.post
    counted = f.kind in ("count", "cn-count")
    if f.kind == "rate" and (rate := coverage(scene)):
        return rate
    if f.kind == "size" and f.after and scene.by and (m := COVERED.match(post)) and m[1].endswith("面积"):
        return (tail(clean(m[1])), 0.8, "其后所述面积")
    if f.kind == "money" and _FUND_SET_UP.search(pre) and (m := _FUND.match(post)):
        return (m[1], 0.8, "所设资金的规模")
    if f.kind == "cn-count" and _OF_WHICH.match(post):  # 最多一次换乘到达县城比例达到100%
        return None
    signs = (signs[0] or _AIMS.match(scene.head) is not None, *signs[1:])
    if _is_condition(scene, counted):
        return None
    if counted and (f.after or scene.compared) and post.startswith("的"):
        post = post[1:]
    follows = post[:1] not in ("", "、", "，", ",", "）", ")", "”", "的") and _TEXT.match(post) is not None
    sized = f.kind in ("size", "money") and (_BUILD.search(pre) or scene.compared in ("不少于", "不低于", "至少"))
    if follows and (counted or sized):
        return _counted(scene, signs)
    name = inherited(_indicator(scene), scene.latest, scene.earlier)
    name += "增收" if scene.first.before == "增收" else "层数" if f.unit == "层" and name else ""
    if len(name) < 2 or name.startswith(("参考", "参照")) or _SUPPORT_NAME.search(name):
        return None
    aimed = scene.goal or "力争" in scene.head
    if f.kind == "money" and f.after and not scene.compared and not aimed and _AMOUNT_NAME.search(name):
        return None
    if scene.compared or f.after:
        return (name, 1.0, "")
    if follows and f.kind != "rate":
        return None
    return _unmarked(f, name, clean(pre), follows, signs)


def _unmarked(f: Figure, name: str, core: str, follows: bool, signs: tuple[bool, bool, bool]) -> Sense | None:
    """A figure after its indicator without a word of comparison: 治理水土流失面积42平方公里."""
    if f.unit == "次" and f.value == 1:
        return None  # 每季度开展1次: a rhythm of work
    if _PER_THOUSAND.match(core):
        return (name, 0.9, "人均数值")
    if _BUILD_IN.match(core) or (_WORK_IN.match(core) and (any(signs) or isinstance(f.value, tuple))):
        return (name, 0.9, "没有达到、不低于一类词语")
    if f.kind == "rate" and follows and not any(signs) and f.value != 100:
        return None
    if any(signs) or (f.kind == "rate" and f.value == 100):
        return (name, 0.7, "指标名称后直接写数值")
    return None


def _is_condition(scene: Scene, counted: bool) -> bool:
    """Thresholds and descriptions: 总投资5000万元以上的项目, 对入驻达30家的园区, 占地3亩以上农户."""
    f, head, pre, post = scene.last, scene.head, scene.pre, scene.post
    if counted and f.unit in ("人", "口") and f.after and post.startswith(("家庭", "的家庭", "户")):
        return True  # 三人以上家庭每增加一人
    if pre.endswith(("每", "“")) or _PUT_OFF.search(scene.text, scene.begin, f.start):
        return True
    if "在" in head and _BASIS.match(post):
        return True
    if (f.after and _OR_IF.match(scene.rest)) or (
        scene.gives and (_EACH_MORE.search(pre) or (_OCCASION.search(scene.earlier) and _RECIPIENT.match(scene.rest)))
    ):
        return True
    if f.kind in ("rate", "size") and scene.compared and post.startswith("的") and not scene.gives and _BUILT_WITH.search(pre):
        return False
    built = counted and (f.after or scene.compared) and (_BUILD.search(pre) or _WORK.search(pre))
    if (_OF.match(post) and not built) or (post.endswith("的") and not f.change):
        return True
    if CONDITION_HEAD.match(head.lstrip("、")) and "的" in post and not post.startswith("的"):
        return True
    if scene.chain and pre in ("和", "及", "以及", "、", "与"):
        return False
    if head.startswith("经") and re.search(r"认定|批准|评审", head):
        return True
    if not _BUILD.search(pre) and not _WORK.search(pre) and not f.change and _APPLICANT.search(post):
        return True
    if not scene.compared and _DESCRIBES.search(pre) and not (f.kind == "rate" and pre.endswith("的")) and not _LIST_OF.search(pre):
        return True
    set_aside = f.kind == "rate" and re.search(r"预留|安排|提取|拿出|划出", pre) is not None
    if f.after and not counted and _TEXT.match(post) and not scene.compared and not set_aside:
        return True
    return scene.compared in ("低于", "小于", "少于", "不足", "不到") and not f.after and f.kind != "rate" and scene.by is None


def _counted(scene: Scene, signs: tuple[bool, bool, bool]) -> Sense | None:
    """新建3座水库, 打造不少于10个场景, 每个县区至少形成1个集群: the thing counted follows the figure."""
    f, core = scene.last, scene.pre.rstrip("，,：:")
    noun = noun_after(scene.post.removeprefix("的"))
    if len(noun) < 2:
        return None
    verb = _BUILD.search(core)
    work = None if verb else _WORK.search(core)
    if not verb and not work:
        return _counted_apart(scene, core, noun, signs)
    if work and f.op == "=" and not any(signs) and not isinstance(f.value, tuple):  # a range is planned
        return None
    name = subject_each(core) + (verb[0] if verb and verb[0] in _NAMED_WITH_VERB else "") + noun
    weak = not (verb or scene.compared)
    return (name[: LIMIT + 6], 0.8 if weak else 1.0, "数值前的动词较弱" if weak else "")


def _counted_apart(scene: Scene, core: str, noun: str, signs: tuple[bool, bool, bool]) -> Sense | None:
    """As ``_counted``, with no verb directly before the figure."""
    f = scene.last
    if _PER_HEAD.search(core):
        return (core[-12:] + noun, 0.9, "人均数值")
    if _LIST_OF.search(core):
        return (noun, 0.8, "所列事项的件数")
    if _WORKS.search(core) and (scene.goal or _WORK_NOUN.match(scene.post)):
        return (clean(core)[-8:] + noun, 0.7, "建设事项连同数量")
    if any(signs) and _GETS_BUILT.match(scene.post):
        return (noun.removesuffix("全面建成").removesuffix("建成"), 0.8, "数值后的动词")
    if f.after == "以上" and not scene.compared and not (scene.chain and not core.strip("、和及")):
        return None
    inside = _BUILD_IN.search(core) or (_WORK_IN.search(core) if any(signs) else None)
    if not inside and not scene.compared and not (scene.chain and not core.strip("、和及")):
        return None
    if inside and f.op == "=" and not (signs[0] or signs[2]) and len(core) - inside.end() > 12:
        return None
    name = subject_each(core) + noun
    weak = not scene.compared
    return (name[: LIMIT + 6], 0.8 if weak else 1.0, "数值旁没有建设一类动词" if weak else "")


def _indicator(scene: Scene) -> str:
    """The indicator before a figure; of the segment before where this one holds none."""
    pre, word = scene.pre, scene.compared
    if word and scene.first.left == scene.first.start and word in pre:
        pre, _, base = pre.rpartition(word)
        pre = re.sub(r"[要应须]?按照?$", "", pre)
        # 预留不低于全市用地指标的1/3: what the rate is of belongs to the name where little stands before it.
        pre = pre if len(clean(pre)) >= 4 or TAIL_NOUN.search(clean(pre)) else pre + base.strip("其的")
    if scene.post.startswith("的") and (within := _BUILT_WITH.search(pre)):
        pre = within["name"]
    name = clean(_REDUCED.sub("", pre))
    if len(name) >= 2:
        set_up = _SET_UP.search(scene.text, scene.statement.start, max(scene.begin - 1, scene.statement.start))
        return tail(set_up[1] + name if set_up and _BARE_NAME.fullmatch(name) else name)
    if scene.latest and not name and _DATE_ONLY.fullmatch(pre.strip("，,、；")):  # 2024年达到90%、2025年达到100%
        return scene.latest
    if scene.begin > scene.statement.start and scene.begin == scene.group.segment[0]:
        earlier = re.split(r"[，,：:]", scene.text[max(scene.statement.start, scene.begin - LOOK_BACK) : scene.begin - 1])[-1]
        return tail(clean(re.sub(r"(?:达到|超过|突破|为|增长|下降|提高|降低|减少)?\d[\d.]*[^\d，]{1,6}$", "", earlier)))
    if scene.chain and scene.first.change:
        # 突破60亿元、年均增长12%: the same indicator again.
        return tail(clean(re.split(r"(?:达到|超过|突破|为|增长|下降|提高)?\d", scene.head)[0]))
    return ""


def _findings(scene: Scene, name: str, confidence: float, reason: str) -> list[Finding]:
    text, figures = scene.text, scene.group.figures
    links = [text[a.right : b.left].strip("、和及与") for a, b in pairwise(figures)]
    names = with_tail(zipped(scene.earlier, len(figures)) if links and not any(links) else [])
    found = []
    each = [scene.by] * len(figures) if names and all(len(clean(n)) >= 2 for n in names) else scene.deadlines()
    for i, (f, by) in enumerate(zip(figures, each, strict=True)):
        link = clean(links[i - 1]) if i else ""
        label = link if len(link) >= 2 else clean(names[i]) if names and len(clean(names[i])) >= 2 else name
        end = f.right if i + 1 < len(figures) else _end(scene, name)
        change = f.change or (scene.first.change if i else None)
        op = _operator(scene, f)
        found.append(
            Finding(scene.start(), end, "target", label, op, f.value, f.unit, change, scene.baseline(f), by, confidence, reason)
        )
    return found


def _operator(scene: Scene, f: Figure) -> str:
    """不低于 before a list and 以上 after it hold for all its figures."""
    if f.op != "=" or len(scene.group.figures) == 1:
        return f.op
    if not f.before and scene.first.op != "=" and scene.first.before:
        return scene.first.op
    return scene.last.op if scene.last.after and not f.after else f.op


def _end(scene: Scene, name: str) -> int:
    """The end of the quote: with the thing counted where it follows the figure."""
    right, noun = scene.last.right, name.removesuffix("比例")[-4:]
    at = -1 if noun in scene.pre else scene.text.find(noun, right, min(scene.group.segment[1], right + 60))
    return at + len(noun) if at >= 0 else right


def _whole(scene: Scene) -> list[Finding]:
    """全覆盖 counts as 100 %."""
    f, pre, post = scene.last, scene.pre, scene.post
    if scene.text[f.start : f.end] == "全部":
        return _all(scene)
    if scene.text[f.start : f.end] == "全额" or post.startswith(("的", "”", "、", "》", "式")):
        return []
    if pre.endswith(("全方位", "、", "“", "全流程", "全天候", "多层次")):
        return []
    checked = re.search(r"对([^，]{2,30})(?:进行|开展|实行)$", pre)
    name = tail(clean(checked[1] if checked else pre), LIMIT + 6) or _indicator(scene)
    if len(name) < 2:
        return []
    name += post[:2] if checked else ""
    sure = _REACHES.search(pre) is not None
    label = name if name.endswith("率") else name + "覆盖率"
    confidence, reason = (0.9, "全覆盖按100%计") if sure else (0.7, "没有达到一类动词")
    return [Finding(scene.start(), f.end, "target", label, "=", 100, "%", None, None, scene.by, confidence, reason)]


def _all(scene: Scene) -> list[Finding]:
    """全部建成, 全部接入 with a date count as 100 %."""
    rest, by = scene.rest, scene.by
    verb, thing = rest[:2], re.split(r"[，,。；;]", rest[2:])[0]
    name = clean(scene.pre)
    name = tail(name) + verb + tail(clean(thing)) if len(name) >= 3 and thing else (name or clean(thing)) + verb
    if by is None or not by[0].isdigit() or len(name) < 3 or thing.startswith("的"):
        return []
    end = scene.last.end + 2 + len(thing)
    return [Finding(scene.start(), end, "target", name + "比例", "=", 100, "%", None, None, by, 0.6, "“全部”按100%计")]


def _time_limit(scene: Scene) -> list[Finding]:
    """3个工作日内办结, 时限压缩至2天以内: a limit for handling."""
    f, pre, post = scene.last, scene.pre, scene.post
    within = f.after in ("内", "以内", "之内")
    if _FORBIDS.search(post) or _FORBIDS.search(pre) or _OF.match(post) or (f.unit == "年" and not f.before):
        return []
    measured = f.before not in ("", "为") and _MEASURED.search(pre)
    if scene.gives or (not within and not measured and (not f.before or (f.op == "=" and not re.search(r"[压缩减短]", f.before)))):
        return []
    if within and not f.before and re.search(r"(?:近|过去|前|最近|未来|今后)$", pre):
        return []
    name = clean(re.sub(r"(?:自|从)?[^，]{0,16}(?:之日起|后)$|[由从]\d[^，]{0,8}$", "", pre))
    if within and (len(name) < 3 or not f.before):
        action = _ACTION.match(scene.rest)
        name = (name if 3 <= len(name) <= 16 else "") + (action[1] if action else "")
    name = tail(clean(name))
    if len(name) < 2 or _SUPPORT_NAME.search(name):
        return []
    op = "<=" if within else f.op
    end = max(f.right, _end(scene, name)) if within else f.right
    name, by = time_limit(name) if within else name, scene.by
    return [Finding(scene.start(), end, "target", name, op, g.value, g.unit, g.change, None, by) for g in scene.group.figures]


def _level(scene: Scene) -> list[Finding]:
    """形成300亿级产业集群: the size of a cluster to be built, in 亿元; a mere attribute where things are counted before it."""
    f, statement = scene.last, scene.statement
    noun = _CLUSTER.match(scene.post)
    earlier = (g for g in statement.groups if g.segment == scene.group.segment and g.first.start < f.start)
    if not noun or f.after or any(g.first.kind != "level" for g in earlier):
        return []
    if not _CLUSTER_VERB.search(scene.text[statement.start : f.start]):
        return []
    listed = re.sub(r"^.*(?:形成|打造|达到|培育|建设|建成)", "", scene.pre).strip("，、和")
    name = (listed if 1 < len(listed) < 16 else "") + noun[0]
    end = f.end + noun.end()
    return [Finding(scene.start(), end, "target", name, "=", f.value, f.unit, None, None, scene.by, 0.8, "拟建集群的规模")]


def _unitless(scene: Scene) -> list[Finding]:
    """零增长, 达到Ⅱ类, 手术率>3000, 1.65:1左右."""
    f, post = scene.last, scene.post
    name = tail(clean(scene.pre))
    if len(name) < 2 or _OF.match(post) or _is_condition(scene, counted=False):
        return []
    if f.kind in ("bare", "share") and (not f.before or post[:1] not in ("", "、", "，", ",", "）", ")")):
        return []
    if f.kind == "grade" and not f.before:
        return []
    reason = "数值没有单位" if f.kind == "bare" else ""
    by = scene.by
    return [
        Finding(scene.start(), f.end, "target", name, f.op, f.value, f.unit, f.change, None, by, 0.9 if reason else 1.0, reason)
    ]
