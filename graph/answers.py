"""The answers that people ask for, as rows: duties, agencies, policies, links, figures, notes.

Each answer is a fixed small number of SPARQL queries, whatever the size of the graph. Rows come in a stable order. No query pairs
duties with one another: on disk that takes half a minute at a million statements (partners are grouped in Python instead).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pyoxigraph as ox

from graph import iris
from graph.bodies import agencies, agencies_of, find_agencies, nearest_agencies
from graph.cells import code_of, float_of, int_of, text_of
from graph.rows import DutyRow, Evidence, LinkRow, NoteRow, PolicyRow, PrecedenceRow, TargetRow
from graph.store import Row, Store, Value
from ontology.vocabulary import DATA, concept, expand

__all__ = [
    "agencies",
    "agencies_of",
    "all_duties",
    "duties",
    "duties_of",
    "find_agencies",
    "links",
    "nearest_agencies",
    "notes",
    "policies",
    "precedences",
    "targets",
]

_AT = "zhize:evidence ?at . ?at oa:hasSource/dcterms:title ?source ; oa:hasSelector ?pos . ?pos oa:start ?start ; oa:end ?end ."
_EXACT = "zhize:evidence ?at . ?at oa:hasSelector ?words . ?words oa:exact ?exact"
_OF = "zhize:policy ?policy ; zhize:statedIn ?clause . ?clause zhize:path ?path ."

# An OPTIONAL holds one pattern only: with two, the engine joins them over the whole graph first.
_HEADS = """
SELECT ?policy ?title ?number ?dated
WHERE {
  { SELECT DISTINCT ?policy WHERE { $agency$ $mine$ ?mine odrl:assignee ?agency ; zhize:policy ?policy } }
  ?policy rdfs:label ?title .
  OPTIONAL { ?policy eli:id_local ?number }
  OPTIONAL { ?policy eli:date_document ?dated }
}"""
_ALL_HEADS = re.sub(r"\{ SELECT.*", "?policy a zhize:Policy .", _HEADS)

_DUTIES = f"""
SELECT ?d ?agency ?name ?role ?form ?path ?heading ?task ?deadline ?policy ?as ?order ?conf ?reason
       ?source ?start ?end ?quote ?clause
WHERE {{
  $agency$ $d$
  ?d odrl:assignee ?agency ; zhize:policy ?policy .
  $role$
  ?d zhize:role ?role ; zhize:form ?form ; zhize:order ?order ; zhize:assignment ?as ; zhize:statedIn ?clause ; {_AT}
  ?clause zhize:path ?path .
  ?agency skos:prefLabel ?name .
  OPTIONAL {{ ?clause zhize:heading ?heading }}
  OPTIONAL {{ ?d zhize:task ?task }}
  OPTIONAL {{ ?d zhize:deadline ?deadline }}
  OPTIONAL {{ ?d zhize:confidence ?conf }}
  OPTIONAL {{ ?d zhize:reason ?reason }}
  OPTIONAL {{ ?as zhize:text ?quote }}
}}"""

_PARTNERS = """
SELECT DISTINCT ?as ?d ?order ?role ?name
WHERE {
  { SELECT DISTINCT ?as WHERE { $agency$ $mine$ ?mine odrl:assignee ?agency ; zhize:assignment ?as } }
  ?d zhize:assignment ?as ; zhize:order ?order ; zhize:role ?role ; odrl:assignee ?bearer .
  ?bearer skos:prefLabel ?name .
}"""

_BESIDE = f"""
SELECT ?clause ?start ?exact
WHERE {{
  {{ SELECT DISTINCT ?clause WHERE {{ $agency$ $mine$ ?mine odrl:assignee ?agency ; zhize:statedIn ?clause }} }}
  ?t zhize:statedIn ?clause ; a zhize:Figure ; {_EXACT} .
  ?at oa:hasSelector ?place . ?place oa:start ?start .
}}"""

_MENTIONS = f"SELECT ?d ?exact WHERE {{ $agency$ $d$ ?d odrl:assignee ?agency ; {_EXACT} }}"

_POLICIES = """
SELECT ?policy ?title ?number ?place ?dated ?effective ?onissue ?expires ?genre
WHERE {
  ?policy a zhize:Policy ; rdfs:label ?title .
  OPTIONAL { ?policy eli:id_local ?number }
  OPTIONAL { ?policy zhize:place ?place }
  OPTIONAL { ?policy eli:date_document ?dated }
  OPTIONAL { ?policy eli:first_date_entry_in_force ?effective }
  OPTIONAL { ?policy zhize:effectiveOnIssue ?onissue }
  OPTIONAL { ?policy eli:date_no_longer_in_force ?expires }
  OPTIONAL { ?policy eli:type_document ?genre }
}"""

_CITED = """
SELECT ?document ?title ?number
WHERE {
  ?document a zhize:CitedDocument .
  OPTIONAL { ?document rdfs:label ?title }
  OPTIONAL { ?document eli:id_local ?number }
}"""

_LINKS = f"""
SELECT ?policy ?relation ?document ?title ?number ?path ?source ?start ?end ?why ?c
WHERE {{
  $relation$
  ?c a zhize:Citation ; zhize:relation ?relation ; zhize:resolvedTo ?document ; {_OF}
  ?c {_AT}
  OPTIONAL {{ ?document rdfs:label ?title }}
  OPTIONAL {{ ?document eli:id_local ?number }}
  OPTIONAL {{ ?c zhize:unresolved ?why }}
}}"""

_PARTS = "SELECT ?c ?part WHERE { ?c a zhize:Citation ; zhize:citedClause ?part }"
_PATHS = "SELECT ?c ?path WHERE { ?c a zhize:Citation ; zhize:resolvedClause ?part . ?part zhize:path ?path }"
_FROM = "SELECT ?c ?from WHERE { ?c a zhize:Citation ; zhize:repealedFrom ?from }"

_PRECEDENCES = f"""
SELECT ?policy ?kind ?path ?source ?start ?end ?x
WHERE {{
  ?x a zhize:Precedence ; zhize:precedenceKind ?kind ; {_OF}
  ?x {_AT}
}}"""

_PREVAILING = """
SELECT ?x ?document ?title ?number
WHERE {
  ?x zhize:prevailing ?document .
  OPTIONAL { ?document rdfs:label ?title }
  OPTIONAL { ?document eli:id_local ?number }
}"""

_TARGETS = f"""
SELECT ?t ?kind ?indicator ?op ?value ?unit ?change ?baseline ?by ?path ?policy ?source ?start ?end ?low ?high
WHERE {{
  $kind$
  ?t a ?kind ; odrl:operator ?op ; {_OF}
  ?t {_AT}
  OPTIONAL {{ ?t zhize:indicator ?indicator }}
  OPTIONAL {{ ?t zhize:valueText ?value }}
  OPTIONAL {{ ?t zhize:unit ?unit }}
  OPTIONAL {{ ?t zhize:change ?change }}
  OPTIONAL {{ ?t zhize:baseline ?baseline }}
  OPTIONAL {{ ?t zhize:deadline ?by }}
  OPTIONAL {{ ?t zhize:low ?low }}
  OPTIONAL {{ ?t zhize:high ?high }}
}}"""

_NOTES = f"""
SELECT ?n ?kind ?message ?path ?policy ?source ?start ?end
WHERE {{
  ?n a zhize:Note ; {_OF}
  ?n {_AT}
  OPTIONAL {{ ?n zhize:noteKind ?kind }}
  OPTIONAL {{ ?n rdfs:comment ?message }}
}}"""

_OPERATORS = {"eq": "=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "approximately": "~"}
_FIGURES = {"target": "zhize:Target", "support": "zhize:Support"}


class _Heads:
    """Title, number and date of policies, and their order in answers: the newest first."""

    def __init__(self, store: Store, given: Mapping[str, list[ox.NamedNode]] = MappingProxyType({})) -> None:
        rows = store.select(_HEADS, **given) if given else store.select(_ALL_HEADS)
        self._known = {text_of(iri): (text_of(title), text_of(number), text_of(dated)) for iri, title, number, dated in rows}
        newest = sorted(self._known, key=lambda iri: (self._known[iri][1], self._known[iri][0], iri))
        newest.sort(key=lambda iri: self._known[iri][2], reverse=True)
        self.rank = {iri: at for at, iri in enumerate(newest)}

    def __getitem__(self, iri: str) -> tuple[str, str, str]:
        return self._known[iri]


def _words(store: Store, kind: str) -> dict[Value | None, Value | None]:
    """The words as written of all facts of a class."""
    return store.mapping(f"SELECT ?x ?exact WHERE {{ $kind$ ?x a ?kind ; {_EXACT} }}", kind=[ox.NamedNode(expand(kind))])


def duties(store: Store, agency: str, role: str | None = None, policy: str | None = None) -> list[DutyRow]:
    """The duties of an agency, given by IRI or canonical name: newest policy first, then in the order of the text.

    ``role`` is lead, responsible or support; ``policy`` is text that the policy's title or number must hold.
    """
    iri = ox.NamedNode(agency) if agency.startswith(DATA) else iris.agency_iri(agency)
    rows = _duties(store, [concept("roles", role)] if role else None, {"agency": [iri]})
    return [r for r in rows if not policy or policy in r.policy_title or policy in r.policy_number]


def all_duties(store: Store) -> list[DutyRow]:
    """All duties: newest policy first, then in the order of the text."""
    return _duties(store)


def duties_of(store: Store, wanted: Iterable[str]) -> list[DutyRow]:
    """The duties with these IRIs: newest policy first, then in the order of the text."""
    nodes = [ox.NamedNode(iri) for iri in wanted]
    return _duties(store, given={"d": nodes, "mine": nodes}) if nodes else []


def _duties(
    store: Store, role: list[ox.NamedNode] | None = None, given: Mapping[str, list[ox.NamedNode]] = MappingProxyType({})
) -> list[DutyRow]:
    """``given`` are the bearers (``agency``), or the duties themselves (``d`` and ``mine``); nothing is all."""
    heads = _Heads(store, given)
    partners: dict[Value | None, list[tuple[int, str, str, str]]] = defaultdict(list)
    for shared, duty, order, its_role, name in store.select(_PARTNERS, **given):
        partners[shared].append((int_of(order), text_of(duty), code_of(its_role), text_of(name)))
    figures: dict[Value | None, list[tuple[int, str]]] = defaultdict(list)
    for clause, start, exact in store.select(_BESIDE, **given):
        figures[clause].append((int_of(start), text_of(exact)))
    mentions = store.mapping(_MENTIONS, **given)
    rows = []
    for row in store.select(_DUTIES, **given, **({} if role is None else {"role": role})):
        shared, clause = row[10], row[-1]
        beside = tuple(dict.fromkeys(words for _, words in sorted(figures.get(clause, []))))
        others = tuple((its, who) for _, other, its, who in sorted(partners[shared]) if other != text_of(row[0]))
        rows.append(_duty(row, heads, mentions.get(row[0]), others, beside))
    return sorted(rows, key=lambda r: (heads.rank[r.policy], r.evidence.start, r.order, r.iri))


def _duty(
    row: Row, heads: _Heads, mention: Value | None, partners: tuple[tuple[str, str], ...], figures: tuple[str, ...]
) -> DutyRow:
    d, agency, name, role, form, path, heading, task, deadline, policy, shared, order, conf, reason, *at, quote, _ = row
    title, number, dated = heads[text_of(policy)]
    return DutyRow(
        iri=text_of(d),
        agency=text_of(name),
        agency_iri=text_of(agency),
        role=code_of(role),
        form=code_of(form),
        clause=text_of(path),
        clause_heading=text_of(heading),
        task=text_of(task),
        deadline=text_of(deadline),
        targets=figures,
        partners=partners,
        policy=text_of(policy),
        policy_title=title,
        policy_number=number,
        policy_dated=dated,
        assignment=text_of(shared),
        order=int_of(order),
        confidence=float_of(conf, 1.0) or 0.0,
        reason=text_of(reason),
        evidence=_evidence(at, quote or mention),
    )


def policies(store: Store) -> list[PolicyRow]:
    """All documents: policies in the graph, the newest first, then those that are only cited (``resolved`` False)."""
    issuers: dict[Value | None, list[str]] = defaultdict(list)
    for policy, name in store.select("SELECT ?policy ?name WHERE { ?policy eli:passed_by ?a . ?a skos:prefLabel ?name }"):
        issuers[policy].append(text_of(name))
    genres = store.mapping("SELECT ?genre ?code WHERE { ?genre skos:inScheme zhize:genres ; skos:notation ?code }")
    counts = {kind: _counts(store, kind) for kind in ("zhize:Duty", "zhize:Figure")}
    read = []
    for policy, title, number, place, dated, effective, on_issue, expires, kind in store.select(_POLICIES):
        read.append(
            PolicyRow(
                iri=text_of(policy),
                title=text_of(title),
                number=text_of(number),
                issuers=tuple(sorted(issuers[policy])),
                place=text_of(place),
                dated=text_of(dated),
                effective="issue" if on_issue is not None else text_of(effective),
                expires=text_of(expires),
                type=text_of(genres.get(kind)),
                duties=counts["zhize:Duty"].get(policy, 0),
                targets=counts["zhize:Figure"].get(policy, 0),
            )
        )
    read.sort(key=lambda p: (p.number, p.title, p.iri))
    read.sort(key=lambda p: p.dated, reverse=True)
    cited = [
        PolicyRow(text_of(iri), _title(title, number), text_of(number), (), "", "", "", "", "", 0, 0, resolved=False)
        for iri, title, number in store.select(_CITED)
    ]
    return read + sorted(cited, key=lambda p: (p.title, p.number, p.iri))


def _counts(store: Store, kind: str) -> dict[Value | None, int]:
    found = store.select("SELECT ?policy (COUNT(?x) AS ?n) WHERE { $kind$ ?x a ?kind ; zhize:policy ?policy } GROUP BY ?policy",
                         kind=[ox.NamedNode(expand(kind))])  # fmt: skip
    return {policy: int_of(n) for policy, n in found}


def _title(title: Value | None, number: Value | None) -> str:
    """The title of a cited document; "" where the number stands in for it as its label."""
    return "" if text_of(title) == text_of(number) else text_of(title)


def links(store: Store, relation: str | None = None) -> list[LinkRow]:
    """The citations of all policies with the documents that they lead to: newest policy first, in the order of the text.

    ``relation`` is basis, cites, repeals or amends.
    """
    only = {} if relation is None else {"relation": [concept("relations", relation)]}
    heads, words = _Heads(store), _words(store, "zhize:Citation")
    parts, paths = _several(store, _PARTS), _several(store, _PATHS)
    since = store.mapping(_FROM)
    rows = []
    for policy, how, document, title, number, path, *at, why, citation in store.select(_LINKS, **only):
        rows.append(
            LinkRow(
                policy=text_of(policy),
                relation=code_of(how),
                cited=text_of(document),
                cited_title=_title(title, number),
                cited_number=text_of(number),
                cited_resolved=why is None,
                clause=text_of(path),
                evidence=_evidence(at, words.get(citation)),
                why_unresolved=text_of(why),
                parts=tuple(sorted(parts.get(citation, ()))),
                from_date=text_of(since.get(citation)),
                paths=tuple(sorted(paths.get(citation, ()))),
            )
        )
    return sorted(rows, key=lambda r: (heads.rank[r.policy], r.evidence.start, r.relation, r.cited))


def _several(store: Store, query: str) -> dict[Value | None, list[str]]:
    """All values of each subject of a SELECT of two variables."""
    found: dict[Value | None, list[str]] = defaultdict(list)
    for subject, value in store.select(query):
        found[subject].append(text_of(value))
    return found


def precedences(store: Store) -> list[PrecedenceRow]:
    """The clauses of precedence and revision of all policies: newest policy first, in the order of the text."""
    heads, words = _Heads(store), _words(store, "zhize:Precedence")
    prevailing = {row[0]: row[1:] for row in store.select(_PREVAILING)}
    rows = []
    for policy, kind, path, *at, clause in store.select(_PRECEDENCES):
        document, title, number = prevailing.get(clause, (None, None, None))
        rows.append(
            PrecedenceRow(
                policy=text_of(policy),
                kind=code_of(kind),
                title=_title(title, number),
                number=text_of(number),
                own=document == policy,
                clause=text_of(path),
                evidence=_evidence(at, words.get(clause)),
            )
        )
    return sorted(rows, key=lambda r: (heads.rank[r.policy], r.evidence.start, r.kind))


def targets(store: Store, kind: str | None = None, policy: str | None = None, indicator: str | None = None) -> list[TargetRow]:
    """The figures: newest policy first, in the order of the text.

    ``kind`` is target or support; ``policy`` an IRI or text that the title or number must hold; ``indicator`` text that its name
    must hold.
    """
    heads, words = _Heads(store), _words(store, "zhize:Figure")
    kinds = {expand(curie): name for name, curie in _FIGURES.items() if kind in (None, name)}
    found = store.select(_TARGETS, kind=[ox.NamedNode(k) for k in kinds])
    rows = [_target(row, heads, kinds, words.get(row[0])) for row in found]
    rows = [r for r in rows if not indicator or indicator in r.indicator]
    rows = [r for r in rows if not policy or policy == r.policy or policy in r.policy_title or policy in r.policy_number]
    return sorted(rows, key=lambda r: (heads.rank[r.policy], r.evidence.start, r.iri))


def _target(row: Row, heads: _Heads, kinds: dict[str, str], words: Value | None) -> TargetRow:
    t, kind, indicator, op, value, unit, change, baseline, by, path, policy, *at, low, high = row
    title, number, _ = heads[text_of(policy)]
    return TargetRow(
        iri=text_of(t),
        kind=kinds[text_of(kind)],
        indicator=text_of(indicator),
        op=_OPERATORS[text_of(op).replace("#", "/").rsplit("/", 1)[-1]],
        value=text_of(value),
        unit=text_of(unit),
        change=code_of(change),
        baseline=text_of(baseline),
        by=text_of(by),
        clause=text_of(path),
        policy=text_of(policy),
        policy_title=title,
        policy_number=number,
        evidence=_evidence(at, words),
        low=float_of(low, None),
        high=float_of(high, None),
    )


def notes(store: Store) -> list[NoteRow]:
    """What a person should look at: newest policy first, in the order of the text."""
    heads, words = _Heads(store), _words(store, "zhize:Note")
    rows = []
    for n, kind, message, path, policy, *at in store.select(_NOTES):
        title, number, _ = heads[text_of(policy)]
        evidence = _evidence(at, words.get(n))
        rows.append(NoteRow(text_of(n), text_of(kind), text_of(message), text_of(path), text_of(policy), title, number, evidence))
    return sorted(rows, key=lambda r: (heads.rank[r.policy], r.evidence.start, r.iri))


def _evidence(at: list[Value | None], quote: Value | None) -> Evidence:
    source, start, end = at
    return Evidence(text_of(source), int_of(start), int_of(end), text_of(quote))
