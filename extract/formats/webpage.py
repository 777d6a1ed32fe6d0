"""HTML: the document of a government page without its navigation, with tables, title and 文号.

Where the document stands is known for the usual publishing systems (``data/web_content.tsv``); else it is the innermost element
that holds nearly all sentences, links left out. Pages end twice or never, and nest wrongly: the parser of libxml2 mends that.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from extract.formats.archive import check_count
from extract.formats.charset import decode_text
from extract.formats.decoded import Block, Broken, Decoded, Row, Writer, flow, join_cell

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,4}=\s{0,4}[\"']?\s{0,4}([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)
_END = re.compile(r"</(?:html|body)\s{0,8}>", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s{0,200}<\?xml[^>]{0,200}>", re.IGNORECASE)
_DROP = frozenset(
    {
        "script", "style", "noscript", "template", "iframe", "object", "embed", "select", "option", "button", "input",
        "textarea", "nav", "header", "footer", "aside", "head", "svg", "math", "audio", "video", "canvas",
    }
)  # fmt: skip
_INLINE = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins", "label", "mark", "o:p", "q",
        "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
    }
)  # fmt: skip
_SENTENCE = re.compile(r"[，。；：、]")
_SPACE = re.compile(r"[ \t\r\n\f\v\xa0]+")
_HIDDEN = re.compile(r"display\s{0,4}:\s{0,4}none", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s{0,4}:\s{0,4}(?:center|right)", re.IGNORECASE)
_INDENTED = re.compile(r"text-indent\s{0,4}:\s{0,4}[1-9.]", re.IGNORECASE)
_SITE = re.compile(r"\s{0,4}[_|\-—–]{1,2}\s{0,4}[^_|\-—–]{0,40}(?:网|门户|网站|政府|公报|公开|平台|频道)[^_|\-—–]{0,20}$")
_NUMBER = re.compile(
    r"(?:发文字号|文\s{0,4}号|文件编号)\s{0,8}[】\]]?[：:]?\s{0,8}([一-鿿]{1,20}[〔\[［【(（]\d{4}[〕\]］】)）]第?\d{1,5}号)"
)
_FOOT = re.compile(
    r"版权所有|(?:主办|承办|维护|技术支持)(?:单位)?[：:]|ICP备|网站标识码|公网安备|(?:联系|服务)电话|当前位置|浏览次数|字号[：:]|打印本页"
)
_GENRE = re.compile(r"[\u4e00-\u9fff]{4}")
_NEARLY_ALL = 0.85  # of the sentences: what the innermost element that is taken for the document holds
_MOSTLY = 0.6  # the same for an element that a publishing system marks
_WARN = 0.9
_BOXES = 200_000  # boxes of a table that are kept account of
_SPAN = 200  # rows or columns that a cell may span: the attribute is input
_HEAD = 15  # lines at the beginning among which the title is looked for


def read_html(data: bytes) -> Decoded:
    """The text of a web page. Raises :class:`Broken`."""
    from lxml import etree, html

    text, encoding = _decoded(data)
    check_count(text.count("<"), "tags")
    text = _END.sub("", _PROLOGUE.sub("", text, count=1))
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        hint = "Save the page again, or save its text as plain text (UTF-8)."
        raise Broken(f"the web page cannot be parsed ({type(error).__name__})", hint) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Broken("the web page nests its tags too deep: the parser stopped", "Save its text as plain text (UTF-8).")
    return _Page(root).read(encoding)


def _decoded(data: bytes) -> tuple[str, str]:
    """The characters of the page: as a strict reading in the encoding that it names, else as any text file."""
    named = _META.search(data[:4096])
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = named[1].decode("ascii").lower()
        name = "gb18030" if name in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else name
        if name in ("utf-8", "utf8", "gb18030", "big5", "big5-hkscs"):
            try:
                return data.decode(name), name
            except UnicodeDecodeError:
                pass  # pages often name the wrong encoding: it is found out as for a text file
    return decode_text(data)


class _Page:
    """A parsed page."""

    def __init__(self, root: HtmlElement) -> None:
        self._title, self._number = _title(root), ""
        for element in list(root.iter()):
            dropped = isinstance(element.tag, str) and (element.tag in _DROP or _HIDDEN.search(element.get("style") or ""))
            if dropped and element.getparent() is not None:
                element.drop_tree()
        self._root = root
        found = _NUMBER.search(_SPACE.sub("", root.text_content()[:20_000]))
        self._number = found[1] if found else ""
        self._writer = Writer()
        self._weights = _weigh(root)

    def read(self, encoding: str) -> Decoded:
        content = self._content()
        lines = _Lines(content, self._weights).lines
        top = "".join(line if isinstance(line, str) else "".join(line) for line in lines[:_HEAD])
        squeezed = _SPACE.sub("", top.replace("\u3000", ""))
        if self._title and _SPACE.sub("", self._title) not in squeezed:
            self._writer.line(self._title)
            if self._number and self._number not in squeezed:
                self._writer.line(self._number)
        self._writer.lines(lines)
        whole, own = self._weights.get(self._root, 0), self._weights.get(content, 0)
        if whole and own < _WARN * whole:
            self._writer.warn(f"only {own / whole:.0%} of the page's sentences were taken for the document; compare with the page.")
        return self._writer.decoded("html", encoding)

    def _content(self) -> HtmlElement:
        """The element that holds the document."""
        whole = self._weights.get(self._root, 0)
        marks = _marks()
        best: tuple[int, int, HtmlElement] | None = None
        for order, element in enumerate(self._weights):
            names = {("id", (element.get("id") or "").lower())} | {
                ("class", c.lower()) for c in (element.get("class") or "").split()
            }
            if names & marks and self._weights[element] >= _MOSTLY * whole and self._weights[element] > 0:
                key = (self._weights[element], order)
                if best is None or key > best[:2]:
                    best = (*key, element)
        if best is not None:
            return best[2]
        element = self._root
        while True:
            heavy = [c for c in element if self._weights.get(c, 0) >= _NEARLY_ALL * whole and c.tag not in ("tr", "tbody", "p")]
            if not heavy or not whole:
                return element
            element = heavy[0]


def _weigh(root: HtmlElement) -> dict[HtmlElement, int]:
    """For each element the characters of sentences in it, links left out."""
    weights: dict[HtmlElement, int] = {}
    order = [e for e in root.iter() if isinstance(e.tag, str)]
    linked = {e for a in order if a.tag == "a" for e in a.iter()}
    own = {e: 0 if e in linked else _sentence(e.text) for e in order}
    for element in order:
        parent = element.getparent()
        if parent in own and parent not in linked:
            own[parent] += _sentence(element.tail)
    weights = dict(own)
    for element in reversed(order):
        parent = element.getparent()
        if parent in weights:
            weights[parent] += weights[element]
    return weights


def _sentence(text: str | None) -> int:
    return len(text.strip()) if text and _SENTENCE.search(text) and not _FOOT.search(text) else 0


@cache
def _marks() -> frozenset[tuple[str, str]]:
    """Ids and classes of the elements that hold the document in the usual publishing systems."""
    table = (files("extract") / "data" / "web_content.tsv").read_text(encoding="utf-8")
    return frozenset((row["kind"], row["mark"]) for row in csv.DictReader(table.splitlines(), delimiter="\t"))


def _title(root: HtmlElement) -> str:
    """The title of the document: from its metadata, the only h1, or the page's title without the name of the site."""
    named = {(e.get("name") or "").lower(): (e.get("content") or "") for e in root.iter("meta")}
    heads = [h.text_content() for h in root.iter("h1")]
    page = next((t.text or "" for t in root.iter("title")), "")
    for text in (named.get("articletitle", ""), *heads[:2], _SITE.sub("", page)):
        title = _SPACE.sub("", text).strip()
        if _GENRE.search(title) and 8 <= len(title) <= 150:
            return title
    return ""


class _Lines:
    """The lines and rows of an element."""

    def __init__(self, content: HtmlElement, weights: dict[HtmlElement, int]) -> None:
        self.lines: list[str | Row] = []
        self._weights = weights
        self._blocks: list[Block] = []
        self._text: list[str] = []
        self._walk(content)
        self._break(content)
        self.lines += flow(self._blocks)

    def _walk(self, content: HtmlElement) -> None:
        """Take the words in the order of the page; blocks and br end a paragraph. No recursion: pages nest as deep as they like."""
        from lxml import etree

        walker = etree.iterwalk(content, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if event == "end":
                if tag not in _INLINE:
                    self._break(element)
                if element is not content:
                    self._text.append(element.tail or "")
                continue
            if tag == "table" and _is_data(element, self._weights):
                self._break(element)
                self.lines += flow(self._blocks)
                self._blocks = []
                self.lines += _rows(element)
                walker.skip_subtree()
                continue
            if tag not in _INLINE:
                parent = element.getparent()
                self._break(parent if parent is not None else element)
            self._text.append(element.text or "")

    def _break(self, element: HtmlElement) -> None:
        """End the paragraph that stands in ``element``."""
        text = _SPACE.sub(" ", "".join(self._text)).strip(" ")
        self._text = []
        if text.strip():
            styles = [element, *element.iterancestors()][:4]
            centred = any(
                (e.get("align") or "").lower() in ("center", "right") or _CENTRED.search(e.get("style") or "") for e in styles
            )
            centred = centred or any(e.tag == "center" for e in styles)
            indented = text.startswith("\u3000\u3000") or any(_INDENTED.search(e.get("style") or "") for e in styles[:1])
            self._blocks.append(Block(text, centred, indented))


def _is_data(table: HtmlElement, weights: dict[HtmlElement, int]) -> bool:
    """Is the table one of figures or duties, and not a frame around the page?"""
    rows = list(table.iter("tr"))
    if next((t for t in table.iterdescendants("table")), None) is not None or len(rows) < 2:
        return False
    filled = sum(sum(bool(cell.text_content().strip()) for cell in row if cell.tag in ("td", "th")) >= 2 for row in rows)
    longest = max((len(cell.text_content()) for row in rows for cell in row if cell.tag in ("td", "th")), default=0)
    return filled >= 2 and longest < 2_000


def _rows(table: HtmlElement) -> list[str | Row]:
    """The rows of a table; a merged cell has its words in its first row and column, a row of one merged cell is a line."""
    taken: set[tuple[int, int]] = set()
    rows: list[tuple[dict[int, str], bool]] = []
    for r, row in enumerate(table.iter("tr")):
        column = 0
        values: dict[int, str] = {}
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        for cell in cells:
            while (r, column) in taken:
                column += 1
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            values[column] = join_cell(_cell_lines(cell))
            if len(taken) < _BOXES:
                taken.update((r + dy, column + dx) for dy in range(down) for dx in range(across))
            column += across
        rows.append((values, len(cells) == 1 and 0 in values and column > 1))
    width = max((c for values, _ in rows for c in values), default=0) + 1
    out: list[str | Row] = []
    for values, alone in rows:
        if any(values.values()):
            out.append("".join(values.values()) if alone else tuple(values.get(c, "") for c in range(width)))
    return out


def _cell_lines(cell: HtmlElement) -> list[str]:
    """The lines of a cell: its paragraphs, and what br parts."""
    from lxml import etree

    parts: list[str] = [cell.text or ""]
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if element is cell:
            continue
        if element.tag not in _INLINE:
            parts.append("\n")
        parts.append((element.text if event == "start" else element.tail) or "")
    lines = (_SPACE.sub(" ", line).strip() for line in _joined(parts))
    return [line for line in lines if line]


def _joined(parts: list[str]) -> list[str]:
    """Texts between the breaks; a line break of the source is a blank."""
    out = [""]
    for part in parts:
        if part == "\n":
            out.append("")
        else:
            out[-1] += part
    return out


def _span(cell: HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return max(1, min(int(value), _SPAN)) if value.isascii() and value.isdigit() and len(value) < 6 else 1
