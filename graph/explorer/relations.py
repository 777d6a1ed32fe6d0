"""What a document says of others, and what others say of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from graph.cells import code_of, int_of, text_of
from graph.store import Store

_OUT = """
SELECT ?c ?relation ?other ?path ?clause ?start ?exact
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
    """A citation between two documents, seen from one: ``other`` is the IRI of the other one.

    ``unresolved`` says why the graph holds no document for it, "" where it does; ``parts`` are the clauses that are meant.
    """

    iri: str
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
    rows = list(store.select(_IN if inward else _OUT, policy=[ox.NamedNode(document)]))
    if not rows:
        return []
    named = [ox.NamedNode(iri) for iri in sorted({text_of(row[2]) for row in rows})]
    names = {text_of(row[0]): tuple(map(text_of, row[1:])) for row in store.select(_NAMES, document=named)}
    more: dict[tuple[str, str], list[str]] = defaultdict(list)
    for citation, predicate, value in store.select(_MORE, c=[ox.NamedNode(text_of(row[0])) for row in rows]):
        more[text_of(citation), text_of(predicate).rpartition("#")[2]].append(text_of(value))
    found = []
    for _, iri, relation, other, path, clause, exact in sorted(
        (int_of(start), text_of(c), code_of(relation), text_of(other), text_of(path), text_of(clause), text_of(exact))
        for c, relation, other, path, clause, start, exact in rows
    ):
        title, number, dated = names[other]
        why, parts, since = (sorted(more[iri, key]) for key in ("unresolved", "citedClause", "repealedFrom"))
        bare = "" if title == number else title
        said = (bare, number, dated, path, clause, exact, "".join(why[:1]))
        found.append(Relation(iri, relation, other, *said, tuple(parts), "".join(since[:1])))
    if inward:
        found = [r for r in found if r.other != document]
        found.sort(key=lambda r: r.dated, reverse=True)
    return sorted(found, key=lambda r: RELATIONS.index(r.relation))
