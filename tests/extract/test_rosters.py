"""Members of leading groups and commands: lists with posts, lists of units, sentences; persons are never bodies."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from extract.agencies.rosters import find_members
from extract.fact import MemberRecord
from extract.models import SourceText, from_json, to_json
from extract.pipeline import extract_source
from extract.read import read_source
from tests.factories import HEAD, policy
from zhize.sources import SAMPLE

PARKING = "云陵市停车工作领导小组"
POST = "云陵市停车抢修指挥部"
TAIL = "\n云陵市人民政府办公室\n2023年3月1日\n"


def members(body: str) -> list[MemberRecord]:
    return find_members(policy(body))


PEOPLE = """附件
云陵市停车工作领导小组组成人员名单
组 长：甘 霖 市政府副市长
副组长：汤 沐 市政府副秘书长
费舟 市城管局局长
成 员：方 圆 市公安局副局长
池小鱼 市自然资源和规划
局二级调研员
明朗 青溪县政府副县长
领导小组办公室设在市城管局，费舟同志兼任办公室主任，市教育局派人参加。
"""

LISTED = [
    pytest.param(PEOPLE, {("deputy", "云陵市城市管理局"), ("member", "云陵市公安局"), ("member", "云陵市自然资源和规划局"),
                          ("member", "云陵市青溪县人民政府")}, PARKING, "", id="posts of persons, set in columns, one broken by a line end"),
    pytest.param("附件\n云陵市停车抢修指挥部组成人员\n指挥长：市政府分管负责同志\n副指挥长：市交通运输局主要负责同志\n成员：市公安局分管负责同志\n市财政局分管负责同志\n",
                 {("deputy", "云陵市交通运输局"), ("member", "云陵市公安局"), ("member", "云陵市财政局")}, POST, "", id="posts without persons"),
    pytest.param("附件\n云陵市停车工作领导小组成员单位名单\n牵头单位：市城管局\n成员单位：市公安局、市财政局，云陵供电公司\n",
                 {("head", "云陵市城市管理局"), ("member", "云陵市公安局"), ("member", "云陵市财政局"), ("member", "国网云陵供电公司")},
                 PARKING, "", id="a list of units"),
    pytest.param("一、组织。市停车工作领导小组成员单位包括市城管局、市财政局和市公安局，负责日常协调。",
                 {("member", "云陵市城市管理局"), ("member", "云陵市财政局"), ("member", "云陵市公安局")}, PARKING, "", id="its 成员单位 in a sentence"),
    pytest.param("一、组织。成立云陵市停车抢修指挥部（以下简称市指挥部），由市公安局、市财政局等单位负责人组成，办公室设在市城管局。",
                 {("member", "云陵市公安局"), ("member", "云陵市财政局")}, POST, "云陵市指挥部", id="a sentence, and a short form"),
    pytest.param("一、组织。成立云陵市停车抢修指挥部（以下简称市指挥部）。指挥长由市政府副市长担任。成员由市公安局、市财政局分管负责同志组成。",
                 {("member", "云陵市公安局"), ("member", "云陵市财政局")}, POST, "云陵市指挥部", id="the group is named a sentence before"),
    pytest.param("云陵市停车工作联席会议制度。\n联席会议由市城管局、发展改革委、公安局共3个部门组成。",
                 {("member", "云陵市城市管理局"), ("member", "云陵市发展和改革委员会"), ("member", "云陵市公安局")}, "云陵市停车工作联席会议", "",
                 id="only the kind is said again"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected", "group", "short"), LISTED)
def test_members_are_read(body: str, expected: set[tuple[str, str]], group: str, short: str) -> None:
    found = members(body)
    assert {(m.role, m.agency) for m in found} == expected
    assert {(m.group, m.group_short) for m in found} == {(group, short)}


NONE = [
    pytest.param("一、经费。补助由市财政局、市公安局组成的小组核定。", id="a sentence about no group"),
    pytest.param("一、督查。督查组由市财政局、市公安局派员组成。", id="people for one task, no standing group"),
    pytest.param("一、组织。各成员单位要加强协作。（责任单位：市停车工作领导小组成员单位）", id="members are spoken of, not listed"),
    pytest.param("一、组织。市停车工作领导小组成员职务发生变动的，由接任者递补，市财政局备案。", id="what happens when posts change"),
    pytest.param("一、组织。市停车工作领导小组下设泊位专项组，由市财政局、市公安局组成。", id="a group below it, without a kind of its own"),
    pytest.param("一、组织。指挥部由市财政局、市公安局组成。", id="a group without a name"),
    pytest.param("一、组织。市停车工作领导小组由市长任组长。", id="a sentence without bodies"),
]


@pytest.mark.parametrize("body", NONE)
def test_no_members(body: str) -> None:
    assert members(body) == []


@pytest.mark.parametrize("body", [row.values[0] for row in LISTED])
def test_the_words_are_the_mention(body: str) -> None:
    found = policy(body)
    for member in find_members(found):
        assert "".join(found.source.text[member.start : member.end].split()) == member.mention


NAMES = ("甘霖", "汤沐", "费舟", "方圆", "池小鱼", "明朗")


@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\t"], ids=["none", "blank", "wide blank", "tab"])
def test_no_person_becomes_a_body(blank: str) -> None:
    body = "附件\n云陵市停车工作领导小组成员名单\n成员：" + "\n".join(f"{name}{blank}市{core}局副局长" for name, core in
                                                          zip(NAMES, ("财政", "公安", "教育", "民政", "水利", "统计"), strict=True))  # fmt: skip
    found = members(body + "\n")
    assert len(found) == 6
    assert not any(name in m.mention + m.agency for m in found for name in NAMES)


def test_the_roster_of_the_sample() -> None:
    found = [r for r in extract_source(read_source(SAMPLE / "yunling-emergency-2023-35.txt")) if isinstance(r, MemberRecord)]
    assert {(m.role, m.agency) for m in found if m.clause == "附件"} == {
        ("deputy", "云陵市交通运输局"),
        ("member", "云陵市公安局"),
        ("member", "云陵市城市管理局"),
        ("member", "云陵市应急管理局"),
        ("member", "云陵市气象局"),
    }
    assert {(m.group, m.group_short) for m in found} == {("云陵市冰雪灾害交通保障指挥部", "云陵市指挥部")}


def test_members_travel_as_json() -> None:
    for member in members(LISTED[4].values[0]):
        assert from_json(to_json(member)) == member and to_json(member)["record"] == "member"


HOSTILE = [
    pytest.param("云陵市停车工作领导小组成员：" * 2000, id="the head again and again"),
    pytest.param("成立" + "云陵市停车工作领导小组" * 2000, id="names without end"),
    pytest.param("市停车工作领导小组由" + "市财政局、" * 4000, id="a list without end"),
    pytest.param("（以下简称" * 4000, id="short forms without end"),
    pytest.param("云陵市停车工作领导小组组成人员名单\n" + "组长：\n副组长：\n成员：\n" * 2000, id="roles without bodies"),
]


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_text_is_read_in_time(body: str) -> None:
    found = policy(body[:40_000])
    begun = time.process_time()
    find_members(found)
    assert time.process_time() - begun < 4


def test_no_member_outside_its_policy(tmp_path: Path) -> None:
    """Two policies of a file: each has the members that it lists."""
    text = HEAD + LISTED[3].values[0] + TAIL + HEAD.replace("7号", "8号").replace("停车", "泊位") + LISTED[4].values[0] + TAIL
    found = [r for r in extract_source(SourceText("a.txt", text, "")) if isinstance(r, MemberRecord)]
    assert {(m.policy.split("-")[0], m.group) for m in found} == {("云政办〔2023〕7号", PARKING), ("云政办〔2023〕8号", POST)}
