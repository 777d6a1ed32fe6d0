"""The data recipe: annotated and silver examples for a reader that tags every character.

* *gold*: the duties of annotated policies, in the coordinates of their clean text;
* *silver*: the duties that the rules read with confidence 1 in policies that nobody has annotated. A stretch in which a rule was
  less sure, or that a review note marks, is left out altogether: it would teach the reader the rules' doubts as facts.

Stretches without any duty are needed too, for what is no duty; of those without a word of duty only each third is kept.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.models import DutyRecord, NoteRecord, PolicyText
from extract.pipeline import extract_policy
from extract.policies.split import split
from extract.read import read_source

LONGEST = 300  # characters of a stretch; a longer paragraph is cut behind a full stop
_WORDS = re.compile(r"负责|牵头|会同|配合|责任|单位|部门|由|解释|组织")
_STOP = re.compile(r"[。；;\n]")


@dataclass(frozen=True, slots=True)
class Duty:
    """A unit that bears a duty, in raw offsets; ``source`` is the file's name and ``inline`` says whether a sentence names it."""

    source: str
    start: int
    end: int
    role: str
    inline: bool
    agency: str

    @property
    def label(self) -> str:
        """What the reader is to say of each character of the name."""
        return f"{'inline' if self.inline else 'listed'}_{self.role}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a clean text, and what it holds: (start, end, label) counted from its first character."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class ReadPolicy:
    """A policy with the duties that the rules find (``rules``) and the raw spans in which they are unsure (``doubtful``)."""

    policy: PolicyText
    rules: tuple[Duty, ...]
    doubtful: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """Annotated duties, and the raw spans of the policies that were annotated, by source."""

    duties: tuple[Duty, ...]
    spans: dict[str, list[tuple[int, int]]]

    def covers(self, source: str, position: int) -> bool:
        """Is the position inside an annotated policy?"""
        return any(start <= position < end for start, end in self.spans.get(source, ()))


def read_gold(path: Path) -> Gold:
    """The duties of a gold file (JSON Lines in the form of ``zhize extract``)."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in rows:
        if row["record"] == "policy":
            spans.setdefault(row["source"], []).append((row["span"][0], row["span"][1]))
    duties = [r for r in rows if r["record"] == "duty"]
    return Gold(
        tuple(Duty(r["source"], r["start"], r["end"], r["role"], r["form"] == "inline", r["agency"]) for r in duties), spans
    )


def read_folder(folder: Path) -> list[ReadPolicy]:
    """All policies of the text files of a folder, with what the rules find in them."""
    out = []
    for path in sorted(folder.glob("*.txt")):
        for policy in split(read_source(path)):
            facts = list(extract_policy(policy))
            duties = [f for f in facts if isinstance(f, DutyRecord)]
            notes = [f for f in facts if isinstance(f, NoteRecord)]
            rules = tuple(Duty(d.source, d.start, d.end, d.role, d.form == "inline", d.agency) for d in duties)
            doubtful = [(d.start, d.end) for d in duties if d.confidence < 1] + [(n.start, n.end) for n in notes]
            out.append(ReadPolicy(policy, rules, tuple(doubtful)))
    return out


def stretches(policy: PolicyText) -> Iterator[tuple[int, int]]:
    """Clean spans of at most about ``LONGEST`` characters that cut no sentence."""
    for paragraph in policy.paragraphs:
        start = paragraph.start
        while paragraph.end - start > LONGEST:
            stops = [m.end() for m in _STOP.finditer(policy.text, start, start + LONGEST)]
            stop = stops[-1] if stops else start + LONGEST
            yield start, stop
            start = stop
        if start < paragraph.end:
            yield start, paragraph.end


def clean_span(policy: PolicyText, start: int, end: int) -> tuple[int, int]:
    """The clean span of a raw one."""
    return bisect_left(policy.back, start), bisect_left(policy.back, end)


def examples(read: Sequence[ReadPolicy], gold: Gold) -> list[Stretch]:
    """What a reader learns from these policies: gold where there is some, silver elsewhere."""
    out: list[Stretch] = []
    for item in read:
        policy, head = item.policy, item.policy.head
        annotated = gold.covers(head.source, head.span[0])
        known = gold.duties if annotated else item.rules
        inside = [d for d in known if d.source == head.source and head.span[0] <= d.start < head.span[1]]
        marks = [(*clean_span(policy, d.start, d.end), d.label) for d in inside]
        doubts = [] if annotated else [clean_span(policy, *span) for span in item.doubtful]
        for n, (start, end) in enumerate(stretches(policy)):
            if any(a < end and b > start for a, b in doubts):
                continue
            spans = tuple((a - start, b - start, label) for a, b, label in marks if start <= a < b <= end)
            if spans or _WORDS.search(policy.text, start, end) or n % 3 == 0:
                out.append(Stretch(policy.text[start:end], spans))
    return out
