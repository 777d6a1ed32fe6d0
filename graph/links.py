"""What can be said only over the whole store: which document a citation means, what an agency is, what is no longer used.

Everything here is made again from the graphs of the policies, so it does not depend on the order or history of builds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox

from graph import iris
from graph.literals import string, yes_no
from ontology.vocabulary import concept, term

_BATCH = 50_000
_LINK = {"basis": "eli:based_on", "cites": "eli:cites", "repeals": "eli:repeals", "amends": "eli:amends"}
_AMBIGUOUS_NUMBER = "同一文号下有多份文件，标题不能区分"
_OTHER_TITLE = "文号相同而标题不同"
_AMBIGUOUS_TITLE = "同一标题有多份文件"
_NOT_HERE = "图中没有该文件"


def link(store: ox.Store) -> None:
    """Make the graphs of documents, agencies and shared things anew from the graphs of the policies."""
    _drop_unused(store)
    _agencies(store)
    store.remove_graph(iris.DOCUMENTS)
    resolver = _Resolver(store)
    _load(store, resolver.citations())
    _load(store, _cited_documents(store))


def _load(store: ox.Store, quads: Iterable[ox.Quad]) -> None:
    """Load in batches; the quads are made while the store is read, so each batch is complete before it is written."""
    batch: list[ox.Quad] = []
    for quad in quads:
        batch.append(quad)
        if len(batch) >= _BATCH:
            store.bulk_extend(batch)
            batch.clear()
    store.bulk_extend(batch)


def _drop_unused(store: ox.Store) -> None:
    """Take out shared things (files, places, genres) that no statement leads to any more."""
    again = True
    while again:
        again = False
        for subject in {q.subject for q in store.quads_for_pattern(None, None, None, iris.SHARED)}:
            if next(store.quads_for_pattern(None, None, subject, None), None) is None:
                for quad in list(store.quads_for_pattern(subject, None, None, iris.SHARED)):
                    store.remove(quad)
                again = True


def _agencies(store: ox.Store) -> None:
    """One node an agency, described by the best reading: known before unknown, reasoned before bare; then by its values."""
    used = {q.object for q in store.quads_for_pattern(None, term("zhize:reading"), None, None)}
    readings: dict[ox.NamedNode, list[list[ox.Quad]]] = {}
    kept: list[ox.Quad] = []
    for quad in store.quads_for_pattern(None, term("zhize:readingOf"), None, iris.AGENCIES):
        if quad.subject in used:
            said = list(store.quads_for_pattern(quad.subject, None, None, iris.AGENCIES))
            kept += said
            readings.setdefault(quad.object, []).append(said)
    for agency, said in readings.items():
        kept += _agency(agency, min(said, key=_worth))
    store.remove_graph(iris.AGENCIES)
    _load(store, kept)


def _worth(reading: list[ox.Quad]) -> tuple[bool, int, list[str]]:
    """A sort key: the best reading first."""
    known = any(q.predicate == term("zhize:known") and q.object == yes_no(True) for q in reading)
    return (not known, -len(reading), sorted(f"{q.predicate} {q.object}" for q in reading))


def _agency(agency: ox.NamedNode, reading: list[ox.Quad]) -> Iterator[ox.Quad]:
    yield ox.Quad(agency, term("rdf:type"), term("org:FormalOrganization"), iris.AGENCIES)
    for quad in reading:
        if quad.predicate not in (term("rdf:type"), term("zhize:readingOf")):
            yield ox.Quad(agency, quad.predicate, quad.object, iris.AGENCIES)


class _Resolver:
    """Decides which document each citation means. In doubt it decides for none and says why."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self.policies: Callable[[str], tuple[ox.NamedNode, ...]] = lru_cache(50_000)(self._policies)
        self.document: Callable[[str], ox.NamedNode | None] = lru_cache(50_000)(self._document)

    def value(self, node: ox.NamedNode, predicate: str) -> str:
        found = next(self.store.quads_for_pattern(node, term(predicate), None, None), None)
        return "" if found is None else str(found.object.value)

    def citations(self) -> Iterator[ox.Quad]:
        """For each citation: the document it is resolved to, and the relation between the two documents."""
        links = {concept("relations", code): term(link) for code, link in _LINK.items()}
        for quad in self.store.quads_for_pattern(None, term("rdf:type"), term("zhize:Citation"), None):
            citation = quad.subject
            relation = next(self.store.quads_for_pattern(citation, term("zhize:relation"), None, None)).object
            policy = next(self.store.quads_for_pattern(citation, term("zhize:policy"), None, None)).object
            target, why = self.resolve(citation, policy, plain=relation == concept("relations", "cites"))
            yield ox.Quad(citation, term("zhize:resolvedTo"), target, iris.DOCUMENTS)
            yield ox.Quad(policy, links[relation], target, iris.DOCUMENTS)
            if why:
                yield ox.Quad(target, term("rdf:type"), term("zhize:CitedDocument"), iris.DOCUMENTS)
                yield ox.Quad(citation, term("zhize:unresolved"), string(why), iris.DOCUMENTS)

    def resolve(self, citation: ox.NamedNode, policy: ox.NamedNode, plain: bool) -> tuple[ox.NamedNode, str]:
        """The document meant, and "" or why it is none of the policies in the store."""
        title, number = self.value(citation, "zhize:citedTitle"), self.value(citation, "zhize:citedNumber")
        t_key, n_key = iris.title_key(title) if title else "", iris.number_key(number) if number else ""
        if n_key:
            found, why = self._by_number(n_key, t_key, title)
        else:
            found, why = self._by_title(t_key, policy, plain)
        if found is not None:
            return found, ""
        whole = self.document(t_key or n_key) if not (title and number) else None
        return whole or iris.document_iri(title or None, number or None), why

    def _by_number(self, n_key: str, t_key: str, title: str) -> tuple[ox.NamedNode | None, str]:
        candidates = self.policies(n_key)
        if not candidates:
            bare = [p for p in (self.policies(t_key) if t_key else ()) if not self.value(p, "eli:id_local")]
            return (bare[0], "") if len(bare) == 1 else (None, _NOT_HERE)
        if not t_key:
            return (candidates[0], "") if len(candidates) == 1 else (None, _AMBIGUOUS_NUMBER)
        same = [p for p in candidates if p in self.policies(t_key)]
        if len(same) == 1:
            return same[0], ""
        if same or len(candidates) > 1:
            return None, _AMBIGUOUS_NUMBER
        own = iris.title_key(self.value(candidates[0], "rdfs:label"))[2:]
        inside = bool(own) and (own in t_key or t_key[2:] in own)
        return (candidates[0], "") if inside else (None, _OTHER_TITLE)

    def _by_title(self, t_key: str, policy: ox.NamedNode, plain: bool) -> tuple[ox.NamedNode | None, str]:
        """By title alone: never the document itself where it repeals, amends or rests on one, and never a later document."""
        dated = self.value(policy, "eli:date_document")
        candidates = [p for p in self.policies(t_key) if plain or p != policy]
        candidates = [p for p in candidates if not dated or self.value(p, "eli:date_document") <= dated]
        if len(candidates) == 1:
            return candidates[0], ""
        return None, _AMBIGUOUS_TITLE if candidates else _NOT_HERE

    def _keyed(self, key: str) -> Iterator[ox.NamedNode]:
        for quad in self.store.quads_for_pattern(None, term("zhize:matchKey"), string(key), None):
            yield quad.subject

    def _policies(self, key: str) -> tuple[ox.NamedNode, ...]:
        kind, policy = term("rdf:type"), term("zhize:Policy")
        found = [n for n in self._keyed(key) if next(self.store.quads_for_pattern(n, kind, policy, None), None) is not None]
        return tuple(sorted(found, key=lambda n: n.value))

    def _document(self, key: str) -> ox.NamedNode | None:
        """The one document outside the store that is cited somewhere with both title and number, one of them this key."""
        found: set[ox.NamedNode] = set()
        for node in self._keyed(key):
            title, number = self.value(node, "zhize:citedTitle"), self.value(node, "zhize:citedNumber")
            if title and number and not self.policies(iris.number_key(number)):
                found.add(iris.document_iri(title, number))
                if len(found) > 1:
                    return None
        return next(iter(found), None)


def _cited_documents(store: ox.Store) -> Iterator[ox.Quad]:
    """Each document that is only cited, under the first in order of the titles and numbers that it is cited by."""
    resolved, graph = term("zhize:resolvedTo"), iris.DOCUMENTS
    for quad in store.quads_for_pattern(None, term("rdf:type"), term("zhize:CitedDocument"), graph):
        document = quad.subject
        titles: set[str] = set()
        numbers: set[str] = set()
        for found in store.quads_for_pattern(None, resolved, document, graph):
            titles.update(q.object.value for q in store.quads_for_pattern(found.subject, term("zhize:citedTitle"), None, None))
            numbers.update(q.object.value for q in store.quads_for_pattern(found.subject, term("zhize:citedNumber"), None, None))
        yield ox.Quad(document, term("rdf:type"), term("eli:LegalResource"), graph)
        if titles or numbers:
            yield ox.Quad(document, term("rdfs:label"), ox.Literal(min(titles or numbers), language="zh"), graph)
        if numbers:
            yield ox.Quad(document, term("eli:id_local"), string(min(numbers)), graph)
