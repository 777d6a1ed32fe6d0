"""Pages of rows out of more than can be read for one page: parts are skipped by their sizes or read until the page is full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from graph.explorer.choice import PER_PAGE

T = TypeVar("T")
WHOLE = 25_000
"""Items (duties, figures, citations, notes) up to which a graph is read as a whole: every count is exact, every order possible."""
SPAN = 2_500
"""Items that one page looks through where a filter fits few of them: about a second on a graph of a million duties."""
OFFERED = 300
"""Policies that a filter offers where there are more than a list bears; others are reached by their own pages."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Which page of rows is shown, of how many (0: not known); ``more`` says then whether another may follow."""

    page: int
    pages: int
    more: bool = False


def cut(rows: Sequence[T], page: int) -> tuple[Sequence[T], Shown]:
    """The rows of a page (from 1) of rows that are at hand; a page behind the last is the last."""
    pages = max(-(-len(rows) // PER_PAGE), 1)
    page = min(page, pages)
    return rows[(page - 1) * PER_PAGE : page * PER_PAGE], Shown(page, pages)


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A stretch of the rows in their order: how many they are (-1: not known), and how to read them."""

    size: int
    read: Callable[[], Sequence[T]]


@dataclass(frozen=True, slots=True)
class Stretch(Generic[T]):
    """The rows of a page.

    ``found`` is the number of rows that fit up to the end of the page, ``whole`` says that no more fit, ``more`` that another page
    has rows or may have some, ``looked`` how many items were looked through where that was the limit, else 0.
    """

    rows: tuple[T, ...]
    found: int
    whole: bool
    more: bool
    looked: int = 0


def walk(parts: Iterable[Part[T]], fits: Callable[[Sequence[T]], Sequence[T]] | None, page: int) -> Stretch[T]:
    """The page number ``page`` (from 1) of the rows that fit; without ``fits`` all do, and parts before the page are not read.

    A page looks through ``SPAN`` items more than the one before it, so that going on leads further.
    """
    first, last = (page - 1) * PER_PAGE, page * PER_PAGE
    rows: list[T] = []
    found = looked = 0
    for part in parts:
        if found > last:
            return Stretch(tuple(rows), found, False, True)
        if looked >= SPAN * page:
            return Stretch(tuple(rows), found, False, True, looked)
        if fits is None and 0 <= part.size <= first - found:
            found += part.size
            continue
        read = part.read()
        looked += len(read) if fits is not None or part.size < 0 else 0
        fitting = read if fits is None else fits(read)
        rows += fitting[max(first - found, 0) : max(last - found, 0)]
        found += len(fitting)
    return Stretch(tuple(rows), found, found <= last, found > last)
