"""zhize report on the sample corpus."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.zhize.conftest import Run


@pytest.fixture(scope="module")
def page(run: Run, store: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / "report.html"
    result = run("report", "--store", store, "-o", path)
    assert result.stdout == "" and str(path) in result.stderr
    return path.read_text(encoding="utf-8")


def test_all_figures_are_drawn(page: str) -> None:
    assert page.count("<svg") == 8
    assert len(page.encode()) < 600_000


def test_every_duty_is_in_the_appendix_with_its_place(page: str, run: Run, store: Path) -> None:
    import json

    found = json.loads(run("duties", "市统计局", "--store", store, "--format", "json").stdout)
    text = re.sub(r"&[#\w]{1,8};", "?", page)
    assert found
    for duty in found:
        evidence = duty.get("evidence") or duty["duty"]["evidence"]
        assert re.sub(r"[&<>\"']", "?", evidence["quote"])[:20] in text


def test_numbers_of_the_first_page(page: str, run: Run, store: Path) -> None:
    import json

    load = json.loads(run("analyse", "agencies", "--store", store, "--format", "json").stdout)
    first = load[0]
    assert re.search(rf"职责最多的是市交通运输局（<a href=\"#S\d{{1,4}}\">{first['duties']}</a> 条）", page)
    assert f"<strong><a href=\"#load\">{len(load)}</a></strong>" in page


def test_no_address_leads_outside(page: str) -> None:
    assert not re.search(r"(?:href|src)=\"(?!#)", page)
    assert "http" not in page.replace("http-equiv", "")


def test_scope_and_language(run: Run, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.html"
    run("report", "--store", store, "-o", path, "--quiet", "--lang", "en", "--from", "2023", "--to", "2023", "--title", "<i>A & B</i>")
    page = path.read_text(encoding="utf-8")
    assert "dated 2023–2023" in page and "<h1>&lt;i&gt;A &amp; B&lt;/i&gt;</h1>" in page
    assert "云政〔2024〕11号" not in page


def test_nothing_in_scope_says_so_and_still_writes_a_page(run: Run, store: Path, tmp_path: Path) -> None:
    result = run("report", "--store", store, "-o", tmp_path / "r.html", "--city", "望海市", code=1)
    assert "Nothing" in result.stderr
    assert "没有可分析的内容" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_two_runs_write_the_same_bytes(page: str, run: Run, store: Path, tmp_path: Path) -> None:
    run("report", "--store", store, "-o", tmp_path / "again.html", "--quiet")
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == page
