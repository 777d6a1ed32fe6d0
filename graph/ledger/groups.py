"""The groups that an agency belongs to: by their words (各县区人民政府), or because a document lists their members (领导小组).

What a leading group or its 成员单位 are to do reaches those that a document lists; a short form (市指挥部, 各成员单位) means
the group only in the document that gives it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graph.bodies import agencies_of, settings
from graph.cells import text_of
from graph.rows import AgencyRow
from graph.store import Store
from ontology.vocabulary import concept

_LISTED = """
SELECT ?policy ?group ?member ?short
WHERE {
  ?m a org:Membership ; zhize:policy ?policy ; org:organization/skos:prefLabel ?group ; org:member/skos:prefLabel ?member .
  OPTIONAL { ?m zhize:shortName ?short }
}"""
_GROUPS = "SELECT DISTINCT ?agency WHERE { $kind$ ?agency org:classification ?kind }"
_MEMBERS = ("成员单位", "主要成员单位", "各成员单位")
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
    """The groups of a store that bear duties (``rows``), and who belongs to them."""

    def __init__(self, store: Store) -> None:
        kinds = [concept("kinds", kind) for kind in ("group", "office")]
        found = [text_of(iri) for (iri,) in store.select(_GROUPS, kind=kinds)]
        known = sorted(agencies_of(store, found), key=lambda g: g.name) if found else []
        self.rows = [row for row in known if row.duties]
        self._cities = {setting.city: setting.province for setting in settings(store) if setting.city}
        self._row = {row.name: row for row in self.rows}
        self._of_place: dict[str, list[AgencyRow]] = defaultdict(list)
        for row in known:  # 各县区政府 may be a member though it bears no duty itself
            self._of_place[row.place].append(row)
        self._whole: dict[str, set[str]] = defaultdict(set)
        self._here: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._read(store)

    def _read(self, store: Store) -> None:
        """The names under which each member of a listed group bears duties: everywhere, and in one policy alone."""
        listed: dict[str, set[str]] = defaultdict(set)
        members: dict[str, set[str]] = defaultdict(set)
        for row in store.select(_LISTED):
            policy, group, member, short = map(text_of, row)
            self._whole[member].update(_forms(group))
            self._here[member].update((form, policy) for form in _forms(short))
            listed[policy].add(group)
            members[policy].add(member)
        for policy, groups in listed.items():
            if len(groups) == 1:  # 各成员单位 are then those of the one group that it lists
                for member in members[policy]:
                    self._here[member].add(("", policy))

    def of(self, agency: AgencyRow) -> list[AgencyRow]:
        """The groups that ``agency`` belongs to wherever they are named, in the order of their names."""
        if agency.kind in ("group", "unnamed"):
            return []
        names = self._names(agency)
        wanted = names.union(*(self._whole[name] for name in names if name in self._whole)) - {agency.name}
        return [self._row[name] for name in sorted(wanted & self._row.keys())]

    def here(self, agency: AgencyRow) -> list[tuple[AgencyRow, str]]:
        """The groups that ``agency`` belongs to by what one policy calls them, with the IRI of that policy."""
        if agency.kind in ("group", "unnamed") or not self._here:
            return []
        found: set[tuple[str, str]] = set()
        for name in self._names(agency):
            for form, policy in self._here.get(name, ()):
                found.update((row.name, policy) for row in self._called(form) if row.name != agency.name)
        return [(self._row[name], policy) for name, policy in sorted(found)]

    def _called(self, form: str) -> list[AgencyRow]:
        if form:
            return [self._row[form]] if form in self._row else []
        return [row for row in self.rows if row.name == f"{row.place}各成员单位"]

    def _names(self, agency: AgencyRow) -> set[str]:
        """The agency's own name, and those of the groups that mean it by their words."""
        province = next((province for city, province in self._cities.items() if agency.place.startswith(city)), "")
        places = {agency.place[:length] for length in range(len(agency.place) + 1)} | {province}
        near = [group for place in places for group in self._of_place.get(place, ())]
        return {agency.name} | {g.name for g in near if belongs(agency, g.name, g.place, province)}


def _forms(name: str) -> tuple[str, ...]:
    """The names under which the members of a group bear duties: its own, and that of its 成员单位."""
    return (name, *(name + ending for ending in _MEMBERS)) if name else ()


def members_named(store: Store, name: str, city: str = "") -> list[AgencyRow]:
    """The bodies that ``name`` means and that no document names, though a group with duties holds them (a county government).

    ``city`` is text that their place must hold.
    """
    from extract.agencies import canonical  # late, as above
    from graph.iris import agency_iri

    groups = Groups(store)
    found: dict[str, AgencyRow] = {}
    for setting in settings(store):
        body = canonical(name, setting)
        row = AgencyRow(agency_iri(body.name).value, body.name, body.place, body.tier, body.kind, body.known, 0, 0, 0, 0, 0)
        if body.known and city in body.place and groups.of(row):
            found[body.name] = row
    return list(found.values())
