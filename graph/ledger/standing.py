"""The standing of policies on a day: in force, not yet, expired or repealed, by what they say of themselves and each other.

A day before which nothing is stated counts as in force: a document without dates holds until another one repeals it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from graph.cells import text_of
from graph.store import Store
from ontology.vocabulary import concept

Code = Literal["in_force", "pending", "expired", "repealed"]

_DATES = """
SELECT ?policy ?dated ?effective ?expires
WHERE {
  $policy$
  ?policy a zhize:Policy .
  OPTIONAL { ?policy eli:date_document ?dated }
  OPTIONAL { ?policy eli:first_date_entry_in_force ?effective }
  OPTIONAL { ?policy eli:date_no_longer_in_force ?expires }
}"""

_REPEALS = """
SELECT ?policy ?by ?title ?number ?clause ?from
WHERE {
  $relation$
  ?c zhize:relation ?relation ; zhize:resolvedTo ?policy ; zhize:policy ?by .
  ?by rdfs:label ?title .
  OPTIONAL { ?by eli:id_local ?number }
  OPTIONAL { ?c zhize:citedClause ?clause }
  OPTIONAL { ?c zhize:repealedFrom ?from }
}"""


@dataclass(frozen=True, slots=True)
class Repeal:
    """A repeal by another policy. ``day`` is the first day without the repealed document, "" where no date is known.

    ``clause`` names the part that is repealed, "" for the whole document.
    """

    title: str
    number: str
    day: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a policy's validity. Days are ISO dates or ""; ``expires`` is the last day in force."""

    begins: str = ""
    expires: str = ""
    repeals: tuple[Repeal, ...] = ()

    @property
    def repeal(self) -> Repeal | None:
        """The earliest repeal of the whole document; one without a date counts as the earliest."""
        whole = [r for r in self.repeals if not r.clause]
        return min(whole, key=lambda r: (r.day, r.number, r.title)) if whole else None

    def on(self, day: str) -> Code:
        """The standing on ``day`` (ISO). A repeal speaks before an expiry, both before a begin."""
        repeal = self.repeal
        if repeal is not None and repeal.day <= day:
            return "repealed"
        if self.expires and self.expires < day:
            return "expired"
        return "pending" if self.begins > day else "in_force"


def standings(store: Store, policies: Iterable[str] | None = None) -> dict[str, Standing]:
    """The standing of the policies with these IRIs, or of all."""
    wanted = None if policies is None else [ox.NamedNode(iri) for iri in sorted(set(policies))]
    given = {} if wanted is None else {"policy": wanted}
    repeals = _repeals(store, None if wanted is None else {iri.value for iri in wanted})
    found = {}
    for policy, dated, effective, expires in store.select(_DATES, **given):
        iri = text_of(policy)
        several = sorted(repeals.get(iri, ()), key=lambda r: (r.day, r.number, r.title, r.clause))
        found[iri] = Standing(text_of(effective) or text_of(dated), text_of(expires), tuple(several))
    return found


def _repeals(store: Store, wanted: set[str] | None) -> dict[str, set[Repeal]]:
    """The repeals of policies by others; they hold from their own day, or from the one on which the other takes effect."""
    rows = list(store.select(_REPEALS, relation=[concept("relations", "repeals")]))
    rows = [row for row in rows if (wanted is None or text_of(row[0]) in wanted) and row[0] != row[1]]
    begins = {}
    if rows:
        others = {ox.NamedNode(text_of(row[1])) for row in rows}
        for policy, dated, effective, _ in store.select(_DATES, policy=sorted(others, key=lambda node: node.value)):
            begins[text_of(policy)] = text_of(effective) or text_of(dated)
    found: dict[str, set[Repeal]] = defaultdict(set)
    for policy, by, title, number, clause, since in rows:
        day = text_of(since) or begins.get(text_of(by), "")
        found[text_of(policy)].add(Repeal(text_of(title), text_of(number), day, text_of(clause)))
    return found
