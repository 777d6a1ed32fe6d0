"""Who speaks in a document: an authority of a place, a place read from the text, or an institution with offices of its own."""

import pytest

from extract.agencies.canonical import canonical
from extract.agencies.speaker import institution, setting_for, setting_from_text
from extract.models import Setting

GUANGZHOU = Setting("广东省", "广州市")
XIAOSHAN = Setting("浙江省", "杭州市", "萧山区")
UNIVERSITY = Setting(body="云陵科技大学")
COMPANY = Setting("中州省", "云陵市", body="云陵水务集团有限公司")

TEXTS = [
    pytest.param(
        "为加强农机工作",
        "结合我区实际，决定建立萧山区农机联席会议，现通知如下：\n区财政局：负责资金。全区上下同心。",
        XIAOSHAN,
        id="district named in full in the preamble, and no other",
    ),
    pytest.param(
        "为加强农机工作",
        "结合我区实际，学习萧山区和余杭区经验，现通知如下：\n区财政局：负责资金。全区上下同心。",
        None,
        id="two districts in the preamble tell nothing",
    ),
    pytest.param(
        "关于壮大农机队伍的意见",
        "根据《中共广州市委关于农机的决定》，结合我市实际提出意见。广州农机不足。（牵头单位：市财政局）",
        GUANGZHOU,
        id="committee that is cited, and the city's short name",
    ),
    pytest.param(
        "关于壮大农机队伍的意见",
        "根据《中共云陵市委关于农机的决定》，结合我市实际提出意见。到期后云陵市另行安排。",
        Setting("", "云陵市"),
        id="city in no table",
    ),
    pytest.param(
        "关于加快萧山农机发展的若干意见",
        "为发展萧山农机，全区上下同心，萧山农机从优。牵头单位：区财政局。",
        XIAOSHAN,
        id="short name of a district",
    ),
    pytest.param(
        "农机补贴若干意见",
        "全省农机补贴由省财政厅负责。浙江省人民政府\n我省农机不足。",
        Setting("浙江省"),
        id="signature of a province",
    ),
    pytest.param(
        "农机补贴若干意见",
        "全区农机补贴由自治区财政厅负责，自治区人民政府督查。广西壮族自治区人民政府",
        Setting("广西壮族自治区"),
        id="全区 of an autonomous region",
    ),
    pytest.param("农机补贴若干意见", "我市农机补贴由市财政局负责。", None, id="no place is named"),
    pytest.param(
        "农机补贴若干意见", "广州农机不足，广州农机补贴从优，广州市另行安排。", None, id="nothing that the text calls its own"
    ),
    pytest.param(
        "农机补贴若干意见",
        "我市学习深圳市、广州市经验。全市农机由市财政局补贴，与深圳市、广州市一致。",
        None,
        id="two cities named alike",
    ),
    pytest.param("农机补贴若干意见", "我市农机补贴由市财政局负责。学习广州经验。", None, id="one mention is no evidence"),
    pytest.param(
        "关于平安建设的意见", "全区开展平安建设，平安靠大家，区公安局负责。", None, id="平安 is a word before it is a district"
    ),
    pytest.param("农机补贴若干意见", "广州市人民政府网站\n结合我市实际提出意见。（牵头单位：市财政局）", GUANGZHOU, id="who owns the page"),
    pytest.param("农机补贴若干意见", "学习广州市人民政府经验，结合我市实际提出意见。（牵头单位：市财政局）", None, id="a government named beside"),
    pytest.param("农机补贴若干意见", "结合我省实际提出意见。（省财政厅牵头，农业银行广东省分行配合）", Setting("广东省"), id="the branch of a bank has the name of the place"),
    pytest.param("农机补贴若干意见", "结合我省实际提出意见。（省财政厅牵头，广东省学院配合）", None, id="another body with the name of the place"),
    pytest.param("农机补贴若干意见", "结合广州实际提出意见。（牵头单位：市财政局；责任单位：市农业农村局）", GUANGZHOU, id="结合广州实际"),
    pytest.param("农机补贴若干意见", "结合工作实际提出意见。（牵头单位：市财政局；责任单位：市农业农村局）", None, id="结合工作实际"),
    pytest.param("农机补贴若干意见", "把广州建设成为农机之城。（牵头单位：市财政局；责任单位：市农业农村局）", GUANGZHOU, id="把广州建设成"),
    pytest.param("农机补贴若干意见", "广州农机、广州农业、广州农村。（牵头单位：市财政局；责任单位：市农业农村局）", GUANGZHOU, id="three mentions, and no other place"),
    pytest.param("农机补贴若干意见", "广州农机、广州农业、广州农村、深圳农机。（牵头单位：市财政局；责任单位：市农业农村局）", None, id="three mentions beside another place"),
    pytest.param("农机补贴若干意见", "", None, id="no text"),
]


@pytest.mark.parametrize(("title", "text", "setting"), TEXTS)
def test_place_read_from_the_text(title: str, text: str, setting: Setting | None) -> None:
    assert setting_from_text(title, text) == setting


SPEAKERS = [
    pytest.param(("云陵科技大学",), "农机课程方案", "", UNIVERSITY, id="university as issuer"),
    pytest.param(("中共云陵科技大学委员会",), "农机课程方案", "", UNIVERSITY, id="its party committee"),
    pytest.param(("郑州大学",), "农机课程方案", "", Setting("河南省", "郑州市", body="郑州大学"), id="university of a known city"),
    pytest.param((), "云陵科技大学农机课程方案", "云陵科技大学文件\n农机课程", UNIVERSITY, id="title, and the paper's head"),
    pytest.param((), "云陵科技大学农机课程方案", "农机课程\n云陵科技大学\n2023年", UNIVERSITY, id="title, and the signature"),
    pytest.param((), "云陵科技大学建设方案", "由市教育局负责。", Setting(), id="a university that is only spoken of"),
    pytest.param((), "云陵科技大学关于农机课程的通知", "", UNIVERSITY, id="before 关于"),
    pytest.param(("云陵市人民政府",), "云陵科技大学建设方案", "", Setting("", "云陵市"), id="the issuer wins over the title"),
    pytest.param(("国务院办公厅",), "农机补贴方案", "我市农机。", Setting(), id="central issuer"),
    pytest.param((), "广州市农机补贴方案", "", GUANGZHOU, id="place in the title"),
]


@pytest.mark.parametrize(("issuers", "title", "text", "setting"), SPEAKERS)
def test_speaker(issuers: tuple[str, ...], title: str, text: str, setting: Setting) -> None:
    assert setting_for(issuers, (title,), text) == setting


@pytest.mark.parametrize(
    "issuer", ["云陵市教育局", "国务院办公厅", "中国科学院", "云陵市高等院校工作领导小组", "学院路街道办事处", ""]
)
def test_authorities_are_no_institutions(issuer: str) -> None:
    assert institution(issuer) == ""


OFFICES = [
    ("教务处", "云陵科技大学教务处", "department"),
    ("教务处（牵头）", "云陵科技大学教务处", "department"),
    ("云陵科技大学教务处", "云陵科技大学教务处", "department"),
    ("学生工作部（处）", "云陵科技大学学生工作部（处）", "department"),
    ("党委宣传部", "中共云陵科技大学委员会宣传部", "party"),
    ("组织部", "中共云陵科技大学委员会组织部", "party"),
    ("党委教师工作部", "中共云陵科技大学委员会教师工作部", "party"),
    ("校党委", "中共云陵科技大学委员会", "party"),
    ("校团委", "共青团云陵科技大学委员会", "mass"),
    ("校工会", "云陵科技大学工会", "mass"),
    ("图书馆", "云陵科技大学图书馆", "institution"),
    ("农学院", "云陵科技大学农学院", "institution"),
    ("各学院", "云陵科技大学各学院", "group"),
    ("学校", "云陵科技大学", "institution"),
    ("各有关部门", "各相关部门", "unnamed"),
    ("教育部", "教育部", "department"),
    ("云陵市教育局", "云陵市教育局", "department"),
]


@pytest.mark.parametrize(("mention", "name", "kind"), OFFICES, ids=[row[0] for row in OFFICES])
def test_offices_of_a_university(mention: str, name: str, kind: str) -> None:
    agency = canonical(mention, UNIVERSITY)
    assert (agency.name, agency.kind, agency.known) == (name, kind, True)


@pytest.mark.parametrize(
    ("mention", "name", "known"),
    [
        pytest.param("财务部", "云陵水务集团有限公司财务部", True, id="department of a company"),
        pytest.param("公司办公室", "云陵水务集团有限公司办公室", True, id="公司 stands for it"),
        pytest.param("各子公司", "云陵水务集团有限公司各子公司", True, id="its companies"),
        pytest.param("市水利局", "云陵市水利局", True, id="authority of its city"),
        pytest.param("财政部门", "云陵市财政局", True, id="authority by function"),
        pytest.param("巡管线", "云陵水务集团有限公司巡管线", False, id="in no form of an office"),
    ],
)
def test_offices_of_a_company(mention: str, name: str, known: bool) -> None:
    agency = canonical(mention, COMPANY)
    assert (agency.name, agency.known, bool(agency.reason)) == (name, known, not known)


@pytest.mark.parametrize("text", ["我市中共" * 4000, "市财政局、" * 4000, "大学" * 9000, "中共市委" * 5000])
def test_hostile_texts_end_soon(text: str) -> None:
    assert setting_for((), (text[:2000],), text) is not None
