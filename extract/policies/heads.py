"""Find where a document begins: its title, its 文号, the issuing authority and the date beside them.

A document begins with a title that stands over, under or without a number line. A contents page names titles too, but with page
numbers and without a number line, an addressee or a text: it gives no heads.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.agencies.places import full_name, read_place
from extract.policies.genres import ENDINGS
from extract.policies.layout import Line
from extract.policies.marks import marker_at

_DATE = (
    r"(?:(?:\d{4}|[二〇○零OＯ0一三四五六七八九]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日"
    r"|(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2})"
)
DATE_LINE = re.compile(rf"[（(]?({_DATE})[）)]?")
_NUMBER = r"(?:[一-鿿]{1,14}[〔\[【（(]\d{4}[〕\]】）)]第?\d{1,5}号|[一-鿿]{2,24}(?:公告|通告)\d{4}年第\d{1,4}号)"
NUMBER_LINE = re.compile(
    rf"(?:(?:发文字号|发文号|文号|文件编号|公文字号)[:：])?[（(]?(?P<number>{_NUMBER})[）)]?[，,]?[（(]?(?P<date>{_DATE})?[）)]?"
    rf"|[（(]?(?P<date2>{_DATE})[，,]?(?P<number2>{_NUMBER})(?:公布|发布|印发)?[）)]?"
)
_ORDER_NO = r"(?P<no>(?:[〔\[【(（]\d{4}[〕\]】)）])?第(?:\d{1,4}|[一二三四五六七八九十百零〇]{1,6})号)"
_ORDER_LINE = re.compile(rf"[（(]?{_ORDER_NO}[）)]?")
_BARE_ORDER = re.compile(rf"[（(]?(?:[省市州县区]?(?:人民)?政府)?令{_ORDER_NO}[）)]?")  # its issuer stands elsewhere
_HEAD_OF_GOVERNMENT = re.compile(r"(?:代理?)?(?:省长|市长|州长|县长|区长|自治区主席|主席|盟长|旗长)")
_ORDER_NAME = re.compile(r"(?P<body>[一-鿿]{3,30}(?:政府|国务院|委员会|部|局|厅|院|署|人民银行))令")
_ORG_END = (
    r"(?:人民政府|政府|政府办|办事处|国务院|办公厅|办公室|委员会|党委|市委|省委|县委|区委|中央|大学|学院|小组|指挥部|公司|中心"
    r"|厅|局|部|委|院|署|会|行)"
)
_TITLE = re.compile(
    rf"(?P<issuer>[一-鿿（）()、]{{1,80}}?{_ORG_END})?(?:转发[一-鿿、]{{2,40}}?《)?关于[^。；：]{{2,160}}?(?:{ENDINGS})》?(?:[（(][^（）()]{{1,30}}[）)]){{0,2}}"
)
_PLAIN_TITLE = re.compile(rf"[^。；：，]{{2,80}}(?:{ENDINGS})(?:[（(][^（）()]{{1,30}}[）)]){{0,2}}")
_ADDRESSEE = re.compile(
    r"(?:各|市直|省直|县直|区直|国务院各|本市|局属|机关各|市政府各|[一-鿿]{2,12}(?:人民政府|管委会|委员会))[^。；]{2,160}[:：]"
)
_ANY_NUMBER = re.compile(r"[一-鿿]{1,14}[〔\[【(（]\d{4}[〕\]】)）]第?\d{1,5}号")
_META = re.compile(
    r"(发文字号|发文文号|发文号|公文字号|文件编号|文件号|政策文号|文号|制发日期|成文日期|生成日期|产生日期|发文日期|印发日期|发文机关|发文机构|发布机构|发布机关|制定机关|发布单位|发文单位|字号|公布日期)[:：|\t】]{1,3}([^:：|\t]{2,60}?)(?=$|[|\t]|[一-鿿]{2,6}[:：])"
)
_KEYED = re.compile(r"[:：|\t】]")
_KEY_NAMES = (
    r"(?:索引号|主题分类|组配分类|主题词|关键词|公开(?:形式|方式|类别|类型|属性|期限|范围)|信息(?:来源|索引号?)|发布(?:日期|时间|机构|机关|单位)|(?:成文|生成|产生|发文|印发|制发|废止|生效|失效)日期"
    r"|成文时间|发文(?:字号|文号|号|机关|机构|单位)|公文字号|文件编号|文件号|政策文号|文号|字号|制定机关|(?:公布|施行)日期|效力等级|时效性|责任部门|体裁|有效性|是否有效|浏览次数|访问次数|点击(?:数|量|次数)|阅读次数|来源|作者|时间|阅读|下载地址|政策解读(?:链接)?|字体)"
)
ANNOUNCED_LINE = re.compile(rf"[•·]?[\[【|]?{_KEY_NAMES}(?:[:：\t|\]】]|[\dA-Z]|(?=[一-鿿〔\]]{{2,40}}(?:{_KEY_NAMES}|号|$)))")
_KEY_FIRST = frozenset("•·[【|").union(re.findall(r"(?:\(\?:|\|)([一-鿿])", _KEY_NAMES))  # with which, or more, such a line begins
_RUN_TOGETHER = re.compile(  # keys and values of a web page's table without anything between them
    rf"(?:发文字号|公文字号|政策文号|发文文号|文号)[:：|\t]{{0,3}}(?P<number>{_NUMBER})|(?:成文|生成|产生|发文|印发)日期[:：|\t]{{0,3}}(?P<day>{_DATE})"
    rf"|(?:发文|发布|制定)(?:机关|机构|单位)(?P<issuer>[一-鿿]{{2,24}}?{_ORG_END})(?={_KEY_NAMES}|$)"
)
_MAY_RUN_TOGETHER = re.compile("文号|字号|日期|发文|发布|制定")  # of which each of these holds one, quickly found
_NUMBER_THEN_TITLE = re.compile(rf"(?P<number>{_NUMBER})(?P<title>.{{6,200}})")
_TITLE_THEN_NUMBER = re.compile(rf"(?P<title>.{{6,200}}?)[（(](?P<number>{_NUMBER})[）)]")
_CO_ISSUER = re.compile(r"[一-鿿]{2,24}(?:人民政府|国务院|办公厅|办公室|委员会|总局|[厅局部委署院])")
_BEFORE_SUBJECT = re.compile(r"关于|印发|转发|批转")
_PARTY_AND_GOVERNMENT = re.compile(
    r"(?P<party>(?:中共)?(?P<place>[一-鿿]{1,14}?)(?:委员会|委)(?:办公室|办公厅|办)?)(?P<government>(?P=place)(?:人民)?政府[一-鿿]{0,3})"
)
_PAGE_REFERENCE = re.compile(r"(?:[/／…·.]{1,40}|[（(])\d{1,4}[）)]?$")
_TITLE_LINES = 8
_BLOCK_LINES = 8  # lines of a web page's block between a title and its addressee
_OUTER = str.maketrans("〈〉", "《》")
_PRINTED_AGAIN = 8  # lines at most between a title and the same title printed again
_ISSUER_END = "府厅室会院局部委署"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a document: lines ``first`` to ``end`` (exclusive), of which ``title_lines`` are the title's.

    ``issuers`` is empty where the title does not begin with a name; ``dated`` is the date printed beside the number,
    ``announced`` that of the block of a web page and ``announced_by`` who issued, which hold where nobody signs otherwise.
    """

    first: int
    end: int
    title: str
    title_lines: tuple[int, int]
    number: str | None
    dated: str | None
    issuers: tuple[str, ...]
    announced: str | None = None
    announced_by: str | None = None


@dataclass(slots=True)
class _Announced:
    """What the block of a web page over a document says of it: 发文字号, 成文日期, 发文机关."""

    number: str | None = None
    dated: str | None = None
    issuer: str | None = None

    def read(self, text: str) -> None:
        """Take over a line ``key：value``; several may stand in one line."""
        for key, value in _META.findall(text):
            if key in ("发文字号", "发文文号", "发文号", "文号", "公文字号", "文件编号", "文件号", "政策文号", "字号") and (
                found := _ANY_NUMBER.search(unicodedata.normalize("NFKC", value))
            ):
                self.number = plain_number(found.group())
            elif key[-2:] == "日期" and (day := re.search(_DATE, value)):
                self.dated = day.group()
            elif key in ("发文机关", "发文机构", "发布机构", "发布机关", "制定机关", "发布单位", "发文单位") and re.fullmatch(
                rf"[一-鿿]{{2,40}}{_ORG_END}", value
            ):
                self.issuer = value
        for found in _RUN_TOGETHER.finditer(text) if _MAY_RUN_TOGETHER.search(text) else ():
            self.number = self.number or (plain_number(found["number"]) if found["number"] else None)
            self.dated, self.issuer = self.dated or found["day"], self.issuer or found["issuer"]


def plain_number(written: str) -> str:
    """A 文号 as printed, with 〔〕, half-width digits and no blanks."""
    text = "".join(unicodedata.normalize("NFKC", written).split())
    return re.sub(r"[\[【(](\d{4})[\]】)]", r"〔\1〕", text)


@lru_cache(maxsize=4)
def may_begin(keys: frozenset[str]) -> Callable[[str], bool]:
    """Whether the first characters of a line stand near the beginning of a named title; ``keys`` are those titles, reduced."""
    pieces = frozenset(key[:12][i:][:n] for key in keys for i in range(12) for n in range(4))
    begins = re.compile("|".join(re.escape(key[:2]) for key in sorted(keys)))
    return lambda text: text.lstrip("《")[:3] in pieces or begins.search(text) is not None


def find_heads(lines: Sequence[Line], raw: str) -> list[Head]:
    """The heads of all documents of a file, in order. ``raw`` is the decoded text of the file."""
    heads: list[Head] = []
    taken = -1
    announced = _Announced()
    for i, line in enumerate(lines):
        _read_block(lines, i, announced)
        if i <= taken or line.row or len(line.text) > 200:
            continue
        head = None
        if "号" in line.text:
            plain = unicodedata.normalize("NFKC", line.text).replace("[", "〔").replace("]", "〕")
            head = _numbered(lines, i, plain, taken, raw) or _one_line(lines, i, plain)
        if head is None and "令" in line.text:
            head = _order(lines, i, taken)
        if head is None and _about(lines, i):
            head = _addressed(lines, i, taken, raw)
        if head is not None and heads and _same(heads[-1], head):
            before = heads[-1]
            again = replace(head, number=head.number or before.number, announced=before.announced, announced_by=before.announced_by)
            title = head.title[-len(before.title) :]
            heads[-1] = replace(again, first=before.first, title=title, issuers=before.issuers or head.issuers)
            taken = head.end - 1
        elif head is not None:
            for below in range(head.title_lines[1], head.end):
                _read_block(lines, below, announced)
            number = head.number or announced.number
            heads.append(replace(head, number=number, announced=announced.dated, announced_by=announced.issuer))
            taken, announced = head.end - 1, _Announced()
    return heads


def announced_over(lines: Sequence[Line]) -> tuple[str | None, str | None, str | None]:
    """Number, day and issuer that the block of a web page tells in ``lines``."""
    announced = _Announced()
    for i in range(len(lines)):
        _read_block(lines, i, announced)
    return announced.number, announced.dated, announced.issuer


def _read_block(lines: Sequence[Line], i: int, announced: _Announced) -> None:
    """Read the line if it belongs to the block of a web page."""
    text = lines[i].text
    if len(text) <= 400 and (_KEYED.search(text) or (text[0] in _KEY_FIRST and ANNOUNCED_LINE.match(text))):
        below = lines[i + 1].text if text[-1] in ":：" and len(text) <= 9 and i + 1 < len(lines) else ""
        announced.read(text + below)


def _same(before: Head, head: Head) -> bool:
    """Is the head the same document's once more, right below: a web page prints number and title over the document too?"""
    numbers = {before.number, head.number} - {None}
    titles = [unicodedata.normalize("NFKC", title) for title in (head.title, before.title)]
    return len(numbers) < 2 and head.first - before.end <= _PRINTED_AGAIN and titles[0].endswith(titles[1])


def _one_line(lines: Sequence[Line], i: int, plain: str) -> Head | None:
    """A title that carries its number in the same line, before it or in a bracket behind it, and is followed by an addressee."""
    found = _NUMBER_THEN_TITLE.fullmatch(plain) or _TITLE_THEN_NUMBER.fullmatch(plain)
    if found is None:
        return None
    title = unwrapped(found["title"])
    whole = _TITLE.fullmatch(title)
    if not whole and not _PLAIN_TITLE.fullmatch(title):
        return None
    after = i + 1
    while after < min(i + 6, len(lines)) and (len(lines[after].text) < 40 and not _ADDRESSEE.match(lines[after].text)):
        after += 1
    if not _ADDRESSEE.match("".join(line.text for line in lines[after : after + 4])) and not whole:
        return None
    issuers = issuers_in(title) if whole and whole["issuer"] else ()
    return Head(i, i + 1, title, (i, i + 1), plain_number(found["number"]), None, issuers)


def unwrapped(title: str) -> str:
    """A title that stands in 《》 as a whole, without them."""
    return title[1:-1].translate(_OUTER) if title[:1] == "《" and title.find("》") == len(title) - 1 else title


def _numbered(lines: Sequence[Line], i: int, plain: str, taken: int, raw: str) -> Head | None:
    """A head with a number line at ``i``, ``plain`` in usual characters: the title stands above it or, as on paper, below."""
    found = NUMBER_LINE.fullmatch(plain)
    if found is None:
        return None
    number = plain_number(found["number"] or found["number2"])
    dated = found["date"] or found["date2"]
    span = _title_above(lines, i, taken)
    if span is None and dated is None and i > taken + 2 and DATE_LINE.fullmatch(lines[i - 1].text):
        span, dated = _title_above(lines, i - 1, taken), lines[i - 1].text  # title, (day), number
    span = span or _title_below(lines, i)
    if span is None:
        return None
    end = max(i + 1, span[1])
    if dated is None and end < len(lines) and DATE_LINE.fullmatch(lines[end].text):
        dated, end = lines[end].text, end + 1
    return _head(lines, span, min(i, span[0]), end, number, dated, raw)


def _title_above(lines: Sequence[Line], i: int, taken: int) -> tuple[int, int] | None:
    """The longest run of lines over ``i`` that reads as a title."""
    best = None
    whole = False  # the title begins with an issuer; only the names of further issuers may stand over it
    for first in range(i - 1, max(i - 1 - _TITLE_LINES, taken), -1):
        text = lines[first].text
        if lines[first].row or len(text) > 100 or text[-1] in "。；：:;" or DATE_LINE.fullmatch(text) or text.endswith("（略）"):
            break
        if first < i - 1 and _closes(text):
            break
        joined = "".join(line.text for line in lines[first:i])
        if whole and not _CO_ISSUER.fullmatch(text):
            break
        titled = _TITLE.fullmatch(unwrapped(joined)) if "关于" in joined else None
        if titled:
            best, whole = (first, i), bool(titled["issuer"])
        elif best is None and _PLAIN_TITLE.fullmatch(joined) and marker_at(joined, 0) is None:
            best = (first, i)
    return best


def _closes(text: str) -> bool:
    """Does the line end a text, so that no title runs through it?"""
    return text[-1] in "）)" and not re.search(r"[（(][^（）()]{1,30}[）)]$", text)


def _title_below(lines: Sequence[Line], i: int) -> tuple[int, int] | None:
    """The shortest run of lines under ``i`` that reads as a title and is followed by text."""
    for end in range(i + 2, min(i + 2 + _TITLE_LINES, len(lines) + 1)):
        if lines[end - 1].row or len(lines[end - 1].text) > 100 or lines[end - 1].text[-1] in "。；：:;":
            return None
        joined = "".join(line.text for line in lines[i + 1 : end])
        if _TITLE.fullmatch(joined) or _PLAIN_TITLE.fullmatch(joined):
            following = lines[end].text if end < len(lines) else ""
            if not _PLAIN_TITLE.fullmatch(joined + following):
                return (i + 1, end)
    return None


def _order(lines: Sequence[Line], i: int, taken: int) -> Head | None:
    """The head of an order (令): the issuer's line, 第N号 in the same line or the next, the title before or in the text."""
    name = _ORDER_NAME.match(lines[i].text)
    if name is None:
        return _bare_order(lines, i, taken)
    rest = lines[i].text[name.end() :]
    end = i + 1
    if not rest and end < len(lines):
        rest, end = lines[end].text, end + 1
    number = _ORDER_LINE.fullmatch(rest)
    if number is None:
        return None
    written = f"{name['body']}令{plain_number(number['no'])}"
    span = _title_above(lines, i, taken) or (i, i)
    title = "".join(line.text for line in lines[span[0] : span[1]]) or _title_in_text(
        "".join(line.text for line in lines[end : end + 6])
    )
    return Head(span[0], end, title, span, written, None, (name["body"],)) if title else None


def _bare_order(lines: Sequence[Line], i: int, taken: int) -> Head | None:
    """An order that does not name its issuer beside the number: the line above does, or the place in its title and who signs."""
    number = _BARE_ORDER.fullmatch(lines[i].text)
    if number is None:
        return None
    below = lines[i + 1 : i + 9]
    title = _title_in_text("".join(line.text for line in below[:6]))
    over = lines[i - 1].text if i - 1 > taken else ""
    issuer = over if over and _CO_ISSUER.fullmatch(over) else ""
    if not issuer and ("政府" in lines[i].text or any(_HEAD_OF_GOVERNMENT.match(line.text) for line in below)):
        place = read_place(title)
        issuer = full_name(place.setting) + "人民政府" if place is not None else ""
    if not title:
        return None
    written = f"{issuer}令{plain_number(number['no'])}"
    return Head(i - (issuer == over), i + 1, title, (i, i), written, None, (issuer,) if issuer else ())


def _title_in_text(text: str) -> str:
    """The title that an order promulgates: 《…》 in its first sentence."""
    found = re.search(r"《([^《》]{2,80})》", text)
    return found.group(1) if found else ""


def _addressed(lines: Sequence[Line], i: int, taken: int, raw: str) -> Head | None:
    """A head without a number line: a title that begins with an issuer and is followed by an addressee."""
    for end in range(i + 1, min(i + 6, len(lines))):
        if lines[end - 1].row or len(lines[end - 1].text) > 100 or _PAGE_REFERENCE.search(lines[end - 1].text):
            return None
        joined = "".join(line.text for line in lines[i:end])
        found = _TITLE.fullmatch(joined) if "关于" in joined else None
        if found and (found["issuer"] or taken < 0) and not _ANY_NUMBER.search(joined[-30:]):
            after = behind_block(lines, end)
            addressee = "".join(line.text for line in lines[after : after + 4])
            if after < len(lines) and _ADDRESSEE.match(addressee) and not NUMBER_LINE.fullmatch(lines[after].text):
                dated = lines[end].text if after > end and DATE_LINE.fullmatch(lines[end].text) else None
                return _head(lines, (i, end), i, after, None, dated, raw)
    return None


def behind_block(lines: Sequence[Line], end: int) -> int:
    """The line behind the date and the block of a web page that may stand between a title and its addressee."""
    after = end
    while after < min(end + _BLOCK_LINES, len(lines)):
        text = lines[after].text
        if not (ANNOUNCED_LINE.match(text) or (after == end and DATE_LINE.fullmatch(text))):
            break
        after += 1
    return after


def _head(
    lines: Sequence[Line], span: tuple[int, int], first: int, end: int, number: str | None, dated: str | None, raw: str
) -> Head:
    title = unwrapped("".join(line.text for line in lines[span[0] : span[1]]))
    return Head(first, end, title, span, number, dated, _issuers(lines, span, raw))


def _about(lines: Sequence[Line], i: int) -> bool:
    """Does 关于 stand in the line or the next, or below the names of several issuers, one a line?"""
    text = lines[i].text
    if "关于" in text or (i + 1 < len(lines) and "关于" in lines[i + 1].text):
        return True
    if text[-1] not in _ISSUER_END:  # most lines
        return False
    for line in lines[i : i + _TITLE_LINES]:
        if "关于" in line.text:
            return True
        if line.text[-1] not in _ISSUER_END or len(line.text) > 30 or not _CO_ISSUER.fullmatch(line.text):
            return False
    return False


def _issuers(lines: Sequence[Line], span: tuple[int, int], raw: str) -> tuple[str, ...]:
    """The issuers that a title begins with; joint issuers are separated by blanks or line ends in the file."""
    return issuers_in(raw[lines[span[0]].start : lines[span[1] - 1].end].lstrip("《"))


def issuers_in(title: str) -> tuple[str, ...]:
    """The names before 关于, or before 印发, 转发 and 批转 where those come first (市政府办公室转发市财政局关于…的通知)."""
    about = _BEFORE_SUBJECT.search(title)
    if about is None:
        return ()
    names: list[str] = []
    for part in title[: about.start()].split():
        if names and (not re.search(rf"{_ORG_END}$", names[-1]) or part in ("办公室", "办公厅", "委员会") or len(part) < 3):
            names[-1] += part
        else:
            names.append(part)
    return tuple(dict.fromkeys(name for joint in names for name in _apart(joint) if re.search(rf"{_ORG_END}$", name)))


def _apart(joint: str) -> Sequence[str]:
    """Issuers that no blank separates: 市民政局、市财政局, and a party committee with its government (县委县政府)."""
    listed = joint.split("、")
    if len(listed) > 1 and all(re.search(rf"{_ORG_END}$", name) for name in listed):
        return listed
    both = _PARTY_AND_GOVERNMENT.fullmatch(joint)
    return (both["party"], both["government"]) if both else (joint,)
