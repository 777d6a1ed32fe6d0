"""The pages in a real browser: the way from a search to the words in the text, hostile words, widths, colours, without scripts."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from graph import answers
from graph.store import open_store
from tests.graph.explorer.hostile import WORDS
from tests.graph.explorer.page import AGENCY, Site, select
from tests.graph.view_window import NEEDED, Browser

pytestmark = NEEDED

CONTRAST = """
const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3])).concat([1]);
const light = (c) => { const [r, g, b] = c.slice(0, 3).map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
  return .2126 * r + .7152 * g + .0722 * b; };
const ground = (e) => { const layers = []; for (let at = e; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
  return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255, 1]); };
const bad = [];
for (const e of document.querySelectorAll('body *')) {
  if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || !e.getClientRects().length || e.closest('.unseen, .skip, option')) continue;
  const style = getComputedStyle(e), back = ground(e), front = over(parse(style.color), back);
  const [a, b] = [light(front), light(back)].sort((x, y) => y - x), ratio = (a + .05) / (b + .05);
  if (ratio < 4.5) bad.push([e.tagName, e.className, e.textContent.trim().slice(0, 20), ratio.toFixed(2)].join(' '));
}
return bad;"""


def go(browser: Browser, url: str, width: int = 1280, height: int = 900, scheme: str = "light") -> None:
    """Open a page; what the browser has complained of before is forgotten."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    browser.complaints()
    browser.driver.get(url)


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def words(browser: Browser, selector: str, *, at: str = "") -> list[str]:
    """The words of the elements, asked at once; none while a page is under way, or another than one with ``at`` in its address."""
    if at not in browser.driver.current_url:
        return []
    found: list[str] = browser.run(
        "return document.readyState === 'complete' ? [...document.querySelectorAll(arguments[0])].map((e) => e.innerText) : []", selector
    )
    return found


def title(browser: Browser) -> str:
    return "".join(words(browser, "h1"))


def test_from_a_search_to_the_words_in_the_text_and_on_to_the_network(browser: Browser, address: str) -> None:
    go(browser, address + "/")
    browser.one("#word").send_keys("市城管局\ue007")
    until(lambda: title(browser) == "“市城管局”的搜索结果")
    browser.one(".meant a").click()
    until(lambda: title(browser) == "云陵市城市管理局")
    browser.pick("#f-role", "lead")  # applies at once
    until(lambda: set(words(browser, ".rows .role", at="role=lead")) == {"牵头"})
    task = browser.texts(".rows .task")[0]
    browser.one(".rows .task").click()
    until(lambda: task in title(browser))
    (marked,) = browser.all("mark.here")
    assert marked.text in ("市城市管理局", "市城管局", "城管局", "市城市管理行政执法局")
    assert browser.run("return getComputedStyle(arguments[0]).backgroundColor", marked) == "rgb(255, 226, 122)"
    assert "SHA-256" in browser.text(".columns") and "zhize-" in browser.text(".columns")
    browser.one(".crumbs a").click()
    until(lambda: task in "".join(words(browser, ".outline")))
    browser.driver.find_element("link text", "协作网络图").click()
    until(lambda: browser.all("iframe.network"))
    browser.driver.switch_to.frame(browser.one("iframe.network"))
    until(lambda: browser.run("return document.querySelectorAll('canvas').length") == 1)
    assert browser.run("return typeof zhize.choose") == "function"
    browser.driver.switch_to.default_content()
    assert browser.complaints() == []


def test_everything_works_without_scripts(browser: Browser, address: str) -> None:
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        go(browser, f"{address}/agency/{quote(AGENCY)}")
        browser.pick("#f-role", "support")
        browser.one(".filters .go button").click()
        until(lambda: set(words(browser, ".rows .role", at="role=support")) == {"配合"})
        browser.one(".rows .task").click()
        until(lambda: browser.all("mark.here"))
        go(browser, f"{address}/agency/{quote(AGENCY)}", 390, 844)
        assert not browser.one("#f-role").is_displayed()
        browser.one(".opener").click()
        assert browser.one("#f-role").is_displayed()
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_the_keyboard_reaches_the_search_and_the_text(browser: Browser, address: str) -> None:
    go(browser, f"{address}/policies")
    browser.active.send_keys("\ue004")
    assert browser.active.get_attribute("class") == "skip"
    assert browser.run("return document.activeElement.getBoundingClientRect().top") >= 0
    browser.active.send_keys("\ue007")
    until(lambda: browser.run("return document.activeElement.id") == "main")
    browser.one("body").send_keys("/")
    assert browser.active.get_attribute("id") == "seek"
    assert browser.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"


PATHS = (
    "/", "/search?q=停车", "/search?q=市税务局", "/agencies", f"/agency/{AGENCY}", "/duties", "/policies", "/targets", "/citations",
    "/review", "/network", "/indicator?name=全市新增公共停车泊位", "/agency/市税务局",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_is_wider_than_the_window(browser: Browser, address: str, path: str, width: int) -> None:
    go(browser, address + quote(path, safe="/?=&"), width, 844)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.complaints() == [] or path == "/agency/市税务局"  # the browser reports the status 404
    wide = browser.run("""return [...document.querySelectorAll('main *')].filter((e) => !e.closest('.sheet, nav, .unseen') &&
      e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.tagName + '.' + e.className)""")
    assert wide == []


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(browser: Browser, address: str, path: str, scheme: str) -> None:
    go(browser, address + quote(path, safe="/?=&"), scheme=scheme)
    assert browser.run(CONTRAST) == []


def _every_page(site: Site, folder: Path) -> list[str]:
    """The address of each kind of page, for each of the hostile documents."""
    lists = ["/", "/agencies", "/duties", "/duties?page=2", "/policies", "/policies?held=no", "/targets", "/citations", "/review",
             "/network", "/network?kind=policies"]  # fmt: skip
    paths = list(lists)
    for path in ("/agencies", "/policies", "/policies?held=no", "/targets"):
        paths += [a.get("href") for a in select(site.get(path).tree, ".rows .wide a")]
    store = open_store(folder)
    facts = [*(d.iri for d in answers.all_duties(store)), *(t.iri for t in answers.targets(store)), *(n.iri for n in answers.notes(store))]
    paths += [f"/fact?iri={quote(iri, safe='')}" for iri in facts]
    return list(dict.fromkeys(paths))


def test_hostile_words_stay_words_on_every_page(
    browser: Browser, crowded_site: Site, crowded_folder: Path, crowded_address: str
) -> None:
    paths = _every_page(crowded_site, crowded_folder)
    paths += [f"/search?q={quote(bad, errors='replace')}" for bad in WORDS]
    paths += [f"/agency/{quote(bad, safe='', errors='replace')}" for bad in WORDS if bad not in (".", "..")]
    paths += [f"/indicator?name={quote(bad, safe='', errors='replace')}" for bad in WORDS]
    assert len(paths) > 5 * len(WORDS)
    go(browser, crowded_address + "/")
    for path in paths:
        browser.driver.get(crowded_address + path)
        said = browser.run("""return [typeof hacked, document.scripts.length,
          [...document.querySelectorAll('main img, main iframe:not(.network), main script, main style, main meta, main textarea, base, object, embed, [onload], [onerror], [style]')].map((e) => e.outerHTML),
          [...document.querySelectorAll('a[href]')].filter((a) => a.origin !== location.origin).map((a) => a.href),
          [...document.querySelectorAll('form')].filter((f) => new URL(f.action).origin !== location.origin).length,
          document.body.innerText.match(/[\\u202a-\\u202e\\u2066-\\u2069]/g), document.querySelectorAll('main').length,
          Object.keys(Object.prototype).length]""")
        assert said == ["undefined", 1, [], [], 0, None, 1, 0], path
    assert [c for c in browser.complaints() if "status of 40" not in c] == []


@pytest.mark.parametrize("number", range(len(WORDS)))
def test_hostile_words_are_shown_as_they_are(hostile_site: Site, number: int) -> None:
    from graph.plain import plain

    bad = plain(WORDS[number].replace("\ud800", "?"))
    (row,) = [r for r in select(hostile_site.get("/policies").tree, ".rows .wide a") if "".join(bad.split()) in "".join(r.text_content().split())][:1]
    page = hostile_site.get(row.get("href"))
    for selector in ("h1", ".facts", ".outline"):
        assert "".join(bad.strip("《》").split()) in "".join(page.text(selector).split()), selector
