"""The state of a graph on a day: only what is in force on it, counted on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pyoxigraph as ox

from graph import answers
from graph.bodies import bodies
from graph.cells import code_of, int_of, text_of
from graph.rows import AgencyRow, LinkRow, PolicyRow, TargetRow
from graph.standing import Life, Standing, lives
from graph.store import Store
from ontology.vocabulary import term

_BEARERS = """
SELECT ?agency ?role ?policy (COUNT(?d) AS ?duties)
WHERE { ?d odrl:assignee ?agency ; zhize:role ?role ; zhize:policy ?policy }
GROUP BY ?agency ?role ?policy"""
_CLAUSES = """
SELECT ?kind ?agency ?role ?path
WHERE {
  $policy$ $kind$
  ?d zhize:policy ?policy ; a ?kind ; zhize:statedIn ?clause . ?clause zhize:path ?path .
  OPTIONAL { ?d odrl:assignee ?agency ; zhize:role ?role }
}"""


@dataclass(frozen=True)
class OnDay:
    """What holds in ``store`` on ``day`` (ISO); ``lives`` are those of its policies by IRI."""

    store: Store
    day: str
    lives: dict[str, Life]

    def standing(self, policy: str, clause: str = "") -> Standing:
        """The standing of a policy (IRI), or of what stands under a path of it; unknown where its text is not in the store."""
        life = self.lives.get(policy, Life(held=False))
        return (life.of(clause) if clause else life).on(self.day)

    def holds(self, policy: str, clause: str = "") -> bool:
        """Whether it is in force."""
        return self.standing(policy, clause).state == "in_force"

    def agencies(self, city: str | None = None) -> list[AgencyRow]:
        """The agencies that bear duties in force, with the numbers of these, the busiest first; ``city`` as in graph.bodies."""
        load: dict[str, Counter[str]] = defaultdict(Counter)
        spread: dict[str, Counter[str]] = defaultdict(Counter)
        for agency, role, policy, count in self.store.select(_BEARERS):
            if self.holds(text_of(policy)):
                load[text_of(agency)][code_of(role)] += int_of(count)
                spread[text_of(agency)][text_of(policy)] += int_of(count)
        for iri, bearer, part in self._ended("zhize:Duty"):
            load[bearer][part] -= 1
            spread[bearer][iri] -= 1
        rows = []
        for row in bodies(self.store):
            roles = load[row.iri]
            if roles.total() and (not city or city in row.place):
                policies = sum(count > 0 for count in spread[row.iri].values())
                rows.append(replace(row, duties=roles.total(), lead=roles["lead"], responsible=roles["responsible"],
                                    support=roles["support"], policies=policies))  # fmt: skip
        return sorted(rows, key=lambda r: (-r.duties, -r.lead, r.name))

    def policies(self) -> list[PolicyRow]:
        """The policies in force, with the numbers of what still holds of them; those that are only cited are left out."""
        gone = {kind: Counter(policy for policy, _, _ in self._ended(kind)) for kind in ("zhize:Duty", "zhize:Figure")}
        rows = [p for p in answers.policies(self.store) if p.resolved and self.holds(p.iri)]
        return [
            replace(p, duties=p.duties - gone["zhize:Duty"][p.iri], targets=p.targets - gone["zhize:Figure"][p.iri]) for p in rows
        ]

    def links(self, rows: Iterable[LinkRow], dated: dict[str, str]) -> list[LinkRow]:
        """Those citations that had been made by the day: of documents dated (``dated``, by IRI) on it or before, or not dated."""
        return [row for row in rows if dated.get(row.policy, "") <= self.day]

    def targets(self, rows: Iterable[TargetRow]) -> list[TargetRow]:
        """Those of ``rows`` that are in force."""
        return [row for row in rows if self.holds(row.policy, row.clause)]

    def _ended(self, kind: str) -> list[tuple[str, str, str]]:
        """The facts of a class that have ended though their policy holds: policy, agency and role."""
        found = []
        for iri, life in self.lives.items():
            if self.holds(iri) and any(repeal.paths and repeal.day <= self.day for repeal in life.repeals):
                for _, agency, role, path in self.store.select(_CLAUSES, policy=[ox.NamedNode(iri)], kind=[term(kind)]):
                    if not self.holds(iri, text_of(path)):
                        found.append((iri, text_of(agency), code_of(role)))
        return found


def on_day(store: Store, day: str) -> OnDay:
    """The state of ``store`` on ``day`` (ISO)."""
    return OnDay(store, day, lives(store))
