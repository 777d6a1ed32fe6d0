"""``zhize agencies --authority`` and ``--authority-file``: shown, exported, changed, and used by the next build."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.zhize.conftest import Run

TEXT = """云陵市人民政府办公室关于建设数据平台的意见
云政办〔2024〕3号

各县、区人民政府，市直各单位：
一、建设平台。2024年底前建成数据平台。（牵头单位：市数管办；责任单位：市财政局）

云陵市人民政府办公室
2024年3月1日
"""
OWN = """@prefix zhize: <https://w3id.org/zhize/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
[] a org:FormalOrganization ; skos:prefLabel "云陵市大数据管理局"@zh ; skos:altLabel "市数管办"@zh ; zhize:place "云陵市" .
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("意见.txt").write_text(TEXT, encoding="utf-8")
    Path("own.ttl").write_text(OWN, encoding="utf-8")
    return tmp_path


def leads(run: Run) -> list[str]:
    rows = json.loads(run("agencies", "--by", "lead", "--format", "json").stdout)
    return [row["name"] for row in rows if row["lead"]]


def test_the_table_and_one_body(run: Run) -> None:
    assert "发改委" in run("agencies", "--authority").stdout
    shown = run("agencies", "--authority", "市发改委", "--city", "云陵市").stdout
    assert "云陵市发展和改革委员会" in shown and "市级" in shown
    row = json.loads(run("agencies", "--authority", "银保监会", "--format", "json").stdout)[0]
    assert row["successor"] == "国家金融监督管理总局" and row["until"] == "2023-05"
    assert "No body fits" in run("agencies", "--authority", "不存在的机构", code=1).stderr


def test_a_build_by_names_of_ones_own_and_back(run: Run, folder: Path) -> None:
    run("build", "意见.txt", "--quiet")
    assert leads(run) == ["云陵市数管办公室"]
    run("build", "意见.txt", "--quiet", "--authority-file", "own.ttl")
    assert leads(run) == ["云陵市大数据管理局"]
    assert "没有不符合规则之处" in run("check").stdout
    own = 'SELECT (COUNT(*) AS ?n) WHERE { ?g prov:wasInfluencedBy/spdx:checksum/spdx:checksumValue ?sha }'
    assert "1" in run("query", "-e", own, "--format", "csv").stdout
    run("build", "意见.txt", "--quiet")
    assert leads(run) == ["云陵市数管办公室"]


def test_a_changed_file_builds_its_documents_anew(run: Run, folder: Path) -> None:
    run("build", "意见.txt", "--quiet", "--authority-file", "own.ttl")
    Path("own.ttl").write_text(OWN.replace("云陵市大数据管理局", "云陵市数据管理局"), encoding="utf-8")
    run("build", "意见.txt", "--quiet", "--authority-file", "own.ttl")
    assert leads(run) == ["云陵市数据管理局"]


def test_the_usual_file_is_taken_where_there_is_one(run: Run, folder: Path) -> None:
    Path("own.ttl").rename("zhize-authority.ttl")
    records = [json.loads(line) for line in run("extract", "意见.txt", "--quiet").stdout.splitlines()]
    assert [r["agency"] for r in records if r["record"] == "duty"] == ["云陵市大数据管理局", "云陵市财政局"]
    assert len(next(r["authority"] for r in records if r["record"] == "policy")) == 64
    assert "自备名录" in run("agencies", "--authority", "市数管办", "--city", "云陵市").stdout
    records = [json.loads(line) for line in run("extract", "意见.txt", "--quiet", "--authority-file", "").stdout.splitlines()]
    assert "云陵市数管办公室" in {r.get("agency") for r in records}


def test_an_agency_is_found_by_names_of_ones_own(run: Run, folder: Path) -> None:
    run("build", "意见.txt", "--quiet", "--authority-file", "own.ttl")
    assert "云陵市大数据管理局" in run("duties", "市数管办", "--authority-file", "own.ttl").stdout
    assert "no agency of this name" in run("duties", "市数管办", code=1).stderr
    run("view", "数管办", "--authority-file", "own.ttl", "-o", "one.html")


def test_exported_changed_and_read_back(run: Run, folder: Path) -> None:
    run("agencies", "--authority", "--city", "云陵市", "-o", "all.ttl")
    text = Path("all.ttl").read_text(encoding="utf-8")
    Path("all.ttl").write_text(text.replace('skos:altLabel "大数据局"@zh', 'skos:altLabel "大数据局"@zh, "数管办"@zh', 1), encoding="utf-8")
    assert text != Path("all.ttl").read_text(encoding="utf-8")
    shown = run("extract", "意见.txt", "--authority-file", "all.ttl", "--quiet").stdout
    assert '"agency": "云陵市政务服务和大数据管理局"' in shown and "云陵市数管办公室" not in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["build", "意见.txt", "--authority-file", "none.ttl"], "none.ttl: the file cannot be read", id="no file"),
        pytest.param(["extract", "意见.txt", "--authority-file", "意见.txt"], "意见.txt, line 1: this is not Turtle", id="no Turtle"),
        pytest.param(["agencies", "--authority", "--city", "乐园"], "is not read as a place", id="no place"),
        pytest.param(["agencies", "市财政局"], "belong to --authority", id="a name without --authority"),
        pytest.param(["agencies", "--format", "ttl"], "belong to --authority", id="Turtle without --authority"),
    ],
)
def test_wrong_use(run: Run, folder: Path, arguments: list[str], words: str) -> None:
    assert words in run(*arguments, code=2).stderr
