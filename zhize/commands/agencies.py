"""``zhize agencies``: who bears how much."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from zhize.labels import Words
from zhize.ledgers import Day
from zhize.options import command as make_command
from zhize.options import output_options, store_option
from zhize.output import Column, Output, Sheet
from zhize.rows import told

if TYPE_CHECKING:
    from graph.lineage import Lineage
    from graph.rows import AgencyRow

EXAMPLES = (
    "zhize agencies",
    "zhize agencies --city 云陵市 --by lead --top 10",
    "zhize agencies --as-of 2022-08-01",
    "zhize agencies -o agencies.csv",
)


@make_command(EXAMPLES, name="agencies")
@click.option("--city", metavar="PLACE", help="Only agencies of this place, such as 云陵市.")
@click.option("--by", type=click.Choice(["duties", "lead", "support", "policies"]), default="duties", show_default=True,
              help="What to rank by.")  # fmt: skip
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Only the first N.")
@click.option("--as-of", type=Day(), metavar="DATE", help="Count only the duties in force on this day.")
@store_option
@output_options
def command(*, city: str | None, by: str, top: int | None, as_of: str | None, store: Path, output: Output) -> None:
    """The agencies with the numbers of their duties, the busiest first.

    An agency keeps the name that its documents give it; which body it followed, and which followed it, stands beside.
    """
    from graph import answers
    from graph.lineage import lineages
    from graph.on_day import on_day
    from graph.store import open_store

    graph = open_store(store)
    rows = on_day(graph, as_of).agencies(city) if as_of else [a for a in answers.agencies(graph, city=city) if a.duties]
    rows.sort(key=lambda a: (-getattr(a, by), -a.duties, a.name))
    known = {iri: lineage.by(as_of or "") for iri, lineage in lineages(graph).items()}
    output.finish(_sheet(rows[:top], known, as_of or "", output.words), "No agency fits.")


def _sheet(rows: Sequence[AgencyRow], known: Mapping[str, Lineage], as_of: str, words: Words) -> Sheet[AgencyRow]:
    def lineage(row: AgencyRow) -> str:
        return told(known[row.iri], words) if row.iri in known else ""

    def record(row: AgencyRow) -> object:
        relatives = dataclasses.asdict(known[row.iri]) if row.iri in known else {"before": [], "after": []}
        return dataclasses.asdict(row) | relatives

    def screen(rows: Sequence[AgencyRow], stream: IO[str]) -> None:
        from zhize.screen import Screen

        heads = ["", words("agency"), words.code("role", "lead"), words.code("role", "responsible"), words.code("role", "support"),
                 words("total"), words("policies")]  # fmt: skip
        table = [(n, a.name, a.lead, a.responsible, a.support, a.duties, a.policies) for n, a in enumerate(rows, 1)]
        page = Screen(stream)
        if as_of:
            page.line(words.pick(f"{as_of} 有效的职责", f"Duties in force on {as_of}"), "bold")
        page.table(heads, table, right=(0, 2, 3, 4, 5, 6))
        for row in rows:
            page.field(words("lineage"), f"{row.name}  {lineage(row)}" if lineage(row) else "", indent=0, width=8)

    columns: tuple[Column[AgencyRow], ...] = (
        Column(words("agency"), lambda a: a.name, 36),
        Column(words("place"), lambda a: a.place, 14),
        Column(words("tier"), lambda a: words.code("tier", a.tier), 8),
        Column(words("kind"), lambda a: words.code("body", a.kind), 14),
        Column(words.code("role", "lead"), lambda a: a.lead, 8),
        Column(words.code("role", "responsible"), lambda a: a.responsible, 8),
        Column(words.code("role", "support"), lambda a: a.support, 8),
        Column(words("total"), lambda a: a.duties, 8),
        Column(words("policies"), lambda a: a.policies, 10),
        Column(words("known"), lambda a: words.code("known", a.known), 8),
        Column(words("lineage"), lineage, 40),
    )
    return Sheet(words("agencies"), columns, rows, screen, record)
