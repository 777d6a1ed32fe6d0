"""A graph that is too large to be read as a whole shows the same things page by page; here the sample is taken for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from graph import bodies
from graph.explorer import catalogue, walk
from graph.explorer.choice import DutyChoice
from graph.explorer.citations import citations_page
from graph.explorer.duties import DutyPage, choose, duty_page, to_save
from graph.explorer.figures import FigureChoice, FigurePage, choose_figures, figure_page, figures_to_save
from graph.standing import lives
from graph.store import Store
from tests.graph.explorer.page import AGENCY, Site, agency

NONE = "没有这样的任务"


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "WHOLE", 0)


def whole(ask: Callable[[int], DutyPage | FigurePage]) -> list[str]:
    """The items of all pages."""
    found: list[str] = []
    for number in range(1, 30):
        page = ask(number)
        found += [b.iri for b in page.briefs]
        if not (page.shown.more or number < page.shown.pages):
            return found
    raise AssertionError("no end of pages")


@pytest.mark.parametrize("store", ["sample", "reform"])
@pytest.mark.parametrize("sort", ["policy", "deadline", "agency"])
@pytest.mark.parametrize(
    "choice",
    [
        pytest.param(DutyChoice(), id="all"),
        pytest.param(DutyChoice(role="lead"), id="role"),
        pytest.param(DutyChoice(year="2023"), id="year"),
        pytest.param(DutyChoice(year="2023", role="responsible"), id="year and role"),
        pytest.param(DutyChoice(place="云陵市"), id="place"),
        pytest.param(DutyChoice(due="with"), id="with a day"),
        pytest.param(DutyChoice(due="none"), id="without a day"),
        pytest.param(DutyChoice(before="2024-12-31"), id="due by"),
        pytest.param(DutyChoice(since="2024-12-31", before="2025-12-30", role="lead"), id="a span of days and a role"),
        pytest.param(DutyChoice(since="2025-01-01", due="none"), id="from a day and without a day"),
        pytest.param(DutyChoice(standing="in_force", on="2025-06-30"), id="in force on a day"),
        pytest.param(DutyChoice(standing="repealed", on="2026-06-30"), id="repealed on a day"),
        pytest.param(DutyChoice(q="停车 建设"), id="words"),
        pytest.param(DutyChoice(q=NONE), id="words that nothing holds"),
        pytest.param(DutyChoice(q="停车", due="with", year="2023"), id="words, year, with a day"),
    ],
)
def test_the_pages_hold_what_fits(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, store: str, choice: DutyChoice, sort: str
) -> None:
    from dataclasses import replace

    graph: Store = request.getfixturevalue(store)
    asked = replace(choice, sort=sort)
    expected = choose(graph, asked).briefs
    monkeypatch.setattr(walk, "WHOLE", 0)
    found = whole(lambda number: duty_page(graph, asked, "", number))
    assert sorted(found) == sorted(b.iri for b in expected)
    if sort == "policy":
        assert found == [b.iri for b in expected]
    dues = {b.iri: b.due or "9999" for b in expected}
    assert sort != "deadline" or [dues[iri] for iri in found] == [b.due or "9999" for b in expected]
    first = duty_page(graph, asked, "", 1)
    assert first.sum.number == len(expected) if first.sum.whole else first.sum.number <= len(expected)
    assert first.sum.policies in (None, len({b.policy for b in expected}))
    saved = to_save(graph, asked, "", 1000)
    assert saved is not None and [b.iri for b in saved.briefs] == found


def test_without_a_filter_everything_is_counted_by_the_build(sample: Store, large: None) -> None:
    page = duty_page(sample, DutyChoice(), "", 1)
    assert (page.sum.number, page.sum.whole, page.sum.of, page.sum.policies) == (189, True, 189, 9)
    assert (page.sum.dated, page.shown.pages) == (48, 4)
    offered, expected = page.options, choose(sample, DutyChoice()).options
    assert (offered.roles, offered.years, offered.places) == (expected.roles, expected.years, expected.places)
    assert sorted(o.value for o in offered.policies) == sorted(o.value for o in expected.policies)
    assert [b.iri for b in duty_page(sample, DutyChoice(), "", 99).briefs] == [b.iri for b in choose(sample, DutyChoice()).briefs[150:]]


def test_a_page_that_looks_in_vain_says_how_far_it_looked(sample: Store, large: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "SPAN", 50)
    vain = DutyChoice(q="也没有这样的任务")
    first = duty_page(sample, vain, "", 1)
    assert not first.briefs and not first.sum.whole and first.shown.more and 50 <= first.sum.looked < 189
    last = duty_page(sample, vain, "", 9)
    assert last.sum.whole and last.sum.number == 0 and not last.shown.more


def test_too_many_are_not_saved(sample: Store, large: None) -> None:
    assert to_save(sample, DutyChoice(), "", 188) is None
    assert to_save(sample, DutyChoice(role="lead"), "", 3) is None


@pytest.mark.parametrize("sort", ["policy", "deadline", "indicator"])
@pytest.mark.parametrize(
    "choice",
    [
        pytest.param(FigureChoice(), id="all"),
        pytest.param(FigureChoice(kind="support"), id="supports"),
        pytest.param(FigureChoice(q="停车"), id="a word"),
        pytest.param(FigureChoice(q="停车", kind="target", before="2025-12-31"), id="a word, targets, due by"),
        pytest.param(FigureChoice(before="2024-12-31"), id="due by"),
        pytest.param(FigureChoice(q=NONE), id="a word that no name holds"),
    ],
)
def test_the_pages_hold_the_figures_that_fit(
    sample: Store, monkeypatch: pytest.MonkeyPatch, choice: FigureChoice, sort: str
) -> None:
    from dataclasses import replace

    asked = replace(choice, sort=sort)
    expected = choose_figures(sample, asked).briefs
    monkeypatch.setattr(walk, "WHOLE", 0)
    found = whole(lambda number: figure_page(sample, asked, number))
    assert sorted(found) == sorted(b.iri for b in expected)
    key = {b.iri: {"policy": b.policy, "deadline": b.due or "9999", "indicator": b.indicator}[sort] for b in expected}
    assert [key[iri] for iri in found] == [key[b.iri] for b in expected]
    assert [b.iri for b in figures_to_save(sample, asked, 1000)] == found


@pytest.mark.parametrize(("relation", "unresolved"), [("", False), ("basis", False), ("", True), ("cites", True)])
def test_the_pages_hold_the_citations_that_fit(
    sample: Store, monkeypatch: pytest.MonkeyPatch, relation: str, unresolved: bool
) -> None:
    expected = citations_page(sample, relation, unresolved, "", 1)
    monkeypatch.setattr(walk, "WHOLE", 0)
    found = citations_page(sample, relation, unresolved, "", 1)
    assert [c.iri for c in found.briefs] == [c.iri for c in expected.briefs] and found.number == expected.number > 0


@pytest.mark.parametrize("store", ["sample", "reform"])
def test_the_catalogue_says_what_the_graph_says(request: pytest.FixtureRequest, store: str) -> None:
    graph: Store = request.getfixturevalue(store)
    assert list(catalogue.agencies(graph)) == bodies.agencies(graph)
    known = lives(graph)
    for day in ("2022-01-01", "2024-06-30", "2025-06-30", "2026-12-31"):
        stances = zip(catalogue.entries(graph).heads, catalogue.stances(graph), strict=True)
        assert [(h.iri, s.on(day)) for h, s in stances] == [(h.iri, known[h.iri].on(day).state) for h in catalogue.entries(graph).heads]


@pytest.mark.parametrize("without", ["SELECT ?load WHERE { ?load a zhize:Nothing } LIMIT 1"])
def test_a_graph_without_counts_is_counted(sample: Store, monkeypatch: pytest.MonkeyPatch, without: str) -> None:
    sizes: Sequence[object] = [catalogue._sizes(sample, of) for of in ("duties", "figures", "named", "citations")]
    bearers = catalogue._agencies(sample)
    monkeypatch.setattr(catalogue, "_HAS_COUNTS", without)
    assert [catalogue._sizes(sample, of) for of in ("duties", "figures", "named", "citations")] == sizes
    assert catalogue._agencies(sample) == bearers


@pytest.mark.parametrize(
    ("path", "query", "words"),
    [
        pytest.param("/", {}, "职责最多的单位", id="first page"),
        pytest.param("/duties", {}, "189 项（全部 189 项），出自 9 份文件", id="duties"),
        pytest.param("/duties", {"role": "lead", "year": "2023"}, "项（全部 189 项）", id="duties by role and year"),
        pytest.param("/duties", {"q": "停车", "lang": "en"}, "of 189", id="duties by a word"),
        pytest.param("/targets", {"kind": "support"}, "（全部 83 项）", id="figures"),
        pytest.param("/citations", {"relation": "basis"}, "项", id="citations"),
        pytest.param("/search", {"q": "停车"}, "停车", id="search"),
        pytest.param("/network", {}, "这张图太大", id="the whole network is not drawn"),
        pytest.param("/network", {"kind": "policies"}, "这张图太大", id="nor that of policies"),
        pytest.param("/agency/" + AGENCY, {"standing": "in_force", "on": "2025-06-30"}, "（全部 10 项）", id="agency"),
    ],
)
def test_pages_of_a_large_graph(site: Site, large: None, path: str, query: dict[str, str], words: str) -> None:
    page = site.get(path, **query)
    assert page.status == 200
    assert words in page.text("main")


def test_networks_of_a_large_graph_stand_alone_only_where_they_are_small(site: Site, large: None) -> None:
    assert site.get("/network/drawn", kind="policies").status == 404
    assert site.get("/network/drawn", iri=agency(AGENCY)).status == 200
