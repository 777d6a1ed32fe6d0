"""Rows to the form that was asked for: the one place that writes csv, json, jsonl, md and xlsx, and calls the terminal layouts.

Documents are hostile: a cell never becomes a formula, Markdown mark-up or a terminal command.
"""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import click

from graph.plain import is_formula
from zhize.errors import Trouble
from zhize.labels import Words
from zhize.sheet import Cell, Column, Sheet

__all__ = ["FORMS", "SUFFIXES", "Cell", "Column", "Output", "Sheet", "markdown", "opened", "written"]

SUFFIXES = {".txt": "table", ".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".md": "md", ".xlsx": "xlsx"}
FORMS = ("table", "csv", "json", "jsonl", "md", "xlsx")

_MARKDOWN = re.compile(r"([\\`*_\[\]|~#])")


@dataclass(frozen=True, slots=True)
class Output:
    """Where an answer goes: the form, the file (None: standard output) and the language; ``quiet`` says nothing of it."""

    form: str
    path: Path | None
    words: Words
    quiet: bool = False

    def write(self, sheet: Sheet[Any]) -> None:
        """Write ``sheet`` and say so. Raises Trouble when the file cannot be written."""
        self._write(sheet)
        self.written()

    def written(self, more: str = "") -> None:
        """Say on standard error that the file is written, and ``more``."""
        written(self.path, self.quiet, more)

    def _write(self, sheet: Sheet[Any]) -> None:
        if self.form == "xlsx":
            from graph.workbook import write_workbook

            if self.path is None and sys.stdout.isatty():
                raise click.UsageError("A terminal cannot show xlsx: add -o FILE.xlsx")
            with opened(self.path, binary=True) as stream:
                write_workbook(sheet.name, [(c.label, c.width) for c in sheet.columns], sheet.cells(), stream)
            return
        with opened(self.path) as stream:
            if self.form == "csv" and self.path is not None:
                stream.write("\ufeff")  # without it Excel reads a csv as the system's old code page
            _WRITERS[self.form](sheet, stream)

    def finish(self, sheet: Sheet[Any], nothing: str) -> None:
        """Write ``sheet``; without rows say ``nothing`` on standard error and leave with exit code 1."""
        if not sheet.rows:
            click.echo(nothing, err=True)
        if sheet.rows or self.form != "table":
            self.write(sheet)
        if not sheet.rows:
            raise click.exceptions.Exit(1)


def written(path: Path | None, quiet: bool = False, more: str = "") -> None:
    """The line that every command says on standard error when it has written a file: ``Written: PATH``, and ``more`` behind it."""
    if path is not None and not quiet:
        click.echo(f"Written: {path}{more}.", err=True)


def markdown(text: str) -> str:
    """``text`` for a cell of a Markdown table: nothing in it is mark-up."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKDOWN.sub(r"\\\1", text).replace("\n", "<br>").replace("\t", " ")


@contextlib.contextmanager
def opened(path: Path | None, binary: bool = False) -> Iterator[IO[Any]]:
    """A stream to ``path``, or standard output. A file appears whole or not at all; what it held stays until then."""
    if path is None:
        yield sys.stdout.buffer if binary else sys.stdout
        return
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():  # a device or a pipe; a folder fails here with the system's reason
            with target.open("wb" if binary else "w", encoding=None if binary else "utf-8") as stream:
                yield stream
            return
        with _beside(target, binary) as stream:
            yield stream
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> Trouble:
    """The error for a file that cannot be written, with the way out."""
    if isinstance(error, FileNotFoundError) and not path.absolute().parent.exists():
        why = f"the folder {path.parent} does not exist"
        return Trouble(f"{path}: cannot be written: {why}.", "Make it, or name another place with -o.")
    return Trouble(f"{path}: cannot be written: {error.strerror or error}.", "Name another place with -o.")


@contextlib.contextmanager
def _beside(target: Path, binary: bool) -> Iterator[IO[Any]]:
    """A new file beside ``target`` that takes its place when all is written."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    try:
        # errors: a file name may hold bytes that are no text
        text: dict[str, Any] = {} if binary else {"encoding": "utf-8", "errors": "backslashreplace", "newline": ""}
        with os.fdopen(handle, "wb" if binary else "w", **text) as stream:
            yield stream
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(target.stat().st_mode if target.exists() else 0o666 & ~mask)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _write_csv(sheet: Sheet[Any], stream: IO[str]) -> None:
    out = csv.writer(stream, lineterminator="\n")
    out.writerow([c.label for c in sheet.columns])
    for cells in sheet.cells():
        out.writerow([f"'{v}" if isinstance(v, str) and is_formula(v) else v for v in cells])


def _write_json(sheet: Sheet[Any], stream: IO[str]) -> None:
    stream.write("[")
    for at, row in enumerate(sheet.rows):
        stream.write(",\n " if at else "\n ")
        stream.write(json.dumps(sheet.record(row), ensure_ascii=False))
    stream.write("\n]\n" if sheet.rows else "]\n")


def _write_jsonl(sheet: Sheet[Any], stream: IO[str]) -> None:
    for row in sheet.rows:
        stream.write(json.dumps(sheet.record(row), ensure_ascii=False) + "\n")


def _write_md(sheet: Sheet[Any], stream: IO[str]) -> None:
    stream.write("| " + " | ".join(markdown(c.label) for c in sheet.columns) + " |\n")
    stream.write("|" + "---|" * len(sheet.columns) + "\n")
    for cells in sheet.cells():
        stream.write("| " + " | ".join("" if v is None else markdown(str(v)) for v in cells) + " |\n")


def _write_screen(sheet: Sheet[Any], stream: IO[str]) -> None:
    sheet.screen(sheet.rows, stream)


_WRITERS: dict[str, Callable[[Sheet[Any], IO[str]], None]] = {
    "table": _write_screen, "csv": _write_csv, "json": _write_json, "jsonl": _write_jsonl, "md": _write_md,
}  # fmt: skip
