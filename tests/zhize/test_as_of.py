"""``--as-of``: every command gives the state of that day, and all give the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.build import build
from tests.graph.derived_records import BANKS, reform
from tests.graph.records import everything
from tests.zhize.conftest import Run

DAYS = ["1990-01-01", "2023-04-30", "2023-08-01", "2024-09-30", "2024-10-01", "2026-12-02"]


def rows(run: Run, store: Path, *arguments: str) -> list[dict[str, Any]]:
    """The rows of a command; none where it leaves with code 1, finding nothing."""
    try:
        return json.loads(run(*arguments, "--store", store, "--format", "json").stdout)  # type: ignore[no-any-return]
    except AssertionError:
        run(*arguments, "--store", store, code=1)
        return []


@pytest.mark.parametrize("day", DAYS)
def test_all_commands_agree_on_a_day(day: str, run: Run, store: Path) -> None:
    policies = rows(run, store, "policies", "--as-of", day)
    agencies = rows(run, store, "agencies", "--as-of", day)
    targets = rows(run, store, "targets", "--as-of", day)
    assert sum(p["duties"] for p in policies) == sum(a["duties"] for a in agencies)
    assert sum(p["targets"] for p in policies) == len(targets)
    assert {t["policy"] for t in targets} <= {p["iri"] for p in policies}
    for agency in agencies[:3]:
        duties = rows(run, store, "duties", agency["name"], "--as-of", day)
        assert (len(duties), len({d["policy"] for d in duties})) == (agency["duties"], agency["policies"])
    assert all(p["standing"]["state"] == "in_force" for p in policies)


def test_the_days_differ(run: Run, store: Path) -> None:
    counts = [len(rows(run, store, "policies", "--as-of", day)) for day in DAYS]
    assert counts[0] == 0 and len(set(counts)) > 3


def test_a_policy_is_not_yet_named_by_later_ones(run: Run, store: Path) -> None:
    named = {p["title"]: p["named_by"] for p in rows(run, store, "policies", "--as-of", "2023-08-01")}
    later = {p["title"]: p["named_by"] for p in rows(run, store, "policies", "--as-of", "2024-10-01")}
    assert any(len(later[title]) > len(named[title]) for title in named if title in later)


@pytest.mark.parametrize("command", ["agencies", "policies", "targets"])
def test_a_day_that_is_none(command: str, run: Run, store: Path) -> None:
    assert "is not a day" in run(command, "--as-of", "2023-02-30", "--store", store, code=2).stderr


@pytest.mark.parametrize(("lang", "words"), [("zh", "2023-08-01 有效的职责"), ("en", "Duties in force on 2023-08-01")])
def test_the_day_is_said(lang: str, words: str, run: Run, store: Path) -> None:
    assert words in run("agencies", "--as-of", "2023-08-01", "--store", store, "--lang", lang).stdout
    assert "2023-08-01" in run("policies", "--as-of", "2023-08-01", "--store", store, "--lang", lang).stdout


@pytest.fixture(scope="module")
def reformed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reformed")
    build([*everything(), *reform()], folder)
    return folder


SUCCESSOR = "国家金融监督管理总局云陵监管分局"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["agencies"], True, id="agencies"),
        pytest.param(["agencies", "--as-of", "2023-06-30"], False, id="agencies before the change"),
        pytest.param(["agencies", "--as-of", "2023-07-01"], True, id="agencies after it"),
        pytest.param(["duties", BANKS], True, id="duties"),
        pytest.param(["duties", BANKS, "--as-of", "2023-06-30"], False, id="duties before the change"),
    ],
)
def test_what_a_body_became(arguments: list[str], said: bool, run: Run, reformed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    told = run(*arguments, "--store", reformed).stdout
    assert BANKS in told and (f"后继：{SUCCESSOR}（2023-07 起）" in told) is said


def test_lineage_in_tables(run: Run, reformed: Path) -> None:
    (row,) = (a for a in rows(run, reformed, "agencies") if a["name"] == BANKS)
    assert row["before"] == [] and [(r["name"], r["since"]) for r in row["after"]] == [(SUCCESSOR, "2023-07")]
    assert f"后继：{SUCCESSOR}" in run("agencies", "--store", reformed, "--format", "csv").stdout
    assert f"after: {SUCCESSOR}" in run("agencies", "--store", reformed, "--format", "csv", "--lang", "en").stdout


def test_a_body_that_no_document_names_leads_to_what_it_was(run: Run, reformed: Path) -> None:
    told = run("duties", SUCCESSOR, "--store", reformed, code=1).stderr
    assert "what it was before or became" in told and BANKS in told
