"""SHACL by pySHACL, a part of a graph at a time.

pySHACL wants the statements in an rdflib graph in memory, which a province's documents would not fit. So a part is checked by
itself, with the types of the things that it leads to. Those must not be checked in their turn: the shapes are therefore not bound
to classes but to a mark that only the things of the part bear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import RDF, RDFS
from rdflib.namespace import SH as _SH

from graph.check.model import SH, SHAPES
from ontology.vocabulary import SHAPES_FILE

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_MARK = "urn:zhize:checked:"
BLANK = "urn:zhize:blank:"
"""How the IRI begins that stands for a blank node."""
_YES = rdflib.Literal(True)
Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A result of SHACL: the thing, the rule, the code of the constraint (MinCount …) and the value that is wrong, if any."""

    thing: str
    rule: str
    problem: str
    value: str


def violations(
    statements: Iterable[ox.Quad], types: Iterable[tuple[Node, Node]], above: Mapping[str, frozenset[str]]
) -> list[Violation]:
    """What the shapes say of the subjects of ``statements``, each of which must be there with all that is said of it.

    ``types`` are the types of other things that the statements lead to; ``above`` has the classes over each class.
    """
    graph = rdflib.Graph()
    for quad in statements:
        subject, thing = to_rdflib(quad.subject), to_rdflib(quad.object)
        graph.add((subject, rdflib.URIRef(quad.predicate.value), thing))
        if quad.predicate.value == str(RDF.type):
            for kind in (str(thing), *above.get(str(thing), ())):
                graph.add((subject, rdflib.URIRef(_MARK + kind), _YES))
    for node, kind_of in types:
        graph.add((to_rdflib(node), RDF.type, to_rdflib(kind_of)))
    for kind, over in above.items():
        for other in over:
            graph.add((rdflib.URIRef(kind), RDFS.subClassOf, rdflib.URIRef(other)))
    conforms, results, _ = pyshacl.validate(graph, shacl_graph=_shapes(), advanced=False, inference="none", inplace=True)
    return [] if conforms else list(_read(results))


def to_rdflib(term: object) -> rdflib.URIRef | rdflib.Literal:
    """A term of Oxigraph as rdflib has it: plain strings without a type, since rdflib tells them from those with one.

    Blank nodes become IRIs: pySHACL follows them into its report, chain by chain, without an end in a hostile file.
    """
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.URIRef(BLANK + term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=_datatype(term.datatype.value))


@lru_cache(maxsize=256)
def _datatype(iri: str) -> rdflib.URIRef | None:
    return None if iri == _XSD_STRING else rdflib.URIRef(iri)


@cache
def _shapes() -> rdflib.Graph:
    """The shapes without their words, bound to marks in place of classes."""
    graph = rdflib.Graph().parse(SHAPES_FILE, format="turtle")
    for words in (_SH.message, RDFS.comment):  # pySHACL goes through all that a shape says for each thing that it checks
        graph.remove((None, words, None))
    for shape, kind in list(graph.subject_objects(_SH.targetClass)):
        graph.remove((shape, _SH.targetClass, kind))
        graph.add((shape, _SH.targetSubjectsOf, rdflib.URIRef(_MARK + str(kind))))
    return graph


def _read(results: object) -> Iterator[Violation]:
    """The results that name a rule of ours; those inside of sh:or have none."""
    assert isinstance(results, rdflib.Graph)
    for result in results.subjects(RDF.type, _SH.ValidationResult):
        rule = str(results.value(result, _SH.sourceShape))
        constraint = str(results.value(result, _SH.sourceConstraintComponent))
        value = results.value(result, _SH.value)
        if rule.startswith(SHAPES):
            problem = constraint.removeprefix(SH).removesuffix("ConstraintComponent")
            thing = str(results.value(result, _SH.focusNode))
            yield Violation(thing, rule.removeprefix(SHAPES), problem, "" if value is None or problem == "Or" else str(value))
