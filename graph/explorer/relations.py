"""What a document says of others, and what others say of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from graph.cells import code_of, int_of, text_of
from graph.explorer.heads import heads
from graph.store import Store

_DETAILS = """
SELECT ?c ?policy ?relation ?other ?path ?clause ?start ?exact
WHERE {
  $c$
  ?c zhize:policy ?policy ; zhize:relation ?relation ; zhize:resolvedTo ?other ; zhize:statedIn ?clause ; zhize:evidence ?at .
  ?clause zhize:path ?path .
  ?at oa:hasSelector ?place . ?place oa:start ?start .
  ?at oa:hasSelector ?words . ?words oa:exact ?exact .
}"""
_OUT = "SELECT ?c WHERE { $policy$ ?c zhize:policy ?policy ; zhize:resolvedTo ?other }"
_IN = "SELECT ?c ?relation ?by WHERE { $policy$ ?c zhize:resolvedTo ?policy ; zhize:relation ?relation ; zhize:policy ?by }"
_NAMES = """
SELECT ?document ?title ?number ?dated
WHERE {
  $document$
  OPTIONAL { ?document rdfs:label ?title }
  OPTIONAL { ?document eli:id_local ?number }
  OPTIONAL { ?document eli:date_document ?dated }
}"""
_MORE = """
SELECT ?c ?p ?o
WHERE { $c$ ?c ?p ?o FILTER(?p IN (zhize:unresolved, zhize:citedClause, zhize:repealedFrom)) }"""
SHOWN_EACH = 100  # citations of each relation on the page of what is cited; the list of citations has them all
RELATIONS = ("basis", "amends", "repeals", "cites")


@dataclass(frozen=True, slots=True)
class Relation:
    """A citation between two documents, seen from one (``of``); ``other`` is the IRI of the other one.

    ``unresolved`` says why the graph holds no document for it, "" where it does; ``parts`` are the clauses that are meant.
    """

    iri: str
    of: str
    relation: str
    other: str
    title: str
    number: str
    dated: str
    clause: str
    clause_iri: str
    words: str
    unresolved: str
    parts: tuple[str, ...]
    since: str


@dataclass(frozen=True, slots=True)
class Related:
    """Citations by relation, the first ``SHOWN_EACH`` of each; ``counts`` says how many there are."""

    rows: tuple[Relation, ...]
    counts: Mapping[str, int]

    @property
    def count(self) -> int:
        """How many there are in all."""
        return sum(self.counts.values())


def outward(store: Store, document: str) -> Related:
    """What ``document`` says of others by relation, in the order of the text."""
    found = _read(store, [text_of(c) for (c,) in store.select(_OUT, policy=[ox.NamedNode(document)])])
    found.sort(key=lambda r: RELATIONS.index(r.relation))
    return Related(tuple(found), Counter(r.relation for r in found))


def inward(store: Store, document: str) -> Related:
    """What others say of ``document`` by relation, that of the newest first."""
    several = pointing(store, document)
    first = [brief.iri for code in RELATIONS for brief in [b for b in several if b.relation == code][:SHOWN_EACH]]
    found = _read(store, first, inward=True)
    found.sort(key=lambda r: r.dated, reverse=True)
    found.sort(key=lambda r: RELATIONS.index(r.relation))
    return Related(tuple(found), Counter(b.relation for b in several))


@dataclass(frozen=True, slots=True)
class CitationBrief:
    """What a citation is chosen and sorted by."""

    iri: str
    policy: str
    relation: str
    unresolved: bool = False
    start: int = 0


@lru_cache(maxsize=32)
def pointing(store: Store, document: str) -> tuple[CitationBrief, ...]:
    """The citations that mean a document, those of the newest documents first; its own left out."""
    rows = store.select(_IN, policy=[ox.NamedNode(document)])
    found = [CitationBrief(text_of(c), text_of(by), code_of(relation)) for c, relation, by in rows if text_of(by) != document]
    known = heads(store, {b.policy for b in found})
    found.sort(key=lambda b: (known[b.policy].number, known[b.policy].title, b.policy, b.iri))
    found.sort(key=lambda b: known[b.policy].dated, reverse=True)
    return tuple(found)


def details(store: Store, citations: Sequence[CitationBrief]) -> list[Relation]:
    """All that is known of these citations, in their order."""
    found = {relation.iri: relation for relation in _read(store, [c.iri for c in citations])}
    return [found[c.iri] for c in citations if c.iri in found]


def _read(store: Store, citations: Sequence[str], *, inward: bool = False) -> list[Relation]:
    """These citations (IRIs) in the order of the text, as seen from those that speak, or (``inward``) from those that are meant."""
    nodes = [ox.NamedNode(iri) for iri in citations]
    rows = list(store.select_each(_DETAILS, "c", nodes))
    if inward:
        rows = [(c, other, relation, of, *rest) for c, of, relation, other, *rest in rows]
    named = [ox.NamedNode(iri) for iri in sorted({text_of(row[3]) for row in rows})]
    names = {text_of(row[0]): tuple(map(text_of, row[1:])) for row in store.select_each(_NAMES, "document", named)}
    more: dict[tuple[str, str], list[str]] = defaultdict(list)
    for citation, predicate, value in store.select_each(_MORE, "c", nodes):
        more[text_of(citation), text_of(predicate).rpartition("#")[2]].append(text_of(value))
    found = []
    for c, of, relation, other, path, clause, _, exact in sorted(rows, key=lambda row: (int_of(row[6]), text_of(row[0]))):
        iri = text_of(c)
        title, number, dated = names[text_of(other)]
        why, parts, since = (sorted(more[iri, key]) for key in ("unresolved", "citedClause", "repealedFrom"))
        found.append(
            Relation(
                iri=iri,
                of=text_of(of),
                relation=code_of(relation),
                other=text_of(other),
                title="" if title == number else title,
                number=number,
                dated=dated,
                clause=text_of(path),
                clause_iri=text_of(clause),
                words=text_of(exact),
                unresolved="".join(why[:1]),
                parts=tuple(parts),
                since="".join(since[:1]),
            )
        )
    return found
