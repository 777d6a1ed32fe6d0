"""The pages as text: one file, nothing from outside, and a document's words never become markup."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest

from graph import view_agencies
from graph.view import _SCRIPTS, agency_view, embed, policy_view, write_view
from graph.view_agencies import agency_picture
from graph.view_data import FIRST_LINES, MAX_LINES, SHORT, TEXT_BUDGET, Card, first_threshold, sizes, within_budget
from graph.view_layout import spread
from graph.view_policies import policy_picture
from graph.view_texts import TEXTS
from tests.graph.rows import agency, assignment
from tests.graph.view_rows import (
    AGENCIES,
    HOSTILE,
    duties,
    hostile_duties,
    hostile_ego_duties,
    hostile_ego_links,
    hostile_links,
    in_groups,
    links,
    more_links,
    policies,
)


class Page(HTMLParser):
    """The elements of a page with their attributes, and the text of its scripts and style sheets."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[str, str]] = []
        self.styles: list[str] = []
        self.text: list[str] = []
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = tag
        if tag == "script":
            self.scripts.append((dict(attrs).get("type") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open == "script":
            kind, before = self.scripts[-1]
            self.scripts[-1] = (kind, before + data)
        elif self._open == "style":
            self.styles.append(data)
        else:
            self.text.append(data)

    @property
    def data(self) -> dict[str, object]:
        ((_, text),) = [script for script in self.scripts if script[0] == "application/json"]
        found: dict[str, object] = json.loads(text)
        return found


PAGES = {
    "agencies": lambda **k: agency_view(duties(), AGENCIES, **k),
    "policies": lambda **k: policy_view(policies(), links(), duties(), **k),
    "agency": lambda **k: agency_view(duties(), AGENCIES, centre=AGENCIES[1].iri, **k),
    "policy": lambda **k: policy_view(policies(), links(), duties(), centre="p:1", **k),
    "groups": lambda **k: in_groups(lambda: agency_view(duties(), AGENCIES, **k)),
    "document groups": lambda **k: in_groups(lambda: policy_view(policies(), links() + more_links(), **k)),
}
HOSTILE_PAGES = {
    "agencies": lambda **k: agency_view(*hostile_duties(), **k),
    "policies": lambda **k: policy_view(*hostile_links(), hostile_duties()[0], **k),
    "agency": lambda **k: agency_view(*hostile_ego_duties(), centre=f"https://example.org/agency/{HOSTILE[0]}", **k),
    "policy": lambda **k: policy_view(*hostile_ego_links(), hostile_duties()[0], centre=HOSTILE[0], **k),
    "groups": lambda **k: in_groups(lambda: agency_view(*hostile_duties(), **k)),
    "document groups": lambda **k: in_groups(lambda: policy_view(*hostile_links(), **k)),
}
KINDS = pytest.mark.parametrize("kind", list(PAGES))


@KINDS
def test_nothing_is_loaded_from_anywhere(kind: str) -> None:
    page = Page(PAGES[kind]())
    for _, attributes in page.elements:
        assert not {"src", "href", "srcset", "data", "action", "style"} & set(attributes)
    assert not any(re.search(r"url\(|@import|@font-face", style) for style in page.styles)


@KINDS
def test_only_known_scripts_and_styles_may_run(kind: str) -> None:
    page = Page(PAGES[kind]())
    (policy,) = [
        a["content"] or "" for tag, a in page.elements if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for name, texts in (("script-src", [t for kind_, t in page.scripts if not kind_]), ("style-src", page.styles)):
        hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in texts]
        assert rules[name].split() == hashes
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)


@KINDS
def test_hostile_words_make_no_element(kind: str) -> None:
    friendly, hostile = Page(PAGES[kind]()), Page(HOSTILE_PAGES[kind](title=HOSTILE[0]))
    assert hostile.elements[0] == friendly.elements[0]
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in friendly.elements]
    assert HOSTILE[0] in "".join(hostile.text)


@KINDS
@pytest.mark.parametrize("bad", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_arrive_unchanged(kind: str, bad: str) -> None:
    subjects = Page(HOSTILE_PAGES[kind]()).data["subjects"]
    assert isinstance(subjects, list)
    kept = bad.encode("utf-8", "replace").decode()
    assert kept in [subject["name"] for subject in subjects]


@pytest.mark.parametrize("title", ["{{data}}", "</title><script>", "{{unknown}}", 'a" onload="b'])
def test_a_title_is_text(title: str) -> None:
    page = Page(agency_view(duties(), AGENCIES, title=title))
    assert "".join(page.text).count(title) == 2
    assert len(page.scripts) == 2 + len(_SCRIPTS)


def test_json_in_a_page_has_no_markup_and_no_line_ends_of_javascript() -> None:
    data = {"a": "<>&\u2028\u2029</script>", "b": [1, "<!--"]}
    text = embed(data)
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text) == data


@KINDS
def test_a_page_is_utf8_on_every_machine(kind: str, tmp_path: Path) -> None:
    page = HOSTILE_PAGES[kind]()
    raw = write_view(page, tmp_path / "view.html").read_bytes()
    assert raw.decode("utf-8") == page
    assert b"\r" not in raw
    assert b'<meta charset="utf-8">' in raw[:200]


@KINDS
def test_the_same_rows_give_the_same_page(kind: str) -> None:
    assert PAGES[kind]() == PAGES[kind]()


def test_the_order_of_rows_changes_nothing() -> None:
    assert agency_view(duties()[::-1], AGENCIES[::-1]) == agency_view(duties(), AGENCIES)
    assert policy_view(policies()[::-1], links()[::-1]) == policy_view(policies(), links())


@KINDS
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_languages(kind: str, lang: str) -> None:
    page = Page(PAGES[kind](lang=lang))
    assert page.elements[0] == ("html", {"lang": {"zh": "zh-CN", "en": "en"}[lang]})
    if kind in ("agencies", "policies"):
        assert TEXTS[lang][f"{kind}_title"] in "".join(page.text)  # type: ignore[index]
    assert page.data["texts"] == TEXTS[lang]  # type: ignore[index]


def test_texts_are_complete_and_used() -> None:
    assert list(TEXTS["zh"]) == list(TEXTS["en"])
    assert all(all(words.values()) for words in TEXTS.values())
    for key, words in TEXTS["zh"].items():
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", TEXTS["en"][key])), key
    assets = Path(__file__).parents[2] / "graph" / "view_assets"
    scripts = "".join((assets / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    for key in re.findall(r'\btext\("(\w+)"', scripts):
        assert key in TEXTS["zh"], key
    assert "innerHTML" not in scripts and "insertAdjacentHTML" not in scripts and "document.write" not in scripts


def test_a_card_holds_the_bearers_of_an_assignment() -> None:
    picture = agency_picture(duties(), AGENCIES)
    (card,) = [c for c in picture.cards if c.text == "改造老旧停车场十二处"]
    names = [(picture.subjects[n].name, role) for n, role in card.parties]
    assert names == [("云陵市住房和城乡建设局", "lead"), ("云陵市财政局", "support"), ("云陵市城市管理局", "support")]
    assert (card.due, card.targets, card.source) == ("2025-12-31", ("新增车位≥3000个",), "yunling.txt")
    assert (card.start, card.end) == (10, 22)
    assert picture.docs[card.doc].number == "云政办〔2023〕20号"


def test_different_tasks_of_one_assignment_are_different_cards_and_one_shared_duty() -> None:
    rows = assignment("a", ("lead", "云陵市财政局"), task="甲") + assignment("a", ("support", "云陵市公安局"), task="乙")
    picture = agency_picture(rows, AGENCIES)
    assert {c.text for c in picture.cards} == {"甲", "乙"}
    assert len({c.assignment for c in picture.cards}) == 1
    (line,) = picture.lines
    assert (line.kind, len(line.cards)) == ("lead", 2)


def test_policy_cards_name_both_documents() -> None:
    picture = policy_picture(policies(), links())
    found = {(picture.subjects[c.parties[0][0]].name, c.role, picture.subjects[c.parties[1][0]].name) for c in picture.cards}
    assert ("云陵市慢行系统建设工作方案", "repeals", "云陵市停车管理通知") in found
    assert [s.name for s in picture.subjects if s.soft] == ["中华人民共和国道路交通安全法", "云陵市停车管理通知"]


def test_what_is_left_out_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    many = assignment("a", *(("responsible", f"云陵市第{n}局") for n in range(90)))
    picture = agency_picture(many, [])
    assert (len(picture.lines), picture.cut_lines) == (MAX_LINES, 90 * 89 // 2 - MAX_LINES)
    monkeypatch.setattr(view_agencies, "MAX_HELD", 20)
    alone = [row for n in range(25) for row in assignment(str(n), ("lead", f"云陵市第{n}局"))]
    picture = agency_picture(alone, [])
    assert (len(picture.subjects), picture.cut_subjects) == (20, 5)


def test_long_texts_are_shortened_once_the_budget_is_spent() -> None:
    card = Card(0, "", "", "任务" * 40, "", (), (), "a.txt", 0, 1, "引" * 1000, 0)
    cards, cut = within_budget([card] * (TEXT_BUDGET // 1000))
    assert cut > 0
    assert cards[0] == card
    assert len(cards[-1].quote) == SHORT + 1
    assert within_budget([card]) == ((card,), 0)


@pytest.mark.parametrize(
    ("weights", "threshold"),
    [
        pytest.param([], 1, id="no lines"),
        pytest.param([1] * FIRST_LINES, 1, id="all fit"),
        pytest.param([1] * FIRST_LINES + [2], 2, id="one too many: only those above 1"),
        pytest.param([5] * FIRST_LINES + [4] * 10 + [1] * 500, 5, id="ties at the limit stay out"),
    ],
)
def test_the_page_starts_with_a_legible_number_of_lines(weights: list[int], threshold: int) -> None:
    assert first_threshold(weights) == threshold
    assert sum(w >= threshold for w in weights) <= FIRST_LINES


def test_lines_are_drawn_even_where_too_many_weigh_the_same() -> None:
    picture = agency_picture(assignment("a", *(("responsible", f"云陵市第{n}局") for n in range(60))), [])
    assert len(picture.lines) > FIRST_LINES
    assert picture.threshold == 1


def test_areas_follow_counts() -> None:
    small, large = sizes([100, 400])
    assert (large - 6) / (small - 6) == pytest.approx(2, abs=0.01)
    assert sizes([]) == []
    assert max(sizes([1, 1])) < 15


def ring(n: int) -> nx.Graph:
    graph = nx.cycle_graph([f"n{i}" for i in range(n)])
    graph.add_nodes_from(["alone", "single"])
    return graph


@pytest.mark.parametrize("chains", [True, False])
def test_circles_do_not_overlap(chains: bool) -> None:
    graph = ring(60)
    radius = {n: 6.0 + i % 20 for i, n in enumerate(graph)}
    where = spread(graph, radius, [list(graph)[:30]], chains=chains)
    assert set(where) == set(graph)
    for a, b in combinations(graph, 2):
        assert math.dist(where[a], where[b]) >= radius[a] + radius[b] - 1, (a, b)
    assert where == spread(graph, radius, [list(graph)[:30]], chains=chains)


def test_layout_of_nothing() -> None:
    assert spread(nx.Graph(), {}) == {}


def test_three_hundred_agencies_with_all_duties_stay_below_three_megabytes() -> None:
    rows = []
    for n in range(1000):
        bearers = [("lead" if k == 0 else "support", f"云陵市第{(n * 7 + k * k * 13) % 300}局") for k in range(4)]
        rows += assignment(str(n), *dict.fromkeys(bearers), task=f"推进第{n}项工作" * 8, quote=f"（责任单位：第{n}项）" * 12)
    page = agency_view(rows, [agency(f"云陵市第{n}局") for n in range(300)])
    assert len(page.encode()) < 3_000_000
