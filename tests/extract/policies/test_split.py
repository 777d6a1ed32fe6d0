"""Splitting a file into policies: what heads look like in gazettes, on paper and on web pages."""

from __future__ import annotations

import pytest

from tests.factories import policies

BODY = """为推进云陵市停车设施建设，制定本方案。
一、总体要求
（一）主要目标。到2025年，新增泊位2000个。
二、保障措施
（一）压实责任。市城管局负责组织实施。
"""


HEADS = [
    pytest.param(
        "云陵市人民政府办公室\n关于印发云陵市停车设施建设方案的\n通 知\n云政办〔2023〕 7 号\n各县、区人民政府，市直各单位：\n"
        "《云陵市停车设施建设方案》已经市政府同意，现印发给你们。\n2023 年 3 月 5 日\n云陵市停车设施建设方案\n" + BODY,
        [("云陵市停车设施建设方案", "云政办〔2023〕7号", ("云陵市人民政府办公室",), "2023-03-05", "方案")],
        id="title above the number, date under the notice, title again over the text",
    ),
    pytest.param(
        "云陵市人民政府办公室文件\n云政办〔2023〕7号\n云陵市人民政府办公室\n关于加强停车管理的通知\n各县、区人民政府：\n" + BODY + "云陵市人民政府办公室\n2023年3月5日\n",
        [("云陵市人民政府办公室关于加强停车管理的通知", "云政办〔2023〕7号", ("云陵市人民政府办公室",), "2023-03-05", "通知")],
        id="printed paper: number over the title, date under the signature at the end",
    ),
    pytest.param(
        "国务院办公厅关于推进停车设施发展的意见\n国办发〔2021〕907号\n各省、自治区、直辖市人民政府，国务院各部委、各直属机构：\n" + BODY + "国务院办公厅\n2021年5月7日\n（此件公开发布）\n",
        [("国务院办公厅关于推进停车设施发展的意见", "国办发〔2021〕907号", ("国务院办公厅",), "2021-05-07", "意见")],
        id="State Council: an opinion without a separate notice",
    ),
    pytest.param(
        "财政部 教育部 关于印发《学生资助资金管理办法》的通知\n财教〔2021〕931号\n各省、自治区、直辖市财政厅（局）：\n现将《学生资助资金管理办法》印发给你们。\n"
        "财政部 教育部\n2021年12月30日\n学生资助资金管理办法\n第一章 总则\n第一条 为规范管理，制定本办法。\n第二条 本办法自印发之日起施行。\n",
        [("学生资助资金管理办法", "财教〔2021〕931号", ("财政部", "教育部"), "2021-12-30", "办法")],
        id="joint issuers separated by blanks",
    ),
    pytest.param(
        "索引号：00001\n发布机构：云陵市人民政府办公室\n成文日期：2023-03-05\n发文字号：云政办〔2023〕7号\n云陵市人民政府办公室关于加强停车管理的通知\n"
        "各县、区人民政府：\n" + BODY,
        [("云陵市人民政府办公室关于加强停车管理的通知", "云政办〔2023〕7号", ("云陵市人民政府办公室",), "2023-03-05", "通知")],
        id="web page: number and date in the block over the title",
    ),
    pytest.param(
        "中州省人民政府办公厅\n中政办发〔2017〕955号 中州省人民政府办公厅关于加强停车管理的通知\n各市、县人民政府：\n" + BODY + "中州省人民政府办公厅\n2017年5月15日\n",
        [("中州省人民政府办公厅关于加强停车管理的通知", "中政办发〔2017〕955号", ("中州省人民政府办公厅",), "2017-05-15", "通知")],
        id="number and title in one line",
    ),
    pytest.param(
        "各县、区人民政府，市直有关单位：\n《云陵市停车设施建设方案》已经市政府同意，现印发给你们。\n2023年3月5日\n云陵市停车设施建设方案\n" + BODY,
        [("云陵市停车设施建设方案", None, (), "2023-03-05", "方案")],
        id="the page's title is lost: the notice begins with its addressee",
    ),
    pytest.param(
        "云陵市电动自行车管理办法\n云陵市人民政府令\n第 18 号\n《云陵市电动自行车管理办法》已经市政府常务会议通过，现予公布，自2023年5月1日起施行。\n市 长\n2023年3月20日\n"
        "第一章 总 则\n第一条 为加强管理，制定本办法。\n",
        [("云陵市电动自行车管理办法", "云陵市人民政府令第18号", ("云陵市人民政府",), "2023-03-20", "办法")],
        id="order",
    ),
    pytest.param(
        "云陵大学关于印发《云陵大学实验室安全管理办法》的通知\n云大校发〔2022〕3号\n各学院、各部门：\n现将《云陵大学实验室安全管理办法》印发给你们。\n云陵大学\n2022年4月1日\n"
        "云陵大学实验室安全管理办法\n第一条 为加强管理，制定本办法。\n第二条 本办法由实验室与设备管理处负责解释。\n",
        [("云陵大学实验室安全管理办法", "云大校发〔2022〕3号", ("云陵大学",), "2022-04-01", "办法")],
        id="university",
    ),
    pytest.param(
        "云陵市人民政府关于印发《云陵市停车收费办法》等2个文件的通知\n云政〔2023〕9号\n各县、区人民政府：\n《云陵市停车收费办法》等2个文件已经市政府同意，现予印发。\n2023年6月1日\n"
        "云陵市停车收费办法\n第一条 为规范收费，制定本办法。\n第二条 本办法自印发之日起施行。\n云陵市智慧停车工作方案\n为推进智慧停车，制定本方案。\n一、目标\n建成平台。\n",
        [
            ("云陵市停车收费办法", "云政〔2023〕9号", ("云陵市人民政府",), "2023-06-01", "办法"),
            ("云陵市智慧停车工作方案", "云政〔2023〕9号", ("云陵市人民政府",), "2023-06-01", "工作方案"),
        ],
        id="one notice issues two documents, only one of them named",
    ),
    pytest.param(
        "云陵市人民政府公报\n目 录\n云陵市人民政府关于加强停车管理的通知 /3\n云陵市停车收费办法 /5\n编辑部\n主 编：办公室\n",
        [],
        id="a contents page invents no policy",
    ),
    pytest.param(
        "云陵大学文件\n校发〔2022〕46号\n关于印发《云陵大学实验室安全办法》的通知\n各学院、各部门：\n现印发给你们。\n2022年4月1日\n云陵大学实验室安全办法\n第一条 为规范管理，制定本办法。\n",
        [("云陵大学实验室安全办法", "校发〔2022〕46号", ("云陵大学",), "2022-04-01", "办法")],
        id="the issuer stands over the paper only",
    ),
    pytest.param(
        "关于印发《停车收费办法》的通知\n（中发改价〔2021〕368号）\n各市人民政府：\n现印发给你们。\n中州省发展改革委\n中州省住房城乡建设厅\n2021年9月24日\n停车收费办法\n第一条 为规范收费，制定本办法。\n",
        [("停车收费办法", "中发改价〔2021〕368号", ("中州省发展和改革委员会", "中州省住房和城乡建设厅"), "2021-09-24", "办法")],
        id="number in brackets under the title, two signatures with short names",
    ),
    pytest.param(
        "中州省财政厅 中州省林业局关于支持油茶产业发展的公告\n中州省财政厅公告2023年第5号\n根据有关规定，现公告如下：\n一、补贴标准\n每亩补贴500元。\n2023年6月1日\n",
        [("中州省财政厅中州省林业局关于支持油茶产业发展的公告", "中州省财政厅公告2023年第5号", ("中州省财政厅", "中州省林业局"), "2023-06-01", "公告")],
        id="number of an announcement",
    ),
    pytest.param(
        "省人民政府关于\n加快发展冷链物流的若干意见\n鄂政发〔2019〕930号\n各市、州、县人民政府，省政府各部门：\n" + BODY,
        [("省人民政府关于加快发展冷链物流的若干意见", "鄂政发〔2019〕930号", ("湖北省人民政府",), None, "意见")],
        id="省人民政府关于 in a line of its own; the number tells the province",
    ),
    pytest.param(
        "关于加快发展冷链物流的实施意见\n豫政办〔2019〕930号\n各省辖市人民政府，省人民政府各部门：\n" + BODY,
        [("关于加快发展冷链物流的实施意见", "豫政办〔2019〕930号", ("河南省人民政府办公厅",), None, "实施意见")],
        id="no issuer but the number and whom it addresses",
    ),
    pytest.param(
        "关于加快发展冷链物流的实施意见\n青政办〔2019〕930号\n各乡镇人民政府，县政府各部门：\n" + BODY,
        [("关于加快发展冷链物流的实施意见", "青政办〔2019〕930号", (), None, "实施意见")],
        id="a county's number may begin as a province's does",
    ),
    pytest.param(
        "县政府办关于做好春季造林的通知\n青政办发〔2022〕8号\n各镇人民政府，县各委办局：\n" + BODY + "青溪县人民政府办公室\n2022.2.3\n",
        [("县政府办关于做好春季造林的通知", "青政办发〔2022〕8号", ("青溪县人民政府办公室",), "2022-02-03", "通知")],
        id="short issuer, signed in full; date in digits and points",
    ),
    pytest.param(
        "中共云陵市委 云陵市人民政府关于推进乡村建设的实施意见\n为推进乡村建设，提出如下意见。\n一、总体要求\n",
        [("中共云陵市委云陵市人民政府关于推进乡村建设的实施意见", None, ("中共云陵市委员会", "云陵市人民政府"), None, "实施意见")],
        id="party and government, named in the title alone",
    ),
    pytest.param(
        "市委、市政府关于深化停车改革的意见\n云发〔2016〕9号\n各县区党委、人民政府：\n" + BODY + "中共云陵市委\n云陵市人民政府\n2016年3月1日\n",
        [("市委、市政府关于深化停车改革的意见", "云发〔2016〕9号", ("中共云陵市委员会", "云陵市人民政府"), "2016-03-01", "意见")],
        id="市委、市政府 are two issuers",
    ),
    pytest.param(
        "云陵市人民政府办公室转发市发展改革委关于云陵市节约用电意见的通知\n云政办〔2018〕44号\n各县区人民政府：\n意见已经市政府同意，现转发给你们。\n云陵市人民政府办公室\n"
        "二0一八年七月九日\n关于云陵市节约用电的意见\n市发展改革委\n为节约用电，提出如下意见。\n",
        [("关于云陵市节约用电的意见", "云政办〔2018〕44号", ("云陵市人民政府办公室",), "2018-07-09", "意见")],
        id="转发: who forwards issues, what is forwarded is the document",
    ),
    pytest.param(
        "云陵市人民政府令\n〔2010〕第15号\n《云陵市停车办法》已经市政府同意，现予公布。\n市长 某某\n二○一○年三月十日\n云陵市停车办法\n第一条 为了加强管理，制定本办法。\n",
        [("云陵市停车办法", "云陵市人民政府令〔2010〕第15号", ("云陵市人民政府",), "2010-03-10", "办法")],
        id="order with its year",
    ),
    pytest.param(
        "令第16号\n《中州省停车办法》已经省政府同意，现予公布。\n省长 某某\n二○一一年三月十日\n中州省停车办法\n第一条 为了加强管理，制定本办法。\n",
        [("中州省停车办法", "中州省人民政府令第16号", ("中州省人民政府",), "2011-03-10", "办法")],
        id="bare order: the place in its title and who signs tell the issuer",
    ),
    pytest.param(
        "云陵市人民政府办公室\n关于公布2023年云陵市停车管理能手名单的通知\n云政办〔2023〕9号\n2023年5月6日\n各县、区人民政府，市直各单位：\n"
        "经评选，李某等3名同志被评为停车管理能手，现予公布。\n附件\n2023年云陵市停车管理能手名单\n（按姓氏笔画排序）\n李 某\t市城管局\n",
        [("云陵市人民政府办公室关于公布2023年云陵市停车管理能手名单的通知", "云政办〔2023〕9号", ("云陵市人民政府办公室",), "2023-05-06", "通知")],
        id="a list of persons is no document of its own",
    ),
    pytest.param("令第16号\n运动员请到第3跑道就位。\n", [], id="a bare order without a title is none"),
    pytest.param(
        "云陵市民政局\n云陵市财政局\n关于提高补助标准的通知\n各县区民政局、财政局：\n" + BODY + "云陵市民政局 云陵市财政局\n2022年1月10日\n",
        [("云陵市民政局云陵市财政局关于提高补助标准的通知", None, ("云陵市民政局", "云陵市财政局"), "2022-01-10", "通知")],
        id="issuers one a line, no number",
    ),
    pytest.param(
        "关于做好停车工作的通知\n云停〔2021〕5号\n各县区：\n" + BODY + "云陵市公安局 云陵市财政局\n2021年9月10日\n",
        [("关于做好停车工作的通知", "云停〔2021〕5号", ("云陵市公安局", "云陵市财政局"), "2021-09-10", "通知")],
        id="two signatures in one line",
    ),
    pytest.param(
        "发文机构：\n云陵市人民政府\n发文字号：\n云政发〔2024〕7号\n产生日期：\n2024年4月6日\n关于加强停车管理的通知\n各县、区人民政府：\n" + BODY,
        [("关于加强停车管理的通知", "云政发〔2024〕7号", ("云陵市人民政府",), "2024-04-06", "通知")],
        id="web page: each value in the line under its key",
    ),
    pytest.param(
        "发布机构：云陵市人民政府\n生成日期：2019-01-23\n云陵市人民政府关于加强停车管理的通知\n各县、区人民政府：\n" + BODY + "云陵市人民政府\n2019年1月17日\n",
        [("云陵市人民政府关于加强停车管理的通知", None, ("云陵市人民政府",), "2019-01-17", "通知")],
        id="the day of the signature goes before that of the web page",
    ),
    pytest.param(
        "自治区人民政府办公厅关于加强停车管理的通知\n宁政办规发〔2023〕901号\n各市、县（区）人民政府：\n" + BODY + "宁夏回族自治区人民政府办公厅\n2023年1月18日\n",
        [("自治区人民政府办公厅关于加强停车管理的通知", "宁政办规发〔2023〕901号", ("宁夏回族自治区人民政府办公厅",), "2023-01-18", "通知")],
        id="autonomous region without its name in the title",
    ),
    pytest.param("今天天气很好，我们去公园散步。\n明天再去。\n", [], id="a text that is no policy"),
]


@pytest.mark.parametrize(("text", "expected"), HEADS)
def test_heads(text: str, expected: list[tuple[object, ...]]) -> None:
    assert [(p.head.title, p.head.number, p.head.issuer, p.head.dated, p.head.type) for p in policies(text)] == expected


VALIDITY = [
    pytest.param("本方案自印发之日起施行，有效期2年。", "issue", "2025-03-05", id="years count from the date of the document"),
    pytest.param("本方案自2023年5月1日起施行，有效期至2026年4月30日。", "2023-05-01", "2026-04-30", id="both days stated"),
    pytest.param("本方案自2023年5月1日起施行，有效期三年。", "2023-05-01", "2026-05-01", id="years count from the begin"),
    pytest.param("本方案自2023年4月1日至2025年12月31日执行。", "2023-04-01", "2025-12-31", id="a stretch of days"),
    pytest.param("有效期为2023年4月1日至2025年12月31日。", "2023-04-01", "2025-12-31", id="the validity as a stretch of days"),
    pytest.param("自2023年4月1日至2025年12月31日，开展专项行动。", None, None, id="a stretch of something else"),
    pytest.param("本措施自印发之日起执行，期限为3年。", "issue", "2026-03-05", id="期限 instead of 有效期"),
    pytest.param("本措施执行至2024年底。", None, "2024-12-31", id="the end of a year"),
    pytest.param("有关减税政策延续执行至2024年底。", None, None, id="the end of other measures"),
    pytest.param("从业许可证有效期至2025年12月31日。", None, None, id="the day on which a certificate ends"),
    pytest.param("以上政策从公布之日起实施。", "issue", None, id="从…之日起"),
    pytest.param("驾驶证有效期6年，期满换发。", None, None, id="validity of a certificate is not the document's"),
    pytest.param("自2022年1月1日起，同步实施新的收费标准。", None, None, id="something else begins"),
    pytest.param("《云陵市停车收费办法》自2020年1月1日起施行以来，成效明显。", None, None, id="another document's begin"),
]


@pytest.mark.parametrize(("sentence", "effective", "expires"), VALIDITY)
def test_validity(sentence: str, effective: str | None, expires: str | None) -> None:
    head = "云陵市人民政府办公室关于印发云陵市停车方案的通知\n云政办〔2023〕7号\n各县、区人民政府：\n现印发给你们。\n2023年3月5日\n云陵市停车方案\n"
    (policy,) = policies(head + BODY + sentence + "\n")
    assert (policy.head.effective, policy.head.expires) == (effective, expires)


def test_identifier_depends_on_number_and_title_alone() -> None:
    head = "云陵市人民政府办公室关于印发云陵市停车方案的通知\n云政办〔2023〕{}7{}号\n各县、区人民政府：\n现印发给你们。\n云陵市停车方案\n"
    (a,), (b,) = policies(head.format("", "") + BODY), policies(head.format(" ", " ") + BODY + "四、附言\n新增一段。\n")
    assert a.head.policy == b.head.policy


def test_clean_text_leads_back_to_the_file() -> None:
    for case in HEADS:
        for policy in policies(case.values[0]):
            assert all(c == policy.source.text[i] for c, i in zip(policy.text, policy.back, strict=True) if c != "\n")


def test_issuer_without_place_is_written_out_as_it_signs() -> None:
    head = "市政府办公厅关于印发云陵市停车方案的通知\n云政办〔2023〕7号\n各区人民政府：\n现印发给你们。\n云陵市人民政府办公厅\n2023年3月5日\n云陵市停车方案\n"
    (policy,) = policies(head + BODY)
    assert policy.head.issuer == ("云陵市人民政府办公厅",)


def test_a_piece_of_a_text_without_breaks_is_a_document() -> None:
    body = "逐步形成停车保障体系。二、实施重点项目（一）泊位建设。市区新建泊位，改善出行。（牵头单位：市城管局，配合单位：市财政局）"
    (piece,) = policies(body)
    assert piece.head.title == "逐步形成停车保障体系"
    assert policies("逐步形成停车保障体系。市区新建泊位，改善出行。（牵头单位：市城管局，配合单位：市财政局）") == []
