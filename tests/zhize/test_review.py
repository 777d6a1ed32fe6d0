"""``zhize review`` and corrections from the command line: what is listed, what answers it, and that answers can be taken back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from extract.fact import NOTE_KINDS
from tests.factories import HEAD
from tests.zhize.conftest import Run
from zhize.labels import WORDS

TEXT = HEAD + """一、建设泊位。新建泊位3000个。（责任单位：市星云办、市财政局）
二、规范收费。按照《云陵市停车收费办法》执行。（市发改委牵头，市城管局、市公安局）
三、加强管理。市公安局要疏导交通，安排专人负责停车秩序。（责任单位：市星云办）
2023年3月1日
"""
OTHER = TEXT.replace("停车", "消防").replace("7号", "8号")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("review")
    (found / "a.txt").write_text(TEXT, encoding="utf-8")
    (found / "b.txt").write_text(OTHER, encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def store(folder: Path, run: Run) -> Path:
    run("build", folder, "--store", folder / "store", "--quiet")
    return folder / "store"


def rows(run: Run, *arguments: object, code: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("review", *arguments, "--format", "json", code=code).stdout)
    return found


def kinds(found: list[dict[str, Any]]) -> list[str]:
    return [row["kind"] for row in found]


def test_kinds_have_words() -> None:
    assert all(f"note.{kind}" in WORDS for kind in NOTE_KINDS)


def test_notes_of_a_graph_and_of_documents_are_the_same(run: Run, store: Path, folder: Path) -> None:
    built, read = (sorted(rows(run, *where), key=lambda r: (r["evidence"]["source"], r["message"]))
                   for where in (("--store", store), (folder / "a.txt", folder / "b.txt")))  # fmt: skip
    assert [{**row, "iri": ""} for row in built] == read
    assert kinds(rows(run, "--store", store)) == ["agency", "agency", "role", "role", "text", "text"]


def test_the_screen_groups_by_kind_with_counts(run: Run, store: Path) -> None:
    text = run("review", "--store", store).stdout
    assert text.startswith("共 6 项：未登记机构 2  责任方式两读 2  未读职责 2")
    assert re.search(r"^未登记机构  2$", text, re.MULTILINE)
    assert text.count("未登记的机构：市星云办") == 1  # of two documents, once
    assert text.count("a.txt:") == text.count("b.txt:") == 3
    assert run("review", "--store", store, "--lang", "en").stdout.startswith("6 in all: unknown agency 2")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(["--kind", "agency"], ["agency", "agency"], id="kind"),
        pytest.param(["--kind", "text", "--kind", "role"], ["role", "role", "text", "text"], id="two kinds"),
        pytest.param(["--policy", "8号"], ["agency", "role", "text"], id="number"),
        pytest.param(["--policy", "消防", "--kind", "text"], ["text"], id="title and kind"),
    ],
)
def test_filters(arguments: list[str], expected: list[str], run: Run, store: Path) -> None:
    assert kinds(rows(run, "--store", store, *arguments)) == expected


def test_nothing_to_review(run: Run, store: Path) -> None:
    assert run("review", "--store", store, "--kind", "weak", code=1).stderr == "Nothing to review.\n"
    assert rows(run, "--store", store, "--kind", "corrected", code=1) == []
    assert "'boss'" in run("review", "--kind", "boss", code=2).stderr


FIX = """agencies:
- from: 云陵市星云办公室
  to: 云陵市星云局
facts:
- policy: {policy}
  kind: duty
  quote: 市财政局
  drop: true
"""


@pytest.fixture
def fixes(run: Run, folder: Path, tmp_path: Path) -> Path:
    policy = json.loads(run("extract", folder / "a.txt").stdout.splitlines()[0])["policy"]
    (tmp_path / "fix.yaml").write_text(FIX.format(policy=policy), encoding="utf-8")
    return tmp_path / "fix.yaml"


def test_corrections_are_reversible(run: Run, folder: Path, fixes: Path, tmp_path: Path) -> None:
    def built(*options: object) -> str:
        run("build", folder, "--store", tmp_path / "s", "--quiet", *options)
        run("export", "--store", tmp_path / "s", "-o", tmp_path / "s.nq")
        return "\n".join(sorted((tmp_path / "s.nq").read_text(encoding="utf-8").splitlines()))

    before = built()
    changed = built("--corrections", fixes)
    assert "云陵市星云局" in changed and "人工更正" in changed and "人工更正" not in before
    assert built("--corrections", fixes) == changed
    assert built() == before


def test_what_was_taken_away_is_listed_when_asked_for(run: Run, folder: Path, fixes: Path) -> None:
    where = (folder / "a.txt", "--corrections", fixes)
    assert kinds(rows(run, *where)) == ["role", "text"]
    (row,) = rows(run, *where, "--kind", "corrected")
    assert row["message"] == "人工更正：删去职责“市财政局”"


def test_a_graph_built_before_the_corrections_lists_only_what_they_leave_open(run: Run, store: Path, fixes: Path) -> None:
    assert kinds(rows(run, "--store", store, "--corrections", fixes)) == ["role", "role", "text", "text"]


@pytest.mark.parametrize("how", ["option", "environment", "usual name"])
def test_three_ways_to_name_the_file(how: str, run: Run, folder: Path, fixes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(fixes.parent)
    if how == "environment":
        monkeypatch.setenv("ZHIZE_CORRECTIONS", str(fixes))
    if how == "usual name":
        fixes.rename("zhize-corrections.yaml")
    options = ["--corrections", fixes] if how == "option" else []
    assert "云陵市星云局" in run("extract", folder / "a.txt", *options).stdout
    if how == "usual name":
        assert "云陵市星云局" not in run("extract", folder / "a.txt", "--corrections", "").stdout


def test_entries_without_effect_are_named_with_their_lines(run: Run, folder: Path, fixes: Path) -> None:
    result = run("extract", folder / "b.txt", "--corrections", fixes)
    assert "fix.yaml, line 5: no document that was read has the policy" in result.stderr
    many = "aliases:\n" + "".join(f"- {{mention: 甲{n}办, agency: 甲局}}\n" for n in range(14))
    fixes.write_text(many, encoding="utf-8")
    said = run("extract", folder / "b.txt", "--corrections", fixes).stderr.splitlines()
    assert len(said) == 11
    assert said[-1] == "fix.yaml: 4 more entries did nothing (lines 12, 13, 14, 15)."


@pytest.mark.parametrize("command", [["build"], ["extract", "a.txt"], ["inspect", "a.txt", "-o", "p.html"], ["review"]])
@pytest.mark.parametrize(("content", "said"), [("facts: [", "line 1: the file is not YAML"), (None, "cannot be read")], ids=["malformed", "missing"])
def test_a_bad_file_of_corrections_stops_every_command(
    command: list[str], content: str | None, said: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    if content is not None:
        Path("bad.yaml").write_text(content, encoding="utf-8")
    result = run(*command, "--corrections", "bad.yaml", code=2)
    assert "Error: bad.yaml" in result.stderr and said in result.stderr
    assert result.stdout == ""
    assert {p.name for p in tmp_path.iterdir()} <= {"a.txt", "bad.yaml"}


@pytest.mark.parametrize("source", ["graph", "documents"])
def test_the_template_filled_in_settles_what_it_was_made_for(source: str, run: Run, folder: Path, store: Path, tmp_path: Path) -> None:
    where = ["--store", store] if source == "graph" else [folder / "a.txt", folder / "b.txt"]
    path = tmp_path / "t.yaml"
    assert "6 notes" in run("review", *where, "--template", path).stderr
    assert "there already" in run("review", *where, "--template", path, code=2).stderr
    text = path.read_text(encoding="utf-8")
    assert run("extract", folder / "a.txt", "--corrections", path).stdout == run("extract", folder / "a.txt").stdout
    filled = re.sub(r"^# (?=- (?:from|policy)|  (?:to|kind|start|quote|set|add|drop))", "", text, flags=re.MULTILINE)
    path.write_text(filled, encoding="utf-8")
    assert rows(run, folder / "a.txt", folder / "b.txt", "--corrections", path, code=1) == []
    assert run("extract", folder / "a.txt", folder / "b.txt", "--corrections", path).stderr == ""
