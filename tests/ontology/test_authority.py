"""The tables of the authority: every row leads to itself, no name is claimed twice, places form a tree."""

import re
from collections import Counter

import pytest

from extract.agencies.bodies import fill, table
from extract.agencies.canonical import canonical
from extract.models import Setting
from ontology import authority

SETTINGS = {
    "S": Setting(),
    "P": Setting("中州省"),
    "C": Setting("中州省", "云陵市"),
    "D": Setting("中州省", "云陵市", "青溪县"),
}
KINDS = {"government", "party", "department", "vertical", "court", "procuratorate", "mass", "institution", "company", "office"}


def setting_for(tiers: str, example: str) -> Setting:
    """The lowest setting of the row in which its example can stand."""
    if re.search(r"白鹭|青溪|云陵", example):
        return SETTINGS["C"]
    wanted = {"省": "P", "市": "C", "县": "D", "区": "D", "团": "C"}.get(example[0], "")
    return SETTINGS[wanted if wanted and wanted in tiers else tiers[0]]


@pytest.mark.parametrize("row", authority.bodies(), ids=lambda row: f"{row.name}-{row.tiers}")
def test_every_example_of_a_body_leads_to_its_row(row: authority.Body) -> None:
    agency = canonical(row.example, setting_for(row.tiers, row.example))
    expected = {fill(row.name, s) for s in (*SETTINGS.values(), Setting("中州省", "云陵市", "白鹭区"))}
    assert agency.name in expected
    assert (agency.kind, agency.known) == (row.kind, True)


@pytest.mark.parametrize("row", authority.departments(), ids=lambda row: f"{row.names[0]}{row.endings[1]}")
def test_every_example_of_a_department_leads_to_its_row(row: authority.Department) -> None:
    tiers = "".join(t for t, e in zip("PCD", row.endings, strict=True) if e)
    agency = canonical(row.example, setting_for(tiers or "S", row.example))
    assert agency.known
    assert agency.name == row.state or row.names[0] in agency.name or any(e[1:] in agency.name for e in row.endings if e[:1] == "=")


@pytest.mark.parametrize("row", authority.local_names(), ids=lambda row: f"{row.place}-{row.alias}")
def test_every_local_name_leads_to_its_row(row: authority.LocalName) -> None:
    if row.place.endswith("*"):
        agency = canonical("市" + row.alias, Setting(row.place[:-1], "云陵市"))
        assert (agency.name, agency.kind) == ("云陵市" + row.body, row.kind)
        return
    where = Setting(row.place) if row.place.endswith("省") or row.place == "上海市" else Setting("河南省", row.place)
    agency = canonical(row.alias, where)
    assert (agency.name, agency.kind) == (row.body[1:] if row.body[0] == "=" else row.place + row.body, row.kind)


def test_body_rows_are_well_formed() -> None:
    for row in authority.bodies():
        assert set(row.tiers) <= set("SPCD"), row
        assert row.kind in KINDS, row
        assert ("{" in row.name) == ("S" not in row.tiers), row
        assert all(re.fullmatch(r"(?:\d{4}-\d{2})?", day) for day in (row.since, row.until)), row
        assert not (row.since and row.until) or row.since < row.until, row


def test_a_body_that_ended_names_a_successor_that_exists() -> None:
    names = {row.name for row in authority.bodies()}
    ended = [row for row in authority.bodies() if row.successor]
    assert len(ended) >= 6
    assert all(row.successor in names and row.until for row in ended)


def test_no_alias_stands_twice_in_a_row() -> None:
    for row in authority.bodies():
        assert max(Counter(row.aliases).values(), default=1) == 1, row
    for dep in authority.departments():
        assert len(set(dep.names)) == len(dep.names), dep


def test_full_names_are_known_at_their_own_tier() -> None:
    """A full name that is written out leads to itself: 云陵市财政局 → 云陵市财政局."""
    city = SETTINGS["C"]
    full = {fill(entry.pattern, city) for (tier, _), entry in table().items() if tier == "C" and entry.pattern.startswith("{P}")}
    assert len(full) > 200
    assert [name for name in full if canonical(name, city).name != name] == []


def test_places_form_a_tree() -> None:
    places = authority.places()
    current = {p.code: p for p in places if not p.last}
    assert sum(not p.parent for p in current.values()) == 35  # 23 provinces, 5 regions, 4 municipalities, 2 SAR and the Corps
    assert sum(p.parent != "" and current[p.parent].parent == "" and p.code.endswith("00") for p in current.values()) == 333
    for p in places:
        assert re.fullmatch(r"\d{6}", p.code), p
        assert not p.parent or p.parent in current or any(q.code == p.parent for q in places), p
        assert p.short and set(p.short) <= set(p.name), p


@pytest.mark.parametrize(
    ("name", "short", "parent"),
    [
        ("驻马店市", "驻马店", "河南省"),
        ("广西壮族自治区", "广西", ""),
        ("恩施土家族苗族自治州", "恩施", "湖北省"),
        ("确山县", "确山", "驻马店市"),
        ("叶县", "叶县", "平顶山市"),
        ("管城回族区", "管城", "郑州市"),
        ("锡林郭勒盟", "锡林郭勒", "内蒙古自治区"),
    ],
)
def test_places_by_sample(name: str, short: str, parent: str) -> None:
    current = {p.code: p for p in authority.places() if not p.last}
    place = next(p for p in current.values() if p.name == name)
    assert place.short == short
    assert (current[place.parent].name if place.parent else "") == parent


def test_words_have_no_doubles() -> None:
    for kind in (
        "ending",
        "zone",
        "not_place",
        "function_ending",
        "not_prose",
        "needs_prefix",
        "after_not",
        "before_ok",
        "before_word",
    ):
        found = authority.words(kind)
        assert found, kind
        assert len(set(found)) == len(found), kind
