"""Who speaks in a document: the place, or the university, company or hospital, that completes names (市财政局, 教务处).

The issuer says it first, then the titles. A document printed without its head is read for what it calls its own (我市, 市财政局)
and for the place that it names most; without enough of both it has no place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from extract.agencies.bodies import table
from extract.agencies.places import find_names, read_place, setting_of
from extract.agencies.townships import titled, township
from extract.models import Setting

_BODY = (
    r"[一-鿿（）()·]{2,24}?(?:大学|学院|学校|中学|小学|幼儿园|医院|研究院|研究所|集团有限公司|有限责任公司|股份有限公司|有限公司"
    r"|集团公司|公司|集团)"
)
_INSTITUTION = re.compile(rf"(?:中国共产党|中共)?(?P<body>{_BODY})(?:委员会|党委|党政办公室|校长办公室|院长办公室|办公室)?")
_TITLED = re.compile(rf"(?P<body>{_BODY})关于")
_AUTHORITY = re.compile(r"政府|委员会|[局厅]|国务院|指挥部|领导小组")
_OWN = re.compile(
    r"(?:[我全本])(?P<own>自治区|[省市州盟县区旗])(?!域)"
    r"|(?:(?<![一-鿿])|(?<=由))(?P<unit>自治区|[省市州县区旗])(?:委|政府|人民政府|[一-鿿]{2,10}?[局委办厅])(?=[、，,；;。）)〕】\s]|$|牵头|负责|会同)"
)
_SCHOOLS = ("大学", "学院", "学校", "中学", "小学", "幼儿园")
_OWN_SCHOOL = re.compile(r"[我本][校院](?!区)")
_COUNTY = re.compile(r"(?<![一-鿿])([一-鿿]{2,5}[县区旗])(?=[一-鿿]{2})")  # 《白鹭区…方案》, by its name in full
_HEAD = 20_000  # characters that are read: what a document calls its own stands in its first pages
_PREAMBLE = 400
_TAIL = 1_000
_SITE = re.compile(r"([一-鿿]{2,14}?[省市县区州旗盟])人民政府(?:门户)?(?:网站?)?\n")  # the owner of a page, in its first line
# 结合云陵实际, 把云陵建设成…
_REALITY = re.compile(
    r"(?:结合(?=[一-鿿]{2,7}实际)|[把将](?=[一-鿿]{2,7}(?:建设|打造|建)成))([一-鿿]{2,6}?[省市县区州]?)(?:实际|建设成|打造成|建成)"
)
_BRANCH = re.compile(r"(?:银行|电网|电力|移动|联通|电信|铁塔|税务局)([一-鿿]{2,3}?[省市])(?:分行|分公司|税务局|电力公司)")
_SIGN = re.compile(r"中共([一-鿿]{2,14}?[省市县区州旗盟])委|(?<![一-鿿])([一-鿿]{2,14}?[省市县区州旗盟])(?:人民政府|委员会|人大)")
_ENOUGH = 4  # points (see _points): a committee that is cited and a name beside it
_ENOUGH_COUNTY = 5  # short names of counties are ordinary words too (平安, 和平)


def setting_for(issuers: Iterable[str], titles: Iterable[str], text: str) -> Setting:
    """The place or institution that speaks, from what the head names, else from the text; ``Setting()`` where nothing tells."""
    heads = tuple(titles)
    for issuer in issuers:
        body = institution(issuer) or township(issuer)
        if (found := setting_of(issuer)) is not None or body:
            return _with_body(found or (_county_of(text) if township(issuer) else None), body)
    for title in heads:
        if body := _titled(title, text):
            return _with_body(setting_of(body), body)
    for title in heads:
        town = titled(title, text)
        if (found := setting_of(title)) is not None or town:
            return _with_body(found, town)
    return setting_from_text("，".join(heads), text) or Setting()


def _county_of(text: str) -> Setting | None:
    """The county or district of a township whose head does not name it: the one that the text names, far ahead of any other."""
    points: Counter[Setting] = Counter()
    for found in _COUNTY.finditer(text, 0, _HEAD):
        if (read := read_place(found[1])) is not None and read.setting.county and read.length == len(found[1]):
            points[read.setting] += 1
    best = points.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > 2 * best[1][1]) else None


def institution(issuer: str) -> str:
    """The university, school, hospital or company that an issuer is or belongs to, "" for an authority."""
    match = _INSTITUTION.fullmatch(re.sub(r"\s", "", issuer))
    if match is None or _AUTHORITY.search(match["body"]):
        return ""
    central = table().get(("S", match["body"]))  # 中国科学院 is a central body
    return match["body"] if central is None or central.kind == "company" else ""


def _with_body(place: Setting | None, body: str) -> Setting:
    return (place or Setting())._replace(body=body) if body else place or Setting()


def _titled(title: str, text: str) -> str:
    """The institution at the head of a title: before 关于, or where it also signs the text or stands over it (…文件)."""
    match = _TITLED.match(title)
    if match is not None:
        return institution(match["body"])
    match = re.match(_BODY, title)
    if match is None or not institution(match[0]):
        return ""
    signed = re.search(rf"(?:^|[\n\t]){re.escape(match[0])}(?:文件)?(?:$|[\n\t])", text)
    own = match[0].endswith(_SCHOOLS) and _OWN_SCHOOL.search(text, 0, _HEAD)
    return match[0] if signed or own else ""


def setting_from_text(title: str, text: str) -> Setting | None:
    """The place that a document without a head speaks from, None without sufficient evidence.

    The tier is the one that the text calls its own (我市, 全市, 市财政局); the place is the one of that tier that the title,
    signatures, cited titles (《中共云陵市委…》) and sentences name clearly more than any other.
    """
    stretch = text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"
    tier = _own_tier(f"{title}\n{stretch}")
    if not tier:
        return None
    points = _points(title, stretch, tier)
    best = points.most_common(2)
    if not best or (len(best) > 1 and best[0][1] < 2 * best[1][1]):
        return None
    place, sum_of = best[0]
    if place.county and len(best) == 1 and place.county in f"{title}，{text[:_PREAMBLE]}":  # named in full where the text begins
        return place
    return place if sum_of >= (_ENOUGH_COUNTY if place.county else _ENOUGH - (len(best) == 1)) else None


def _own_tier(text: str) -> str:
    """The generic word of the place that the text calls its own, "" where it calls none so."""
    counts: Counter[str] = Counter()
    for match in _OWN.finditer(text):
        counts[match["own"] or match["unit"]] += 2 if match["own"] else 1
    if counts["自治区"]:
        counts["自治区"] += counts.pop("区", 0)  # an autonomous region calls itself 全区
    lowest = [word for word in ("区", "旗", "县", "市", "州", "盟", "自治区", "省") if counts[word] >= 2]
    return max(lowest, key=lambda word: counts[word], default="")


def _points(title: str, text: str, tier: str) -> Counter[Setting]:
    """Evidence for each place of the tier: 3 a name in the title, 3 a party committee or government that signs or is cited (at
    most two of them count), 1 any other name (at most three count)."""
    points: Counter[Setting] = Counter()
    titled = Counter(s for s in find_names(title, counties=True) if _fits(s, tier))
    signed = (read_place(m[1] or m[2]) for m in _SIGN.finditer(text))
    official = Counter(read.setting for read in signed if read is not None and _fits(read.setting, tier))
    own = [m[1] for m in (_SITE.match(text), *_BRANCH.finditer(text), *_REALITY.finditer(text)) if m]
    official.update(read.setting for name in own * 2 if (read := read_place(name)) is not None and _fits(read.setting, tier))
    named = Counter(s for s in find_names(text, counties=bool(titled)) if _fits(s, tier))
    for place in official.keys() - named.keys():  # places in no table
        named[place] = text.count(place.place)
    points.update(dict.fromkeys(titled, 3))
    points.update({place: 3 * min(n, 2) for place, n in official.items()})
    points.update({place: min(n, 3) for place, n in named.items()})
    return points


def _fits(place: Setting, tier: str) -> bool:
    return place.place.endswith(tier) and (tier != "区" or place.tier == "county")
