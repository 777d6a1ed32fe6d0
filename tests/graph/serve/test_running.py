"""Queries as processes: ended at the deadline, with their client and with the server; so many at a time; builds meanwhile."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.build import build
from graph.serve.settings import ServeSettings
from graph.sparql_pool import EnginePool
from tests.graph.records import PARKING, everything
from tests.graph.serve.server import DUTIES, SLOW, Client, running
from tests.processes import is_running

TITLES = "SELECT ?t { ?p a zhize:Policy ; rdfs:label ?t } ORDER BY ?t"


def engines(client: Client) -> EnginePool:
    pool: EnginePool = client.app.state.engines
    return pool


def wait(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_the_deadline_ends_the_process(folder: Path) -> None:
    with running(folder, ServeSettings(timeout=1.5)) as client:
        answers: list[int] = []
        thread = threading.Thread(target=lambda: answers.append(client.query(SLOW).status))
        thread.start()
        wait(lambda: engines(client).running)
        (number,) = engines(client).running
        assert is_running(number)
        thread.join(20)
        assert answers == [504]
        assert not is_running(number) and engines(client).running == ()
        told = client.query(SLOW).data
        assert told["error"] == "timeout" and "1.5 seconds" in told["message"]


def test_a_client_that_goes_away_ends_its_query(folder: Path) -> None:
    with running(folder) as client:
        connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=30)
        connection.request("POST", "/sparql", SLOW, {"Content-Type": "application/sparql-query"})
        wait(lambda: engines(client).running)
        (number,) = engines(client).running
        connection.close()
        wait(lambda: not is_running(number))


def test_the_server_takes_its_queries_with_it(folder: Path) -> None:
    with running(folder) as client:
        threading.Thread(target=lambda: client.query(SLOW), daemon=True).start()
        wait(lambda: engines(client).running and engines(client).ready)
        numbers = (*engines(client).running, *engines(client).ready)
        assert all(map(is_running, numbers))
    assert not any(map(is_running, numbers))
    assert engines(client).ready == ()


def test_no_more_queries_at_once_than_allowed(folder: Path) -> None:
    with running(folder, ServeSettings(max_queries=2, timeout=20)) as client:
        for _ in range(2):
            threading.Thread(target=lambda: client.query(SLOW), daemon=True).start()
        wait(lambda: len(engines(client).running) == 2)
        reply = client.query("ASK {}")
        assert (reply.status, reply.data["error"]) == (503, "busy")
        assert int(reply.headers["retry-after"]) > 0
        assert client.get("/query", "text/html").status == 200  # pages are not queries


def test_a_build_is_seen_as_soon_as_it_is_published(tmp_path: Path) -> None:
    build((r for r in everything() if r.policy == PARKING), tmp_path, extractor="zhize-test")
    with running(tmp_path) as client:
        first = client.app.state.current.store()
        assert client.query(TITLES, "text/csv").text.count("\n") == 2
        assert client.app.state.current.store() is first
        build(everything(), tmp_path, extractor="zhize-test")
        assert client.app.state.current.store() is not first
        assert client.query(TITLES, "text/csv").text.count("\n") == 5


def test_queries_go_on_while_builds_do(tmp_path: Path) -> None:
    build(everything(), tmp_path, extractor="zhize-test")
    with running(tmp_path) as client:
        done = threading.Event()

        def keep_building() -> None:
            for number in range(6):  # generations before the last but one are swept away: a waiting reader must find the new one
                build(everything(), tmp_path, extractor=f"zhize-test-{number}")
            done.set()

        thread = threading.Thread(target=keep_building)
        thread.start()
        statuses = []
        while not done.is_set() or not statuses:
            statuses.append(client.query(DUTIES).status)
        thread.join()
        assert set(statuses) == {200}


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_a_folder_without_a_graph_is_said(tmp_path: Path, accept: str) -> None:
    with running(tmp_path) as client:
        assert client.query("ASK {}").status == 503
        reply = client.get("/query/named/agency-duties", accept)
        assert reply.status == 503 and ("zhize build" in reply.text)
