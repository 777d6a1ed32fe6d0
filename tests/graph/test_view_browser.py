"""The pages in a real browser: headless Chromium, no connection, every choice made as a person makes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.view import agency_view, policy_view
from tests.graph.view_rows import (
    AGENCIES,
    HOSTILE,
    duties,
    hostile_duties,
    hostile_ego_duties,
    hostile_ego_links,
    hostile_groups,
    hostile_links,
    in_groups,
    links,
    policies,
)
from tests.graph.view_window import NEEDED, Browser, Pages, window

pytestmark = NEEDED

PAGES: Pages = {
    "agencies": lambda: agency_view(duties(), AGENCIES),
    "policies": lambda: policy_view(policies(), links()),
    "hostile agencies": lambda: agency_view(*hostile_duties(), title=HOSTILE[0]),
    "hostile policies": lambda: policy_view(*hostile_links(), title=HOSTILE[2]),
    "hostile agency": lambda: agency_view(*hostile_ego_duties(), centre=f"https://example.org/agency/{HOSTILE[0]}"),
    "hostile policy": lambda: policy_view(*hostile_ego_links(), hostile_duties()[0], centre=HOSTILE[0]),
    "hostile groups": hostile_groups,
    "hostile document groups": lambda: in_groups(lambda: policy_view(*hostile_links())),
    "english": lambda: agency_view(duties(), AGENCIES, lang="en"),
    "empty": lambda: agency_view([], []),
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with window(tmp_path_factory.mktemp("views"), PAGES) as opened:
        yield opened


@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_opens_without_complaint_and_loads_nothing(name: str, browser: Browser) -> None:
    browser.open(name)
    assert browser.run("return typeof zhize.choose") == "function"
    assert browser.complaints() == []
    assert browser.run("return performance.getEntriesByType('resource').length") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["agencies", "policies"])
def test_circles_are_painted(name: str, scheme: str, browser: Browser) -> None:
    browser.open(name, scheme=scheme)
    script = """
      const canvas = document.querySelector('#net canvas'), pixel = canvas.getContext('2d');
      return [...zhize.visible().subjects].filter((n) => !zhize.data.subjects[n].soft).map((n) => {
        const at = zhize.canvas.place(n); return [...pixel.getImageData(at.x - 3, at.y, 1, 1).data]; });"""
    browser.wait(lambda: bool(colours := browser.run(script)) and all(alpha == 255 for *_, alpha in colours))
    dark = browser.run("return getComputedStyle(document.body).backgroundColor") == "rgb(18, 24, 28)"
    assert dark == (scheme == "dark")


def test_a_click_on_an_agency_opens_its_duties_with_their_evidence(browser: Browser) -> None:
    browser.open("agencies")
    browser.click_subject("云陵市财政局")
    assert browser.texts("#panel .figures b") == ["0", "2", "1"]
    assert sorted(browser.texts(".card .task")) == ["修建骑行道四十公里", "安排停车设施补助", "改造老旧停车场十二处"]
    (card,) = [c for c in browser.all(".card") if "改造老旧停车场十二处" in c.text]
    assert "时限：2025-12-31" in card.text
    assert "新增车位≥3000个" in card.text
    assert "《云陵市停车设施建设实施方案》 云政办〔2023〕20号" in card.text
    assert "市住房和城乡建设局 牵头" in card.text
    card.find_element("css selector", "summary").click()
    assert "（市住房和城乡建设局牵头，市财政局、市城市管理局配合）" in card.text
    assert "yunling.txt" in card.text
    assert "第 10–22 字" in card.text


def test_a_click_on_a_line_opens_what_the_two_share(browser: Browser) -> None:
    browser.open("agencies")
    place = browser.run("""
      const number = (name) => zhize.data.subjects.findIndex((s) => s.name === name);
      const [a, b] = ['云陵市住房和城乡建设局', '云陵市发展和改革委员会'].map((name) => zhize.canvas.place(number(name)));
      return [(a.x + b.x) / 2, (a.y + b.y) / 2];""")
    browser.click_at(*place)
    browser.wait(lambda: browser.texts("#panel h2") == ["共同承担的职责（1 项）"])
    assert browser.texts(".card .task") == ["安排停车设施补助"]


def test_a_click_on_the_ground_returns_to_the_overview(browser: Browser) -> None:
    browser.open("agencies")
    browser.click_subject("云陵市财政局")
    browser.click_at(8, 8)
    browser.wait(lambda: browser.texts("#panel h2") == ["总览"])


@pytest.mark.parametrize(
    ("query", "name"),
    [
        pytest.param("公安局", "云陵市公安局", id="part of the name"),
        pytest.param("市财政", "云陵市财政局", id="short name"),
        pytest.param("发改委", "云陵市发展和改革委员会", id="abbreviation"),
    ],
)
def test_search_finds_an_agency(query: str, name: str, browser: Browser) -> None:
    browser.open("agencies")
    box = browser.one("#query")
    box.send_keys(query)
    assert name in browser.text("#list")
    box.send_keys("\ue007")  # Enter
    assert browser.texts("#panel h2") == [name]


def test_search_finds_a_document_by_number_and_says_when_there_is_none(browser: Browser) -> None:
    browser.open("policies")
    box = browser.one("#query")
    box.send_keys("2024〕8号")
    browser.one("#list li").click()
    assert browser.texts("#panel h2") == ["云陵市慢行系统建设工作方案"]
    box.clear()
    box.send_keys("查无此文")
    assert browser.text("#found") == "没有找到"


def test_a_document_shows_what_it_names_and_who_names_it(browser: Browser) -> None:
    browser.open("policies")
    browser.click_subject("云陵市停车设施建设实施方案")
    assert "自印发之日起" in browser.text(".meta")
    assert browser.texts("#panel h3") == ["提到的文件（1）", "提到它的文件（1）"]
    assert browser.texts(".card .badge") == ["依据", "被引用"]
    browser.all(".card summary")[1].click()
    assert browser.texts(".card blockquote")[1] == "与停车设施建设方案相衔接"


def test_the_role_filter_keeps_those_with_that_role(browser: Browser) -> None:
    browser.open("agencies")
    browser.pick("#filter-role", "lead")
    assert browser.texts(".rank button span:first-child") == ["市住房和城乡建设局"]
    browser.click_subject("云陵市住房和城乡建设局")
    assert len(browser.all(".card")) == 2


def test_the_document_filter_keeps_the_duties_of_that_document(browser: Browser) -> None:
    browser.open("agencies")
    number = browser.run("return String(zhize.data.docs.findIndex((d) => d.title === '云陵市慢行系统建设工作方案'))")
    browser.pick("#filter-doc", number)
    browser.click_subject("云陵市公安局")
    assert browser.texts(".card .task") == ["整治占道停车"]
    browser.one("#panel .back").click()
    assert browser.texts(".figures div") == ["5\n机构", "5\n职责", "1\n文件", "3\n协作关系"]  # the unnamed group is hidden


def test_unnamed_groups_come_and_go(browser: Browser) -> None:
    browser.open("agencies")
    assert not any("各相关部门" in text for text in browser.texts(".rank button"))
    browser.one("#soft").click()
    assert any("各相关部门" in text for text in browser.texts(".rank button"))


def test_what_is_hidden_is_said_to_be_left_out(browser: Browser) -> None:
    browser.open("agencies")
    assert "“各有关部门”等 1 个泛称单位及其 1 条职责未计入，可勾选显示。" in browser.texts("p.note")
    browser.one("#soft").click()
    assert not any("泛称单位" in text for text in browser.texts("p.note"))


def test_the_threshold_draws_fewer_lines_and_says_so(browser: Browser) -> None:
    browser.open("agencies")
    assert browser.text("#drawn") == "图中 5 个节点、5 条连线"
    browser.one("#threshold").send_keys("\ue014")  # the right arrow key
    assert browser.text("#drawn") == "图中 5 个节点、3 条连线（共 5 条，其余低于下限）"
    browser.one("#filters button").click()
    assert browser.text("#drawn") == "图中 5 个节点、5 条连线"


def test_everything_is_reached_with_the_keyboard(browser: Browser) -> None:
    browser.open("agencies")
    seen: set[str] = set()
    for _ in range(30):
        browser.driver.switch_to.active_element.send_keys("\ue004")  # Tab
        active = browser.driver.switch_to.active_element
        seen.add(active.get_attribute("id") or active.text.split("\n")[0])
        if active.text.startswith("市公安局"):
            active.send_keys("\ue007")
            break
    assert browser.texts("#panel h2") == ["云陵市公安局"]
    assert {"query", "filter-role", "filter-doc", "threshold", "soft", "net", "tool-save", "tool-zoom_in"} <= seen
    browser.driver.switch_to.active_element.send_keys("\ue00c")  # Escape
    assert browser.texts("#panel h2") == ["总览"]


def test_arrow_keys_move_and_signs_zoom_the_drawing(browser: Browser) -> None:
    browser.open("agencies")
    before = browser.run("return [zhize.canvas.network.getScale(), zhize.canvas.network.getViewPosition().x]")
    browser.one("#net").send_keys("+", "\ue014")
    after = browser.run("return [zhize.canvas.network.getScale(), zhize.canvas.network.getViewPosition().x]")
    assert after[0] > before[0]
    assert after[1] > before[1]


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 768), (390, 844)])
@pytest.mark.parametrize("name", ["agencies", "policies", "english"])
def test_no_part_lies_over_another(name: str, width: int, height: int, browser: Browser) -> None:
    browser.open(name, width, height)
    script = """
      const parts = ['.top', '#tools', '.stage', '#panel', '#drawn', '#zoom', '#picture', '.heading', '.search'];
      return parts.map((part) => { const r = document.querySelector(part).getBoundingClientRect(); return [part, r.x, r.y, r.right, r.bottom]; });"""
    boxes = {part: box for part, *box in browser.run(script)}
    for group in ((".top", "#tools", ".stage", "#panel"), ("#drawn", "#zoom", "#picture"), (".heading", ".search")):
        for n, first in enumerate(group):
            for second in group[n + 1 :]:
                a, b = boxes[first], boxes[second]
                apart = a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1
                assert apart, (first, a, second, b)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    stage = boxes[".stage"]
    assert min(stage[2] - stage[0], stage[3] - stage[1]) >= 300


def test_nothing_to_draw_is_said(browser: Browser) -> None:
    browser.open("empty")
    assert browser.text("#empty") == "没有可画的内容。"


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("hostile")])
def test_hostile_words_stay_words(name: str, browser: Browser) -> None:
    browser.open(name)
    title = browser.driver.title
    count = browser.run("return document.querySelectorAll('script').length")
    script = """
      const panel = document.getElementById('panel'), said = [];
      zhize.data.subjects.forEach((_, n) => { zhize.choose(n); said.push(panel.textContent); });
      document.querySelectorAll('details').forEach((d) => { d.open = true; });
      zhize.choose(null);
      return said;"""
    said = browser.run(script)
    for bad, text in zip(browser.run("return zhize.data.subjects.map((s) => s.name)"), said, strict=True):
        assert text.count(bad) >= (2 if name == "hostile agency" else 4), bad
    for bad in HOSTILE[:9]:
        box = browser.one("#query")
        box.clear()
        box.send_keys(bad)
        browser.wait(lambda: browser.run("return !document.getElementById('hits').hidden"))
        assert bad in browser.text("#list")
        box.send_keys("\ue00c")
    assert browser.run("return typeof hacked") == "undefined"
    assert browser.run("return document.querySelectorAll('script').length") == count
    assert browser.all("img, svg, iframe, a:not([href^='#']), textarea, [onload], [onerror], body style") == []
    assert browser.run("return ({}).hacked === undefined && Object.keys(Object.prototype).length === 0")
    assert browser.driver.title == title
    assert browser.complaints() == []


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("hostile")])
def test_hostile_words_stay_words_in_filters_and_over_the_drawing(name: str, browser: Browser) -> None:
    browser.open(name)
    from selenium.webdriver import ActionChains

    place = browser.run("return zhize.canvas.place(0)")
    net = browser.one("#net")
    box = net.rect
    ActionChains(browser.driver).move_to_element_with_offset(
        net, int(place["x"] - box["width"] / 2), int(place["y"] - box["height"] / 2)
    ).perform()
    browser.wait(lambda: browser.run("return !document.getElementById('tip').hidden"))
    assert browser.run("return document.querySelector('#tip b').textContent === zhize.scene().things[0].name")
    options = browser.run("return [...document.querySelectorAll('#filter-place option')].map((o) => o.textContent)")
    assert any(HOSTILE[0] in option for option in options)
    assert browser.run("return typeof hacked") == "undefined"
