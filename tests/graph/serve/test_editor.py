"""The pages of the editor as the server gives them: forms of named queries, files, hostile words."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from extract.models import DutyRecord
from graph.build import build
from graph.named import find_query, named_queries
from graph.serve.settings import ServeSettings
from graph.serve.terms import terms
from graph.serve.words import WORDS
from graph.sparql import run_query
from tests.graph.records import everything
from tests.graph.serve.server import DUTIES, Client, Reply, running
from tests.graph.view_rows import HOSTILE

STATIC = Path(__file__).parents[3] / "graph" / "serve" / "static"


class Page(HTMLParser):
    """The elements of a page, and what no page of ours may hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.data: dict[str, Any] = {}
        self._json = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append((tag, values))
        self._json = values.get("id", "") if values.get("type") == "application/json" else ""

    def handle_endtag(self, tag: str) -> None:
        self._json = ""

    def handle_data(self, data: str) -> None:
        if self._json:
            self.data[self._json] = json.loads(data)

    def fields(self) -> dict[str, dict[str, str]]:
        """The fields of the parameters; the value of a list is that of its chosen entry."""
        found: dict[str, dict[str, str]] = {}
        for tag, values in self.tags:
            if tag in ("input", "select") and values.get("id", "").startswith("p-"):
                found[values["name"]] = {"value": ""} | values
            elif tag == "option" and "selected" in values:
                found[list(found)[-1]]["value"] = values["value"]
        return found


def page(reply: Reply) -> Page:
    found = Page(reply.text)
    for tag, values in found.tags:
        assert not [name for name in values if name.startswith("on") or name in ("style", "srcdoc")], (tag, values)
        if tag == "script":
            assert values.get("src", "").startswith("/static/") or values.get("type") == "application/json", values
        assert tag not in ("style", "iframe", "object", "embed", "base"), tag
        assert not re.match(r"\s*(javascript|data):", values.get("href", ""), re.IGNORECASE)
    return found


def test_the_editor_has_what_its_script_needs(client: Client) -> None:
    setup = page(client.get("/query", "text/html")).data["setup"]
    assert setup["query"].startswith("# 各单位") and setup["run"] is False
    assert setup["prefixes"]["zhize"].endswith("#")
    assert {"name": "zhize:Duty", "kind": "class", "label": "职责"}.items() <= {t["name"]: t for t in setup["terms"]}["zhize:Duty"].items()
    assert setup["limits"] == {"rows": 100_000, "seconds": 30.0, "megabytes": 50}
    english = page(client.get("/query?lang=en", "text/html")).data["setup"]
    assert english["query"].startswith("# How many") and english["words"]["run"] == "Run"


def test_the_first_query_runs(folder: Path, client: Client) -> None:
    setup = page(client.get("/query", "text/html")).data["setup"]
    assert run_query(folder, setup["query"]).rows


def test_terms_have_labels_in_both_languages() -> None:
    chinese, english = terms("zh"), terms("en")
    assert [t.name for t in chinese] == [t.name for t in english] and len(chinese) > 150
    assert all(t.label and re.fullmatch(r"[a-z]+:[\w-]+", t.name) for t in (*chinese, *english))
    assert {"zhize:role": "角色", "odrl:assignee": "承担者"}.items() <= {t.name: t.label for t in chinese}.items()


def test_the_script_says_only_words_that_there_are() -> None:
    script = "".join((STATIC / name).read_text(encoding="utf-8") for name in ("query.js", "query-editor.js", "query-table.js"))
    said = set(re.findall(r'say\(\s*"(\w+)"', script)) | set(re.findall(r"words\.(\w+)\.replace", script)) | set(
        re.findall(r'say\(copied \? "(\w+)"', script))  # fmt: skip
    assert len(said) > 12 and said <= WORDS.keys()
    codes = {"syntax", "refused", "large", "timeout", "busy", "form", "store", "failed", "request"}
    assert {f"error_{code}" for code in codes} <= WORDS.keys() and {"class", "property", "code", "cut_rows", "cut_size"} <= WORDS.keys()
    assert all(re.findall(r"\{\w+\}", zh) == re.findall(r"\{\w+\}", en) or sorted(re.findall(r"\{\w+\}", zh)) == sorted(
        re.findall(r"\{\w+\}", en)) for zh, en in WORDS.values())  # fmt: skip


@pytest.mark.parametrize("name", [query.name for query in named_queries()])
@pytest.mark.parametrize("lang", ["", "?lang=en"])
def test_every_named_query_has_a_page(client: Client, name: str, lang: str) -> None:
    reply = client.get(f"/query/named/{name}{lang}", "text/html")
    query = find_query(name)
    assert reply.status == 200
    assert html.escape(query.question_en if lang else query.question) in reply.text
    assert page(reply).fields().keys() == {param.name for param in query.params}


@pytest.mark.parametrize(
    ("address", "bound", "shown"),
    [
        pytest.param("agency-duties?agency=市财政局", "%E8%B4%A2%E6%94%BF%E5%B1%80>", {"agency": "云陵市财政局"}, id="a short name"),
        pytest.param("agency-duties?agency=云陵市财政局&set=1", "%E8%B4%A2%E6%94%BF%E5%B1%80>", {"agency": "云陵市财政局"}, id="in full"),
        pytest.param("duties-due?from=2024-01-01", '"2024-01-01"^^', {"from": "2024-01-01", "to": "2025-12-31", "place": "", "kind": ""}, id="the other has its default"),
        pytest.param("duties-due?from=2024-02&to=2024-02", '"2024-02-29"^^', {"from": "2024-02-01", "to": "2024-02-29", "place": "", "kind": ""}, id="a month"),
        pytest.param("agency-load?place=云陵", 'VALUES ?place { "云陵市" }', {"place": "云陵市"}, id="the short name of a place"),
        pytest.param("agency-load?set=1", 'VALUES ?place { "" }', {"place": ""}, id="an empty field of the form is empty"),
        pytest.param("joint-assignments?least=3", "VALUES ?least { ", {"least": "3", "agency": "云陵市财政局"}, id="a number"),
    ],
)
def test_parameters_are_bound_on_the_server(client: Client, address: str, bound: str, shown: dict[str, str]) -> None:
    found = page(client.get("/query/named/" + quoted(address), "text/html"))
    assert bound in found.data["setup"]["query"] and found.data["setup"]["run"] is True
    assert {name: field["value"] for name, field in found.fields().items()} == shown


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("agency-duties?agency=天文台", "没有承担职责的机构"),
        ("agency-duties?agency=&set=1", "没有承担职责的机构"),
        ("duties-due?from=明天", "请填日期"),
        ("duties-due?kind=boss", "可选：牵头、责任、配合，或留空"),
        ("agency-load?place=望海", "图中没有这个地方"),
        ("joint-assignments?least=3 } UNION { ?s ?p ?o", "请填整数"),
    ],
)
def test_a_wrong_value_is_said_beside_its_field(client: Client, address: str, wrong: str) -> None:
    reply = client.get("/query/named/" + quoted(address), "text/html")
    found = page(reply)
    assert reply.status == 200 and wrong in reply.text and found.data["setup"]["run"] is False
    assert [field for field in found.fields().values() if field.get("aria-invalid") == "true"]
    machine = client.get("/query/named/" + quoted(address) + "&format=json")
    assert machine.status == 400 and wrong in machine.data["message"]


@pytest.mark.parametrize(
    ("value", "chosen"), [("lead", "lead"), ("牵头", "lead"), ("supporting", "support"), ("", ""), ("boss", "")]
)
def test_a_role_is_a_list_to_choose_from(client: Client, value: str, chosen: str) -> None:
    text = client.get("/query/named/" + quoted(f"duties-due?set=1&from=2024&to=2024&kind={value}"), "text/html").text
    (select,) = re.findall(r'<select id="p-kind".*?</select>', text, re.DOTALL)
    assert re.findall(r'<option value="(\w*)"', select) == ["", "lead", "responsible", "support"]
    assert re.findall(r'<option value="(\w*)" selected', select) == ([chosen] if chosen else [])
    assert ("可选：牵头、责任、配合" in text) is (value == "boss")


def test_an_agency_that_the_graph_does_not_know_is_no_default(tmp_path: Path) -> None:
    records = [replace(r, agency="青溪县民政局") if isinstance(r, DutyRecord) else r for r in everything()]
    build(records, tmp_path, extractor="zhize-test")
    with running(tmp_path) as client:
        found = page(client.get("/query/named/agency-duties", "text/html"))
        assert found.fields()["agency"]["value"] == "青溪县民政局" and found.data["setup"]["run"] is True


def quoted(address: str) -> str:
    from urllib.parse import quote

    return quote(address, safe="/?&=")


def test_a_named_query_answers_programs(client: Client) -> None:
    address = "/query/named/agency-duties?agency=" + quoted("市财政局") + "&format="
    rows = client.get(address + "json").data["results"]["bindings"]
    assert rows and {"role", "task", "policy"} <= rows[0].keys()
    assert client.get(address + "csv").type == "text/csv"
    assert client.get(address + "csv&truncate=1").headers["x-zhize-truncated"] == "rows; rows=1"
    assert client.get(address + "docx").status == 406
    assert client.get(address + "csv&truncate=x").status == 400


def test_an_unknown_query_lists_those_that_there_are(client: Client) -> None:
    reply = client.get("/query/named/<b>x", "text/html")
    assert reply.status == 404 and "&lt;b&gt;x" in reply.text and "/query/named/agency-duties" in reply.text


FORMULAS = """SELECT ?x ?n { VALUES (?x ?n) { ("=1+1" 7) ("＝cmd|x" 1.5) ("@SUM(A1)" UNDEF) ("a\\u0007b" "INF"^^xsd:double) ("-1" 2) } }"""


def test_files_hold_no_formulas(client: Client) -> None:
    reply = client.post("/query/download", {"query": FORMULAS, "format": "csv"})
    assert reply.headers["content-disposition"] == 'attachment; filename="zhize-query.csv"'
    rows = list(csv.reader(io.StringIO(reply.body.decode("utf-8-sig"))))
    assert rows == [["x", "n"], ["'=1+1", "7"], ["'＝cmd|x", "1.5"], ["'@SUM(A1)", ""], ["a\ufffdb", "INF"], ["'-1", "2"]]
    book = load_workbook(io.BytesIO(client.post("/query/download", {"query": FORMULAS, "format": "xlsx"}).body))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert cells == [["x", "n"], ["=1+1", 7], ["＝cmd|x", 1.5], ["@SUM(A1)", None], ["a\ufffdb", "INF"], ["-1", 2]]
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize(("form", "kind"), [("tsv", "text/tab-separated-values"), ("json", "application/sparql-results+json")])
def test_the_exact_forms_are_those_of_the_protocol(client: Client, form: str, kind: str) -> None:
    reply = client.post("/query/download", {"query": DUTIES, "format": form})
    assert reply.type == kind and reply.body == client.query(DUTIES, kind).body
    assert f"zhize-query.{form}" in reply.headers["content-disposition"]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"query": DUTIES, "format": "exe"}, 400),
        ({"query": DUTIES}, 400),
        ({"query": "DROP ALL", "format": "csv"}, 403),
        ({"query": "SELECT", "format": "xlsx"}, 400),
        ({"query": DUTIES, "format": "ttl"}, 406),
    ],
)
def test_a_file_that_cannot_be(client: Client, values: dict[str, str], status: int) -> None:
    reply = client.post("/query/download", values)
    assert reply.status == status and "content-disposition" not in reply.headers


def test_a_file_is_whole_or_not_at_all(folder: Path) -> None:
    with running(folder, ServeSettings(max_rows=2)) as client:
        assert client.post("/query/download", {"query": DUTIES, "format": "xlsx"}).data["error"] == "large"


MORE = ["</script><script>hacked=1</script>", "{{ 7*7 }}", "{% raw %}", "'\"><img src=x onerror=hacked=1>", "\u2028alert(1)", "\x00\x01\x1b[2J"]


@pytest.mark.parametrize("words", [*HOSTILE, *MORE], ids=repr)
def test_hostile_words_stay_words(client: Client, words: str) -> None:
    value = quoted_all(words)
    for path in (f"/query/named/agency-duties?agency={value}", f"/query/named/{value}", f"/query?{value}={value}", f"/query?lang={value}",
                 f"/no/{value}", f"/query/named/agency-load?place={value}"):  # fmt: skip
        reply = client.get(path, "text/html")
        assert reply.status in (200, 307, 404), path  # 307: a slash at the end of the address goes
        found = page(reply)  # no script, style or handler
        assert reply.text.count("<script") == sum(tag == "script" for tag, _ in found.tags)
        assert "49" not in re.findall(r">\s*(49)\s*<", reply.text)


def quoted_all(text: str) -> str:
    from urllib.parse import quote

    return quote(text.encode("utf-8", "replace"), safe="")
