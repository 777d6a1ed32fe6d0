"""Which document a citation means: one node a document, however it is spelled. In doubt two nodes, never one.

The number decides where there is one; a title leads to a number where the store knows only one for it; issuer, version and year
keep apart what differs in them. All is looked up by the keys of :mod:`graph.titles`, so memory does not grow with the store.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from extract.citations.titlemarks import verdict
from graph import iris
from graph.literals import string
from graph.look import Look, Node
from graph.titles import TitleParts, squeezed_issuer, title_parts
from ontology.vocabulary import term

_KEPT = 50_000  # looked-up keys held in memory
AMBIGUOUS_NUMBER = "同一文号下有多份文件，标题不能区分"
OTHER_TITLE = "文号相同而标题不同"
AMBIGUOUS_TITLE = "同一标题有多份文件"
NOT_HERE = "图中没有该文件"
_YEAR = re.compile(r"〔(\d{4})〕|(\d{4})年第")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way in which the store cites a document: the parts of its title, its number ("" without) and the year in that."""

    title: str
    parts: TitleParts
    number: str
    number_key: str
    year: str


class Resolver:
    """Decides which document each citation means, and says why where the store does not hold it."""

    def __init__(self, store: ox.Store) -> None:
        self.look = Look(store)
        self._known: dict[str, tuple[Node, ...]] = {}
        self._spelled: dict[str, tuple[Spelling, ...]] = {}

    def resolve(self, mention: Node, policy: Node, plain: bool) -> tuple[Node, str]:
        """The document that ``mention`` (in ``policy``) means, and "" or why it is none of the policies in the store.

        ``plain`` is True where the mention merely cites, so that it may mean the policy itself.
        """
        return self.named(*self.words(mention), policy, plain)

    def words(self, mention: Node) -> tuple[str, str]:
        """Title and number of what a citation means: of the document named before where it is a short form."""
        title, number = self.look.text(mention, "zhize:refersTitle"), self.look.text(mention, "zhize:refersNumber")
        if title or number:
            return title, number
        return self.look.text(mention, "zhize:citedTitle"), self.look.text(mention, "zhize:citedNumber")

    def named(self, title: str, number: str, policy: Node, plain: bool) -> tuple[Node, str]:
        """As :meth:`resolve`, for a title and a number, either of which may be ""."""
        if title and not number and verdict(title) == "self":  # 《实施方案》: another one in each text that says it
            return iris.document_iri(policy.value + title, None), NOT_HERE
        dated = self.look.text(policy, "eli:date_document")
        fitting = self._fitting(title, policy, plain, dated) if title else ()
        if number:
            return self._by_number(title, number, fitting)
        if fitting:
            return (fitting[0], "") if len(fitting) == 1 else (iris.document_iri(title_parts(title).whole, None), AMBIGUOUS_TITLE)
        return self._by_title(title, dated[:4])

    def _fitting(self, title: str, policy: Node, plain: bool, dated: str) -> tuple[Node, ...]:
        """The policies of a title that ``policy`` can mean: no later one, and itself only where it is merely cited in full."""
        exact = [p for p in self.policies(iris.title_key(title)) if plain or p != policy]
        parts = title_parts(title)
        found = exact or [p for p in self.policies(parts.key) if p != policy and self._agrees(p, parts)]
        return tuple(p for p in found if not dated or self.look.text(p, "eli:date_document") <= dated)

    def _agrees(self, policy: Node, parts: TitleParts) -> bool:
        """Does nothing in the issuer and version of a policy speak against ``parts``?"""
        titles = [self.look.text(policy, "zhize:notice"), self.look.text(policy, "rdfs:label")]
        own = [title_parts(t) for t in titles if t]
        if parts.version and any(p.version not in ("", parts.version) for p in own):
            return False
        issuers = {p.issuer for p in own} - {""}
        for agency in self.look.values(policy, "eli:passed_by"):
            if isinstance(agency, Node):
                issuers.add(squeezed_issuer(self.look.text(agency, "skos:prefLabel")))
        return not parts.issuer or parts.issuer in issuers

    def _by_number(self, title: str, number: str, fitting: tuple[Node, ...]) -> tuple[Node, str]:
        """By number, and by title where several documents bear the number; a title that speaks against it stops it."""
        n_key = iris.number_key(number)
        candidates = self.policies(n_key)
        if not candidates:
            bare = [p for p in fitting if self._may_bear(p, n_key)]
            return (bare[0], "") if len(bare) == 1 else self._absent(title, number)
        if not title:
            return (candidates[0], "") if len(candidates) == 1 else (iris.document_iri(None, number), AMBIGUOUS_NUMBER)
        parts = title_parts(title)
        for key in (iris.title_key(title), parts.key):
            same = [p for p in candidates if p in self.policies(key)]
            if len(same) == 1:
                return same[0], ""
        apart = iris.document_iri(parts.whole, number)
        if len(candidates) > 1:
            return apart, AMBIGUOUS_NUMBER
        own = title_parts(self.look.text(candidates[0], "rdfs:label")).core
        return (candidates[0], "") if _same_core(own, parts.core) else (apart, OTHER_TITLE)

    def _may_bear(self, policy: Node, n_key: str) -> bool:
        """Whether a policy was read without a number and its date does not speak against the year in this one."""
        year = self.look.text(policy, "eli:date_document")[:4]
        return not self.look.text(policy, "eli:id_local") and (not year or year in n_key)

    def _absent(self, title: str, number: str) -> tuple[Node, str]:
        """A document outside the store that is cited by number: one node, unless titles show several under that number."""
        cores = {s.parts.core for s in self.spellings(iris.number_key(number)) if s.title}
        if title:
            cores.add(title_parts(title).core)
        if len({_shortest(core, cores) for core in cores}) <= 1:
            return iris.document_iri(None, number), NOT_HERE
        if not title:
            return iris.document_iri(None, number), AMBIGUOUS_NUMBER
        return iris.document_iri(_shortest(title_parts(title).core, cores), number), NOT_HERE

    def _by_title(self, title: str, year: str) -> tuple[Node, str]:
        """A document cited by title alone that no policy fits: the one number cited with it elsewhere, or a node for the title."""
        parts = title_parts(title)
        near = [s for s in self.spellings(parts.key) if _agree(s.parts, parts) and not (year and s.year > year)]
        issuers = {s.parts.issuer for s in near} | {parts.issuer}
        versions = {s.parts.version for s in near} | {parts.version}
        numbers = {s.number_key: s for s in near if s.number_key}
        if len(numbers) > 1 or len(issuers - {""}) > 1 or len(versions - {""}) > 1:
            return iris.document_iri(parts.whole, None), AMBIGUOUS_TITLE if len(numbers) > 1 else NOT_HERE
        if numbers:
            (one,) = numbers.values()
            return self._by_number(one.title, one.number, ())
        return iris.document_iri(max(issuers) + parts.core + max(versions), None), NOT_HERE

    def policies(self, key: str) -> tuple[Node, ...]:
        """The policies in the store with this key; kept, since one law is cited ten thousand times."""
        if key not in self._known:
            kind = term("zhize:Policy")
            found = [n for n in self.look.subjects("zhize:matchKey", string(key)) if kind in self.look.values(n, "rdf:type")]
            _make_room(self._known)
            self._known[key] = tuple(sorted(found, key=lambda n: n.value))
        return self._known[key]

    def spellings(self, key: str) -> tuple[Spelling, ...]:
        """The distinct ways in which the store cites what has this key, in a stable order."""
        if key not in self._spelled:
            kind = term("zhize:Citation")
            nodes = self.look.subjects("zhize:matchKey", string(key))
            words = {self.words(n) for n in nodes if kind in self.look.values(n, "rdf:type")}
            _make_room(self._spelled)
            self._spelled[key] = tuple(_spelling(title, number) for title, number in sorted(words))
        return self._spelled[key]


def _spelling(title: str, number: str) -> Spelling:
    key = iris.number_key(number) if number else ""
    year = _YEAR.search(key)
    return Spelling(title, title_parts(title), number, key, (year[1] or year[2]) if year else "")


def _agree(one: TitleParts, other: TitleParts) -> bool:
    return (not one.issuer or not other.issuer or one.issuer == other.issuer) and (
        not one.version or not other.version or one.version == other.version
    )


def _same_core(one: str, other: str) -> bool:
    """Are these the same under one number: 节水方案 and 云陵市节水方案, but not 节水办法 and 节水办法实施细则?"""
    return bool(one and other) and (one.endswith(other) or other.endswith(one))


def _shortest(core: str, cores: Iterable[str]) -> str:
    """The shortest of ``cores`` that ``core`` ends with."""
    return min((c for c in cores if c and core.endswith(c)), key=len, default=core)


def _make_room(kept: dict[str, Any]) -> None:
    if len(kept) >= _KEPT:
        kept.clear()
