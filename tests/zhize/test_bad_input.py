"""Bad sources: each is named with its reason and a way out, the others go through, nothing that was built is lost."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.errors import ZhizeError
from tests.zhize.conftest import Run
from zhize.sources import SAMPLE

GOOD = """云陵市人民政府办公室
关于加强节水工作的通知
云政办〔2024〕8号
各县（区）人民政府，市政府有关部门：
为做好节水工作，现通知如下：
一、目标
到2025年，再生水利用率达到30%。（责任单位：市水利局、市财政局）
2024年2月5日
"""


def missing(path: Path) -> None:
    pass


def empty(path: Path) -> None:
    path.write_bytes(b"")


def blank(path: Path) -> None:
    path.write_text(" \n\n\t\n", encoding="utf-8")


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + bytes(500))


def folder(path: Path) -> None:
    path.mkdir()


def japanese(path: Path) -> None:
    path.write_bytes(("市役所は節水に関する実施計画を定め、各部局に通知する。" * 20).encode("shift_jis"))


def damaged(path: Path) -> None:
    path.write_bytes(GOOD.encode()[:-40] + b"\xff\xfe\xe4" + GOOD.encode())


def locked(path: Path) -> None:
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)


Make = Callable[[Path], None]
BAD = [
    pytest.param(missing, "no such file", id="missing"),
    pytest.param(empty, "empty", id="empty"),
    pytest.param(blank, "empty", id="only blanks"),
    pytest.param(binary, "binary", id="binary"),
    pytest.param(pdf, "PDF", id="a PDF"),
    pytest.param(folder, "holds no document", id="folder without documents"),
    pytest.param(japanese, "looks like shift_jis", id="another encoding"),
    pytest.param(damaged, "damaged", id="damaged UTF-8"),
]
if hasattr(os, "geteuid") and os.geteuid() != 0:  # the superuser may read everything
    BAD.append(pytest.param(locked, "cannot be opened", id="no permission"))


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.mark.parametrize(("make", "reason"), BAD)
def test_others_go_through(make: Make, reason: str, good: Path, run: Run, tmp_path: Path) -> None:
    make(tmp_path / "bad.txt")
    result = run("extract", tmp_path / "bad.txt", good, code=2)
    head, hint = [line for line in result.stderr.splitlines() if line.strip()][:2]
    assert str(tmp_path / "bad.txt") in head
    assert reason in head
    assert hint.startswith("  ")
    kinds = {json.loads(line)["record"] for line in result.stdout.splitlines()}
    assert {"policy", "duty", "target"} <= kinds


@pytest.mark.parametrize(("make", "reason"), BAD)
def test_what_was_built_stays(make: Make, reason: str, good: Path, run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run("build", good, "--store", store)
    before = run("duties", "市水利局", "--store", store, "--format", "json").stdout
    make(tmp_path / "bad.txt")
    result = run("build", tmp_path / "bad.txt", "--store", store, code=2)
    assert reason in result.stderr
    assert run("duties", "市水利局", "--store", store, "--format", "json").stdout == before
    assert "市水利局" in before


def test_nothing_readable_makes_no_graph(run: Run, tmp_path: Path) -> None:
    run("build", tmp_path / "no.txt", "--store", tmp_path / "store", code=2)
    assert not (tmp_path / "store").exists()


def test_document_without_findings(good: Path, run: Run, tmp_path: Path) -> None:
    novel = tmp_path / "novel.txt"
    novel.write_text("那天的雨下得很大。\n她撑着伞走过石桥，没有回头。\n", encoding="utf-8")
    alone = run("extract", novel, code=1)
    assert f"{novel}: nothing found" in alone.stderr
    both = run("extract", novel, good)
    assert f"{novel}: nothing found" in both.stderr
    assert f"{good}" not in both.stderr


@pytest.mark.parametrize(
    ("name", "make", "hint"),
    [
        pytest.param("a.pdf", binary, "It is called .pdf but holds no PDF", id="rubbish called pdf"),
        pytest.param("A.PDF", binary, "It is called .pdf but holds no PDF", id="in capitals"),
        pytest.param("a.txt", binary, "Save the document as PDF", id="rubbish called text"),
        pytest.param("a.pdf", pdf, None, id="a broken pdf"),
        pytest.param("a.pdf", empty, None, id="an empty file"),
    ],
)
def test_what_only_bears_the_name_of_a_pdf(name: str, make: Make, hint: str | None, run: Run, tmp_path: Path) -> None:
    make(tmp_path / name)
    for command in (["extract"], ["inspect", "-o", tmp_path / "a.html"]):
        said = run(*command, tmp_path / name, code=2).stderr
        if hint:
            assert hint in said and (name == "a.txt") == ("as PDF" in said)
        else:
            assert "holds no PDF" not in said


def test_gb18030_is_read(run: Run, tmp_path: Path) -> None:
    old = tmp_path / "old.txt"
    old.write_bytes((GOOD * 3).encode("gb18030"))
    assert "云陵市水利局" in run("extract", old).stdout


def test_fault_of_the_program_in_one_document(good: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault half-way: the document is named, gives nothing, and what was built from it before stays."""
    import extract.pipeline

    store, other = tmp_path / "store", tmp_path / "other.txt"
    run("build", good, "--store", store)
    shutil.copyfile(sorted(SAMPLE.glob("*.txt"))[0], other)
    real = extract.pipeline.extract_source

    def faulty(source, *others):  # type: ignore[no-untyped-def]
        yield from list(real(source, *others))[:2]
        if source.name == "good.txt":
            raise ZeroDivisionError("half-way")

    monkeypatch.setattr(extract.pipeline, "extract_source", faulty)
    good.write_text(GOOD.replace("30%", "40%"), encoding="utf-8")
    result = run("build", good, other, "--store", store, code=2)
    assert f"{good}: zhize failed on this document: ZeroDivisionError" in result.stderr
    assert "30%" in run("targets", "--store", store).stdout.replace(" ", "")
    monkeypatch.setenv("ZHIZE_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("build", good, "--store", store)


def test_error_of_a_layer_below_is_one_line(run: Run, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import extract.read

    def refuse(*_: object) -> None:
        raise ZhizeError("Something is wrong.", "Do this.")

    monkeypatch.setattr(extract.read, "find_sources", refuse)
    assert run("extract", good, code=2).stderr == "Error: Something is wrong.\n  Do this.\n"


def test_output_stays_when_writing_fails(good: Path, run: Run, tmp_path: Path) -> None:
    result = run("extract", good, "-o", tmp_path / "no" / "facts.jsonl", code=2)
    assert "cannot be written" in result.stderr


def test_store_in_the_place_of_a_file(good: Path, run: Run) -> None:
    assert "is a file" in run("build", good, "--store", good, code=2).stderr


def test_broken_store(run: Run, store: Path, tmp_path: Path) -> None:
    broken = tmp_path / "store"
    shutil.copytree(store, broken)
    for file in broken.rglob("*.sst"):
        file.write_bytes(b"not a table")
    for file in broken.rglob("CURRENT"):
        file.write_bytes(b"nothing")
    result = run("agencies", "--store", broken, code=2)
    assert "cannot be opened" in result.stderr
    assert "Traceback" not in result.stderr
