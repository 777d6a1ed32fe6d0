"""The spaCy pipeline: text and spans in a Doc, facts in ``doc._``; and the main flow from a file to its facts.

Each component works in anybody's pipeline and under any tokenizer; where the package is installed, spaCy finds them by name:

>>> import spacy
>>> nlp = spacy.blank("zh")
>>> duties = nlp.add_pipe("zhize_duties", config={"place": "中州省云陵市"})
>>> targets = nlp.add_pipe("zhize_targets")
>>> doc = nlp("到2025年新建泊位3000个。（市城管局牵头，市财政局配合）")
>>> [(span.text, span.label_, span._.fact.agency) for span in doc.spans["duties"]]
[('市城管局', 'lead', '云陵市城市管理局'), ('市财政局', 'support', '云陵市财政局')]
>>> [(fact.indicator, fact.value, fact.unit, fact.by) for fact in doc._.targets]
[('新建泊位', 3000, '个', '2025')]

The components are ``zhize_outline``, ``zhize_duties``, ``zhize_targets``, ``zhize_citations`` and so on, one for each finder. A
document with a head (title, 文号, addressee) is read as the policies that it holds; a stretch of text without one is read as it
stands. Settings of each component (``config``), of which ``place`` belongs to the first:

* ``place``: the place that a text without a head speaks from, as ``中州省云陵市``; it completes names such as 市财政局;
* ``min_confidence``: facts below it are left out.

A Doc of ours has one token for each character of the file, so that a span of tokens is a span of characters; other tokenizers get
the tokens that a fact touches. The facts are records of :mod:`extract.models`, whose offsets count characters of ``doc.text``.
"""

# Annotations are not postponed here: spaCy up to 3.8.7 at least reads those of a factory as they are and fails on strings.

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.agencies.own_authority import stamped
from extract.agencies.places import read_place
from extract.agencies.rosters import find_members
from extract.citations.find import find_citations
from extract.citations.precedence import find_precedence
from extract.citations.references import find_references
from extract.corrections.apply import Corrections
from extract.duties.find import find_duties
from extract.models import RECORDS, ClauseRecord, Fact, PolicyRecord, PolicyText, Record, Setting, SourceText
from extract.notes import find_notes
from extract.policies.layout import compose, read_lines
from extract.policies.outline import outline
from extract.policies.split import policy_id, split
from extract.targets.find import find_targets
from extract.traditional import as_written, simplified
from extract.wire import register

Component = Callable[[Doc], Doc]
FINDERS: dict[str, Callable[[PolicyText], Sequence[Fact]]] = {
    "duties": find_duties,
    "targets": find_targets,
    "citations": find_citations,
    "references": find_references,
    "precedence": find_precedence,
    "members": find_members,
}
"""What is read in a policy: the attribute of ``doc._`` and key of ``doc.spans``, and the finder that fills it."""

READ = ("clauses", *FINDERS)
"""All that is read in a policy, its clauses first."""

_KINDS: dict[type, int] = {kind: i for i, kind in enumerate(RECORDS.values())}  # facts that begin together are written so
_TITLE = 40  # characters that stand for the title of a text without one

for _name in ("policies", *READ):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)
if not Doc.has_extension("offset"):
    Doc.set_extension("offset", default=0)
if not Span.has_extension("fact"):
    Span.set_extension("fact", default=None)


def extract_source(source: SourceText, corrections: Corrections | None = None) -> Iterator[Record]:
    """The facts of a file, policy by policy, each policy's in the order of the text."""
    for policy in split(source):
        yield from extract_policy(policy, corrections)


def extract_policy(policy: PolicyText, corrections: Corrections | None = None) -> Iterator[Record]:
    """The head of a policy and its facts in the order of the text, corrected where a person has corrected them.

    These are the records of a Doc that the pipeline has read, found without one: making it would take a tenth of the time.
    """
    yield from _in_order(policy, [fact for name in READ for fact in _found(policy, name)], corrections)


def _found(policy: PolicyText, name: str) -> Sequence[Fact]:
    """The facts that the component ``name`` finds in a policy."""
    return as_written(policy, clause_records(policy) if name == "clauses" else FINDERS[name](policy))


def document(policy: PolicyText) -> Doc:
    """A Doc with the policy's stretch of the file, one token a character; ``doc._.offset`` is where it begins in the file."""
    start, end = policy.head.span
    text = policy.source.text[start:end]
    orths = _orths()
    words: list[Any] = [orths[character] for character in text]  # the stubs of spaCy know words only
    doc = Doc(pipeline().vocab, words=words, spaces=[False] * len(text))
    doc._.policies, doc._.offset = [policy], start
    return doc


class _Orths(dict[str, int]):
    """spaCy's numbers of characters: a Doc made of numbers is there twice as soon as one made of words."""

    def __missing__(self, character: str) -> int:
        number = self[character] = int(pipeline().vocab[character].orth)
        return number


@cache
def _orths() -> _Orths:
    return _Orths()


@cache
def pipeline() -> Language:
    """spaCy's blank Chinese pipeline with our components."""
    nlp = spacy.blank("zh")
    for name in ("zhize_outline", *(f"zhize_{name}" for name in FINDERS)):
        nlp.add_pipe(name)
    return nlp


def records(doc: Doc, corrections: Corrections | None = None) -> Iterator[Record]:
    """All records of a Doc that the pipeline has read."""
    found = [fact for name in READ for fact in doc._.get(name) or ()]
    for policy in doc._.policies:
        yield from _in_order(policy, found, corrections)


def _in_order(policy: PolicyText, found: Sequence[Fact], corrections: Corrections | None) -> Iterator[Record]:
    """The head of a policy, those of the facts that are its own, and the notes on them."""
    (start, end), key = policy.head.span, policy.head.policy
    own = [fact for fact in found if start <= fact.start < end and fact.policy == key]
    if corrections is None:
        head, notes = policy.head, find_notes(policy, own)
    else:
        head, own = corrections.apply(policy, own)
        notes = corrections.reviewed(head.policy, find_notes(replace(policy, head=head), own))
    yield stamped(head)
    yield from sorted([*own, *as_written(policy, notes)], key=_order)


def _order(fact: Fact) -> tuple[int, int, int]:
    return fact.start, _KINDS[type(fact)], fact.end


def clause_records(policy: PolicyText) -> list[ClauseRecord]:
    """The clauses of a policy as records; the root is left out. A clause's text ends where its first child begins."""
    head = policy.head
    first: dict[str, int] = {}
    for clause in policy.clauses:
        if clause.parent is not None:
            first.setdefault(clause.parent, clause.start)
    out = []
    for clause in policy.clauses:
        if clause.kind == "root" or clause.end <= clause.start:
            continue
        text = policy.text[clause.start : min(clause.end, first.get(clause.key, clause.end))].strip("\n")
        start, end = policy.raw(clause.start, clause.end)
        record = ClauseRecord(  # in the order of its fields, as duties are made
            head.policy, head.source, clause.path, clause.key, start, end, clause.label, clause.kind, clause.level,
            clause.heading, clause.parent, text, page=policy.source.page(start),
        )  # fmt: skip
        out.append(record)
    return out


def _read_policies(doc: Doc, place: str = "") -> list[PolicyText]:
    """The policies of a Doc; read out of its text where no component has done so."""
    if doc._.policies is None:
        name = str(doc.user_data.get("source", "text"))
        digest = hashlib.sha256(doc.text.encode("utf-8", "surrogatepass")).hexdigest()
        source = SourceText(name, doc.text, digest, simplified=simplified(doc.text))
        doc._.policies = list(split(source)) or _stretch(source, _setting(place))
    return doc._.policies  # type: ignore[no-any-return]


def _setting(place: str) -> Setting:
    read = read_place(place) if place else None
    return read.setting if read is not None else Setting()


def _stretch(source: SourceText, setting: Setting) -> list[PolicyText]:
    """A text without a head as one policy that speaks from the place of ``setting``; none where there is no text."""
    lines = read_lines(source)
    if not lines:
        return []
    text, back, paragraphs = compose(lines)
    title = text[: min(paragraphs[0].end, _TITLE)]
    head = PolicyRecord(
        policy=policy_id(None, title, None),
        source=source.name,
        span=(lines[0].start, lines[-1].end),
        title=title,
        number=None,
        issuer=(),
        dated=None,
        effective=None,
        expires=None,
        type=None,
        place=setting.place,
        sha256=source.sha256,
        setting=setting,
    )
    return [outline(PolicyText(head, source, text, back, paragraphs), 0)]


@lru_cache(maxsize=2)
def _once_more(source: SourceText) -> tuple[PolicyText, ...]:
    return tuple(split(source))


def _read_again(source: SourceText, head: PolicyRecord) -> PolicyText:
    """The policy with that head, out of a file that was read before."""
    return next((p for p in _once_more(source) if p.head == head), None) or _stretch(source, head.setting)[0]


register(_read_again)


def _mark(doc: Doc, key: str, facts: Iterable[Fact]) -> Doc:
    """Put the facts' spans into ``doc.spans``, each with its record in ``span._.fact`` and its kind as label."""
    offset = doc._.offset
    exact = offset > 0 or len(doc) == len(doc.text)
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


def _component(name: str, place: str, min_confidence: float) -> Component:
    """A component that fills ``doc._`` and ``doc.spans`` under ``name``. Raises ValueError for a place that is none."""
    if place and read_place(place) is None:
        raise ValueError(f"place={place!r}: no place is read in it; write it as 中州省云陵市")

    def component(doc: Doc) -> Doc:
        found: list[Fact] = []
        for policy in _read_policies(doc, place):
            found.extend(_found(policy, name))
        facts = [fact for fact in found if getattr(fact, "confidence", 1.0) >= min_confidence]
        doc._.set(name, facts)
        return _mark(doc, name, facts)

    component.__doc__ = f'Fills ``doc._.{name}`` and ``doc.spans["{name}"]``.'
    return component


_CONFIG = {"place": "", "min_confidence": 0.0}


@Language.factory("zhize_outline", default_config=_CONFIG)
def make_outline(nlp: Language, name: str, place: str, min_confidence: float) -> Component:
    """The component that splits a text into policies and their clauses."""
    return _component("clauses", place, min_confidence)


@Language.factory("zhize_duties", default_config=_CONFIG)
def make_duties(nlp: Language, name: str, place: str, min_confidence: float) -> Component:
    """The component that finds duties."""
    return _component("duties", place, min_confidence)


@Language.factory("zhize_targets", default_config=_CONFIG)
def make_targets(nlp: Language, name: str, place: str, min_confidence: float) -> Component:
    """The component that finds targets and supports."""
    return _component("targets", place, min_confidence)


@Language.factory("zhize_citations", default_config=_CONFIG)
def make_citations(nlp: Language, name: str, place: str, min_confidence: float) -> Component:
    """The component that finds citations."""
    return _component("citations", place, min_confidence)


@Language.factory("zhize_references", default_config=_CONFIG)
def make_references(nlp: Language, name: str, place: str, min_confidence: float) -> Component:
    """The component that finds words that point to a document without naming it."""
    return _component("references", place, min_confidence)


@Language.factory("zhize_precedence", default_config=_CONFIG)
def make_precedence(nlp: Language, name: str, place: str, min_confidence: float) -> Component:
    """The component that finds clauses that say which rule holds where several could."""
    return _component("precedence", place, min_confidence)


@Language.factory("zhize_members", default_config=_CONFIG)
def make_members(nlp: Language, name: str, place: str, min_confidence: float) -> Component:
    """The component that finds the members of groups, such as a leading group (领导小组)."""
    return _component("members", place, min_confidence)
