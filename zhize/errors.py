"""The errors of the command line. Those of the layers below (``extract.errors``, ``graph.errors``) pass through ``zhize.main``."""

from __future__ import annotations

from pathlib import Path

import click

from extract.errors import UnreadableDocument, ZhizeError


class Trouble(click.ClickException):
    """Wrong use or unreadable input: one line that says what is wrong, and a way out. Exit code 2."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}\n  {hint}" if hint else message)


def way_out(error: ZhizeError) -> str:
    """The hint of an error. A file that is called .pdf and is none gets its own: to save it as PDF is no way out."""
    if isinstance(error, UnreadableDocument) and error.path.suffix.lower() == ".pdf" and not _is_pdf(error.path):
        return "It is called .pdf but holds no PDF: get it again, or open it to see what it is."
    return error.hint


def _is_pdf(path: Path) -> bool:
    """Whether a PDF can begin in the file, as readers of PDF look for it; True of what cannot be opened."""
    try:
        with path.open("rb") as stream:
            return b"%PDF-" in (stream.read(1024) or b"%PDF-")  # of an empty file its own message says enough
    except OSError:
        return True
