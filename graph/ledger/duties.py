"""A ledger as papers: the list of duties in one table or under its policies, and the summary."""

from __future__ import annotations

import datetime
from collections import Counter
from itertools import groupby

from graph.ledger.paper import Col, Heading, Line, Paper
from graph.ledger.rows import Filters, Ledger, LedgerRow, whole_figures
from graph.ledger.words import ROLES, LedgerWords, city_of, clause_words, shorter


def title_of(ledger: Ledger, words: LedgerWords) -> str:
    """云陵市财政局责任清单."""
    return ledger.agency.name + words.pick("", ": ") + words("ledger")


def table(ledger: Ledger, words: LedgerWords) -> Paper:
    """All duties in one table, each with its basis: for a workbook, where people filter and sort."""
    city = city_of(ledger.agency.place)
    columns = (
        Col(words("no"), 5, centred=True),
        Col(words("task"), 52),
        Col(words("role"), 7, centred=True, strong=words("lead")),
        Col(words("partners"), 26),
        Col(words("targets"), 22),
        Col(words("deadline"), 12, centred=True),
        Col(words("due"), 11, centred=True),
        Col(words("basis"), 28),
        Col(words("status"), 9, centred=True, choices=words.statuses()),
        Col(words("remarks"), 15),
        Col(words("quote"), 40, printed=False),
        Col(words("source"), 30, printed=False),
    )
    body = tuple(
        (
            number,
            task_of(row),
            words(row.duty.role),
            words.partners(row, city),
            "\n".join(whole_figures(row.duty.targets)),
            words.day(row.duty.deadline),
            datetime.date.fromisoformat(row.due) if row.due else "",
            basis_of(row, words),
            "",
            words.remarks(row, city, ledger.day),
            row.duty.evidence.quote,
            source_of(row),
        )
        for number, row in enumerate(ledger.rows, 1)
    )
    return _paper(ledger, words, columns, body)


def _paper(ledger: Ledger, words: LedgerWords, columns: tuple[Col, ...], body: tuple[Line | Heading, ...]) -> Paper:
    title, lines, below = title_of(ledger, words), about(ledger, words), notes(ledger, words)
    return Paper(words("ledger"), title, lines, columns, body, below, words.lang, _newest(ledger))


def _newest(ledger: Ledger) -> str:
    return max((row.duty.policy_dated for row in ledger.rows), default="")


def grouped(ledger: Ledger, words: LedgerWords, *, evidence: bool = False) -> Paper:
    """The duties under their policies (in order of deadline: with the policy in a column); ``evidence`` adds quote and source."""
    city, by_policy = city_of(ledger.agency.place), ledger.sort == "policy"
    remarked = any(_remarks(row, ledger, words, by_policy) for row in ledger.rows)
    columns = (
        Col(words("no"), 8, centred=True),
        Col(words("task"), 60),
        Col(words("role"), 11, centred=True, strong=words("lead")),
        Col(words("partners"), 32),
        Col(words("targets"), 24),
        Col(words("deadline"), 13, centred=True),
        Col(words("clause"), 12, centred=True) if by_policy else Col(words("basis"), 24),
        *((Col(words("remarks"), 13),) if remarked else ()),
        *((Col(words("quote"), 30), Col(words("source"), 16, printed=False)) if evidence else ()),
    )
    body: list[Line | Heading] = []
    number = 0
    for _, group in groupby(ledger.rows, key=lambda row: row.duty.policy if by_policy else ""):
        rows = list(group)
        if by_policy:
            body.append(Heading(_heading(rows[0], ledger, words)))
        for row in rows:
            number += 1
            body.append((
                number,
                task_of(row),
                words(row.duty.role),
                words.partners(row, city),
                "\n".join(whole_figures(row.duty.targets)),
                words.day(row.duty.deadline),
                clause_words(row.duty.clause) if by_policy else basis_of(row, words),
                *((_remarks(row, ledger, words, by_policy),) if remarked else ()),
                *((row.duty.evidence.quote, source_of(row)) if evidence else ()),
            ))  # fmt: skip
    return _paper(ledger, words, columns, tuple(body))


def summary(ledger: Ledger, words: LedgerWords) -> Paper:
    """How many duties, by bearer (the agency, its groups), policy and role."""
    keys = list(dict.fromkeys((row.group, row.duty.policy) for row in ledger.rows))
    keys.sort(key=lambda key: key[0])
    columns = (
        Col(words("no"), 5, centred=True),
        Col(words("agency"), 24),
        Col(words("policy"), 44),
        Col(words("number"), 20),
        Col(words("dated"), 14, centred=True),
        Col(words("standing"), 30),
        *(Col(words(role), 7, centred=True) for role in ROLES),
        Col(words("total"), 7, centred=True),
        Col(words("with_deadline"), 8, centred=True),
    )
    body: list[Line | Heading] = []
    for number, (group, policy) in enumerate(keys, 1):
        rows = [row for row in ledger.rows if (row.group, row.duty.policy) == (group, policy)]
        duty = rows[0].duty
        body.append((
            number,
            group or ledger.agency.name,
            duty.policy_title,
            duty.policy_number,
            words.day(duty.policy_dated),
            words.standing(rows[0].standing, ledger.filters.as_of, ledger.day),
            *counts(rows),
        ))  # fmt: skip
    body.append(("", words("total"), "", "", "", "", *counts(ledger.rows)))
    title = ledger.agency.name + words.pick("", ": ") + words("summary_title")
    return Paper(words("summary"), title, about(ledger, words), columns, tuple(body), (), words.lang, _newest(ledger))


def counts(rows: tuple[LedgerRow, ...] | list[LedgerRow]) -> tuple[int, ...]:
    """Lead, responsible, supporting, all, and those with a day."""
    roles = Counter(row.duty.role for row in rows)
    return *(roles[role] for role in ROLES), len(rows), sum(bool(row.due) for row in rows)


def task_of(row: LedgerRow) -> str:
    """What is to be done: the task, and the rest of its clause where that is its own."""
    return row.duty.task + row.content if row.content else row.duty.task


def basis_of(row: LedgerRow, words: LedgerWords) -> str:
    """《政策》（文号） and, on a line of its own, the clause."""
    duty = row.duty
    clause = words("clause") + words.pick("：", ": ") + clause_words(duty.clause) if duty.clause else ""
    return "\n".join(part for part in (words.title(duty.policy_title, duty.policy_number), clause) if part)


def source_of(row: LedgerRow) -> str:
    """``file:start-end``, character offsets into the decoded file."""
    at = row.duty.evidence
    return f"{at.source}:{at.start}-{at.end}"


def _heading(row: LedgerRow, ledger: Ledger, words: LedgerWords) -> str:
    duty = row.duty
    parts = [words.title(duty.policy_title, duty.policy_number), words.day(duty.policy_dated)]
    return "　".join(part for part in (*parts, words.standing(row.standing, day=ledger.day)) if part)


def _remarks(row: LedgerRow, ledger: Ledger, words: LedgerWords, by_policy: bool) -> str:
    """The remarks; under a policy's heading its standing has been said."""
    lines = words.remarks(row, city_of(ledger.agency.place), ledger.day).split("\n")
    said = words.standing(row.standing, day=ledger.day) if by_policy else ""
    return "\n".join(line for line in lines if line != said)


def about(ledger: Ledger, words: LedgerWords) -> tuple[str, ...]:
    """The lines under the title: how many duties of which roles, in how many policies, on which day and by which choice."""
    roles = Counter(row.duty.role for row in ledger.rows)
    total, policies, dated = len(ledger.rows), len(ledger.policies), sum(bool(row.due) for row in ledger.rows)
    by_role = [words(role) + words.pick(f"{roles[role]}项", f" {roles[role]}") for role in ROLES if roles[role]]
    of_roles = words.pick("、", ", ").join(by_role)
    said = words.pick(
        f"共{total}项（{of_roles}），出自{policies}份文件，其中{dated}项有到期日",
        f"{words.number(total, 'duty', 'duties')} ({of_roles}) in {words.number(policies, 'policy', 'policies')}; "
        f"{dated} with a day on which they fall due",
    )
    choice = chosen(ledger.filters, ledger.left_out, words)
    return (said + (words.pick("；", "; ") + choice if choice else ""),)


def chosen(filters: Filters, left_out: int, words: LedgerWords) -> str:
    """What the duties were chosen by, "" where by nothing; ``left_out`` is the number of those not in force."""
    parts = []
    if filters.as_of:
        parts.append(words.pick(f"限于{words.day(filters.as_of)}有效的文件", f"policies in force on {filters.as_of}"))
    if left_out:
        parts.append(words.pick(f"已略去{left_out}项", f"{left_out} left out"))
    if filters.due_after and filters.due_before:
        days = words.day(filters.due_after), words.day(filters.due_before)
        parts.append(words.pick(f"{days[0]}至{days[1]}到期", f"due from {filters.due_after} to {filters.due_before}"))
    elif filters.due_before:
        parts.append(words.pick(f"{words.day(filters.due_before)}前到期", f"due by {filters.due_before}"))
    elif filters.due_after:
        parts.append(words.pick(f"{words.day(filters.due_after)}起到期", f"due from {filters.due_after}"))
    if filters.role:
        parts.append(words.pick(f"仅{words(filters.role)}", f"{words(filters.role)} only"))
    if filters.policy:
        parts.append(words.pick(f"文件名或文号含“{filters.policy}”", f"policies with “{filters.policy}”"))
    return words.pick("，", ", ").join(parts)


def notes(ledger: Ledger, words: LedgerWords) -> tuple[str, ...]:
    """The lines under the table: how to read it."""
    city = city_of(ledger.agency.place)
    lines = []
    names = [name for row in ledger.rows for _, name in row.duty.partners] + [row.group for row in ledger.rows]
    if any(shorter(name, city).startswith(city[-1:]) and shorter(name, city) != name for name in names if name and city):
        lines.append(words.pick(f"单位名称中的“{city[-1]}”指{city}。", f"“{city[-1]}” before a name means {city}."))
    if any(row.group for row in ledger.rows):
        lines.append(words.pick("注明“所属群体”的，责任由文件加于该单位所属的一类单位。",
                                "“As one of”: the policy names a group that the agency belongs to."))  # fmt: skip
    if any(row.duty.deadline and not row.due for row in ledger.rows):
        lines.append(
            words.pick("“每年”“3年内”等时限照录原文，未折算为日期。", "Deadlines such as 每年 or 3年内 are given as written.")
        )
    return tuple(lines)
