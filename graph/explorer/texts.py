"""The words of the pages in Chinese and English: the rows of ``texts.tsv``, and of codes the labels of the ontology."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from ontology.vocabulary import expand, find_concept, triples

Lang = Literal["zh", "en"]
_SLOT = re.compile(r"\{(\w{1,20})\}")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEAR = re.compile(r"[0-9]{4}")


@cache
def rows() -> Mapping[str, tuple[str, str]]:
    """Key to Chinese and English."""
    with Path(__file__).with_name("texts.tsv").open(encoding="utf-8", newline="") as stream:
        return {row["key"]: (row["zh"], row["en"]) for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)}


@cache
def _labels() -> Mapping[tuple[str, str], str]:
    """(IRI, language) to label, of the entries of the ontology's code lists."""
    wanted = expand("skos:prefLabel")
    return {
        (t.subject.value, t.object.language or ""): t.object.value
        for t in triples()
        if t.predicate.value == wanted and isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.Literal)
    }


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language: ``texts("key")``, with ``{name}`` filled in where values are given."""

    lang: Lang = "zh"

    def __call__(self, key: str, **values: object) -> str:
        """The words of ``key``. KeyError for a key without a row."""
        text = rows()[key][self.lang == "en"]
        return _SLOT.sub(lambda m: _shown(values[m[1]]), text) if values else text

    def code(self, scheme: str, code: str) -> str:
        """What an entry of a list of codes is called: in the table (``scheme.code``), in the ontology, or by its code."""
        row = rows().get(f"{scheme}.{code}")
        if row:
            return row[self.lang == "en"]
        found = find_concept(scheme, code)
        return code if found is None else _labels().get((found.value, self.lang), code)

    def day(self, value: str) -> str:
        """A date, month or year: 2025年12月31日, 2025年6月, 2025年; rhythms (每年) and English as they are."""
        if self.lang == "en":
            return value
        if day := _DAY.fullmatch(value):
            return f"{day[1]}年{int(day[2])}月{int(day[3])}日"
        if month := _MONTH.fullmatch(value):
            return f"{month[1]}年{int(month[2])}月"
        return f"{value}年" if _YEAR.fullmatch(value) else value

    def join(self, parts: list[str] | tuple[str, ...]) -> str:
        """A list of names."""
        return ("、" if self.lang == "zh" else ", ").join(parts)

    def title(self, title: str, number: str = "") -> str:
        """《标题》（文号）; the number alone where there is no title."""
        bare = f"《{title.strip('《》')}》" if title else ""
        return bare + (f"（{number}）" if bare and number else "" if bare else number)
