"""The graph in files of the W3C formats; the same graph gives the same bytes.

N-Quads, TriG and JSON-LD keep the named graphs, Turtle joins them. Graph by graph, so that memory holds one at a time (a policy, or
what policies share).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from graph import turtle
from graph.store import Store
from ontology.vocabulary import CONTEXT_FILE, PREFIXES

_XSD_STRING = PREFIXES["xsd"] + "string"


def export(store: Store, format: str, out: Path | IO[bytes]) -> int:
    """Write the whole graph as turtle, trig, nquads or jsonld; gives the number of statements.

    N-Quads come with their graphs in the order of their IRIs and the lines of each sorted. Raises ValueError for another format.
    A file is written beside and put in place at the end.
    """
    if format not in FORMATS:
        raise ValueError(f"unknown format {format!r}: one of {', '.join(FORMATS)}")
    count = _Counter()
    chunks = FORMATS[format](store, count)
    if isinstance(out, str | Path):
        path = Path(out)
        beside = path.with_name(path.name + ".part")
        try:
            with beside.open("wb") as file:
                _write(chunks, file)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    else:
        _write(chunks, out)
    return count.statements


def _write(chunks: Iterator[str], file: IO[bytes]) -> None:
    for chunk in chunks:
        file.write(chunk.encode("utf-8"))


class _Counter:
    statements = 0


def _sorted(store: Store, graph: ox.NamedNode, count: _Counter) -> list[ox.Quad]:
    quads = sorted(store.quads(graph), key=turtle.order)
    count.statements += len(quads)
    return quads


def _nquads(store: Store, count: _Counter) -> Iterator[str]:
    for graph in store.graphs():
        yield from sorted(f"{quad} .\n" for quad in _sorted(store, graph, count))


def _turtle(store: Store, count: _Counter) -> Iterator[str]:
    yield turtle.header()
    for graph in store.graphs():
        yield "\n"
        yield from turtle.blocks(_sorted(store, graph, count))


def _trig(store: Store, count: _Counter) -> Iterator[str]:
    yield turtle.header()
    for graph in store.graphs():
        yield f"\nGRAPH {turtle.short(graph.value)} {{\n"
        yield from turtle.blocks(_sorted(store, graph, count))
        yield "}\n"


def _jsonld(store: Store, count: _Counter) -> Iterator[str]:
    """One object a graph, compacted by hand with our context, which names every term and type that the graph uses."""
    context = json.loads(CONTEXT_FILE.read_text(encoding="utf-8"))["@context"]
    shorten = _Compactor(context)
    yield '{"@context": ' + json.dumps(context, ensure_ascii=False) + ',\n"@graph": [\n'
    for number, graph in enumerate(store.graphs()):
        quads = _sorted(store, graph, count)
        nodes = [shorten.node(subject, list(said)) for subject, said in groupby(quads, key=lambda q: q.subject)]
        lines = ",\n".join(json.dumps(node, ensure_ascii=False) for node in nodes)
        yield (",\n" if number else "") + f'{{"@id": {json.dumps(graph.value)}, "@graph": [\n{lines}\n]}}'
    yield "\n]}\n"


class _Compactor:
    """Writes nodes with the keys of the context and leaves out what the context says already: types, languages, IRIs."""

    def __init__(self, context: dict[str, Any]) -> None:
        prefixes = {key: value for key, value in context.items() if isinstance(value, str)}
        self.keys: dict[str, tuple[str, dict[str, str]]] = {}
        for key, value in context.items():
            if isinstance(value, dict):
                prefix, _, local = value["@id"].partition(":")
                self.keys[prefixes[prefix] + local] = (key, value)

    def node(self, subject: object, said: list[ox.Quad]) -> dict[str, Any]:
        """A node object."""
        node: dict[str, Any] = {"@id": getattr(subject, "value", "")}
        for predicate, several in groupby(said, key=lambda q: q.predicate.value):
            if predicate == PREFIXES["rdf"] + "type":
                node["@type"] = [self.type(q.object) for q in several]
                continue
            key, how = self.keys.get(predicate, (turtle.short(predicate).strip("<>"), {}))
            values = [_value(q.object, how) for q in several]
            node[key] = values[0] if len(values) == 1 else values
        return node

    def type(self, kind: object) -> str:
        """A type by its key in the context."""
        iri = str(getattr(kind, "value", ""))
        return self.keys.get(iri, (iri, {}))[0]


def _value(term: object, how: dict[str, str]) -> Any:
    if isinstance(term, ox.NamedNode):
        return term.value if how.get("@type") == "@id" else {"@id": term.value}
    assert isinstance(term, ox.Literal)
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == _XSD_STRING:
        return term.value if "@type" not in how else {"@value": term.value}
    kind = how.get("@type", "")
    if kind and kind.startswith("xsd:") and PREFIXES["xsd"] + kind[4:] == term.datatype.value:
        return term.value
    return {"@value": term.value, "@type": term.datatype.value}


FORMATS: dict[str, Callable[[Store, _Counter], Iterator[str]]] = {
    "turtle": _turtle,
    "trig": _trig,
    "nquads": _nquads,
    "jsonld": _jsonld,
}
"""What :func:`export` writes."""
