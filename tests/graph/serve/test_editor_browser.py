"""The editor in a real browser: what a person types, sees, marks, shares and saves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest

from graph.serve.settings import ServeSettings
from tests.graph.explorer.test_browser import CONTRAST
from tests.graph.serve.server import SLOW, Client, running
from tests.graph.view_rows import HOSTILE
from tests.graph.view_window import NEEDED, Browser, window

pytestmark = NEEDED

ENTER, DOWN, CONTROL_SPACE, CONTROL_ENTER = "\ue007", "\ue015", "\ue009 \ue000", "\ue009\ue007\ue000"
NAMES = "SELECT ?a ?name (5 AS ?n) WHERE { ?a a org:FormalOrganization ; skos:prefLabel ?name } ORDER BY ?name"


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Client]:
    with running(folder, ServeSettings(timeout=20, max_rows=1_200)) as client:
        yield client


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with window(tmp_path_factory.mktemp("editor"), {}) as opened:
        yield opened


def go(browser: Browser, address: str, width: int = 1280, height: int = 900, scheme: str = "light") -> None:
    """Open a page and wait until its script has begun; earlier complaints are forgotten."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    browser.driver.get("about:blank")
    browser.complaints()
    browser.driver.get(address)
    until(lambda: browser.run("return document.documentElement.dataset.ready") == "yes")


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def shared(server: Client, query: str) -> str:
    return f"{server.address}/query#query={quote(query, safe='')}"


def text(browser: Browser) -> str:
    found: str = browser.run("return document.querySelector('.CodeMirror').CodeMirror.getValue()")
    return found


def write(browser: Browser, query: str, line: int | None = None, column: int = 0) -> None:
    """Put ``query`` into the editor, and the cursor at a place (from 0), at the end where none is given."""
    script = """const editor = document.querySelector('.CodeMirror').CodeMirror; editor.setValue(arguments[0]); editor.focus();
      editor.setCursor(arguments[1] === null ? { line: editor.lineCount(), ch: 0 } : { line: arguments[1], ch: arguments[2] });"""
    browser.run(script, query, line, column)


def keys(browser: Browser, words: str) -> None:
    browser.active.send_keys(words)


def answered(browser: Browser) -> None:
    until(lambda: browser.run("return !document.getElementById('answer').hidden"))


def test_a_query_is_typed_completed_and_run(server: Client, browser: Browser) -> None:
    go(browser, server.address + "/query")
    write(browser, "SELECT ?duty ?r WHERE {\n  ?duty a zhize:Duty ;\n     ?r .\n}", 2, 4)
    keys(browser, "zhize:rol")
    until(lambda: browser.texts(".CodeMirror-hint b")[:1] == ["zhize:role"])
    assert browser.texts(".CodeMirror-hint span")[0] == "角色" and browser.texts(".CodeMirror-hint small")[0] == "属性"
    keys(browser, ENTER)
    assert "    zhize:role ?r ." in text(browser)
    assert browser.all(".wrong-line") == []
    browser.one("#run").click()
    answered(browser)
    assert browser.texts("#result th") == ["duty", "r"]
    assert len(browser.all("#result tbody tr")) == 5
    assert browser.text("#status").startswith("5 行 · 用时")
    assert "zhize:role-lead" in browser.texts("#result td:last-child")
    link = browser.one("#result td a").get_attribute("href")
    assert link.startswith(server.address + "/fact?iri=https%3A%2F%2Fw3id.org%2Fzhize%2Fid%2Fpolicy%2F")
    assert browser.complaints() == []


LINKED = """SELECT DISTINCT ?thing { VALUES ?kind { zhize:Duty zhize:Policy zhize:CitedDocument zhize:Citation zhize:Target zhize:Reference zhize:Note
  zhize:Precedence org:FormalOrganization zhize:Clause eli:LegalResourceSubdivision prov:Entity } ?thing a ?kind }"""


def test_what_has_a_page_leads_to_it(server: Client, browser: Browser) -> None:
    go(browser, shared(server, LINKED))
    answered(browser)
    things = browser.run("""return [...document.querySelectorAll('#result td > *')].map((e) => [e.title, e.getAttribute('href')])""")
    kinds = {address.split("?")[0] for _, address in things if address}
    assert kinds == {"/agency", "/policy", "/fact"} and any(address is None for _, address in things)
    for thing, address in things:
        if address:
            assert server.get(address, "text/html").status == 200, thing


def test_terms_are_found_by_their_chinese_label(server: Client, browser: Browser) -> None:
    go(browser, server.address + "/query")
    write(browser, "SELECT * WHERE {\n  ?duty \n}", 1, 8)
    keys(browser, "承担")
    until(lambda: "odrl:assignee" in browser.texts(".CodeMirror-hint b"))
    at = browser.texts(".CodeMirror-hint b").index("odrl:assignee")
    keys(browser, DOWN * at + ENTER)
    assert text(browser).split("\n")[1] == "  ?duty odrl:assignee"


def test_variables_are_completed_and_words_in_comments_are_not(server: Client, browser: Browser) -> None:
    go(browser, server.address + "/query")
    write(browser, "SELECT * WHERE { ?document a zhize:Policy . \n }", 1, 0)
    keys(browser, "?doc")
    until(lambda: browser.texts(".CodeMirror-hint")[:1] == ["?document"])
    keys(browser, "\ue00c")
    write(browser, "# \nASK {}", 0, 2)
    keys(browser, "zhize:role")
    time.sleep(0.4)
    assert browser.all(".CodeMirror-hint") == []


@pytest.mark.parametrize(
    ("query", "line", "marked"),
    [
        pytest.param("SELECT * WHERE {\n  ?d nix:p ?o .\n}", 2, "nix:p", id="an unknown prefix"),
        pytest.param("SELECT * WHERE {\n  # 中文注释\n  ?d 责任 ?o .\n}", 3, "责任", id="a word that is no term"),
        pytest.param("SELECT * WHERE {\n  ?d ?p ?o .\n} LIMIT x", 3, "x", id="a limit that is no number"),
        pytest.param("SELECT (COUNT(?x) AS ?n) ?y WHERE { ?x ?p ?y }", 1, None, id="what only the engine sees"),
    ],
)
def test_an_error_is_marked_where_it_is(server: Client, browser: Browser, query: str, line: int, marked: str | None) -> None:
    go(browser, server.address + "/query")
    write(browser, query)
    keys(browser, CONTROL_ENTER)
    until(lambda: browser.run("return !document.getElementById('error').hidden"))
    assert f"第 {line} 行" in browser.text("#error")
    assert browser.run("return document.getElementById('answer').hidden")
    if marked:
        assert "".join(browser.texts(".place")) == marked
        assert ("前缀没有声明" if ":" in marked else "此处应为") in browser.text("#error")
    write(browser, NAMES)  # the mark goes with the change
    assert browser.all(".place, .wrong-line") == []
    keys(browser, CONTROL_ENTER)
    answered(browser)
    assert browser.run("return document.getElementById('error').hidden")


@pytest.mark.parametrize(
    ("query", "said"), [("DROP ALL", "只能读取本图"), ("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", "只能读取本图")]
)
def test_what_is_refused_is_said(server: Client, browser: Browser, query: str, said: str) -> None:
    go(browser, shared(server, query))
    until(lambda: said in browser.text("#error"))


def test_a_named_query_with_its_parameter(server: Client, browser: Browser) -> None:
    go(browser, server.address + "/query")
    browser.driver.find_element("link text", "一个机构承担哪些职责？").click()
    until(lambda: browser.all("#p-agency"))
    answered(browser)
    first = browser.text("#result")
    field = browser.one("#p-agency")
    field.clear()
    field.send_keys("市公安局" + ENTER)
    until(lambda: "agency=" in browser.driver.current_url)
    answered(browser)
    assert browser.one("#p-agency").get_attribute("value") == "云陵市公安局"
    assert browser.text("#result") != first
    assert browser.driver.current_url.startswith(server.address + "/query/named/agency-duties?")  # the link that can be shared
    assert not browser.one("#editor").is_displayed()
    browser.one("#code summary").click()
    until(lambda: "VALUES ?agency" in browser.text(".CodeMirror"))
    assert browser.complaints() == []


def test_a_name_that_may_be_several_offers_them(server: Client, browser: Browser) -> None:
    go(browser, server.address + "/query/named/agency-duties?agency=" + quote("市公安"))
    assert "没有承担职责的机构" in browser.text(".why")
    browser.driver.find_element("xpath", "//button[text()='云陵市公安局']").click()
    until(lambda: browser.driver.current_url.endswith(quote("云陵市公安局")))
    answered(browser)
    assert browser.one("#p-agency").get_attribute("value") == "云陵市公安局"


def test_a_link_is_shared_and_opened_again(server: Client, browser: Browser) -> None:
    go(browser, server.address + "/query")
    write(browser, NAMES + " # 100% “中文” & <b>")
    browser.one("#run").click()
    answered(browser)
    rows = browser.text("#result")
    browser.one("#share").click()
    until(lambda: browser.one("#link").is_displayed())
    link = browser.one("#link").get_attribute("value")
    assert link == browser.driver.current_url
    go(browser, link)
    answered(browser)
    assert text(browser) == NAMES + " # 100% “中文” & <b>"
    assert browser.text("#result") == rows


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("ASK { ?d a zhize:Duty }", "是（true）"),
        ("ASK { ?d a zhize:Nothing }", "否（false）"),
        ("SELECT * { ?d a zhize:Nothing }", "没有符合条件的结果。"),
        ("CONSTRUCT WHERE { ?d a zhize:Duty }", "a zhize:Duty ."),
    ],
)
def test_answers_of_other_kinds(server: Client, browser: Browser, query: str, said: str) -> None:
    go(browser, shared(server, query))
    answered(browser)
    assert said in browser.text("#result")
    forms = [button for button in browser.texts("#files button") if button]
    assert forms == (["Turtle", "N-Triples", "JSON-LD"] if query.startswith("CONSTRUCT") else ["Excel", "CSV", "TSV", "JSON"])


def test_a_long_answer_is_drawn_in_parts_and_a_cut_one_says_so(server: Client, browser: Browser) -> None:
    numbers = " ".join(f"({n})" for n in range(700))
    go(browser, shared(server, f"SELECT ?n {{ VALUES (?n) {{ {numbers} }} }}"))
    answered(browser)
    assert len(browser.all("#result tbody tr")) == 500 and browser.text("#shown") == "已显示 500 / 700 行"
    assert not browser.one("#cut").is_displayed()
    browser.run("document.getElementById('more').click()")  # the page scrolls smoothly: a click would come too early
    assert len(browser.all("#result tbody tr")) == 700 and not browser.one("#more").is_displayed()
    go(browser, shared(server, "SELECT ?a ?c { ?a ?b ?c . ?d a ?e }"))
    answered(browser)
    assert browser.one("#cut").is_displayed() and "只有前 1,200 行" in browser.text("#cut")
    browser.one("#files [data-form=csv]").click()  # all or nothing
    until(lambda: "超过服务器上限（1,200 行" in browser.text("#error"))


def test_a_slow_query_is_stopped(server: Client, browser: Browser) -> None:
    go(browser, shared(server, SLOW))
    until(lambda: browser.one("#stop").is_displayed() and server.app.state.engines.running)
    browser.one("#stop").click()
    until(lambda: browser.text("#status") == "已停止。")
    until(lambda: not server.app.state.engines.running)
    assert not browser.one("#stop").is_displayed()


@pytest.mark.parametrize("form", ["xlsx", "csv", "tsv", "json"])
def test_answers_are_saved(server: Client, browser: Browser, tmp_path: Path, form: str) -> None:
    browser.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    go(browser, shared(server, NAMES))
    answered(browser)
    browser.one(f"#files [data-form={form}]").click()
    until(lambda: (tmp_path / f"zhize-query.{form}").exists())
    assert (tmp_path / f"zhize-query.{form}").stat().st_size > 100
    assert browser.complaints() == []


def test_hostile_words_stay_words(server: Client, browser: Browser) -> None:
    words = ["".join(c for c in word if not 0xD800 <= ord(c) < 0xE000) for word in HOSTILE if "\\" not in word]
    values = " ".join('("' + word.replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r") + '")' for word in words)
    hostile = f'SELECT ?x ?i {{ VALUES (?x) {{ {values} }} BIND(IRI(CONCAT("javascript:hacked=1//", ENCODE_FOR_URI(?x))) AS ?i) }}'
    go(browser, shared(server, hostile))
    answered(browser)
    shown = browser.run("return [...document.querySelectorAll('#result td:first-child')].map((cell) => cell.textContent)")
    assert len(shown) > 12 and shown == words
    assert browser.all("#result a, #result img, #result script, #result svg, #result iframe") == []
    assert browser.run("return typeof hacked") == "undefined"
    assert browser.complaints() == []
    for word in HOSTILE[:8]:  # as a query, which the page repeats in its error
        go(browser, shared(server, "SELECT " + word))
        until(lambda: browser.run("return !document.getElementById('error').hidden || !document.getElementById('answer').hidden"))
        assert browser.run("return typeof hacked") == "undefined"


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_stored(server: Client, browser: Browser) -> None:
    go(browser, server.address + "/query")
    write(browser, "SELECT * { ?s foaf:", 0, 19)
    keys(browser, CONTROL_SPACE)
    time.sleep(0.5)
    loaded = browser.run("return performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert loaded and all(name.startswith(server.address + "/") for name in loaded)
    assert browser.run("return localStorage.length + sessionStorage.length + document.cookie.length") == 0
    assert [said for said in browser.complaints() if "favicon" not in said] == []


COLOURED = """# 注释
SELECT ?a (5 AS ?n) ("x"@zh AS ?z) WHERE { ?a a org:FormalOrganization ; <http://x/> "y"^^xsd:date FILTER(?a != 1.5 && !false) } LIMIT"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", [pytest.param(COLOURED, id="wrong"), pytest.param(COLOURED + " 5", id="right")])
def test_every_colour_can_be_read(server: Client, browser: Browser, query: str, scheme: str) -> None:
    go(browser, shared(server, query), scheme=scheme)
    until(lambda: browser.run("return !document.getElementById('error').hidden || !document.getElementById('answer').hidden"))
    assert browser.run(CONTRAST) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 1024, 390, 320])
@pytest.mark.parametrize("path", ["/query", "/query?lang=en", "/query/named/agency-duties", "/query/named/duties-due?lang=en"])
def test_every_width_and_scheme(server: Client, browser: Browser, path: str, width: int, scheme: str) -> None:
    go(browser, server.address + path, width, 844, scheme)
    if path.endswith(("query", "query?lang=en")):
        browser.one("#run").click()
    answered(browser)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.complaints() == []
    script = """return [...document.querySelectorAll('.desk > *, .work > *')].filter((e) => e.getClientRects().length).map((e) => {
      const box = e.getBoundingClientRect(); return [e.className || e.tagName, box.left, box.top, box.right, box.bottom]; });"""
    boxes = browser.run(script)
    for name, left, top, right, bottom in boxes:
        assert 0 <= left <= right <= width + 1 and bottom >= top, name
    parts = [box for box in boxes if box[0] not in ("work", "catalogue")]
    for above, below in pairwise(parts):
        assert above[4] <= below[2] + 1, (above, below)
