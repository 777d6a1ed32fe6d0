"""One server of the invented records for all tests that do not need one of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.graph.serve.server import Client, running


@pytest.fixture(scope="session")
def client(folder: Path) -> Iterator[Client]:
    with running(folder) as client:
        yield client
