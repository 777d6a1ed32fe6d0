"""The names of bodies: what is written, in a document of which place, and the full name behind it."""

import subprocess
import sys

import pytest

from extract.agencies.canonical import canonical
from extract.agencies.places import full_name, read_place, setting_of, short_name
from extract.models import Setting

CITY = Setting("中州省", "云陵市")
PROVINCE = Setting("中州省")
STATE = Setting()
COUNTY = Setting("中州省", "云陵市", "青溪县")
ZONE = Setting("中州省", "云陵市", "高新技术产业开发区")
BEIJING = Setting("北京市")
KUNSHAN = Setting("江苏省", "苏州市", "昆山市")
GUANGXI = Setting("广西壮族自治区")
ZHENGZHOU = Setting("河南省", "郑州市")
WEIHAI = Setting("山东省", "威海市")
ZHUMADIAN = Setting("河南省", "驻马店市")

CITY_NAMES = [
    ("市发改委", "云陵市发展和改革委员会", "department"),
    ("市发展改革委", "云陵市发展和改革委员会", "department"),
    ("发展和改革委员会", "云陵市发展和改革委员会", "department"),
    ("云陵市发展和改革委员会", "云陵市发展和改革委员会", "department"),
    ("市工信局", "云陵市工业和信息化局", "department"),
    ("市科技局", "云陵市科学技术局", "department"),
    ("市人社局", "云陵市人力资源和社会保障局", "department"),
    ("市住建局", "云陵市住房和城乡建设局", "department"),
    ("市住房城乡建设局", "云陵市住房和城乡建设局", "department"),
    ("市卫健委", "云陵市卫生健康委员会", "department"),
    ("卫健体委", "云陵市卫生健康体育委员会", "department"),
    ("市文广旅局", "云陵市文化广电和旅游局", "department"),
    ("市市场监管局", "云陵市市场监督管理局", "department"),
    ("市场监管局", "云陵市市场监督管理局", "department"),
    ("市交通局", "云陵市交通运输局", "department"),
    ("市资规局", "云陵市自然资源和规划局", "department"),
    ("市自然资源局", "云陵市自然资源和规划局", "department"),
    ("市城管局", "云陵市城市管理局", "department"),
    ("市城市管理综合行政执法局", "云陵市城市管理综合行政执法局", "department"),
    ("市医保局", "云陵市医疗保障局", "department"),
    ("市乡村振兴局", "云陵市乡村振兴局", "department"),
    ("市金融局", "云陵市金融工作局", "department"),
    ("市国资委", "云陵市人民政府国有资产监督管理委员会", "department"),
    ("市机关事务局", "云陵市机关事务管理局", "department"),
    ("市信访局", "云陵市信访局", "department"),
    ("市退役军人局", "云陵市退役军人事务局", "department"),
    ("市政数局", "云陵市政务服务数据管理局", "department"),
    ("市数据局", "云陵市数据局", "department"),
    ("市招商局", "云陵市招商投资促进局", "department"),
    ("市人防办", "云陵市人民防空办公室", "department"),
    ("市财政局（国资办）", "云陵市财政局", "department"),
    ("市发展和改革委员会（市粮食和物资储备局）", "云陵市发展和改革委员会", "department"),
    ("市委组织部", "中共云陵市委组织部", "party"),
    ("中共云陵市委宣传部", "中共云陵市委宣传部", "party"),
    ("市委政法委", "中共云陵市委政法委员会", "party"),
    ("网信办", "中共云陵市委网络安全和信息化委员会办公室", "party"),
    ("市委编办", "中共云陵市委机构编制委员会办公室", "party"),
    ("市委统战部", "中共云陵市委统一战线工作部", "party"),
    ("市委农办", "中共云陵市委农村工作领导小组办公室", "party"),
    ("市委办", "中共云陵市委办公室", "party"),
    ("市直机关工委", "中共云陵市委市直机关工作委员会", "party"),
    ("市委", "中共云陵市委员会", "party"),
    ("市政府办公室", "云陵市人民政府办公室", "government"),
    ("市政府办公厅", "云陵市人民政府办公厅", "government"),
    ("市委办公厅", "中共云陵市委办公厅", "party"),
    ("市政府督查室", "云陵市人民政府督查室", "office"),
    ("市政府", "云陵市人民政府", "government"),
    ("团市委", "共青团云陵市委员会", "mass"),
    ("共青团云陵市委", "共青团云陵市委员会", "mass"),
    ("市妇联", "云陵市妇女联合会", "mass"),
    ("残联", "云陵市残疾人联合会", "mass"),
    ("市科协", "云陵市科学技术协会", "mass"),
    ("市工商联", "云陵市工商业联合会", "mass"),
    ("市贸促会", "中国国际贸易促进委员会云陵市委员会", "mass"),
    ("税务局", "国家税务总局云陵市税务局", "vertical"),
    ("国家税务总局云陵市税务局", "国家税务总局云陵市税务局", "vertical"),
    ("人行云陵中心支行", "中国人民银行云陵市中心支行", "vertical"),
    ("人民银行云陵市分行", "中国人民银行云陵市分行", "vertical"),
    ("云陵银保监分局", "中国银行保险监督管理委员会云陵监管分局", "vertical"),
    ("市银监局", "中国银行保险监督管理委员会云陵监管分局", "vertical"),
    ("金融监管总局云陵监管分局", "国家金融监督管理总局云陵监管分局", "vertical"),
    ("云陵海关", "云陵海关", "vertical"),
    ("海关", "云陵海关", "vertical"),
    ("市通管办", "云陵市通信发展管理办公室", "vertical"),
    ("通信管理办公室", "云陵市通信发展管理办公室", "vertical"),
    ("市烟草局", "云陵市烟草专卖局", "vertical"),
    ("国家统计局云陵调查队", "国家统计局云陵调查队", "vertical"),
    ("消防救援支队", "云陵市消防救援支队", "vertical"),
    ("市法院", "云陵市中级人民法院", "court"),
    ("市检察院", "云陵市人民检察院", "procuratorate"),
    ("云陵军分区", "云陵军分区", "institution"),
    ("市供电公司", "国网云陵供电公司", "company"),
    ("国网云陵供电公司", "国网云陵供电公司", "company"),
    ("云陵移动", "中国移动通信集团中州有限公司云陵分公司", "company"),
    ("高新区管委会", "云陵市高新技术产业开发区管理委员会", "government"),
    ("示范区", "云陵市城乡一体化示范区管理委员会", "government"),
    ("青溪县人民政府", "云陵市青溪县人民政府", "government"),
    ("白鹭区政府", "云陵市白鹭区人民政府", "government"),
    ("临江区住建局", "云陵市临江区住房和城乡建设局", "department"),
    ("市委改革办", "中共云陵市委全面深化改革委员会办公室", "party"),
    ("市河长办", "云陵市河长制办公室", "office"),
    ("市政府残疾人工作委员会", "云陵市人民政府残疾人工作委员会", "office"),
    ("广播电视台", "云陵广播电视台", "institution"),
    ("市农科院", "云陵市农业科学院", "institution"),
    ("市绿化市容局", "云陵市绿化和市容管理局", "department"),
    ("市大数据发展局", "云陵市大数据发展局", "department"),
    ("市大数据发展管理局", "云陵市大数据发展管理局", "department"),
    ("市数据资源局", "云陵市数据资源管理局", "department"),
    ("市市场局", "云陵市市场监督管理局", "department"),
    ("市经贸委", "云陵市经济贸易委员会", "department"),
    ("市国土房管局", "云陵市国土资源和房屋管理局", "department"),
    ("市法制办", "云陵市人民政府法制办公室", "department"),
    ("市建委", "云陵市城乡建设委员会", "department"),
    ("人民银行云陵分行", "中国人民银行云陵分行", "vertical"),
]

GROUPS = [
    ("各县区政府", "云陵市各县区人民政府", "group"),
    ("各县区", "云陵市各县区人民政府", "group"),
    ("各县（市、区）人民政府", "云陵市各县（市、区）人民政府", "group"),
    ("各区县(市)政府", "云陵市各区县（市）人民政府", "group"),
    ("区县〔市〕政府", "云陵市各区县（市）人民政府", "group"),
    ("有关区县〔市〕政府", "云陵市有关区县（市）人民政府", "group"),
    ("管委会", "云陵市各管委会", "group"),
    ("各开发区管委会", "云陵市各开发区管委会", "group"),
    ("各级人民政府", "云陵市各级人民政府", "group"),
    ("各级科协", "云陵市各级科学技术协会", "group"),
    ("各级检察院", "云陵市各级人民检察院", "group"),
    ("各县区政府残疾人工作委员会", "云陵市各县区人民政府残疾人工作委员会", "group"),
    ("县级河长制办公室", "云陵市各县级河长制办公室", "group"),
    ("市对外开放工作领导小组各成员单位", "云陵市对外开放工作领导小组成员单位", "group"),
    ("市河长制办公室成员单位", "云陵市河长制办公室成员单位", "group"),
    ("市属有关国企", "云陵市市属有关国有企业", "group"),
    ("各乡镇（街道）", "云陵市各乡镇（街道）", "group"),
    ("等科研院校", "云陵市各科研院校", "group"),
    ("等", "各相关部门", "unnamed"),
    ("等部门", "各相关部门", "unnamed"),
    ("等12个部门", "各相关部门", "unnamed"),
    ("有关单位", "各相关部门", "unnamed"),
    ("市直各相关部门", "各相关部门", "unnamed"),
    ("其他负有相关职责的单位", "各相关部门", "unnamed"),
    ("活动举办主体单位", "活动举办主体单位", "unnamed"),
    ("各项目牵头单位", "各项目牵头单位", "unnamed"),
    ("县级市", "云陵市各县级市人民政府", "group"),
    ("各县级市人民政府", "云陵市各县级市人民政府", "group"),
    ("县级以上人民政府民政主管部门", "云陵市县级以上人民政府民政主管部门", "group"),
]

FUNCTIONS = [
    ("财政部门", "云陵市财政局"),
    ("公安机关", "云陵市公安局"),
    ("市医保部门", "云陵市医疗保障局"),
    ("民政主管部门", "云陵市民政局"),
    ("市人力资源和社会保障部门", "云陵市人力资源和社会保障局"),
    ("税务部门", "国家税务总局云陵市税务局"),
    ("检察机关", "云陵市人民检察院"),
    ("网信部门", "中共云陵市委网络安全和信息化委员会办公室"),
    ("市建设主管部门", "云陵市住房和城乡建设局"),
    ("市规划和自然资源主管部门", "云陵市规划和自然资源局"),
    ("市发展和改革部门", "云陵市发展和改革委员会"),
    ("市国防动员主管部门", "云陵市国防动员办公室"),
    ("市数据资源管理部门", "云陵市数据资源管理局"),
    ("公安机关交通管理部门", "云陵市公安局交通警察支队"),
    ("市人民政府教育主管部门", "云陵市教育局"),
    ("青溪县人民政府民政部门", "云陵市青溪县民政局"),
    ("市低空经济主管部门", "云陵市低空经济主管部门"),
]

ELSEWHERE = [
    pytest.param(CITY, "东湖街道", "云陵市东湖街道办事处", id="a bare street means its office"),
    pytest.param(CITY, "东湖街道办", "云陵市东湖街道办事处", id="the same, short"),
    pytest.param(CITY, "石桥镇", "云陵市石桥镇人民政府", id="a bare town means its government"),
    pytest.param(CITY, "市府办", "云陵市人民政府办公室", id="office of the government, shortest"),
    pytest.param(STATE, "发展改革委", "国家发展和改革委员会", id="bare name in a central document"),
    pytest.param(STATE, "工信部", "工业和信息化部", id="short name of a ministry"),
    pytest.param(STATE, "住房城乡建设部", "住房和城乡建设部", id="ministry without 和"),
    pytest.param(STATE, "央行", "中国人民银行", id="nickname of the central bank"),
    pytest.param(STATE, "银保监会", "中国银行保险监督管理委员会", id="commission that is no more"),
    pytest.param(STATE, "金融监管总局", "国家金融监督管理总局", id="its successor"),
    pytest.param(STATE, "民政部门", "民政部", id="function word in a central document"),
    pytest.param(STATE, "各省、自治区、直辖市人民政府", "各省、自治区、直辖市人民政府", id="provinces have no place in front"),
    pytest.param(STATE, "国务院有关部门", "各相关部门", id="unnamed central bodies"),
    pytest.param(CITY, "国家发展改革委", "国家发展和改革委员会", id="central body in a city's document"),
    pytest.param(CITY, "财政部", "财政部", id="ministry in a city's document"),
    pytest.param(CITY, "中共中央", "中国共产党中央委员会", id="中共 is not the city's committee"),
    pytest.param(CITY, "财政厅", "中州省财政厅", id="厅 belongs to the province"),
    pytest.param(CITY, "省发展改革委", "中州省发展和改革委员会", id="province above the city"),
    pytest.param(CITY, "县财政局", "云陵市各县财政局", id="tier that the setting does not name"),
    pytest.param(CITY, "郑州市财政局", "郑州市财政局", id="another city"),
    pytest.param(PROVINCE, "省工信厅", "中州省工业和信息化厅", id="provincial department"),
    pytest.param(PROVINCE, "省委办公厅", "中共中州省委办公厅", id="provincial party office"),
    pytest.param(PROVINCE, "省高级人民法院", "中州省高级人民法院", id="provincial court"),
    pytest.param(PROVINCE, "省通信管理局", "中州省通信管理局", id="vertical body at the province"),
    pytest.param(PROVINCE, "团省委", "共青团中州省委员会", id="tier word inside"),
    pytest.param(PROVINCE, "各市人民政府", "中州省各市人民政府", id="cities of a province"),
    pytest.param(PROVINCE, "云陵市财政局", "云陵市财政局", id="no province before a city"),
    pytest.param(COUNTY, "县财政局", "云陵市青溪县财政局", id="city stands before the county"),
    pytest.param(COUNTY, "县委组织部", "中共云陵市青溪县委组织部", id="county party organ"),
    pytest.param(COUNTY, "县法院", "云陵市青溪县人民法院", id="court of first instance"),
    pytest.param(COUNTY, "市财政局", "云陵市财政局", id="city above the county"),
    pytest.param(COUNTY, "县自然资源局", "云陵市青溪县自然资源局", id="county bureau has no planning in its name"),
    pytest.param(COUNTY, "各乡镇人民政府", "云陵市青溪县各乡镇人民政府", id="townships of the county"),
    pytest.param(STATE, "市委组织部", "市委组织部", id="no city to complete it with"),
    pytest.param(STATE, "区财政局", "区财政局", id="no district to complete it with"),
    pytest.param(CITY, "县市场监管局", "云陵市各县市场监督管理局", id="县 and 市场, not 县市"),
    pytest.param(COUNTY, "县市场监管局", "云陵市青溪县市场监督管理局", id="the same in a county"),
    pytest.param(COUNTY, "县市监局", "云陵市青溪县市场监督管理局", id="shorter still"),
    pytest.param(COUNTY, "县监委", "云陵市青溪县监察委员会", id="监委 is no market bureau"),
    pytest.param(COUNTY, "县发改局", "云陵市青溪县发展和改革局", id="a bureau where the city has a commission"),
    pytest.param(COUNTY, "县卫健局", "云陵市青溪县卫生健康局", id="health bureau of a county"),
    pytest.param(COUNTY, "县文旅广电局", "云陵市青溪县文化旅游广电局", id="department made of several"),
    pytest.param(COUNTY, "县文旅广体局", "云陵市青溪县文化旅游广电体育局", id="one more that only the rule writes out"),
    pytest.param(COUNTY, "县供电公司", "国网青溪县供电公司", id="power company of a county"),
    pytest.param(COUNTY, "国网青溪县供电公司", "国网青溪县供电公司", id="its name in full stays"),
    pytest.param(Setting("上海市"), "市电力公司", "国网上海市电力公司", id="power company of a municipality"),
    pytest.param(Setting("上海市"), "国网上海市电力公司", "国网上海市电力公司", id="the same in full"),
    pytest.param(Setting("云南省"), "省电力公司", "云南电网有限责任公司", id="province of the southern grid"),
    pytest.param(Setting("广东省"), "人民银行广州分行", "中国人民银行广州分行", id="regional branch without 市"),
    pytest.param(Setting("广东省"), "人民银行广州市分行", "中国人民银行广州市分行", id="branch of the city"),
    pytest.param(GUANGXI, "自治区党委网信办", "中共广西壮族自治区党委网络安全和信息化委员会办公室", id="party office of a region"),
    pytest.param(GUANGXI, "自治区食安办", "广西壮族自治区食品安全委员会办公室", id="office of a region"),
    pytest.param(GUANGXI, "自治区大数据发展局", "广西壮族自治区大数据发展局", id="an official name is not rewritten"),
    pytest.param(Setting("云南省"), "大理州财政局", "大理白族自治州财政局", id="short name of a prefecture"),
    pytest.param(ZONE, "区财政局", "云陵市高新技术产业开发区财政局", id="bureau of a development zone"),
    pytest.param(ZONE, "管委会", "云陵市高新技术产业开发区管理委员会", id="its own committee"),
    pytest.param(BEIJING, "市规划自然资源委", "北京市规划和自然资源委员会", id="municipality has commissions"),
    pytest.param(BEIJING, "海淀区政府", "北京市海淀区人民政府", id="district of a municipality"),
    pytest.param(BEIJING, "市法院", "北京市高级人民法院", id="court of a municipality"),
    pytest.param(Setting("上海市"), "上海银保监局", "中国银行保险监督管理委员会上海监管局", id="branch of a municipality"),
    pytest.param(Setting("上海市"), "市经济信息化委", "上海市经济和信息化委员会", id="commission of a municipality"),
    pytest.param(GUANGXI, "自治区财政厅", "广西壮族自治区财政厅", id="autonomous region"),
    pytest.param(GUANGXI, "自治区党委组织部", "中共广西壮族自治区党委组织部", id="党委 of an autonomous region"),
    pytest.param(KUNSHAN, "市发改委", "苏州市昆山市发展和改革委员会", id="a city of county rank means itself"),
    pytest.param(KUNSHAN, "市委宣传部", "中共苏州市昆山市委宣传部", id="party of a city of county rank"),
    pytest.param(KUNSHAN, "团市委", "共青团苏州市昆山市委员会", id="league of a city of county rank"),
    pytest.param(KUNSHAN, "市场监管局", "苏州市昆山市市场监督管理局", id="市 of 市场 is no tier"),
    pytest.param(KUNSHAN, "苏州市公安局", "苏州市公安局", id="the city above, by its name"),
    pytest.param(COUNTY, "市公安局", "云陵市公安局", id="a county means the city above"),
    pytest.param(BEIJING, "国网市电力公司", "国网北京市电力公司", id="tier word inside a name of one place"),
    pytest.param(ZHENGZHOU, "市资源规划局", "郑州市自然资源和规划局", id="short name of one city"),
    pytest.param(ZHENGZHOU, "市农委", "郑州市农业农村工作委员会", id="commission of one city"),
    pytest.param(ZHENGZHOU, "农业农村主管部门", "郑州市农业农村工作委员会", id="the same by its function"),
    pytest.param(CITY, "市级财政部门", "云陵市财政局", id="function at the document's own tier"),
    pytest.param(PROVINCE, "省级教育部门", "中州省教育厅", id="function at the province's own tier"),
    pytest.param(CITY, "区级财政部门", "云陵市各区级财政部门", id="function of the tier below: a class"),
    pytest.param(ZHENGZHOU, "市大数据局", "郑州市大数据管理局", id="local name wins over the general one"),
    pytest.param(ZHUMADIAN, "市大数据局", "驻马店市政务服务和大数据管理局", id="the same short name elsewhere"),
    pytest.param(WEIHAI, "市大数据局", "威海市大数据局", id="no name of another province"),
    pytest.param(WEIHAI, "大数据局", "威海市大数据局", id="the same without its tier"),
    pytest.param(WEIHAI, "市自然资源局", "威海市自然资源和规划局", id="short name of most cities"),
    pytest.param(WEIHAI, "开发区管委", "威海市各开发区管委会", id="committees of zones, shorter still"),
    pytest.param(WEIHAI, "济南市大数据局", "济南市大数据局", id="another city of the province"),
    pytest.param(Setting("广东省", "韶关市"), "市自然资源局", "韶关市自然资源局", id="full name of the cities of one province"),
    pytest.param(Setting("广东省", "广州市"), "市自然资源局", "广州市规划和自然资源局", id="one city of it is called otherwise"),
    pytest.param(Setting("广西壮族自治区", "崇左市", "宁明县"), "县大数据局", "崇左市宁明县大数据发展局", id="county of a region"),
    pytest.param(ZHUMADIAN, "市卫健委", "驻马店市卫生健康体育委员会", id="body with two short names"),
    pytest.param(ZHUMADIAN, "确山县人民政府", "驻马店市确山县人民政府", id="county of the table"),
    pytest.param(ZHUMADIAN, "金水海关", "金水海关", id="customs house of a district elsewhere"),
]

BY_RULE = [
    ("市行政服务中心", "云陵市行政服务中心"),
    ("“放管服”改革领导小组办公室", "云陵市“放管服”改革领导小组办公室"),
    ("市创文办", "云陵市创文办公室"),
    ("云陵师范学院", "云陵师范学院"),
    ("中州豫源燃气有限公司", "中州豫源燃气有限公司"),
    ("中国铁路中州局集团有限公司", "中国铁路中州局集团有限公司"),
    ("市委青年工作办", "中共云陵市委青年工作办公室"),
    ("无人知晓", "云陵市无人知晓"),
    ("市住房保障办", "云陵市住房保障办公室"),
    ("区域协调办", "云陵市区域协调办公室"),
]


@pytest.mark.parametrize(("mention", "name", "kind"), CITY_NAMES + GROUPS, ids=[row[0] for row in CITY_NAMES + GROUPS])
def test_names_in_a_citys_document(mention: str, name: str, kind: str) -> None:
    agency = canonical(mention, CITY)
    assert (agency.name, agency.kind, agency.known) == (name, kind, agency.kind != "" and agency.reason == "")


@pytest.mark.parametrize(("mention", "name"), FUNCTIONS, ids=[row[0] for row in FUNCTIONS])
def test_bodies_named_by_their_function(mention: str, name: str) -> None:
    assert canonical(mention, CITY).name == name


@pytest.mark.parametrize(("setting", "mention", "name"), ELSEWHERE)
def test_names_in_documents_of_other_tiers_and_places(setting: Setting, mention: str, name: str) -> None:
    assert canonical(mention, setting).name == name


@pytest.mark.parametrize(("mention", "name"), BY_RULE, ids=[row[0] for row in BY_RULE])
def test_a_name_in_no_table_is_kept_and_says_so(mention: str, name: str) -> None:
    agency = canonical(mention, CITY)
    assert (agency.name, agency.known) == (name, False)
    assert agency.reason


@pytest.mark.parametrize(
    ("mention", "head", "name"),
    [
        pytest.param("商务厅", "省财政厅", "中州省商务厅", id="province carried on"),
        pytest.param("人社局", "青溪县财政局", "云陵市青溪县人力资源和社会保障局", id="county carried on"),
        pytest.param("税务局", "青溪县人民政府", "国家税务总局云陵市税务局", id="a government carries nothing on"),
        pytest.param("民政局", "公安局", "云陵市民政局", id="公安 is no county here"),
        pytest.param("公安机关", "各级检察院", "云陵市各级公安机关", id="各级 carried on"),
        pytest.param("成员单位", "市河长制办公室", "云陵市河长制办公室成员单位", id="members of the body before"),
    ],
)
def test_an_elided_name_shares_the_prefix_of_its_list(mention: str, head: str, name: str) -> None:
    assert canonical(mention, CITY, head).name == name


def test_one_body_behind_all_spellings_and_another_in_each_place() -> None:
    spellings = ("市发改委", "市发展改革委", "发改委", "云陵市发改委", "云陵市发展和改革委员会", "市发展和改革委员会")
    assert len({canonical(m, CITY).name for m in spellings}) == 1
    assert len({canonical("市财政局", s).name for s in (CITY, ZHENGZHOU, ZHUMADIAN, BEIJING)}) == 4


def test_place_and_tier_are_those_of_the_body() -> None:
    assert (canonical("省财政厅", CITY).place, canonical("省财政厅", CITY).tier) == ("中州省", "province")
    assert (canonical("青溪县政府", CITY).place, canonical("青溪县政府", CITY).tier) == ("云陵市青溪县", "county")
    assert (canonical("财政部", CITY).place, canonical("财政部", CITY).tier) == ("", "state")


PLACES = [
    pytest.param("驻马店市人民政府办公室", Setting("河南省", "驻马店市"), id="city office"),
    pytest.param("中共郑州市委办公厅", Setting("河南省", "郑州市"), id="party office"),
    pytest.param("河南省财政厅", Setting("河南省"), id="provincial department"),
    pytest.param("确山县人民政府", Setting("河南省", "驻马店市", "确山县"), id="county with those above it"),
    pytest.param("登封市人民政府", Setting("河南省", "郑州市", "登封市"), id="county-level city"),
    pytest.param("济源市人民政府", Setting("河南省", "济源市"), id="city right under the province"),
    pytest.param("北京市海淀区人民政府", Setting("北京市", "", "海淀区"), id="district of a municipality"),
    pytest.param("伊犁哈萨克自治州人民政府", Setting("新疆维吾尔自治区", "伊犁哈萨克自治州"), id="autonomous prefecture"),
    pytest.param("公安县人民政府", Setting("湖北省", "荆州市", "公安县"), id="county called like a ministry"),
    pytest.param("淮阳县人民政府", Setting("河南省", "周口市", "淮阳县"), id="county that is a district today"),
    pytest.param("国家税务总局河南省税务局", Setting("河南省"), id="branch of a central body"),
    pytest.param("中国人民银行郑州中心支行", Setting("河南省", "郑州市"), id="short name inside"),
    pytest.param("国务院办公厅", Setting(), id="State Council"),
    pytest.param("公安部", Setting(), id="ministry"),
    pytest.param("教育部办公厅", Setting(), id="office of a ministry"),
    pytest.param("云陵市人民政府", Setting("", "云陵市"), id="city in no table"),
    pytest.param("中州省云陵市青溪县人民政府", Setting("中州省", "云陵市", "青溪县"), id="chain in no table"),
    pytest.param("云陵市高新技术产业开发区管理委员会", Setting("", "云陵市", "高新技术产业开发区"), id="development zone"),
    pytest.param("郑东新区管理委员会", Setting("河南省", "郑州市", "郑东新区"), id="zone known by its own name"),
    pytest.param("2022年郑州市对外开放行动方案", Setting("河南省", "郑州市"), id="title after a year"),
    pytest.param("深化市与区县财政体制改革方案", None, id="深化市 is no city"),
    pytest.param("关于加强城市管理的意见", None, id="城市 is no city"),
    pytest.param("绿化市容局", None, id="市 of 市容"),
    pytest.param("各县区人民政府", None, id="a group is no place"),
    pytest.param("", None, id="nothing"),
]


@pytest.mark.parametrize(("text", "setting"), PLACES)
def test_place_that_a_document_speaks_from(text: str, setting: Setting | None) -> None:
    assert setting_of(text) == setting


@pytest.mark.parametrize("text", ["高新区管委会", "市场监管局", "城市管理局", "县区政府", "示范区", "市级部门", "全市各单位"])
def test_ordinary_words_are_no_places(text: str) -> None:
    assert read_place(text) is None


def test_names_of_places() -> None:
    assert full_name(COUNTY) == "云陵市青溪县"
    assert full_name(Setting("北京市", "", "海淀区")) == "北京市海淀区"
    assert full_name(STATE) == ""
    assert [short_name(n) for n in ("驻马店市", "河南省", "云陵市", "恩施土家族苗族自治州", "青溪县")] == [
        "驻马店",
        "河南",
        "云陵",
        "恩施",
        "青溪",
    ]


def test_importing_reads_no_table() -> None:
    code = "import sys, extract.agencies.units; from ontology import authority as a; "
    code += "sys.exit(sum(f.cache_info().currsize for f in (a.places, a.bodies, a.departments)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
