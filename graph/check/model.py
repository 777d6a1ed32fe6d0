"""What a check gives: rules that were broken, where, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from graph.rows import Evidence
from ontology.vocabulary import PREFIXES, SHAPES_FILE, triples

SH = "http://www.w3.org/ns/shacl#"
SHAPES = "https://w3id.org/zhize/shapes#"
MOST = 10_000
"""Findings after which a check ends: nobody reads more, and they take memory."""

_CLASS, _LABEL = ox.NamedNode(PREFIXES["owl"] + "Class"), ox.NamedNode(PREFIXES["rdfs"] + "label")

Both = tuple[str, str]
"""The same words in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in words, and what to do where it is broken; ``name`` is that of its shape, or of its row in ``rules.tsv``."""

    name: str
    message: Both
    advice: Both


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a thing breaks.

    ``problem`` is the code of what is wrong (MinCount, MaxCount, Class, In, Datatype …, "" where the rule says it all), ``value``
    the value that is wrong, ``thing`` the IRI or the line of a file, ``label`` and ``kind`` what it is in words and by its class
    (Duty, Policy …). The rest says where it stands, as far as that is known.
    """

    rule: str
    problem: str
    value: str
    thing: str
    label: str
    kind: str
    policy: str = ""
    number: str = ""
    clause: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, in the order of the rules.

    ``checked`` counts statements of a graph or records of a file; ``stopped`` says why the check ended before all was seen
    ("findings", "time"), "" where it did not.
    """

    findings: Sequence[Finding]
    checked: int
    stopped: str = ""


@cache
def rules() -> dict[str, Rule]:
    """All rules by name: those of the shapes in the order of their file, then those of ``rules.tsv``."""
    return {**_shape_rules(), **_table_rules()}


@cache
def class_labels() -> dict[str, Both]:
    """The labels of the classes of the ontology, by their names without prefix; those of our own before those taken over."""
    said: dict[str, dict[str, str]] = {}
    kinds = {t.subject.value for t in triples() if t.object == _CLASS and isinstance(t.subject, ox.NamedNode)}
    for t in triples():
        if t.predicate == _LABEL and isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.Literal):
            said.setdefault(t.subject.value, {})[t.object.language or ""] = t.object.value
    own_last = sorted(kinds & said.keys(), key=lambda iri: (iri.startswith(PREFIXES["zhize"]), iri))
    return {re.split(r"[#/]", iri)[-1]: (said[iri].get("zh", ""), said[iri].get("en", "")) for iri in own_last}


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """The findings by rule, then by place."""
    order = {name: at for at, name in enumerate(rules())}
    return sorted(findings, key=lambda f: (order[f.rule], f.policy, _where(f), f.thing, f.problem, f.value))


def _where(finding: Finding) -> tuple[str, int]:
    at = finding.evidence
    return (at.source, at.start) if at else ("", 0)


def _shape_rules() -> dict[str, Rule]:
    """The shapes that have a message."""
    words: dict[str, dict[tuple[str, str], str]] = {}
    for quad in ox.parse(path=str(SHAPES_FILE), format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal) and quad.object.language:
            key = (quad.predicate.value, quad.object.language)
            words.setdefault(quad.subject.value.removeprefix(SHAPES), {})[key] = quad.object.value
    message, comment = SH + "message", PREFIXES["rdfs"] + "comment"
    return {
        name: Rule(name, (said[message, "zh"], said[message, "en"]), (said[comment, "zh"], said[comment, "en"]))
        for name, said in words.items()
    }


def _table_rules() -> dict[str, Rule]:
    lines = (files(__package__) / "rules.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return {name: Rule(name, (zh, en), (do_zh, do_en)) for name, zh, en, do_zh, do_en in rows}
