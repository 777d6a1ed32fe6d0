"""What the tests of citations share: a policy made of one's own sentences."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise

from extract.citations.find import find_citations
from extract.models import CitationRecord, Clause, Paragraph, PolicyRecord, PolicyText, SourceText
from extract.offsets import offsets_of
from extract.policies.outline import outline

TITLE = "云陵市节约用水管理办法"
NUMBER = "云政〔2023〕8号"


def policy_of(text: str, title: str = TITLE, number: str | None = NUMBER, notice: str | None = None) -> PolicyText:
    """A policy whose clean text is ``text``, with the outline that the extractor gives it."""
    issuer = ("云陵市人民政府",)
    head = PolicyRecord("1", "a.txt", (0, len(text)), title, number, issuer, None, None, None, "办法", notice)
    starts = [0, *(m.end() for m in re.finditer("\n", text))]
    paragraphs = tuple(Paragraph(a, b - 1) for a, b in pairwise([*starts, len(text) + 1]) if b - 1 > a)
    root = Clause("", "", "", "root", 0, 0, len(text))
    return outline(PolicyText(head, SourceText("a.txt", text, ""), text, offsets_of(range(len(text))), paragraphs, (root,)))


def cited(text: str, **kind: str | None) -> list[CitationRecord]:
    return find_citations(policy_of(text, **kind))  # type: ignore[arg-type]


def body(sentence: str) -> str:
    """``sentence`` in the second article, away from all that could make it a basis."""
    return f"第一条为了节约用水，加强管理，制定本办法。\n第二条{sentence}"


A, B, C = "云陵市供水条例", "中州省节水方案", "云陵市水价管理规定"


def rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a data file of the extract package."""
    lines = (files("extract") / "data" / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")][1:]
