"""What a thing of the graph is in words: its label and class, its policy, clause and place in the file."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from graph.check.model import Finding
from graph.check.shacl import BLANK, Violation
from graph.look import Look
from graph.rows import Evidence
from graph.turtle import short
from ontology.vocabulary import term

_LABELS = (
    "skos:prefLabel", "rdfs:label", "zhize:task", "zhize:indicator", "zhize:citedTitle", "zhize:citedNumber", "zhize:refersTitle",
    "zhize:heading", "zhize:path", "dcterms:title", "oa:exact", "eli:number", "zhize:text",
)  # fmt: skip
_OWNERS = ("oa:hasSelector", "zhize:evidence")  # from a selector up to the place, and to what was read there
_LONGEST = 60  # characters of a label; a task can be a paragraph


class Describer:
    """Makes findings out of violations."""

    def __init__(self, engine: ox.Store) -> None:
        self._look = Look(engine)

    def finding(self, violation: Violation) -> Finding:
        """The violation with what is known of its thing."""
        node = _node(violation.thing)
        owner = self._owner(node)
        policy = self._node(owner, "zhize:policy") or owner
        place = self._node(owner, "zhize:evidence")
        clause = self._node(owner, "zhize:statedIn") or owner
        return Finding(
            rule=violation.rule,
            problem=violation.problem,
            value=self._value(violation.value),
            thing=violation.thing,
            label=self.label(owner) or short(violation.thing),
            kind=self._kind(owner) or self._kind(node),
            policy=self._text(policy, "rdfs:label") if self._kind(policy) == "Policy" else "",
            number=self._text(policy, "eli:id_local"),
            clause=self._text(clause, "zhize:path"),
            evidence=self._evidence(place) if place is not None else None,
        )

    def label(self, node: ox.NamedNode | ox.BlankNode) -> str:
        """The words by which a person knows the thing, "" where nothing is said of it."""
        text = next((found for predicate in _LABELS if (found := self._text(node, predicate))), "")
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    def _owner(self, node: ox.NamedNode | ox.BlankNode) -> ox.NamedNode | ox.BlankNode:
        """The fact to which a place or a selector belongs; other things themselves."""
        for predicate in _OWNERS:
            above = next(self._above(predicate, node), None)
            node = above if above is not None else node
        topic = self._node(node, "foaf:primaryTopic")
        return topic if topic is not None else node

    def _above(self, predicate: str, node: ox.NamedNode | ox.BlankNode) -> Iterator[ox.NamedNode | ox.BlankNode]:
        for quad in self._look.engine.quads_for_pattern(None, term(predicate), node, None):
            if isinstance(quad.subject, ox.NamedNode | ox.BlankNode):
                yield quad.subject

    def _kind(self, node: ox.NamedNode | ox.BlankNode) -> str:
        """The name of the class: the narrowest that is known is the last by name of those of our own, else the first."""
        kinds = [quad.object.value for quad in self._look.engine.quads_for_pattern(node, term("rdf:type"), None, None)
                 if isinstance(quad.object, ox.NamedNode)]  # fmt: skip
        own = sorted((kind for kind in kinds if short(kind).startswith("zhize:")), reverse=True)
        return short((own or sorted(kinds) or [""])[0]).rpartition(":")[2].strip("<>")

    def _node(self, node: ox.NamedNode | ox.BlankNode, predicate: str) -> ox.NamedNode | None:
        for quad in self._look.engine.quads_for_pattern(node, term(predicate), None, None):
            if isinstance(quad.object, ox.NamedNode):
                return quad.object
        return None

    def _text(self, node: ox.NamedNode | ox.BlankNode, predicate: str) -> str:
        for quad in self._look.engine.quads_for_pattern(node, term(predicate), None, None):
            if isinstance(quad.object, ox.Literal):
                return quad.object.value
        return ""

    def _value(self, value: str) -> str:
        """A value as a person reads it: the label of a thing, else its short IRI."""
        if "://" not in value and not value.startswith("urn:"):
            return value
        try:
            node = ox.NamedNode(value)
        except ValueError:
            return value
        return self.label(node) or short(value)

    def _evidence(self, place: ox.NamedNode) -> Evidence | None:
        source = self._node(place, "oa:hasSource")
        start = end = quote = ""
        for quad in self._look.engine.quads_for_pattern(place, term("oa:hasSelector"), None, None):
            if isinstance(quad.object, ox.NamedNode):
                start = start or self._text(quad.object, "oa:start")
                end = end or self._text(quad.object, "oa:end")
                quote = quote or self._text(quad.object, "oa:exact")
        if source is None or not (start.isdecimal() and end.isdecimal()):
            return None
        return Evidence(self._text(source, "dcterms:title"), int(start), int(end), quote)


def _node(thing: str) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(thing.removeprefix(BLANK)) if thing.startswith(BLANK) else ox.NamedNode(thing)
