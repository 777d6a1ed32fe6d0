"""The answers that people ask for, as rows: duties, agencies, policies, links, figures, notes.

Each answer is a fixed small number of SPARQL queries, whatever the size of the graph. Rows come in a stable order. Queries that
pair duties with one another are left out on purpose: on disk they take half a minute at a million statements (partners are grouped
in Python instead).
"""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from graph import iris
from graph.bodies import agencies, agencies_of, find_agencies, nearest_agencies
from graph.cells import code_of, float_of, int_of, text_of
from graph.rows import DutyRow, Evidence, LinkRow, NoteRow, PolicyRow, TargetRow
from graph.store import Row, Store, Value
from ontology.vocabulary import DATA, concept, expand

__all__ = [
    "agencies",
    "agencies_of",
    "all_duties",
    "duties",
    "find_agencies",
    "links",
    "nearest_agencies",
    "notes",
    "policies",
    "targets",
]

_AT = "zhize:evidence ?at . ?at oa:hasSource/dcterms:title ?source ; oa:hasSelector ?pos . ?pos oa:start ?start ; oa:end ?end ."
_WORDS = "OPTIONAL { ?at oa:hasSelector/oa:exact ?exact }"
_OF = "zhize:policy ?policy ; zhize:statedIn ?clause . ?clause zhize:path ?path ."

_DUTIES = f"""
SELECT ?d ?agency ?name ?role ?form ?path ?heading ?task ?deadline ?policy ?as ?order ?conf ?reason
       ?source ?start ?end ?quote ?exact ?clause
WHERE {{
  $agency$ $policy$
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
  {_WORDS}
}}"""

_PARTNERS = """
SELECT DISTINCT ?as ?d ?order ?role ?name
WHERE {
  { SELECT DISTINCT ?as WHERE { $agency$ $policy$ ?mine odrl:assignee ?agency ; zhize:policy ?policy ; zhize:assignment ?as } }
  ?d zhize:assignment ?as ; zhize:order ?order ; zhize:role ?role ; odrl:assignee ?bearer .
  ?bearer skos:prefLabel ?name .
}"""

_BESIDE = f"""
SELECT DISTINCT ?t ?clause ?start ?exact ?indicator ?value ?unit
WHERE {{
  {{ SELECT DISTINCT ?clause WHERE {{
       $agency$ $policy$ ?mine odrl:assignee ?agency ; zhize:policy ?policy ; zhize:statedIn ?clause }} }}
  ?t zhize:statedIn ?clause ; a zhize:Figure ; {_AT}
  OPTIONAL {{ ?t zhize:indicator ?indicator }}
  OPTIONAL {{ ?t zhize:valueText ?value }}
  OPTIONAL {{ ?t zhize:unit ?unit }}
  {_WORDS}
}}"""

_POLICIES = """
SELECT ?policy ?title ?number ?place ?dated ?effective ?onissue ?expires ?type
WHERE {
  ?policy a zhize:Policy ; rdfs:label ?title .
  OPTIONAL { ?policy eli:id_local ?number }
  OPTIONAL { ?policy zhize:place ?place }
  OPTIONAL { ?policy eli:date_document ?dated }
  OPTIONAL { ?policy eli:first_date_entry_in_force ?effective }
  OPTIONAL { ?policy zhize:effectiveOnIssue ?onissue }
  OPTIONAL { ?policy eli:date_no_longer_in_force ?expires }
  OPTIONAL { ?policy eli:type_document/skos:notation ?type }
}"""

_CITED = """
SELECT ?document ?title ?number
WHERE {
  ?document a zhize:CitedDocument .
  OPTIONAL { ?document rdfs:label ?title }
  OPTIONAL { ?document eli:id_local ?number }
}"""

_LINKS = f"""
SELECT ?policy ?relation ?document ?path ?source ?start ?end ?exact ?why
WHERE {{
  ?c a zhize:Citation ; zhize:relation ?relation ; zhize:resolvedTo ?document ; {_OF}
  ?c {_AT}
  OPTIONAL {{ ?c zhize:unresolved ?why }}
  {_WORDS}
}}"""

_TARGETS = f"""
SELECT ?t ?kind ?indicator ?op ?value ?unit ?change ?baseline ?by ?path ?policy ?source ?start ?end ?exact ?low ?high
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
  {_WORDS}
}}"""

_NOTES = f"""
SELECT ?n ?kind ?message ?path ?policy ?source ?start ?end ?exact
WHERE {{
  ?n a zhize:Note ; {_OF}
  ?n {_AT}
  OPTIONAL {{ ?n zhize:noteKind ?kind }}
  OPTIONAL {{ ?n rdfs:comment ?message }}
  {_WORDS}
}}"""

_OPERATORS = {"eq": "=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "approximately": "~"}
_FIGURES = {"target": "zhize:Target", "support": "zhize:Support"}


def duties(store: Store, agency: str, role: str | None = None, policy: str | None = None) -> list[DutyRow]:
    """The duties of an agency, given by IRI or canonical name: newest policy first, then in the order of the text.

    ``role`` is lead, responsible or support; ``policy`` is text that the policy's title or number must hold.
    """
    iri = ox.NamedNode(agency) if agency.startswith(DATA) else iris.agency_iri(agency)
    roles = [concept("roles", role)] if role else []
    rows = _duties(store, policies(store), agency=[iri], role=roles)
    return [r for r in rows if not policy or policy in r.policy_title or policy in r.policy_number]


def all_duties(store: Store) -> list[DutyRow]:
    """All duties: newest policy first, then in the order of the text."""
    return _duties(store, policies(store))


def _duties(store: Store, known: list[PolicyRow], **where: list[ox.NamedNode]) -> list[DutyRow]:
    given = {name: terms for name, terms in where.items() if terms}
    group = {name: terms for name, terms in given.items() if name != "role"}
    partners: dict[Value | None, list[tuple[int, str, str, str]]] = defaultdict(list)
    for shared, duty, order, its_role, name in store.select(_PARTNERS, **group):
        partners[shared].append((int_of(order), text_of(duty), code_of(its_role), text_of(name)))
    figures: dict[Value | None, list[tuple[int, str]]] = defaultdict(list)
    for _, clause, start, exact, *parts in store.select(_BESIDE, **group):
        figures[clause].append((int_of(start), text_of(exact) or " ".join(filter(None, map(text_of, parts)))))
    heads = {p.iri: p for p in known}
    rank = {p.iri: at for at, p in enumerate(known)}
    rows = [_duty(row, heads, partners, figures) for row in store.select(_DUTIES, **given)]
    return sorted(rows, key=lambda r: (rank[r.policy], r.evidence.start, r.order, r.iri))


def _duty(
    row: Row,
    heads: dict[str, PolicyRow],
    partners: dict[Value | None, list[tuple[int, str, str, str]]],
    figures: dict[Value | None, list[tuple[int, str]]],
) -> DutyRow:
    d, agency, name, role, form, path, heading, task, deadline, policy, shared, order, conf, reason, *at, quote, exact, clause = row
    head, iri = heads[text_of(policy)], text_of(d)
    return DutyRow(
        iri=iri,
        agency=text_of(name),
        agency_iri=text_of(agency),
        role=code_of(role),
        form=code_of(form),
        clause=text_of(path),
        clause_heading=text_of(heading),
        task=text_of(task),
        deadline=text_of(deadline),
        targets=tuple(dict.fromkeys(words for _, words in sorted(figures.get(clause, [])))),
        partners=tuple((its, who) for _, other, its, who in sorted(partners[shared]) if other != iri),
        policy=head.iri,
        policy_title=head.title,
        policy_number=head.number,
        policy_dated=head.dated,
        assignment=text_of(shared),
        order=int_of(order),
        confidence=float_of(conf, 1.0) or 0.0,
        reason=text_of(reason),
        evidence=_evidence(at, quote or exact),
    )


def policies(store: Store) -> list[PolicyRow]:
    """All documents: policies in the graph, the newest first, then those that are only cited (``resolved`` False)."""
    issuers: dict[Value | None, list[str]] = defaultdict(list)
    for policy, name in store.select("SELECT ?policy ?name WHERE { ?policy eli:passed_by ?a . ?a skos:prefLabel ?name }"):
        issuers[policy].append(text_of(name))
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
                type=text_of(kind),
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


def links(store: Store) -> list[LinkRow]:
    """The citations of all policies with the documents that they lead to: newest policy first, in the order of the text."""
    known = policies(store)
    heads = {p.iri: p for p in known}
    rank = {p.iri: at for at, p in enumerate(known)}
    rows = []
    for policy, relation, document, path, *at, exact, why in store.select(_LINKS):
        cited = heads[text_of(document)]
        rows.append(
            LinkRow(
                policy=text_of(policy),
                relation=code_of(relation),
                cited=cited.iri,
                cited_title=cited.title,
                cited_number=cited.number,
                cited_resolved=cited.resolved,
                clause=text_of(path),
                evidence=_evidence(at, exact),
                why_unresolved=text_of(why),
            )
        )
    return sorted(rows, key=lambda r: (rank[r.policy], r.evidence.start, r.relation, r.cited))


def targets(store: Store, kind: str | None = None, policy: str | None = None, indicator: str | None = None) -> list[TargetRow]:
    """The figures: newest policy first, in the order of the text.

    ``kind`` is target or support; ``policy`` an IRI or text that the title or number must hold; ``indicator`` text that its name
    must hold.
    """
    known = policies(store)
    heads = {p.iri: p for p in known}
    rank = {p.iri: at for at, p in enumerate(known)}
    kinds = {expand(curie): name for name, curie in _FIGURES.items() if kind in (None, name)}
    rows = [_target(row, heads, kinds) for row in store.select(_TARGETS, kind=[ox.NamedNode(k) for k in kinds])]
    rows = [r for r in rows if not indicator or indicator in r.indicator]
    rows = [r for r in rows if not policy or policy == r.policy or policy in r.policy_title or policy in r.policy_number]
    return sorted(rows, key=lambda r: (rank[r.policy], r.evidence.start, r.iri))


def _target(row: Row, heads: dict[str, PolicyRow], kinds: dict[str, str]) -> TargetRow:
    t, kind, indicator, op, value, unit, change, baseline, by, path, policy, source, start, end, exact, low, high = row
    head = heads[text_of(policy)]
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
        policy=head.iri,
        policy_title=head.title,
        policy_number=head.number,
        evidence=_evidence([source, start, end], exact),
        low=float_of(low, None),
        high=float_of(high, None),
    )


def notes(store: Store) -> list[NoteRow]:
    """What a person should look at: newest policy first, in the order of the text."""
    known = policies(store)
    heads = {p.iri: p for p in known}
    rank = {p.iri: at for at, p in enumerate(known)}
    rows = []
    for n, kind, message, path, policy, source, start, end, exact in store.select(_NOTES):
        head = heads[text_of(policy)]
        at = _evidence([source, start, end], exact)
        rows.append(NoteRow(text_of(n), text_of(kind), text_of(message), text_of(path), head.iri, head.title, head.number, at))
    return sorted(rows, key=lambda r: (rank[r.policy], r.evidence.start, r.iri))


def _evidence(at: list[Value | None], quote: Value | None) -> Evidence:
    source, start, end = at
    return Evidence(text_of(source), int_of(start), int_of(end), text_of(quote))
