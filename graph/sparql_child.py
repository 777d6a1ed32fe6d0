"""The process that answers one query of a user and can be ended at any moment: no engine can be interrupted from within.

Reads one JSON object from standard input; writes a line of JSON to standard output and after it the answer, whole, or nothing
where the line says what went wrong. It may be started before there is a query: it waits, with everything imported.
"""

from __future__ import annotations

import json
import signal
import sys
from typing import Any

import pyoxigraph as ox

from graph.errors import GraphError, QueryRefusedError, ServerTimeoutError
from graph.sparql_check import Dataset, RefusedError, check
from graph.sparql_forms import Written, write_boolean, write_graph, write_rows
from ontology.vocabulary import PREFIXES


def main() -> None:
    """Answer the query on standard input."""
    line = sys.stdin.buffer.readline()
    if not line:  # whoever started this has no query for it
        return
    request = json.loads(line)
    _bound(request)
    head, body = _reply(request)
    out = sys.stdout.buffer
    out.write(json.dumps(head | {"length": len(body)}).encode() + b"\n" + body)
    out.flush()


def _reply(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        dataset = check(request["query"]) if request["check"] else Dataset()
        given = Dataset(tuple(request["default"]), tuple(request["named"]))
        return _answer(request, given or dataset)
    except RefusedError as error:
        return {"error": "refused", "message": str(error)}, b""
    except SyntaxError as error:
        return {"error": "syntax", "message": error.msg, "line": error.lineno or 0, "column": error.offset or 0}, b""
    except MemoryError:
        return {"error": "memory"}, b""
    except QueryRefusedError as error:
        return {"error": "refused", "message": error.what}, b""
    except ServerTimeoutError:
        return {"error": "time", "message": ""}, b""
    except GraphError as error:
        return {"error": "server", "message": error.message, "hint": error.hint}, b""
    except (OSError, RuntimeError, ValueError, RecursionError) as error:
        return {"error": "failed", "message": str(error)}, b""


def _bound(request: dict[str, Any]) -> None:
    """Let the system end this process when whoever started it no longer can, and when it takes too much memory."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, request["seconds"] + 1)
    if sys.platform == "linux":
        import resource

        most = request["memory"] * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _answer(request: dict[str, Any], dataset: Dataset) -> tuple[dict[str, Any], bytes]:
    if isinstance(request["store"], dict):
        return _remote_answer(request, dataset)
    store = ox.Store.read_only(request["store"])
    found = store.query(request["query"], prefixes=PREFIXES, **_graphs(store, dataset))
    rows, graph = request["rows_form"], request["graph_form"]
    limits = request["rows"], request["size"]
    if isinstance(found, ox.QueryBoolean):
        return _said("ask", [], rows, write_boolean(rows, bool(found)) if rows else None, request)
    if isinstance(found, ox.QuerySolutions):
        variables = [v.value for v in found.variables]
        return _said("select", variables, rows, write_rows(rows, variables, found, *limits) if rows else None, request)
    if graph == "cells":
        variables = ["subject", "predicate", "object"]
        return _said("graph", variables, graph, write_rows(graph, variables, dict.fromkeys(found), *limits), request)
    return _said("graph", [], graph, write_graph(graph, found, *limits) if graph else None, request)


def _remote_answer(request: dict[str, Any], dataset: Dataset) -> tuple[dict[str, Any], bytes]:
    from graph.remote.address import Address
    from graph.remote.asking import ask_server

    found = ask_server(Address(**request["store"]), request["query"], dataset.default, dataset.named, request["seconds"])
    rows, graph = request["rows_form"], request["graph_form"]
    # where the server itself cuts off, one row less than it gave: so that the answer is marked as cut off
    limits = min(request["rows"], found.most - 1 if found.most else request["rows"]), request["size"]
    if found.answer is not None:
        return _said("ask", [], rows, write_boolean(rows, found.answer) if rows else None, request)
    if found.kind == "select":
        names = list(found.variables)
        return _said("select", names, rows, write_rows(rows, names, found.rows, *limits) if rows else None, request)
    if graph == "cells":
        names = ["subject", "predicate", "object"]
        return _said("graph", names, graph, write_rows(graph, names, dict.fromkeys(found.rows), *limits), request)
    triples = (ox.Triple(*row) for row in found.rows)  # type: ignore[arg-type]
    return _said("graph", [], graph, write_graph(graph, triples, *limits) if graph else None, request)


def _said(
    kind: str, variables: list[str], form: str, written: Written | None, request: dict[str, Any]
) -> tuple[dict[str, Any], bytes]:
    if written is None:
        return {"error": "form", "kind": kind}, b""
    if written.cut and not request["cut"]:
        return {"error": "large", "limit": written.cut}, b""
    head = {"kind": kind, "variables": variables, "form": form, "rows": written.rows, "cut": written.cut}
    return head, written.body


def _graphs(store: ox.Store, dataset: Dataset) -> dict[str, Any]:
    """What the engine has to know of a query's graphs: all, or those named, which must be in the store."""
    if not dataset:
        return {"use_default_graph_as_union": True}
    for iri in (*dataset.default, *dataset.named):
        if not store.contains_named_graph(ox.NamedNode(iri)):
            raise RefusedError(f"FROM a graph that is not in the store (<{iri}>)")
    return {
        "default_graph": [ox.NamedNode(iri) for iri in dataset.default],
        "named_graphs": [ox.NamedNode(iri) for iri in dataset.named],
    }


if __name__ == "__main__":
    main()
