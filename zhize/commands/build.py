"""``zhize build``: documents to the graph."""

from __future__ import annotations

import itertools
import shlex
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhize.labels import Words
from zhize.options import authority_option, corrections_option, lang_option, quiet_option, store_option
from zhize.options import command as make_command
from zhize.sources import SAMPLE, Reading

if TYPE_CHECKING:
    from extract.corrections.apply import Corrections
    from extract.models import Record
    from graph.build import BuildReport
    from graph.store import Place

EXAMPLES = (
    "zhize build",
    "zhize build 公报/ 通知.txt --store ./zhize-data",
    "zhize build 公报/ --authority-file 本市机构.ttl",
)

NAMED = 5  # repeated policies that are named; the rest is counted


@make_command(EXAMPLES, name="build")
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[SOURCE]...")
@store_option
@corrections_option
@authority_option
@quiet_option
@lang_option
def command(*, sources: tuple[Path, ...], store: Place, corrections: Corrections | None, quiet: bool, words: Words) -> None:
    """Read the SOURCEs (files, or folders with all below them) and put what they say into the graph.

    Without a SOURCE the sample documents of an invented city are built, which show every feature. Building again changes nothing;
    a document that changed replaces its own facts. Corrections that people made (--corrections) are laid over what was read.
    What cannot be read is named, and the rest is built (exit code 2). On a SPARQL server the graph is published at once when it is
    whole; the work is done in a folder of this machine.
    """
    begun = time.monotonic()
    reading = Reading(sources or (SAMPLE,), quiet, corrections)
    records = reading.records()
    first = next(records, None)
    if first is not None:  # where nothing could be read the graph stays as it is
        _repeated(_build(itertools.chain([first], records), store).repeated)
    if not quiet:
        _summary(reading, time.monotonic() - begun, words)
        if not sources:
            _what_next(store, words)
    raise click.exceptions.Exit(reading.exit_code)


def _build(records: Iterable[Record], store: Place) -> BuildReport:
    if isinstance(store, Path):
        from graph.build import build

        return build(records, store)
    from graph.remote.publish import build_remote

    return build_remote(records, store)


def _repeated(repeated: Sequence[tuple[str, str]]) -> None:
    """Say which policies were there twice: two files with one text, or one text printed in two issues."""
    for policy, source in repeated[:NAMED]:
        click.echo(f"{source}: {policy} came twice in this build; the first one is kept.", err=True)
    if len(repeated) > NAMED:
        click.echo(f"... and {len(repeated) - NAMED} more policies came twice.", err=True)


def _summary(reading: Reading, seconds: float, words: Words) -> None:
    from graph.iris import agency_iri

    counts = reading.counts
    rows: list[tuple[str, str]] = [
        ("documents", f"{reading.documents:,}"),
        ("policies", f"{counts['policy']:,}"),
        ("duties", f"{counts['duty']:,}"),
        ("agencies", f"{len(set(map(agency_iri, reading.agencies))):,}"),
        ("targets", f"{counts['target']:,}"),
        ("citations", f"{counts['citation']:,}"),
        ("notes", f"{counts['note']:,}" + (words.pick("（见 zhize review）", " (see zhize review)") if counts["note"] else "")),
        ("seconds", f"{seconds:.1f}"),
    ]
    if reading.failed:
        rows.insert(1, ("unread", f"{reading.failed:,}"))
    from rich.cells import cell_len

    width = max(cell_len(words(key)) for key, _ in rows)
    for key, text in rows:
        label = words(key)
        click.echo(f"{label}{' ' * (width - cell_len(label))}  {text}")


def _what_next(store: Place, words: Words) -> None:
    from zhize.settings import STORE

    option = "" if str(store) == str(Path(STORE.default)) else f" --store {shlex.quote(str(store))}"
    click.echo()
    click.echo(words.pick("以上是随程序附带的示例文件（虚构的云陵市）。接下来可以试试：",
                          "These are the sample documents of the program (an invented city). Try next:"))  # fmt: skip
    for line in ("duties 市财政局", "agencies", "policies", "view agencies -o view.html", "build 文件或文件夹"):
        click.echo(f"  zhize {line}{option}")
