"""Builds onto both servers: what readers see before, during and after, and what a crash at any request leaves."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from extract.models import PolicyRecord, Record
from graph import answers
from graph.build import build
from graph.errors import GraphsMovingError, NoServerStoreError, PublishError, ServerChangedError, ServerFailedError
from graph.export import export
from graph.remote.address import Address, cache_folder
from graph.remote.publish import build_remote, fetch, publish
from graph.remote.server import Server
from graph.remote.store import HEAD, open_remote, read_head
from graph.store import Store, open_store
from tests.graph.records import everything


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIZE_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Store]:
    """Two graphs of one city: in the second a policy is missing, so that graphs change, go and stay."""
    one, two = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
    build(everything(), one, extractor="zhize-test")
    build(fewer(), two, extractor="zhize-test")
    return open_store(one), open_store(two)


def fewer() -> list[Record]:
    records = list(everything())
    first = next(r.policy for r in records if isinstance(r, PolicyRecord))
    return [r for r in records if r.policy != first]


def dump(store: Store, path: Path) -> bytes:
    export(store, "nquads", path / "x.nq")
    return (path / "x.nq").read_bytes()


def test_build_read_and_build_again(address: Address, tmp_path: Path) -> None:
    with pytest.raises(NoServerStoreError, match="zhize build"):
        open_store(address)
    report = build_remote(everything(), address, extractor="zhize-test")
    assert report.published and report.added == report.policies
    local = tmp_path / "local"
    build(everything(), local, extractor="zhize-test")
    mine, theirs = open_store(local), open_store(address)
    assert dump(theirs, tmp_path) == dump(mine, tmp_path)
    assert answers.all_duties(theirs) == answers.all_duties(mine)
    assert answers.policies(theirs) == answers.policies(mine)
    version = read_head(Server(address)).current
    again = build_remote(everything(), address, extractor="zhize-test")
    assert not again.published and again.unchanged == report.policies and read_head(Server(address)).current == version


def test_a_lost_folder_is_made_again_from_the_server(address: Address, tmp_path: Path) -> None:
    build_remote(everything(), address, extractor="zhize-test")
    folder = cache_folder(address)
    for file in sorted(folder.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    report = build_remote(everything(), address, extractor="zhize-test")
    assert report.added == 0 and not report.published
    assert dump(open_store(folder), tmp_path) == dump(open_store(address), tmp_path)


def test_what_another_machine_built_stays(address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = list(everything())
    first = next(r.policy for r in records if isinstance(r, PolicyRecord))
    build_remote([r for r in records if r.policy == first], address)
    monkeypatch.setenv("ZHIZE_CACHE", str(tmp_path / "another"))
    report = build_remote(fewer(), address)
    assert report.kept == 1
    assert {p.iri for p in answers.policies(open_store(address)) if p.resolved} == {
        p.iri for p in answers.policies(open_store(cache_folder(address))) if p.resolved
    }
    monkeypatch.setenv("ZHIZE_CACHE", str(tmp_path / "cache"))  # the first machine again, whose folder is older than the server
    assert not build_remote([r for r in records if r.policy == first], address).published


class Stopped(Exception):
    """The end of a build's process, as far as the server can tell."""


class Stopping(Server):
    """A server that is asked for only so many changes before the build is ended."""

    def __init__(self, address: Address, changes: int) -> None:
        super().__init__(address)
        self.left = changes

    def _change(self) -> None:
        if self.left == 0:
            raise Stopped
        self.left -= 1

    def update(self, text: str) -> None:
        self._change()
        super().update(text)

    def put(self, graph: str, lines: Sequence[str]) -> None:
        self._change()
        super().put(graph, lines)


def test_a_crash_at_any_request_leaves_a_whole_graph(address: Address, states: tuple[Store, Store], tmp_path: Path) -> None:
    before, after = (_counts(store) for store in states)
    assert before != after
    publish(states[0], Server(address))
    seen = []
    for changes in range(100):
        try:
            publish(states[1], Stopping(address, changes))
            finished = True
        except Stopped:
            finished = False
        found = _counts(open_store(address))
        assert found in (before, after), changes
        seen.append(found == after)
        # whoever builds next finds what was left over, and puts it right
        publish(states[0], Server(address))
        assert _counts(open_store(address)) == before, changes
        if finished:
            break
    assert dump(open_store(address), tmp_path) == dump(states[0], tmp_path)
    assert seen == sorted(seen) and seen[-1] and not seen[0]
    head = read_head(Server(address))
    left = Server(address).select(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), '{HEAD}')) }}", ())
    kept = {iri for version in (head.current, head.previous) for iri in (version, f"{version}/manifest")} | {HEAD}
    assert {row[0].value for row in left.rows} == kept


def test_named_graphs_wait_for_the_end_of_a_broken_off_build(address: Address, states: tuple[Store, Store], tmp_path: Path) -> None:
    publish(states[0], Server(address))
    for changes in range(100):
        with pytest.raises(Stopped):
            publish(states[1], Stopping(address, changes))
        head = read_head(Server(address))
        if head.graphs != head.current:
            break
    reader = open_store(address)
    assert answers.all_duties(reader) == answers.all_duties(states[1])  # what answers read is published
    with pytest.raises(GraphsMovingError, match="build again"):
        reader.graphs()
    with pytest.raises(GraphsMovingError):
        list(reader.quads(ox.NamedNode(HEAD)))
    fetch(open_remote(address), tmp_path / "fetched")  # finishes it
    assert dump(open_store(tmp_path / "fetched"), tmp_path) == dump(states[1], tmp_path)


def test_readers_see_one_state_while_builds_go_on(address: Address, states: tuple[Store, Store]) -> None:
    allowed = {_counts(store) for store in states}
    assert len(allowed) == 2
    publish(states[0], Server(address))
    seen: set[tuple[int, int]] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(_counts(open_store(address)))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(1, 6):
        publish(states[turn % 2], Server(address))
    done.set()
    for reader in readers:
        reader.join()
    assert seen == allowed


def _counts(store: Store) -> tuple[int, int]:
    """Two queries of one reader, between which builds may publish."""
    duties = len(list(store.select("SELECT ?d { ?d a zhize:Duty }")))
    return duties, len(list(store.select("SELECT ?p { ?p a zhize:Policy }")))


def test_a_reader_keeps_its_version_through_one_build(address: Address, states: tuple[Store, Store]) -> None:
    publish(states[0], Server(address))
    reader = open_store(address)
    publish(states[1], Server(address))
    assert answers.all_duties(reader) == answers.all_duties(states[0])
    publish(states[0], Server(address))
    with pytest.raises(ServerChangedError, match="again"):
        answers.all_duties(reader)


def test_of_two_builds_at_once_one_publishes(address: Address, states: tuple[Store, Store]) -> None:
    publish(states[0], Server(address))
    other = Server(address)

    class Late(Server):
        """Another build publishes while this one has staged everything."""

        def update(self, text: str) -> None:
            if "#previous" in text:
                publish(states[1], other)
            super().update(text)

    build_of_three = build_a_third(states)
    with pytest.raises(PublishError, match="another build"):
        publish(build_of_three, Late(address))
    assert answers.all_duties(open_store(address)) == answers.all_duties(states[1])


def build_a_third(states: tuple[Store, Store]) -> Store:
    engine = ox.Store()
    engine.extend(q for q in states[0].engine if q.predicate.value.endswith("#type"))
    return Store(Path(), engine)


def _spoil_graph(server: Server, store: Store) -> None:
    server.put(store.graphs()[0].value, ["<a:a> <a:b> <a:c> .\n"])


def _drop_graph(server: Server, store: Store) -> None:
    server.update(f"DROP SILENT GRAPH <{store.graphs()[0].value}>")


@pytest.mark.parametrize("harm", [_spoil_graph, _drop_graph])
def test_a_graph_that_others_wrote_to_is_not_read(
    address: Address, states: tuple[Store, Store], harm: Callable[[Server, Store], None]
) -> None:
    publish(states[0], Server(address))
    harm(Server(address), states[0])
    reader = open_store(address)
    with pytest.raises(ServerFailedError, match="does not hold what was published"):
        list(reader.quads(reader.graphs()[0]))
