"""Predecessors and successors of bodies, as the list of bodies (ontology/authority/bodies.tsv) gives them.

A name pattern of the list is compared with a body's name and place, so that 中国银行保险监督管理委员会云陵监管分局 leads to the
国家金融监督管理总局云陵监管分局 of the same place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ontology import authority

_PATTERNS = {"{P}": "P", "{S}": "S"}


@dataclass(frozen=True, slots=True)
class Succession:
    """``resulting`` took over from ``originals`` (names, sorted) in the month ``since`` (YYYY-MM); ``place`` is that of all."""

    originals: tuple[str, ...]
    resulting: str
    since: str
    place: str


def successions(bodies: Mapping[str, str]) -> list[Succession]:
    """The changes that lead to or from ``bodies`` (name to place), step by step, so that a chain of reforms is whole.

    Of several bodies of a place that one may have followed (人行中心支行, 人行营业管理部), only those in ``bodies`` are taken: no
    place has had all of them.
    """
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    seen, left = set(bodies), sorted(bodies.items())
    while left:
        name, place = left.pop()
        for original, resulting, since in {*_after(name, place), *_before(name, place, bodies)}:
            found[resulting, since, place].add(original)
            for other in (original, resulting):
                if other not in seen:
                    seen.add(other)
                    left.append((other, place))
    return [Succession(tuple(sorted(originals)), *key) for key, originals in sorted(found.items())]


def _after(name: str, place: str) -> Iterator[tuple[str, str, str]]:
    """The change by which ``name`` ended."""
    for row in _ended():
        filled = _same_place(row.name, row.successor, name, place)
        if filled:
            yield name, filled, row.until


def _before(name: str, place: str, bodies: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """The changes by which ``name`` began."""
    made = [(row, _same_place(row.successor, row.name, name, place)) for row in _ended()]
    one_of_place = sum("{" in row.name for row, filled in made if filled is not None) == 1
    for row, filled in made:
        if filled and ("{" not in row.name or one_of_place or filled in bodies):
            yield filled, name, row.until
        elif filled == "":
            yield from ((other, name, row.until) for other in bodies if _same_place(row.name, row.successor, other, place) == name)


@cache
def _ended() -> tuple[authority.Body, ...]:
    return tuple(row for row in authority.bodies() if row.successor and row.until)


def _same_place(pattern: str, other: str, name: str, place: str) -> str | None:
    """``other`` filled with the place that ``name`` has in ``pattern``; None where ``name`` is none of ``pattern``.

    "" where the place stands in ``other`` in a form that ``name`` does not give ({S} 云陵, where ``name`` holds 云陵市).
    """
    match = _matcher(pattern).fullmatch(name)
    if match is None:
        return None
    forms = match.groupdict()
    if ("P" in forms and forms["P"] != place) or ("S" in forms and forms["S"] not in place):
        return None
    values = {"{P}": place, "{S}": forms.get("S", "")}
    wanted = [slot for slot in _PATTERNS if slot in other]
    if any(not values[slot] for slot in wanted):
        return ""
    for slot in wanted:
        other = other.replace(slot, values[slot])
    return other


@cache
def _matcher(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\{[PS]\})", pattern)
    return re.compile("".join(f"(?P<{_PATTERNS[p]}>.{{2,24}})" if p in _PATTERNS else re.escape(p) for p in parts))


def predecessors(name: str, known: Iterable[Succession]) -> list[tuple[str, str]]:
    """The bodies that ``name`` took over from, with the month."""
    return [(original, s.since) for s in known if s.resulting == name for original in s.originals]
