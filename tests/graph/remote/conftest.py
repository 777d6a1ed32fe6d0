"""Both servers, started once; a server as most tests want it: with nothing published."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.remote.address import Address, address_of
from graph.remote.publish import drop
from graph.remote.server import Server
from graph.remote.store import HEAD, read_head, read_parts
from tests.graph.remote.programs import oxigraph, virtuoso


@pytest.fixture(scope="session")
def oxigraph_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as url:
        yield url


@pytest.fixture(scope="session")
def virtuoso_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


@pytest.fixture(params=["oxigraph", "virtuoso"])
def address(request: pytest.FixtureRequest) -> Address:
    """A server with nothing published on it, and a user who may write."""
    url = request.getfixturevalue(f"{request.param}_url")
    found = address_of(url.replace("://", "://dba:dba@") if request.param == "virtuoso" else url, {})
    wipe(Server(found))
    return found


def wipe(server: Server) -> None:
    """Take away everything that builds have put on a server."""
    head = read_head(server)
    for version in head.begun | head.going:
        for graph in read_parts(server, version):
            server.update(f"DROP SILENT GRAPH <{graph}>")
    drop(server, head.begun | head.going)
    server.update(f"DROP SILENT GRAPH <{HEAD}>")
