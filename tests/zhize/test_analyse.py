"""zhize analyse on the sample corpus: every question in every form, narrowed and compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.analysis.tables import TABLES
from tests.zhize.conftest import Run
from zhize.commands.analyse import NAMES

NOTHING = {"unsound", "cycles"}
"""What the sample corpus has none of, on the day of its newest document."""


def rows(run: Run, store: Path, *arguments: object, code: int = 0) -> Any:
    return json.loads(run("analyse", *arguments, "--store", store, "--format", "json", code=code).stdout)


def test_the_command_knows_every_table() -> None:
    assert set(NAMES) == set(TABLES) and len(NAMES) == len(TABLES)


@pytest.mark.parametrize("what", NAMES)
def test_every_question_has_an_answer_in_every_form(what: str, run: Run, store: Path, tmp_path: Path) -> None:
    code = 1 if what in NOTHING else 0
    counts = {len(rows(run, store, what, code=code))}
    run("analyse", what, "--store", store, "-o", tmp_path / "a.csv", code=code)
    run("analyse", what, "--store", store, "-o", tmp_path / "a.xlsx", code=code)
    run("analyse", what, "--store", store, "-o", tmp_path / "a.md", code=code)
    counts.add(len((tmp_path / "a.md").read_text(encoding="utf-8").splitlines()) - 2)
    assert len(counts) == 1 and (counts == {0}) == (what in NOTHING)


@pytest.mark.parametrize("what", [n for n in NAMES if n not in NOTHING])
def test_a_screen_explains_its_columns(what: str, run: Run, store: Path) -> None:
    from graph.analysis.notes import notes

    chinese, english = (run("analyse", what, "--store", store, "--top", 2, "--lang", lang).stdout for lang in ("zh", "en"))
    brief = [n for n in notes(what) if n.field in TABLES[what].brief]
    assert all(n.label_zh in chinese and n.label_en in english for n in brief)


@pytest.mark.parametrize("what", [n for n in NAMES if n not in NOTHING])
def test_what_is_left_out_is_said_where_agencies_are_measured(what: str, run: Run, store: Path) -> None:
    everybody = json.loads(run("agencies", "--store", store, "--format", "json").stdout)
    unnamed = [row for row in everybody if row["kind"] == "unnamed"]
    said = f"等 {len(unnamed)} 个未点名单位及其 {sum(row['duties'] for row in unnamed)} 条职责不计在内。"
    measured = what in ("agencies", "groups", "concentration", "change", "bottlenecks")
    assert (said in "".join(run("analyse", what, "--store", store).stdout.split("\n          "))) is measured
    if what == "agencies":
        assert len(rows(run, store, what)) == len(everybody) - len(unnamed) < len(everybody)
    nobody = run("analyse", what, "--store", store, "--policy", "云政〔2022〕9号", code=None).stdout
    assert "未点名单位" not in nobody  # a document that names everybody


@pytest.mark.parametrize(
    ("arguments", "agencies", "duties"),
    [
        pytest.param(["--city", "望海市"], 0, 0, id="no such city"),
        pytest.param(["--to", "2022"], 4, 5, id="the plan of 2022"),
        pytest.param(["--policy", "云政〔2022〕9号"], 4, 5, id="its number"),
        pytest.param(["--as-of", "2022-12-31"], 4, 5, id="a day of 2022"),
        pytest.param(["--as-of", "2021-12-31"], 0, 0, id="before all"),
    ],
)
def test_scope(arguments: list[str], agencies: int, duties: int, run: Run, store: Path) -> None:
    found = rows(run, store, "agencies", *arguments, code=0 if agencies else 1)
    assert (len(found), sum(r["duties"] for r in found)) == (agencies, duties)


def test_a_repealed_basis_is_found_on_the_day_after(run: Run, store: Path) -> None:
    """The decision of 2024 repeals 云政文〔2020〕52号 from 1 October; the measures of 2023 go on citing it."""
    assert rows(run, store, "unsound", "--as-of", "2024-09-30", code=1) == []
    (found,) = rows(run, store, "unsound", "--as-of", "2024-10-01")
    assert (found["relation"], found["cited_number"], found["since"]) == ("cites", "云政文〔2020〕52号", "2024-10-01")
    assert "52" in found["evidence"]["quote"]


def test_repeals_form_a_chain(run: Run, store: Path) -> None:
    found = rows(run, store, "repeals", "--as-of", "2023-12-31")
    assert next(r["step"] for r in found if r["chain"] == 1) == 1
    assert {r["repealed_standing"] for r in found} == {"repealed"}


def test_the_longest_chain_ends_with_the_province(run: Run, store: Path) -> None:
    first = rows(run, store, "chains", "--top", 1)[0]
    assert first["tiers"] == ["city", "city", "city", "province"]
    assert first["titles"][-1].startswith("中州省")


def test_periods_of_a_change(run: Run, store: Path) -> None:
    found = rows(run, store, "change", "--compare", "2022:2022,2023:2023")
    assert sum(r["before"] for r in found) == 5 and all(r["difference"] == r["after"] - r["before"] for r in found)
    assert rows(run, store, "change", "--compare", "2010:2011,2012:2013", code=1) == []


@pytest.mark.parametrize("span", ["month", "quarter", "year"])
def test_bottlenecks_by(span: str, run: Run, store: Path) -> None:
    marks = {"month": r"-", "quarter": "-Q", "year": ""}
    assert all(marks[span] in r["period"] and r["duties"] > 1 for r in rows(run, store, "bottlenecks", "--by", span))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["change", "--compare", "2023"], "FIRST:LAST", id="one year"),
        pytest.param(["change", "--compare", "2023:2022,2024:2025"], "FIRST:LAST", id="backwards"),
        pytest.param(["agencies", "--from", "2024", "--to", "2022"], "lies behind", id="years backwards"),
        pytest.param(["agencies", "--as-of", "2024-02-30"], "not a day", id="no such day"),
        pytest.param(["groups", "--format", "gexf"], "agencies or policies", id="no network"),
        pytest.param(["policies", "--network", "lead", "--format", "gexf"], "not one of policies", id="network of the other"),
        pytest.param(["agencies", "--network", "lead"], "gexf and graphml", id="network in a table"),
    ],
)
def test_wrong_use(arguments: list[str], said: str, run: Run, store: Path) -> None:
    assert said in run("analyse", *arguments, "--store", store, code=2).stderr


@pytest.mark.parametrize(
    ("what", "network", "directed"),
    [("agencies", "shared", False), ("agencies", "lead", True), ("policies", "basis", True), ("policies", "repeals", True)],
)
def test_networks(what: str, network: str, directed: bool, run: Run, store: Path, tmp_path: Path) -> None:
    import networkx as nx

    run("analyse", what, "--network", network, "--store", store, "-o", tmp_path / "n.gexf")
    net = nx.read_gexf(tmp_path / "n.gexf")
    assert net.is_directed() == directed and len(net.edges) > 3
    assert all("viz" in node for _, node in net.nodes(data=True))


def test_clauses_without_a_unit_stand_beside_others(run: Run, store: Path) -> None:
    found = rows(run, store, "clauses")
    assert not [r for r in found if "条" in r["clause"]]
    assert all(r["evidence"]["quote"] for r in found)
