"""The answers that people ask for, as rows: duties, agencies, policies, links, figures, notes.

Each answer is a fixed small number of SPARQL queries, whatever the size of the graph. Rows come in a stable order. No query pairs
duties with one another: on disk that takes half a minute at a million statements (partners are grouped in Python instead).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pyoxigraph as ox

from graph import iris
from graph import questions as ask
from graph.bodies import agencies, agencies_of, find_agencies, nearest_agencies
from graph.cells import code_of, float_of, int_of, text_of
from graph.rows import DutyRow, Evidence, LinkRow, NoteRow, PolicyRow, PrecedenceRow, TargetRow
from graph.store import Row, Store, Value
from ontology.vocabulary import DATA, concept, expand

__all__ = [
    "agencies",
    "agencies_of",
    "all_duties",
    "cited_policies",
    "duties",
    "duties_of",
    "find_agencies",
    "links",
    "nearest_agencies",
    "notes",
    "notes_of",
    "policies",
    "precedences",
    "targets",
]

_ROWS = 60  # duties that are asked for together: see Store.select_each
_OPERATORS = {"eq": "=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "approximately": "~"}
_FIGURES = {"target": "zhize:Target", "support": "zhize:Support"}


class _Heads:
    """Title, number and date of policies, and their order in answers: the newest first."""

    def __init__(self, store: Store, given: Mapping[str, list[ox.NamedNode]] = MappingProxyType({})) -> None:
        rows = store.select(ask.HEADS, **given) if given else store.select(ask.ALL_HEADS)
        self._known = {text_of(iri): (text_of(title), text_of(number), text_of(dated)) for iri, title, number, dated in rows}
        newest = sorted(self._known, key=lambda iri: (self._known[iri][1], self._known[iri][0], iri))
        newest.sort(key=lambda iri: self._known[iri][2], reverse=True)
        self.rank = {iri: at for at, iri in enumerate(newest)}

    def __getitem__(self, iri: str) -> tuple[str, str, str]:
        return self._known[iri]


def _words(store: Store, kind: str) -> dict[Value | None, Value | None]:
    """The words as written of all facts of a class."""
    return store.mapping(f"SELECT ?x ?exact WHERE {{ $kind$ ?x a ?kind ; {ask.EXACT} }}", kind=[ox.NamedNode(expand(kind))])


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
    rows: list[DutyRow] = []
    for at in range(0, len(nodes), _ROWS):
        some = nodes[at : at + _ROWS]
        rows += _duties(store, given={"d": some, "mine": some})
    rows.sort(key=lambda r: (r.policy_number, r.policy_title, r.policy, r.evidence.start, r.order, r.iri))
    return sorted(rows, key=lambda r: r.policy_dated, reverse=True)


def _duties(
    store: Store, role: list[ox.NamedNode] | None = None, given: Mapping[str, list[ox.NamedNode]] = MappingProxyType({})
) -> list[DutyRow]:
    """``given`` are the bearers (``agency``), or the duties themselves (``d`` and ``mine``); nothing is all."""
    heads = _Heads(store, given)
    partners: dict[Value | None, list[tuple[int, str, str, str]]] = defaultdict(list)
    for shared, duty, order, its_role, name in store.select(ask.PARTNERS, **given):
        partners[shared].append((int_of(order), text_of(duty), code_of(its_role), text_of(name)))
    figures: dict[Value | None, list[tuple[int, str]]] = defaultdict(list)
    for clause, start, exact in store.select(ask.BESIDE, **given):
        figures[clause].append((int_of(start), text_of(exact)))
    mentions = store.mapping(ask.MENTIONS, **given)
    rows = []
    for row in store.select(ask.DUTIES, **given, **({} if role is None else {"role": role})):
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
    for policy, title, number, place, dated, effective, on_issue, expires, kind in store.select(ask.POLICIES):
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
    return read + cited_policies(store)


def cited_policies(store: Store) -> list[PolicyRow]:
    """The documents that are only cited (``resolved`` False), by title."""
    cited = [
        PolicyRow(text_of(iri), _title(title, number), text_of(number), (), "", "", "", "", "", 0, 0, resolved=False)
        for iri, title, number in store.select(ask.CITED)
    ]
    return sorted(cited, key=lambda p: (p.title, p.number, p.iri))


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
    parts, paths = _several(store, ask.PARTS), _several(store, ask.PATHS)
    since = store.mapping(ask.FROM)
    rows = []
    for policy, how, document, title, number, path, *at, why, citation in store.select(ask.LINKS, **only):
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
    prevailing = {row[0]: row[1:] for row in store.select(ask.PREVAILING)}
    rows = []
    for policy, kind, path, *at, clause in store.select(ask.PRECEDENCES):
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
    found = store.select(ask.TARGETS, kind=[ox.NamedNode(k) for k in kinds])
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
    rows = [_note(row, heads, words.get(row[0])) for row in store.select(ask.NOTES)]
    return sorted(rows, key=lambda r: (heads.rank[r.policy], r.evidence.start, r.iri))


def notes_of(store: Store, wanted: Iterable[str]) -> list[NoteRow]:
    """The notes with these IRIs, in no order."""
    nodes = [ox.NamedNode(iri) for iri in wanted]
    rows = list(store.select_each(ask.NOTES, "n", nodes))
    papers = [ox.NamedNode(iri) for iri in sorted({text_of(row[4]) for row in rows})]
    heads = {text_of(row[0]): row[1:] for row in store.select_each(ask.SOME_HEADS, "policy", papers)}
    words = {row[0]: row[1] for row in store.select_each(f"SELECT ?n ?exact WHERE {{ $n$ ?n {ask.EXACT} }}", "n", nodes)}
    known = {iri: (text_of(title), text_of(number), text_of(dated)) for iri, (title, number, dated) in heads.items()}
    return [_note(row, known, words.get(row[0])) for row in rows]


def _note(row: Row, heads: _Heads | Mapping[str, tuple[str, str, str]], words: Value | None) -> NoteRow:
    n, kind, message, path, policy, *at = row
    title, number, _ = heads[text_of(policy)]
    return NoteRow(text_of(n), text_of(kind), text_of(message), text_of(path), text_of(policy), title, number, _evidence(at, words))


def _evidence(at: list[Value | None], quote: Value | None) -> Evidence:
    source, start, end = at
    return Evidence(text_of(source), int_of(start), int_of(end), text_of(quote))
