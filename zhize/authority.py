"""The authority of bodies for people: as a table, and as the Turtle file that they extend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING

import click

from zhize.errors import Trouble
from zhize.labels import Words
from zhize.output import Column, Output, Sheet, opened

if TYPE_CHECKING:
    from extract.models import Setting
    from graph.authority import AuthorityRow

TURTLE = "ttl"
_FEW = 5  # bodies that are shown in full; more make a table


def show_authority(wanted: str, city: str | None, top: int | None, output: Output) -> None:
    """List, search or export the authority: of the state and of ``city``, or with patterns for all places."""
    from extract.agencies.own_authority import bodies_in_force
    from graph.authority import authority_rows, search, write_turtle

    rows = authority_rows(_place(city) if city else None, bodies_in_force())
    rows = (search(rows, wanted) if wanted else rows)[:top]
    if output.form == TURTLE:
        with opened(output.path) as stream:
            stream.writelines(write_turtle(rows))
        output.written()
        if not rows:
            click.echo("No body fits.", err=True)
            raise click.exceptions.Exit(1)
        return
    output.finish(_sheet(rows, output.words), "No body fits.")


def _place(city: str) -> Setting:
    from extract.agencies.places import read_place

    read = read_place(city)
    if read is None or read.length != len(city):
        raise Trouble(f"{city!r} is not read as a place.", "Write it in full, such as 云陵市, 中州省云陵市 or 云陵市青溪县.")
    return read.setting


def _sheet(rows: Sequence[AuthorityRow], words: Words) -> Sheet[AuthorityRow]:
    columns: tuple[Column[AuthorityRow], ...] = (
        Column(words("name"), lambda r: r.name, 36),
        Column(words("aliases"), lambda r: "、".join(r.aliases), 48),
        Column(words("place"), lambda r: r.place, 14),
        Column(words("tier"), lambda r: words.code("tier", r.tier), 8),
        Column(words("kind"), lambda r: words.code("body", r.kind), 14),
        Column(words("predecessors"), lambda r: "、".join(r.predecessors), 36),
        Column(words("since"), lambda r: r.since, 10),
        Column(words("until"), lambda r: r.until, 10),
        Column(words("successor"), lambda r: r.successor, 36),
        Column(words("source"), lambda r: words.code("own", r.own), 10),
    )

    def screen(shown: Sequence[AuthorityRow], stream: IO[str]) -> None:
        from zhize.screen import Screen

        page = Screen(stream)
        if len(shown) > _FEW:
            after = any(row.successor for row in shown)
            table = [(r.name, "、".join(r.aliases), words.code("tier", r.tier), r.successor)[: 3 + after] for r in shown]
            heads = [words("name"), words("aliases"), words("tier"), words("successor")][: 3 + after]
            page.table(heads, table, ratios=(4, 5, 0, 3)[: 3 + after])
            return
        from rich.cells import cell_len

        width = max(cell_len(column.label) for column in columns)
        for at, row in enumerate(shown):
            page.line("\n" + row.name if at else row.name, "bold cyan")
            for column in columns[1:]:
                page.field(column.label, str(column.cell(row)), indent=2, width=width)

    return Sheet(words("authority"), columns, rows, screen)
