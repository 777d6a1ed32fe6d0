"""Heads and tables of texts copied from web pages: the page's block anywhere, titles printed again or lost, cells a line each."""

from __future__ import annotations

import pytest

from extract.duties.find import find_duties
from tests.factories import policies

TEXT = "为推进停车设施建设，制定本方案。\n一、总体要求\n（一）主要目标。新增泊位2000个。\n二、保障措施\n（一）压实责任。市城管局负责组织实施。\n"
NOTICE = "《云陵市停车设施建设方案》已经市政府同意，现印发给你们。\n云陵市人民政府\n2023年3月5日\n云陵市停车设施建设方案\n"
SCHEME = ("云陵市停车设施建设方案", "云政〔2023〕7号", ("云陵市人民政府",), "2023-03-05", "方案")


HEADS = [
    pytest.param(
        "云陵市人民政府关于印发云陵市停车设施建设方案的通知\n索引号 000123/2023-01 发文字号 云政〔2023〕7号\n公开形式 主动公开\n"
        "各县、区人民政府：\n" + NOTICE + TEXT,
        [SCHEME],
        id="the block stands between title and addressee, without colons",
    ),
    pytest.param(
        "发布机构 云陵市人民政府办公室 文  号 云政〔2023〕7号\n云陵市人民政府关于印发云陵市停车设施建设方案的通知\n发布日期：2023-03-06 信息来源：市政府办\n各县、区人民政府：\n"
        + NOTICE
        + TEXT,
        [SCHEME],
        id="who signs goes before the block",
    ),
    pytest.param(
        "云政〔2023〕7号《云陵市人民政府关于印发〈云陵市停车设施建设方案〉的通知》\n浏览量：7\n《云陵市人民政府关于印发〈云陵市停车设施建设方案〉的通知》\n云政〔2023〕7号\n"
        "各县、区人民政府：\n" + NOTICE + TEXT,
        [SCHEME],
        id="number and title over the page, and the title once more in its marks",
    ),
    pytest.param(
        "云陵市人民政府关于印发云陵市停车设施建设方案的通知\n政策文号：云政〔2023〕7号\n各县、区人民政府：\n" + NOTICE + TEXT,
        [SCHEME],
        id="政策文号 under the title",
    ),
    pytest.param(
        "云陵市人民政府关于印发云陵市停车设施建设方案的通知\n时间：2024-07-24 来源：法规网\n下载地址：点击\n中州省云陵市人民政府\n云陵市人民政府关于印发云陵市停车设施建设方案的通知\n"
        "云政〔2023〕7号\n各县、区人民政府：\n" + NOTICE + TEXT,
        [SCHEME],
        id="a collection of laws prints the title twice and the issuer with its province",
    ),
    pytest.param(
        "各县、区人民政府：\n现将云陵市落实《中州省停车条例》实施方案印发给你们。\n云陵市人民政府\n2023年3月5日\n云陵市落实《中州省停车条例》实施方案\n" + TEXT,
        [("云陵市落实《中州省停车条例》实施方案", None, ("云陵市人民政府",), "2023-03-05", "实施方案")],
        id="a title in marks inside the title handed out",
    ),
    pytest.param(
        "各县、区人民政府：\n为做好停车工作，市政府决定继续开展考核，现将有关要求通知如下：\n一、压实责任。市城管局负责组织实施。\n云陵市人民政府\n2023年3月5日\n",
        [("为做好停车工作", None, ("云陵市人民政府",), "2023-03-05", None)],
        id="a notice that hands nothing out, its title lost",
    ),
    pytest.param(
        "云陵市人民政府关于印发《云陵市停车工作要点》的通知\n云政〔2023〕7号\n各县、区人民政府：\n《云陵市停车工作要点》已经市政府同意，现印发给你们。\n云陵市人民政府\n2023年3月5日\n"
        + TEXT * 3,
        [("云陵市停车工作要点", "云政〔2023〕7号", ("云陵市人民政府",), "2023-03-05", "工作要点")],
        id="a text without its own title has that of the notice",
    ),
    pytest.param(
        "请认真贯彻执行。\n中共云陵市白鹭区委办公室\n云陵市白鹭区人民政府办公室\n2023年3月5日\n白鹭区贯彻《云陵市停车\n条例》的任务分解方案\n" + TEXT,
        [("白鹭区贯彻《云陵市停车条例》的任务分解方案", None, ("中共云陵市白鹭区委办公室", "云陵市白鹭区人民政府办公室"), "2023-03-05", "方案")],
        id="the end of the notice stands over the title",
    ),
    pytest.param(
        "青溪县人民政府工作规则\n第一章 总则\n一、为规范县政府工作，制定本规则。\n",
        [("青溪县人民政府工作规则", None, (), None, None)],
        id="work rules stand alone",
    ),
    pytest.param(
        "2023年青溪县民生实事项目\n县教育局负责新建学校3所，县民政局负责改造养老院2所。\n",
        [("2023年青溪县民生实事项目", None, (), None, None)],
        id="projects for the people, text without an opening word",
    ),
    pytest.param("青溪县防汛应急预案\n2 组织体系\n2.1 县指挥部\n县防汛抗旱指挥部负责指挥。\n", [("青溪县防汛应急预案", None, (), None, "预案")], id="the excerpt of a plan"),
    pytest.param("青溪县停车政策30条\n发布日期：2023-03-06\n1、新建车场。由县城管局负责。\n", [("青溪县停车政策30条", None, (), None, "政策")], id="a title that counts its articles"),
    pytest.param(
        "各镇人民政府：\n现将《〈政府工作报告〉任务分解表》印发给你们。\n青溪县人民政府\n2023年3月5日\n",
        [("《政府工作报告》任务分解表", None, ("青溪县人民政府",), "2023-03-05", None)],
        id="a notice that hands out a list",
    ),
    pytest.param(
        "索引号：|000123|公开属性：|主动公开|\n文 号：|云政〔2023〕7号|发布单位：|云陵市人民政府|\n各县、区人民政府：\n" + NOTICE + TEXT,
        [SCHEME],
        id="the cells of the block parted by bars",
    ),
    pytest.param(
        "市民政局：\n你局关于建立停车联席会议制度的请示收悉，经市政府同意，现函复如下：\n同意建立。\n附件：停车联席会议制度\n云陵市人民政府办公室\n2023年3月5日\n"
        "（此件公开发布）\n附件\n云陵市停车联席会议制度\n为推进停车，建立本制度。\n一、职责\n统筹停车工作。\n",
        [("云陵市停车联席会议制度", None, ("云陵市人民政府办公室",), "2023-03-05", "制度")],
        id="a reply prints what it approves",
    ),
    pytest.param(
        "云自然资函﹝2023﹞7号\n青溪县人民政府：\n你县报送的停车方案收悉，现批复如下：\n一、同意停车方案。\n云陵市自然资源局\n2023年3月5日\n",
        [("你县报送的停车方案收悉", "云自然资函〔2023〕7号", ("云陵市自然资源和规划局",), "2023-03-05", None)],
        id="a reply without a title, its number in small brackets",
    ),
    pytest.param("青溪县民政局：\n今天天气很好。\n", [], id="a letter that replies to nothing"),
    pytest.param("停车方案\n好\n", [], id="a word and a line are no document"),
    pytest.param("青溪县2023年工作报告目录\n第一部分 回顾过去一年的停车工作情况\n", [], id="a table of contents is none"),
]


@pytest.mark.parametrize(("text", "expected"), HEADS)
def test_heads(text: str, expected: list[tuple[object, ...]]) -> None:
    heads = [p.head for p in policies(text)]
    assert [(h.title, h.number, h.issuer, h.dated, h.type) for h in heads] == expected


ROWS = "序号\n\n重点工作任务\n\n主要责任单位\n\n协同配合单位\n\n"
LONG = "持续推进停车设施建设，加快建设公共停车场、换乘停车场和路内泊位，完善收费、引导和执法机制，推动共享。"

TABLES = [
    pytest.param(
        f"一、扩大供给\n\n3\n\n{LONG}\n\n县城管局\n\n县财政局、县公安局。\n\n二、改善服务\n\n68\n\n公布收费标准。\n\n县发改局\n\n县司法局\n\n",
        [("responsible", "县城管局", "一/3"), ("support", "县财政局", "一/3"), ("support", "县公安局", "一/3"), ("responsible", "县发改局", "二/68"), ("support", "县司法局", "二/68")],
        id="a line a cell, headings between the rows, numbers with gaps",
    ),
    pytest.param(f"1\n\n{LONG}\n\n县城管局\n\n县财政局\n\n此后是正文，由县司法局负责解释。\n\n", [("responsible", "县城管局", "1"), ("support", "县财政局", "1"), ("responsible", "县司法局", "")], id="text behind the table is no row"),
]


@pytest.mark.parametrize(("rows", "expected"), TABLES)
def test_cells_a_line_each(rows: str, expected: list[tuple[str, str, str]]) -> None:
    (policy,) = policies("青溪县2023年停车工作任务分解表\n" + ROWS + rows)
    assert [(d.role, d.mention, d.clause) for d in find_duties(policy)] == expected


SPACED = "2023年停车实事项目责任分解表\n序号 项目名称 主要内容 分管领导 牵头单位 配合单位\n"


def test_cells_that_blanks_part() -> None:
    (policy,) = policies(SPACED + "1 新建车场 新建停车场3个。 张三 县城管局 县财政局 各镇（街道）\n2 改造车场 改造停车场2个。 李四 县住建局 县公安局\n")
    found = [(d.role, d.mention, d.clause) for d in find_duties(policy)]
    assert found == [
        ("lead", "县城管局", "1"),
        ("support", "县财政局", "1"),
        ("support", "各镇（街道）", "1"),
        ("lead", "县住建局", "2"),
        ("support", "县公安局", "2"),
    ]
    assert all(c in "\t\n" or c == policy.source.text[i] for c, i in zip(policy.text, policy.back, strict=True))


def test_rows_that_do_not_fit_stay_text() -> None:
    (policy,) = policies(SPACED + "1 新建停车场三个\n2 改造停车场两个\n")
    assert "\t" not in policy.text


HEADER = "序号\t任务\t责任单位\n"

PARTED = [
    pytest.param("1\t建车场\t市城管局\n二、改善服务\n2\t降费用\t市财政局\n", ["市城管局", "市财政局"], id="a heading between rows"),
    pytest.param("1\t建车场\t市城管局\n二、改善服务，提高停车服务水平。\n2\t降费用\t市财政局\n", ["市城管局"], id="a sentence ends the table"),
    pytest.param("1\t建车场\t市城管局\n二、联系方式\n市财政局\t7号\n", ["市城管局"], id="fewer cells are another table"),
]


@pytest.mark.parametrize(("rows", "expected"), PARTED)
def test_headings_between_rows(rows: str, expected: list[str]) -> None:
    (policy,) = policies("云陵市停车工作任务分解表\n一、扩大供给\n" + HEADER + rows)
    assert [d.mention for d in find_duties(policy)] == expected
