"""Heads of files that print neither a 文号 nor an issuer over an addressee: a bare title, a notice without its title, a table.

Pages and papers copied from elsewhere often begin so: behind the block of a web page, behind the end of the notice that issued
the document, or with the title of a regulation alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from extract.models import SourceText
from extract.policies.genres import ENDINGS, is_document
from extract.policies.heads import (
    ANNOUNCED_LINE,
    DATE_LINE,
    NUMBER_LINE,
    Head,
    announced_over,
    behind_block,
    issuers_in,
    plain_number,
    unwrapped,
)
from extract.policies.layout import Line
from extract.policies.marks import marker_at
from extract.policies.tables import Cell, is_header

TITLES = re.compile(r"《([^《》]{2,120})》")
_HANDED_OUT = re.compile(  # 《…》《…》已经…同意; 现将《…》印发给你们
    r"(?=(?<![据照按实彻行合])《|现将|制[定订])(?:现将|制[定订]了?)?(?P<titles>(?:《[^《》]{2,120}》[、和]?){1,6})(?=[^。；《》]{0,24}(?:已|业|经|印发))"
)
_HANDED_WHOLE = re.compile(rf"现将(?P<what>[^，。；：]{{4,120}}(?:{ENDINGS}))(?:（[^（）]{{1,30}}）)?(?:印发|转发|下发|发)给?你们")
TITLE_SHAPE = re.compile(rf"[^。，；：:\t]{{4,70}}(?:{ENDINGS})(?:\d{{1,3}}条)?(?:[（(][^（）()]{{1,30}}[）)]){{0,2}}")
OPENS = re.compile(
    r"为|到20\d{2}年|今年|根据|按照|依据|第一章|第一条|一、|1|\d{1,2}(?:\.\d|[一-鿿]{2,12}$)|总则|近年|[（(]?\d{4}年"
)
_ADDRESSED = re.compile(r"各[^。；]{2,160}[:：]$")
_ONE_ADDRESSEE = re.compile(r"[一-鿿]{2,20}(?:人民政府|办公[厅室]|委员会|大学|公司|[局厅委部])[:：]$")  # of a reply
_REPLIES = re.compile(r"你[省市州县区盟旗部委局厅办校院们公]|来函|《[^《》]{4,120}》(?:收悉|已收悉)")
_SAYS_WHAT = re.compile(r"关于|[省市州盟县区旗乡镇]|街道|大学|学院|20\d{2}年")
_BETWEEN = re.compile(r"[（(]此件[^（）()]{2,12}[）)]|附件\d{0,2}[:：]?")  # what may stand between a signature and a title
_PIECE = 200  # lines in which a piece of a document shows that it is one
_LAYS_DOWN = re.compile(
    r"(?:为|根据|按照|依据)[^。]{4,300}(?:制[定订]本|(?:提出|作出)(?:如下|以下)|(?:如下|以下)(?:意见|规定|措施)[:：。])"
)
_ASSIGNS = re.compile(
    r"(?:牵头|责任|主办|配合)(?:单位|部门)[:：][^，。；]{0,40}[局委办厅部府]"
    r"|[局委办厅部府院位](?:按照?(?:各自)?职责分工|分别|牵头|共同)?(?:负责|落实)[）)〕]"
)
_NUMBERED = re.compile(r"[。；][一二三四五六七八九十]{1,3}、")  # in a text whose breaks are lost
_FIRST_COLUMN = re.compile(r"(?:序号|编号)(?:$|[|\t])")
_FORM = re.compile(r"[（(](?:以下|下文)?(?:均|都)?简称[^（）()]{2,30}[）)]")  # （以下简称《方案》）
_CLOCK = re.compile(r"\d[:：]\d{2}(?::\d{2})?$")  # when the page was put up, not when the document was made
_TEXT_LINE = 16  # characters; shorter lines under a title may belong to a list of contents or of links
_FIRST_WORDS = 40  # characters of a notice without a title that stand for it
_OPENING = 400  # characters at least in which a notice says what it hands out
_SEARCHED = 16  # lines in which a title may follow the end of a notice
_TABLE_TITLE = 6  # lines that may stand over a table that is a document of its own: 附件1, title, unit of measure, date
_NO_TITLE = re.compile(r"^附件|[。；：:]|^[（(]?(?:填报|制表|单位|日期|\d{4}年)")
_SIGNER = re.compile(r"[一-鿿]{2,30}(?:政府|办公厅|办公室|委员会|[厅局部委署院会])")


def untitled(lines: Sequence[Line], raw: str) -> list[Head]:
    """One head for a file without a head: a bare title over a text, or a notice that begins with its addressee."""
    reply: list[Head] = []  # taken where nothing better follows, for a reply may print what it approves
    for start in _starts(lines):
        for end in range(start + 1, min(start + 6, len(lines)) + 1):
            joined = unwrapped("".join(line.text for line in lines[start:end]))
            if _is_title(joined, lines, end, start):
                return [_bare(lines, start, end, joined, raw)]
            numbered = _number_line(lines[start].text) if end > start + 1 else None
            addressee = joined[len(lines[start].text) :] if numbered else joined
            number = plain_number(numbered["number"]) if numbered and numbered["number"] else None
            if _ADDRESSED.match(addressee):
                return _notice(lines, start, end, number)
            if not reply and _begins_reply(addressee, lines, end):
                reply = _notice(lines, start, end, number)
    return reply


def _number_line(text: str) -> re.Match[str] | None:
    return NUMBER_LINE.fullmatch(unicodedata.normalize("NFKC", text))


def _begins_reply(text: str, lines: Sequence[Line], end: int) -> bool:
    """Is the text the one to whom a letter replies?"""
    return _ONE_ADDRESSEE.fullmatch(text) is not None and end < len(lines) and _REPLIES.match(lines[end].text) is not None


def _starts(lines: Sequence[Line]) -> Iterator[int]:
    """The lines at which a title may begin: the first, and those behind the block of a web page or a signature with its date."""
    yield 0
    for i, line in enumerate(lines[: min(_SEARCHED, len(lines) - 1)]):
        told = ANNOUNCED_LINE.match(line.text)
        if i and not told and len(line.text) * 2 > _TEXT_LINE and ANNOUNCED_LINE.match(lines[i + 1].text):
            yield i  # over the block, behind the links of the page
        if told or DATE_LINE.fullmatch(line.text) or _BETWEEN.fullmatch(line.text):
            yield i + 1


def _is_title(joined: str, lines: Sequence[Line], end: int, start: int) -> bool:
    """Do the lines before ``end`` make a title: by its shape, and by the text that follows?"""
    if joined[0] in "（(" or joined.startswith("附件") or not TITLE_SHAPE.fullmatch(joined):
        return False
    if not is_document(joined) or marker_at(joined, 0) is not None:
        return False
    behind = behind_block(lines, end)
    following = [line.text for line in lines[behind : behind + 4]]
    if any(OPENS.match(text) for text in following) or (following and _FIRST_COLUMN.match(following[0])):
        return True
    if start or not _SAYS_WHAT.search(joined) or len(joined) < 10 or not following:
        return False
    return marker_at(following[0], 0) is not None or len(following[0]) > _TEXT_LINE


def _bare(lines: Sequence[Line], start: int, end: int, title: str, raw: str) -> Head:
    """The head of a title without a notice: beside it an order or a day in brackets, before it who signed the notice, and when."""
    note = lines[end].text if end < len(lines) and lines[end].text[0] in "（(" else ""
    dated = DATE_LINE.match(lines[end].text) if end < len(lines) and not _CLOCK.search(lines[end].text) else None
    day = dated.group(1) if dated else next(iter(re.findall(r"\d{4}年\d{1,2}月\d{1,2}日", note)), None)
    order = re.search(r"([一-鿿]{2,30}令第\d{1,4}号)", note)
    issuers = issuers_in(raw[lines[start].start : lines[end - 1].end])
    told, announced, issuer = announced_over(lines[:start])
    signed = next((i for i in range(start - 1, -1, -1) if not _BETWEEN.fullmatch(lines[i].text)), None)
    if signed is not None and day is None and DATE_LINE.fullmatch(lines[signed].text):
        day = lines[signed].text
        first = signed
        while first and _SIGNER.fullmatch(lines[first - 1].text):
            first -= 1
        issuers = issuers or tuple(line.text for line in lines[first:signed])
    number = order.group(1).split("日")[-1] if order else told
    return Head(0, end + bool(note), title, (start, end), number, day, issuers, announced, issuer)


def _notice(lines: Sequence[Line], start: int, end: int, number: str | None) -> list[Head]:
    """The head of a notice whose addressee stands before ``end`` and whose title is lost: what it hands out names it.

    Where it hands nothing out, its first words stand for the title.
    """
    told, day, issuer = announced_over(lines[:start])
    number = number or told
    text = _FORM.sub("", _begins(lines, end))
    whole = _HANDED_WHOLE.search(text)
    named = _HANDED_OUT.search(text)
    if whole and not (named and named.start() <= whole.start() and TITLES.fullmatch(whole["what"])):
        title = f"关于印发{whole['what']}的通知"
    elif named is not None:
        title = "关于印发" + "".join(f"《{t}》" for t in TITLES.findall(named["titles"])) + "的通知"
    elif number or OPENS.match(text) or any(DATE_LINE.fullmatch(line.text) for line in lines[end:]):
        title = re.split("[，。；：]", text, maxsplit=1)[0][:_FIRST_WORDS]
    else:
        return []
    return [Head(0, end, title, (0, 0), number, None, (), day, issuer)]


def _begins(lines: Sequence[Line], start: int) -> str:
    """The first lines from ``start``: four, or as many as a page breaks those into."""
    text, n = "", 0
    for n, line in enumerate(lines[start : start + _SEARCHED]):
        if n >= 4 and len(text) > _OPENING:
            break
        text += line.text
    return text


def tabled(lines: Sequence[Line], source: SourceText) -> list[Head]:
    """One head for a file that is a table of tasks or figures, as workbooks are: the line over it, else the file's name."""
    first = next((i for i, line in enumerate(lines[:_TABLE_TITLE]) if line.row), None)
    if first is None or not any(_names_columns(line) for line in lines[first : first + 2]):
        return []
    over = [i for i, line in enumerate(lines[:first]) if 6 <= len(line.text) <= 60 and not _NO_TITLE.search(line.text)]
    if over:
        return [Head(0, over[0] + 1, lines[over[0]].text, (over[0], over[0] + 1), None, None, ())]
    name = source.name.rpartition("/")[2].rpartition(".")[0]
    return [Head(0, 0, name, (0, 0), None, None, ())] if source.format == "xlsx" and name else []


def fragment(lines: Sequence[Line]) -> list[Head]:
    """One head for a piece of a document without its title: it says what it lays down, or numbers parts and who carries them out.

    Its first words stand for the title.
    """
    text = "".join(line.text for line in lines[:_PIECE])
    numbered = any(marker_at(line.text, 0) for line in lines[:_PIECE]) or _NUMBERED.search(text)
    if not lines or not (_LAYS_DOWN.match(text) or (numbered and _ASSIGNS.search(text))):
        return []
    return [Head(0, 0, re.split("[，。；：]", text, maxsplit=1)[0][:_FIRST_WORDS] or text[:_FIRST_WORDS], (0, 0), None, None, ())]


def _names_columns(line: Line) -> bool:
    """Is the line the header of a table?"""
    return line.row and is_header([Cell(0, 0, text) for text in line.text.split("\t")])
