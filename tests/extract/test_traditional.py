"""Texts in traditional characters: the same facts as from their simplified twin, in the words of the source."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import spacy
from opencc import OpenCC

from extract.models import DutyRecord, PolicyRecord, Record, TargetRecord
from extract.pipeline import extract_source
from extract.read import read_source
from extract.traditional import simplified
from zhize.sources import SAMPLE

WORDS = {"mention", "quote", "text", "heading", "source", "sha256", "deadline_text", "message"}
TURN, BACK = OpenCC("s2t").convert, OpenCC("t2s").convert
SAMPLES = sorted(SAMPLE.glob("*.txt"))


def twin(tmp_path: Path, file: Path) -> Path:
    """The same document in traditional characters."""
    path = tmp_path / file.name
    path.write_text(TURN(file.read_text(encoding="utf-8")), encoding="utf-8")
    return path


def same(record: Record) -> dict[str, Any]:
    return {f.name: getattr(record, f.name) for f in fields(record) if f.name not in WORDS}


@pytest.mark.parametrize("file", SAMPLES, ids=lambda f: f.stem)
def test_the_same_facts_in_the_words_of_the_source(tmp_path: Path, file: Path) -> None:
    plain, source = list(extract_source(read_source(file))), read_source(twin(tmp_path, file))
    written = list(extract_source(source))
    assert [same(r) for r in written] == [same(r) for r in plain]
    for ours, theirs in zip(written, plain, strict=True):
        if isinstance(ours, DutyRecord):
            assert ours.mention == re.sub(r"\s", "", source.text[ours.start : ours.end])
        for name in ("mention", "quote", "text"):
            words, own = getattr(theirs, name, ""), getattr(ours, name, "")
            assert BACK(own) == words
            assert own != words or TURN(words) == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("為加強節約用水管理，提高用水效率，制定本方案。", "为加强节约用水管理，提高用水效率，制定本方案。", id="traditional"),
        pytest.param("为加强节约用水管理，提高用水效率，制定本方案。", "", id="simplified"),
        pytest.param("于右任書", "", id="too short to tell"),
        pytest.param("", "", id="empty"),
        pytest.param("國務院辦公廳\n關於發展\u3000\u3000乾燥設備\r\n的通知，各區縣、各有關單位。", "国务院办公厅\n关于发展\u3000\u3000干燥设备\r\n的通知，各区县、各有关单位。", id="line ends stay"),
    ],
)
def test_simplified(text: str, expected: str) -> None:
    assert simplified(text) == expected


def test_components_keep_the_words() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("zhize_duties", config={"place": "中州省云陵市"})
    doc = nlp("到2025年新建泊位3000個，加強停車管理。（市發展改革委牽頭，市財政局、市衛生健康委配合）")
    assert [(f.mention, f.agency, f.role) for f in doc._.duties if isinstance(f, DutyRecord)] == [
        ("市發展改革委", "云陵市发展和改革委员会", "lead"),
        ("市財政局", "云陵市财政局", "support"),
        ("市衛生健康委", "云陵市卫生健康委员会", "support"),
    ]
    assert [span.text for span in doc.spans["duties"]] == ["市發展改革委", "市財政局", "市衛生健康委"]


def test_titles_and_names_are_simplified(tmp_path: Path) -> None:
    file = next(f for f in SAMPLES if "scheme" in f.name)
    heads = [r for r in extract_source(read_source(twin(tmp_path, file))) if isinstance(r, PolicyRecord)]
    assert heads and not any(simplified(h.title * 9) for h in heads)
    assert any(isinstance(r, TargetRecord) for r in extract_source(read_source(twin(tmp_path, file))))
