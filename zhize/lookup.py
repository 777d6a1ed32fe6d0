"""The agency that the user means, or the nearest ones."""

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
