"""``zhize policies``: the documents, and what each rests on, cites, amends and repeals."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from zhize.labels import Words
from zhize.ledgers import Day
from zhize.options import command as make_command
from zhize.options import output_options, store_option
from zhize.output import Column, Output, Sheet
from zhize.rows import policy_heading

if TYPE_CHECKING:
    from graph.rows import LinkRow, PolicyRow, PrecedenceRow
    from graph.standing import Standing
    from graph.store import Store
    from zhize.screen import Screen

EXAMPLES = (
    "zhize policies",
    "zhize policies 停车 --city 云陵市",
    "zhize policies --cited -o policies.xlsx",
    "zhize policies --as-of 2024-01-01",
)
RELATIONS = ("basis", "amends", "repeals", "cites")


@dataclass(frozen=True, slots=True)
class Entry:
    """A policy with what it says of others (``links``), which rule it lets prevail, and who names it (``named_by``).

    ``standing`` is that of the day that was asked for.
    """

    policy: PolicyRow
    links: tuple[LinkRow, ...]
    named_by: tuple[tuple[str, PolicyRow], ...]
    precedences: tuple[PrecedenceRow, ...] = ()
    standing: Standing | None = None


@make_command(EXAMPLES, name="policies")
@click.argument("text", required=False)
@click.option("--city", metavar="PLACE", help="Only policies of this place, such as 云陵市.")
@click.option("--cited", is_flag=True, help="Also the documents that are only cited.")
@click.option("--as-of", type=Day(), metavar="DATE", help="Only policies in force on this day, with what named them by then.")
@store_option
@output_options
def command(*, text: str | None, city: str | None, cited: bool, as_of: str | None, store: Path, output: Output) -> None:
    """The policies (with TEXT in their title or number) and what each rests on, amends, repeals and cites, and who names it.

    With --as-of the state of that day: what is in force, the numbers of duties and figures that hold, and no mention by a document
    of later date. Documents that are only cited have no standing and are left out.
    """
    from graph import answers
    from graph.store import open_store

    graph = open_store(store)
    entries = (
        _on_day(graph, as_of) if as_of else _entries(answers.policies(graph), answers.links(graph), answers.precedences(graph))
    )
    wanted = [e for e in entries if (cited or e.policy.resolved) and _fits(e.policy, text, city)]
    output.finish(_sheet(wanted, as_of or "", output.words), "No policy fits.")


def _on_day(graph: Store, day: str) -> list[Entry]:
    """The policies in force on ``day``; they may be named by others that are not."""
    from graph import answers
    from graph.on_day import on_day

    state, policies = on_day(graph, day), answers.policies(graph)
    links = state.links(answers.links(graph), {p.iri: p.dated for p in policies})
    entries = {e.policy.iri: e for e in _entries(policies, links, answers.precedences(graph))}
    return [dataclasses.replace(entries[p.iri], policy=p, standing=state.standing(p.iri)) for p in state.policies()]


def _entries(policies: Iterable[PolicyRow], links: Iterable[LinkRow], precedences: Iterable[PrecedenceRow]) -> list[Entry]:
    known = {p.iri: p for p in policies}
    out: defaultdict[str, list[LinkRow]] = defaultdict(list)
    into: defaultdict[str, dict[tuple[str, str], PolicyRow]] = defaultdict(dict)
    for link in links:
        out[link.policy].append(link)
        if link.policy in known and link.policy != link.cited:
            into[link.cited][link.relation, link.policy] = known[link.policy]
    clauses: defaultdict[str, list[PrecedenceRow]] = defaultdict(list)
    for clause in precedences:
        clauses[clause.policy].append(clause)
    return [
        Entry(p, tuple(out[p.iri]), tuple((relation, by) for (relation, _), by in into[p.iri].items()), tuple(clauses[p.iri]))
        for p in known.values()
    ]


def _fits(policy: PolicyRow, text: str | None, city: str | None) -> bool:
    return (not text or text in policy.title or text in policy.number) and (not city or city in policy.place)


def _name(title: str, number: str) -> str:
    return (f"《{title}》" if title else "") + (f"（{number}）" if number and title else number)


def _linked(entry: Entry, relation: str) -> list[str]:
    """The documents that ``entry`` names in this relation, each once, with the clauses that name it."""
    clauses: dict[str, list[str]] = {}
    for link in entry.links:
        if link.relation == relation:
            where = clauses.setdefault(_name(link.cited_title, link.cited_number) + "、".join(link.parts), [])
            if link.clause and link.clause not in where:
                where.append(link.clause)
    return [name + (f"  {' '.join(where)}" if where else "") for name, where in clauses.items()]


def _naming(entry: Entry, words: Words) -> list[str]:
    return [
        f"{words.code('passive', relation)}{words.pick('：', ': ')}{_name(p.title, p.number)}" for relation, p in entry.named_by
    ]


def _precedence(entry: Entry, words: Words) -> str:
    """The clauses of precedence in one line: 优先适用 与本办法不一致的，以本办法为准（第十一条）."""
    parts = [
        words.code("precedence", p.kind) + words.pick(" ", ": ") + p.evidence.quote + (f"（{p.clause}）" if p.clause else "")
        for p in entry.precedences
    ]
    return words.pick("；", "; ").join(parts)


def _sheet(rows: Sequence[Entry], as_of: str, words: Words) -> Sheet[Entry]:
    def screen(rows: Sequence[Entry], stream: IO[str]) -> None:
        from zhize.screen import Screen

        page = Screen(stream)
        for at, entry in enumerate(rows):
            if at:
                page.line()
            _print_entry(entry, page, words, as_of)

    relations = tuple(_relation_column(relation, words) for relation in RELATIONS)
    columns: tuple[Column[Entry], ...] = (
        Column(words("title"), lambda e: e.policy.title, 44),
        Column(words("number"), lambda e: e.policy.number, 20),
        Column(words("issuer"), lambda e: words.join(e.policy.issuers), 24),
        Column(words("dated"), lambda e: e.policy.dated, 12),
        Column(words("effective"), lambda e: _date(e.policy.effective, words), 14),
        Column(words("expires"), lambda e: e.policy.expires, 12),
        Column(words("type"), lambda e: e.policy.type, 10),
        Column(words("place"), lambda e: e.policy.place, 12),
        Column(words("duties"), lambda e: e.policy.duties, 8),
        Column(words("targets"), lambda e: e.policy.targets, 8),
        *relations,
        Column(words("named_by"), lambda e: "\n".join(_naming(e, words)), 40),
        Column(words("precedence"), lambda e: _precedence(e, words), 40),
        Column(words("resolved"), lambda e: words.code("resolved", e.policy.resolved), 8),
        *([Column(words("standing"), lambda e: _standing(e, as_of, words), 20)] if as_of else []),
    )
    return Sheet(words("policies"), columns, rows, screen, _record)


def _standing(entry: Entry, as_of: str, words: Words) -> str:
    """The standing on the day that was asked for: 现行有效（2024-01-01）."""
    return f"{words.code('standing', entry.standing.state)}（{as_of}）" if entry.standing else ""


def _relation_column(relation: str, words: Words) -> Column[Entry]:
    return Column(words.code("relation", relation), lambda e: "\n".join(_linked(e, relation)), 40)


def _record(entry: Entry) -> object:
    named_by = [{"relation": relation, "policy": p.iri, "title": p.title, "number": p.number} for relation, p in entry.named_by]
    links = [dataclasses.asdict(link) for link in entry.links]
    precedences = [dataclasses.asdict(clause) for clause in entry.precedences]
    standing = {"standing": dataclasses.asdict(entry.standing)} if entry.standing else {}
    return dataclasses.asdict(entry.policy) | {"links": links, "named_by": named_by, "precedences": precedences} | standing


def _date(date: str, words: Words) -> str:
    return words.code("effective", date)


def _print_entry(entry: Entry, page: Screen, words: Words, as_of: str) -> None:
    policy = entry.policy
    policy_heading(page, policy.title, policy.number, policy.dated)
    about = [words.join(policy.issuers), words.code("type", policy.type) if policy.type else ""]
    if not policy.resolved:
        about.append(words.pick("（仅被引用，未收录原文）", "(only cited; its text is not in the store)"))
    page.line("  ".join(part for part in about if part), indent=2)
    stated = (("effective", policy.effective), ("expires", policy.expires))
    dates = [f"{words(key)} {_date(value, words)}" for key, value in stated if value]
    dates += [f"{words('standing')} {_standing(entry, as_of, words)}"] if entry.standing else []
    page.line("  ".join([f"{words('duties')} {policy.duties}", f"{words('targets')} {policy.targets}", *dates]), indent=2)
    for relation in RELATIONS:
        page.field(words.code("relation", relation), "\n".join(_linked(entry, relation)), indent=2, width=8)
    page.field(words("precedence"), _precedence(entry, words), indent=2, width=8)
    page.field(words("named_by"), "\n".join(_naming(entry, words)), indent=2, width=8)
