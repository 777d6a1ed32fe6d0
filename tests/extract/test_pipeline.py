"""The pipeline as people of spaCy use it: the same facts as ``extract``, each with its span in the Doc."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.models import to_json
from extract.pipeline import FINDERS, document, extract_policy, pipeline, records
from extract.read import read_source
from extract.split import split

SAMPLE = sorted((Path(__file__).parents[2] / "zhize/sample").glob("*.txt"))


@pytest.mark.parametrize("path", SAMPLE, ids=lambda p: p.stem)
def test_components_find_what_extract_writes(path: Path) -> None:
    for policy in split(read_source(path)):
        doc = document(policy)
        for _, component in pipeline().pipeline:
            doc = component(doc)
        written = [to_json(record) for record in extract_policy(policy)]
        assert len(written) > 1
        assert [to_json(record) for record in records(doc)] == written


@pytest.mark.parametrize("path", SAMPLE[:2], ids=lambda p: p.stem)
def test_each_fact_has_its_span(path: Path) -> None:
    source = read_source(path)
    for policy in split(source):
        doc = document(policy)
        for _, component in pipeline().pipeline:
            doc = component(doc)
        assert len(doc) == policy.head.span[1] - policy.head.span[0]
        for name in FINDERS:
            assert [span._.fact for span in doc.spans[name]] == doc._.get(name)
            assert [span.text for span in doc.spans[name]] == [source.text[f.start : f.end] for f in doc._.get(name)]
