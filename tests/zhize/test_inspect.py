"""The proof-reading page: the text as it is, each fact in its place, nothing that a document says becomes markup."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from extract.models import RECORDS, DutyRecord, NoteRecord, SourceText
from extract.pipeline import extract_policy
from extract.policies.split import split
from extract.read import read_source
from graph.inspect_data import FURNITURE, KINDS, UNLABELLED, Proof, proof, stretches
from graph.inspect_page import inspect_page
from graph.inspect_texts import TEXTS
from tests.factories import HEAD
from tests.graph.view_rows import HOSTILE
from tests.zhize.conftest import Run
from zhize.sources import SAMPLE

SAMPLES = sorted(SAMPLE.glob("*.txt"))
BODY = """一、建设泊位。到2025年，新建泊位3000个。（责任单位：市星云办、市财政局）
— 31 —
二、规范收费。按照《云陵市停车收费办法》执行。（市发改委牵头，市城管局、市公安局）
三、加强管理。市公安局要疏导交通，安排专人负责停车秩序。
云陵市人民政府办公室
2023年3月1日
"""
TEXT = "目 录\n停车意见……1\n" + HEAD + BODY + "\n编辑：本刊编辑部\n"


def read(source: SourceText) -> list[Any]:
    return [(policy, list(extract_policy(policy))) for policy in split(source)]


@cache
def shown(text: str = TEXT) -> Proof:
    source = SourceText("a.txt", text, "")
    return proof(source, read(source))


def words_of(stretch: Any) -> str:
    return stretch if isinstance(stretch, str) else stretch[0]


def squeezed(text: str) -> str:
    return "".join(text.split())


class Page(HTMLParser):
    """The elements of a page, and what stands in its scripts and style sheets."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": [], "json": []}
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = "json" if dict(attrs).get("type") == "application/json" else tag
        if self._open in self.inside:
            self.inside[self._open].append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open in self.inside:
            self.inside[self._open][-1] += data


STRETCHES = [
    pytest.param([], ["abcdefgh"], id="nothing"),
    pytest.param([(2, 4, 0)], ["ab", ["cd", 0], "efgh"], id="one"),
    pytest.param([(0, 8, 0), (2, 4, 1)], [["ab", 0], ["cd", 0, 1], ["efgh", 0]], id="one inside another"),
    pytest.param([(1, 5, 0), (3, 7, 1)], ["a", ["bc", 0], ["de", 0, 1], ["fg", 1], "h"], id="one over another"),
    pytest.param([(2, 4, 0), (4, 6, 1)], ["ab", ["cd", 0], ["ef", 1], "gh"], id="side by side"),
    pytest.param([(2, 4, 1), (2, 4, 0)], ["ab", ["cd", 0, 1], "efgh"], id="two of the same words"),
    pytest.param([(2, 2, 0), (9, 12, 1), (6, 12, 2)], ["abcdef", ["gh", 2]], id="empty, outside, over the end"),
    pytest.param([(3, 5, FURNITURE), (2, 6, 0)], ["ab", ["c", 0], ["de", 0, FURNITURE], ["f", 0], "gh"], id="a page number inside a fact"),
]


@pytest.mark.parametrize(("marks", "expected"), STRETCHES)
def test_layers(marks: list[tuple[int, int, int]], expected: list[Any]) -> None:
    found = list(stretches("abcdefgh", 0, 8, marks))
    assert found == expected
    assert "".join(map(words_of, found)) == "abcdefgh"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_the_text_is_the_file_as_it_is(path: Path) -> None:
    source = read_source(path)
    found = proof(source, read(source))
    written = "".join(words_of(s) for section in found.sections for s in section.stretches)
    assert written in source.text
    assert squeezed(written) == squeezed(source.text)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_every_fact_is_coloured_on_its_words(path: Path) -> None:
    source = read_source(path)
    found = proof(source, read(source))
    words: dict[int, str] = {}
    for section in found.sections:
        for stretch in section.stretches:
            for number in stretch[1:] if isinstance(stretch, list) else ():
                words[int(number)] = words.get(int(number), "") + str(stretch[0])
    for number, item in enumerate(found.items):
        assert item.code in KINDS
        if item.code in ("clause", "note"):
            assert source.text.startswith(words.get(number, ""), item.start)
        else:
            assert words[number] == source.text[item.start : item.end], item


def test_sections_are_the_policies_and_what_lies_between() -> None:
    assert [dict(s.head)["title"] if s.head else None for s in shown().sections] == [None, "云陵市人民政府办公室关于推进停车工作的意见"]
    (gazette,) = [p for p in SAMPLES if "gazette" in p.stem]
    source = read_source(gazette)
    assert len([s for s in proof(source, read(source)).sections if s.head]) == len(list(split(source))) > 1


def test_page_numbers_are_set_apart() -> None:
    grey = [words_of(s) for section in shown().sections for s in section.stretches if isinstance(s, list) and FURNITURE in s]
    assert [squeezed(words) for words in grey] == ["—31—"]


def test_what_is_in_doubt_is_listed_first_and_once() -> None:
    items = [shown().items[n] for n in shown().todo]
    assert [(i.record, i.name) for i in items] == [
        ("duty", "云陵市星云办公室"),
        ("duty", "云陵市城市管理局"),
        ("note", "没有规则读到职责，但句中有“负责”和市公安局"),
        ("target", "新建泊位 3000个"),
        ("duty", "云陵市公安局"),
    ]
    assert "未登记的机构" in items[0].warnings[0] and "两种读法" in items[1].warnings[0]
    assert all(item.doubt for item in items)


def test_a_correction_is_nothing_to_check() -> None:
    source = SourceText("a.txt", TEXT, "")
    ((policy, records),) = read(source)
    note = NoteRecord(policy.head.policy, "a.txt", "一", "一", 60, 65, "corrected", "人工更正：删去职责“市教育局”", "")
    found = proof(source, [(policy, [*records, note])])
    assert [i.name for i in found.items if i.code == "note"] == [note.message, "没有规则读到职责，但句中有“负责”和市公安局"]
    assert [found.items[n].name for n in found.todo] == [shown().items[n].name for n in shown().todo]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_field_and_code_has_a_label(lang: Any) -> None:
    texts = TEXTS[lang]
    for cls in RECORDS.values():
        for field in dataclasses.fields(cls):
            assert field.name in UNLABELLED or f"f_{field.name}" in texts, field.name
    for kind in KINDS:
        assert texts[f"k_{kind}"]
    for path in SAMPLES:
        source = read_source(path)
        for item in proof(source, read(source)).items:
            for name, value in item.fields:
                if name in ("role", "form", "relation", "change", "prevails", "kind", "agency_kind", "agency_tier"):
                    assert f"v_{name}_{value}" in texts, (name, value)


def test_texts_are_used_and_complete() -> None:
    assets = Path(__file__).parents[2] / "graph" / "view_assets"
    script = (assets / "inspect.js").read_text(encoding="utf-8")
    asked = set(re.findall(r'\btext\("(\w+)"', script))
    assert asked <= set(TEXTS["zh"])
    for key, words in TEXTS["zh"].items():
        assert words and set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", TEXTS["en"][key])), key
    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|eval\(|https?:", script)


def hostile_page() -> str:
    body = "".join(f"{bad}（责任单位：市财政局、{bad}局）\n" for bad in HOSTILE) + "\u2028\u2029\n2023年3月1日\n"
    text = (HEAD + body).encode("utf-8", "replace").decode("utf-8")  # a decoded file holds no lone surrogates
    source = SourceText(HOSTILE[0], text, "")
    policies = read(source)
    assert any(isinstance(r, DutyRecord) for _, records in policies for r in records)
    return inspect_page(source, policies, title=HOSTILE[1])


def test_hostile_words_make_no_element() -> None:
    source = SourceText("a.txt", TEXT, "")
    friendly, hostile = Page(inspect_page(source, read(source))), Page(hostile_page())
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in friendly.elements]
    (data,) = hostile.inside["json"]
    assert not set(data) & set("<>&\u2028\u2029")
    words = "".join(words_of(part) for section in json.loads(data)["sections"] for part in section["parts"])
    assert all(bad in words for bad in HOSTILE if bad.isascii())


def test_nothing_is_loaded_and_only_its_own_script_may_run() -> None:
    page = Page(hostile_page())
    (policy,) = [a["content"] or "" for tag, a in page.elements if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for name in ("script", "style"):
        (text,) = page.inside[name]
        assert rules[f"{name}-src"] == f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
    for _, attributes in page.elements:
        assert not {"src", "href", "srcset", "style", "action"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
    assert not re.search(r"url\(|@import", page.inside["style"][0])


def test_the_same_document_gives_the_same_page() -> None:
    source = read_source(SAMPLES[0])
    assert inspect_page(source, read(source)) == inspect_page(source, read(source))


def test_command(run: Run, tmp_path: Path) -> None:
    result = run("inspect", SAMPLES[0], "-o", tmp_path / "p.html", "--title", "<b>题</b>")
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert result.stdout == "" and "p.html" in result.stderr
    assert "&lt;b&gt;题" in page and "<b>题" not in page
    assert not re.search(r"https?://", page)
    run("inspect", SAMPLES[0], "-o", tmp_path / "en.html", "--lang", "en", "--quiet")
    assert "proof-read" in (tmp_path / "en.html").read_text(encoding="utf-8")


def test_command_with_corrections(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    fixes = tmp_path / "c.yaml"
    fixes.write_text("aliases:\n- {mention: 市星云办, agency: 云陵市星云局}\n- {mention: 他处办, agency: 他局}\n", encoding="utf-8")
    result = run("inspect", tmp_path / "a.txt", "-o", tmp_path / "p.html", "--corrections", fixes)
    assert "人工更正：“市星云办”指云陵市星云局" in (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "他处办" not in result.stderr  # it may speak of another document


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        pytest.param("a.txt", None, 2, "a.txt", id="missing"),
        pytest.param("a.txt", "今天天气很好。\n", 1, "nothing found", id="nothing found"),
        pytest.param(".", "今天天气很好。\n", 2, "a page shows one", id="a folder with two documents"),
    ],
)
def test_command_on_what_it_cannot_show(name: str, content: str | None, code: int, said: str, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    if content is not None:
        for other in ("a.txt", "b.txt"):
            (folder / other).write_text(content, encoding="utf-8")
    assert said in run("inspect", folder / name, "-o", tmp_path / "p.html", code=code).stderr
    assert (tmp_path / "p.html").exists() == (code == 1)


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
needs_browser = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs Chromium and chromedriver (Debian: apt-get install chromium chromium-driver)")


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs selenium to open pages in a browser")
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    found = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        yield found
    finally:
        found.quit()


def opened(driver: Any, page: str, folder: Path, width: int = 1280) -> None:
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False})
    driver.get(path.as_uri())


def press(driver: Any, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    for key in keys:
        ActionChains(driver).send_keys(key).perform()


def heading(driver: Any) -> str:
    return str(driver.execute_script("return document.querySelector('#panel h2').textContent"))


@needs_browser
@pytest.mark.parametrize("width", [1280, 390])
def test_keys_lead_from_fact_to_fact(width: int, driver: Any, tmp_path: Path) -> None:
    source = SourceText("a.txt", TEXT, "")
    opened(driver, inspect_page(source, read(source)), tmp_path, width)
    names = [i.name for i in shown().items if i.code != "clause"]
    press(driver, "j")
    assert heading(driver) == names[0]
    press(driver, "j", "j")
    assert heading(driver) == names[2]
    press(driver, "k", "k", "k")
    assert heading(driver) == names[-1]  # round to the last
    press(driver, "\ue00c")
    assert heading(driver).startswith("待核对")
    press(driver, "u")
    assert heading(driver) in [shown().items[n].name for n in shown().todo]
    box = driver.execute_script("const r = document.querySelector('.chosen').getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]")
    panel = driver.execute_script("const r = document.querySelector('#panel').getBoundingClientRect(); return [r.left, r.top]")
    assert box[0] >= 0 and box[1] >= 0 and box[2] <= width and (box[3] <= panel[1] or box[2] <= panel[0])
    assert driver.execute_script("return document.documentElement.scrollWidth") == width
    assert driver.get_log("browser") == []


@needs_browser
def test_a_click_shows_the_record_and_filters_take_colours_away(driver: Any, tmp_path: Path) -> None:
    source = SourceText("a.txt", TEXT, "")
    opened(driver, inspect_page(source, read(source)), tmp_path)
    (unit,) = driver.find_elements("css selector", ".k-lead[data-at]")
    unit.click()
    panel = driver.find_element("css selector", "#panel").text
    for words in ("云陵市发展和改革委员会", "责任方式\n牵头", "原文名称\n市发改委", "同一名单", "云陵市公安局"):
        assert words in panel
    at = next(i for i in shown().items if i.code == "lead")
    assert f"第 {at.start}–{at.end} 字" in panel
    entry = driver.execute_script("return document.querySelector('#panel pre').textContent")
    assert f"start: {at.start}" in entry and 'quote: "市发改委"' in entry
    driver.find_element("css selector", "[data-kind=lead]").click()
    assert driver.find_elements("css selector", ".m.k-lead") == []


@needs_browser
def test_the_words_on_the_screen_are_those_of_the_file(driver: Any, tmp_path: Path) -> None:
    opened(driver, hostile_page(), tmp_path)
    words = driver.execute_script("return document.getElementById('stage').textContent")
    assert all(bad in words for bad in HOSTILE if bad.isascii())
    assert driver.execute_script("return typeof hacked") == "undefined"
    assert driver.get_log("browser") == []
    opened(driver, inspect_page(read_source(SAMPLES[2]), read(read_source(SAMPLES[2]))), tmp_path)
    texts = driver.execute_script("return [...document.querySelectorAll('.text')].map((e) => e.textContent)")
    assert squeezed("".join(texts)) == squeezed(read_source(SAMPLES[2]).text)
