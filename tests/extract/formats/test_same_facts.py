"""The same document in every format gives the same policies, duties, targets and citations."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.models import CitationRecord, DutyRecord, PolicyRecord, Record, SourceText, TargetRecord, to_json
from extract.pipeline import extract_source
from extract.read import read_source
from tests.extract.formats import making
from tests.extract.formats.pages import ofd, pages, pdf

TABLES = (making.Head("云陵市生活垃圾分类重点任务清单"), making.DUTIES, making.Head("云陵市生活垃圾分类主要指标"), making.INDICATORS)
HEADER = "云陵市人民政府公报 2023年第9期"

FIELDS: dict[type[Record], tuple[str, ...]] = {
    PolicyRecord: ("title", "number", "issuer", "dated", "effective", "expires", "type"),
    DutyRecord: ("clause", "form", "role", "mention", "agency", "deadline"),
    TargetRecord: ("clause", "kind", "indicator", "op", "value", "unit", "by"),
    CitationRecord: ("clause", "title", "number", "relation"),
}


def facts(source: SourceText) -> list[tuple[Any, ...]]:
    return [
        (type(record).__name__, *(getattr(record, name) for name in FIELDS[type(record)]))
        for record in extract_source(source)
        if type(record) in FIELDS
    ]


def read(folder: Path, name: str, data: bytes) -> SourceText:
    path = folder / name
    path.write_bytes(data)
    return read_source(path)


@cache
def expected(parts: tuple[making.Part, ...]) -> list[tuple[Any, ...]]:
    text = making.text(parts)
    return facts(SourceText("a.txt", text, ""))


FORMATS: list[Any] = [
    pytest.param("a.txt", lambda: making.text().encode(), id="UTF-8"),
    pytest.param("a.txt", lambda: making.text().encode("utf-8-sig"), id="UTF-8 with mark"),
    pytest.param("a.txt", lambda: making.text().encode("utf-16"), id="UTF-16"),
    pytest.param("a.txt", lambda: making.text().encode("utf-16-be"), id="UTF-16 without mark"),
    pytest.param("a.txt", lambda: making.text().encode("gb18030"), id="GB18030"),
    pytest.param("a.docx", making.docx, id="Word"),
    pytest.param("a.docx", lambda: making.docx(indent=False), id="Word without indents"),
    pytest.param("a.html", making.html, id="gov.cn page"),
    pytest.param("a.htm", lambda: making.html(charset="gb18030"), id="page in GB18030"),
    pytest.param("a.html", lambda: making.html(content="<div><table><tr><td class=x1><div>"), id="page of an unknown system, in a frame table"),
    pytest.param("a.pdf", lambda: pdf(pages()), id="PDF"),
    pytest.param("a.pdf", lambda: pdf(pages(), boxes=True), id="PDF, rules as filled boxes"),
    pytest.param("a.pdf", lambda: pdf(pages(ruled=False)), id="PDF, tables without rules"),
    pytest.param("a.pdf", lambda: pdf(pages(columns=2, size=10.5, header=HEADER)), id="PDF in two columns with running header"),
    pytest.param("a.pdf", lambda: pdf(pages(columns=3, size=8)), id="PDF in three columns"),
    pytest.param("a.pdf", lambda: pdf(pages(height=420), height=420), id="PDF, tables continued over pages"),
    pytest.param("a.pdf", lambda: pdf(pages(height=480, ruled=False), height=480), id="PDF, tables without rules continued over pages"),
    pytest.param("a.pdf", lambda: pdf(pages(), turned=True), id="PDF set sideways"),
    pytest.param("a.pdf", lambda: pdf(pages(), repeat=2), id="PDF with false bold letters"),
    pytest.param("a.ofd", lambda: ofd(pages()), id="OFD"),
    pytest.param("a.ofd", lambda: ofd(pages(columns=2, size=10.5), prefix=""), id="OFD in two columns, default namespace"),
    pytest.param("a.ofd", lambda: ofd(pages(ruled=False)), id="OFD, tables without rules"),
]


@pytest.mark.parametrize(("name", "make"), FORMATS)
def test_facts_do_not_depend_on_the_format(tmp_path: Path, name: str, make: Callable[[], bytes]) -> None:
    source = read(tmp_path, name, make())
    found, wanted = facts(source), expected(making.DOCUMENT)
    assert [f for f in wanted if f not in found] == []
    assert [f for f in found if f not in wanted] == []
    assert found == wanted
    assert len(wanted) > 50
    assert source.warnings == ()


def test_a_workbook_of_tasks(tmp_path: Path) -> None:
    source = read(tmp_path, "a.xlsx", making.xlsx(TABLES))
    assert facts(source) == expected(TABLES)
    assert len([f for f in facts(source) if f[0] == "DutyRecord"]) == 16


@pytest.mark.parametrize(("name", "make"), FORMATS[5:])
def test_every_fact_leads_to_its_words_and_page(tmp_path: Path, name: str, make: Callable[[], bytes]) -> None:
    source = read(tmp_path, name, make())
    assert source.pages == tuple(sorted(source.pages))
    assert all(source.text[start - 1] == "\f" for start in source.pages[1:])
    assert source.text.count("\f") == max(len(source.pages) - 1, 0)
    seen = set()
    for record in extract_source(source):
        if isinstance(record, DutyRecord):
            words = re.sub(r"—\s?\d\s?—|" + HEADER + r"|\s", "", source.text[record.start : record.end])
            assert words == record.mention
        if isinstance(record, DutyRecord | TargetRecord | CitationRecord):
            assert record.page == (1 + source.text.count("\f", 0, record.start) if source.pages else None)
            assert to_json(record).get("page") == record.page
            assert ("page" in to_json(record)) == bool(source.pages)
            seen.add(record.page)
    assert len(seen) == len({p for p in seen if p is not None}) or seen == {None}


@pytest.mark.parametrize(("name", "make"), [FORMATS[i] for i in (5, 7, 10, 13, 19)])
def test_the_same_file_gives_the_same_text(tmp_path: Path, name: str, make: Callable[[], bytes]) -> None:
    data = make()
    assert read(tmp_path, name, data) == read(tmp_path, name, data)
