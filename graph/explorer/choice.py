"""What the address of a page asks for: filters, order and page, each checked before anything is made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph.explorer.frame import Frame
from graph.literals import due, first_day
from ontology.vocabulary import DATA

PER_PAGE = 50
ROLES = ("lead", "responsible", "support")
STANDINGS = ("in_force", "pending", "expired", "repealed")
SORTS = ("policy", "deadline", "agency")
LONGEST = 200  # characters of a word to look for
_IRI = re.compile(re.escape(DATA) + r"[A-Za-z0-9%._~/-]{1,1500}")
_YEAR = re.compile(r"[0-9]{4}")
_MOST_PAGES = 1_000_000


def iri_of(text: str) -> str:
    """``text`` where it is the address of a thing of the graph, else "": nothing else goes into a query."""
    return text if _IRI.fullmatch(text) else ""


def day_of(text: str, *, first: bool = False) -> str:
    """The ISO day that ``text`` means: itself, or the last (``first``) day of a month or year; "" where it is none."""
    day = first_day(text) if first else due(text)
    return day.value if day else ""


def page_of(frame: Frame) -> int:
    """The number of the page of rows, from 1."""
    text = frame.value("page")
    return min(max(int(text), 1), _MOST_PAGES) if text.isascii() and text.isdecimal() and len(text) < 8 else 1


def one_of(text: str, known: tuple[str, ...], default: str = "") -> str:
    """``text`` where it is one of ``known``."""
    return text if text in known else default


_LISTS: Mapping[str, tuple[str, ...]] = {
    "role": ROLES, "standing": STANDINGS, "due": ("with", "none"), "known": ("yes", "no"), "groups": ("yes",), "held": ("no",),
    "open": ("yes",),
}  # fmt: skip
_SHAPES = {"since": "day", "before": "day", "on": "day", "year": "year", "policy": "iri", "partner": "iri", "issuer": "iri",
           "cited": "iri"}  # fmt: skip

_READERS: Mapping[str, Callable[[str], object]] = {"day": day_of, "year": _YEAR.fullmatch, "iri": iri_of}


def misread(frame: Frame, lists: Mapping[str, tuple[str, ...]] | None = None) -> tuple[str, ...]:
    """What the address of a page asks for that is not understood and so does not choose, each with what it should be.

    ``lists`` are the values of further parameters of the page (kind, tier, sort).
    """
    known = {**_LISTS, **(lists or {})}
    said = []
    for name, value in frame.pairs:
        shape = _SHAPES.get(name, "")
        if name in known and value not in known[name]:
            why = frame.w("misread_known", known=frame.w.join(known[name]))
        elif shape and not _READERS[shape](value):
            why = frame.w(f"misread_{shape}")
        else:
            continue
        said.append(f"{name}={value[:LONGEST]}（{why}）" if frame.lang == "zh" else f"{name}={value[:LONGEST]} ({why})")
    return tuple(said)


@dataclass(frozen=True, slots=True)
class DutyChoice:
    """Which duties a page shows, and in which order; "" does not choose.

    ``policy`` is an IRI, ``year`` that of the policy's date, ``place`` the policy's. ``due`` is with or none (a day or no day on
    which the duty falls due), ``since`` and ``before`` are the first and last day. ``standing`` is that of the clause on the day
    ``on``; ``q`` are words of the task, ``partner`` (an IRI) an agency that has to stand in the same list,
    ``mention`` the name of the bearer as written. ``groups`` adds to an agency's duties those of groups that reach it.
    """

    role: str = ""
    policy: str = ""
    year: str = ""
    place: str = ""
    due: str = ""
    since: str = ""
    before: str = ""
    standing: str = ""
    on: str = ""
    q: str = ""
    partner: str = ""
    mention: str = ""
    groups: bool = False
    sort: str = "policy"

    @property
    def chosen(self) -> bool:
        """Whether any filter is set."""
        filters = (self.role, self.policy, self.year, self.place, self.due, self.since, self.before, self.standing, self.q)
        return any(filters) or bool(self.partner or self.mention)


def duty_choice(frame: Frame) -> DutyChoice:
    """The choice that the address of a page states; what is not understood does not choose."""
    value = frame.value
    year = value("year")
    return DutyChoice(
        role=one_of(value("role"), ROLES),
        policy=iri_of(value("policy")),
        year=year if _YEAR.fullmatch(year) else "",
        place=value("place")[:LONGEST],
        due=one_of(value("due"), ("with", "none")),
        since=day_of(value("since"), first=True),
        before=day_of(value("before")),
        standing=one_of(value("standing"), STANDINGS),
        on=day_of(value("on")) or frame.today,
        q=value("q").strip()[:LONGEST],
        partner=iri_of(value("partner")),
        mention=value("mention")[:LONGEST],
        groups=value("groups") == "yes",
        sort=one_of(value("sort"), SORTS, "policy"),
    )
