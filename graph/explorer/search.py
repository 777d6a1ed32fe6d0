"""What a word typed into the search box finds: agencies in any spelling, policies, indicators, tasks; else what is near."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

import pyoxigraph as ox

from graph import answers
from graph.bodies import agencies_of, find_agencies, nearest_agencies
from graph.cells import int_of, text_of
from graph.explorer.heads import Head, heads
from graph.explorer.worded import worded
from graph.iris import number_key, title_key
from graph.literals import string
from graph.rows import AgencyRow, DutyRow
from graph.store import Store

SHOWN = 8
_MOST_TITLES = 5000  # titles that are compared with a word that nothing holds
_NEAR = 0.35  # of difflib's ratio: below, two titles share little but 实施方案
_NAMED = """
SELECT ?agency ?name
WHERE { ?agency a org:FormalOrganization ; skos:prefLabel ?name FILTER(CONTAINS(?name, ?word)) $word$ }"""
_INDICATORS = """
SELECT ?name (COUNT(?t) AS ?n)
WHERE { ?t zhize:indicator ?name FILTER(CONTAINS(?name, ?word)) $word$ }
GROUP BY ?name"""
_CITED = """
SELECT ?document ?title ?number
WHERE {
  ?document a zhize:CitedDocument .
  OPTIONAL { ?document rdfs:label ?title }
  OPTIONAL { ?document eli:id_local ?number }
}"""


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that others cite and the graph does not hold."""

    iri: str
    title: str
    number: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found; the lists hold the first ``SHOWN``, the numbers count all. ``meant`` are the agencies that the word names.

    ``near`` are set where nothing else is.
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
    near_agencies: tuple[AgencyRow, ...] = ()
    near_policies: tuple[Head, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether anything holds the word."""
        return any((self.meant, self.agency_count, self.policy_count, self.cited_count, self.indicator_count, self.duty_count))


def search(store: Store, word: str) -> Found:
    """What ``word`` finds."""
    words = word.split()
    if not words:
        return Found("")
    squeezed = "".join(words)
    meant = find_agencies(store, squeezed)
    named = _agencies(store, words, {row.iri for row in meant})
    policies = _policies(store, words)
    cited = _cited(store, words)
    indicators = _indicators(store, words)
    tasks = sorted(worded(store, word) or ())
    found = Found(
        word, tuple(meant[:SHOWN]), tuple(agencies_of(store, named[:SHOWN])) if named else (), len(named) + len(meant),
        tuple(policies[:SHOWN]), len(policies), tuple(cited[:SHOWN]), len(cited), tuple(indicators[:SHOWN]), len(indicators),
        tuple(answers.duties_of(store, tasks[:SHOWN])), len(tasks),
    )  # fmt: skip
    if found.anything:
        return found
    return Found(word, near_agencies=tuple(nearest_agencies(store, squeezed, limit=SHOWN)), near_policies=_near(store, squeezed))


def _holds(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


def _agencies(store: Store, words: list[str], meant: set[str]) -> list[str]:
    """The IRIs of agencies whose names hold the words, the shortest names first; those that are ``meant`` stand apart."""
    rows = store.select(_NAMED, word=[string(words[0])])
    found = {text_of(iri): text_of(name) for iri, name in rows if _holds(text_of(name), words[1:])}
    return sorted((iri for iri in found if iri not in meant), key=lambda iri: (len(found[iri]), found[iri]))


def _policies(store: Store, words: list[str]) -> list[Head]:
    """The policies whose title, or number in any spelling, holds the words: the newest first."""
    keys = [title_key(word)[2:] for word in words]
    number = number_key("".join(words))[2:]
    found = [
        head for head in heads(store).values()
        if (any(keys) and all(key in title_key(head.title) for key in keys))
        or (head.number and (number in number_key(head.number) or all(word in head.number for word in words)))
    ]  # fmt: skip
    found.sort(key=lambda h: (h.title, h.iri))
    found.sort(key=lambda h: h.dated, reverse=True)
    return found


def _cited(store: Store, words: list[str]) -> list[Cited]:
    rows = (Cited(*map(text_of, row)) for row in store.select(_CITED))
    found = [c for c in rows if _holds(c.title, words) or (c.number and _holds(c.number, words))]
    return sorted(found, key=lambda c: (c.title, c.number, c.iri))


def _indicators(store: Store, words: list[str]) -> list[tuple[str, int]]:
    rows = ((text_of(name), int_of(n)) for name, n in store.select(_INDICATORS, word=[string(words[0])]))
    return sorted((row for row in rows if _holds(row[0], words[1:])), key=lambda row: (-row[1], len(row[0]), row[0]))


def _near(store: Store, word: str) -> tuple[Head, ...]:
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(word[:100])
    scored: list[tuple[float, str, Head]] = []
    for head in sorted(heads(store).values(), key=lambda h: h.iri)[:_MOST_TITLES]:
        matcher.set_seq1(head.title)
        if matcher.real_quick_ratio() > _NEAR and matcher.quick_ratio() > _NEAR and (score := matcher.ratio()) > _NEAR:
            scored.append((-score, head.title, head))
    return tuple(head for _, _, head in sorted(scored, key=lambda s: s[:2])[:SHOWN])


def cited_document(store: Store, iri: str) -> Cited | None:
    """The document with this IRI that is cited but not held."""
    query = _CITED.replace("WHERE {", "WHERE { $document$", 1)
    found = next(store.select(query, document=[ox.NamedNode(iri)]), None)
    return None if found is None else Cited(*map(text_of, found))
