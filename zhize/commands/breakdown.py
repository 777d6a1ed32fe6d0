"""``zhize breakdown``: the tasks of one policy with those who lead, bear and support them (任务分解表)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING

import click

from zhize.labels import Words
from zhize.ledgers import PAPER_SUFFIXES, write_papers
from zhize.options import command as make_command
from zhize.options import form_options, store_option
from zhize.output import SUFFIXES, Column, Output, Sheet
from zhize.rows import place_of, policy_heading
from zhize.settings import CANDIDATES

if TYPE_CHECKING:
    from graph.ledger.breakdown import Breakdown, Task
    from graph.ledger.words import LedgerWords
    from graph.rows import PolicyRow
    from graph.store import Place

EXAMPLES = (
    "zhize breakdown 停车充电设施",
    "zhize breakdown 云政办〔2023〕20号 -o 任务分解表.docx",
)


@make_command(EXAMPLES, name="breakdown")
@click.argument("policy")
@click.option("--city", metavar="PLACE", help="Only policies of this place, such as 云陵市.")
@store_option
@form_options(SUFFIXES | PAPER_SUFFIXES)
def command(policy: str, city: str | None, store: Place, output: Output) -> None:
    """The tasks of POLICY in the order of its text: who leads, who bears, who supports, by when, to which figure, in which clause.

    POLICY is its title, a part of it, or its number (文号).
    """
    from graph import answers
    from graph.ledger.breakdown import breakdown, paper
    from graph.ledger.words import LedgerWords
    from graph.store import open_store

    graph = open_store(store)
    found = find_policy([p for p in answers.policies(graph) if p.resolved and (not city or city in p.place)], policy)
    made, words = breakdown(graph, found), LedgerWords(output.words.lang)
    nothing = f"{words.title(found.title, found.number)}: no unit is given a task."
    if output.form not in ("xlsx", "docx", "html"):
        output.finish(_sheet(made, output.words, words), nothing)
        return
    if not made.tasks:
        click.echo(nothing, err=True)
        raise click.exceptions.Exit(1)
    write_papers(output.form, output.path, [paper(made, words)], words)
    output.written()


def find_policy(policies: Sequence[PolicyRow], wanted: str) -> PolicyRow:
    """The one policy that ``wanted`` means: its IRI, title or number, else a part of them. Candidates and exit code 1 otherwise."""
    from graph.iris import number_key, title_key

    title, number = title_key(wanted), number_key(wanted)
    found = [p for p in policies if wanted == p.iri or title == title_key(p.title)]
    found = found or [p for p in policies if p.number and number == number_key(p.number)]
    found = found or [p for p in policies if len(title) > 2 and title[2:] in title_key(p.title)]
    found = found or [p for p in policies if wanted and wanted in p.number]
    if len(found) == 1:
        return found[0]
    if found:
        with_duties = [p for p in found if p.duties]
        if len(with_duties) == 1:
            return with_duties[0]
        click.echo(f"{wanted} may be any of {len(found)} policies. Give more of the title:", err=True)
        for p in found[:CANDIDATES]:
            click.echo(f"  {p.title}" + (f"  {p.number}" if p.number else "") + f"  ({p.duties})", err=True)
        if len(found) > CANDIDATES:
            click.echo(f"  ... and {len(found) - CANDIDATES} more", err=True)
    else:
        click.echo(f"{wanted}: no policy of this title or number. See all with: zhize policies", err=True)
    raise click.exceptions.Exit(1)


def _sheet(made: Breakdown, words: Words, said: LedgerWords) -> Sheet[Task]:
    columns: tuple[Column[Task], ...] = (
        Column(said("no"), lambda t: made.tasks.index(t) + 1, 6),
        Column(said("task"), lambda t: t.task, 60),
        Column(said("lead_unit"), lambda t: said.join(list(t.lead)), 24),
        Column(said("responsible_unit"), lambda t: said.join(list(t.responsible)), 30),
        Column(said("support_unit"), lambda t: said.join(list(t.support)), 24),
        Column(said("deadline"), lambda t: t.deadline, 14),
        Column(said("targets"), lambda t: "\n".join(t.targets), 32),
        Column(said("clause"), lambda t: t.clause, 14),
        Column(words("quote"), lambda t: t.evidence.quote, 40),
        Column(words("evidence"), lambda t: place_of(t.evidence), 32),
    )

    def screen(rows: Sequence[Task], stream: IO[str]) -> None:
        _print(made, stream, words, said)

    return Sheet(said("breakdown"), columns, made.tasks, screen, dataclasses.asdict)


def _print(made: Breakdown, stream: IO[str], words: Words, said: LedgerWords) -> None:
    from zhize.screen import Screen

    page = Screen(stream)
    policy_heading(page, made.policy.title, made.policy.number, made.policy.dated)
    part = ""
    for number, task in enumerate(made.tasks, 1):
        page.line()
        if task.part and task.part != part:
            page.line(task.part, "bold")
            page.line()
        part = task.part
        page.field(f"{number}.", task.task, style="bold")
        for label, text in (
            (said("lead_unit"), said.join(list(task.lead))),
            (said("responsible_unit"), said.join(list(task.responsible))),
            (said("support_unit"), said.join(list(task.support))),
            (said("deadline"), task.deadline),
            (said("targets"), "\n".join(task.targets)),
            (said("clause"), task.clause),
        ):
            page.field(label, text, indent=2, width=8)
