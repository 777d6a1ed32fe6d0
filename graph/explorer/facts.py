"""One fact with all that is known of it, and the words that say so at their place in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from graph.cells import code_of, int_of, text_of
from graph.explorer.documents import Clause, Source, clauses, source_of
from graph.explorer.heads import Head, heads
from graph.explorer.passage import Passage, Words, passage
from graph.store import Store
from ontology.vocabulary import PREFIXES, expand

_SAID = "SELECT ?p ?o WHERE { $fact$ ?fact ?p ?o }"
_EVIDENCE = """
SELECT ?source ?start ?end
WHERE {
  $fact$
  ?fact zhize:evidence ?at .
  ?at oa:hasSource/dcterms:title ?source ; oa:hasSelector ?place .
  ?place oa:start ?start ; oa:end ?end .
}"""
_EXACT = "SELECT ?fact ?exact WHERE { $fact$ ?fact zhize:evidence ?at . ?at oa:hasSelector ?words . ?words oa:exact ?exact }"
_BESIDE = """
SELECT ?fact ?exact ?start
WHERE {
  $clause$
  ?fact zhize:statedIn ?clause ; zhize:evidence ?at .
  ?at oa:hasSelector ?words . ?words oa:exact ?exact .
  ?at oa:hasSelector ?place . ?place oa:start ?start .
  FILTER NOT EXISTS { ?fact a org:Membership }
}"""
_LABELS = """
SELECT ?thing ?name ?number
WHERE {
  $thing$
  { ?thing skos:prefLabel ?name } UNION { ?thing rdfs:label ?name }
  OPTIONAL { ?thing eli:id_local ?number }
}"""
_LIST = "SELECT ?as ?quote WHERE { $as$ ?as zhize:text ?quote }"
_BEARERS = """
SELECT ?d ?role ?agency ?name ?order
WHERE {
  $as$
  ?d zhize:assignment ?as ; zhize:role ?role ; zhize:order ?order ; odrl:assignee ?agency .
  ?agency skos:prefLabel ?name .
}"""
KINDS = ("Duty", "Target", "Support", "Citation", "Reference", "Precedence", "Note")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a fact names: an agency or a document."""

    iri: str
    name: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class FactPage:
    """A fact. ``said`` are the plain values of its properties by name, ``codes`` those out of lists of codes."""

    iri: str
    kind: str
    said: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, str]
    agency: Thing | None
    document: Thing | None
    partners: tuple[tuple[str, str, Thing], ...]
    policy: Head
    clause: Clause | None
    source: Source
    file: str
    start: int
    end: int
    exact: str
    quote: str
    passage: Passage
    quoted: Passage
    before: Clause | None
    after: Clause | None

    def one(self, name: str) -> str:
        """A plain value, "" where there is none."""
        return "".join(self.said.get(name, ())[:1])


def fact_page(store: Store, iri: str, address: Callable[[str], str]) -> FactPage | None:
    """The fact with this IRI; None where the graph has none. ``address`` gives the address of another fact's page."""
    node = [ox.NamedNode(iri)]
    said, nodes = _said(store, node)
    kind = next((kind for kind in KINDS if expand(f"zhize:{kind}") in nodes["type"]), "")
    found = next(store.select(_EVIDENCE, fact=node), None)
    if not kind or found is None:
        return None
    file, start, end = text_of(found[0]), int_of(found[1]), int_of(found[2])
    exact = text_of(store.mapping(_EXACT, fact=node).get(node[0]))
    policy, shared = nodes["policy"][0], nodes["assignment"][0] if nodes["assignment"] else ""
    quote = text_of(store.mapping(_LIST, **{"as": [ox.NamedNode(shared)]}).get(ox.NamedNode(shared))) if shared else ""
    tree = clauses(store, policy)
    clause, before, after = _around(tree, nodes["statedIn"][0])
    here = Words(exact, start, "here")
    shown = _passage(store, clause, here, quote, iri, address)
    return FactPage(
        iri, kind, {key: tuple(sorted(values)) for key, values in said.items()}, _codes(nodes),
        _thing(store, nodes["assignee"]), _thing(store, nodes["resolvedTo"] or nodes["prevailing"]),
        _partners(store, shared, iri), heads(store, [policy])[policy], clause, source_of(store, policy),
        file, start, end, exact, quote, shown, passage(quote or exact, -1, -1, Words(exact)), before, after,
    )  # fmt: skip


def _said(store: Store, node: list[ox.NamedNode]) -> tuple[dict[str, list[str]], defaultdict[str, list[str]]]:
    """Plain values and addresses of a fact's properties, by their names."""
    said: dict[str, list[str]] = defaultdict(list)
    nodes: defaultdict[str, list[str]] = defaultdict(list)
    for predicate, value in store.select(_SAID, fact=node):
        name = text_of(predicate).replace("#", "/").rsplit("/", 1)[-1]
        (nodes if isinstance(value, ox.NamedNode) else said)[name].append(text_of(value))
    return said, nodes


def _codes(nodes: Mapping[str, list[str]]) -> Mapping[str, str]:
    listed = ("role", "form", "relation", "change", "precedenceKind")
    found = {name: code_of(ox.NamedNode(nodes[name][0])) for name in listed if nodes[name]}
    if nodes["operator"]:
        found["operator"] = nodes["operator"][0].removeprefix(PREFIXES["odrl"]).rpartition("#")[2]
    return found


def _around(tree: list[Clause], iri: str) -> tuple[Clause | None, Clause | None, Clause | None]:
    """The clause, and those before and after it in the text."""
    told = [c for c in tree if c.text]
    clause = next((c for c in tree if c.iri == iri), None)
    if clause is None or clause not in told:
        return clause, None, None
    at = told.index(clause)
    return clause, told[at - 1] if at else None, told[at + 1] if at + 1 < len(told) else None


def _passage(store: Store, clause: Clause | None, here: Words, quote: str, iri: str, address: Callable[[str], str]) -> Passage:
    if clause is None or not clause.text:
        return Passage((), False, False)
    others = [
        Words(text_of(exact), int_of(start), text_of(fact).removesuffix("/").rsplit("/", 2)[-2], address(text_of(fact)))
        for fact, exact, start in store.select(_BESIDE, clause=[ox.NamedNode(clause.iri)])
        if text_of(fact) != iri
    ]
    others.sort(key=lambda words: (words.start, words.href))
    return passage(clause.text, clause.start, clause.end, here, quote, others)


def _thing(store: Store, iris: list[str]) -> Thing | None:
    if not iris:
        return None
    found = sorted((text_of(name), text_of(number)) for _, name, number in store.select(_LABELS, thing=[ox.NamedNode(iris[0])]))
    return Thing(iris[0], *found[0]) if found else Thing(iris[0], "")


def _partners(store: Store, shared: str, iri: str) -> tuple[tuple[str, str, Thing], ...]:
    """The other bearers of the list: role, duty, agency."""
    if not shared:
        return ()
    rows = [
        (int_of(order), text_of(d), code_of(role), Thing(text_of(agency), text_of(name)))
        for d, role, agency, name, order in store.select(_BEARERS, **{"as": [ox.NamedNode(shared)]})
    ]
    return tuple((role, d, thing) for _, d, role, thing in sorted(rows, key=lambda r: r[:2]) if d != iri)
