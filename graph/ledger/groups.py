"""The groups that an agency belongs to: by their words (各县区人民政府), or because a document lists its members."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graph.bodies import agencies_of, settings
from graph.cells import text_of
from graph.rows import AgencyRow
from graph.store import Store
from ontology.vocabulary import concept

_GROUPS = "SELECT DISTINCT ?agency WHERE { $kind$ ?agency org:classification ?kind . ?d odrl:assignee ?agency }"
_LISTS = """
SELECT ?text ?heading
WHERE { ?clause zhize:text ?text FILTER(CONTAINS(?text, "成员单位")) OPTIONAL { ?clause zhize:heading ?heading } }"""
_MEMBERS = re.compile(r"(?:主要)?成员单位$")
_LIST = re.compile(r"成员单位(?:主要)?(?:包括|包含|有|由|为|[：:])(?P<list>[^。；;\n]{2,600})")
_ZONES = re.compile(r"管委会$")


@dataclass(frozen=True, slots=True)
class GroupRule:
    """A row of groups.tsv; see its head."""

    scope: str
    member: str
    tiers: tuple[str, ...]
    group: str
    member_example: str
    other: str

    def fits(self, words: str, agency: AgencyRow) -> bool:
        """Whether ``words`` (the group's name after its place) mean ``agency``."""
        rest = agency.name.removeprefix(agency.place)
        if self.member != "same":
            if agency.kind != "government" or not rest.endswith(self.member):
                return False
            rest = self.member
        if agency.tier not in self.tiers or not rest or not words.endswith(rest):
            return False
        scope = words.removesuffix(rest)
        if not re.fullmatch(self.scope, scope):
            return False
        letters = set(re.findall("[县区旗市]", scope)) if agency.tier == "county" and self.member == "same" else set()
        return not letters or agency.place[-1:] in letters


@cache
def group_rules() -> tuple[GroupRule, ...]:
    """The rows of the table."""
    lines = (files(__package__) / "groups.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return tuple(GroupRule(scope, member, tuple(tiers.split(",")), *rest) for scope, member, tiers, *rest in rows)


def belongs(agency: AgencyRow, name: str, place: str, province: str = "") -> bool:
    """Whether the group called ``name`` of ``place`` means ``agency``, whose city lies in ``province``, by its words."""
    if not (agency.place.startswith(place) or place == province) or not name.startswith(place + "各"):
        return False
    words = _ZONES.sub("管理委员会", name.removeprefix(place))
    return any(rule.fits(words, agency) for rule in group_rules())


class Groups:
    """The groups of a store that bear duties."""

    def __init__(self, store: Store) -> None:
        found = [text_of(iri) for (iri,) in store.select(_GROUPS, kind=[concept("kinds", "group")])]
        self.store = store
        self.rows = sorted(agencies_of(store, found), key=lambda g: g.name) if found else []
        self._cities = {setting.city: setting.province for setting in settings(store) if setting.city}
        self._stated: dict[str, frozenset[str]] | None = None

    def of(self, agency: AgencyRow) -> list[AgencyRow]:
        """The groups that ``agency`` belongs to, in the order of their names."""
        if agency.kind in ("group", "unnamed"):
            return []
        province = next((province for city, province in self._cities.items() if agency.place.startswith(city)), "")
        return [g for g in self.rows if belongs(agency, g.name, g.place, province) or agency.name in self.stated.get(g.name, ())]

    @property
    def stated(self) -> dict[str, frozenset[str]]:
        """Groups of members (…领导小组成员单位) whose members a document lists, with the members' names."""
        if self._stated is None:
            bodies = [g for g in self.rows if _MEMBERS.search(g.name)]
            self._stated = {g.name: members for g, members in _stated(self.store, bodies)} if bodies else {}
        return self._stated


def _stated(store: Store, groups: Sequence[AgencyRow]) -> Iterator[tuple[AgencyRow, frozenset[str]]]:
    """The listed members of each group: read where a clause names the body and lists its 成员单位."""
    from extract.agencies.mentions import find_units  # late: only a ledger with groups needs the tables of names
    from extract.agencies.places import full_name

    texts = [(text_of(text), text_of(heading)) for text, heading in store.select(_LISTS)]
    places = {full_name(setting): setting for setting in settings(store)}
    for group in groups:
        body = _MEMBERS.sub("", group.name.removeprefix(group.place))
        if not body or group.place not in places:
            continue
        members = set()
        for text, heading in texts:
            if body not in text and body not in heading:
                continue
            for found in _LIST.finditer(text):
                units = find_units(text, *found.span("list"), places[group.place])
                members |= {unit.agency.name for unit in units if unit.agency.kind != "unnamed"}
        if members:
            yield group, frozenset(members)


def members_named(store: Store, name: str, city: str = "") -> list[AgencyRow]:
    """The bodies that ``name`` means and that no document names, though a group with duties holds them (a county government).

    ``city`` is text that their place must hold.
    """
    from extract.agencies.canonical import canonical  # late, as above
    from graph.iris import agency_iri

    groups = Groups(store)
    found: dict[str, AgencyRow] = {}
    for setting in settings(store):
        body = canonical(name, setting)
        row = AgencyRow(agency_iri(body.name).value, body.name, body.place, body.tier, body.kind, body.known, 0, 0, 0, 0, 0)
        if body.known and city in body.place and groups.of(row):
            found[body.name] = row
    return list(found.values())
