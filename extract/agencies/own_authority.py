"""An authority of one's own: bodies that the shipped tables do not have, or names that only one's own documents use, in Turtle.

A file names bodies as SKOS and ORG do, in the form in which ``zhize agencies --authority -o authority.ttl`` writes them::

    <https://w3id.org/zhize/id/agency/数据局> a org:FormalOrganization ;
        skos:prefLabel "云陵市大数据和数字经济局"@zh ;
        skos:altLabel "数据局"@zh, "市数据经济局"@zh ;
        zhize:place "云陵市" ;                                # missing: a body of the state
        zhize:tier zhize:tier-city ;                          # missing: that of the place
        org:classification zhize:kind-department .            # missing: department

Another name of the body is a ``skos:altLabel`` or ``skos:hiddenLabel``, with or without its place (市数据局, 数据局). Its names go
before those of the tables. What took over from it stands in an ``org:ChangeEvent`` with ``org:originalOrganization``,
``org:resultingOrganization`` and ``dcterms:date``; it is kept and shown, and decides nothing. :func:`use` puts a file into force
for the whole process; the heads of policies then carry its hash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import unquote

import pyoxigraph as ox

from extract.agencies import bodies
from extract.agencies.places import full_name, read_place
from extract.errors import ZhizeError
from extract.models import Agency, PolicyRecord, Setting, Tier
from ontology.vocabulary import DATA, PREFIXES, codes, declared, expand, find_concept

MAX_BYTES = 20_000_000  # some 50,000 bodies
_LABELS = ("skos:altLabel", "skos:hiddenLabel")
_SKOS = {
    "prefLabel", "altLabel", "hiddenLabel", "inScheme", "topConceptOf", "hasTopConcept", "notation", "note", "scopeNote",
    "definition", "example", "historyNote", "editorialNote", "changeNote", "broader", "narrower", "related", "exactMatch",
    "closeMatch", "broadMatch", "narrowMatch", "relatedMatch", "mappingRelation", "semanticRelation",
}  # fmt: skip
_TIER_WORD = re.compile(r"(?:本|我|全)?(?:(自治区|省)|(自治州|市|州|盟)|(自治县|县|区|旗))(?=.)")
_TIERS: tuple[Tier, ...] = ("province", "city", "county")
_LETTERS = {"state": "S", "province": "P", "city": "C", "county": "D"}
Cached = TypeVar("Cached", bound=Callable[..., object])


class AuthorityError(ZhizeError):
    """The file cannot be read, or says something that is no body. ``line`` counts from 1, 0 where it is unknown."""

    def __init__(self, path: Path, what: str, line: int = 0) -> None:
        self.path, self.line = path, line
        where = f"{path}, line {line}" if line else f"{path}"
        super().__init__(f"{where}: {what}.", "Correct the file, or name none: --authority-file ''.")


@dataclass(frozen=True, slots=True)
class OwnBody:
    """A body of the file. ``place`` is as it stands before names (云陵市青溪县), "" for the state; ``aliases`` as they are written.

    ``since`` and ``until`` are the dates of its change events, as written; ``successor`` is the body that took over.
    """

    name: str
    aliases: tuple[str, ...] = ()
    place: str = ""
    tier: Tier = "state"
    kind: str = "department"
    since: str = ""
    until: str = ""
    successor: str = ""


@dataclass(frozen=True, slots=True)
class OwnAuthority:
    """The bodies of a file in the order of their names, and the SHA-256 of its bytes."""

    bodies: tuple[OwnBody, ...]
    sha256: str
    by_name: Mapping[str, OwnBody] = field(default_factory=dict)
    by_place: Mapping[tuple[str, str], OwnBody] = field(default_factory=dict)

    def find(self, core: str, setting: Setting, home: Setting) -> OwnBody | None:
        """The body that a name means in a document of ``setting``; ``home`` is the place whose bodies elided names mean."""
        if core in self.by_name:
            return self.by_name[core]
        read = read_place(core, setting)
        if read is not None and read.length < len(core):
            return self.by_place.get((full_name(read.setting), core[read.length :]))
        tier = _TIER_WORD.match(core)
        if tier is not None:
            place = _place_at(setting, _TIERS[cast(int, tier.lastindex) - 1])
            found = self.by_place.get((place, core[tier.end() :])) if place else None
            if found is not None:
                return found
        return self._bare(core, home)

    def _bare(self, core: str, home: Setting) -> OwnBody | None:
        """A name without place or tier word: of the document's own place; where the tables have none there, of one above it."""
        found = self.by_place.get((full_name(home), core))
        if found is None and bodies.lookup(_LETTERS[home.tier], core) is None:
            above = [place for tier in reversed(_TIERS) if (place := _place_at(home, tier))]
            found = next((self.by_place[place, core] for place in (*above, "") if (place, core) in self.by_place), None)
        return found


_current: list[OwnAuthority] = []  # the one in force, if any
_caches: list[Callable[[], None]] = []


def use(own: OwnAuthority | None) -> None:
    """Put an authority into force, or none. What was remembered about names is forgotten."""
    if (own.sha256 if own else "") == in_force():
        return
    _current[:] = [own] if own is not None else []
    for clear in _caches:
        clear()


def in_force() -> str:
    """The SHA-256 of the file in force, "" where there is none."""
    return _current[0].sha256 if _current else ""


def bodies_in_force() -> tuple[OwnBody, ...]:
    """The bodies of the file in force."""
    return _current[0].bodies if _current else ()


def forgets(function: Cached) -> Cached:
    """Marks a cached function whose answers depend on the authority in force."""
    _caches.append(function.cache_clear)  # type: ignore[attr-defined]
    return function


def find_own(core: str, setting: Setting, home: Setting) -> Agency | None:
    """The body of the authority in force that a name means, or None."""
    found = _current[0].find(core, setting, home) if _current else None
    return None if found is None else Agency(found.name, found.place, found.tier, found.kind)


def own_names() -> frozenset[str]:
    """Names that stand in prose: whole ones, and those without their place."""
    if not _current:
        return frozenset()
    own = _current[0]
    return frozenset(name for name in (*own.by_name, *(alias for _, alias in own.by_place)) if len(name) > 1)


def stamped(head: PolicyRecord) -> PolicyRecord:
    """The head of a policy with the hash of the authority that its names were read by."""
    return replace(head, authority=in_force()) if _current else head


def read_authority(path: Path) -> OwnAuthority:
    """The bodies of a Turtle file. Raises AuthorityError with the line or the body where something is wrong."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise AuthorityError(path, f"the file has more than {MAX_BYTES:,} bytes")
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise AuthorityError(path, f"the file cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise AuthorityError(path, "the file is not UTF-8") from error
    try:
        quads = list(ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=DATA))
    except SyntaxError as error:
        raise AuthorityError(path, f"this is not Turtle: {str(error.msg).strip().rstrip('.')}", error.lineno or 0) from error
    except ValueError as error:
        raise AuthorityError(path, f"this is not Turtle: {error}") from error
    return _Reader(path, text, quads).authority(hashlib.sha256(data).hexdigest())


class _Reader:
    """Reads the statements of a file body by body."""

    def __init__(self, path: Path, text: str, quads: Iterable[ox.Quad]) -> None:
        self._path, self._text = path, text
        self._said: dict[str, dict[str, list[object]]] = {}
        for quad in quads:
            self._said.setdefault(str(quad.subject), {}).setdefault(quad.predicate.value, []).append(quad.object)

    def authority(self, sha256: str) -> OwnAuthority:
        """All bodies, with the tables by which names find them."""
        read = []
        for subject, said in self._said.items():
            self._known_terms(subject, said)
            if ox.NamedNode(expand("org:FormalOrganization")) in said.get(expand("rdf:type"), ()):
                read.append(self._body(subject))
            elif any(expand(p) in said for p in (*_LABELS, "zhize:place")) and expand("rdf:type") not in said:
                raise self._wrong(subject, "has names, but does not say that it is an org:FormalOrganization")
        by_name: dict[str, OwnBody] = {}
        by_place: dict[tuple[str, str], OwnBody] = {}
        for body in read:
            self._claim(by_name, body.name, body)
        for body in read:
            where = _setting(body.place)
            for alias in (body.name, *body.aliases):
                for core in _cores(alias, where):
                    self._claim(by_place, (body.place, core), body)
        for (place, core), body in by_place.items():
            if place:
                by_name.setdefault(place + core, body)
        return OwnAuthority(tuple(sorted(read, key=lambda b: b.name)), sha256, by_name, by_place)

    def _claim(self, table: dict[object, OwnBody] | dict[str, OwnBody] | dict[tuple[str, str], OwnBody], key: object,
               body: OwnBody) -> None:  # fmt: skip
        other = cast(dict[object, OwnBody], table).setdefault(key, body)
        if other != body:
            name = key if isinstance(key, str) else "".join(cast(tuple[str, str], key))
            raise self._wrong(body.name, f"has the name {name}, which is one of {other.name} too")

    def _body(self, subject: str) -> OwnBody:
        names = [o.value for o in self._literals(subject, "skos:prefLabel") if o.language in (None, "zh", "zh-hans", "zh-cn")]
        if len(names) != 1:
            raise self._wrong(subject, f"has {len(names) or 'no'} skos:prefLabel in Chinese, where one is expected")
        name = self._clean(subject, names[0])
        aliases = [self._clean(name, o.value) for label in _LABELS for o in self._literals(subject, label)]
        place = next(iter(self._at_most_one(subject, name, "zhize:place")), "")
        setting = _setting(place)
        if place and full_name(setting) != place:
            raise self._wrong(name, f"has the place {place!r}, which is read as {full_name(setting) or 'no place'!r}")
        tier = self._code(subject, name, "zhize:tier", "tiers") or setting.tier
        kind = self._code(subject, name, "org:classification", "kinds") or "department"
        since, until, successor = self._changes(subject)
        return OwnBody(name, tuple(sorted(set(aliases) - {name})), place, cast(Tier, tier), kind, since, until, successor)

    def _changes(self, subject: str) -> tuple[str, str, str]:
        """When a body began and ended, and what took over, by the change events of the file."""
        since = until = successor = ""
        for event, said in self._said.items():
            before = [str(thing) for thing in said.get(expand("org:originalOrganization"), ())]
            after = [str(thing) for thing in said.get(expand("org:resultingOrganization"), ())]
            day = next((literal.value for literal in self._literals(event, "dcterms:date")), "") if before or after else ""
            if subject in before:
                until, successor = day, self._name_of(after[0]) if after else ""
            elif subject in after and not before:
                since = day
        return since, until, successor

    def _name_of(self, subject: str) -> str:
        """The name of a body that a statement leads to; one that the file does not describe has it in its IRI."""
        labels = [o for o in self._said.get(subject, {}).get(expand("skos:prefLabel"), []) if isinstance(o, ox.Literal)]
        return labels[0].value if labels else unquote(subject.strip("<>").rpartition("/")[2])

    def _literals(self, subject: str, predicate: str) -> list[ox.Literal]:
        found = self._said[subject].get(expand(predicate), [])
        for thing in found:
            if not isinstance(thing, ox.Literal):
                raise self._wrong(subject, f"has a {predicate} that is no text")
        return cast(list[ox.Literal], found)

    def _at_most_one(self, subject: str, name: str, predicate: str) -> list[str]:
        found = [self._clean(name, literal.value) for literal in self._literals(subject, predicate)]
        if len(found) > 1:
            raise self._wrong(name, f"has {len(found)} {predicate}, where one is expected: {'、'.join(sorted(found))}")
        return found

    def _code(self, subject: str, name: str, predicate: str, scheme: str) -> str:
        found = self._said[subject].get(expand(predicate), [])
        if not found:
            return ""
        code = codes().get(getattr(found[0], "value", ""), "")
        if len(found) > 1 or not code or find_concept(scheme, code) != found[0]:
            raise self._wrong(name, f"has the {predicate} {found[0]}, where one entry of zhize:{scheme} is expected")
        return code

    def _clean(self, who: str, text: str) -> str:
        name = re.sub(r"\s+", "", text)
        if not name:
            raise self._wrong(who, "has an empty name")
        return name

    def _known_terms(self, subject: str, said: Mapping[str, object]) -> None:
        """Misspelt terms of ours or of SKOS must not pass as statements that do nothing."""
        for predicate in said:
            skos = predicate.startswith(PREFIXES["skos"]) and predicate.removeprefix(PREFIXES["skos"]) not in _SKOS
            if skos or (predicate.startswith(PREFIXES["zhize"]) and predicate not in declared()):
                raise self._wrong(subject, f"uses {predicate}, which does not exist")

    def _wrong(self, subject: str, what: str) -> AuthorityError:
        """An error about a body, by its name if it has one, with the first line that has the name or the end of its IRI."""
        labels = self._said.get(subject, {}).get(expand("skos:prefLabel"), [])
        name = (getattr(labels[0], "value", "").strip() if labels else "") or subject
        tail = re.search(r"[^/#<>]+(?=>?$)", subject)
        ends = [re.escape(f'"{name}"'), rf"(?<=[:/<#]){re.escape(tail[0])}(?![\w%-])" if tail else "(?!)"]
        at = next((found.start() for end in ends if (found := re.search(end, self._text))), -1)
        return AuthorityError(self._path, f"{name} {what}", self._text.count("\n", 0, at) + 1 if at >= 0 else 0)


def _setting(place: str) -> Setting:
    read = read_place(place) if place else None
    return read.setting if read is not None and read.length == len(place) else Setting()


def _place_at(setting: Setting, tier: Tier) -> str:
    """The full name of the place of a tier that the setting names, "" where it names none."""
    if tier == "province":
        return setting.province
    if tier == "city":
        return setting.city or (setting.province if setting.province.endswith("市") else "")
    return full_name(setting) if setting.county else ""


def _cores(alias: str, where: Setting) -> list[str]:
    """An alias without its place or tier word (市数据局 → 数据局); as it is where it has neither."""
    read = read_place(alias, where) if where.place else None
    if read is not None and read.length < len(alias) and full_name(read.setting) == full_name(where):
        return [alias[read.length :]]
    tier = _TIER_WORD.match(alias) if where.place else None
    if tier is not None and _place_at(where, _TIERS[cast(int, tier.lastindex) - 1]) == full_name(where):
        return [alias, alias[tier.end() :]]
    return [alias]

