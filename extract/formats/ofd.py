"""OFD (GB/T 33190-2016), the format in which Chinese offices issue and archive: a zip package of XML.

Pages hold text objects with a place for each character, and paths. They are read like the glyphs and rules of a PDF page.
Lengths in the file are millimetres.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import repeat
from typing import TYPE_CHECKING

from extract.formats import ocr
from extract.formats.apart import beat
from extract.formats.archive import Package, attribute, check_count, local, resolve
from extract.formats.decoded import Broken, Decoded, Writer
from extract.formats.glyphs import Glyph, Text, page_lines
from extract.formats.health import BROKEN, DOUBTFUL, damage, unified
from extract.formats.rules import strokes
from extract.formats.tables import continue_rows
from extract.settings import default

if TYPE_CHECKING:
    from lxml.etree import _Element

_POINTS = 72 / 25.4
_DAMAGED = "Get the file again, or open it in an OFD reader and save it as PDF."
_NUMBER = re.compile(r"[-+]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12})(?:[eE][-+]?\d{1,2})?")
_PATH = re.compile(rf"([A-Za-z])|({_NUMBER.pattern})")
_ARGUMENTS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_LONGEST = 100_000  # characters of a path or of its list of distances; a longer one is a drawing

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_ofd(data: bytes) -> Decoded:
    """The text of an OFD file. Raises :class:`Broken`."""
    package = Package(data)
    root = package.xml("OFD.xml")
    bodies = [(e.text or "").strip() for e in root.iter() if local(e) == "DocRoot"]
    if not bodies:
        raise Broken("the OFD package names no document", _DAMAGED)
    reader = _Reader(package)
    for body in bodies:
        reader.document(resolve("OFD.xml", body))
    return reader.decoded()


class _Reader:
    """Reads the documents of a package, mostly one."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._writer = Writer()
        self._pages: list[list[Text]] = []
        self._scanned: list[int] = []
        self._nodes = 0
        self._until = time.monotonic() + default("max_seconds")

    def document(self, part: str) -> None:
        """Read the pages of a document."""
        root = self._package.xml(part)
        base = root.find("./{*}CommonData/{*}TemplatePage/..")
        templates = {
            attribute(e, "ID") or "": resolve(part, attribute(e, "BaseLoc") or "")
            for e in (base if base is not None else ())
            if local(e) == "TemplatePage"
        }
        places = [attribute(e, "BaseLoc") or "" for e in root.iter() if local(e) == "Page" and attribute(e, "BaseLoc")]
        if len(places) > (limit := default("max_pages")):
            raise Broken(f"the OFD file has {len(places):,} pages, more than {limit:,} (max_pages)", "Split it.")
        for place in places:
            self._page(resolve(part, place), templates)
            beat()
            if time.monotonic() > self._until:
                raise Broken("reading the pages takes too long (max_seconds)", "Save it as PDF, or split it.")

    def _page(self, part: str, templates: dict[str, str]) -> None:
        number = len(self._pages) + 1
        if part not in self._package:
            self._pages.append([])
            self._writer.warn(f"page {number}: the package lacks it.")
            return
        root = self._xml(part)
        sources = [root]
        for element in root.iter():
            template = templates.get(attribute(element, "TemplateID") or "") if local(element) == "Template" else None
            if template is not None and template in self._package:
                sources.insert(0, self._xml(template))
        glyphs: list[Glyph] = []
        boxes: list[tuple[float, float, float, float]] = []
        pictures = 0
        for source in sources:
            for element in source.iter():
                name = local(element)
                if name == "TextObject":
                    glyphs.extend(_glyphs(element))
                elif name == "PathObject":
                    boxes.extend(_boxes(element))
                elif name == "ImageObject":
                    pictures += 1
        self._pages.append(page_lines(glyphs, strokes(boxes)))
        self._check(number, "".join(g.char for g in glyphs), pictures)

    def _xml(self, part: str) -> _Element:
        root = self._package.xml(part)
        self._nodes += sum(1 for _ in root.iter())
        check_count(self._nodes, "objects")
        return root

    def _check(self, number: int, text: str, pictures: int) -> None:
        """Note what is wrong with the text of a page."""
        harm = damage(text)
        if not text and pictures:
            self._scanned.append(number)
        elif not text:
            self._writer.warn(f"page {number}: no text and no picture; it may be blank.")
        elif harm > DOUBTFUL:
            verdict = "it reads as nonsense" if harm >= BROKEN else "compare with the page as shown"
            self._writer.warn(f"page {number}: {harm:.0%} of the characters are damaged; {verdict}.")

    def decoded(self) -> Decoded:
        """All pages."""
        for lines in continue_rows(self._pages):
            self._writer.page()
            self._writer.lines(lines)
        if self._scanned:
            pages = ocr.page_list(self._scanned)
            hint = "Save it as PDF in an OFD reader; zhize recognises scanned pages of a PDF (OCR)."
            if len(self._scanned) == len(self._pages):
                raise Broken(f"the OFD file has no text: all its pages are scanned ({pages})", hint)
            self._writer.warn(f"{pages}: scanned, not read. {hint}")
        return self._writer.decoded("ofd")


def _floats(text: str | None) -> list[float]:
    return [float(n) for n in _NUMBER.findall((text or "")[:_LONGEST])]


def _distances(text: str | None, count: int) -> list[float]:
    """Distances between characters: plain numbers, or "g 3 4.2" for three times 4.2."""
    out: list[float] = []
    words = (text or "")[:_LONGEST].split()
    i = 0
    while i < len(words) and len(out) < count:
        if words[i] == "g" and i + 2 < len(words):
            times, value = _floats(words[i + 1]), _floats(words[i + 2])
            if times and value:
                out.extend(repeat(value[0], max(0, min(int(times[0]), count))))
            i += 3
        else:
            out.extend(_floats(words[i]))
            i += 1
    return out


def _matrix(element: _Element) -> Matrix:
    values = _floats(attribute(element, "CTM"))
    return (values[0], values[1], values[2], values[3], values[4], values[5]) if len(values) >= 6 else _UNIT


def _origin(element: _Element) -> tuple[float, float]:
    values = _floats(attribute(element, "Boundary"))
    return (values[0], values[1]) if len(values) >= 2 else (0.0, 0.0)


def _on_page(x: float, y: float, matrix: Matrix, origin: tuple[float, float]) -> tuple[float, float]:
    """A point of an object in points of the page."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e + origin[0]) * _POINTS, (b * x + d * y + f + origin[1]) * _POINTS


def _glyphs(element: _Element) -> Iterator[Glyph]:
    """The characters of a text object; X, Y is the left end of the base line."""
    matrix, origin = _matrix(element), _origin(element)
    size = abs((_floats(attribute(element, "Size")) or [4.0])[0])
    x = y = 0.0
    for code in element:
        if local(code) != "TextCode" or not code.text:
            continue
        x = (_floats(attribute(code, "X")) or [x])[0]
        y = (_floats(attribute(code, "Y")) or [y])[0]
        text = code.text
        across, down = _distances(attribute(code, "DeltaX"), len(text)), _distances(attribute(code, "DeltaY"), len(text))
        px, py = x, y
        for i, char in enumerate(text):
            wide = size * (0.5 if char.isascii() else 1.0)
            x0, y0 = _on_page(px, py - 0.88 * size, matrix, origin)
            x1, y1 = _on_page(px + wide, py + 0.12 * size, matrix, origin)
            if not char.isspace():
                yield Glyph(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), unified(char))
            px += across[i] if i < len(across) else 0.0 if down else wide
            py += down[i] if i < len(down) else 0.0


def _boxes(element: _Element) -> Iterator[tuple[float, float, float, float]]:
    """The straight strokes of a path as boxes, a thin filled path as one."""
    data = next((e.text or "" for e in element if local(e) == "AbbreviatedData"), "")
    if len(data) > _LONGEST:
        return
    matrix, origin = _matrix(element), _origin(element)
    if attribute(element, "Stroke") == "false":
        points = [p for _, _, p in _segments(data, matrix, origin)]
        if points:
            yield min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points)
        return
    for kind, (x0, y0), (x1, y1) in _segments(data, matrix, origin):
        if kind == "L":
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _segments(
    data: str, matrix: Matrix, origin: tuple[float, float]
) -> Iterator[tuple[str, tuple[float, float], tuple[float, float]]]:
    """The segments of a path: kind, where from, where to (GB/T 33190, table 35: S, M, L, Q, B, A, C)."""
    start = last = _on_page(0.0, 0.0, matrix, origin)
    kind = ""
    numbers: list[float] = []
    for letter, number in _PATH.findall(data):
        if letter:
            kind, numbers = letter.upper(), []
            if kind == "C":
                yield "L", last, start
                last = start
            continue
        numbers.append(float(number))
        if len(numbers) == _ARGUMENTS.get(kind, 2):
            point = _on_page(numbers[-2], numbers[-1], matrix, origin)
            if kind in ("M", "S"):
                start = last = point
            yield kind, last, point
            last, numbers = point, []
