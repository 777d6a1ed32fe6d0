"""Splitting a file into policies: what heads look like in gazettes, on paper and on web pages."""

from __future__ import annotations

import hashlib

import pytest

from extract.models import PolicyText, SourceText
from extract.policies.split import split

BODY = """为推进云陵市停车设施建设，制定本方案。
一、总体要求
（一）主要目标。到2025年，新增泊位2000个。
二、保障措施
（一）压实责任。市城管局负责组织实施。
"""


def policies(text: str) -> list[PolicyText]:
    return list(split(SourceText("a.txt", text, hashlib.sha256(text.encode()).hexdigest())))


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
    pytest.param("今天天气很好，我们去公园散步。\n明天再去。\n", [], id="a text that is no policy"),
]


@pytest.mark.parametrize(("text", "expected"), HEADS)
def test_heads(text: str, expected: list[tuple[object, ...]]) -> None:
    assert [(p.head.title, p.head.number, p.head.issuer, p.head.dated, p.head.type) for p in policies(text)] == expected


VALIDITY = [
    pytest.param("本方案自印发之日起施行，有效期2年。", "issue", "2025-03-05", id="years count from the date of the document"),
    pytest.param("本方案自2023年5月1日起施行，有效期至2026年4月30日。", "2023-05-01", "2026-04-30", id="both days stated"),
    pytest.param("本方案自2023年5月1日起施行，有效期三年。", "2023-05-01", "2026-05-01", id="years count from the begin"),
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
