"""PDF: the text layer in reading order, tables with their cells, scanned pages by OCR where that is installed.

Text and ruling lines come from PDFium (pypdfium2); :mod:`extract.formats.glyphs` puts them in order. A page without text that
holds a picture is a scan; a page whose text layer is broken (fonts without a mapping to characters) is treated like one.
"""

from __future__ import annotations

import ctypes
import math
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from extract.formats import ocr
from extract.formats.apart import beat
from extract.formats.decoded import Broken, Decoded, Writer
from extract.formats.glyphs import Glyph, Text, page_lines
from extract.formats.health import BROKEN, DOUBTFUL, damage, unified
from extract.formats.rules import Rule, strokes
from extract.formats.tables import continue_rows
from extract.settings import default

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfObject, PdfPage

_DAMAGED = "Get the file again, or open it in a PDF program and print it to a new PDF."
_DEPTH = 3  # forms within forms that are looked into for ruling lines
_QUARTER = math.pi / 2
_MESSAGES: dict[str, tuple[str, Callable[[Iterable[float]], float]]] = {
    "turned": ("{:.0f} characters that stand at another angle (a watermark?) are left out.", sum),
    "damaged": ("up to {:.0%} of the characters are damaged; compare with the pages as shown.", max),
    "recognised": ("scanned, read by OCR (mean confidence at least {:.2f}); check names and figures.", min),
    "nothing": ("scanned, and OCR found no text.", max),
}


def read_pdf(data: bytes) -> Decoded:
    """The text of a PDF file. Raises :class:`Broken` where it cannot be opened or holds no text that can be read."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Broken("the PDF is encrypted with a password", "Open it with its password and print it to a new PDF.") from error
        raise Broken(f"the PDF is damaged ({error})", _DAMAGED) from error
    try:
        return _Reader(document, b"%%EOF" not in data[-4096:]).read()
    except pypdfium2.PdfiumError as error:
        raise Broken(f"the PDF is damaged ({error})", _DAMAGED) from error
    finally:
        document.close()


class _Reader:
    """Reads the pages one after another."""

    def __init__(self, document: PdfDocument, cut: bool) -> None:
        self._document = document
        self._cut = cut
        self._pages: list[list[Text]] = []
        self._scanned: list[int] = []
        self._empty: list[int] = []
        self._notes: dict[str, list[tuple[int, float]]] = {}
        self._writer = Writer()
        self._recognised = 0

    def read(self) -> Decoded:
        count = len(self._document)
        if count == 0:
            raise Broken("the PDF has no pages", _DAMAGED)
        if count > (limit := default("max_pages")):
            raise Broken(f"the PDF has {count:,} pages, more than {limit:,} (max_pages)", "Split it.")
        begun, slow = time.monotonic(), 0.0
        for number in range(count):
            before = time.monotonic()
            recognised = self._recognised
            self._pages.append(self._page(number))
            beat()
            if self._recognised > recognised:
                slow += time.monotonic() - before
            if time.monotonic() - begun - slow > (seconds := default("max_seconds")):
                raise Broken(
                    f"reading the pages takes longer than {seconds} s (max_seconds)", "Print it to a new PDF, or split it."
                )
        return self._written()

    def _written(self) -> Decoded:
        for lines in continue_rows(self._pages):
            self._writer.page()
            self._writer.lines(lines)
        if self._cut:
            self._writer.warn("the file lacks its end: it may have been cut short, and pages or text may be missing.")
        for kind, found in self._notes.items():
            message, fold = _MESSAGES[kind]
            pages = ocr.page_list([number for number, _ in found])
            self._writer.warn(f"{pages}: {message.format(fold(figure for _, figure in found))}")
        if self._scanned:
            pages = ocr.page_list(self._scanned)
            if len(self._scanned) + len(self._empty) == len(self._pages):
                raise Broken(f"the PDF has no text layer: all its pages are scanned ({pages})", ocr.HOW)
            self._writer.warn(f"{pages}: scanned or with a broken text layer, not read. {ocr.HOW}")
        if self._empty:
            self._writer.warn(f"{ocr.page_list(self._empty)}: no text and no picture; they may be blank.")
        return self._writer.decoded("pdf")

    def _note(self, kind: str, number: int, figure: float) -> None:
        """Note something about a page; the same thing on many pages is one warning."""
        self._notes.setdefault(kind, []).append((number + 1, figure))

    def _page(self, number: int) -> list[Text]:
        """The lines of a page; what is wrong with it is noted."""
        page = self._document[number]
        glyphs, turned, angle = _glyphs(page)
        text = "".join(glyph.char for glyph in glyphs)
        harm = damage(text)
        if turned > 5:
            self._note("turned", number, turned)
        if glyphs and harm < BROKEN:
            if harm > DOUBTFUL:
                self._note("damaged", number, harm)
            return page_lines(glyphs, _rules(page, angle))
        if not glyphs and not _has_picture(page):
            self._empty.append(number + 1)
            return []
        return self._recognise(page, number)

    def _recognise(self, page: PdfPage, number: int) -> list[Text]:
        if not ocr.available() or self._recognised >= default("max_ocr_pages"):
            self._scanned.append(number + 1)
            return []
        self._recognised += 1
        scale = 200 / 72  # 200 dpi: 三号 (16 pt) and 小四 (12 pt) letters are 44 and 33 pixels high
        width, height = page.get_size()
        scale = min(scale, 4000 / max(width, height, 1.0))
        picture = page.render(scale=scale).to_numpy()
        glyphs, sure = ocr.recognise(picture, 1 / scale)
        if not glyphs:
            self._note("nothing", number, 0)
            return []
        self._note("recognised", number, sure)
        return page_lines(glyphs, ocr.ruling_lines(picture, 1 / scale))


def _glyphs(page: PdfPage) -> tuple[list[Glyph], int, int]:
    """The glyphs of a page that stand at its usual angle, how many do not, and that angle in quarter turns."""
    from pypdfium2 import raw

    text = page.get_textpage()
    box = raw.FS_RECTF()
    found: list[tuple[int, float, float, float, float, str]] = []
    for i in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, i)
        if raw.FPDFText_IsGenerated(text, i) == 1 or code in (9, 10, 13, 32, 160, 0x3000):
            continue
        if 0xD800 <= code <= 0xDFFF:
            code = 0xFFFD
        raw.FPDFText_GetLooseCharBox(text, i, box)
        angle = raw.FPDFText_GetCharAngle(text, i)
        quarter = round(angle / _QUARTER)
        turn = quarter % 4 if abs(angle - quarter * _QUARTER) < 0.05 else -1
        found.append((turn, box.left, box.bottom, box.right, box.top, chr(code) if code else "\ufffd"))
    text.close()
    usual = Counter(turn for turn, *_ in found if turn >= 0).most_common(1)
    turn = usual[0][0] if usual else 0
    kept = [Glyph(*_turned(x0, y0, x1, y1, turn), unified(char)) for own, x0, y0, x1, y1, char in found if own == turn]
    return kept, len(found) - len(kept), turn


def _turned(x0: float, y0: float, x1: float, y1: float, turn: int) -> tuple[float, float, float, float]:
    """A box of the page (y upwards) as one reads it (y downwards) when its text is turned clockwise by quarters."""
    if turn == 0:
        return x0, -y1, x1, -y0
    if turn == 1:
        return -y1, -x1, -y0, -x0
    if turn == 2:
        return -x1, y0, -x0, y1
    return y0, x0, y1, x1


def _has_picture(page: PdfPage) -> bool:
    """Does anything at all stand on the page that may show text?"""
    return any(True for _ in page.get_objects(max_depth=_DEPTH))


def _rules(page: PdfPage, turn: int) -> list[Rule]:
    """The ruling lines of a page."""
    from pypdfium2 import raw

    boxes: list[tuple[float, float, float, float]] = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEPTH):
        boxes.extend(_path(item, raw))
        if len(boxes) > 50_000:  # a map or a drawing
            return []
    return strokes(_turned(*box, turn) for box in boxes)


def _path(item: PdfObject, raw: Any) -> Iterator[tuple[float, float, float, float]]:
    """The straight parts of a path as boxes, thin filled boxes as one, in the coordinates of the page."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    count = raw.FPDFPath_CountSegments(item)
    if count < 2 or count > 2_000 or not (fill.value or stroke.value):
        return
    points = list(_points(item, raw, count))
    if stroke.value:
        for kind, (x0, y0), (x1, y1) in points:
            if kind == raw.FPDF_SEGMENT_LINETO:
                yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    else:
        xs = [x for _, _, (x, _) in points]
        ys = [y for _, _, (_, y) in points]
        yield min(xs), min(ys), max(xs), max(ys)


def _points(item: PdfObject, raw: Any, count: int) -> Iterator[tuple[int, tuple[float, float], tuple[float, float]]]:
    """The segments of a path: kind, where from, where to. A segment that closes its figure is followed by the way back."""
    matrices = [item.get_matrix()]
    outer = item.container
    while outer is not None:
        matrices.append(outer.get_matrix())
        outer = outer.container
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        for matrix in matrices:
            point = matrix.on_point(*point)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = last = point
        yield kind, last, point
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield raw.FPDF_SEGMENT_LINETO, last, start
            last = start
