"""The tier of a document: state (国家), province (省), city (市) or county (县), from its issuer, title or 文号.

Issuers and titles say it in words (中州省人民政府, 云陵市…规划). A 文号 is compared with those of held documents first, since one
character stands for several places (云政 is 云陵市's or 云南省's), then with ``tiers.tsv``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from graph.rows import PolicyRow

Tier = Literal["state", "province", "city", "county", ""]
ORDER: Mapping[str, int] = {"county": 0, "city": 1, "province": 2, "state": 3}
"""Tiers from below; a document rests on one of its own tier or above."""

# A place name has two to eight characters before its tier word; 城市, 市场, 社区 and the like are no places.
_PLACE = re.compile(
    r"^(?:中共)?(?:(?P<province>[^\W\d_关于《和与、全各本我]{2,7}?(?:省|自治区)|北京市|天津市|上海市|重庆市)|"
    r"(?P<city>[^\W\d_关于《和与、全各本我]{2,7}?(?:(?<!城)市(?![场政民容域])|自治州))|"
    r"(?P<county>[^\W\d_关于《和与、全各本我]{1,6}(?:县|旗|(?<![社地校城片园验发新景禁山灾牧林矿库])区)))"
)
# 法 are made by the National People's Congress alone; 条例 of a place bear its name, so one without is the State Council's.
_LAW = re.compile(r"[^\W\d_]{2,20}(?:(?<!办)法|条例)")
_HEAD = re.compile(r"^([^\W\d_]{1,20})[〔\[(（第]?")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the title or number of a document of a tier begins with; ``example`` is such a title or number."""

    part: str
    words: str
    tier: Tier
    example: str


@cache
def beginnings() -> tuple[Beginning, ...]:
    """The rows of ``tiers.tsv``, the longest words first."""
    with Path(__file__).with_name("tiers.tsv").open(encoding="utf-8", newline="") as stream:
        rows = [
            Beginning(r["part"], r["words"], cast(Tier, r["tier"]), r["example"]) for r in csv.DictReader(stream, delimiter="\t")
        ]
    return tuple(sorted(rows, key=lambda r: (-len(r.words), r.words)))


def tiers(policies: Iterable[PolicyRow]) -> dict[str, Tier]:
    """The tier of each document by IRI, "" where nothing tells it."""
    rows = list(policies)
    said = {p.iri: _by_words(p) for p in rows}
    learned = {_head(p.number): said[p.iri] for p in rows if p.resolved and said[p.iri] and _head(p.number)}
    return {p.iri: said[p.iri] or learned.get(_head(p.number)) or _by_number(p.number) for p in rows}


def _by_words(policy: PolicyRow) -> Tier:
    for name in (*policy.issuers, policy.place, policy.title.strip("《》"), policy.number):
        if found := tier_of_words(name):
            return found
    return ""


def tier_of_words(name: str) -> Tier:
    """The tier that the name of an issuer or a title begins with."""
    for row in beginnings():
        if row.part == "title" and name.startswith(row.words):
            return row.tier
    found = _PLACE.match(name)
    if found:
        return cast(Tier, found.lastgroup or "")
    return "state" if _LAW.fullmatch(name) else ""


def _by_number(number: str) -> Tier:
    head = _head(number)
    return next((r.tier for r in beginnings() if r.part == "number" and head.startswith(r.words)), "")


def _head(number: str) -> str:
    """The letters of a 文号 in front of its year."""
    found = _HEAD.match(number)
    return found[1] if found else ""
