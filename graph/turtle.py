"""Turtle with the ontology's prefixes, line for line the same in every run (the engine's writer puts prefixes in random order)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

import pyoxigraph as ox

from ontology.vocabulary import PREFIXES

_LOCAL = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_-]{0,60}[A-Za-z0-9_])?")
_NAMESPACES = sorted(((iri, prefix) for prefix, iri in PREFIXES.items()), reverse=True)
_TYPE = PREFIXES["rdf"] + "type"
_XSD = PREFIXES["xsd"]

Statement = ox.Triple | ox.Quad


def header() -> str:
    """The declarations of all prefixes of the ontology."""
    return "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in sorted(PREFIXES))


def short(iri: str) -> str:
    """``prefix:name`` where the ontology has the prefix and the name needs no escape, else ``<iri>``."""
    for namespace, prefix in _NAMESPACES:
        if iri.startswith(namespace):
            local = iri[len(namespace) :]
            return f"{prefix}:{local}" if _LOCAL.fullmatch(local) else f"<{iri}>"
    return f"<{iri}>"


def written(term: object) -> str:
    """A term in Turtle; strings are escaped as in N-Triples."""
    if isinstance(term, ox.NamedNode):
        return short(term.value)
    if isinstance(term, ox.Literal) and not term.language and term.datatype.value != _XSD + "string":
        return str(ox.Literal(term.value)) + "^^" + short(term.datatype.value)
    return str(term)


def blocks(statements: Iterable[Statement]) -> Iterator[str]:
    """A block of Turtle for each subject; the statements must be sorted by subject and predicate."""
    for subject, said in groupby(statements, key=lambda s: s.subject):
        lines = []
        for predicate, several in groupby(said, key=lambda s: s.predicate):
            verb = "a" if predicate.value == _TYPE else short(predicate.value)
            lines.append(f"{verb} " + ", ".join(written(s.object) for s in several))
        yield f"{written(subject)} " + " ;\n    ".join(lines) + " .\n"


def order(statement: Statement) -> tuple[str, str, str]:
    """The key that statements are sorted by."""
    return str(statement.subject), statement.predicate.value, str(statement.object)
