"""Looking things up in an engine without SPARQL, in types: our graphs hold no blank nodes and no quoted triples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from ontology.vocabulary import term

Node = ox.NamedNode
Value = ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Look:
    """Lookups by pattern; ``graph`` None means all graphs."""

    engine: ox.Store

    def subjects(self, predicate: str | None, thing: Value, graph: Node | None = None) -> Iterator[Node]:
        """The things of which ``predicate thing`` is said."""
        for quad in self.engine.quads_for_pattern(None, term(predicate) if predicate else None, thing, graph):
            assert isinstance(quad.subject, Node)
            yield quad.subject

    def pairs(self, predicate: str, graph: Node | None = None) -> Iterator[tuple[Node, Value]]:
        """All subjects and objects of a predicate."""
        for quad in self.engine.quads_for_pattern(None, term(predicate), None, graph):
            assert isinstance(quad.subject, Node) and isinstance(quad.object, Value)
            yield quad.subject, quad.object

    def values(self, subject: Node, predicate: str) -> Iterator[Value]:
        """What is said of a subject under a predicate."""
        for quad in self.engine.quads_for_pattern(subject, term(predicate), None, None):
            assert isinstance(quad.object, Value)
            yield quad.object

    def node(self, subject: Node, predicate: str) -> Node:
        """The one node under a predicate. Raises LookupError where there is none."""
        for value in self.values(subject, predicate):
            if isinstance(value, Node):
                return value
        raise LookupError(f"{subject.value} has no {predicate}")

    def text(self, subject: Node, predicate: str) -> str:
        """The one value under a predicate as a string, "" where there is none."""
        found = next(self.values(subject, predicate), None)
        return "" if found is None else found.value

    def said(self, subject: Node, graph: Node) -> list[ox.Quad]:
        """All statements of a graph about a subject."""
        return list(self.engine.quads_for_pattern(subject, None, None, graph))
