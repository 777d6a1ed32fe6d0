"""The agency, place or document that the user means, or the nearest ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from zhize.settings import CANDIDATES

if TYPE_CHECKING:
    from graph.rows import AgencyRow
    from graph.store import Store


def find_agency(graph: Store, name: str, city: str | None) -> AgencyRow:
    """The one agency that ``name`` means. An ambiguous or unknown name lists the nearest and leaves with exit code 1."""
    from graph.bodies import find_agencies, nearest_agencies
    from graph.lineage import kin_of_absent

    found = find_agencies(graph, name, city)
    if len(found) == 1:
        return found[0]
    where = f" in {city}" if city else ""
    if found:
        click.echo(f"{name} may be any of {len(found)} agencies{where}. Give the full name, or the place with --city:", err=True)
    elif found := kin_of_absent(graph, name):
        click.echo(f"{name}: no agency of this name{where} bears a duty, but what it was before or became does:", err=True)
    else:
        found = nearest_agencies(graph, name, city, limit=CANDIDATES)
        click.echo(f"{name}: no agency of this name{where} bears a duty." + (" The nearest are:" if found else ""), err=True)
    for row in found[:CANDIDATES]:
        click.echo(f"  {row.name}  ({row.duties})", err=True)
    if len(found) > CANDIDATES:
        click.echo(f"  ... and {len(found) - CANDIDATES} more", err=True)
    if not found:
        click.echo("  See all with: zhize agencies", err=True)
    raise click.exceptions.Exit(1)


def find_place(graph: Store, word: str) -> str:
    """The one place that ``word`` means (云陵: 云陵市), "" for "". Several or none list the nearest and leave with exit code 1."""
    from graph.places import find_places, nearest_places

    found = find_places(graph, word)
    if len(found) == 1:
        return found[0]
    if found:
        click.echo(f"{word} may be any of {len(found)} places. Give the full name:", err=True)
    else:
        found = nearest_places(graph, word)
        click.echo(f"{word}: no document or agency of the graph is of this place." + (" It has these:" if found else ""), err=True)
    for name in found[:CANDIDATES]:
        click.echo(f"  {name}", err=True)
    raise click.exceptions.Exit(1)


def find_document(graph: Store, wanted: str) -> str:
    """The IRI of the one document that ``wanted`` means by IRI, title or 文号; documents that are only cited come last.

    Found by the keys of the graph, so it takes no longer in a large one; only a part of a title is looked for in all of them.
    Several or none leave with exit code 1.
    """
    from graph import iris
    from graph.literals import string
    from graph.look import Look, Node
    from graph.titles import title_parts
    from ontology.vocabulary import DATA, term

    if wanted.startswith(DATA):
        return wanted
    look = Look(graph.engine)
    held: set[Node] = set()
    cited: set[Node] = set()
    plain = wanted.strip().removeprefix("《").removesuffix("》")
    for key in {iris.title_key(plain), title_parts(plain).key, iris.number_key(plain)}:
        for node in look.subjects("zhize:matchKey", string(key)):
            if term("zhize:Policy") in look.values(node, "rdf:type"):
                held.add(node)
            else:
                cited.update(value for value in look.values(node, "zhize:resolvedTo") if isinstance(value, Node))
    found = held or cited
    if not found:
        from graph.answers import policies
        from zhize.commands.breakdown import find_policy

        return find_policy(policies(graph), wanted).iri
    if len(found) == 1:
        return next(iter(found)).value
    click.echo(f"{wanted} may be any of {len(found)} documents. Give the title, or the IRI:", err=True)
    for node in sorted(found, key=lambda node: node.value)[:CANDIDATES]:
        click.echo(f"  {look.text(node, 'rdfs:label')}  {node.value}", err=True)
    raise click.exceptions.Exit(1)
