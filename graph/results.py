"""Answers of queries in the W3C result formats, and as Turtle where the answer is a graph."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pyoxigraph as ox

from graph import turtle
from graph.sparql import Cell, QueryResult
from ontology.vocabulary import PREFIXES

_XSD_STRING = PREFIXES["xsd"] + "string"


def to_json(result: QueryResult) -> str:
    """SPARQL 1.1 Query Results JSON; a cut-off answer says so under ``truncated`` in the head."""
    head: dict[str, Any] = {"vars": list(result.variables)} if result.kind != "ask" else {}
    if result.truncated:
        head["truncated"] = True
    if result.kind == "ask":
        return json.dumps({"head": head, "boolean": result.answer})
    rows = [{name: _json(cell) for name, cell in zip(result.variables, row, strict=True) if cell} for row in result.rows]
    return json.dumps({"head": head, "results": {"bindings": rows}}, ensure_ascii=False, indent=1)


def _json(cell: Cell) -> dict[str, str]:
    out = {"type": "uri" if cell.kind == "iri" else cell.kind, "value": cell.value}
    if cell.language:
        out["xml:lang"] = cell.language
    elif cell.datatype and cell.datatype != _XSD_STRING:
        out["datatype"] = cell.datatype
    return out


def to_csv(result: QueryResult) -> str:
    """SPARQL 1.1 CSV: plain values as they are. Not for a spreadsheet: a value that starts with = would become a formula there."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(result.variables or ("answer",))
    writer.writerows(result.table())
    return out.getvalue()


def to_tsv(result: QueryResult) -> str:
    """SPARQL 1.1 TSV: terms in Turtle's notation."""
    lines = ["\t".join("?" + name for name in result.variables or ("answer",))]
    if result.kind == "ask":
        lines.append("true" if result.answer else "false")
    lines += ["\t".join("" if cell is None else str(_term(cell)).replace("\t", "\\t") for cell in row) for row in result.rows]
    return "\n".join(lines) + "\n"


def to_turtle(result: QueryResult) -> str:
    """The graph of a CONSTRUCT or DESCRIBE as Turtle, sorted. Raises ValueError for other answers."""
    if result.kind != "graph":
        raise ValueError("only the answer of CONSTRUCT or DESCRIBE is a graph")
    triples = sorted((ox.Triple(*(_term(cell) for cell in row if cell)) for row in result.rows), key=turtle.order)  # type: ignore[arg-type]
    return turtle.header() + "\n" + "".join(turtle.blocks(triples))


def _term(cell: Cell) -> ox.NamedNode | ox.Literal | ox.BlankNode:
    if cell.kind == "iri":
        return ox.NamedNode(cell.value)
    if cell.kind == "bnode":
        return ox.BlankNode(cell.value)
    if cell.language:
        return ox.Literal(cell.value, language=cell.language)
    return ox.Literal(cell.value, datatype=ox.NamedNode(cell.datatype or _XSD_STRING))
