"""Every command with ``--store URL``: the same bytes as from a folder, from a real Oxigraph and a real Virtuoso."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.named import named_queries
from graph.remote import address
from tests.graph.remote.programs import free_port, oxigraph, virtuoso
from tests.zhize.conftest import Run
from zhize import settings


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def url(request: pytest.FixtureRequest, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the sample corpus on it."""
    start = oxigraph if request.param == "oxigraph" else virtuoso
    with start(tmp_path_factory.mktemp(request.param)) as base, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHIZE_CACHE", str(tmp_path_factory.mktemp("cache")))
        if request.param == "virtuoso":
            patch.setenv("ZHIZE_STORE_USER", "dba")
            patch.setenv("ZHIZE_STORE_PASSWORD", "dba")
        run("build", "--store", base, "--quiet")
        yield base


COMMANDS = [
    ("duties", "市财政局"),
    ("duties", "市财政局", "--format", "json"),
    ("duties", "市发改委", "--role", "lead", "--format", "csv"),
    ("agencies", "--format", "csv"),
    ("targets", "--format", "csv"),
    ("policies", "--cited", "--format", "csv"),
    ("policies", "云政办"),
    ("review", "--format", "csv"),
    ("analyse", "agencies", "--format", "csv"),
    ("analyse", "groups"),
    ("analyse", "bottlenecks"),
    ("export", "--format", "ttl"),
    ("export", "--format", "trig"),
    ("export", "--format", "nq"),
    ("export", "--format", "jsonld"),
    ("query", "agency-duties", "--param", "agency=市财政局", "--format", "csv"),
    ("query", "-e", "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"),
    ("query", "-e", "CONSTRUCT { ?d a zhize:Duty } WHERE { ?d a zhize:Duty }", "--format", "ttl"),
    ("query", "-e", "SELECT ?n { ?a a org:FormalOrganization ; skos:prefLabel ?n } ORDER BY ?n", "--format", "srj"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_same_bytes(run: Run, store: Path, url: str, command: tuple[str, ...]) -> None:
    expected = run(*command, "--store", store)
    assert expected.stdout and run(*command, "--store", url).stdout == expected.stdout


@pytest.mark.parametrize(
    "command", [("view", "agencies"), ("view", "policies"), ("report",), ("duties", "--all")], ids=" ".join
)
def test_the_same_files(run: Run, store: Path, url: str, tmp_path: Path, command: tuple[str, ...]) -> None:
    name = "out" if "--all" in command else "out.html"
    for place in (store, url):
        folder = tmp_path / ("local" if place == store else "remote")
        folder.mkdir()
        run(*command, "--store", place, "-o", folder / name, *(("--format", "csv") if "--all" in command else ()))
    # a workbook holds the time at which it was written
    mine, theirs = ({f.relative_to(d): f.read_bytes() for f in sorted(d.rglob("*")) if f.suffix in (".html", ".csv")}
                    for d in (tmp_path / "local", tmp_path / "remote"))  # fmt: skip
    assert mine and theirs == mine


def answers(run: Run, place: str | Path) -> dict[str, tuple[str, int]]:
    """What each named query prints of a store, and its exit code."""
    done = {query.name: run("query", query.name, "--format", "csv", "--store", place, code=None) for query in named_queries()}
    return {name: (result.stdout, result.exit_code) for name, result in done.items()}


@pytest.fixture(scope="module")
def of_the_folder(run: Run, store: Path) -> dict[str, tuple[str, int]]:
    return answers(run, store)


def test_named_queries(run: Run, of_the_folder: dict[str, tuple[str, int]], url: str) -> None:
    assert answers(run, url) == of_the_folder


def test_the_names_of_the_environment_are_those_of_the_address() -> None:
    assert (settings.STORE_USER.variable, settings.STORE_PASSWORD.variable) == (address.USER, address.PASSWORD)


def test_flat_tables(run: Run, store: Path, url: str, tmp_path: Path) -> None:
    import sqlite3

    dumps = []
    for number, place in enumerate((store, url)):
        file = tmp_path / f"{number}.db"
        run("export", "--store", place, "-o", file)
        connection = sqlite3.connect(file)
        dumps.append(list(connection.iterdump()))
        connection.close()
    assert dumps[0] == dumps[1]


def test_building_again_changes_nothing(run: Run, url: str) -> None:
    before = run("export", "--format", "nq", "--store", url).stdout
    said = run("build", "--store", url).stdout
    assert f"--store {url}" in said  # in the commands to try next
    assert run("export", "--format", "nq", "--store", url).stdout == before


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param("http://127.0.0.1:{port}", "cannot be reached", id="nobody there"),
        pytest.param("http://dba:streng-geheim@127.0.0.1:{port}", "cannot be reached", id="password in the URL"),
        pytest.param("http://dba:streng-geheim@/", "Write it like", id="no server"),
        pytest.param("http://dba:streng-geheim@127.0.0.1:{port}/?x=1", "nothing may follow", id="more than a path"),
    ],
)
@pytest.mark.parametrize("command", [("agencies",), ("query", "-e", "ASK {}"), ("build",)], ids=" ".join)
def test_errors(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], given: str, words: str) -> None:
    monkeypatch.setenv("ZHIZE_CACHE", str(tmp_path))
    result = run(*command, "--store", given.format(port=free_port()), code=2)
    assert words in result.stderr and "geheim" not in result.stderr + result.stdout and "Traceback" not in result.stderr
