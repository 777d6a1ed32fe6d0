"""What a 督查 or legal office should look at: lost bases, repeals, circles, and targets that cannot be checked or differ."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.analysis.documents import cycles
from graph.analysis.facts import Facts
from graph.analysis.frames import is_general, is_limit
from graph.rows import Evidence, LinkRow, PolicyRow, TargetRow
from graph.standing import Standing, start_of

_LOST = ("repealed", "expired")
_NOT_WORD = re.compile(r"[\W_]")
_OPS = {"=": "", ">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "≈"}
_TURNS = {"up": "+", "down": "−"}


@dataclass(frozen=True, slots=True)
class Unsound:
    """A document that rests on or cites one which had lost its force on the day; the notes of the table unsound explain it."""

    iri: str
    title: str
    number: str
    standing: str
    relation: str
    cited: str
    cited_title: str
    cited_number: str
    cited_standing: str
    since: str
    clause: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Repeal:
    """A link in a chain of repeals: links of one chain have the same number, ``step`` counts from the newest document."""

    chain: int
    step: int
    iri: str
    title: str
    number: str
    standing: str
    repealed: str
    repealed_title: str
    repealed_number: str
    repealed_standing: str
    day: str
    clauses: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CycleLink:
    """A citation inside a circle of documents that name one another."""

    cycle: int
    iri: str
    title: str
    number: str
    relation: str
    cited: str
    cited_title: str
    clause: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class WeakTarget:
    """A target that cannot be checked: no deadline, or growth without the figure that it starts from."""

    iri: str
    indicator: str
    figure: str
    no_deadline: bool
    no_baseline: bool
    policy: str
    policy_title: str
    policy_number: str
    clause: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Difference:
    """An indicator to which documents of a place give different figures; ``conflict`` where they share a deadline.

    ``rows`` are the statements, ``figures`` the same in words, ``iris`` the first statement behind each of them.
    """

    indicator: str
    place: str
    kind: str
    conflict: bool
    policies: int
    figures: tuple[str, ...]
    rows: tuple[TargetRow, ...]
    iris: tuple[str, ...]


def unsound(facts: Facts) -> list[Unsound]:
    """Documents that rest on one without force, those that rest before those that cite; one row a pair and relation.

    A document that itself repeals or amends the other names it rightly and is left out.
    """
    known = {p.iri: p for p in facts.policies}
    changing = {(k.policy, k.cited) for k in facts.links if k.relation in ("repeals", "amends")}
    first: dict[tuple[str, str, str], LinkRow] = {}
    for link in sorted(facts.links, key=lambda k: (k.policy, k.evidence.start, k.cited)):
        here = link.relation in ("basis", "cites") and link.policy != link.cited and (link.policy, link.cited) not in changing
        if here and facts.state(link.cited).state in _LOST and link.policy in known:
            first.setdefault((link.policy, link.cited, link.relation), link)
    rows = [_unsound(link, known, facts.state(link.policy), facts.state(link.cited)) for link in first.values()]
    return sorted(rows, key=lambda r: (r.relation != "basis", r.standing != "in_force", r.cited_title, r.title, r.iri))


def _unsound(link: LinkRow, known: dict[str, PolicyRow], own: Standing, other: Standing) -> Unsound:
    policy = known[link.policy]
    return Unsound(
        iri=policy.iri,
        title=policy.title,
        number=policy.number,
        standing=own.state,
        relation=link.relation,
        cited=link.cited,
        cited_title=link.cited_title or link.cited_number,
        cited_number=link.cited_number,
        cited_standing=other.state,
        since=other.since,
        clause=link.clause,
        evidence=link.evidence,
    )


def repeal_links(links: Iterable[LinkRow]) -> list[LinkRow]:
    """The repeals among ``links``, one a pair of documents (the first mention), sorted by document and place in the text."""
    first: dict[tuple[str, str], LinkRow] = {}
    for link in sorted(links, key=lambda k: (k.policy, k.evidence.start, k.cited)):
        if link.relation == "repeals" and link.policy != link.cited:
            first.setdefault((link.policy, link.cited), link)
    return list(first.values())


def repeals(facts: Facts) -> list[Repeal]:
    """All repeals in chains, from the newest document backwards, the longest chain first; each repeal stands in one chain."""
    known = {p.iri: p for p in facts.policies}
    out: dict[str, list[LinkRow]] = defaultdict(list)
    for link in repeal_links(facts.links):
        out[link.policy].append(link)
    repealed = {link.cited for links in out.values() for link in links}
    starts = sorted(set(out) - repealed) + sorted(set(out) & repealed)
    chains: list[list[tuple[int, LinkRow]]] = []
    done: set[tuple[str, str]] = set()
    for start in starts:
        found = _follow(start, out, done)
        if found:
            chains.append(found)
    chains.sort(key=lambda c: (-max(step for step, _ in c), c[0][1].policy))
    return [_repeal(n, step, link, known, facts) for n, chain in enumerate(chains, 1) for step, link in chain]


def _follow(start: str, out: dict[str, list[LinkRow]], done: set[tuple[str, str]]) -> list[tuple[int, LinkRow]]:
    """The repeals that can be reached from a document, with their distance from it, each once."""
    found: list[tuple[int, LinkRow]] = []
    waiting = [(1, start)]
    while waiting:
        step, policy = waiting.pop(0)
        for link in out.get(policy, []):
            if (link.policy, link.cited) not in done:
                done.add((link.policy, link.cited))
                found.append((step, link))
                waiting.append((step + 1, link.cited))
    return found


def _repeal(chain: int, step: int, link: LinkRow, known: dict[str, PolicyRow], facts: Facts) -> Repeal:
    by = known.get(link.policy)
    return Repeal(
        chain=chain,
        step=step,
        iri=link.policy,
        title=by.title if by else "",
        number=by.number if by else "",
        standing=facts.state(link.policy).state,
        repealed=link.cited,
        repealed_title=link.cited_title or link.cited_number,
        repealed_number=link.cited_number,
        repealed_standing=facts.state(link.cited).state,
        day=link.from_date or (start_of(by) if by else ""),
        clauses="、".join(link.parts),
        evidence=link.evidence,
    )


def cycle_links(facts: Facts) -> list[CycleLink]:
    """The citations that make up circles of documents, circle by circle."""
    known = {p.iri: p for p in facts.policies}
    number = {iri: n for n, group in enumerate(cycles(facts.policies, facts.links), 1) for iri in group}
    rows = []
    for link in facts.links:
        circle = number.get(link.policy)
        if circle and circle == number.get(link.cited) and link.policy != link.cited:
            by = known[link.policy]
            title = link.cited_title or link.cited_number
            rows.append(
                CycleLink(circle, by.iri, by.title, by.number, link.relation, link.cited, title, link.clause, link.evidence)
            )
    return sorted(rows, key=lambda r: (r.cycle, r.iri, r.evidence.start))


def weak_targets(targets: Iterable[TargetRow]) -> list[WeakTarget]:
    """The targets (not the supports) without a deadline, or with a change and no baseline; those that lack both first.

    A time limit (办理时限 2 个工作日) holds from the first day: it needs no deadline.
    """
    found = [(t, not t.by and not is_limit(t.unit), bool(t.change) and not t.baseline) for t in targets if t.kind == "target"]
    rows = [
        WeakTarget(
            iri=t.iri,
            indicator=t.indicator,
            figure=figure(t),
            no_deadline=undated,
            no_baseline=baseless,
            policy=t.policy,
            policy_title=t.policy_title,
            policy_number=t.policy_number,
            clause=t.clause,
            evidence=t.evidence,
        )
        for t, undated, baseless in found
        if undated or baseless
    ]
    return sorted(rows, key=lambda r: -(r.no_deadline + r.no_baseline))


def figure(target: TargetRow) -> str:
    """The figure in signs: ≥75%, +7%, ≈10家."""
    return f"{_TURNS.get(target.change, '')}{_OPS.get(target.op, target.op)}{target.value}{target.unit}"


def differences(facts: Facts) -> list[Difference]:
    """Indicators of one name, unit and kind to which two documents of a place give different figures, conflicts first.

    Punctuation and widths in names do not count; growth is not compared with a level, a rhythm (每年) not with an end, and a bare
    measure (规模) with nothing. Support figures of different documents are compared too: the same aid with two rates.
    """
    place = {p.iri: p.place for p in facts.policies}
    groups: dict[tuple[str, ...], list[TargetRow]] = defaultdict(list)
    for t in facts.targets:
        name = _NOT_WORD.sub("", unicodedata.normalize("NFKC", t.indicator))
        if name and not is_general(name):
            rhythm = t.by if t.by and not t.by[:4].isdigit() else ""
            groups[place.get(t.policy, ""), t.kind, name, t.unit, t.change, rhythm].append(t)
    found = []
    for (where, kind, *_), rows in groups.items():
        policies = {t.policy for t in rows}
        if len(policies) < 2 or len({_value(t) for t in rows}) < 2:
            continue
        told: dict[str, str] = {}
        for t in rows:
            told.setdefault(f"{figure(t)}（{t.by or '—'}）：{t.policy_title}", t.iri)
        name, said = rows[0].indicator, (tuple(told), tuple(rows), tuple(told.values()))
        found.append(Difference(name, where, kind, _conflict(rows), len(policies), *said))
    return sorted(found, key=lambda d: (not d.conflict, -d.policies, d.indicator, d.place))


def _value(target: TargetRow) -> tuple[str, str]:
    return (target.op, target.value)


def _conflict(rows: list[TargetRow]) -> bool:
    """Do two documents give different figures for the same deadline (named in both)?"""
    by: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for t in rows:
        by[t.by][_value(t)].add(t.policy)
    return any(deadline and len(values) > 1 and len(set.union(*values.values())) > 1 for deadline, values in by.items())
