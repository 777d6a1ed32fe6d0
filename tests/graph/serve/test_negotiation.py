"""Which form a client gets."""

from __future__ import annotations

import pytest

from graph.serve.negotiation import Wanted, media_type, prefers_html, wanted


@pytest.mark.parametrize(
    ("accept", "rows", "graph"),
    [
        pytest.param(None, "json", "turtle", id="says nothing"),
        pytest.param("*/*", "json", "turtle", id="takes anything"),
        pytest.param("application/sparql-results+json", "json", "", id="JSON of results only"),
        pytest.param("application/json", "json", "jsonld", id="the plain name of JSON serves both"),
        pytest.param("text/csv", "csv", "", id="CSV"),
        pytest.param("text/turtle", "", "turtle", id="Turtle only"),
        pytest.param("text/*", "csv", "turtle", id="a family of types"),
        pytest.param("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "xml", "", id="the higher quality"),
        pytest.param("application/sparql-results+json;q=0, */*", "xml", "turtle", id="q=0 refuses"),
        pytest.param("*/*;q=0.1, text/tab-separated-values", "tsv", "turtle", id="the named before the rest"),
        pytest.param("TEXT/CSV ; q=1.0 ; header=present", "csv", "", id="case and parameters"),
        pytest.param("application/rdf+xml, application/ld+json;q=0.9", "", "rdfxml", id="graphs by quality"),
        pytest.param("image/png", "", "", id="none of ours"),
        pytest.param("nonsense", "", "", id="not a range"),
        pytest.param("text/csv;q=7", "csv", "", id="a quality that is none counts as 1"),
        pytest.param(",".join(["a/b"] * 5_000) + ",text/csv", "", "", id="an endless list is not read to its end"),
    ],
)
def test_accept(accept: str | None, rows: str, graph: str) -> None:
    assert wanted(accept) == Wanted(rows, graph)


@pytest.mark.parametrize(
    ("form", "rows", "graph"), [("csv", "csv", ""), ("srj", "json", ""), ("ttl", "", "turtle"), ("docx", "", ""), ("", "json", "turtle")]
)
def test_a_form_by_name_goes_before_accept(form: str, rows: str, graph: str) -> None:
    assert wanted("*/*", form) == Wanted(rows, graph)


def test_answers_carry_the_registered_names() -> None:
    assert media_type("json", graph=False) == "application/sparql-results+json"
    assert media_type("csv", graph=False) == "text/csv; charset=utf-8"
    assert media_type("jsonld", graph=True) == "application/ld+json"


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("*/*", False),
        (None, False),
        ("text/turtle", False),
        ("text/html;q=0.5, text/turtle", False),
    ],
)
def test_browsers_want_a_page(accept: str | None, page: bool) -> None:
    assert prefers_html(accept) is page
