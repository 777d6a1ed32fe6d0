"""Words that frame a task or a figure: every row by its example, and words that look alike and name one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import graph.analysis
from graph.analysis.frames import is_frame, is_general, is_limit

FILE = Path(graph.analysis.__file__).with_name("frames.tsv")
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines(), delimiter="\t"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['kind']} {row['words']}")
def test_every_row_knows_its_example(row: dict[str, str]) -> None:
    assert {"heading": is_frame, "indicator": is_general}[row["kind"]](row["example"])


def test_rows_are_told_once() -> None:
    words = [(row["kind"], row["words"]) for row in ROWS]
    assert len(set(words)) == len(words) and all(row["meaning"] for row in ROWS)


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("加强组织领导", id="a task"),
        pytest.param("扩大试点范围", id="a scope that is to be widened"),
        pytest.param("明确目标任务", id="aims that are to be set"),
        pytest.param("提高道路等级", id="degrees that are to be raised"),
        pytest.param("", id="no heading"),
    ],
)
def test_tasks_are_no_frames(heading: str) -> None:
    assert not is_frame(heading)


@pytest.mark.parametrize(
    ("indicator", "general"),
    [
        pytest.param("规模", True, id="of what?"),
        pytest.param("新材料产业规模", False, id="of an industry that is named"),
        pytest.param("停车泊位数量", False, id="of a thing that is named"),
        pytest.param("城镇化率", False, id="a name of its own"),
    ],
)
def test_bare_measures(indicator: str, general: bool) -> None:
    assert is_general(indicator) is general


@pytest.mark.parametrize(
    ("unit", "limit"),
    [("个工作日", True), ("天", True), ("小时", True), ("个月", True), ("%", False), ("个", False), ("人天", False), ("", False)],
)
def test_time_limits(unit: str, limit: bool) -> None:
    assert is_limit(unit) is limit
