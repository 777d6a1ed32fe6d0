"""By when: the one deadline of a duty, the words it was read from, and what looks like a deadline and is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.duties.deadlines import FROM_DATE, FROM_SENTENCE, FROM_TITLE, NO_YEAR, OF_PARTS, SEVERAL
from extract.duties.find import find_duties
from extract.models import DutyRecord
from tests.factories import policy

BY = "（责任单位：市城管局）"
TITLE = "云陵市2023年停车工作要点"


def duties(body: str, title: str = "", dated: str | None = "2023-03-10") -> list[DutyRecord]:
    found = policy(body)
    return find_duties(replace(found, head=replace(found.head, title=title or found.head.title, dated=dated)))


def one(body: str, title: str = "", dated: str | None = "2023-03-10") -> DutyRecord:
    (duty,) = duties(body, title, dated)
    return duty


YEARS = [
    pytest.param("年底前建成泊位3000个。", TITLE, "2023-03-10", "2023-12-31", FROM_TITLE, id="the year of the title"),
    pytest.param("2月5日前完成排查。", TITLE, "2023-03-10", "2023-02-05", FROM_TITLE, id="a day before the document's own"),
    pytest.param("2月5日前完成排查。", "云陵市停车整治方案", "2023-03-10", "2024-02-05", FROM_DATE, id="a month gone by is next year's"),
    pytest.param("3月5日前完成排查。", "云陵市停车整治方案", "2023-03-10", "2023-03-05", FROM_DATE, id="the document's own month"),
    pytest.param("9月底前完成排查。", "云陵市停车整治方案", "2023-03-10", "2023-09-30", FROM_DATE, id="a month to come"),
    pytest.param("2月底前完成排查。", "云陵市停车整治方案", "2023-11-10", "2024-02-29", FROM_DATE, id="the leap day of next year"),
    pytest.param("年内建成泊位3000个。", TITLE, "2023-03-10", "2023-12-31", FROM_TITLE, id="within the year"),
    pytest.param("今年内建成泊位3000个。", "云陵市停车整治方案", "2023-03-10", "2023-12-31", FROM_DATE, id="within this year"),
    pytest.param("明年3月底前完成排查。", TITLE, "2023-03-10", "2024-03-31", FROM_TITLE, id="next year"),
    pytest.param("今年底前完成排查。", "云陵市停车整治方案", "2023-03-10", "2023-12-31", FROM_DATE, id="this year"),
    pytest.param("年底前完成排查。", "云陵市停车行动方案（2022—2025年）", "2023-03-10", "2023-12-31", FROM_DATE, id="a span of years in the title"),
    pytest.param("全年开展巡查不少于12次。", TITLE, "2023-03-10", "2023", FROM_TITLE, id="all the year"),
    pytest.param("年底前完成排查。", "云陵市停车整治方案", None, None, NO_YEAR, id="no date"),
    pytest.param("年底前完成排查。", "云陵市停车管理办法（试行）", "2023-03-10", None, NO_YEAR, id="a standing rule means every year"),
    pytest.param("次年3月底前完成决算。", TITLE, "2023-03-10", None, NO_YEAR, id="the year after another day"),
    pytest.param("年底前兑现到位。", "关于兑现2022年度停车奖补资金的通知", "2023-03-10", "2023-12-31", FROM_DATE, id="the title looks back"),
    pytest.param("年底前完成排查。", "云陵市2024年停车工作要点", "2023-12-28", "2024-12-31", FROM_TITLE, id="issued before its year"),
    pytest.param("落实《云陵市2022年停车方案》，年底前完成排查。", "云陵市停车整治方案", "2023-03-10", "2023-12-31", FROM_DATE, id="a year in another title"),
    pytest.param("年前完成排查。", TITLE, "2023-03-10", None, NO_YEAR, id="before the Spring Festival of some year"),
    pytest.param("2024年底前完成排查。", TITLE, "2023-03-10", "2024-12-31", "", id="the year is written"),
]


@pytest.mark.parametrize(("sentence", "title", "dated", "deadline", "reason"), YEARS)
def test_year_of_a_day_without_one(sentence: str, title: str, dated: str | None, deadline: str | None, reason: str) -> None:
    duty = one(f"一、任务\n（一）管好泊位。{sentence}{BY}", title, dated)
    assert (duty.deadline, duty.reason) == (deadline, reason)
    assert duty.deadline_text and duty.deadline_text in sentence
    assert duty.confidence == (0.9 if reason else 1.0)


SEVERAL_DATES = [
    pytest.param(
        "2023年底前完成排查，2024年6月底前完成改造，到2025年全部达标。", "2025", "2023年底前；2024年6月底前；到2025年", SEVERAL,
        id="the last of all",
    ),
    pytest.param("到2025年，新建30个；到2024年底，改造20个。", "2025", "到2025年；到2024年底", SEVERAL, id="in any order"),
    pytest.param("到2025年，新建30个。到2025年，改造20个。", "2025", "到2025年", "", id="the same twice"),
    pytest.param("每年新建5个，到2025年，建成20个。", "2025", "每年；到2025年", "", id="a date before a rhythm"),
    pytest.param("2023年4月底前完成60%、6月底前全部完成。", "2023-06-30", "2023年4月底前；6月底前", f"{SEVERAL}；{FROM_SENTENCE}", id="the year goes on"),
    pytest.param("2024年，全市建成泊位3000个。2025年，实现全覆盖。", "2025", "2024年；2025年", SEVERAL, id="bare years that open a clause"),
    pytest.param("环城公路2024年建成通车。", "2024", "2024年", "", id="a bare year before the verb"),
    pytest.param("对2024年一季度完成营收超过300万元、500万元的停车企业通报表扬。", None, None, "", id="a bare quarter of a class of companies"),
    pytest.param("2024年开展改造，2025年全面验收。", "2025", "2024年；2025年", SEVERAL, id="steps by the year"),
    pytest.param("对2024年完成改造的企业奖励10万元。", None, None, "", id="a bare year that describes"),
    pytest.param("2024年一季度产值达到3亿元的奖励10万元。", None, None, "", id="a bare quarter that is a condition"),
    pytest.param("统筹2024年扶持资金。", None, None, "", id="a bare year before a noun"),
    pytest.param("2020年底前建成的泊位和2021年底前完成的改造纳入台账。", None, None, "", id="years gone by"),
    pytest.param("2023年，全市已建成泊位3000个。", None, None, "", id="a bare year that tells what is done"),
    pytest.param("对多年前建成的泊位和几年前的设备更新换代。", None, None, "", id="some years ago"),
    pytest.param("“十四五”期间，新建泊位。", "2025", "“十四五”期间", "", id="the quotation mark of the plan"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "deadline", "words", "reason"), SEVERAL_DATES)
def test_one_deadline_of_several(sentence: str, deadline: str | None, words: str | None, reason: str) -> None:
    duty = one(f"一、任务\n（一）管好泊位。{sentence}{BY}")
    assert (duty.deadline, duty.deadline_text, duty.reason) == (deadline, words, reason)


NO_DEADLINES = [
    pytest.param("弄虚作假的停车企业，2年内不得再次申报。", id="a ban"),
    pytest.param("失信的，2年内取消申报资格。", id="a ban by another verb"),
    pytest.param("近3年内无违法记录的方可申请。", id="what an applicant must have kept"),
    pytest.param("2年内累计发生两次事故的，予以通报。", id="what has happened"),
    pytest.param("对新建停车楼，2025年前免收城市道路占用费。", id="a relief before its verb"),
    pytest.param("停车企业可缓缴泊位使用费至2023年11月底。", id="a relief behind its verb"),
    pytest.param("可申请延后交纳占道费，这一政策的执行期到2023年年底。", id="how long a policy runs"),
    pytest.param("停车费减半征收政策延续至2024年12月31日。", id="a relief that goes on"),
    pytest.param("从2023年起到2024年10月底，对夜间开放的单位车位按每个50元给予补贴。", id="how long a grant is paid"),
    pytest.param("资格证有效期至2025年12月31日。", id="validity"),
    pytest.param("2023年6月底前完成改造的，每个泊位奖励200元。", id="whom a grant rewards"),
    pytest.param("半年内多年内近年内反复投诉的，从严处理。", id="stretches that are not of this year"),
    pytest.param("符合条件的，3年内给予每年5万元补助。", id="years of a grant"),
]


@pytest.mark.parametrize("sentence", NO_DEADLINES)
def test_how_long_something_holds_is_no_deadline(sentence: str) -> None:
    duty = one(f"一、任务\n（一）管好泊位。{sentence}{BY}")
    assert (duty.deadline, duty.deadline_text) == (None, None)


STILL = [
    pytest.param("2023年6月底前兑现奖补资金。", "2023-06-30", id="paying out is a task"),
    pytest.param("2023年底前出台停车优惠政策。", "2023-12-31", id="issuing a relief is a task"),
    pytest.param("2023年6月底前未完成整改的，给予通报。", "2023-06-30", id="what happens to those who are late"),
    pytest.param("2023年底前取消不合理收费。", "2023-12-31", id="ending a charge is a task"),
    pytest.param("3年内建成泊位3000个。", "3年内", id="a period to build in"),
    pytest.param("2024年6月底前，对老旧泊位完成改造，给予一定补助。", "2024-06-30", id="the work that is paid for"),
    pytest.param("完善优惠政策，到2025年，建成泊位3000个。", "2025", id="a relief in the clause before"),
]


@pytest.mark.parametrize(("sentence", "deadline"), STILL)
def test_deadlines_beside_words_of_relief(sentence: str, deadline: str) -> None:
    assert one(f"一、任务\n（一）管好泊位。{sentence}{BY}").deadline == deadline


SECTION = "一、任务\n（一）建设泊位。{own}\n1.新建。{first}\n2.改造。{second}\n3.管理。{third}\n责任单位：市城管局\n（二）其他。做好其他工作。"
SECTIONS = [
    pytest.param(("", "到2025年培训管理员80名。", "抓好改造。", "抓好管理。"), (None, "到2025年", OF_PARTS), id="of one item alone"),
    pytest.param(("", "抓好新建。", "抓好改造。", "到2025年培训管理员80名。"), (None, "到2025年", OF_PARTS), id="of the item that it follows"),
    pytest.param(("到2025年，泊位充足。", "抓好新建。", "2024年底前完成改造。", "抓好管理。"), ("2025", "到2025年", ""), id="of the section"),
    pytest.param(
        ("", "到2025年建成。", "到2025年改完。", "到2025年管好。"), ("2025", "到2025年", ""), id="shared by all items"
    ),
    pytest.param(
        ("", "到2025年建成。", "2024年底前改完。", "抓好管理。"), (None, "到2025年；2024年底前", OF_PARTS), id="of several items"
    ),
    pytest.param(("", "抓好新建。", "抓好改造。", "抓好管理。"), (None, None, ""), id="none"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), SECTIONS)
def test_marker_that_closes_a_section(words: tuple[str, ...], expected: tuple[str | None, str | None, str]) -> None:
    duty = one(SECTION.format(**dict(zip(("own", "first", "second", "third"), words, strict=True))))
    assert duty.clause == "一/（一）"
    assert (duty.deadline, duty.deadline_text, duty.reason) == expected


OWN = [
    pytest.param(
        "（一）建设泊位。2023年底前新建。（责任单位：市城管局）2024年底前改造。（责任单位：市公安局）做好管理。（责任单位：市财政局）",
        ["2023-12-31", "2024-12-31", None], id="each sentence its own",
    ),
    pytest.param(
        "（一）建设泊位。2023年底前新建。\n牵头单位：市城管局\n责任单位：市公安局", ["2023-12-31", "2023-12-31"], id="two lines, one task"
    ),
    pytest.param(
        "（一）建设泊位。新建。（责任单位：市城管局）\n完成时限：2023年底前\n（二）其他。改造。（责任单位：市公安局）",
        ["2023-12-31", None], id="the label stands behind",
    ),
    pytest.param("（一）泊位。2024年6月底前，由市城管局牵头制定方案。", ["2024-06-30"], id="before the unit of a sentence"),
    pytest.param("（一）泊位。市城管局负责于2023年底前建成，市公安局负责于2024年底前验收。", ["2023-12-31", "2024-12-31"], id="two units in a sentence"),
    pytest.param(
        "（一）任务分工\n市城管局：2023年底前建成。\n市公安局：维护秩序。\n市财政局：落实经费（完成时限：2024年6月）。",
        ["2023-12-31", None, "2024-06-30"], id="entries of a list",
    ),
    pytest.param(
        "（一）职责分工\n1.市城管局\n" + "抓好新建泊位的规划、建设和管理。" * 15 + "2023年底前建成。", ["2023-12-31"], id="far behind a unit's heading"
    ),
    pytest.param("（一）泊位。到2025年底全部建成。市城管局负责日常管理。", [None], id="another sentence"),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "deadlines"), OWN)
def test_words_that_a_duty_stands_for(clause: str, deadlines: list[str | None]) -> None:
    assert [d.deadline for d in duties("一、任务\n" + clause)] == deadlines


CELLS = [
    pytest.param("2024年6月底前", "2024-06-30", "", id="as in prose"),
    pytest.param("2024年12月", "2024-12-31", "", id="a month alone"),
    pytest.param("2024年", "2024", "", id="a year alone"),
    pytest.param("9月30日", "2023-09-30", FROM_DATE, id="a day without a year"),
    pytest.param("12月", "2023-12-31", FROM_DATE, id="a month without a year"),
    pytest.param("年底", "2023-12-31", FROM_DATE, id="end of the year"),
    pytest.param("2024.6.30", "2024-06-30", "", id="in figures"),
    pytest.param("2024-06", "2024-06-30", "", id="a month in figures"),
    pytest.param("长期坚持", None, "", id="no time at all"),
    pytest.param("13月", None, NO_YEAR, id="no such month"),
]


@pytest.mark.parametrize(("cell", "deadline", "reason"), CELLS)
def test_cell_of_a_column_of_deadlines(cell: str, deadline: str | None, reason: str) -> None:
    table = f"附件1\n序号\t重点任务\t牵头单位\t完成时限\n1\t新增泊位\t市城管局\t{cell}\n"
    duty = one("一、总体要求\n做好工作。\n" + table)
    assert (duty.deadline, duty.deadline_text, duty.reason) == (deadline, cell, reason)


LONG = "新建停车泊位并同步安装计费设备，" * 9


@pytest.mark.parametrize(
    ("task", "shown"),
    [
        pytest.param(LONG + "2025年年底前全部投用。", "新建停车泊位并同步安装计费设备，" * 7 + "…", id="at a comma"),
        pytest.param("管" * 100 + "。" + "建" * 10 + "，" + "停" * 20 + "，2025年年底前投用。", "管" * 100 + "。…", id="better at a stop"),
        pytest.param("管" * 130 + "2025年年底前投用。", "管" * 119 + "…", id="where nothing ends"),
        pytest.param("2025年年底前全部投用。", "2025年年底前全部投用。", id="short enough"),
    ],
)
def test_deadline_behind_the_cut_of_a_task(task: str, shown: str) -> None:
    duty = one(f"一、总体要求\n做好工作。\n附件1\n序号\t重点任务\t牵头单位\n1\t{task}\t市城管局\n")
    assert (duty.task, duty.deadline, duty.deadline_text) == (shown, "2025-12-31", "2025年年底前")
    assert len(duty.task) <= 120
