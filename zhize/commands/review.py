"""``zhize review``: what a person should look at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from zhize.labels import Words
from zhize.options import command as make_command
from zhize.options import output_options, store_option
from zhize.output import Column, Output, Sheet
from zhize.rows import place_of

if TYPE_CHECKING:
    from graph.rows import NoteRow

EXAMPLES = (
    "zhize review",
    "zhize review --kind agency -o review.xlsx",
)


@make_command(EXAMPLES, name="review")
@click.option("--kind", metavar="TEXT", help="Only notes of this kind: agency, head, table, unread, weak.")
@store_option
@output_options
def command(kind: str | None, store: Path, output: Output) -> None:
    """What a person should look at: unknown agencies, missing numbers (文号), tables that were not understood."""
    from graph import answers
    from graph.store import open_store

    rows = [n for n in answers.notes(open_store(store)) if not kind or kind == n.kind]
    output.finish(_sheet(rows, output.words), "Nothing to review.")


def _sheet(rows: Sequence[NoteRow], words: Words) -> Sheet[NoteRow]:
    def screen(rows: Sequence[NoteRow], stream: IO[str]) -> None:
        from zhize.screen import Screen

        page = Screen(stream)
        for at, note in enumerate(rows, 1):
            page.field(f"{at}.", f"[{words.code('note', note.kind)}] {note.message}", width=4)
            page.field(words("quote"), note.evidence.quote, indent=6, width=4)
            page.field(words("evidence"), f"{place_of(note.evidence)}  {note.clause}".rstrip(), indent=6, width=4)

    columns: tuple[Column[NoteRow], ...] = (
        Column(words("kind"), lambda n: words.code("note", n.kind), 16),
        Column(words("message"), lambda n: n.message, 60),
        Column(words("quote"), lambda n: n.evidence.quote, 40),
        Column(words("clause"), lambda n: n.clause, 14),
        Column(words("policy"), lambda n: n.policy_title, 40),
        Column(words("evidence"), lambda n: place_of(n.evidence), 32),
    )
    return Sheet(words("notes"), columns, rows, screen)
