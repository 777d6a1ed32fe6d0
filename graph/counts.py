"""What the named queries look up instead of counting: loads, dockets, output, chains, and ways from a policy to its facts.

A count over a million duties takes seconds; read here it takes milliseconds. All of it follows from the other graphs and is made
again by every build in a graph of its own, so leaving that graph out loses nothing but time. The terms are in ontology/counts.ttl.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph import iris
from graph.literals import month_of, string, whole, year_of
from graph.look import Look, Node, Value
from graph.rows import PolicyRow
from graph.store import Store
from ontology.vocabulary import DATA, concept, term

_LOADS = """
SELECT ?agency ?role ?dated (COUNT(?duty) AS ?n)
WHERE { ?duty odrl:assignee ?agency ; zhize:role ?role ; zhize:policy ?policy OPTIONAL { ?policy eli:date_document ?dated } }
GROUP BY ?agency ?role ?dated"""
_SPREAD = """
SELECT ?agency (COUNT(DISTINCT ?policy) AS ?n) WHERE { ?duty odrl:assignee ?agency ; zhize:policy ?policy } GROUP BY ?agency"""
_DUE = "SELECT ?agency ?due ?duty WHERE { ?duty zhize:due ?due ; odrl:assignee ?agency }"
_SIZES = "SELECT ?policy (COUNT(?duty) AS ?n) WHERE { ?duty a zhize:Duty ; zhize:policy ?policy } GROUP BY ?policy"
_ISSUED = "SELECT ?policy ?agency ?dated WHERE { ?policy a zhize:Policy ; eli:passed_by ?agency ; eli:date_document ?dated }"
_CITED = """
SELECT ?document (COUNT(DISTINCT ?policy) AS ?n) (MIN(?reason) AS ?why)
WHERE { ?citation zhize:resolvedTo ?document ; zhize:policy ?policy OPTIONAL { ?citation zhize:unresolved ?reason } }
GROUP BY ?document"""
_FACTS = {
    "zhize:hasFigure": "SELECT ?policy ?fact WHERE { ?fact a zhize:Figure ; zhize:policy ?policy }",
    "zhize:hasCitation": "SELECT ?policy ?fact WHERE { ?fact a zhize:Citation ; zhize:policy ?policy }",
    "zhize:hasDoubtful": "SELECT ?policy ?fact WHERE { ?fact zhize:confidence ?any ; zhize:policy ?policy }",
}
_PLACES = """
SELECT ?place ?name ?above WHERE { ?place a dcterms:Location ; rdfs:label ?name OPTIONAL { ?place dcterms:isPartOf ?above } }"""
_HELD = """
SELECT ?document ?title ?number ?place ?issuer
WHERE {
  ?document a zhize:Policy ; rdfs:label ?title
  OPTIONAL { ?document eli:id_local ?number }
  OPTIONAL { ?document zhize:place ?place }
  OPTIONAL { ?document eli:passed_by/skos:prefLabel ?issuer }
}"""
_CITED_ONLY = """
SELECT ?document ?title ?number
WHERE { ?document a zhize:CitedDocument ; rdfs:label ?title OPTIONAL { ?document eli:id_local ?number } }"""
_RESTS = "SELECT ?policy ?document WHERE { ?policy eli:based_on|eli:cites ?document }"
_MOST = 100  # documents in the list of those that are cited most

ARTICLE = re.compile(r"第[^/]{1,8}条$")
"""Articles of rules name competences where they need to; a rule without a unit is no task without an owner."""


def counted(store: ox.Store) -> Iterator[ox.Quad]:
    """All statements of the graph of counts, from the graphs of policies, agencies and documents."""
    ask = _Asker(store)
    for make in (_loads, _spread, _dockets, _output, _citing, _ways, _open_clauses, _within, _chains):
        for subject, predicate, value in make(ask):
            yield ox.Quad(subject, term(predicate), value, iris.COUNTS)


Said = tuple[Node, str, Value]


class _Asker:
    """Runs the queries of this module on all graphs."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def __call__(self, query: str) -> Iterator[list[Any]]:
        """The rows: terms, None where a variable is unbound."""
        yield from map(list, Store(Path(), self.store).select(query))

    def pairs(self, query: str) -> Iterator[tuple[Node, Node]]:
        """The rows of a query for two nodes."""
        yield from self(query)  # type: ignore[misc]


def _node(kind: str, *parts: str) -> Node:
    return Node(f"{DATA}{kind}/{iris.digest(*parts)}")


def _loads(ask: _Asker) -> Iterator[Said]:
    """Duties of each agency by role and year of the policies (no year where they bear no date)."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for agency, role, dated, n in ask(_LOADS):
        counts[agency.value, role.value, dated.value[:4] if dated is not None else ""] += int(n.value)
    for (agency, role, year), n in counts.items():
        load = _node("load", agency, role, year)
        yield load, "rdf:type", term("zhize:Load")
        yield load, "zhize:ofAgency", Node(agency)
        yield load, "zhize:ofRole", Node(role)
        yield load, "zhize:duties", whole(n)
        if year:
            yield load, "zhize:inYear", year_of(year)


def _spread(ask: _Asker) -> Iterator[Said]:
    """In how many policies each agency bears duties."""
    for agency, n in ask(_SPREAD):
        yield Node(agency.value), "zhize:policies", whole(int(n.value))


def _dockets(ask: _Asker) -> Iterator[Said]:
    """The duties of each agency that fall due in a month."""
    counts: Counter[tuple[str, str]] = Counter()
    for agency, due, duty in ask(_DUE):
        key = agency.value, due.value[:7]
        counts[key] += 1
        yield _node("docket", *key), "zhize:holds", duty
    for (agency, month), n in counts.items():
        docket = _node("docket", agency, month)
        yield docket, "rdf:type", term("zhize:Docket")
        yield docket, "zhize:ofAgency", Node(agency)
        yield docket, "zhize:inMonth", month_of(month)
        yield docket, "zhize:duties", whole(n)


def _output(ask: _Asker) -> Iterator[Said]:
    """Duties of each policy, and what each authority issued in a year."""
    sizes: dict[str, int] = {}
    for policy, n in ask(_SIZES):
        sizes[policy.value] = int(n.value)
        yield Node(policy.value), "zhize:duties", whole(int(n.value))
    policies: Counter[tuple[str, str]] = Counter()
    duties: Counter[tuple[str, str]] = Counter()
    for policy, agency, dated in ask(_ISSUED):
        policies[agency.value, dated.value[:4]] += 1
        duties[agency.value, dated.value[:4]] += sizes.get(policy.value, 0)
    for (agency, year), n in policies.items():
        output = _node("output", agency, year)
        yield output, "rdf:type", term("zhize:Output")
        yield output, "zhize:ofAgency", Node(agency)
        yield output, "zhize:inYear", year_of(year)
        yield output, "zhize:policies", whole(n)
        yield output, "zhize:duties", whole(duties[agency, year])


def _citing(ask: _Asker) -> Iterator[Said]:
    """How many policies cite a document, why it is none of the graph, and which are cited most."""
    ranks: list[tuple[int, str]] = []
    for document, n, why in ask(_CITED):
        yield document, "zhize:citingPolicies", whole(int(n.value))
        ranks.append((-int(n.value), document.value))
        if why is not None:
            yield document, "zhize:reason", why
    for _, document in nsmallest(_MOST, ranks):
        yield iris.COUNTS, "zhize:mostCited", Node(document)


def _ways(ask: _Asker) -> Iterator[Said]:
    """From a policy to its figures, citations and doubtful facts."""
    for predicate, query in _FACTS.items():
        for policy, fact in ask.pairs(query):
            yield policy, predicate, fact


def _open_clauses(ask: _Asker) -> Iterator[Said]:
    """Clauses without a bearer, as graph/analysis/facts.py judges: beside one with a unit, holding no other, no unit above.

    Articles of rules are no tasks. Policy by policy: as one query over all of them it grows with the square of the store.
    """
    for graph in ask.store.named_graphs():
        if not isinstance(graph, Node) or not graph.value.startswith(iris.POLICY_GRAPHS):
            continue
        within = Look(ask.store)
        above = dict(within.pairs("eli:is_part_of", graph))
        duties = set(within.subjects("rdf:type", term("zhize:Duty"), graph))
        assigned = {clause for fact, clause in within.pairs("zhize:statedIn", graph) if fact in duties}
        assigning = {parent for clause, parent in above.items() if clause in assigned}
        holding = set(above.values())
        for clause, parent in above.items():
            if clause in assigned or clause in holding or parent in assigned or parent not in assigning:
                continue
            path = within.text(clause, "zhize:path")
            if path and not ARTICLE.search(path):
                yield Node(DATA + "policy/" + graph.value.removeprefix(iris.POLICY_GRAPHS)), "zhize:hasOpenClause", clause


def _within(ask: _Asker) -> Iterator[Said]:
    """The names of the places that policies and agencies lie in, from their own upwards, and "" for the whole country."""
    names: dict[str, str] = {}
    above: dict[str, str] = {}
    for place, name, parent in ask(_PLACES):
        names[place.value] = name.value
        if parent is not None:
            above[place.value] = parent.value
    chains = {place: _upwards(place, names, above) for place in names}
    called: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for chain in chains.values():
        called[chain[0]].add(chain)
    look = Look(ask.store)
    placed = {policy: chains.get(place.value, ()) for policy, place in look.pairs("dcterms:spatial")}
    for policy in look.subjects("rdf:type", term("zhize:Policy")):
        yield from _inside(policy, placed.get(policy) or _own(look, policy))
    issued: dict[Node, set[tuple[str, ...]]] = defaultdict(set)
    for policy, issuer in look.pairs("eli:passed_by"):
        issued[Node(issuer.value)].add(tuple(placed.get(policy) or _own(look, policy)))
    for agency in look.subjects("rdf:type", term("org:FormalOrganization")):
        own = _own(look, agency)
        if not own and len(found := issued.get(agency, ())) == 1:  # an authority without duties lies where its policies do
            own = next(iter(found))
        several = called.get(own[0], set()) if own else set()
        yield from _inside(agency, next(iter(several)) if len(several) == 1 else own)  # 鼓楼区 lies in four cities


def _own(look: Look, thing: Node) -> tuple[str, ...]:
    name = look.text(thing, "zhize:place")
    return (name,) if name else ()


def _inside(thing: Node, names: Iterable[str]) -> Iterator[Said]:
    for name in dict.fromkeys((*names, "")):
        yield thing, "zhize:within", string(name)


def _upwards(place: str, names: dict[str, str], above: dict[str, str]) -> tuple[str, ...]:
    chain = [names[place]]
    while place in above and len(chain) < 9:
        place = above[place]
        if place in names:
            chain.append(names[place])
    return tuple(chain)


def _chains(ask: _Asker) -> Iterator[Said]:
    """The tier of each document, and the longest way from it to a document of the state."""
    from graph.chains import way, ways_to_state

    rows = {row[0].value: _row(row, True) for row in sorted(ask(_HELD), key=str)}  # of several issuers the last
    rows |= {row[0].value: _row(row, False) for row in ask(_CITED_ONLY)}
    rests = ((policy.value, document.value) for policy, document in ask.pairs(_RESTS))
    steps = ways_to_state(rows.values(), rests)
    for iri, step in steps.items():
        document = Node(iri)
        if step.tier:
            yield document, "zhize:documentTier", concept("tiers", step.tier)
        if step.length is not None:
            yield document, "zhize:stepsToState", whole(step.length)
            for member in way(steps, iri):
                yield document, "zhize:wayToState", Node(member)


def _row(row: list[Any], resolved: bool) -> PolicyRow:
    iri, title, number, place, issuer = ("" if value is None else value.value for value in [*row, None, None][:5])
    return PolicyRow(iri, title, number, (issuer,) if issuer else (), place, "", "", "", "", 0, 0, resolved)
