"""What a person should look at: what a document does not say, and what the rules could not settle."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.models import DutyRecord, Fact, NoteRecord, PolicyText
from extract.tables import find_tables

_UNREAD = re.compile(r"(?:责任|牵头|配合|主办|承办)(?:单位|部门)[:：]")


def find_notes(policy: PolicyText, facts: Sequence[Fact]) -> list[NoteRecord]:
    """The review notes of a policy, in the order of the text."""
    return sorted(
        [*_head(policy), *_agencies(policy, facts), *_weak(policy, facts), *_unread(policy, facts)], key=lambda n: (n.start, n.kind)
    )


def _head(policy: PolicyText) -> Iterator[NoteRecord]:
    """What the head of the document lacks."""
    first = policy.paragraphs[0]
    for problem in policy.head.problems:
        yield NoteRecord(
            **policy.fact(first.start, first.end), kind="head", message=problem, quote=policy.text[first.start : first.end]
        )


def _agencies(policy: PolicyText, facts: Sequence[Fact]) -> Iterator[NoteRecord]:
    """Agencies that no table knows, each once."""
    seen: set[str] = set()
    for duty in facts:
        if isinstance(duty, DutyRecord) and not duty.agency_known and duty.agency not in seen:
            seen.add(duty.agency)
            message = f"未登记的机构：{duty.mention} → {duty.agency}（{duty.reason}）"
            yield NoteRecord(
                duty.policy, duty.source, duty.clause, duty.clause_key, duty.start, duty.end, "agency", message, duty.mention
            )


def _weak(policy: PolicyText, facts: Sequence[Fact]) -> Iterator[NoteRecord]:
    """Facts that rest on a weak rule, agencies aside."""
    for fact in facts:
        confidence = getattr(fact, "confidence", 1.0)
        if confidence < 0.75 and (not isinstance(fact, DutyRecord) or fact.agency_known):
            quote = getattr(fact, "quote", "")
            message = f"依据较弱：{getattr(fact, 'reason', '') or '规则置信度低'}"
            yield NoteRecord(fact.policy, fact.source, fact.clause, fact.clause_key, fact.start, fact.end, "weak", message, quote)


def _unread(policy: PolicyText, facts: Sequence[Fact]) -> Iterator[NoteRecord]:
    """Labels such as 责任单位： under which no unit was read, and tables of duties in which none was."""
    starts = sorted(f.start for f in facts if isinstance(f, DutyRecord))
    for label in _UNREAD.finditer(policy.text):
        stop = policy.text.find("\n", label.end())
        stop = len(policy.text) if stop < 0 else stop
        low, high = policy.raw(label.end() - 1, max(stop, label.end()))
        if not any(low <= s <= high for s in starts):
            quote = policy.text[label.start() : min(stop, label.start() + 80)]
            yield NoteRecord(
                **policy.fact(label.start(), max(stop, label.end())), kind="unread", message="责任标识后没有识别出单位", quote=quote
            )
    for table in find_tables(policy.text, policy.paragraphs):
        low, high = policy.raw(table.start, table.end)
        if table.units and not any(low <= s <= high for s in starts):
            quote = "｜".join(table.header)
            yield NoteRecord(**policy.fact(table.start, table.end), kind="table", message="责任表没有识别出单位", quote=quote)
