"""The page on which a person proof-reads an extraction: the text of a file with every fact coloured in place.

One self-contained file that opens without a connection (:mod:`graph.page` says how hostile words are kept harmless). The text is
the decoded file as it is; what is coloured is found by raw offsets alone, so that the page shows what the records say and nothing
that was computed anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from extract.models import SourceText
from graph.inspect_data import KINDS, Item, Proof, Read, Section, proof
from graph.inspect_texts import TEXTS
from graph.page import asset, render
from graph.view_texts import Lang

__all__ = ["inspect_page"]


def inspect_page(source: SourceText, policies: Iterable[Read], *, lang: Lang = "zh", title: str = "") -> str:
    """The page of ``source``; ``policies`` are its policies with their records, in the order of the text."""
    texts = TEXTS[lang]
    words = {
        "lang": "zh-CN" if lang == "zh" else "en",
        "title": title or texts["title"].format(name=source.name),
        "noscript": texts["noscript"],
    }
    style = asset("page.css") + asset("inspect.css")
    return render("inspect.html", words, _payload(proof(source, policies), lang), [asset("inspect.js")], style)


def _payload(shown: Proof, lang: Lang) -> dict[str, Any]:
    return {
        "lang": lang,
        "texts": TEXTS[lang],
        "kinds": KINDS,
        "source": shown.source,
        "sections": [_section(section) for section in shown.sections],
        "items": [_item(item) for item in shown.items],
        "todo": shown.todo,
    }


def _section(section: Section) -> dict[str, Any]:
    return {"head": section.head, "parts": section.stretches}


def _item(item: Item) -> dict[str, Any]:
    """The item under short keys: a gazette has thousands."""
    out: dict[str, Any] = {"k": item.code, "r": item.record, "n": item.name, "p": item.section, "s": item.start, "e": item.end}
    out["f"] = item.fields
    if item.doubt:
        out["d"] = 1
    if item.warnings:
        out["w"] = item.warnings
    if item.assignment:
        out["a"] = item.assignment
    if item.depth >= 0:
        out["l"] = item.depth
    return out
