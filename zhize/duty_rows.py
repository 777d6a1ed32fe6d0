"""Duties for reading on a terminal, as the columns of csv and Markdown, and as JSON."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from graph.ledger.words import ROLES, LedgerWords
from zhize.output import Column
from zhize.rows import place_of, policy_heading

if TYPE_CHECKING:
    from graph.ledger.rows import LedgerRow
    from graph.rows import DutyRow
    from zhize.labels import Words
    from zhize.screen import Screen


def record(row: LedgerRow) -> dict[str, object]:
    """The JSON of a duty, with its group, the last day of its deadline, and what is known of its policy's standing."""
    return dataclasses.asdict(row.duty) | {"group": row.group, "due": row.due, "standing": dataclasses.asdict(row.standing)}


def columns(words: Words, as_of: str, day: str) -> tuple[Column[LedgerRow], ...]:
    """The columns of csv and Markdown."""
    said = LedgerWords(words.lang)
    return (
        Column(words("agency"), lambda r: r.duty.agency, 24),
        Column(words("role"), lambda r: words.code("role", r.duty.role), 10),
        Column(words("task"), lambda r: r.duty.task, 60),
        Column(words("deadline"), lambda r: r.duty.deadline, 14),
        Column(said("due"), lambda r: r.due, 12),
        Column(words("targets"), lambda r: "\n".join(r.duty.targets), 32),
        Column(words("partners"), lambda r: _partners(r.duty, words, "；"), 36),
        Column(words("clause"), lambda r: r.duty.clause, 14),
        Column(words("policy"), lambda r: r.duty.policy_title, 40),
        Column(words("number"), lambda r: r.duty.policy_number, 20),
        Column(words("dated"), lambda r: r.duty.policy_dated, 12),
        Column(said("standing"), lambda r: said.standing(r.standing, as_of, day), 20),
        Column(words("quote"), lambda r: r.duty.evidence.quote, 40),
        Column(words("evidence"), lambda r: place_of(r.duty.evidence), 32),
        Column(words("confidence"), lambda r: r.duty.confidence, 8),
        Column(words("reason"), lambda r: r.duty.reason, 24),
        Column(said("group"), lambda r: r.group, 24),
    )


def _partners(duty: DutyRow, words: Words, between: str) -> str:
    """The other bearers, grouped by role: 牵头：甲；配合：乙、丙."""
    groups = []
    for role in ROLES:
        names = [name for its_role, name in duty.partners if its_role == role]
        if names:
            groups.append(words.code("role", role) + words.pick("：", ": ") + words.join(names))
    return between.join(groups)


def print_duties(
    name: str, rows: Sequence[LedgerRow], screen: Screen, words: Words, as_of: str = "", day: str = "", lineage: str = ""
) -> None:
    """The duties of the agency ``name`` for reading, under the policies that give them.

    With ``as_of`` the standing of each policy on that day, without it what the documents state of its end and whether that has come
    by ``day``; ``lineage`` says what the agency was before and became.
    """
    roles = Counter(row.duty.role for row in rows)
    policies = len({row.duty.policy for row in rows})
    counts = words.pick("，", ", ").join(f"{words.code('role', r)} {roles[r]}" for r in ROLES if roles[r])
    screen.line(name, "bold")
    chinese = f"{len(rows)} 项职责（{counts}），出自 {policies} 份文件"
    said = LedgerWords(words.lang)
    english = f"{said.number(len(rows), 'duty', 'duties')} ({counts}) in {said.number(policies, 'policy', 'policies')}"
    screen.line(words.pick(chinese, english))
    screen.field(words("lineage"), lineage, indent=0, width=8)
    for _, group in groupby(rows, key=lambda row: row.duty.policy):
        duties = list(group)
        screen.line()
        first = duties[0].duty
        policy_heading(screen, first.policy_title, first.policy_number, first.policy_dated)
        whole = dataclasses.replace(duties[0].standing, clause="")
        screen.field(said("standing"), said.standing(whole, as_of, day), indent=2, width=8)
        for row in duties:
            ended = "" if whole.on(day).state == row.standing.on(day).state else said.ended(row.standing, day)
            _print_duty(row, screen, words, ended)


def _print_duty(row: LedgerRow, screen: Screen, words: Words, ended: str) -> None:
    """A duty; ``ended`` says so of its clause, where that ended before its document."""
    duty = row.duty
    role = words.code("role", duty.role)
    where = duty.clause + (f"  {duty.clause_heading}" if duty.clause_heading and duty.clause_heading not in duty.task else "")
    screen.line()
    screen.field(f"[{role}]", where, style="bold", blank=True)
    for label, text in (
        (words("task"), duty.task),
        (words("deadline"), duty.deadline),
        (words("targets"), "\n".join(duty.targets)),
        (words("partners"), _partners(duty, words, "\n")),
        (LedgerWords(words.lang)("group"), row.group),
        (words("quote"), duty.evidence.quote),
        (words("evidence"), place_of(duty.evidence)),
        (words("reason"), duty.reason),
        (words("standing"), ended),
    ):
        screen.field(label, text, indent=2, width=8)
