"""The authority of bodies as rows and as Turtle (SKOS, ORG): what the tables know of the state and of a place, and one's own file.

A department repeats in every province, city and county, so the tables have patterns of names. For a place these become its bodies;
without one they are shown with ○○ for the place, and are concepts of a scheme of their own in Turtle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from extract.agencies import bodies
from extract.agencies.canonical import TIERS, letter_of
from extract.agencies.own_authority import OwnBody
from extract.agencies.places import full_name, short_name
from extract.models import Setting
from graph import iris, turtle
from graph.literals import chinese, deadline, string
from ontology import authority
from ontology.vocabulary import DATA, concept, term

_SO = "○○"
ANYWHERE = {"P": Setting(f"{_SO}省"), "C": Setting(f"{_SO}省", f"{_SO}市"), "D": Setting(f"{_SO}省", f"{_SO}市", f"{_SO}县")}
"""Stands for all places of a tier."""
SCHEME = ox.NamedNode(DATA + "authority")
PATTERNS = ox.NamedNode(DATA + "authority/patterns")
_TIER_NAMES = {"S": "state", "P": "province", "C": "city", "D": "county"}
_INTRO = """# Government bodies with their names (skos:prefLabel, skos:altLabel), place, tier, kind and successor.
# Change it, or write a file of your own in this form, and name it with --authority-file: its names go before those of the tables.
"""


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """A body, or with ○○ in its name a pattern of bodies. ``own`` where it is from one's own file; dates are months."""

    name: str
    aliases: tuple[str, ...]
    place: str
    tier: str
    kind: str
    since: str
    until: str
    predecessors: tuple[str, ...]
    successor: str
    own: bool = False

    @property
    def pattern(self) -> bool:
        """Does it stand for the bodies of all places of its tier?"""
        return _SO in self.name


def authority_rows(place: Setting | None = None, own: Iterable[OwnBody] = ()) -> list[AuthorityRow]:
    """The bodies of one's own file, of the state, and those of ``place`` or, without one, the patterns of all tiers."""
    where = {letter_of(place): place} if place is not None else ANYWHERE
    mine = [_own(body) for body in own if place is None or body.place in ("", full_name(place))]
    rows = [row for letter in TIERS for row in _of_tier(letter, Setting() if letter == "S" else where.get(letter))]
    named = {row.name for row in mine}
    return _with_predecessors([*mine, *(row for row in rows if row.name not in named)])


def search(rows: Iterable[AuthorityRow], wanted: str) -> list[AuthorityRow]:
    """The rows that a name means or is part of, exact ones first: 发改委, 市发改委, 财政."""
    wanted = "".join(wanted.split())
    bare = wanted[1:] if wanted[:1] in "省市县区" and len(wanted) > 2 else wanted
    found = list(rows)
    exact = [row for row in found if {wanted, bare} & {row.name, row.name.removeprefix(row.place), *row.aliases}]
    return exact or [row for row in found if any(bare in name for name in (row.name, *row.aliases))]


def write_turtle(rows: Sequence[AuthorityRow]) -> Iterator[str]:
    """The rows as Turtle, line for line the same in every run."""
    yield _INTRO
    yield turtle.header()
    yield "\n"
    yield from turtle.blocks(sorted(set(_triples(rows)), key=turtle.order))


def _of_tier(letter: str, setting: Setting | None) -> Iterator[AuthorityRow]:
    """The bodies of the tables at a tier, in their order."""
    if setting is None:
        return
    dates = {(row.name, tier): row for row in authority.bodies() for tier in row.tiers}
    names: dict[str, list[str]] = {}
    kinds: dict[str, str] = {}
    for local in authority.local_names() if letter != "S" else ():  # first: a place's own names go before those of all places
        if local.place == full_name(setting):
            pattern = local.body[1:] if local.body.startswith("=") else "{P}" + local.body
            kinds.setdefault(pattern, local.kind)
            names.setdefault(pattern, []).append(local.alias)
    own = {alias: pattern for pattern, found in names.items() for alias in found}
    for (tier, core), entry in bodies.table().items():
        if tier == letter and own.get(core, entry.pattern) == entry.pattern:
            kinds.setdefault(entry.pattern, entry.kind)
            names.setdefault(entry.pattern, []).extend([] if entry.function else [core])
    claimed = {_filled(pattern, setting): pattern for pattern in names}
    claimed = {name.removeprefix(full_name(setting)): pattern for name, pattern in claimed.items()} | claimed | own
    for pattern, cores in names.items():
        name = _filled(pattern, setting)
        if own.get(name.removeprefix(full_name(setting)), pattern) != pattern:
            continue  # the place has another body of that name
        row_of = dates.get((pattern, letter))
        aliases = {alias for core in cores for alias in _aliases(core, setting) if claimed.setdefault(alias, pattern) == pattern}
        aliases -= {name, name.removeprefix(full_name(setting))}
        yield AuthorityRow(
            name=name,
            aliases=tuple(sorted(aliases, key=lambda alias: (len(alias), alias))),
            place=full_name(setting),
            tier=_TIER_NAMES[letter],
            kind=kinds[pattern],
            since=row_of.since if row_of else "",
            until=row_of.until if row_of else "",
            predecessors=(),
            successor=_filled(row_of.successor, setting) if row_of and row_of.successor else "",
        )


def _filled(pattern: str, setting: Setting) -> str:
    short = _SO if _SO in setting.place else short_name(setting.place)
    return bodies.fill(pattern.replace("{S}", short), setting) if setting.place else pattern


def _aliases(core: str, setting: Setting) -> Iterator[str]:
    """A core as it is written: with the place inside where it has one, with the tier word where 委 alone would begin it."""
    if "{" in core:
        yield _filled(core.replace("{}", "{S}"), setting)
    elif setting.place and core.startswith("委"):
        yield ("自治区党" if setting.place.endswith("自治区") else setting.place[-1]) + core
    elif len(core) > 1:
        yield core


def _own(body: OwnBody) -> AuthorityRow:
    return AuthorityRow(body.name, body.aliases, body.place, body.tier, body.kind, body.since, body.until, (), body.successor, True)


def _with_predecessors(rows: Sequence[AuthorityRow]) -> list[AuthorityRow]:
    """The rows with the bodies that they took over from."""
    before: dict[str, list[str]] = {}
    for row in rows:
        if row.successor:
            before.setdefault(row.successor, []).append(row.name)
    names = {name: tuple(sorted(found)) for name, found in before.items()}
    return [
        AuthorityRow(r.name, r.aliases, r.place, r.tier, r.kind, r.since, r.until, names.get(r.name, ()), r.successor, r.own)
        for r in rows
    ]


def _triples(rows: Sequence[AuthorityRow]) -> Iterator[ox.Triple]:
    for scheme, zh, en in ((SCHEME, "机构名录", "authority of bodies"), (PATTERNS, "机构名称模式", "patterns of names of bodies")):
        if scheme == SCHEME or any(row.pattern for row in rows):
            yield ox.Triple(scheme, term("rdf:type"), term("skos:ConceptScheme"))
            yield ox.Triple(scheme, term("rdfs:label"), chinese(zh))
            yield ox.Triple(scheme, term("rdfs:label"), ox.Literal(en, language="en"))
    for row in rows:
        yield from _body(row)
        yield from _changes(row)


def _body(row: AuthorityRow) -> Iterator[ox.Triple]:
    node = _node(row)
    yield ox.Triple(node, term("rdf:type"), term("skos:Concept" if row.pattern else "org:FormalOrganization"))
    yield ox.Triple(node, term("skos:inScheme"), PATTERNS if row.pattern else SCHEME)
    yield ox.Triple(node, term("skos:prefLabel"), chinese(row.name))
    for alias in row.aliases:
        yield ox.Triple(node, term("skos:altLabel"), chinese(alias))
    if row.place and not row.pattern:
        yield ox.Triple(node, term("zhize:place"), string(row.place))
    yield ox.Triple(node, term("zhize:tier"), concept("tiers", row.tier))
    yield ox.Triple(node, term("org:classification"), concept("kinds", row.kind))


def _node(row: AuthorityRow) -> ox.NamedNode:
    return ox.NamedNode(f"{PATTERNS.value}/{row.tier}/{iris.encoded(row.name)}") if row.pattern else iris.agency_iri(row.name)


def _changes(row: AuthorityRow) -> Iterator[ox.Triple]:
    """The events by which a body began and ended; those of patterns are events of no body."""
    node = _node(row)
    if row.pattern:
        return
    if row.since:
        yield from _event(node.value + "/begin", row.since, None, node)
    if row.until or row.successor:
        yield from _event(node.value + "/end", row.until, node, iris.agency_iri(row.successor) if row.successor else None)


def _event(name: str, month: str, before: ox.NamedNode | None, after: ox.NamedNode | None) -> Iterator[ox.Triple]:
    event = ox.NamedNode(name)
    yield ox.Triple(event, term("rdf:type"), term("org:ChangeEvent"))
    if before is not None:
        yield ox.Triple(event, term("org:originalOrganization"), before)
    if after is not None:
        yield ox.Triple(event, term("org:resultingOrganization"), after)
    day = deadline(month)
    if day is not None:
        yield ox.Triple(event, term("dcterms:date"), day)

