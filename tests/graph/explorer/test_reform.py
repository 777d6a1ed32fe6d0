"""Repealed clauses, groups that reach their members, and bodies before and after a reform, on the pages and in their files."""

from __future__ import annotations

import csv
import io

import pytest

from graph import iris
from graph.explorer.choice import DutyChoice
from graph.explorer.duties import choose, full_rows
from graph.explorer.validity import standing_of, standings, state
from graph.store import Store
from tests.graph.derived_records import BANKS, COUNTIES, RULES
from tests.graph.explorer.page import AGENCY, Page, Site, agency, select

PLANNERS, STREETS, COUNTY, OTHER = "云陵市发展和改革委员会", "云陵市城市管理局", "云陵市青溪县人民政府", "云陵市白鹭区人民政府"
SUCCESSOR, TAXES = "国家金融监督管理总局云陵监管分局", "国家税务总局云陵市税务局"


def saved(site: Site, name: str, **query: str) -> list[dict[str, str]]:
    """The lines of the table that an agency's page offers with these filters; none where it refuses."""
    answer = site.client.get("/download/duties.csv", params={"agency": agency(name), **query})
    if answer.status_code == 404:
        return []
    lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    head = next(lines)
    return [dict(zip(head, line, strict=True)) for line in lines]


@pytest.mark.parametrize(
    ("clause", "day", "expected"),
    [
        pytest.param("二/（一）", "2024-02-29", "in_force", id="the last day of the clause"),
        pytest.param("二/（一）", "2024-03-01", "repealed", id="a part with the clause above it"),
        pytest.param("二", "2024-03-01", "repealed", id="from the day of the repeal on"),
        pytest.param("一", "2024-03-01", "in_force", id="a clause that stays"),
        pytest.param("一", "2026-03-01", "expired", id="with the policy"),
        pytest.param("", "2024-03-01", "in_force", id="the policy"),
    ],
)
def test_what_a_clause_states_ends_with_it(reform: Store, clause: str, day: str, expected: str) -> None:
    assert state(standing_of(standings(reform), iris.policy_iri(RULES).value, clause), day) == expected


@pytest.mark.parametrize("whose", ["", agency(PLANNERS), agency(AGENCY), agency(STREETS), agency(COUNTY)])
@pytest.mark.parametrize("day", ["2020-01-01", "2024-02-29", "2024-03-01", "2026-03-01"])
@pytest.mark.parametrize("code", ["in_force", "pending", "expired", "repealed"])
def test_the_filter_chooses_by_what_the_rows_say(reform: Store, whose: str, day: str, code: str) -> None:
    everything = choose(reform, DutyChoice(groups=True), whose)
    rows = full_rows(reform, everything.briefs, whose)
    chosen = choose(reform, DutyChoice(standing=code, on=day, groups=True), whose)
    assert [b.iri for b in chosen.briefs] == [row.duty.iri for row in rows if state(row.standing, day) == code]


@pytest.mark.parametrize(
    ("name", "query", "badges"),
    [
        pytest.param(PLANNERS, {"on": "2024-02-29"}, [], id="before the repeal of the clause"),
        pytest.param(PLANNERS, {"on": "2024-03-01"}, ["已废止"], id="from its day on"),
        pytest.param(PLANNERS, {"on": "2024-03-01", "standing": "repealed"}, ["已废止"], id="found as repealed"),
        pytest.param(PLANNERS, {"on": "2024-03-01", "standing": "in_force"}, None, id="not found as in force"),
        pytest.param(BANKS, {"on": "2024-03-01", "standing": "repealed"}, None, id="another clause is not repealed with it"),
        pytest.param(BANKS, {"on": "2026-03-01", "standing": "expired"}, ["已过有效期"], id="it expires with the policy"),
        pytest.param(STREETS, {"on": "2024-03-01"}, ["已废止"], id="the whole notice is repealed, a clause that stays is not"),
        pytest.param(STREETS, {"on": "2024-03-01", "standing": "in_force"}, [], id="the clause that stays"),
    ],
)
def test_filter_badge_and_file_agree(
    reform_site: Site, name: str, query: dict[str, str], badges: list[str] | None
) -> None:
    page = reform_site.get(f"/agency/{name}", **query)
    assert page.texts(".rows .state") == (badges or [])
    assert bool(page.rows()) is (badges is not None)
    assert len(saved(reform_site, name, **query)) == len(page.rows())


@pytest.mark.parametrize(
    ("on", "ended"),
    [
        pytest.param("2024-02-29", [], id="before the repeal"),
        pytest.param("2024-03-01", ["二", "二/（一）"], id="the clause and the part under it"),
        pytest.param("2026-03-01", ["二", "二/（一）"], id="the rest has expired: these were repealed before"),
    ],
)
def test_the_outline_marks_clauses_that_ended_earlier(reform_site: Site, on: str, ended: list[str]) -> None:
    page = reform_site.get("/policy", iri=iris.policy_iri(RULES).value, on=on)
    assert [words.split()[0] for words in page.texts(".outline h3") if words.endswith("已废止")] == ended


@pytest.mark.parametrize(
    ("name", "label", "expected", "leads_to"),
    [
        pytest.param(BANKS, "后继", [f"{SUCCESSOR} 2023年7月 起"], SUCCESSOR, id="what took over, with a page"),
        pytest.param(BANKS, "前身", [], "", id="nothing before"),
        pytest.param(SUCCESSOR, "前身", [f"{BANKS} 至 2023年7月"], BANKS, id="what was before, with a page"),
        pytest.param(TAXES, "前身", ["云陵市地方税务局 至 2018年7月"], "", id="what was before and bears no duties: no link"),
        pytest.param(PLANNERS, "前身", [], "", id="no reform"),
    ],
)
def test_bodies_before_and_after_with_the_month(reform_site: Site, name: str, label: str, expected: list[str], leads_to: str) -> None:
    page = reform_site.get(f"/agency/{name}")
    assert _facts(page, label) == expected
    names = [words.split()[0] for words in expected]
    links = [a.get("href") for a in select(page.tree, ".facts a") if a.text_content() in names]
    assert [reform_site.get(href).texts("h1") for href in links] == ([[leads_to]] if leads_to else [])


def _facts(page: Page, label: str) -> list[str]:
    return [words.removeprefix(label).strip() for words in page.texts(".facts div") if words.startswith(label)]


@pytest.mark.parametrize(
    ("name", "reached", "own"),
    [
        pytest.param(COUNTY, 1, 1, id="a county of 各县区人民政府"),
        pytest.param(STREETS, 0, 2, id="of no group"),
        pytest.param(COUNTIES, 0, 1, id="the group itself"),
    ],
)
def test_duties_of_groups_are_shown_when_asked_for(reform_site: Site, name: str, reached: int, own: int) -> None:
    plain = reform_site.get(f"/agency/{name}")
    with_groups = reform_site.get(f"/agency/{name}", groups="yes")
    assert (len(plain.rows()), len(with_groups.rows())) == (own, own + reached)
    assert plain.texts(".reach") == ([f"范围 本单位职责含统称所及职责（{reached} 项）"] if reached else [])
    assert (plain.texts(".rows .group"), len(with_groups.texts(".rows .group"))) == ([], reached)
    assert (len(saved(reform_site, name)), len(saved(reform_site, name, groups="yes"))) == (own, own + reached)


def test_duties_of_groups_name_the_group_on_the_page_and_in_the_file(site: Site) -> None:
    page = site.get(f"/agency/{OTHER}")
    asked = site.get(page.link("含统称所及职责", ".reach a"))
    named = asked.texts(".rows .group")
    assert f"含统称所及职责（{len(named)} 项）" in page.text(".reach") and len(named) > 1
    assert all(words.startswith("所属群体 各") for words in named)
    lines = saved(site, OTHER, groups="yes")
    assert sum("所属群体：各" in line["备注"] for line in lines) == len(named)
    assert len(lines) == len(asked.rows()) == len(page.rows()) + len(named)
    assert len(site.get(asked.link("本单位职责", ".reach a")).rows()) == len(page.rows())
    assert asked.tree.xpath("//form[@action]//input[@name='groups']/@value") == ["yes"]
    assert "范围 本单位职责" not in site.get("/duties", groups="yes").text()


@pytest.mark.parametrize(
    "query",
    [{"role": "responsible"}, {"q": "整治"}, {"due": "with"}, {"standing": "in_force", "on": "2025-06-30"}, {"sort": "deadline"}],
    ids=["role", "a word", "with a day", "in force on a day", "by deadline"],
)
def test_filters_hold_for_duties_of_groups(site: Site, query: dict[str, str]) -> None:
    page = site.get(f"/agency/{OTHER}", groups="yes", **query)
    lines = saved(site, OTHER, groups="yes", **query)
    assert len(lines) == len(page.rows()) > 0
    assert all(line["责任层级"] == row[0] for line, row in zip(lines, page.rows(), strict=True))
