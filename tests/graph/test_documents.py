"""One node a document however it is cited, and two wherever there is doubt; every row a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.models import Record
from graph import answers, iris
from graph.build import build
from graph.store import open_store
from graph.titles import TitleParts, issues_one, title_parts
from tests.graph.records import cite, clause, policy, prevail, refer

Named = tuple[str | None, str | None]
X, N = "云陵市节水方案", "云政〔2020〕3号"
HOME = policy("home", "云陵市城市管理办法", "云政〔2023〕9号", source="h.txt", dated="2023-01-01")

# --- documents outside the store: (mentions, numbers of the node that each leads to) ------------------------------------------------

SAME = [
    pytest.param([(X, N), (None, "云政[2020]3号"), (X, None)], id="title, number, both"),
    pytest.param([(X, "云政【2020】第3号"), (X, "云政（2020）03号"), (X, "云政〔2020年〕3号")], id="spellings of a number"),
    pytest.param(
        [(None, "国务院令第591号"), (None, "中华人民共和国国务院令第591号"), (None, "国务院令（第591号）")],
        id="spellings of an order",
    ),
    pytest.param([("国务院关于加强节水的意见", None), ("关于加强节水的意见", None)], id="with and without issuer"),
    pytest.param([("中共中央 国务院关于加强节水的意见", None), ("中共中央、国务院关于加强节水的意见", None)], id="joint issuers"),
    pytest.param([("云陵市人民政府关于印发云陵市节水方案的通知", N), (X, None)], id="notice and what it issues"),
    pytest.param([("关于印发<云陵市节水方案>的通知", None), (X, None)], id="notice without issuer, in marks"),
    pytest.param([("中华人民共和国森林法", None), ("森林法", None)], id="law with and without the state's name"),
    pytest.param([(X + "（试行）", N), (X, None)], id="on trial"),
    pytest.param([(X + "（2021—2025年）", None), (X, None), (X + "(2021-2025)", None)], id="years and widths"),
    pytest.param([("节水方案", N), (X, N)], id="place left out under the same number"),
    pytest.param([("森林法（2019年修订）", None), ("中华人民共和国森林法", None)], id="one edition"),
]
APART = [
    pytest.param([("甲县办法", N), ("乙县办法", N), (None, N)], id="documents under one number, and the number"),
    pytest.param([("云陵市节水办法", N), ("云陵市节水办法实施细则", N)], id="rule and its detailed rules under one number"),
    pytest.param([("森林法", None), ("森林法实施条例", None)], id="law and its regulation"),
    pytest.param([(X, "云政〔2015〕1号"), (X, N), (X, None)], id="old and new version by number, and the title"),
    pytest.param([(X + "（2016—2020年）", None), (X + "（2021—2025年）", None), (X, None)], id="two periods, and the title"),
    pytest.param(
        [("省政府关于加强节水的意见", None), ("国务院关于加强节水的意见", None), ("关于加强节水的意见", None)], id="two issuers"
    ),
    pytest.param([("市政府关于印发节水方案的通知", None), ("省政府关于印发节水方案的通知", None)], id="notices of two issuers"),
    pytest.param([("市政府转发省政府关于节水的意见的通知", None), ("省政府关于节水的意见", None)], id="a notice that forwards"),
    pytest.param(
        [("关于印发甲方案和乙方案的通知", None), ("甲方案和乙方案", None), ("甲方案", None)], id="a notice that issues two"
    ),
    pytest.param([(X, "云政〔2024〕1号"), (X, None)], id="a number of a later year than the text"),
    pytest.param([("云陵市节水条例", None), ("青溪县节水条例", None)], id="two places"),
]


def nodes(tmp_path: Path, mentions: list[Named], *more: Record) -> list[str]:
    records = [HOME, *(cite("home", t, n, start=50 * at, source="h.txt") for at, (t, n) in enumerate(mentions)), *more]
    build(records, tmp_path)
    links = [link for link in answers.links(open_store(tmp_path)) if link.evidence.source == "h.txt"]
    assert len(links) == len(mentions)
    return [link.cited for link in links]


@pytest.mark.parametrize("mentions", SAME)
def test_one_node(tmp_path: Path, mentions: list[Named]) -> None:
    for at, order in enumerate((mentions, mentions[::-1])):
        assert len(set(nodes(tmp_path / str(at), order))) == 1


@pytest.mark.parametrize("mentions", APART)
def test_not_one_node(tmp_path: Path, mentions: list[Named]) -> None:
    assert len(set(nodes(tmp_path, mentions))) == len(mentions)


def test_the_words_stay_as_written_and_the_node_has_the_fullest(tmp_path: Path) -> None:
    nodes(tmp_path, [("关于加强节水的意见", None), ("国务院关于加强节水的意见", "国发[2019]1号"), (None, "国发〔2019〕1号")])
    store = open_store(tmp_path)
    (document,) = (p for p in answers.policies(store) if not p.resolved)
    assert (document.title, document.number) == ("国务院关于加强节水的意见", "国发[2019]1号")
    assert {link.evidence.quote for link in answers.links(store)} == {
        "《关于加强节水的意见》",
        "《国务院关于加强节水的意见》（国发[2019]1号）",
        "（国发〔2019〕1号）",
    }


# --- policies in the store: (title, notice, number, issuer) and the mention ---------------------------------------------------------

HELD = [
    pytest.param("关于印发云陵市节水方案的通知", None, True, id="title of a notice that was not read"),
    pytest.param("云陵市节水方案（试行）", None, True, id="on trial"),
    pytest.param("云陵市人民政府关于印发云陵市节水方案的通知", None, True, id="notice of its issuer"),
    pytest.param("中州省人民政府关于印发云陵市节水方案的通知", None, False, id="notice of another issuer"),
    pytest.param("节水方案", N, True, id="place left out, number the same"),
    pytest.param("节水方案", None, False, id="place left out, no number"),
    pytest.param("云陵市节水方案实施细则", N, False, id="detailed rules under its number"),
    pytest.param("云陵市节水方案", "云政〔2015〕1号", False, id="older document of its title"),
    pytest.param(None, "云政〔2020〕第3号", True, id="number with 第"),
]


@pytest.mark.parametrize(("title", "number", "expected"), HELD)
def test_held(tmp_path: Path, title: str | None, number: str | None, expected: bool) -> None:
    held = policy("x", X, N, source="x.txt", dated="2020-03-01", issuer=("云陵市人民政府",))
    (node,) = nodes(tmp_path, [(title, number)], held)
    assert (node == iris.policy_iri("x").value) is expected


def test_a_notice_of_three_is_none_of_them_but_each_title_is(tmp_path: Path) -> None:
    three = [policy(k, t, N, source="x.txt", dated="2020-03-01") for k, t in (("1", "甲办法"), ("2", "乙办法"), ("3", "丙办法"))]
    found = nodes(tmp_path, [(None, N), ("关于印发甲办法等三个文件的通知", N), ("乙办法", N)], *three)
    assert found[2] == iris.policy_iri("2").value
    assert not {iris.policy_iri(k).value for k in "123"} & set(found[:2])


def test_short_forms_lead_to_what_they_mean(tmp_path: Path) -> None:
    short = cite("home", "方案", None, start=400, source="h.txt", refers_title=X, refers_number=N)
    build([HOME, cite("home", X, N, source="h.txt"), short], tmp_path)
    first, second = answers.links(open_store(tmp_path))
    assert first.cited == second.cited and second.cited_title == X
    assert second.evidence.quote == "《方案》"


def test_a_generic_title_is_another_document_in_every_text(tmp_path: Path) -> None:
    other = policy("other", "云陵市绿化办法", "云政〔2022〕2号", source="o.txt")
    records = [HOME, cite("home", "实施方案", None, source="h.txt"), other, cite("other", "实施方案", None, source="o.txt")]
    build(records, tmp_path)
    assert len({link.cited for link in answers.links(open_store(tmp_path))}) == 2


# --- parts of documents ---------------------------------------------------------------------------------------------------------


def test_a_partial_repeal_leads_to_the_clause_and_not_to_the_document(tmp_path: Path) -> None:
    held = policy("x", X, N, source="x.txt", dated="2020-03-01")
    article = clause("x", "第一章/第三条", "第三条节水。", "第一章", "x.txt")
    repeal = cite("home", X, N, "repeals", source="h.txt", cited_clause="第三条、第五条第二款", from_date="2024-03-01")
    build([HOME, repeal, held, article], tmp_path)
    store = open_store(tmp_path)
    repealed = {row[0].value for row in store.select("SELECT ?x WHERE { ?d eli:repeals ?x }") if row[0]}
    document, inside = iris.policy_iri("x"), iris.clause_iri("x", "第一章/第三条")
    assert repealed == {inside.value, iris.cited_clause_iri(document, "第五条第二款").value}
    (link,) = answers.links(store)
    assert (link.cited, link.parts, link.from_date) == (document.value, ("第三条", "第五条第二款"), "2024-03-01")


def test_an_amended_clause_leaves_the_relation_to_the_document(tmp_path: Path) -> None:
    build([HOME, cite("home", X, N, "amends", source="h.txt", cited_clause="第六条")], tmp_path)
    (row,) = open_store(tmp_path).select(
        "SELECT ?x ?part WHERE { ?d eli:amends ?x . ?c zhize:resolvedClause/eli:is_part_of ?x ; zhize:citedClause ?part }"
    )
    assert row[1] and row[1].value == "第六条"


# --- references and precedence ----------------------------------------------------------------------------------------------------


def test_references_and_precedence_lead_to_documents(tmp_path: Path) -> None:
    records = [
        HOME,
        cite("home", X, N, source="h.txt"),
        refer("home", "该方案", X, N, 100, source="h.txt"),
        refer("home", "上述文件", None, None, 130, source="h.txt", reason="several documents could be meant"),
        refer("home", "本办法", "云陵市城市管理办法", "云政〔2023〕9号", 160, source="h.txt", kind="self"),
        prevail("home", "overrides", "以本办法为准", 190, source="h.txt", prevails="this"),
        prevail("home", "overrides", "以《云陵市节水方案》为准", 220, source="h.txt", prevails="other", title=X),
        prevail("home", "highest_only", "就高不重复", 250, source="h.txt"),
    ]
    build(records, tmp_path)
    store = open_store(tmp_path)
    (link,) = answers.links(store)
    (row,) = store.select("SELECT ?d WHERE { ?r a zhize:Reference ; zhize:refersTo ?d }")
    assert row[0] and row[0].value == link.cited
    assert len(list(store.select("SELECT ?r WHERE { ?r a zhize:Reference }"))) == 2
    found = [(p.kind, p.title, p.own, p.evidence.quote) for p in answers.precedences(store)]
    assert found == [
        ("overrides", "云陵市城市管理办法", True, "以本办法为准"),
        ("overrides", X, False, "以《云陵市节水方案》为准"),
        ("highest_only", "", False, "就高不重复"),
    ]


# --- parts of titles --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("国务院办公厅关于印发“十四五”节水规划的通知", TitleParts("十四五节水规划", "国务院办公厅")),
        ("云陵市人民政府关于印发《云陵市节水方案（试行）》的通知", TitleParts("云陵市节水方案", "云陵市政府", "试行")),
        ("云陵市贯彻国务院关于节水意见的实施方案", TitleParts("云陵市贯彻国务院关于节水意见的实施方案")),
        ("中华人民共和国水法（2016年修正）", TitleParts("水法", "", "2016修正")),
        ("关于印发甲方案等三个文件的通知", TitleParts("关于印发甲方案等三个文件的通知")),
    ],
)
def test_parts_of_titles(title: str, expected: TitleParts) -> None:
    assert title_parts(title) == expected


def test_a_notice_that_issues_one_document() -> None:
    assert issues_one("关于印发云陵市节水方案的通知")
    assert not issues_one("关于印发甲方案和乙方案的通知") and not issues_one(X)
