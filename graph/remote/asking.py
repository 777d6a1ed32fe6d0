"""A query of a user to a server, with the answer that a local graph gives as far as the server can give it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from graph.errors import GraphsMovingError, NoServerStoreError, QueryRefusedError
from graph.remote.address import Address
from graph.remote.server import Found, Row, Server
from graph.remote.store import RemoteStore, read_head
from graph.remote.virtuoso import guarded
from ontology.vocabulary import PREFIXES

_GRAPH = re.compile(r"\bGRAPH\b", re.IGNORECASE)
MOST_GRAPHS = 1_000
"""Named graphs that are given to a server beside a query with GRAPH. Virtuoso answers a request with 2,000 by an error."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer: rows of terms (of three where it is a graph), or yes or no. ``most`` as in :class:`Found`."""

    kind: str
    variables: tuple[str, ...]
    rows: Iterator[Row]
    most: int
    answer: bool | None


def ask_server(address: Address, query: str, default: Sequence[str], named: Sequence[str], seconds: float) -> Asked:
    """The answer on the published graph, or on these graphs of it. The query has been checked.

    Raises SyntaxError with the place, :class:`QueryRefusedError` for graphs that there are not, and what the server gives cause to.
    """
    kind, variables = _kind(query)
    server = Server(address)
    head = read_head(server)
    if not head.current:
        raise NoServerStoreError(str(address))
    graphs: Sequence[str] = ()
    if default or named or _GRAPH.search(query):
        if head.graphs != head.current:
            raise GraphsMovingError(str(address))
        graphs = sorted(RemoteStore(server, head).parts)
    if not default and not named:
        default, named = [head.current], graphs
    for iri in (*default, *named):
        if iri not in graphs and iri != head.current:
            raise QueryRefusedError(f"FROM a graph that is not in the store (<{iri}>)")
    if len(named) > MOST_GRAPHS:
        raise QueryRefusedError(f"GRAPH over {len(named):,} graphs of a server without FROM NAMED")
    guard = guarded(query) if server.virtuoso else None
    text = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items()) + (guard.query if guard else query)
    found = (server.construct if kind == "graph" else server.select)(text, default, named, seconds)
    rows = _columns(found, variables) if kind == "select" else found.rows
    if guard and kind == "select":
        rows = guard.rows(variables, rows, whole=not found.most)
    return Asked(kind, variables, rows, found.most, found.answer)


def _kind(query: str) -> tuple[str, tuple[str, ...]]:
    """What a query gives, and its variables: as the local engine reads it, whose SyntaxError shows the place."""
    read = ox.Store().query(query, prefixes=PREFIXES)
    if isinstance(read, ox.QueryBoolean):
        return "ask", ()
    if isinstance(read, ox.QuerySolutions):
        return "select", tuple(v.value for v in read.variables)
    return "graph", ()


def _columns(found: Found, variables: Sequence[str]) -> Iterator[Row]:
    """The rows with the columns of the query; a server may leave out a variable that is never bound."""
    at = [found.variables.index(name) if name in found.variables else None for name in variables]
    for row in found.rows:
        yield tuple(None if place is None else row[place] for place in at)
