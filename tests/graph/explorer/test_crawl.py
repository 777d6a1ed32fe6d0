"""Every link of every page leads somewhere."""

from __future__ import annotations

from collections import Counter
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest

from tests.graph.explorer.page import Site, select

MOST = 60
"""Addresses of one sort (path and names of parameters) that are opened: facts and filters repeat themselves."""


def sort_of(url: str) -> tuple[str, ...]:
    parts = urlsplit(url)
    names = sorted(name for name, _ in parse_qsl(parts.query))
    return ("/agency/" if parts.path.startswith("/agency/") else parts.path, *names)


@pytest.mark.parametrize("start", ["/", "/?lang=en"])
def test_every_link_answers(site: Site, start: str) -> None:
    most = MOST if start == "/" else 6
    waiting, seen, sorts = [start], {start}, Counter[tuple[str, ...]]()
    while waiting:
        url = waiting.pop()
        answer = site.client.get(url)
        assert answer.status_code == 200, url
        if "text/html" not in answer.headers["content-type"] or "/network/drawn" in url:
            continue
        page = site.get(url)
        ids = {element.get("id") for element in select(page.tree, "[id]")}
        linked = [a.get("href") for a in select(page.tree, "a")] + [e.get("src") for e in select(page.tree, "script, iframe")]
        linked += [e.get("href") for e in select(page.tree, "link")]
        for link in linked:
            target, fragment = urldefrag(urljoin(url, link))
            assert not urlsplit(target).netloc, link
            if fragment and urldefrag(link)[0] == "":
                assert fragment in ids, (url, link)
            if target in seen or target.startswith("/query") or len(parse_qsl(urlsplit(target).query)) > 3:
                continue
            seen.add(target)
            sorts[sort_of(target)] += 1
            if sorts[sort_of(target)] <= (8 if "drawn" in target or "/download/" in target else most):
                waiting.append(target)
    assert {"/agency/", "/policy", "/fact", "/indicator", "/network", "/download/duties.xlsx"} <= {sort[0] for sort in sorts}
    assert len(seen) > (500 if start == "/" else 100)
