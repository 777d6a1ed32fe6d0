"""A paper as a page of one file: no network, no markup from documents, a search that works without a server, ready to print."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import IO

from graph.ledger.paper import Cell, Col, Heading, Link, Paper, text_of_cell
from graph.ledger.words import LedgerWords
from graph.plain import plain

_CHECK = ' class="check"'  # for checking on the screen; not printed


def write(papers: Sequence[Paper], stream: IO[str], words: LedgerWords) -> None:
    """Write ``papers``, one below the other, as a page that is titled as the first."""
    style, script = _file("page.css"), _file("page.js")
    allowed = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    lang = "zh-CN" if words.lang == "zh" else "en"
    stream.write(f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n')
    stream.write(f'<meta http-equiv="Content-Security-Policy" content="{escape(allowed)}">\n')
    stream.write('<meta name="viewport" content="width=device-width, initial-scale=1">\n')
    stream.write(f"<title>{_safe(papers[0].title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n")
    for number, paper in enumerate(papers):
        stream.writelines(_section(paper, words, search=number == 0))
    stream.write(f"</main>\n<script>{script}</script>\n</body>\n</html>\n")


def _file(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _hash(code: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()


def _safe(text: str) -> str:
    return escape(plain(text))


def _section(paper: Paper, words: LedgerWords, *, search: bool) -> Iterator[str]:
    level = "h1" if search else "h2"
    yield f"<section>\n<{level}>{_safe(paper.title)}</{level}>\n"
    yield from (f'<p class="about">{_safe(line)}</p>\n' for line in paper.about)
    if search:
        label, shown = _safe(words("find")), _safe(words("shown"))
        yield f'<p class="find"><input type="search" placeholder="{label}" aria-label="{label}">'
        yield f'<output data-words="{shown}"></output></p>\n'
    yield '<div class="sheet"><table>\n<colgroup>'
    yield from (f'<col class="w{_step(column)}">' for column in paper.columns)
    yield "</colgroup>\n<thead><tr>"
    for column in paper.columns:
        yield f'<th scope="col"{_CHECK if not column.printed else ""}>{_safe(column.label)}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for line in paper.body:
        if isinstance(line, Heading):
            yield f'<tr class="part"><th colspan="{len(paper.columns)}" scope="rowgroup">{_safe(line.text)}</th></tr>\n'
        else:
            cells = (_cell(value, column) for value, column in zip(line, paper.columns, strict=True))
            yield f"<tr>{''.join(cells)}</tr>\n"
    yield "</tbody>\n</table></div>\n"
    yield from (f'<p class="note">{_safe(note)}</p>\n' for note in paper.notes)
    yield "</section>\n"


def _step(column: Col) -> int:
    """The width in steps of the style sheet."""
    return min(max(round(column.width / 4), 1), 15)


def _cell(value: Cell, column: Col) -> str:
    text = text_of_cell(value)
    words = "<br>".join(map(_safe, text.split("\n")))
    if isinstance(value, Link):
        words = f'<a href="{_safe(value.href)}">{words}</a>'
    strong = bool(column.strong) and text.startswith(column.strong)
    classes = [name for name, on in (("mid", column.centred), ("lead", strong), ("check", not column.printed)) if on]
    return f'<td class="{" ".join(classes)}">{words}</td>' if classes else f"<td>{words}</td>"
