"""The SPARQL 1.1 Protocol: method × type × status, forms, refusals, limits that show."""

from __future__ import annotations

import contextlib
import http.client
import re
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from graph.serve.settings import ServeSettings
from tests.graph.serve.server import DUTIES, Client, running

CONSTRUCT = "CONSTRUCT WHERE { ?d a zhize:Duty }"
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
AGENCIES = "https://w3id.org/zhize/id/graph/agencies"


@pytest.mark.parametrize(
    ("query", "accept", "status", "kind"),
    [
        (DUTIES, "*/*", 200, "application/sparql-results+json"),
        (DUTIES, "application/json", 200, "application/sparql-results+json"),
        (DUTIES, "application/sparql-results+xml", 200, "application/sparql-results+xml"),
        (DUTIES, "text/csv", 200, "text/csv"),
        (DUTIES, "text/tab-separated-values", 200, "text/tab-separated-values"),
        (DUTIES, "text/turtle", 406, "application/json"),
        (DUTIES, "image/png", 406, "application/json"),
        ("ASK {}", "application/sparql-results+json", 200, "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+xml", 200, "application/sparql-results+xml"),
        (CONSTRUCT, "*/*", 200, "text/turtle"),
        (CONSTRUCT, "application/n-triples", 200, "application/n-triples"),
        (CONSTRUCT, "application/ld+json", 200, "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml", 200, "application/rdf+xml"),
        (CONSTRUCT, "text/csv", 406, "application/json"),
        ("SELECT * {", "*/*", 400, "application/json"),
        ("DROP ALL", "*/*", 403, "application/json"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST form", "POST query"])
def test_the_answer_to_a_query(client: Client, method: str, query: str, accept: str, status: int, kind: str) -> None:
    if method == "GET":
        reply = client.query(query, accept)
    elif method == "POST form":
        reply = client.post("/sparql", {"query": query}, Accept=accept)
    else:
        reply = client.ask("POST", "/sparql", {"Accept": accept, "Content-Type": QUERY + "; charset=utf-8"}, query.encode())
    assert (reply.status, reply.type) == (status, kind), reply.text[:300]
    if status != 200:
        assert reply.data["status"] == status and len(reply.data["message"]) > 10


@pytest.mark.parametrize(
    ("method", "path", "kind", "body", "status"),
    [
        pytest.param("POST", "/sparql", FORM, b"update=DROP+ALL", 403, id="update in a form"),
        pytest.param("GET", "/sparql?update=DROP+ALL", None, None, 403, id="update in the address"),
        pytest.param("POST", "/sparql", UPDATE, b"DROP ALL", 403, id="update as the body"),
        pytest.param("POST", "/sparql", FORM, b"query=ASK+%7B%7D&using-graph-uri=a%3Ab", 403, id="a parameter of updates"),
        pytest.param("POST", "/sparql", "text/plain", b"ASK {}", 415, id="another type"),
        pytest.param("POST", "/sparql", None, b"ASK {}", 415, id="no type"),
        pytest.param("POST", "/sparql", FORM, b"", 400, id="no query"),
        pytest.param("POST", "/sparql", QUERY, b"\xff\xfe", 400, id="not UTF-8"),
        pytest.param("POST", "/sparql", FORM, b"query=%FF", 400, id="not UTF-8 in a form"),
        pytest.param("GET", "/sparql?query=%FF", None, None, 400, id="not UTF-8 in the address"),
        pytest.param("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, None, 400, id="two queries"),
        pytest.param("POST", "/sparql?query=ASK%7B%7D", QUERY, b"ASK {}", 400, id="a query in both places"),
        pytest.param("GET", "/sparql?query=ASK%7B%7D&truncate=0", None, None, 400, id="truncated to nothing"),
        pytest.param("GET", "/sparql?query=ASK%7B%7D&truncate=all", None, None, 400, id="truncated to no number"),
        pytest.param("GET", "/sparql?" + "a=b&" * 2_000, None, None, 400, id="two thousand parameters"),
        pytest.param("PUT", "/sparql", None, None, 405, id="PUT"),
        pytest.param("DELETE", "/sparql", None, None, 405, id="DELETE"),
        pytest.param("PATCH", "/sparql", QUERY, b"ASK {}", 405, id="PATCH"),
        pytest.param("OPTIONS", "/sparql", None, None, 204, id="OPTIONS"),
        pytest.param("HEAD", "/sparql?query=ASK%7B%7D", None, None, 200, id="HEAD"),
        pytest.param("POST", "/sparql", QUERY, b"#" * 100_001, 413, id="a query that is too long"),
        pytest.param("POST", "/sparql", QUERY, b"#" * 1_000_001, 413, id="a body that is too large"),
        pytest.param("GET", "/sparql?query=" + "%23" * 11_000, None, None, 414, id="an address that is too long"),
    ],
)
def test_requests(client: Client, method: str, path: str, kind: str | None, body: bytes | None, status: int) -> None:
    reply = client.ask(method, path, {"Content-Type": kind} if kind else {}, body)
    assert reply.status == status, reply.text[:300]
    if method in ("HEAD", "OPTIONS"):
        assert reply.body == b""
    if method == "OPTIONS":
        assert reply.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_a_body_in_pieces_has_the_same_limit(client: Client) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=30)
    connection.putrequest("POST", "/sparql")
    connection.putheader("Content-Type", QUERY)
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    piece = b"%x\r\n%s\r\n" % (60_000, b"#" * 60_000)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the server may close before all is sent
        connection.send(piece * 20 + b"0\r\n\r\n")
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (r"SELECT * { \u0053ERVICE <http://localhost/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { { SELECT * { SERVICE SILENT ?x { ?s ?p ?o } } } }", "SERVICE"),
        ("SELECT * FROM <http://localhost/x> { ?s ?p ?o }", "not in the store"),
        ("SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }", "not in the store"),
        ("LOAD <http://localhost/x>", "an update"),
        ("PREFIX x: <a:> INSERT { ?s x:p 1 } WHERE { ?s ?p ?o }", "an update"),
        ("SELECT * " + "{" * 3_000 + "}" * 3_000, "nesting"),
    ],
)
def test_refusals(client: Client, query: str, why: str) -> None:
    reply = client.post("/sparql", {"query": query})
    assert reply.status == 403 and reply.data["error"] == "refused"
    assert why in reply.data["message"]


@pytest.mark.parametrize(
    ("graphs", "count"), [({"default_graph_uri": AGENCIES}, 0), ({"named_graph_uri": AGENCIES}, 0), ({}, 5)]
)
def test_graphs_beside_the_query(client: Client, graphs: dict[str, str], count: int) -> None:
    reply = client.query(DUTIES, **graphs)
    assert len(reply.data["results"]["bindings"]) == count


def test_graphs_beside_the_query_have_to_be_in_the_store(client: Client) -> None:
    assert client.query(DUTIES, default_graph_uri="http://localhost/x").status == 403


@pytest.mark.parametrize(
    ("query", "line", "column", "why"),
    [("SELECT * {\n  ?s nix:p ?o }", 2, 11, "a prefix is not declared"), ("SELECT * {\n  # 责任\n  ?s ?p }", 3, 9, "expected")],
)
def test_an_error_has_its_place(client: Client, query: str, line: int, column: int, why: str) -> None:
    told = client.query(query).data
    assert (told["error"], told["line"]) == ("syntax", line)
    assert abs(told["column"] - column) <= 1  # the engine names the place before or behind what it cannot read
    assert told["why"].startswith(why)


def test_an_answer_over_the_limit_is_an_error_unless_a_part_is_asked_for(folder: Path) -> None:
    with running(folder, ServeSettings(max_rows=3)) as client:
        whole = client.query(DUTIES)
        assert (whole.status, whole.data["error"]) == (422, "large")
        assert "3 rows" in whole.data["message"]
        part = client.query(DUTIES, truncate=1_000)
        assert part.status == 200 and len(part.data["results"]["bindings"]) == 3
        assert part.headers["x-zhize-truncated"] == "rows; rows=3"
        assert part.data["head"]["truncated"] is True
        fewer = client.query(DUTIES, "text/csv", truncate=2)
        assert fewer.headers["x-zhize-truncated"] == "rows; rows=2" and fewer.text.count("\n") == 3
        exact = client.query(DUTIES + " LIMIT 3")
        assert exact.status == 200 and "x-zhize-truncated" not in exact.headers
        graph = client.query(CONSTRUCT, "application/n-triples", truncate=2)
        assert graph.headers["x-zhize-truncated"] == "rows; rows=2" and graph.text.count("\n") == 2


def test_size_is_limited_as_well(folder: Path) -> None:
    with running(folder, ServeSettings(max_bytes=1_000)) as client:
        assert client.query("SELECT * { ?s ?p ?o }").data["error"] == "large"
        part = client.query("SELECT * { ?s ?p ?o }", "text/csv", truncate=1_000)
        assert re.fullmatch(r"size; rows=\d+", part.headers["x-zhize-truncated"]) and len(part.body) <= 1_100


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", ox.RdfFormat.TURTLE),
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_without_a_query_the_service_describes_itself(client: Client, accept: str, form: ox.RdfFormat) -> None:
    reply = client.get("/sparql", accept)
    said = {(t.predicate.value.rsplit("#", 1)[-1], str(t.object)) for t in ox.parse(reply.body, format=form)}
    sd = "<http://www.w3.org/ns/sparql-service-description#"
    assert {("endpoint", f"<{client.address}/sparql>"), ("supportedLanguage", sd + "SPARQL11Query>"), ("type", sd + "Service>")} <= said


def test_without_a_query_a_browser_gets_the_editor(client: Client) -> None:
    reply = client.get("/sparql?lang=en", "text/html,application/xml;q=0.9,*/*;q=0.8")
    assert (reply.status, reply.headers["location"]) == (303, "/query?lang=en")
    assert client.get("/sparql", "text/csv").status == 406


def test_a_form_by_name(client: Client) -> None:
    assert client.query(DUTIES, "text/html", format="csv").type == "text/csv"
    assert client.query(DUTIES, format="docx").status == 406


def test_a_long_query_goes_by_post(client: Client) -> None:
    query = DUTIES + " #" + "职" * 12_000
    assert client.ask("GET", "/sparql?query=" + quote(query)).status in (400, 414)
    assert client.ask("POST", "/sparql", {"Content-Type": FORM}, urlencode({"query": query}).encode()).status == 200
