"""The clause tree over all numbering styles."""

from __future__ import annotations

import pytest

from extract.policies.marks import marker_at, number_of
from tests.factories import policy

LONG = "推进停车设施建设，" * 9 + "提升管理水平"
CASES = [
    pytest.param("一、甲\n（一）乙\n1.丙。做。\n（1）丁。做。\n①戊。做。\n2.己。做。\n二、庚\n做。", "一 一/（一） 一/（一）/1. 一/（一）/1./（1） 一/（一）/1./（1）/① 一/（一）/2. 二", id="the order of GB/T 9704"),
    pytest.param("一、甲\n(一) 乙\n1. 丙。做。\n(1) 丁。做。", "一 一/(一) 一/(一)/1. 一/(一)/1./(1)", id="half-width"),
    pytest.param("一、总体定位（一）停车示范区。" + LONG + "（市城管局负责）（二）充电示范区。" + LONG + "〕二、组织保障（一）加强领导。" + LONG + "。（二）加强督查。做。", "一 一/（一） 一/（二） 二 二/（一） 二/（二）", id="all breaks lost: marks right behind headings"),
    pytest.param("为推进停车，提出意见：一、稳定岗位，改善用工（一）减轻企业负担1.做。" + LONG + "。2.做。" + LONG, "一 一/（一） 一/（一）/1. 一/（一）/2.", id="the same, three deep, in a piece"),
    pytest.param("第一章总则第一条为推进停车，制定本办法。" + LONG + "。第二条本办法适用于停车。第二章职责第三条市城管局负责。" + LONG + "。第四条做。" + LONG, "第一章 第一章/第一条 第一章/第二条 第二章 第二章/第三条 第二章/第四条", id="articles without breaks count on over chapters"),
    pytest.param("一、任务。1.建设泊位。" + LONG + "。责任单位：市城管局、各县区政府2.加快充电。" + LONG + "。责任单位：市发改委二、其他。做。", "一 一/1. 一/2. 二", id="a mark behind the last body of a list"),
    pytest.param("一、任务。1.建设泊位。" + LONG + "，市城管局3.5万平方米场地。" + LONG + "。二、其他。做。", "一 二", id="a figure behind a body"),
    pytest.param("一、申报条件按照第1.2条办理，共有三类。" + LONG + "。二、做。" + LONG, "一 二", id="a figure behind a heading is no mark"),
    pytest.param("一、任务见附件第（一）项所列清单，分三年完成全部任务目标。" + LONG + "。二、做。" + LONG, "一 二", id="a mark that nothing follows is none"),
    pytest.param("一﹑甲\n1﹒丙。做。\n2﹒己。做。\n二﹑庚\n做。", "一 一/1﹒ 一/2﹒ 二", id="small points and commas of old fonts"),
    pytest.param("第一章 总 则\n第一条 为。\n第二条 做。\n（一）甲。\n（二）乙。\n第二章 附 则\n第三条 做。", "第一章 第一章/第一条 第一章/第二条 第一章/第二条/（一） 第一章/第二条/（二） 第二章 第二章/第三条", id="articles"),
    pytest.param("第一章 甲\n第一节 乙\n一、丙\n做。\n第二节 丁\n一、戊\n做。", "第一章 第一章/第一节 第一章/第一节/一 第一章/第二节 第一章/第二节/一", id="sections"),
    pytest.param("1 总则\n1.1 目的\n做。\n1.2 依据\n做。\n2 组织\n2.1 机构\n2.1.1 职责\n做。\n3 附则\n做。", "1 1/1.1 1/1.2 2 2/2.1 2/2.1/2.1.1 3", id="decimals"),
    pytest.param("一、甲\n一是抓建设。做。二是抓管理。做。三是抓服务。做。\n二、乙\n做。", "一 一/一是 一/二是 一/三是 二", id="run-in labels of one paragraph"),
    pytest.param("一、甲\n一是抓建设。做。\n二是抓管理。做。\n二、乙\n做。", "一 一/一是 一/二是 二", id="run-in labels of several paragraphs"),
    pytest.param("一、甲\n首先，一是没有第二项的说法。\n二、乙\n做。", "一 二", id="a single 一是 is no label"),
    pytest.param("一、甲\n（一）乙\n1.丙。做。\n专栏1 重点工程\n泊位工程。做。\n2.丁。做。\n（二）戊\n做。", "一 一/（一） 一/（一）/1. 一/（一）/专栏1 一/（一）/2. 一/（二）", id="a box closes the section it stands in"),
    pytest.param("一、甲\n做。\n附件：1.任务分解表\n2.宣传安排\n附件1\n任务分解表\n一、子\n做。\n附件2\n宣传安排\n做。", "一 附件1 附件1/一 附件2", id="appendices, and the list that names them"),
    pytest.param("一、甲\n做到“一、二、三级”联动。\n二、三级联动\n做。", "一 二", id="一、二、三级 is no mark"),
    pytest.param("一、甲\n1.5G网络。做。\n2.宽带网络。做。", "一 一/1. 一/2.", id="1.5G is a mark and a word"),
    pytest.param("一、甲\n1.2倍的标准不再执行。\n二、乙\n做。", "一 二", id="1.2倍 is a figure"),
    pytest.param("一、甲。（一）乙。做。（二）丙。做。\n二、丁\n做。", "一 一/（一） 一/（二） 二", id="marks inside a paragraph"),
    pytest.param("第一条 （一）甲。做。\n（二）乙。做。\n第二条 （一）项所列的除外。\n第三条 丙。", "第一条 第一条/（一） 第一条/（二） 第二条 第三条", id="a first mark behind another"),
    pytest.param("1 总则\n1.1 目的\n做。\n1.2 年度计划\n做。\n1.2.1 公民报告\n做。\n1.3 公共资源\n做。", "1 1/1.1 1/1.2 1/1.2/1.2.1 1/1.3", id="decimals before words that begin as units do"),
    pytest.param("1 总则\n1.1 目的\n做。\n1.2 依据\n道路长\n1.3公里。\n1.3 范围\n做。", "1 1/1.1 1/1.2 1/1.3", id="1.3公里 is a figure"),
    pytest.param("一、甲\n（一）乙。按照第（一）项规定办理。\n（二）丙。做。", "一 一/（一） 一/（二）", id="a reference to an item is no item"),
    pytest.param("为推进停车，制定本方案。一、甲\n做。\n二、乙\n做。", "一 二", id="一、 behind the preamble, whose line end is lost"),
    pytest.param("为推进停车，分类办理。一、甲类\n做。\n三、乙\n做。", "三", id="一、 that 二、 does not follow"),
    pytest.param("一、甲\n㈠乙\n⒈丙。\n⑴丁。做。\n⑵戊。⑶己。做。\n⒉庚。\n㈡辛。", "一 一/㈠ 一/㈠/⒈ 一/㈠/⒈/⑴ 一/㈠/⒈/⑵ 一/㈠/⒈/⑶ 一/㈠/⒉ 一/㈡", id="marks of one character each"),
    pytest.param("一、甲\n（一）乙。做。\n一、丙\n做。", "一 一/（一） 一", id="a path may occur again"),
]


@pytest.mark.parametrize(("body", "paths"), CASES)
def test_paths(body: str, paths: str) -> None:
    found = policy(body)
    assert " ".join(c.path for c in found.clauses if c.path) == paths
    assert len({c.key for c in found.clauses}) == len(found.clauses)


def test_clauses_nest() -> None:
    found = policy("一、甲\n（一）乙\n1.丙。做。\n二、丁\n做。")
    by_key = {c.key: c for c in found.clauses}
    for clause in found.clauses[1:]:
        above = by_key[clause.parent or ""]
        assert above.start <= clause.start < clause.end <= above.end and clause.level == above.level + 1


def test_headings() -> None:
    found = policy("一、总体要求\n（一）主要目标。到2025年，新增泊位。\n（二）坚持政府引导、市场运作、统筹规划、分步实施，把停车设施建设作为补齐城市短板、方便群众出行的重要抓手持续推进。\n")
    assert [c.heading for c in found.clauses if c.path] == ["总体要求", "主要目标", ""]


@pytest.mark.parametrize(
    ("text", "kind", "label", "value"),
    [
        ("十二、甲", "comma", "十二", 12),
        ("（十五）甲", "paren", "（十五）", 15),
        ("第一百零三条 甲", "article", "第一百零三条", 103),
        ("⑩甲", "circled", "⑩", 10),
        ("⑾甲", "numparen", "⑾", 11),
        ("㈩甲", "paren", "㈩", 10),
        ("⒑甲", "dot", "⒑", 10),
        ("附件2", "appendix", "附件2", 2),
        ("专栏的设置。", None, "", 0),
        ("第二节点建设", None, "", 0),
        ("2022年工作", None, "", 0),
        ("一致认为", None, "", 0),
        ("一是否适用", None, "", 0),
    ],
)
def test_marks(text: str, kind: str | None, label: str, value: int) -> None:
    mark = marker_at(text, 0)
    assert (mark and (mark.kind, mark.label, mark.value)) == (kind and (kind, label, value))


@pytest.mark.parametrize(("written", "value"), [("二十", 20), ("一百一十", 110), ("〇", 0), ("甲", 0), ("27", 27)])
def test_numbers(written: str, value: int) -> None:
    assert number_of(written) == value
