"""``zhize view``: a network as one HTML file."""

from __future__ import annotations

from pathlib import Path

import click

from zhize.labels import Words
from zhize.options import command as make_command
from zhize.options import lang_option, quiet_option, store_option
from zhize.output import opened

EXAMPLES = (
    "zhize view agencies -o view.html",
    "zhize view policies -o policies.html --lang en",
)


@make_command(EXAMPLES, name="view")
@click.argument("what", type=click.Choice(["agencies", "policies"]))
@click.option(
    "-o", "--output", "path", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The HTML file to write."
)
@click.option("--title", default="", help="The heading of the page.")
@store_option
@quiet_option
@lang_option
def command(*, what: str, path: Path, title: str, store: Path, quiet: bool, words: Words) -> None:
    """Write an interactive page: who shares duties with whom (agencies), what cites and repeals what (policies).

    The file holds everything it needs: it opens in any browser, without a connection.
    """
    from graph import answers, view
    from graph.store import open_store

    graph = open_store(store)
    if what == "agencies":
        page = view.agency_view(answers.all_duties(graph), answers.agencies(graph), lang=words.lang, title=title)
    else:
        page = view.policy_view(answers.policies(graph), answers.links(graph), lang=words.lang, title=title)
    with opened(path) as stream:
        stream.write(page)
    if not quiet:
        click.echo(f"Written: {path}. Open it in a browser.", err=True)
