"""Corrections: what an entry does to the facts, that it holds in the text, and that taking it out leaves everything as it was."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.corrections.apply import MARK, Corrections
from extract.corrections.file import MAX_BYTES, CorrectionsError, parse_corrections, read_corrections
from extract.corrections.template import OpenNote, template
from extract.models import CitationRecord, DutyRecord, Fact, NoteRecord, PolicyRecord, Record, SourceText, TargetRecord
from extract.notes import agency_of
from extract.pipeline import extract_source
from tests.factories import HEAD

BODY = """一、建设泊位。到2025年，新建泊位3000个。（责任单位：市星云办、市财政局）
二、规范收费。按照《云陵市停车收费办法》执行。（市发改委牵头，市城管局、市公安局）
三、加强管理。市公安局要疏导
交通，安排专人负责停车秩序。
四、目标。社区慢行圈25个。
五、其他。由市财政局负责解释。
云陵市人民政府办公室
2023年3月1日
"""
SOURCE = SourceText("a.txt", HEAD + BODY, "")
POLICY = next(r.policy for r in extract_source(SOURCE) if isinstance(r, PolicyRecord))


def corrected(text: str, source: SourceText = SOURCE) -> tuple[list[Record], Corrections]:
    corrections = parse_corrections(text, "c.yaml")
    return list(extract_source(source, corrections)), corrections


def entry(**fields: Any) -> str:
    return yaml.safe_dump({"facts": [{"policy": POLICY} | fields]}, allow_unicode=True, sort_keys=False)


def difference(text: str) -> tuple[list[Record], list[Record]]:
    """What the corrections take away and what they bring."""
    before = list(extract_source(SOURCE))
    after, corrections = corrected(text)
    assert corrections.unmatched() == []
    return [r for r in before if r not in after], [r for r in after if r not in before]


def starts(quote: str) -> list[int]:
    return [m.start() for m in re.finditer(quote, SOURCE.text)]


SET = [
    pytest.param({"kind": "duty", "start": starts("市发改委")[0], "set": {"role": "support"}}, {"role": "support"}, "责任方式 牵头→配合", id="role"),
    pytest.param({"kind": "duty", "quote": "市星云办", "set": {"agency": "云陵市星云局"}}, {"agency": "云陵市星云局", "agency_known": True}, "单位 云陵市星云办公室→云陵市星云局", id="agency"),
    pytest.param({"kind": "duty", "quote": "市星云办", "set": {"deadline": "2024-06-30"}}, {"deadline": "2024-06-30", "deadline_text": None}, "完成时限 2025→2024-06-30", id="deadline"),
    pytest.param({"kind": "target", "quote": "新建泊位3000个", "set": {"value": 2500, "unit": "处", "by": 2024}}, {"value": 2500, "unit": "处", "by": "2024"}, "数值 3000→2500，计量单位 个→处，期限 2025→2024", id="figure"),
    pytest.param({"kind": "target", "quote": "新建泊位3000个", "set": {"value": [2500, 3000], "op": "="}}, {"value": (2500, 3000)}, "2500、3000", id="range"),
    pytest.param({"kind": "citation", "quote": "《云陵市停车收费办法》", "set": {"relation": "basis"}}, {"relation": "basis"}, "关系 引用→依据", id="relation"),
    pytest.param({"kind": "target", "quote": "社区慢行圈25个", "confirm": True}, {}, "确认无误", id="a weak fact that is right"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "values", "trace"), SET)
def test_fields_of_one_fact(fields: dict[str, Any], values: dict[str, Any], trace: str) -> None:
    gone, new = difference(entry(**fields, why="核对原件"))
    (fact,) = [r for r in new if not isinstance(r, NoteRecord)]
    assert isinstance(fact, (DutyRecord, TargetRecord, CitationRecord))
    assert {key: getattr(fact, key) for key in values} == values
    assert fact.confidence == 1
    assert fact.reason.startswith(MARK) and trace in fact.reason and fact.reason.endswith("（核对原件）")
    assert [(type(r), r.start) for r in gone if isinstance(r, Fact) and not isinstance(r, NoteRecord)] == [(type(fact), fact.start)]


DROP = [
    pytest.param({"kind": "duty", "quote": "市星云办"}, [DutyRecord], id="one unit"),
    pytest.param({"kind": "duty", "quote": "（责任单位：市星云办、市财政局）"}, [DutyRecord] * 2, id="all units of a list"),
    pytest.param({"kind": "target", "quote": "新建泊位 3000 个"}, [TargetRecord], id="blanks in the quote"),
    pytest.param({"kind": "citation", "quote": "云陵市停车收费办法"}, [CitationRecord], id="a citation by its title"),
]


@pytest.mark.parametrize(("fields", "kinds"), DROP)
def test_a_dropped_fact_leaves_a_note(fields: dict[str, Any], kinds: list[type]) -> None:
    gone, new = difference(entry(**fields, drop=True))
    assert [type(r) for r in gone if not isinstance(r, NoteRecord)] == kinds
    assert [(r.kind, r.message.startswith(f"{MARK}删去")) for r in new if isinstance(r, NoteRecord)] == [("corrected", True)] * len(kinds)


ADD = [
    pytest.param({"kind": "duty", "quote": "市公安局要疏导交通，安排专人负责停车秩序", "add": {"mention": "市公安局", "role": "responsible"}}, {"mention": "市公安局", "agency": "云陵市公安局", "form": "inline"}, id="a duty over a line end"),
    pytest.param({"kind": "duty", "quote": "市公安局", "start": starts("市公安局")[1], "add": {"role": "lead", "task": "疏导交通", "deadline": "每年"}}, {"role": "lead", "task": "疏导交通", "deadline": "每年"}, id="one of two by its start"),
    pytest.param({"kind": "target", "quote": "疏导交通", "add": {"indicator": "疏导", "value": 1}}, {"indicator": "疏导", "value": 1, "kind": "target"}, id="a target"),
    pytest.param({"kind": "citation", "quote": "停车秩序", "add": {"title": "停车秩序"}}, {"title": "停车秩序", "relation": "cites"}, id="a citation"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "values"), ADD)
def test_an_added_fact_stands_in_the_text(fields: dict[str, Any], values: dict[str, Any]) -> None:
    _, new = difference(entry(**fields))
    (fact,) = [r for r in new if not isinstance(r, NoteRecord)]
    assert isinstance(fact, (DutyRecord, TargetRecord, CitationRecord))
    assert {key: getattr(fact, key) for key in values} == values
    written = "".join(SOURCE.text[fact.start : fact.end].split())
    assert written == (fact.mention if isinstance(fact, DutyRecord) else fact.quote)
    assert fact.confidence == 1 and fact.reason.startswith(f"{MARK}补充")
    assert fact.clause


def test_a_missed_duty_that_is_added_is_no_longer_noted() -> None:
    before = [r for r in extract_source(SOURCE) if isinstance(r, NoteRecord) and r.kind == "text"]
    after, _ = corrected(entry(kind="duty", quote="市公安局要疏导交通", add={"mention": "市公安局"}))
    assert len(before) == 1
    assert not [r for r in after if isinstance(r, NoteRecord) and r.kind == "text"]


NAMES = [
    pytest.param("aliases: [{mention: 市星云办, agency: 云陵市大数据管理局}]", "云陵市大数据管理局", id="alias"),
    pytest.param("aliases: [{mention: 市星云办, agency: 云陵市大数据管理局, place: 云陵市}]", "云陵市大数据管理局", id="alias of this place"),
    pytest.param("aliases: [{mention: 市星云办, agency: 甲局}, {mention: 市星云办, agency: 乙局, place: 云陵市}]", "乙局", id="the place goes first"),
    pytest.param("agencies: [{from: 云陵市星云办公室, to: 云陵市星云办公室}]", "云陵市星云办公室", id="a name that is right"),
    pytest.param("agencies: [{from: 云陵市星云办公室, to: 云陵市星云局, why: 2023年更名}]", "云陵市星云局", id="another name"),
    pytest.param("agencies: [{from: 云陵市星云办公室, to: 甲局}]\naliases: [{mention: 市星云办, agency: 乙局}]", "乙局", id="an alias goes before a name"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_names(text: str, name: str) -> None:
    records, _ = corrected(text)
    (duty,) = [r for r in records if isinstance(r, DutyRecord) and r.mention == "市星云办"]
    assert (duty.agency, duty.agency_known, duty.confidence) == (name, True, 1)
    assert duty.reason.startswith(MARK)
    assert not [r for r in records if isinstance(r, NoteRecord) and r.kind == "agency"]


def test_a_new_name_leaves_a_doubtful_role_in_doubt() -> None:
    records, _ = corrected("aliases: [{mention: 市城管局, agency: 云陵市城市管理局}]")
    (duty,) = [r for r in records if isinstance(r, DutyRecord) and r.mention == "市城管局"]
    assert duty.confidence < 1 and "位置" in duty.reason and duty.reason.startswith(MARK)


def test_a_role_that_is_set_holds_for_the_rest_of_the_list_that_is_in_the_same_doubt() -> None:
    _, new = difference(entry(kind="duty", start=starts("市城管局")[0], set={"role": "support"}))
    assert [(r.mention, r.role) for r in new if isinstance(r, DutyRecord)] == [("市城管局", "support"), ("市公安局", "support")]


def test_an_alias_of_another_place_changes_nothing() -> None:
    records, corrections = corrected("aliases: [{mention: 市星云办, agency: 甲局, place: 岚州市}]")
    assert records == list(extract_source(SOURCE))
    assert [(u.line, u.message) for u in corrections.unmatched()] == [(1, "no duty in 岚州市 names 市星云办")]


def test_head_of_a_policy() -> None:
    source = SourceText("a.txt", SOURCE.text.replace("2023年3月1日\n", ""), "")
    assert [r.message for r in extract_source(source) if isinstance(r, NoteRecord) and r.kind == "head"] == ["没有找到成文日期"]
    records, corrections = corrected(entry(kind="policy", set={"dated": "2023-03-01", "issuer": "云陵市人民政府办公室"}), source)
    (head,) = [r for r in records if isinstance(r, PolicyRecord)]
    assert (head.policy, head.dated, head.issuer) == (POLICY, "2023-03-01", ("云陵市人民政府办公室",))
    assert head.reason.startswith(MARK) and "成文日期 无→2023-03-01" in head.reason
    assert not [r for r in records if isinstance(r, NoteRecord) and r.kind == "head"]
    assert corrections.unmatched() == []


def test_a_note_that_a_person_has_settled() -> None:
    gone, new = difference(entry(kind="note", start=starts("市公安局")[1], drop=True))
    assert [r.kind for r in gone if isinstance(r, NoteRecord)] == ["text"]
    assert new == []


@pytest.mark.parametrize("text", ["", "# nothing\n", "agencies:\naliases:\nfacts:\n", "\ufeff# BOM\n".lstrip("\ufeff")])
def test_an_empty_file_changes_nothing(text: str) -> None:
    records, corrections = corrected(text)
    assert records == list(extract_source(SOURCE))
    assert corrections.unmatched() == []


UNMATCHED = [
    pytest.param({"kind": "duty", "quote": "市教育局", "drop": True}, "no duty fits it with the quote '市教育局'", id="no such fact"),
    pytest.param({"kind": "target", "start": 1, "drop": True}, "no target fits it at 1", id="no fact there"),
    pytest.param({"kind": "duty", "quote": "市财政局", "set": {"role": "lead"}}, "2 facts of kind duty fit it: add start, one of", id="two facts"),
    pytest.param({"kind": "duty", "quote": "市水利局负责供水", "add": {"mention": "市水利局"}}, "does not stand in the policy", id="a quote of nowhere"),
    pytest.param({"kind": "duty", "quote": "市公安局", "add": {"role": "lead"}}, "stands 2 times in the policy: add start", id="a quote of two places"),
    pytest.param({"kind": "duty", "quote": "加强管理", "add": {"mention": "市财政局"}}, "'市财政局' does not stand in the quote", id="a mention outside the quote"),
    pytest.param({"kind": "duty", "quote": "由市财政局负责", "add": {"mention": "市财政局"}}, "the rules read it by now", id="read already"),
    pytest.param({"kind": "note", "quote": "市教育局", "drop": True}, "no note fits it any more", id="no such note"),
    pytest.param({"policy": "云政办〔2020〕1号-00000000", "kind": "duty", "quote": "市财政局", "drop": True}, "no document that was read has the policy 云政办〔2020〕1号", id="another policy"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "message"), UNMATCHED)
def test_an_entry_that_does_nothing_is_named_with_its_line(fields: dict[str, Any], message: str) -> None:
    records, corrections = corrected("# a comment\n" + entry(**fields))
    assert records == list(extract_source(SOURCE))
    (idle,) = corrections.unmatched()
    assert idle.line == 3
    assert message in idle.message


WRONG = [
    pytest.param("facts: [", 1, "not YAML", id="not closed"),
    pytest.param("agencies:\n- from: a\n   to: b", 3, "not YAML", id="wrong indent"),
    pytest.param("- from: a", 1, "begin with one of", id="a list"),
    pytest.param("just words", 1, "begin with one of", id="a text"),
    pytest.param("agency: []", 1, "agency is unknown here; use agencies, aliases, facts", id="unknown list"),
    pytest.param("agencies: {from: a, to: b}", 1, "agencies has to be a list", id="a list without dashes"),
    pytest.param("agencies: [a]", 1, "fields are expected", id="an entry without fields"),
    pytest.param("agencies:\n- from: a\n  too: b", 2, "too is unknown here; use from, to, why", id="misspelt field"),
    pytest.param("agencies:\n- from: a", 2, "to is missing", id="missing field"),
    pytest.param("agencies:\n- from: a\n  to: ''", 2, "to has to be a text", id="empty name"),
    pytest.param("agencies:\n- from: a\n  to: b\n- from: a\n  to: c", 4, "a is already renamed in line 2", id="two names for one"),
    pytest.param("aliases:\n- {mention: a, agency: b}\n- {mention: a, agency: c}", 3, "a already has a meaning in line 2", id="two meanings"),
    pytest.param("facts:\n- {policy: p, kind: duty, quote: a}", 2, "needs one of drop", id="no action"),
    pytest.param("facts:\n- {policy: p, kind: duty, quote: a, drop: true, add: {}}", 2, "needs one of drop", id="two actions"),
    pytest.param("facts:\n- {policy: p, kind: duty, quote: a, drop: false}", 2, "drop has to be true", id="drop: false"),
    pytest.param("facts:\n- {policy: p, kind: dutys, quote: a, drop: true}", 2, "kind is 'dutys'; use one of duty", id="unknown kind"),
    pytest.param("facts:\n- {policy: p, kind: duty, drop: true}", 2, "needs start or quote", id="no fact"),
    pytest.param("facts:\n- {policy: p, kind: duty, start: x, drop: true}", 2, "start has to be a number", id="start is no number"),
    pytest.param("facts:\n- {policy: p, kind: duty, start: 1, add: {}}", 2, "quote is missing", id="what to add"),
    pytest.param("facts:\n- {policy: p, kind: duty, start: 1, set: {}}", 2, "set needs fields such as", id="nothing to set"),
    pytest.param("facts:\n- {policy: p, kind: duty, start: 1, set: {rolle: lead}}", 2, "rolle is unknown here; use role, agency", id="unknown field"),
    pytest.param("facts:\n- {policy: p, kind: duty, start: 1, set: {role: boss}}", 2, "role is 'boss'; use one of lead", id="unknown role"),
    pytest.param("facts:\n- {policy: p, kind: target, start: 1, set: {value: many}}", 2, "value is 'many', where a number", id="no number"),
    pytest.param("facts:\n- {policy: p, kind: target, start: 1, set: {value: [1, 2, 3]}}", 2, "two for a range", id="three numbers"),
    pytest.param("facts:\n- {policy: p, kind: target, quote: a, add: {value: 1}}", 2, "indicator is missing", id="a target without indicator"),
    pytest.param("facts:\n- {policy: p, kind: policy, drop: true}", 2, "only fields can be set", id="a policy cannot be dropped"),
    pytest.param("facts:\n- {policy: p, kind: note, start: 1, set: {kind: a}}", 2, "can only be dropped", id="a note has no fields"),
    pytest.param("facts:\n- {policy: p, policy: q, kind: note, start: 1, drop: true}", 2, "policy is given twice", id="a field twice"),
    pytest.param("facts:\n- {1: p}", 2, "1 is no name of a field", id="a number as field"),
    pytest.param("facts: !!python/object/apply:os.getcwd []", 1, "not YAML", id="code"),
    pytest.param("&a [*a]", 1, "begin with one of", id="an endless list"),
    pytest.param("agencies:\n- &a {from: x, to: *a}", 2, "not YAML", id="an endless entry"),
    pytest.param("[" * 5000, 0, "nested too deeply", id="deep brackets"),
    pytest.param("a\x00b", 0, "not YAML", id="a control character"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message"), WRONG)
def test_a_malformed_file_gives_one_clear_error(text: str, line: int, message: str, tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorrectionsError) as caught:
        read_corrections(path)
    assert message in caught.value.message
    assert caught.value.line == line
    assert str(path) in caught.value.message and "\n" not in caught.value.message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "cannot be read: No such file", id="missing"),
        pytest.param(b"\xff\xfe\xfa", "not UTF-8", id="not text"),
        pytest.param(b"#" * (MAX_BYTES + 1), "more than", id="too large"),
    ],
)
def test_a_file_that_cannot_be_read(content: bytes | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CorrectionsError, match=message):
        read_corrections(path)


def test_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_bytes("\ufeffagencies: [{from: a, to: b}]".encode())
    assert read_corrections(path).renames["a"].new == "b"


def open_notes(records: list[Record]) -> list[OpenNote]:
    return [OpenNote(r.kind, r.message, r.quote, r.policy, "题", f"a.txt:{r.start}", r.start) for r in records if isinstance(r, NoteRecord)]


def uncommented(text: str) -> str:
    return "\n".join(line.removeprefix("# ") for line in text.splitlines() if re.match(r"# (?:- | {2}[a-z]+:)|[a-z]+:$", line))


def test_the_template_as_written_changes_nothing() -> None:
    records = list(extract_source(SOURCE))
    text = template(open_notes(records))
    assert parse_corrections(text, "c.yaml") == Corrections("c.yaml")
    assert text.count("# - ") == len(open_notes(records)) + 1  # and an alias as an example


def test_the_template_filled_in_answers_every_note() -> None:
    records = list(extract_source(SOURCE))
    notes = open_notes(records)
    assert {n.kind for n in notes} == {"agency", "role", "text", "weak"}
    text = uncommented(template(notes)).replace('- mention: "市某办"', '- mention: "市财政局"').replace("某市某某办公室", "云陵市财政局")
    after, corrections = corrected(text.replace('"某市"', '"云陵市"'))
    assert corrections.unmatched() == []
    assert open_notes(after) == []


HOSTILE = ["a\nagencies: [{from: x, to: y}]", "a\u2028- b", "a\x85- b", "\x1b[31m\x00\ud800", '"}\n- "', "# - {"]


@pytest.mark.parametrize("bad", HOSTILE, ids=range(len(HOSTILE)))
def test_words_of_a_document_stay_in_their_comment_and_string(bad: str, tmp_path: Path) -> None:
    message = f"未登记的机构：{bad} → {bad}（理由：无）"
    notes = [OpenNote("agency", message, bad, bad, bad, bad, 3), OpenNote("text", bad, bad, bad, bad, bad, 5)]
    path = tmp_path / "c.yaml"
    path.write_text(template(notes), encoding="utf-8")
    assert read_corrections(path) == Corrections("c.yaml")
    filled = parse_corrections(uncommented(template(notes)), "c.yaml")
    assert len(filled.renames) == 1 and [len(edits) for edits in filled.edits.values()] == [1]


def test_the_name_in_a_note_is_that_of_the_duty() -> None:
    records = list(extract_source(SOURCE))
    unknown = {r.agency for r in records if isinstance(r, DutyRecord) and not r.agency_known}
    assert {agency_of(r.message) for r in records if isinstance(r, NoteRecord) and r.kind == "agency"} == unknown == {"云陵市星云办公室"}
