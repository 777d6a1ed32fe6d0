"""Building onto a server: the work is done in a folder of this machine, the result is published on the server at once.

No SPARQL server promises that readers see a long update as one (Virtuoso carries out even one request statement by statement), so
nothing is written where readers look:

1. changed graphs are staged beside, under names of the new version;
2. the server adds up staged and unchanged graphs to the graph of the version, which readers will ask; its size is checked;
3. the pointer is turned, if it is still where it was: this publishes, and a crash before it leaves the old graph as it is;
4. the named graphs get what was staged; a build that finds this unfinished finishes it first;
5. what no reader can still want is dropped: all versions but the published one and the one before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from extract.models import PolicyRecord, Record
from graph.build import BuildReport, build
from graph.errors import PublishError
from graph.remote.address import Address, cache_folder
from graph.remote.server import LONGEST_IRI, Server
from graph.remote.store import (
    BEGUN,
    CURRENT,
    DIGEST,
    GOING,
    GRAPHS,
    HEAD,
    PREVIOUS,
    STAGED,
    Head,
    Part,
    RemoteStore,
    digest_of,
    lines_of,
    manifest_of,
    read_head,
    read_parts,
    read_rows,
)
from graph.store import Store, drafting, has_store, open_store

_LINES = 20_000  # statements sent at once; about 4 MB
_OPERATIONS = 20  # graphs copied in one update; Virtuoso takes 2 seconds to read one of 500 operations and refuses one of 2,000
_SYNCED = "server"  # file of the folder: the version of the server that the folder is no older than


@dataclass(frozen=True, slots=True)
class Version:
    """A version to be published: its IRI, its graphs by IRI, and the number of its statements, each counted once."""

    iri: str
    parts: Mapping[str, Part]
    statements: int


def build_remote(
    records: Iterable[Record],
    address: Address,
    on_policy: Callable[[PolicyRecord], None] | None = None,
    extractor: str | None = None,
) -> BuildReport:
    """As :func:`graph.build.build`, for a server. The folder of the report is that in which the work was done.

    Raises the :class:`ServerError` that fits, and :class:`PublishError` where the server does not hold what was sent or another
    build has published meanwhile; then what was published stays.
    """
    server, folder = Server(address), cache_folder(address)
    head = read_head(server)
    if head.current and head.current != _synced(folder):
        fetch(RemoteStore(server, head), folder)
    report = build(records, folder, on_policy, extractor)
    version = publish(open_store(folder), server)
    (folder / _SYNCED).write_text(version, encoding="utf-8")
    return replace(report, published=version != head.current)


def _synced(folder: Path) -> str:
    try:
        return (folder / _SYNCED).read_text(encoding="utf-8") if has_store(folder) else ""
    except (OSError, UnicodeDecodeError):
        return ""


def fetch(remote: RemoteStore, folder: Path) -> None:
    """Make the folder hold what the server has published, in the place of what it held."""
    finish(remote.server, read_head(remote.server))
    with drafting(folder) as draft:
        draft.store.clear()
        for graph in remote.graphs():
            quads = list(remote.quads(graph))
            draft.store.bulk_extend(quads)
            draft.written += len(quads)
        draft.publish()
    (folder / _SYNCED).write_text(remote.version, encoding="utf-8")


def publish(store: Store, server: Server) -> str:
    """Make the server's published graph the same as a local one; gives its version, the old one where it is the same already."""
    head = finish(server, read_head(server))
    before = read_parts(server, head.current) if head.current else {}
    digests = {graph.value: _digest(store, graph, server) for graph in store.graphs()}
    if before and digests == {graph: part.digest for graph, part in before.items()}:
        return head.current
    version = _version(store, head, before, digests)
    _begin(server, version)
    for graph, part in version.parts.items():
        if graph not in before or before[graph].digest != part.digest:
            _send(server, part.staged, lines_of(store.quads(ox.NamedNode(graph))))
    _add_up(server, version, before)
    _turn(server, head, version)
    finish(server, read_head(server))
    sweep(server)
    return version.iri


def _digest(store: Store, graph: ox.NamedNode, server: Server) -> str:
    """The digest of a graph's statements. Raises :class:`PublishError` for what the server would spoil without a word."""
    quads = list(store.quads(graph))
    for term in (term for quad in quads for term in quad.triple if server.virtuoso and isinstance(term, ox.NamedNode)):
        if len(term.value.encode()) > LONGEST_IRI:
            raise PublishError(str(server.address), f"Virtuoso cuts IRIs of more than 1,879 bytes such as {term.value[:60]}…")
    return digest_of(quads)


def _version(store: Store, head: Head, before: Mapping[str, Part], digests: Mapping[str, str]) -> Version:
    """The version that follows, named by its number and its content. The first one is staged in the named graphs themselves."""
    content = hashlib.sha256("".join(f"{graph} {digest}\n" for graph, digest in sorted(digests.items())).encode()).hexdigest()
    number = int(head.current.removeprefix(HEAD + "/").partition("-")[0]) + 1 if head.current else 1
    iri = f"{HEAD}/{number:06}-{content[:16]}"
    parts = {}
    for at, (graph, digest) in enumerate(sorted(digests.items())):
        same = graph in before and before[graph].digest == digest
        parts[graph] = Part(digest, graph if same or not head.current else f"{iri}/graph/{at}")
    ((count,),) = store.select("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }")
    return Version(iri, parts, int(count.value) if count is not None else 0)


def _begin(server: Server, version: Version) -> None:
    """Note the version and its graphs, so that whoever comes after a crash knows what lies about."""
    server.update(f"INSERT DATA {{ GRAPH <{HEAD}> {{ <{HEAD}> <{BEGUN}> <{version.iri}> }} }}")
    lines = []
    for graph, part in version.parts.items():
        lines += [f'<{graph}> <{DIGEST}> "{part.digest}" .\n', f"<{graph}> <{STAGED}> <{part.staged}> .\n"]
    _send(server, manifest_of(version.iri), lines)


def _send(server: Server, graph: str, lines: list[str]) -> None:
    server.put(graph, lines[:_LINES])
    for at in range(_LINES, len(lines), _LINES):
        server.add(graph, lines[at : at + _LINES])


def _add_up(server: Server, version: Version, before: Mapping[str, Part]) -> None:
    """Make the graph of the version from its parts. Raises :class:`PublishError` where it has not the size that it must have."""
    for some in _some(sorted(part.staged for part in version.parts.values())):
        server.update(";\n".join(f"ADD <{graph}> TO <{version.iri}>" for graph in some))
    ((count,),) = read_rows(server, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", version.iri)
    held = int(count.value) if count is not None else 0
    if held != version.statements:
        raise PublishError(str(server.address), f"it holds {held:,} of {version.statements:,} statements")


def _some(graphs: list[str]) -> Iterator[list[str]]:
    for at in range(0, len(graphs), _OPERATIONS):
        yield graphs[at : at + _OPERATIONS]


def _turn(server: Server, head: Head, version: Version) -> None:
    """Publish the version, unless another was published since ``head`` was read. Raises :class:`PublishError` then."""
    old, new = (f"<{HEAD}> <{CURRENT}> <{iri}>" for iri in (head.current, version.iri))
    if not head.current:
        condition = f"FILTER NOT EXISTS {{ GRAPH <{HEAD}> {{ <{HEAD}> <{CURRENT}> ?other }} }}"
        server.update(
            f"INSERT {{ GRAPH <{HEAD}> {{ {new} . <{HEAD}> <{GRAPHS}> <{version.iri}> }} }}"
            f" WHERE {{ GRAPH <{HEAD}> {{ <{HEAD}> <{BEGUN}> <{version.iri}> }} {condition} }}"
        )
    else:
        server.update(
            f"DELETE {{ GRAPH <{HEAD}> {{ {old} . <{HEAD}> <{PREVIOUS}> ?any }} }}"
            f" INSERT {{ GRAPH <{HEAD}> {{ {new} . <{HEAD}> <{PREVIOUS}> <{head.current}> }} }}"
            f" WHERE {{ GRAPH <{HEAD}> {{ {old} }} OPTIONAL {{ GRAPH <{HEAD}> {{ <{HEAD}> <{PREVIOUS}> ?any }} }} }}"
        )
    if read_head(server).current != version.iri:
        raise PublishError(str(server.address), "another build has published meanwhile")


def finish(server: Server, head: Head) -> Head:
    """Give the named graphs what the published version holds, if a build has not done so or was ended before."""
    if head.graphs == head.current:
        return head
    parts, before = read_parts(server, head.current), read_parts(server, head.graphs)
    staged = sorted((part.staged, graph) for graph, part in parts.items() if part.staged != graph)
    copies = [f"COPY <{source}> TO <{graph}>" for source, graph in staged]
    gone = [f"DROP SILENT GRAPH <{graph}>" for graph in sorted(before.keys() - parts.keys())]
    for some in _some(copies + gone):
        server.update(";\n".join(some))
    server.update(
        f"DELETE {{ GRAPH <{HEAD}> {{ <{HEAD}> <{GRAPHS}> ?old }} }}"
        f" INSERT {{ GRAPH <{HEAD}> {{ <{HEAD}> <{GRAPHS}> <{head.current}> }} }}"
        f" WHERE {{ GRAPH <{HEAD}> {{ <{HEAD}> <{GRAPHS}> ?old }} }}"
    )
    return read_head(server)


def sweep(server: Server) -> None:
    """Drop the versions that no reader can still want, whole or left over from builds that were ended, and what was staged."""
    head = read_head(server)
    drop(server, sorted((head.begun | head.going) - {head.current, head.previous}))
    parts = read_parts(server, head.current)
    for some in _some(sorted(part.staged for graph, part in parts.items() if part.staged != graph)):
        server.update(";\n".join(f"DROP SILENT GRAPH <{graph}>" for graph in some))


def drop(server: Server, versions: Iterable[str]) -> None:
    """Drop versions. That they go is said first, so that a reader of one notices, and whoever comes after a crash."""
    for version in versions:
        begun, going = (f"GRAPH <{HEAD}> {{ <{HEAD}> <{word}> <{version}> }}" for word in (BEGUN, GOING))
        server.update(f"INSERT DATA {{ {going} }}")
        server.update(f"DELETE DATA {{ {begun} }}")
        staged = [part.staged for part in read_parts(server, version).values() if part.staged.startswith(version)]
        for some in _some([*sorted(staged), version, manifest_of(version)]):
            server.update(";\n".join(f"DROP SILENT GRAPH <{graph}>" for graph in some))
        server.update(f"DELETE DATA {{ {going} }}")
