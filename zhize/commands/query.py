"""``zhize query``: SPARQL, by name or by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote

import click

from zhize.labels import Words
from zhize.options import authority_option, form_options, store_option
from zhize.options import command as make_command
from zhize.output import SUFFIXES, Cell, Column, Output, Sheet, opened

if TYPE_CHECKING:
    from graph.limits import QueryLimits
    from graph.named import NamedQuery
    from graph.sparql import Ask, QueryResult
    from graph.sparql import Cell as Term
    from graph.store import Place

EXAMPLES = (
    "zhize query --list",
    "zhize query --list 到期",
    "zhize query agency-duties --param agency=市财政局 -o duties.csv",
    "zhize query -e 'SELECT (COUNT(?d) AS ?n) WHERE { ?d a zhize:Duty }'",
    "zhize query -f question.rq --format json",
)
_STANDARD = {"srj": ("json", ""), "ttl": ("", "turtle")}  # W3C forms: SPARQL results in JSON, Turtle; for tables, for graphs


@make_command(EXAMPLES, name="query")
@click.argument("name", required=False)
@click.option("-e", "--execute", "text", metavar="SPARQL", help="This query; the prefixes of the ontology are declared.")
@click.option("-f", "--file", "file", type=click.File(encoding="utf-8"), help="The query in this file (-: standard input).")
@click.option("--list", "listing", is_flag=True, help="The named queries and their parameters; with a word, those that it fits.")
@click.option("--param", "params", multiple=True, metavar="KEY=VALUE", help="A parameter of the named query; may be repeated.")
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=30.0, show_default=True, metavar="SECONDS", help="End the query then."
)
@store_option
@authority_option
@form_options(SUFFIXES | {".srj": "srj", ".ttl": "ttl"})
def command(*, name: str | None, text: str | None, file: IO[str] | None, listing: bool, params: tuple[str, ...], timeout: float,
            store: Place, output: Output) -> None:  # fmt: skip
    """Answer the query NAME, or one of your own, from the graph.

    The default graph is the whole graph. Queries only read: updates and SERVICE are refused. The form srj is the W3C's JSON of
    SPARQL results, ttl writes the graph that CONSTRUCT and DESCRIBE give as Turtle.
    """
    from graph.limits import QueryLimits
    from graph.named import find_query, named_queries
    from graph.sparql import Ask, run_query

    given = [name is not None and not listing, text is not None, file is not None, listing]
    if sum(given) != 1:
        raise click.UsageError("Give one of: a NAME, -e SPARQL, -f FILE, --list.")
    if params and (name is None or listing):
        raise click.UsageError("--param belongs to a named query.")
    if listing:
        fitting = [query for query in named_queries() if _fits(query, name or "")]
        output.finish(_listing(fitting, output.words), "No named query fits this word.")
        return
    query = find_query(name).bind(_values(find_query(name), params, store)) if name else text or _read(file)
    limits, trusted = QueryLimits(seconds=timeout), name is not None
    if output.form in _STANDARD:
        _write_standard(store, Ask(query, *_STANDARD[output.form], trusted=trusted, cut=True), limits, output)
        return
    result = run_query(store, query, limits, trusted)
    if result.truncated:
        _tell_cut(len(result.rows))
    nothing = "Nothing found." if result.rows or name is None else _why_nothing(find_query(name), params, store)
    output.finish(_sheet(result), nothing)


def _why_nothing(query: NamedQuery, params: Sequence[str], store: Place) -> str:
    """Nothing found; where a default of the query is a name of the sample that this graph does not have, that it is so."""
    from graph.answers import policies
    from graph.bodies import find_agencies
    from graph.store import open_store

    given = {pair.partition("=")[0] for pair in params}
    for param in query.params:
        if param.type not in ("agency", "policy") or param.name in given:
            continue
        graph, agency = open_store(store), param.type == "agency"
        if not (find_agencies(graph, param.default) if agency else [p for p in policies(graph) if p.title == param.default]):
            return (
                f"Nothing found: without its parameter the query asks for {param.default}, of the sample, not of this graph.\n"
                f"  Give one of yours: zhize query {query.name} --param {param.name}=NAME\n"
                f"  See all with: zhize {'agencies' if agency else 'policies'}"
            )
    return "Nothing found."


def _write_standard(store: Place, ask: Ask, limits: QueryLimits, output: Output) -> None:
    from graph.errors import QueryFormError
    from graph.sparql import answer_query

    try:
        answer = answer_query(store, ask, limits)
    except QueryFormError as error:
        raise click.UsageError(str(error)) from error
    if answer.cut:
        _tell_cut(answer.rows)
    with opened(output.path) as stream:
        stream.write(answer.body.decode("utf-8"))
    output.written()


def _tell_cut(rows: int) -> None:
    click.echo(f"The answer is cut off after {rows:,} rows: narrow the query.", err=True)


def _read(file: IO[str] | None) -> str:
    assert file is not None
    try:
        return file.read()
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file.name}: a query has to be UTF-8 text.") from error


def _fits(query: NamedQuery, word: str) -> bool:
    """Whether the word stands in the name, the questions or the keywords of a query."""
    return any(word.casefold() in text.casefold() for text in (query.name, query.question, query.question_en, *query.keywords))


def _values(query: NamedQuery, params: Sequence[str], store: Place) -> dict[str, str]:
    """The parameters as given; agencies, places and documents may be named in any way people write them."""
    values: dict[str, str] = {}
    types = {param.name: param.type for param in query.params}
    for pair in params:
        key, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"--param {pair}: write KEY=VALUE.")
        values[key] = _meant(types.get(key, ""), value, store)
    return values


def _meant(kind: str, value: str, store: Place) -> str:
    """What a value of a parameter of this type means in the graph."""
    if kind not in ("agency", "policy", "place"):
        return value
    from graph.store import open_store
    from zhize.lookup import find_agency, find_document, find_place

    graph = open_store(store)
    if kind == "agency":
        return find_agency(graph, value, None).iri
    return find_place(graph, value) if kind == "place" else find_document(graph, value)


def _listing(queries: Sequence[NamedQuery], words: Words) -> Sheet[NamedQuery]:
    def question(query: NamedQuery) -> str:
        return words.pick(query.question, query.question_en)

    def params(query: NamedQuery) -> str:
        return "\n".join(f"{p.name}={p.default}  {words.pick(*p.both)}" for p in query.params)

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
    return str(term).lower() if isinstance(term, bool) else term.plain


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
