"""One report of an analysis: a self-contained HTML page with figures, made to be printed, whose every number leads to its evidence.

The page runs no script and loads nothing; its content security policy allows the one style sheet, by its hash. Every word of a
document passes the escaping of the template or of :mod:`graph.charts`. The same facts give the same bytes on any day and machine.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from graph.analysis.facts import Facts, Scope
from graph.plain import plain
from graph.report.agencies import Agencies
from graph.report.book import Book, Entry
from graph.report.documents import Documents
from graph.report.findings import cards, findings, left_out
from graph.report.model import Section
from graph.report.texts import Lang, Texts
from graph.rows import PolicyRow

__all__ = ["report"]

_ASSETS = Path(__file__).parent.parent / "view_assets"


@dataclass(frozen=True, slots=True)
class _Paper:
    """A document of the appendix: its number, row, standing in words, and the entries that were read in it."""

    id: str
    row: PolicyRow
    standing: str
    duties: tuple[Entry, ...]


def report(facts: Facts, scope: Scope | None = None, *, lang: Lang = "zh", title: str = "") -> str:
    """The page for ``facts``, which :func:`graph.analysis.within` has narrowed to ``scope``."""
    texts, book = Texts(lang), Book(facts)
    agencies, documents = Agencies(facts, book, texts), Documents(facts, book, texts)
    top = (cards(agencies, documents), left_out(agencies), findings(agencies, documents))
    sections = _sections(agencies, documents)
    style = _asset("report.css")
    page = _template().render(
        t=texts,
        lang="zh-CN" if lang == "zh" else "en",
        title=title or texts("title"),
        scope=_scope(scope or Scope(), texts),
        day=facts.day,
        cards=top[0],
        left_out=top[1],
        findings=top[2],
        sections=sections,
        papers=_papers(book, texts),
        listings=book.listings,
        others=book.other_entries(),
        signs=book.policy,
        shortened=book.shortened,
        style=Markup(style),  # noqa: S704 - our own file
        policy=f"default-src 'none'; style-src {_hash(style)}; base-uri 'none'; form-action 'none'",
    )
    return plain(page)


def _sections(agencies: Agencies, documents: Documents) -> list[Section]:
    """All parts that have something to show, in the order of reading."""
    if not agencies.measures:
        made = [documents.standing(), documents.lineage(), documents.gaps()] if documents.held else []
    else:
        made = [
            agencies.load(),
            agencies.network(),
            agencies.flow(),
            agencies.matrix(),
            agencies.due(),
            documents.standing(),
            documents.lineage(),
            documents.gaps(),
        ]
    return [section for section in made if section.blocks]


def _papers(book: Book, texts: Texts) -> list[_Paper]:
    by: dict[str, list[Entry]] = {}
    for entry in book.duty_entries():
        by.setdefault(entry.policy, []).append(entry)
    return [
        _Paper(book.policy[p.iri], p, texts.code("standing", book.facts.state(p.iri).state), tuple(by.get(p.iri, ())))
        for p in book.papers
    ]


def _scope(scope: Scope, texts: Texts) -> str:
    years = texts("scope_years", since=scope.since or "…", until=scope.until or "…") if scope.since or scope.until else ""
    parts = (
        scope.city,
        years,
        texts("scope_policy", policy=scope.policy) if scope.policy else "",
        texts("scope_as_of", as_of=scope.as_of) if scope.as_of else "",
    )
    return " · ".join(p for p in parts if p) or texts("scope_all")


@cache
def _template() -> jinja2.Template:
    made = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    return made.from_string(_asset("report.html"))


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
