"""The standing of a document, and of what a clause of it states, on a day: in force, pending, expired, repealed, or unknown.

A document holds from its 施行日期, or from its 成文日期 where it names none (《立法法》 asks laws to name the day; other documents
mostly say 自印发之日起 or nothing); without either it holds until another one repeals it. It ends with the last day of its 有效期,
or on the day before another document repeals it, whichever comes first: what has expired cannot be repealed any more. A repeal of
clauses ends what these clauses state and nothing else. A document that is only cited is unknown, unless a repeal ends it.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import pyoxigraph as ox

from graph.cells import text_of
from graph.rows import LinkRow, PolicyRow
from graph.store import Store
from ontology.vocabulary import concept

State = Literal["in_force", "pending", "expired", "repealed", "unknown"]
STATES: tuple[State, ...] = ("in_force", "pending", "expired", "repealed", "unknown")
WEIGHTS: Mapping[State, float] = {"in_force": 1.0, "pending": 0.0, "expired": 0.0, "repealed": 0.0, "unknown": 0.5}
"""What a duty counts by the standing of its document: nothing where it does not bind, half where nobody can say."""

_DATES = """
SELECT ?policy ?dated ?effective ?expires
WHERE {
  $policy$
  ?policy a zhize:Policy .
  OPTIONAL { ?policy eli:date_document ?dated }
  OPTIONAL { ?policy eli:first_date_entry_in_force ?effective }
  OPTIONAL { ?policy eli:date_no_longer_in_force ?expires }
}"""

_NEWEST = "SELECT (MAX(?dated) AS ?day) WHERE { ?policy a zhize:Policy ; eli:date_document ?dated }"
_REPEALS = """
SELECT ?c ?policy ?by ?title ?number ?from
WHERE {
  $relation$
  ?c zhize:relation ?relation ; zhize:resolvedTo ?policy ; zhize:policy ?by .
  ?by rdfs:label ?title .
  OPTIONAL { ?by eli:id_local ?number }
  OPTIONAL { ?c zhize:repealedFrom ?from }
}"""
# Of a few policies what cites them is read; else the engine would begin with all repeals there are.
_REPEALS_OF = _REPEALS.replace(
    "  $relation$\n  ?c zhize:relation ?relation ; zhize:resolvedTo ?policy ;",
    "  { SELECT ?c ?policy WHERE { $policy$ ?c zhize:resolvedTo ?policy ; zhize:relation ?how FILTER(?how = $relation) } }\n  ?c",
).replace("$relation", str(concept("relations", "repeals")))
_CLAUSES = "SELECT ?c ?clause WHERE { $c$ ?c zhize:citedClause ?clause }"
_PATHS = "SELECT ?c ?path WHERE { $c$ ?c zhize:resolvedClause ?clause . ?clause zhize:path ?path }"


@dataclass(frozen=True, slots=True)
class Standing:
    """``since`` is the day (ISO) from which the state holds (the last day in force of what expired), "" where no day is known;
    ``by`` the IRI of the repealing document."""

    state: State
    since: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Repeal:
    """A repeal by another policy. ``day`` is the first day without the repealed document, "" where no date is known.

    ``clause`` names the part that is repealed, "" for the whole document; ``paths`` are the paths of that part, where the store
    holds it; ``by`` is the IRI of the repealing policy.
    """

    title: str
    number: str
    day: str
    clause: str = ""
    paths: tuple[str, ...] = ()
    by: str = ""

    def ends(self, clause: str) -> bool:
        """Whether it ends what stands under the path ``clause``."""
        return not self.clause or any(clause == path or clause.startswith(path + "/") for path in self.paths)


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of when a document holds, or what stands under the path ``clause`` of it ("" for the document itself).

    Days are ISO dates or ""; ``expires`` is the last day in force; ``held`` is False for a document that is only cited.
    """

    begins: str = ""
    expires: str = ""
    repeals: tuple[Repeal, ...] = ()
    held: bool = True
    clause: str = ""

    @property
    def repeal(self) -> Repeal | None:
        """The earliest repeal of the whole; one without a date counts as the earliest."""
        whole = [r for r in self.repeals if r.ends(self.clause)]
        return min(whole, key=_when) if whole else None

    @property
    def end(self) -> Standing | None:
        """How it ends, if it does: expired (since its last day) or repealed (since the first day without it)."""
        repeal = self.repeal
        if repeal is not None and not (self.expires and self.expires < (day_before(repeal.day) or repeal.day)):
            return Standing("repealed", repeal.day, repeal.by)
        return Standing("expired", self.expires) if self.expires else None

    @property
    def last(self) -> str:
        """The last day in force (ISO), "" where it does not end, or where nobody says when."""
        end = self.end
        return "" if end is None else end.since if end.state == "expired" else day_before(end.since)

    def on(self, day: str) -> Standing:
        """The standing on ``day`` (ISO). An end speaks before a begin."""
        end = self.end
        if end is not None and (end.since < day or (end.state == "repealed" and end.since == day)):
            return end
        if not self.held:
            return Standing("unknown")
        return Standing("pending" if self.begins > day else "in_force", self.begins)

    def of(self, clause: str) -> Life:
        """That of what stands under the path ``clause``: a duty holds as long as its clause."""
        return replace(self, clause=clause) if any(r.paths for r in self.repeals) else self


def day_before(day: str) -> str:
    """The day before a day, or before the first day of a month or year (all ISO); "" of anything else."""
    try:
        return (datetime.date.fromisoformat((day + "-01-01")[:10]) - datetime.timedelta(1)).isoformat()
    except (ValueError, OverflowError):
        return ""


def _when(repeal: Repeal) -> tuple[str, str, str, str]:
    return repeal.day, repeal.number, repeal.title, repeal.by


def latest_day(policies: Iterable[PolicyRow]) -> str:
    """The newest 成文日期: the day of analysis where none is given, so that a result does not change with the calendar."""
    return max((p.dated for p in policies if p.dated), default="")


def newest_day(store: Store) -> str:
    """As :func:`latest_day`, asked of the store."""
    return text_of(next(store.select(_NEWEST))[0])


def start_of(policy: PolicyRow) -> str:
    """The day from which a document holds, "" where it is not known."""
    return policy.dated if policy.effective in ("", "issue") else policy.effective


def standings(policies: Iterable[PolicyRow], links: Iterable[LinkRow], day: str) -> dict[str, Standing]:
    """The standing on ``day`` (ISO) of every document, cited ones included, by IRI."""
    return {iri: life.on(day) for iri, life in lives_of(policies, links).items()}


def lives_of(policies: Iterable[PolicyRow], links: Iterable[LinkRow]) -> dict[str, Life]:
    """When every document holds, cited ones included, by IRI: from rows that are at hand."""
    known, links = {p.iri: p for p in policies}, list(links)
    repeals: dict[str, set[Repeal]] = defaultdict(set)
    for link in links:
        by = known.get(link.policy)
        if link.relation == "repeals" and link.policy != link.cited:
            day = link.from_date or (start_of(by) if by else "")
            title, number = (by.title, by.number) if by else ("", "")
            repeals[link.cited].add(Repeal(title, number, day, "、".join(link.parts), link.paths, link.policy))
    found = {}
    for iri in sorted({*known, *repeals, *(k.cited for k in links)}):
        row, several = known.get(iri), _ordered(repeals.get(iri, ()))
        held = row is not None and row.resolved
        found[iri] = Life(start_of(row), row.expires, several, held) if row else Life(repeals=several, held=False)
    return found


def lives(store: Store, policies: Iterable[str] | None = None, cited: bool = False) -> dict[str, Life]:
    """When the policies with these IRIs hold, or all policies of the store.

    Documents that are only cited are left out; ``cited`` takes in those of them that a policy of the store repeals.
    """
    wanted = None if policies is None else [ox.NamedNode(iri) for iri in sorted(set(policies))]
    repeals = _repeals(store, wanted)
    found = {}
    dates = store.select(_DATES) if wanted is None else store.select_each(_DATES, "policy", wanted)
    for policy, dated, effective, expires in dates:
        iri = text_of(policy)
        found[iri] = Life(text_of(effective) or text_of(dated), text_of(expires), _ordered(repeals.get(iri, ())))
    if cited:
        found = {iri: Life(repeals=_ordered(several), held=False) for iri, several in repeals.items()} | found
    return found


def _ordered(repeals: Iterable[Repeal]) -> tuple[Repeal, ...]:
    return tuple(sorted(repeals, key=lambda r: (*_when(r), r.clause)))


def _repeals(store: Store, wanted: list[ox.NamedNode] | None) -> dict[str, set[Repeal]]:
    """The repeals of policies by others; they hold from their own day, or from the one on which the other takes effect."""
    repeals = [concept("relations", "repeals")]
    if wanted is None:
        rows = list(store.select(_REPEALS, relation=repeals))
    else:
        rows = list(store.select_each(_REPEALS_OF, "policy", wanted))
    rows = [row for row in rows if row[1] != row[2]]
    found: dict[str, set[Repeal]] = defaultdict(set)
    if not rows:
        return found
    begins = {}
    others = {ox.NamedNode(text_of(row[2])) for row in rows}
    for policy, dated, effective, _ in store.select_each(_DATES, "policy", sorted(others, key=lambda node: node.value)):
        begins[text_of(policy)] = text_of(effective) or text_of(dated)
    citations = [ox.NamedNode(text_of(row[0])) for row in rows]
    clauses, paths = _several(store, _CLAUSES, citations), _several(store, _PATHS, citations)
    for citation, policy, by, title, number, since in rows:
        day = text_of(since) or begins.get(text_of(by), "")
        part = "、".join(clauses[text_of(citation)])
        made = Repeal(text_of(title), text_of(number), day, part, tuple(paths[text_of(citation)]), text_of(by))
        found[text_of(policy)].add(made)
    return found


def _several(store: Store, query: str, citations: list[ox.NamedNode]) -> dict[str, list[str]]:
    """The values of each citation, in their order."""
    found: dict[str, list[str]] = defaultdict(list)
    for citation, value in store.select_each(query, "c", citations):
        found[text_of(citation)].append(text_of(value))
    return defaultdict(list, {citation: sorted(values) for citation, values in found.items()})
