"""The standing of a document on a day: in force, not yet in force, expired, repealed, or unknown.

A document is in force from its 施行日期, or from its 成文日期 where it names none (《立法法》 asks laws to name the day; other
documents mostly say 自印发之日起 or nothing); without either it holds until another one repeals it. It ends with its 有效期, or on
the day from which another document repeals it. A partial repeal, one that names clauses, ends nothing. The ledgers judge alike;
here the rows are at hand already, and cited documents are judged too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from graph.rows import LinkRow, PolicyRow

State = Literal["in_force", "pending", "expired", "repealed", "unknown"]
STATES: tuple[State, ...] = ("in_force", "pending", "expired", "repealed", "unknown")
WEIGHTS: Mapping[State, float] = {"in_force": 1.0, "pending": 0.0, "expired": 0.0, "repealed": 0.0, "unknown": 0.5}
"""What a duty counts by the standing of its document: nothing where it does not bind, half where nobody can say."""


@dataclass(frozen=True, slots=True)
class Standing:
    """``since`` is the day (ISO) from which the state holds, "" where no day is known; ``by`` the IRI of the repealing document."""

    state: State
    since: str = ""
    by: str = ""


def latest_day(policies: Iterable[PolicyRow]) -> str:
    """The newest 成文日期: the day of analysis where none is given, so that a result does not change with the calendar."""
    return max((p.dated for p in policies if p.dated), default="")


def start_of(policy: PolicyRow) -> str:
    """The day from which a document holds, "" where it is not known."""
    return policy.dated if policy.effective in ("", "issue") else policy.effective


def standings(policies: Iterable[PolicyRow], links: Iterable[LinkRow], day: str) -> dict[str, Standing]:
    """The standing on ``day`` (ISO) of every document, cited ones included, by IRI.

    A document that is only cited is unknown, unless a repeal in the store ends it.
    """
    known, links = {p.iri: p for p in policies}, list(links)
    ends: dict[str, tuple[str, str]] = {}
    for link in links:
        if link.relation != "repeals" or link.policy == link.cited or link.parts:
            continue
        by = known.get(link.policy)
        end = (link.from_date or (start_of(by) if by else ""), link.policy)
        ends[link.cited] = min(ends.get(link.cited, end), end)
    return {iri: _standing(known.get(iri), ends.get(iri), day) for iri in sorted({*known, *ends, *(k.cited for k in links)})}


def _standing(policy: PolicyRow | None, end: tuple[str, str] | None, day: str) -> Standing:
    if end and end[0] <= day:
        return Standing("repealed", *end)
    if policy is None or not policy.resolved:
        return Standing("unknown")
    start = start_of(policy)
    if policy.expires and policy.expires < day:
        return Standing("expired", policy.expires)
    return Standing("pending" if start > day else "in_force", start)
