"""The state of a graph on a day, and what bodies were before and became."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import answers, iris
from graph.build import build
from graph.lineage import Lineage, Relative, kin_of_absent, lineages
from graph.on_day import on_day
from graph.store import Store, open_store
from tests.graph.derived_records import BANKS, NOTICE, RULES, reform
from tests.graph.records import everything, where

SUCCESSOR = "国家金融监督管理总局云陵监管分局"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Store:
    from extract.models import TargetRecord

    folder = tmp_path_factory.mktemp("days")
    figure = TargetRecord(**where(RULES, "二", 300, 306, "r.txt"), indicator="收费标准", value=5.0, quote="每小时5元", unit="元")
    rules = [r for r in reform() if r.policy == RULES]
    others = [r for r in reform() if r.policy != RULES]
    build([*everything(), *rules, figure, *others], folder, extractor="zhize-test")
    return open_store(folder)


LOADS = [
    pytest.param("2021-02-28", {"云陵市城市管理局": (1, 1), "云陵市青溪县人民政府": (1, 1), "云陵市各县区人民政府": (1, 1)}, id="undated holds"),
    pytest.param("2022-01-01", {"云陵市城市管理局": (2, 2), BANKS: (1, 1), "云陵市财政局": (1, 1), "云陵市发展和改革委员会": (1, 1),
                                "云陵市青溪县人民政府": (1, 1), "云陵市各县区人民政府": (1, 1)}, id="the rules hold"),
    pytest.param("2026-06-01", {"云陵市财政局": (1, 1)}, id="what is left: expired and repealed are gone"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "expected"), LOADS)
def test_the_load_of_agencies_on_a_day(day: str, expected: dict[str, tuple[int, int]], city: Store) -> None:
    assert {row.name: (row.duties, row.policies) for row in on_day(city, day).agencies()} == expected


def test_a_duty_of_a_repealed_clause_does_not_count(city: Store) -> None:
    before, after = on_day(city, "2024-02-29"), on_day(city, "2024-03-01")
    gone = {a.name for a in before.agencies()} - {a.name for a in after.agencies()}
    assert gone == {"云陵市发展和改革委员会"}
    counts = [{p.iri: (p.duties, p.targets) for p in state.policies()}[iris.policy_iri(RULES).value] for state in (before, after)]
    assert counts == [(4, 1), (2, 0)]
    figures = [t for t in answers.targets(city) if t.indicator == "收费标准"]
    assert (before.targets(figures), after.targets(figures)) == (figures, [])


@pytest.mark.parametrize("day", ["1990-01-01", "2022-01-01", "2024-03-01", "2030-01-01"])
def test_counts_are_those_of_the_duties(day: str, city: Store) -> None:
    """Counted in two ways: over groups of policies, and duty by duty."""
    state = on_day(city, day)
    held = [d for d in answers.all_duties(city) if state.holds(d.policy, d.clause)]
    rows = state.agencies()
    assert sum(a.duties for a in rows) == sum(p.duties for p in state.policies()) == len(held)
    assert {(a.iri, a.lead, a.responsible, a.support) for a in rows} == {
        (iri, *(sum(d.agency_iri == iri and d.role == role for d in held) for role in ("lead", "responsible", "support")))
        for iri in {d.agency_iri for d in held}
    }


def test_places_narrow(city: Store) -> None:
    assert [a.name for a in on_day(city, "2022-01-01").agencies("青溪县")] == ["云陵市青溪县人民政府"]


def test_a_mention_of_later_date_is_not_known_yet(city: Store) -> None:
    links, dated = answers.links(city), {p.iri: p.dated for p in answers.policies(city)}
    known = [{k.cited for k in on_day(city, day).links(links, dated)} for day in ("2024-01-04", "2024-01-05")]
    assert [iris.policy_iri(NOTICE).value in cited for cited in known] == [False, True]


def test_what_is_only_cited_is_unknown(city: Store) -> None:
    cited = next(p for p in answers.policies(city) if not p.resolved)
    assert on_day(city, "2024-01-01").standing(cited.iri).state == "unknown"


LINEAGES = [
    pytest.param("", (), (Relative(iris.agency_iri(SUCCESSOR).value, SUCCESSOR, "2023-07"),), id="no day: all"),
    pytest.param("2023-06-30", (), (), id="not yet"),
    pytest.param("2023-07-01", (), (Relative(iris.agency_iri(SUCCESSOR).value, SUCCESSOR, "2023-07"),), id="from the month on"),
]


@pytest.mark.parametrize(("day", "before", "after"), LINEAGES)
def test_what_a_body_became_by_a_day(day: str, before: tuple[Relative, ...], after: tuple[Relative, ...], city: Store) -> None:
    assert lineages(city)[iris.agency_iri(BANKS).value].by(day) == Lineage(before, after)


@pytest.mark.parametrize("day", ["", "2022-01-01", "2024-01-01"])
def test_a_predecessor_stays(day: str, city: Store) -> None:
    (before,) = lineages(city)[iris.agency_iri(SUCCESSOR).value].by(day).before
    assert (before.name, before.since) == (BANKS, "2023-07")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(SUCCESSOR, [BANKS], id="in full"),
        pytest.param("国家金融监管总局云陵监管分局", [BANKS], id="in short"),
        pytest.param("云陵市财政局", [], id="a body without lineage"),
        pytest.param("查无此局", [], id="no body"),
    ],
)
def test_a_body_that_no_document_names_leads_to_its_kin(name: str, expected: list[str], city: Store) -> None:
    assert [row.name for row in kin_of_absent(city, name)] == expected


def test_a_store_without_changes(tmp_path: Path) -> None:
    build(everything(), tmp_path)
    assert lineages(open_store(tmp_path)) == {} and kin_of_absent(open_store(tmp_path), SUCCESSOR) == []
