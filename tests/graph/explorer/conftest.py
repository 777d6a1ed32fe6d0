"""The pages over the sample corpus, and over documents whose every word attacks them; asked without and with a browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

from graph.build import build
from graph.serve.app import create_app
from graph.store import Store, open_store
from tests.graph import derived_records
from tests.graph.explorer.hostile import WORDS, hostile_records
from tests.graph.explorer.page import Site
from tests.graph.records import duty, everything
from tests.graph.view_window import Browser, window
from zhize.sources import SAMPLE, Reading

CROWDS = 5  # documents that all hostile words are spread over


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explorer")
    build(Reading((SAMPLE,), quiet=True).records(), folder)
    return folder


@pytest.fixture(scope="session")
def sample(sample_folder: Path) -> Store:
    return open_store(sample_folder)


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    build(hostile_records(), folder, extractor="zhize-test")
    return folder


@pytest.fixture(scope="session")
def site(sample_folder: Path) -> Site:
    return _site(sample_folder)


@pytest.fixture(scope="session")
def hostile_site(hostile_folder: Path) -> Site:
    return _site(hostile_folder)


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of the invented records: baselines, growth, a group of nobody, documents under one number."""
    folder = tmp_path_factory.mktemp("small")
    build(everything(), folder, extractor="zhize-test")
    return _site(folder)


@pytest.fixture(scope="session")
def reform_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents of which clauses are repealed, groups that reach members, bodies before and after a reform."""
    folder = tmp_path_factory.mktemp("reform")
    given = {"source": "l.txt", "agency_kind": "vertical"}
    later = [
        duty(derived_records.LATER, "", 120, "市金融监管分局", "国家金融监督管理总局云陵监管分局", **given),
        duty(derived_records.LATER, "", 130, "市税务局", "国家税务总局云陵市税务局", order=1, **given),
    ]
    build([*derived_records.reform(), *later], folder, extractor="zhize-test")
    return folder


@pytest.fixture(scope="session")
def reform(reform_folder: Path) -> Store:
    return open_store(reform_folder)


@pytest.fixture(scope="session")
def reform_site(reform_folder: Path) -> Site:
    return _site(reform_folder)


def _site(folder: Path) -> Site:
    return Site(TestClient(create_app(folder), base_url="http://127.0.0.1", headers={"Accept": "text/html"}))


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(create_app(folder), host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < end
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def address(sample_folder: Path) -> Iterator[str]:
    with _served(sample_folder) as base:
        yield base


@pytest.fixture(scope="session")
def crowded_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents with several of the hostile words in each field."""
    folder = tmp_path_factory.mktemp("crowded")
    build(hostile_records([" ".join(WORDS[at::CROWDS]) for at in range(CROWDS)]), folder, extractor="zhize-test")
    return folder


@pytest.fixture(scope="session")
def crowded_site(crowded_folder: Path) -> Site:
    return _site(crowded_folder)


@pytest.fixture(scope="session")
def crowded_address(crowded_folder: Path) -> Iterator[str]:
    with _served(crowded_folder) as base:
        yield base


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with window(tmp_path_factory.mktemp("browser"), {}) as opened:
        yield opened
