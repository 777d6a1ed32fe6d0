"""The SPARQL 1.1 Protocol at ``/sparql``: https://www.w3.org/TR/sparql11-protocol/

What it adds: ``truncate=N`` allows an answer of at most N rows that says that it is cut off (header ``X-Zhize-Truncated``; in JSON
``head.truncated``). Without it an answer over the limits is an error: a program that asks would take a part for the whole.
``format=`` names a form for those who cannot set an Accept header.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from graph import errors
from graph.serve.description import describe
from graph.serve.negotiation import Wanted, media_type, prefers_html, wanted
from graph.serve.pages import address, language
from graph.serve.running import answer_within
from graph.serve.settings import ServeSettings
from graph.sparql import Answer, Ask

_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_UPDATES = ("update", "using-graph-uri", "using-named-graph-uri")

REASONS: Mapping[type[Exception], tuple[int, str]] = {
    errors.QueryError: (400, "syntax"),
    errors.QueryRefusedError: (403, "refused"),
    errors.QueryFormError: (406, "form"),
    errors.QueryTooLargeError: (422, "large"),
    errors.QueryFailedError: (500, "failed"),
    errors.BusyError: (503, "busy"),
    errors.NoStoreError: (503, "store"),
    errors.BrokenStoreError: (503, "store"),
    errors.QueryTimeoutError: (504, "timeout"),
}
"""Status and code of what can go wrong with a query."""


class ProtocolError(Exception):
    """The request is not one of the protocol: status and sentence."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of the protocol; ``truncate`` is None where the client takes only whole answers."""

    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    truncate: int | None
    form: str | None


async def sparql(request: Request) -> Response:
    """Answer a query, or describe the service where there is none."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})
    try:
        asked = await read(request)
        if asked is None:
            return _without_query(request)
        return await answer(request, asked)
    except ProtocolError as error:
        return said(error.status, "request", str(error))
    except errors.GraphError as error:
        return failure(error)


async def answer(request: Request, asked: Asked, trusted: bool = False) -> Response:
    """The answer in the form that the client wants. ``trusted`` is for queries of this program's own."""
    settings: ServeSettings = request.app.state.settings
    forms = wanted(request.headers.get("accept"), asked.form)
    if forms == Wanted("", ""):
        raise ProtocolError(406, "None of the forms that you accept can be given. Ask for application/sparql-results+json, "
                                 "text/csv, text/turtle, application/ld+json …")  # fmt: skip
    limits = settings.limits
    if asked.truncate is not None:
        limits = replace(limits, rows=min(asked.truncate, limits.rows))
    ask = Ask(asked.query, forms.rows, forms.graph, asked.default, asked.named, trusted, cut=asked.truncate is not None)
    found = await answer_within(request, ask, limits)
    headers = {"Content-Type": media_type(found.form, found.kind == "graph"), "Vary": "Accept"}
    return Response(found.body, headers=headers | cut_header(found))


def cut_header(answer: Answer) -> dict[str, str]:
    """The header that says that limits cut an answer off, where they did: which limit, and the rows that are left."""
    return {"X-Zhize-Truncated": f"{answer.cut}; rows={answer.rows}"} if answer.cut else {}


def failure(error: errors.GraphError) -> Response:
    """What a client is told of an error, as JSON: ``error`` (a code), ``message``, and of wrong SPARQL the place."""
    status, code = next((reason for kind, reason in REASONS.items() if isinstance(error, kind)), (500, "failed"))
    place: Mapping[str, object] = {}
    if isinstance(error, errors.QueryError):
        place = {"line": error.line, "column": error.column, "why": error.why}
    headers = {"Retry-After": "2"} if isinstance(error, errors.BusyError) else {}
    return said(status, code, str(error), place, headers)


def said(
    status: int, code: str, message: str, more: Mapping[str, object] | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:  # fmt: skip
    """An answer that says why there is none."""
    return JSONResponse({"status": status, "error": code, "message": message} | dict(more or {}), status, headers)


async def read(request: Request) -> Asked | None:
    """What is asked; None where there is no query at all."""
    found = await pairs_of(request)
    if any(key in _UPDATES for key, _ in found):
        raise ProtocolError(403, str(errors.QueryRefusedError("an update")))
    queries = [value for key, value in found if key == "query"]
    if not queries and request.method != "POST":
        return None
    if len(queries) != 1:
        raise ProtocolError(400, "There has to be one query, in a parameter `query` or as the body.")
    most: int = request.app.state.settings.max_query
    if len(queries[0]) > most:
        raise ProtocolError(413, f"The query is longer than {most:,} characters.")
    values = dict(found)
    return Asked(
        queries[0],
        tuple(value for key, value in found if key == "default-graph-uri"),
        tuple(value for key, value in found if key == "named-graph-uri"),
        number_of_rows(values.get("truncate")),
        values.get("format"),
    )


async def pairs_of(request: Request) -> list[tuple[str, str]]:
    """The parameters of a request, of its address or (POST) of its body."""
    pairs = _pairs(request.url.query)
    if request.method != "POST":
        return pairs
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    text = await _body(request, kind)
    if kind != _QUERY:
        return _pairs(text)
    if any(key == "query" for key, _ in pairs):
        raise ProtocolError(400, "There is a query in the address and another in the body.")
    return [*pairs, ("query", text)]


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1_000)
    except ValueError as error:  # bytes that are no UTF-8 (UnicodeDecodeError is one), or more fields than anybody needs
        raise ProtocolError(400, f"The parameters cannot be read: {error}.") from error


async def _body(request: Request, kind: str) -> str:
    if kind == _UPDATE:
        raise ProtocolError(403, str(errors.QueryRefusedError("an update")))
    if kind not in (_FORM, _QUERY):
        raise ProtocolError(415, f"A query comes as {_FORM} or {_QUERY}.")
    try:
        return (await request.body()).decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "The body is not UTF-8.") from error


def number_of_rows(value: str | None) -> int | None:
    """What ``truncate=`` says."""
    if value is None:
        return None
    if not value.isascii() or not value.isdecimal() or int(value[:12]) < 1:
        raise ProtocolError(400, "truncate has to be a number of rows, from 1.")
    return int(value[:12])


def _without_query(request: Request) -> Response:
    """A browser gets the editor, anybody else the description of the service."""
    accept = request.headers.get("accept")
    if prefers_html(accept):
        return RedirectResponse(address(language(request), "/query"), 303)
    form = wanted(accept, request.query_params.get("format")).graph
    if not form:
        return PlainTextResponse("Ask with ?query=… or accept text/turtle for the description of the service.\n", 406)
    return Response(describe(request, form), headers={"Content-Type": media_type(form, True), "Vary": "Accept"})


def protocol_routes() -> list[Route]:
    """The endpoint."""
    return [Route("/sparql", sparql, methods=["GET", "POST", "OPTIONS"])]
