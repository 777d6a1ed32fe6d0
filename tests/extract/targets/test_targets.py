"""Targets and supports in prose and tables: what counts, what does not, and the fields of each."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.extract.targets.texts import check_evidence, read, short

TARGETS = [
    pytest.param(
        "到2025年，云陵市城镇污水处理率达到95%以上。", [("云陵市城镇污水处理率", ">=", 95, "%", "2025")], id="rate with a year"
    ),
    pytest.param(
        "2022年全市外贸进出口增长4%；服务外包增长6%以上。",
        [("全市外贸进出口", "=", 4, "%", "2022"), ("服务外包", ">=", 6, "%", "2022")],
        id="a year holds for the sentence",
    ),
    pytest.param(
        "到2025年，新建12座垃圾中转站、3座焚烧厂。",
        [("新建垃圾中转站", "=", 12, "座", "2025"), ("焚烧厂", "=", 3, "座", "2025")],
        id="things counted, one verb for both",
    ),
    pytest.param(
        "每年培育30家以上农产品加工龙头企业。", [("农产品加工龙头企业", ">=", 30, "家", "每年")], id="indicator after the figure"
    ),
    pytest.param(
        "每年新建市级技术中心20家，市级实验室5家。",
        [("新建市级技术中心", "=", 20, "家", "每年"), ("市级实验室", "=", 5, "家", "每年")],
        id="indicator before the figure, verb for both",
    ),
    pytest.param(
        "争取每年储备亿元项目50个以上、签约项目40个左右。",
        [("储备亿元项目", ">=", 50, "个", "每年"), ("签约项目", "~", 40, "个", "每年")],
        id="list with a word of comparison each",
    ),
    pytest.param(
        "到2025年，全市小麦、玉米良种覆盖率分别达到97%、95%。",
        [("全市小麦良种覆盖率", "=", 97, "%", "2025"), ("玉米良种覆盖率", "=", 95, "%", "2025")],
        id="respectively",
    ),
    pytest.param(
        "2024年产地监测覆盖率达到90%、2025年达到98%。",
        [("产地监测覆盖率", "=", 90, "%", "2024"), ("产地监测覆盖率", "=", 98, "%", "2025")],
        id="one indicator, two years",
    ),
    pytest.param(
        "良种覆盖率、秸秆综合利用率均达到95%以上。",
        [("良种覆盖率", ">=", 95, "%", None), ("秸秆综合利用率", ">=", 95, "%", None)],
        id="one figure for each of a list",
    ),
    pytest.param(
        "服务站、供水站覆盖率均达到92%。",
        [("服务站覆盖率", "=", 92, "%", None), ("供水站覆盖率", "=", 92, "%", None)],
        id="the noun of the last holds for all",
    ),
    pytest.param("有就业愿望的困难人员60%以上实现再就业。", [("有就业愿望的困难人员实现再就业比例", ">=", 60, "%", None)], id="share of what stands before"),
    pytest.param("到2025年，行政村最多两次换乘到达县城比例达到98%。", [("行政村最多两次换乘到达县城比例", "=", 98, "%", "2025")], id="a number inside the indicator"),
    pytest.param("每年至少组织职工进行一次健康检查。", [("健康检查", ">=", 1, "次", "每年")], id="a comparing word far before"),
    pytest.param("形成终端覆盖率达到92%以上的广播体系。", [("终端覆盖率", ">=", 92, "%", None)], id="rate of a thing to be made"),
    pytest.param("设立云陵市绿色发展基金，规模不低于20亿元。", [("云陵市绿色发展基金规模", ">=", 20, "亿元", None)], id="size of what was named before"),
    pytest.param("到2025年，农户每户年平均增收2000元。", [("农户每户增收", "=", 2000, "元", "2025")], id="rise of income"),
    pytest.param("引导担保机构逐步将平均担保费率降至1%以下。", [("平均担保费率", "<=", 1, "%", None)], id="who is led to it is no part of the name"),
    pytest.param("到“十四五”末期，出口带宽达到800G。", [("出口带宽", "=", 800, "G", "2025")], id="end of the plan"),
    pytest.param(
        "“十四五”期间打造8个以上特色鲜明、带动力强的示范片区。",
        [("示范片区", ">=", 8, "个", "2025")],
        id="attributes in parts before the noun",
    ),
    pytest.param(
        "2023年底前，所有乡镇均建成1所综合养老中心。", [("所有乡镇综合养老中心", "=", 1, "所", "2023-12-31")], id="end of a year"
    ),
    pytest.param("年底前完成造林3.5万亩。", [("造林", "=", 3.5, "万亩", "2022-12-31")], id="year from the document's date"),
    pytest.param("5年内每个县区至少建成一个百亿级产业园区。", [("每个县区百亿级产业园区", ">=", 1, "个", "5年内")], id="period"),
    pytest.param("实现城乡供水全覆盖。", [("城乡供水覆盖率", "=", 100, "%", None)], id="full coverage"),
    pytest.param("督办事项100%办结。", [("督办事项办结率", "=", 100, "%", None)], id="hundred per cent before a verb"),
    pytest.param(
        "2024年全部完成青溪老城排水管网改造。", [("青溪老城排水管网改造完成比例", "=", 100, "%", "2024")], id="all with a year"
    ),
    pytest.param("项目核准时限压缩至5个工作日以内。", [("项目核准时限", "<=", 5, "个工作日", None)], id="time limit"),
    pytest.param("县级以上医院应在2小时内报告。", [("县级以上医院报告时限", "<=", 2, "小时", None)], id="time to report"),
    pytest.param("建筑密度不得超过30%。", [("建筑密度", "<=", 30, "%", None)], id="limit of a rule"),
    pytest.param("各县每季度开展排查不少于2次。", [("各县每季度开展排查", ">=", 2, "次", "每季度")], id="minimum count"),
    pytest.param(
        "每年预留不低于全市建设用地计划的1/4用于小微园区。",
        [("预留全市建设用地计划", ">=", "1/4", None, "每年")],
        id="fraction stays a fraction",
    ),
    pytest.param(
        "单位能耗由2.1吨标准煤降至1.8吨标准煤。",
        [("单位能耗", "=", 1.8, "吨标准煤", None)],
        id="start value is no target of its own",
    ),
    pytest.param("到2025年，形成300亿级装备产业集群。", [("装备产业集群", "=", 300, "亿元", "2025")], id="size of a cluster"),
    pytest.param("主要农作物农药使用量零增长。", [("主要农作物农药使用量", "=", 0, None, None)], id="zero growth"),
    pytest.param("确保青溪河出境断面水质达到Ⅲ类。", [("青溪河出境断面水质", "=", 3, "类", None)], id="class of water"),
    pytest.param("到2025年，60%以上的村庄达到整洁标准。", [("村庄达到整洁标准比例", ">=", 60, "%", "2025")], id="share of what follows"),
    pytest.param("每万人拥有公交车15标台。", [("每万人拥有公交车", "=", 15, "标台", None)], id="figure per head"),
    pytest.param("到2025年，5G基站达到2万个。", [("5G基站", "=", 2, "万个", "2025")], id="digits inside the indicator"),
    pytest.param(
        "到2025年，65岁以上老年人健康管理率达到72%。",
        [("65岁以上老年人健康管理率", "=", 72, "%", "2025")],
        id="an age inside the indicator",
    ),
    pytest.param("成立不低于20亿元产业引导基金。", [("产业引导基金", ">=", 20, "亿元", None)], id="money for a fund"),
    pytest.param("用地安排不少于10%的建设用地指标。", [("建设用地指标比例", ">=", 10, "%", None)], id="share to be set aside"),
    pytest.param(
        "公共机构能耗比2020年下降5%，人均用水量下降6%。",
        [("公共机构能耗", "=", 5, "%", None), ("人均用水量", "=", 6, "%", None)],
        id="a base year makes no history",
    ),
    pytest.param(
        "债券支出进度6月底前达到60%，9月底前达到100%。",
        [("债券支出进度", "=", 60, "%", "2022-06-30"), ("债券支出进度", "=", 100, "%", "2022-09-30")],
        id="two days, one indicator",
    ),
    pytest.param("备案机关3个工作日内完成备案。", [("备案时限", "<=", 3, "个工作日", None)], id="limit for handling, without who handles it"),
    pytest.param(
        "经营者应当在10日内将车位信息接入市级系统。", [("车位信息接入市级系统时限", "<=", 10, "日", None)], id="limit, without who acts on it"
    ),
    pytest.param(
        "力争每年签约项目履约率达到92%以上，开工率达到70%以上。",
        [("签约项目履约率", ">=", 92, "%", "每年"), ("签约项目开工率", ">=", 70, "%", "每年")],
        id="a rate goes on with its thing",
    ),
    pytest.param("推动卫生院与敬老院签约，签约率达到90%。", [("卫生院与敬老院签约率", "=", 90, "%", None)], id="a rate of what was just said"),
    pytest.param("对拖欠工资行为，及时立案查处，办结率不低于96%。", [("拖欠工资行为办结率", ">=", 96, "%", None)], id="a rate of what it is about"),
    pytest.param(
        "粮食产量达到80万吨，合格率达到99%。",
        [("粮食产量", "=", 80, "万吨", None), ("合格率", "=", 99, "%", None)],
        id="an amount before is no sibling of a rate",
    ),
    pytest.param(
        "流动书车对我市80%以上乡镇（街道）的活动覆盖。", [("流动书车覆盖乡镇（街道）比例", ">=", 80, "%", None)], id="share in front of the noun"
    ),
    pytest.param("90%以上的村实现垃圾集中处理。", [("村实现垃圾集中处理比例", ">=", 90, "%", None)], id="share of a noun of one character"),
    pytest.param("新建小区停车位100%安装充电设施。", [("新建小区停车位安装充电设施比例", "=", 100, "%", None)], id="what is installed in all"),
    pytest.param(
        "一级医院、二级医院住院费用中自费费用，分别不得超过总费用的3%、6%。",
        [("一级医院住院费用中自费费用", "<=", 3, "%", None), ("二级医院住院费用中自费费用", "<=", 6, "%", None)],
        id="what both have in common",
    ),
    pytest.param("推动执法公示规定在每一个部门、每一类行为中全覆盖。", [("执法公示规定覆盖率", "=", 100, "%", None)], id="where is no part of the name"),
    pytest.param(
        "各单位每季度至少开展一次提醒、约谈、指导等柔性监管服务。",
        [("各单位柔性监管服务", ">=", 1, "次", "每季度")],
        id="the class of a list that is counted",
    ),
    pytest.param("新建风电项目按不低于装机容量12%的比例配建储能。", [("配建储能比例", ">=", 12, "%", None)], id="what is built in proportion"),
    pytest.param("农村住宅每栋不超过4层。", [("农村住宅每栋层数", "<=", 4, "层", None)], id="storeys"),
    pytest.param("港口吞吐量突破9万标箱。", [("港口吞吐量", ">", 9, "万标箱", None)], id="boxes are a unit"),
    pytest.param("新能源公交车占比100%。", [("新能源公交车占比", "=", 100, "%", None)], id="share at the full"),
    pytest.param(
        "接到报告后，应当在30分钟内口头报告、1小时内书面报告。",
        [("口头报告时限", "<=", 30, "分钟", None), ("书面报告时限", "<=", 1, "小时", None)],
        id="two limits in a list",
    ),
    pytest.param(
        "粮食总产量稳定在500亿斤以上，新建高标准农田200万亩。",
        [("粮食总产量", ">=", 500, "亿斤", None), ("新建高标准农田", "=", 200, "万亩", None)],
        id="kept at, and built without a deadline",
    ),
    pytest.param("认定300个“一村一品”村镇，每年公布。", [], id="weak verb without a deadline before it"),
    pytest.param(
        "到2025年，文旅产值突破60亿元、年均增长12%。",
        [("文旅产值", ">", 60, "亿元", "2025"), ("文旅产值", "=", 12, "%", "2025")],
        id="the same indicator again",
    ),
    pytest.param(
        "各县每月至少举行一次现场观摩、至少召开一次有关部门组织的项目调度会。",
        [("各县现场观摩", ">=", 1, "次", "每月"), ("项目调度会", ">=", 1, "次", "每月")],
        id="two minimum counts in a list",
    ),
    pytest.param("候车厅应当设置不少于座位数5%的爱心座椅。", [("爱心座椅比例", ">=", 5, "%", None)], id="share of seats"),
    pytest.param(
        "采购人应当预留预算金额的30%以上面向小微企业。", [("采购人应当预留预算金额", ">=", 30, "%", None)], id="share kept for some"
    ),
    pytest.param(
        "东湖市公交分担率不低于60%，南河市、北山市不低于45%，其他城市不低于40%。",
        [("东湖市公交分担率", ">=", 60, "%", None), ("南河市、北山市公交分担率", ">=", 45, "%", None), ("其他城市公交分担率", ">=", 40, "%", None)],
        id="places share the indicator",
    ),
    pytest.param(
        "公交出行比例：云陵市不低于60%，南河市不低于45%。",
        [("云陵市公交出行比例", ">=", 60, "%", None), ("南河市公交出行比例", ">=", 45, "%", None)],
        id="the indicator stands before a colon",
    ),
    pytest.param(
        "集中供水率2024年达到90%、2025年达到95%。",
        [("集中供水率", "=", 90, "%", "2024"), ("集中供水率", "=", 95, "%", "2025")],
        id="one indicator, a year each",
    ),
    pytest.param(
        "2023年网上可办率达到98%，比2022年提高3个百分点。",
        [("网上可办率", "=", 98, "%", "2023"), ("网上可办率", "=", 3, "个百分点", "2023")],
        id="the change of the same indicator",
    ),
    pytest.param("裁员率放宽到不超过企业职工总数的20%。", [("裁员率", "<=", 20, "%", None)], id="放宽到不超过"),
    pytest.param("南河市不低于45个。", [("南河市", ">=", 45, "个", None)], id="a place with no indicator to share"),
    pytest.param("开办3所公办幼儿园。", [("公办幼儿园", "=", 3, "所", None)], id="开办"),
    pytest.param("安装路灯5600盏。", [("安装路灯", "=", 5600, "盏", None)], id="a verb that builds"),
    pytest.param(
        "到2025年，“三个倍增”——停车场数量增加一倍，达到200个；停车收入翻一番，达到16亿元；共享泊位数量翻一番，三年累计突破1000个。",
        [("停车场数量", "=", 200, "个", "2025"), ("停车收入", "=", 16, "亿元", "2025"), ("共享泊位数量", ">", 1000, "个", "2025")],
        id="what doubles, and the figure that it reaches",
    ),
    pytest.param("⑴泊位利用率达到97%。", [("泊位利用率", "=", 97, "%", None)], id="a mark of one character is no part of the name"),
    pytest.param("年内力争完成投资1000亿元以上。", [("投资", ">=", 1000, "亿元", "2022-12-31")], id="an investment that is aimed at"),
]


@pytest.mark.parametrize(("text", "expected"), TARGETS)
def test_target(text: str, expected: list[tuple[Any, ...]]) -> None:
    records = read(text)
    assert short(records) == expected
    assert {r.kind for r in records} <= {"target"}


NOT_TARGETS = [
    pytest.param("回收量达到总量20%以上，或者外运量降低10%以上的，可以核减费用。", id="one of two conditions"),
    pytest.param("截至2021年，全市有2.3万家企业参加上云计划，先后培育了20家服务商。", id="history with a plan's name in it"),
    pytest.param("参照近三年均值的3倍设置目标。", id="what a goal is measured by"),
    pytest.param("从业人员不少于50人、营业面积不低于500平方米的企业可申报。", id="who may apply"),
    pytest.param("申报单位应具备以下条件：专职人员占比不低于10%。", id="conditions announced"),
    pytest.param("造成3人以上死亡的，按重大事故处理。", id="grade of an accident"),
    pytest.param("对占地50亩以上的园区实行挂牌管理。", id="condition before de"),
    pytest.param("总投资5000万元以上的项目报市政府审定。", id="threshold of a project"),
    pytest.param("总投资5000万元及以上，由市发展改革委审批。", id="threshold without de"),
    pytest.param("经认定年产值超过2亿元，可列入名录。", id="threshold after recognition"),
    pytest.param("截至2021年底，全市建成泵站45座。", id="history with jiezhi"),
    pytest.param("“十三五”期间，全市造林面积达到30万亩。", id="history of an earlier plan"),
    pytest.param("2020年全市工业增加值达到420亿元。", id="a year before the document"),
    pytest.param("近年来，河道治理率达到80%。", id="recent years"),
    pytest.param("围绕智能制造等6个新兴产业加强招商。", id="number of a printed list"),
    pytest.param("领导小组由12个部门组成。", id="body of departments"),
    pytest.param("办公室设在市水利局，共9人。", id="people of a body"),
    pytest.param("未按时报送的，每次扣2分，最高扣6分。", id="scores"),
    pytest.param("违反规定的，处5万元以下罚款。", id="fine"),
    pytest.param("小型水库是指库容10万立方米以上的水库。", id="definition"),
    pytest.param("贯彻《关于建成100个示范村的意见》。", id="inside a title"),
    pytest.param("会议每季度召开1次。", id="rhythm of work"),
    pytest.param("本办法有效期3年。", id="validity"),
    pytest.param("地下2层为车库，地上为6层以上住宅。", id="storeys that nothing compares"),
    pytest.param("社会保险费可申请缓缴，缓缴期限最长6个月。", id="payment put off"),
    pytest.param("联系电话：0396-2601620。", id="telephone"),
    pytest.param("按照“全流程、全覆盖”的要求推进。", id="slogan of coverage"),
    pytest.param("开展全方位全覆盖的科普活动。", id="coverage as a manner"),
    pytest.param("所需资金由市、县财政按照1:1的比例分担。", id="split of a cost"),
    pytest.param("3年内不得再次申请。", id="ban"),
    pytest.param("工程分为3个标段实施。", id="parts"),
    pytest.param("每增加500万元投资，优先供地。", id="each further amount"),
    pytest.param("市级分成20%，县级分成80%。", id="shares of a tax"),
    pytest.param("严格执行第12条规定，2022年5月1日起实施。", id="article and date"),
    pytest.param("云陵市现有水库12座。", id="stock"),
    pytest.param("去年全市粮食产量达到120万吨，同比增长3%。", id="reported for last year"),
    pytest.param("三人以上家庭优先配租。", id="size of a household"),
]


@pytest.mark.parametrize("text", NOT_TARGETS)
def test_no_target(text: str) -> None:
    assert short(read(text)) == []


@pytest.mark.parametrize("heading", ["一、发展基础", "（一）主要成效", "二、面临形势", "（三）申报条件", "1.认定标准", "一、主要指标完成情况", "（一）2022年目标落实情况"])
def test_headings_of_history_and_criteria_hold_no_targets(heading: str) -> None:
    assert read("全市绿化覆盖率达到45%以上，建成公园不少于30个。", heading=heading) == []


def test_goal_heading_lets_a_date_go_on_to_later_sentences() -> None:
    text = (
        "到2025年，绿化覆盖率达到45%。人均公园绿地面积达到15平方米，并逐步完善公园服务设施和绿道网络体系，健全管护制度和管护队伍。"
    )
    assert [r.by for r in read(text, heading="二、主要目标")] == ["2025", "2025"]
    assert [r.by for r in read(text, heading="二、主要任务")] == ["2025", None]


def test_yearly_plan_gives_its_year() -> None:
    (record,) = read("水质达标率达到100%。", title="云陵市2022年河长制工作要点")
    assert record.by == "2022"


def test_emergency_plan_keeps_time_limits_and_exercises() -> None:
    text = "重大灾害：受灾面积4万亩以上，一年内发生3次以上。\n事发单位应在1小时内报告。\n物资储备不少于30套。\n每年至少组织2次演练。"
    found = short(read(text, title="云陵市防汛应急预案"))
    assert found == [("事发单位报告时限", "<=", 1, "小时", None), ("演练", ">=", 2, "次", "每年")]


def test_target_and_support_in_one_sentence() -> None:
    records = read("每年推动200家左右企业改造，对完成改造的企业给予5万元奖励。")
    assert [(r.kind, r.value) for r in records] == [("target", 200), ("support", 5)]


def test_change_and_baseline() -> None:
    (rise,) = read("到2025年，污水处理率由88%提高到95%。")
    assert (rise.change, rise.baseline, rise.value) == (None, 88, 95)
    (fall,) = read("到2025年，单位产值能耗较2020年下降13.5%。")
    assert (fall.change, fall.value, fall.indicator) == ("down", 13.5, "单位产值能耗")


def test_repeated_sentence_counts_once() -> None:
    assert len(read("每年培训技工2000人次以上。每年培训技工2000人次以上。")) == 1


@pytest.mark.parametrize("text", [str(p.values[0]) for p in TARGETS], ids=[p.id for p in TARGETS])
def test_quote_is_the_text_and_holds_the_figure(text: str) -> None:
    check_evidence(text)


def test_speed_and_hostile_text() -> None:
    started = time.process_time()
    read("不超过100万元，" * 3000)
    read("给予" * 20000 + "5万元奖励。")
    read("按照" * 10000 + "20%予以补助，" + "，" * 10000)
    read("到2025年达到5%、" * 3000)
    read("（" * 20000 + "5%")
    assert time.process_time() - started < 10
