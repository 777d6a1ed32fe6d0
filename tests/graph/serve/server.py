"""A server of our own in this process, and a client that can ask what browsers would not."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import uvicorn
from starlette.applications import Starlette

from graph.serve.app import create_app
from graph.serve.settings import ServeSettings

PORT_WAIT = 20  # seconds
DUTIES = "SELECT ?d WHERE { ?d a zhize:Duty } ORDER BY ?d"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def data(self) -> Any:
        return json.loads(self.body)

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0]


@dataclass(frozen=True)
class Client:
    """Asks the server at ``port``; every request has a connection of its own."""

    port: int
    app: Starlette

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host="Host" in (headers or {}), skip_accept_encoding=True)
            given = dict(headers or {})
            if body is not None:
                given.setdefault("Content-Length", str(len(body)))
            for name, value in given.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, accept: str = "*/*", **headers: str) -> Reply:
        return self.ask("GET", path, {"Accept": accept, **headers})

    def query(self, query: str, accept: str = "application/sparql-results+json", **more: str | int) -> Reply:
        values = {"query": query} | {name.replace("_", "-"): value for name, value in more.items()}
        return self.get("/sparql?" + urlencode(values, quote_via=quote), accept)

    def post(self, path: str, values: Mapping[str, str], **headers: str) -> Reply:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, kind | headers, urlencode(values).encode())


@contextmanager
def running(folder: Path, settings: ServeSettings | None = None) -> Iterator[Client]:
    """A server of the graph in ``folder``."""
    settings = settings or ServeSettings()
    app = create_app(folder, settings)
    config = uvicorn.Config(app, port=0, http="h11", log_level="critical", h11_max_incomplete_event_size=settings.max_address + 32_768)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + PORT_WAIT
    while not server.started:
        assert thread.is_alive() and time.monotonic() < end, "the server did not start"
        time.sleep(0.02)
    try:
        yield Client(server.servers[0].sockets[0].getsockname()[1], app)
    finally:
        app.state.closing = True
        server.should_exit = True
        thread.join(PORT_WAIT)
        assert not thread.is_alive()
