"""``zhize review``: what a person should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from extract.fact import NOTE_KINDS
from zhize.labels import Words
from zhize.options import authority_option, corrections_option, output_options, store_option
from zhize.options import command as make_command
from zhize.output import Column, Output, Sheet, opened, written
from zhize.rows import place_of

if TYPE_CHECKING:
    from extract.corrections.apply import Corrections
    from graph.rows import NoteRow
    from graph.store import Place

EXAMPLES = (
    "zhize review",
    "zhize review --kind agency -o review.xlsx",
    "zhize review --template zhize-corrections.yaml",
    "zhize review 公报/ --kind weak",
)

PLACES = 3  # places that are named of notes that say the same


@make_command(EXAMPLES, name="review")
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[SOURCE]...")
@click.option("--kind", type=click.Choice(NOTE_KINDS), multiple=True, help="Only notes of this kind; may be given again.")
@click.option("--policy", default="", metavar="TEXT", help="Only notes on documents with this in title or number (文号).")
@click.option("--template", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.yaml",
              help="Write a file of corrections with these notes as comments to fill in.")  # fmt: skip
@store_option
@corrections_option
@authority_option
@output_options
def command(*, sources: tuple[Path, ...], kind: tuple[str, ...], policy: str, template: Path | None, store: Place,
            corrections: Corrections | None, output: Output) -> None:  # fmt: skip
    """What a person should look at: unknown agencies, missing numbers (文号), weak facts, text that no rule read.

    The notes are those of the graph, or of the SOURCEs, which are then read without building. Notes that the file of corrections
    answers are left out; what it took away is listed with --kind corrected.
    """
    policies, notes = _of_sources(sources, output.quiet, corrections) if sources else _of_graph(store, corrections)
    rows = [n for n in notes if n.kind in (kind or NOTE_KINDS[:-1]) and (policy in n.policy_title or policy in n.policy_number)]
    rows.sort(key=lambda n: NOTE_KINDS.index(n.kind))
    if template is not None:
        _write_template(template, policies, rows, output.quiet)
    else:
        output.finish(_sheet(rows, output.words), "Nothing to review.")


def _of_graph(store: Place, corrections: Corrections | None) -> tuple[dict[str, str], list[NoteRow]]:
    """The identifiers of the policies by their IRI, and the notes that nobody has answered."""
    from extract.notes import agency_of
    from extract.policies.split import policy_id
    from graph import answers
    from graph.store import open_store

    graph = open_store(store)
    ids = {p.iri: policy_id(p.number or None, p.title, p.dated or None) for p in answers.policies(graph) if p.resolved}
    notes = answers.notes(graph)
    if corrections is None:
        return ids, notes
    return ids, [
        n
        for n in notes
        if n.kind == "corrected"
        or not corrections.speaks_of(ids.get(n.policy, ""), n.kind, n.evidence.start, n.evidence.quote, agency_of(n.message))
    ]


def _of_sources(sources: tuple[Path, ...], quiet: bool, corrections: Corrections | None) -> tuple[dict[str, str], list[NoteRow]]:
    """The same, read from documents."""
    from extract.models import NoteRecord, PolicyRecord
    from graph.iris import policy_iri
    from graph.rows import Evidence, NoteRow
    from zhize.sources import Reading

    ids: dict[str, str] = {}
    rows = []
    head: PolicyRecord | None = None
    reading = Reading(sources, quiet, corrections)
    for record in reading.records():
        if isinstance(record, PolicyRecord):
            head = record
            ids[policy_iri(head.policy).value] = head.policy
        elif isinstance(record, NoteRecord) and head is not None:
            at = Evidence(record.source, record.start, record.end, record.quote)
            iri = policy_iri(head.policy).value
            rows.append(NoteRow("", record.kind, record.message, record.clause, iri, head.title, head.number or "", at))
    if reading.failed:
        raise click.exceptions.Exit(reading.exit_code)
    return ids, rows


def _write_template(path: Path, ids: dict[str, str], rows: Sequence[NoteRow], quiet: bool) -> None:
    from extract.corrections.template import OpenNote, template

    if path.exists():
        raise click.UsageError(f"{path} is there already, and its corrections would be lost: name another file.")
    notes = [
        OpenNote(n.kind, n.message, n.evidence.quote, ids.get(n.policy, "?"), n.policy_title,
                 f"{n.clause}  {place_of(n.evidence)}".strip(), n.evidence.start)
        for n in rows
    ]  # fmt: skip
    with opened(path) as stream:
        stream.write(template(notes))
    written(path, quiet, f", with {len(notes)} notes as comments to fill in")


def _sheet(rows: Sequence[NoteRow], words: Words) -> Sheet[NoteRow]:
    columns: tuple[Column[NoteRow], ...] = (
        Column(words("kind"), lambda n: words.code("note", n.kind), 16),
        Column(words("message"), lambda n: n.message, 60),
        Column(words("quote"), lambda n: n.evidence.quote, 40),
        Column(words("clause"), lambda n: n.clause, 14),
        Column(words("policy"), lambda n: n.policy_title, 40),
        Column(words("evidence"), lambda n: place_of(n.evidence), 32),
    )
    return Sheet(words("notes"), columns, rows, lambda shown, stream: _screen(shown, stream, words))


def _screen(rows: Sequence[NoteRow], stream: IO[str], words: Words) -> None:
    """Notes by kind; those that say the same stand together."""
    from zhize.screen import Screen

    page = Screen(stream)
    counts = Counter(n.kind for n in rows)
    many = "  ".join(f"{words.code('note', kind)} {counts[kind]}" for kind in NOTE_KINDS if counts[kind])
    page.line(words.pick(f"共 {len(rows)} 项：{many}", f"{len(rows)} in all: {many}"))
    for kind, group in groupby(rows, key=lambda n: n.kind):
        page.line()
        page.line(f"{words.code('note', kind)}  {counts[kind]}", "bold cyan")
        page.rule()
        for at, same in enumerate(_alike(group), 1):
            page.field(f"{at}.", same[0].message, width=4)
            quote = same[0].evidence.quote
            page.field(words("quote"), "" if quote in same[0].message else quote, indent=6, width=4)
            for note in same[:PLACES]:
                page.field(words("evidence"), f"{note.policy_number or note.policy_title} {note.clause}  {place_of(note.evidence)}",
                           indent=6, width=4)  # fmt: skip
            if len(same) > PLACES:
                page.field("", words.pick(f"等 {len(same)} 处", f"{len(same)} places in all"), indent=6, width=4)


def _alike(notes: Iterator[NoteRow]) -> list[list[NoteRow]]:
    """Notes that say the same of the same words, in the order of the first of each."""
    groups: dict[tuple[str, str], list[NoteRow]] = {}
    for note in notes:
        groups.setdefault((note.message, note.evidence.quote), []).append(note)
    return list(groups.values())
