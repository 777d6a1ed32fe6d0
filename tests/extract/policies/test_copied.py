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
        "云陵市人民政府关于印发云陵市停车设施建设方案\n云政〔2023〕7号\n各县、区人民政府：\n" + NOTICE + TEXT,
        [SCHEME],
        id="the title of the notice ends without 的通知",
    ),
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
    pytest.param(
        "|发布机构|云陵市人民政府|||\n|文件号|云政〔2023〕7号|制发日期|2023-03-05|\n各县、区人民政府：\n为做好停车工作，提出如下意见。\n一、压实责任。市城管局负责。\n",
        [("为做好停车工作", "云政〔2023〕7号", ("云陵市人民政府",), "2023-03-05", None)],
        id="bars also before the keys of the block",
    ),
    pytest.param(
        "云陵市人民政府\n您当前的位置：\n>>首页>>停车政策\n云陵市停车若干政策\n发布日期：2023-03-06\n浏览次数：7\n" + TEXT,
        [("云陵市停车若干政策", None, (), None, "政策")],
        id="a title over the block, behind the links of the page",
    ),
    pytest.param(
        "云政〔2023〕7号\n各县、区人民政府：\n现将《云陵市停车工作分工方案》（以下简称《方案》）印发给你们，请认真落实。\n一、压实责任。市城管局负责《方案》的调度。\n",
        [("关于印发《云陵市停车工作分工方案》的通知", "云政〔2023〕7号", (), None, "通知")],
        id="a short form between the title handed out and 印发",
    ),
    pytest.param(
        "云陵市城市管理局关于印发云陵市停车设施建设方案的通知\n各县、区城管局：\n现将《云陵市停车设施建设方案》印发给你们，请认真落实。\n"
        "停车设施建设是民生工程。为推进停车设施建设，制定本方案。\n" + TEXT * 3,
        [("云陵市停车设施建设方案", None, ("云陵市城市管理局",), None, "方案")],
        id="the text follows the notice without its title or a signature",
    ),
    pytest.param(
        "云陵市城市管理局关于印发云陵市停车设施建设方案的通知\n各县、区城管局：\n现将《云陵市停车设施建设方案》印发给你们，请认真落实。\n"
        + "一、压实责任。各县、区城管局要认真学习方案，明确责任人和时间表。\n二、加强调度。各县、区城管局按月上报进展，市城管局负责汇总。\n" * 3,
        [("云陵市城市管理局关于印发云陵市停车设施建设方案的通知", None, ("云陵市城市管理局",), None, "通知")],
        id="what the notice itself asks is not the text that it hands out",
    ),
    pytest.param("青溪县民政局：\n今天天气很好。\n", [], id="a letter that replies to nothing"),
    pytest.param("停车方案\n好\n", [], id="a word and a line are no document"),
    pytest.param("青溪县2023年工作报告目录\n第一部分 回顾过去一年的停车工作情况\n", [], id="a table of contents is none"),
    pytest.param(
        "为推进停车设施建设，结合实际，制定本实施意见。\n加快建设泊位。\n", [("为推进停车设施建设", None, (), None, None)], id="a piece that says what it lays down"
    ),
    pytest.param(
        "二、扩大供给\n（一）新建车场。新建停车场3个。（牵头单位：市城管局）\n",
        [("二、扩大供给（一）新建车场", None, (), None, None)],
        id="a piece that numbers its parts and says who leads",
    ),
    pytest.param("停车费怎么收（市城管局负责人回答提问）\n（一）按小时收费。\n", [], id="numbered answers of a newspaper"),
    pytest.param("为方便停车，市民建议制定新的办法。\n", [], id="a proposal of citizens"),
    pytest.param(
        "云陵市停车设施建设方案\n2023-03-06 14:17\n为推进停车设施建设，制定本方案。\n一、压实责任。市城管局负责。\n",
        [("云陵市停车设施建设方案", None, (), None, "方案")],
        id="when the page was put up is not when the document was made",
    ),
    pytest.param(
        "云政〔2023〕7号\n各县、区人民政府：\n为认真做好全市停车设施的规划、建设和管理工作，缓解停车难、乱\n停车问题，更好服务群众出行，根据《中州省停车条例》，经市政府同意，\n"
        "现就有关事项通知如下。各地要结合实际，抓好各项任务的落实。经市政\n府同意，现将《云陵市停车工作分工方案\n》（以下简称《方案》）印发给你们。\n一、压实责任。市城管局负责《方案》的调度。\n",
        [("关于印发《云陵市停车工作分工方案》的通知", "云政〔2023〕7号", (), None, "通知")],
        id="the title handed out stands in the fifth line of a page",
    ),
    pytest.param(
        "《云陵市停车设施建设实施细则》\n为推进停车设施建设，制定如下实施细则。\n一、压实责任。市城管局负责。\n",
        [("云陵市停车设施建设实施细则", None, (), None, "细则")],
        id="a bare title in its marks",
    ),
    pytest.param(
        "云陵市人民政府关于印发停车设施建设方案的通知\n文章属性\n•【制定机关】云陵市人民政府\n•【公布日期】2023.03.05\n•【字号】云政〔2023〕7号\n•【效力等级】地方规范性文件\n正文\n"
        "市政府关于印发停车设施建设方案的通知\n云政〔2023〕7号\n各县、区人民政府：\n现将《停车设施建设方案》印发给你们。\n",
        [("市政府关于印发停车设施建设方案的通知", "云政〔2023〕7号", ("云陵市人民政府",), "2023-03-05", "通知")],
        id="a collection of laws names the issuer in full",
    ),
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
    pytest.param(
        f"一、扩大供给\n\n1\n\n{LONG}\n\n县城管局\n\n2\n\n公布收费标准。\n\n县发改局\n\n县司法局\n\n",
        [],
        id="a row that lacks its last column of units is none",
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


def test_rows_without_their_last_cells() -> None:
    (policy,) = policies("青溪县2023年停车工作任务分解表\n" + ROWS + f"责任领导\n\n一、扩大供给\n\n1\n\n{LONG}\n\n县城管局\n\n县财政局\n\n2\n\n公布标准。\n\n县发改局\n\n县司法局\n\n张三\n\n")
    found = [(d.role, d.mention, d.clause) for d in find_duties(policy)]
    expected = [("responsible", "县城管局", "一/1"), ("support", "县财政局", "一/1"), ("responsible", "县发改局", "一/2"), ("support", "县司法局", "一/2")]
    assert found == expected


BARRED = [
    pytest.param("序 号 工 作 任 务 牵头单位\n1 新建停车场3个 县城管局\n2 改造停车场2个 县住建局\n", ["县城管局", "县住建局"], id="blanks inside the words of the header"),
    pytest.param("序号 |目标与任务 |分 管 领导 |牵头单位 |\n7 |新建停车场3个 |张 三 |县城管局 |\n9 |改造停车场2个 | |县住建局 |\n", ["县城管局", "县住建局"], id="bars part the cells"),
    pytest.param("序号 |目标与任务 |牵头单位 |\n7 |新建停车场3个 |县城管局\n", [], id="a row with fewer bars is none"),
    pytest.param("编号 |泊位 |收费 |\n7 |3个 |5元 |\n", [], id="bars of a table without units"),
]


@pytest.mark.parametrize(("rows", "expected"), BARRED)
def test_tables_of_plain_text(rows: str, expected: list[str]) -> None:
    (policy,) = policies("附件\n青溪县2023年停车工作任务分解表\n" + rows)
    assert [d.mention for d in find_duties(policy)] == expected


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
