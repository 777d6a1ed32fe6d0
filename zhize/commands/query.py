"""``zhize query``: SPARQL, by name or by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote

import click

from zhize.labels import Words
from zhize.options import authority_option, form_options, store_option
from zhize.options import command as make_command
from zhize.output import SUFFIXES, Cell, Column, Output, Sheet, opened

if TYPE_CHECKING:
    from graph.named import NamedQuery
    from graph.sparql import Cell as Term
    from graph.sparql import QueryResult

EXAMPLES = (
    "zhize query --list",
    "zhize query agency-duties --param agency=市财政局 -o duties.csv",
    "zhize query -e 'SELECT (COUNT(?d) AS ?n) WHERE { ?d a zhize:Duty }'",
    "zhize query -f question.rq --format json",
)
_STANDARD = ("srj", "ttl")  # W3C forms: SPARQL results in JSON, Turtle
_NUMBERS = {"integer": int, "decimal": float, "double": float, "float": float}


@make_command(EXAMPLES, name="query")
@click.argument("name", required=False)
@click.option("-e", "--execute", "text", metavar="SPARQL", help="This query; the prefixes of the ontology are declared.")
@click.option("-f", "--file", "file", type=click.File(encoding="utf-8"), help="The query in this file (-: standard input).")
@click.option("--list", "listing", is_flag=True, help="The named queries with their questions and parameters.")
@click.option("--param", "params", multiple=True, metavar="KEY=VALUE", help="A parameter of the named query; may be repeated.")
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=30.0, show_default=True, metavar="SECONDS", help="End the query then."
)
@store_option
@authority_option
@form_options(SUFFIXES | {".srj": "srj", ".ttl": "ttl"})
def command(*, name: str | None, text: str | None, file: IO[str] | None, listing: bool, params: tuple[str, ...], timeout: float,
            store: Path, output: Output) -> None:  # fmt: skip
    """Answer the query NAME, or one of your own, from the graph.

    The default graph is the whole graph. Queries only read: updates and SERVICE are refused. The form srj is the W3C's JSON of
    SPARQL results, ttl writes the graph that CONSTRUCT and DESCRIBE give as Turtle.
    """
    from graph.limits import QueryLimits
    from graph.named import find_query, named_queries
    from graph.sparql import run_query

    given = [name is not None, text is not None, file is not None, listing]
    if sum(given) != 1:
        raise click.UsageError("Give one of: a NAME, -e SPARQL, -f FILE, --list.")
    if params and name is None:
        raise click.UsageError("--param belongs to a named query.")
    if listing:
        output.write(_listing(named_queries(), output.words))
        return
    query = find_query(name).bind(_values(find_query(name), params, store)) if name else text or _read(file)
    result = run_query(store, query, QueryLimits(seconds=timeout), trusted=name is not None)
    if result.truncated:
        click.echo(f"The answer is cut off after {len(result.rows):,} rows: narrow the query.", err=True)
    if output.form in _STANDARD:
        _write_standard(result, output)
    else:
        output.finish(_sheet(result), "Nothing found.")


def _write_standard(result: QueryResult, output: Output) -> None:
    from graph.results import to_json, to_turtle

    if output.form == "ttl" and result.kind != "graph":
        raise click.UsageError("Turtle holds a graph: ask with CONSTRUCT or DESCRIBE, or take another form.")
    with opened(output.path) as stream:
        stream.write((to_json(result) if output.form == "srj" else to_turtle(result)).rstrip("\n") + "\n")


def _read(file: IO[str] | None) -> str:
    assert file is not None
    try:
        return file.read()
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file.name}: a query has to be UTF-8 text.") from error


def _values(query: NamedQuery, params: Sequence[str], store: Path) -> dict[str, str]:
    """The parameters as given; an agency may be named in any way people write it."""
    values: dict[str, str] = {}
    agencies = {param.name for param in query.params if param.type == "agency"}
    for pair in params:
        key, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"--param {pair}: write KEY=VALUE.")
        if key in agencies:
            from graph.store import open_store
            from zhize.lookup import find_agency

            value = find_agency(open_store(store), value, None).iri
        values[key] = value
    return values


def _listing(queries: Sequence[NamedQuery], words: Words) -> Sheet[NamedQuery]:
    def question(query: NamedQuery) -> str:
        return words.pick(query.question, query.question_en)

    def params(query: NamedQuery) -> str:
        return "\n".join(f"{p.name}={p.default}  {words.pick(*_both(p.help))}" for p in query.params)

    def screen(rows: Sequence[NamedQuery], stream: IO[str]) -> None:
        from zhize.screen import Screen

        page = Screen(stream)
        for query in rows:
            page.field(query.name, question(query), width=24)
            for line in params(query).split("\n"):
                page.field("", line, indent=24, style="dim")

    columns: tuple[Column[NamedQuery], ...] = (
        Column(words("name"), lambda q: q.name, 24),
        Column(words("question"), question, 50),
        Column(words("parameters"), params, 50),
    )
    return Sheet(words("queries"), columns, queries, screen)


def _both(help_text: str) -> tuple[str, str]:
    """The Chinese and the English half of a parameter's help."""
    chinese, _, english = help_text.partition(" / ")
    return chinese, english or chinese


def _sheet(result: QueryResult) -> Sheet[Any]:
    if result.kind == "ask":
        heads: tuple[str, ...] = ("answer",)
        rows: Sequence[tuple[Term | bool | None, ...]] = [(result.answer,)]
    else:
        heads, rows = result.variables or ("subject", "predicate", "object"), result.rows

    def screen(rows: Sequence[Any], stream: IO[str]) -> None:
        from zhize.screen import Screen

        Screen(stream).grid(heads, [[_short(term) for term in row] for row in rows])

    columns: tuple[Column[Any], ...] = tuple(_column(at, head) for at, head in enumerate(heads))
    return Sheet("query", columns, rows, screen, lambda row: dict(zip(heads, map(_value, row), strict=True)))


def _column(at: int, head: str) -> Column[Any]:
    return Column(head, lambda row: _value(row[at]), 24)


def _value(term: Term | bool | None) -> Cell:
    """A number where the term is one, otherwise its text."""
    if term is None:
        return None
    if isinstance(term, bool):
        return str(term).lower()
    number = _NUMBERS.get(term.datatype.rsplit("#", 1)[-1])
    try:
        return number(term.value) if number else term.value
    except ValueError:  # "abc"^^xsd:integer is legal RDF
        return term.value


def _short(term: Term | bool | None) -> str:
    """For a terminal: IRIs with their prefixes, the graph's own without their common beginning, in characters that people read."""
    from ontology.vocabulary import DATA, PREFIXES

    if isinstance(term, bool) or term is None or term.kind != "iri":
        value = _value(term)
        return "" if value is None else str(value)
    for prefix, space in PREFIXES.items():
        if term.value.startswith(space):
            return f"{prefix}:{term.value.removeprefix(space)}"
    return unquote(term.value.removeprefix(DATA))
