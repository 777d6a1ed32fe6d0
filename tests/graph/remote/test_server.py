"""The line to a server: what goes there and back unharmed, what a server does otherwise, and what goes wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.errors import (
    NotSparqlError,
    PublishError,
    QueryRefusedError,
    QueryTimeoutError,
    ServerError,
    ServerFailedError,
    ServerForbiddenError,
    ServerLoginError,
    ServerMovedError,
    ServerSaidError,
    ServerTimeoutError,
    ServerUnreachableError,
)
from graph.limits import QueryLimits
from graph.remote.address import Address, address_of
from graph.remote.publish import publish
from graph.remote.server import Server
from graph.remote.store import RemoteStore, open_remote, read_rows
from graph.sparql import run_query
from graph.store import Store
from ontology.vocabulary import PREFIXES
from tests.graph.remote.programs import free_port, oxigraph

XSD = PREFIXES["xsd"]
GRAPH = "https://w3id.org/zhize/id/graph/policy/0"
SECRET = "streng-geheim"


def typed(value: str, name: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + name))


TERMS = [
    pytest.param(ox.Literal(""), id="empty"),
    pytest.param(ox.Literal("云陵市", language="zh"), id="language"),
    pytest.param(ox.Literal("云陵市"), id="no language"),
    pytest.param(ox.Literal("a\tb\nc\rd \\ \"q\" 'r'"), id="escapes"),
    pytest.param(ox.Literal("\t 首尾 \n"), id="white space at the ends (Virtuoso's XML loses it, its JSON does not)"),
    pytest.param(ox.Literal("𠮷𰻞😀\u200b\ufeff\u3000"), id="beyond the basic plane, invisible"),
    pytest.param(ox.Literal("云" * 60_000), id="long text, first in its graph (Virtuoso guesses the syntax from the first bytes)"),
    pytest.param(typed("true", "boolean"), id="true (Virtuoso gives 1)"),
    pytest.param(typed("false", "boolean"), id="false (Virtuoso gives 0)"),
    pytest.param(typed("6.5", "decimal"), id="decimal"),
    pytest.param(typed("123456789012.5", "decimal"), id="large decimal"),
    pytest.param(typed("42", "integer"), id="integer"),
    pytest.param(typed("2025", "gYear"), id="year"),
    pytest.param(typed("2025-06", "gYearMonth"), id="month"),
    pytest.param(typed("2025-12-31", "date"), id="date"),
    pytest.param(ox.Literal("2025-12-31"), id="date as a text"),
    pytest.param(ox.NamedNode("http://x/云陵/（一）"), id="IRI in Chinese"),
    pytest.param(ox.NamedNode("http://x/" + "%E4%BA%91" * 190), id="long IRI"),
]


@pytest.mark.parametrize("term", TERMS)
def test_terms_come_back_as_they_went(address: Address, term: ox.NamedNode | ox.Literal) -> None:
    server = Server(address)
    server.put("http://g/terms", [f"<http://s/1> <http://p/1> {term} .\n"])
    assert read_rows(server, "SELECT ?o { ?s ?p ?o }", "http://g/terms") == [(term,)]
    found = server.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", ["http://g/terms"])
    assert [row[2] for row in found.rows] == [term]


def test_graphs_are_put_added_to_and_dropped(address: Address) -> None:
    server = Server(address)
    for lines, change, held in [
        (["<a:1> <a:b> <a:c> .\n"], server.put, {"a:1"}),
        (["<a:2> <a:b> <a:c> .\n"], server.add, {"a:1", "a:2"}),
        (["<a:3> <a:b> <a:c> .\n"], server.put, {"a:3"}),
        ([], server.put, set()),
    ]:
        change("http://g/x", lines)
        assert {row[0].value for row in server.select("SELECT ?s { ?s ?p ?o }", ["http://g/x"]).rows} == held
    assert server.select("ASK { ?s ?p ?o }", ["http://g/x"]).answer is False
    assert server.select("ASK { }", ["http://g/x"]).answer is True


def graph_of(lines: int) -> Store:
    engine = ox.Store()
    for number in range(lines):
        about = ox.NamedNode(f"https://w3id.org/zhize/id/thing/{number}")
        engine.add(ox.Quad(about, ox.NamedNode(PREFIXES["rdfs"] + "label"), ox.Literal(f"名{number % 7}", language="zh"), ox.NamedNode(GRAPH)))
    return Store(Path(), engine)


def test_more_rows_than_the_server_gives_at_once(address: Address) -> None:
    local = graph_of(25_000)  # Virtuoso gives 10,000
    publish(local, Server(address))
    remote = open_remote(address)
    query = "SELECT ?s ?name { ?s rdfs:label ?name }"
    assert sorted(map(str, remote.select(query))) == sorted(map(str, local.select(query)))
    assert set(remote.quads(ox.NamedNode(GRAPH))) == set(local.engine)
    result = run_query(address, query)
    assert result.truncated == Server(address).virtuoso and len(result.rows) in (25_000, 9_999)
    assert not run_query(address, query + " LIMIT 9000").truncated


def test_long_lists_of_values_are_asked_in_parts(address: Address) -> None:
    local = graph_of(1_500)
    publish(local, Server(address))
    wanted = [ox.NamedNode(f"https://w3id.org/zhize/id/thing/{number}") for number in range(0, 1_500, 3)]
    query = "SELECT ?s ?name { $s$ ?s rdfs:label ?name }"
    remote = open_remote(address)
    assert sorted(map(str, remote.select(query, s=wanted))) == sorted(map(str, local.select(query, s=wanted)))
    counted = "SELECT (COUNT(?s) AS ?n) { $s$ ?s rdfs:label ?name }"
    assert list(remote.select(counted, s=wanted)) == list(local.select(counted, s=wanted))


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("SELECT ?x { BIND(EXISTS { ?s rdfs:label '名1'@zh } AS ?x) }", id="truth of EXISTS"),
        pytest.param("SELECT (BOUND(?y) AS ?x) { ?s rdfs:label '名1'@zh OPTIONAL { ?s rdfs:comment ?y } }", id="truth in SELECT"),
        pytest.param("SELECT ?x { BIND(IF(1 = 1, true, false) AS ?x) }", id="truth of IF"),
        pytest.param("SELECT ?n { BIND(1 AS ?n) }", id="a number stays one"),
        pytest.param("SELECT ?l { ?s rdfs:label ?l } ORDER BY DESC(?l) ?s", id="order of Chinese"),
        pytest.param("SELECT ?s ?l { ?s rdfs:label ?l } ORDER BY ?l DESC(?s)", id="order by two"),
        pytest.param("SELECT ?s { ?s rdfs:label '名3'@zh } ORDER BY ?s LIMIT 3", id="order and limit"),
        pytest.param("SELECT (GROUP_CONCAT(?x; SEPARATOR='、') AS ?y) { VALUES ?x { '甲' '乙' } }", id="Chinese separator"),
        pytest.param("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g", id="GRAPH"),
        pytest.param(f"SELECT (COUNT(*) AS ?n) FROM <{GRAPH}> {{ ?s ?p ?o }}", id="FROM"),
        pytest.param(f"SELECT (COUNT(*) AS ?n) FROM NAMED <{GRAPH}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", id="FROM NAMED"),
        pytest.param("SELECT ?nix ?s { ?s rdfs:label '名1'@zh } ORDER BY ?s", id="a variable that is never bound"),
        pytest.param("PREFIX l: <http://www.w3.org/2000/01/rdf-schema#> ASK { ?s l:label '名5'@zh }", id="own prefix"),
        pytest.param("SELECT ?s { ?s a zhize:Nothing }", id="nothing"),
    ],
)
def test_queries_of_users(address: Address, query: str, tmp_path: Path) -> None:
    """The same table as from the same graph in a folder."""
    local, folder = graph_of(40), tmp_path / "generation-1"
    disk = ox.Store(str(folder))
    disk.extend(local.engine)
    disk.flush()
    del disk
    (tmp_path / "current").write_text("generation-1")
    publish(local, Server(address))
    assert run_query(address, query).table() == run_query(tmp_path, query).table()


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("DROP ALL", "an update"),
        ("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * FROM <http://elsewhere/> { ?s ?p ?o }", "FROM a graph"),
        ("SELECT * FROM <https://w3id.org/zhize/id/published> { ?s ?p ?o }", "FROM a graph"),
    ],
)
def test_refused(address: Address, query: str, what: str) -> None:
    publish(graph_of(3), Server(address))
    with pytest.raises(QueryRefusedError, match=what):
        run_query(address, query)
    assert len(list(open_remote(address).select("SELECT ?s { ?s ?p ?o }"))) == 3


def test_an_iri_that_virtuoso_would_cut_is_not_sent(virtuoso_url: str) -> None:
    engine = ox.Store()
    engine.add(ox.Quad(ox.NamedNode("http://x/" + "a" * 1_900), ox.NamedNode("a:p"), ox.NamedNode("a:o"), ox.NamedNode(GRAPH)))
    with pytest.raises(PublishError, match="cuts IRIs"):
        publish(Store(Path(), engine), Server(address_of(virtuoso_url.replace("://", "://dba:dba@"), {})))


SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_deadline_ends_the_query(tmp_path: Path, virtuoso_url: str) -> None:
    with oxigraph(tmp_path) as own:  # of its own: Oxigraph goes on counting until it is ended
        for url in (own, virtuoso_url.replace("://", "://dba:dba@")):
            address = address_of(url, {})
            publish(graph_of(3_000), Server(address))
            begun = time.monotonic()
            with pytest.raises(QueryTimeoutError, match=r"2\.5 seconds"):
                run_query(address, SLOW, QueryLimits(seconds=2.5))
            assert time.monotonic() - begun < 10


@pytest.mark.parametrize("path", ["/nix", "/store", "/sparql-graph-crud/x"])
def test_no_sparql_at_the_path(address: Address, path: str) -> None:
    with pytest.raises(NotSparqlError, match="no SPARQL"):
        Server(Address(address.url + path))


@pytest.mark.parametrize("path", ["", "/sparql"])
def test_base_and_query_address_are_the_same_server(address: Address, path: str) -> None:
    server = Server(Address(address.url + path, address.user, address.password))
    server.put("http://g/x", ["<a:1> <a:b> <a:c> .\n"])
    assert server.select("ASK { ?s ?p ?o }", ["http://g/x"]).answer


def test_nobody_there() -> None:
    with pytest.raises(ServerUnreachableError, match="Is it running"):
        Server(Address(f"http://127.0.0.1:{free_port()}"))


def test_rights(virtuoso_url: str, tmp_path: Path) -> None:
    with pytest.raises(ServerLoginError, match="ZHIZE_STORE_PASSWORD") as caught:
        Server(Address(virtuoso_url, "dba", SECRET))
    assert SECRET not in str(caught.value)
    anonymous = Server(Address(virtuoso_url))
    for change in (lambda: anonymous.put("http://g/x", []), lambda: anonymous.update("CREATE GRAPH <http://g/y>")):
        with pytest.raises(ServerForbiddenError, match="not allowed"):
            change()
    with oxigraph(tmp_path) as url:
        Server(Address(url)).put("http://g/x", [])
    with oxigraph(tmp_path, serve="serve-read-only") as url, pytest.raises(ServerForbiddenError):
        Server(Address(url)).update("DROP ALL")


Reply = tuple[int, dict[str, str], bytes]
OK = (200, {"Content-Type": "application/sparql-results+json"}, b'{"head":{},"boolean":true}')


@pytest.fixture
def strange() -> Iterator[Callable[..., tuple[str, list[str]]]]:
    """A server that says what it is told to, and the names and passwords that it was given."""
    servers = []

    def start(*replies: Reply, wait: float = 0) -> tuple[str, list[str]]:
        left, given = list(replies), list[str]()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                given.append(self.headers.get("Authorization", ""))
                time.sleep(wait if len(left) == 1 else 0)
                code, headers, body = left.pop(0) if len(left) > 1 else left[0]
                self.send_response(code)
                for name, value in ({"Content-Length": str(len(body))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}", given

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        pytest.param((200, {"Content-Type": "text/html"}, b"<html>"), NotSparqlError, "text/html", id="a web page"),
        pytest.param((404, {}, b""), NotSparqlError, "404", id="nothing there"),
        pytest.param((302, {"Location": "http://evil.example/x?p=1"}, b""), ServerMovedError, "http://evil.example/x", id="another host"),
        pytest.param((401, {}, b""), ServerLoginError, "asks for a name", id="login in no known way"),
        pytest.param((403, {}, b""), ServerForbiddenError, "not allowed", id="forbidden"),
        pytest.param((500, {}, b"\x1b[31mred\r\nline" + b"x" * 5_000), ServerFailedError, r"500: \[31mred linex{1,200}…", id="an error"),
        pytest.param((503, {}, b"busy"), ServerFailedError, "503: busy", id="busy"),
        pytest.param((504, {}, b""), ServerTimeoutError, "no answer", id="a gateway that waits in vain"),
    ],
)
def test_what_a_server_may_say(strange: Callable[..., tuple[str, list[str]]], reply: Reply, error: type[ServerError], words: str) -> None:
    url, given = strange(reply)
    with pytest.raises(error, match=words):
        Server(Address(url))
    assert set(given) == {""}


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        pytest.param((200, OK[1], b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","val'), ServerFailedError, id="broken off"),
        pytest.param((200, OK[1], b"[]"), ServerFailedError, id="JSON of something else"),
        pytest.param((200, OK[1] | {"Content-Length": "999"}, b"{"), ServerFailedError, id="less than announced"),
        pytest.param((200, OK[1] | {"X-SQL-State": "S1TAT"}, OK[2]), ServerTimeoutError, id="Virtuoso's half answer"),
    ],
)
def test_a_broken_answer_is_no_answer(strange: Callable[..., tuple[str, list[str]]], reply: Reply, error: type[ServerError]) -> None:
    server = Server(Address(strange(OK, reply)[0]))
    with pytest.raises(error):
        list(server.select("SELECT ?s { ?s ?p ?o }", [GRAPH]).rows)


def test_a_server_that_does_not_answer(strange: Callable[..., tuple[str, list[str]]]) -> None:
    server = Server(Address(strange(OK, OK, wait=3)[0]))
    with pytest.raises(ServerTimeoutError, match=r"0\.5 seconds"):
        server.select("ASK {}", [GRAPH], seconds=0.5)


def test_a_password_is_given_only_where_it_is_asked_for(strange: Callable[..., tuple[str, list[str]]]) -> None:
    url, given = strange(OK)
    Server(Address(url, "anna", SECRET))
    assert set(given) == {""}
    url, given = strange((401, {"WWW-Authenticate": 'Basic realm="x"'}, b""), OK)
    Server(Address(url, "anna", SECRET))  # in clear, but on this machine
    assert any(said.startswith("Basic ") for said in given)


def test_errors_of_a_server_reach_the_user_of_a_query(virtuoso_url: str) -> None:
    with pytest.raises(ServerSaidError) as caught:
        run_query(Address(virtuoso_url, "dba", SECRET), "ASK {}")
    assert "ZHIZE_STORE_PASSWORD" in caught.value.hint and SECRET not in str(caught.value)


def test_a_remote_store_has_no_engine(address: Address) -> None:
    publish(graph_of(1), Server(address))
    remote = open_remote(address)
    assert isinstance(remote, RemoteStore) and len({remote}) == 1
    with pytest.raises(AttributeError):
        _ = remote.engine
