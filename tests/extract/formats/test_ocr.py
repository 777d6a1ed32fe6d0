"""Scanned pages: named with what would read them, and read where the engine is installed."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from extract.formats import decode
from extract.formats.ocr import available
from tests.extract.formats import making
from tests.extract.formats.pages import Page, pages, pdf, scanned

LINES = ("云陵市人民政府办公室", "关于推进停车工作的意见", "云政办〔2023〕7号", "到2025年新增停车泊位12000个以上。", "责任单位：市财政局、市自然资源和规划局")
TEXT = Page([(72, 100 + 30 * i, 16, line) for i, line in enumerate(LINES)])


@cache
def has_font() -> bool:
    """Can this machine draw Chinese letters? PDFium takes them from the system's fonts."""
    import pypdfium2

    picture = pypdfium2.PdfDocument(pdf([TEXT]))[0].render(scale=1).to_numpy()
    return bool((picture < 128).sum() > 500)


needs_font = pytest.mark.skipif(not has_font(), reason="this system has no Chinese font to draw a scanned page with")
needs_engine = pytest.mark.skipif(not available(), reason="the extra zhize[ocr] is not installed: OCR itself was NOT tested")

WITHOUT = """
import sys
sys.modules["rapidocr"] = None
from pathlib import Path
from extract.formats import ocr, decode
ocr.importlib.util.find_spec = lambda name: None
try:
    found = decode(Path(sys.argv[1]).read_bytes())
    print(found.text.count("停车"), found.warnings)
except Exception as error:
    print(type(error).__name__, error.reason, error.hint)
"""


def without_engine(path: Path) -> str:
    """What a process without the engine says."""
    return subprocess.run([sys.executable, "-c", WITHOUT, str(path)], capture_output=True, text=True, check=True).stdout


@needs_font
def test_without_an_engine_scanned_pages_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(scanned(pdf([TEXT, TEXT, TEXT]), only=(1,)))
    said = without_engine(path)
    assert said.startswith("4 ")
    assert "page 2: scanned" in said
    assert 'pip install "zhize[ocr]"' in said


@needs_font
def test_without_an_engine_a_scanned_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(scanned(pdf([TEXT, TEXT])))
    said = without_engine(path)
    assert said.startswith("Broken the PDF has no text layer: all its pages are scanned (pages 1-2)")
    assert 'pip install "zhize[ocr]"' in said


@needs_font
@needs_engine
def test_scanned_pages_are_read_and_marked() -> None:
    found = decode(scanned(pdf([TEXT, TEXT]), only=(1,)))
    second = found.text[found.pages[1] :]
    assert "".join(second.split()) == "".join(LINES)
    assert "page 2: scanned, read by OCR" in found.warnings[0]
    assert decode(scanned(pdf([TEXT]))).text == decode(scanned(pdf([TEXT]))).text


@needs_font
@needs_engine
def test_a_scanned_table_keeps_its_cells() -> None:
    found = decode(scanned(pdf(pages((making.INDICATORS,)))))
    assert [tuple(line.split("\t")) for line in found.text.splitlines() if "\t" in line] == list(making.INDICATORS.rows)


@needs_engine
def test_a_picture_without_letters_is_no_text() -> None:
    import io

    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.save()
    found = decode(out.getvalue())
    assert found.text.strip() == ""
    assert found.warnings == ("page 1: scanned, and OCR found no text.",)
