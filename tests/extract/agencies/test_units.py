"""Lists of agencies and agencies in running prose: which stretch names a unit, and which body it means."""

import pytest

from extract.agencies.units import find_units, looks_like_unit, split_units
from extract.models import Setting

CITY = Setting("中州省", "云陵市")
PROVINCE = Setting("中州省")
STATE = Setting()
COUNTY = Setting("中州省", "云陵市", "青溪县")

LISTS = [
    pytest.param(CITY, "市残联、卫健委", ["市残联", "卫健委"], id="elided 市"),
    pytest.param(
        CITY, "市委宣传部、网信办，市教育局、司法局", ["市委宣传部", "网信办", "市教育局", "司法局"], id="commas and 、 mixed"
    ),
    pytest.param(
        CITY, "市财政局;市税务局；市审计局,市统计局", ["市财政局", "市税务局", "市审计局", "市统计局"], id="half and full width"
    ),
    pytest.param(CITY, "市财政局/市税务局", ["市财政局", "市税务局"], id="slash"),
    pytest.param(CITY, "市财政局\n市税务局", ["市财政局", "市税务局"], id="lines of a cell"),
    pytest.param(
        CITY,
        "市物流园区、经济开发区、高新技术产业开发区管委会",
        ["市物流园区", "经济开发区", "高新技术产业开发区管委会"],
        id="shared ending",
    ),
    pytest.param(CITY, "各县（市、区）人民政府、各管委会", ["各县（市、区）人民政府", "各管委会"], id="、 inside brackets"),
    pytest.param(CITY, "各县、区人民政府，管委会", ["各县、区人民政府", "管委会"], id="、 inside a group"),
    pytest.param(STATE, "各省、自治区、直辖市人民政府", ["各省、自治区、直辖市人民政府"], id="provinces are one unit"),
    pytest.param(
        PROVINCE, "省财政厅，各市、县（区）人民政府", ["省财政厅", "各市、县（区）人民政府"], id="cities and counties are one unit"
    ),
    pytest.param(CITY, "市发改委、驻马店海关、各县区", ["市发改委", "驻马店海关", "各县区"], id="customs house between"),
    pytest.param(STATE, "国家发展改革委、财政部等部门", ["国家发展改革委", "财政部", "等部门"], id="等部门"),
    pytest.param(CITY, "市水利局、供电公司等", ["市水利局", "供电公司", "等"], id="等 alone"),
    pytest.param(CITY, "市教育局，云陵学院等科研院校", ["市教育局", "云陵学院", "等科研院校"], id="等 with a class"),
    pytest.param(CITY, "市教育局、高等学校、中等职业学校", ["市教育局", "高等学校", "中等职业学校"], id="等 inside a word"),
    pytest.param(
        CITY, "市委组织部、市人社局（市公务员局）", ["市委组织部", "市人社局（市公务员局）"], id="second name in brackets"
    ),
    pytest.param(CITY, "市工业和信息化局和市财政局", ["市工业和信息化局", "市财政局"], id="和 inside and between"),
    pytest.param(CITY, "市规划和自然资源局与市投资促进局", ["市规划和自然资源局", "市投资促进局"], id="与 between"),
    pytest.param(CITY, "住房和城乡建设局", ["住房和城乡建设局"], id="和 of a name stays"),
    pytest.param(CITY, "市文化广电和旅游局及市体育局", ["市文化广电和旅游局", "市体育局"], id="及 between"),
    pytest.param(CITY, "云陵市发展和改革委员会", ["云陵市发展和改革委员会"], id="place before a name with 和"),
    pytest.param(CITY, "市文化广电和旅游局（市文物局）", ["市文化广电和旅游局（市文物局）"], id="和 of a name before its bracket"),
    pytest.param(
        CITY, "市教育局（市体育局）和市民政局", ["市教育局（市体育局）", "市民政局"], id="和 between behind a bracket"
    ),
    pytest.param(CITY, "有关部门和单位", ["有关部门和单位"], id="和 of an unnamed group"),
    pytest.param(CITY, "市商务局等有关部门及各县区政府", ["市商务局", "等有关部门", "各县区政府"], id="等 before a further unit"),
    pytest.param(CITY, "市商务局等部门和单位", ["市商务局", "等部门和单位"], id="等 before unnamed groups"),
    pytest.param(CITY, "市残联以及其他负有相关职责的单位", ["市残联", "其他负有相关职责的单位"], id="以及"),
    pytest.param(CITY, "市河长制办公室及成员单位", ["市河长制办公室", "成员单位"], id="及 before members"),
    pytest.param(CITY, "各级残疾人工作委员会及其成员单位、有关单位", ["各级残疾人工作委员会", "成员单位", "有关单位"], id="及其"),
    pytest.param(CITY, "各县区政府和管委会", ["各县区政府", "管委会"], id="和 between groups"),
    pytest.param(CITY, "“放管服”改革领导小组办公室、市财政局", ["“放管服”改革领导小组办公室", "市财政局"], id="quotes in a name"),
    pytest.param(CITY, "市级：市财政局；县级：各县区政府", ["市财政局", "各县区政府"], id="labels before a colon"),
    pytest.param(CITY, "市财政局、商务局按职责分工负责", ["市财政局", "商务局"], id="words after the list"),
    pytest.param(CITY, "市财政局市税务局", ["市财政局", "市税务局"], id="flattened table without separator"),
    pytest.param(CITY, "市纪委、监委，市委组织部", ["市纪委、监委", "市委组织部"], id="one body with 、 in its name"),
    pytest.param(CITY, "市财政局、、市税务局、", ["市财政局", "市税务局"], id="empty places"),
    pytest.param(CITY, "市财政局（、市税务局", ["市财政局", "市税务局"], id="bracket never closed"),
    pytest.param(CITY, "、，", [], id="nothing but separators"),
    pytest.param(CITY, "—", [], id="dash of an empty cell"),
    pytest.param(CITY, "／", [], id="slash of an empty cell"),
    pytest.param(CITY, "无", [], id="none"),
    pytest.param(CITY, "市财政局、——", ["市财政局"], id="dash behind a unit"),
    pytest.param(CITY, "市财政局，列首位者为牵头单位", ["市财政局"], id="words on the list"),
    pytest.param(CITY, "市财政局会同市税务局、市审计局", ["市财政局", "市税务局", "市审计局"], id="会同 between units"),
    pytest.param(PROVINCE, "省教育厅会同有关部门", ["省教育厅", "有关部门"], id="会同 before an unnamed group"),
    pytest.param(CITY, "市财政局会同县财政局", ["市财政局", "县财政局"], id="会同 before 县"),
    pytest.param(
        Setting("湖南省", "怀化市"), "怀化市会同县财政局、市税务局", ["怀化市会同县财政局", "市税务局"], id="会同县 is a county"
    ),
    pytest.param(CITY, "各项目牵头单位，各区、县级市", ["各项目牵头单位", "各区", "县级市"], id="groups without governments"),
    pytest.param(CITY, "", [], id="empty stretch"),
    pytest.param(CITY, "市教育局市财政局市人社局", ["市教育局", "市财政局", "市人社局"], id="three names that only blanks parted"),
]

BODIES = [
    pytest.param(CITY, "市委宣传部、网信办", ["中共云陵市委宣传部", "中共云陵市委网络安全和信息化委员会办公室"], id="party prefix"),
    pytest.param(PROVINCE, "省财政厅、商务厅", ["中州省财政厅", "中州省商务厅"], id="elided 省"),
    pytest.param(
        CITY, "省财政厅、商务厅，市税务局", ["中州省财政厅", "中州省商务厅", "国家税务总局云陵市税务局"], id="province, then city"
    ),
    pytest.param(CITY, "青溪县财政局、人社局", ["云陵市青溪县财政局", "云陵市青溪县人力资源和社会保障局"], id="elided county"),
    pytest.param(
        CITY, "白鹭区政府、税务局", ["云陵市白鹭区人民政府", "国家税务总局云陵市税务局"], id="a government carries nothing on"
    ),
    pytest.param(COUNTY, "县财政局、人社局", ["云陵市青溪县财政局", "云陵市青溪县人力资源和社会保障局"], id="county's own list"),
    pytest.param(
        CITY,
        "开发区、高新区管委会",
        ["云陵市经济开发区管理委员会", "云陵市高新技术产业开发区管理委员会"],
        id="short names of zones",
    ),
    pytest.param(CITY, "白鹭区、青溪县人民政府", ["云陵市白鹭区人民政府", "云陵市青溪县人民政府"], id="shared 人民政府"),
    pytest.param(
        CITY,
        "市财政、民政、人社等部门",
        ["云陵市财政局", "云陵市民政局", "云陵市人力资源和社会保障局", "各相关部门"],
        id="shared 部门",
    ),
    pytest.param(
        CITY, "市土委会和规委会全部成员单位", ["云陵市土地管理委员会成员单位", "云陵市城乡规划委员会成员单位"], id="shared members"
    ),
    pytest.param(CITY, "各级检察院、河长制办公室", ["云陵市各级人民检察院", "云陵市各级河长制办公室"], id="各级 carried on"),
    pytest.param(CITY, "云陵海关、财政局", ["云陵海关", "云陵市财政局"], id="customs house carries nothing on"),
    pytest.param(Setting("广东省"), "广州、深圳海关", ["广州海关", "深圳海关"], id="shared 海关"),
    pytest.param(
        STATE, "各省、自治区、直辖市教育厅（教委）", ["各省、自治区、直辖市教育厅（教委）"], id="departments of all provinces"
    ),
    pytest.param(STATE, "发展改革委、财政部", ["国家发展和改革委员会", "财政部"], id="central"),
    pytest.param(CITY, "各乡镇人民政府、街道办事处", ["云陵市各乡镇人民政府", "云陵市各街道办事处"], id="各 carried on"),
    pytest.param(CITY, "各县区政府、开发区管委会", ["云陵市各县区人民政府", "云陵市各开发区管委会"], id="all zones behind all counties"),
    pytest.param(CITY, "市财政局、开发区管委会", ["云陵市财政局", "云陵市经济开发区管理委员会"], id="the zone of the place"),
    pytest.param(CITY, "市政府有关部门，市人民政府各部门", ["各相关部门", "各相关部门"], id="departments of the government, unnamed"),
    pytest.param(PROVINCE, "生态环境厅和中州能源监管办及相关市", ["中州省生态环境厅", "国家能源局中州监管办公室", "中州省相关市人民政府"], id="three joined by 和 and 及"),
    pytest.param(Setting("甘肃省"), "兰州新区管委会、兰州市财政局", ["兰州新区管理委员会", "兰州市财政局"], id="a zone with the short name of its city"),
    pytest.param(CITY, "云陵高新区管委会、市高新区管委会", ["云陵高新技术产业开发区管理委员会", "云陵市高新技术产业开发区管理委员会"], id="a zone with and without its city"),
    pytest.param(Setting("新疆维吾尔自治区"), "新疆生产建设兵团、兵团发展改革委", ["新疆生产建设兵团", "新疆生产建设兵团发展和改革委员会"], id="the corps is a body itself"),
    pytest.param(Setting("天津市"), "市交通运输委、市交通委", ["天津市交通运输委员会", "天津市交通委员会"], id="two names of one committee"),
    pytest.param(CITY, "市城管局停车管理中心、市财政局", ["云陵市城市管理局停车管理中心", "云陵市财政局"], id="an office of a bureau"),
    pytest.param(CITY, "市停车管理中心", ["云陵市停车管理中心"], id="a centre of the city"),
    pytest.param(CITY, "各县（市、区）党委和政府", ["云陵市各县（市、区）党委和人民政府"], id="committees and governments of all counties"),
]

PROSE = [
    pytest.param("由市商务局负责核实。", ["市商务局"], id="after 由"),
    pytest.param("市发改委牵头对执行情况进行监测", ["市发改委"], id="at the beginning"),
    pytest.param("本办法由云陵市财政局负责解释。", ["云陵市财政局"], id="with its place"),
    pytest.param("由民政部门会同市医保部门办理", ["民政部门", "市医保部门"], id="by function"),
    pytest.param("报公安机关备案", ["公安机关"], id="security organs"),
    pytest.param("市委农村工作领导小组负责统筹", ["市委农村工作领导小组"], id="party group"),
    pytest.param("市政府残疾人工作委员会组织实施", ["市政府残疾人工作委员会"], id="longer than 市政府"),
    pytest.param("各级科协要发挥作用", ["各级科协"], id="group with 各级"),
    pytest.param("各县区政府残疾人工作委员会负责", ["各县区政府残疾人工作委员会"], id="group of bodies"),
    pytest.param("国家发展改革委、财政部联合印发", ["国家发展改革委", "财政部"], id="central bodies"),
    pytest.param("人行云陵中心支行做好支持", ["人行云陵中心支行"], id="place inside the name"),
    pytest.param("国家税务总局云陵市税务局落实政策", ["国家税务总局云陵市税务局"], id="branch of a central body"),
    pytest.param("青溪县人民政府负责，白鹭区教育局配合", ["青溪县人民政府", "白鹭区教育局"], id="county in no table"),
    pytest.param("由东湖新区管委会组织", ["东湖新区管委会"], id="zone in no table"),
    pytest.param("市“百企帮扶”活动领导小组办公室负责", ["市“百企帮扶”活动领导小组办公室"], id="name with quotes"),
    pytest.param("市人力资源和社会保障局、市财政局负责", ["市人力资源和社会保障局", "市财政局"], id="和 inside"),
    pytest.param("中共云陵市委宣传部负责宣传", ["中共云陵市委宣传部"], id="with 中共"),
    pytest.param("云陵豫源燃气有限公司负责管网", ["云陵豫源燃气有限公司"], id="company"),
    pytest.param("财政局长到会讲话", [], id="局长 is a person"),
    pytest.param("统一教育部署", [], id="部署"),
    pytest.param("形成城市管理局面", [], id="局面"),
    pytest.param("优化区域布局，构建工作格局", [], id="布局, 格局"),
    pytest.param("县级以上人民政府农业农村主管部门应当", [], id="class of bodies"),
    pytest.param("市建设主管部门负责监督", ["市建设主管部门"], id="department by its function"),
    pytest.param("公安机关交通管理部门负责秩序", ["公安机关交通管理部门"], id="traffic police by function"),
    pytest.param("由市发展和改革部门会同城市管理部门制定", ["市发展和改革部门", "城市管理部门"], id="functions with 和"),
    pytest.param("市人民政府教育主管部门负责", ["市人民政府教育主管部门"], id="department of a government"),
    pytest.param("市、县人民政府民政部门负责", [], id="departments of several governments"),
    pytest.param("由市低空经济主管部门负责", ["市低空经济主管部门"], id="function in no table"),
    pytest.param("市抢险指挥部办公室承担市抢险指挥部日常工作", ["市抢险指挥部办公室"], id="承担 is in no name"),
    pytest.param("由云陵市公安局白鹭分局负责", ["云陵市公安局白鹭分局"], id="branch of a bureau"),
    pytest.param("市公安局和各分局负责", ["市公安局"], id="unnamed branches"),
    pytest.param("各县级市（区）人民政府负责", ["各县级市（区）人民政府"], id="group of county-level cities"),
    pytest.param("云陵公路分局负责抢修", ["云陵公路分局"], id="place without 市 before a name in no table"),
    pytest.param("青溪县发改局承担日常工作", ["青溪县发改局"], id="bureau of a county"),
    pytest.param("市、县财政部门共同分担", [], id="several tiers"),
    pytest.param("市、县（区）公安机关负责", ["市、县（区）公安机关"], id="the city's with those below it"),
    pytest.param("区县（市）公安机关会同同级财政、民政部门提出", ["区县（市）公安机关"], id="peers of those below the city"),
    pytest.param("各级公安机关会同同级财政部门提出", ["各级公安机关"], id="peers of all tiers"),
    pytest.param("报同级财政、民政部门备案", [], id="peers that do nothing together"),
    pytest.param("实行政府采购", [], id="政府采购"),
    pytest.param("建设区域医疗中心和县域商业中心", [], id="centres that are no bodies"),
    pytest.param("会同有关部门做好工作", [], id="unnamed group"),
    pytest.param("建立由市政府分管领导任组长的工作专班", [], id="person of the government"),
    pytest.param("推动区块链网络布局", [], id="区块链"),
    pytest.param("", [], id="empty"),
]


REGION = Setting("广西壮族自治区")
UNIVERSITY = Setting(body="云陵科技大学")

PROSE_ELSEWHERE = [
    pytest.param(REGION, "自治区教育厅会同自治区民政厅负责", ["自治区教育厅", "自治区民政厅"], id="departments of a region"),
    pytest.param(REGION, "由自治区党委组织部牵头", ["自治区党委组织部"], id="party organ of a region"),
    pytest.param(COUNTY, "县发改局会同县卫健局落实", ["县发改局", "县卫健局"], id="会同 before 县 is no county"),
    pytest.param(UNIVERSITY, "教务处负责实施，财务处会同人事处落实", ["教务处", "财务处", "人事处"], id="offices of a university"),
    pytest.param(UNIVERSITY, "由党委宣传部牵头，校团委配合", ["党委宣传部", "校团委"], id="party offices of a university"),
    pytest.param(UNIVERSITY, "质量评估与教学发展中心负责评估", ["质量评估与教学发展中心"], id="与 in the name of an office"),
    pytest.param(UNIVERSITY, "干部要带头，以学生为中心，全部负责到底", [], id="words that end like offices"),
]


@pytest.mark.parametrize(("setting", "text", "written"), PROSE_ELSEWHERE)
def test_units_in_prose_of_other_places(setting: Setting, text: str, written: list[str]) -> None:
    assert names(text, setting) == written


def names(text: str, setting: Setting = CITY) -> list[str]:
    return [u.written for u in find_units(text, 0, len(text), setting)]


@pytest.mark.parametrize(("setting", "text", "written"), LISTS)
def test_a_list_is_split_into_its_units(setting: Setting, text: str, written: list[str]) -> None:
    around = f"前、{text}后"
    units = split_units(around, 2, 2 + len(text), setting)
    assert [u.written for u in units] == written
    assert all(around[u.start : u.end] == u.written for u in units)


@pytest.mark.parametrize(("setting", "text", "bodies"), BODIES)
def test_units_of_a_list_complete_one_another(setting: Setting, text: str, bodies: list[str]) -> None:
    assert [u.agency.name for u in split_units(text, 0, len(text), setting)] == bodies


@pytest.mark.parametrize(("text", "written"), PROSE)
def test_units_in_running_prose(text: str, written: list[str]) -> None:
    assert names(text) == written


def test_prose_spans_are_those_of_the_whole_text() -> None:
    text = "市财政局不在此段。由市商务局负责，市税务局配合。市审计局也不在。"
    start, end = text.index("由"), text.index("市审计局")
    units = find_units(text, start, end, CITY)
    assert [(u.written, text[u.start : u.end]) for u in units] == [("市商务局", "市商务局"), ("市税务局", "市税务局")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("市财政局", True), ("各县区", True), ("云陵学院", True), ("具体措施", False), ("局", False), ("加大宣传力度", False)],
)
def test_form_of_a_unit(text: str, expected: bool) -> None:
    assert looks_like_unit(text, 0, len(text)) is expected


@pytest.mark.parametrize("text", ["和" * 3000, "（" * 3000, "市" * 3000, "市和局" * 1000, "各县、" * 1000, "市财政局" * 500])
def test_hostile_lists_end_soon(text: str) -> None:
    """Each takes some hundredths of a second; a rule that tries all divisions would take minutes."""
    units = split_units(text, 0, len(text), CITY)
    assert all(text[u.start : u.end] == u.written for u in units)
    find_units(text, 0, len(text), CITY)
