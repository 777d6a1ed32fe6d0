"""What each measure is called and what it means, in one sentence each: the rows of ``notes.tsv``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Note:
    """What a measure is called and what it means for a policy person and how it is computed, in one sentence each."""

    field: str
    label_zh: str
    label_en: str
    zh: str
    en: str


@cache
def _tables() -> dict[str, tuple[Note, ...]]:
    found: dict[str, list[Note]] = {}
    with Path(__file__).with_name("notes.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            note = Note(row["field"], row["label_zh"], row["label_en"], row["zh"], row["en"])
            found.setdefault(row["table"], []).append(note)
    return {table: tuple(notes) for table, notes in found.items()}


def notes(table: str) -> tuple[Note, ...]:
    """The notes of a table such as agencies or policies, in the order of its columns. KeyError for another name."""
    return _tables()[table]


AGENCY_NOTES = notes("agencies")
POLICY_NOTES = notes("policies")
