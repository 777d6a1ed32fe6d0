"""``zhize export``: the graph as RDF."""

from __future__ import annotations

from pathlib import Path

import click

from zhize.options import command as make_command
from zhize.options import form_options, quiet_option, store_option
from zhize.output import Output, opened

EXAMPLES = (
    "zhize export -o graph.ttl",
    "zhize export -o graph.jsonld",
    "zhize export --format nq | sort | sha256sum",
)
SUFFIXES = {".ttl": "ttl", ".trig": "trig", ".nq": "nq", ".jsonld": "jsonld"}
_NAMES = {"ttl": "turtle", "trig": "trig", "nq": "nquads", "jsonld": "jsonld"}


@make_command(EXAMPLES, name="export")
@store_option
@form_options(SUFFIXES, default="ttl")
@quiet_option
def command(*, store: Path, output: Output, quiet: bool) -> None:
    """Write the whole graph in a W3C form: Turtle (ttl), TriG (trig), N-Quads (nq) or JSON-LD (jsonld).

    TriG, N-Quads and JSON-LD keep one named graph a policy; Turtle joins them.
    """
    from graph.export import export
    from graph.store import open_store

    graph = open_store(store)
    with opened(output.path, binary=True) as stream:
        count = export(graph, _NAMES[output.form], stream)
    if not quiet and output.path is not None:
        click.echo(f"Written: {output.path}, {count:,} statements.", err=True)
