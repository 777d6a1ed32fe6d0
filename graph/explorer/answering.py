"""What the handlers of all pages share: the page of a template, pages of rows, forms, and the answer where a thing is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from graph.bodies import names_like
from graph.explorer import catalogue
from graph.explorer.choice import LONGEST, STANDINGS, page_of
from graph.explorer.frame import Frame, frame
from graph.explorer.walk import Shown, cut
from graph.serve.current import store_of
from graph.serve.pages import render

T = TypeVar("T")
_NEAR = 8  # agencies with like names
Choices = tuple[tuple[str, str, int | None], ...]
"""What a select offers: value, label, count."""


@dataclass(frozen=True, slots=True)
class Form:
    """The form of filters: where it leads, what goes with it unseen, and the address without any filter."""

    action: str
    clear: str
    fields: tuple[tuple[str, str], ...] = ()


def answer(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """The page of ``template``."""
    return render(request, template, status=status, **values)


def paged(frame: Frame, rows: Sequence[T]) -> tuple[Sequence[T], Shown]:
    """The rows of the page that is asked for; a page behind the last is the last."""
    return cut(rows, page_of(frame))


def standing_options(frame: Frame) -> Choices:
    """The standings that a filter offers."""
    return tuple((code, frame.w.code("standing", code), None) for code in STANDINGS)


def missing(request: Request, message: str, word: str = "", *, status: int = 404, **values: object) -> Response:
    """The page that says that something is not there, with a search and what is near ``word``; ``message`` is a key of texts."""
    here = frame(request)
    word = word.strip()[:LONGEST]
    store = store_of(request)
    near = catalogue.agency_rows(store, names_like(word, catalogue.names(store), _NEAR)) if word else []
    return answer(request, "missing.html", status=status, message=here.w(message, **values), word=word, near=near)


def not_found(request: Request) -> Response:
    """The page for an address that leads nowhere."""
    return missing(request, "no_page")
