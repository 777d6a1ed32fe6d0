"""Reading a published graph on a server, with the same answers as from a folder.

A build puts all statements of a version into one graph of their own, which never changes afterwards, and publishes it by turning
a pointer (:mod:`graph.remote.publish`). A reader looks at the pointer once and asks that graph by the protocol's
``default-graph-uri``, so that all its queries see one state, whatever the server takes for its default graph.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import cast

import pyoxigraph as ox

from graph.errors import GraphsMovingError, NoServerStoreError, ServerChangedError, ServerFailedError
from graph.remote.address import Address
from graph.remote.server import Server
from graph.store import Row, Store, Value, with_values
from ontology.vocabulary import DATA, PREFIXES

HEAD = DATA + "published"
"""The graph on the server that says what is published. Its terms are of the bookkeeping only and no part of the ontology."""
CURRENT, PREVIOUS, BEGUN, GOING, GRAPHS = (f"{HEAD}#{name}" for name in ("current", "previous", "begun", "going", "graphs"))
DIGEST, STAGED, STATEMENTS = (f"{HEAD}#{name}" for name in ("digest", "staged", "statements"))

_PREFIXES = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())
_VALUES = 200  # terms in one query: old servers parse long lists slowly, or refuse them
_TOGETHER = re.compile(r"\b(?:DISTINCT|COUNT|GROUP)\b")  # what has to see all rows at once


@dataclass(frozen=True, slots=True)
class Head:
    """What a server says of its versions, as IRIs.

    ``graphs`` is the version that the named graphs hold; ``begun`` are those that were begun and are still there, whole or not;
    ``going`` those that are being dropped.
    """

    current: str = ""
    previous: str = ""
    graphs: str = ""
    begun: frozenset[str] = frozenset()
    going: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """A named graph of a version: the digest of its statements, and the graph in which they were staged."""

    digest: str
    staged: str


def read_head(server: Server) -> Head:
    """What the server has published; all "" where nothing is."""
    said: dict[str, list[str]] = {}
    for _, predicate, value in server.select("SELECT ?s ?p ?o { ?s ?p ?o }", [HEAD]).rows:
        said.setdefault(_iri(predicate), []).append(_iri(value))
    one = {name: (said.get(name) or [""])[0] for name in (CURRENT, PREVIOUS, GRAPHS)}
    return Head(one[CURRENT], one[PREVIOUS], one[GRAPHS], frozenset(said.get(BEGUN, ())), frozenset(said.get(GOING, ())))


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


def read_rows(server: Server, query: str, graph: str) -> list[Row]:
    """All rows of a query of this program's own on one graph; an answer that the server cuts off is asked for page by page.

    Virtuoso neither gives nor sorts more than ``ResultSetMaxRows``, 10,000 as it is installed, but sorts all in a subselect.
    """
    found = server.select(_PREFIXES + query, [graph])
    rows = list(found.rows)
    if not found.most:
        return cast(list[Row], rows)
    names, rows = " ".join(f"?{name}" for name in found.variables), []
    for page in count():
        text = f"SELECT {names} {{ {{ {query} ORDER BY {names} }} }} LIMIT {found.most} OFFSET {page * found.most}"
        some = list(server.select(_PREFIXES + text, [graph]).rows)
        rows += some
        if len(some) < found.most:
            break
    return cast(list[Row], rows)


def read_parts(server: Server, version: str) -> dict[str, Part]:
    """The named graphs of a version by IRI."""
    query = f"SELECT ?g ?digest ?staged {{ ?g <{DIGEST}> ?digest ; <{STAGED}> ?staged }}"
    rows = read_rows(server, query, manifest_of(version))
    return {_iri(graph): Part(_iri(digest), _iri(staged)) for graph, digest, staged in rows}


def manifest_of(version: str) -> str:
    """The graph that lists the named graphs of a version."""
    return version + "/manifest"


def lines_of(quads: Iterable[ox.Quad]) -> list[str]:
    """The statements as sorted lines of N-Triples."""
    return sorted(f"{quad.triple} .\n" for quad in quads)


def digest_of(quads: Iterable[ox.Quad]) -> str:
    """The digest of the statements of a graph, whatever their order."""
    return hashlib.sha256("".join(lines_of(quads)).encode()).hexdigest()


class RemoteStore(Store):
    """A version of the graph on a server. It has neither folder nor engine: what needs these asks for a folder."""

    def __init__(self, server: Server, head: Head) -> None:
        object.__setattr__(self, "server", server)
        object.__setattr__(self, "version", head.current)

    server: Server
    version: str
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def select(self, query: str, **values: Iterable[Value]) -> Iterator[Row]:
        """As :meth:`Store.select`. Raises the :class:`ServerError` that fits."""
        given = {name: list(terms) for name, terms in values.items()}
        long = [name for name, terms in given.items() if len(terms) > _VALUES]
        if not long or _TOGETHER.search(query):
            return self._answer(with_values(query, given), self.version)
        (name,) = long
        parts = (given[name][at : at + _VALUES] for at in range(0, len(given[name]), _VALUES))
        return (row for part in parts for row in self._answer(with_values(query, given | {name: part}), self.version))

    def graphs(self) -> list[ox.NamedNode]:
        """All named graphs, in the order of their IRIs. Raises :class:`GraphsMovingError` while a build replaces them."""
        self._check_graphs()
        return [ox.NamedNode(iri) for iri in sorted(self.parts)]

    @cached_property
    def parts(self) -> dict[str, Part]:
        """The named graphs by IRI."""
        return read_parts(self.server, self.version)

    def quads(self, graph: ox.NamedNode) -> Iterator[ox.Quad]:
        """The statements of a named graph, in no order. Raises :class:`GraphsMovingError` while a build replaces them.

        They are compared with what was published: a server may have been written to by others, or give less than it should.
        """
        rows = read_rows(self.server, "SELECT ?s ?p ?o { ?s ?p ?o }", graph.value)
        self._check_graphs()
        quads = [ox.Quad(*cast(tuple[ox.NamedNode, ox.NamedNode, Value], row), graph) for row in rows]
        if graph.value not in self.parts or digest_of(quads) != self.parts[graph.value].digest:
            raise ServerFailedError(str(self.server.address), f"<{graph.value}> does not hold what was published")
        return iter(quads)

    def _answer(self, query: str, graph: str) -> Iterator[Row]:
        rows = read_rows(self.server, query, graph)
        self._check_version()
        yield from rows

    def _check_version(self) -> None:
        """A version stays for one more build after its own; then its graph goes, and answers would be empty or in part."""
        if self.version not in read_head(self.server).begun:
            raise ServerChangedError(str(self.server.address))

    def _check_graphs(self) -> None:
        if read_head(self.server).graphs != self.version:
            raise GraphsMovingError(str(self.server.address))


def open_remote(address: Address) -> RemoteStore:
    """The graph that is published on a server. Raises :class:`NoServerStoreError` and the :class:`ServerError` that fits."""
    server = Server(address)
    head = read_head(server)
    if not head.current:
        raise NoServerStoreError(str(address))
    return RemoteStore(server, head)
