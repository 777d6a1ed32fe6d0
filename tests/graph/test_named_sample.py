"""Every named query on the sample corpus: the answers that were read and kept, and the same from another engine."""

from __future__ import annotations

import io
import json
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
import rdflib

from graph.build import build
from graph.export import export
from graph.named import find_query, named_queries
from graph.store import open_store
from tests.graph.golden import FILE, answer, cases, title
from zhize.sources import SAMPLE, Reading

KEPT = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    build(Reading((SAMPLE,), quiet=True).records(), folder)
    return folder


@pytest.fixture(scope="module")
def other(sample: Path) -> rdflib.Graph:
    """The same graph in rdflib, from our Turtle."""
    out = io.BytesIO()
    export(open_store(sample), "turtle", out)
    return rdflib.Graph().parse(data=out.getvalue(), format="turtle")


@pytest.mark.parametrize(("name", "values"), cases(), ids=[title(*case) for case in cases()])
def test_the_answer_is_the_one_that_was_read_and_kept(sample: Path, name: str, values: dict[str, str]) -> None:
    assert answer(sample, name, values) == KEPT[title(name, values)]


def test_each_query_has_an_answer_and_no_answer_is_left_over() -> None:
    assert set(KEPT) == {title(*case) for case in cases()}
    assert all(KEPT[query.name]["rows"] for query in named_queries()), "a query that finds nothing shows nothing"


def plain(value: object) -> str:
    """A cell without what engines write differently: 3.5 and 3.50."""
    text = "" if value is None else str(value)
    try:
        return str(Decimal(text).normalize()) if "." in text else text
    except InvalidOperation:
        return text


@pytest.mark.parametrize("query", named_queries(), ids=lambda q: q.name)
def test_rdflib_gives_the_same_answer(sample: Path, other: rdflib.Graph, query) -> None:
    ours = [[plain(cell) for cell in row] for row in answer(sample, query.name, {})["rows"]]
    theirs = [[plain(cell) for cell in row] for row in other.query(query.bind())]
    assert sorted(theirs) == sorted(ours)


def test_the_default_document_is_the_one_of_its_title(sample: Path) -> None:
    graph = open_store(sample)
    for query in named_queries():
        for param in query.params:
            if param.type == "policy":
                iri = query.text.split("VALUES ?policy { ")[1].split(" }")[0]
                assert [row[0].value for row in graph.select(f"SELECT ?t WHERE {{ {iri} rdfs:label ?t }}")] == [param.default]


@pytest.mark.parametrize(("role", "other"), [("牵头", "lead"), ("责任", "responsible"), ("support", "配合")])
def test_a_role_has_a_code_and_a_label(role: str, other: str) -> None:
    query = find_query("duties-due")
    assert query.bind({"kind": role}) == query.bind({"kind": other}) != query.bind({"kind": ""})
