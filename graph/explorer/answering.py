"""What the handlers of all pages share: the page of a template, pages of rows, forms, and the answer where a thing is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from graph.bodies import nearest_agencies
from graph.explorer.choice import LONGEST, PER_PAGE, STANDINGS, page_of
from graph.explorer.frame import Frame, frame
from graph.serve.current import store_of
from graph.serve.pages import render

T = TypeVar("T")
Choices = tuple[tuple[str, str, int | None], ...]
"""What a select offers: value, label, count."""


@dataclass(frozen=True, slots=True)
class Form:
    """The form of filters: where it leads, what goes with it unseen, and the address without any filter."""

    action: str
    clear: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """Which page of rows is shown, of how many."""

    page: int
    pages: int


def answer(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """The page of ``template``."""
    return render(request, template, status=status, **values)


def paged(frame: Frame, rows: Sequence[T]) -> tuple[Sequence[T], Shown]:
    """The rows of the page that is asked for; a page behind the last is the last."""
    pages = max(-(-len(rows) // PER_PAGE), 1)
    page = min(page_of(frame), pages)
    return rows[(page - 1) * PER_PAGE : page * PER_PAGE], Shown(page, pages)


def standing_options(frame: Frame) -> Choices:
    """The standings that a filter offers."""
    return tuple((code, frame.w.code("standing", code), None) for code in STANDINGS)


def missing(request: Request, message: str, word: str = "", *, status: int = 404, **values: object) -> Response:
    """The page that says that something is not there, with a search and what is near ``word``; ``message`` is a key of texts."""
    here = frame(request)
    word = word.strip()[:LONGEST]
    near = nearest_agencies(store_of(request), word) if word else []
    return answer(request, "missing.html", status=status, message=here.w(message, **values), word=word, near=near)


def not_found(request: Request) -> Response:
    """The page for an address that leads nowhere."""
    return missing(request, "no_page")
