"""``zhize report``: the analysis as one page to read, print and hand on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhize.labels import Words
from zhize.options import command as make_command
from zhize.options import lang_option, quiet_option, store_option
from zhize.output import opened, written
from zhize.scope import scope_options

if TYPE_CHECKING:
    from graph.store import Place

EXAMPLES = (
    "zhize report -o report.html",
    "zhize report -o report.html --city 云陵市 --from 2023",
    "zhize report -o report-en.html --lang en",
)


@make_command(EXAMPLES, name="report")
@click.option(
    "-o", "--output", "path", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The HTML file to write."
)
@click.option("--title", default="", help="The heading of the report.")
@scope_options
@store_option
@quiet_option
@lang_option
def command(*, path: Path, title: str, scope: Any, store: Place, quiet: bool, words: Words) -> None:
    """Write a report: load, network, deadlines, standing, gaps, each number with its evidence.

    The file holds everything it needs and runs no script: open it in any browser, and print it to PDF from there (A4).
    """
    from graph.analysis import Scope, read_facts
    from graph.report import report
    from graph.store import open_store

    facts = read_facts(open_store(store), Scope(**scope))
    if facts.undated and not quiet:
        click.echo(f"{facts.undated} documents bear no date and are left out.", err=True)
    page = report(facts, Scope(**scope), lang=words.lang, title=title)
    with opened(path) as stream:
        stream.write(page)
    written(path, quiet, ". Open it in a browser; print it from there for a PDF")
    if not facts.duties and not facts.policies:
        click.echo("Nothing found: the report is empty.", err=True)
        raise click.exceptions.Exit(1)
