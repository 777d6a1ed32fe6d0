"""Downloads of exactly what a page shows: the ledger of an agency, the breakdown of a policy, as files to circulate."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterable, Mapping, Sequence

from graph.explorer.choice import DutyChoice
from graph.explorer.duties import Chosen, full_rows
from graph.explorer.texts import Texts
from graph.ledger import docx, duties, ics, xlsx
from graph.ledger.breakdown import Breakdown
from graph.ledger.breakdown import paper as breakdown_paper
from graph.ledger.paper import Col, Heading, Line, Paper, text_of_cell
from graph.ledger.rows import Filters, Ledger
from graph.ledger.words import LedgerWords
from graph.plain import is_formula, plain
from graph.rows import AgencyRow
from graph.store import Store

MOST_SAVED = 20_000
"""Duties of one file: some 200 MB of memory while it is made, and more than a spreadsheet is read with."""


class TooManyError(Exception):
    """More than ``MOST_SAVED`` rows fit."""


TYPES: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}
"""Forms of files and their media types."""


def ledger_of(store: Store, chosen: Chosen, choice: DutyChoice, agency: AgencyRow | None, w: Texts) -> Ledger:
    """The chosen duties as a ledger: of ``agency``, or (None) of all."""
    row = agency or AgencyRow("", w("all_agencies"), "", "", "", True, 0, 0, 0, 0, 0)
    as_of = choice.on if choice.standing == "in_force" else ""
    filters = Filters(role=choice.role, due_before=choice.before, as_of=as_of,
                      groups=choice.groups and agency is not None, due_after=choice.since)  # fmt: skip
    rows = full_rows(store, chosen.briefs, row.iri)
    return Ledger(row, rows, filters, "deadline" if choice.sort == "deadline" else "policy", day=choice.on)


def duties_file(made: Ledger, form: str, choice: DutyChoice, chosen: Chosen, w: Texts, partner: str = "") -> bytes | None:
    """The ledger in a form of ``TYPES``; None where a calendar would be empty. ``partner`` is the name of the chosen one."""
    words, out = LedgerWords(w.lang), io.BytesIO()
    several = not made.agency.iri
    said = _chosen(made, choice, chosen, w, partner)
    if form == "ics":
        return out.getvalue() if ics.write(made, out, words) else None
    table = _with(_bearers(duties.table(made, words), made, words) if several else duties.table(made, words), said)
    if form == "csv":
        return csv_bytes(table)
    if form == "docx":
        docx.write(table if several else _with(duties.grouped(made, words), said), out)
    else:
        xlsx.write([table] if several else [table, _with(duties.summary(made, words), said)], out)
    return out.getvalue()


def breakdown_file(made: Breakdown, form: str, w: Texts) -> bytes:
    """The breakdown of a policy as xlsx, docx or csv."""
    paper, out = breakdown_paper(made, LedgerWords(w.lang)), io.BytesIO()
    if form == "csv":
        return csv_bytes(paper)
    if form == "docx":
        docx.write(paper, out)
    else:
        xlsx.write([paper], out)
    return out.getvalue()


def csv_bytes(paper: Paper) -> bytes:
    """The lines of a paper as CSV."""
    lines = [line for line in paper.body if not isinstance(line, Heading)]
    return csv_lines([column.label for column in paper.columns], [[text_of_cell(cell) for cell in line] for line in lines])


def csv_lines(head: Sequence[str], lines: Iterable[Sequence[str | int]]) -> bytes:
    """CSV in UTF-8 with a mark that tells Excel so. What a spreadsheet would compute gets a ' before it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for line in lines:
        writer.writerow([_cell(str(cell)) for cell in line])
    return out.getvalue().encode("utf-8-sig", "replace")


def _cell(text: str) -> str:
    return "'" + plain(text) if is_formula(text) else plain(text)


def _with(paper: Paper, said: Sequence[str]) -> Paper:
    """The paper with what its rows were chosen by under the title."""
    return dataclasses.replace(paper, about=(*paper.about, *said))


def _bearers(paper: Paper, made: Ledger, words: LedgerWords) -> Paper:
    """A table of the duties of several agencies: with the agency in the second column."""
    columns = (paper.columns[0], Col(words("agency"), 24), *paper.columns[1:])
    lines = [line for line in paper.body if not isinstance(line, Heading)]
    body: list[Line | Heading] = [(line[0], row.duty.agency, *line[1:]) for line, row in zip(lines, made.rows, strict=True)]
    return dataclasses.replace(paper, columns=columns, body=tuple(body), title=words("ledger"))


def _chosen(made: Ledger, choice: DutyChoice, chosen: Chosen, w: Texts, partner: str) -> list[str]:
    """The filters that a ledger has no words of its own for."""
    head = chosen.heads.get(choice.policy)
    parts = (
        (choice.policy and head, w("said_policy", name=w.title(head.title, head.number) if head else "")),
        (choice.year, w("said_year", year=choice.year)),
        (choice.place, w("said_place", name=choice.place)),
        (choice.due, w(f"due_{choice.due}") if choice.due else ""),
        (choice.standing and choice.standing != "in_force",
         w("said_standing", day=w.day(choice.on), standing=w.code("standing", choice.standing))),
        (choice.q, w("said_words", words=choice.q)),
        (partner, w("said_partner", name=partner)),
        (choice.mention, w("said_mention", name=choice.mention)),
        (made.filters.groups, w("said_groups")),
    )  # fmt: skip
    said = [text for wanted, text in parts if wanted]
    return [w("said", parts=w("semicolon").join(said))] if said else []
