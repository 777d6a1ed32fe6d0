"""What a word typed into the search box finds: agencies in any spelling, policies, indicators, tasks; else what is near."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nsmallest

import pyoxigraph as ox

from graph import answers, bodies
from graph.cells import text_of
from graph.explorer import catalogue
from graph.explorer.catalogue import Head
from graph.explorer.choice import DutyChoice
from graph.explorer.duties import duty_page, is_large
from graph.explorer.kept import Kept
from graph.explorer.worded import worded
from graph.iris import number_key, title_key
from graph.questions import CITED
from graph.rows import AgencyRow, DutyRow
from graph.store import Store

SHOWN = 8
_MOST_TITLES = 5000  # titles that are compared with a word that nothing holds
_NEAR = 0.35  # of difflib's ratio: below, two titles share little but 实施方案


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that others cite and the graph does not hold."""

    iri: str
    title: str
    number: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found; the lists hold the first ``SHOWN``, the numbers count all. ``meant`` are the agencies that the word names.

    ``near`` are set where nothing else is. ``duty_whole`` is False where only the duties of the newest policies were
    looked through.
    """

    word: str
    meant: tuple[AgencyRow, ...] = ()
    agencies: tuple[AgencyRow, ...] = ()
    agency_count: int = 0
    policies: tuple[Head, ...] = ()
    policy_count: int = 0
    cited: tuple[Cited, ...] = ()
    cited_count: int = 0
    indicators: tuple[tuple[str, int], ...] = ()
    indicator_count: int = 0
    duties: tuple[DutyRow, ...] = ()
    duty_count: int = 0
    duty_whole: bool = True
    near_agencies: tuple[AgencyRow, ...] = ()
    near_policies: tuple[Head, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether anything holds the word."""
        return any((self.meant, self.agency_count, self.policy_count, self.cited_count, self.indicator_count, self.duty_count))


@lru_cache(maxsize=32)
def search(store: Store, word: str) -> Found:
    """What ``word`` finds."""
    words = word.split()
    if not words:
        return Found("")
    squeezed = "".join(words)
    meant = catalogue.find_agencies(store, squeezed)
    named = _agencies(store, words, {row.iri for row in meant})
    policies = _policies(store, words)
    cited = _cited(store, words)
    indicators = [row for row in catalogue.indicators(store) if _holds(row[0], words)]
    indicators.sort(key=lambda row: (-row[1], len(row[0]), row[0]))
    duties, number, whole = _duties(store, word)
    found = Found(
        word, tuple(meant[:SHOWN]), tuple(catalogue.agency_rows(store, named[:SHOWN])), len(named) + len(meant),
        tuple(policies[:SHOWN]), len(policies), tuple(cited[:SHOWN]), len(cited), tuple(indicators[:SHOWN]), len(indicators),
        tuple(duties), number, whole,
    )  # fmt: skip
    if found.anything:
        return found
    near = catalogue.agency_rows(store, bodies.names_like(squeezed, catalogue.names(store), SHOWN))
    return Found(word, duty_whole=whole, near_agencies=tuple(near), near_policies=_near(store, squeezed))


def _duties(store: Store, word: str) -> tuple[list[DutyRow], int, bool]:
    """The first duties that speak of a word, how many do, and whether all were counted."""
    if not is_large(store):
        tasks = sorted(worded(store, word) or ())
        return answers.duties_of(store, tasks[:SHOWN]), len(tasks), True
    page = duty_page(store, DutyChoice(q=word), "", 1)
    return answers.duties_of(store, [b.iri for b in page.briefs[:SHOWN]]), page.sum.number, page.sum.whole


def _holds(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


def _agencies(store: Store, words: list[str], meant: set[str]) -> list[str]:
    """The IRIs of agencies whose names hold the words, the shortest names first; those that are ``meant`` stand apart."""
    found = [(len(name), name, iri) for name, iri in catalogue.names(store).items() if iri not in meant and _holds(name, words)]
    return [iri for _, _, iri in sorted(found)]


def _policies(store: Store, words: list[str]) -> list[Head]:
    """The policies whose title, or number in any spelling, holds the words: the newest first."""
    wanted = [title_key(word)[2:] for word in words]
    number = number_key("".join(words))[2:]
    titled = any(wanted)
    found = [
        head for head, (title, own) in zip(catalogue.entries(store).heads, catalogue.keys(store), strict=True)
        if (titled and all(key in title for key in wanted))
        or (own and (number in own or all(word in head.number for word in words)))
    ]  # fmt: skip
    found.sort(key=lambda h: (h.title, h.iri))
    found.sort(key=lambda h: h.dated, reverse=True)
    return found


def _cited(store: Store, words: list[str]) -> list[Cited]:
    rows = _all_cited(store)
    found = [c for c in rows if _holds(c.title, words) or (c.number and _holds(c.number, words))]
    return sorted(found, key=lambda c: (c.title, c.number, c.iri))


def _near(store: Store, word: str) -> tuple[Head, ...]:
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(word[:100])
    scored: list[tuple[float, str, Head]] = []
    for head in nsmallest(_MOST_TITLES, catalogue.entries(store).heads, key=lambda h: h.iri):
        matcher.set_seq1(head.title)
        if matcher.real_quick_ratio() > _NEAR and matcher.quick_ratio() > _NEAR and (score := matcher.ratio()) > _NEAR:
            scored.append((-score, head.title, head))
    return tuple(head for _, _, head in sorted(scored, key=lambda s: s[:2])[:SHOWN])


_all_cited = Kept(lambda store: tuple(Cited(*map(text_of, row)) for row in store.select(CITED)))


def cited_document(store: Store, iri: str) -> Cited | None:
    """The document with this IRI that is cited but not held."""
    query = CITED.replace("WHERE {", "WHERE { $document$", 1)
    found = next(store.select(query, document=[ox.NamedNode(iri)]), None)
    return None if found is None else Cited(*map(text_of, found))
