"""Which bodies an agency took over from and which took over from it, as the derived graph says.

An agency keeps the name that its documents give it, on every day: that name is what they say. What it was before and what it has
become by a day is shown beside the name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from graph.bodies import agencies_of, readings
from graph.cells import text_of
from graph.rows import AgencyRow
from graph.store import Store

_ABSENT = "SELECT ?name ?body WHERE { ?body a org:Organization ; skos:prefLabel ?name }"
_CHANGES = """
SELECT ?old ?oldName ?new ?newName ?since
WHERE {
  ?event a org:ChangeEvent ; dcterms:date ?since ; org:originalOrganization ?old ; org:resultingOrganization ?new .
  ?old skos:prefLabel ?oldName . ?new skos:prefLabel ?newName .
}"""


@dataclass(frozen=True, slots=True)
class Relative:
    """A body before or after another (IRI and name); ``since`` is the month (YYYY-MM) of the change."""

    iri: str
    name: str
    since: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """The bodies that an agency took over from (``before``) and that took over from it (``after``), the nearest of each."""

    before: tuple[Relative, ...] = ()
    after: tuple[Relative, ...] = ()

    def by(self, day: str) -> Lineage:
        """As on ``day`` (ISO): without what came later; a predecessor that was still there stays, with its month."""
        return Lineage(self.before, tuple(r for r in self.after if r.since <= day)) if day else self


def lineages(store: Store) -> dict[str, Lineage]:
    """The lineage of each body of the graph that has one, by IRI."""
    before: dict[str, set[Relative]] = defaultdict(set)
    after: dict[str, set[Relative]] = defaultdict(set)
    for old, old_name, new, new_name, since in store.select(_CHANGES):
        before[text_of(new)].add(Relative(text_of(old), text_of(old_name), text_of(since)))
        after[text_of(old)].add(Relative(text_of(new), text_of(new_name), text_of(since)))
    return {iri: Lineage(_ordered(before[iri]), _ordered(after[iri])) for iri in sorted({*before, *after})}


def kin_of_absent(store: Store, name: str) -> list[AgencyRow]:
    """The agencies with duties before or after a body that ``name`` means and that no document names."""
    absent = {text_of(official): text_of(body) for official, body in store.select(_ABSENT)}
    wanted = "".join(name.split())
    meant = [wanted] if wanted in absent else [body for body in readings(store, wanted) if body in absent] if absent else []
    known = lineages(store) if meant else {}
    found = list(dict.fromkeys(relative.iri for body in meant for relative in kin(known, absent[body])))
    return [row for row in agencies_of(store, found) if row.duties] if found else []


def _ordered(relatives: set[Relative]) -> tuple[Relative, ...]:
    return tuple(sorted(relatives, key=lambda r: (r.since, r.name)))


def kin(known: dict[str, Lineage], iri: str) -> Iterator[Relative]:
    """All bodies before and after one, through every change, the nearest first."""
    seen, left = {iri}, [iri]
    while left:
        lineage = known.get(left.pop(0), Lineage())
        for relative in (*lineage.before, *lineage.after):
            if relative.iri not in seen:
                seen.add(relative.iri)
                left.append(relative.iri)
                yield relative
