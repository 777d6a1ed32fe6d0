"""What a user's query may ask for, judged by the parsed query and not by its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from pyparsing import ParseBaseException
from rdflib.plugins.sparql.algebra import translatePrologue
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate

from ontology.vocabulary import PREFIXES


class RefusedError(Exception):
    """The query asks for what is not allowed; the text names it."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query names by FROM and FROM NAMED (or a client beside it), as IRIs."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether any is named; none means all graphs."""
        return bool(self.default or self.named)


def check(query: str) -> Dataset:
    """Let only reading queries of this graph pass; gives the graphs that the query names.

    Raises SyntaxError with the place, or :class:`RefusedError`.
    """
    try:
        parsed = parseQuery(query)
        return _walk(parsed)
    except ParseBaseException as error:
        if _is_update(query):
            raise RefusedError("an update") from None
        _explain(query)
        raise SyntaxError(str(error.msg), ("", error.lineno, error.column, error.line)) from error
    except RecursionError:
        raise RefusedError("so deep a nesting") from None


def _explain(query: str) -> None:
    """Raise the engine's SyntaxError for a query that the checking parser rejects: it shows the place better.

    Never done where the query might call another server, as the engine parses and starts in one step.
    """
    if re.search(r"service|\\u", query, re.IGNORECASE) is None:
        ox.Store().query(query, prefixes=PREFIXES)


def _is_update(query: str) -> bool:
    try:
        return "request" in parseUpdate(query)
    except (ParseBaseException, RecursionError):
        return False


def _walk(parsed: Any) -> Dataset:
    """Look at every node of the parsed query for a clause that leads out of the graph, and for the graphs that it names."""
    clauses = []
    waiting = [parsed]
    while waiting:
        node = waiting.pop()
        name = getattr(node, "name", "")
        if name == "ServiceGraphPattern":
            raise RefusedError("SERVICE")
        if name == "DatasetClause":
            clauses.append(node)
        if hasattr(node, "asList") or isinstance(node, list | tuple):
            waiting.extend(node)
        if hasattr(node, "values") and callable(node.values):
            waiting.extend(node.values())
    return _dataset(parsed, clauses) if clauses else Dataset()


def _dataset(parsed: Any, clauses: list[Any]) -> Dataset:
    prologue = translatePrologue(parsed[0], None, PREFIXES)

    def iris(key: str) -> tuple[str, ...]:
        named = [clause[key] for clause in clauses if key in clause]
        try:
            return tuple(sorted({str(prologue.absolutize(name)) for name in named}))
        except Exception as error:  # rdflib raises a bare Exception for an unknown prefix
            raise SyntaxError(str(error), ("", 1, 1, "")) from error

    return Dataset(iris("default"), iris("named"))
