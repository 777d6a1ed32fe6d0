"""Sources one after another to records: what ``build`` and ``extract`` share. A source that fails is named; the others go on."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.errors import ZhizeError
from zhize.errors import way_out
from zhize.progress import Progress
from zhize.settings import DEBUG

if TYPE_CHECKING:
    from extract.corrections.apply import Corrections
    from extract.models import Record, SourceText

SAMPLE = Path(__file__).parent / "sample"
"""The documents that ship with the program."""

_FINDINGS = ("duty", "target", "citation")
_SAID = 10  # entries without effect that are named; the rest is counted


class Reading:
    """Reads ``paths`` and counts what it finds; iterate over :meth:`records` once."""

    def __init__(self, paths: Sequence[Path], quiet: bool = False, corrections: Corrections | None = None) -> None:
        self.failed = 0
        self.documents = 0
        self.counts: Counter[str] = Counter()
        self.agencies: set[str] = set()
        self._paths = paths
        self._quiet = quiet
        self._corrections = corrections

    @property
    def found(self) -> int:
        """Duties, targets and citations found so far."""
        return sum(self.counts[kind] for kind in _FINDINGS)

    @property
    def exit_code(self) -> int:
        """2 when a source could not be read, 1 when nothing at all was found, else 0."""
        return 2 if self.failed else int(not self.found)

    def records(self) -> Iterator[Record]:
        """The records of all sources, in the order of the text; sources in the order of their paths."""
        from extract.read import find_sources, read_source, source_names

        files = find_sources(self._paths, self._fail)
        names = source_names(files)
        sizes = [_size(path) for path in files]
        with Progress("zhize", sum(sizes), self._quiet) as progress:
            done = 0
            for path, size in zip(files, sizes, strict=True):
                try:
                    source = read_source(path, names[path])
                except ZhizeError as error:
                    self._fail(error)
                else:
                    for warning in source.warnings:
                        click.echo(f"{path}: {warning}", err=True)
                    # whole documents: one that fails half-way must not replace what was built from it before
                    yield from self._extract(source, path, lambda share, d=done, n=size: progress.at(d + n * share))  # type: ignore[misc]
                done += size
                progress.at(done)
        if self._corrections is not None:
            say_unmatched(self._corrections)

    def _extract(self, source: SourceText, path: Path, progress: Callable[[float], None]) -> list[Record]:
        from extract.models import PolicyRecord
        from extract.pipeline import extract_source

        records: list[Record] = []
        try:
            for record in extract_source(source, self._corrections):
                records.append(record)
                if isinstance(record, PolicyRecord):
                    progress(record.span[0] / max(len(source.text), 1))
        except ZhizeError as error:
            self._fail(error)
            return []
        except Exception as error:  # a fault met in one document must not lose the others; it is named and sets the exit code
            if os.environ.get(DEBUG.variable):
                raise
            what = f"{path}: zhize failed on this document: {type(error).__name__}: {error}."
            hint = f"This is a fault of the program; please report it ({DEBUG.variable}=1 shows where it happened)."
            self._fail(ZhizeError(what, hint))
            return []
        self._count(records, path)
        return records

    def _count(self, records: list[Record], path: Path) -> None:
        from extract.models import RECORDS, DutyRecord

        kinds = {cls: name for name, cls in RECORDS.items()}
        before = self.found
        self.documents += 1
        self.counts.update(kinds[type(record)] for record in records)
        self.agencies.update(record.agency for record in records if isinstance(record, DutyRecord))
        if self.found == before:
            click.echo(f"{path}: nothing found: no duty, target or citation.\n"
                       "  Is it a policy document in Chinese? Look at what was read with: zhize extract", err=True)  # fmt: skip

    def _fail(self, error: ZhizeError) -> None:
        self.failed += 1
        hint = way_out(error)
        click.echo(error.message + (f"\n  {hint}" if hint else ""), err=True)


def say_unmatched(corrections: Corrections, *, elsewhere: bool = True) -> None:
    """Say which entries of the file of corrections did nothing, so that none is believed to hold that does not.

    Without ``elsewhere`` those that may speak of other documents are passed over.
    """
    idle = [entry for entry in corrections.unmatched() if elsewhere or not entry.elsewhere]
    for entry in idle[:_SAID]:
        click.echo(f"{corrections.name}, line {entry.line}: {entry.message}.", err=True)
    if len(idle) > _SAID:
        lines = ", ".join(str(entry.line) for entry in idle[_SAID:])
        click.echo(f"{corrections.name}: {len(idle) - _SAID} more entries did nothing (lines {lines}).", err=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
