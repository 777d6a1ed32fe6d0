"""The terms that the editor completes: classes, properties and entries of code lists, with their labels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from graph import turtle
from ontology.vocabulary import PREFIXES, triples

_TYPE = PREFIXES["rdf"] + "type"
_KINDS = {
    PREFIXES["owl"] + "Class": "class",
    PREFIXES["rdfs"] + "Class": "class",
    PREFIXES["owl"] + "ObjectProperty": "property",
    PREFIXES["owl"] + "DatatypeProperty": "property",
    PREFIXES["owl"] + "AnnotationProperty": "property",
    PREFIXES["rdf"] + "Property": "property",
    PREFIXES["skos"] + "Concept": "code",
    PREFIXES["owl"] + "NamedIndividual": "code",
}
_LABELS = (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel")
_COMMENTS = (PREFIXES["rdfs"] + "comment", PREFIXES["skos"] + "scopeNote")


@dataclass(frozen=True, slots=True)
class Term:
    """A term as a query writes it (``zhize:role``), in one language; ``kind`` is class, property or code."""

    name: str
    kind: str
    label: str
    comment: str


@cache
def terms(lang: str) -> tuple[Term, ...]:
    """All terms of the ontology that have a short name, by name."""
    kinds: dict[str, str] = {}
    labels: dict[str, dict[str, str]] = {}
    comments: dict[str, dict[str, str]] = {}
    for t in triples():
        if not isinstance(t.subject, ox.NamedNode):
            continue
        if t.predicate.value == _TYPE and isinstance(t.object, ox.NamedNode) and t.object.value in _KINDS:
            kinds.setdefault(t.subject.value, _KINDS[t.object.value])
        elif isinstance(t.object, ox.Literal):
            for known, wanted in ((labels, _LABELS), (comments, _COMMENTS)):
                if t.predicate.value in wanted:
                    known.setdefault(t.subject.value, {}).setdefault(t.object.language or "", t.object.value)
    found = []
    for iri, kind in kinds.items():
        name = turtle.short(iri)
        if not name.startswith("<"):
            found.append(Term(name, kind, _said(labels, iri, lang), _said(comments, iri, lang)))
    return tuple(sorted(found, key=lambda term: term.name))


def _said(known: dict[str, dict[str, str]], iri: str, lang: str) -> str:
    texts = known.get(iri, {})
    return texts.get(lang) or texts.get("") or next(iter(texts.values()), "")
