"""The terms of the ontology, for code that writes or reads the graph.

``term("eli:cites")`` gives the IRI and raises :class:`UnknownTermError` for a term that no file of the ontology declares, so that
code and ontology cannot drift apart. The files are read by pyoxigraph (a few milliseconds), not by rdflib.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox

HERE = Path(__file__).parent
ONTOLOGY_FILES = (HERE / "zhize.ttl", HERE / "reused.ttl", HERE / "lists.ttl", HERE / "counts.ttl")
SHAPES_FILE = HERE / "shapes.ttl"
CONTEXT_FILE = HERE / "context.jsonld"
QUERIES = HERE / "queries"

ZHIZE = "https://w3id.org/zhize/ontology#"
DATA = "https://w3id.org/zhize/id/"

PREFIXES: dict[str, str] = {
    "zhize": ZHIZE,
    "eli": "http://data.europa.eu/eli/ontology#",
    "org": "http://www.w3.org/ns/org#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "qb": "http://purl.org/linked-data/cube#",
    "qudt": "http://qudt.org/schema/qudt/",
    "unit": "http://qudt.org/vocab/unit/",
    "spdx": "http://spdx.org/rdf/terms#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_SKOS = PREFIXES["skos"]
_TYPE = PREFIXES["rdf"] + "type"


class UnknownTermError(LookupError):
    """The code asked for a term, or an entry of a code list, that the ontology does not have."""


def expand(curie: str) -> str:
    """The full IRI of ``prefix:name``. Raises :class:`UnknownTermError` for an unknown prefix."""
    prefix, _, name = curie.partition(":")
    if prefix not in PREFIXES:
        raise UnknownTermError(f"the ontology has no prefix {prefix!r}")
    return PREFIXES[prefix] + name


@cache
def triples() -> tuple[ox.Triple, ...]:
    """All statements of the ontology files, in file order."""
    read: list[ox.Triple] = []
    for file in ONTOLOGY_FILES:
        read.extend(quad.triple for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
    return tuple(read)


@cache
def declared() -> frozenset[str]:
    """The IRIs that the ontology declares: those with a type."""
    return frozenset(t.subject.value for t in triples() if t.predicate.value == _TYPE and isinstance(t.subject, ox.NamedNode))


@cache
def term(curie: str) -> ox.NamedNode:
    """The IRI of a term such as ``eli:cites``. Raises :class:`UnknownTermError` where the ontology does not declare it."""
    iri = expand(curie)
    if iri not in declared():
        raise UnknownTermError(f"the ontology does not declare {curie}")
    return ox.NamedNode(iri)


@cache
def _entries() -> dict[tuple[str, str], ox.NamedNode]:
    """(scheme IRI, notation) to concept."""
    scheme: dict[str, str] = {}
    notations: list[tuple[ox.NamedNode, str]] = []
    for t in triples():
        if not isinstance(t.subject, ox.NamedNode):
            continue
        if t.predicate.value == _SKOS + "inScheme" and isinstance(t.object, ox.NamedNode):
            scheme[t.subject.value] = t.object.value
        elif t.predicate.value == _SKOS + "notation" and isinstance(t.object, ox.Literal):
            notations.append((t.subject, t.object.value))
    return {(scheme[subject.value], code): subject for subject, code in notations}


def find_concept(scheme: str, code: str) -> ox.NamedNode | None:
    """The entry of the code list ``zhize:<scheme>`` (roles, forms, relations, tiers, kinds, genres …) with this code, or None."""
    return _entries().get((ZHIZE + scheme, code))


def concept(scheme: str, code: str) -> ox.NamedNode:
    """As :func:`find_concept`, but raises :class:`UnknownTermError` where the list has no such code."""
    found = find_concept(scheme, code)
    if found is None:
        raise UnknownTermError(f"the code list zhize:{scheme} has no entry {code!r}")
    return found


@cache
def codes() -> dict[str, str]:
    """From the IRI of each entry of a code list to its (first) code."""
    found: dict[str, str] = {}
    for (_, code), iri in _entries().items():
        found.setdefault(iri.value, code)
    return found


@cache
def _matches() -> dict[str, ox.NamedNode]:
    wanted = _SKOS + "exactMatch"
    return {
        t.subject.value: t.object
        for t in triples()
        if t.predicate.value == wanted and isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.NamedNode)
    }


def standard_unit(written: str) -> ox.NamedNode | None:
    """The QUDT unit of a unit as written (公里, %), or None where QUDT has none or a multiple such as 万元 is meant."""
    found = find_concept("units", written)
    return None if found is None else _matches().get(found.value)
