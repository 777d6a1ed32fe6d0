"""Graphs that are built once: of the invented records, and of the sample corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.build import build
from graph.store import Store, open_store
from tests.graph.records import everything
from zhize.sources import SAMPLE, Reading


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    build(everything(), folder, extractor="zhize-test")
    return folder


@pytest.fixture(scope="session")
def store(folder: Path) -> Store:
    return open_store(folder)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("sample")
    build(Reading((SAMPLE,), quiet=True).records(), folder)
    return open_store(folder)
