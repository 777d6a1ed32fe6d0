"""``zhize view``: a network, or what surrounds one agency or document, as one HTML file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhize.labels import Words
from zhize.ledgers import Day
from zhize.lookup import find_agency
from zhize.options import command as make_command
from zhize.options import lang_option, quiet_option, store_option
from zhize.output import opened

if TYPE_CHECKING:
    from graph.rows import PolicyRow
    from graph.store import Store

EXAMPLES = (
    "zhize view agencies -o view.html",
    "zhize view policies -o policies.html --lang en",
    "zhize view 市财政局 -o finance.html",
    "zhize view 云政办〔2023〕20号 --as-of 2024-06-30 -o parking.html",
)


@make_command(EXAMPLES, name="view")
@click.argument("what", metavar="agencies|policies|AGENCY|POLICY")
@click.option(
    "-o", "--output", "path", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The HTML file to write."
)
@click.option("--city", metavar="PLACE", help="AGENCY or POLICY of this place, such as 云陵市.")
@click.option(
    "--as-of", type=Day(), metavar="DATE", help="Show first what is in force on this day.  [default: all, judged on the newest day]"
)
@click.option("--title", default="", help="The heading of the page.")
@store_option
@quiet_option
@lang_option
def command(
    *, what: str, path: Path, city: str | None, as_of: str | None, title: str, store: Path, quiet: bool, words: Words
) -> None:
    """Write an interactive page: who shares duties with whom (agencies), what cites and repeals what (policies).

    AGENCY, named in any way people write it, shows that agency with its partners; POLICY, by title or number (文号), what the
    document rests on and what rests on it, two steps each way. The file holds everything it needs: it opens in any browser, without
    a connection.
    """
    from graph.store import open_store

    page = _page(open_store(store), what, city, as_of, words, title)
    with opened(path) as stream:
        stream.write(page)
    if not quiet:
        click.echo(f"Written: {path}. Open it in a browser.", err=True)


def _page(graph: Store, what: str, city: str | None, as_of: str | None, words: Words, title: str) -> str:
    from graph import answers, view
    from graph.lineage import lineages

    policies = answers.policies(graph)
    centre, is_policy = "", what == "policies"
    if what not in ("agencies", "policies"):
        document = _document(graph, policies, what, city)
        centre, is_policy = (document.iri, True) if document else (find_agency(graph, what, city).iri, False)
    duties, links = answers.all_duties(graph), answers.links(graph)
    if centre and not is_policy and not any(d.agency_iri == centre for d in duties):
        click.echo(f"{what}: bears no duty, so there is nothing to draw. See who does with: zhize agencies", err=True)
        raise click.exceptions.Exit(1)
    validity = view.validity_on(policies, links, as_of or "")
    if is_policy:
        return view.policy_view(policies, links, duties, validity=validity, centre=centre, lang=words.lang, title=title)
    known = {iri: lineage.by(as_of or "") for iri, lineage in lineages(graph).items()}
    return view.agency_view(
        duties, answers.agencies(graph), validity=validity, lineages=known, centre=centre, lang=words.lang, title=title
    )


def _document(graph: Store, policies: Sequence[PolicyRow], what: str, city: str | None) -> PolicyRow | None:
    """The document that ``what`` means, None where it can only be an agency. Documents that are only cited come last."""
    from graph.bodies import find_agencies
    from graph.iris import number_key, title_key
    from zhize.commands.breakdown import find_policy

    if find_agencies(graph, what, city):
        return None
    title, number = title_key(what)[2:], number_key(what)
    for resolved in (True, False):
        group = [p for p in policies if p.resolved is resolved and (not city or city in p.place)]
        if any(p.iri == what or what in p.number or number == number_key(p.number) for p in group if p.number or p.iri == what):
            return find_policy(group, what)
        if title and any(title in title_key(p.title) for p in group):
            return find_policy(group, what)
    return find_policy(policies, what) if any(mark in what for mark in "《〔[") else None
