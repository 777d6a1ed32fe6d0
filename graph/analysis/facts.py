"""All that an analysis looks at, read once, and narrowed to a city, years, documents or a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import pyoxigraph as ox

from graph import answers
from graph.analysis.frames import is_frame
from graph.analysis.tiers import Tier, tiers
from graph.cells import int_of, text_of
from graph.counts import ARTICLE
from graph.mentions import Links, Mention, read_mentions
from graph.rows import AgencyRow, DutyRow, Evidence, LinkRow, PolicyRow, TargetRow
from graph.shares import Shares, read_shares, shares_of
from graph.standing import Life, Standing, latest_day, lives_of
from graph.store import Store

_OUTLINE = """
SELECT ?part ?above ?policy ?path
WHERE { ?part a eli:LegalResourceSubdivision ; eli:is_part_of ?above ; zhize:policy ?policy ; zhize:path ?path }"""
_ASSIGNED = "SELECT DISTINCT ?part WHERE { ?duty a zhize:Duty ; zhize:statedIn ?part }"
_WORDS = """
SELECT ?part ?heading ?text ?source ?start ?end
WHERE {
  $part$
  ?part zhize:evidence ?at . ?at oa:hasSource/dcterms:title ?source ; oa:hasSelector ?pos . ?pos oa:start ?start ; oa:end ?end .
  OPTIONAL { ?part zhize:heading ?heading }
  OPTIONAL { ?part zhize:text ?text }
}"""
Part = Literal["duties", "links", "targets", "clauses"]
PARTS: frozenset[Part] = frozenset({"duties", "links", "targets", "clauses"})
"""The facts that are read as rows only where an analysis asks for them; agencies, documents and repeals always are."""


@dataclass(frozen=True, slots=True)
class BareClause:
    """A clause without a responsible unit beside clauses that name one. (Aims, definitions and the like stand among their own.)"""

    policy: str
    policy_title: str
    policy_number: str
    clause: str
    heading: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Scope:
    """What to look at; empty fields do not narrow.

    ``city``: documents of this place, and duties of its agencies. ``since`` and ``until``: years of the 成文日期, both included.
    ``policy``: text that a title or 文号 must hold. ``as_of``: a day (ISO); only documents in force on it.
    """

    city: str = ""
    since: int | None = None
    until: int | None = None
    policy: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows of a store, or of a part of it. ``duties`` hold all bearers of their assignments; ``day`` is that of the standings.

    ``standing`` is that of documents by IRI, and of duties by IRI whose clause ended before their document.
    ``undated`` counts the documents that a narrowing by years left out because they bear no date. ``shares`` are the duties, and
    ``mentions`` the links as the store has added them up, where the rows were not read; ``links`` then hold the repeals alone.
    """

    duties: tuple[DutyRow, ...] = ()
    agencies: tuple[AgencyRow, ...] = ()
    policies: tuple[PolicyRow, ...] = ()
    links: tuple[LinkRow, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    clauses: tuple[BareClause, ...] = ()
    day: str = ""
    undated: int = 0
    standing: Mapping[str, Standing] | None = None
    lives: Mapping[str, Life] | None = None
    tier: Mapping[str, Tier] | None = None
    shares: Shares | None = None
    mentions: tuple[Mention, ...] | None = None

    def state(self, policy: str) -> Standing:
        """The standing of a document by IRI, unknown where nothing is known of it."""
        return (self.standing or {}).get(policy, Standing("unknown"))

    def added_up(self) -> Shares:
        """The duties by agency, role and document, and by the agencies that share them."""
        return self.shares or shares_of(self.duties, self.agencies)

    def named(self) -> Links:
        """What the documents name, as links or added up."""
        return self.links if self.mentions is None else self.mentions

    def tier_of(self, policy: str) -> Tier:
        """The tier of a document by IRI."""
        return (self.tier or {}).get(policy, "")


def read_facts(store: Store, scope: Scope | None = None, parts: frozenset[Part] = PARTS) -> Facts:
    """What is in ``store`` and in ``scope``, with the standings of the day of its newest document, or of that of the scope.

    Of duties, targets and clauses only ``parts`` are read; without duties the store adds up the shares of the agencies instead,
    which takes a tenth of the time and memory of reading them. A store in which a repeal ended clauses alone is read duty by duty:
    what stands under them has a standing of its own.
    """
    policies, agencies = tuple(answers.policies(store)), tuple(answers.agencies(store))
    titles = {p.iri: p for p in policies}
    whole = judged(
        Facts(
            duties=tuple(answers.all_duties(store)) if "duties" in parts else (),
            agencies=agencies,
            policies=policies,
            links=tuple(answers.links(store, None if "links" in parts else "repeals")),
            mentions=None if "links" in parts else read_mentions(store),
            targets=tuple(answers.targets(store)) if "targets" in parts else (),
            clauses=_bare_clauses(store, titles) if "clauses" in parts else (),
        ),
    )
    if "duties" not in parts and _partly_ended(whole):
        parts, whole = parts | {"duties"}, judged(replace(whole, duties=tuple(answers.all_duties(store))))
    scope = scope or Scope()
    facts = whole if scope == Scope() else within(whole, scope)
    if "duties" in parts:
        return facts
    kept = None if scope == Scope() else [p.iri for p in documents_in(whole, scope)]
    shares = read_shares(store, agencies, policies, kept, scope.city)
    named = {x.policy for x in shares.loads} | {p.iri for p in facts.policies}
    return replace(facts, shares=shares, policies=tuple(p for p in policies if p.iri in named))


def judged(facts: Facts, day: str = "") -> Facts:
    """``facts`` with tiers, and with standings on ``day`` (without one: the day of the newest document)."""
    day = day or latest_day(facts.policies)
    lives = lives_of(facts.policies, facts.links)
    found = {iri: life.on(day) for iri, life in lives.items()}
    judged = replace(facts, day=day, standing=found, lives=lives, tier=tiers(facts.policies))
    partly = _partly_ended(judged)
    for duty in facts.duties:
        if duty.policy in partly and (own := lives[duty.policy].of(duty.clause).on(day)) != found[duty.policy]:
            found[duty.iri] = own
    return judged


def _partly_ended(facts: Facts) -> frozenset[str]:
    """The documents of which another one repeals clauses that the store holds."""
    return frozenset(iri for iri, life in (facts.lives or {}).items() if any(repeal.paths for repeal in life.repeals))


def within(facts: Facts, scope: Scope) -> Facts:
    """The part of ``facts`` in ``scope``. Documents that are only cited stay where a document in scope cites them.

    Raises ValueError where the store has added up the duties: give it the scope, through :func:`read_facts`.
    """
    if facts.shares is not None:
        raise ValueError("duties that are added up cannot be narrowed any more: give the scope to read_facts")
    if scope.as_of:
        facts = judged(facts, scope.as_of)
    held = [p for p in facts.policies if p.resolved and _fits(p, scope)]
    kept = documents_in(facts, scope)
    here = {p.iri for p in kept if scope.city in p.place}
    wanted = {p.iri for p in kept}
    place = {a.iri: a.place for a in facts.agencies}
    duties = [d for d in facts.duties if d.policy in wanted and _of_city(d, scope.city, place, here)]
    duties = [d for d in duties if not _ended(facts, scope, d.policy, d.clause)]
    links = [k for k in facts.links if k.policy in here]
    mentions = None if facts.mentions is None else tuple(m for m in facts.mentions if m.policy in here)
    named = {k.cited for k in mentions or links} | {d.policy for d in duties}
    return replace(
        facts,
        duties=tuple(duties),
        policies=tuple(p for p in facts.policies if p.iri in here or p.iri in named),
        links=tuple(links),
        mentions=mentions,
        targets=tuple(t for t in facts.targets if t.policy in here and not _ended(facts, scope, t.policy, t.clause)),
        clauses=tuple(c for c in facts.clauses if c.policy in here),
        undated=sum(1 for p in held if not p.dated) if scope.since or scope.until else 0,
    )


def documents_in(facts: Facts, scope: Scope) -> list[PolicyRow]:
    """The documents held that fit the scope; of those of other places ``scope.city`` keeps the duties of its agencies."""
    if scope.as_of and facts.day != scope.as_of:
        facts = judged(facts, scope.as_of)
    return [p for p in facts.policies if p.resolved and _fits(p, scope) and not _leaves_out(p, scope, facts)]


def _fits(policy: PolicyRow, scope: Scope) -> bool:
    return scope.policy in policy.title or scope.policy in policy.number


def _leaves_out(policy: PolicyRow, scope: Scope, facts: Facts) -> bool:
    """Is the document outside the years, or not in force on the day?"""
    year = int(policy.dated[:4]) if policy.dated[:4].isdigit() else None
    if (scope.since or scope.until) and (year is None or not (scope.since or 0) <= year <= (scope.until or 9999)):
        return True
    return bool(scope.as_of) and facts.state(policy.iri).state != "in_force"


def _ended(facts: Facts, scope: Scope, policy: str, clause: str) -> bool:
    """Does the document hold on the day of the scope, but not this clause?"""
    life = (facts.lives or {}).get(policy)
    return bool(scope.as_of) and life is not None and life.of(clause).on(scope.as_of).state != "in_force"


def _of_city(duty: DutyRow, city: str, place: Mapping[str, str], here: set[str]) -> bool:
    """Agencies of the place; one without any (各相关部门) belongs to the place of its document."""
    where = place.get(duty.agency_iri, "")
    return city in where if where else duty.policy in here


def _bare_clauses(store: Store, titles: Mapping[str, PolicyRow]) -> tuple[BareClause, ...]:
    """Clauses that hold no other, beside one with a unit; a unit named for the clause above counts for those below, and one that
    sets a frame (总体要求, 预警级别) needs none.

    The outline is compared here: the engine takes five times as long over FILTER NOT EXISTS.
    """
    outline = {part: (above, text_of(policy), text_of(path)) for part, above, policy, path in store.select(_OUTLINE)}
    assigned = {part for (part,) in store.select(_ASSIGNED)}
    assigning = {outline[part][0] for part in assigned if part in outline}
    parents = {above for above, _, _ in outline.values()}
    bare = [
        part
        for part, (above, _, path) in outline.items()
        if path and part not in assigned and part not in parents and above not in assigned and above in assigning
        and not ARTICLE.search(path) and isinstance(part, ox.NamedNode)
    ]  # fmt: skip
    rows = []
    for part, heading, text, source, start, end in store.select(_WORDS, part=bare) if bare else ():
        if is_frame(text_of(heading)):
            continue
        _, policy, path = outline[part]
        at = Evidence(text_of(source), int_of(start), int_of(end), text_of(text))
        rows.append(BareClause(policy, titles[policy].title, titles[policy].number, path, text_of(heading), at))
    rank = {iri: n for n, iri in enumerate(titles)}
    return tuple(sorted(rows, key=lambda r: (rank[r.policy], r.evidence.start, r.clause)))


def duties_between(facts: Facts, since: int, until: int) -> tuple[DutyRow, ...]:
    """The duties of documents dated in these years, both included."""
    return tuple(d for d in facts.duties if d.policy_dated[:4].isdigit() and since <= int(d.policy_dated[:4]) <= until)
