"""The words of the report, in Chinese and English: the rows of ``texts.tsv``."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from graph.analysis.notes import notes
from graph.analysis.words import word

Lang = Literal["zh", "en"]
_SLOT = re.compile(r"\{(\w{1,20})\}")


@cache
def _rows() -> dict[str, tuple[str, str]]:
    with Path(__file__).with_name("texts.tsv").open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["key"]: (row["zh"], row["en"]) for row in rows}


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language: ``texts("key")``, with ``{name}`` filled in where values are given."""

    lang: Lang = "zh"

    def __call__(self, key: str, **values: object) -> str:
        """The words of ``key``. KeyError for a key without a row."""
        text = _rows()[key][self.lang == "en"]
        return _SLOT.sub(lambda m: str(values[m[1]]), text) if values else text

    def code(self, field: str, value: object) -> str:
        """What a code such as lead or in_force is called."""
        return word(field, value, self.lang)

    def heads(self, table: str, fields: tuple[str, ...]) -> tuple[str, ...]:
        """The headings of columns of an analysis."""
        by = {n.field: n.label_en if self.lang == "en" else n.label_zh for n in notes(table)}
        return tuple(by[field] for field in fields)

    def explain(self, table: str, fields: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """(heading, sentence) of columns of an analysis."""
        by = {n.field: (n.label_en, n.en) if self.lang == "en" else (n.label_zh, n.zh) for n in notes(table)}
        return tuple(by[field] for field in fields)

    def period(self, period: str) -> str:
        """A quarter such as 2025-Q4 in words; a year as it is."""
        year, _, quarter = period.partition("-Q")
        return self("quarter", year=year, n=quarter) if quarter else period

    def join(self, parts: tuple[str, ...]) -> str:
        """A list of names."""
        return ("、" if self.lang == "zh" else ", ").join(parts)
