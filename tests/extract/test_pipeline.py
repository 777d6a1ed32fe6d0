"""The components in anybody's spaCy pipeline, and the main flow from a file to its facts."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import extract.pipeline
from extract.corrections.file import parse_corrections
from extract.models import ClauseRecord, DutyRecord, NoteRecord, PolicyRecord, SourceText, to_json
from extract.pipeline import FINDERS, document, extract_policy, extract_source, pipeline, records
from extract.policies.split import split
from extract.read import read_source
from tests.factories import HEAD

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "zhize" / "sample").glob("*.txt"))
TEXT = HEAD + "一、目标\n到2025年，新建泊位3000个。（责任单位：市城管 局、市财政局）\n二、附则\n按照《云陵市停车收费办法》执行。本意见由市财政局负责解释。\n"
COMPONENTS = ["zhize_outline", *(f"zhize_{name}" for name in FINDERS)]


def blank(*names: str, **config: Any) -> Language:
    nlp = spacy.blank("zh")
    for name in names or COMPONENTS:
        nlp.add_pipe(name, config=config)
    return nlp


def test_the_example_of_the_module() -> None:
    assert doctest.testmod(extract.pipeline) == (0, 7)


def test_a_component_alone() -> None:
    doc = blank("zhize_duties")(TEXT)
    assert [(s.text, s.label_, s._.fact.agency) for s in doc.spans["duties"]] == [
        ("市城管 局", "responsible", "云陵市城市管理局"),
        ("市财政局", "responsible", "云陵市财政局"),
        ("市财政局", "responsible", "云陵市财政局"),
    ]
    assert doc._.duties == [s._.fact for s in doc.spans["duties"]]
    assert doc._.targets is None and "targets" not in doc.spans


def test_all_components_read_what_the_main_flow_reads() -> None:
    doc = blank()(TEXT)
    flow = [r for r in extract_source(SourceText("text", TEXT, "")) if not isinstance(r, (PolicyRecord, NoteRecord))]
    found = [fact for name in ("clauses", *FINDERS) for fact in doc._.get(name)]
    assert sorted(map(repr, found)) == sorted(map(repr, flow))
    assert {type(f).__name__ for f in found} >= {"ClauseRecord", "DutyRecord", "TargetRecord", "CitationRecord"}
    assert [p.head.number for p in doc._.policies] == ["云政办〔2023〕7号"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_components_find_what_extract_writes_each_fact_with_its_span(path: Path) -> None:
    source = read_source(path)
    for policy in split(source):
        doc = document(policy)
        for _, component in pipeline().pipeline:
            doc = component(doc)
        written = [to_json(record) for record in extract_policy(policy)]
        assert [to_json(record) for record in records(doc)] == written != []
        assert len(doc) == policy.head.span[1] - policy.head.span[0]
        for name in FINDERS:
            assert [span._.fact for span in doc.spans[name]] == doc._.get(name)
            assert [span.text for span in doc.spans[name]] == [source.text[f.start : f.end] for f in doc._.get(name)]


SPLITS = [
    pytest.param(lambda nlp, text: nlp.make_doc(text), id="the stock tokenizer"),
    pytest.param(lambda nlp, text: Doc(nlp.vocab, words=list(text), spaces=[False] * len(text)), id="a token a character"),
    pytest.param(lambda nlp, text: Doc(nlp.vocab, words=re.findall(r"[一-鿿]{1,3}|\s|[^一-鿿\s]{1,9}", text), spaces=None), id="words of three"),
    pytest.param(lambda nlp, text: Doc(nlp.vocab, words=[text], spaces=[False]), id="one token"),
]


@pytest.mark.parametrize("tokenize", SPLITS)
def test_spans_cover_their_facts_under_any_tokenizer(tokenize: Any) -> None:
    nlp = blank()
    doc = tokenize(nlp, TEXT)
    for _, component in nlp.pipeline:
        doc = component(doc)
    for name in ("clauses", *FINDERS):
        spans = doc.spans[name]
        assert len(spans) == len(doc._.get(name))
        for span in spans:
            fact = span._.fact
            assert span.start_char <= fact.start < fact.end <= span.end_char
            outside = [token for token in span if token.idx + len(token.text) <= fact.start or token.idx >= fact.end]
            assert outside == []


def test_pipe_over_several_texts() -> None:
    nlp = blank("zhize_duties", place="云陵市")
    texts = [TEXT, "", "由市财政局负责解释。", "今天天气很好。", TEXT]
    docs = list(nlp.pipe(texts))
    assert [len(doc._.duties) for doc in docs] == [3, 0, 1, 0, 3]
    assert [doc._.duties for doc in docs] == [nlp(text)._.duties for text in texts]
    assert [doc.text for doc, number in nlp.pipe([(t, n) for n, t in enumerate(texts)], as_tuples=True)] == texts


def test_pipe_over_several_processes() -> None:
    nlp = blank()
    docs = list(nlp.pipe([TEXT, "由市财政局负责解释。"], n_process=2, batch_size=1))
    for doc, again in zip(docs, nlp.pipe([TEXT, "由市财政局负责解释。"]), strict=True):
        assert doc._.duties == again._.duties != []
        assert [(s.text, s._.fact) for s in doc.spans["duties"]] == [(s.text, s._.fact) for s in again.spans["duties"]]
        assert [p.text for p in doc._.policies] == [p.text for p in again._.policies]


def test_a_doc_outlives_its_file() -> None:
    nlp = blank()
    binary = DocBin(store_user_data=True, docs=[nlp(TEXT)]).to_bytes()
    (doc,) = DocBin().from_bytes(binary).get_docs(nlp.vocab)
    assert [to_json(f) for f in doc._.targets] == [to_json(f) for f in nlp(TEXT)._.targets] != []


STRETCHES = [
    pytest.param("由市财政局负责解释。", "云陵市", ["云陵市财政局"], id="city"),
    pytest.param("由市财政局负责解释。", "中州省云陵市", ["云陵市财政局"], id="province and city"),
    pytest.param("由县财政局负责解释。", "中州省云陵市青溪县", ["云陵市青溪县财政局"], id="county"),
    pytest.param("（财政部、国家发展改革委负责）", "", ["财政部", "国家发展和改革委员会"], id="the state"),
    pytest.param("今天天气很好。", "云陵市", [], id="no duty"),
    pytest.param(" \n\t\n", "云陵市", [], id="blanks"),
    pytest.param("", "云陵市", [], id="nothing"),
]


@pytest.mark.parametrize(("text", "place", "agencies"), STRETCHES)
def test_a_text_without_a_head(text: str, place: str, agencies: list[str]) -> None:
    assert [f.agency for f in blank("zhize_duties", place=place)(text)._.duties] == agencies


def test_the_place_gives_way_to_that_of_the_document() -> None:
    assert {f.agency_place for f in blank("zhize_duties", place="岚州市")(TEXT)._.duties} == {"云陵市"}


def test_a_place_that_is_none() -> None:
    with pytest.raises(ValueError, match="place='somewhere'"):
        blank("zhize_duties", place="somewhere")


def test_facts_below_the_floor_of_confidence_are_left_out() -> None:
    text = "（责任单位：市星云办、市财政局）"
    assert [f.mention for f in blank("zhize_duties", place="云陵市")(text)._.duties] == ["市星云办", "市财政局"]
    assert [f.mention for f in blank("zhize_duties", place="云陵市", min_confidence=0.9)(text)._.duties] == ["市财政局"]


def test_spacy_finds_the_components_without_an_import_of_ours() -> None:
    """Entry points: they hold where the package is installed, which the interpreter of this test may not have."""
    wanted = tomllib_entry_points()
    assert set(wanted) == set(COMPONENTS)
    for name, target in wanted.items():
        module, _, function = target.partition(":")
        assert module == "extract.pipeline"
        assert callable(getattr(extract.pipeline, function))
        assert Language.get_factory_meta(name).default_config == {"place": "", "min_confidence": 0.0}


def tomllib_entry_points() -> dict[str, str]:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, str] = project["entry-points"]["spacy_factories"]
    return found


def test_a_pipeline_is_saved_with_its_settings(tmp_path: Path) -> None:
    blank("zhize_duties", place="云陵市").to_disk(tmp_path / "nlp")
    assert [f.agency for f in spacy.load(tmp_path / "nlp")("由市财政局负责解释。")._.duties] == ["云陵市财政局"]


def test_records_come_policy_by_policy_in_the_order_of_the_text() -> None:
    for path in SAMPLES:
        policy = ""
        last = -1
        for record in extract_source(read_source(path)):
            if isinstance(record, PolicyRecord):
                policy, last = record.policy, record.span[0]
            else:
                assert record.policy == policy
                assert record.start >= last
                last = record.start


def test_facts_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first policy of a gazette is there before the second is read."""
    read = []
    (gazette,) = [p for p in SAMPLES if "gazette" in p.stem]
    kept = extract.pipeline.clause_records
    monkeypatch.setattr(extract.pipeline, "clause_records", lambda policy: (read.append(policy.head.policy), kept(policy))[1])
    first = next(iter(extract_source(read_source(gazette))))
    assert isinstance(first, PolicyRecord) and read == [first.policy]


def test_no_corrections_and_none_that_fit_are_the_same() -> None:
    for path in SAMPLES:
        source = read_source(path)
        assert list(extract_source(source, parse_corrections("", "c.yaml"))) == list(extract_source(source))


def test_yaml_is_imported_only_for_a_file_of_corrections() -> None:
    script = "import sys, json, extract.pipeline; print(json.dumps('yaml' in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, cwd=ROOT, text=True)
    assert json.loads(done.stdout) is False


def test_our_pipeline_has_all_components() -> None:
    assert pipeline().pipe_names == COMPONENTS
    doc = blank()(TEXT)
    assert all(isinstance(s._.fact, ClauseRecord) for s in doc.spans["clauses"])
    assert all(isinstance(s._.fact, DutyRecord) for s in doc.spans["duties"])
