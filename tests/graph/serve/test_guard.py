"""What every request has to pass, and what every answer carries."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.serve.guard import is_known_host
from graph.serve.settings import ServeSettings, is_loopback
from graph.serve.static import static_files
from tests.graph.serve.server import DUTIES, Client, running

ASK = "/sparql?query=ASK%7B%7D"
PATHS = [
    ("/query", 200), ("/query?lang=en", 200), ("/query/named/agency-duties", 200), ("/query/named/nothing", 404), (ASK, 200),
    ("/sparql", 200), ("/sparql?query=x", 400), ("/no/such/page", 404), ("/static/x/serve/query.js", 200), ("/static/x/serve/no.js", 404),
    ("/static/x/../../pyproject.toml", 404), ("/static/x/serve/%2e%2e/guard.py", 404), ("/", 200),
]  # fmt: skip


@pytest.mark.parametrize("accept", ["text/html, */*;q=0.8", "*/*"])
@pytest.mark.parametrize(("path", "status"), PATHS)
def test_every_answer_carries_the_headers(client: Client, path: str, status: int, accept: str) -> None:
    reply = client.get(path, accept)
    assert reply.status == (303 if path == "/sparql" and "html" in accept else status)
    policy = dict(part.strip().split(" ", 1) for part in reply.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert {policy[f"{kind}-src"] for kind in ("script", "style", "connect", "img", "font")} == {"'self'"}
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["referrer-policy"] == "no-referrer"
    assert reply.headers["x-frame-options"] == "DENY"
    assert not [name for name in reply.headers if name.startswith("access-control")]


def test_an_unexpected_error_is_a_page_with_the_headers(folder: Path) -> None:
    with running(folder) as client:
        client.app.state.current = None  # what no request can do
        reply = client.get("/query/named/agency-duties?agency=x", "text/html")
        assert reply.status == 500 and "内部出错" in reply.text and "Traceback" not in reply.text
        assert "content-security-policy" in reply.headers


@pytest.mark.parametrize("path", ["/query", ASK])
@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1:8000", 200),
        ("LOCALHOST:1", 200),
        ("[::1]:8000", 200),
        ("evil.example", 400),
        ("localhost.evil.example", 400),
        ("127.0.0.1.evil.example:8000", 400),
        ("evil.example:8000@127.0.0.1", 400),
        ("192.0.2.1", 400),
        ("[", 400),
        ("", 400),
        ("<script>", 400),
    ],
)
def test_host(client: Client, path: str, host: str, status: int) -> None:
    assert client.ask("GET", path, {"Host": host, "Accept": "text/html, */*;q=0.1"}).status == status


@pytest.mark.parametrize(
    ("header", "host", "known"),
    [
        ("192.0.2.7:8000", "192.0.2.7", True),
        ("192.0.2.8", "192.0.2.7", False),
        ("zhize.example", "zhize.example", True),
        ("192.0.2.8", "0.0.0.0", True),
        ("[2001:db8::1]:80", "::", True),
        ("evil.example", "0.0.0.0", False),
        ("localhost", "0.0.0.0", True),
        ("", "0.0.0.0", False),
    ],
)
def test_hosts_of_an_open_server(header: str, host: str, known: bool) -> None:
    assert is_known_host(header, host) is known


@pytest.mark.parametrize(("name", "own"), [("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("[::1]", True), ("localhost", True),
                                           ("0.0.0.0", False), ("192.168.1.4", False), ("::", False), ("example.org", False)])  # fmt: skip
def test_loopback(name: str, own: bool) -> None:
    assert is_loopback(name) is own


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        pytest.param("GET", ASK, {"Origin": "http://evil.example"}, 403, id="a script of another site asks"),
        pytest.param("GET", ASK, {"Origin": "null"}, 403, id="a sandboxed frame or a file asks"),
        pytest.param("GET", ASK, {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403, id="an image of another site"),
        pytest.param("GET", ASK, {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200, id="a link in a mail"),
        pytest.param("GET", ASK, {"Sec-Fetch-Site": "same-origin"}, 200, id="our own page"),
        pytest.param("GET", ASK, {}, 200, id="a program"),
        pytest.param("OPTIONS", "/sparql", {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}, 403, id="preflight"),
        pytest.param("POST", "/sparql", {"Origin": "http://evil.example"}, 403, id="a form of another site"),
        pytest.param("POST", "/query/download", {"Origin": "https://evil.example"}, 403, id="a download by another site"),
        pytest.param("POST", "/no/such/page", {"Origin": "http://evil.example"}, 403, id="any POST"),
        pytest.param("GET", "/query", {"Origin": "http://evil.example"}, 200, id="a page may be linked to"),
    ],
)
def test_origin(client: Client, method: str, path: str, headers: dict[str, str], status: int) -> None:
    assert client.ask(method, path, headers).status == status


def test_our_own_origin_may_post(client: Client) -> None:
    assert client.post("/sparql", {"query": DUTIES}, Origin=client.address).status == 200


def test_sizes_are_limits(folder: Path) -> None:
    with running(folder, ServeSettings(max_address=1_000, max_body=1_000)) as client:
        assert client.get("/query?x=" + "y" * 1_000).status == 414
        assert client.post("/sparql", {"query": "#" * 1_000}).status == 413
        assert client.ask("POST", "/sparql", {"Content-Length": "-1"}).status in (400, 413)
        assert client.post("/sparql", {"query": "ASK {}"}).status == 200


def test_static_files_keep_for_ever_under_their_own_address(client: Client) -> None:
    page = client.get("/query", "text/html").text
    addresses = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert len(addresses) >= 4
    for address in addresses:
        reply = client.get(address)
        assert reply.status == 200 and "immutable" in reply.headers["cache-control"], address
        assert reply.type in ("text/css", "text/javascript", "image/svg+xml")
    older = re.sub(r"/static/\w+/", "/static/0000/", addresses[0])
    assert client.get(older).headers["cache-control"] == "no-cache"


def test_the_version_is_that_of_the_content() -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", static_files().version)
    assert {"serve/query.js", "serve/query.css", "serve/vendor/yasqe.min.js", "serve/vendor/LICENSES.txt"} <= static_files().files.keys()
