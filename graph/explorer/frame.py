"""What every page has around it: its language, its addresses, its day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from starlette.requests import Request

from graph import iris
from graph.explorer.texts import Lang, Texts
from graph.explorer.validity import Standing, state

NAVIGATION = (
    ("home", "/"), ("agencies", "/agencies"), ("duties", "/duties"), ("policies", "/policies"), ("targets", "/targets"),
    ("network", "/network"), ("review", "/review"), ("query", "/query"),
)  # fmt: skip
_PARENTS = {"agency": "agencies", "policy": "policies", "indicator": "targets"}
_PLAIN_NAME = re.compile(r"[\w（）()·、]{1,120}")
"""A name that can stand in a path: no slash, no dots, nothing that a browser would rewrite."""
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """The surroundings of a page; templates ask it for words (``w``) and addresses."""

    w: Texts
    path: str
    pairs: Pairs
    today: str

    @property
    def lang(self) -> Lang:
        """The language of the page."""
        return self.w.lang

    @property
    def here(self) -> str:
        """The entry of the navigation that the page belongs to, "" where to none."""
        first = self.path.strip("/").split("/")[0]
        first = _PARENTS.get(first, first) or "home"
        return first if any(first == key for key, _ in NAVIGATION) else ""

    @property
    def navigation(self) -> tuple[tuple[str, str], ...]:
        """Key and address of each entry."""
        return tuple((key, self.url(path)) for key, path in NAVIGATION)

    def value(self, name: str) -> str:
        """A parameter of the address, "" where it is not there."""
        return next((value for key, value in self.pairs if key == name), "")

    def url(self, path: str, **query: object) -> str:
        """An address that keeps the language; empty parameters are left out."""
        return self._address(path, ((key, str(value)) for key, value in query.items()))

    def to(self, **changes: object) -> str:
        """The address of this page with other parameters ("" takes one away); it begins again at the first page of rows."""
        changed = {"page": "", **{key: str(value) for key, value in changes.items()}}
        kept = [(key, value) for key, value in self.pairs if key not in changed]
        return self._address(self._path, [*kept, *changed.items()])

    def at(self, path: str, **changes: object) -> str:
        """The address ``path`` with the parameters of this page, some of them changed: a download of what is shown."""
        changed = {"page": "", **{key: str(value) for key, value in changes.items()}}
        return self._address(path, [*((key, value) for key, value in self.pairs if key not in changed), *changed.items()])

    def _address(self, path: str, pairs: Iterable[tuple[str, str]]) -> str:
        given = [(key, value) for key, value in pairs if value and key != "lang"]
        if self.lang == "en":
            given.append(("lang", "en"))
        return f"{path}?{urlencode(given, errors='replace')}" if given else path

    @property
    def other_language(self) -> str:
        """This page in the other language."""
        pairs = [*self.pairs, *([] if self.lang == "en" else [("lang", "en")])]
        return f"{self._path}?{urlencode(pairs, errors='replace')}" if pairs else self._path

    @property
    def _path(self) -> str:
        return quote(self.path, safe="/", errors="replace")

    def agency(self, iri: str, name: str = "", **query: object) -> str:
        """The address of an agency's page: with its name where that can stand in an address."""
        if _PLAIN_NAME.fullmatch(name) and iris.agency_iri(name).value == iri:
            return self.url("/agency/" + quote(name), **query)
        return self.url("/agency", iri=iri, **query)

    def policy(self, iri: str, **query: object) -> str:
        """The address of a document's page."""
        return self.url("/policy", iri=iri, **query)

    def clause(self, iri: str, clause: str) -> str:
        """The address of a clause within its document's page."""
        return self.policy(iri) + "#" + anchor(clause)

    def state(self, standing: Standing, day: str) -> str:
        """The code of a document's standing on ``day``."""
        return state(standing, day)

    def fact(self, iri: str) -> str:
        """The address of the page of a duty, figure, citation or note."""
        return self.url("/fact", iri=iri)


def anchor(iri: str) -> str:
    """The name of a clause within its page."""
    return "c-" + iris.digest(iri)


def frame(request: Request) -> Frame:
    """The frame of the page that is asked for."""
    pairs = tuple((key, value) for key, value in request.query_params.multi_items() if value)
    lang: Lang = "en" if dict(pairs).get("lang") == "en" else "zh"
    kept = tuple((key, value) for key, value in pairs if key != "lang")
    return Frame(Texts(lang), request.url.path, kept, datetime.date.today().isoformat())
