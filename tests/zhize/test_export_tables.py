"""``zhize export`` as flat tables."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.zhize.conftest import Run


@pytest.mark.parametrize("suffix", ["db", "sqlite", "sqlite3"])
def test_sqlite(suffix: str, run: Run, store: Path, tmp_path: Path) -> None:
    result = run("export", "--store", store, "-o", tmp_path / f"a.{suffix}")
    (count,) = sqlite3.connect(tmp_path / f"a.{suffix}").execute("SELECT count(*) FROM duties").fetchone()
    assert f"{count} duties" in result.stderr
    assert sum(a["duties"] for a in json.loads(run("agencies", "--store", store, "--format", "json").stdout)) == count > 50
    assert json.loads((tmp_path / "a.metadata.json").read_text(encoding="utf-8"))["databases"]["a"]["tables"]["duties"]


@pytest.mark.parametrize("arguments", [["--format", "parquet", "-o", "tables"], ["-o", "tables.parquet"]], ids=["format", "suffix"])
def test_parquet(arguments: list[str], run: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):  # an existing folder is no hindrance
        run("export", "--store", store, *arguments, "--quiet")
    assert pq.read_table(Path(arguments[-1]) / "duties.parquet").num_rows > 50
    assert len(list(Path(arguments[-1]).iterdir())) == 7


@pytest.mark.parametrize("form", ["sqlite", "parquet"])
def test_tables_need_a_place(form: str, run: Run, store: Path) -> None:
    assert "add -o" in run("export", "--store", store, "--format", form, code=2).stderr


def test_a_place_that_cannot_be(run: Run, store: Path, tmp_path: Path) -> None:
    result = run("export", "--store", store, "-o", tmp_path / "none" / "a.db", code=2)
    assert "cannot be written: the folder" in result.stderr
