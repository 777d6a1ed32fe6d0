"""An authority of one's own: what the file may say, and what its names then mean; without it nothing is different."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.agencies.canonical import canonical
from extract.agencies.own_authority import AuthorityError, OwnBody, read_authority, use
from extract.agencies.units import find_units, split_units
from extract.models import DutyRecord, PolicyRecord, Setting, from_json, to_json
from extract.pipeline import extract_policy
from tests.factories import QINGXI, STATE, YUNLING, policy

ELSEWHERE = Setting("中州省", "望海市")
PREFIXES = """@prefix zhize: <https://w3id.org/zhize/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix a: <https://w3id.org/zhize/id/agency/> .
"""
OWN = """
a:data a org:FormalOrganization ; skos:prefLabel "云陵市大数据和数字经济局"@zh, "Yunling Data Bureau"@en ;
    skos:altLabel "市数管办"@zh, "数据局", "云陵数经局"@zh ; skos:hiddenLabel "数劇局"@zh ; zhize:place "云陵市" .
a:lake a org:FormalOrganization ; skos:prefLabel "镜湖流域协作委员会"@zh ; skos:altLabel "镜湖委"@zh ; org:classification zhize:kind-office .
a:port a org:FormalOrganization ; skos:prefLabel "云陵市青溪县陆港服务中心"@zh ; skos:altLabel "陆港中心"@zh ; zhize:place "云陵市青溪县" ;
    zhize:tier zhize:tier-county ; org:classification zhize:kind-institution .
a:old a org:FormalOrganization ; skos:prefLabel "云陵市信息化办公室"@zh ; zhize:place "云陵市" .
[] a org:ChangeEvent ; org:originalOrganization a:old ; org:resultingOrganization a:data ; dcterms:date "2023-11"^^xsd:gYearMonth .
[] a org:ChangeEvent ; org:resultingOrganization a:port ; dcterms:date "2021"^^xsd:gYear .
"""


def written(path: Path, text: str) -> Path:
    path.write_text(PREFIXES + text, encoding="utf-8")
    return path


@pytest.fixture
def in_force(tmp_path: Path) -> Iterator[None]:
    use(read_authority(written(tmp_path / "own.ttl", OWN)))
    yield
    use(None)


def test_what_the_file_says(tmp_path: Path) -> None:
    bodies = {body.name: body for body in read_authority(written(tmp_path / "own.ttl", OWN)).bodies}
    data, port, old, lake = bodies[DATA], bodies[PORT], bodies["云陵市信息化办公室"], bodies[LAKE]
    assert data == OwnBody("云陵市大数据和数字经济局", ("云陵数经局", "市数管办", "数劇局", "数据局"), "云陵市", "city", "department")
    assert (old.until, old.successor) == ("2023-11", data.name)
    assert (port.tier, port.kind, port.since, port.place) == ("county", "institution", "2021", "云陵市青溪县")
    assert (lake.tier, lake.place, lake.kind) == ("state", "", "office")


DATA = "云陵市大数据和数字经济局"
PORT = "云陵市青溪县陆港服务中心"
LAKE = "镜湖流域协作委员会"


@pytest.mark.parametrize(
    ("mention", "setting", "name"),
    [
        pytest.param("市数管办", YUNLING, DATA, id="an alias as it is written"),
        pytest.param("数管办", YUNLING, DATA, id="the alias without its tier word"),
        pytest.param("市数据局", YUNLING, DATA, id="the alias with a tier word"),
        pytest.param("云陵市数据局", ELSEWHERE, DATA, id="the alias with the place, elsewhere"),
        pytest.param("云陵市数据局", STATE, DATA, id="the alias with the place, in a document of the state"),
        pytest.param("云陵数经局", YUNLING, DATA, id="an alias with the short name of the place"),
        pytest.param("数劇局", YUNLING, DATA, id="a hidden label"),
        pytest.param("大数据和数字经济局", YUNLING, DATA, id="the name without its place"),
        pytest.param("市大数据和数字经济局", QINGXI, DATA, id="the body of the city in a document of its county"),
        pytest.param(DATA, ELSEWHERE, DATA, id="the whole name anywhere"),
        pytest.param("陆港中心", QINGXI, PORT, id="a body of a county"),
        pytest.param("县陆港中心", QINGXI, PORT, id="a body of a county, with its tier word"),
        pytest.param("青溪县陆港中心", YUNLING, PORT, id="a body of a county in a document of its city"),
        pytest.param("镜湖委", YUNLING, LAKE, id="a body of no place"),
        pytest.param("镜湖委", STATE, LAKE, id="a body of no place, in a document of the state"),
        pytest.param("市财政局", YUNLING, "云陵市财政局", id="a body of the tables stays"),
        pytest.param("发展改革委", YUNLING, "云陵市发展和改革委员会", id="another body of the tables stays"),
        pytest.param("市数据局", ELSEWHERE, "望海市数据局", id="the tier word of another city"),
        pytest.param("县数据局", QINGXI, "云陵市青溪县数据局", id="the tier word of another tier"),
        pytest.param("数据局", QINGXI, "云陵市青溪县数据局", id="a short name that the county has a body for"),
        pytest.param("数管办", QINGXI, DATA, id="a short name that the county has no body for"),
        pytest.param("各县数据局", YUNLING, "云陵市各县数据局", id="a group"),
    ],
)
def test_names_of_ones_own(mention: str, setting: Setting, name: str, in_force: None) -> None:
    agency = canonical(mention, setting)
    assert (agency.name, agency.known) == (name, True)


def test_a_list_is_split_and_prose_is_read_by_it(in_force: None) -> None:
    text = "市财政局、市数管办和大数据和数字经济局"
    assert [u.agency.name for u in split_units(text, 0, len(text), YUNLING)] == ["云陵市财政局", DATA, DATA]
    text = "由市数管办负责建设平台，会同镜湖委推进。"
    assert [(u.written, u.agency.name) for u in find_units(text, 0, len(text), YUNLING)] == [("市数管办", DATA), ("镜湖委", LAKE)]


def test_facts_carry_the_hash_of_the_file(tmp_path: Path) -> None:
    text = policy("一、建设平台。（责任单位：市数管办）\n")
    before = list(extract_policy(text))
    own = read_authority(written(tmp_path / "own.ttl", OWN))
    use(own)
    try:
        during = list(extract_policy(text))
    finally:
        use(None)
    head = during[0]
    assert isinstance(head, PolicyRecord) and head.authority == own.sha256 and from_json(to_json(head)) == head
    assert [(r.agency, r.agency_known) for r in during if isinstance(r, DutyRecord)] == [(DATA, True)]
    assert [(r.agency_known, r.confidence) for r in before if isinstance(r, DutyRecord)] == [(False, 0.8)]
    assert list(extract_policy(text)) == before and "authority" not in to_json(before[0])


BODY = 'a:x a org:FormalOrganization ; skos:prefLabel "云陵市数据局"@zh'

TWICE = ' .\na:y a org:FormalOrganization ; skos:prefLabel "云陵市数据局"@zh ; skos:altLabel "甲" .'
SHARED = """ ; zhize:place "云陵市" ; skos:altLabel "数办" .
a:y a org:FormalOrganization ;
  skos:prefLabel "云陵市数字办"@zh ; skos:altLabel "市数办" ; zhize:place "云陵市" .
"""


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        pytest.param("a:x a org:FormalOrganization .", "no skos:prefLabel", 7, id="no name"),
        pytest.param(BODY + ', "云陵市数局"@zh .', "2 skos:prefLabel", 7, id="two names"),
        pytest.param('\n\na:x a org:FormalOrganization ; skos:prefLabel " "@zh .', "an empty name", 9, id="a blank name"),
        pytest.param(BODY + " ; skos:altLabel a:y .", "no text", 7, id="an alias that is a thing"),
        pytest.param(BODY + ' ; skos:altlabel "数局"@zh .', "altlabel, which does not exist", 7, id="a misspelt term of SKOS"),
        pytest.param(BODY + ' ; zhize:town "云陵市" .', "#town, which does not exist", 7, id="a misspelt term of ours"),
        pytest.param(BODY + ' ; zhize:place "云陵" .', "'no place'", 7, id="a place without its generic word"),
        pytest.param(BODY + ' ; zhize:place "中州省云陵市" .', "read as '云陵市'", 7, id="a place with its province"),
        pytest.param(BODY + ' ; zhize:place "云陵市", "望海市" .', "2 zhize:place", 7, id="two places"),
        pytest.param(BODY + ' ; zhize:tier "city" .', "zhize:tiers", 7, id="a tier in words"),
        pytest.param(BODY + " ; zhize:tier zhize:kind-party .", "zhize:tiers", 7, id="a kind for a tier"),
        pytest.param(BODY + " ; org:classification a:x .", "zhize:kinds", 7, id="a kind that is none"),
        pytest.param('a:x skos:prefLabel "云陵市数据局"@zh ; skos:altLabel "数局" .', "org:FormalOrganization", 7, id="no type"),
        pytest.param(BODY + TWICE, "is one of 云陵市数据局 too", 7, id="two bodies of one name"),
        pytest.param(BODY + SHARED, "云陵市数字办 has the name 云陵市数办, which is one of 云陵市数据局 too", 9, id="an alias of two"),
        pytest.param(BODY, "not Turtle", 7, id="no full stop"),
    ],
)
def test_what_a_file_may_not_say(tmp_path: Path, text: str, words: str, line: int) -> None:
    path = written(tmp_path / "own.ttl", text)
    with pytest.raises(AuthorityError) as error:
        read_authority(path)
    assert words in str(error.value) and str(path) in error.value.message and error.value.line == line


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"\xff\xfe\x00", "not UTF-8", id="no text"),
        pytest.param(None, "cannot be read", id="no file"),
    ],
)
def test_what_is_no_file_of_text(tmp_path: Path, data: bytes | None, words: str) -> None:
    path = tmp_path / "own.ttl"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(AuthorityError, match=words):
        read_authority(path)


def test_an_empty_file_changes_nothing_but_the_hash(tmp_path: Path) -> None:
    own = read_authority(written(tmp_path / "own.ttl", ""))
    assert own.bodies == () and len(own.sha256) == 64
