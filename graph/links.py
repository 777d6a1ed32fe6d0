"""What can be said only over the whole store: which document a citation means, what an agency is, what is no longer used.

Everything here is made again from the graphs of the policies, so it does not depend on the order or history of builds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from graph import iris
from graph.counts import counted
from graph.derive import derive
from graph.documents import Resolver
from graph.literals import chinese, string, yes_no
from graph.look import Look, Node
from graph.titles import issues_one
from ontology.vocabulary import concept, term

_BATCH = 250_000  # statements held in memory
_OUTLINES = 500  # outlines of documents held in memory, some hundred clauses each
_LINK = {"basis": "eli:based_on", "cites": "eli:cites", "repeals": "eli:repeals", "amends": "eli:amends"}
_LINKS = {concept("relations", code): term(link) for code, link in _LINK.items()}
_MARKS = re.compile(r"[()（）〔〕\[\].、,，:：\s]")
_LABEL = re.compile(r"(第[^第/]{1,8}?(?:部分|[编章节条款项目])(?:之[一二三四五六七八九十]{1,2})?)(?=第|/|$)")


def link(store: ox.Store) -> None:
    """Make the graphs of documents, agencies, shared things and what is derived anew from the graphs of the policies."""
    _drop_unused(store)
    _agencies(store)
    store.remove_graph(iris.DOCUMENTS)
    _load(store, _Linker(store).quads())
    _load(store, _cited_documents(store))
    store.remove_graph(iris.DERIVED)
    _load(store, derive(store))
    store.remove_graph(iris.COUNTS)
    _load(store, counted(store))


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


class _Linker:
    """The statements that need the whole store: what citations, references and clauses of precedence lead to."""

    def __init__(self, store: ox.Store) -> None:
        self.look = Look(store)
        self.resolver = Resolver(store)
        self._outlines: dict[Node, list[tuple[str, Node]]] = {}

    def quads(self) -> Iterator[ox.Quad]:
        """All of them, in the graph of documents."""
        for citation in self.look.subjects("rdf:type", term("zhize:Citation")):
            yield from self._citation(citation)
        for kind, predicate in (("zhize:Reference", "zhize:refersTo"), ("zhize:Precedence", "zhize:prevailing")):
            for mention in self.look.subjects("rdf:type", term(kind)):
                yield from self._pointer(mention, predicate)

    def _citation(self, citation: Node) -> Iterator[ox.Quad]:
        """The document that a citation is resolved to, and the relation between the two documents."""
        relation = self.look.node(citation, "zhize:relation")
        policy = self.look.node(citation, "zhize:policy")
        target, why = self.resolver.resolve(citation, policy, plain=relation == concept("relations", "cites"))
        yield ox.Quad(citation, term("zhize:resolvedTo"), target, iris.DOCUMENTS)
        clauses = [self._clause(target, value.value) for value in self.look.values(citation, "zhize:citedClause")]
        for clause, label in clauses:
            yield ox.Quad(citation, term("zhize:resolvedClause"), clause, iris.DOCUMENTS)
            if label:
                yield ox.Quad(clause, term("rdf:type"), term("zhize:CitedClause"), iris.DOCUMENTS)
                yield ox.Quad(clause, term("eli:is_part_of"), target, iris.DOCUMENTS)
                yield ox.Quad(clause, term("eli:number"), string(label), iris.DOCUMENTS)
        partial = clauses and relation == concept("relations", "repeals")  # eli:repeals of the whole would say too much
        for thing in [clause for clause, _ in clauses] if partial else [target]:
            yield ox.Quad(policy, _LINKS[relation], thing, iris.DOCUMENTS)
        if why:
            yield ox.Quad(target, term("rdf:type"), term("zhize:CitedDocument"), iris.DOCUMENTS)
            yield ox.Quad(citation, term("zhize:unresolved"), string(why), iris.DOCUMENTS)

    def _clause(self, document: Node, label: str) -> tuple[Node, str]:
        """The clause of a document by its label and "", or a node made for it and the label, where the outline has not just one."""
        ending = _squeezed(label)
        found = [clause for path, clause in self._outline(document) if path.endswith(ending)]
        return (found[0], "") if len(found) == 1 else (iris.cited_clause_iri(document, label), label)

    def _outline(self, document: Node) -> list[tuple[str, Node]]:
        """The paths and clauses of a document in the store; those of the latest documents are kept."""
        if document not in self._outlines:
            if len(self._outlines) >= _OUTLINES:
                self._outlines.clear()
            subjects = self.look.subjects("zhize:policy", document)
            paths = ((self.look.text(subject, "zhize:path"), subject) for subject in subjects)
            self._outlines[document] = [(_squeezed(path), subject) for path, subject in paths if path]
        return self._outlines[document]

    def _pointer(self, mention: Node, predicate: str) -> Iterator[ox.Quad]:
        """The document that a reference or a clause of precedence points to, where its words say which."""
        title, number = self.look.text(mention, "zhize:refersTitle"), self.look.text(mention, "zhize:refersNumber")
        if not title and not number:
            return
        policy = self.look.node(mention, "zhize:policy")
        target, why = self.resolver.named(title, number, policy, plain=True)
        yield ox.Quad(mention, term(predicate), target, iris.DOCUMENTS)
        if why:
            yield ox.Quad(target, term("rdf:type"), term("zhize:CitedDocument"), iris.DOCUMENTS)


def _squeezed(path: str) -> str:
    """A path of labels, 第一章/第三条 or 第三条第二款, in one form: ``/`` before each label."""
    return "/" + _LABEL.sub(r"/\1", _MARKS.sub("", unicodedata.normalize("NFKC", path))).replace("//", "/").strip("/")


def _fullest(title: str) -> tuple[bool, int, str]:
    """A sort key: the document's own title before that of the notice that issues it, then the longest."""
    return issues_one(title), -len(iris.title_key(title)), title


def _cited_documents(store: ox.Store) -> Iterator[ox.Quad]:
    """Each document that is only cited, under the fullest of the titles that it is cited by."""
    look, resolver, graph = Look(store), Resolver(store), iris.DOCUMENTS
    for document in look.subjects("rdf:type", term("zhize:CitedDocument"), graph):
        citations = list(look.subjects("zhize:resolvedTo", document, graph))
        pointers = [p for predicate in ("zhize:refersTo", "zhize:prevailing") for p in look.subjects(predicate, document, graph)]
        words = [resolver.words(mention) for mention in (citations or pointers)]
        titles, numbers = {title for title, _ in words} - {""}, {number for _, number in words} - {""}
        yield ox.Quad(document, term("rdf:type"), term("eli:LegalResource"), graph)
        if titles or numbers:
            label = min(titles, key=_fullest) if titles else min(numbers)
            yield ox.Quad(document, term("rdfs:label"), chinese(label), graph)
        if numbers:
            yield ox.Quad(document, term("eli:id_local"), string(min(numbers)), graph)
