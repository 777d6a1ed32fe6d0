"""``zhize targets``: the figures to be reached and the money given."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import IO, TYPE_CHECKING

import click

from zhize.labels import Words
from zhize.ledgers import Day
from zhize.options import command as make_command
from zhize.options import output_options, store_option
from zhize.output import Column, Output, Sheet
from zhize.rows import figure, place_of, policy_heading

if TYPE_CHECKING:
    from graph.rows import TargetRow
    from graph.store import Place

EXAMPLES = (
    "zhize targets",
    "zhize targets --indicator 停车泊位",
    "zhize targets --kind support --policy 停车 -o 扶持.xlsx",
    "zhize targets --city 云陵市 --indicator 充电",
    "zhize targets --as-of 2024-01-01",
)


@make_command(EXAMPLES, name="targets")
@click.option("--indicator", metavar="TEXT", help="Only indicators with this in their name.")
@click.option("--kind", type=click.Choice(["target", "support"]), help="Only figures to be reached (目标) or money given (扶持).")
@click.option("--city", metavar="PLACE", help="Only policies of this place, such as 云陵市.")
@click.option("--policy", metavar="TEXT", help="Only policies with this in their title or number (文号).")
@click.option("--as-of", type=Day(), metavar="DATE", help="Only what policies in force on this day set and give.")
@store_option
@output_options
def command(
    *, indicator: str | None, kind: str | None, city: str | None, policy: str | None, as_of: str | None, store: Place,
    output: Output,
) -> None:  # fmt: skip
    """The figures that policies set (目标) and the money or rates that they give (扶持), with deadline and clause."""
    from graph import answers
    from graph.on_day import on_day
    from graph.store import open_store

    graph = open_store(store)
    rows = answers.targets(graph, indicator=indicator, kind=kind, policy=policy)
    if city:
        here = {p.iri for p in answers.policies(graph) if city in p.place}
        rows = [row for row in rows if row.policy in here]
    if as_of:
        rows = on_day(graph, as_of).targets(rows)
    output.finish(_sheet(rows, output.words), "No target or support fits.")


def _sheet(rows: Sequence[TargetRow], words: Words) -> Sheet[TargetRow]:
    def screen(rows: Sequence[TargetRow], stream: IO[str]) -> None:
        from zhize.screen import Screen

        page = Screen(stream)
        heads = [words("kind"), words("indicator"), words("figure"), words("by"), words("clause")]
        for at, (_, group) in enumerate(groupby(rows, key=lambda t: t.policy)):
            targets = list(group)
            if at:
                page.line()
            policy_heading(page, targets[0].policy_title, targets[0].policy_number, "")
            table = [(words.code("kind", t.kind), t.indicator, figure(t, words), t.by, t.clause) for t in targets]
            page.table(heads, table, ratios=(0, 1, 0, 0, 0))

    columns: tuple[Column[TargetRow], ...] = (
        Column(words("kind"), lambda t: words.code("kind", t.kind), 8),
        Column(words("indicator"), lambda t: t.indicator, 32),
        Column(words("figure"), lambda t: figure(t, words), 20),
        Column(words("op"), lambda t: t.op, 6),
        Column(words("value"), lambda t: t.value, 10),
        Column(words("unit"), lambda t: t.unit, 10),
        Column(words("change"), lambda t: words.code("change", t.change), 8),
        Column(words("baseline"), lambda t: t.baseline, 10),
        Column(words("by"), lambda t: t.by, 12),
        Column(words("clause"), lambda t: t.clause, 14),
        Column(words("policy"), lambda t: t.policy_title, 40),
        Column(words("number"), lambda t: t.policy_number, 20),
        Column(words("quote"), lambda t: t.evidence.quote, 40),
        Column(words("evidence"), lambda t: place_of(t.evidence), 32),
    )
    return Sheet(words("targets"), columns, rows, screen)
