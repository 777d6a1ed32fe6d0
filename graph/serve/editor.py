"""The SPARQL editor: ``/query``, the named queries at ``/query/named/NAME?param=…``, and answers as files."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph import errors
from graph.bodies import agencies, find_agencies, nearest_agencies
from graph.named import NamedQuery, QueryParam, day_meant, find_query, named_queries, role_labels
from graph.places import find_places, nearest_places
from graph.serve import protocol, tables
from graph.serve.current import store_of
from graph.serve.pages import Lang, language, render
from graph.serve.protocol import Asked, ProtocolError
from graph.serve.running import answer_within
from graph.serve.settings import ServeSettings
from graph.serve.terms import terms
from graph.serve.words import words
from graph.sparql import Ask, read_result
from ontology.vocabulary import DATA, PREFIXES

FIRST = """# 各单位承担的职责有多少，最多的在前
SELECT ?agency ?name (COUNT(?duty) AS ?duties)
WHERE {
  ?duty a zhize:Duty ; odrl:assignee ?agency .
  ?agency skos:prefLabel ?name .
}
GROUP BY ?agency ?name
ORDER BY DESC(?duties)
LIMIT 50
"""
FIRST_EN = FIRST.replace("各单位承担的职责有多少，最多的在前", "How many duties each agency bears, the most first")
SHOWN = 5_000  # rows that the page asks for: what a browser holds with ease and more than anybody reads
_FILES = {"csv": tables.to_csv, "xlsx": tables.to_xlsx}
_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": tables.XLSX}
_EXACT = {"tsv": "tsv", "json": "json", "xml": "xml", "ttl": "ttl", "nt": "nt", "jsonld": "jsonld"}
_OWN = ("lang", "format", "truncate", "set")  # parameters of ours in the address of a named query; all others are the query's


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as a field of the form: what stands in it, what is wrong with it, names that may be meant.

    ``choices`` are the values with their labels where it is one of a list.
    """

    name: str
    type: str
    label: str
    value: str
    wrong: str = ""
    nearest: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A named query with the values of its form; ``text`` is None where a value is wrong."""

    query: NamedQuery
    fields: tuple[Field, ...]
    text: str | None


def editor(request: Request) -> Response:
    """The editor with a first query, or with the one that the fragment of the address brings (only the script sees that)."""
    return _page(request, FIRST_EN if language(request) == "en" else FIRST, None)


async def named(request: Request) -> Response:
    """A named query in the editor, its form filled from the address; with ``format=`` its answer."""
    try:
        query = find_query(request.path_params["name"])
    except errors.UnknownQueryError:
        name = request.path_params["name"]
        return render(request, "query_unknown.html", status=404, name=name, queries=_listed(request))
    filled = await run_in_threadpool(_filled, request, query)
    form = request.query_params.get("format")
    if form is None:
        return _page(request, filled.text or query.text, filled)
    if filled.text is None:
        wrong = "; ".join(f"{field.name}: {field.wrong}" for field in filled.fields if field.wrong)
        return protocol.said(400, "request", wrong)
    try:
        truncate = protocol.number_of_rows(request.query_params.get("truncate"))
        return await protocol.answer(request, Asked(filled.text, (), (), truncate, form), trusted=True)
    except ProtocolError as error:
        return protocol.said(error.status, "request", str(error))
    except errors.GraphError as error:
        return protocol.failure(error)


async def download(request: Request) -> Response:
    """The answer to the query in the body as a file, whole or not at all."""
    try:
        asked = await protocol.read(request)
        form = (asked.form if asked else "") or ""
        if asked is None or form not in (*_FILES, *_EXACT):
            raise ProtocolError(400, f"format has to be one of {', '.join((*_FILES, *_EXACT))}.")
        if form in _FILES:
            limits = request.app.state.settings.limits
            found = await answer_within(request, Ask(asked.query, "cells", "cells"), limits)
            body = await run_in_threadpool(lambda: _FILES[form](read_result(found)))
            answer = Response(body, headers={"Content-Type": _TYPES[form]})
        else:
            answer = await protocol.answer(request, asked)
    except ProtocolError as error:
        return protocol.said(error.status, "request", str(error))
    except errors.GraphError as error:
        return protocol.failure(error)
    answer.headers["Content-Disposition"] = f'attachment; filename="zhize-query.{form}"'
    return answer


def _page(request: Request, text: str, filled: Filled | None) -> Response:
    settings: ServeSettings = request.app.state.settings
    lang = language(request)
    setup: dict[str, Any] = {
        "query": text,
        "run": filled is not None and filled.text is not None,
        "words": words(lang),
        "terms": [asdict(term) for term in terms(lang)],
        "prefixes": PREFIXES,
        "data": DATA,
        "lang": lang,
        "shown": min(SHOWN, settings.max_rows),
        "limits": {"rows": settings.max_rows, "seconds": settings.timeout, "megabytes": round(settings.max_bytes / 1e6)},
    }
    return render(request, "query.html", setup=setup, filled=filled, queries=_listed(request), settings=settings)


def _listed(request: Request) -> list[tuple[str, str]]:
    """Name and question of each named query."""
    english = language(request) == "en"
    return [(query.name, query.question_en if english else query.question) for query in named_queries()]


def _filled(request: Request, query: NamedQuery) -> Filled:
    """The form of ``query``: the values of the address, the defaults where it has none.

    ``set=1`` comes from the form, which leaves out empty fields: there a missing value is an empty one.
    """
    lang = language(request)
    given = {key: value for key, value in request.query_params.items() if key not in _OWN}
    fields, values = [], {}
    for param in query.params:
        value = given.get(param.name, "" if "set" in request.query_params else param.default)
        field = Field(param.name, param.type, param.both[lang == "en"], value.strip())
        if param.type == "agency":
            field, values[param.name] = _agency(request, field, lang)
        elif param.type == "place":
            field = _place(request, field, lang)
            values[param.name] = field.value
        else:
            values[param.name] = field.value
            field = _checked(query, param, field, lang)
        if param.type == "role":
            field = _listed_role(field, lang)
        fields.append(field)
    text = None if any(field.wrong for field in fields) else query.bind(values)
    return Filled(query, tuple(fields), text)


def _checked(query: NamedQuery, param: QueryParam, field: Field, lang: Lang) -> Field:
    try:
        query.bind({field.name: field.value})
    except errors.ParameterError:
        wrong = {
            "integer": ("请填整数。", "A whole number, please."),
            "date": ("请填日期，如 2025-12-31。", "A date, please, such as 2025-12-31."),
        }.get(field.type, ("填写有误。", "This cannot be read."))
        return Field(field.name, field.type, field.label, field.value, wrong[lang == "en"])
    day = day_meant(param, field.value) if field.type == "date" else None
    return Field(field.name, field.type, field.label, day.value) if day else field  # a browser's field of dates shows whole days


def _agency(request: Request, field: Field, lang: Lang) -> tuple[Field, str]:
    """The agency that is meant, written in any way; where that is not clear, those that may be."""
    store = store_of(request)
    value = field.value[:200]
    found = find_agencies(store, value)
    if not found and field.name not in request.query_params and "set" not in request.query_params:
        found = agencies(store)[:1]  # the default may be of another place: the busiest is an example that shows something
    if len(found) == 1:
        return Field(field.name, field.type, field.label, found[0].name), found[0].iri
    nearest = found or nearest_agencies(store, value)
    if found:
        wrong = ("有多个机构同名，请选一个。", "Several agencies have this name: choose one.")
    else:
        wrong = ("没有承担职责的机构叫这个名称。", "No agency of this name bears a duty.")
    return Field(field.name, field.type, field.label, field.value, wrong[lang == "en"], tuple(row.name for row in nearest[:8])), ""


def _listed_role(field: Field, lang: Lang) -> Field:
    """A role as a list to choose from; a value that is none of it says what is allowed."""
    allowed = role_labels(lang)
    said = {label: code for code, label in role_labels("zh") + role_labels("en")}
    names = ("、" if lang == "zh" else ", ").join(label for _, label in allowed)
    wrong = ("可选：" + names + "，或留空。", "One of " + names + ", or nothing.")[lang == "en"] if field.wrong else ""
    return replace(field, value=said.get(field.value, field.value), wrong=wrong, choices=allowed)


def _place(request: Request, field: Field, lang: Lang) -> Field:
    """The place that is meant (云陵: 云陵市); where that is not clear, those that may be."""
    store = store_of(request)
    value = field.value[:200]
    found = find_places(store, value)
    if len(found) == 1:
        return Field(field.name, field.type, field.label, found[0])
    if found:
        wrong = ("有多个地方含此名称，请选一个。", "Several places hold this name: choose one.")
    else:
        wrong = ("图中没有这个地方的文件或机构。", "The graph has no document or agency of this place.")
    nearest = found or nearest_places(store, value)
    return Field(field.name, field.type, field.label, field.value, wrong[lang == "en"], tuple(nearest[:8]))


def editor_routes() -> list[Route]:
    """The pages of the editor."""
    return [
        Route("/query", editor),
        Route("/query/named/{name}", named),
        Route("/query/download", download, methods=["POST"]),
    ]
