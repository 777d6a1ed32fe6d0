"""Filters against the whole list, places of words in a clause, growth, and addresses."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

import graph.explorer
from graph import answers
from graph.bodies import agencies
from graph.explorer.choice import DutyChoice, day_of, iri_of
from graph.explorer.duties import choose, full_rows
from graph.explorer.facts import KINDS, fact_page
from graph.explorer.figures import growth
from graph.explorer.frame import Frame
from graph.explorer.passage import Words, passage, places
from graph.explorer.texts import Texts, rows
from graph.ledger.rows import due_day
from graph.rows import DutyRow
from graph.standing import lives
from graph.store import Store
from ontology.vocabulary import DATA
from tests.graph.explorer.page import AGENCY, agency

CLAUSE = "（一）市财政局会同市公安局办理。\n市财政局负责资金。"


@pytest.mark.parametrize(
    ("text", "words", "offset", "slack", "expected"),
    [
        pytest.param(CLAUSE, "市公安局", 9, 0, [(9, 13)], id="once"),
        pytest.param(CLAUSE, "市财政局", 17, 0, [(17, 21)], id="the second of two, no white space lost"),
        pytest.param(CLAUSE, "市财政局", 5, 4, [(3, 7)], id="the first of two, white space before it lost"),
        pytest.param(CLAUSE, "市财政局", 21, 6, [(17, 21)], id="the second of two, white space lost"),
        pytest.param("市财\n政局办理", "市财政局", 0, 0, [(0, 5)], id="a line end inside the words"),
        pytest.param("市财政局办理", "市 财 政 局", -1, 0, [(0, 4)], id="blanks in the words as written"),
        pytest.param("甲甲甲", "甲", -1, 0, [(0, 1), (1, 2), (2, 3)], id="no offset: all places in order"),
        pytest.param(CLAUSE, "市教育局", 3, 0, [], id="not there"),
        pytest.param(CLAUSE, "", 3, 0, [], id="no words"),
        pytest.param("", "市财政局", 0, 0, [], id="no text"),
    ],
)
def test_words_are_found_at_their_place(text: str, words: str, offset: int, slack: int, expected: list[tuple[int, int]]) -> None:
    assert places(text, words, offset, slack) == expected


def test_a_passage_keeps_the_text_whole_and_marks_one_place() -> None:
    others = [Words("市公安局", 109, "duty", "/fact?iri=2"), Words("市财政局", 103, "duty", "/fact?iri=3")]
    shown = passage(CLAUSE, 100, 100 + len(CLAUSE), Words("市财政局", 117, "here"), "市财政局负责资金", others)
    assert "".join(p.text for p in shown.pieces) == CLAUSE
    assert [p.text for p in shown.pieces if p.here] == ["市财政局"]
    assert [(p.text, p.href) for p in shown.pieces if p.href] == [("市财政局", "/fact?iri=3"), ("市公安局", "/fact?iri=2")]
    assert "".join(p.text for p in shown.pieces if p.near) == "市财政局负责资金"
    assert shown.found and shown.sure


def test_all_facts_of_the_sample_are_marked_or_say_that_they_are_not(sample: Store) -> None:
    missing = 0
    for (fact,) in sample.select("SELECT ?f WHERE { ?f zhize:statedIn ?clause FILTER NOT EXISTS { ?f a org:Membership } }"):
        assert fact is not None
        page = fact_page(sample, fact.value, str)
        assert page is not None and page.kind in KINDS and page.start >= 0 and page.source.name == page.file
        marked = "".join(p.text for p in page.passage.pieces if p.here)
        if page.passage.found:
            assert "".join(marked.split()) == "".join(page.exact.split())
        else:
            missing += 1
            assert "".join(p.text for p in page.quoted.pieces if p.here)
    assert missing == 21  # preambles, whose text the graph does not hold, and lists behind the items of a clause


@lru_cache(maxsize=512)
def said(store: Store, policy: str, path: str) -> str:
    """The words of a clause."""
    rows = store.select("SELECT ?p ?path ?text WHERE { ?c zhize:policy ?p ; zhize:path ?path ; zhize:text ?text }")
    return next((row[2].value for row in rows if row[0].value == policy and row[1].value == path), "") if path else ""


def wanted(row: DutyRow, choice: DutyChoice, store: Store) -> bool:
    """The filters once more, written plainly."""
    day = due_day(row.deadline)
    words = (row.task, said(store, row.policy, row.clause) if row.form == "marker" else "")
    return (
        choice.role in ("", row.role)
        and choice.policy in ("", row.policy)
        and choice.year in ("", row.policy_dated[:4])
        and (not choice.due or bool(day) == (choice.due == "with"))
        and (not choice.since or day >= choice.since)
        and (not choice.before or (day != "" and day <= choice.before))
        and (not choice.standing or lives(store)[row.policy].of(row.clause).on(choice.on).state == choice.standing)
        and any(all(word in place for word in choice.q.split()) for place in words)
    )


@pytest.mark.parametrize("whose", ["", agency(AGENCY), agency("云陵市城市管理局"), agency("云陵市交通运输局")])
@pytest.mark.parametrize(
    "choice",
    [
        pytest.param(DutyChoice(), id="all"),
        pytest.param(DutyChoice(role="lead"), id="role"),
        pytest.param(DutyChoice(year="2023"), id="year"),
        pytest.param(DutyChoice(year="1999"), id="a year without policies"),
        pytest.param(DutyChoice(due="with"), id="with a day"),
        pytest.param(DutyChoice(due="none"), id="without a day"),
        pytest.param(DutyChoice(before="2024-12-31"), id="due by"),
        pytest.param(DutyChoice(since="2025-01-01"), id="due from"),
        pytest.param(DutyChoice(since="2024-01-01", before="2024-12-31", role="responsible"), id="a span of days and a role"),
        pytest.param(DutyChoice(standing="in_force", on="2025-06-30"), id="in force on a day"),
        pytest.param(DutyChoice(standing="repealed", on="2025-06-30"), id="repealed on a day"),
        pytest.param(DutyChoice(standing="pending", on="2022-06-30"), id="not yet in force on a day"),
        pytest.param(DutyChoice(q="停车"), id="a word of the task"),
        pytest.param(DutyChoice(q="停车 建设"), id="two words of the task"),
        pytest.param(DutyChoice(q='" } #'), id="a word that looks like a query"),
        pytest.param(DutyChoice(q="$agency$"), id="a word that is a mark of the query"),
    ],
)
def test_a_choice_holds_exactly_what_fits(sample: Store, whose: str, choice: DutyChoice) -> None:
    rows = answers.duties(sample, whose) if whose else answers.all_duties(sample)
    chosen = choose(sample, choice, whose)
    assert [b.iri for b in chosen.briefs] == [row.iri for row in rows if wanted(row, choice, sample)]
    assert chosen.of == len(rows)


@pytest.mark.parametrize("sort", ["policy", "deadline", "agency"])
def test_orders(sample: Store, sort: str) -> None:
    chosen = choose(sample, DutyChoice(sort=sort))
    known = {row.iri: row for row in answers.all_duties(sample)}
    load = {row.iri: row.duties for row in agencies(sample)}
    keys = {
        "policy": [known[b.iri].policy_dated for b in chosen.briefs][::-1],
        "deadline": [b.due or "9999" for b in chosen.briefs],
        "agency": [-load[b.agency] for b in chosen.briefs],
    }[sort]
    assert keys == sorted(keys)


def test_rows_are_those_of_all_duties(sample: Store) -> None:
    chosen = choose(sample, DutyChoice())
    assert [row.duty for row in full_rows(sample, chosen.briefs)] == answers.all_duties(sample)


@pytest.mark.parametrize(
    ("value", "baseline", "unit", "expected"),
    [
        pytest.param(60.0, "18", "公里", "+42公里 (+233.3%)", id="a length"),
        pytest.param(12.0, "15", "%", "-3 pp", id="percentages differ in points"),
        pytest.param(100.0, "0", "个", "+100个", id="from nothing there is no share"),
        pytest.param(1500.0, "500", "个", "+1000个 (+200.0%)", id="no exponent"),
        pytest.param(None, "18", "公里", "", id="a range"),
        pytest.param(60.0, "上年", "公里", "", id="a baseline in words"),
        pytest.param(60.0, "NaN", "公里", "", id="no number"),
    ],
)
def testgrowth(value: float | None, baseline: str, unit: str, expected: str) -> None:
    assert growth(value, baseline, unit) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-06-30", "2025-06-30"), ("2025", "2025-12-31"), ("2024-02", "2024-02-29"), ("2025-02-30", ""), ("20250630", ""),
        ("每年", ""), ("", ""), ("0000", ""), ("2025-13", ""), ("２０２５", ""),
    ],
)  # fmt: skip
def test_days(text: str, expected: str) -> None:
    assert day_of(text) == expected


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        (DATA + "policy/0123456789abcdef", True), (agency(AGENCY), True), (DATA + "policy/x/duty/y-2", True), (DATA, False),
        ("https://example.org/", False), (DATA + "x> <y", False), (DATA + "a b", False), (DATA + "a\n", False), (DATA + "云陵市", False),
        (DATA + 'x"', False), (DATA + "x" * 2000, False), ("", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_graph_go_into_queries(text: str, sound: bool) -> None:
    assert (iri_of(text) == text) is sound or text == ""


def _frame(path: str = "/agencies", lang: str = "zh", *pairs: tuple[str, str]) -> Frame:
    return Frame(Texts("en" if lang == "en" else "zh"), path, pairs, "2025-06-30")


def test_addresses_keep_language_and_filters_and_begin_at_the_first_page() -> None:
    here = _frame("/agencies", "en", ("q", "财政 局"), ("page", "3"))
    assert here.to(sort="name") == "/agencies?q=%E8%B4%A2%E6%94%BF+%E5%B1%80&sort=name&lang=en"
    assert here.to(q="") == "/agencies?lang=en"
    assert here.other_language == "/agencies?q=%E8%B4%A2%E6%94%BF+%E5%B1%80&page=3"
    assert _frame().url("/duties", role="lead", policy="") == "/duties?role=lead"


@pytest.mark.parametrize("name", ["云陵市财政局", "../x", "a/b", "云陵市?", "..", "<b>", "%41", "x" * 200])
def test_the_address_of_an_agency_leads_to_its_iri(name: str) -> None:
    iri = DATA + "agency/" + "x"
    plain = _frame().agency(agency(name), name)
    assert plain.startswith("/agency/") is (name == "云陵市财政局")
    assert _frame().agency(iri, name).startswith("/agency?iri=")  # a name that is not the agency's own does not stand for it


def test_every_text_is_used() -> None:
    folder = Path(graph.explorer.__file__).parent
    code = "\n".join(file.read_text(encoding="utf-8") for file in sorted([*folder.glob("*.py"), *folder.glob("templates/*.html")]))
    asked = set(re.findall(r"""["']([a-z_]+)["']""", code))
    begun = tuple({"nav_", "count_", "form_", "sort_", "due_", "network_", "no_", "misread_"})
    assert [key for key in rows() if "." not in key and key not in asked and not key.startswith(begun)] == []
    assert [key for key in re.findall(r"""\bw\(["']([a-z_]+)["'][,)]""", code) if key not in rows()] == []


def test_texts_have_both_languages() -> None:
    assert all(zh.strip() and en.strip() for zh, en in rows().values())
    assert not any("\u4e00" <= c <= "\u9fff" for key, (_, en) in rows().items() for c in en
                   if key not in ("other_language", "search_says", "name_hint"))  # fmt: skip


