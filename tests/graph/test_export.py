"""Exports: nothing lost, the same bytes every time, JSON-LD in our context, rdflib reads them too."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.export import FORMATS, export
from graph.store import Store
from ontology.vocabulary import CONTEXT_FILE

PARSED = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "turtle": ox.RdfFormat.TURTLE,
}


def exported(store: Store, name: str) -> bytes:
    out = io.BytesIO()
    export(store, name, out)
    return out.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_lost_and_nothing_added(store: Store, name: str) -> None:
    back = list(ox.parse(exported(store, name), format=PARSED[name]))
    if name == "turtle":
        assert {q.triple for q in back} == {q.triple for q in store.engine}
    else:
        assert set(back) == set(store.engine)
    assert len(back) == len(store.engine)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_bytes_in_every_process(store: Store, folder: Path, name: str) -> None:
    code = (
        "import sys; from pathlib import Path; from graph.export import export; from graph.store import open_store;"
        "print(export(open_store(Path(sys.argv[1])), sys.argv[2], Path(sys.argv[3])))"
    )
    file = folder / f"x.{name}"
    done = subprocess.run(
        [sys.executable, "-c", code, folder, name, file],
        check=True,
        capture_output=True,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONHASHSEED": "3"},
    )
    assert file.read_bytes() == exported(store, name)
    assert int(done.stdout) == len(store.engine)
    file.unlink()
    assert not list(folder.glob("*.part"))


def test_nquads_are_sorted_in_each_graph(store: Store) -> None:
    lines = exported(store, "nquads").decode().splitlines()
    assert sorted(lines) == sorted(set(lines)) and len(lines) == len(store.engine)
    assert lines == sorted(lines, key=lambda line: (line.rsplit(" ", 2)[-2][:-1], line))


def test_turtle_is_readable(store: Store) -> None:
    text = exported(store, "turtle").decode()
    assert "\n    zhize:leadAgency <https://w3id.org/zhize/id/agency/%E4%BA%91" in text
    assert '"云陵市城市管理局"@zh' in text and '"2025"^^xsd:gYear' in text
    assert re.search(r"<http://data.europa.eu/eli/ontology#\w", text) is None


def test_json_ld_uses_our_keys(store: Store) -> None:
    data = json.loads(exported(store, "jsonld"))
    assert data["@context"] == json.loads(CONTEXT_FILE.read_text(encoding="utf-8"))["@context"]
    nodes = [node for graph in data["@graph"] for node in graph["@graph"]]
    (lead,) = (node for node in nodes if "leadAgency" in node)
    assert lead["@type"] == ["Duty"] and lead["order"] == "0" and lead["leadAgency"].endswith("%E5%B1%80")
    assert lead["due"] == "2025-12-31" and lead["deadline"]["@value"] == "2025"
    assert not any(key.startswith("http") for node in nodes for key in node)


def test_rdflib_reads_the_same(store: Store) -> None:
    import rdflib

    dataset = rdflib.Dataset()
    dataset.parse(data=exported(store, "nquads"), format="nquads")
    assert len(list(dataset.quads())) == len(store.engine)
    graph = rdflib.Dataset()
    graph.parse(data=exported(store, "jsonld"), format="json-ld")
    assert len(list(graph.quads())) == len(store.engine)


def test_an_unknown_format_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nquads"):
        export(store, "docx", tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


def test_a_broken_off_export_leaves_the_old_file(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "x.ttl"
    file.write_text("old")
    broken = Store(store.folder, None)
    with pytest.raises(AttributeError):
        export(broken, "turtle", file)
    assert file.read_text() == "old" and [p.name for p in tmp_path.iterdir()] == ["x.ttl"]
