"""Every file that people hand on has the same bytes in every run: two processes, at two times, with sets in another order."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

import zhize

COMMANDS = {
    "duties.xlsx": ("duties", "市财政局", "-o"),
    "duties.docx": ("duties", "市财政局", "-o"),
    "duties.html": ("duties", "市财政局", "-o"),
    "duties.ics": ("duties", "市城管局", "-o"),
    "duties.csv": ("duties", "市财政局", "-o"),
    "all": ("duties", "--all", "-o"),
    "breakdown.xlsx": ("breakdown", "绿色出行提升", "-o"),
    "breakdown.docx": ("breakdown", "绿色出行提升", "-o"),
    "agencies.xlsx": ("agencies", "-o"),
    "groups.xlsx": ("analyse", "groups", "-o"),
    "shared.gexf": ("analyse", "agencies", "-o"),
    "lead.graphml": ("analyse", "agencies", "--network", "lead", "-o"),
    "policies.gexf": ("analyse", "policies", "-o"),
    "view.html": ("view", "agencies", "-o"),
    "policies.html": ("view", "policies", "-o"),
    "report.html": ("report", "-o"),
    "facts.sqlite": ("export", "-o"),
    "graph.nq": ("export", "-o"),
    "tables": ("export", "--format", "parquet", "-o"),
}
ROOT = Path(zhize.__file__).parent.parent
RUN = """
import sys
from zhize.main import cli
for line in sys.argv[2].split("\\n"):
    assert not cli.main([*line.split("\\t"), "--store", sys.argv[1], "-q"], prog_name="zhize", standalone_mode=False)
"""


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def runs(store: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folders = []
    for seed in ("1", "2"):
        folder = tmp_path_factory.mktemp(f"run{seed}")
        lines = "\n".join("\t".join((*command, str(folder / name))) for name, command in COMMANDS.items())
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", RUN, str(store), lines], check=True, cwd=ROOT, env=env)
        folders.append(folder)
        time.sleep(2.1)  # a zip file tells the time to two seconds
    return folders


def test_two_runs_write_the_same_bytes(runs: list[Path]) -> None:
    first, second = map(_files, runs)
    assert set(first) == set(second) and len(first) > 60
    assert {name.partition("/")[0] for name in first} == {*COMMANDS, "facts.metadata.json"}
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.parametrize("name", ["duties.xlsx", "duties.docx", "breakdown.docx", "agencies.xlsx"])
def test_a_package_says_the_day_of_its_newest_policy(name: str, runs: list[Path]) -> None:
    path = runs[0] / name
    about = Document(str(path)).core_properties if name.endswith("docx") else load_workbook(path).properties
    dated = {"duties": "2023-12-01", "breakdown": "2023-06-28"}.get(name.partition(".")[0], "2000-01-01")
    assert [f"{day:%Y-%m-%d %H:%M}" for day in (about.created, about.modified)] == [f"{dated} 00:00"] * 2
    with zipfile.ZipFile(path) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.testzip() is None
