"""The analyses by name: what each computes from facts, which columns it has, and which of them suffice on a screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.analysis.agencies import agency_measures, group_measures
from graph.analysis.documents import chains, policy_measures
from graph.analysis.facts import Facts, Part
from graph.analysis.load import Span, bottlenecks, changes, concentration
from graph.analysis.notes import notes
from graph.analysis.suspects import cycle_links, differences, repeals, unsound, weak_targets
from graph.shares import between

Years = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Choices:
    """What some analyses can be told: the unit of time of bottlenecks, and the two periods of a change (None: halves)."""

    span: Span = "quarter"
    periods: tuple[Years, Years] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """An analysis of those ``parts`` of the facts that have rows of their own (agencies need only what the store adds up).

    ``lead`` are columns in front of those with notes, ``brief`` the columns that a screen shows.
    """

    rows: Callable[[Facts, Choices], Sequence[Any]]
    brief: tuple[str, ...]
    lead: tuple[str, ...] = ()
    parts: frozenset[Part] = frozenset()


def _agencies(facts: Facts, choices: Choices) -> Sequence[Any]:
    return agency_measures(facts.added_up(), standing=facts.standing)


def _policies(facts: Facts, choices: Choices) -> Sequence[Any]:
    return policy_measures(facts.policies, facts.named(), standing=facts.standing)


def _changes(facts: Facts, choices: Choices) -> Sequence[Any]:
    first, second = choices.periods or halves(facts)
    shares = facts.added_up()
    return changes(between(shares, *first), between(shares, *second), facts.agencies)


def halves(facts: Facts) -> tuple[Years, Years]:
    """The years of the documents cut in two, the later half the longer by one year at most."""
    years = [int(p.dated[:4]) for p in facts.policies if p.resolved and p.dated[:4].isdigit()] or [0]
    first, last = min(years), max(years)
    middle = first + (last - first + 1) // 2
    return (first, max(middle - 1, first)), (max(middle, first), last)


TABLES: Mapping[str, Table] = {
    "agencies": Table(
        _agencies, ("duties", "lead", "partners", "shared", "leads_others", "betweenness", "community"), lead=("name", "place")
    ),
    "groups": Table(lambda f, _: group_measures(f.added_up()), ("name", "members", "duties", "closure", "bridge")),
    "concentration": Table(
        lambda f, _: concentration(f.added_up()), ("role", "agencies", "duties", "gini", "herfindahl", "top_share", "top")
    ),
    "change": Table(_changes, ("name", "before", "after", "difference", "shift")),
    "bottlenecks": Table(
        lambda f, c: bottlenecks(f.duties, f.agencies, c.span), ("name", "period", "duties", "lead", "policies", "share"),
        parts=frozenset({"duties"}),
    ),
    "policies": Table(
        _policies,
        ("standing", "basis_for", "cited_by", "cites", "repealed_by", "amended_by", "chain"),
        lead=("title", "number", "dated"),
    ),
    "chains": Table(lambda f, _: chains(f.policies, f.named()), ("tiers", "titles")),
    "unsound": Table(
        lambda f, _: unsound(f), ("title", "relation", "cited_title", "cited_standing", "since"),
        parts=frozenset({"links"}),
    ),
    "repeals": Table(lambda f, _: repeals(f), ("chain", "title", "standing", "repealed_title", "repealed_standing", "day")),
    "cycles": Table(
        lambda f, _: cycle_links(f), ("cycle", "title", "relation", "cited_title", "clause"), parts=frozenset({"links"})
    ),
    "clauses": Table(lambda f, _: f.clauses, ("policy_title", "clause", "heading"), parts=frozenset({"clauses"})),
    "targets": Table(
        lambda f, _: weak_targets(f.targets), ("indicator", "figure", "no_deadline", "no_baseline", "clause"),
        parts=frozenset({"targets"}),
    ),
    "indicators": Table(
        lambda f, _: differences(f), ("indicator", "place", "conflict", "figures"), parts=frozenset({"targets"})
    ),
}
"""In the order of their subjects: agencies, documents, clauses and targets."""


def label(table: str, field: str, lang: str) -> str:
    """The heading of a column."""
    note = next(n for n in notes(table) if n.field == field)
    return note.label_en if lang == "en" else note.label_zh
