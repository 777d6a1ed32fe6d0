"""Which document a citation means: by number, by title, and in doubt none."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.models import Record
from graph import answers
from graph.build import build
from graph.rows import LinkRow
from graph.store import Store, open_store
from tests.graph.records import cite, policy


def linked(tmp_path: Path, *records: Record) -> list[LinkRow]:
    build(records, tmp_path)
    return answers.links(open_store(tmp_path))


A = policy("a", "云陵市停车办法", "云政〔2020〕1号", source="a.txt", dated="2020-01-01")
B = policy(
    "b", "云陵市绿化办法", "云政〔2021〕5号", source="b.txt", dated="2021-01-01", notice="云陵市人民政府关于印发绿化办法的通知"
)
C = policy("c", "云陵市绿化细则", "云政〔2021〕5号", source="b.txt", dated="2021-01-01")
D = policy("d", "云陵市排水办法", None, source="d.txt", dated="2019-01-01")
LAST = policy("z", "云陵市城市管理办法", "云政〔2023〕9号", source="z.txt", dated="2023-01-01")
OLDER = policy("y", "云陵市城市管理办法", "云政〔2015〕2号", source="y.txt", dated="2015-01-01")


@pytest.mark.parametrize(
    ("title", "number", "relation", "cited", "why"),
    [
        pytest.param(None, "云政[2020] 1号", "cites", "a", "", id="number alone"),
        pytest.param("云陵市停车办法", None, "basis", "a", "", id="title alone"),
        pytest.param("云陵市停车办法", "云政〔2020〕1号", "basis", "a", "", id="both"),
        pytest.param("云陵市绿化细则", "云政〔2021〕5号", "cites", "c", "", id="two under one number, told apart by title"),
        pytest.param(None, "云政〔2021〕5号", "cites", None, "同一文号下有多份文件", id="two under one number, no title"),
        pytest.param(
            "别的文件", "云政〔2021〕5号", "cites", None, "同一文号下有多份文件", id="two under one number, neither by title"
        ),
        pytest.param("云陵市人民政府关于印发绿化办法的通知", "云政〔2021〕5号", "cites", "b", "", id="by the title of the notice"),
        pytest.param("关于印发云陵市停车办法的通知", "云政〔2020〕1号", "cites", "a", "", id="notice not known, title inside it"),
        pytest.param("云陵市养老办法", "云政〔2020〕1号", "cites", None, "标题不同", id="the number of one, the title of another"),
        pytest.param("云陵市停车办法", "云政〔1999〕8号", "cites", None, "没有该文件", id="the title of an earlier edition"),
        pytest.param("云陵市排水办法", "云政〔2019〕4号", "cites", "d", "", id="held without its number"),
        pytest.param(
            "云陵市排水办法", "云政〔2012〕4号", "cites", None, "没有该文件", id="held without its number, of another year"
        ),
        pytest.param("云陵市城市管理办法", None, "repeals", "y", "", id="repeals its own earlier edition, not itself"),
        pytest.param("云陵市城市管理办法", None, "cites", None, "同一标题", id="cites a title that two bear"),
        pytest.param("中华人民共和国预算法", None, "basis", None, "没有该文件", id="not in the graph"),
    ],
)
def test_citations(tmp_path: Path, title: str | None, number: str | None, relation: str, cited: str | None, why: str) -> None:
    (link,) = linked(tmp_path, A, B, C, D, OLDER, LAST, cite("z", title, number, relation, source="z.txt"))
    held = {p.title + p.number: p.iri for p in answers.policies(open_store(tmp_path)) if p.resolved}
    by_key = {r.policy: held[r.title + (r.number or "")] for r in (A, B, C, D, OLDER, LAST)}
    assert link.relation == relation
    assert link.cited_resolved is (cited is not None)
    assert why in link.why_unresolved and bool(why) is bool(link.why_unresolved)
    if cited:
        assert link.cited == by_key[cited]
    else:
        assert (link.cited_title, link.cited_number) == (title or "", number or "")


def test_a_later_document_is_never_the_one_cited_by_title(tmp_path: Path) -> None:
    (link,) = linked(tmp_path, LAST, A, cite("a", "云陵市城市管理办法", None, source="a.txt"))
    assert not link.cited_resolved


def test_it_does_not_matter_which_comes_first(tmp_path: Path) -> None:
    (early,) = linked(tmp_path / "1", LAST, cite("z", None, "云政〔2020〕1号", source="z.txt"), A)
    build([LAST, cite("z", None, "云政〔2020〕1号", source="z.txt")], tmp_path / "2")
    (before,) = answers.links(open_store(tmp_path / "2"))
    (late,) = linked(tmp_path / "2", A)
    assert not before.cited_resolved and early == late and late.cited_resolved


def test_spellings_of_one_absent_document_are_one_node(tmp_path: Path) -> None:
    spelled = [
        ("中州省停车管理条例（试行）", "中州政〔2018〕3号"),
        ("中州省停车管理条例(试行)", "中州政[2018]3号"),
        (None, "中州政（2018）3号"),
        ("中州省停车管理条例（试行）", None),
    ]
    links = linked(tmp_path, A, *(cite("a", t, n, start=10 * at, source="a.txt") for at, (t, n) in enumerate(spelled)))
    assert len({link.cited for link in links}) == 1
    (document,) = (p for p in answers.policies(open_store(tmp_path)) if not p.resolved)
    assert (document.title, document.number) == ("中州省停车管理条例(试行)", "中州政[2018]3号")


def test_a_number_cited_under_two_titles_leads_to_neither(tmp_path: Path) -> None:
    links = linked(
        tmp_path,
        A,
        cite("a", "甲办法", "中州政〔2018〕3号", start=1, source="a.txt"),
        cite("a", "乙办法", "中州政〔2018〕3号", start=30, source="a.txt"),
        cite("a", None, "中州政〔2018〕3号", start=60, source="a.txt"),
    )
    assert len({link.cited for link in links}) == 3


def test_relations_stand_between_documents(store: Store) -> None:
    rows = store.select(
        "SELECT ?number ?p ?other WHERE { VALUES ?p { eli:based_on eli:cites eli:repeals eli:amends } "
        "?d ?p ?o ; rdfs:label ?number . ?o rdfs:label ?other }"
    )
    found = {(row[0].value, row[1].value.rsplit("#")[-1], row[2].value) for row in rows if all(row)}
    assert found == {
        ("云陵市推进停车设施建设的意见", "based_on", "中州省停车管理条例"),
        ("云陵市推进停车设施建设的意见", "repeals", "云陵市停车管理办法"),
        ("云陵市停车三年行动计划", "based_on", "云陵市推进停车设施建设的意见"),
        ("云陵市停车三年行动计划", "cites", "云陵市停车秩序整治方案"),
        ("云陵市停车三年行动计划", "cites", "云政办〔2023〕9号"),
        ("云陵市停车三年行动计划", "cites", "云陵市停车管理办法"),
        ("云陵市停车秩序整治方案", "cites", "云陵市占道规定"),
        ("云陵市停车管理办法", "repeals", "云陵市停车管理办法"),
    }
