"""The document laid out on pages, as PDF and as OFD: one layout engine, two writers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from tests.extract.formats.making import DOCUMENT, Head, Part, Table, zipped

MM = 25.4 / 72
CLOSING = "，。；：、）》”"


@dataclass
class Page:
    """What stands on a page, in points from its upper left corner; y is the base line."""

    texts: list[tuple[float, float, float, str]] = field(default_factory=list)  # x, y, size, words
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)


def wide(words: str) -> float:
    return sum(0.5 if c.isascii() else 1.0 for c in words)


def wrapped(words: str, width: float, first: float = 0.0) -> list[str]:
    """Lines of at most ``width`` ems; the first is shorter by ``first``. No line begins with closing punctuation."""
    lines, room = [""], width - first
    for char in words:
        if wide(lines[-1] + char) > room and char not in CLOSING:
            lines.append("")
            room = width
        lines[-1] += char
    return lines


class Layout:
    """Sets paragraphs and tables on pages."""

    def __init__(self, columns: int = 1, ruled: bool = True, size: float = 14, height: float = 842, header: str = "") -> None:
        self.pages: list[Page] = []
        self.columns, self.ruled, self.size, self.height, self.header = columns, ruled, size, height, header
        self.left, self.right, self.top, self.bottom = 72.0, 523.0, 72.0, height - 72
        self.gutter = 28.0
        self.column = columns
        self.start = self.y = 0.0
        self.next()

    @property
    def width(self) -> float:
        return (self.right - self.left - self.gutter * (self.columns - 1)) / self.columns

    @property
    def x(self) -> float:
        return self.left + self.column * (self.width + self.gutter)

    def next(self) -> None:
        """The next column or page."""
        if self.pages and self.column + 1 < self.columns:
            self.column += 1
            self.y = self.start
            return
        self.pages.append(Page())
        number = len(self.pages)
        self.column, self.y, self.start = 0, self.top, self.top
        if self.header:
            self.put(self.left, 50, 9, self.header)
        self.put(285, self.height - 40, 10, f"— {number} —")

    def put(self, x: float, y: float, size: float, words: str) -> None:
        if words:
            self.pages[-1].texts.append((x, y, size, words))

    def line(self, words: str, x: float, size: float) -> None:
        if self.y + size * 1.8 > self.bottom:
            shift = x - self.x
            self.next()
            x = self.x + shift
        self.y += size * 1.8
        self.put(x, self.y, size, words)

    def head(self, words: str) -> None:
        """A line over all columns: columns above are closed, new ones begin below."""
        if self.columns > 1 and self.column:
            columns, self.column = self.columns, self.columns - 1
            self.next()
            self.columns = columns
        size = self.size + 2
        for part in wrapped(words, (self.right - self.left) / size):
            self.line(part, (self.left + self.right - wide(part) * size) / 2, size)
        self.start = self.y

    def paragraph(self, words: str) -> None:
        for i, part in enumerate(wrapped(words, self.width / self.size, 2)):
            self.line(part, self.x + (2 * self.size if i == 0 else 0), self.size)

    def table(self, table: Table) -> None:
        size = 10
        if self.column:
            self.column = self.columns - 1
            self.next()
        total = sum(table.widths)
        xs = [self.left]
        for share in table.widths:
            xs.append(xs[-1] + share / total * (self.right - self.left))
        merged = {r: first for first, last in table.merged for r in range(first, last + 1)}
        self.y += 10
        for r, row in enumerate(table.rows):
            cells = [wrapped(words, (b - a - 8) // size) for words, a, b in zip(row, xs, xs[1:], strict=False)]
            tall = max(len(cell) for cell in cells) * size * 1.3 + 6
            joined = r in merged and merged[r] != r
            if self.y + tall > self.bottom:
                self.column = self.columns - 1
                self.rule(xs[0], self.y, xs[-1], self.y)
                self.next()
                joined = False
                self.rule(xs[0], self.y, xs[-1], self.y)
            self.rule(xs[1] if joined else xs[0], self.y, xs[-1], self.y)
            for cell, x in zip(cells, xs, strict=False):
                for i, part in enumerate(cell):
                    self.put(x + 4, self.y + size * 1.3 * (i + 1), size, part)
            for x in xs:
                self.rule(x, self.y, x, self.y + tall)
            self.y += tall
        self.rule(xs[0], self.y, xs[-1], self.y)
        self.start = self.y + 10
        self.y += 10

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if self.ruled:
            self.pages[-1].lines.append((x0, y0, x1, y1))

    def set(self, parts: tuple[Part, ...]) -> list[Page]:
        for part in parts:
            if isinstance(part, Table):
                self.table(part)
            elif isinstance(part, Head):
                self.head(part.text)
            else:
                self.paragraph(part)
        return self.pages


def pdf(pages: list[Page], height: float = 842, turned: bool = False, boxes: bool = False, password: str = "", repeat: int = 1) -> bytes:
    """Pages as PDF. ``turned``: a landscape page set sideways; ``boxes``: rules as thin filled boxes, as Word draws them."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    encrypt = StandardEncryption(password, ownerPassword="owner") if password else None
    canvas = Canvas(out, pagesize=(595, height), encrypt=encrypt, invariant=1)
    for page in pages:
        if turned:
            canvas.setPageRotation(90)
            canvas.translate(595, 0)
            canvas.rotate(90)
        for _ in range(repeat):  # more than once: how programs without a bold font print bold letters
            for x, y, size, words in page.texts:
                canvas.setFont("STSong-Light", size)
                canvas.drawString(x, height - y, words)
        for x0, y0, x1, y1 in page.lines:
            if boxes:
                canvas.rect(x0 - 0.25, height - y1 - 0.25, x1 - x0 + 0.5, y1 - y0 + 0.5, stroke=0, fill=1)
            else:
                canvas.line(x0, height - y0, x1, height - y1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def ofd(pages: list[Page], prefix: str = "ofd:") -> bytes:
    """Pages as OFD: text objects of one line each, rules as paths."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"' if prefix else 'xmlns="http://www.ofdspec.org/2016"'
    p = prefix
    entries: dict[str, str | bytes] = {
        "OFD.xml": f"<?xml version='1.0' encoding='UTF-8'?><{p}OFD {space} Version='1.1' DocType='OFD'><{p}DocBody><{p}DocInfo/>"
        f"<{p}DocRoot>Doc_0/Document.xml</{p}DocRoot></{p}DocBody></{p}OFD>",
        "Doc_0/Document.xml": f"<{p}Document {space}><{p}CommonData><{p}TemplatePage ID='900' BaseLoc='Tpls/Tpl_0.xml'/></{p}CommonData><{p}Pages>"
        + "".join(f"<{p}Page ID='{i + 1}' BaseLoc='Pages/Page_{i}/Content.xml'/>" for i in range(len(pages)))
        + f"</{p}Pages></{p}Document>",
        "Doc_0/Tpls/Tpl_0.xml": f"<{p}Page {space}><{p}Content><{p}Layer ID='901'></{p}Layer></{p}Content></{p}Page>",
    }
    for i, page in enumerate(pages):
        objects = "".join(_ofd_objects(page, p))
        entries[f"Doc_0/Pages/Page_{i}/Content.xml"] = (
            f"<{p}Page {space}><{p}Template TemplateID='900'/><{p}Content><{p}Layer ID='{i + 10}'>{objects}</{p}Layer></{p}Content></{p}Page>"
        )
    return zipped(entries)


def _ofd_objects(page: Page, p: str) -> Iterator[str]:
    for n, (x, y, size, words) in enumerate(page.texts):
        em = size * MM
        steps = " ".join(f"{em * wide(c):.3f}" for c in words[:-1])
        delta = f"g {len(words) - 1} {em:.3f}" if n % 2 and not any(c.isascii() for c in words) else steps
        left, top = x * MM, (y - size) * MM
        yield (
            f"<{p}TextObject ID='{n + 1000}' Boundary='{left:.3f} {top:.3f} {em * wide(words):.3f} {em * 1.2:.3f}' Font='1' Size='{em:.3f}'>"
            f"<{p}TextCode X='0' Y='{em:.3f}' DeltaX='{delta}'>{escape(words)}</{p}TextCode></{p}TextObject>"
        )
    for n, (x0, y0, x1, y1) in enumerate(page.lines):
        place = f"{x0 * MM:.3f} {y0 * MM:.3f} {(x1 - x0) * MM:.3f} {(y1 - y0) * MM:.3f}"
        data = f"M 0 0 L {(x1 - x0) * MM:.3f} {(y1 - y0) * MM:.3f}"
        yield f"<{p}PathObject ID='{n + 5000}' Boundary='{place}' LineWidth='0.3'><{p}AbbreviatedData>{data}</{p}AbbreviatedData></{p}PathObject>"


def pages(parts: tuple[Part, ...] = DOCUMENT, **options: object) -> list[Page]:
    """The document on pages; options are those of :class:`Layout`."""
    return Layout(**options).set(parts)  # type: ignore[arg-type]


def scanned(data: bytes, only: tuple[int, ...] = ()) -> bytes:
    """A PDF with the pages of another as pictures (all, or those numbered from 0); needs a Chinese font on the system."""
    import pypdfium2
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for number, page in enumerate(pypdfium2.PdfDocument(data)):
        if not only or number in only:
            canvas.drawImage(ImageReader(page.render(scale=200 / 72).to_pil()), 0, 0, 595, 842)
        else:
            canvas.setFont("STSong-Light", 14)
            for i, line in enumerate(page.get_textpage().get_text_range().splitlines()):
                canvas.drawString(72, 780 - 24 * i, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
