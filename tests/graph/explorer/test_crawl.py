"""Every link of every page leads somewhere."""

from __future__ import annotations

from collections import Counter
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest

from tests.graph.explorer.page import Page, Site, select

ALL, FACTS = 120, 40
"""Pages of one thing that are opened: all agencies, policies and indicators of the sample, and some of the facts."""
SOME = 2
"""Addresses of one sort (path and names of parameters) that are opened of all others: filters repeat themselves."""


MANY = {("/agency/",): ALL, ("/policy", "iri"): ALL, ("/indicator", "name"): ALL, ("/fact", "iri"): FACTS}


def sort_of(url: str) -> tuple[str, ...]:
    """The path and the names of the parameters; files to take away differ in their form alone."""
    parts = urlsplit(url)
    names = sorted(name for name, _ in parse_qsl(parts.query) if name != "lang" and "/download/" not in parts.path)
    return ("/agency/" if parts.path.startswith("/agency/") else parts.path, *names)


def links(page: Page) -> set[str]:
    """Where the page leads and what it loads; an address within the page has to be there."""
    ids = {element.get("id") for element in select(page.tree, "[id]")}
    found = set()
    for element in select(page.tree, "a, link, script, iframe"):
        address = element.get("href") or element.get("src")
        target, fragment = urldefrag(urljoin(page.url, address))
        assert not urlsplit(target).netloc, address
        assert urldefrag(address)[0] or not fragment or fragment in ids, (page.url, address)
        found.add(target)
    return found


@pytest.mark.parametrize(("start", "most"), [pytest.param("/", ALL, id="Chinese"), pytest.param("/?lang=en", SOME, id="English")])
def test_every_link_answers(site: Site, start: str, most: int) -> None:
    waiting, seen, sorts = [start], {start}, Counter[tuple[str, ...]]()
    while waiting:
        page = site.get(waiting.pop())
        assert page.status == 200, page.url
        if "text/html" not in page.headers["content-type"] or "/network/drawn" in page.url:
            continue
        assert page.tree.get("lang") == ("en" if "lang=en" in start else "zh-CN")
        for target in sorted(links(page) - seen):
            seen.add(target)
            sort = sort_of(target)
            sorts[sort] += 1
            other = ("lang=en" in target) != ("lang=en" in start) and not target.startswith("/static")
            if other or target.startswith("/query") or len(sort) > 3:
                continue
            if sorts[sort] <= min(most, MANY.get(sort, SOME)):
                waiting.append(target)
    assert {"/agency/", "/policy", "/fact", "/indicator", "/network", "/download/duties.xlsx"} <= {sort[0] for sort in sorts}
    assert sorts["/fact", "iri"] > 100
