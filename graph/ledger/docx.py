"""A paper as a Word document ready to circulate, in the fonts and sizes of official papers (GB/T 9704-2012, scaled to a table).

The fonts that offices use (方正小标宋简体, 仿宋_GB2312, 楷体_GB2312) may be missing: the document names what stands in for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from graph.ledger.paper import Col, Heading, Paper, text_of_cell
from graph.packages import write_package
from graph.plain import plain

_TITLE, _KAI, _HEI, _FANG, _SONG = "方正小标宋简体", "楷体_GB2312", "黑体", "仿宋_GB2312", "宋体"
# The name that Word tries where a font is missing, and the family that it falls back to (w:altName, w:family).
_STAND_INS = ((_TITLE, "宋体", "roman"), (_FANG, "仿宋", "modern"), (_KAI, "楷体", "modern"))
_LATIN = "Times New Roman"
_PAGE = (297, 210)  # A4 landscape, millimetres
_MARGINS = (20, 15, 18, 15)  # top, right, bottom, left
_LINE = 13.8  # points between the lines of a cell
_SIZE = 10.0  # a little under 五号 (10.5), which an office would take for a table of fewer columns
_LEAD = RGBColor(0xA6, 0x1B, 0x1B)


def write(paper: Paper, stream: IO[bytes]) -> None:
    """Write ``paper`` as a document of A4 landscape pages with a table whose head comes again on every page."""
    document = Document()
    _page(document, paper)
    _fonts(document)
    _line(document.add_paragraph(), paper.title, _TITLE, 22, after=6)
    for text in paper.about:
        _line(document.add_paragraph(), text, _KAI, 12, after=6)
    _table(document, paper)
    for text in paper.notes:
        _line(document.add_paragraph(), text, _KAI, 10.5, align=WD_ALIGN_PARAGRAPH.LEFT, before=2)
    about = document.core_properties
    about.title, about.author, about.language = plain(paper.title)[:255], "zhize", "zh-CN" if paper.lang == "zh" else "en"
    about.comments = ""
    write_package(document.save, stream, paper.dated)


def _page(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(_PAGE[0]), Mm(_PAGE[1])
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, _MARGINS)
    section.header_distance, section.footer_distance = Mm(10), Mm(11)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    # 7.5 of the standard: the number in 4号 宋体 between two dashes
    for text in ("— ", None, " —"):
        run = foot.add_run(text or "")
        _font(run, _SONG, 12)
        if text is None:
            _field(run, "PAGE")


def _field(run: Any, code: str) -> None:
    for kind in ("begin", None, "end"):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = code
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _fonts(document: Any) -> None:
    """The font of the body, and the stand-ins in the table of fonts."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(_SIZE)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FANG)
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            rows = "".join(
                f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{family}"/>'
                '<w:pitch w:val="variable"/></w:font>'
                for name, other, family in _STAND_INS
            )
            part._blob = part.blob.replace(b"</w:fonts>", rows.encode() + b"</w:fonts>")


def _table(document: Any, paper: Paper) -> None:
    columns = paper.columns
    widths = _widths(columns, _PAGE[0] - _MARGINS[1] - _MARGINS[3])
    table = document.add_table(rows=1, cols=len(columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    _cell_margins(table)
    for at, width in enumerate(widths):
        table.columns[at].width = width
    head = table.rows[0]
    _row_property(head, "w:tblHeader")
    _row_property(head, "w:cantSplit")
    for cell, column, width in zip(head.cells, columns, widths, strict=True):
        _fill(cell, [column.label], width, _HEI, centred=True)
        _shade(cell, "DCE6F1")
    # A row is built once and copied: asking the library for the cells of each row makes the work grow with its square.
    for line in paper.body:
        row = table.add_row()
        if isinstance(line, Heading):
            cell = row.cells[0].merge(row.cells[-1])
            _fill(cell, [line.text], sum(widths), _KAI, bold=True)
            _shade(cell, "F3F6FA")
            cell.paragraphs[0].paragraph_format.keep_with_next = True
            _row_property(row, "w:cantSplit")
            continue
        if max(len(text_of_cell(value)) for value in line) < _LONG:
            _row_property(row, "w:cantSplit")
        for cell, value, column, width in zip(row.cells, line, columns, widths, strict=True):
            text = text_of_cell(value)
            strong = bool(column.strong) and text.startswith(column.strong)
            _fill(cell, text.split("\n"), width, _FANG, centred=column.centred, bold=strong, colour=_LEAD if strong else None)


_LONG = 450  # characters: a row with more may break over two pages


def _widths(columns: Sequence[Col], room: int) -> list[Any]:
    """Widths that fill the page in the proportions of the columns."""
    total = sum(column.width for column in columns)
    return [Mm(room * column.width / total) for column in columns]


def _fill(
    cell: Any, lines: Sequence[str], width: Any, font: str, *, centred: bool = False, bold: bool = False, colour: Any = None
) -> None:
    cell.width = width
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    side = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    for at, text in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        _line(paragraph, text, font, _SIZE, align=side, bold=bold, spacing=_LINE)
        if colour is not None and paragraph.runs:
            paragraph.runs[0].font.color.rgb = colour


def _line(
    paragraph: Any, text: str, font: str, size: float, *, align: Any = WD_ALIGN_PARAGRAPH.CENTER, bold: bool = False,
    before: float = 0, after: float = 0, spacing: float = 0,
) -> None:  # fmt: skip
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    if spacing:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(spacing)
    if text:
        run = paragraph.add_run(plain(text))
        run.bold = bold or None
        _font(run, font, size)


def _font(run: Any, name: str, size: float) -> None:
    run.font.name, run.font.size = _LATIN, Pt(size)
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), name)
    fonts.set(qn("w:hint"), "eastAsia")  # “ ” … — are as wide as Chinese characters


def _row_property(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        shade.set(qn(key), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _cell_margins(table: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), "60" if side in ("left", "right") else "40")
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    table._tbl.tblPr.append(margins)
