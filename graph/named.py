"""The named queries: one file each in ontology/queries, valid SPARQL as it stands, with its question and parameters in comments.

A parameter has its default in a line ``VALUES ?name { default }`` of the query; several stand in one, ``VALUES (?a ?b) { (1 2) }``,
where an engine that joins separate ones last would read everything before (Virtuoso 7 fails on some such rows). Binding puts typed
RDF terms in the place of the defaults; text from outside never becomes part of a query.

===========  ==========================================================  =======================================
type         a value                                                     becomes
===========  ==========================================================  =======================================
string       any text                                                    a plain literal
place        a place's name in full (the command line and the pages:     a plain literal
             云陵 as well), empty for the whole country
integer      a whole number                                              an xsd:integer
date         2025-12-31; 2025-12 or 2025 for the first day, of the       an xsd:date
             parameter "to" for the last
year         2025                                                        an xsd:gYear
role         a code or label of the list of roles, empty for all         the Chinese label
agency       an official name or IRI (the command line: any name)        an IRI
policy       an IRI (the command line: a title or 文号 as well)          an IRI
===========  ==========================================================  =======================================
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from graph import iris
from graph.errors import ParameterError, UnknownQueryError
from graph.literals import due, first_day, string, year_of
from ontology.vocabulary import DATA, PREFIXES, QUERIES, concept, term, triples

_HEAD = re.compile(r"#\s{0,3}(question@en|question|keywords|param|note):\s{0,3}(\S.{0,300})")
_SLOTS = re.compile(r"VALUES (\?\w{1,30}|\([?\w ]{1,120}\)) \{ (.{1,900}) \}$", re.MULTILINE)
_TERM = re.compile(r'<[^<>]{1,400}>|"[^"]{0,80}"(?:\^\^\w{1,9}:\w{1,20})?|[^\s()]{1,80}')
_PARAM = re.compile(r'(\w{1,30}) (string|place|integer|date|year|role|agency|policy) ("[^"]{0,80}"|\S{1,80})(?: (.{1,200}))?')

_ROLES = ("lead", "responsible", "support")
LAST_DAY = "to"
"""The date parameter that ends a period: a month or year stands for its last day there, elsewhere for its first."""


@dataclass(frozen=True, slots=True)
class QueryParam:
    """A parameter: ``type`` is one of those above, ``default`` a value as people write it, ``help`` in both languages."""

    name: str
    type: str
    default: str
    help: str

    @property
    def both(self) -> tuple[str, str]:
        """The help in Chinese and in English."""
        chinese, _, english = self.help.partition(" / ")
        return chinese, english or chinese


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with a name, the question that it answers in both languages, and its parameters."""

    name: str
    question: str
    question_en: str
    keywords: tuple[str, ...]
    params: tuple[QueryParam, ...]
    text: str

    def bind(self, values: Mapping[str, str] | None = None) -> str:
        """The query with these values for its parameters. Raises :class:`ParameterError`."""
        known = {param.name: param for param in self.params}
        terms = {}
        for name, value in (values or {}).items():
            if name not in known:
                has = ", ".join(known) or "no parameters"
                raise ParameterError(name, f"is unknown: {self.name} has {has}")
            terms[name] = str(_term(known[name], value))

        def filled(slot: re.Match[str]) -> str:
            names, defaults = re.findall(r"\w+", slot[1]), _TERM.findall(slot[2])
            given = " ".join(terms.get(name, default) for name, default in zip(names, defaults, strict=True))
            return f"VALUES {slot[1]} {{ ({given}) }}" if slot[1].startswith("(") else f"VALUES {slot[1]} {{ {given} }}"

        return _SLOTS.sub(filled, self.text)


def _term(param: QueryParam, value: str) -> ox.NamedNode | ox.Literal:
    if param.type == "integer":
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
            raise ParameterError(param.name, f"must be a whole number, not {value!r}")
        return ox.Literal(int(value))
    if param.type == "date":
        day = day_meant(param, value)
        if day is None:
            raise ParameterError(param.name, f"must be a date such as 2025-12-31, 2025-12 or 2025, not {value!r}")
        return day
    if param.type == "year":
        if not re.fullmatch(r"[0-9]{4}", value):
            raise ParameterError(param.name, f"must be a year such as 2025, not {value!r}")
        return year_of(value)
    if param.type == "role":
        return string(_role(param, value))
    if param.type in ("agency", "policy"):
        return _iri(param, value)
    return string(value)


def day_meant(param: QueryParam, value: str) -> ox.Literal | None:
    """The day that ``value`` is for a date parameter: of a month or year the first, for ``to`` the last; None for other words."""
    return due(value) if param.name == LAST_DAY else first_day(value)


def role_labels(language: str) -> tuple[tuple[str, str], ...]:
    """The codes of the roles with their labels in ``language`` (zh, en)."""
    return tuple((code, _label(code, language)) for code in _ROLES)


def _role(param: QueryParam, value: str) -> str:
    """The Chinese label of a role that is given by its code or a label, "" for ""."""
    labels = {code: _label(code, "zh") for code in _ROLES}
    known = {"": ""} | labels
    for code, label in labels.items():
        known |= {label: label, _label(code, "en"): label}
    found = known.get(value)
    if found is None:
        names = ", ".join((*labels, *labels.values()))
        raise ParameterError(param.name, f"must be one of {names}, or empty for all, not {value!r}")
    return found


def _label(role: str, language: str) -> str:
    said = [t.object for t in triples() if t.subject == concept("roles", role) and t.predicate == term("skos:prefLabel")]
    return next(label.value for label in said if isinstance(label, ox.Literal) and label.language == language)


def _iri(param: QueryParam, value: str) -> ox.NamedNode:
    try:
        if value.startswith(DATA):
            return ox.NamedNode(value)
        if param.type == "agency":
            return iris.agency_iri(value)
    except ValueError as error:
        raise ParameterError(param.name, f"is not an IRI: {value!r}") from error
    raise ParameterError(param.name, f"must be the IRI of a document, which begins with {DATA}, not {value!r}")


def read_query(file: Path) -> NamedQuery:
    """The query in a file. Raises ValueError for a head that is not understood."""
    text = file.read_text(encoding="utf-8")
    head: dict[str, list[str]] = {}
    for line in text.split("\n"):
        found = _HEAD.fullmatch(line.rstrip())
        if found:
            head.setdefault(found[1], []).append(found[2])
    params = []
    for line in head.get("param", []):
        found = _PARAM.fullmatch(line)
        if found is None:
            raise ValueError(f"{file.name}: parameter not understood: {line}")
        params.append(QueryParam(found[1], found[2], found[3].strip('"'), found[4] or ""))
    try:
        question, question_en, keywords = head["question"][0], head["question@en"][0], head["keywords"][0]
    except KeyError as error:
        raise ValueError(f"{file.name}: no line {error}") from error
    return NamedQuery(file.stem, question, question_en, tuple(keywords.split()), tuple(params), _with_prefixes(text))


def _with_prefixes(text: str) -> str:
    """The query with the prefixes that it uses declared, so that it runs in any tool."""
    used = [p for p in PREFIXES if re.search(rf"(?<![\w<]){p}:\w", text)]
    return "".join(f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in used) + text


@cache
def named_queries() -> tuple[NamedQuery, ...]:
    """All named queries in the order of their names."""
    return tuple(read_query(file) for file in sorted(QUERIES.glob("*.rq")))


def find_query(name: str) -> NamedQuery:
    """The named query. Raises :class:`UnknownQueryError` with the nearest names."""
    queries = {query.name: query for query in named_queries()}
    if name not in queries:
        raise UnknownQueryError(name, get_close_matches(name, queries, n=3, cutoff=0.4))
    return queries[name]
