"""SPARQL of users: answered by a process of its own, read-only, within limits that the answer shows."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from graph.errors import NoStoreError, QueryError, QueryFailedError, QueryRefusedError, QueryTimeoutError
from graph.limits import QueryLimits
from graph.store import published

_ROOT = Path(__file__).parent.parent
_AT = re.compile(r"error at (\d{1,9}):(\d{1,9}): ?(.{0,2000})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cell:
    """An RDF term of an answer. ``kind`` is iri, literal or bnode; ``datatype`` is "" for IRIs and texts with a ``language``."""

    kind: Literal["iri", "literal", "bnode"]
    value: str
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """An answer. ``kind`` is select, ask (see ``answer``) or graph (CONSTRUCT and DESCRIBE: subject, predicate, object).

    ``truncated`` says that limits cut the answer off: show it wherever the rows are shown.
    """

    kind: Literal["select", "ask", "graph"]
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


def run_query(folder: Path, query: str, limits: QueryLimits | None = None, trusted: bool = False) -> QueryResult:
    """The answer to a query on the published graph in ``folder``. The ontology's prefixes are declared; the default graph is all.

    ``trusted`` leaves out the check of the query (for named queries, whose text is the program's own). Raises
    :class:`NoStoreError`, :class:`QueryError` (with line and column), :class:`QueryRefusedError` (updates, SERVICE, FROM),
    :class:`QueryTimeoutError` and :class:`QueryFailedError`.
    """
    limits = limits or QueryLimits()
    generation = published(Path(folder))
    if generation is None:
        raise NoStoreError(Path(folder))
    if len(query) > limits.length:
        raise QueryRefusedError(f"a query of more than {limits.length} characters")
    request = {
        "store": str(generation),
        "query": query,
        "check": not trusted,
        "rows": limits.rows,
        "characters": limits.characters,
    }
    begun = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "graph.sparql_child"],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=limits.seconds,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryTimeoutError(limits.seconds) from error
    return _result(done.stdout.decode("utf-8").split("\n"), done.returncode, time.monotonic() - begun)


def _environment() -> dict[str, str]:
    """The child finds the package where this one is, wherever the user stands."""
    paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(p for p in paths if p)}


def _result(lines: list[str], code: int, seconds: float) -> QueryResult:
    parsed = _lines(lines)
    head = next(parsed, None)
    if head is None:
        raise QueryFailedError(f"the engine ended with code {code}")
    if "error" in head:
        raise _error(head)
    rows: list[tuple[Cell | None, ...]] = []
    for line in parsed:
        if isinstance(line, list):
            rows.append(tuple(None if cell is None else Cell(*cell) for cell in line))
        elif "error" in line:
            raise _error(line)
        elif line.get("end"):
            variables = tuple(head.get("variables", ()))
            return QueryResult(head["kind"], variables, tuple(rows), head.get("value"), line["truncated"], seconds)
    raise QueryFailedError(f"the engine ended with code {code} in the middle of the answer")


def _lines(lines: list[str]) -> Iterator[Any]:
    for line in lines:
        if line:
            try:
                yield json.loads(line)
            except ValueError:  # the process died while it wrote
                return


def _error(said: dict[str, Any]) -> QueryError | QueryRefusedError | QueryFailedError:
    message = str(said["message"])
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
