"""What a view's page is told: subjects (circles), lines, and cards (duties or citations with their evidence)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from urllib.parse import unquote

from ontology.vocabulary import DATA

MAX_SUBJECTS = 800
"""Circles that are drawn at once. Measured in Chromium on one busy core without graphics card, from the click to the drawn answer:
64 ms at 800 circles, 134 ms at 1,000, 381 ms at 3,000, 1.4 s at 10,000 (first drawing 0.6, 0.8, 1.9 and 4 s); 100 ms is felt as at
once. A larger network is drawn as its groups, each of which opens as a network of its own."""
MAX_HELD = 10_000
"""Circles on a page in all; the smallest above it are left out and counted. So many, in groups, make a page of 7.5 MB in 12 to 25 s
that is first drawn after 0.6 to 0.9 s; a group opens in 58 to 106 ms, a click is answered in 42 to 54 ms (medians)."""
MAX_LINES = 3000
"""The same for lines; the weakest above it are left out."""
FIRST_LINES = 420
"""The page starts with a threshold that draws at most so many lines: more hide one another."""
TEXT_BUDGET = 600_000
"""Characters of quotes and tasks on a page (1.8 MB of Chinese); cards above it keep the first ``SHORT`` characters of each."""
SHORT = 40
COLOURS = 8
"""Groups with a colour of their own; more hues than this cannot be told apart."""
SMALLEST_GROUP = 3
"""Members from which a group gets a colour."""
TOP = 12
"""The least count that the largest circle stands for."""
SMALLEST, LARGEST = 6.0, 30.0
"""Radii of circles in pixels at scale 1."""


@dataclass(frozen=True, slots=True)
class Card:
    """A duty or a citation as the side panel shows it.

    ``parties`` are (subject number, role); ``start`` and ``end`` are raw offsets in the file ``source``; ``role`` is the relation
    of a citation, "" for a duty; ``note`` says why the fact is in doubt. Cards with the same ``assignment`` count once. ``key`` is
    the card's part of an address within the page, the same in every run. ``last`` and ``ended`` are as in :class:`Doc`, for a duty
    whose clause ends before its document.
    """

    doc: int
    clause: str
    heading: str
    text: str
    due: str
    targets: tuple[str, ...]
    parties: tuple[tuple[int, str], ...]
    source: str
    start: int
    end: int
    quote: str
    assignment: int
    note: str = ""
    role: str = ""
    key: str = ""
    last: str = ""
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A circle: an agency or a document.

    ``group`` is the number of its colour or -1; ``soft`` marks one that can be hidden (an unnamed group, a document that is only
    cited); ``meta`` are (key in the texts, value) for the side panel; ``key`` is its address within the page; ``cluster`` the
    number of its :class:`Cluster` or -1.
    """

    name: str
    label: str
    group: int
    size: float
    x: float
    y: float
    place: str
    type: str
    soft: bool
    number: str = ""
    meta: tuple[tuple[str, str], ...] = ()
    key: str = ""
    cluster: int = -1


@dataclass(frozen=True, slots=True)
class Line:
    """A line from subject ``a`` to ``b``; ``cards`` are the numbers of the cards behind it, ``leads`` how often each end leads."""

    a: int
    b: int
    kind: str
    cards: tuple[int, ...]
    leads: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Doc:
    """A document that cards belong to; ``number`` is its 文号, ``state`` its standing on the day of the picture.

    For other days the page judges itself: ``begins`` and ``last`` are the first and last day in force, ``ended`` the standing
    after the last ("" where it does not end; without a ``last`` on every day), ``held`` is False where it is only cited.
    """

    title: str
    number: str
    dated: str
    state: str = ""
    begins: str = ""
    last: str = ""
    ended: str = ""
    held: bool = True


@dataclass(frozen=True, slots=True)
class Cluster:
    """A group of a network that is too large to be drawn at once; ``weight`` counts its members' duties or relations."""

    name: str
    label: str
    group: int
    size: float
    x: float
    y: float
    members: int
    weight: int


@dataclass(frozen=True, slots=True)
class Join:
    """How many lines lead from members of cluster ``a`` to members of ``b``."""

    a: int
    b: int
    weight: int


@dataclass(frozen=True, slots=True)
class Picture:
    """All that a page shows; ``groups`` are the names of the colours, the ``cut_`` numbers count what was left out.

    ``focus`` is the subject that an ego network is about, or -1. ``duties`` are those of the documents; their parties are numbers
    of ``bodies``. ``day`` is that of the standings, to begin with; ``state`` the standing that the page shows first, "" for all.
    """

    kind: str
    subjects: tuple[Subject, ...]
    lines: tuple[Line, ...]
    cards: tuple[Card, ...]
    docs: tuple[Doc, ...]
    groups: tuple[str, ...]
    roles: tuple[str, ...]
    threshold: int = 1
    cut_subjects: int = 0
    cut_lines: int = 0
    cut_cards: int = 0
    focus: int = -1
    duties: tuple[Card, ...] = ()
    bodies: tuple[str, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    joins: tuple[Join, ...] = ()
    day: str = ""
    state: str = ""


def sizes(values: Sequence[int]) -> list[float]:
    """Radii whose areas follow ``values``, between ``SMALLEST`` and ``LARGEST``; small figures make no large circles."""
    top = max(TOP, *values) if values else TOP
    return [round(SMALLEST + (LARGEST - SMALLEST) * sqrt(max(v, 0) / top), 1) for v in values]


def address(iri: str) -> str:
    """The address of a thing within a page: its IRI without the part that all have, in plain letters."""
    return unquote(iri.removeprefix(DATA))


def first_threshold(weights: Sequence[int]) -> int:
    """The least weight from which at most ``FIRST_LINES`` lines remain, yet not all go; 1 where all may be drawn."""
    if len(weights) <= FIRST_LINES:
        return 1
    ranked = sorted(weights, reverse=True)
    return min(ranked[FIRST_LINES] + 1, ranked[0])


def within_budget(cards: Sequence[Card]) -> tuple[tuple[Card, ...], int]:
    """The cards with texts shortened once ``TEXT_BUDGET`` is spent, and how many were shortened."""
    out: list[Card] = []
    spent = cut = 0
    for card in cards:
        spent += len(card.quote) + len(card.text) + sum(map(len, card.targets))
        if spent > TEXT_BUDGET and max(len(card.quote), len(card.text)) > SHORT:
            card = replace(card, quote=_short(card.quote), text=_short(card.text))  # noqa: PLW2901
            cut += 1
        out.append(card)
    return tuple(out), cut


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[:SHORT] + "…"
