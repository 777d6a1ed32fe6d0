"""The sample corpus that ships with the program, read and built: sound by the shapes, the same twice, no statement doubled."""

from __future__ import annotations

import io
from pathlib import Path

from graph.build import build
from graph.export import export
from graph.store import Store, open_store
from ontology.vocabulary import SHAPES_FILE
from zhize.sources import SAMPLE, Reading


def test_it_conforms(sample: Store) -> None:
    import pyshacl
    import rdflib

    out = io.BytesIO()
    export(sample, "turtle", out)
    graph = rdflib.Graph().parse(data=out.getvalue(), format="turtle")
    ok, _, text = pyshacl.validate(graph, shacl_graph=str(SHAPES_FILE), shacl_graph_format="turtle", inference="none")
    assert ok, text


def test_no_statement_stands_in_two_graphs(sample: Store) -> None:
    quads = list(sample.engine)
    assert len({(q.subject, q.predicate, q.object) for q in quads}) == len(quads) > 1000


def test_reading_and_building_again_changes_nothing(sample: Store, tmp_path: Path) -> None:
    report = build(Reading((SAMPLE,), quiet=True).records(), sample.folder)
    assert not report.published and report.changed == report.added == 0
    build(Reading((SAMPLE,), quiet=True).records(), tmp_path)
    one, two = io.BytesIO(), io.BytesIO()
    export(sample, "nquads", one)
    export(open_store(tmp_path), "nquads", two)
    assert one.getvalue() == two.getvalue()
