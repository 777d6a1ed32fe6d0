"""What the proof-reading page is told: the text of a file in stretches, each with the facts that stand on it, and their records."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from extract.models import (
    RECORDS,
    CitationRecord,
    Clause,
    ClauseRecord,
    DutyRecord,
    Fact,
    MemberRecord,
    NoteRecord,
    PolicyRecord,
    PolicyText,
    PrecedenceRecord,
    Record,
    ReferenceRecord,
    SourceText,
    TargetRecord,
)

KINDS = ("lead", "responsible", "assist", "target", "support", "citation", "reference", "precedence", "member", "note", "clause")
"""The kinds of coloured words, in the order of the legend."""

FURNITURE = -1
"""Stands among the facts of a stretch that is no text of the document: a running header, a page number."""

UNLABELLED = frozenset(
    {"source", "clause_key", "start", "end", "text", "span", "sha256", "setting", "assignment", "parent", "level"}
)
"""Fields that the side panel says in other ways or that the text itself shows."""

_HEADING = 60  # characters: a longer heading is a sentence, of which only the label is shown as one
_SENTENCE = re.compile(r"[，,。；;：:]")
_LOOK = 20  # characters between the beginning of a clause and its heading
_NOTE = 120  # raw characters that a note marks at the most: a note on a table is not to cover it
_ORDER: tuple[type[Record], ...] = tuple(RECORDS.values())
_NAMES: dict[type, str] = {cls: name for name, cls in RECORDS.items()}
_OPERATORS = {"=": "", ">=": "≥", "<=": "≤", "~": "约"}
_TITLES = ("agency", "indicator", "title", "number", "message", "quote")

Stretch = str | list[str | int]
"""Plain text, or text with the numbers of the facts on it, the widest first."""


@dataclass(frozen=True, slots=True)
class Item:
    """A fact as the page knows it.

    ``code`` is its kind of :data:`KINDS`, ``record`` the kind of its record, ``name`` what a list calls it; ``start`` and ``end``
    are raw offsets, ``depth`` the depth of a clause in the outline, -1 for what is not in it. ``fields`` are those that say
    something. ``assignment`` is shared by the units of a list. ``warnings`` are the notes on this very fact.
    """

    code: str
    record: str
    name: str
    section: int
    start: int
    end: int
    doubt: bool
    fields: tuple[tuple[str, str | bool], ...]
    assignment: str = ""
    depth: int = -1
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A policy, or text between policies (``head`` None). ``stretches`` joined are its text."""

    head: tuple[tuple[str, str | bool], ...] | None
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """All that a page shows."""

    source: str
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    todo: tuple[int, ...]


Read = tuple[PolicyText, Sequence[Record]]


def proof(source: SourceText, policies: Iterable[Read]) -> Proof:
    """The page of ``source``; ``policies`` are its policies with their records, in the order of the text."""
    sections: list[Section] = []
    items: list[Item] = []
    at = 0
    for policy, records in policies:
        start, end = policy.head.span
        if source.text[at:start].strip():
            sections.append(Section(None, (source.text[at:start],)))
            at = start
        head = next((r for r in records if isinstance(r, PolicyRecord)), policy.head)
        facts = sorted((r for r in records if isinstance(r, Fact)), key=lambda f: (f.start, _ORDER.index(type(f)), f.end))
        marks = [(a, b, FURNITURE) for a, b in _furniture(policy)]
        clauses = {c.key: c for c in policy.clauses}
        warnings = _warnings(facts)
        for fact in facts:
            place = (fact.start, fact.end)
            if isinstance(fact, NoteRecord) and fact.message in warnings.get(place, ()):
                continue  # the fact itself says it
            marks.append((*_span(policy, fact, clauses), len(items)))
            items.append(_item(fact, len(sections), tuple(warnings.get(place, ()))))
        sections.append(Section(_fields(head), tuple(stretches(source.text, at, end, marks))))
        at = end
    if source.text[at:].strip():
        sections.append(Section(None, (source.text[at:],)))
    return Proof(source.name, tuple(sections), tuple(items), tuple(_todo(items)))


def stretches(text: str, start: int, end: int, marks: Sequence[tuple[int, int, int]]) -> Iterator[Stretch]:
    """``text[start:end]`` cut wherever a mark (start, end, number) begins or ends; marks may lie in and over one another."""
    opens: dict[int, list[tuple[int, int, int]]] = {}
    cuts = {start, end}
    for mark in marks:
        a, b = max(mark[0], start), min(mark[1], end)
        if a < b:
            opens.setdefault(a, []).append((a, b, mark[2]))
            cuts |= {a, b}
    points = sorted(cuts)
    active: list[tuple[int, int, int]] = []
    for low, high in pairwise(points):
        active = [m for m in active if m[1] > low] + opens.get(low, [])
        active.sort(key=lambda m: (m[0] - m[1], m[2]))
        words = text[low:high]
        yield [words, *(number for _, _, number in active)] if active else words


def _furniture(policy: PolicyText) -> Iterator[tuple[int, int]]:
    """The raw spans inside the policy that its clean text leaves out, blanks aside."""
    kept = set(policy.back)
    start, end = policy.head.span
    text = policy.source.text
    begin = -1
    for i in range(start, end):
        if i in kept:
            if begin >= 0:
                yield begin, i
                begin = -1
        elif begin < 0 and not text[i].isspace():
            begin = i
    if begin >= 0:
        yield begin, end


def _span(policy: PolicyText, fact: Fact, clauses: dict[str, Clause]) -> tuple[int, int]:
    """What is coloured: the words of a fact, the heading of a clause, the beginning of what a note is about."""
    if isinstance(fact, NoteRecord):
        return fact.start, min(fact.end, fact.start + _NOTE)
    if not isinstance(fact, ClauseRecord) or fact.clause_key not in clauses:
        return fact.start, fact.end
    clause = clauses[fact.clause_key]
    heading = clause.heading[:_HEADING]
    at = policy.text.find(heading, clause.start, clause.start + _LOOK + len(heading)) if heading else -1
    if at >= 0 and len(clause.heading) <= _HEADING and not _SENTENCE.search(heading):
        return policy.raw(clause.start, at + len(heading))
    if clause.label and policy.text.startswith(clause.label, clause.start):
        return policy.raw(clause.start, clause.start + len(clause.label))
    return fact.start, fact.start


def _warnings(facts: Sequence[Fact]) -> dict[tuple[int, int], list[str]]:
    """The notes that are about a fact, by the place of the fact."""
    places = {(f.start, f.end) for f in facts if _warned(f)}
    out: dict[tuple[int, int], list[str]] = {}
    for note in facts:
        if isinstance(note, NoteRecord) and note.kind != "corrected" and (note.start, note.end) in places:
            out.setdefault((note.start, note.end), []).append(note.message)
    return out


def _warned(fact: Fact) -> bool:
    return isinstance(fact, (DutyRecord, TargetRecord, CitationRecord))


def _item(fact: Fact, section: int, warnings: tuple[str, ...]) -> Item:
    record = _NAMES[type(fact)]
    doubt = isinstance(fact, NoteRecord) or getattr(fact, "confidence", 1.0) < 1 or not getattr(fact, "agency_known", True)
    depth = fact.clause.count("/") if isinstance(fact, ClauseRecord) and fact.kind != "row" else -1
    if isinstance(fact, NoteRecord) and fact.kind == "corrected":
        doubt = False
    assignment = getattr(fact, "assignment", "")
    fields = tuple(pair for pair in _fields(fact) if pair[0] != "policy")  # the section says it
    own = warnings if _warned(fact) else ()
    return Item(_code(fact), record, _name(fact), section, fact.start, fact.end, doubt, fields, assignment, depth, own)


def _code(fact: Fact) -> str:
    if isinstance(fact, DutyRecord):
        return "assist" if fact.role == "support" else fact.role
    if isinstance(fact, TargetRecord):
        return fact.kind
    names: dict[type[Fact], str] = {
        CitationRecord: "citation", ReferenceRecord: "reference", PrecedenceRecord: "precedence", ClauseRecord: "clause",
        MemberRecord: "member",
    }  # fmt: skip
    return names.get(type(fact), "note")


def _name(fact: Fact) -> str:
    """What a list calls the fact."""
    if isinstance(fact, ClauseRecord):
        return f"{fact.label} {fact.heading}".strip()
    if isinstance(fact, TargetRecord):
        return f"{fact.indicator} {_OPERATORS.get(fact.op, fact.op)}{_shown(fact.value)}{fact.unit or ''}"
    return next((value for name in _TITLES if (value := getattr(fact, name, None))), "")


def _fields(record: Record | Fact) -> tuple[tuple[str, str | bool], ...]:
    """The fields that say something, by name, in the order of the record."""
    out: list[tuple[str, str | bool]] = []
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.name not in UNLABELLED and value not in (None, "", ()):
            out.append((field.name, value if isinstance(value, bool) else _shown(value)))
    return tuple(out)


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ("–" if all(isinstance(v, (int, float)) for v in value) else "、").join(_shown(v) for v in value)
    return f"{value:g}" if isinstance(value, float) and value == int(value) else str(value)


def _todo(items: Sequence[Item]) -> list[int]:
    """What a person should look at: what a note speaks of, then other facts in doubt, a body once a section."""
    noted = [i for i, item in enumerate(items) if item.warnings or (item.code == "note" and item.doubt)]
    seen = {(items[i].section, items[i].name) for i in noted if items[i].record == "duty"}
    rest: list[int] = []
    for i, item in enumerate(items):
        key = (item.section, item.name)
        if item.doubt and item.code != "note" and not item.warnings and (item.record != "duty" or key not in seen):
            seen.add(key)
            rest.append(i)
    return noted + rest
