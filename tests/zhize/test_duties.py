"""``zhize duties`` as ledgers: every form and filter, one agency and all, on the sample corpus."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import icalendar
import pytest
from docx import Document
from openpyxl import load_workbook

from tests.zhize.conftest import Run
from zhize.commands.duties import FORMS

PAPERS = ("xlsx", "docx", "html", "ics")


def rows(run: Run, store: Path, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("duties", *arguments, "--store", store, "--format", "json").stdout)
    return found


def numbers(path: Path) -> list[int]:
    """The column 序号 of the first table of a ledger or breakdown file."""
    if path.suffix == ".xlsx":
        cells = [row[0] for row in load_workbook(path).worksheets[0].iter_rows(values_only=True)]
    elif path.suffix == ".docx":
        cells = [row.cells[0].text for row in Document(str(path)).tables[0].rows]
    else:
        table = path.read_text(encoding="utf-8").split("</table>")[0]
        cells = re.findall(r'<tr><td class="mid">([0-9]+)</td>', table)
    return [int(str(cell)) for cell in cells if str(cell).isdigit()]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_forms_have_the_same_rows(lang: str, run: Run, store: Path, tmp_path: Path) -> None:
    arguments = ("duties", "市财政局", "--store", store, "--lang", lang)
    found = {form: run(*arguments, "--format", form).stdout for form in ("csv", "json", "jsonl", "md")}
    objects = json.loads(found["json"])
    head, *body = csv.reader(io.StringIO(found["csv"]))
    assert objects == [json.loads(line) for line in found["jsonl"].splitlines()]
    assert len(objects) == len(body) == len(found["md"].splitlines()) - 2 > 5
    assert {len(row) for row in body} == {len(head)}
    at = head.index("最后日期" if lang == "zh" else "Due on")
    assert [row[at] for row in body] == [row["due"] for row in objects]
    for suffix in ("xlsx", "docx", "html"):
        run(*arguments, "-o", tmp_path / f"a.{suffix}")
        assert numbers(tmp_path / f"a.{suffix}") == list(range(1, len(objects) + 1))


def test_csv_opens_in_excel(run: Run, store: Path, tmp_path: Path) -> None:
    run("duties", "市财政局", "--store", store, "-o", tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_no_cell_of_a_workbook_is_a_formula(run: Run, store: Path, tmp_path: Path) -> None:
    run("duties", "市财政局", "--store", store, "-o", tmp_path / "a.xlsx")
    cells = [cell for sheet in load_workbook(tmp_path / "a.xlsx") for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


def test_calendar_has_what_falls_due(run: Run, store: Path, tmp_path: Path) -> None:
    found = rows(run, store, "市城管局")
    run("duties", "市城管局", "--store", store, "-o", tmp_path / "a.ics")
    events = icalendar.Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
    assert sorted(event["DTSTART"].dt.isoformat() for event in events) == sorted(row["due"] for row in found if row["due"])
    assert len(events) < len(found)
    first = (tmp_path / "a.ics").read_bytes()
    run("duties", "市城管局", "--store", store, "-o", tmp_path / "a.ics")
    assert (tmp_path / "a.ics").read_bytes() == first


def test_no_calendar_without_days(run: Run, store: Path, tmp_path: Path) -> None:
    result = run("duties", "市司法局", "--store", store, "-o", tmp_path / "a.ics", code=1)
    assert "no duty (of 1) has a day" in result.stderr
    assert not (tmp_path / "a.ics").exists()


@pytest.mark.parametrize("form", PAPERS)
def test_nothing_fits_nothing_is_written(form: str, run: Run, store: Path, tmp_path: Path) -> None:
    result = run("duties", "市财政局", "--policy", "没有这个文件", "--store", store, "-o", tmp_path / f"a.{form}", code=1)
    assert "no duty fits" in result.stderr
    assert list(tmp_path.iterdir()) == []


REPEALED, FROM = "云陵市公共停车设施管理暂行办法", "2024-10-01"
AS_OF = [
    pytest.param("2023-04-30", False, id="not yet in force"),
    pytest.param("2023-05-01", True, id="in force"),
    pytest.param("2024-09-30", True, id="last day before its repeal"),
    pytest.param(FROM, False, id="repealed"),
]


@pytest.mark.parametrize(("day", "there"), AS_OF)
def test_as_of_a_day(day: str, there: bool, run: Run, store: Path) -> None:
    titles = {row["policy_title"] for row in rows(run, store, "市城管局", "--as-of", day)}
    assert (REPEALED in titles) is there


def test_standing_is_shown(run: Run, store: Path, tmp_path: Path) -> None:
    found = [row for row in rows(run, store, "市城管局") if row["policy_title"] == REPEALED]
    assert {row["standing"]["repeals"][0]["day"] for row in found} == {FROM}
    on_the_day = run("duties", "市城管局", "--policy", REPEALED, "--as-of", "2024-09-30", "--store", store).stdout
    assert re.search(r"效力\s+有效；有效期至2025年5月1日；2024年10月1日起被", re.sub(r"\n\s+", "", on_the_day))
    without_a_day = run("duties", "市城管局", "--policy", REPEALED, "--store", store).stdout
    assert re.search(r"效力\s+有效期至2025年5月1日；2024年10月1日起被", re.sub(r"\n\s+", "", without_a_day))
    assert "截至" not in without_a_day  # on the day of the newest document it still held
    run("duties", "市城管局", "--store", store, "-o", tmp_path / "a.docx")
    parts = [row.cells[0].text for row in Document(str(tmp_path / "a.docx")).tables[0].rows]
    assert any(REPEALED in part and "起被《" in part for part in parts)


def test_due_before(run: Run, store: Path) -> None:
    everything = rows(run, store, "市城管局")
    for date, last in (("2024-10-31", "2024-10-31"), ("2024-10", "2024-10-31"), ("2024", "2024-12-31")):
        found = rows(run, store, "市城管局", "--due-before", date)
        assert found == [row for row in everything if row["due"] and row["due"] <= last] != []


@pytest.mark.parametrize(
    ("after", "first"), [("2024-10-31", "2024-10-31"), ("2024-11", "2024-11-01"), ("2025", "2025-01-01")]
)
def test_due_after(after: str, first: str, run: Run, store: Path) -> None:
    everything = rows(run, store, "市城管局")
    found = rows(run, store, "市城管局", "--due-after", after)
    assert found == [row for row in everything if row["due"] >= first] != []
    assert len(found) < len(everything)  # nor what has no day


def test_a_quarter_of_what_an_agency_leads(run: Run, store: Path, tmp_path: Path) -> None:
    quarter = ("--role", "lead", "--due-after", "2024-10", "--due-before", "2024-12")
    found = rows(run, store, "市城管局", *quarter)
    everything = rows(run, store, "市城管局", "--role", "lead")
    assert found == [row for row in everything if "2024-10-01" <= row["due"] <= "2024-12-31"] != []
    run("duties", "市城管局", *quarter, "--store", store, "-o", tmp_path / "q.html")
    assert "2024年10月1日至2024年12月31日到期" in (tmp_path / "q.html").read_text(encoding="utf-8")
    wrong = run("duties", "市城管局", "--due-after", "2025", "--due-before", "2024", "--store", store, code=2)
    assert "--due-after 2025-01-01 lies behind --due-before 2024-12-31" in wrong.stderr


@pytest.mark.parametrize(
    "arguments", [["--due-before", "soon"], ["--due-after", "2024-1"], ["--due-after", "每年"], ["--as-of", "2024"], ["--as-of", "2024-02-30"], ["--due-before", "2024-13"]]
)
def test_what_is_no_day(arguments: list[str], run: Run, store: Path) -> None:
    result = run("duties", "市城管局", *arguments, "--store", store, code=2)
    assert "is not a day. Write it as 2025-12-31" in result.stderr


def test_sorted_by_deadline(run: Run, store: Path) -> None:
    found = rows(run, store, "市城管局", "--sort", "deadline")
    days = [row["due"] for row in found]
    assert [day or "9999" for day in days] == sorted(day or "9999" for day in days)
    assert "" in days and days[0]
    usual = rows(run, store, "市城管局")
    assert sorted(row["iri"] for row in usual) == sorted(row["iri"] for row in found)
    dated = [row["policy_dated"] for row in usual]
    assert dated == sorted(dated, reverse=True)


def test_groups_are_marked(run: Run, store: Path, tmp_path: Path) -> None:
    own, found = rows(run, store, "青溪县政府"), rows(run, store, "青溪县政府", "--include-groups")
    assert {row["group"] for row in found} == {"", "云陵市各县区人民政府"}
    assert [row for row in found if not row["group"]] == own != []
    assert {row["group"] for row in rows(run, store, "市高新区管委会", "--include-groups")} == {"", "云陵市各管委会"}
    assert {row["group"] for row in rows(run, store, "市财政局", "--include-groups")} == {""}  # nobody lists the members
    assert "所属群体  云陵市各县区人民政府" in run("duties", "青溪县政府", "--include-groups", "--store", store).stdout
    run("duties", "青溪县政府", "--include-groups", "--store", store, "-o", tmp_path / "a.xlsx")
    remarks = [row[9] for row in load_workbook(tmp_path / "a.xlsx")["责任清单"].iter_rows(values_only=True)]
    assert sum("所属群体：各县区人民政府" in str(text) for text in remarks) == len(found) - len(own)


def test_a_county_that_no_document_names(run: Run, store: Path, tmp_path: Path) -> None:
    """Only a group holds it: its ledger has the group's duties."""
    text = "云陵市人民政府办公室\n关于做好公园管理的通知\n云政办〔2024〕7号\n\n2024年1月5日\n\n一、完善制度。（责任单位：市财政局，各县区政府）\n"
    (tmp_path / "a.txt").write_text(text.replace("云陵市", "驻马店市"), encoding="utf-8")
    run("build", tmp_path / "a.txt", "--store", tmp_path / "s", "--quiet")
    assert "no agency of this name" in run("duties", "西平县政府", "--store", tmp_path / "s", code=1).stderr
    found = rows(run, tmp_path / "s", "西平县政府", "--include-groups")
    assert [(row["agency"], row["group"]) for row in found] == [("驻马店市各县区人民政府",) * 2]
    assert run("duties", "西平县政府", "--include-groups", "--store", tmp_path / "s").stdout.startswith("驻马店市西平县人民政府\n")
    assert "no agency of this name" in run("duties", "西平县教育局", "--include-groups", "--store", tmp_path / "s", code=1).stderr


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [unquote(value or "") for name, value in attrs if name == "href"]


@pytest.mark.parametrize("form", sorted({*FORMS.values()} - {"table", "docx"}))
def test_all_agencies_into_a_folder(form: str, run: Run, store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "台账"
    result = run("duties", "--all", "-o", folder, "--format", form, "--store", store)
    agencies = json.loads(run("agencies", "--store", store, "--format", "json").stdout)
    written = files(folder) - {"index.html", "index.xlsx"}
    links = Links()
    links.feed((folder / "index.html").read_text(encoding="utf-8"))
    assert set(links.found) == written
    assert f"{len(written)} ledgers of {len(agencies)} agencies" in result.stderr
    assert files(tmp_path) == {"台账"}
    listed = [row for row in load_workbook(folder / "index.xlsx")["目录"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert {row[1]: row[5] for row in listed} == {agency["name"]: agency["duties"] for agency in agencies}
    if form != "ics":
        assert len(written) == len(agencies)
        assert f"云陵市财政局责任清单.{form}" in written
    else:
        assert 5 < len(written) < len(agencies)


def test_the_file_of_one_is_that_of_all(run: Run, store: Path, tmp_path: Path) -> None:
    run(
        "duties",
        "--all",
        "-o",
        tmp_path / "all",
        "--format",
        "html",
        "--store",
        store,
        "--include-groups",
        "--sort",
        "deadline",
        "--quiet",
    )
    run("duties", "青溪县政府", "-o", tmp_path / "one.html", "--store", store, "--include-groups", "--sort", "deadline")
    assert (tmp_path / "all" / "云陵市青溪县人民政府责任清单.html").read_bytes() == (tmp_path / "one.html").read_bytes()


def test_table_of_agencies_by_policies(run: Run, store: Path, tmp_path: Path) -> None:
    run("duties", "--all", "-o", tmp_path, "--store", store, "--city", "云陵市", "--role", "lead", "--quiet")
    crossed = list(load_workbook(tmp_path / "index.xlsx")["单位文件对照"].iter_rows(values_only=True))
    (finance,) = [row for row in crossed if row[1] == "云陵市财政局"]
    led = rows(run, store, "市财政局", "--role", "lead")
    assert finance[-1] == sum(cell or 0 for cell in finance[2:-1]) == len(led) > 0
    assert crossed[-1][-1] == sum(row[-1] for row in crossed if isinstance(row[0], int))


WRONG = [
    pytest.param(["--all"], "add -o FOLDER", id="no folder"),
    pytest.param(["--all", "市财政局", "-o", "x"], "not both", id="agency and all"),
    pytest.param(["--all", "-o", "x", "--format", "table"], "--all writes files", id="a table is no file"),
    pytest.param([], "Name an agency", id="nobody"),
    pytest.param(["市财政局", "-o", "a.pdf"], "does not say a form", id="unknown suffix"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_wrong_use(arguments: list[str], said: str, run: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("duties", *arguments, "--store", store, code=2)
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_all_where_nothing_fits(run: Run, store: Path, tmp_path: Path) -> None:
    result = run("duties", "--all", "-o", tmp_path / "x", "--policy", "没有这个文件", "--store", store, code=1)
    assert "No duty fits" in result.stderr
    assert not (tmp_path / "x").exists()


def test_a_folder_that_cannot_be(run: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    result = run("duties", "--all", "-o", tmp_path / "x", "--store", store, code=2)
    assert "cannot be made a folder" in result.stderr


HOSTILE = (
    "云陵市人民政府办公室\n关于印发测试方案的通知\n云政办〔2024〕3号\n\n2024年1月5日\n\n一、总体要求。落实责任。（责任单位：{}）\n"
)


@pytest.mark.parametrize("name", ["../../市局", "=cmd局", "CON", "<b>市</b>局", "市\u202e局"])
def test_hostile_names_of_agencies(name: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HOSTILE.format(f"市财政局、{name}"), encoding="utf-8")
    run("build", tmp_path / "a.txt", "--store", tmp_path / "store", "--quiet")
    before = files(tmp_path)
    run("duties", "--all", "-o", tmp_path / "out", "--store", tmp_path / "store", "--quiet")
    assert files(tmp_path) == before | {"out"}
    assert all(path.is_file() and path.name == path.name.strip(". ") for path in (tmp_path / "out").iterdir())
    for path in (tmp_path / "out").glob("*.xlsx"):
        assert {cell.data_type for sheet in load_workbook(path) for line in sheet.iter_rows() for cell in line} <= {"s", "n"}
