"""Find where a document begins: its title, its 文号, the issuing authority and the date beside them.

A document begins with a title that stands over, under or without a number line. A contents page names titles too, but with page
numbers and without a number line, an addressee or a text: it gives no heads.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.policies.genres import ENDINGS
from extract.policies.layout import Line
from extract.policies.marks import marker_at

_DATE = (
    r"(?:\d{4}|[二〇○零OＯ0一三四五六七八九]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
DATE_LINE = re.compile(rf"[（(]?({_DATE})[）)]?")
_NUMBER = r"(?:[一-鿿]{1,14}[〔\[【（(]\d{4}[〕\]】）)]第?\d{1,5}号|[一-鿿]{2,24}(?:公告|通告)\d{4}年第\d{1,4}号)"
NUMBER_LINE = re.compile(
    rf"(?:(?:发文字号|发文号|文号|文件编号|公文字号)[:：])?[（(]?(?P<number>{_NUMBER})[）)]?[，,]?[（(]?(?P<date>{_DATE})?[）)]?"
    rf"|[（(]?(?P<date2>{_DATE})[，,]?(?P<number2>{_NUMBER})(?:公布|发布|印发)?[）)]?"
)
_ORDER_LINE = re.compile(r"[（(]?(?P<body>[一-鿿]{2,30}?)?令?第(?P<no>\d{1,4}|[一二三四五六七八九十百零〇]{1,6})号[）)]?")
_ORDER_NAME = re.compile(r"(?P<body>[一-鿿]{3,30}(?:政府|国务院|委员会|部|局|厅|院|署|人民银行))令")
_ORG_END = (
    r"(?:人民政府|国务院|办公厅|办公室|委员会|党委|市委|省委|县委|区委|中央|大学|学院|小组|指挥部|公司|中心"
    r"|厅|局|部|委|院|署|会|行)"
)
_TITLE = re.compile(
    rf"(?P<issuer>[一-鿿（）()、]{{2,80}}?{_ORG_END})?关于[^。；：]{{2,160}}?(?:{ENDINGS})(?:[（(][^（）()]{{1,30}}[）)]){{0,2}}"
)
_PLAIN_TITLE = re.compile(rf"[^。；：，]{{2,80}}(?:{ENDINGS})(?:[（(][^（）()]{{1,30}}[）)]){{0,2}}")
_ADDRESSEE = re.compile(
    r"(?:各|市直|省直|县直|区直|国务院各|本市|局属|机关各|市政府各|[一-鿿]{2,12}(?:人民政府|管委会|委员会))[^。；]{2,160}[:：]"
)
_ANY_NUMBER = re.compile(r"[一-鿿]{1,14}[〔\[【(（]\d{4}[〕\]】)）]第?\d{1,5}号")
_META = re.compile(
    r"(发文字号|发文号|公文字号|文号|成文日期|生成日期|发文日期|印发日期|发文机关|发布机构|发布机关|制定机关|发文单位)[:：|\t]{1,3}([^:：|\t]{2,60}?)(?=$|[|\t]|[一-鿿]{2,6}[:：])"
)
_KEYED = re.compile(r"[:：|\t]")
_NUMBER_THEN_TITLE = re.compile(rf"(?P<number>{_NUMBER})(?P<title>.{{6,200}})")
_TITLE_THEN_NUMBER = re.compile(rf"(?P<title>.{{6,200}}?)[（(](?P<number>{_NUMBER})[）)]")
_CO_ISSUER = re.compile(r"[一-鿿]{2,24}(?:人民政府|国务院|办公厅|办公室|委员会|总局|[厅局部委署院])")
_PAGE_REFERENCE = re.compile(r"(?:[/／…·.]{1,40}|[（(])\d{1,4}[）)]?$")
_TITLE_LINES = 8


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a document: lines ``first`` to ``end`` (exclusive), of which ``title_lines`` are the title's.

    ``issuers`` is empty where the title does not begin with a name; ``dated`` is the date printed beside the number.
    """

    first: int
    end: int
    title: str
    title_lines: tuple[int, int]
    number: str | None
    dated: str | None
    issuers: tuple[str, ...]


@dataclass(slots=True)
class _Announced:
    """What the block of a web page over a document says of it: 发文字号, 成文日期, 发文机关."""

    number: str | None = None
    dated: str | None = None
    issuer: str | None = None

    def read(self, text: str) -> None:
        """Take over a line ``key：value``; several may stand in one line."""
        for key, value in _META.findall(text):
            if key in ("发文字号", "发文号", "文号", "公文字号") and (
                found := _ANY_NUMBER.search(unicodedata.normalize("NFKC", value))
            ):
                self.number = plain_number(found.group())
            elif key in ("成文日期", "生成日期", "发文日期", "印发日期") and (
                day := re.search(rf"{_DATE}|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}", value)
            ):
                self.dated = day.group()
            elif key in ("发文机关", "发布机构", "发布机关", "制定机关", "发文单位") and re.fullmatch(
                rf"[一-鿿]{{2,40}}{_ORG_END}", value
            ):
                self.issuer = value


def plain_number(written: str) -> str:
    """A 文号 as printed, with 〔〕, half-width digits and no blanks."""
    text = "".join(unicodedata.normalize("NFKC", written).split())
    return re.sub(r"[\[【(](\d{4})[\]】)]", r"〔\1〕", text)


def find_heads(lines: Sequence[Line], raw: str) -> list[Head]:
    """The heads of all documents of a file, in order. ``raw`` is the decoded text of the file."""
    heads: list[Head] = []
    taken = -1
    announced = _Announced()
    for i, line in enumerate(lines):
        if len(line.text) <= 400 and _KEYED.search(line.text):
            announced.read(line.text)
        if i <= taken or line.row or len(line.text) > 200:
            continue
        head = None
        if "号" in line.text:
            head = _numbered(lines, i, taken, raw) or _one_line(lines, i)
        head = head or _order(lines, i, taken) or _addressed(lines, i, taken, raw)
        if head is not None:
            dated = head.dated or announced.dated
            issuers = head.issuers or ((announced.issuer,) if announced.issuer else ())
            heads.append(replace(head, number=head.number or announced.number, dated=dated, issuers=issuers))
            taken, announced = head.end - 1, _Announced()
    return heads


def _one_line(lines: Sequence[Line], i: int) -> Head | None:
    """A title that carries its number in the same line, before it or in a bracket behind it, and is followed by an addressee."""
    text = unicodedata.normalize("NFKC", lines[i].text).replace("[", "〔").replace("]", "〕")
    found = _NUMBER_THEN_TITLE.fullmatch(text) or _TITLE_THEN_NUMBER.fullmatch(text)
    if found is None or not (_TITLE.fullmatch(found["title"]) or _PLAIN_TITLE.fullmatch(found["title"])):
        return None
    after = i + 1
    while after < min(i + 6, len(lines)) and (len(lines[after].text) < 40 and not _ADDRESSEE.match(lines[after].text)):
        after += 1
    if not _ADDRESSEE.match("".join(line.text for line in lines[after : after + 4])) and not _TITLE.fullmatch(found["title"]):
        return None
    title = _TITLE.fullmatch(found["title"])
    issuers = (title["issuer"],) if title and title["issuer"] else ()
    return Head(i, i + 1, found["title"], (i, i + 1), plain_number(found["number"]), None, issuers)


def _numbered(lines: Sequence[Line], i: int, taken: int, raw: str) -> Head | None:
    """A head with a number line at ``i``: the title stands above it or, as on printed paper, below."""
    found = NUMBER_LINE.fullmatch(unicodedata.normalize("NFKC", lines[i].text).replace("[", "〔").replace("]", "〕"))
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
        titled = _TITLE.fullmatch(joined)
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
    name = _ORDER_NAME.match(lines[i].text) if "令" in lines[i].text else None
    if name is None:
        return None
    rest = lines[i].text[name.end() :]
    end = i + 1
    if not rest and end < len(lines):
        rest, end = lines[end].text, end + 1
    number = _ORDER_LINE.fullmatch(rest)
    if number is None:
        return None
    written = f"{name['body']}令第{unicodedata.normalize('NFKC', number['no'])}号"
    span = _title_above(lines, i, taken) or (i, i)
    title = "".join(line.text for line in lines[span[0] : span[1]]) or _title_in_text(
        "".join(line.text for line in lines[end : end + 6])
    )
    return Head(span[0], end, title, span, written, None, (name["body"],)) if title else None


def _title_in_text(text: str) -> str:
    """The title that an order promulgates: 《…》 in its first sentence."""
    found = re.search(r"《([^《》]{2,80})》", text)
    return found.group(1) if found else ""


def _addressed(lines: Sequence[Line], i: int, taken: int, raw: str) -> Head | None:
    """A head without a number line: a title that begins with an issuer and is followed by an addressee."""
    if "关于" not in lines[i].text and not (i + 1 < len(lines) and "关于" in lines[i + 1].text):
        return None  # an issuer of two lines before 关于 is printed with a number
    for end in range(i + 1, min(i + 6, len(lines))):
        if lines[end - 1].row or len(lines[end - 1].text) > 100 or _PAGE_REFERENCE.search(lines[end - 1].text):
            return None
        joined = "".join(line.text for line in lines[i:end])
        found = _TITLE.fullmatch(joined)
        if found and (found["issuer"] or taken < 0) and not _ANY_NUMBER.search(joined[-30:]):
            after = end + 1 if end < len(lines) and DATE_LINE.fullmatch(lines[end].text) else end
            addressee = "".join(line.text for line in lines[after : after + 4])
            if after < len(lines) and _ADDRESSEE.match(addressee) and not NUMBER_LINE.fullmatch(lines[after].text):
                dated = lines[end].text if after > end else None
                return _head(lines, (i, end), i, after, None, dated, raw)
    return None


def _head(
    lines: Sequence[Line], span: tuple[int, int], first: int, end: int, number: str | None, dated: str | None, raw: str
) -> Head:
    title = "".join(line.text for line in lines[span[0] : span[1]])
    return Head(first, end, title, span, number, dated, _issuers(lines, span, raw))


def _issuers(lines: Sequence[Line], span: tuple[int, int], raw: str) -> tuple[str, ...]:
    """The names before 关于; joint issuers are separated by blanks or line ends in the file."""
    written = raw[lines[span[0]].start : lines[span[1] - 1].end]
    before, about, _ = written.partition("关于")
    if not about:
        return ()
    names: list[str] = []
    before = re.sub(r"(?:印发|转发|批转)$", "", before.strip())
    for part in before.split():
        if names and (not re.search(rf"{_ORG_END}$", names[-1]) or part in ("办公室", "办公厅", "委员会") or len(part) < 3):
            names[-1] += part
        else:
            names.append(part)
    return tuple(name for name in names if re.search(rf"{_ORG_END}$", name))
