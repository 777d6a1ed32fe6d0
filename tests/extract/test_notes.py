"""Review notes: what a person is asked to look at, and what is no trouble at all."""

from __future__ import annotations

from collections import Counter

import pytest

from extract.fact import NOTE_KINDS
from extract.models import NoteRecord, SourceText
from extract.pipeline import extract_source
from tests.factories import HEAD

TAIL = "\n云陵市人民政府办公室\n2023年3月1日\n"


def notes(body: str, head: str = HEAD, tail: str = TAIL) -> list[NoteRecord]:
    return [r for r in extract_source(SourceText("a.txt", head + body + tail, "")) if isinstance(r, NoteRecord)]


TABLE = "序号\t工作任务\t{}\n1\t新建泊位\t{}\n2\t改造泊位\t{}\n3\t管理泊位\t{}"

FOUND = [
    pytest.param("一、泊位。新建泊位。（责任单位：市星云推进办）", "agency", "市星云推进办 → 云陵市星云推进办公室", id="unknown body"),
    pytest.param("一、泊位。新建泊位。（责任单位：黑水学院）", "agency", "未登记的机构：黑水学院", id="unknown body, its name as printed"),
    pytest.param("一、泊位。新建泊位。\n责任单位：\n二、其他。做好其他工作。", "unread", "没有识别出单位", id="label without a unit"),
    pytest.param(TABLE.format("责任单位", "", "", ""), "table", "责任表没有识别出单位", id="column of units without a unit"),
    pytest.param(
        TABLE.format("备注", "市财政局", "市公安局、市商务局", "市教育局"), "table", "第3列像是单位（表头“备注”）", id="units under another heading"
    ),
    pytest.param("一、泊位。市公安局要严格执法，疏导交通，安排专人负责停车秩序。", "text", "“负责”和市公安局", id="a sentence that no rule reads"),
    pytest.param(
        "一、泊位。新建泊位。（责任单位：市公安局。以下各项均需各县区政府负责落实，不再逐一列出）", "text", "各条未逐一补入", id="units said once for all clauses"
    ),
    pytest.param(
        "一、泊位。次年3月底前完成决算。（责任单位：市财政局、市公安局）", "deadline", "无从推定：“次年3月底前”", id="a year that nothing tells"
    ),
    pytest.param(
        "一、泊位\n（一）甲项\n1.新建。到2025年新建30个。\n2.改造。抓好改造。\n责任单位：市财政局", "deadline", "部分子项，不作为整项任务的时限：“到2025年”",
        id="a deadline of one item alone",
    ),
    pytest.param("一、泊位。依照《云陵市停车办法第三条执行。\n二、其他。做好其他工作。", "citation", "书名号没有闭合", id="a title without its end"),
    pytest.param("一、目标。社区慢行圈25个。", "weak", "依据较弱", id="a figure after its indicator"),
]


@pytest.mark.parametrize(("body", "kind", "message"), FOUND)
def test_noted(body: str, kind: str, message: str) -> None:
    found = [n for n in notes(body) if n.kind == kind]
    assert len(found) == 1
    assert message in found[0].message
    assert found[0].quote


NOT_FOUND = [
    pytest.param("一、泊位。新建泊位。（责任单位：市财政局、市公安局）", id="known bodies"),
    pytest.param("一、泊位。新建泊位。（责任单位：各县区政府、市停车工作领导小组成员单位）", id="groups"),
    pytest.param("一、泊位。新建泊位。（责任单位：云陵泊车科技有限公司）", id="the full name of a company"),
    pytest.param(TABLE.format("责任单位", "市财政局", "市公安局", "市教育局"), id="a table that is read"),
    pytest.param(TABLE.format("备注", "市财政局", "新城路东侧", "老城路西侧"), id="one cell with a body makes no column"),
    pytest.param("一、泊位。领导小组办公室设在市财政局，负责日常工作。", id="the seat of an office"),
    pytest.param("一、泊位。专班由市财政局、市公安局组成，负责日常工作。", id="the members of a group"),
    pytest.param("一、泊位。对负责同志进行培训，并向市财政局报告。", id="负责同志 is nobody's duty"),
    pytest.param("一、泊位。及时向市财政局报告负责事项。", id="who is told has no duty"),
    pytest.param("一、泊位。按《云陵市财政局停车收费办法》负责兑现。", id="a body in a title"),
    pytest.param("一、泊位。由市财政局负责解释。", id="a sentence that is read"),
    pytest.param("一、泊位。依照《云陵市停车办法》执行。", id="a title with its end"),
    pytest.param("一、泊位。年底前新建30个。（责任单位：市财政局）", id="a year that the document's date tells"),
    pytest.param("一、泊位。每年新建30个。（责任单位：市财政局）", id="a rhythm needs no day"),
]


@pytest.mark.parametrize("body", NOT_FOUND)
def test_not_noted(body: str) -> None:
    assert notes(body) == []


def test_a_list_whose_roles_no_word_tells_is_noted_once() -> None:
    found = notes("一、泊位。新建泊位。（市城管局牵头，市公安局、市财政局）")
    assert [(n.kind, n.message.count("市公安局")) for n in found] == [("role", 1)]


def test_an_agency_is_noted_once_a_policy() -> None:
    found = notes("一、泊位。新建泊位。（责任单位：市星云办）\n二、收费。规范收费。（责任单位：市星云办、黑水学院）")
    assert [n.quote for n in found] == ["市星云办", "黑水学院"]


@pytest.mark.parametrize(
    ("head", "tail", "missing"),
    [
        pytest.param(HEAD, TAIL, [], id="nothing"),
        pytest.param(HEAD, "\n", ["没有找到成文日期"], id="no date"),
        pytest.param(HEAD.replace("云政办〔2023〕7号\n", ""), TAIL, ["没有找到文号"], id="no number"),
    ],
)
def test_what_the_head_lacks(head: str, tail: str, missing: list[str]) -> None:
    assert [n.message for n in notes("一、泊位。\n新建一批泊位。", head, tail) if n.kind == "head"] == missing


def test_notes_come_in_the_order_of_the_text_and_of_kinds_that_are_known() -> None:
    found = notes("一、泊位。新建泊位。（责任单位：市星云办）\n二、其他。市公安局要严格执法，疏导交通，安排专人负责停车秩序。", tail="\n")
    assert [n.start for n in found] == sorted(n.start for n in found)
    assert set(Counter(n.kind for n in found)) == {"head", "agency", "text"} <= set(NOTE_KINDS)
