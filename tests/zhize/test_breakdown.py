"""``zhize breakdown``: the tasks of one policy of the sample corpus, in every form; which policy is meant."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from rich.cells import cell_len

from tests.zhize.conftest import Run
from tests.zhize.test_duties import numbers

SCHEME = "云政办〔2023〕20号"


def tasks(run: Run, store: Path, policy: str = SCHEME) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("breakdown", policy, "--store", store, "--format", "json").stdout)
    return found


def test_units_of_a_task_stand_in_their_roles(run: Run, store: Path) -> None:
    (walk,) = [task for task in tasks(run, store) if task["task"] == "打通断点堵点"]
    assert walk["lead"] == ["云陵市城市管理局"]
    assert walk["responsible"] == ["云陵市自然资源和规划局", "云陵市公安局"]
    assert (walk["support"], walk["deadline"], walk["clause"], walk["part"]) == ([], "2024-10-31", "二/（二）/一是", "二、重点行动")
    (row,) = [task for task in tasks(run, store) if task["task"].startswith("建成望山路")]
    assert (row["lead"], row["support"]) == (["云陵市公安局"], ["云陵市城市管理局"])
    assert row["responsible"] == ["云陵市住房和城乡建设局", "云陵市白鹭区人民政府"]


def test_tasks_hold_all_duties_of_the_policy(run: Run, store: Path) -> None:
    found = {(name, role) for task in tasks(run, store) for role in ("lead", "responsible", "support") for name in task[role]}
    expected = set()
    for agency in json.loads(run("agencies", "--store", store, "--format", "json").stdout):
        duties = run("duties", agency["iri"], "--store", store, "--format", "jsonl").stdout.splitlines()
        expected |= {(d["agency"], d["role"]) for d in map(json.loads, duties) if d["policy_number"] == SCHEME}
    assert found == expected != set()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_forms_have_the_same_rows(lang: str, run: Run, store: Path, tmp_path: Path) -> None:
    count = len(tasks(run, store))
    arguments = ("breakdown", SCHEME, "--store", store, "--lang", lang)
    _, *body = csv.reader(io.StringIO(run(*arguments, "--format", "csv").stdout))
    assert count == len(body) == len(run(*arguments, "--format", "md").stdout.splitlines()) - 2 > 10
    assert [row[0] for row in body] == [str(at) for at in range(1, count + 1)]
    for suffix in ("xlsx", "docx", "html"):
        run(*arguments, "-o", tmp_path / f"a.{suffix}")
        assert numbers(tmp_path / f"a.{suffix}") == list(range(1, count + 1))


def test_table_of_tasks_as_offices_make_it(run: Run, store: Path, tmp_path: Path) -> None:
    for suffix in ("docx", "xlsx"):
        run("breakdown", SCHEME, "--store", store, "-o", tmp_path / f"a.{suffix}")
    made = Document(str(tmp_path / "a.docx"))
    assert made.paragraphs[0].text == "《云陵市绿色出行提升实施方案（2023—2025年）》任务分解表"
    rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert rows[0] == ["序号", "工作任务", "牵头单位", "责任单位", "配合单位", "完成时限", "目标值", "条款"]
    assert set(rows[1]) == {"二、重点行动"}
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n"}
    assert sheet["A4"].value == "二、重点行动"
    assert "A4:H4" in {str(merged) for merged in sheet.merged_cells.ranges}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_table_fits_80_columns(lang: str, run: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = run("breakdown", SCHEME, "--store", store, "--lang", lang).stdout.splitlines()
    assert max(map(cell_len, lines)) <= 80
    assert len(lines) > 40


MEANT = [
    pytest.param(SCHEME, id="number"),
    pytest.param("云政办[2023] 20号", id="number in other brackets"),
    pytest.param("云陵市绿色出行提升实施方案（2023—2025年）", id="title"),
    pytest.param("《云陵市绿色出行提升实施方案(2023—2025年)》", id="title in brackets of another width"),
    pytest.param("绿色出行提升", id="part of the title"),
]


@pytest.mark.parametrize("text", MEANT)
def test_policy_in_any_way_people_write_it(text: str, run: Run, store: Path) -> None:
    assert tasks(run, store, text) == tasks(run, store)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("停车", "may be any of", id="several"),
        pytest.param("云政办〔2023〕12号", "may be any of 3 policies", id="a number of three"),
        pytest.param("没有这个文件", "zhize policies", id="none"),
        pytest.param("》", "zhize policies", id="nothing but a mark"),
    ],
)
def test_policy_that_is_not_clear(text: str, said: str, run: Run, store: Path) -> None:
    result = run("breakdown", text, "--store", store, code=1)
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("form", ["table", "docx", "xlsx", "html"])
def test_policy_without_tasks(form: str, run: Run, tmp_path: Path) -> None:
    text = "云陵市人民政府\n关于公布测试结果的通知\n云政〔2024〕2号\n\n2024年1月5日\n\n一、根据《中华人民共和国道路交通安全法》，测试结果已经公布。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    run("build", tmp_path / "a.txt", "--store", tmp_path / "s", "--quiet")
    place = [] if form == "table" else ["-o", tmp_path / f"b.{form}"]
    result = run("breakdown", "云政〔2024〕2号", "--store", tmp_path / "s", *place, code=1)
    assert "no unit is given a task" in result.stderr
    assert result.stdout == ""
    assert not list(tmp_path.glob("b.*"))
