"""The index of a folder of ledgers: who has how much, which file, and the table of agencies by policies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from urllib.parse import quote

from graph.ledger.duties import counts
from graph.ledger.paper import Col, Line, Link, Paper
from graph.ledger.rows import Ledger
from graph.ledger.words import ROLES, LedgerWords

_MOST_POLICIES = 240  # columns of the table of agencies by policies; the fewest duties are left out (a sheet has 16,384 columns)


@dataclass(frozen=True, slots=True)
class Entry:
    """A ledger that was written, as the index needs it: its counts, not its rows. ``file`` is "" where none was written."""

    agency: str
    place: str
    file: str
    counts: tuple[int, ...]
    policies: dict[tuple[str, str, str], int]


def entry(ledger: Ledger, file: str) -> Entry:
    """The entry of ``ledger``, which stands in ``file`` of the same folder."""
    by_policy = Counter((r.duty.policy_dated, r.duty.policy_number, r.duty.policy_title) for r in ledger.rows)
    return Entry(ledger.agency.name, ledger.agency.place, file, counts(ledger.rows), dict(by_policy))


def index(entries: list[Entry], choice: str, words: LedgerWords) -> Paper:
    """The agencies with their counts and files; ``choice`` says what the ledgers were chosen by."""
    columns = (
        Col(words("no"), 6, centred=True),
        Col(words("agency"), 40),
        *(Col(words(role), 8, centred=True) for role in ROLES),
        Col(words("total"), 8, centred=True),
        Col(words("with_deadline"), 9, centred=True),
        Col(words("policies"), 9, centred=True),
        Col(words("file"), 44),
    )
    body: list[Line] = [
        (number, e.agency, *e.counts, len(e.policies), Link(e.file, quote(e.file)) if e.file else "")
        for number, e in enumerate(entries, 1)
    ]
    totals = tuple(sum(e.counts[at] for e in entries) for at in range(len(ROLES) + 2))
    body.append(("", words("total"), *totals, len({policy for e in entries for policy in e.policies}), ""))
    said = words.pick(
        f"共{len(entries)}个单位、{totals[len(ROLES)]}项职责", f"{len(entries)} agencies, {totals[len(ROLES)]} duties"
    )
    lines = (said + (words.pick("；", "; ") + choice if choice else ""),)
    return Paper(words("index"), words("index_title"), lines, columns, tuple(body), (), words.lang)


def matrix(entries: list[Entry], words: LedgerWords) -> Paper:
    """Agencies by policies: the number of duties of each in each, the newest policy first."""
    load: Counter[tuple[str, str, str]] = Counter()
    for e in entries:
        load.update(e.policies)
    policies = sorted((policy for policy, _ in load.most_common(_MOST_POLICIES)), key=lambda p: (p[0], p[1], p[2]), reverse=True)
    columns = (
        Col(words("no"), 6, centred=True),
        Col(words("agency"), 34),
        *(Col(words.title(title, number), 13, centred=True) for _, number, title in policies),
        Col(words("total"), 8, centred=True),
    )
    body: list[Line] = [
        (number, e.agency, *(e.policies.get(policy) or "" for policy in policies), sum(e.policies.values()))
        for number, e in enumerate(entries, 1)
    ]
    body.append(("", words("total"), *(load[policy] for policy in policies), sum(load.values())))
    return Paper(words("matrix"), words("matrix_title"), (), columns, tuple(body), (), words.lang)
