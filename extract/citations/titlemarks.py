"""Titles in 书名号 (《》), and whether a title is that of a law, regulation, policy or plan.

The marks nest: 《关于印发〈…〉的通知》, also typed as 《…《…》…》 or 《…<…>…》; the outermost pair holds the title. How a
title ends says what it names; the endings lie in ``data/cite_endings.tsv``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Verdict = Literal["cite", "no", "ask", "self"]

_MARKS = re.compile(r"[《》\n\t](?:(?<=[\n\t])[^《》]*)?")  # marks, and ends of paragraphs and cells with all that has none
_LONGEST = 240  # characters; the longest titles (notices that forward another body's notice) have about 120
_TRAILER = re.compile(r"(?:[（(〔\[][^（）()〔〕\[\]]{0,40}[）)〕\]]|[”\"〉>]|的)$")
_KEY = re.compile(r"[《》〈〉<>“”\"'‘’()（）\[\]〔〕【】、,，。.·—\-–:：;；]")
_WHOLE_TITLES = ("宪法", "政府工作报告")  # endings that are a title of their own
_HAN = re.compile(r"[\u3400-\u9fff]")
_ISSUING = re.compile(r"关于(?:印发|转发|批转|公布|发布|下发)$")
_ISSUING_END = re.compile(r"的(?:通知|公告|决定)》?")


@dataclass(frozen=True, slots=True)
class Title:
    """A title: ``start``/``end`` with its marks, ``text`` without the outer ones."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=4096)
def title_key(title: str) -> str:
    """What is left of a title when spelling does not count: no marks, brackets, punctuation or blanks, half-width letters."""
    return _KEY.sub("", "".join(unicodedata.normalize("NFKC", title).split()))


def find_titles(text: str) -> list[Title]:
    """The outermost titles of a clean text, in order. A title ends in the paragraph or table cell that it begins in.

    An outer 《 that is never closed is taken to end with 的通知 where it reads 《关于印发《…》的通知, a common slip;
    otherwise it is passed over and the titles after it are kept.
    """
    pairs: list[tuple[int, int]] = []
    opens: list[int] = []
    for match in _MARKS.finditer(text):
        mark, at = match.group(), match.start()
        if mark == "《":
            opens.append(at)
        elif mark != "》":
            opens.clear()
        elif opens:
            begin = opens.pop()
            end = at + 1
            if opens and at - opens[-1] <= _LONGEST and _ISSUING.search(text, max(opens[-1], begin - 8), begin):
                tail = _ISSUING_END.match(text, end)
                if tail and tail.group()[-1] != "》":
                    begin, end = opens.pop(), tail.end()
            if end - begin <= _LONGEST:
                pairs.append((begin, end))
    titles: list[Title] = []
    last = 0
    for begin, end in sorted(pairs):
        if begin >= last:
            last = end
            inner = text[begin + 1 : end - (text[end - 1] == "》")]
            if _HAN.search(inner):
                titles.append(Title(begin, end, inner))
    return titles


@cache
def endings() -> dict[str, str]:
    """The verdict for each ending, from ``data/cite_endings.tsv``."""
    return {row[0]: row[1] for row in _rows("cite_endings.tsv")}


@cache
def modifiers() -> frozenset[str]:
    """The words that make no name of a genre word, from ``data/cite_modifiers.tsv``; "" is one of them."""
    return frozenset({"", "本", *(row[0] for row in _rows("cite_modifiers.tsv"))})


def _rows(name: str) -> list[list[str]]:
    """The rows of a data file, without comments and the header."""
    lines = (files("extract") / "data" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


def ending_of(title: str) -> str:
    """The longest ending in the table that ``title`` has, brackets and quotes at its end aside; "" for none."""
    bare = bare_title(title)
    table = endings()
    return next((bare[-n:] for n in range(min(6, len(bare)), 0, -1) if bare[-n:] in table), "")


@lru_cache(maxsize=4096)
def verdict(title: str) -> Verdict:
    """What a title (without its marks) is by its form: cite, no, ask the sentence, or self (a short form such as 《办法》)."""
    ending = ending_of(title)
    said = endings().get(ending, "ask")
    if said == "no":
        return "no"
    if ending not in _WHOLE_TITLES and bare_title(title).removesuffix(ending) in modifiers():
        return "self"
    return "cite" if said == "cite" or "关于" in title else "ask"


def bare_title(title: str) -> str:
    """``title`` without the brackets and quotes at its end."""
    bare = title
    for _ in range(6):
        shorter = _TRAILER.sub("", bare)
        if shorter == bare or not shorter:
            break
        bare = shorter
    return bare
