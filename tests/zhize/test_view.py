"""``zhize view``: whose network a name asks for, and what happens where it means nobody or several."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.zhize.conftest import Run


def data(path: Path) -> Any:
    """What the page is told."""
    (text,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', path.read_text(encoding="utf-8"), re.S)
    return json.loads(text)


def centre(run: Run, store: Path, tmp_path: Path, *arguments: str) -> str:
    run("view", *arguments, "--store", store, "-o", tmp_path / "v.html", "-q")
    told = data(tmp_path / "v.html")
    return str(told["subjects"][told["focus"]]["name"])


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("云陵市财政局", id="official name"),
        pytest.param("市财政局", id="as a local writes it"),
    ],
)
def test_an_agency_by_any_name(name: str, run: Run, store: Path, tmp_path: Path) -> None:
    assert centre(run, store, tmp_path, name) == "云陵市财政局"
    told = data(tmp_path / "v.html")
    assert told["kind"] == "agencies"
    middle = told["focus"]
    assert all(any(party[0] == middle for party in card["parties"]) for card in told["cards"])


def test_a_document_by_number_title_and_part_of_its_title(run: Run, store: Path, tmp_path: Path) -> None:
    listing = json.loads(run("policies", "--store", store, "--format", "json").stdout)
    wanted = next(p for p in listing if p["number"] and p["links"])
    for name in (wanted["number"], wanted["title"], f"《{wanted['title']}》", wanted["title"][3:]):
        assert centre(run, store, tmp_path, name) == wanted["title"], name
        assert data(tmp_path / "v.html")["kind"] == "policies"


def test_a_document_that_is_only_cited(run: Run, store: Path, tmp_path: Path) -> None:
    listing = json.loads(run("policies", "--store", store, "--cited", "--format", "json").stdout)
    cited = next(p["title"] for p in listing if not p["resolved"] and p["title"].startswith("中华人民共和国"))
    assert centre(run, store, tmp_path, cited) == cited
    told = data(tmp_path / "v.html")
    assert len(told["subjects"]) > 1


def test_what_means_nobody_names_the_nearest(run: Run, store: Path, tmp_path: Path) -> None:
    result = run("view", "市财证局", "--store", store, "-o", tmp_path / "v.html", code=1)
    assert "云陵市财政局" in result.stderr
    assert not (tmp_path / "v.html").exists()


def test_an_unknown_document_says_where_to_look(run: Run, store: Path, tmp_path: Path) -> None:
    result = run("view", "《云陵市查无此文办法》", "--store", store, "-o", tmp_path / "v.html", code=1)
    assert "zhize policies" in result.stderr
    assert not (tmp_path / "v.html").exists()


def test_a_day_is_said_on_the_page(run: Run, store: Path, tmp_path: Path) -> None:
    run("view", "policies", "--store", store, "-o", tmp_path / "v.html", "--as-of", "1990-01-01")
    told = data(tmp_path / "v.html")
    assert (told["day"], told["state"]) == ("1990-01-01", "in_force")
    held = [doc for doc, subject in zip(told["docs"], told["subjects"], strict=True) if not subject["soft"] and doc["dated"]]
    assert held and all(doc["state"] == "pending" for doc in held)


@pytest.mark.parametrize("day", ["2024-13-01", "yesterday", ""])
def test_a_day_that_is_none(day: str, run: Run, store: Path, tmp_path: Path) -> None:
    assert "is not a day" in run("view", "policies", "--store", store, "-o", tmp_path / "v.html", "--as-of", day, code=2).stderr


@pytest.mark.parametrize("what", ["agencies", "policies"])
def test_documents_bring_their_standing(what: str, run: Run, store: Path, tmp_path: Path) -> None:
    run("view", what, "--store", store, "-o", tmp_path / "v.html")
    told = data(tmp_path / "v.html")
    assert told["day"] and told["state"] == ""
    assert {doc["state"] for doc in told["docs"]} <= {"in_force", "pending", "expired", "repealed", "unknown"}
    assert all(doc["state"] for doc in told["docs"])


@pytest.mark.parametrize(("day", "told"), [("2023-06-30", None), ("2023-08-01", [["after", "国家金融监督管理总局云陵监管分局（2023-07）"]])])
def test_agencies_bring_what_they_became(day: str, told: list[list[str]] | None, run: Run, store: Path, tmp_path: Path) -> None:
    run("view", "agencies", "--store", store, "-o", tmp_path / "v.html", "--as-of", day)
    (bank,) = (s for s in data(tmp_path / "v.html")["subjects"] if s["name"] == "中国银行保险监督管理委员会云陵监管分局")
    assert bank.get("meta") == told


def test_documents_bring_their_duties(run: Run, store: Path, tmp_path: Path) -> None:
    run("view", "policies", "--store", store, "-o", tmp_path / "v.html")
    told = data(tmp_path / "v.html")
    duties = json.loads(run("duties", "云陵市财政局", "--store", store, "--format", "json").stdout)
    assert "云陵市财政局" in told["bodies"]
    quotes = {card["quote"] for card in told["duties"]}
    assert duties and {duty["evidence"]["quote"] for duty in duties} <= quotes
