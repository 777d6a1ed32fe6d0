"""Names for targets: the indicator before a figure, or the thing counted after it."""

from __future__ import annotations

import re

LIMIT = 30

_LEAD = re.compile(
    r"(?:第[一二三四五六七八九十百]{1,5}条|[①-⒑㈠-㈩]|“?[^”“]{2,10}”——|年内|[一二三四五两\d]年(?=累计)"
    r"|\d{1,2}[.．、﹑﹒](?!\d)|[一二三四五六七八九十]{1,2}是|其中|力争|争取|努力"
    r"|确保|实现|推动|推进|促使|使|并且?|且|以及|和|及|与|、|将|把"
    r"|按照?|基本|全面|原则上|每年度?|每季度|每月|年均|累计|完成|开展|"
    r"通过|同时|做到|保持|保证|要|应当|应(?!急)|须|为|在|于|对|预计|到|"
    r"[到至]?(?:20\d{2}|二[〇○零][〇○零一二三四五六七八九]{2})年(?:年?底|末|\d{1,2}月底?)?之?前?|年底前"
    r"|\d{1,2}月(?:\d{1,2}日|底|末)?之?前"
    r"|“?十[四五六]五”?(?:期间|末期|期末|末|时期)|[未今][来后][一二三四五\d]年|[一二三四五\d]年内)"
)
_TRAIL = re.compile(
    r"(?:力争|争取|确保|均|都|各|应当?|须|要|分别|全部|稳定|基本|普遍|实现|累计|每年|总数|在[^，]{0,12}基础上"
    r"|在[^，]{4,40}中|的|[较比](?:上年|去年"
    r"|20\d{2}年)(?:同期)?|同比|年均|年平均|平均|再|可"
    r"|\d{1,2}月(?:\d{1,2}日|底|末)?之?前|(?:到|至)?20\d{2}年[底末]?|放宽[到至为]?|(?<=[率入值量额资])完成|进一步"
    r"|原则上|增加[一两二三]倍|翻[一两]番|(?<!下)达|为|由|从|在|将)$"
)
_BRACKET = re.compile(r"[（(][^（）()]{0,40}[）)]")
_GUIDED = re.compile(r"^(?:引导|推动|督促|鼓励|支持|指导)[^，]{2,24}?(?:逐步|要|应)?将(?=[^，]{3})")  # 引导担保机构将平均费率降至…
_SINCE = re.compile(r"同比|[比较](?:上年|去年|20\d{2}年)(?:同期|底|末)?")
_PLACE = r"(?:全|(?!城市|城区|园区|社区|县区)[一-鿿]{1,5}?)[市县区州旗盟]"
_OTHER_PLACES = r"其[他它余][一-鿿]{0,2}(?:城市|地区|地方|[市县区])"
_PLACES = rf"(?:{_PLACE}(?:[、和与]{_PLACE}){{0,8}}|{_OTHER_PLACES})"
_ONLY_PLACES = re.compile(_PLACES)
_PLACES_FIRST = re.compile(rf"{_PLACES}(?=[^、])")
_MEASURE = re.compile(r"(?:率|比例|比重|占比|面积|产量|产值|规模|增加值|总量|收入|额|浓度)$")
_TITLED = re.compile(r"([^，,。；;：:（）()]{2,20})[：:][^。；;：:]*$")
_EDGE = '，,、。；;：: \t“"”—-·'
_STRIP_NOUN = re.compile(r"^(?:具有|拥有|符合)?[^的]{0,40}的(?=[^的]{3,})")
# 提醒、约谈等柔性监管
_KIND = re.compile(
    r"[^，,。；;：:（(\n\d的]{4,60}等(?!相关|有关|各类|其[他它])(?P<name>[一-鿿]{4,12})(?=[，,。；;]|$)"
)
_ACTS = "开工|建成|投产|签约|履约|办结|培训|开放|达标|合格|整改|销号|入住|并网|转化|利用|处置|回收|覆盖"
_ACT = re.compile(rf"(?P<act>{_ACTS})(?P<rate>率?)")
_ACT_LAST = re.compile(rf"(?:{_ACTS})(?P<rate>率?)$")
TAIL_NOUN = re.compile(r"(?:率|比例|比重|占比|面积|产量|产值|规模|增加值|数量|总量|收入|额)$")
_MINIMAL = re.compile(r"(?:[^、的]{2}率|比例|比重|占比|面积|产量|产值|规模|增加值|数量|总量|收入|[^、的]额)$")
_EACH = re.compile(
    r"((?:每个?(?![年月季周日天半学])|各|所有)[一-鿿]{1,8}?)(?:均|都|至少|建成|建好|建设|新建|创建|组建|培育|形成|拥有|打造|建有|要|应|设置|配备|全年|每|自主|$)"
)


def clean(text: str) -> str:
    """An indicator without lead-in words, brackets and trailing verbs."""
    text = _GUIDED.sub("", _BRACKET.sub("", text).strip(_EDGE))
    for _ in range(8):
        shorter = _LEAD.match(text)
        if not shorter:
            break
        text = text[shorter.end() :].strip(_EDGE)
    for _ in range(5):
        cut = _TRAIL.search(text)
        if not cut or cut.start() == 0:
            break
        text = text[: cut.start()].strip(_EDGE)
    return balanced(text)


def balanced(text: str) -> str:
    """The text with the quotation mark that a cut has taken off."""
    if text.count("“") == text.count("”"):
        return text
    return "“" + text if text.count("”") > text.count("“") else text + "”"


def tail(text: str, limit: int = LIMIT) -> str:
    """The end of a long name: what follows its last 的, or its last ``limit`` characters."""
    if len(text) <= limit:
        return text
    after = text.rpartition("的")[2]
    if 6 <= len(after) <= limit:
        return after
    acted = re.search(r"(?:要|应当?|须|将|把|对)([^，]{6,})$", text[-limit - 8 :])
    return acted[1][-limit:] if acted else text[-limit:]


def inherited(name: str, latest: str, earlier: str) -> str:
    """The indicator of a figure whose own words name only places (南河市不低于45%) or a base year (比上年提高3个百分点).

    It is that of the figure before in the statement (``latest``) or stands before a colon in ``earlier``.
    """
    if latest and _SINCE.fullmatch(name):
        return latest
    if len(name) < 4 and (whose := _whose(name, latest, earlier)):
        return whose
    if not _ONLY_PLACES.fullmatch(name):
        return name
    titled = None if latest else _TITLED.search(earlier)
    measure = _PLACES_FIRST.sub("", latest, count=1) if latest else clean(titled[1]) if titled else ""
    return tail(name + measure) if _MEASURE.search(measure) else name


def _whose(name: str, latest: str, earlier: str) -> str:
    """签约率, 培训, 开工率 with what is meant by them: the phrase before that ends so, the sibling before, or 对…."""
    act = _ACT.fullmatch(name)
    if not act:
        return ""
    phrase = re.search(rf"(?:^|[，,。；;：:])([^，,。；;：:\d]{{2,24}}{act['act']})[，,：:][^，,：:]{{0,6}}$", earlier)
    if phrase:
        thing = re.sub(r"^(?:[一-鿿]{2,12}牵头)?(?:推动|负责|组织|做好|开展|加强)?", "", phrase[1])
        return tail(clean(thing) + name[len(act["act"]) :])
    sibling = _ACT_LAST.search(latest)
    if sibling and len(latest) - len(sibling[0]) > 1 and bool(sibling["rate"]) == bool(act["rate"]):
        return latest[: sibling.start()] + name
    subject = re.search(r"(?:^|[，,。；;])对([^，,。；;\d]{2,14})[，,]", earlier)
    return subject[1] + name if subject and act["rate"] else ""


def time_limit(name: str) -> str:
    """办结时限 for 办结: the name of a limit for handling, without who handles it."""
    name = re.sub(r"^[^，]{2,12}?(?:应当|应|须)?将(?=[^，]{4})|^予以|[由从]\d.*$", "", name)
    name = re.sub(r"^[^，]{2,12}应当(?=[^，]{4})", "", name)
    name = re.sub(r"^.*对([^，]{2,10})(?:进行|开展)(?=[^，]{2,8}$)", r"\1", name)
    done = name.find("完成", 2)
    name = name[done + 2 :] if done > 0 and len(name) > done + 3 else name
    return name if name.endswith(("时限", "时间", "时长", "期限", "用时", "周期", "天数")) else name + "时限"


def noun_after(post: str) -> str:
    """The thing counted after a figure (10家以上[龙头企业]): up to a stop, without its attributes."""
    post = post[:120]
    if (kind := _KIND.match(post)) and "、" in kind[0]:
        return kind["name"]
    noun = re.split(r"[，,、。；;：:（(\n]|(?<=[一-鿿])(?:和|及|与|以及)(?=\d)", post, maxsplit=1)[0]
    if post[: len(noun) + 60].startswith(noun) and len(noun) < len(post) and post[len(noun)] == "、" and "的" not in noun:
        # an attribute in parts: 10个特色鲜明、亮点突出的场景
        whole = re.split(r"[，,。；;：:（(\n]", post, maxsplit=1)[0]
        if ("的" in whole or re.fullmatch(r".{1,4}级", noun)) and not re.search(r"\d|至少|不少于|[一两三]次", whole):
            noun = whole
    stripped = _STRIP_NOUN.sub("", noun)
    while "的" in stripped[:-3] and len(stripped) > 6:
        stripped = stripped.partition("的")[2]
    return balanced(tail(stripped.strip(_EDGE + "的")))


def subject_each(pre: str) -> str:
    """每个县区 in 每个县区至少形成, "" if the sentence names no such class."""
    found = _EACH.search(pre)
    return found[1] if found else ""


def with_tail(names: list[str]) -> list[str]:
    """The names of a list with the noun that its last one holds for all: 全市小麦、玉米良种覆盖率."""
    common = next((k for k in range(len(names[0]), 2, -1) if names[0][-k:] in names[-1]), 0) if names else 0
    if common and (rest := names[-1].partition(names[0][-common:])[2]):  # 一级医院、二级医院住院费用: 住院费用 is of both
        return [*(n + rest for n in names[:-1]), names[-1]]
    if not names or not TAIL_NOUN.search(names[-1]) or any(TAIL_NOUN.search(n) for n in names[:-1]):
        return names
    own = re.sub(r"^(?:全[市省县区州国]|我[市省县区])", "", clean(names[0]))
    minimal = _MINIMAL.search(names[-1])
    noun = names[-1][len(own) :] if len(own) <= 3 < len(names[-1]) - len(own) + 1 else minimal[0] if minimal else ""
    return [*(n + noun for n in names[:-1]), names[-1]]
