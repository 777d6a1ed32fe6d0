"""The text of a clause with the words of a fact marked at their place.

The store keeps the words of a clause without the white space of the file, and raw offsets of clause and fact. Words that occur
several times are told apart by them: the white space left out bounds where in the clause a raw offset can lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Words:
    """Words to be marked: their raw offset ``start``, -1 where it is not known; ``href`` leads to their page."""

    text: str
    start: int = -1
    kind: str = "other"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``here`` are the words of the fact, ``near`` the list of units or sentence that it stands in."""

    text: str
    here: bool = False
    near: bool = False
    href: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause's text in pieces. ``found`` says that the fact is marked in it, ``sure`` that no other place is possible."""

    pieces: tuple[Piece, ...]
    found: bool
    sure: bool


def places(text: str, words: str, offset: int, slack: int) -> list[tuple[int, int]]:
    """Where ``words`` stand in ``text``, white space aside, the likeliest first.

    ``offset`` is their raw distance from the begin of the text, -1 where unknown, ``slack`` the number of characters of white space
    that the text has lost.
    """
    kept = [at for at, c in enumerate(text) if not c.isspace()]
    plain, wanted = "".join(text[at] for at in kept), "".join(words.split())
    found, at = [], plain.find(wanted) if wanted else -1
    while at >= 0:
        found.append((kept[at], kept[at + len(wanted) - 1] + 1))
        at = plain.find(wanted, at + 1)
    if offset < 0:
        return found
    middle = offset - slack / 2
    possible = [span for span in found if offset - slack <= span[0] <= offset]
    return sorted(possible or found, key=lambda span: (abs(span[0] - middle), span))


def passage(text: str, begin: int, end: int, here: Words, near: str = "", others: Iterable[Words] = ()) -> Passage:
    """``text`` (a clause with the raw offsets ``begin`` and ``end``) with ``here`` marked, and ``near`` around it."""
    slack = max(end - begin - len(text), 0)

    def where(words: Words) -> list[tuple[int, int]]:
        return places(text, words.text, words.start - begin if words.start >= 0 and begin >= 0 else -1, slack)

    spots = where(here)
    spans: list[tuple[int, int, Words]] = [(*spots[0], here)] if spots else []
    around = [span for span in places(text, near, -1, slack) if not spots or span[0] <= spots[0][0] < span[1]]
    for words in others:
        if found := where(words):
            spans.append((*found[0], words))
    return Passage(_pieces(text, spans, around[0] if around else None, here), bool(spots), len(spots) == 1)


def _pieces(text: str, spans: Sequence[tuple[int, int, Words]], near: tuple[int, int] | None, here: Words) -> tuple[Piece, ...]:
    """The text cut where a mark begins or ends; of marks that overlap the fact itself counts first, then the shortest."""
    ranked = sorted(spans, key=lambda s: (s[2] is not here, s[1] - s[0], s[0]))
    cuts = sorted({0, len(text), *(at for a, b, _ in spans for at in (a, b)), *(near or ())})
    pieces: list[Piece] = []
    for a, b in pairwise(cuts):
        top = next((words for begin, end, words in ranked if begin <= a < end), None)
        inside = near is not None and near[0] <= a < near[1]
        own = top is here
        piece = Piece(text[a:b], own, inside, "" if own or top is None else top.href, "" if top is None else top.kind)
        last = pieces[-1] if pieces else None
        if last and (last.here, last.near, last.href, last.kind) == (piece.here, piece.near, piece.href, piece.kind):
            pieces[-1] = Piece(last.text + piece.text, piece.here, piece.near, piece.href, piece.kind)
        else:
            pieces.append(piece)
    return tuple(pieces)
