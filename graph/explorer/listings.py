"""The lists of agencies, documents, figures and notes as CSV: the rows that a page chooses, on all its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from extract.fact import NOTE_KINDS
from graph.explorer.choice import iri_of, one_of
from graph.explorer.download import MOST_SAVED, TooManyError, csv_lines
from graph.explorer.figures import figure_choice, figures, figures_to_save
from graph.explorer.frame import Frame
from graph.explorer.heads import heads
from graph.explorer.lists import (
    agency_choice,
    choose_agencies,
    choose_policies,
    issuers,
    note_rows,
    policy_choice,
    review,
)
from graph.explorer.validity import Standing, standings, state
from graph.store import Store

Table = tuple[Sequence[str], Iterable[Sequence[str | int]]]
"""Heads and lines."""


def _agencies(store: Store, here: Frame) -> Table:
    w = here.w
    roles = ("lead", "responsible", "support")
    head = [w("agency"), w("place"), w("tier"), w("body_kind"), w("known"), w("duties"), *(w.code("roles", r) for r in roles),
            w("policies_short")]  # fmt: skip
    rows, _ = choose_agencies(store, agency_choice(here))
    return head, (
        (row.name, row.place, w.code("tiers", row.tier) if row.tier else "", w.code("kinds", row.kind) if row.kind else "",
         w("known_yes" if row.known else "known_no"), row.duties, row.lead, row.responsible, row.support, row.policies)
        for row in rows
    )  # fmt: skip


def _policies(store: Store, here: Frame) -> Table:
    w, choice = here.w, policy_choice(here)
    chosen = choose_policies(store, choice)
    if choice.held:
        return [w("title"), w("number")], ((row.title, row.number) for row in chosen.rows)
    held = [row.iri for row in chosen.rows]
    whose, stood = issuers(store, held), standings(store, held)
    head = [w("title"), w("number"), w("issuer"), w("place"), w("dated"), w("genre"), f"{w('standing')}（{choice.on}）",
            w("duties"), w("targets")]  # fmt: skip
    return head, (
        (row.title, row.number, w.join(whose.get(row.iri, ())), row.place, row.dated,
         w.code("genres", row.type) if row.type else "",
         w.code("standing", state(stood.get(row.iri, Standing()), choice.on)), row.duties, row.targets)
        for row in chosen.rows
    )  # fmt: skip


def _targets(store: Store, here: Frame) -> Table:
    w = here.w
    chosen = figures_to_save(store, figure_choice(here), MOST_SAVED)
    head = [w("kind"), w("indicator"), w("figure"), w("baseline"), w("by"), w("policy"), w("number"), w("clause"), w("words")]
    return head, (
        (w.code("figure", row.kind), row.indicator, row.shown, row.baseline, row.deadline, row.policy.title, row.policy.number,
         row.clause, row.words)
        for row in figures(store, chosen, heads(store, {b.policy for b in chosen}))
    )  # fmt: skip


def _review(store: Store, here: Frame) -> Table:
    w = here.w
    found = review(store, one_of(here.value("kind"), NOTE_KINDS), iri_of(here.value("policy")))
    if len(found.notes) > MOST_SAVED:
        raise TooManyError
    head = [w("kind"), w("message"), w("policy"), w("number"), w("clause"), w("words"), w("source")]
    return head, (
        (w.code("note", row.kind), row.message, row.policy_title, row.policy_number, row.clause, row.evidence.quote,
         f"{row.evidence.source}:{row.evidence.start}-{row.evidence.end}")
        for row in note_rows(store, found.notes)
    )  # fmt: skip


LISTINGS: Mapping[str, Callable[[Store, Frame], Table]] = {
    "agencies": _agencies, "policies": _policies, "targets": _targets, "review": _review,
}  # fmt: skip
"""The pages whose rows can be saved, by the first part of their address."""


def listing_file(store: Store, here: Frame, what: str) -> bytes | None:
    """The rows of the page ``what`` as CSV; None where it shows none. KeyError for another page.

    Raises :class:`graph.explorer.download.TooManyError`.
    """
    head, lines = LISTINGS[what](store, here)
    saved = list(lines)
    return csv_lines(head, saved) if saved else None
