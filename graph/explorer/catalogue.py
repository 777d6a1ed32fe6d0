"""What the pages know of a graph by heart: its policies in their order, its agencies with their loads, and how much there is.

Read once for each published graph and kept; everything else is asked for the rows of one page. On a million duties (100,000
policies, 4,900 agencies) the server reads this in the background when it starts. Each property is a subselect of its own: so the
engine joins two scans by a table instead of looking up each of a hundred thousand things in turn, which takes five times as long.
"""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph import bodies
from graph.cells import code_of, int_of, text_of
from graph.explorer.kept import Kept
from graph.iris import number_key, title_key
from graph.rows import AgencyRow
from graph.store import Store, Value
from ontology.vocabulary import DATA

_HEADS = """
SELECT ?policy ?title ?number ?dated ?place
WHERE {
  { SELECT ?policy WHERE { ?policy a zhize:Policy } }
  { SELECT ?policy ?title WHERE { ?policy rdfs:label ?title } }
  OPTIONAL { SELECT ?policy ?number WHERE { ?policy eli:id_local ?number } }
  OPTIONAL { SELECT ?policy ?dated WHERE { ?policy eli:date_document ?dated } }
  OPTIONAL { SELECT ?policy ?place WHERE { ?policy zhize:place ?place } }
}"""
_GENRES = "SELECT ?policy ?code WHERE { ?kind skos:inScheme zhize:genres ; skos:notation ?code . ?policy eli:type_document ?kind }"
_STANCES = """
SELECT ?policy ?begins ?last ?end
WHERE {
  { SELECT ?policy WHERE { ?policy a zhize:Policy } }
  OPTIONAL { SELECT ?policy ?begins WHERE { ?policy zhize:holdsFrom ?begins } }
  OPTIONAL { SELECT ?policy ?last WHERE { ?policy zhize:holdsUntil ?last } }
  OPTIONAL { SELECT ?policy ?end WHERE { ?policy zhize:endKind ?end } }
}"""
_SIZES = {
    "duties": """
SELECT ?policy ?n
WHERE { { SELECT ?policy WHERE { ?policy a zhize:Policy } } { SELECT ?policy ?n WHERE { ?policy zhize:duties ?n } } }""",
    "figures": "SELECT ?policy (COUNT(?x) AS ?n) WHERE { ?policy zhize:hasFigure ?x } GROUP BY ?policy",
    "named": """
SELECT ?policy (COUNT(?x) AS ?n)
WHERE { { SELECT ?policy ?x WHERE { ?policy zhize:hasFigure ?x } } { SELECT ?x WHERE { ?x zhize:indicator ?name } } }
GROUP BY ?policy""",
    "citations": "SELECT ?policy (COUNT(?x) AS ?n) WHERE { ?policy zhize:hasCitation ?x } GROUP BY ?policy",
}
_KINDS = {"duties": "a zhize:Duty", "figures": "a zhize:Figure", "named": "a zhize:Figure ; zhize:indicator ?name",
          "citations": "a zhize:Citation"}  # fmt: skip
_COUNTED = "SELECT ?policy (COUNT(?x) AS ?n) WHERE { ?x $kind ; zhize:policy ?policy } GROUP BY ?policy"
_HAS_COUNTS = "SELECT ?load WHERE { ?load a zhize:Load } LIMIT 1"
_PARTLY = """
SELECT DISTINCT ?policy
WHERE { ?c zhize:relation zhize:relation-repeals ; zhize:citedClause ?part ; zhize:resolvedTo ?policy . ?policy a zhize:Policy }"""
_LOADS = """
SELECT ?agency ?role (SUM(?n) AS ?duties)
WHERE {
  { SELECT ?load ?agency WHERE { ?load zhize:ofAgency ?agency } }
  { SELECT ?load ?role WHERE { ?load zhize:ofRole ?role } }
  { SELECT ?load ?n WHERE { ?load zhize:duties ?n } }
}
GROUP BY ?agency ?role"""
_SPREAD = "SELECT ?agency ?n WHERE { ?agency a org:FormalOrganization ; zhize:policies ?n }"
_SPREAD_COUNTED = """
SELECT ?agency (COUNT(DISTINCT ?policy) AS ?n)
WHERE { { SELECT ?d ?agency WHERE { ?d odrl:assignee ?agency } } { SELECT ?d ?policy WHERE { ?d zhize:policy ?policy } } }
GROUP BY ?agency"""
_MONTHS = """
SELECT ?month (SUM(?n) AS ?duties)
WHERE { { SELECT ?docket ?month WHERE { ?docket zhize:inMonth ?month } } { SELECT ?docket ?n WHERE { ?docket zhize:duties ?n } } }
GROUP BY ?month"""
_INDICATORS = "SELECT ?name (COUNT(?figure) AS ?n) WHERE { ?figure zhize:indicator ?name } GROUP BY ?name"
_ROLES = "SELECT ?role (COUNT(?d) AS ?n) WHERE { ?d zhize:role ?role } GROUP BY ?role"
_TOTALS = {
    "policies": "SELECT (COUNT(?x) AS ?n) WHERE { ?x a zhize:Policy }",
    "duties": "SELECT (COUNT(?x) AS ?n) WHERE { ?x a zhize:Duty }",
    "targets": "SELECT (COUNT(?x) AS ?n) WHERE { ?x zhize:indicator ?name }",
    "citations": "SELECT (COUNT(?x) AS ?n) WHERE { ?x a zhize:Citation }",
    "review": "SELECT (COUNT(?x) AS ?n) WHERE { ?x a zhize:Note }",
    "dated": "SELECT (COUNT(?x) AS ?n) WHERE { ?docket zhize:holds ?x }",
}


@dataclass(frozen=True, slots=True)
class Head:
    """A document in the graph; ``dated`` is its 成文日期 (ISO) or ""."""

    iri: str
    title: str
    number: str
    dated: str
    place: str


@dataclass(frozen=True, slots=True)
class Stance:
    """The first and the last day (ISO) on which a document holds, and the code of how it ends; "" where there is none."""

    begins: str
    last: str
    ended: str

    def on(self, day: str) -> str:
        """The code of its standing on ``day`` (ISO), as :meth:`graph.standing.Life.on` gives it."""
        if self.ended and (not self.last or self.last < day):
            return self.ended
        return "pending" if self.begins > day else "in_force"


@dataclass(frozen=True)
class Entries:
    """The documents of the graph, the newest first, then by number, title and IRI; ``at`` says where each stands."""

    heads: tuple[Head, ...]
    at: Mapping[str, int]

    def __getitem__(self, iri: str) -> Head:
        return self.heads[self.at[iri]]


def _entries(store: Store) -> Entries:
    """The documents of the graph."""
    same: dict[str, str] = {}  # a date or place is one text in memory, however many policies have it
    found: dict[str, Head] = {}
    for policy, title, number, dated, place in store.select(_HEADS):
        day, where = (same.setdefault(text, text) for text in (text_of(dated), text_of(place)))
        found[policy.value] = Head(policy.value, text_of(title), text_of(number), day, where)  # type: ignore[union-attr]
    heads = sorted(found.values(), key=lambda h: (h.number, h.title, h.iri))
    heads.sort(key=lambda h: h.dated, reverse=True)
    return Entries(tuple(heads), {head.iri: at for at, head in enumerate(heads)})


def _sizes(store: Store, of: str) -> array[int]:
    """How many things of a kind each document holds, in the order of the entries."""
    at = entries(store).at
    found = array("I", bytes(4 * len(at)))
    query = _SIZES[of] if has_counts(store) else _COUNTED.replace("$kind", _KINDS[of])
    for policy, n in store.select(query):
        if (place := at.get(text_of(policy))) is not None:
            found[place] = int_of(n)
    return found


def _genres(store: Store) -> tuple[str, ...]:
    """The genres of the documents (codes, "" without), in the order of the entries."""
    at = entries(store).at
    found = [""] * len(at)
    for policy, code in store.select(_GENRES):
        if (place := at.get(text_of(policy))) is not None:
            found[place] = sys.intern(text_of(code))
    return tuple(found)


def _stances(store: Store) -> tuple[Stance, ...]:
    """When the documents hold, in the order of the entries."""
    at = entries(store).at
    found = [Stance("", "", "")] * len(at)
    for policy, begins, last, end in store.select(_STANCES):
        found[at[text_of(policy)]] = Stance(sys.intern(text_of(begins)), sys.intern(text_of(last)), code_of(end))
    return tuple(found)


def has_counts(store: Store) -> bool:
    """Whether the graph has counts to be read; without, everything is counted."""
    return next(store.select(_HAS_COUNTS), None) is not None


def _agencies(store: Store) -> tuple[AgencyRow, ...]:
    """The agencies that bear duties, the busiest first, as :func:`graph.bodies.agencies` gives them."""
    if not has_counts(store):
        return tuple(bodies.agencies(store))
    load: dict[str, dict[str, int]] = defaultdict(dict)
    for agency, role, n in store.select(_LOADS):
        load[text_of(agency)][code_of(role)] = int_of(n)
    spread = _pairs(store.select(_SPREAD)) or _pairs(store.select(_SPREAD_COUNTED))  # a graph of before has no such count
    rows = [
        replace(row, duties=sum(roles.values()), lead=roles.get("lead", 0), responsible=roles.get("responsible", 0),
                support=roles.get("support", 0), policies=spread.get(row.iri, 0))
        for row in bodies.bodies(store) if (roles := load.get(row.iri))
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda r: (-r.duties, -r.lead, r.name)))


def _pairs(rows: Iterable[tuple[Value | None, ...]]) -> dict[str, int]:
    return {text_of(name): int_of(n) for name, n in rows}


def _months(store: Store) -> tuple[tuple[str, int], ...]:
    """The months in which duties fall due, in their order, with how many."""
    return tuple(sorted(_pairs(store.select(_MONTHS)).items()))


def _indicators(store: Store) -> tuple[tuple[str, int], ...]:
    """The names of indicators in their order, with how many figures have each."""
    return tuple(sorted(_pairs(store.select(_INDICATORS)).items()))


def _totals(store: Store) -> Mapping[str, int]:
    """How many policies, duties, targets (figures with a name), citations and notes (review) there are, and duties with a day."""
    return {name: int_of(next(store.select(query))[0]) for name, query in _TOTALS.items()}


def _roles(store: Store) -> Mapping[str, int]:
    """How many duties there are of each role."""
    return {code_of(role): int_of(n) for role, n in store.select(_ROLES)}


def _keys(store: Store) -> tuple[tuple[str, str], ...]:
    """What titles and numbers are searched by, in the order of the entries."""
    return tuple((title_key(h.title)[2:], number_key(h.number)[2:] if h.number else "") for h in entries(store).heads)


names = Kept(bodies.names_of)
places = Kept(bodies.settings)
entries = Kept(_entries)
duties_in = Kept(lambda store: _sizes(store, "duties"))
figures_in = Kept(lambda store: _sizes(store, "figures"))
named_in = Kept(lambda store: _sizes(store, "named"))
citations_in = Kept(lambda store: _sizes(store, "citations"))
genres = Kept(_genres)
stances = Kept(_stances)
agencies = Kept(_agencies)
months = Kept(_months)
indicators = Kept(_indicators)
totals = Kept(_totals)
roles = Kept(_roles)
keys = Kept(_keys)
partly = Kept(lambda store: frozenset(text_of(policy) for (policy,) in store.select(_PARTLY)))


def agency_rows(store: Store, wanted: Iterable[str]) -> list[AgencyRow]:
    """The agencies with these IRIs, in their order; those without duties are asked for."""
    listed = list(wanted)
    known = _by_iri(store)
    absent = [iri for iri in listed if iri not in known]
    others = {row.iri: row for row in bodies.agencies_of(store, absent)} if absent else {}
    return [row for iri in listed if (row := known.get(iri) or others.get(iri))]


_by_iri = Kept(lambda store: {row.iri: row for row in agencies(store)})


def find_agencies(store: Store, name: str) -> list[AgencyRow]:
    """As :func:`graph.bodies.find_agencies`, with loads that are read, not counted."""
    meant = [name] if name.startswith(DATA) else bodies.agencies_meant(name, names(store), lambda: places(store))
    return sorted(agency_rows(store, meant), key=lambda r: (-r.duties, -r.lead, r.name))


def prepare(store: Store) -> None:
    """Read all of it, so that no page has to: first what the first page shows."""
    parts = (totals, agencies, names, places, months, entries, duties_in, roles, figures_in, named_in, indicators, citations_in,
             genres, stances, partly, keys)  # fmt: skip
    for part in parts:
        part(store)
