"""What can be said only over the whole store: which document a citation means, what an agency is, what is no longer used.

Everything here is made again from the graphs of the policies, so it does not depend on the order or history of builds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from graph import iris
from graph.literals import chinese, string, yes_no
from graph.look import Look, Node
from ontology.vocabulary import concept, term

_BATCH = 50_000  # statements, or looked-up keys, held in memory
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
    _load(store, _Resolver(store).citations())
    _load(store, _cited_documents(store))


def _load(store: ox.Store, quads: Iterable[ox.Quad]) -> None:
    """Load in batches, so that memory does not grow with the store."""
    batch: list[ox.Quad] = []
    for quad in quads:
        batch.append(quad)
        if len(batch) >= _BATCH:
            store.bulk_extend(batch)
            batch.clear()
    store.bulk_extend(batch)


def _drop_unused(store: ox.Store) -> None:
    """Take out shared things (files, places, genres) that no statement leads to any more."""
    look, again = Look(store), True
    while again:
        again = False
        for subject in {q.subject for q in store.quads_for_pattern(None, None, None, iris.SHARED)}:
            assert isinstance(subject, Node)
            if next(look.subjects(None, subject), None) is None:
                for quad in look.said(subject, iris.SHARED):
                    store.remove(quad)
                again = True


def _agencies(store: ox.Store) -> None:
    """One node an agency, described by the best reading: known before unknown, reasoned before bare; then by its values."""
    look = Look(store)
    used = {reading for _, reading in look.pairs("zhize:reading")}
    readings: dict[Node, list[list[ox.Quad]]] = {}
    kept: list[ox.Quad] = []
    for reading, agency in look.pairs("zhize:readingOf", iris.AGENCIES):
        if reading in used and isinstance(agency, Node):
            said = look.said(reading, iris.AGENCIES)
            kept += said
            readings.setdefault(agency, []).append(said)
    for agency, several in readings.items():
        kept += _agency(agency, min(several, key=_worth))
    store.remove_graph(iris.AGENCIES)
    _load(store, kept)


def _worth(reading: list[ox.Quad]) -> tuple[bool, int, list[str]]:
    """A sort key: the best reading first."""
    known = any(q.predicate == term("zhize:known") and q.object == yes_no(True) for q in reading)
    return (not known, -len(reading), sorted(f"{q.predicate} {q.object}" for q in reading))


def _agency(agency: Node, reading: list[ox.Quad]) -> Iterator[ox.Quad]:
    yield ox.Quad(agency, term("rdf:type"), term("org:FormalOrganization"), iris.AGENCIES)
    for quad in reading:
        if quad.predicate not in (term("rdf:type"), term("zhize:readingOf")):
            yield ox.Quad(agency, quad.predicate, quad.object, iris.AGENCIES)


class _Resolver:
    """Decides which document each citation means. In doubt it decides for none and says why."""

    def __init__(self, store: ox.Store) -> None:
        self.look = Look(store)
        self._known: dict[str, tuple[Node, ...]] = {}
        self._cited: dict[str, Node | None] = {}

    def citations(self) -> Iterator[ox.Quad]:
        """For each citation: the document it is resolved to, and the relation between the two documents."""
        links = {concept("relations", code): term(link) for code, link in _LINK.items()}
        for citation in self.look.subjects("rdf:type", term("zhize:Citation")):
            relation = self.look.node(citation, "zhize:relation")
            policy = self.look.node(citation, "zhize:policy")
            target, why = self.resolve(citation, policy, plain=relation == concept("relations", "cites"))
            yield ox.Quad(citation, term("zhize:resolvedTo"), target, iris.DOCUMENTS)
            yield ox.Quad(policy, links[relation], target, iris.DOCUMENTS)
            if why:
                yield ox.Quad(target, term("rdf:type"), term("zhize:CitedDocument"), iris.DOCUMENTS)
                yield ox.Quad(citation, term("zhize:unresolved"), string(why), iris.DOCUMENTS)

    def resolve(self, citation: Node, policy: Node, plain: bool) -> tuple[Node, str]:
        """The document meant, and "" or why it is none of the policies in the store."""
        title, number = self.look.text(citation, "zhize:citedTitle"), self.look.text(citation, "zhize:citedNumber")
        t_key, n_key = iris.title_key(title) if title else "", iris.number_key(number) if number else ""
        fitting = self._fitting(t_key, policy, plain) if t_key else ()
        found, why = self._by_number(n_key, t_key, fitting) if n_key else self._by_title(fitting)
        if found is not None:
            return found, ""
        whole = self.document(t_key or n_key) if not (title and number) else None
        return whole or iris.document_iri(title or None, number or None), why

    def _fitting(self, t_key: str, policy: Node, plain: bool) -> tuple[Node, ...]:
        """The policies of a title that ``policy`` can mean: no later one, and itself only where it merely cites."""
        dated = self.look.text(policy, "eli:date_document")
        known = [p for p in self.policies(t_key) if plain or p != policy]
        return tuple(p for p in known if not dated or self.look.text(p, "eli:date_document") <= dated)

    def _by_number(self, n_key: str, t_key: str, fitting: tuple[Node, ...]) -> tuple[Node | None, str]:
        """By number, and by title where several documents bear the number; a title that speaks against it stops it."""
        candidates = self.policies(n_key)
        if not candidates:
            bare = [p for p in fitting if self._may_bear(p, n_key)]
            return (bare[0], "") if len(bare) == 1 else (None, _NOT_HERE)
        if not t_key:
            return (candidates[0], "") if len(candidates) == 1 else (None, _AMBIGUOUS_NUMBER)
        same = [p for p in candidates if p in self.policies(t_key)]
        if len(same) == 1:
            return same[0], ""
        if len(candidates) > 1:
            return None, _AMBIGUOUS_NUMBER
        own = iris.title_key(self.look.text(candidates[0], "rdfs:label"))[2:]
        inside = bool(own) and (own in t_key or t_key[2:] in own)
        return (candidates[0], "") if inside else (None, _OTHER_TITLE)

    def _may_bear(self, policy: Node, n_key: str) -> bool:
        """Whether a policy was read without a number and its date does not speak against the year in this one."""
        year = self.look.text(policy, "eli:date_document")[:4]
        return not self.look.text(policy, "eli:id_local") and (not year or year in n_key)

    def _by_title(self, fitting: tuple[Node, ...]) -> tuple[Node | None, str]:
        if len(fitting) == 1:
            return fitting[0], ""
        return None, _AMBIGUOUS_TITLE if fitting else _NOT_HERE

    def policies(self, key: str) -> tuple[Node, ...]:
        """The policies in the store with this title or number; kept, since one law is cited ten thousand times."""
        if key not in self._known:
            kind = term("zhize:Policy")
            found = [n for n in self.look.subjects("zhize:matchKey", string(key)) if kind in self.look.values(n, "rdf:type")]
            _make_room(self._known)
            self._known[key] = tuple(sorted(found, key=lambda n: n.value))
        return self._known[key]

    def document(self, key: str) -> Node | None:
        """The one document outside the store that is cited somewhere with both title and number, one of them this key."""
        if key not in self._cited:
            _make_room(self._cited)
            self._cited[key] = self._document(key)
        return self._cited[key]

    def _document(self, key: str) -> Node | None:
        found: set[Node] = set()
        for node in self.look.subjects("zhize:matchKey", string(key)):
            title, number = self.look.text(node, "zhize:citedTitle"), self.look.text(node, "zhize:citedNumber")
            if title and number and not self.policies(iris.number_key(number)):
                found.add(iris.document_iri(title, number))
                if len(found) > 1:
                    return None
        return next(iter(found), None)


def _make_room(kept: dict[str, Any]) -> None:
    if len(kept) >= _BATCH:
        kept.clear()


def _cited_documents(store: ox.Store) -> Iterator[ox.Quad]:
    """Each document that is only cited, under the first in order of the titles and numbers that it is cited by."""
    look, graph = Look(store), iris.DOCUMENTS
    for document in look.subjects("rdf:type", term("zhize:CitedDocument"), graph):
        citations = list(look.subjects("zhize:resolvedTo", document, graph))
        titles = {look.text(c, "zhize:citedTitle") for c in citations} - {""}
        numbers = {look.text(c, "zhize:citedNumber") for c in citations} - {""}
        yield ox.Quad(document, term("rdf:type"), term("eli:LegalResource"), graph)
        if titles or numbers:
            yield ox.Quad(document, term("rdfs:label"), chinese(min(titles or numbers)), graph)
        if numbers:
            yield ox.Quad(document, term("eli:id_local"), string(min(numbers)), graph)
