"""The authority: places and government bodies of China as tables, each read once, when first asked for.

Every table is a TSV beside this file; its first lines, which begin with ``#``, say what it holds and where it is from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative division. ``last`` is "" or the last year in which the list of divisions still held the name."""

    code: str
    name: str
    short: str
    parent: str
    last: str


@dataclass(frozen=True, slots=True)
class Department:
    """A department that repeats from tier to tier.

    ``names`` are the full name without its ending and its short forms; ``endings`` are those of province, city and county
    ("" where there is none; after "=" the whole name); ``functions`` are the words that name it by its function.
    """

    names: tuple[str, ...]
    state: str
    state_aliases: tuple[str, ...]
    endings: tuple[str, str, str]
    functions: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body with its own name pattern.

    ``name`` holds {P} (place in full), {S} (without its generic word), {V} (province without it), {T} (that word) or
    {N} (the lowest place alone); ``tiers`` are letters of S, P, C, D (state, province, city, county); ``since`` and
    ``until`` are months ("" where unknown or open).
    """

    name: str
    tiers: str
    kind: str
    aliases: tuple[str, ...]
    since: str
    until: str
    successor: str
    example: str


@dataclass(frozen=True, slots=True)
class LocalName:
    """A name that only one place uses; ``body`` stands after the place or, where it begins with "=", is the whole name."""

    place: str
    alias: str
    body: str
    kind: str


def _rows(name: str) -> Iterator[list[str]]:
    """The rows of a table without comments and head line."""
    lines = (files(__package__) / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    body = [line for line in lines if line and not line.startswith("#")]
    for line in body[1:]:
        yield line.split("\t")


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(",")) if cell else ()


@cache
def places() -> tuple[Place, ...]:
    """All divisions, in the order of their codes."""
    return tuple(Place(*row) for row in _rows("places"))


@cache
def departments() -> tuple[Department, ...]:
    """All departments of the tiers; of two that share an alias the first is meant."""
    return tuple(
        Department(_list(names), state, _list(aliases), (province, city, county), _list(functions), example)
        for names, state, aliases, province, city, county, functions, example in _rows("departments")
    )


@cache
def bodies() -> tuple[Body, ...]:
    """All bodies with a name pattern of their own; of two that share an alias the first is meant."""
    return tuple(
        Body(name, tiers, kind, _list(aliases), since, until, successor, example)
        for name, tiers, kind, aliases, since, until, successor, example in _rows("bodies")
    )


@cache
def local_names() -> tuple[LocalName, ...]:
    """Names that one place alone uses."""
    return tuple(LocalName(*row) for row in _rows("local"))


@cache
def words(kind: str) -> tuple[str, ...]:
    """The words of one kind of ``words.tsv``, in the table's order."""
    return tuple(row[1] for row in _rows("words") if row[0] == kind)
