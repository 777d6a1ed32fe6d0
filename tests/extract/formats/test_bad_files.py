"""Files that are damaged, hostile or of another kind: each with its error, in seconds, and nothing read wrongly in silence."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.errors import UnreadableDocument
from extract.formats import CONVERTIBLE, SUFFIXES
from extract.read import find_sources, read_source
from extract.settings import SETTINGS
from tests.extract.formats import making
from tests.extract.formats.pages import Page, ofd, pages, pdf
from tests.extract.formats.test_word import W, cell, paragraph, table

DEADLINE = 5.0  # seconds for any file
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOL = "<!DOCTYPE lolz [<!ENTITY a 'lol'>" + "".join(f"<!ENTITY {chr(b + 1)} '{('&' + chr(b) + ';') * 10}'>" for b in range(97, 107)) + "]>"


def word_of(body: str, before: str = "") -> bytes:
    return making.zipped({"word/document.xml": f"{before}<w:document {W}><w:body>{body}</w:body></w:document>"})


def changed(data: bytes, name: str, new: Callable[[bytes], bytes]) -> bytes:
    """A package with one entry changed."""
    package = zipfile.ZipFile(io.BytesIO(data))
    return making.zipped({n: new(package.read(n)) if n == name else package.read(n) for n in package.namelist()})


def sheet(cells: str) -> bytes:
    return changed(making.xlsx((making.INDICATORS,)), "xl/worksheets/sheet1.xml", lambda _: f'<worksheet xmlns="x"><sheetData>{cells}</sheetData></worksheet>'.encode())


BAD: list[Any] = [
    pytest.param("a.pdf", lambda: b"", "empty", id="empty file named PDF"),
    pytest.param("a.pdf", lambda: b"%PDF-1.7\n", "PDF is damaged", id="only the first line of a PDF"),
    pytest.param("a.pdf", lambda: pdf(pages())[:3000], "PDF", id="truncated PDF"),
    pytest.param("a.pdf", lambda: pdf(pages(), password="secret"), "encrypted with a password", id="encrypted PDF"),
    pytest.param("a.pdf", lambda: pdf([Page()]), "no text", id="blank PDF"),
    pytest.param("a.docx", lambda: making.docx()[:5000], "package is damaged", id="truncated docx"),
    pytest.param("a.docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le") + bytes(900), "encrypted with a password", id="encrypted docx"),
    pytest.param("a.doc", lambda: OLE + bytes(900), "old Office file", id="doc"),
    pytest.param("a.wps", lambda: OLE + bytes(900), "old Office file", id="wps"),
    pytest.param("a.docx", lambda: making.zipped({"word/document.xml": "<w:document"}), "damaged XML", id="ill-formed XML"),
    pytest.param("a.docx", lambda: making.zipped({"word/x.xml": "<a/>"}), "lacks its part", id="docx without its document"),
    pytest.param("a.docx", lambda: making.zipped({"word/document.xml": "<a/>"}), "no body", id="docx without a body"),
    pytest.param("a.docx", lambda: word_of(paragraph("&a;"), LOL), "DTD", id="billion laughs"),
    pytest.param("a.docx", lambda: word_of("&x;", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"), "DTD", id="external entity"),
    pytest.param(
        "a.docx",
        lambda: making.zipped({"word/document.xml": f"<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE a><w:document {W}/>".encode("utf-16")}),
        "DTD",
        id="DTD in UTF-16",
    ),
    pytest.param("a.docx", lambda: word_of("<w:p/>" + "<w:p><w:r/></w:p>" * 1_500_000), "1,500,000 paragraphs|zip bomb", id="1.5 million paragraphs"),
    pytest.param("a.docx", lambda: word_of(paragraph("云" * 40_000_000)), "zip bomb", id="zip bomb"),
    pytest.param("a.docx", lambda: making.zipped({f"word/{i}.xml": "" for i in range(10_001)}), "entries", id="too many entries"),
    pytest.param("a.docx", lambda: word_of("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "damaged XML", id="5000 levels deep"),
    pytest.param("a.xlsx", lambda: making.xlsx((making.DUTIES,))[:3000], "package is damaged", id="truncated xlsx"),
    pytest.param("a.xlsx", lambda: making.zipped({"xl/workbook.xml": "<workbook/>"}), "no sheets", id="workbook without sheets"),
    pytest.param("a.xlsx", lambda: sheet("<row>" + '<c r="A1"/>' * 600_000 + "</row>"), "600,000 cells|zip bomb", id="600 thousand cells"),
    pytest.param("a.xlsx", lambda: sheet(""), "no text", id="empty sheet"),
    pytest.param("a.ofd", lambda: ofd(pages())[:3000], "package is damaged", id="truncated OFD"),
    pytest.param("a.ofd", lambda: making.zipped({"OFD.xml": "<a/>"}), "names no document", id="OFD without a document"),
    pytest.param("a.ofd", lambda: making.zipped({"OFD.xml": "<a><DocRoot>../../etc/passwd</DocRoot></a>"}), "lacks its part", id="OFD that leads outside"),
    pytest.param("a.html", lambda: b"<html><script>var x=1</script></html>", "no text", id="page of scripts"),
    pytest.param("a.html", lambda: b"<html>" + b"<b>" * 600_000, "600,001 tags", id="600 thousand tags"),
    pytest.param("a.html", lambda: ("<div>" * 30_000 + "市财政局负责，甲。").encode(), "too deep", id="30 thousand levels"),
    pytest.param("a.zip", lambda: making.zipped({"a.txt": "甲"}), "zip file", id="zip"),
    pytest.param("a.zip", lambda: making.zipped({}), "zip file", id="empty zip"),
    pytest.param("a.odt", lambda: making.zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "OpenDocument", id="OpenDocument"),
    pytest.param("a.rtf", lambda: b"{\\rtf1 text}", "RTF", id="RTF"),
    pytest.param("a.mht", lambda: b"MIME-Version: 1.0\r\n", "web archive", id="web archive"),
    pytest.param("a.jpg", lambda: b"\xff\xd8\xff\xe0" + bytes(90), "image", id="picture"),
    pytest.param("a.xml", lambda: b"<?xml version='1.0'?><policy/>", "XML file", id="other XML"),
]


@pytest.mark.parametrize(("name", "make", "reason"), BAD)
def test_bad_files_are_refused_with_a_way_out(tmp_path: Path, name: str, make: Callable[[], bytes], reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    begun = time.monotonic()
    with pytest.raises(UnreadableDocument, match=reason) as caught:
        read_source(path)
    assert time.monotonic() - begun < DEADLINE
    assert len(caught.value.hint) > 10
    assert caught.value.message.startswith(f"{path}: ")
    assert "\n" not in caught.value.message


def test_old_office_files_are_named_with_the_command_that_converts_them(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(OLE)
    with pytest.raises(UnreadableDocument) as caught:
        read_source(path)
    assert "soffice --headless --convert-to docx" in caught.value.hint


HARD: list[Any] = [
    pytest.param("a.docx", lambda: word_of("".join(paragraph(f"第{i}段。") for i in range(20_000))), "第19999段。", id="20 thousand paragraphs"),
    pytest.param("a.docx", lambda: word_of(table(*(cell(f"甲{i}") + cell("乙") for i in range(10_000)))), "甲9999\t乙", id="10 thousand rows"),
    pytest.param("a.docx", lambda: word_of("<w:sdt>" * 200 + paragraph("甲") + "</w:sdt>" * 200), "甲", id="200 levels deep"),
    pytest.param("a.xlsx", lambda: sheet('<row r="1"><c r="A1" t="str"><v>甲</v></c></row><row r="1048576"><c r="XFD1048576" t="str"><v>乙</v></c></row>'), "乙", id="cells at both ends of a sheet"),
    pytest.param("a.html", lambda: ("<div>" * 2_000 + "市财政局负责，甲。").encode(), "市财政局负责，甲。", id="2 thousand levels"),
    pytest.param("a.html", lambda: ("<table>" + "<tr><td rowspan=9007199254740991 colspan=9007199254740991>甲<td>乙" * 3_000).encode(), "甲", id="spans of 9007199254740991"),
    pytest.param("a.html", lambda: ("<html>" + "<a b='" * 9_000 + "<p>市财政局负责，甲。").encode(), "", id="quotes that never end"),
    pytest.param("a.html", lambda: ("<html><!--" * 20_000 + "--><p>市财政局负责，甲。").encode(), "甲", id="comments in comments"),
    pytest.param("a.pdf", lambda: pdf([Page([(72, 100, 10, "市财政局负责")], [(x, 100, x, 700) for x in range(0, 500)] * 9)]), "市财政局负责", id="4500 rules"),
    pytest.param("a.pdf", lambda: pdf([Page([(10 + i % 90 * 6, 10 + i // 90 * 6, 5, "云") for i in range(12_000)])]), "云云云", id="12 thousand letters on a page"),
]


@pytest.mark.parametrize(("name", "make", "words"), HARD)
def test_hard_files_are_read_in_time(tmp_path: Path, name: str, make: Callable[[], bytes], words: str) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    begun = time.monotonic()
    try:
        assert words in read_source(path).text
    except UnreadableDocument:
        assert not words
    assert time.monotonic() - begun < DEADLINE


@pytest.mark.parametrize(
    ("name", "make", "kind"),
    [
        pytest.param("a.pdf", lambda: making.text().encode(), "text", id="text named PDF"),
        pytest.param("a.docx", making.html, "html", id="page named docx, as export programs make them"),
        pytest.param("a.txt", making.docx, "docx", id="Word named txt"),
        pytest.param("a.html", lambda: pdf(pages()), "pdf", id="PDF named html"),
    ],
)
def test_the_content_decides_and_the_name_is_remarked_upon(tmp_path: Path, name: str, make: Callable[[], bytes], kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    source = read_source(path)
    assert source.format == kind
    assert [w for w in source.warnings if name[1:] in w]
    assert "市城市管理局" in source.text


@pytest.mark.parametrize(("name", "make"), [("a.docx", making.docx), ("a.xlsx", lambda: making.xlsx((making.DUTIES,))), ("a.pdf", lambda: pdf(pages())), ("a.ofd", lambda: ofd(pages())), ("a.html", making.html)])
def test_mutants_are_read_or_refused(tmp_path: Path, name: str, make: Callable[[], bytes]) -> None:
    """Bytes changed, cut or doubled all over the file: text or our error, in time, and never another exception."""
    data = make()
    path = tmp_path / name
    begun = time.monotonic()
    outcomes = set()
    for i in range(60):
        at = (i * 7919) % len(data)
        cut = {0: data[:at], 1: data[:at] + bytes([i * 37 % 256]) + data[at + 1 :], 2: data[:at] + data[at // 2 :]}[i % 3]
        path.write_bytes(cut)
        try:
            outcomes.add(read_source(path).format)
        except UnreadableDocument as error:
            outcomes.add(error.reason.split("(")[0][:30])
    assert time.monotonic() - begun < 60
    assert len(outcomes) > 1


def test_folders_give_all_kinds_and_the_old_ones_too(tmp_path: Path) -> None:
    names = {f"a{suffix}" for suffix in SUFFIXES + CONVERTIBLE}
    for name in names | {"a.py", "~$a.docx", ".a.pdf"}:
        (tmp_path / name).write_bytes(b"x")
    assert {p.name for p in find_sources([tmp_path])} == names


def test_reading_a_text_imports_no_library() -> None:
    code = "import sys, extract.read; print([m for m in ('lxml', 'pypdfium2', 'numpy', 'openpyxl', 'docx', 'rapidocr', 'spacy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_limits_are_named_in_the_settings() -> None:
    assert {"max_paged_bytes", "max_unpacked_bytes", "max_ratio", "max_entries", "max_nodes", "max_pages", "max_seconds", "max_ocr_pages"} <= {s.name for s in SETTINGS}
