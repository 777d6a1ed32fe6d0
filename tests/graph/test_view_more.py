"""Views of one agency or document, filters by year and standing, addresses, pictures, and groups of a network too large to draw."""

from __future__ import annotations

import dataclasses
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import view_agencies, view_policies
from graph.network import agency_network
from graph.rows import DutyRow, PolicyRow
from graph.view import agency_view, policy_view, validity_on
from graph.view_agencies import agency_picture
from graph.view_clusters import GROUPS, MEMBERS, cluster
from graph.view_ego import rings, steps_from
from graph.view_policies import policy_picture
from tests.graph.rows import PLAN, agency, assignment, duty, link, policy
from tests.graph.view_rows import (
    AGENCIES,
    HOSTILE,
    duties,
    grouped_duties,
    hostile_ego_duties,
    in_groups,
    links,
    more_links,
    policies,
)
from tests.graph.view_window import NEEDED, Browser, Pages, window

ENTER, DOWN, TAB, ESCAPE = "\ue007", "\ue015", "\ue004", "\ue00c"
FINANCE = "云陵市财政局"


def old_policies() -> list[PolicyRow]:
    """The notice of 2015 is repealed by the plan of 2024; the measures of 2019 hold until the end of 2021."""
    measures = PolicyRow("p:m", "云陵市停车收费办法", "", (), "云陵市", "2019-03-01", "2019-04-01", "2021-12-31", "办法", 1, 0)
    return [*policies(), policy("p:old", "云陵市停车管理通知", dated="2015-02-03"), measures]


def old_duties() -> list[DutyRow]:
    fee = {"title": "云陵市停车收费办法", "policy": "p:m"}
    kept = [d for d in duties() if d.policy_title == "云陵市停车设施建设实施方案"]
    return [*kept, *assignment("fee", ("responsible", FINANCE), task="核定停车收费标准", **fee)]


def plan_duties() -> list[DutyRow]:
    """Duties of the document p:1."""
    bearers = (("lead", "云陵市住房和城乡建设局"), ("support", FINANCE))
    many = [
        d for n in range(30) for d in assignment(f"x{n}", *bearers, task=f"第{n}号车场开工", policy="p:1", quote=f"第{n}段原文")
    ]
    return [*many, duty("last", "lead", FINANCE, task="最后一项", policy="p:1", quote="最后一段原文")]


def partly_repealed() -> str:
    """Two clauses of a document, the first of which a later one repeals."""
    duties = [*assignment("a", ("lead", FINANCE), clause="三"), *assignment("b", ("lead", FINANCE), clause="四")]
    rows = [policy(PLAN, "云陵市停车设施建设实施方案", dated="2023-03-01"), policy("p:by", "云陵市停车决定", dated="2024-01-01")]
    repeal = dataclasses.replace(link("p:by", "repeals", PLAN), parts=("三",), paths=("三",))
    return agency_view(duties, AGENCIES, validity=validity_on(rows, [repeal]))


def judged_documents(day: str = "") -> str:
    return policy_view(old_policies(), links(), validity=validity_on(old_policies(), links(), day))


PAGES: Pages = {
    "agency": lambda: agency_view(duties(), AGENCIES, centre=agency(FINANCE).iri),
    "document": lambda: policy_view(policies(), [*links(), *more_links()], plan_duties(), centre="p:1"),
    "judged agencies": lambda: agency_view(old_duties(), AGENCIES, validity=validity_on(old_policies(), links())),
    "judged documents": judged_documents,
    "partly repealed": partly_repealed,
    "documents in 2020": lambda: judged_documents("2020-06-30"),
    "hostile": lambda: agency_view(*hostile_ego_duties(), title='../../a:b*?"<>|\\' + HOSTILE[0]),
    "groups": lambda: in_groups(lambda: agency_view(grouped_duties(), [])),
    "document groups": lambda: in_groups(lambda: policy_view(policies(), [*links(), *more_links()])),
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with window(tmp_path_factory.mktemp("views"), PAGES) as opened:
        yield opened


def test_an_agency_is_seen_with_those_who_share_its_assignments() -> None:
    picture = agency_picture(duties(), AGENCIES, centre=agency(FINANCE).iri)
    names = {s.name for s in picture.subjects}
    assert names == {FINANCE, "云陵市住房和城乡建设局", "云陵市城市管理局", "云陵市发展和改革委员会"}
    centre = picture.subjects[picture.focus]
    assert (centre.name, centre.x, centre.y) == (FINANCE, 0, 0)
    assert {c.text for c in picture.cards} == {"改造老旧停车场十二处", "安排停车设施补助", "修建骑行道四十公里"}


def test_around_one_the_nearest_are_kept_and_the_others_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (view_agencies, view_policies):
        monkeypatch.setattr(module, "MAX_SUBJECTS", 3)
    agencies = agency_picture(duties(), AGENCIES, centre=agency(FINANCE).iri)
    documents = policy_picture(policies(), [*links(), *more_links()], centre="p:1")
    for picture, left_out in ((agencies, 1), (documents, 2)):
        assert (len(picture.subjects), picture.cut_subjects, picture.clusters) == (3, left_out, ())
    assert agencies.subjects[agencies.focus].name == FINANCE
    assert {s.name for s in documents.subjects} == {p.title for p in policies()}


def test_those_who_share_more_stand_nearer() -> None:
    order = [f"n{n}" for n in range(40)]
    where = rings(order, "n0", {})
    far = [x * x + y * y for x, y in (where[n] for n in order)]
    assert far[0] == 0
    assert max(far[1:7]) < min(far[-7:])
    assert len(set(where.values())) == 40


@pytest.mark.parametrize(
    ("centre", "steps"),
    [
        pytest.param("p:1", {"p:1": 0, "p:law": -1, "p:constitution": -2, "p:2": 1, "p:3": 2}, id="both ways, two steps"),
        pytest.param("p:constitution", {"p:constitution": 0, "p:law": 1, "p:1": 2}, id="the third step is left out"),
        pytest.param("p:none", {"p:none": 0}, id="alone"),
    ],
)
def test_what_a_document_rests_on_and_what_rests_on_it(centre: str, steps: dict[str, int]) -> None:
    found = [k for k in [*links(), *more_links()] if k.relation != "repeals"]
    assert steps_from(found, centre) == steps


def test_documents_above_are_those_it_rests_on() -> None:
    picture = policy_picture(policies(), [*links(), *more_links()], centre="p:1")
    height = {s.name: s.y for s in picture.subjects}
    assert height["中华人民共和国宪法"] < height["中华人民共和国道路交通安全法"] < height["云陵市停车设施建设实施方案"] == 0
    assert height["云陵市慢行系统建设工作方案"] > 0
    assert "云陵市停车管理通知" not in height


def test_a_circle_of_citations_ends() -> None:
    around = [link("p:1", "cites", "p:2"), link("p:2", "cites", "p:1"), link("p:1", "cites", "p:1")]
    assert steps_from(around, "p:1") == {"p:1": 0, "p:2": -1}


def test_standing_of_documents_on_a_day() -> None:
    picture = policy_picture(old_policies(), links(), validity=validity_on(old_policies(), links(), "2020-06-30"))
    states = {d.title: d.state for d in picture.docs}
    assert states["云陵市停车管理通知"] == "in_force"
    assert states["云陵市停车收费办法"] == "in_force"
    assert states["云陵市慢行系统建设工作方案"] == "pending"
    assert states["中华人民共和国道路交通安全法"] == "unknown"
    later = policy_picture(old_policies(), links(), validity=validity_on(old_policies(), links()))
    assert (later.day, later.state, picture.state) == ("2024-05-06", "", "in_force")
    assert {d.title: d.state for d in later.docs}["云陵市停车管理通知"] == "repealed"
    assert {d.title: d.state for d in later.docs}["云陵市停车收费办法"] == "expired"


def test_groups_hold_everybody_once_and_none_is_too_large() -> None:
    rows = [r for n in range(900) for r in assignment(f"{n}", ("lead", f"云陵市第{n}局"), ("support", f"云陵市第{n // 30}局"))]
    rows += assignment("alone", ("lead", "云陵市孤立局"))
    graph = agency_network(rows, [])
    found = cluster(graph, dict.fromkeys(graph, 1), dict.fromkeys(graph, 6.0), lambda members: members[0])
    assert set(found.number) == set(found.where) == set(graph)
    assert sum(c.members for c in found.clusters) == len(graph)
    assert max(c.members for c in found.clusters) <= MEMBERS
    assert len(found.clusters) <= GROUPS + len(graph) // MEMBERS + 1
    crossing = sum(found.number[a] != found.number[b] for a, b in graph.edges)
    assert sum(join.weight for join in found.joins) == crossing


def test_pages_are_the_same_in_every_process() -> None:
    script = (
        "import hashlib\nfrom tests.graph.test_view_more import PAGES\n"
        "print(hashlib.sha256(''.join(draw() for draw in PAGES.values()).encode()).hexdigest())"
    )
    found = set()
    for seed in ("1", "2"):
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])}
        ran = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
        found.add(ran.stdout)
    assert len(found) == 1


@NEEDED
class TestInTheBrowser:
    def test_every_page_opens_without_complaint(self, browser: Browser) -> None:
        for name in PAGES:
            browser.open(name)
            assert browser.run("return performance.getEntriesByType('resource').length") == 0, name
            assert browser.complaints() == [], name

    def test_the_agency_asked_for_stands_in_the_middle_with_its_duties(self, browser: Browser) -> None:
        browser.open("agency")
        assert browser.driver.title == "云陵市财政局的协作网络"
        assert browser.texts("#panel h2") == [FINANCE]
        assert len(browser.all("#panel .card")) == 3
        assert browser.text("#drawn") == "图中 4 个节点、5 条连线"
        browser.click_subject("云陵市发展和改革委员会")
        assert browser.texts(".card .task") == ["安排停车设施补助"]

    def test_a_document_lists_its_duties_with_bearers_and_words(self, browser: Browser) -> None:
        browser.open("document")
        assert browser.texts("#panel h2") == ["云陵市停车设施建设实施方案"]
        assert browser.texts("#panel h3") == ["提到的文件（1）", "提到它的文件（1）", "分派的任务（31）"]
        card = next(c for c in browser.all(".card") if "第0号车场开工" in c.text)
        assert "云陵市住房和城乡建设局 牵头" in card.text and "云陵市财政局 配合" in card.text
        card.find_element("css selector", "summary").click()
        assert card.find_element("css selector", "blockquote").text == "第0段原文"

    def test_the_address_of_a_duty_opens_it(self, browser: Browser) -> None:
        browser.open("document")
        where = browser.run("return zhize.cards.address(zhize.data.focus, zhize.data.duties.find((d) => d.text === '最后一项'))")
        browser.open("document", address=where)
        assert browser.texts(".card.marked .task") == ["最后一项"]
        assert browser.texts(".card.marked blockquote") == ["最后一段原文"]

    def test_a_link_marks_its_card_and_stays_in_the_address(self, browser: Browser) -> None:
        browser.open("document")
        link_ = browser.one(".card .link")
        target = link_.get_attribute("href")
        link_.click()
        browser.wait(lambda: len(browser.all(".card.marked")) == 1)
        assert browser.driver.current_url == target

    @pytest.mark.parametrize("address", ["#%", "#nobody", "#~", "#__proto__~constructor", "#%3Cimg%20src=x%3E"])
    def test_a_strange_address_does_no_harm(self, address: str, browser: Browser) -> None:
        browser.open("groups", address=address)
        assert browser.texts("#panel h2") == ["总览"]
        assert browser.complaints() == []

    def test_the_year_filter(self, browser: Browser) -> None:
        browser.open("judged documents")
        browser.pick("#filter-year", "2024")
        shown = browser.run("return [...zhize.visible().subjects].map((n) => zhize.data.subjects[n].name)")
        assert set(shown) == {"云陵市慢行系统建设工作方案"}  # what it names is held and of other years

    def test_cited_documents_stay_with_those_that_name_them(self, browser: Browser) -> None:
        browser.open("judged documents")
        browser.pick("#filter-year", "2023")
        shown = browser.run("return [...zhize.visible().subjects].map((n) => zhize.data.subjects[n].name)")
        assert set(shown) == {"云陵市停车设施建设实施方案", "中华人民共和国道路交通安全法"}

    @pytest.mark.parametrize(
        ("state", "name"), [("repealed", "云陵市停车管理通知"), ("expired", "云陵市停车收费办法")], ids=["repealed", "expired"]
    )
    def test_the_standing_filter_of_documents(self, state: str, name: str, browser: Browser) -> None:
        browser.open("judged documents")
        browser.pick("#filter-standing", state)
        assert browser.run("return [...zhize.visible().subjects].map((n) => zhize.data.subjects[n].name)") == [name]
        browser.one("#panel .rank button").click()
        assert "按 2024-05-06 判断" in browser.text("#panel .meta")

    def test_the_standing_filter_of_duties(self, browser: Browser) -> None:
        browser.open("judged agencies")
        browser.pick("#filter-standing", "expired")
        assert browser.texts(".rank button span:first-child") == ["市财政局"]
        browser.click_subject(FINANCE)
        assert browser.texts(".card .task") == ["核定停车收费标准"]
        assert browser.texts(".card .tag") == ["已过有效期"]

    def test_a_day_shows_first_what_is_in_force_on_it(self, browser: Browser) -> None:
        browser.open("documents in 2020")
        assert browser.run("return document.getElementById('filter-standing').value") == "in_force"
        shown = browser.run("return [...zhize.visible().subjects].map((n) => zhize.data.subjects[n].name)")
        assert set(shown) == {"云陵市停车管理通知", "云陵市停车收费办法"}

    def test_the_page_says_its_day_and_judges_on_another(self, browser: Browser) -> None:
        browser.open("judged documents")
        assert "效力按 2024-05-06 判断" in browser.text("#summary")
        browser.run("const f = document.getElementById('day'); f.value = '2020-06-30'; f.dispatchEvent(new Event('change'))")
        assert "效力按 2020-06-30 判断" in browser.text("#summary")
        browser.pick("#filter-standing", "in_force")
        shown = browser.run("return [...zhize.visible().subjects].map((n) => zhize.data.subjects[n].name)")
        assert set(shown) == {"云陵市停车管理通知", "云陵市停车收费办法"}  # as where the page is made for that day

    def test_reset_brings_the_first_day_back(self, browser: Browser) -> None:
        browser.open("judged documents")
        browser.run("const f = document.getElementById('day'); f.value = '2020-06-30'; f.dispatchEvent(new Event('change'))")
        browser.one("#filters .plain").click()
        assert "效力按 2024-05-06 判断" in browser.text("#summary")
        assert browser.run("return document.getElementById('day').value") == "2024-05-06"

    def test_an_empty_day_keeps_the_last(self, browser: Browser) -> None:
        browser.open("judged documents")
        browser.run("const f = document.getElementById('day'); f.value = ''; f.dispatchEvent(new Event('change'))")
        assert browser.run("return document.getElementById('day').value") == "2024-05-06"

    def test_a_duty_ends_with_its_clause(self, browser: Browser) -> None:
        browser.open("partly repealed")
        assert browser.run("return zhize.data.cards.map((card) => card.state)") == ["repealed", "in_force"]
        assert browser.run("zhize.judge('2023-12-31'); return zhize.data.cards.map((card) => card.state)") == ["in_force"] * 2

    @pytest.mark.parametrize("name", ["agency", "document", "groups", "hostile"])
    def test_the_picture_is_a_png_of_what_is_drawn(self, name: str, browser: Browser, tmp_path: Path) -> None:
        browser.open(name)
        browser.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
        before = browser.run("const c = zhize.canvas.network; return [c.getScale(), c.getViewPosition()]")
        browser.one("#tool-save").click()
        browser.wait(lambda: [p.suffix for p in tmp_path.iterdir()] == [".png"])  # no part of a file beside it
        (path,) = tmp_path.iterdir()
        assert not set(path.name) & set('\\/:*?"<>|')
        width, height, colours = png(path.read_bytes())
        stage = browser.one("#net").rect
        assert width == 2 * stage["width"]
        assert height >= 2 * stage["height"]
        assert colours > 20
        assert browser.run("const c = zhize.canvas.network; return [c.getScale(), c.getViewPosition()]") == before
        assert browser.complaints() == []

    def test_a_large_network_is_drawn_as_its_groups(self, browser: Browser) -> None:
        browser.open("groups")
        assert browser.text("#drawn") == "图中 4 个群，共 24 个节点"
        assert "全网 24 个节点，多于浏览器可流畅绘制的 4 个" in browser.text("#panel")
        assert browser.run("return zhize.canvas.network.body.nodeIndices.length") == 4
        place = browser.run("return zhize.canvas.place(0)")
        browser.click_at(place["x"], place["y"])
        browser.wait(lambda: browser.text("#drawn") == "图中 6 个节点、15 条连线")
        assert browser.run("return zhize.canvas.network.body.nodeIndices.length") == 6

    def test_search_opens_the_group_of_what_it_finds(self, browser: Browser) -> None:
        browser.open("groups")
        browser.one("#query").send_keys("云陵市第2组第3局", ENTER)
        assert browser.texts("#panel h2") == ["云陵市第2组第3局"]
        assert sorted(browser.texts(".card .task")) == ["第2组的另一项工作", "第2组的工作"]
        browser.one("#panel .back").click()
        browser.one("#panel .back").click()
        assert browser.text("#drawn") == "图中 4 个群，共 24 个节点"

    def test_documents_in_groups(self, browser: Browser) -> None:
        browser.open("document groups")
        assert "个群" in browser.text("#drawn")
        browser.one("#query").send_keys("停车设施", ENTER)
        assert browser.texts("#panel h2") == ["云陵市停车设施建设实施方案"]

    def test_groups_are_opened_with_the_keyboard_alone(self, browser: Browser) -> None:
        browser.open("groups")
        self.tab_to(browser, "#panel .rank button")
        browser.active.send_keys(DOWN)
        name = browser.active.text.split("\n")[0]
        browser.active.send_keys(ENTER)
        assert browser.texts("#panel h2") == [name]
        assert browser.run("return document.activeElement.id") == "panel"
        self.tab_to(browser, "#panel .rank button")
        outline = browser.run("return getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        browser.active.send_keys(ENTER)
        assert len(browser.all(".card")) >= 2
        browser.active.send_keys(ESCAPE)
        assert browser.texts("#panel h2") == [name]
        browser.active.send_keys(ESCAPE)
        assert browser.texts("#panel h2") == ["总览"]

    def test_every_control_has_a_name(self, browser: Browser) -> None:
        for name in PAGES:
            browser.open(name)
            script = """
              const named = (e) => e.getAttribute('aria-label') || e.textContent.trim() || (e.labels && e.labels.length);
              return [...document.querySelectorAll('button, input, select, a, [tabindex="0"]')].filter((e) => !e.hidden && !named(e)).length"""
            assert browser.run(script) == 0, name

    @staticmethod
    def tab_to(browser: Browser, selector: str) -> None:
        for _ in range(40):
            browser.active.send_keys(TAB)
            if browser.run("return document.activeElement.matches(arguments[0])", selector):
                return
        raise AssertionError(f"{selector} is not reached with the tab key")


def png(data: bytes) -> tuple[int, int, int]:
    """Width, height and the number of different pixels of a sample of rows; the whole file is read and its checksums are tried."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, body, head = 8, b"", b""
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, part = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert zlib.crc32(kind + part) == struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0]
        head, body = (part, body) if kind == b"IHDR" else (head, body + part if kind == b"IDAT" else body)
        at += 12 + length
    width, height = struct.unpack(">II", head[:8])
    raw = zlib.decompress(body)
    assert len(raw) == height * (1 + width * 4)
    return width, height, len({raw[n : n + 4] for n in range(0, len(raw), 41)})
