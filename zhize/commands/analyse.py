"""``zhize analyse``: what the duties, the networks and the figures say."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from typing import IO, TYPE_CHECKING, Any

import click

from zhize.labels import Words
from zhize.options import command as make_command
from zhize.options import form_options, store_option
from zhize.output import SUFFIXES, Cell, Column, Output, Sheet, opened
from zhize.rows import place_of
from zhize.scope import scope_options

if TYPE_CHECKING:
    from graph.analysis import Facts
    from graph.analysis.tables import Table, Years
    from graph.store import Place

EXAMPLES = (
    "zhize analyse agencies",
    "zhize analyse --city 云陵市 --as-of 2024-01-01 -o load.xlsx",
    "zhize analyse change --compare 2022:2022,2023:2024",
    "zhize analyse repeals",
    "zhize analyse agencies -o network.gexf",
)
# The names of graph.analysis.tables, here too so that --help reads no network library; a test holds that.
NAMES = (
    "agencies", "groups", "concentration", "change", "bottlenecks", "policies", "chains", "unsound", "repeals", "cycles",
    "clauses", "targets", "indicators",
)  # fmt: skip
_PERIODS = re.compile(r"(\d{4}):(\d{4}),(\d{4}):(\d{4})")
_NETWORKS = ("agencies", "policies")
_OF_AGENCIES = ("agencies", "groups", "concentration", "change", "bottlenecks")


@make_command(EXAMPLES, name="analyse")
@click.argument("what", type=click.Choice(NAMES), default="agencies", metavar="[WHAT]")
@scope_options
@click.option("--compare", metavar="A:B,C:D", help="change: two periods, in years of the documents. Default: the years cut in two.",
              callback=lambda _, __, text: _periods(text))  # fmt: skip
@click.option("--by", "span", type=click.Choice(["month", "quarter", "year"]), default="quarter", show_default=True,
              help="bottlenecks: duties of the same month, quarter or year fall due together.")  # fmt: skip
@click.option("--network", type=click.Choice(["shared", "lead", "basis", "cites", "repeals", "amends"]),
              help="gexf, graphml: who shares duties or who leads whom (agencies); one relation (policies).")  # fmt: skip
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Only the first N rows.")
@store_option
@form_options(SUFFIXES | {".gexf": "gexf", ".graphml": "graphml"})
def command(*, what: str, scope: Any, compare: tuple[Years, Years] | None, span: Any, network: str | None, top: int | None,
            store: Place, output: Output) -> None:  # fmt: skip
    """Measure who carries what, what rests on what, and what is missing.

    \b
    agencies       load by role, place in the co-responsibility network
    groups         who works together, and who joins the groups
    concentration  how unequally duties are shared out (Gini, Herfindahl)
    change         load in two periods (--compare)
    bottlenecks    duties of an agency that fall due together (--by)
    policies       what rests on a document, its standing and tier
    chains         from a document back to its root, tier by tier
    unsound        documents that rest on a repealed or expired one
    repeals        chains of repeals with the standing of each link
    cycles         documents that name one another (suspect)
    clauses        clauses without a responsible unit
    targets        targets without a deadline or baseline
    indicators     one indicator, different figures in two documents

    The forms gexf and graphml (agencies, policies) write the network itself, with sizes, colours and communities for Gephi.
    """
    from graph.analysis import Scope, read_facts
    from graph.analysis.tables import TABLES, Choices
    from graph.store import open_store

    facts = read_facts(open_store(store), Scope(**scope), TABLES[what].parts)
    if facts.undated and not output.quiet:
        click.echo(f"{facts.undated} documents bear no date and are left out.", err=True)
    if output.form in ("gexf", "graphml"):
        _write_network(what, network, facts, output)
        return
    if network:
        raise click.UsageError("--network chooses what the forms gexf and graphml write.")
    table = TABLES[what]
    rows = table.rows(facts, Choices(span, compare))
    output.finish(_sheet(what, table, rows[:top], facts.day, output.words, _left_out(what, facts, output.words)), "Nothing found.")


def _left_out(what: str, facts: Facts, words: Words) -> str:
    """That bodies which no text names are left out of what is measured of agencies, with their numbers; "" where there are none."""
    bodies, duties = facts.added_up().unnamed if what in _OF_AGENCIES else (0, 0)
    chinese = f"“各有关部门”等 {bodies} 个未点名单位及其 {duties} 条职责不计在内。"
    english = f"Bodies that no text names (各有关部门, {bodies} in number) with {duties} of the duties are not counted."
    return words.pick(chinese, english) if bodies else ""


def _periods(text: str | None) -> tuple[Years, Years] | None:
    if text is None:
        return None
    found = _PERIODS.fullmatch(text)
    years = [int(year) for year in found.groups()] if found else []
    if not found or years[0] > years[1] or years[2] > years[3]:
        raise click.BadParameter("give two periods as FIRST:LAST,FIRST:LAST, such as 2020:2021,2022:2023")
    return (years[0], years[1]), (years[2], years[3])


def _write_network(what: str, network: str | None, facts: Facts, output: Output) -> None:
    from graph.analysis import export
    from graph.network import RELATIONS

    if what not in _NETWORKS:
        raise click.UsageError(f"{output.form} holds a network: {' or '.join(_NETWORKS)}.")
    if network and (network in ("shared", "lead")) != (what == "agencies"):
        raise click.UsageError(f"--network {network} is not one of {what}.")
    if what == "agencies":
        net = export.agency_graph(facts, directed=network == "lead")
    else:
        net = export.policy_graph(facts, (network,) if network else RELATIONS)
    with opened(output.path) as stream:
        stream.writelines(line + "\n" for line in export.graph_lines(net, "gexf" if output.form == "gexf" else "graphml"))
    output.written(f", {len(net):,} nodes and {net.number_of_edges():,} edges")


def _sheet(what: str, table: Table, rows: Sequence[Any], day: str, words: Words, left_out: str) -> Sheet[Any]:
    from graph.analysis.notes import notes

    def label(field: str) -> str:
        note = next((n for n in notes(what) if n.field == field), None)
        return words.pick(note.label_zh, note.label_en) if note else words("agency" if field == "name" else field)

    def screen(rows: Sequence[Any], stream: IO[str]) -> None:
        from zhize.screen import Screen

        page = Screen(stream)
        front = table.lead[:1]
        shown = (*front, *table.brief)
        figures = [at for at, field in enumerate(shown, 1) if rows and _is_figure(getattr(rows[0], field))]
        lines: list[tuple[str | int, ...]] = [
            (n, *(_brief(field, getattr(row, field), words) for field in shown)) for n, row in enumerate(rows, 1)
        ]
        page.table(["", *map(label, shown)], lines, right=(0, *figures))
        page.line()
        said = [(words.pick(n.label_zh, n.label_en), words.pick(n.zh, n.en)) for n in notes(what) if n.field in table.brief]
        if any(field.endswith("standing") for field in shown):
            said.insert(0, (words.pick("分析日", "Day of analysis"), day))
        if left_out:
            said.append((words.pick("未计入", "Left out"), left_out))
        page.fields(said)

    fields = (*table.lead, *(n.field for n in notes(what)))
    columns = [Column(label(field), _cell(field, words), _width(field)) for field in fields]
    if rows and hasattr(rows[0], "evidence"):
        columns.append(Column(words("quote"), lambda row: row.evidence.quote, 48))
        columns.append(Column(words("evidence"), lambda row: place_of(row.evidence), 32))
    return Sheet(what, tuple(columns), rows, screen, dataclasses.asdict)


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _cell(field: str, words: Words) -> Callable[[Any], Cell]:
    def cell(row: Any) -> Cell:
        value = getattr(row, field)
        return value if _is_figure(value) else _said(field, value, words)

    return cell


def _said(field: str, value: object, words: Words) -> str:
    from graph.analysis.words import word

    if isinstance(value, tuple):
        between = {"tiers": " → ", "titles": "\n→ ", "figures": "\n"}.get(field, words.pick("、", ", "))
        return between.join(word(field, part, words.lang) for part in value)
    return word(field, value, words.lang)


def _brief(field: str, value: object, words: Words) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, bool):
        return words.pick("是", "yes") if value else ""
    return str(value) if _is_figure(value) else _said(field, value, words)


def _width(field: str) -> int:
    wide = ("title", "titles", "names", "figures", "name", "community_name", "bridge", "indicator", "heading")
    return 36 if field.endswith(wide) else 14

