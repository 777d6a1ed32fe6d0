"""The authority as rows and as Turtle: what is exported can be read back, and reading by it changes no fact."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import ORG, RDF, SKOS

from extract.agencies.own_authority import OwnBody, read_authority, use
from extract.models import DutyRecord, PolicyRecord, Record, Setting
from extract.pipeline import extract_source
from extract.read import read_source
from graph.authority import AuthorityRow, authority_rows, search, write_turtle
from graph.iris import agency_iri
from zhize.sources import SAMPLE

YUNLING = Setting("中州省", "云陵市")
PLACES = [YUNLING, Setting("中州省"), Setting("中州省", "云陵市", "青溪县"), Setting("河南省", "驻马店市"), Setting("北京市"),
          Setting("广西壮族自治区"), None]  # fmt: skip


def exported(path: Path, place: Setting | None) -> list[AuthorityRow]:
    rows = authority_rows(place)
    path.write_text("".join(write_turtle(rows)), encoding="utf-8")
    return rows


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.place if p else "everywhere")
def test_what_is_exported_is_read_back(place: Setting | None, tmp_path: Path) -> None:
    rows = exported(tmp_path / "a.ttl", place)
    own = read_authority(tmp_path / "a.ttl").bodies
    again = {row.name: row for row in authority_rows(place, own)}
    concrete = [row for row in rows if not row.pattern]
    assert len(own) == len(concrete) > 140
    for row in concrete:
        assert replace(again[row.name], aliases=(), own=False) == replace(row, aliases=())
        assert set(again[row.name].aliases) == set(row.aliases)
    assert len(authority_rows(place, own)) == len(rows)


def facts(path: Path) -> list[Record]:
    """The records, each agency by its node: an authority has one spelling for a zone (云陵市高新区) that texts spell in two."""
    return [
        replace(r, authority="") if isinstance(r, PolicyRecord) else replace(r, agency=agency_iri(r.agency).value) if isinstance(r, DutyRecord) else r
        for r in extract_source(read_source(path))
    ]


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("*.txt")), ids=lambda path: path.stem)
def test_the_exported_tables_read_what_the_tables_read(path: Path, tmp_path: Path) -> None:
    exported(tmp_path / "a.ttl", YUNLING)
    before = facts(path)
    use(read_authority(tmp_path / "a.ttl"))
    try:
        assert facts(path) == before
    finally:
        use(None)


@pytest.mark.parametrize(
    ("wanted", "place", "first"),
    [
        pytest.param("市发改委", YUNLING, "国家发展和改革委员会", id="a short name of two tiers"),
        pytest.param("云陵市财政局", YUNLING, "云陵市财政局", id="a whole name"),
        pytest.param("市委组织部", YUNLING, "中共云陵市委组织部", id="a party organ"),
        pytest.param("人行云陵中心支行", YUNLING, "中国人民银行云陵市中心支行", id="a name with the place inside"),
        pytest.param("数据局", None, "国家数据局", id="a short name, everywhere"),
        pytest.param("不存在的机构", None, None, id="nothing"),
    ],
)
def test_search(wanted: str, place: Setting | None, first: str | None) -> None:
    found = search(authority_rows(place), wanted)
    assert (found[0].name if found else None) == first


def test_a_body_that_ended_leads_to_its_successor_and_back() -> None:
    rows = {row.name: row for row in authority_rows(YUNLING)}
    old, new = rows["中国人民银行云陵市中心支行"], rows["中国人民银行云陵市分行"]
    assert (old.until, old.successor) == ("2023-08", new.name) and old.name in new.predecessors


def test_bodies_of_ones_own_come_first_and_replace_those_of_the_tables() -> None:
    own = [OwnBody("云陵市财政局", ("钱袋子局",), "云陵市", "city"), OwnBody("望海市数据局", (), "望海市", "city")]
    rows = authority_rows(YUNLING, own)
    assert rows[0].own and rows[0].aliases == ("钱袋子局",)
    assert [row.name for row in rows].count("云陵市财政局") == 1
    assert "望海市数据局" not in {row.name for row in rows}


def test_the_turtle_is_skos_and_org(tmp_path: Path) -> None:
    exported(tmp_path / "a.ttl", None)
    graph = rdflib.Graph().parse(tmp_path / "a.ttl")
    bodies = set(graph.subjects(RDF.type, ORG.FormalOrganization))
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert len(bodies) > 140 and len(concepts) > 800 and not bodies & concepts
    assert all((thing, SKOS.inScheme, None) in graph for thing in bodies | concepts)
    for event in graph.subjects(RDF.type, ORG.ChangeEvent):
        assert (event, ORG.originalOrganization, None) in graph or (event, ORG.resultingOrganization, None) in graph
    assert "".join(write_turtle(authority_rows())) == (tmp_path / "a.ttl").read_text(encoding="utf-8")
