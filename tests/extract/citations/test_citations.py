"""Citations: what counts, with its title and number; every row a reason, the sentences invented."""

from __future__ import annotations

import time

import pytest

from extract.citations.find import find_citations
from extract.models import Clause, Paragraph, PolicyText, SourceText
from extract.offsets import offsets_of
from tests.extract.citations.making import NUMBER, TITLE, A, B, C, body, cited, policy_of

# --- what counts, with title and number: (sentence, [(title, number)]) -----------------------------------------------------------

NAMED = [
    pytest.param(f"用户应当遵守《{A}》。", [(A, None)], id="title alone"),
    pytest.param(f"按照《{A}》（云政〔2020〕3号）执行。", [(A, "云政〔2020〕3号")], id="number in full-width brackets"),
    pytest.param(f"按照《{A}》(云政[2020]3号)执行。", [(A, "云政〔2020〕3号")], id="number in half-width brackets"),
    pytest.param(
        f"按照《{A}》【云政（2020）3号】执行，以及（云政（2021）4号）。",
        [(A, None), (None, "云政〔2020〕3号"), (None, "云政〔2021〕4号")],
        id="lenticular brackets bind no number",
    ),
    pytest.param(f"按照《{A}》(云政(2020)3号)执行。", [(A, "云政〔2020〕3号")], id="round brackets in round brackets"),
    pytest.param(f"按照《{A}》（试行）（云政〔2020〕3号）执行。", [(A, "云政〔2020〕3号")], id="version before the number"),
    pytest.param(
        f"按照《{A}》（云政〔2020〕3号，以下简称《条例》）执行。", [(A, "云政〔2020〕3号")], id="short form in the number's bracket"
    ),
    pytest.param(f"按照《{A}》（以下简称《供水条例》）执行。", [(A, None)], id="short form in a bracket of its own"),
    pytest.param(
        f"按照《{A}》（中华人民共和国国务院令第158号）执行。",
        [(A, "中华人民共和国国务院令第158号")],
        id="order of the State Council",
    ),
    pytest.param(f"按照《{A}》（财政部令第81号）执行。", [(A, "财政部令第81号")], id="order of a ministry"),
    pytest.param(
        f"按照《{A}》（国家税务总局公告2018年第28号）执行。", [(A, "国家税务总局公告2018年第28号")], id="announcement by year"
    ),
    pytest.param(
        f"按照《{A}》（住房和城乡建设部、财政部令第20号）执行。", [(A, "住房和城乡建设部、财政部令第20号")], id="joint order"
    ),
    pytest.param(f"按照云政〔2020〕3号《{A}》执行。", [(A, "云政〔2020〕3号")], id="number before the title"),
    pytest.param(f"按照云政〔2020〕3号文件《{A}》执行。", [(A, "云政〔2020〕3号")], id="number and 文件 before the title"),
    pytest.param(
        f"按照市第2号总河长令《{A}》执行。", [(A, "市第2号总河长令")], id="order of the chief river head before the title"
    ),
    pytest.param(f"按照《{A}》云政〔2020〕3号执行。", [(A, "云政〔2020〕3号")], id="number after the title without brackets"),
    pytest.param(f"符合《{A}》（GB/T50331-2002）。", [(A, "GB/T50331-2002")], id="number of a standard"),
    pytest.param(
        "符合《城市用水规范（GB/T50331—2002）》。",
        [("城市用水规范（GB/T50331—2002）", None)],
        id="number of a standard within the marks",
    ),
    pytest.param(
        f"按照《{A}》《{B}》（云政〔2020〕3号）执行。", [(A, None), (B, "云政〔2020〕3号")], id="a number belongs to the last title"
    ),
    pytest.param(
        f"按照《{A}》《{B}》（云政〔2020〕3号、云政办〔2021〕4号）执行。",
        [(A, "云政〔2020〕3号"), (B, "云政办〔2021〕4号")],
        id="as many numbers as titles",
    ),
    pytest.param(f"按照《{A}》、《{B}》和《{C}》执行。", [(A, None), (B, None), (C, None)], id="list of titles"),
    pytest.param(
        f"按照《{A}》（云政〔2020〕3号）《{B}》（云政〔2021〕4号）执行。",
        [(A, "云政〔2020〕3号"), (B, "云政〔2021〕4号")],
        id="list of titles with numbers",
    ),
    pytest.param(
        "按照《云陵市人民政府关于印发〈云陵市水价方案〉的通知》执行。",
        [("云陵市人民政府关于印发〈云陵市水价方案〉的通知", None)],
        id="nested single marks",
    ),
    pytest.param(
        "按照《关于印发<云陵市水价方案>的通知》执行。", [("关于印发<云陵市水价方案>的通知", None)], id="nested half-width marks"
    ),
    pytest.param(
        "按照《关于印发《云陵市水价方案》的通知》执行。", [("关于印发《云陵市水价方案》的通知", None)], id="nested double marks"
    ),
    pytest.param(
        "按照《关于印发《云陵市水价方案》的通知（云政〔2020〕3号）执行。",
        [("关于印发《云陵市水价方案》的通知", "云政〔2020〕3号")],
        id="outer mark never closed",
    ),
    pytest.param(
        "按照《关于印发《云陵市水价方案》的通知》（云政〔2020〕3号）执行。",
        [("关于印发《云陵市水价方案》的通知", "云政〔2020〕3号")],
        id="nested double marks with number",
    ),
    pytest.param(f"按照《有关要求，落实《{A}》。", [(A, None)], id="stray opening mark"),
    pytest.param(f"按照有关要求》，落实《{A}》。", [(A, None)], id="stray closing mark"),
    pytest.param(f"落实国务院《{A}》。", [(A, None)], id="issuer before the marks is no part of the title"),
    pytest.param("落实云政〔2020〕3号文件。", [(None, "云政〔2020〕3号")], id="number alone"),
    pytest.param(
        "落实云政办〔2020〕3号、云政〔2021〕4号文件。",
        [(None, "云政办〔2020〕3号"), (None, "云政〔2021〕4号")],
        id="two numbers alone",
    ),
    pytest.param("依照国务院令第158号处理。", [(None, "国务院令第158号")], id="order alone"),
    pytest.param(
        "根据云陵市人民政府关于加强供水管理的通知（云政〔2020〕3号）办理。",
        [("云陵市人民政府关于加强供水管理的通知", "云政〔2020〕3号")],
        id="title without marks but with a number",
    ),
    pytest.param("按有关政策（云政〔2020〕3号）办理。", [(None, "云政〔2020〕3号")], id="words before a number that are no title"),
    pytest.param(
        "落实《中华人民共和国刑法修正案（十一）》。", [("中华人民共和国刑法修正案（十一）", None)], id="amendment of a law"
    ),
    pytest.param("落实《中华人民共和国预算法》。", [("中华人民共和国预算法", None)], id="law whose name ends like a thing"),
    pytest.param(f"符合《{A}》（DB41/1066-2020）。", [(A, "DB41/1066-2020")], id="number of a local standard"),
    pytest.param("遵守《中华人民共和国宪法》。", [("中华人民共和国宪法", None)], id="constitution"),
    pytest.param("违反《宪法》的行为。", [("宪法", None)], id="constitution in short"),
    pytest.param("依据《中华人民共和国民法典》处理。", [("中华人民共和国民法典", None)], id="code of law"),
    pytest.param(
        "对照《区域全面经济伙伴关系协定》（RCEP）完善规则。",
        [("区域全面经济伙伴关系协定", None)],
        id="treaty, abbreviation left out",
    ),
    pytest.param("落实《市场准入负面清单》。", [("市场准入负面清单", None)], id="national negative list"),
    pytest.param(
        "执行《外商投资准入特别管理措施（负面清单）（2021年版）》。",
        [("外商投资准入特别管理措施（负面清单）（2021年版）", None)],
        id="brackets at the end of a title",
    ),
    pytest.param("水价不低于《全国工业用水最低价标准》。", [("全国工业用水最低价标准", None)], id="standard of prices"),
    pytest.param("贯彻《中国共产党章程》。", [("中国共产党章程", None)], id="party constitution"),
    pytest.param("落实《中国制造2025》。", [("中国制造2025", None)], id="unknown ending after a verb of resting"),
    pytest.param("落实《云陵市政府工作报告》部署。", [("云陵市政府工作报告", None)], id="report of the government as a programme"),
    pytest.param("出台《云陵市水源地保护导则》。", [("云陵市水源地保护导则", None)], id="a document that is yet to come"),
    pytest.param(f"市政府2020年发布的《{A}》明确了职责。", [(A, None)], id="no verb needed where the ending says it"),
    pytest.param(
        "落实《关于公布云陵市重点用水单位名录的通知》。",
        [("关于公布云陵市重点用水单位名录的通知", None)],
        id="notice about a catalogue",
    ),
    pytest.param(
        "具体名单见《关于公布重点用水户的通知》（云水〔2020〕3号）。",
        [("关于公布重点用水户的通知", "云水〔2020〕3号")],
        id="reference by 见",
    ),
    pytest.param(
        "按照《管理办法》（云政〔2020〕3号）执行。", [("管理办法", "云政〔2020〕3号")], id="a number makes a short title a name"
    ),
    pytest.param("《关于促进节水的三点倡导》提出了目标。", [("关于促进节水的三点倡导", None)], id="关于 in the title says enough"),
    pytest.param(f"《{A}》《{A}》", [(A, None), (A, None)], id="one record a mention"),
    pytest.param("确保市《政府工作报告》各项工作落地见效。", [("政府工作报告", None)], id="the report of the government, not named in full"),
]

NOT_NAMED = [
    pytest.param("施工单位应当取得《建筑工程施工许可证》。", id="permit"),
    pytest.param("凭《营业执照》办理。", id="licence"),
    pytest.param("签订《供用水合同》。", id="contract"),
    pytest.param("签订《节水承诺书》。", id="undertaking"),
    pytest.param("填写《用水户登记表》。", id="form"),
    pytest.param("出具《消防验收意见》。", id="opinion in a single case"),
    pytest.param("下达《限期整改通知》。", id="notice in a single case"),
    pytest.param("送达《行政处罚决定书》。", id="penalty"),
    pytest.param("发放《母子健康手册》。", id="handbook"),
    pytest.param("在《云陵日报》刊登公告。", id="newspaper"),
    pytest.param("落实市委在《求实》杂志提出的要求。", id="magazine after a verb of resting"),
    pytest.param("学习《习近平谈治国理政》。", id="book"),
    pytest.param("发布《云陵市节水发展蓝皮书》。", id="blue book"),
    pytest.param("列入《产业结构调整指导目录（2019年本）》的项目。", id="catalogue"),
    pytest.param("纳入《固定源排污许可分类管理名录》的行业。", id="list of names"),
    pytest.param("制定落实《不予行政处罚事项目录清单》。", id="catalogue of items"),
    pytest.param("拍摄《云陵之水》专题片。", id="film"),
    pytest.param("打造《印象云陵》演出品牌。", id="brand"),
    pytest.param("按照《规划》要求建设。", id="short form"),
    pytest.param("按照《实施意见》要求建设。", id="short form with a modifier"),
    pytest.param("本《办法》第四条规定的单位。", id="short form of the document itself"),
    pytest.param("依照本办法处理。", id="self reference without marks"),
    pytest.param("上述通知执行。", id="reference without a name"),
    pytest.param(f"依照《{TITLE}》处理。", id="the document itself"),
    pytest.param(f"依照《{TITLE}》（{NUMBER}）处理。", id="the document itself with its number"),
    pytest.param("依照云政[2023]8号处理。", id="its own number in other brackets"),
    pytest.param("《》", id="empty marks"),
    pytest.param("《A》《B-1》", id="no Chinese in the marks"),
    pytest.param("由市水利局公布。", id="nothing named"),
    pytest.param("位于云陵市（2021）12号地块。", id="plot of land"),
    pytest.param("电话（0396）2601620号。", id="telephone"),
    pytest.param("按规定领取《开工批复》。", id="approval in a single case"),
    pytest.param("提交《整改方案》。", id="plan in a single case"),
    pytest.param("编制《环境影响报告书》。", id="report of an assessment"),
    pytest.param("形成《可行性研究报告》。", id="feasibility study"),
    pytest.param("按照《可行性研究报告》施工。", id="feasibility study after a verb of resting"),
    pytest.param("以下简称《供水条例》。", id="definition of a short form"),
    pytest.param(
        f"依照《{TITLE}》（以下简称《节水办法》）处理。违反《节水办法》的，依法处理。",
        id="a longer short form of the document itself",
    ),
    pytest.param("审议《经济形势报告》。", id="another report"),
]


@pytest.mark.parametrize(("sentence", "expected"), NAMED)
def test_what_is_named(sentence: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert [(c.title, c.number) for c in cited(body(sentence))] == expected


@pytest.mark.parametrize("sentence", NOT_NAMED)
def test_what_is_no_citation(sentence: str) -> None:
    assert cited(body(sentence)) == []


def test_quote_and_clause_lead_back_to_the_text() -> None:
    text = body(f"按照国务院《{A}》（国务院令第158号）处理。")
    record = cited(text)[0]
    assert text[record.start : record.end] == record.quote == f"《{A}》（国务院令第158号）"
    assert record.clause == "第二条"


def test_inferred_kinds_say_so() -> None:
    record = cited(body("落实《中国制造2025》。"))[0]
    assert record.confidence < 1
    assert record.reason


# --- hostile text ----------------------------------------------------------------------------------------------------------------


HOSTILE = [
    "《",
    "》",
    "《》",
    "〔2020〕",
    "《云陵市供水条例》",
    "《供水条例》；",
    "（",
    "《法（",
    "废止",
    "根据",
    "、",
    "关于",
    "号",
    "1",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_is_read_in_time(unit: str) -> None:
    text = (unit * (50_000 // len(unit)))[:50_000]
    root = Clause("", "", "", "root", 0, 0, len(text))
    source = SourceText("a.txt", text, "")
    policy = PolicyText(policy_of("x").head, source, text, offsets_of(range(len(text))), (Paragraph(0, len(text)),), (root,))
    began = time.process_time()
    find_citations(policy)
    assert time.process_time() - began < 4  # seconds of CPU; a busy machine takes longer, while growth with the square would take minutes
