"""A document as its page shows it: head, outline with what each clause lays down, and its relations to others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from graph.cells import code_of, int_of, text_of
from graph.explorer.validity import Standing, standings
from graph.rows import PolicyRow
from graph.store import Store
from ontology.vocabulary import term

_HEAD = """
SELECT ?p ?o WHERE { $policy$ ?policy ?p ?o }"""
_ISSUERS = "SELECT ?agency ?name WHERE { $policy$ ?policy eli:passed_by ?agency . ?agency skos:prefLabel ?name }"
_CLAUSES = """
SELECT ?clause ?path ?label ?heading ?text ?above ?kind
WHERE {
  $policy$
  ?clause zhize:policy ?policy ; a eli:LegalResourceSubdivision ; zhize:path ?path ; eli:is_part_of ?above .
  OPTIONAL { ?clause eli:number ?label }
  OPTIONAL { ?clause zhize:heading ?heading }
  OPTIONAL { ?clause zhize:text ?text }
  OPTIONAL { ?clause eli:type_subdivision ?kind }
}"""
_SPANS = """
SELECT ?clause ?start ?end
WHERE {
  $policy$
  ?clause zhize:policy ?policy ; a eli:LegalResourceSubdivision ; zhize:evidence ?at .
  ?at oa:hasSelector ?place . ?place oa:start ?start ; oa:end ?end .
}"""
_DUTIES = """
SELECT ?d ?clause ?as ?role ?agency ?name ?task ?deadline ?start ?order
WHERE {
  $policy$
  ?d zhize:policy ?policy ; odrl:assignee ?agency ; zhize:statedIn ?clause ; zhize:assignment ?as ; zhize:role ?role ;
     zhize:order ?order ; zhize:evidence ?at .
  ?at oa:hasSelector ?place . ?place oa:start ?start .
  ?agency skos:prefLabel ?name .
  OPTIONAL { ?d zhize:task ?task }
  OPTIONAL { ?d zhize:deadline ?deadline }
}"""
_FACTS = """
SELECT ?f ?clause ?kind ?exact ?start
WHERE {
  $policy$ $kind$
  ?f a ?kind ; zhize:policy ?policy ; zhize:statedIn ?clause ; zhize:evidence ?at .
  ?at oa:hasSelector ?words . ?words oa:exact ?exact .
  ?at oa:hasSelector ?place . ?place oa:start ?start .
}"""
_SOURCE = """
SELECT ?name ?sha ?version
WHERE {
  $policy$
  ?graph foaf:primaryTopic ?policy ; prov:wasDerivedFrom ?source ; prov:wasAttributedTo/dcterms:hasVersion ?version .
  ?source dcterms:title ?name .
  OPTIONAL { ?source spdx:checksum/spdx:checksumValue ?sha }
}"""
_KINDS = ("Target", "Support", "Citation", "Precedence", "Note")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the outline. ``text`` is white-space-free; ``start``/``end`` are raw offsets, -1 where the graph has none."""

    iri: str
    path: str
    label: str
    heading: str
    text: str
    above: str
    kind: str
    start: int
    end: int

    @property
    def body(self) -> str:
        """The text behind label and heading."""
        rest = self.text.removeprefix(self.label).lstrip("、.．　 ")
        return rest.removeprefix(self.heading).lstrip("\n。")


@dataclass(frozen=True, slots=True)
class Bearer:
    """An agency with its duty in an assignment."""

    duty: str
    agency: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A task of a clause with those who bear it, in the order of the text."""

    task: str
    deadline: str
    bearers: tuple[Bearer, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure, citation, clause of precedence or note in a clause: ``kind`` is Target, Support, Citation …"""

    iri: str
    kind: str
    words: str
    start: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A clause with its depth, what it lays down, and what stands in it."""

    clause: Clause
    depth: int
    assignments: tuple[Assignment, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a document was read from, its hash, and the program that read it."""

    name: str
    sha256: str
    extractor: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document of the graph. ``problems`` are what its head lacks; ``notice`` is the title of the notice that issues it."""

    row: PolicyRow
    issuers: tuple[tuple[str, str], ...]
    notice: str
    problems: tuple[str, ...]
    standing: Standing
    source: Source
    branches: tuple[Branch, ...]

    @property
    def duties(self) -> int:
        """How many duties it lays down."""
        return sum(len(a.bearers) for b in self.branches for a in b.assignments)

    def marks(self, *kinds: str) -> list[Mark]:
        """What stands in it, of these kinds."""
        return [m for b in self.branches for m in b.marks if m.kind in kinds]


def document_page(store: Store, iri: str) -> DocumentPage | None:
    """The document with this IRI; None where the graph does not hold it."""
    node = [ox.NamedNode(iri)]
    said: dict[str, list[str]] = defaultdict(list)
    for predicate, value in store.select(_HEAD, policy=node):
        said[text_of(predicate).replace("#", "/").rsplit("/", 1)[-1]].append(text_of(value))
    if not any(kind.endswith("#Policy") for kind in said["type"]):
        return None
    issuers = tuple(sorted((text_of(agency), text_of(name)) for agency, name in store.select(_ISSUERS, policy=node)))
    branches = tuple(_branches(store, node))

    def one(key: str) -> str:
        return (said[key] or [""])[0]

    row = PolicyRow(
        iri, one("label"), one("id_local"), tuple(name for _, name in issuers), one("place"), one("date_document"),
        "issue" if said["effectiveOnIssue"] else one("first_date_entry_in_force"), one("date_no_longer_in_force"),
        _genre(store, one("type_document")), 0, 0,
    )  # fmt: skip
    problems = tuple(sorted({*said["problem"], *said["numberMissing"]}))
    standing = standings(store, [iri]).get(iri, Standing())
    return DocumentPage(row, issuers, one("notice"), problems, standing, source_of(store, iri), branches)


def _genre(store: Store, iri: str) -> str:
    if not iri:
        return ""
    found = store.select("SELECT ?code WHERE { $genre$ ?genre skos:notation ?code }", genre=[ox.NamedNode(iri)])
    return next((text_of(code) for (code,) in found), "")


def source_of(store: Store, policy: str) -> Source:
    """Where a document was read from."""
    found = next(store.select(_SOURCE, policy=[ox.NamedNode(policy)]), (None, None, None))
    return Source(*map(text_of, found))


def clauses(store: Store, policy: str) -> list[Clause]:
    """The clauses of a document in the order of its text; the whole text first."""
    node = [ox.NamedNode(policy)]
    spans = {text_of(clause): (int_of(start), int_of(end)) for clause, start, end in store.select(_SPANS, policy=node)}
    rows = []
    for iri, path, label, heading, text, above, kind in store.select(_CLAUSES, policy=node):
        start, end = spans.get(text_of(iri), (-1, -1))
        words = (text_of(path), text_of(label), text_of(heading), text_of(text), text_of(above))
        rows.append(Clause(text_of(iri), *words, code_of(kind), start, end))
    return sorted(rows, key=lambda c: (c.start, -c.end, c.path))


def _branches(store: Store, node: list[ox.NamedNode]) -> Iterable[Branch]:
    assignments, marks = _assignments(store, node), _marks(store, node)
    tree = [c for c in clauses(store, node[0].value) if c.path or c.iri in assignments or c.iri in marks]
    above = {c.iri: c.above for c in tree}
    for clause in tree:
        depth, at = 0, clause.above
        while at in above and depth < 12:
            depth, at = depth + 1, above[at]
        branch = Branch(clause, depth, tuple(assignments.get(clause.iri, ())), tuple(marks.get(clause.iri, ())))
        if clause.path or branch.assignments or branch.marks:  # the whole text has a place of its own only for what stands in it
            yield branch


def _assignments(store: Store, node: list[ox.NamedNode]) -> Mapping[str, list[Assignment]]:
    rows = [
        (int_of(start), int_of(order), text_of(d), text_of(clause), (text_of(shared), text_of(task), text_of(deadline)),
         Bearer(text_of(d), text_of(agency), text_of(name), code_of(role)))
        for d, clause, shared, role, agency, name, task, deadline, start, order in store.select(_DUTIES, policy=node)
    ]  # fmt: skip
    groups: dict[str, dict[tuple[str, str, str], list[Bearer]]] = defaultdict(lambda: defaultdict(list))
    for _, _, _, clause, key, bearer in sorted(rows, key=lambda r: r[:3]):
        groups[clause][key].append(bearer)
    return {
        clause: [Assignment(task, deadline, tuple(bearers)) for (_, task, deadline), bearers in found.items()]
        for clause, found in groups.items()
    }


def _marks(store: Store, node: list[ox.NamedNode]) -> Mapping[str, list[Mark]]:
    kinds = {term(f"zhize:{kind}"): kind for kind in _KINDS}
    found: dict[str, list[Mark]] = defaultdict(list)
    for fact, clause, kind, exact, start in store.select(_FACTS, policy=node, kind=list(kinds)):
        assert isinstance(kind, ox.NamedNode)
        found[text_of(clause)].append(Mark(text_of(fact), kinds[kind], text_of(exact), int_of(start)))
    for several in found.values():
        several.sort(key=lambda m: (m.start, m.iri))
    return found
