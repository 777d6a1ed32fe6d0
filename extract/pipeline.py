"""The spaCy pipeline: text and spans in a Doc, facts in ``doc._``; and the main flow from a file to its facts.

Each component works in anybody's pipeline: ``spacy.blank("zh").add_pipe("zhize_duties")`` reads the policies out of ``doc.text``.
A Doc of ours has one token for each character of the file, so that a span of tokens is a span of characters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.citations import find_citations
from extract.duties import find_duties
from extract.models import CitationRecord, ClauseRecord, DutyRecord, Fact, NoteRecord, PolicyText, Record, SourceText, TargetRecord
from extract.notes import find_notes
from extract.split import split
from extract.targets import find_targets

Component = Callable[[Doc], Doc]
FINDERS: dict[str, Callable[[PolicyText], Sequence[Fact]]] = {
    "duties": find_duties,
    "targets": find_targets,
    "citations": find_citations,
}
"""What is read in a policy: the attribute of ``doc._`` and key of ``doc.spans``, and the finder that fills it."""

for _name in ("policies", "clauses", *FINDERS):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)
if not Doc.has_extension("offset"):
    Doc.set_extension("offset", default=0)
if not Span.has_extension("fact"):
    Span.set_extension("fact", default=None)


def extract_source(source: SourceText) -> Iterator[Record]:
    """The facts of a file, policy by policy, each policy's in the order of the text."""
    for policy in split(source):
        doc = document(policy)
        for _, component in pipeline().pipeline:
            doc = component(doc)
        yield from records(doc)


def document(policy: PolicyText) -> Doc:
    """A Doc with the policy's stretch of the file, one token a character; ``doc._.offset`` is where it begins in the file."""
    start, end = policy.head.span
    text = policy.source.text[start:end]
    doc = Doc(pipeline().vocab, words=list(text), spaces=[False] * len(text))
    doc._.policies, doc._.offset = [policy], start
    return doc


@cache
def pipeline() -> Language:
    """spaCy's blank Chinese pipeline with our components."""
    nlp = spacy.blank("zh")
    for name in ("zhize_outline", *(f"zhize_{name}" for name in FINDERS)):
        nlp.add_pipe(name)
    return nlp


def records(doc: Doc) -> Iterator[Record]:
    """All records of a Doc that the pipeline has read."""
    for policy in doc._.policies:
        yield policy.head
        own = [
            fact
            for name in ("clauses", *FINDERS)
            for fact in doc._.get(name)
            if fact.policy == policy.head.policy and _inside(fact, policy)
        ]
        notes = find_notes(policy, own)
        yield from sorted([*own, *notes], key=_order)


def _inside(fact: Fact, policy: PolicyText) -> bool:
    return policy.head.span[0] <= fact.start < policy.head.span[1]


def _order(fact: Fact) -> tuple[int, int, int]:
    kinds: tuple[type[Fact], ...] = (ClauseRecord, DutyRecord, TargetRecord, CitationRecord, NoteRecord)
    return fact.start, kinds.index(type(fact)), fact.end


def clause_records(policy: PolicyText) -> list[ClauseRecord]:
    """The clauses of a policy as records; the root is left out. A clause's text ends where its first child begins."""
    first: dict[str, int] = {}
    for clause in policy.clauses:
        if clause.parent is not None:
            first.setdefault(clause.parent, clause.start)
    out = []
    for clause in policy.clauses:
        if clause.kind == "root" or clause.end <= clause.start:
            continue
        text = policy.text[clause.start : min(clause.end, first.get(clause.key, clause.end))].strip("\n")
        facts = policy.fact(clause.start, clause.end, clause)
        out.append(
            ClauseRecord(
                **facts,
                label=clause.label,
                kind=clause.kind,
                level=clause.level,
                heading=clause.heading,
                parent=clause.parent,
                text=text,
            )
        )
    return out


def _read_policies(doc: Doc) -> list[PolicyText]:
    """The policies of a Doc; read out of its text where no component has done so."""
    if doc._.policies is None:
        name = str(doc.user_data.get("source", "text"))
        doc._.policies = list(split(SourceText(name, doc.text, hashlib.sha256(doc.text.encode()).hexdigest())))
    return doc._.policies  # type: ignore[no-any-return]


def _outline(doc: Doc) -> Doc:
    """Component ``zhize_outline``: ``doc._.policies``, ``doc._.clauses`` and ``doc.spans["clauses"]``."""
    doc._.clauses = [clause for policy in _read_policies(doc) for clause in clause_records(policy)]
    return _mark(doc, "clauses", doc._.clauses)


def _mark(doc: Doc, key: str, facts: Iterable[Fact]) -> Doc:
    """Put the facts' spans into ``doc.spans``, each with its record in ``span._.fact`` and its kind as label."""
    offset = doc._.offset
    exact = doc._.offset or len(doc) == len(doc.text)
    spans = []
    for fact in facts:
        start, end = fact.start - offset, fact.end - offset
        label = str(getattr(fact, "role", None) or getattr(fact, "kind", None) or getattr(fact, "relation", None) or key)
        span = Span(doc, start, end, label) if exact else doc.char_span(start, end, label, alignment_mode="expand")
        if span is not None:
            span._.fact = fact
            spans.append(span)
    doc.spans[key] = spans
    return doc


def _component(name: str) -> Component:
    finder = FINDERS[name]

    def component(doc: Doc) -> Doc:
        facts = [fact for policy in _read_policies(doc) for fact in finder(policy)]
        doc._.set(name, facts)
        return _mark(doc, name, facts)

    component.__doc__ = f'Component ``zhize_{name}``: ``doc._.{name}`` and ``doc.spans["{name}"]``.'
    return component


@Language.factory("zhize_outline")
def make_outline(nlp: Language, name: str) -> Component:
    """The component that splits a text into policies and their clauses."""
    return _outline


@Language.factory("zhize_duties")
def make_duties(nlp: Language, name: str) -> Component:
    """The component that finds duties."""
    return _component("duties")


@Language.factory("zhize_targets")
def make_targets(nlp: Language, name: str) -> Component:
    """The component that finds targets and supports."""
    return _component("targets")


@Language.factory("zhize_citations")
def make_citations(nlp: Language, name: str) -> Component:
    """The component that finds citations."""
    return _component("citations")
