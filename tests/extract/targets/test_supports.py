"""Supports in prose: what counts, what does not, and how they are named."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extract.targets.texts import check_evidence, read, short

SUPPORTS = [
    pytest.param("对新建的社区食堂，给予10万元奖励。", [("新建社区食堂奖励", "=", 10, "万元", None)], id="give and reward"),
    pytest.param("按照设备购置费用的15%予以补助。", [("设备购置费用补助比例", "=", 15, "%", None)], id="rate of a basis"),
    pytest.param(
        "对首次上云的企业，按实际支出的30%给予补贴，最高不超过20万元。",
        [("首次上云补贴比例", "=", 30, "%", None), ("首次上云补贴", "<=", 20, "万元", None)],
        id="rate and ceiling",
    ),
    pytest.param(
        "对通过认定的国家级、省级绿色工厂，分别给予50万元、20万元奖励。",
        [("国家级绿色工厂奖励", "=", 50, "万元", None), ("省级绿色工厂奖励", "=", 20, "万元", None)],
        id="levels respectively",
    ),
    pytest.param(
        "对获得市长质量奖一等奖、二等奖、三等奖的，分别奖励30万元、20万元、10万元。",
        [("一等奖奖励", "=", 30, "万元", None), ("二等奖奖励", "=", 20, "万元", None), ("三等奖奖励", "=", 10, "万元", None)],
        id="prizes respectively",
    ),
    pytest.param(
        "对投资达到1亿元以上的奖励30万元。", [("投资达到1亿元以上奖励", "=", 30, "万元", None)], id="threshold and reward in one"
    ),
    pytest.param("每个企业每年补助不超过100万元。", [(None, "<=", 100, "万元", "每年")], id="ceiling of a year"),
    pytest.param("低保对象按70%予以救助。", [("低保对象救助比例", "=", 70, "%", None)], id="relief"),
    pytest.param(
        "特困人员年度最高救助限额为3万元。", [("特困人员年度最高救助限额", "<=", 3, "万元", "每年")], id="ceiling of relief in a year"
    ),
    pytest.param("全额资助孤儿参加医疗保险。", [(None, "=", 100, "%", None)], id="in full"),
    pytest.param("对获奖团队按奖金给予1:1配套奖励。", [("获奖团队配套奖励比例", "=", 100, "%", None)], id="matching grant"),
    pytest.param("博士每人每月发放生活补贴3000元。", [(None, "=", 3000, "元", "每月")], id="by the month"),
    pytest.param("新授权发明专利，给予2000元/件资助。", [("发明专利资助", "=", 2000, "元/件", None)], id="money for a piece"),
    pytest.param("每引进一家总部企业，奖励运营机构8万元。", [("引进一家总部企业奖励", "=", 8, "万元", None)], id="occasion"),
    pytest.param(
        "对小微企业2022年1月1日至2023年12月31日的租金全额返还。",
        [(None, "=", 100, "%", "2023-12-31")],
        id="stretch of time",
        marks=[],
    ),
    pytest.param("入驻企业可享受最高3年的租金补贴。", [("入驻企业租金补贴", "<=", 3, "年", None)], id="years of a subsidy"),
    pytest.param(
        "由市财政给予国家级40万元、省级15万元的支持。",
        [(None, "=", 40, "万元", None), (None, "=", 15, "万元", None)],
        id="levels with their sums",
    ),
    pytest.param(
        "首次入库的工业企业，省财政一次性奖励10万元；连续三年保持在库的，再奖励5万元。",
        [(None, "=", 10, "万元", None), (None, "=", 5, "万元", None)],
        id="years in a row are no history here",
    ),
    pytest.param(
        "稳岗返还比例从30%提高至50%，小微企业最高可提高至90%。",
        [(None, "=", 50, "%", None), (None, "<=", 90, "%", None)],
        id="rate raised, and its ceiling",
    ),
    pytest.param(
        "对一季度增速高于全市平均，增量不低于800万元，排名前10名的零售企业，每家给予5万元奖励。",
        [("零售企业奖励", "=", 5, "万元", None)],
        id="thresholds of the recipient are no targets",
    ),
    pytest.param(
        "每增加300万元奖励2万元，单个商户最高奖励30万元。",
        [(None, "=", 2, "万元", None), (None, "<=", 30, "万元", None)],
        id="a step and what is given for it",
    ),
    pytest.param("学生助学金标准为每生每年3000元。", [("学生助学金标准", "=", 3000, "元", "每年")], id="standard for each head"),
    pytest.param("乡村医生养老补助由每月300元提高到400元。", [(None, "=", 400, "元", None)], id="raised from"),
    pytest.param("对新设立的总部，最高给予实缴注册资本3%的奖励。", [("总部奖励比例", "<=", 3, "%", None)], id="a rate of the capital, at most"),
    pytest.param("购置大型停车设备的，给予购置费1/6的补贴。", [("购置大型停车设备补贴比例", "=", "1/6", None, None)], id="a fraction of the cost"),
    pytest.param(
        "对新认定的国家级停车示范基地一次性奖励200万元，省级奖励50万元。",
        [("国家级停车示范基地奖励", "=", 200, "万元", None), ("省级停车示范基地奖励", "=", 50, "万元", None)],
        id="another level with a sum of its own",
    ),
    pytest.param("对困难商户免征3个月房租。", [(None, "=", 3, "个月", None)], id="免征 of rent"),
    pytest.param("山区县按30%以上标准享受补助。", [(None, ">=", 30, "%", None)], id="a rate by which aid is enjoyed"),
]


@pytest.mark.parametrize(("text", "expected"), SUPPORTS)
def test_support(text: str, expected: list[tuple[Any, ...]]) -> None:
    records = read(text)
    assert {r.kind for r in records} == {"support"}
    assert [s[1:] for s in short(records)] == [e[1:] for e in expected]
    # None: what it is given for can be said in many ways
    assert [r.indicator for r, e in zip(records, expected, strict=True) if e[0]] == [e[0] for e in expected if e[0]]


NAMES = [
    pytest.param("给予每个在用机架每年不超过800元的支持。", "每个在用机架支持", id="what it is given for stands behind 给予"),
    pytest.param("鼓励电信企业首年免费开放云资源，依据合同金额一次性给予平台服务商2000元奖励。", "平台服务商奖励", id="the recipient, not who is encouraged"),
    pytest.param("总投资在5000万元的项目，按照设备投资的3%予以奖励。", "5000万元项目奖励", id="a threshold tells the projects apart"),
    pytest.param("在市域内实施技术转移的，给予10%的后补助。", "技术转移后补助比例", id="where is no part of the name"),
    pytest.param("对增速高于全市平均，排名前10名的零售企业，每家给予5万元奖励。", "零售企业奖励", id="the recipient at the end of its description"),
    pytest.param("每项技术转让按合同额的4%、最高不超过60万元的标准，对高校、科研院所予以奖励。", "高校、科研院所技术转让奖励比例", id="a recipient behind the figures"),
    pytest.param("创业投资企业在示范区购买办公用房的，可享受每平方米900元的购房补贴。", "创业投资企业购房补贴", id="who, without where"),
    pytest.param("办公用房按500元/平方米、展厅按900元/平方米给予一次性装修补助。", "办公用房一次性装修补助", id="the whole word of giving"),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_name_of_a_support(text: str, expected: str) -> None:
    assert read(text)[0].indicator == expected


ALL_NAMES = [
    pytest.param(
        "对新获批的国家级和省级种质中心、繁育中心分别给予90万元、40万元奖励。",
        ["国家级种质中心、繁育中心奖励", "省级种质中心、繁育中心奖励"],
        id="levels hold for both things",
    ),
    pytest.param("创建省级智慧牧场、茶园的，分别给予9万元、4万元奖励。", ["省级智慧牧场奖励", "省级智慧茶园奖励"], id="what two things share"),
    pytest.param(
        "对全年完成产值超过2亿元、4亿元的采石企业，分别奖励3万元、5万元。",
        ["产值超过2亿元采石企业奖励", "产值超过4亿元采石企业奖励"],
        id="sizes with what is so big",
    ),
    pytest.param(
        "境内上市企业，按照辅导备案、上市交易两个节点，分别给予60万元、90万元奖励。",
        ["境内上市企业辅导备案奖励", "境内上市企业上市交易奖励"],
        id="steps of one recipient",
    ),
    pytest.param("茶馆经评定为甲级、乙级的，分别奖励6万元、3万元。", ["甲级茶馆奖励", "乙级茶馆奖励"], id="grades of a thing before them"),
    pytest.param(
        "对新获得绿色食品、有机产品认证的农户，分别给予2万元、3万元奖励。", ["绿色食品认证奖励", "有机产品认证奖励"], id="the proof is of all"
    ),
    pytest.param("获得县科技奖的按一等奖9万元、二等奖5万元给予奖励。", ["县科技奖一等奖奖励", "县科技奖二等奖奖励"], id="prizes with their name"),
    pytest.param(
        "开展养蜂技术培训，按照初级工每人每年3000元、高级工每人每年4000元的标准给予补贴。",
        ["初级工养蜂技术培训补贴", "高级工养蜂技术培训补贴"],
        id="parts with their topic",
    ),
    pytest.param("新评定的茶艺师、评茶师等紧缺技能人才，给予4万元安家费。", ["紧缺技能人才安家费"], id="the class behind 等"),
    pytest.param("对农机合作社等相关主体，给予4万元补助。", ["农机合作社等相关主体补助"], id="相关主体 is no class"),
    pytest.param(
        "每改造1个大棚，对种植户给予2万元补助，单个种植户最高不超过20万元。", ["种植户补助", "单个种植户补助上限"], id="ceiling of a sum"
    ),
    pytest.param(
        "对参加养殖保险的农户，按保费的40%给予补贴，单个农户累计不超过1万元。",
        ["参加养殖保险保费补贴比例", "参加养殖保险保费单个农户累计补贴"],
        id="ceiling of a rate, and whose it is",
    ),
    pytest.param("改造费用超出部分，市财政补助6万元，县财政补助3万元。", ["改造费用超出部分市财政补助", "改造费用超出部分县财政补助"], id="payers side by side"),
    pytest.param("对水厂的改造，县财政补助3万元。", ["水厂改造补助"], id="one payer is no part of the name"),
    pytest.param(
        "对茶厂，年产值每增加100万元，奖励2万元。", ["茶厂奖励（产值每增加100万元）"], id="step of a grant"
    ),
    pytest.param("按照烘干设备使用费用的20%予以补助。", ["烘干设备使用费用补助比例"], id="a cost names the support"),
    pytest.param("对烘干中心，按照投资总额的20%予以补助。", ["烘干中心补助比例"], id="an amount does not"),
    pytest.param("粮库建设项目，按设备购置额的20%予以补助。", ["粮库建设项目设备购置补助比例"], id="what is bought does"),
    pytest.param("对贫困户实行水费起征量降低50%等优惠政策。", ["贫困户水费起征量优惠"], id="what is changed"),
    pytest.param(
        "并购金额2亿元以下的，奖励10万元；2亿元以上的，奖励30万元。", ["并购金额2亿元以下奖励", "并购金额2亿元以上奖励"], id="a size takes the noun of the one before"
    ),
    pytest.param("每引进一家，给予运营单位一次性3万元奖励。", ["运营单位奖励"], id="nothing is said to be brought in"),
    pytest.param(
        "主动引进书店、花店等特色业态的，每引进一家，给予园区一次性3万元奖励。", ["引进特色业态奖励"], id="what is brought in stands before"
    ),
    pytest.param("采用先建后补的方式，对灌溉泵站，给予8万元补助。", ["灌溉泵站补助"], id="manner is no recipient"),
    pytest.param("企业承租公有房屋的，免收2个月租金、减半收取4个月租金。", ["企业承租公有房屋免收租金", "企业承租公有房屋减半收取租金"], id="months of rent"),
    pytest.param(
        "对获得荷花文学奖、莲子文学奖的作者，分别给予6万元、3万元奖励。", ["荷花文学奖作者奖励", "莲子文学奖作者奖励"], id="who got them is of both"
    ),
    pytest.param("承办国家级、省级单项龙舟邀请赛事的，给予20%的补助。", ["承办单项龙舟邀请赛事补助比例"], id="tiers inside a name"),
    pytest.param("对书店，按年租金的30%给予房租补贴，每家每年不超过6万元。", ["书店房租补贴比例", "书店房租补贴"], id="rent said once"),
    pytest.param("丧葬补助每人2000元。", ["丧葬补助"], id="an aid with a name of its own"),
    pytest.param("农村低保标准提高到每人每月480元。", ["农村低保标准"], id="standard of a household"),
]


@pytest.mark.parametrize(("text", "expected"), ALL_NAMES)
def test_names_of_supports_that_stand_together(text: str, expected: list[str]) -> None:
    assert [r.indicator for r in read(text) if r.kind == "support"] == expected


HEADED_NAMES = [
    pytest.param("对参训农民，每人给予补贴300元。", "农技培训补贴", "参训农民农技培训补贴", id="who, and the heading"),
    pytest.param("在县内首次创办的小微企业、个体工商户等组织，按3000元给予补贴。", "创业带动就业补贴", "创业带动就业补贴", id="a long recipient leaves the heading"),
    pytest.param("对冷库，给予3万元补助。", "农业扶持", "冷库补助", id="扶持 names nothing"),
    pytest.param("对新认定的蜜蜂良种场，给予3万元奖励。", "加快养蜂业发展", "蜜蜂良种场奖励", id="a heading of work names nothing"),
]


@pytest.mark.parametrize(("text", "heading", "expected"), HEADED_NAMES)
def test_name_of_a_support_under_a_heading(text: str, heading: str, expected: str) -> None:
    assert read(text, heading=heading)[0].indicator == expected


NOT_SUPPORTS = [
    pytest.param("项目经费超过50万元的应当公开招标。", id="threshold of funds"),
    pytest.param("工作经费50万元以上的项目标准另行制定。", id="standard of something else"),
    pytest.param("入驻企业按3个月预缴租金，租期不少于6个月。", id="months of a lease"),
    pytest.param("奖补分两年按60%、40%的比例兑现。", id="schedule of payment"),
    pytest.param("住院救助起付标准为2000元。", id="deductible"),
    pytest.param("截至2021年底，累计发放补贴3.2亿元。", id="history"),
    pytest.param("优先支持商户80万元及以下的票据贴现。", id="threshold of a loan"),
    pytest.param("奖补资金由市、县财政按照1:1比例分担。", id="split of a grant"),
    pytest.param("对年产值2亿元以上的企业优先给予支持。", id="threshold of the recipient"),
    pytest.param("对注册资本3000万元以上的总部给予奖励。", id="the capital that a recipient must have"),
    pytest.param("研发投入按30%以上增长的企业可以申请补助。", id="the growth that a recipient must have"),
]


@pytest.mark.parametrize("text", NOT_SUPPORTS)
def test_no_support(text: str) -> None:
    assert [r for r in read(text) if r.kind == "support"] == []


def test_ceiling_in_a_sentence_of_its_own_goes_with_the_support_before() -> None:
    records = read("对完成改造的车间，按投资额的8%给予补助。单个企业累计不超过60万元。")
    assert [(r.kind, r.op, r.value) for r in records] == [("support", "=", 8), ("support", "<=", 60)]
    assert [r.indicator for r in records] == ["完成改造车间补助比例", "完成改造车间单个企业累计补助"]


@pytest.mark.parametrize("text", [str(p.values[0]) for p in [*SUPPORTS, *ALL_NAMES]], ids=[p.id for p in [*SUPPORTS, *ALL_NAMES]])
def test_quote_is_the_text_and_holds_the_figure(text: str) -> None:
    check_evidence(text)
