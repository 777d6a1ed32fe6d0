"""A graph in parts: things with all that is said of them, some thousand statements at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from ontology.vocabulary import PREFIXES, triples

SIZE = 20_000  # statements: some 20 MB in rdflib, a second of work

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_SUBCLASS = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
_DEPTH = 50  # classes over a class; a chain longer than that is a circle or an attack
Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
Node = ox.NamedNode | ox.BlankNode


@dataclass
class Part:
    """Some of the things of a graph with all that is said of them, in any graph, each statement once."""

    things: dict[Node, list[ox.Quad]] = field(default_factory=dict)
    size: int = 0

    def quads(self) -> Iterator[ox.Quad]:
        """All statements of the part."""
        for said in self.things.values():
            yield from said

    def types(self, engine: ox.Store) -> Iterator[tuple[Node, Node]]:
        """The types of the things that the part leads to and does not hold."""
        led = {quad.object for quad in self.quads() if not isinstance(quad.object, ox.Literal) and quad.predicate != _TYPE}
        for thing in led:
            if thing not in self.things and isinstance(thing, Node):
                for quad in engine.quads_for_pattern(thing, _TYPE, None, None):
                    if isinstance(quad.object, Node):
                        yield thing, quad.object


def parts(engine: ox.Store) -> Iterator[Part]:
    """All things of a store, graph by graph in the order of their names; whole graphs together where they are small."""
    part = Part()
    named = sorted(engine.named_graphs(), key=lambda graph: graph.value)
    for graph in [ox.DefaultGraph(), *named]:
        for thing in _subjects(engine, graph):
            said = list(engine.quads_for_pattern(thing, None, None, None))
            if graph != min((q.graph_name for q in said), key=_order):
                continue  # it comes with an earlier graph
            part.things[thing] = _distinct(said)
            part.size += len(said)
            if part.size >= SIZE:
                yield part
                part = Part()
    if part.things:
        yield part


def _subjects(engine: ox.Store, graph: Graph) -> list[Node]:
    """The things of a graph, in the order of their names."""
    found = {quad.subject for quad in engine.quads_for_pattern(None, None, None, graph)}
    return sorted((thing for thing in found if isinstance(thing, Node)), key=lambda thing: thing.value)


def _order(graph: Graph) -> str:
    return "" if isinstance(graph, ox.DefaultGraph) else graph.value


def _distinct(said: Iterable[ox.Quad]) -> list[ox.Quad]:
    """A statement that several graphs make, once."""
    return list({(quad.predicate, quad.object): quad for quad in said}.values())


def classes_above(engine: ox.Store) -> dict[str, frozenset[str]]:
    """The classes over each class, by the ontology and by the graph itself."""
    direct: dict[str, set[str]] = {}
    for triple in (*triples(), *(quad.triple for quad in engine.quads_for_pattern(None, _SUBCLASS, None, None))):
        if triple.predicate == _SUBCLASS and isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode):
            direct.setdefault(triple.subject.value, set()).add(triple.object.value)
    above = {}
    for name, nearest in direct.items():
        found: set[str] = set()
        todo = nearest
        for _ in range(_DEPTH):
            found |= todo
            todo = {over for kind in todo for over in direct.get(kind, ())} - found
        above[name] = frozenset(found - {name})
    return above
