"""``zhize analyse``: what the networks of agencies and policies say."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from zhize.labels import Words
from zhize.options import command as make_command
from zhize.options import form_options, store_option
from zhize.output import SUFFIXES, Column, Output, Sheet, opened, plain

if TYPE_CHECKING:
    from graph.measures import Note
    from graph.store import Store

EXAMPLES = (
    "zhize analyse agencies",
    "zhize analyse agencies --city 云陵市 -o agencies.xlsx",
    "zhize analyse policies --top 10",
    "zhize analyse agencies -o network.gexf",
)
# What fits 80 columns; files hold every measure.
_BRIEF = {
    "agencies": ("duties", "lead", "partners", "shared", "leads_others", "betweenness", "community"),
    "policies": ("basis_for", "cited_by", "cites", "repealed_by", "amended_by", "chain"),
}


@make_command(EXAMPLES, name="analyse")
@click.argument("what", type=click.Choice(["agencies", "policies"]), default="agencies")
@click.option("--city", metavar="PLACE", help="Only agencies or policies of this place, such as 云陵市.")
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Only the first N.")
@store_option
@form_options(SUFFIXES | {".gexf": "gexf", ".graphml": "graphml"})
def command(what: str, city: str | None, top: int | None, store: Path, output: Output) -> None:
    """Measure the network: who shares most duties with whom (agencies), what most documents rest on (policies).

    The forms gexf and graphml write the network itself, for Gephi and other programs (all of it, whatever --city and --top say).
    """
    from graph import answers, measures
    from graph.store import open_store

    graph = open_store(store)
    if output.form in ("gexf", "graphml"):
        _write_network(what, graph, output)
        return
    notes: tuple[Note, ...]
    rows: list[Any]
    if what == "agencies":
        notes = measures.AGENCY_NOTES
        rows = measures.agency_measures(answers.all_duties(graph), answers.agencies(graph))
        rows = [r for r in rows if not city or city in r.place]
    else:
        notes = measures.POLICY_NOTES
        policies = answers.policies(graph)
        here = {p.iri for p in policies if not city or city in p.place}
        rows = [r for r in measures.policy_measures(policies, answers.links(graph)) if r.iri in here]
    output.finish(_sheet(what, rows[:top], notes, output.words), "Nothing to measure.")


def _write_network(what: str, store: Store, output: Output) -> None:
    import networkx as nx

    from graph import answers, network

    if what == "agencies":
        net = network.agency_network(answers.all_duties(store), answers.agencies(store))
    else:
        net = network.policy_network(answers.policies(store), answers.links(store))
    for _, about in net.nodes(data=True):
        for key, value in about.items():
            about[key] = plain(value) if isinstance(value, str) else value  # XML takes no control characters
        about["label"] = about.get("name") or about.get("title")
    lines = nx.generate_gexf(net) if output.form == "gexf" else nx.generate_graphml(net)
    with opened(output.path) as stream:
        stream.writelines(line + "\n" for line in lines)


def _sheet(what: str, rows: Sequence[Any], notes: Sequence[Note], words: Words) -> Sheet[Any]:
    def label(note: Note) -> str:
        return words.pick(note.label_zh, note.label_en)

    def screen(rows: Sequence[Any], stream: IO[str]) -> None:
        from zhize.screen import Screen

        page = Screen(stream)
        brief = [note for name in _BRIEF[what] for note in notes if note.field == name]
        table: list[tuple[str | int, ...]] = [
            (n, _name(row, words), *(_brief(getattr(row, note.field)) for note in brief)) for n, row in enumerate(rows, 1)
        ]
        figures = tuple(range(2, len(brief) + 2))
        page.table(["", words("agency" if what == "agencies" else "title"), *map(label, brief)], table, right=(0, *figures))
        page.line()
        for note in brief:
            page.field(label(note), words.pick(note.zh, note.en), width=10)

    first: tuple[Column[Any], ...] = (
        (Column(words("agency"), lambda r: r.name, 36), Column(words("place"), lambda r: r.place, 14))
        if what == "agencies"
        else (Column(words("title"), lambda r: r.title, 48), Column(words("number"), lambda r: r.number, 20),
              Column(words("dated"), lambda r: r.dated, 12))
    )  # fmt: skip
    rest: tuple[Column[Any], ...] = tuple(Column(label(note), _value(note.field, words), 14) for note in notes)
    return Sheet(words("agencies" if what == "agencies" else "policies"), (*first, *rest), rows, screen, dataclasses.asdict)


def _value(field: str, words: Words) -> Any:
    return lambda row: words.code("known", value) if isinstance(value := getattr(row, field), bool) else value


def _brief(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _name(row: Any, words: Words) -> str:
    return str(row.name if hasattr(row, "name") else row.title or row.number)
