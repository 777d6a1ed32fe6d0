"""``zhize check``: the verdict, the findings in all forms, exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.zhize.conftest import Run

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
BAD = """@prefix zhize: <https://w3id.org/zhize/ontology#> .
@prefix ex: <https://w3id.org/zhize/id/x/> .
ex:p a zhize:Policy ; <http://www.w3.org/2000/01/rdf-schema#label> "=云陵市停车办法"@zh .
ex:d a zhize:Duty ; zhize:policy ex:p ; zhize:task "新增泊位\\u001B[31m" ; zhize:role "lead" .
"""


def whole(shown: str) -> str:
    """What a terminal shows, without the ends of its lines, which fall where the name of the folder makes them fall."""
    return shown.replace("\n", "")


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.ttl"
    path.write_text(BAD, encoding="utf-8")
    return path


def test_the_sample_corpus_is_sound(run: Run, store: Path) -> None:
    assert "没有不符合规则之处" in whole(run("check", "--store", store).stdout)
    assert "no rule is broken" in run("check", store, "--lang", "en").stdout.replace("\n", " ")
    assert run("check", "--store", store, "--format", "json").stdout == "[]\n"


def test_findings_are_said_by_rule(run: Run, bad: Path) -> None:
    shown = run("check", bad, code=1).stdout
    assert "9 处不符合 8 条规则" in whole(shown)
    assert "职责须写明角色：牵头、责任或配合。  1" in shown and "不在许可值之内：lead" in shown
    assert "《=云陵市停车办法》" in shown and "处理办法" in shown and "\x1b" not in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_word_of_a_finding_is_in_the_language(run: Run, bad: Path, lang: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run("check", bad, "--format", "csv", "--lang", lang, code=1).stdout)))
    assert len(rows) == 9
    rule, problem, _, kind, *_ = rows[0]
    assert {row[kind] for row in rows} == ({"职责", "政策文件"} if lang == "zh" else {"duty", "policy document"})
    assert all(row[rule] and row[problem] for row in rows)
    assert all(row[problem].isascii() == (lang == "en") for row in rows)


def test_findings_as_json_and_workbook(run: Run, bad: Path, tmp_path: Path) -> None:
    found = json.loads(run("check", bad, "--format", "json", code=1).stdout)
    assert {"rule": "oneRole", "problem": "In", "value": "lead"}.items() <= next(f for f in found if f["rule"] == "oneRole").items()
    assert all(f["message"] and f["advice"] for f in found)
    run("check", bad, "-o", tmp_path / "found.xlsx", code=1)
    page = load_workbook(tmp_path / "found.xlsx").active
    assert page is not None and page.max_row == len(found) + 1
    assert not any(cell.data_type == "f" for row in page.iter_rows() for cell in row)


def test_records_are_checked(run: Run, tmp_path: Path) -> None:
    run("sample", tmp_path)
    facts = tmp_path / "facts.jsonl"
    run("extract", *sorted(tmp_path.glob("*.txt")), "-o", facts, "--quiet")
    assert "条记录，没有不符合规则之处" in whole(run("check", facts).stdout)
    lines = facts.read_text(encoding="utf-8").replace('"role": "lead"', '"role": "boss"', 1)
    facts.write_text(lines, encoding="utf-8")
    shown = whole(run("check", facts, code=1).stdout)
    assert 'role: "boss" (lead | responsible | support)' in shown


def test_the_rules_are_listed(run: Run) -> None:
    shown = json.loads(run("check", "--rules", "--format", "json", "--lang", "en").stdout)
    assert {"name", "message", "advice"} <= set(shown[0])
    assert "职责须写明角色" in run("check", "--rules").stdout


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        pytest.param("a.ttl", "no turtle", "line 1", id="no turtle"),
        pytest.param("a.pdf", "", "suffix", id="no rdf by its name"),
        pytest.param("empty", None, "there is no graph", id="a folder without a graph"),
    ],
)
def test_what_cannot_be_checked(run: Run, tmp_path: Path, name: str, text: str | None, words: str) -> None:
    path = tmp_path / name
    if text is None:
        path.mkdir()
    else:
        path.write_text(text, encoding="utf-8")
    assert words in run("check", path, code=2).stderr


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the five gazettes are not in {CORPUS}")
def test_the_five_gazettes_conform_within_a_minute(run: Run, tmp_path: Path) -> None:
    run("build", CORPUS, "--store", tmp_path, "--quiet")
    before = sum(os.times()[:2])
    assert "没有不符合规则之处" in whole(run("check", tmp_path).stdout)
    assert sum(os.times()[:2]) - before < 60
