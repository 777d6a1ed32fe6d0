"""``zhize duties``: the duty list (责任清单) of one agency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from zhize.labels import Words
from zhize.options import command as make_command
from zhize.options import output_options, store_option
from zhize.output import Column, Output, Sheet
from zhize.rows import place_of, policy_heading

if TYPE_CHECKING:
    from graph.rows import DutyRow
    from zhize.screen import Screen

EXAMPLES = (
    "zhize duties 市财政局",
    "zhize duties 市发改委 --city 云陵市 --role lead",
    "zhize duties 财政局 -o 财政局责任清单.xlsx",
)
ROLES = ("lead", "responsible", "support")


@make_command(EXAMPLES, name="duties")
@click.argument("agency")
@click.option("--role", type=click.Choice(ROLES), help="Only as lead (牵头), responsible (责任) or support (配合).")
@click.option("--city", metavar="PLACE", help="Only agencies of this place, such as 云陵市.")
@click.option("--policy", metavar="TEXT", help="Only policies with this in their title or number (文号).")
@store_option
@output_options
def command(*, agency: str, role: str | None, city: str | None, policy: str | None, store: Path, output: Output) -> None:
    """The duties of AGENCY: role, clause, what is to be done, deadline, figures, and the words that say so.

    \b
    Name the agency in any way people write it: 市发改委, 发展改革委,
    云陵市发展和改革委员会.
    """
    from graph import answers
    from graph.store import open_store
    from zhize.lookup import find_agency

    graph = open_store(store)
    found = find_agency(graph, agency, city)
    rows = answers.duties(graph, found.iri, role=role, policy=policy)
    output.finish(_sheet(rows, output.words), f"{found.name}: no duty fits.")


def _sheet(rows: Sequence[DutyRow], words: Words) -> Sheet[DutyRow]:
    def screen(rows: Sequence[DutyRow], stream: IO[str]) -> None:
        from zhize.screen import Screen

        print_duties(rows, Screen(stream), words)

    return Sheet(words("duties"), _columns(words), rows, screen)


def _columns(words: Words) -> tuple[Column[DutyRow], ...]:
    return (
        Column(words("agency"), lambda d: d.agency, 24),
        Column(words("role"), lambda d: words.code("role", d.role), 10),
        Column(words("task"), lambda d: d.task, 60),
        Column(words("deadline"), lambda d: d.deadline, 14),
        Column(words("targets"), lambda d: "\n".join(d.targets), 32),
        Column(words("partners"), lambda d: _partners(d, words, "；"), 36),
        Column(words("clause"), lambda d: d.clause, 14),
        Column(words("policy"), lambda d: d.policy_title, 40),
        Column(words("number"), lambda d: d.policy_number, 20),
        Column(words("dated"), lambda d: d.policy_dated, 12),
        Column(words("quote"), lambda d: d.evidence.quote, 40),
        Column(words("evidence"), lambda d: place_of(d.evidence), 32),
        Column(words("confidence"), lambda d: d.confidence, 8),
        Column(words("reason"), lambda d: d.reason, 24),
    )


def _partners(duty: DutyRow, words: Words, between: str) -> str:
    """The other bearers, grouped by role: 牵头：甲；配合：乙、丙."""
    groups = []
    for role in ROLES:
        names = [name for its_role, name in duty.partners if its_role == role]
        if names:
            groups.append(words.code("role", role) + words.pick("：", ": ") + words.join(names))
    return between.join(groups)


def print_duties(rows: Sequence[DutyRow], screen: Screen, words: Words) -> None:
    """The duties for reading, under the policies that give them."""
    roles = Counter(d.role for d in rows)
    policies = len({d.policy for d in rows})
    counts = words.pick("，", ", ").join(f"{words.code('role', r)} {roles[r]}" for r in ROLES if roles[r])
    screen.line(rows[0].agency, "bold")
    chinese = f"{len(rows)} 项职责（{counts}），出自 {policies} 份文件"
    screen.line(words.pick(chinese, f"{len(rows)} duties ({counts}) in {policies} policies"))
    for _, group in groupby(rows, key=lambda d: d.policy):
        duties = list(group)
        screen.line()
        first = duties[0]
        policy_heading(screen, first.policy_title, first.policy_number, first.policy_dated)
        for duty in duties:
            _print_duty(duty, screen, words)


def _print_duty(duty: DutyRow, screen: Screen, words: Words) -> None:
    role = words.code("role", duty.role)
    where = duty.clause + (f"  {duty.clause_heading}" if duty.clause_heading and duty.clause_heading not in duty.task else "")
    screen.line()
    screen.field(f"[{role}]", where, style="bold", blank=True)
    for label, text in (
        ("task", duty.task),
        ("deadline", duty.deadline),
        ("targets", "\n".join(duty.targets)),
        ("partners", _partners(duty, words, "\n")),
        ("quote", duty.evidence.quote),
        ("evidence", place_of(duty.evidence)),
        ("reason", duty.reason),
    ):
        screen.field(words(label), text, indent=2, width=8)
