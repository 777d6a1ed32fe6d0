"""Checks: RDF files in all forms, parts of a graph, words for what was found, and files of records line by line."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from extract.models import to_json
from extract.pipeline import extract_source
from extract.read import read_source
from graph.build import build
from graph.check import parts
from graph.check.files import FORMATS, UnreadableRdfError, load
from graph.check.graphs import check_graph
from graph.check.model import MOST
from graph.check.records import UnreadableRecordsError, check_records
from graph.store import open_store
from ontology.vocabulary import term
from tests.graph.records import everything
from zhize.sources import SAMPLE

SHAPES = Path(__file__).parents[1] / "ontology" / "shapes"
MEASURES = SAMPLE / "yunling-measures-2023.txt"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    """The invented records in a store in memory that tests copy."""
    folder = tmp_path_factory.mktemp("check")
    build(everything(), folder)
    return open_store(folder).engine


def without(store: ox.Store, *predicates: str) -> ox.Store:
    out = ox.Store()
    gone = [term(p) for p in predicates]
    out.extend(quad for quad in store if quad.predicate not in gone)
    return out


@pytest.mark.parametrize("suffix", [s for s in FORMATS if s not in (".owl", ".xml")])
def test_every_form_of_rdf_is_read(tmp_path: Path, suffix: str) -> None:
    graph = load([SHAPES / "sound.ttl"])
    path = tmp_path / f"graph{suffix}"
    form = FORMATS[suffix]
    triples = [quad.triple for quad in graph]
    ox.serialize(triples, str(path), format=form)
    assert len(load([path])) == len(graph)
    assert check_graph(load([path])).findings == ()


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        pytest.param("a.ttl", "@prefix ex: <http://e/> .\nex:a ex:b .\n", 2, "Turtle", id="no object"),
        pytest.param("a.nt", "<http://e/a> <http://e/b> <http://e/c>\n<http://e/a>", 2, "N-Triples", id="no full stop"),
        pytest.param("a.jsonld", "{", 0, "JSON-LD", id="half an object"),
        pytest.param("a.rdf", "<rdf:RDF>", 0, "RDF/XML", id="half an element"),
        pytest.param("a.docx", "", 0, ".ttl", id="a suffix that says nothing"),
        pytest.param("a.ttl", "\x00\x01", 1, "Turtle", id="bytes that are no text"),
    ],
)
def test_what_is_no_rdf_names_file_and_line(tmp_path: Path, name: str, text: str, line: int, words: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableRdfError) as error:
        load([path])
    assert str(path) in error.value.message and words in str(error.value)
    assert not line or error.value.line == line


def test_files_are_joined(tmp_path: Path) -> None:
    """A duty in one file, its evidence in another."""
    graph = load([SHAPES / "sound.ttl"])
    quads = sorted(graph, key=str)
    half = len(quads) // 2
    for name, some in (("one.nt", quads[:half]), ("two.nt", quads[half:])):
        ox.serialize([q.triple for q in some], str(tmp_path / name), format=ox.RdfFormat.N_TRIPLES)
    assert check_graph(load([tmp_path / "one.nt", tmp_path / "two.nt"])).findings == ()
    assert check_graph(load([tmp_path / "one.nt"])).findings


def test_small_parts_find_what_large_ones_find(store: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = without(store, "zhize:role", "oa:end", "zhize:readingOf")
    whole = check_graph(broken)
    monkeypatch.setattr(parts, "SIZE", 40)
    seen: list[int] = []
    again = check_graph(broken, seen.append)
    assert again.findings == whole.findings and len(whole.findings) > 20
    assert again.checked == whole.checked == seen[-1] and len(seen) > 10


def test_a_check_ends_when_its_time_is_up(store: ox.Store) -> None:
    report = check_graph(store, seconds=0.0)
    assert (report.stopped, report.checked, report.findings) == ("time", 0, ())


def test_a_finding_says_what_and_where(store: ox.Store) -> None:
    found = [f for f in check_graph(without(store, "zhize:role")).findings if f.rule == "oneRole"]
    assert all((f.problem, f.kind) == ("MinCount", "Duty") for f in found)
    first = found[0]
    assert first.label and first.policy and first.evidence is not None
    assert first.evidence.source.endswith(".txt") and first.evidence.start < first.evidence.end


def test_a_broken_place_is_told_of_its_fact(store: ox.Store) -> None:
    found = [f for f in check_graph(without(store, "oa:start")).findings if f.rule == "positionStart"]
    assert {f.kind for f in found} >= {"Duty", "Policy", "LegalResourceSubdivision"}


def test_hostile_graphs_end() -> None:
    """Long chains of blank nodes and of classes."""
    graph = ox.Store()
    over = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    graph.extend(ox.Quad(ox.NamedNode(f"http://e/{i}"), over, ox.NamedNode(f"http://e/{(i + 1) % 3000}")) for i in range(3000))
    chain = [ox.BlankNode(f"b{i}") for i in range(3000)]
    graph.extend(ox.Quad(a, term("eli:is_part_of"), b) for a, b in itertools.pairwise(chain))
    graph.extend(ox.Quad(node, term("rdf:type"), term("zhize:CitedClause")) for node in chain)
    report = check_graph(graph)
    assert [f.rule for f in report.findings] == ["above"]


def test_no_more_findings_than_anybody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = ox.Store()
    graph.extend(ox.Quad(ox.NamedNode(f"http://e/{i}"), term("rdf:type"), term("zhize:Duty")) for i in range(MOST // 5))
    report = check_graph(graph)
    assert len(report.findings) == MOST and report.stopped == "findings"


def records() -> list[dict[str, Any]]:
    return [to_json(record) for record in extract_source(read_source(MEASURES))]


def written(path: Path, lines: list[dict[str, Any]] | list[str]) -> Path:
    text = "".join((line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def test_extracted_records_are_sound(tmp_path: Path) -> None:
    report = check_records(written(tmp_path / "facts.jsonl", records()), SAMPLE)
    assert report.findings == () and report.checked == len(records())


@pytest.mark.parametrize(
    ("kind", "change", "rule", "problem"),
    [
        pytest.param("duty", {"role": "boss"}, "recordType", "Type", id="a role that is none"),
        pytest.param("duty", {"start": "12"}, "recordType", "Type", id="an offset in quotes"),
        pytest.param("duty", {"start": True}, "recordType", "Type", id="an offset that is a truth"),
        pytest.param("duty", {"confidence": None}, "recordType", "Type", id="no confidence"),
        pytest.param("duty", {"mention": None}, "recordType", "Type", id="null where a text stands"),
        pytest.param("duty", {"boss": "市财政局"}, "recordField", "Unknown", id="a field that is none"),
        pytest.param("duty", {"start": 50, "end": 40}, "recordSpan", "", id="the end before the start"),
        pytest.param("duty", {"start": -3, "end": 4}, "recordSpan", "", id="before the file"),
        pytest.param("duty", {"end": 900_000}, "recordSpan", "", id="behind the document"),
        pytest.param("duty", {"mention": "市商务厅"}, "recordWords", "", id="words that are not there"),
        pytest.param("duty", {"policy": "另一文件"}, "recordOrder", "", id="of another document"),
        pytest.param("target", {"change": "sideways"}, "recordType", "Type", id="a direction that is none"),
        pytest.param("target", {"value": [1, 2, 3]}, "recordType", "Type", id="a range of three"),
        pytest.param("target", {"quote": "不在原文中的话"}, "recordWords", "", id="a quote that is not there"),
        pytest.param("policy", {"dated": "2023-02-30"}, "recordDate", "", id="a day that is none"),
        pytest.param("policy", {"expires": "2023"}, "recordDate", "", id="a year for a date"),
        pytest.param("policy", {"sha256": "0" * 64}, "recordSource", "", id="another file"),
        pytest.param("policy", {"span": [1]}, "recordType", "Type", id="a span of one"),
        pytest.param("policy", {"setting": {"planet": "火星"}}, "recordType", "Type", id="a place that is none"),
        pytest.param("citation", {"record": "quotation"}, "recordJson", "Kind", id="a kind that is none"),
    ],
)
def test_a_record_that_breaks_a_rule(tmp_path: Path, kind: str, change: dict[str, Any], rule: str, problem: str) -> None:
    lines = records()
    at = next(i for i, line in enumerate(lines) if line["record"] == kind)
    lines[at] = lines[at] | change
    findings = check_records(written(tmp_path / "facts.jsonl", lines), SAMPLE).findings
    assert {(f.rule, f.problem, f.thing) for f in findings} == {(rule, problem, str(at + 1))}


def test_a_field_that_is_missing(tmp_path: Path) -> None:
    lines = records()
    del lines[1]["end"]
    (finding,) = check_records(written(tmp_path / "facts.jsonl", lines)).findings
    assert (finding.rule, finding.problem, finding.value, finding.thing) == ("recordField", "Missing", "end", "2")


@pytest.mark.parametrize(
    "line",
    [pytest.param(text, id=text[:12]) for text in ("{", "[]", "12", '{"record": ["duty"]}', "[" * 100_000, '{"policy": "x"}')],
)
def test_a_line_that_is_no_record(tmp_path: Path, line: str) -> None:
    report = check_records(written(tmp_path / "facts.jsonl", [line]))
    assert [f.rule for f in report.findings] == ["recordJson"]


def test_a_source_outside_the_folder_is_not_read(tmp_path: Path) -> None:
    lines = records()
    for line in lines:
        line["source"] = "../" + MEASURES.name
    (tmp_path / "a").mkdir()
    (tmp_path / MEASURES.name).write_text("别的文字", encoding="utf-8")
    assert check_records(written(tmp_path / "a" / "facts.jsonl", lines)).findings == ()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRecordsError, match=r"none\.jsonl"):
        check_records(tmp_path / "none.jsonl")
