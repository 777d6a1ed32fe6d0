"""Duties: who must do what, in every form that officials print."""

from __future__ import annotations

import pytest

from extract.duties.find import find_duties
from extract.models import Setting
from tests.extract.duties.reading import roles
from tests.factories import QINGXI, STATE, YUNLING, ZHONGZHOU, policy

CITY = "云陵市"

MARKERS = [
    pytest.param(YUNLING, "一、建设泊位。新建一批泊位。（责任单位：市财政局、商务局）", "r市财政局 r商务局", id="elided prefix"),
    pytest.param(YUNLING, "一、建设泊位。新建一批泊位。(责任单位:市财政局、市商务局)", "r市财政局 r市商务局", id="half-width"),
    pytest.param(YUNLING, "一、建设泊位。新建一批泊位。〔责任单位：市财政局、市商务局〕", "r市财政局 r市商务局", id="tortoise-shell brackets"),
    pytest.param(YUNLING, "一、建设泊位。新建一批泊位。【责任单位：市财政局】", "r市财政局", id="lenticular brackets"),
    pytest.param(YUNLING, "一、建设泊位。新建一批泊位。[责任单位：市财政局]", "r市财政局", id="square brackets"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局牵头，市公安局、财政局按职责分工负责）", "l市城管局 r市公安局 r财政局", id="leads, the others by their duties"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局牵头，市公安局配合）", "l市城管局 s市公安局", id="leads and supports"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局牵头；市公安局、市财政局配合；各县区政府负责落实）", "l市城管局 s市公安局 s市财政局 r各县区政府", id="three roles"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局会同市公安局负责）", "l市城管局 s市公安局", id="会同"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局负责）", "r市城管局", id="one unit"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（牵头单位：市城管局；配合单位：市公安局、市财政局，各县区政府）", "l市城管局 s市公安局 s市财政局 s各县区政府", id="support reaches the end"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（牵头单位：市城管局；成员单位：市公安局、市财政局）", "l市城管局 s市公安局 s市财政局", id="members beside the leader"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。\n成员单位：市公安局、市财政局\n二、其他\n无。", "", id="members alone are a roster"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（牵头单位：市城管局，责任单位：市公安局）", "l市城管局 r市公安局", id="labels parted by a comma"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（责任单位：市城管局牵头，各相关部门按分工落实）", "l市城管局 r各相关部门", id="a verb says more than 责任单位"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（主办单位：市城管局；协办单位：市公安局）", "l市城管局 s市公安局", id="主办 协办"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（承办单位：市城管局；协办单位：市公安局）", "r市城管局 s市公安局", id="承办 协办"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（牵头部门：市城管局；参与部门：市公安局）", "l市城管局 s市公安局", id="部门 instead of 单位"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局负总责，市公安局、市财政局分工负责）", "r市城管局 r市公安局 r市财政局", id="负总责 分工负责"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局、市公安局分别牵头）", "l市城管局 l市公安局", id="分别牵头"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市级责任单位：市城管局；县级责任单位：各县区政府）", "r市城管局 r各县区政府", id="labels of tiers"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（牵头：市城管局；配合：市公安局）", "l市城管局 s市公安局", id="labels without 单位"),
    pytest.param(YUNLING, "一、压实责任\n责任：各级政府要切实负起责任，抓好落实。", "", id="a short label opens prose"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局，各县区政府（管委会））", "r市城管局 r各县区政府（管委会）", id="a bracket in a list without a verb"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局、青溪县、望山县政府）", "r市城管局 r青溪县 r望山县政府", id="places that share an ending"),
    pytest.param(YUNLING, "一、建设泊位。建设示范点（市人民医院、青溪县）。", "", id="places in a bracket that are no bodies"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（主要责任单位：市城管局）", "r市城管局", id="主要责任单位"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（责任部门：市城管局；完成时限：2024年6月底前）", "r市城管局", id="a time limit names no unit"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（牵头单位：市城管局；完成时限：2024年6月底前；责任单位：市公安局）", "l市城管局 r市公安局", id="a time limit between"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（牵头：市城管局；配合：市公安局、各县区政府）", "l市城管局 s市公安局 s各县区政府", id="labels without 单位"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。\n牵头：市城管局\n参与：市公安局", "l市城管局 s市公安局", id="lines without 单位"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。\n责任：压实属地责任，严格落实会商制度。\n配合：做好工作。", "", id="such words before no body"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。\n【牵头单位】市城管局【配合单位】市公安局", "l市城管局 s市公安局", id="labels in brackets"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。\n——责任单位：市城管局、市公安局", "r市城管局 r市公安局", id="a dash before the label"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。\n牵头市领导：张某 牵头单位：市城管局 配合单位：市公安局", "l市城管局 s市公安局", id="a person's label first"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局（牵头）、市公安局）", "l市城管局 r市公安局", id="the leader told by a bracket"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局牵头，市公安局，各县区政府分工负责）", "l市城管局 r市公安局 r各县区政府", id="分工负责"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（2024年6月底前完成，市城管局负责）", "r市城管局", id="a time limit before the units"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局牵头，2024年6月底前完成；市公安局配合）", "l市城管局 s市公安局", id="a time limit behind the leader"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（牵头（考核）单位：市城管局）", "l市城管局", id="bracket inside the label"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（落实单位：各县区政府、各管委会）", "r各县区政府 r各管委会", id="落实单位"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（各有关部门按职责分工负责）", "r各有关部门", id="only an unnamed group"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。\n责任单位：市城管局、市公安局\n二、其他\n做好其他工作。", "r市城管局 r市公安局", id="stand-alone line"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。\n牵头单位：市城管局\n责任单位：市公安局\n配合单位：市财政局", "l市城管局 r市公安局 s市财政局", id="three lines"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。责任单位：市城管局、市公安局。", "r市城管局 r市公安局", id="label in running text"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位（含地下泊位）。（责任单位：市城管\n局、市公安局）", "r市城管局 r市公安局", id="list broken by a line end"),
    pytest.param(ZHONGZHOU, "一、建设泊位。新建泊位。（省住房城乡建设厅、省公安厅，各市人民政府按职责分工负责）", "r省住房城乡建设厅 r省公安厅 r各市人民政府", id="province"),
    pytest.param(STATE, "一、建设泊位。新建泊位。（国家发展改革委牵头，住房城乡建设部、公安部等按职责分工负责）", "l国家发展改革委 r住房城乡建设部 r公安部 r等", id="ministries"),
    pytest.param(STATE, "一、建设泊位。新建泊位。（发展改革委、财政部等部门按职责分工负责，地方各级人民政府负责落实）", "r发展改革委 r财政部 r等部门 r地方各级人民政府", id="ministries without 国家"),
    pytest.param(QINGXI, "一、建设泊位。新建泊位。（责任单位：县城管局、县公安局，各乡镇人民政府、街道办事处）", "r县城管局 r县公安局 r各乡镇人民政府 r街道办事处", id="county"),
    pytest.param(ZHONGZHOU, "一、建设泊位。新建泊位。（省住房城乡建设厅、省公安厅，各市人民政府）", "r省住房城乡建设厅 r省公安厅 r各市人民政府", id="a list of bodies that ends a clause, without a word of duty"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局、市公安局按职责分工负责，2023年12月底前完成）", "r市城管局 r市公安局", id="a time limit behind the units"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局牵头，市公安局配合。持续推进）", "l市城管局 s市公安局", id="a rhythm behind the units"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（责任单位：市城管局会同市公安局）", "l市城管局 s市公安局", id="会同 under a label"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（责任单位：市城管局、市公安局；列首位者为牵头单位，下同）", "l市城管局 r市公安局", id="the convention in the bracket itself"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（责任单位：市城管局。以下均需各县区负责落实，不再列出）", "r市城管局", id="what a list says of the lists to come"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位（市城管局、市公安局联合批准的除外）。按期完成。", "", id="bodies in a bracket of a sentence"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局）", "r市城管局", id="one body in a bracket behind a sentence"),
    pytest.param(YUNLING, "一、建设泊位。报送主管部门（市城管局）", "", id="one body in a bracket that explains a word"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位（停车场、换乘站）。", "", id="a list of other things"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位（市中心城区）。按照要求推进（见附件）。", "", id="brackets that assign nothing"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局负总责，市公安局配合）", "r市城管局 s市公安局", id="负总责"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。牵头单位为市城管局，责任单位为市公安局。", "l市城管局 r市公安局", id="labels with 为"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。牵头单位为主，责任单位为辅。", "", id="为 of another word"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位（含换乘站）责任单位：市城管局。", "r市城管局", id="a label behind a bracket"),
    pytest.param(STATE, "一、建设泊位。新建泊位。（国家发展改革委牵头，财政部负责，9月底前出台相关政策，年内持续推进）", "l国家发展改革委 r财政部", id="two limits behind the units"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局牵头，云陵前海管理局配合）", "l市城管局 s云陵前海管理局", id="前 in a name is no limit"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。\n责任处室、单位（按处室、单位顺序排列，下同）：规划处、财务处。", "r规划处 r财务处", id="a label of two words with a remark"),
    pytest.param(ZHONGZHOU, "一、建设泊位。新建泊位。（省公安厅、能源局等省有关部门和各地级以上市人民政府按职责分工负责）", "r省公安厅 r能源局 r等省有关部门 r各地级以上市人民政府", id="other units behind 等部门"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（公安局、财政局）", "r公安局 r财政局", id="bureaus without their tier behind a sentence"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位（公安局、财政局）", "", id="bureaus without their tier in a sentence"),
    pytest.param(YUNLING, "第三条（职责分工）市财政局统筹资金。", "", id="the caption of an article"),
    pytest.param(YUNLING, "一、建设泊位。牵头单位要加强统筹，各责任单位要密切配合。", "", id="labels as words of a sentence"),
    pytest.param(YUNLING, "一、建设泊位。落实（主要负责同志亲自抓、分管负责同志具体抓）责任制。", "", id="persons in a bracket"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。\n部门分工：市城管局牵头，各地、各部门配合。", "l市城管局 s各地 s各部门", id="部门分工 as a label"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（任务分工：市城管局牵头，市公安局配合）", "l市城管局 s市公安局", id="任务分工 in a bracket"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。\n责任分工：明确到人，抓好落实。", "", id="责任分工 before words that name no body"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（预期性指标，牵头单位：市城管局；责任单位：市政府有关部门，各县区，以下均需各县区落实，不再逐一列出）", "l市城管局 r市政府有关部门 r各县区", id="words on the figure before the label"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局牵头，配合单位：市公安局）", "l市城管局 s市公安局", id="a body before the label"),
    pytest.param(YUNLING, "一、补贴车场。按5%补贴。（执行部门：市城管局，借转补方式投入）", "r市城管局", id="how it is paid names nobody"),
    pytest.param(YUNLING, "一、补贴车场。按5%补贴。（云发〔2022〕9号，市财政局、市城管局负责）", "r市财政局 r市城管局", id="a number in the bracket names nobody"),
    pytest.param(YUNLING, "一、补贴车场。按5%补贴。（云发〔2022〕9号，下同）", "", id="a number alone"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。〔市城管局、市公安局按职责分工负责；各县、区人民政府组织落实。以下均需各县、区人民政府负责，不再列出〕", "r市城管局 r市公安局 r各县、区人民政府", id="who carries all clauses to come"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局、市公安局，各停车项目牵头责任单位按照职责分工负责）", "r市城管局 r市公安局 r各停车项目牵头责任单位", id="牵头责任单位 is a name"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（以下均按此办理，不再列出）", "", id="words on the clauses to come alone"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局、市住建局牵头督导，市公安局参与）", "l市城管局 l市住建局 s市公安局", id="牵头督导"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局主办，市公安局协办）", "l市城管局 s市公安局", id="主办 and 协办 as verbs"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局为牵头单位，市公安局、市财政局为配合单位）", "l市城管局 s市公安局 s市财政局", id="为牵头单位 behind the names"),
    pytest.param(YUNLING, "一、各单位要落实责任（无牵头单位的，责任单位即为牵头单位，下同）。", "", id="为牵头单位 behind no name"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局停车管理中心负责，三季度完成）", "r市城管局停车管理中心", id="a quarter behind an office"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（责任单位：市城管局，春节前完成）", "r市城管局", id="before a feast"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（责任单位：市城管局；时间安排：2023年三季度）", "r市城管局", id="时间安排 as a label"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（责任单位：市城管局，2023年5月至12月）", "r市城管局", id="months from to"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市城管局、市财政局，各县（市、区）党委和政府）", "r市城管局 r市财政局 r各县（市、区）党委和政府", id="a nested bracket in a list without a verb"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位。（市直各有关单位，各县区政府（管委会））", "r市直各有关单位 r各县区政府（管委会）", id="groups alone behind the end of a sentence"),
    pytest.param(YUNLING, "一、任务。1.建设泊位。牵头单位：市城管局责任单位：市公安局、各县区政府2.加快充电。牵头单位：市发改委责任单位：市财政局、市供电公司3.做。",
                 "l市城管局 r市公安局 r各县区政府 l市发改委 r市财政局 r市供电公司", id="breaks lost: the next mark ends a list"),
    pytest.param(YUNLING, "一、任务。1.建设泊位。牵头领导：市政府分管领导同志牵头单位：市城管局责任单位：市公安局。2.做。", "l市城管局 r市公安局", id="breaks lost: a label behind 同志"),
    pytest.param(YUNLING, "一、建设泊位。新建泊位（各类停车场、各小区）。", "", id="groups of no bodies in a sentence"),
]


@pytest.mark.parametrize(("setting", "body", "expected"), MARKERS)
def test_markers(setting: Setting, body: str, expected: str) -> None:
    assert roles(setting, body, "marker") == expected


def test_list_of_duties_under_unit_names() -> None:
    body = "一、部门职责\n市委宣传部：指导新闻发布。\n市公安局：维护停车秩序。\n市城管局、市财政局：落实经费。\n二、其他\n无。"
    found = [d for d in find_duties(policy(body)) if d.form == "inline"]
    assert [(d.mention, d.role, d.clause) for d in found] == [
        ("市委宣传部", "responsible", "一"),
        ("市公安局", "responsible", "一"),
        ("市城管局", "responsible", "一"),
        ("市财政局", "responsible", "一"),
    ]


def test_entry_whose_units_a_line_break_parts() -> None:
    body = "三、部门职责\n市发展改革委：负责审批。\n市财政局：负责资金。\n市公安局、市城管局、市\n水利局：负责执法。\n市商务局：负责市场。\n"
    found = [d.mention for d in find_duties(policy(body))]
    assert found == ["市发展改革委", "市财政局", "市公安局", "市城管局", "市水利局", "市商务局"]


ENTRIES = [
    pytest.param("市委宣传部（市政府新闻办）：指导发布。\n市公安局：维护秩序。", ["市委宣传部（市政府新闻办）", "市公安局"], id="its other name in a bracket"),
    pytest.param("市委宣传部（市政府新闻办）、市教育局（市体育局）：负责宣传。", ["市委宣传部（市政府新闻办）", "市教育局（市体育局）"], id="a bracket each"),
    pytest.param("市文化广电和旅游局（市文物局）：负责修缮。", ["市文化广电和旅游局（市文物局）"], id="和 in the name before a bracket"),
    pytest.param("市公安局：维护秩序。市财政局：落实经费。市城管局：规划泊位。", ["市公安局", "市财政局", "市城管局"], id="one paragraph for all"),
    pytest.param("市公安局：维护秩序。要求如下：每月巡查。", ["市公安局"], id="words with a colon are no entry"),
    pytest.param("建设单位（总承包商）：负责建设。", [], id="a bracket behind no agency"),
    pytest.param("（一）市财政局的有关事项划转市国资委", [], id="a heading that begins and ends with an agency"),
]


@pytest.mark.parametrize(("text", "expected"), ENTRIES)
def test_entries_of_a_list_of_duties(text: str, expected: list[str]) -> None:
    assert [d.mention for d in find_duties(policy(f"一、部门职责\n{text}\n二、其他\n无。"))] == expected


def test_short_name_behind_an_article() -> None:
    body = "第二条 市停车项目建设办公室（以下简称市停车项目办）负责统筹。\n第三条 市停车项目办负责督查。\n"
    assert {d.agency for d in find_duties(policy(body))} == {"云陵市停车项目建设办公室"}


OLD_TOWN = "第二条 市委古城保护推进领导小组办公室（以下简称“市古城办”）设在市文旅局。\n第三条 "

SHORT_NAMES = [
    pytest.param("考核结果由市古城办进行汇总。", "r市古城办", id="behind 由"),
    pytest.param("市文旅局会同市古城办制定计划。", "l市文旅局 s市古城办", id="the object of 会同"),
    pytest.param("市财政局、市古城办负责经费。", "r市财政局 r市古城办", id="in a list with others"),
    pytest.param("市古城办成员单位要加强沟通，负责人每月到场。", "", id="its members are not the body"),
    pytest.param("考核结果报市古城办，市财政局应当及时拨付。", "", id="the body that is reported to"),
    pytest.param("由市古城办主任负责签字。", "", id="a person of the body"),
]


@pytest.mark.parametrize(("sentence", "expected"), SHORT_NAMES)
def test_short_names_in_sentences(sentence: str, expected: str) -> None:
    found = find_duties(policy(OLD_TOWN + sentence))
    assert " ".join(f"{d.role[0]}{d.mention}" for d in found) == expected
    assert {d.agency for d in found if d.mention == "市古城办"} <= {"中共云陵市委古城保护推进领导小组办公室"}


def test_short_name_in_its_bracket_alone() -> None:
    body = "第二条 市防汛抗旱指挥部（设在市水利局，简称市防指）指挥防汛。\n第三条 由市防指发布预警，市防指办公室负责值守。"
    assert [d.agency for d in find_duties(policy(body))] == ["云陵市防汛抗旱指挥部", "云陵市防汛抗旱指挥部办公室"]


FORMED = [
    pytest.param("市政府成立市停车整治指挥部（以下简称市指挥部）。", "云陵市停车整治指挥部", id="behind 成立"),
    pytest.param("成立停车整治指挥部（以下简称市指挥部）。", "云陵市停车整治指挥部", id="without its tier"),
    pytest.param("组建由市长任指挥长的市停车整治指挥部（以下简称市指挥部）。", "云陵市停车整治指挥部", id="with its head before it"),
    pytest.param("各学校成立停车整治指挥部（以下简称市指挥部）。", "云陵市指挥部", id="formed by others"),
]


@pytest.mark.parametrize(("formed", "expected"), FORMED)
def test_short_name_of_a_body_that_is_formed(formed: str, expected: str) -> None:
    found = find_duties(policy(f"第二条 {formed}\n第三条 预警由市指挥部发布。"))
    assert {d.agency for d in found} == {expected}


def test_counterpart_of_a_body_at_another_tier() -> None:
    body = "第二条 成立市停车秩序整治指挥部（以下简称市指挥部）。\n第三条 预警由省指挥部发布，由省防汛抗旱指挥部汇总，由省停车指挥部备案。"
    names = [d.agency for d in find_duties(policy(body))]
    assert names == ["中州省停车秩序整治指挥部", "中州省防汛抗旱指挥部", "中州省停车指挥部"]


def test_headings_that_are_unit_names() -> None:
    body = "一、职责分工\n（一）市公安局\n1.维护停车秩序。\n2.查处违法停车。\n（二）市城管局\n1.规划泊位。\n二、其他\n（一）市场主体\n无。"
    assert [d.mention for d in find_duties(policy(body))] == ["市公安局", "市城管局"]


DUTIES_OF = [
    pytest.param("2.1 市指挥部\n市指挥部主要职责是：统一指挥。\n", ["市指挥部"], id="a sentence"),
    pytest.param("2.1 市指挥部\n指挥部职责：\n（1）统一指挥。\n", ["指挥部"], id="a line above items"),
    pytest.param("2.1 指挥部办公室职责\n（1）统一调度。\n", ["指挥部办公室"], id="a heading"),
    pytest.param("2.1 市指挥部\n市指挥部由市政府领导任指挥长。\n", [], id="no word of duties"),
    pytest.param("2.1 工作职责\n（1）统一调度。\n2.2 各单位职责：\n（1）抓好落实。\n", [], id="no body that is named"),
]


@pytest.mark.parametrize(("section", "expected"), DUTIES_OF)
def test_duties_of_a_body_that_the_plan_sets_up(section: str, expected: list[str]) -> None:
    opening = "1 总则\n1.1 目的\n成立云陵市停车应急指挥部（以下简称市指挥部）。\n1.2 依据\n做。\n2 组织体系\n"
    found = [(d.mention, d.agency) for d in find_duties(policy(opening + section + "3 附则\n3.1 其他\n做。\n"))]
    assert found == [(m, "云陵市停车应急指挥部" + ("办公室" if m.endswith("办公室") else "")) for m in expected]


def test_entries_of_a_list_that_no_table_knows() -> None:
    body = "一、部门职责\n市公安局：维护秩序。\n市城管局：规划泊位。\n市财政局：落实经费。\n中国铁路中州局集团有限公司云陵车务段：管理站前泊位。\n工作要求：全面落实。\n二、其他\n无。"
    found = [d.mention for d in find_duties(policy(body))]
    assert found == ["市公安局", "市城管局", "市财政局", "中国铁路中州局集团有限公司云陵车务段"]


def test_heading_and_subject_of_its_sentence_count_once() -> None:
    body = "一、职责分工\n（一）市公安局\n市公安局负责维护秩序。\n（二）市城管局\n1.规划泊位。\n二、其他\n无。"
    assert [d.mention for d in find_duties(policy(body))] == ["市公安局", "市城管局"]


def test_subject_before_its_heading_counts_too() -> None:
    body = "一、部门职责\n（一）停车管理\n市城管局负责统筹。\n市城管局主要职责：\n1.规划泊位。\n"
    assert [d.mention for d in find_duties(policy(body))] == ["市城管局", "市城管局"]


def test_short_name_that_the_document_gives() -> None:
    body = "一、组织\n成立云陵市停车应急指挥部（以下简称市指挥部），负责指挥。\n二、附则\n本预案由市指挥部办公室负责解释。\n三、其他\n由市救灾指挥部统一发布。"
    named = [(d.mention, d.agency) for d in find_duties(policy(body)) if d.mention.startswith("市")]
    assert named == [("市指挥部办公室", "云陵市停车应急指挥部办公室"), ("市救灾指挥部", "云陵市救灾指挥部")]


TABLE = (
    "附件1\n停车重点任务分解表\n"
    "序号\t重点任务\t牵头单位\t配合单位\t完成时限\n"
    "1\t新增泊位2000个\t市城管局\t市公安局、财政局\t2024年6月底前\n"
    "2\t建设平台\t市大数据局\t\t长期坚持\n"
    "序号\t重点任务\t牵头单位\t配合单位\t完成时限\n"
    "3\t开展宣传\t市委宣传部\t各县区政府\t每年\n"
)


def test_table() -> None:
    found = find_duties(policy("一、总体要求\n做好工作。\n" + TABLE))
    assert [(d.clause, d.role, d.mention, d.task, d.deadline) for d in found] == [
        ("附件1/1", "lead", "市城管局", "新增泊位2000个", "2024-06-30"),
        ("附件1/1", "support", "市公安局", "新增泊位2000个", "2024-06-30"),
        ("附件1/1", "support", "财政局", "新增泊位2000个", "2024-06-30"),
        ("附件1/2", "lead", "市大数据局", "建设平台", None),
        ("附件1/3", "lead", "市委宣传部", "开展宣传", "每年"),
        ("附件1/3", "support", "各县区政府", "开展宣传", "每年"),
    ]


def test_table_of_members_and_their_duties() -> None:
    body = "一、总体要求\n做好工作。\n附件1\n序号\t成员单位\t主要职责\n1\t市公安局\t维护秩序\n2\t市财政局\t落实经费\n"
    found = find_duties(policy(body))
    assert [(d.clause, d.role[0], d.mention, d.task) for d in found] == [
        ("附件1/1", "r", "市公安局", "维护秩序"),
        ("附件1/2", "r", "市财政局", "落实经费"),
    ]
    assert not find_duties(policy(body.replace("主要职责", "联系电话")))


def test_group_row_of_a_table_is_no_header() -> None:
    rows = "二\t落实主体责任\t\t\n2\t改造泊位\t市财政局\t市审计局\n"
    body = f"一、总体要求\n做好工作。\n附件1\n序号\t工作任务\t牵头单位\t配合单位\n1\t新增泊位\t市城管局\t市公安局\n{rows}"
    assert [(d.clause, d.role[0], d.mention) for d in find_duties(policy(body)) if d.clause == "附件1/2"] == [
        ("附件1/2", "l", "市财政局"),
        ("附件1/2", "s", "市审计局"),
    ]


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("牵头单位", "lead"),
        ("责任单位", "responsible"),
        ("责任部门（单位）", "responsible"),
        ("协办单位", "support"),
        ("参与部门", "support"),
        ("主办单位", "lead"),
        ("牵头", "lead"),
        ("配合", "support"),
        ("配合情况", None),
        ("责任分工", "responsible"),
        ("任务分工", None),
        ("责任领导", None),
        ("联系电话", None),
        ("单位", None),
    ],
)
def test_column_roles(header: str, role: str | None) -> None:
    from extract.policies.tables import unit_role

    assert unit_role(header) == role


def test_table_whose_cells_stand_one_below_the_other() -> None:
    rows = "1\n培育产业集\n群\n规模以上工业增加值增\n长9%，培育集群2个\n市工信局\n市发改委、市科技\n局，各县区人民政\n府\n2024年底\n"
    rows += "2\n建设平台\n新增省级以上平台5家\n市科技局\n市财政局\n2025年底\n"
    body = "一、总体要求\n做好工作。\n附件1\n序\n号\n重点任务\n主要内容\n牵头单位\n配合单位\n完成时限\n" + rows
    found = find_duties(policy(body))
    assert [(d.clause, d.role, d.mention, d.task, d.deadline) for d in found] == [
        ("附件1/1", "lead", "市工信局", "培育产业集群", "2024-12-31"),
        ("附件1/1", "support", "市发改委", "培育产业集群", "2024-12-31"),
        ("附件1/1", "support", "市科技局", "培育产业集群", "2024-12-31"),
        ("附件1/1", "support", "各县区人民政府", "培育产业集群", "2024-12-31"),
        ("附件1/2", "lead", "市科技局", "建设平台", "2025-12-31"),
        ("附件1/2", "support", "市财政局", "建设平台", "2025-12-31"),
    ]
    assert all("".join(policy(body).source.text[d.start : d.end].split()) == d.mention for d in found)


def test_body_that_the_plan_sets_up_bears_no_duty_by_its_heading() -> None:
    body = "1 总则\n1.1 目的\n做。\n1.2 依据\n做。\n2 组织机构及职责\n2.1 市指挥部\n市指挥部由市政府领导任指挥长。\n2.2 市公安局\n维护秩序。\n"
    assert [d.mention for d in find_duties(policy(body))] == ["市公安局"]


CLAUSES = [
    pytest.param("一、行动\n（一）甲项\n1.子项。做工作。\n2.子项。做工作。\n牵头单位：市城管局\n（二）乙项\n做工作。", "一/（一）", id="closes a section of several items"),
    pytest.param("一、行动\n（一）甲项\n1.子项。做工作。\n责任单位：市公安局\n2.子项。做工作。\n责任单位：市城管局\n（二）乙项\n做工作。", "一/（一）/2.", id="each item has its own line"),
    pytest.param("一、行动\n一是新建泊位。做工作。\n责任单位：市公安局\n二是改造泊位。做工作。\n责任单位：市城管局\n", "一/二是", id="run-in labels"),
    pytest.param("第一章 总则\n第一条 本办法由市公安局解释。\n第二章 附则\n第二条 本办法由市城管局负责解释。", "第二章/第二条", id="chapters and articles"),
    pytest.param("1 总则\n1.1 目的\n做工作。\n1.2 依据\n做工作。\n2 组织\n2.1 机构\n市城管局负责值守。\n", "2/2.1", id="decimal headings"),
    pytest.param("一、行动\n（一）甲项\n做工作。\n本意见由市城管局负责解释，自印发之日起施行。", "", id="closing provision belongs to the document"),
]


@pytest.mark.parametrize(("body", "clause"), CLAUSES)
def test_clause(body: str, clause: str) -> None:
    assert [d.clause for d in find_duties(policy(body)) if d.mention == "市城管局"] == [clause]


def test_convention_that_the_first_unit_leads() -> None:
    body = "一、总体要求\n排在第一位的单位为牵头单位，下同。\n二、行动\n（一）甲项。做工作。（责任单位：市城管局、市公安局）\n（二）乙项。做工作。（责任单位：市财政局、市审计局）"
    assert [(d.role, d.mention) for d in find_duties(policy(body))] == [
        ("lead", "市城管局"),
        ("responsible", "市公安局"),
        ("lead", "市财政局"),
        ("responsible", "市审计局"),
    ]


DEADLINES = [
    pytest.param("（一）建设泊位。到2025年底，新增泊位。（责任单位：市城管局）", "2025-12-31", id="in the clause"),
    pytest.param("（一）建设泊位。新增泊位。（责任单位：市城管局；完成时限：2024年6月底前）", "2024-06-30", id="labelled"),
    pytest.param("（一）建设泊位。每年新增泊位。（责任单位：市城管局）", "每年", id="rhythm"),
    pytest.param("（一）建设泊位。新增泊位。（责任单位：市城管局）", None, id="none"),
]


@pytest.mark.parametrize(("clause", "deadline"), DEADLINES)
def test_deadline(clause: str, deadline: str | None) -> None:
    (duty,) = find_duties(policy("一、任务\n" + clause))
    assert duty.deadline == deadline and duty.task == "建设泊位"


def test_mention_is_the_text_between_the_offsets() -> None:
    for case in MARKERS:
        setting, body, _ = case.values
        found = policy(body, setting)
        for duty in find_duties(found):
            assert "".join(found.source.text[duty.start : duty.end].split()) == duty.mention
