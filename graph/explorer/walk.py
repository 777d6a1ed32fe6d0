"""Pages of rows out of more than can be read for one page: parts are skipped by their sizes or read until the page is full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from graph.explorer.choice import PER_PAGE

T = TypeVar("T")
WHOLE = 25_000
"""Items (duties, figures, citations, notes) up to which a graph is read as a whole: every count is exact, every order possible."""
AT_ONCE = 100
"""Items that are read together."""
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


def pages_of(number: int) -> int:
    """How many pages so many rows fill; none fill one."""
    return max(-(-number // PER_PAGE), 1)


def cut(rows: Sequence[T], page: int) -> tuple[Sequence[T], Shown]:
    """The rows of a page (from 1) of rows that are at hand; a page behind the last is the last."""
    pages = pages_of(len(rows))
    page = min(page, pages)
    return rows[(page - 1) * PER_PAGE : page * PER_PAGE], Shown(page, pages)


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A stretch of the rows in their order: how many they are (-1: not known), and how to read them."""

    size: int
    read: Callable[[], Sequence[T]]


def together(
    sized: Iterable[tuple[str, int]], read: Callable[[tuple[str, ...]], Sequence[T]], most: int = AT_ONCE
) -> Iterator[Part[T]]:
    """Policies (IRIs with the number of their items) in their order, as many a part as hold ``AT_ONCE`` items, but ``most``."""
    several: list[str] = []
    size = 0
    for iri, n in sized:
        if n:
            several.append(iri)
            size += n
        if size >= AT_ONCE or len(several) >= most:
            yield Part(size, partial(read, tuple(several)))
            several, size = [], 0
    if several:
        yield Part(size, partial(read, tuple(several)))


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


def gather(parts: Iterable[Part[T]], fits: Callable[[Sequence[T]], Sequence[T]] | None, most: int) -> tuple[T, ...] | None:
    """All rows that fit, in their order; None where they are more than ``most``."""
    rows: list[T] = []
    for part in parts:
        rows += part.read() if fits is None else fits(part.read())
        if len(rows) > most:
            return None
    return tuple(rows)


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
