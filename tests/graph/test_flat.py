"""The flat tables: the rows that the graph has, documented columns, whole files or none."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from graph import answers, flat
from graph.store import Store
from ontology.vocabulary import term

TABLES = ("policies", "clauses", "duties", "targets", "citations", "notes", "agencies")


@pytest.fixture(scope="module")
def base(store: Store, tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    path = tmp_path_factory.mktemp("flat") / "graph.db"
    flat.write_sqlite(store, path)
    found = sqlite3.connect(path)
    found.row_factory = sqlite3.Row
    return found


def rows(base: sqlite3.Connection, query: str) -> list[dict[str, Any]]:
    return [dict(row) for row in base.execute(query)]


def test_all_tables_and_columns_are_described(base: sqlite3.Connection) -> None:
    described = {(r["table"], r["column"]): r for r in rows(base, "SELECT * FROM columns")}
    found = {(t, r["name"]) for t in TABLES for r in rows(base, f"PRAGMA table_info({t})")}
    assert set(described) == found
    assert all(re.search("[一-鿿]", r["meaning"]) and r["meaning_en"] for r in described.values())
    assert {t for t, _ in found} == set(TABLES)


def test_paths_are_terms_of_the_ontology() -> None:
    paths = {
        part for several in flat.fields().values() for f in several if not f.path.startswith("<") for part in f.path.split("/")
    }
    assert all(term(path) for path in paths)
    assert len(paths) > 20


def test_duties_are_those_of_the_answers(base: sqlite3.Connection, store: Store) -> None:
    found = {r["duty"]: r for r in rows(base, "SELECT * FROM duties")}
    expected = answers.all_duties(store)
    assert len(found) == len(expected) > 0
    for d in expected:
        r = found[d.iri]
        assert (r["agency"], r["agency_name"], r["role"], r["form"]) == (d.agency_iri, d.agency, d.role, d.form)
        assert (r["task"], r["deadline"], r["path"], r["position"]) == (d.task, d.deadline, d.clause, d.order)
        assert (r["policy_title"], r["policy_number"], r["quote"]) == (d.policy_title, d.policy_number, d.evidence.quote)
        assert (r["source"], r["start"], r["end"]) == (d.evidence.source, d.evidence.start, d.evidence.end)
        assert (1.0 if r["confidence"] is None else r["confidence"], r["reason"]) == (d.confidence, d.reason)


def test_targets_are_those_of_the_answers(base: sqlite3.Connection, store: Store) -> None:
    found = {r["target"]: r for r in rows(base, "SELECT * FROM targets")}
    expected = answers.targets(store)
    assert len(found) == len(expected) > 0
    for t in expected:
        r = found[t.iri]
        assert (r["kind"], r["indicator"], r["op"], r["value"], r["unit"]) == (t.kind, t.indicator, t.op, t.value, t.unit)
        assert (r["low"], r["high"], r["change"], r["baseline"], r["by"]) == (t.low, t.high, t.change, t.baseline, t.by)


def test_citations_and_notes(base: sqlite3.Connection, store: Store) -> None:
    links = sorted((k.policy, k.relation, k.cited, k.why_unresolved) for k in answers.links(store))
    cited = rows(base, "SELECT policy, relation, document, unresolved FROM citations")
    assert sorted((r["policy"], r["relation"], r["document"], r["unresolved"]) for r in cited) == links
    assert rows(base, "SELECT count(*) AS n FROM citations JOIN policies ON document = policies.policy")[0]["n"] > 0
    assert {r["note"] for r in rows(base, "SELECT note FROM notes")} == {n.iri for n in answers.notes(store)}


def test_policies_and_agencies(base: sqlite3.Connection, store: Store) -> None:
    read = {p.iri: p for p in answers.policies(store) if p.resolved}
    for r in rows(base, "SELECT * FROM policies"):
        p = read.pop(r["policy"])
        assert (r["title"], r["number"], r["issuer"], r["dated"], r["type"]) == (
            p.title,
            p.number,
            "；".join(p.issuers),
            p.dated,
            p.type,
        )
    assert not read
    load = {a.iri: (a.name, a.lead, a.responsible, a.support, a.known) for a in answers.agencies(store)}
    found = {
        r["agency"]: (r["name"], r["lead"], r["responsible"], r["support"], bool(r["known"]))
        for r in rows(base, "SELECT * FROM agencies")
    }
    assert {iri: found[iri] for iri in load} == load
    assert len(found) > len(load)  # an issuer without duties


def test_keys_lead_somewhere(base: sqlite3.Connection) -> None:
    assert rows(base, "PRAGMA foreign_key_check") == []
    assert {r["table"] for r in rows(base, "PRAGMA foreign_key_list(duties)")} == {"policies", "clauses", "agencies"}


def test_same_graph_same_file(store: Store, tmp_path: Path) -> None:
    for name in ("a.db", "b.db"):
        flat.write_sqlite(store, tmp_path / name)
    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()


def test_a_file_is_replaced_whole(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    flat.write_sqlite(store, path)
    before = path.read_bytes()

    def broken(store: Store) -> Any:
        yield from list(flat_rows(store))[:3]
        raise OSError(28, "No space left on device")

    flat_rows = flat.rows
    monkeypatch.setattr(flat, "rows", broken)
    with pytest.raises(OSError):
        flat.write_sqlite(store, path)
    with pytest.raises(OSError):
        flat.write_parquet(store, tmp_path / "tables")
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["a.db"]


def test_parquet_has_the_same_rows(base: sqlite3.Connection, store: Store, tmp_path: Path) -> None:
    counts = flat.write_parquet(store, tmp_path / "tables")
    assert sorted(p.name for p in (tmp_path / "tables").iterdir()) == sorted(f"{t}.parquet" for t in TABLES)
    for table in TABLES:
        found = pq.read_table(tmp_path / "tables" / f"{table}.parquet")
        assert found.to_pylist() == rows(base, f"SELECT * FROM {table}")
        assert found.num_rows == counts[table] > 0
        assert all(field.metadata[b"meaning"].decode() for field in found.schema)


def test_without_pyarrow(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(flat.NoParquetError, match=r"zhize\[parquet\]"):
        flat.write_parquet(store, tmp_path / "tables")
    assert not (tmp_path / "tables").exists()


def test_metadata_for_datasette() -> None:
    tables = json.loads(flat.datasette_metadata("graph"))["databases"]["graph"]["tables"]
    assert set(tables) == set(TABLES)
    assert "牵头" in tables["duties"]["columns"]["role"]
