"""Relations of citations, and what a document names in its own head; every row a reason, the sentences invented."""

from __future__ import annotations

import pytest

from extract.citations.relations import words
from tests.extract.citations.making import A, B, C, body, cited, rows

# --- relations: (text, relation of each) -----------------------------------------------------------------------------------------

RELATIONS = [
    pytest.param(f"一、事项\n征求意见。\n附件1：节水要点\n为做好节水，现依据《{A}》，提出本要点。", ["basis"], id="preamble of a document printed as an appendix"),
    pytest.param(f"一、事项\n征求意见。\n附件1：节水要点\n按照《{A}》测算。", ["cites"], id="an appendix that founds nothing"),
    pytest.param(f"一、应急准备\n市水利局组织编制、修订《{A}》，报市政府备案。", ["cites"], id="to be made and revised is a task"),
    pytest.param(f"一、清理结果\n市政府决定修订《{A}》。", ["amends"], id="修订 alone changes"),
    pytest.param(f"本办法2020年1月9日通过，根据2021年2月8日《{A}》修正。", ["cites"], id="how the text itself was amended"),
    pytest.param(f"为贯彻落实《{A}》，市政府对有关文件进行了全面清理。\n经清理，对七件文件予以调整。", ["basis"], id="为贯彻落实 opens a text without headings"),
    pytest.param(f"近年成效明显。为贯彻落实《{A}》，市政府对有关文件进行了清理。", ["cites"], id="为贯彻落实 behind a first sentence"),
    pytest.param("一、清理结果\n见附件。\n附件1：决定废止的文件目录\n1关于城市节水的通知云政〔2000〕65号\n2关于供水的通知云政〔2001〕1号", ["repeals"] * 2, id="numbers in a list of what is repealed"),
    pytest.param("一、清理结果\n见附件。\n附件1：继续有效的文件目录\n1关于城市节水的通知云政〔2000〕65号", ["cites"], id="a list of what stays in force"),
    pytest.param(f"为贯彻落实《{A}》精神，加强节水，制定本方案。\n一、目标\n节水。", ["basis"], id="preamble, 为贯彻落实"),
    pytest.param(f"根据《{A}》和《{B}》，结合我市实际，制定本方案。\n一、目标\n节水。", ["basis"] * 2, id="preamble, 根据 two"),
    pytest.param(
        f"为落实《{A}》，根据《{B}》《{C}》，现就节水提出如下意见。\n一、目标\n节水。", ["basis"] * 3, id="preamble, two verbs"
    ),
    pytest.param(
        f"为贯彻《{A}》（云政〔2020〕3号）、《{B}》（云政〔2020〕4号），推动节水。\n一、目标\n节水。",
        ["basis"] * 2,
        id="preamble, list with numbers",
    ),
    pytest.param(f"依照《{A}》要求，开展节水。\n一、目标\n节水。", ["basis"], id="preamble, 依照"),
    pytest.param(
        f"近年来，《{A}》取得成效。根据《{B}》，制定本方案。\n一、目标\n节水。",
        ["cites", "basis"],
        id="preamble, background is no basis",
    ),
    pytest.param(
        f"根据《{A}》要求，我市制定了《{B}》，为做好工作，提出以下意见。\n一、目标\n节水。",
        ["basis", "cites"],
        id="preamble, what was made is no basis",
    ),
    pytest.param("根据云政〔2020〕3号文件，制定本方案。\n一、目标\n节水。", ["basis"], id="preamble, number alone"),
    pytest.param(f"第一章总则\n第一条为了节水，根据《{A}》等法律、法规，制定本办法。\n第二条节水。", ["basis"], id="first article"),
    pytest.param(f"第一条根据《{A}》，制定本办法。\n第二条根据《{B}》处理。", ["basis", "cites"], id="second article"),
    pytest.param(
        f"第一条为了节水，制定本办法。\n第二条根据《{A}》制定本办法的实施规定。", ["basis"], id="制定本办法 in another article"
    ),
    pytest.param(f"第一条为了节水，加强管理。\n第二条本办法根据《{A}》制定。", ["basis"], id="本办法根据…制定"),
    pytest.param(
        f"第一条为了节水，制定本办法。\n第二条各县根据《{A}》制定本地区方案。", ["cites"], id="制定本地区 is others' work"
    ),
    pytest.param(f"一、总体要求\n根据《{A}》推进节水。", ["cites"], id="body after a heading"),
    pytest.param(
        f"1总则\n1.1编制目的\n节水。\n1.2编制依据\n《{A}》《{B}》等。\n1.3适用范围\n按照《{C}》执行。",
        ["basis", "basis", "cites"],
        id="编制依据",
    ),
    pytest.param(
        f"一、编制依据\n1.《{A}》；\n2.《{B}》。\n二、目标\n按照《{C}》执行。", ["basis", "basis", "cites"], id="编制依据 as a list"
    ),
    pytest.param(body(f"本办法自公布之日起施行，《{A}》同时废止。"), ["repeals"], id="同时废止"),
    pytest.param(body(f"本办法自公布之日起施行。原《{A}》（云政〔2001〕1号）同时废止。"), ["repeals"], id="原…同时废止"),
    pytest.param(
        body(f"《{A}》（云政〔2001〕1号）、《{B}》（云政〔2002〕2号）同时废止。"), ["repeals"] * 2, id="two before one verb"
    ),
    pytest.param(
        body(f"《{A}》、《{B}》和《{C}》等3个文件自本办法施行之日起同时废止。"), ["repeals"] * 3, id="等3个文件自…起同时废止"
    ),
    pytest.param(
        body(f"市政府2010年发布的《{A}》（市政府令第3号）和2012年发布的《{B}》同时废止。"),
        ["repeals"] * 2,
        id="years between the titles",
    ),
    pytest.param(body(f"《{A}》停止执行。"), ["repeals"], id="停止执行"),
    pytest.param(body(f"《{A}》不再执行。"), ["repeals"], id="不再执行"),
    pytest.param(body(f"《{A}》予以废止。"), ["repeals"], id="予以废止"),
    pytest.param(body(f"《{A}》即行废止；按照《{B}》执行。"), ["repeals", "cites"], id="即行废止, then another"),
    pytest.param(body(f"《{A}》自2023年5月1日起废止。"), ["repeals"], id="废止 on a day"),
    pytest.param(body(f"《{A}》(试行)第三条停止执行。"), ["repeals"], id="an article is repealed"),
    pytest.param(body(f"《{A}》有效期届满后自动失效。"), ["repeals"], id="自动失效"),
    pytest.param(body(f"2001年9月20日市政府颁布的《{A}》同时废止。"), ["repeals"], id="issuer and day before the title"),
    pytest.param(body(f"原《{A}》有关规定同时废止。"), ["repeals"], id="有关规定同时废止"),
    pytest.param(body("云政〔2001〕1号文件同时废止。"), ["repeals"], id="number alone repealed"),
    pytest.param(body(f"同时废止《{A}》。"), ["repeals"], id="verb before the title"),
    pytest.param(body(f"市政府决定废止《{A}》和《{B}》。"), ["repeals"] * 2, id="决定废止"),
    pytest.param(
        body(f"下列文件同时废止：\n1.《{A}》（云政〔2001〕1号）；\n2.《{B}》。"), ["repeals"] * 2, id="list of repealed documents"
    ),
    pytest.param(
        body(f"下列文件同时废止：1.《{A}》；2.《{B}》。按照《{C}》执行。"),
        ["repeals", "repeals", "cites"],
        id="run-in list of repealed documents",
    ),
    pytest.param(body(f"依照《{A}》停止执行原合同的，不予补偿。"), ["cites"], id="停止执行 of something else"),
    pytest.param(body(f"依照《{A}》，废止《{B}》。"), ["cites", "repeals"], id="the ground of a repeal is not repealed"),
    pytest.param(body(f"《{A}》同时废止，按照《{B}》执行。"), ["repeals", "cites"], id="after the comma something else"),
    pytest.param(body(f"已废止的《{A}》不得引用。"), ["cites"], id="repealed before"),
    pytest.param(body(f"修改完善《{A}》，理顺水价。"), ["amends"], id="修改完善"),
    pytest.param(body(f"修订《{A}》《{B}》。"), ["amends"] * 2, id="修订 two"),
    pytest.param(body(f"对《{A}》作如下修改：增加一条。"), ["amends"], id="对…作如下修改"),
    pytest.param(body(f"决定对《{A}》第三条进行修改。"), ["amends"], id="对…第三条进行修改"),
    pytest.param(body(f"将《{A}》第五条修改为：节水。"), ["amends"], id="第五条修改为"),
    pytest.param(body(f"加快《{A}》修订工作。"), ["amends"], id="修订 after the title"),
    pytest.param(body(f"贯彻新修订《{A}》。"), ["cites"], id="新修订 is an adjective"),
    pytest.param(body(f"贯彻修订后的《{A}》。"), ["cites"], id="修订后的 is an adjective"),
    pytest.param(body(f"根据《{A}》修改水价。"), ["cites"], id="something else is changed"),
    pytest.param(body(f"违反本办法的，依照《{A}》处理。"), ["cites"], id="legal consequence"),
    pytest.param(f"为切实抓好《{A}》的贯彻落实，现将有关事项通知如下：\n一、事项\n节水。", ["basis"], id="的贯彻落实 behind the title"),
    pytest.param(f"一、事项\n为切实抓好《{A}》的贯彻落实，市水利局每月调度。", ["cites"], id="的贯彻落实 in a clause"),
    pytest.param(f"《{A}》的实施取得成效，现将有关事项通知如下：\n一、事项\n节水。", ["cites"], id="what its carrying out has reached"),
]


@pytest.mark.parametrize(("text", "expected"), RELATIONS)
def test_relation(text: str, expected: list[str]) -> None:
    assert [c.relation for c in cited(text)] == expected


# --- the head of a document ------------------------------------------------------------------------------------------------------

NOTICE = "云陵市人民政府关于印发《云陵市节水方案》的通知"
HEADS = [
    pytest.param(
        "云陵市节水方案",
        NOTICE,
        f"{NOTICE}\n云政〔2023〕8号\n各县、区人民政府：\n《云陵市节水方案》已经市政府同意，现印发给你们，请遵照实施。\n云陵市节水方案\n节水。",
        [],
        id="notice with marks",
    ),
    pytest.param(
        "云陵市节水方案",
        "云陵市人民政府关于印发云陵市节水方案等3个文件的通知",
        "各县、区人民政府：\n《云陵市节水方案》《云陵市供水方案》《云陵市水价方案》等3个文件已经市政府同意，现印发给你们。\n云陵市节水方案\n节水。",
        [],
        id="notice of three documents",
    ),
    pytest.param(
        "云陵市节水方案",
        NOTICE,
        "各县、区人民政府：\n现将《云陵市节水方案》印发给你们，请认真贯彻落实。\n节水。",
        [],
        id="现将…印发给你们",
    ),
    pytest.param(
        "云陵市节水方案", NOTICE, "修订后的《云陵市供水预案》已经市政府研究同意，现印发给你们。\n节水。", [], id="修订后的…已经同意"
    ),
    pytest.param(
        "云陵市节水办法",
        None,
        "云陵市人民政府令\n第12号\n《云陵市节水办法》已经市政府第3次常务会议通过，现予公布，自2023年5月1日起施行。",
        [],
        id="order that promulgates",
    ),
    pytest.param(
        "云陵市节水方案",
        NOTICE,
        f"{NOTICE}\n云政〔2023〕8号\n根据《{B}》要求，市水利局制定了《云陵市节水方案》，现印发给你们。\n节水。",
        [(B, "basis")],
        id="basis named in the notice",
    ),
    pytest.param(
        "云陵市节水方案",
        NOTICE,
        f"附件：《云陵市节水方案》\n根据《{A}》，制定本方案。\n一、目标\n节水。",
        [(A, "basis")],
        id="attachment named in the notice",
    ),
    pytest.param(
        "云陵市节水方案",
        NOTICE,
        "一、目标\n节水。\n二、附则\n原《云陵市节水方案》（云政〔2010〕1号）同时废止。",
        [("云陵市节水方案", "repeals")],
        id="earlier document of the same title",
    ),
    pytest.param(
        "云陵市节水行动方案（2023—2025年）",
        None,
        "按照《云陵市节水行动方案》和《云陵市节水行动方案（2020—2022年）》执行。",
        [("云陵市节水行动方案（2020—2022年）", "cites")],
        id="own title without its years",
    ),
    pytest.param(
        "云陵市人民政府关于废止部分文件的决定",
        None,
        f"经研究，决定废止以下文件：\n一、《{A}》（云政〔2001〕1号）\n二、《{B}》（云政〔2002〕2号）",
        [(A, "repeals"), (B, "repeals")],
        id="decision that repeals",
    ),
    pytest.param(
        "云陵市人民政府关于修改《云陵市供水条例》的决定",
        None,
        "云陵市人民政府关于修改《云陵市供水条例》的决定\n市政府决定对《云陵市供水条例》作如下修改：\n一、将第三条修改为：节水。",
        [(A, "amends")],
        id="decision that amends",
    ),
    pytest.param(
        "云陵市落实《中州省节水规划》分工方案",
        "云陵市人民政府关于印发落实《中州省节水规划》分工方案的通知",
        "各县、区人民政府：\n现将《云陵市落实〈中州省节水规划〉分工方案》印发给你们。\n云陵市落实《中州省节水规划》分工方案\n为贯彻落实《中州省节水规划》，制定本方案。\n一、目标\n节水。",
        [("中州省节水规划", "basis")],
        id="a plan that the title names is not the document",
    ),
    pytest.param(
        "《政府工作报告》任务分解表",
        "云陵市人民政府关于印发《〈政府工作报告〉任务分解表》的通知",
        "各县、区人民政府：\n现将《〈政府工作报告〉任务分解表》印发给你们。\n附件：《政府工作报告》任务分解表\n一、目标\n节水。",
        [],
        id="the list of attachments prints the title",
    ),
]


@pytest.mark.parametrize(("title", "notice", "text", "expected"), HEADS)
def test_head(title: str, notice: str | None, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(c.title, c.relation) for c in cited(text, title=title, notice=notice)] == expected


@pytest.mark.parametrize(("use", "word", "example"), rows("cite_verbs.tsv"))
def test_every_verb_does_what_the_table_says(use: str, word: str, example: str) -> None:
    assert word in example
    assert word in words(use).split("|")
    found = cited(body(example))
    relation = {"end": "repeals", "change": "amends"}.get(use, "cites")
    assert [c.relation for c in found] == ([] if use == "paper" else [relation])
