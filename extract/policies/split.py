"""Split a file into its policies: each with its title, 文号, issuing authority, dates and clean text.

A gazette holds many documents; a notice issues one or several documents that follow it. Appendices stay with their document.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.agencies.canonical import canonical
from extract.agencies.speaker import setting_for
from extract.dates import parse_date
from extract.models import Paragraph, PolicyRecord, PolicyText, Setting, SourceText
from extract.policies.genres import ENDINGS, is_list, type_of
from extract.policies.heads import DATE_LINE, Head, find_heads, may_begin
from extract.policies.layout import Line, compose, read_lines
from extract.policies.marks import marker_at
from extract.policies.outline import outline
from extract.policies.untitled import OPENS, TITLE_SHAPE, TITLES, fragment, tabled, untitled
from extract.policies.validity import validity_of
from extract.policies.vertical import rebuild
from ontology.authority import words

_ISSUES = re.compile(
    r"(?:^|关于|(?<=[府厅室会局]))(?:重新|公开)?(?:印发|转发|批转|公布|发布|下达|颁发)(?P<what>.{2,160}?)的?(?:通知|公告|决定)(?:[（(][^（）()]{1,30}[）)])?$"
)
_CUT_ISSUES = re.compile(rf"关于(?:重新|公开)?印发(?P<what>.{{2,160}}?(?:{ENDINGS})》?)$")  # 的通知 left out
_SEVERAL = re.compile(r"(?:等)?([一二三四五六七八九十两\d]{1,3})[个项]?(?:文件|方案|办法|制度|意见|预案|规划|细则|规定|措施)$")
_JOINED = re.compile(rf"((?:{ENDINGS})(?:[（(][^（）()]{{1,30}}[）)])?)(?:和|及|以及|、|与)")
_KEY = re.compile(r"[《》〈〉<>“”\"'‘’()（）\[\]〔〕、,，。.·—\-–:：]")
_ADDRESSEE_END = re.compile(r"[:：]$")
_MOST_SIGNERS = 20
_DATE_WIDTH = 17  # characters; longer lines are no dates
_NO_PLACE = re.compile(r"(?:自治区|[省市县区州旗])(?:(?:人民)?政府|委)")
_AUTHORITY = re.compile(
    r"[一-鿿]{2,30}(?:人民政府|国务院|办公厅|办公室|委员会|党委|总局|[厅局部委署院]|大学|学院|公司|医院|银行|协会|联合会|管委会|中心|领导小组|指挥部|办事处)"
)
_LONG_GOVERNMENT = re.compile(r"(?:人民)?政府")
_GOVERNMENT_NUMBER = re.compile(r".[政府](?P<office>办)?[发函字规]{0,2}〔")
_PAPER = re.compile(r"([一-鿿]{2,30}(?:政府|办公厅|办公室|委员会|[厅局部委署院]|大学|学院|公司|医院))文件")
_OMITTED = re.compile(r"[（(](?:此件|略|联系)")
_ATTACHED = re.compile(r"[-–•]?附件[:：\d]")
_TITLE_LINES = 5
_SLACK = 6  # characters by which a title may differ from the one that the notice names
_NUMBER_LINES = 2  # lines at most, with number and issuer, that stand over the title of a paper
_OUTER = str.maketrans("〈〉<>", "《》《》")
_NOTICE_LINES, _LEAST_TEXT = 14, 150  # lines of a notice up to its date; characters of a text that is more than a remark
_HANDED_OVER = re.compile(r"(?:印发|转发|下发)给?你们")
_MADE = re.compile(r"制[定订]本")
_GOES_ON = re.compile(r"(?:已经?|业经|经)[一-鿿]")


def title_key(title: str) -> str:
    """A title reduced to what identifies it: no brackets, quotes, dashes or blanks."""
    return _KEY.sub("", "".join(unicodedata.normalize("NFKC", title).split()))


def _loose_key(title: str) -> str:
    """As :func:`title_key`, without 的, which a notice often leaves out."""
    return title_key(title).replace("的", "")


def policy_id(number: str | None, title: str, dated: str | None) -> str:
    """The identifier of a policy, made of number and title alone: 文号 and the start of a hash of the title."""
    digest = hashlib.sha256(title_key(title).encode()).hexdigest()[:8]
    return f"{number or dated or '无文号'}-{digest}"


@dataclass(frozen=True, slots=True)
class _Part:
    """A document in the lines ``first`` to ``end``; ``title_lines`` is its own title, ``head`` the notice's or its own head."""

    head: Head
    first: int
    end: int
    title: str
    title_lines: tuple[int, int]
    attached: bool


def split(source: SourceText) -> Iterator[PolicyText]:
    """The policies of a file, in order, with clean text but without an outline.

    A file in which no head is found is one policy if a title stands at its beginning, if it is a table, or a piece of a
    document that says so itself; else it gives none.
    """
    lines = rebuild(read_lines(source))
    heads = find_heads(lines, source.reading) or untitled(lines, source.reading) or tabled(lines, source) or fragment(lines)
    prefixes = _prefixes(heads)
    for i, head in enumerate(heads):
        end = heads[i + 1].first if i + 1 < len(heads) else len(lines)
        signed = _notice_date(lines, head, end)
        dated = head.dated or (lines[signed].text if signed else head.announced)
        if not head.issuers and _prefix(head.number or "") not in prefixes:
            head = replace(head, issuers=_signers(lines, signed, head))  # noqa: PLW2901
        elif head.issuers and _NO_PLACE.match(head.issuers[0]):  # 区人民政府办公室 in the title, its name in full below
            plain = tuple(_plain(name) for name in head.issuers)
            signers = (*_signers(lines, signed, head), *filter(None, (head.announced_by,)))
            full = tuple(dict.fromkeys(name for name in signers if _plain(name).endswith(plain)))
            head = replace(head, issuers=full or head.issuers)  # noqa: PLW2901
        if not head.issuers and head.announced_by:
            head = replace(head, issuers=(head.announced_by,))  # noqa: PLW2901
        for part in _parts(lines, head, end):
            yield _policy(source, lines, part, dated, prefixes)


def _prefixes(heads: Sequence[Head]) -> dict[str, tuple[str, ...]]:
    """Which issuer signs with which prefix of a 文号, as learnt from the titles of the file that name their issuer."""
    return {_prefix(head.number): head.issuers for head in heads if head.issuers and head.number}


def _prefix(number: str) -> str:
    return re.split(r"[〔第\d]", number)[0]


def _signers(lines: Sequence[Line], signed: int | None, head: Head) -> tuple[str, ...]:
    """Who signs above the date line ``signed``, or whose name stands over the paper (X大学文件)."""
    names: list[str] = []
    for i in range((signed or 0) - 1, max((signed or 0) - _MOST_SIGNERS, head.end - 1, 0), -1):
        if not _AUTHORITY.fullmatch(lines[i].text):
            break
        names[:0] = _side_by_side(lines[i])
    over = _PAPER.fullmatch(lines[head.first - 1].text) if head.first else None
    return tuple(names) or ((over.group(1),) if over else ())


def _side_by_side(line: Line) -> list[str]:
    """The authorities that sign in one line, separated by blanks in the file; the blanks inside a spaced name part none."""
    cuts = [i for i, (a, b) in enumerate(pairwise(line.back), 1) if b > a + 1]
    names = [line.text[a:b] for a, b in pairwise([0, *cuts, len(line.text)])]
    return names if all(len(name) > 2 and _AUTHORITY.fullmatch(name) for name in names) else [line.text]


def _plain(name: str) -> str:
    """An issuer's name in the short form that titles use: 青溪县人民政府办公室 → 青溪县政府办."""
    return name.replace("人民政府", "政府").replace("办公室", "办").replace("委员会", "委")


def _notice_date(lines: Sequence[Line], head: Head, end: int) -> int | None:
    """The line of the date under the signature: in the first lines after the head, else the last date line of the document."""
    dates = [i for i in range(head.end, end) if len(lines[i].text) < _DATE_WIDTH and DATE_LINE.fullmatch(lines[i].text)]
    early = [i for i in dates if i < head.end + 14]
    late = [i for i in dates if i >= end - 12 or _signature(lines[i - 1].text)]
    return (early or late[-1:])[0] if early or late else None


def _signature(text: str) -> bool:
    """Does the line read as a signature (an authority's name alone)?"""
    return (
        len(text) < 40
        and not re.search(r"[。，；：]", text)
        and re.search(r"(?:政府|办公厅|办公室|委员会|局|厅|部|国务院|长[一-鿿]{2,4})$", text) is not None
    )


def _parts(lines: Sequence[Line], head: Head, end: int) -> Iterator[_Part]:
    """The documents that a head begins: itself, or those that it issues."""
    found = _attached(lines, head, end)
    if not found:
        issued = _issues(head.title)
        what = issued["what"] if issued else ""
        named = is_list(what) or (type_of(what) is not None and _untitled_text(lines, head, end))
        title = _unquoted(what) if named else head.title
        below = head.title_lines[0] - head.first > _NUMBER_LINES  # the end of a notice stands over the title
        yield _Part(head, head.first, end, title, head.title_lines, below)
        return
    for i, (first, after) in enumerate(found):
        start = head.first if i == 0 else _with_label(lines, first)
        stop = _with_label(lines, found[i + 1][0]) if i + 1 < len(found) else end
        yield _Part(head, start, stop, "".join(line.text for line in lines[first:after]), (first, after), True)


def _untitled_text(lines: Sequence[Line], head: Head, end: int) -> bool:
    """Does a text without a title of its own follow the signature of the notice, so that only the notice names it?"""
    notice = range(head.end, min(head.end + _NOTICE_LINES, end))
    signed = next((i for i in notice if DATE_LINE.fullmatch(lines[i].text)), None)
    if signed is None:  # nor signature nor date: the opening of the text (制定本方案) follows what the notice says
        signed = next((i for i in notice if _HANDED_OVER.search("".join(line.text for line in lines[i - 1 : i + 1]))), None)
        if signed is None or not any(_MADE.search(line.text) for line in lines[signed + 1 : signed + 5]):
            return False
    rest = [line.text for line in lines[signed + 1 : end]]
    return sum(map(len, rest)) >= _LEAST_TEXT and any(marker_at(text, 0) for text in rest)


def _unquoted(title: str) -> str:
    """A title without the marks that stand around the whole of it."""
    whole = title[0] + title[-1] in ("《》", "〈〉") and title.count(title[0]) == 1
    return title[1:-1].translate(_OUTER) if whole else title


def _with_label(lines: Sequence[Line], first: int) -> int:
    """The line of a 附件 label that stands over a title belongs to the title."""
    return first - 1 if re.fullmatch(r"附件\d{0,2}[:：]?", lines[first - 1].text) else first


def _names(what: str) -> list[str]:
    """The titles that a notice says it issues."""
    quoted = TITLES.findall(what)
    if quoted:
        return quoted
    bare = _SEVERAL.sub("", what).rstrip("等")
    return [part for part in _JOINED.sub(r"\1\n", bare).split("\n") if part]


def _issues(title: str) -> re.Match[str] | None:
    """What a document issues (``what``), by its title."""
    return _ISSUES.search(title) or _CUT_ISSUES.search(title)


def _attached(lines: Sequence[Line], head: Head, end: int) -> list[tuple[int, int]]:
    """The line spans of the titles of the documents that the notice issues."""
    issued = _issues(head.title)
    if issued is None and head.number and "令" in head.number:
        return _promulgated(lines, head, end)
    if issued is None or issued["what"].endswith("名单"):  # names of persons or firms are no document of their own
        return []
    notice = "".join(line.text for line in lines[head.end : min(head.end + 14, end)])
    names = [*_names(issued["what"]), issued["what"].strip("《》"), *TITLES.findall(notice.split("现", 1)[0])]
    several = bool(_SEVERAL.search(issued["what"])) or len(_names(issued["what"])) > 1
    keys = frozenset(_loose_key(name) for name in names)
    out: list[tuple[int, int]] = []
    i, begins = head.end, may_begin(keys)
    while i < end:
        if not several and not begins(lines[i].text):  # most lines
            i += 1
            continue
        after = _title_at(lines, i, end, keys, several, head.title)
        if after:
            out.append((i, after))
            if not several:
                break
            i = after
        i += 1
    return out


def _promulgated(lines: Sequence[Line], head: Head, end: int) -> list[tuple[int, int]]:
    """The title of what an order promulgates, printed again over its text."""
    keys = frozenset({_loose_key(head.title)})
    begins = may_begin(keys)
    near = filter(lambda i: begins(lines[i].text), range(head.end, end))
    after = next(((i, e) for i in near if (e := _title_at(lines, i, end, keys, False))), None)
    return [after] if after else []


def _title_at(lines: Sequence[Line], i: int, end: int, keys: frozenset[str], several: bool, notice: str = "") -> int:
    """The line after the title that begins at ``i``; 0 where none begins there.

    A title is one that the notice names; where the notice issues several documents without naming them all, also a line that
    reads as a title, closes nothing and is followed by the opening of a text.
    """
    before = lines[i - 1].text
    closed = several and (before[-1] in "。；）)" or DATE_LINE.fullmatch(before) is not None)
    if not closed and not may_begin(keys)(lines[i].text):
        return 0
    if _OMITTED.match(lines[i].text):
        return 0
    joined, longest = "", max(map(len, keys), default=0) + _SLACK
    for after in range(i + 1, min(i + 1 + _TITLE_LINES, end + 1)):
        text = lines[after - 1].text
        if lines[after - 1].row or len(text) > 80 or text[-1] in "。；，：:" or DATE_LINE.fullmatch(text):
            break
        if marker_at(joined + text, 0) or _ATTACHED.match(text):
            break
        joined += text
        key = _loose_key(joined) if _may_end(text, keys) else ""
        if key and (key in keys or _nearly(key, keys)):
            following = lines[after].text if after < end else ""
            opens = joined.startswith("《") and _GOES_ON.match(following)  # 《…方案》已经市政府同意, broken after the title
            unclosed = joined.count("《") > joined.count("》")  # 现将《…方案, broken before the mark that closes it
            if _loose_key(joined + following) not in keys and not opens and not unclosed:
                return after
        if closed and _reads_as_title(joined, lines[after].text if after < end else "", notice):
            return after
        if not closed and len(key) > longest:  # no longer one is named
            break
    return 0


def _may_end(text: str, keys: frozenset[str]) -> bool:
    """Can the line end one of the named titles? A key ends as its title does, for of Han characters it leaves out 的 alone."""
    last = text[-1]
    return last == "的" or not "一" <= last <= "鿿" or any(key.endswith(last) for key in keys)


def _nearly(key: str, keys: frozenset[str]) -> bool:
    """Is a title of some length but for a few characters at its beginning one of the named?"""
    return len(key) > 8 and any(
        len(k) > 8 and (key.endswith(k) or k.endswith(key)) and abs(len(k) - len(key)) <= _SLACK for k in keys
    )


def _reads_as_title(joined: str, following: str, notice: str) -> bool:
    """A line of a title's shape before the opening of a text, or one that begins as the notice's title does."""
    return (
        TITLE_SHAPE.fullmatch(joined) is not None
        and (OPENS.match(following) is not None or (len(following) > 12 and joined[:2] == notice[:2]))
        and type_of(joined) is not None
    )


def _policy(
    source: SourceText, lines: Sequence[Line], part: _Part, dated: str | None, prefixes: dict[str, tuple[str, ...]]
) -> PolicyText:
    """Put the lines of a document together and say what it is."""
    body = lines[part.first : part.end]
    text, back, paragraphs = compose(body, *_seams(body, part))
    head = part.head
    opening = "".join(line.text for line in lines[head.end : head.end + 3])
    issuers = _provincial(head, opening) or head.issuers or prefixes.get(_prefix(head.number or ""), ())
    day = parse_date(dated) if dated else None
    setting = setting_for(issuers, (part.title, head.title), text)
    span = (body[0].start, body[-1].end)
    effective, expires = validity_of(text, paragraphs, day)
    record = PolicyRecord(
        policy=policy_id(head.number, part.title, day),
        source=source.name,
        span=span,
        title=part.title,
        number=head.number,
        issuer=tuple(_in_full(name, setting) for name in issuers),
        dated=day,
        effective=effective,
        expires=expires,
        type=type_of(part.title),
        notice=head.title if part.title != head.title else None,
        place=setting.place,
        sha256=source.sha256,
        setting=setting,
        problems=_problems(head, issuers, day),
    )
    policy = PolicyText(record, source, text, back, paragraphs)
    return outline(policy, _body(text, part, paragraphs))


def _provincial(head: Head, addressee: str) -> tuple[str, ...]:
    """The issuers where only the 文号 tells the province (鄂政发): 省人民政府 in the title, or none and an addressee 省政府各部门.

    A city may begin its numbers with the same character; that is why the head must call itself a province's.
    """
    letter = re.match(r"(.)(?:政|府|发|办)", head.number or "")
    province = dict(word.split(":") for word in words("province_letter")).get(letter[1], "") if letter else ""
    if not province:
        return ()
    if head.issuers and all(re.match(r"省(?:人民)?政府|省委", name) for name in head.issuers):
        return tuple(_LONG_GOVERNMENT.sub("人民政府", name).replace("省", province, 1) for name in head.issuers)
    form = _GOVERNMENT_NUMBER.match(head.number or "")
    if head.issuers or form is None or not re.search(r"省(?:人民)?政府(?:各|有关)", addressee):
        return ()
    return (province + ("人民政府办公厅" if form["office"] else "人民政府"),)


def _in_full(name: str, setting: Setting) -> str:
    """An issuer's name as printed; a short form (国家发展改革委) written out where the tables know it."""
    agency = canonical(name, setting)
    printed = agency.name.endswith(name) and agency.name != f"国家{name}" and not (_NO_PLACE.match(name) and setting.place)
    return name if not agency.known or printed else agency.name


def _body(text: str, part: _Part, paragraphs: Sequence[Paragraph]) -> int:
    """The clean offset behind the title of the document proper; 0 where no notice stands before it."""
    if not part.attached:
        return 0
    return next((p.end for p in paragraphs if text[p.start : p.end] == part.title), 0)


def _problems(head: Head, issuers: tuple[str, ...], day: str | None) -> tuple[str, ...]:
    """What the head does not say, in words for the review report."""
    missing = ((head.number, "没有找到文号"), (issuers, "没有找到发文机关"), (day, "没有找到成文日期"))
    return tuple(message for value, message in missing if not value)


def _seams(body: Sequence[Line], part: _Part) -> tuple[set[int], set[int]]:
    """Indices of the lines after which a paragraph must end, and of those that must go on in the next line."""
    offset = part.first
    breaks: set[int] = set()
    joins: set[int] = set()
    for first, end in {part.title_lines, part.head.title_lines}:
        if offset <= first < end:
            joins |= set(range(first - offset, end - 1 - offset))
            breaks |= {first - 1 - offset, end - 1 - offset}
    if part.first <= part.head.first < part.end:
        breaks |= set(range(part.head.title_lines[1] - 1 - offset, part.head.end - offset))
        breaks |= {
            i
            for i in range(part.head.end - offset, min(part.head.end - offset + 4, len(body)))
            if _ADDRESSEE_END.search(body[i].text)
        }
    for i, line in enumerate(body):
        opening = line.text[0]  # looked at first, for few lines begin as a date does
        if opening not in "（(二〇○零一三四五六七八九" and not opening.isdecimal():
            continue
        if (len(line.text) < _DATE_WIDTH and DATE_LINE.fullmatch(line.text)) or _OMITTED.match(line.text):
            breaks |= {i - 1, i}
    return breaks, joins
