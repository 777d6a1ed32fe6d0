"""Queries of users: answers in all forms, what is refused, deadlines and cuts that show."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from graph.errors import NoStoreError, QueryError, QueryFailedError, QueryRefusedError, QueryTimeoutError
from graph.limits import QueryLimits
from graph.results import to_csv, to_json, to_tsv, to_turtle
from graph.sparql import Cell, run_query

NAMES = "SELECT ?name WHERE { ?a a org:FormalOrganization ; skos:prefLabel ?name } ORDER BY ?name"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_select(folder: Path) -> None:
    result = run_query(folder, NAMES)
    assert result.kind == "select" and result.variables == ("name",) and not result.truncated
    assert ("云陵市财政局",) in result.table()
    assert Cell("literal", "云陵市财政局", "", "zh") in {row[0] for row in result.rows}


def test_ask_and_construct(folder: Path) -> None:
    assert run_query(folder, "ASK { ?d a zhize:Duty }").answer is True
    assert run_query(folder, "ASK { ?d a zhize:Nothing }").table() == [("false",)]
    graph = run_query(folder, "CONSTRUCT { ?d a zhize:Duty } WHERE { ?d a zhize:Duty . ?x ?y ?z }")
    assert graph.kind == "graph" and len(graph.rows) == 5  # a graph is a set
    assert "a zhize:Duty ." in to_turtle(graph)
    described = run_query(folder, "DESCRIBE <https://w3id.org/zhize/id/graph/agencies>")
    assert described.kind == "graph"
    with pytest.raises(ValueError, match="graph"):
        to_turtle(run_query(folder, NAMES))


def test_forms(folder: Path) -> None:
    result = run_query(folder, "SELECT ?a ?n ?none { VALUES (?a ?n) { (org:x 'a,\"b\\tc') (org:y 5) } }")
    data = json.loads(to_json(result))
    assert data["head"] == {"vars": ["a", "n", "none"]}
    assert data["results"]["bindings"][1]["n"] == {
        "type": "literal",
        "value": "5",
        "datatype": "http://www.w3.org/2001/XMLSchema#integer",
    }
    assert to_csv(result).splitlines()[:2] == ["a,n,none", 'http://www.w3.org/ns/org#x,"a,""b\tc",']
    assert to_tsv(result).splitlines()[1] == '<http://www.w3.org/ns/org#x>\t"a,\\"b\\tc"\t'
    assert json.loads(to_json(run_query(folder, "ASK {}")))["boolean"] is True


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "an update"),
        ("DELETE WHERE { ?s ?p ?o }", "an update"),
        ("DROP ALL", "an update"),
        ("LOAD <http://localhost/>", "an update"),
        ("PREFIX x: <a:> INSERT { ?s x:p 1 } WHERE { ?s ?p ?o }", "an update"),
        ("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { ?s ?p ?o OPTIONAL { { SERVICE SILENT ?s { ?s ?p ?o } } UNION { ?a ?b ?c } } }", "SERVICE"),
        ("SELECT * { FILTER NOT EXISTS { SERVICE <http://localhost/> { ?s ?p ?o } } }", "SERVICE"),
        ("SELECT * { BIND(EXISTS { { SELECT ?s { service <http://localhost/> { ?s ?p ?o } } } } AS ?x) }", "SERVICE"),
        (r"SELECT * { \u0053ERVICE <http://localhost/> { ?s ?p ?o } }", "SERVICE"),
        ("ASK { SERVICE <http://localhost/> { ?s ?p ?o } }", "SERVICE"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://localhost/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * FROM <http://localhost/> { ?s ?p ?o }", "FROM"),
        ("SELECT * FROM NAMED <http://localhost/> { GRAPH ?g { ?s ?p ?o } }", "FROM"),
        ("DESCRIBE ?s FROM <http://localhost/> { ?s ?p ?o }", "FROM"),
        pytest.param("SELECT * " + "{" * 3000 + "}" * 3000, "nesting", id="nested 3000 deep"),
        pytest.param("#" * 200_000, "characters", id="too long"),
    ],
)
def test_refused(folder: Path, query: str, what: str) -> None:
    with pytest.raises(QueryRefusedError, match=what):
        run_query(folder, query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { ?s rdfs:comment 'SERVICE <http://x> {}' }",
        "SELECT ?service { ?service a ?from } # FROM <http://x>",
        "SELECT ?s { GRAPH ?g { ?s ?p ?o } } LIMIT 1",
        "SELECT ?s { ?s eli:is_part_of+ ?o } LIMIT 1",
        "SELECT (REPLACE('x', 'x', 'INSERT') AS ?y) {}",
    ],
)
def test_not_refused_for_its_words(folder: Path, query: str) -> None:
    assert run_query(folder, query).kind == "select"


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT * {\n  ?s ?p }", 2, 9),
        ("SELECT * { ?s nix:p ?o }", 1, 20),
        ("SELCT * { }", 1, 1),
        ("SELECT * { ?s ?p 'SERVICE }", 1, 1),
        ("", 1, 1),
    ],
)
def test_errors_give_the_place(folder: Path, query: str, line: int, column: int) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(folder, query)
    assert caught.value.line == line and abs(caught.value.column - column) <= 20 and caught.value.column > 0
    assert str(caught.value.line) in str(caught.value)


def test_a_deadline_ends_the_query(folder: Path) -> None:
    begun = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"1\.5 seconds"):
        run_query(folder, SLOW, QueryLimits(seconds=1.5))
    assert time.monotonic() - begun < 4


@pytest.mark.parametrize(
    "limits",
    [pytest.param(QueryLimits(rows=2), id="rows"), pytest.param(QueryLimits(characters=100), id="characters")],
)
def test_a_cut_answer_says_so(folder: Path, limits: QueryLimits) -> None:
    result = run_query(folder, NAMES, limits)
    assert result.truncated and 0 < len(result.rows) <= 2
    assert json.loads(to_json(result))["head"]["truncated"] is True
    assert not run_query(folder, NAMES + " LIMIT 2", limits=QueryLimits(rows=2)).truncated


def test_errors_of_the_engine_are_not_tracebacks(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NoStoreError):
        run_query(tmp_path, NAMES)
    (tmp_path / "current").write_text("generation-000001\n")
    (tmp_path / "generation-000001").mkdir()
    with pytest.raises(QueryFailedError):
        run_query(tmp_path, NAMES)


def test_the_union_of_all_graphs_is_the_default(folder: Path) -> None:
    result = run_query(folder, "SELECT ?title ?g { ?p a zhize:Policy ; rdfs:label ?title . GRAPH ?g { ?p a zhize:Policy } }")
    assert len(result.rows) == 4 and len({g for _, g in result.table()}) == 4
