"""Every number of the report is a link, and the link leads on to words with their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

import pytest
from lxml import html

from graph.analysis import Facts, read_facts
from graph.report import report
from graph.store import Store
from tests.graph.test_analysis_documents import facts as papers
from tests.graph.test_report import full

# What may hold digits without being a number that was counted.
_DATES = re.compile(
    r"\d{4}-\d\d-\d\d|\d{4} ?[–—-] ?\d{4}|\d{4} 年第 \d 季度|Q\d(?: \d{4})?|\b(?:19|20)\d{2}\b|(?:dated|over) \d{4}"
)
_AXIS = re.compile(r"\d{1,3}%")
_FURNITURE = {"figcaption", "caption", "dt", "dd", "h1", "h2", "nav", "style", "title"}
_OURS = ("3 年内", "3年内")  # in the words that explain a figure
_PICTURES = ("圆越大", "Larger circle")  # how much of a network is drawn
_ENTRY = re.compile(r"[DLMCP]\d+")


def _words(value: Any) -> Iterator[str]:
    """Every string in rows: titles, numbers, headings, names of indicators and their figures."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _words(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _words(part)


def _said(facts: Facts) -> list[str]:
    """What documents say, the longest first; longer than a bare figure, so that no counted number is taken for their words."""
    rows = (facts.policies, facts.links, facts.clauses, [(t.indicator, t.policy_title, t.clause) for t in facts.targets])
    found = {w[: at or None] for w in _words(rows) if re.search(r"\d", w) and not w.isdigit() for at in (0, 32, 29)}
    return sorted((w for w in found if not w.isdigit()), key=len, reverse=True)


def bare_numbers(page: str, facts: Facts) -> list[str]:
    """The numbers of a page that are no links, outside its appendix."""
    said, found = _said(facts), []
    root = html.fromstring(page.encode())
    for element in root.find(".//main").iter():
        for text, owner in ((element.text, element), (element.tail, element.getparent())):
            if not text or not re.search(r"\d", text) or not isinstance(element.tag, str):
                continue
            above = [owner, *owner.iterancestors()]
            if any(e.tag == "a" or e.tag in _FURNITURE or e.get("id") == "evidence" for e in above):
                continue
            left = text
            for words in (*said, *_OURS):
                left = left.replace(words, "")
            left = _DATES.sub("", left)
            if owner.tag == "text":  # of a picture: the axes
                left = _AXIS.sub("", left)
            if re.search(r"\d", left) and re.search(r"[1-9]", left) and not text.startswith(_PICTURES):
                found.append(text.strip())
    return found


@cache
def _page(name: str, lang: str) -> tuple[str, Facts]:
    facts = {"whole": full, "documents alone": papers}[name]()
    return report(facts, lang="en" if lang == "en" else "zh"), facts


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["whole", "documents alone"])
def test_every_number_is_a_link(name: str, lang: str) -> None:
    page, facts = _page(name, lang)
    assert bare_numbers(page, facts) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_of_the_sample_is_a_link_that_leads_to_words(sample: Store, lang: str) -> None:
    facts = read_facts(sample)
    page = report(facts, lang="en" if lang == "en" else "zh")
    assert bare_numbers(page, facts) == []
    root = html.fromstring(page.encode())
    by = {e.get("id"): e for e in root.iter() if isinstance(e.tag, str) and e.get("id")}
    numbers = [a.get("href")[1:] for a in root.iter("a") if re.search(r"\d", a.text_content()) and a.get("href")]
    assert len(numbers) > 300
    for anchor in set(numbers):
        assert _reaches_words(anchor, by, set()), anchor


def _reaches_words(anchor: str, by: dict[str, Any], seen: set[str]) -> bool:
    """Does the entry, list, row or section hold a quote or a document's number, or lead to one that does?"""
    if anchor in seen:
        return False
    seen.add(anchor)
    element = by[anchor]
    if element.find(".//q") is not None or _ENTRY.fullmatch(anchor) or anchor.startswith("e-"):
        return True
    return any(_reaches_words(a.get("href")[1:], by, seen) for a in element.iter("a"))


def test_the_walk_finds_a_number_without_a_link() -> None:
    page, facts = _page("whole", "zh")
    broken = re.sub(r'<strong><a href="[^"]{1,20}">(\d+)</a></strong>', r"<strong>\1</strong>", page, count=1)
    assert broken != page and len(bare_numbers(broken, facts)) == 1
