"""All limits of the extract layer in one table, from which the command line and the docs are made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """A limit or choice: ``name`` is how the command line and messages call it, ``help`` says what it does, with its unit."""

    name: str
    default: int
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("max_file_bytes", 20_000_000, "Files larger than this many bytes are not read; a yearly gazette has about 5,000,000."),
    Setting("max_paged_bytes", 100_000_000, "The same for PDF and OFD files, which hold fonts and pictures."),
    Setting("max_unpacked_bytes", 64_000_000, "What is read of a Word, Excel or OFD package may unpack to so many bytes in all."),
    Setting("max_ratio", 100, "A part of a package that unpacks to more than so many times its size is taken for a zip bomb."),
    Setting("max_entries", 10_000, "Packages with more entries are not opened."),
    Setting("max_nodes", 500_000, "The most paragraphs, cells or tags that a document may have."),
    Setting("max_pages", 2_000, "The most pages of a PDF or OFD file."),
    Setting("max_seconds", 120, "A PDF or OFD file whose pages take longer is given up; recognising scans (OCR) does not count."),
    Setting("max_silent_seconds", 60, "A file is given up whose reader says nothing for so long; it speaks after every page."),
    Setting("max_reader_bytes", 8_000_000_000, "The most bytes of memory for reading a PDF, Office, OFD or HTML file."),
    Setting("max_ocr_pages", 300, "The most scanned pages of a document that are recognised (OCR); a page takes seconds."),
)

_BY_NAME = {setting.name: setting for setting in SETTINGS}


def default(name: str) -> int:
    """The default of the setting called ``name``. Raises KeyError for a name that is not in :data:`SETTINGS`."""
    return _BY_NAME[name].default
