"""``zhize inspect``: the page on which a person proof-reads an extraction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhize.errors import Trouble
from zhize.labels import Words
from zhize.options import authority_option, corrections_option, lang_option, quiet_option
from zhize.options import command as make_command
from zhize.output import opened, written

if TYPE_CHECKING:
    from extract.corrections.apply import Corrections

EXAMPLES = (
    "zhize inspect 公报.txt -o 公报.html",
    "zhize inspect 通知.txt -o page.html --lang en",
)


@make_command(EXAMPLES, name="inspect")
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "path", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The HTML file to write."
)
@click.option("--title", default="", help="The heading of the page.")
@corrections_option
@authority_option
@quiet_option
@lang_option
def command(*, source: Path, path: Path, title: str, corrections: Corrections | None, quiet: bool, words: Words) -> None:
    """Write a page with the text of SOURCE and every fact coloured in place, what is in doubt listed first.

    Each fact leads to its record. The file holds everything it needs: it opens in any browser, without a connection.
    """
    from extract.models import Fact
    from extract.pipeline import extract_policy
    from extract.policies.split import split
    from extract.read import find_sources, read_source
    from graph.inspect_page import inspect_page
    from zhize.sources import say_unmatched

    files = find_sources([source], _fail)
    if len(files) != 1:
        raise Trouble(f"{source}: there are {len(files)} documents in it, and a page shows one.", "Name one of them.")
    text = read_source(files[0])
    policies = [(policy, list(extract_policy(policy, corrections))) for policy in split(text)]
    with opened(path) as stream:
        stream.write(inspect_page(text, policies, lang=words.lang, title=title))
    if corrections is not None:
        say_unmatched(corrections, elsewhere=False)
    if not any(isinstance(record, Fact) for _, records in policies for record in records):
        click.echo(f"{source}: nothing found: the page shows the text alone.", err=True)
        raise click.exceptions.Exit(1)
    written(path, quiet, ". Open it in a browser")


def _fail(error: Exception) -> None:
    raise error
