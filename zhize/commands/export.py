"""``zhize export``: the graph as RDF, or as flat tables for SQL and data frames."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhize.options import command as make_command
from zhize.options import quiet_option, store_option
from zhize.output import opened, unwritable, written

if TYPE_CHECKING:
    from graph.store import Place, Store

EXAMPLES = (
    "zhize export -o graph.ttl",
    "zhize export -o graph.jsonld",
    "zhize export --format nq | sort | sha256sum",
    "zhize export -o graph.db",
    "zhize export --format parquet -o tables/",
)
SUFFIXES = {
    ".ttl": "ttl", ".trig": "trig", ".nq": "nq", ".jsonld": "jsonld", ".db": "sqlite", ".sqlite": "sqlite", ".sqlite3": "sqlite",
    ".parquet": "parquet",
}  # fmt: skip
_NAMES = {"ttl": "turtle", "trig": "trig", "nq": "nquads", "jsonld": "jsonld"}


@make_command(EXAMPLES, name="export")
@store_option
@click.option("--format", "form", type=click.Choice(list(dict.fromkeys(SUFFIXES.values()))), help="The form; without a file: ttl.")
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Write to this file; its suffix decides the form. Of parquet the folder.",
)
@quiet_option
def command(*, store: Place, form: str | None, path: Path | None, quiet: bool) -> None:
    """Write the whole graph in a W3C form: Turtle (ttl), TriG (trig), N-Quads (nq) or JSON-LD (jsonld); or as flat tables.

    TriG, N-Quads and JSON-LD keep one named graph a policy; Turtle joins them. sqlite is one file with the tables policies,
    clauses, duties, targets, citations, notes and agencies, and what their columns mean in the table columns (for Datasette in the
    file .metadata.json beside it); parquet a folder with a file a table.
    """
    from graph.export import export
    from graph.store import open_store

    path = None if path == Path("-") else path
    form = form or _form(path)
    graph = open_store(store)
    if form in ("sqlite", "parquet"):
        if path is None:
            raise click.UsageError(f"{form} needs a place: add -o {'FILE.db' if form == 'sqlite' else 'FOLDER'}.")
        count = _tables(graph, form, path)
        said = ", ".join(f"{rows:,} {table}" for table, rows in count.items())
    else:
        with opened(path, binary=True) as stream:
            said = f"{export(graph, _NAMES[form], stream):,} statements"
    written(path, quiet, f", {said}")


def _form(path: Path | None) -> str:
    if path is None:
        return "ttl"
    known = SUFFIXES.get(path.suffix.lower())
    if known is None:
        raise click.UsageError(f"{path}: the suffix does not say a form. Use one of {', '.join(SUFFIXES)}, or add --format.")
    return known


def _tables(graph: Store, form: str, path: Path) -> dict[str, int]:
    from graph import flat

    try:
        if form == "parquet":
            return flat.write_parquet(graph, path)
        counts = flat.write_sqlite(graph, path)
    except OSError as error:
        raise unwritable(path, error) from error
    with opened(path.with_suffix(".metadata.json")) as stream:
        stream.write(flat.datasette_metadata(path.stem))
    return counts
