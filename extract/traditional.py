"""Texts in traditional characters: read as simplified ones of the same length, their words kept as they are written.

Names, titles, 文号 and labels of clauses come out in simplified characters, so that a document in either script leads to the same
nodes; mentions, quotes and the text of clauses are the source's own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from extract.models import Fact, PolicyText

if TYPE_CHECKING:
    from opencc import OpenCC

_TELLING = re.compile("[國務關於發為與會實業區縣個這時東長門開無應該將對經過設機構來條]")
_START = 5_000  # characters that tell the script
_LEAST = 20
_SHARE = 0.02
_WRITTEN = ("mention", "quote", "text", "heading")
_BEFORE = 4_000  # characters before a fact in which the list or sentence that it quotes begins


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 - few documents need it

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """``text`` in simplified characters, as long as it is, or "" where it is not in traditional ones."""
    start = text[:_START]
    if len(start) < _LEAST or len(_TELLING.findall(start)) <= _SHARE * len(start):
        return ""
    return "".join(_line(line) for line in text.splitlines(keepends=True))


def _line(line: str) -> str:
    """A line whose words change their number of characters is converted character by character."""
    found = str(_converter().convert(line))
    if len(found) == len(line):
        return found
    return "".join(c if len(c) == 1 else old for old in line for c in [str(_converter().convert(old))])


def as_written(policy: PolicyText, facts: Sequence[Any]) -> Sequence[Any]:
    """The facts of a policy with the source's own words in them, where it is in traditional characters."""
    return list(_as_written(_Written(policy), facts)) if policy.source.simplified else facts


def _as_written(written: _Written, facts: Iterable[Any]) -> Iterator[Any]:
    for fact in facts:
        words = {name: value for name in _WRITTEN if (value := getattr(fact, name, ""))}
        changed = {name: own for name, value in words.items() if (own := written.words(value, fact)) != value}
        yield replace(fact, **changed) if changed else fact


class _Written:
    """The clean text of a policy in both scripts; a character of one stands where its like stands in the other."""

    def __init__(self, policy: PolicyText) -> None:
        raw, back = policy.source.text, list(policy.back)
        self._bare = [i for i, c in enumerate(policy.text) if c not in "\n\t"]
        self._read = "".join(policy.text[i] for i in self._bare)
        self._own = "".join(raw[back[i]] for i in self._bare)
        self._at = [back[i] for i in self._bare]

    def words(self, value: str, fact: Fact) -> str:
        """The words of the source for words that were read at or around ``fact``; breaks and tabs stay where they are."""
        bare = re.sub(r"\s", "", value)
        here = bisect_left(self._at, fact.start)
        at = self._read.find(bare, here)
        before = self._read.rfind(bare, max(0, here - _BEFORE), here + len(bare))
        if before >= 0 and (at < 0 or here - before < at - here):
            at = before
        if at < 0:
            return value
        own = iter(self._own[at : at + len(bare)])
        return "".join(c if c.isspace() else next(own) for c in value)
