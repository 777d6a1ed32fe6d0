"""DOCX: paragraphs with their automatic numbers, tables with merged cells, text boxes and notes.

The package is read as XML, not through python-docx, which passes over content controls, inserted text, text boxes and the numbers
that Word makes itself (一、 （一） 1.), without which a policy has no outline.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract.formats.archive import Package, attribute, check_count, local, parse_xml, relations
from extract.formats.decoded import Block, Broken, Decoded, Row, Writer, flow, join_cell
from extract.formats.wordnumbers import Numbering

if TYPE_CHECKING:
    from lxml.etree import _Element

_PASS = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "rPr", "pPr", "sectPr", "tblPr", "tcPr", "trPr"})
_DEEPEST = 8  # tables within tables; deeper ones are read as text
_WIDEST = 200  # columns that a cell may claim to span: the attribute is input
_SCAN = "Save it as PDF; with zhize[ocr] installed its pages are read."


def read_docx(data: bytes) -> Decoded:
    """The text of a Word document (.docx). Raises :class:`Broken`."""
    package = Package(data)
    main = next((part for kind, part in relations(package, "").values() if kind == "officeDocument"), "word/document.xml")
    xml = package.read(main)
    check_count(xml.count(b"<w:p>") + xml.count(b"<w:p ") + xml.count(b"<w:tc>") + xml.count(b"<w:r>") // 4, "paragraphs")
    parts = dict(relations(package, main).values())
    return _Reader(package, parts).read(parse_xml(xml, main))


class _Reader:
    """Walks the body of a document."""

    def __init__(self, package: Package, parts: dict[str, str]) -> None:
        self._parts = parts
        self._package = package
        styles = self._part("styles")
        self._styles = {attribute(s, "styleId") or "": s for s in styles if local(s) == "style"} if styles is not None else {}
        self._numbering = Numbering(self._part("numbering"), self._styles)
        self._writer = Writer()
        self._blocks: list[Block] = []
        self._pictures = 0

    def _part(self, kind: str) -> _Element | None:
        part = self._parts.get(kind)
        return self._package.xml(part) if part is not None and part in self._package else None

    def read(self, root: _Element) -> Decoded:
        body = next((e for e in root if local(e) == "body"), None)
        if body is None:
            raise Broken("the Word document has no body", "Open it in an office program and save it anew.")
        self._walk(body)
        self._flush()
        self._notes()
        if self._pictures:
            what = f"{self._pictures} pictures or drawings are not read"
            self._writer.warn(f"{what}; text in them (a scanned annex, an organisation chart) is missing.")
        decoded = self._writer.decoded("docx")
        if self._pictures and not decoded.text.strip():
            raise Broken("the Word document has no text: it holds pictures only (a scan)", _SCAN)
        return decoded

    def _walk(self, parent: _Element) -> None:
        """Write the paragraphs and tables below ``parent``, looking into whatever wraps them."""
        for element in parent:
            name = local(element)
            if name == "p":
                self._blocks.append(self._paragraph(element))
                for box in _boxes(element):
                    self._walk(box)
            elif name == "tbl":
                self._flush()
                for row in self._table(element):
                    self._writer.row(row)
            elif name not in _PASS:
                self._walk(element)

    def _flush(self) -> None:
        self._writer.lines(flow(self._blocks))
        self._blocks = []

    def _notes(self) -> None:
        """Footnotes and endnotes, after the text: they hold definitions and sources."""
        for kind in ("footnotes", "endnotes"):
            root = self._part(kind)
            for note in root if root is not None else ():
                if attribute(note, "type") is None:
                    self._walk(note)
        self._flush()

    def _paragraph(self, element: _Element) -> Block:
        """A paragraph with the number that Word puts before it."""
        text = "".join(self._runs(element))
        properties = next((e for e in element if local(e) == "pPr"), None)
        number = self._numbering.label(properties) if text.strip() else ""
        return Block(number + text, self._align(properties) in ("center", "right", "end"), self._indent(properties))

    def _runs(self, element: _Element) -> Iterator[str]:
        """The words of a paragraph; deleted text and field codes are no words, text boxes are read after it."""
        for child in element:
            name = local(child)
            if name == "t":
                yield child.text or ""
            elif name in ("tab", "br", "cr", "ptab"):
                yield " "
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "sym":
                yield _symbol(child)
            elif name in ("drawing", "pict", "object"):
                self._pictures += not any(local(e) == "txbxContent" for e in child.iter())
            elif name not in _PASS and name != "txbxContent":
                yield from self._runs(child)

    def _style(self, properties: _Element | None, name: str) -> _Element | None:
        """A property of a paragraph, its own or its style's."""
        own = next((e for e in properties if local(e) == name), None) if properties is not None else None
        style = next((e for e in properties if local(e) == "pStyle"), None) if properties is not None else None
        key = attribute(style, "val") if style is not None else None
        for _ in range(10):  # styles rest on styles; a circle ends here
            if own is not None or key is None or key not in self._styles:
                break
            parts = {local(e): e for e in self._styles[key]}
            own = next((e for e in parts.get("pPr", ()) if local(e) == name), None)
            key = attribute(parts["basedOn"], "val") if "basedOn" in parts else None
        return own

    def _align(self, properties: _Element | None) -> str:
        found = self._style(properties, "jc")
        return (attribute(found, "val") or "") if found is not None else ""

    def _indent(self, properties: _Element | None) -> bool:
        found = self._style(properties, "ind")
        if found is None:
            return False
        return any((attribute(found, name) or "0").lstrip("-") not in ("0", "") for name in ("firstLine", "firstLineChars"))

    def _table(self, table: _Element, depth: int = 0) -> list[Row]:
        """The rows of a table; a cell that goes on from above or over several columns is empty but in its first place."""
        rows: list[Row] = []
        for row in _children(table, "tr"):
            cells: list[str] = [""] * _number(row, "gridBefore", 0)
            nested: list[Row] = []
            for cell in _children(row, "tc"):
                words, inner = self._cell(cell, depth)
                continued = _continues_above(cell)
                cells.append("" if continued else words)
                cells.extend([""] * (_number(cell, "gridSpan", 1) - 1))
                nested += inner
            if any(cells):
                rows.append(_one_cell(cells, row))
            rows += nested
        return rows

    def _cell(self, cell: _Element, depth: int) -> tuple[str, list[Row]]:
        """The words of a cell, and the rows of tables that stand in it."""
        lines: list[str] = []
        inner: list[Row] = []
        pending = list(cell)[::-1]
        while pending:
            element = pending.pop()
            name = local(element)
            if name == "p":
                lines.append(self._paragraph(element).text)
            elif name == "tbl" and depth < _DEEPEST:
                inner += self._table(element, depth + 1)
            elif name not in _PASS:
                pending.extend(list(element)[::-1])
        return join_cell([line for line in lines if line.strip()]), inner


def _children(parent: _Element, name: str) -> Iterator[_Element]:
    """The rows of a table or cells of a row, also those wrapped in content controls or marked as inserted."""
    for element in parent:
        tag = local(element)
        if tag == name:
            yield element
        elif tag in ("sdt", "sdtContent", "ins", "customXml", "moveTo"):
            yield from _children(element, name)


def _boxes(paragraph: _Element) -> list[_Element]:
    """The text boxes anchored in a paragraph, each once: Word writes a second form of each for old programs."""
    found = []
    for element in paragraph.iter():
        if local(element) == "txbxContent":
            above = []
            for ancestor in element.iterancestors():
                if ancestor is paragraph:
                    break
                above.append(local(ancestor))
            if "Fallback" not in above and "txbxContent" not in above:
                found.append(element)
    return found


def _number(element: _Element, name: str, default: int) -> int:
    """A number among the properties of a row or cell, within bounds."""
    for properties in element:
        if local(properties) in ("trPr", "tcPr"):
            for found in properties:
                if local(found) == name and (value := attribute(found, "val") or "").isdigit() and len(value) < 6:
                    return max(default, min(int(value), _WIDEST))
    return default


def _continues_above(cell: _Element) -> bool:
    for properties in cell:
        if local(properties) == "tcPr":
            for found in properties:
                if local(found) == "vMerge":
                    return (attribute(found, "val") or "continue") == "continue"
    return False


def _one_cell(cells: list[str], row: _Element) -> Row:
    """A row that is a single merged cell is a line."""
    alone = sum(1 for _ in _children(row, "tc")) == 1 and _number(row, "gridBefore", 0) == 0
    return ("".join(cells),) if alone else tuple(cells)


def _symbol(element: _Element) -> str:
    """A character of a symbol font: a check mark or circle; kept where it is a usual character."""
    code = attribute(element, "char") or ""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return chr(value) if 0x20 < value < 0xD800 else "□" if value >= 0xE000 else ""
