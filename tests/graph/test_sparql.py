"""Queries of users: answers in all forms, what is refused, deadlines and cuts that show."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sys
import time
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from lxml import etree

from graph.errors import (
    NoStoreError,
    QueryError,
    QueryFailedError,
    QueryFormError,
    QueryRefusedError,
    QueryTimeoutError,
    QueryTooLargeError,
)
from graph.limits import QueryLimits
from graph.sparql import Answer, Ask, Cell, answer_query, run_query
from graph.sparql_process import Engine
from ontology.vocabulary import PREFIXES
from tests.processes import is_running

NAMES = "SELECT ?name WHERE { ?a a org:FormalOrganization ; skos:prefLabel ?name } ORDER BY ?name"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
CONSTRUCT = "CONSTRUCT { ?d a zhize:Duty } WHERE { ?d a zhize:Duty . ?x ?y ?z }"
AGENCIES = "https://w3id.org/zhize/id/graph/agencies"
TERMS = r"""SELECT ?a ?n ?none { VALUES (?a ?n) {
    (org:x 'a,"b\tc\\d\r\ne') (org:y 5) ('=1+1'@zh-CN UNDEF) (UNDEF '<&>') ("" "2024-01-01"^^xsd:date) (1.50 <a:b?c=d&e>) } }"""


def test_select(folder: Path) -> None:
    result = run_query(folder, NAMES)
    assert result.kind == "select" and result.variables == ("name",) and not result.truncated
    assert ("云陵市财政局",) in result.table()
    assert Cell("literal", "云陵市财政局", "", "zh") in {row[0] for row in result.rows}


def test_ask_and_construct(folder: Path) -> None:
    assert run_query(folder, "ASK { ?d a zhize:Duty }").answer is True
    assert run_query(folder, "ASK { ?d a zhize:Nothing }").table() == [("false",)]
    graph = run_query(folder, CONSTRUCT)
    assert graph.kind == "graph" and len(graph.rows) == 5  # a graph is a set
    described = run_query(folder, "DESCRIBE <https://w3id.org/zhize/id/graph/agencies>")
    assert described.kind == "graph"


def asked(folder: Path, query: str, form: str, **more: Any) -> Answer:
    return answer_query(folder, Ask(query, form, form, **more))


def rows(found: Any) -> list[tuple[object, ...]]:
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(row) for row in found]


@pytest.mark.parametrize(
    ("form", "standard"), [("json", ox.QueryResultsFormat.JSON), ("xml", ox.QueryResultsFormat.XML), ("tsv", ox.QueryResultsFormat.TSV)]
)
def test_rows_are_read_back_as_they_were(folder: Path, form: str, standard: ox.QueryResultsFormat) -> None:
    body = asked(folder, TERMS, form).body
    assert rows(ox.parse_query_results(body, format=standard)) == rows(ox.Store().query(TERMS, prefixes=PREFIXES))
    for value in (True, False):
        said = asked(folder, f"ASK {{ FILTER ({str(value).lower()}) }}", form).body
        assert bool(ox.parse_query_results(said, format=standard)) is value


def test_csv_has_the_plain_values(folder: Path) -> None:
    read = list(csv.reader(io.StringIO(asked(folder, TERMS, "csv").body.decode(), newline="")))
    assert read[:3] == [["a", "n", "none"], ["http://www.w3.org/ns/org#x", 'a,"b\tc\\d\r\ne', ""], ["http://www.w3.org/ns/org#y", "5", ""]]
    assert asked(folder, "ASK {}", "csv").body == b"true\r\n"


def test_a_control_character_does_not_break_xml(folder: Path) -> None:
    body = asked(folder, r"SELECT ?x { VALUES ?x { 'a\u0001b\uFFFEc' } }", "xml").body
    assert [node.text for node in etree.fromstring(body).iter("{*}literal")] == ["a\ufffdb\ufffdc"]


@pytest.mark.parametrize(
    ("form", "standard"),
    [
        ("turtle", ox.RdfFormat.TURTLE),
        ("ntriples", ox.RdfFormat.N_TRIPLES),
        ("rdfxml", ox.RdfFormat.RDF_XML),
        ("jsonld", ox.RdfFormat.JSON_LD),
    ],
)
def test_graphs_are_read_back_as_they_were(folder: Path, form: str, standard: ox.RdfFormat) -> None:
    triples = {line.rstrip(" .") for line in asked(folder, CONSTRUCT, "ntriples").body.decode().splitlines()}
    assert len(triples) == 5
    assert {str(quad.triple) for quad in ox.parse(asked(folder, CONSTRUCT, form).body, format=standard)} == triples
    assert asked(folder, CONSTRUCT, form).body == asked(folder, CONSTRUCT, form).body


@pytest.mark.parametrize(
    ("query", "rows_form", "graph_form", "is_graph"), [("ASK {}", "", "turtle", False), (NAMES, "", "turtle", False), (CONSTRUCT, "csv", "", True)]
)
def test_an_answer_that_the_form_cannot_hold(folder: Path, query: str, rows_form: str, graph_form: str, is_graph: bool) -> None:
    with pytest.raises(QueryFormError, match="CONSTRUCT" if is_graph else "SELECT"):
        answer_query(folder, Ask(query, rows_form, graph_form))


COUNT = "SELECT (COUNT(DISTINCT ?s) AS ?n) {clauses} WHERE {{ {{ ?s a org:FormalOrganization }} UNION {{ GRAPH ?g {{ ?s a zhize:Policy }} }} }}"


@pytest.mark.parametrize(
    ("clauses", "more", "bodies", "policies"),
    [
        pytest.param("", {}, True, True, id="all graphs"),
        pytest.param(f"FROM <{AGENCIES}>", {}, True, False, id="FROM: no named graphs"),
        pytest.param(f"FROM NAMED <{AGENCIES}>", {}, False, False, id="FROM NAMED: an empty default graph"),
        pytest.param("FROM <{policy}>", {}, False, False, id="FROM another graph"),
        pytest.param(f"FROM <{AGENCIES}> FROM NAMED <{{policy}}>", {}, True, True, id="both"),
        pytest.param("", {"default": (AGENCIES,)}, True, False, id="default graph beside the query"),
        pytest.param("", {"named": ("{policy}",)}, False, True, id="named graph beside the query"),
        pytest.param("FROM <{policy}>", {"default": (AGENCIES,)}, True, False, id="what stands beside the query goes before it"),
        pytest.param("FROM g:agencies", {}, True, False, id="a prefixed name"),
    ],
)
def test_graphs_of_the_store_may_be_named(folder: Path, clauses: str, more: dict[str, Any], bodies: bool, policies: bool) -> None:
    (policy,) = run_query(folder, "SELECT ?g { GRAPH ?g { ?p a zhize:Policy } } ORDER BY ?g LIMIT 1").table()[0]
    query = "PREFIX g: <https://w3id.org/zhize/id/graph/> " + COUNT.format(clauses=clauses.format(policy=policy))
    names = {key: tuple(iri.format(policy=policy) for iri in iris) for key, iris in more.items()}
    (count,) = json.loads(asked(folder, query, "json", **names).body)["results"]["bindings"]
    every = len(run_query(folder, NAMES).rows)
    held = {True: 4, False: 0}[policies] if not (clauses or more) else int(policies)
    assert int(count["n"]["value"]) == every * bodies + held


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
        (f"SELECT * FROM <{AGENCIES}> FROM <http://localhost/> {{ ?s ?p ?o }}", "not in the store"),
        (r"SELECT * \u0046ROM <http://localhost/> { ?s ?p ?o }", "FROM"),
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
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(("query", "seconds"), [pytest.param(NAMES, 30.0, id="answered"), pytest.param(SLOW, 1.0, id="ended")])
def test_no_process_is_left(folder: Path, query: str, seconds: float) -> None:
    engine = Engine()
    assert is_running(engine.number)
    with contextlib.suppress(QueryTimeoutError):
        answer_query(folder, Ask(query, "json"), QueryLimits(seconds=seconds), lambda: engine)
    assert not is_running(engine.number)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can hold a process to an amount of memory")
def test_memory_is_bounded(folder: Path) -> None:
    doubled = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(32))
    greedy = f"SELECT (STRLEN(?x32) AS ?n) {{ BIND('职责' AS ?x0) {doubled} }}"
    with pytest.raises(QueryFailedError, match="512 MiB of memory"):
        run_query(folder, greedy, QueryLimits(memory=512))


@pytest.mark.parametrize(
    "limits",
    [pytest.param(QueryLimits(rows=2), id="rows"), pytest.param(QueryLimits(size=100), id="size")],
)
def test_a_cut_answer_says_so(folder: Path, limits: QueryLimits) -> None:
    result = run_query(folder, NAMES, limits)
    assert result.truncated and 0 < len(result.rows) <= 2
    answer = answer_query(folder, Ask(NAMES, "json", cut=True), limits)
    assert json.loads(answer.body)["head"]["truncated"] is True and answer.cut
    assert b"truncated" in answer_query(folder, Ask(NAMES, "xml", cut=True), limits).body
    with pytest.raises(QueryTooLargeError, match="more than"):
        answer_query(folder, Ask(NAMES, "json"), limits)
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
