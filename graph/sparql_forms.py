"""Answers of queries in the W3C formats, cut off at the limits.

Solutions: SPARQL 1.1 Query Results JSON (https://www.w3.org/TR/sparql11-results-json/), XML (https://www.w3.org/TR/rdf-sparql-XMLres/),
CSV and TSV (https://www.w3.org/TR/sparql11-results-csv-tsv/). The engine writes these too, but cannot stop after so many rows.
Graphs: Turtle, N-Triples, RDF/XML and JSON-LD; the first two sorted, so that the same answer has the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from graph import turtle
from ontology.vocabulary import PREFIXES

_XSD_STRING = PREFIXES["xsd"] + "string"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # https://www.w3.org/TR/xml/#charsets
_SRX = "http://www.w3.org/2005/sparql-results#"

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as bytes; ``cut`` names the limit that cut it off: rows, size, or "" where it is whole."""

    body: bytes
    rows: int
    cut: str


@dataclass(frozen=True, slots=True)
class RowForm:
    """A format of solutions: what stands around the rows, and what each row is. ``head`` learns whether the answer is cut off."""

    head: Callable[[Sequence[str], bool], str]
    row: Callable[[Sequence[str], Row], str]
    between: str
    tail: str
    boolean: Callable[[bool], str]


def write_rows(form: str, variables: Sequence[str], rows: Iterable[Row], most: int, size: int) -> Written:
    """Solutions in one of ``ROW_FORMS``, at most ``most`` rows and about ``size`` bytes."""
    how = ROW_FORMS[form]
    parts: list[bytes] = []
    cut = ""
    for row in rows:
        if len(parts) >= most:
            cut = "rows"
            break
        part = how.row(variables, row).encode("utf-8", "replace")
        size -= len(part)
        if size < 0:
            cut = "size"
            break
        parts.append(part)
    body = how.head(variables, bool(cut)).encode() + how.between.encode().join(parts) + how.tail.encode()
    return Written(body, len(parts), cut)


def write_boolean(form: str, value: bool) -> Written:
    """The answer of ASK in one of ``ROW_FORMS``."""
    return Written(ROW_FORMS[form].boolean(value).encode(), 1, "")


def write_graph(form: str, triples: Iterable[ox.Triple], most: int, size: int) -> Written:
    """A graph in one of ``GRAPH_FORMS``, at most ``most`` statements; a graph is a set."""
    kept: dict[ox.Triple, None] = {}
    cut = ""
    for triple in triples:
        if triple in kept:
            continue
        size -= sum(len(str(term)) for term in triple)
        if len(kept) >= most or size < 0:
            cut = "size" if size < 0 else "rows"
            break
        kept[triple] = None
    return Written(GRAPH_FORMS[form](sorted(kept, key=turtle.order)), len(kept), cut)


def _engine_form(form: ox.RdfFormat) -> Callable[[list[ox.Triple]], bytes]:
    def written(triples: list[ox.Triple]) -> bytes:
        prefixes = None if form == ox.RdfFormat.JSON_LD else PREFIXES
        return ox.serialize(triples, format=form, prefixes=prefixes) or b""

    return written


GRAPH_FORMS: dict[str, Callable[[list[ox.Triple]], bytes]] = {
    "turtle": lambda triples: (turtle.header() + "\n" + "".join(turtle.blocks(triples))).encode(),
    "ntriples": lambda triples: "".join(f"{t.subject} {t.predicate} {t.object} .\n" for t in triples).encode(),
    "rdfxml": _engine_form(ox.RdfFormat.RDF_XML),
    "jsonld": _engine_form(ox.RdfFormat.JSON_LD),
}
"""The formats of graphs by the name that a request uses."""


def _json_head(variables: Sequence[str], cut: bool) -> str:
    head: dict[str, Any] = {"vars": list(variables)} | ({"truncated": True} if cut else {})
    return '{"head": ' + json.dumps(head, ensure_ascii=False) + ', "results": {"bindings": [\n'


def _json_row(variables: Sequence[str], row: Row) -> str:
    bound = {name: _json_term(term) for name, term in zip(variables, row, strict=True) if term is not None}
    return json.dumps(bound, ensure_ascii=False)


def _json_term(term: Any) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    out = {"type": "literal", "value": term.value}
    if term.language:
        out["xml:lang"] = term.language
    elif term.datatype.value != _XSD_STRING:
        out["datatype"] = term.datatype.value
    return out


def _xml(head: str, rest: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="{_SRX}"><head>{head}</head>{rest}'


def _xml_head(variables: Sequence[str], cut: bool) -> str:
    names = "".join(f"<variable name={quoteattr(name)}/>" for name in variables)
    return _xml(names + ('<link href="#truncated"/>' if cut else ""), "<results>\n")


def _xml_row(variables: Sequence[str], row: Row) -> str:
    bound = [(name, term) for name, term in zip(variables, row, strict=True) if term is not None]
    return "<result>" + "".join(f"<binding name={quoteattr(n)}>{_xml_term(t)}</binding>" for n, t in bound) + "</result>"


def _xml_term(term: Any) -> str:
    text = escape(_NOT_XML.sub("\ufffd", term.value), {"\r": "&#13;"})  # a bare \r would be read as \n
    if isinstance(term, ox.NamedNode):
        return f"<uri>{text}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{text}</bnode>"
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{text}</literal>"
    if term.datatype.value != _XSD_STRING:
        return f"<literal datatype={quoteattr(term.datatype.value)}>{text}</literal>"
    return f"<literal>{text}</literal>"


def _csv_line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _csv_row(variables: Sequence[str], row: Row) -> str:
    return _csv_line("" if t is None else f"_:{t.value}" if isinstance(t, ox.BlankNode) else t.value for t in row)


def _tsv_row(variables: Sequence[str], row: Row) -> str:
    return "\t".join("" if t is None else str(t).replace("\t", "\\t") for t in row) + "\n"


def _cell_row(variables: Sequence[str], row: Row) -> str:
    return json.dumps([_cell(term) for term in row], ensure_ascii=False)


def _cell(term: Any) -> list[str] | None:
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return ["literal", term.value, "" if term.language else term.datatype.value, term.language or ""]
    return ["iri" if isinstance(term, ox.NamedNode) else "bnode", term.value]


def _true(value: bool) -> str:
    return "true" if value else "false"


ROW_FORMS: dict[str, RowForm] = {
    "json": RowForm(_json_head, _json_row, ",\n", "\n]}}\n", lambda b: json.dumps({"head": {}, "boolean": b}) + "\n"),
    "xml": RowForm(_xml_head, _xml_row, "\n", "\n</results></sparql>\n",
                   lambda b: _xml("", f"<boolean>{_true(b)}</boolean></sparql>\n")),
    "csv": RowForm(lambda v, cut: _csv_line(v), _csv_row, "", "", lambda b: _true(b) + "\r\n"),
    "tsv": RowForm(lambda v, cut: "\t".join(f"?{name}" for name in v) + "\n", _tsv_row, "", "", lambda b: _true(b) + "\n"),
    "cells": RowForm(lambda v, cut: "", _cell_row, "\n", "\n", lambda b: json.dumps(b) + "\n"),
}  # fmt: skip
"""The formats of solutions by the name that a request uses; ``cells`` is for this program itself."""
