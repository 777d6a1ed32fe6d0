"""Each command on the sample corpus: what it says, in every form."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len

from tests.zhize.conftest import Run
from zhize.output import FORMS
from zhize.sources import SAMPLE

TABLES = [
    pytest.param(["duties", "市财政局"], id="duties"),
    pytest.param(["agencies"], id="agencies"),
    pytest.param(["targets"], id="targets"),
    pytest.param(["policies"], id="policies"),
    pytest.param(["policies", "--cited"], id="policies cited"),
    pytest.param(["review"], id="review"),
    pytest.param(["analyse", "agencies"], id="analyse agencies"),
    pytest.param(["analyse", "policies"], id="analyse policies"),
    pytest.param(["query", "agency-load"], id="query"),
    pytest.param(["query", "--list"], id="query list"),
]


LISTS = [table for table in TABLES if table.id != "duties"]
"""Tables whose workbook begins with their head; the ledger of an agency has a title (see test_duties.py)."""


def rows(run: Run, store: Path, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(*arguments, "--store", store, "--format", "json").stdout)
    return found


@pytest.mark.parametrize("arguments", TABLES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_table_fits_80_columns(arguments: list[str], lang: str, run: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = run(*arguments, "--store", store, "--lang", lang).stdout.splitlines()
    assert len(lines) > 2
    assert max(map(cell_len, lines)) <= 80
    assert not any("\x1b" in line for line in lines)  # no colours where nobody sees them


@pytest.mark.parametrize("arguments", LISTS)
def test_all_forms_have_the_same_rows(arguments: list[str], run: Run, store: Path, tmp_path: Path) -> None:
    found = {form: run(*arguments, "--store", store, "--format", form).stdout for form in FORMS if form not in ("table", "xlsx")}
    for suffix in ("csv", "xlsx"):
        run(*arguments, "--store", store, "-o", tmp_path / f"a.{suffix}")
    objects = json.loads(found["json"])
    head, *body = list(csv.reader(io.StringIO(found["csv"])))
    page = load_workbook(tmp_path / "a.xlsx").active
    assert objects == [json.loads(line) for line in found["jsonl"].splitlines()]
    assert len(objects) == len(body) == len(found["md"].splitlines()) - 2 == page.max_row - 1 > 0
    assert {len(row) for row in body} == {len(head)} == {page.max_column}
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig") == found["csv"]


@pytest.mark.parametrize("arguments", LISTS)
def test_no_cell_of_a_workbook_is_a_formula(arguments: list[str], run: Run, store: Path, tmp_path: Path) -> None:
    run(*arguments, "--store", store, "-o", tmp_path / "a.xlsx")
    cells = [cell for row in load_workbook(tmp_path / "a.xlsx").active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.font.bold == (cell.row == 1) for cell in cells)


@pytest.mark.parametrize("arguments", TABLES)
def test_labels_in_both_languages(arguments: list[str], run: Run, store: Path) -> None:
    if arguments == ["query", "agency-load"]:
        return  # the heads are the variables of the query
    chinese, english = (
        run(*arguments, "--store", store, "--lang", lang, "--format", "csv").stdout.splitlines()[0].split(",")
        for lang in ("zh", "en")
    )
    assert all(re.search("[一-鿿]", label) or label == "PageRank" for label in chinese)
    assert all(label.isascii() for label in english)


def test_duties_lead_back_to_the_words(run: Run, store: Path) -> None:
    found = rows(run, store, "duties", "市财政局")
    assert {row["agency"] for row in found} == {"云陵市财政局"}
    assert {row["role"] for row in found} == {"lead", "responsible", "support"}
    for row in found:
        at = row["evidence"]
        text = (SAMPLE / at["source"]).read_text(encoding="utf-8")
        words = "".join(text[at["start"] : at["end"]].split())
        assert "财政" in words
        assert words in "".join(at["quote"].split())
        assert row["policy_title"] and row["task"]


NAMES = ["市财政局", "财政局", "云陵市财政局", "云陵财政局"]


@pytest.mark.parametrize("name", NAMES)
def test_agency_in_any_way_people_write_it(name: str, run: Run, store: Path) -> None:
    assert rows(run, store, "duties", name) == rows(run, store, "duties", "云陵市财政局")


@pytest.mark.parametrize(
    ("short", "full"),
    [("市发改委", "云陵市发展和改革委员会"), ("发展改革委", "云陵市发展和改革委员会"), ("市住建局", "云陵市住房和城乡建设局")],
)
def test_short_names(short: str, full: str, run: Run, store: Path) -> None:
    assert {row["agency"] for row in rows(run, store, "duties", short)} == {full}


def test_unknown_agency_names_the_nearest(run: Run, store: Path) -> None:
    result = run("duties", "市财务局", "--store", store, code=1)
    assert result.stdout == ""
    assert "市财务局: no agency of this name" in result.stderr
    assert "云陵市财政局  (" in result.stderr


def test_agency_like_no_other(run: Run, store: Path) -> None:
    assert "zhize agencies" in run("duties", "xyz", "--store", store, code=1).stderr


def test_ambiguous_agency_lists_the_candidates(run: Run, tmp_path: Path) -> None:
    for city, number in (("云陵市", "云政办"), ("岚州市", "岚政办")):
        (tmp_path / f"{city}.txt").write_text(
            f"{city}人民政府办公室关于做好节水工作的通知\n{number}〔2024〕8号\n各县（区）人民政府，市政府有关部门：\n现通知如下：\n"
            f"一、目标\n到2025年，再生水利用率达到30%。（责任单位：市财政局）\n{city}人民政府办公室\n2024年2月5日\n",
            encoding="utf-8",
        )
    run("build", tmp_path, "--store", tmp_path / "store")
    result = run("duties", "财政局", "--store", tmp_path / "store", code=1)
    assert "云陵市财政局" in result.stderr and "岚州市财政局" in result.stderr and "--city" in result.stderr
    found = rows(run, tmp_path / "store", "duties", "财政局", "--city", "岚州市")
    assert [row["agency"] for row in found] == ["岚州市财政局"]


@pytest.mark.parametrize("role", ["lead", "responsible", "support"])
def test_role(role: str, run: Run, store: Path) -> None:
    everything = rows(run, store, "duties", "市交通运输局")
    assert rows(run, store, "duties", "市交通运输局", "--role", role) == [row for row in everything if row["role"] == role] != []


def test_policy_of_duties_by_title_or_number(run: Run, store: Path) -> None:
    for text, key in (("绿色出行提升", "policy_title"), ("云政办〔2023〕20号", "policy_number")):
        found = rows(run, store, "duties", "市财政局", "--policy", text)
        assert found and all(text in row[key] for row in found)
    assert "no duty fits" in run("duties", "市财政局", "--policy", "没有这个文件", "--store", store, code=1).stderr


def test_nothing_found_in_a_file_form(run: Run, store: Path) -> None:
    result = run("targets", "--indicator", "没有这个指标", "--store", store, "--format", "json", code=1)
    assert json.loads(result.stdout) == []
    assert result.stderr == "No target or support fits.\n"


@pytest.mark.parametrize("by", ["duties", "lead", "support", "policies"])
def test_ranking_of_agencies(by: str, run: Run, store: Path) -> None:
    found = rows(run, store, "agencies", "--by", by)
    assert [row[by] for row in found] == sorted((row[by] for row in found), reverse=True)
    assert rows(run, store, "agencies", "--by", by, "--top", "3") == found[:3]
    assert all(row["duties"] == row["lead"] + row["responsible"] + row["support"] > 0 for row in found)


def test_agencies_of_a_place(run: Run, store: Path) -> None:
    everything, here = rows(run, store, "agencies"), rows(run, store, "agencies", "--city", "云陵市")
    assert 0 < len(here) <= len(everything)
    assert all("云陵市" in row["place"] for row in here)
    assert "No agency fits" in run("agencies", "--city", "无此市", "--store", store, code=1).stderr


def test_targets(run: Run, store: Path) -> None:
    for kind in ("target", "support"):
        assert {row["kind"] for row in rows(run, store, "targets", "--kind", kind)} == {kind}
    assert all("泊位" in row["indicator"] for row in rows(run, store, "targets", "--indicator", "泊位"))


def test_policies_say_what_they_rest_on_and_repeal(run: Run, store: Path) -> None:
    found = {row["title"]: row for row in rows(run, store, "policies")}
    parking = found["云陵市公共停车设施管理暂行办法"]
    assert ("repeals", "云政办〔2017〕45号") in {(link["relation"], link["cited_number"]) for link in parking["links"]}
    assert "repeals" in {by["relation"] for by in parking["named_by"]}
    assert all(row["resolved"] for row in found.values())
    cited = rows(run, store, "policies", "--cited")
    assert any(not row["resolved"] for row in cited)
    assert len(cited) > len(found)


def test_named_query_with_parameters(run: Run, store: Path) -> None:
    by_short = rows(run, store, "query", "agency-duties", "--param", "agency=市财政局")
    assert by_short == rows(run, store, "query", "agency-duties", "--param", "agency=云陵市财政局") != []
    assert len(by_short) == len(rows(run, store, "duties", "市财政局"))


@pytest.mark.parametrize("arguments", [["targets"], ["duties", "市财政局"], ["export"], ["report"]], ids=lambda a: a[0])
def test_a_folder_that_is_not_there(arguments: list[str], run: Run, store: Path, tmp_path: Path) -> None:
    suffix = {"export": "ttl", "report": "html"}.get(arguments[0], "xlsx")
    said = run(*arguments, "--store", store, "-o", tmp_path / "none" / f"x.{suffix}", code=2).stderr
    assert f"the folder {tmp_path / 'none'} does not exist" in said and "Make it" in said
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["agency-duties"], "asks for 云陵市财政局, of the sample", id="an agency"),
        pytest.param(["policy-duties"], "--param policy=NAME", id="a document"),
        pytest.param(["agency-duties", "--param", "agency=云陵市水利局"], "", id="one of the graph"),
        pytest.param(["most-cited"], None, id="no parameter"),
    ],
)
def test_a_default_of_the_sample_is_no_answer_elsewhere(arguments: list[str], said: str | None, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ELSEWHERE, encoding="utf-8")
    run("build", tmp_path / "a.txt", "--store", tmp_path / "store")
    result = run("query", *arguments, "--store", tmp_path / "store", code=0 if said == "" else 1)
    assert (said if said is not None else "Nothing found.") in result.stderr
    assert bool(result.stdout) is (said == "")
    assert ("of the sample" in result.stderr) is bool(said)


@pytest.mark.parametrize("city", ["云陵市", "云陵"])
def test_targets_of_a_place(city: str, run: Run, store: Path) -> None:
    here = {row["iri"] for row in rows(run, store, "policies") if city in row["place"]}
    found = rows(run, store, "targets", "--city", city)
    assert found == [row for row in rows(run, store, "targets") if row["policy"] in here] != []
    assert "No target or support fits" in run("targets", "--city", "望海市", "--store", store, code=1).stderr


@pytest.mark.parametrize("name", ["policies-in-force", "agency-load", "targets-by-indicator"])
def test_a_place_may_be_called_by_its_short_name(name: str, run: Run, store: Path) -> None:
    in_full = rows(run, store, "query", name, "--param", "place=云陵市")
    assert rows(run, store, "query", name, "--param", "place=云陵") == in_full != []


ELSEWHERE = """云陵市人民政府办公室
关于加强节水工作的通知
云政办〔2024〕8号
各县（区）人民政府，市政府有关部门：
为做好节水工作，现通知如下：
一、目标
到2025年，再生水利用率达到30%。（责任单位：市水利局）
2024年2月5日
"""
ASKED = "SELECT (COUNT(?d) AS ?n) WHERE { ?d a zhize:Duty }"


def test_own_query_three_ways(run: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(ASKED, encoding="utf-8")
    by_text = rows(run, store, "query", "-e", ASKED)
    assert by_text == rows(run, store, "query", "-f", str(tmp_path / "q.rq"))
    assert isinstance(by_text[0]["n"], int) and by_text[0]["n"] > 50


def test_standard_forms_of_results(run: Run, store: Path, tmp_path: Path) -> None:
    data = json.loads(run("query", "-e", ASKED, "--store", store, "--format", "srj").stdout)
    assert data["head"]["vars"] == ["n"]
    assert data["results"]["bindings"][0]["n"]["datatype"].endswith("#integer")
    run("query", "-e", "CONSTRUCT WHERE { ?a a org:FormalOrganization }", "--store", store, "-o", tmp_path / "a.ttl")
    assert "org:FormalOrganization" in (tmp_path / "a.ttl").read_text(encoding="utf-8")
    assert "Take another form" in run("query", "-e", ASKED, "--store", store, "--format", "ttl", code=2).stderr


BAD_QUERIES = [
    pytest.param(["-e", "SELECT ?a WHERE { ?a"], 2, "line 1", id="not SPARQL"),
    pytest.param(["-e", "DELETE WHERE { ?s ?p ?o }"], 2, "read this graph only", id="update"),
    pytest.param(["-e", "SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }"], 2, "not allowed", id="another server"),
    pytest.param(["agency-dutys"], 2, "agency-duties", id="misspelt name"),
    pytest.param(["agency-duties", "--param", "agencie=市财政局"], 2, "agencie", id="unknown parameter"),
    pytest.param(["agency-duties", "--param", "agency"], 2, "KEY=VALUE", id="parameter without value"),
    pytest.param(["agency-duties", "--param", "agency=无此局"], 1, "no agency of this name", id="unknown agency"),
    pytest.param(["agency-load", "--param", "place=望海"], 1, "云陵市", id="unknown place"),
    pytest.param(["agency-load", "--param", "place=市"], 1, "may be any of", id="a part of several places"),
    pytest.param(["duties-due", "--param", "from=soon"], 2, "date", id="parameter of another type"),
    pytest.param([], 2, "Give one of", id="nothing asked"),
    pytest.param(["agency-load", "-e", ASKED], 2, "Give one of", id="two questions"),
    pytest.param(["-e", ASKED, "--param", "a=b"], 2, "named query", id="parameter for an own query"),
    pytest.param(["-f", "no.rq"], 2, "no.rq", id="missing file"),
    pytest.param(["-e", "SELECT ?s WHERE { ?s a <http://example.org/none> }"], 1, "Nothing found", id="no rows"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), BAD_QUERIES)
def test_bad_query(arguments: list[str], code: int, said: str, run: Run, store: Path) -> None:
    assert said in run("query", *arguments, "--store", store, code=code).stderr


def test_query_list_gives_every_question(run: Run) -> None:
    listing = run("query", "--list").stdout
    from graph.named import named_queries

    assert len(named_queries()) >= 10
    for query in named_queries():
        assert query.name in listing


def test_analyse_hides_no_agency_of_the_place(run: Run, store: Path) -> None:
    found = rows(run, store, "analyse", "agencies", "--city", "云陵市")
    assert found and all("云陵市" in row["place"] for row in found)
    load = {row["name"]: row["duties"] for row in rows(run, store, "agencies")}
    assert all(load[row["name"]] == row["duties"] for row in found)


@pytest.mark.parametrize("what", ["agencies", "policies"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_view_is_one_page_without_connections(what: str, lang: str, run: Run, store: Path, tmp_path: Path) -> None:
    result = run("view", what, "--store", store, "-o", tmp_path / "v.html", "--lang", lang, "--title", "<b>题</b>")
    page = (tmp_path / "v.html").read_text(encoding="utf-8")
    assert result.stdout == ""
    assert str(tmp_path / "v.html") in result.stderr
    assert not re.search(r"<(script|link|img)[^>]{0,200}(src|href)=", page)
    assert "<b>题</b>" not in page
    assert "云陵市" in page


def test_building_again_changes_nothing(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    for _ in range(2):
        result = run("build", "--store", store)
        run("export", "--store", store, "-o", tmp_path / "new.nq")
        data = sorted((tmp_path / "new.nq").read_text(encoding="utf-8").splitlines())
        if (tmp_path / "old.nq").exists():
            assert data == sorted((tmp_path / "old.nq").read_text(encoding="utf-8").splitlines())
        (tmp_path / "new.nq").replace(tmp_path / "old.nq")
    assert "云陵市" in result.stdout and "zhize duties" in result.stdout


def test_quiet_build_says_nothing(run: Run, tmp_path: Path) -> None:
    result = run("build", "--store", tmp_path / "store", "--quiet")
    assert result.output == ""


def test_summary_counts_what_extract_gives(run: Run, tmp_path: Path) -> None:
    kinds = [json.loads(line)["record"] for line in run("extract", SAMPLE).stdout.splitlines()]
    summary = dict(line.split(maxsplit=1) for line in run("build", SAMPLE, "--store", tmp_path / "s").stdout.splitlines() if line)
    for label, kind in (("政策文件", "policy"), ("职责", "duty"), ("指标", "target"), ("引用", "citation")):
        assert int(summary[label]) == kinds.count(kind) > 0
    assert int(summary["来源文件"]) == len(list(SAMPLE.glob("*.txt")))


def test_extract_twice_is_the_same(run: Run, tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        assert run("extract", SAMPLE, "-o", tmp_path / name).stdout == ""
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes() != b""
    assert (tmp_path / "a.jsonl").read_text(encoding="utf-8") == run("extract", SAMPLE).stdout


@pytest.mark.parametrize(("suffix", "mark"), [("ttl", "@prefix"), ("trig", "@prefix"), ("nq", "<https://"), ("jsonld", "@context")])
def test_export(suffix: str, mark: str, run: Run, store: Path, tmp_path: Path) -> None:
    import pyoxigraph as ox

    run("export", "--store", store, "-o", tmp_path / f"a.{suffix}")
    text = (tmp_path / f"a.{suffix}").read_text(encoding="utf-8")
    assert mark in text
    if suffix != "jsonld":
        assert sum(1 for _ in ox.parse(input=text, format=ox.RdfFormat.from_extension(suffix))) > 1000
    else:
        assert json.loads(text)


@pytest.mark.parametrize("form", ["gexf", "graphml"])
@pytest.mark.parametrize("what", ["agencies", "policies"])
def test_network_for_other_programs(form: str, what: str, run: Run, store: Path, tmp_path: Path) -> None:
    import networkx as nx

    run("analyse", what, "--store", store, "-o", tmp_path / f"a.{form}")
    net = nx.read_gexf(tmp_path / "a.gexf") if form == "gexf" else nx.read_graphml(tmp_path / "a.graphml")
    assert len(net.edges) > 5
    assert any("云陵市" in str(about["label"]) for _, about in net.nodes(data=True))


def test_sample_is_copied_and_never_overwrites(run: Run, tmp_path: Path) -> None:
    names = {line.rpartition("/")[2] for line in run("sample", tmp_path / "docs").stdout.splitlines()}
    assert names == {p.name for p in SAMPLE.glob("*.txt")} == {p.name for p in (tmp_path / "docs").iterdir()}
    assert "already" in run("sample", tmp_path / "docs", code=2).stderr


@pytest.mark.parametrize("arguments", TABLES)
def test_workbook_without_a_file_on_a_terminal(arguments: list[str], run: Run, store: Path) -> None:
    """Into a pipe a workbook may go."""
    assert run(*arguments, "--store", store, "--format", "xlsx").stdout_bytes.startswith(b"PK")
