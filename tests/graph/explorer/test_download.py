"""Files hold exactly what the page shows; no word of a document becomes a formula."""

from __future__ import annotations

import csv
import io

import pytest
from docx import Document
from openpyxl import load_workbook

from graph import answers
from graph.store import Store
from tests.graph.explorer.hostile import WORDS
from tests.graph.explorer.page import AGENCY, Site, agency

FILTERS = [
    pytest.param({}, id="all"),
    pytest.param({"role": "lead"}, id="role"),
    pytest.param({"before": "2024-12-31"}, id="due by"),
    pytest.param({"due": "none"}, id="without a day"),
    pytest.param({"standing": "in_force", "on": "2025-06-30"}, id="in force on a day"),
    pytest.param({"q": "停车", "sort": "deadline"}, id="a word, by deadline"),
    pytest.param({"year": "2023", "role": "responsible"}, id="year and role"),
]


def tasks(site: Site, path: str, query: dict[str, str]) -> list[tuple[str, str]]:
    """Role and task of the rows that a page shows, on all its pages."""
    found: list[tuple[str, str]] = []
    page = site.get(path, **query)
    while True:
        rows = page.texts(".rows .role"), page.texts(".rows .task")
        found += zip(*rows, strict=True)
        following = page.hrefs(".pager a[rel=next]")
        if not following:
            return found
        page = site.get(following[0])


def sheet(content: bytes, role: int, task: int) -> list[tuple[str, str]]:
    """Role and the first words of the task, by the columns of the first sheet."""
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    lines = [list(line) for line in page.iter_rows(values_only=True)]
    head = next(at for at, line in enumerate(lines) if line[0] == "序号")
    return [(str(line[role]), str(line[task])) for line in lines[head + 1 :] if isinstance(line[0], int)]


@pytest.mark.parametrize("query", FILTERS)
@pytest.mark.parametrize("name", [AGENCY, "云陵市城市管理局"])
def test_a_workbook_holds_the_rows_of_the_page(site: Site, name: str, query: dict[str, str]) -> None:
    shown = tasks(site, f"/agency/{name}", query)
    page = site.get(f"/agency/{name}", **query)
    links = [href for href in page.hrefs(".button") if ".xlsx" in href]
    assert bool(links) is bool(shown)
    if links:
        saved = sheet(site.file(links[0]), 2, 1)
        assert [role for role, _ in saved] == [role for role, _ in shown]
        assert all(words.startswith(task) for (_, words), (_, task) in zip(saved, shown, strict=True))


@pytest.mark.parametrize("query", FILTERS[:4])
def test_a_workbook_of_all_agencies_holds_the_rows_of_the_pages(site: Site, query: dict[str, str]) -> None:
    shown = tasks(site, "/duties", query)
    saved = sheet(site.file("/download/duties.xlsx", **query), 3, 2)
    assert [role for role, _ in saved] == [role for role, _ in shown]


def test_all_forms_hold_the_same_number_of_duties(site: Site) -> None:
    streets = "云陵市城市管理局"
    query = {"agency": agency(streets), "before": "2025-12-31"}
    shown = tasks(site, f"/agency/{streets}", {"before": "2025-12-31"})
    rows = list(csv.reader(io.StringIO(site.file("/download/duties.csv", **query).decode("utf-8-sig"))))
    assert len(rows) - 1 == len(shown) > 1
    word = Document(io.BytesIO(site.file("/download/duties.docx", **query)))
    assert sum(row.cells[0].text.isdecimal() for table in word.tables for row in table.rows) == len(shown)
    assert site.file("/download/duties.ics", **query).count(b"BEGIN:VEVENT") == len(shown)


def test_a_breakdown_holds_the_tasks_of_the_policy(site: Site, sample: Store) -> None:
    row = next(p for p in answers.policies(sample) if "绿色出行" in p.title and p.resolved and p.duties)
    page = site.get("/policy", iri=row.iri)
    rows = list(csv.reader(io.StringIO(site.file(page.link("CSV")).decode("utf-8-sig"))))
    assert len(rows) - 1 == len(page.texts(".task"))


def test_no_word_becomes_a_formula(hostile_site: Site) -> None:
    rows = list(csv.reader(io.StringIO(hostile_site.file("/download/duties.csv").decode("utf-8-sig"))))
    assert len(rows) - 1 == 2 * len(WORDS)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    book = load_workbook(io.BytesIO(hostile_site.file("/download/duties.xlsx")))
    assert not any(cell.data_type == "f" for page in book for line in page.iter_rows() for cell in line)


def test_file_names_stay_in_their_folder(hostile_site: Site) -> None:
    page = hostile_site.get("/agencies")
    for href in page.hrefs(".rows .wide a"):
        answer = hostile_site.client.get(hostile_site.get(href).link("Excel"))
        disposition = answer.headers["content-disposition"]
        assert answer.status_code == 200 and disposition.isascii()
        assert not any(mark in disposition.split("''")[1] for mark in ("/", "\\", '"', ";", "%2F", "%5C", "%0A"))


LISTS = [
    pytest.param("agencies", {}, id="agencies"),
    pytest.param("agencies", {"known": "no"}, id="some agencies"),
    pytest.param("policies", {}, id="policies"),
    pytest.param("policies", {"standing": "in_force", "on": "2024-01-01"}, id="policies in force on a day"),
    pytest.param("policies", {"held": "no"}, id="documents that are only cited"),
    pytest.param("targets", {"q": "停车"}, id="figures"),
    pytest.param("targets", {"before": "2024", "lang": "en"}, id="figures due, in English"),
    pytest.param("review", {}, id="notes"),
    pytest.param("review", {"kind": "agency"}, id="notes of a kind"),
]


@pytest.mark.parametrize(("what", "query"), LISTS)
def test_a_list_is_saved_with_the_rows_of_its_pages(site: Site, what: str, query: dict[str, str]) -> None:
    page = site.get(f"/{what}", **query)
    (link,) = [href for href in page.hrefs("a.button") if f"/download/{what}.csv" in href]
    head, *lines = csv.reader(io.StringIO(site.file(link).decode("utf-8-sig")))
    shown: list[list[str]] = []
    for number in range(1, 20):
        rows = site.get(f"/{what}", **query, page=number).rows()
        if number > 1 and rows == shown[-len(rows) :]:
            break
        shown += rows
        if len(rows) < 50:
            break
    assert len(lines) == len(shown) > 0
    assert {len(line) for line in lines} == {len(head)}
    at = 0 if what in ("agencies", "policies") else 1
    for saved, row in zip(lines, shown, strict=True):
        assert (saved[at] or saved[1]) in row[at].replace("《", "").replace("》", "") or what == "policies"


def test_nothing_and_other_lists_are_no_files(site: Site) -> None:
    assert not [href for href in site.get("/agencies", q="税务局").hrefs("a.button") if "/download/" in href]
    assert site.get("/download/agencies.csv", q="税务局").status == 404
    assert site.get("/download/network.csv").status == 404


@pytest.mark.parametrize("what", ["agencies", "policies", "targets", "review"])
def test_no_cell_of_a_list_is_a_formula(hostile_site: Site, what: str) -> None:
    from graph.plain import is_formula

    lines = list(csv.reader(io.StringIO(hostile_site.file(f"/download/{what}.csv").decode("utf-8-sig"))))
    cells = [cell for line in lines for cell in line]
    assert not [cell for cell in cells if is_formula(cell)]
    assert len([cell for cell in cells if cell.startswith("'") and is_formula(cell[1:])]) >= 1
