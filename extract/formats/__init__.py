"""File formats in, decoded text out: one module a format, :func:`decode` finds out which one a file is in.

The content decides, not the suffix. What is read: PDF with a text layer, DOCX, HTML, XLSX, OFD and plain text; scanned pages of a
PDF where ``zhize[ocr]`` is installed. What is not read is named with the way to a format that is. Libraries are imported when a
file needs them.
"""

from __future__ import annotations

import re

from extract.formats.charset import decode_text
from extract.formats.decoded import Broken, Decoded

__all__ = ["CONVERTIBLE", "SUFFIXES", "Broken", "Decoded", "decode", "is_parsed"]

SUFFIXES = (".txt", ".pdf", ".docx", ".html", ".htm", ".xlsx", ".ofd")
"""What is read."""
CONVERTIBLE = (".doc", ".wps", ".xls", ".et", ".rtf", ".odt", ".ods", ".mht", ".mhtml")
"""Documents that are not read but named with the way out, so that a folder's old files are not passed over in silence."""

_OFFICE = (
    "Convert it with LibreOffice: soffice --headless --convert-to docx FILE (xlsx for tables), or save it as .docx in Word or WPS."
)
_PICTURE = "Put the pictures into one PDF; with zhize[ocr] installed its pages are read."
_REFUSED = (
    (b"{\\rtf", "an RTF file", _OFFICE),
    (b"\x89PNG", "an image", _PICTURE),
    (b"\xff\xd8\xff", "an image", _PICTURE),
    (b"GIF8", "an image", _PICTURE),
    (b"II*\x00", "an image", _PICTURE),
    (b"MM\x00*", "an image", _PICTURE),
    (b"\x1f\x8b", "a gzip file", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it first."),
    (b"Rar!", "a RAR archive", "Unpack it first."),
    (b"MIME-Version:", "a web archive (.mht)", "Save the page as HTML, or the document as .docx."),
)
_HEAD = 4096  # bytes that tell what a file is
_OLE = b"\xd0\xcf\x11\xe0"
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,400}<(?:!doctype\s{1,9}html|html|head|body|meta|div|table|p|!--)[\s>/\-]", re.IGNORECASE
)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,200}<\?xml\b")
_HTML_TAG = re.compile(rb"<(?:html|body|div|table)[\s>]", re.IGNORECASE)
_WIDE_MARKUP = tuple("<!doctype html".encode(e) for e in ("utf-16-le", "utf-16-be")) + tuple(
    "<html".encode(e) for e in ("utf-16-le", "utf-16-be")
)


def is_parsed(data: bytes) -> bool:
    """Is this a file that a parser reads (PDF, a package, HTML), and not plain text or one that is refused?"""
    return _is_package(data) or _is_pdf(data) or _is_page(data)


def decode(data: bytes) -> Decoded:
    """The text of a file. Raises :class:`Broken` for everything that cannot be read rightly."""
    if _is_package(data):
        return _package(data)
    if _is_pdf(data):
        from extract.formats.pdf import read_pdf

        return read_pdf(data)
    if data.startswith(_OLE):
        raise _ole(data)
    for mark, what, hint in _REFUSED:
        if data.startswith(mark):
            raise Broken(f"this is {what}, not a document that zhize reads", hint)
    if _is_page(data):
        from extract.formats.webpage import read_html

        return read_html(data)
    if _XML.match(data[:_HEAD]):
        raise Broken("this is an XML file, not a document that zhize reads", _OFFICE)
    text, encoding = decode_text(data)
    return Decoded(text, "text", encoding)


def _is_package(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _is_page(data: bytes) -> bool:
    head = data[:_HEAD]
    wide = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lower().startswith(_WIDE_MARKUP)
    return wide or _MARKUP.match(head) is not None or (_XML.match(head) is not None and _HTML_TAG.search(head) is not None)


def _package(data: bytes) -> Decoded:
    """A zip file: Word, Excel, OFD, or something else."""
    from extract.formats.archive import Package

    package = Package(data)
    names = package.names
    if "ofd.xml" in names:
        from extract.formats.ofd import read_ofd

        return read_ofd(data)
    if any(name.startswith("word/") for name in names):
        from extract.formats.word import read_docx

        return read_docx(data)
    if any(name.startswith("xl/") for name in names):
        from extract.formats.excel import read_xlsx

        return read_xlsx(data)
    if "mimetype" in names or any(name.startswith("ppt/") for name in names):
        raise Broken("this is an OpenDocument or PowerPoint file, not a document that zhize reads", _OFFICE)
    raise Broken("this is a zip file, not a document", "Unpack it and name the documents in it.")


def _ole(data: bytes) -> Broken:
    """An old Office file, or a new one that is encrypted."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Broken("the Office document is encrypted with a password", "Open it with its password and save it without one.")
    return Broken("this is an old Office file (.doc, .xls, .wps), not a document that zhize reads", _OFFICE)
