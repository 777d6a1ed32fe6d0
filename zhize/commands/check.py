"""``zhize check``: is a graph, or a file, sound?"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from zhize.labels import Words
from zhize.options import command as make_command
from zhize.options import output_options, store_option
from zhize.output import Column, Output, Sheet
from zhize.progress import Progress
from zhize.rows import place_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from graph.check.model import Finding, Report, Rule
    from graph.store import Place

EXAMPLES = (
    "zhize check",
    "zhize check graph.ttl",
    "zhize check facts.jsonl --documents 公报/",
    "zhize check -o findings.xlsx",
    "zhize check --rules",
)

SHOWN = 5  # findings of a rule on a terminal; the rest is counted
RECORDS = ".jsonl"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked, by its name, with the unit that its report counts ("statements" or "records")."""

    name: str
    unit: str
    report: Report


@make_command(EXAMPLES, name="check")
@click.argument("things", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[STORE-or-FILE]...")
@click.option("--documents", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER",
              help="Where the sources of a file of records lie.  [default: beside it]")  # fmt: skip
@click.option("--rules", "list_rules", is_flag=True, help="List the rules instead.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
              help="End the check of a graph after that.")  # fmt: skip
@store_option
@output_options
def command(*, things: tuple[Path, ...], documents: Path | None, list_rules: bool, timeout: float | None, store: Place,
            output: Output) -> None:  # fmt: skip
    """Check the graph, or files, against the rules of a sound graph: each duty has one bearer, each fact its place in a file.

    A folder is a store (default: --store). RDF files (ttl, nt, nq, trig, jsonld, rdf) are joined and checked as one graph against
    the SHACL shapes of the ontology and what these cannot say; a file of records (jsonl) is checked line by line, with the words at
    the offsets where its sources are at hand. Exit code 1 where a rule is broken.
    """
    if list_rules:
        _list_rules(output)
        return
    checked = list(_check(things or (store,), documents, timeout, output.quiet))
    findings = [finding for one in checked for finding in one.report.findings]
    output.write(_sheet(findings, checked, output.words))
    for one in checked:
        if one.report.stopped and not output.quiet:
            _say_stopped(one)
    if findings:
        raise click.exceptions.Exit(1)
    if any(one.report.stopped for one in checked):
        raise click.exceptions.Exit(2)


def _check(things: Sequence[Place], documents: Path | None, timeout: float | None, quiet: bool) -> Iterator[Checked]:
    """Folders and files of records each by itself, RDF files together."""
    from graph.check.files import load
    from graph.check.records import check_records

    rdf = [path for path in things if isinstance(path, Path) and path.is_file() and path.suffix.lower() != RECORDS]
    for path in things:
        if not isinstance(path, Path) or path.is_dir() or not path.exists():  # the error of a missing store says how to make it
            yield _check_graph(str(path), _engine(path), timeout, quiet)
        elif path.suffix.lower() == RECORDS:
            with Progress("zhize", path.stat().st_size, quiet) as progress:
                yield Checked(str(path), "records", check_records(path, documents, progress.at))
        elif path == rdf[0]:
            with Progress("zhize", sum(file.stat().st_size for file in rdf), quiet) as progress:
                graph = load(rdf, progress.at)
            yield _check_graph("、".join(map(str, rdf)), graph, timeout, quiet)


def _engine(place: Place) -> ox.Store:
    """The graph in a folder; that on a server is copied, since a check looks at every statement several times."""
    import pyoxigraph as ox

    from graph.store import open_store

    store = open_store(place)
    if isinstance(place, Path):
        return store.engine
    copy = ox.Store()
    for graph in store.graphs():
        copy.bulk_extend(store.quads(graph))
    return copy


def _check_graph(name: str, graph: ox.Store, timeout: float | None, quiet: bool) -> Checked:
    from graph.check.graphs import check_graph

    with Progress("zhize", len(graph), quiet) as progress:
        return Checked(name, "statements", check_graph(graph, progress.at, timeout))


def _say_stopped(one: Checked) -> None:
    why = "the time is up" if one.report.stopped == "time" else f"{len(one.report.findings):,} findings are enough"
    click.echo(f"{one.name}: the check ended after {one.report.checked:,} {one.unit}: {why}.", err=True)


def _sheet(findings: Sequence[Finding], checked: Sequence[Checked], words: Words) -> Sheet[Finding]:
    from graph.check.model import rules

    table = rules()
    columns: tuple[Column[Finding], ...] = (
        Column(words("rule"), lambda f: words.pick(*table[f.rule].message), 48),
        Column(words("problem"), lambda f: words.code("problem", f.problem), 16),
        Column(words("value"), lambda f: f.value, 24),
        Column(words("kind"), lambda f: _kind(f, words), 14),
        Column(words("thing"), lambda f: f.label, 40),
        Column(words("policy"), lambda f: f.policy, 40),
        Column(words("number"), lambda f: f.number, 20),
        Column(words("clause"), lambda f: f.clause, 14),
        Column(words("evidence"), lambda f: place_of(f.evidence) if f.evidence else "", 32),
        Column(words("advice"), lambda f: words.pick(*table[f.rule].advice), 48),
        Column("IRI", lambda f: f.thing, 40),
    )

    def record(finding: Finding) -> dict[str, Any]:
        rule = table[finding.rule]
        return dataclasses.asdict(finding) | {"message": words.pick(*rule.message), "advice": words.pick(*rule.advice)}

    return Sheet(words("rule"), columns, findings, lambda shown, stream: _screen(shown, checked, stream, words), record)


def _kind(finding: Finding, words: Words) -> str:
    from graph.check.model import class_labels

    label = class_labels().get(finding.kind)
    return words.pick(*label) if label else finding.kind


def _screen(findings: Sequence[Finding], checked: Sequence[Checked], stream: IO[str], words: Words) -> None:
    """The verdict on each thing that was checked, then the findings by rule."""
    from graph.check.model import rules
    from zhize.screen import Screen

    page = Screen(stream)
    for one in checked:
        page.line(_verdict(one, words))
    for name, group in groupby(findings, key=lambda f: f.rule):
        same, rule = list(group), rules()[name]
        page.line()
        page.line(f"{words.pick(*rule.message)}  {len(same)}", "bold cyan")
        page.rule()
        page.field(words("advice"), words.pick(*rule.advice))
        for at, finding in enumerate(same[:SHOWN], 1):
            _show(page, at, finding, words)
        if len(same) > SHOWN:
            rest = len(same) - SHOWN
            page.line(words.pick(f"另有 {rest:,} 处，见 --format csv", f"{rest:,} more: see --format csv"), indent=4)


def _show(page: Any, at: int, finding: Finding, words: Words) -> None:
    what = "  ".join(filter(None, (_kind(finding, words), finding.label)))
    problem = words.code("problem", finding.problem)
    page.field(f"{at}.", words.pick("：", ": ").join(filter(None, (problem, finding.value))), width=4)
    page.field(words("thing"), what, indent=6, width=8)
    title = f"《{finding.policy}》" if finding.policy else ""
    page.field(words("policy"), "  ".join(filter(None, (title, finding.number, finding.clause))), indent=6, width=8)
    page.field(words("evidence"), place_of(finding.evidence) if finding.evidence else "", indent=6, width=8)
    line = finding.thing.isdecimal()
    page.field(words.pick("行", "Line") if line else "IRI", finding.thing, indent=6, width=8)


def _verdict(one: Checked, words: Words) -> str:
    report = one.report
    count = f"{report.checked:,}"
    what = words.pick(f"检查了 {count} 条{'记录' if one.unit == 'records' else '陈述'}", f"{count} {one.unit} checked")
    broken = len({finding.rule for finding in report.findings})
    if not broken:
        return words.pick(f"{one.name}：{what}，没有不符合规则之处。", f"{one.name}: {what}, no rule is broken.")
    return words.pick(f"{one.name}：{what}，{len(report.findings):,} 处不符合 {broken} 条规则。",
                      f"{one.name}: {what}, {len(report.findings):,} findings, {broken} rules broken.")  # fmt: skip


def _list_rules(output: Output) -> None:
    from graph.check.model import rules

    words = output.words
    columns: tuple[Column[Rule], ...] = (
        Column(words("name"), lambda r: r.name, 20),
        Column(words("rule"), lambda r: words.pick(*r.message), 60),
        Column(words("advice"), lambda r: words.pick(*r.advice), 60),
    )

    def screen(shown: Sequence[Rule], stream: IO[str]) -> None:
        from zhize.screen import Screen

        page = Screen(stream)
        page.table([c.label for c in columns[:2]], [(r.name, words.pick(*r.message)) for r in shown])

    output.write(Sheet(words("rule"), columns, list(rules().values()), screen))
