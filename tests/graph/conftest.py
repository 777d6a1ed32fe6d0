"""A graph of the invented records, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.build import build
from graph.store import Store, open_store
from tests.graph.records import everything


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    build(everything(), folder, extractor="zhize-test")
    return folder


@pytest.fixture(scope="session")
def store(folder: Path) -> Store:
    return open_store(folder)
