"""Wordings of targets and supports that a rule knows: figure, unit, operator and deadline, whatever the names."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extract.targets.texts import read

FIGURES = [
    pytest.param(
        "2023年，全市引进外资30亿元；全年签约重大项目90个以上。",
        [("target", "=", 30, "亿元", "2023"), ("target", ">=", 90, "个", "2023")],
        id="全年 of the year named before",
    ),
    pytest.param("各区全年举办推介会不少于3次。", [("target", ">=", 3, "次", "全年")], id="全年 of no year"),
    pytest.param("违规的3年内不得申请。运营时间不得少于6年。", [("target", ">=", 6, "年", None)], id="how long a ban holds is no deadline"),
    pytest.param("到2025年，加油站全部配建充电桩。", [("target", "=", 100, "%", "2025")], id="all of them by a date"),
    pytest.param("加油站要全部配建充电桩。", [], id="all of them, but by no date"),
    pytest.param("驻村干部每季度至少入户看望老人（儿童）1次。", [("target", ">=", 1, "次", "每季度")], id="至少 well before 1次"),
    pytest.param("每季度集中签约一次。", [], id="签约 compares nothing"),
    pytest.param("2024年签约60个项目。", [("target", "=", 60, "个", "2024")], id="nor does it here"),
    pytest.param("推进60个村庄绿化。", [("target", "=", 60, "个", None)], id="works that are counted"),
    pytest.param(
        "绿化覆盖率到2024年达到42%，2025年达到43%。",
        [("target", "=", 42, "%", "2024"), ("target", "=", 43, "%", "2025")],
        id="a further year behind a comma",
    ),
    pytest.param(
        "到2025年、2030年，森林覆盖率分别达到30%、35%以上。",
        [("target", ">=", 30, "%", "2025"), ("target", ">=", 35, "%", "2030")],
        id="a year for each figure",
    ),
    pytest.param(
        "2023—2025年，绿化覆盖率分别达到40%、41%、42%。",
        [("target", "=", 40, "%", "2023"), ("target", "=", 41, "%", "2024"), ("target", "=", 42, "%", "2025")],
        id="years of a range for each figure",
    ),
    pytest.param(
        "到2025年、2030年，良种率、加工率、商品率分别达到90%、60%、80%。",
        [("target", "=", 90, "%", "2030"), ("target", "=", 60, "%", "2030"), ("target", "=", 80, "%", "2030")],
        id="indicators for each figure",
    ),
    pytest.param("2024年底前，建成投用30个服务点。", [("target", "=", 30, "个", "2024-12-31")], id="用 as the end of a verb"),
    pytest.param("对用30个工作日以上的项目予以督办。", [], id="用 before a figure"),
    pytest.param("到2025年，60%的乡镇建成养老服务中心。", [("target", "=", 60, "%", "2025")], id="a share of things by a date"),
    pytest.param("60%的乡镇建成养老服务中心。", [], id="a share of things by no date"),
    pytest.param("驻村干部每季度入户看望老人（儿童）1次。", [], id="a rhythm of work"),
    pytest.param(
        "对改造仓库的农户，按照设备费用的50%，给予每个农户每座仓库不超过80万元补助。",
        [("support", "=", 50, "%", None), ("support", "<=", 80, "万元", None)],
        id="the rate and its ceiling in two clauses",
    ),
    pytest.param(
        "对节水农户给予补贴。每年每户享受补贴的水量不超过9吨。", [("support", "<=", 9, "吨", "每年")], id="how much of it is aided"
    ),
    pytest.param("享受补贴的企业面积不得小于200平方米。", [("target", ">=", 200, "平方米", None)], id="a floor is no aid"),
    pytest.param("对引进的项目，按投资额的千分之二给予奖励。", [("support", "=", 2, "‰", None)], id="so many in a thousand"),
    pytest.param("对创新平台分三年给予共计3000万元支持。", [("support", "=", 3000, "万元", None)], id="a sum given in parts"),
    pytest.param("奖补资金分四年按30%、30%、20%、20%的比例兑现。", [], id="the parts of a sum"),
    pytest.param(
        "对入驻企业，每平方米每月给予10元租金补贴，面积不超过500平方米。", [("support", "=", 10, "元", None)], id="a bare 面积 behind it"
    ),
    pytest.param("对软件企业，减按15%的税率征收企业所得税。", [("support", "=", 15, "%", None)], id="a lower rate of a tax"),
    pytest.param(
        "对贷款企业按利息的50%贴息，单户年度贴息总额不超过60万元。",
        [("support", "=", 50, "%", None), ("support", "<=", 60, "万元", "每年")],
        id="a ceiling a year",
    ),
    pytest.param("对老年人实行门票8折优惠。", [("support", "=", 8, "折", None)], id="a discount"),
    pytest.param("今明两年投资53亿元。新改扩建农村公路548公里。", [("target", "=", 53, "亿元", None), ("target", "=", 548, "公里", None)], id="this year and the next"),
    pytest.param("该市今明两年的投资有53亿元。", [], id="an investment of the two years"),
    pytest.param("到2025年底前，首批100个示范社区全面建成。", [("target", "=", 100, "个", "2025-12-31")], id="what is counted gets built"),
    pytest.param("首批100个示范社区全面建成。", [], id="what is counted has been built"),
    pytest.param("到2025年，稳定退出全国168个重点城市后20位。", [], id="how many there are in the country"),
    pytest.param("专项资金须于6月底前下达60%以上。", [("target", ">=", 60, "%", "2022-06-30")], id="下达 is no word of reaching"),
    pytest.param("设立2.4亿元推动停车建设专项资金，出台管理办法。", [("target", "=", 2.4, "亿元", None)], id="a fund to be set up"),
    pytest.param("设立2亿元停车建设基金的机构可以申请。", [], id="who has set up a fund"),
    pytest.param("到2025年，细颗粒物年均浓度控制在29微克每立方米以下。", [("target", "<=", 29, "微克每立方米", "2025")], id="a measure written out"),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures_of_a_wording(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert [(r.kind, r.op, r.value, r.unit, r.by) for r in read(text)] == expected


QUOTES = [
    pytest.param(
        "各站每月至少举行一次消防培训、至少组织一次设备检修。", ["各站每月至少举行一次消防培训", "至少组织一次设备检修"], id="no stop at its head"
    ),
    pytest.param("到2025年，建成3座水库、5座泵站。", ["建成3座水库", "5座泵站"], id="nor before a bare figure"),
]


@pytest.mark.parametrize(("text", "expected"), QUOTES)
def test_quote_of_a_target(text: str, expected: list[str]) -> None:
    assert [r.quote for r in read(text)] == expected
