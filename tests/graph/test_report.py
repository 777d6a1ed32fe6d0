"""The report: one page without scripts whose every number leads to its evidence, printed in a real browser."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import graph
from graph.analysis import Facts, Scope, judged
from graph.charts import Bar, Canvas, Part, load_chart
from graph.charts.canvas import em, fit
from graph.network import ROLES
from graph.report import report
from graph.report.book import MOST_IN_LIST, Book, Listing
from graph.report.model import prose
from graph.report.texts import Texts, _rows
from tests.graph.rows import assignment
from tests.graph.test_analysis import facts, target
from tests.graph.test_analysis_documents import facts as papers
from tests.graph.view_rows import HOSTILE, hostile_duties, hostile_links
from tests.graph.view_window import CHROMIUM, FLAGS

VOID = {"meta", "br", "img", "input", "link"}


class Page(HTMLParser):
    """Elements and anchors of a page; ``text`` is what a reader sees."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.style = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "elements are closed in order"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.text += data

    @property
    def ids(self) -> list[str]:
        return [a["id"] or "" for _, a in self.elements if "id" in a]

    @property
    def links(self) -> set[str]:
        return {a["href"] or "" for _, a in self.elements if "href" in a}


def hostile() -> Facts:
    """Every word of every row is an attack."""
    duties, agencies = hostile_duties()
    policies, links = hostile_links()
    attacked = [replace(d, deadline="2025-01-01" if n % 2 else d.deadline) for n, d in enumerate(duties)]
    targets = tuple(target(bad, indicator=bad, value=bad, unit=bad, by=bad, policy=bad, title=bad) for bad in HOSTILE)
    return judged(Facts(tuple(attacked), tuple(agencies), tuple(policies), tuple(links), targets))


def full() -> Facts:
    """Duties, deadlines, standing, repeals, a circle and gaps at once."""
    one, two = facts(), papers()
    known = {p.iri: p for p in (*one.policies, *two.policies)}
    return judged(replace(one, policies=tuple(known.values()), links=(*one.links, *two.links),
                          targets=(target("t:1", by="2025"), target("t:2", value="120", by="2025", policy="p:scheme"))))  # fmt: skip


PAGES: dict[str, Callable[[], str]] = {
    "whole": lambda: report(full()),
    "english": lambda: report(full(), lang="en"),
    "hostile": lambda: report(hostile(), Scope(city=HOSTILE[0], policy=HOSTILE[2]), title=HOSTILE[1]),
    "empty": lambda: report(judged(Facts())),
    "duties alone": lambda: report(judged(Facts(duties=tuple(assignment("a", ("lead", "云陵市财政局")))))),
    "documents alone": lambda: report(papers()),
}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {name: make() for name, make in PAGES.items()}


@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_is_whole_runs_nothing_and_loads_nothing(name: str, pages: dict[str, str]) -> None:
    page = Page(pages[name])
    assert page.open == []
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "use", "image", "foreignobject"}
    for _, attributes in page.elements:
        assert not any(key.startswith("on") or key in ("style", "src", "srcset", "srcdoc", "xlink:href") for key in attributes)
    assert all(re.fullmatch(r"#[\w-]{1,20}", href) for href in page.links)
    policy = next(a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in page.style and "@import" not in page.style


def test_the_sentences_count_what_the_cards_count(pages: dict[str, str]) -> None:
    facts = full()
    words = "".join(Page(pages["whole"]).text.split())
    leads, dated = [d for d in facts.duties if d.role == "lead"], [d for d in facts.duties if d.deadline[:2] == "20"]
    unnamed = {a.iri for a in facts.agencies if a.kind == "unnamed"}
    left_out = [d for d in facts.duties if d.agency_iri in unnamed]
    assert f"{len(facts.duties)}条职责" in words and f"{len(leads)}条牵头职责" in words and f"{len(dated)}条写明日期" in words
    assert f"牵头职责共{len(leads)}条，占全部职责的{len(leads) / len(facts.duties):.1%}" in words
    assert f"职责共{len(dated)}条" in words or f"写明具体日期的职责{len(dated)}条" in words
    assert f"等{len(unnamed)}个未点名单位的{len(left_out)}条" in words and left_out
    assert "未点名单位的" not in report(judged(Facts(duties=tuple(assignment("a", ("lead", "云陵市财政局"))))))


@pytest.mark.parametrize("name", list(PAGES))
def test_every_number_leads_to_an_entry(name: str, pages: dict[str, str]) -> None:
    page = Page(pages[name])
    assert {href[1:] for href in page.links} <= set(page.ids)
    assert len(set(page.ids)) == len(page.ids)


def test_words_of_a_document_stay_words(pages: dict[str, str]) -> None:
    page = Page(pages["hostile"])
    for bad in HOSTILE:
        if not any(ord(c) < 32 or "\ud800" <= c < "\ue000" or c in "\u2028\u2029" for c in bad):
            assert bad in page.text, bad
    assert len([tag for tag, _ in page.elements if tag == "style"]) == 1


def test_the_evidence_gives_words_and_place(pages: dict[str, str]) -> None:
    assert "（责任单位：按本行所列）" in Page(pages["whole"]).text
    assert re.search(r"<code>yunling\.txt:\d{1,4}–\d{1,4}</code>", pages["whole"])


@pytest.mark.parametrize(("name", "said"), [("whole", "谁承担什么"), ("english", "Who carries what"), ("empty", "没有可分析的内容")])
def test_languages(name: str, said: str, pages: dict[str, str]) -> None:
    assert said in Page(pages[name]).text


def test_english_pages_hold_no_chinese_of_ours(pages: dict[str, str]) -> None:
    ours = {zh for key, (zh, _) in _rows().items() if key.startswith(("s_", "fig_", "tab_", "card_")) and "{" not in zh}
    assert not [zh for zh in ours if zh in Page(pages["english"]).text]


def test_every_word_of_the_table_is_used() -> None:
    folder = Path(graph.__file__).parent
    code = "".join(p.read_text(encoding="utf-8") for p in (*(folder / "report").glob("*.py"), folder / "view_assets" / "report.html"))
    built = {f"col_{c}" for c in ("state", "province", "held", "other")}
    assert not [key for key in _rows() if not re.search(rf"""["']{key}["']""", code) and key not in built]


def test_texts_fill_in_once() -> None:
    assert Texts()("scope_policy", policy="{policy}{since}") == "标题或文号含“{policy}{since}”"
    assert [c.text for c in prose("{a}和{b}", a="{b}", b=3).parts] == ["{b}", "和", "3"]


def test_another_process_makes_the_same_page(tmp_path: Path) -> None:
    """Sets of strings have another order there, and so have the dates and ids of matplotlib."""
    root = Path(graph.__file__).parent.parent
    code = "import sys; from tests.graph.test_report import full, report; sys.stdout.buffer.write(report(full()).encode())"
    made = []
    for seed in ("1", "2"):
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(root), "MPLCONFIGDIR": str(tmp_path)}
        made.append(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=root, env=env).stdout)
    assert made[0] == made[1] and b"<svg" in made[0]


def test_runs_of_numbers_are_drawn_together() -> None:
    assert Listing("S1", "", ("D5", "D3", "D4", "D9", "L1", "D10"), 0).runs == (("D3", "D5"), ("D9", "D10"), ("L1", "L1"))


def test_a_long_list_is_cut_and_says_so() -> None:
    rows = [d for n in range(MOST_IN_LIST + 5) for d in assignment(f"a{n}", ("lead", "云陵市财政局"))]
    book = Book(judged(Facts(duties=tuple(rows))))
    assert book.duties(rows, "全部") == "#S1"
    (listing,) = book.listings
    assert (len(listing.ids), listing.more) == (MOST_IN_LIST, 5)
    assert (book.duties(rows[:1], ""), book.duties([], "")) == ("#D1", "")


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        pytest.param("云陵市财政局", 30, "云陵市财政局", id="room enough"),
        pytest.param("云陵市财政局", 12, "云陵市…", id="cut"),
        pytest.param("", 5, "", id="nothing"),
    ],
)
def test_names_are_cut_to_their_room(text: str, width: float, expected: str) -> None:
    assert fit(text, width, 8) == expected


def test_latin_letters_are_narrower() -> None:
    assert em("财政") == 2 and em("ab") == pytest.approx(1.12)


def test_text_stays_text_and_no_formula() -> None:
    sheet = Canvas(50, 20)
    sheet.text(5, 10, "市$x^2$局<b>&\x00", link="#a", halo=True)
    svg = sheet.svg('"><b>')
    assert "市$x^2$局&lt;b&gt;&amp;\ufffd</text>" in svg and '<a href="#a">' in svg
    assert "style=" not in svg and "DejaVu" not in svg and 'aria-label="&quot;&gt;&lt;b&gt;"' in svg


def test_bars_are_as_long_as_their_numbers() -> None:
    bars = [Bar("甲", {"lead": Part(1, "#a"), "support": Part(3, "#b")}, Part(4)), Bar("乙", {"responsible": Part(2)}, Part(2))]
    svg = load_chart(bars, dict.fromkeys(ROLES, ""), "")
    widths = []
    for path in re.findall(r'd="M ([\d.]+) [\d.]+ L ([\d.]+) [^"]*z"', svg)[len(ROLES) :]:
        widths.append(float(path[1]) - float(path[0]))
    assert [round(w / widths[0]) for w in widths] == [1, 3, 2]


@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (Debian: apt-get install chromium)")
@pytest.mark.parametrize("name", ["whole", "hostile"])
def test_printed_pages_hold_selectable_chinese_text(name: str, pages: dict[str, str], tmp_path: Path) -> None:
    import pypdfium2

    source, printed = tmp_path / "report.html", tmp_path / "report.pdf"
    source.write_text(pages[name], encoding="utf-8")
    assert CHROMIUM and shutil.which(CHROMIUM)
    flags = [*FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--no-pdf-header-footer", f"--print-to-pdf={printed}"]
    subprocess.run([CHROMIUM, *flags, source.as_uri()], check=True, capture_output=True, timeout=120)
    document = pypdfium2.PdfDocument(printed)
    try:
        text = [page.get_textpage().get_text_range() for page in document]
        sizes = {(round(page.get_width()), round(page.get_height())) for page in document}
    finally:
        document.close()
    assert sizes <= {(595, 842), (594, 841), (594, 842), (595, 841)}
    assert all(len(t) > 40 for t in text[:-1]), "no page is blank"
    whole = "".join("".join(text).split())
    if name == "whole":
        assert "市住房和城乡建设局" in whole and "谁牵头、谁配合" in whole
