"""Figures: numerals with their units and the words of comparison around them."""

import pytest

from extract.targets.figures import comparisons, find_figures, units, verbs

FIGURES = [
    pytest.param("普及率>80%", (80, "%", ">"), id="sign"),
    pytest.param("普及率≥80%", (80, "%", ">="), id="sign or equal"),
    pytest.param("误差≤0.5毫米", (0.5, "毫米", "<="), id="ceiling by sign"),
    pytest.param("占比不低于20%", (20, "%", ">="), id="not below"),
    pytest.param("占比不低于20％", (20, "％", ">="), id="full-width per cent, as written"),
    pytest.param("规模突破30亿元", (30, "亿元", ">"), id="breaks through"),
    pytest.param("规模超30亿元", (30, "亿元", ">"), id="short form of exceed"),
    pytest.param("规模超万亿元", (1, "万亿元", ">"), id="trillion without a numeral"),
    pytest.param("费率不高于1%", (1, "%", "<="), id="not above"),
    pytest.param("高度不得高于24米", (24, "米", "<="), id="must not exceed"),
    pytest.param("补助最高30万元", (30, "万元", "<="), id="at most"),
    pytest.param("补助最高不超过30万元", (30, "万元", "<="), id="at most, twice said"),
    pytest.param("时限控制在2天以内", (2, "天", "<="), id="kept within"),
    pytest.param("时限压缩至90个工作日以内", (90, "个工作日", "<="), id="pressed to within"),
    pytest.param("时限压缩至2天", (2, "天", "="), id="pressed to"),
    pytest.param("费率降至1%以下", (1, "%", "<="), id="lowered to below"),
    pytest.param("开工率达到60%以上", (60, "%", ">="), id="reach and above"),
    pytest.param("总里程达到600公里左右", (600, "公里", "~"), id="about"),
    pytest.param("投资约188亿元", (188, "亿元", "~"), id="about, before"),
    pytest.param("企业3家及以上", (3, "家", ">="), id="and above"),
    pytest.param("企业3家（含）以上", (3, "家", ">="), id="and above with a bracket"),
    pytest.param("每个县至少形成1个集群", (1, "个", ">="), id="at least before a verb"),
    pytest.param("每季度至少开展一次演练", (1, "次", ">="), id="numeral in characters"),
    pytest.param("单户企业最高奖励200万元", (200, "万元", "<="), id="at most before a verb"),
    pytest.param("新增3—5个", ((3, 5), "个", "="), id="range with a long dash"),
    pytest.param("新增3-5个", ((3, 5), "个", "="), id="range with a hyphen"),
    pytest.param("新增3～5个", ((3, 5), "个", "="), id="range with a wave"),
    pytest.param("给予3%-5%的补贴", ((3, 5), "%", "="), id="range with two units"),
    pytest.param("给予6—10%的扣除", ((6, 10), "%", "="), id="range with one unit"),
    pytest.param("压减三分之一以上", ("1/3", None, ">="), id="fraction in characters"),
    pytest.param("预留1/3", ("1/3", None, "="), id="fraction with a stroke"),
    pytest.param("下降百分之十五", (15, "%", "="), id="per cent in characters"),
    pytest.param("充电桩1.5万个以上", (1.5, "万个", ">="), id="multiplier stays in the unit"),
    pytest.param("收入1,200万元", (1200, "万元", "="), id="thousands comma"),
    pytest.param("收入2000亿元人民币以上", (2000, "亿元", ">="), id="name of the currency"),
    pytest.param("外汇收入2.5亿美元", (2.5, "亿美元", "="), id="dollars"),
    pytest.param("资助4000元/件", (4000, "元/件", "="), id="money for a piece"),
    pytest.param("按600元/平方米补助", (600, "元/平方米", "="), id="money for an area"),
    pytest.param("费率下降5个百分点", (5, "个百分点", "="), id="percentage points"),
    pytest.param("受害率控制在0.9‰以下", (0.9, "‰", "<="), id="per mille"),
    pytest.param("带宽扩容至400G", (400, "G", "="), id="bandwidth where compared"),
    pytest.param("形成500亿级产业集群", (500, "亿元", "="), id="size of a cluster"),
    pytest.param("形成千亿级产业集群", (1000, "亿元", "="), id="size of a cluster in characters"),
    pytest.param("给予1:1配套", ("1:1", None, "="), id="ratio"),
    pytest.param("实行监测全覆盖", (100, "%", "="), id="full coverage"),
    pytest.param("水质达到Ⅱ类", (2, "类", "="), id="class in Roman"),
    pytest.param("使用量零增长", (0, None, "="), id="zero growth"),
    pytest.param("资助经费不超过研发投入的20%", (20, "%", "<="), id="ceiling before the base"),
    pytest.param("24小时内报告", (24, "小时", "<="), id="within hours"),
    pytest.param("人均预期寿命达到79岁", (79, "岁", "="), id="years of age"),
    pytest.param("对企业,100家以上", (100, "家", ">="), id="after a half-width comma"),
    pytest.param("手术率>3000", (3000, None, ">"), id="no unit"),
    pytest.param("不超过l00万元", (100, "万元", "<="), id="a scan's l for 1"),
    pytest.param("按千分之二奖励", (2, "‰", "="), id="so many in a thousand"),
    pytest.param("门票7.5折优惠", (7.5, "折", "="), id="discount"),
    pytest.param("机器人密度达到360台/万人", (360, "台/万人", "="), id="for so many people"),
    pytest.param("能耗降至0.4吨标准煤/万元", (0.4, "吨标准煤/万元", "="), id="for so much money"),
    pytest.param("孕产妇死亡率控制在12/10万以下", (12, "/10万", "<="), id="cases among so many"),
    pytest.param("建成20余家", (20, "家", "="), id="and some"),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figure(text: str, expected: tuple[object, str | None, str]) -> None:
    (figure,) = find_figures(text)
    assert (figure.value, figure.unit, figure.op) == expected
    assert figure.left <= figure.start < figure.end <= figure.right <= len(text)


CHANGES = [
    pytest.param("产值增长8%", "up", "=", id="growth"),
    pytest.param("产值年均增长不低于8%", "up", ">=", id="growth with a floor"),
    pytest.param("能耗下降3%以上", "down", ">=", id="fall"),
    pytest.param("环节再减少20%", "down", "=", id="fall again"),
    pytest.param("比例提高3个百分点", "up", "=", id="points up"),
    pytest.param("比例提高到30%", None, "=", id="raised to is a level"),
    pytest.param("时限压减至3天", None, "=", id="cut to is a level"),
    pytest.param("改造提升2条街区", None, "=", id="upgrading is no growth"),
]


@pytest.mark.parametrize(("text", "change", "op"), CHANGES)
def test_change(text: str, change: str | None, op: str) -> None:
    (figure,) = find_figures(text)
    assert (figure.change, figure.op) == (change, op)


NOT_FIGURES = [
    pytest.param("2022年5月1日", id="date"),
    pytest.param("2021—2025年", id="years"),
    pytest.param("第25届博览会", id="ordinal"),
    pytest.param("云政办〔2022〕35号", id="document number"),
    pytest.param("5G基站", id="name of a technology"),
    pytest.param("4A级景区", id="grade"),
    pytest.param("推广50G光网络", id="bandwidth as a name"),
    pytest.param("算力规模100PFLOPSX以上", id="unknown longer unit"),
    pytest.param("国道107、328", id="road numbers"),
    pytest.param("培育一家企业", id="one in characters without comparison"),
    pytest.param("排名前20名", id="rank"),
    pytest.param("电话0396-2601620", id="telephone"),
    pytest.param("IPv6", id="letters before"),
    pytest.param("I10个", id="a letter before what is no money"),
]


@pytest.mark.parametrize("text", NOT_FIGURES)
def test_not_a_figure(text: str) -> None:
    assert list(find_figures(text)) == []


@pytest.mark.parametrize("row", units().values(), ids=lambda r: r.unit)
def test_unit_is_read_in_its_example(row: object) -> None:
    from extract.targets.figures import Unit

    assert isinstance(row, Unit)
    assert row.unit in {f.unit for f in find_figures(row.example)}


@pytest.mark.parametrize(
    "row", [*comparisons("before").values(), *comparisons("after").values()], ids=lambda r: f"{r.side} {r.word}"
)
def test_comparison_is_read_in_its_example(row: object) -> None:
    from extract.targets.figures import Comparison

    assert isinstance(row, Comparison)
    (figure,) = find_figures(row.example)
    assert row.word in (
        figure.before,
        figure.after,
        row.example[figure.left : figure.start],
        row.example[figure.end : figure.right],
    )


def test_verbs_are_of_known_kinds_and_longest_first() -> None:
    for kind in ("build", "work", "give"):
        words = verbs(kind)
        assert len(words) > 20
        assert list(words) == sorted(words, key=len, reverse=True)
    assert not set(verbs("build")) & set(verbs("work"))


def test_hostile_text_is_read_in_linear_time() -> None:
    import time

    started = time.process_time()
    for text in ("不超过" * 20000, "1" * 50000, "一二三" * 20000, "1、" * 20000, "3—" * 20000):
        list(find_figures(text))
    assert time.process_time() - started < 3
