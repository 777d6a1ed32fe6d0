"""A page as a test reads it: its status, its words, its links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urljoin

from lxml import html
from starlette.testclient import TestClient

from ontology.vocabulary import DATA

AGENCY = "云陵市财政局"


def agency(name: str) -> str:
    """The IRI of an agency."""
    return DATA + "agency/" + quote(name, safe="")


def at(path: str, **query: object) -> str:
    """An address with its parameters."""
    return path + ("?" + urlencode(query) if query else "")


def xpath(selector: str) -> str:
    """The XPath of a plain CSS selector: tags, #ids, .classes and [attributes], one within the other."""
    paths = []
    for one in selector.split(","):
        path = ""
        for step in one.split():
            tag = re.match(r"[a-z0-9]*", step)
            assert tag
            path += f"//{tag[0] or '*'}"
            for mark, name, value in re.findall(r"([#.\[])([\w-]+)(?:=([^\]]*))?\]?", step[tag.end() :]):
                if mark == "#":
                    path += f"[@id='{name}']"
                elif mark == ".":
                    path += f"[contains(concat(' ', @class, ' '), ' {name} ')]"
                else:
                    path += f"[@{name}='{value}']" if value else f"[@{name}]"
        paths.append("." + path)
    return " | ".join(paths)


def select(tree: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """The elements of a plain CSS selector, in the order of the page."""
    found: list[html.HtmlElement] = tree.xpath(xpath(selector))
    return found


@dataclass(frozen=True)
class Page:
    """An answer that is a page."""

    url: str
    status: int
    tree: html.HtmlElement
    headers: dict[str, str]

    def text(self, selector: str = "body") -> str:
        """The words of the elements, white space squeezed."""
        return " ".join(" ".join(self.texts(selector)).split())

    def texts(self, selector: str) -> list[str]:
        """The words of each element."""
        return [" ".join(element.text_content().split()) for element in select(self.tree, selector)]

    def hrefs(self, selector: str = "a") -> list[str]:
        """The addresses that links lead to."""
        return [urljoin(self.url, element.get("href")) for element in select(self.tree, selector) if element.get("href")]

    def rows(self) -> list[list[str]]:
        """The cells of the table of rows."""
        return [[" ".join(c.text_content().split()) for c in select(row, "td")] for row in select(self.tree, ".rows tbody tr")]

    def link(self, words: str, selector: str = "a") -> str:
        """The address behind the first link with these words."""
        return next(
            urljoin(self.url, element.get("href")) for element in select(self.tree, selector) if words in element.text_content()
        )


@dataclass(frozen=True)
class Site:
    """The application, asked without a browser."""

    client: TestClient

    def get(self, path: str, **query: object) -> Page:
        """The page at an address."""
        response = self.client.get(at(path, **query))
        url = str(response.url).removeprefix("http://127.0.0.1")
        page = "text/html" in response.headers["content-type"]
        tree = html.fromstring(response.content.decode("utf-8")) if page else html.Element("file")
        return Page(url, response.status_code, tree, dict(response.headers))

    def file(self, path: str, **query: object) -> bytes:
        """A download."""
        response = self.client.get(at(path, **query))
        assert response.status_code == 200, response.text[:200]
        return response.content
