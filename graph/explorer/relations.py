"""What a document says of others, and what others say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from graph.cells import code_of, int_of, text_of
from graph.explorer.heads import Head, heads
from graph.store import Row, Store

_OUT = """
SELECT ?c ?policy ?relation ?other ?path ?clause ?start ?exact
WHERE {
  $policy$
  ?c zhize:policy ?policy ; zhize:relation ?relation ; zhize:resolvedTo ?other ; zhize:statedIn ?clause ; zhize:evidence ?at .
  ?clause zhize:path ?path .
  ?at oa:hasSelector ?place . ?place oa:start ?start .
  ?at oa:hasSelector ?words . ?words oa:exact ?exact .
}"""
_IN = _OUT.replace("zhize:policy ?policy", "zhize:policy ?other").replace("zhize:resolvedTo ?other", "zhize:resolvedTo ?policy")
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


def relations(store: Store, document: str, *, inward: bool) -> list[Relation]:
    """The citations of ``document`` (``inward``: those of others that mean it, the newest first) by relation, then in order."""
    found = _read(store, list(store.select(_IN if inward else _OUT, policy=[ox.NamedNode(document)])))
    if inward:
        found = [r for r in found if r.other != document]
        found.sort(key=lambda r: r.dated, reverse=True)
    return sorted(found, key=lambda r: RELATIONS.index(r.relation))


def all_relations(store: Store) -> tuple[list[Relation], Mapping[str, Head]]:
    """The citations of all documents: those of the newest first, in the order of the text; and what cites."""
    found = _read(store, list(store.select(_OUT)))
    known = heads(store, {r.of for r in found})
    found.sort(key=lambda r: (known[r.of].number, known[r.of].title, r.of))
    found.sort(key=lambda r: known[r.of].dated, reverse=True)
    return found, known


def _read(store: Store, rows: list[Row]) -> list[Relation]:
    """The relations of the rows of a query, in the order of the text."""
    if not rows:
        return []
    named = [ox.NamedNode(iri) for iri in sorted({text_of(row[3]) for row in rows})]
    names = {text_of(row[0]): tuple(map(text_of, row[1:])) for row in store.select(_NAMES, document=named)}
    more: dict[tuple[str, str], list[str]] = defaultdict(list)
    for citation, predicate, value in store.select(_MORE, c=[ox.NamedNode(text_of(row[0])) for row in rows]):
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
