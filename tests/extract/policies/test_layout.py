"""Undoing layout: what is page furniture, which lines belong together, and the way back."""

from __future__ import annotations

import pytest

from extract.models import SourceText
from extract.policies.layout import compose, read_lines


def paragraphs(text: str) -> list[str]:
    lines = read_lines(SourceText("a.txt", text, ""))
    clean, back, spans = compose(lines)
    assert all(c == text[i] for c, i in zip(clean, back, strict=True) if c != "\n")
    found = [clean[p.start : p.end] for p in spans]
    assert "\n".join(found) == clean
    return found


WRAPPED = "各县区要把停车设施建设摆上重要位置，明确\n\n专人负责，细化工作措施，定期研究调度，确\n\n保各项任务按期完成。\n\n"

CASES = [
    pytest.param("一、总 体 要 求\n", ["一、总体要求"], id="blanks inside a heading"),
    pytest.param("到 2025 年，新增 泊位 3 000 个。\n", ["到2025年，新增泊位3000个。"], id="blanks inside numbers"),
    pytest.param(WRAPPED, ["各县区要把停车设施建设摆上重要位置，明确专人负责，细化工作措施，定期研究调度，确保各项任务按期完成。"], id="hard-wrapped with blank lines"),
    pytest.param(
        "各县区要把停车设施建设摆上重要位置，明确\n云陵市人民政府公报（2023-3） 办 公 室 文 件\n— 7 —\n专人负责，细化工作措施，定期研究调度，确\n保完成。\n",
        ["各县区要把停车设施建设摆上重要位置，明确专人负责，细化工作措施，定期研究调度，确保完成。"],
        id="running header and page number in mid-sentence",
    ),
    pytest.param("前一页的文字到此为止。\n- 12 -\n后一页的文字从此开始。\n", ["前一页的文字到此为止。", "后一页的文字从此开始。"], id="page number with hyphens"),
    pytest.param("指标名称\t单位\t2025年\n泊位\t个\t3000\n", ["指标名称\t单位\t2025年", "泊位\t个\t3000"], id="tabs between cells stay"),
    pytest.param("领域\t指标\n\t泊 位\n", ["领域\t指标", "\t泊位"], id="an empty first cell stays"),
    pytest.param("　　第一段文字到此。　　第二段文字到此。\n", ["第一段文字到此。", "第二段文字到此。"], id="two ideographic blanks begin a paragraph"),
    pytest.param(
        "云陵市停车办法　　云政办〔2023〕7号　　各县区人民政府　　一、总则　　（一）目的。为加强停车管理，制定本办法。　　（二）范围。适用于全市城市建成区范围内的停车场所和道路泊位的规划、建设、使用、管理和服务等各项活动，以及与此有关的监督检查。\n",
        ["云陵市停车办法", "云政办〔2023〕7号", "各县区人民政府", "一、总则", "（一）目的。为加强停车管理，制定本办法。", "（二）范围。适用于全市城市建成区范围内的停车场所和道路泊位的规划、建设、使用、管理和服务等各项活动，以及与此有关的监督检查。"],
        id="a text in one line, its breaks turned to blanks",
    ),
    pytest.param(
        "（一）加强领导。建立健全停车工作协调机制，\n统筹解决重大问题。\n（二）加大投入。市县财政安排专项资金予以支\n持。\n",
        ["（一）加强领导。建立健全停车工作协调机制，统筹解决重大问题。", "（二）加大投入。市县财政安排专项资金予以支持。"],
        id="a mark begins a paragraph",
    ),
    pytest.param(
        "对新建停车楼按照每个泊位给予补助，标准为每个泊位不高于\n2000元的按实际发放，全年资金总量控制在市级预算安排之内\n的，分批兑现。\n",
        ["对新建停车楼按照每个泊位给予补助，标准为每个泊位不高于2000元的按实际发放，全年资金总量控制在市级预算安排之内的，分批兑现。"],
        id="a figure at the head of a line is no mark",
    ),
    pytest.param("责任单位：市城管局、市公安局、\n市财政局\n二、其他\n", ["责任单位：市城管局、市公安局、市财政局", "二、其他"], id="a list goes on after its comma"),
    pytest.param("（一）泊位增长7%以上\n责任单位：市城管局\n（二）投资增长2%以上\n责任单位：市公安局\n", ["（一）泊位增长7%以上", "责任单位：市城管局", "（二）投资增长2%以上", "责任单位：市公安局"], id="a list begins a paragraph"),
    pytest.param("牵头单位：市城管局，参与单位：\n市公安局、市财政局。\n", ["牵头单位：市城管局，参与单位：市公安局、市财政局。"], id="a label goes on in the next line"),
    pytest.param("市公安局：维护秩序。\n市城管局、市财政局：落实经费。\n", ["市公安局：维护秩序。", "市城管局、市财政局：落实经费。"], id="entries of a list of duties"),
    pytest.param(
        "第五条 市城市管理局会同市公安局、市\n\n政府督查室建立停车工作的协商机制，做好统筹\n\n协调，开展督促检查和评估评价，推广经验成\n\n果。\n\n第六条 组织领导\n\n领导小组统筹协调停车工作，各成员单位分工负\n\n责。\n",
        ["第五条市城市管理局会同市公安局、市政府督查室建立停车工作的协商机制，做好统筹协调，开展督促检查和评估评价，推广经验成果。", "第六条组织领导", "领导小组统筹协调停车工作，各成员单位分工负责。"],
        id="an article goes on in the next line, its heading does not",
    ),
    pytest.param("3 监测预警\n3.1 信息监测\n市气象局监测天气。\n", ["3监测预警", "3.1信息监测", "市气象局监测天气。"], id="decimal headings"),
    pytest.param("\n \n　\n", [], id="nothing but blanks"),
]


LONG = "各县区要把停车设施建设摆上重要位置，明确专人负责，细化工作措施，定期研究调度，协调解决用地、资金、审批等方面的困难和问题，确保各项任务按期完成，并于每季度末报送进展情况。"

WHOLE = [
    pytest.param(["市财政局负责落实停车设施建设专", "项资金和奖补政策。"], ["市财政局负责落实停车设施建设专项资金和奖补政策。"], id="a duty cut by a page"),
    pytest.param(["二是改造泊位。对老旧泊", "位统一编号、统一标识。"], ["二是改造泊位。对老旧泊位统一编号、统一标识。"], id="a sentence cut by a page"),
    pytest.param(["停车设施建设总体要求", "坚持规划引领、建管并重。"], ["停车设施建设总体要求", "坚持规划引领、建管并重。"], id="a heading without a number"),
    pytest.param(["市财政局负责落实资金", "市公安局负责维护秩序。"], ["市财政局负责落实资金", "市公安局负责维护秩序。"], id="entries without a stop"),
    pytest.param(["市财政局负责落实资金", "2.改造泊位。"], ["市财政局负责落实资金", "2.改造泊位。"], id="a mark follows"),
    pytest.param(["市财政局负责落实资金", "云陵市人民政府"], ["市财政局负责落实资金", "云陵市人民政府"], id="no end of a sentence follows"),
    pytest.param(["责任单位：市城管局。市财政局", "抓好改造。"], ["责任单位：市城管局。市财政局", "抓好改造。"], id="a list of units"),
]


@pytest.mark.parametrize(("lines", "expected"), WHOLE)
def test_short_line_among_whole_paragraphs(lines: list[str], expected: list[str]) -> None:
    assert paragraphs("\n\n".join([LONG, *lines, LONG])) == [LONG, *expected, LONG]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert paragraphs(text) == expected


def test_bare_page_numbers_are_dropped_only_in_a_series() -> None:
    page = "".join(f"第{i}行的文字写满了这一栏的全部宽度不留空白处\n" for i in range(9))
    text = page + "5\n" + page + "6\n" + page + "7\n" + page
    assert not any(line.text in "567" for line in read_lines(SourceText("a.txt", text, "")))
    table = "指标\n22\n开放率\n"
    assert [line.text for line in read_lines(SourceText("a.txt", table, ""))] == ["指标", "22", "开放率"]


@pytest.mark.parametrize("text", ["（" * 50_000, "一、" * 20_000, "责任单位：" * 10_000, "《" * 50_000, "1." * 20_000, "　" * 50_000])
def test_hostile_text_takes_no_time(text: str) -> None:
    import time

    start = time.process_time()
    paragraphs("标题\n" + text + "\n完。\n")
    assert time.process_time() - start < 4
