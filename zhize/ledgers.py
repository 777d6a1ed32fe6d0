"""What ``duties`` and ``breakdown`` share: the forms of paper, the options, and files that appear whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

import click

from zhize.errors import Trouble
from zhize.output import opened

if TYPE_CHECKING:
    from graph.ledger.paper import Paper
    from graph.ledger.words import LedgerWords

PAPER_SUFFIXES = {".xlsx": "xlsx", ".docx": "docx", ".html": "html", ".htm": "html"}


if TYPE_CHECKING:
    _Text = click.ParamType[str]
else:
    _Text = click.ParamType  # not generic in all versions


class Day(_Text):
    """An ISO day as 2025-12-31; with ``parts`` also a month or a year, which stand for their first or last day."""

    name = "day"

    def __init__(self, parts: Literal["", "first", "last"] = "") -> None:
        self.parts = parts

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The ISO date."""
        from graph.literals import date, due, first_day

        day = {"": date, "first": first_day, "last": due}[self.parts](value)
        if day:
            return day.value
        others = ", 2025-12 or 2025" if self.parts else ""
        raise click.BadParameter(f"{value!r} is not a day. Write it as 2025-12-31{others}.", ctx, param)


def write_papers(form: str, path: Path | None, papers: Sequence[Paper], words: LedgerWords) -> None:
    """Write ``papers`` as xlsx, docx (the first of them) or html to ``path`` or standard output."""
    if path is None and form != "html" and sys.stdout.isatty():
        raise click.UsageError(f"A terminal cannot show {form}: add -o FILE.{form}")
    with opened(path, binary=form != "html") as stream:
        _write(form, stream, papers, words)


def _write(form: str, stream: IO[bytes] | IO[str], papers: Sequence[Paper], words: LedgerWords) -> None:
    if form == "xlsx":
        from graph.ledger import xlsx

        xlsx.write(papers, stream)  # type: ignore[arg-type]
    elif form == "docx":
        from graph.ledger import docx

        docx.write(papers[0], stream)  # type: ignore[arg-type]
    else:
        from graph.ledger import html

        html.write(papers, stream, words)  # type: ignore[arg-type]


def make_folder(path: Path) -> None:
    """The folder ``path``, made where it is not there yet."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(f"{path}: cannot be made a folder: {error.strerror or error}.", "Name another folder with -o.") from error
