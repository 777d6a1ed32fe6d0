"""Policies of an invented city, made from a few lines, for the tests of targets and supports."""

from typing import Any

from extract.models import Clause, Paragraph, PolicyRecord, PolicyText, SourceText, TargetRecord
from extract.offsets import offsets_of
from extract.targets.find import find_targets


def policy(text: str, *, title: str = "云陵市青溪河治理实施方案", dated: str = "2022-03-01", heading: str = "") -> PolicyText:
    """A policy of one clause; "\\n" parts paragraphs, "\\t" the cells of a row, and raw text and clean text are the same."""
    head = PolicyRecord("p", "p.txt", (0, len(text)), title, None, (), dated, None, None, None)
    paragraphs, start = [], 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph(start, start + len(line)))
        start += len(line) + 1
    clauses = (
        Clause("", "", "", "root", 0, 0, len(text)),
        Clause("一", "一", "一", "section", 1, 0, len(text), heading, ""),
    )
    return PolicyText(head, SourceText("p.txt", text, ""), text, offsets_of(range(len(text))), tuple(paragraphs), clauses)


def read(text: str, **around: str) -> list[TargetRecord]:
    return find_targets(policy(text, **around))


def check_evidence(text: str) -> None:
    """Each record quotes the text where it says, and gives a reason where it is not sure."""
    for record in read(text):
        assert text[record.start : record.end] == record.quote
        assert record.quote.strip()
        assert 0 < record.confidence <= 1
        assert (record.confidence == 1) == (record.reason == "")


def short(records: list[TargetRecord]) -> list[tuple[Any, ...]]:
    return [(r.indicator, r.op, r.value, r.unit, r.by) for r in records]
