"""SPARQL of users: answered by a process of its own, read-only, within limits that the answer shows."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from graph.errors import (
    GraphError,
    NoStoreError,
    QueryError,
    QueryFailedError,
    QueryFormError,
    QueryRefusedError,
    QueryTimeoutError,
    QueryTooLargeError,
    ServerSaidError,
)
from graph.limits import QueryLimits
from graph.sparql_process import Engine, Reply
from graph.store import Place, published
from ontology.vocabulary import PREFIXES

_XSD = PREFIXES["xsd"]
_NUMBERS: dict[str, type[int] | type[float]] = {_XSD + "integer": int, _XSD + "decimal": float, _XSD + "double": float,
                                                _XSD + "float": float}  # fmt: skip
Kind = Literal["select", "ask", "graph"]
_AT = re.compile(r"error at (\d{1,9}):(\d{1,9}): ?(.{0,2000})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cell:
    """An RDF term of an answer. ``kind`` is iri, literal or bnode; ``datatype`` is "" for IRIs and texts with a ``language``."""

    kind: Literal["iri", "literal", "bnode"]
    value: str
    datatype: str = ""
    language: str = ""

    @property
    def plain(self) -> str | int | float:
        """A number where the term is one, otherwise its text."""
        kind = _NUMBERS.get(self.datatype)
        try:
            number = kind(self.value) if kind else self.value
        except ValueError:  # "abc"^^xsd:integer is legal RDF
            return self.value
        return number if not isinstance(number, float) or math.isfinite(number) else self.value


@dataclass(frozen=True, slots=True)
class QueryResult:
    """An answer. ``kind`` is select, ask (see ``answer``) or graph (CONSTRUCT and DESCRIBE: subject, predicate, object).

    ``truncated`` says that limits cut the answer off: show it wherever the rows are shown.
    """

    kind: Kind
    variables: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    answer: bool | None
    truncated: bool
    seconds: float

    def table(self) -> list[tuple[str, ...]]:
        """The rows as strings, "" for unbound cells."""
        if self.kind == "ask":
            return [("true" if self.answer else "false",)]
        return [tuple("" if cell is None else cell.value for cell in row) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked: a query, the forms of the answer, the graphs.

    ``rows_form`` is for SELECT and ASK, ``graph_form`` for CONSTRUCT and DESCRIBE (names of :mod:`graph.sparql_forms`; "" where
    the asker takes none). ``default`` and ``named`` are graphs that take the place of the query's own FROM. ``trusted`` leaves out
    the check (for named queries, whose text is the program's own). ``cut`` allows an answer that the limits cut off; else it is an
    error.
    """

    query: str
    rows_form: str = ""
    graph_form: str = ""
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    trusted: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as bytes in ``form``; ``cut`` names the limit that cut it off (rows, size), "" where it is whole."""

    kind: Kind
    variables: tuple[str, ...]
    form: str
    body: bytes
    rows: int
    cut: str


def run_query(place: Place, query: str, limits: QueryLimits | None = None, trusted: bool = False) -> QueryResult:
    """The answer to a query on the published graph in a folder or on a server. The ontology's prefixes are declared; the default
    graph is all.

    ``trusted`` as in :class:`Ask`. Raises what :func:`answer_query` raises; an answer over the limits is cut off.
    """
    begun = time.monotonic()
    answer = answer_query(place, Ask(query, "cells", "cells", trusted=trusted, cut=True), limits)
    return read_result(answer, time.monotonic() - begun)


def read_result(answer: Answer, seconds: float = 0.0) -> QueryResult:
    """The terms of an answer in the form ``cells``."""
    lines = [json.loads(line) for line in answer.body.split(b"\n") if line]
    if answer.kind == "ask":
        return QueryResult("ask", (), (), lines[0], False, seconds)
    rows = tuple(tuple(None if cell is None else Cell(*cell) for cell in row) for row in lines)
    return QueryResult(answer.kind, answer.variables, rows, None, bool(answer.cut), seconds)


def answer_query(
    place: Place, ask: Ask, limits: QueryLimits | None = None, engine: Callable[[], Engine] = Engine
) -> Answer:  # fmt: skip
    """The answer on the published graph in a folder or on a server, in the form that was asked for; ``engine`` gives the process
    that answers (for a server: checks the query, and asks).

    Raises :class:`NoStoreError`, :class:`QueryError` (with line and column), :class:`QueryRefusedError` (updates, SERVICE, graphs
    outside the store), :class:`QueryTimeoutError`, :class:`QueryTooLargeError`, :class:`QueryFormError`, :class:`QueryFailedError`,
    and of a server the :class:`ServerError` that fits.
    """
    limits = limits or QueryLimits()
    if len(ask.query) > limits.length:
        raise QueryRefusedError(f"a query of more than {limits.length} characters")
    if not isinstance(place, Path):
        return _answer(engine().ask(_request(asdict(place), ask, limits)), limits)
    folder = place
    generation = published(folder)
    while generation is not None:
        reply = engine().ask(_request(str(generation), ask, limits))
        newer = published(folder)
        if reply.head.get("error") == "failed" and newer != generation:
            generation = newer  # builds went on between the look and the opening
            continue
        return _answer(reply, limits)
    raise NoStoreError(folder)


def _request(store: str | dict[str, str], ask: Ask, limits: QueryLimits) -> dict[str, Any]:
    return {
        "store": store,
        "query": ask.query,
        "check": not ask.trusted,
        "rows_form": ask.rows_form,
        "graph_form": ask.graph_form,
        "default": ask.default,
        "named": ask.named,
        "cut": ask.cut,
        "rows": limits.rows,
        "size": limits.size,
        "seconds": limits.seconds,
        "memory": limits.memory,
    }


def _answer(reply: Reply, limits: QueryLimits) -> Answer:
    head = reply.head
    if "error" in head:
        raise _error(head, limits)
    return Answer(head["kind"], tuple(head["variables"]), head["form"], reply.body, head["rows"], head["cut"])


def _error(said: Any, limits: QueryLimits) -> GraphError:
    if said["error"] == "large":
        return QueryTooLargeError(f"{limits.rows:,} rows" if said["limit"] == "rows" else f"{limits.size:,} bytes")
    if said["error"] == "form":
        return QueryFormError(said["kind"] == "graph")
    message = str(said["message"])
    if said["error"] == "server":
        return ServerSaidError(message, str(said["hint"]))
    if said["error"] == "time":
        return QueryTimeoutError(limits.seconds)
    if said["error"] == "refused":
        return QueryRefusedError(message)
    if said["error"] == "syntax":
        inner = _AT.match(message)
        if inner:
            return QueryError(_plainer(inner[3]), int(inner[1]), int(inner[2]))
        return QueryError(message, int(said["line"]), int(said["column"]))
    return QueryFailedError(message)


def _plainer(message: str) -> str:
    """The engine's list of what it expected, without ranges of characters."""
    if "Prefix not found" in message:
        return "a prefix is not declared"
    words = re.findall(r'"[^"\s]{1,20}"|\b[A-Z]{0,20}[G-Z][A-Z]{1,20}\b', message)
    return "expected " + " or ".join(dict.fromkeys(words)) if words else message[:200]
