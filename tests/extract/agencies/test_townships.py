"""Bodies of a township that speaks for itself."""

from __future__ import annotations

import pytest

from extract.agencies.canonical import canonical
from extract.agencies.mentions import find_units
from extract.agencies.speaker import setting_for
from extract.models import Setting

DONGLING = Setting("中州省", "云陵市", "青溪县", "青溪县东岭镇")

NAMES = [
    ("镇经济发展办", "青溪县东岭镇经济发展办公室"),
    ("东岭镇农业服务中心", "青溪县东岭镇农业服务中心"),
    ("财政分局", "青溪县东岭镇财政分局"),
    ("镇人民政府", "青溪县东岭镇人民政府"),
    ("镇党委", "中共青溪县东岭镇委员会"),
    ("各村（居）委会", "青溪县东岭镇各村（居）委会"),
    ("县农业农村局", "云陵市青溪县农业农村局"),
    ("党建办", "青溪县东岭镇党建办公室"),
    ("社会事务办公室", "青溪县东岭镇社会事务办公室"),
    ("镇纪委", "中共青溪县东岭镇纪律检查委员会"),
    ("镇团委", "共青团青溪县东岭镇委员会"),
    ("县政府办公室", "云陵市青溪县人民政府办公室"),
]


@pytest.mark.parametrize(("mention", "name"), NAMES, ids=[row[0] for row in NAMES])
def test_names_in_a_townships_document(mention: str, name: str) -> None:
    assert canonical(mention, DONGLING).name == name


def test_the_same_words_in_a_countys_document_are_no_townships() -> None:
    assert "东岭镇" not in canonical("财政分局", Setting("中州省", "云陵市", "青溪县")).name


SPEAKERS = [
    pytest.param(("青溪县东岭镇人民政府",), "东岭镇秸秆禁烧方案", "", "青溪县东岭镇", id="issuer"),
    pytest.param(("云陵市东湖区南屏街道办事处",), "垃圾分类方案", "", "云陵市东湖区南屏街道", id="subdistrict"),
    pytest.param((), "东岭镇产业办法", "第三条由镇政府负责审批。", "东岭镇", id="title, and 镇政府 in the text"),
    pytest.param(("南屏街道办事处",), "垃圾分类方案", "", "南屏街道", id="subdistrict whose head names no district"),
    pytest.param((), "东岭镇总体规划", "县自然资源局负责编制。", "", id="a plan about a township"),
    pytest.param(("青溪县人民政府",), "东岭镇总体规划", "由镇政府负责实施。", "", id="issued by the county"),
]


@pytest.mark.parametrize(("issuers", "title", "text", "body"), SPEAKERS)
def test_township_that_speaks(issuers: tuple[str, ...], title: str, text: str, body: str) -> None:
    assert setting_for(issuers, (title,), text).body == body


PROSE = [
    pytest.param("镇经济发展办负责宣传，财政分局负责资金。", ["镇经济发展办", "财政分局"], id="offices before a verb"),
    pytest.param("由镇党政办牵头，镇财政所配合。", ["镇党政办", "镇财政所"], id="behind 由"),
    pytest.param("党建办负责宣传，镇纪委负责监督。", ["党建办", "镇纪委"], id="offices without the township's name"),
    pytest.param("办好实事，举办牵头活动。", [], id="办 as a verb"),
    pytest.param("推动乡镇企业发展，镇区道路全部硬化。", [], id="ordinary words"),
]

OTHERS = [
    pytest.param("石桥镇人民政府负责修缮，由东岭乡人民政府、南屏街道办事处组织管护。", ["石桥镇人民政府", "东岭乡人民政府", "南屏街道办事处"], id="townships by name"),
    pytest.param("第二条石桥镇政府负责修缮。", ["石桥镇政府"], id="behind the mark of an article"),
    pytest.param("乡镇人民政府负责审批，所在地街道办事处负责管护，县、乡镇人民政府负责。", [], id="classes of townships"),
]


@pytest.mark.parametrize(("text", "names"), OTHERS)
def test_townships_that_a_county_names(text: str, names: list[str]) -> None:
    county = Setting("中州省", "云陵市", "青溪县")
    assert [u.written for u in find_units(text, 0, len(text), county)] == names


COUNTIES = [
    pytest.param("根据《白鹭区环境方案》制定。由白鹭区城管局负责。", "白鹭区", id="the district that the text names"),
    pytest.param("学习《白鹭区环境方案》和《临江区环境方案》。", "", id="two districts tell nothing"),
    pytest.param("本辖区小区由社区负责。", "", id="ordinary words"),
]


@pytest.mark.parametrize(("text", "county"), COUNTIES)
def test_district_of_a_subdistrict(text: str, county: str) -> None:
    assert setting_for(("南屏街道办事处",), ("环境整治方案",), text).county == county


@pytest.mark.parametrize(("text", "names"), PROSE)
def test_prose(text: str, names: list[str]) -> None:
    assert [u.written for u in find_units(text, 0, len(text), DONGLING)] == names
