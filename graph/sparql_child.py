"""The process that answers one query of a user and can be ended at any moment: no engine can be interrupted from within.

Reads one JSON object from standard input, writes JSON lines to standard output: a head, the rows, an end; or an error.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from ontology.vocabulary import PREFIXES


def main() -> None:
    """Answer the query on standard input."""
    request = json.load(sys.stdin)
    try:
        if request["check"]:
            check(request["query"])
        _answer(request)
    except _RefusedError as error:
        _say({"error": "refused", "message": str(error)})
    except SyntaxError as error:
        _say({"error": "syntax", "message": error.msg, "line": error.lineno or 0, "column": error.offset or 0})
    except (OSError, RuntimeError, ValueError, RecursionError) as error:
        _say({"error": "failed", "message": str(error)})


class _RefusedError(Exception):
    """The query asks for what is not allowed; the text names it."""


def check(query: str) -> None:
    """Let only queries of this graph pass, judged by the parsed query and not by its words.

    Raises SyntaxError with the place, or :class:`_RefusedError`.
    """
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery, parseUpdate

    try:
        parsed = parseQuery(query)
    except ParseBaseException as error:
        if _parses(parseUpdate, query, ParseBaseException):
            raise _RefusedError("an update") from None
        _explain(query)
        raise SyntaxError(str(error.msg), ("", error.lineno, error.column, error.line)) from error
    except RecursionError:
        raise _RefusedError("so deep a nesting") from None
    _walk(parsed)


def _explain(query: str) -> None:
    """Raise the engine's SyntaxError for a query that the checking parser rejects: it shows the place better.

    Never done where the query might call another server, as the engine parses and starts in one step.
    """
    if re.search(r"service|\\u", query, re.IGNORECASE) is None:
        ox.Store().query(query, prefixes=PREFIXES)


def _parses(parse: Any, query: str, failure: type[Exception]) -> bool:
    try:
        parsed = parse(query)
    except (failure, RecursionError):
        return False
    return "request" in parsed


def _walk(parsed: Any) -> None:
    """Look at every node of the parsed query for a clause that leads out of the graph."""
    waiting = [parsed]
    while waiting:
        node = waiting.pop()
        name = getattr(node, "name", "")
        if name == "ServiceGraphPattern":
            raise _RefusedError("SERVICE")
        if name == "DatasetClause":
            raise _RefusedError("FROM")
        if hasattr(node, "asList") or isinstance(node, list | tuple):
            waiting.extend(node)
        if hasattr(node, "values") and callable(node.values):
            waiting.extend(node.values())


def _answer(request: dict[str, Any]) -> None:
    store = ox.Store.read_only(request["store"])
    found = store.query(request["query"], prefixes=PREFIXES, use_default_graph_as_union=True)
    if isinstance(found, ox.QueryBoolean):
        _say({"kind": "ask", "value": bool(found)})
        _say({"end": True, "truncated": False})
    elif isinstance(found, ox.QuerySolutions):
        _say({"kind": "select", "variables": [v.value for v in found.variables]})
        _rows(found, request)
    else:
        _say({"kind": "graph", "variables": ["subject", "predicate", "object"]})
        _rows(dict.fromkeys(found), request)


def _rows(rows: Iterable[Any], request: dict[str, Any]) -> None:
    room = request["characters"]
    for count, row in enumerate(rows):
        line = json.dumps([_cell(term) for term in row], ensure_ascii=False)
        room -= len(line)
        if count >= request["rows"] or room < 0:
            _say({"end": True, "truncated": True})
            return
        sys.stdout.write(line + "\n")
    _say({"end": True, "truncated": False})


def _cell(term: Any) -> list[str] | None:
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return ["literal", term.value, "" if term.language else term.datatype.value, term.language or ""]
    return ["iri" if isinstance(term, ox.NamedNode) else "bnode", getattr(term, "value", str(term))]


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main()
