"""The sections on documents: standing, what rests on what, and what is missing or does not fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from graph.analysis.documents import chains, policy_measures
from graph.analysis.facts import BareClause, Facts
from graph.analysis.suspects import cycle_links, differences, repeals, unsound, weak_targets
from graph.charts import Life, Paper, lineage_chart, lives_chart
from graph.labels import short_title
from graph.network import RELATIONS, policy_network
from graph.report.agencies import more_rows
from graph.report.book import Book
from graph.report.model import Block, Cell, Figure, Prose, Said, Section, grid, lines
from graph.report.texts import Texts
from graph.rows import LinkRow, PolicyRow
from graph.standing import STATES, start_of

LIVES, PAPERS, RELIED, CHAINS, GAPS, SAMPLES, NAME = 42, 24, 15, 10, 25, 6, 32
_COLUMNS = ("state", "province", "held", "other")
_HELD = 2


class Documents:
    """What the sections on documents share."""

    def __init__(self, facts: Facts, book: Book, texts: Texts) -> None:
        self.facts, self.book, self.texts = facts, book, texts
        self.held = [p for p in facts.policies if p.resolved]
        self.known = {p.iri: p for p in book.papers}
        self.unsound, self.differences = unsound(facts), differences(facts)
        self.weak = weak_targets(facts.targets)

    def name(self, iri: str) -> Cell:
        """A document's title, leading to its entry."""
        policy = self.known.get(iri)
        title = (policy.title or policy.number) if policy else ""
        return Cell(title, f"#{self.book.policy[iri]}" if iri in self.book.policy else "")

    def _links(self, link: LinkRow, words: str) -> Cell:
        return Cell(words, self.book.links([link], words))

    def _nothing(self, key: str) -> Prose:
        return Prose((Cell(self.texts(key)),), kind="prose none")

    def in_state(self, state: str) -> list[PolicyRow]:
        """The held documents of a standing."""
        return [p for p in self.held if self.facts.state(p.iri).state == state]

    def state_count(self, state: str) -> Cell:
        """Their number with their entries."""
        found = self.in_state(state)
        return Cell(str(len(found)), self.book.policies([p.iri for p in found], self.texts.code("standing", state)))

    def _duty_count(self, state: str) -> Cell:
        """The duties of the documents of a standing; a scope may leave out some of those that the documents give."""
        inside = {p.iri for p in self.in_state(state)}
        duties = [d for d in self.facts.duties if d.policy in inside]
        return Cell(str(len(duties)), self.book.duties(duties, f"{self.texts.code('standing', state)}·{self.texts('held_duties')}"))

    def standing(self) -> Section:
        """How long documents hold and which rest on one without force."""
        t, day = self.texts, self.facts.day
        dated = sorted((p for p in self.held if _year(start_of(p)) is not None), key=lambda p: (-p.duties, p.title, p.iri))[:LIVES]
        lives = [self._life(p) for p in sorted(dated, key=lambda p: (start_of(p), p.title, p.iri))]
        blocks: list[Block] = []
        if lives:
            states: dict[str, str] = {s: t.code("standing", s) for s in STATES if any(v.state == s for v in lives)}
            svg = lives_chart(lives, (_year(day) or 0.0, day), states, t("fig_lives"))
            blocks.append(Figure(t("fig_lives"), Markup(svg), t("fig_lives_note")))  # noqa: S704 - made by charts
        present = [s for s in STATES if self.in_state(s)]
        rows = [(t.code("standing", s), self.state_count(s), self._duty_count(s)) for s in present]
        blocks.append(grid(t("tab_standing"), (*t.heads("policies", ("standing",)), t("count"), t("held_duties")), rows, (1, 2)))
        blocks += [self._unsound(), self._repeals(), self._cycles()]
        return Section("standing", t("s_standing"), tuple(blocks))

    def _life(self, policy: PolicyRow) -> Life:
        state = self.facts.state(policy.iri)
        ends = [d for d in (policy.expires, state.since if state.state == "repealed" else "") if _year(d) is not None]
        begin = start_of(policy)
        word = self.texts.code("standing", state.state)
        tip = f"{policy.title} {begin} – {min(ends, default='')} {word}"
        start = _year(begin) or 0.0
        end = max(_year(min(ends)) or start, start) if ends else None
        return Life(short_title(policy.title), start, end, state.state, f"#{self.book.policy[policy.iri]}", tip)

    def _unsound(self) -> Block:
        t, fields = self.texts, ("title", "relation", "cited_title", "cited_standing", "since", "clause")
        if not self.unsound:
            return self._nothing("none_unsound")
        by = {(k.policy, k.cited, k.evidence.start): k for k in self.facts.links}
        rows = []
        for u in self.unsound:
            link = by[u.iri, u.cited, u.evidence.start]
            rows.append((self.name(u.iri), t.code("relation", u.relation), self.name(u.cited), t.code("standing", u.cited_standing),
                         u.since, self._links(link, u.clause or "¶")))  # fmt: skip
        return grid(t("tab_unsound"), t.heads("unsound", fields), rows, (), t.explain("unsound", ("since",)))

    def _repeals(self) -> Block:
        t, fields = self.texts, ("chain", "title", "standing", "repealed_title", "repealed_standing", "day", "clauses")
        by = {(k.policy, k.cited, k.evidence.start): k for k in self.facts.links}
        rows = [
            (
                self._links(by[r.iri, r.repealed, r.evidence.start], f"{r.chain}-{r.step}"),
                self.name(r.iri), t.code("standing", r.standing), self.name(r.repealed), t.code("standing", r.repealed_standing),
                r.day, r.clauses,
            )
            for r in repeals(self.facts)
        ]  # fmt: skip
        if not rows:
            return self._nothing("none_repeals")
        return grid(t("tab_repeals"), t.heads("repeals", fields), rows, (), t.explain("repeals", ("repealed_standing",)))

    def _cycles(self) -> Block:
        t, fields = self.texts, ("cycle", "title", "relation", "cited_title", "clause")
        by = {(k.policy, k.cited, k.evidence.start): k for k in self.facts.links}
        rows = [
            (c.cycle, self.name(c.iri), t.code("relation", c.relation), self.name(c.cited),
             self._links(by[c.iri, c.cited, c.evidence.start], c.clause or "¶"))
            for c in cycle_links(self.facts)
        ]  # fmt: skip
        if not rows:
            return self._nothing("none_cycles")
        return grid(t("tab_cycles"), t.heads("cycles", fields), rows, (), t.explain("cycles", ("cited_title",)))

    def lineage(self) -> Section:
        """What rests on what."""
        t = self.texts
        blocks: list[Block] = []
        if any(k.policy != k.cited for k in self.facts.links):
            blocks.append(Figure(t("fig_lineage"), Markup(self._lineage_chart()), t("fig_lineage_note")))  # noqa: S704
        fields = ("tier", "standing", "basis_for", "cited_by")
        rows = []
        measured = policy_measures(self.facts.policies, self.facts.links, standing=self.facts.standing)
        for m in [m for m in measured if m.cited_by][:RELIED]:
            named = [k for k in self.facts.links if k.cited == m.iri and k.policy != m.iri]
            basis = [k for k in named if k.relation == "basis"]
            rows.append((self.name(m.iri), m.number, t.code("tier", m.tier), t.code("standing", m.standing),
                         Cell(str(m.basis_for), self.book.links(basis or named, m.title)),
                         Cell(str(m.cited_by), self.book.links(named, m.title))))  # fmt: skip
        heads = (*t.heads("unsound", ("title", "number")), *t.heads("policies", fields))
        blocks.append(grid(t("tab_relied"), heads, rows, (4, 5), t.explain("policies", ("basis_for", "cited_by"))))
        blocks.append(self._chains())
        return Section("lineage", t("s_lineage"), tuple(blocks))

    def _chains(self) -> Block:
        t = self.texts
        rows = [
            (" → ".join(t.code("tier", tier) for tier in c.tiers), Cell(str(c.length), link), " → ".join(c.titles),
             Cell(str(len(c.iris)), link))
            for c in chains(self.facts.policies, self.facts.links)[:CHAINS]
            for link in [self.book.policies(c.iris, c.titles[0])]
        ]  # fmt: skip
        heads = (*t.heads("chains", ("tiers", "length", "titles")), t("count"))
        return grid(t("tab_chains"), heads, rows, (1, 3), t.explain("chains", ("rises",)))

    def _lineage_chart(self) -> str:
        graph = policy_network(self.facts.policies, self.facts.links)
        held = {p.iri for p in self.held}
        column = {iri: self._column(iri, held) for iri in graph if graph.degree(iri)}
        chosen: list[list[str]] = [[] for _ in _COLUMNS]
        changed = {n for a, b, r in graph.edges(data="relation") if r in ("repeals", "amends") for n in (a, b)}
        for iri in sorted(column, key=lambda n: (n not in changed, -graph.degree(n), graph.nodes[n]["title"], n)):
            members = chosen[column[iri]]
            if len(members) < PAPERS and (column[iri] == _HELD or any(column[n] == _HELD for n in graph.predecessors(iri))):
                members.append(iri)
        inside = {iri for members in chosen for iri in members}
        edges = [(a, b, r) for a, b, r in sorted(graph.edges(data="relation")) if a in inside and b in inside]
        joined = {n for a, b, _ in edges for n in (a, b)}
        ordered = _untangled([[n for n in members if n in joined] for members in chosen], edges)
        order = [n for members in ordered for n in members]
        at = {iri: n for n, iri in enumerate(order)}
        papers = [
            Paper(_brief(graph.nodes[n]["title"]), column[n], self.facts.tier_of(n), self.name(n).href,
                  graph.nodes[n]["title"]) for n in order
        ]  # fmt: skip
        by: dict[tuple[str, str], list[LinkRow]] = defaultdict(list)
        for link in self.facts.links:
            by[link.policy, link.cited].append(link)
        links = [(at[a], at[b], r, self.book.links(by[a, b], self.name(a).text)) for a, b, r in edges]
        present = {r for _, _, r in edges}
        relations = [(r, self.texts.code("relation", r)) for r in RELATIONS if r in present]
        return lineage_chart(papers, links, [self.texts(f"col_{c}") for c in _COLUMNS], relations, self.texts("fig_lineage"))

    def _column(self, iri: str, held: set[str]) -> int:
        return _HELD if iri in held else {"state": 0, "province": 1}.get(self.facts.tier_of(iri), 3)

    def gaps(self) -> Section:
        """What is missing or does not fit."""
        return Section("gaps", self.texts("s_gaps"), (self._clauses(), self._weak(), self._differences()))

    def _clauses(self) -> Block:
        t, by = self.texts, defaultdict[str, list[BareClause]](list)
        for clause in self.facts.clauses:
            by[clause.policy].append(clause)
        if not by:
            return self._nothing("none_clauses")
        rows: list[tuple[Said, ...]] = []
        for policy, found in list(by.items())[:GAPS]:
            told = [f"{c.clause} {c.heading}"[:NAME].strip() for c in found[:SAMPLES]]
            link = self.book.clauses(found, self.name(policy).text)
            more = [Cell(f"；{t('more_ids', n=len(found) - SAMPLES)}", link)] if len(found) > SAMPLES else []
            rows.append((self.name(policy), Cell(str(len(found)), link), Prose((Cell("；".join(told)), *more))))
        rest = [c for found in list(by.values())[GAPS:] for c in found]
        label = t("rest_label", a=t("tab_clauses"))
        cut = more_rows(t, len(by) - GAPS, "clauses", self.book.clauses(rest, label)) if rest else ""
        heads = (t("policy"), t("clause_count"), t("clause_list"))
        return grid(t("tab_clauses"), heads, rows, (1,), t.explain("clauses", ("clause",)), cut)

    def _weak(self) -> Block:
        t, fields = self.texts, ("indicator", "figure", "no_deadline", "no_baseline", "policy_title", "clause")
        if not self.weak:
            return self._nothing("none_targets")
        rows = [
            (w.indicator, Cell(w.figure, link), "●" if w.no_deadline else "", "●" if w.no_baseline else "", self.name(w.policy),
             Cell(w.clause, link))
            for w in self.weak[:GAPS]
            for link in [self.book.target_of(w.iri)]
        ]  # fmt: skip
        rest, label = {w.iri for w in self.weak[GAPS:]}, t("rest_label", a=t("tab_targets"))
        others = self.book.targets([x for x in self.facts.targets if x.iri in rest], label)
        more = more_rows(t, len(rest), "targets", others) if rest else ""
        return grid(t("tab_targets"), t.heads("targets", fields), rows, (), t.explain("targets", fields[2:4]), more)

    def _differences(self) -> Block:
        t, fields = self.texts, ("indicator", "place", "conflict", "policies", "figures")
        if not self.differences:
            return self._nothing("none_indicators")
        rows = [
            (d.indicator, d.place, "●" if d.conflict else "", Cell(str(d.policies), self.book.targets(d.rows, d.indicator)),
             lines([Cell(words, self.book.target_of(iri)) for words, iri in zip(d.figures, d.iris, strict=True)]))
            for d in self.differences[:GAPS]
        ]  # fmt: skip
        rest, label = [r for d in self.differences[GAPS:] for r in d.rows], t("rest_label", a=t("tab_indicators"))
        more = more_rows(t, len(self.differences) - GAPS, "indicators", self.book.targets(rest, label)) if rest else ""
        return grid(t("tab_indicators"), t.heads("indicators", fields), rows, (3,), t.explain("indicators", ("conflict",)), more)


def _brief(title: str) -> str:
    """The title for a narrow box: its subject, without 中华人民共和国 and title marks, which the column's heading says already."""
    return short_title(title).strip("《》〈〉").removeprefix("中华人民共和国") or title


def _year(day: str) -> float | None:
    """A day as a fraction of years; None where it is none."""
    try:
        when = date.fromisoformat(day)
    except ValueError:
        return None
    return when.year + (when.timetuple().tm_yday - 1) / 365.25


def _untangled(columns: list[list[str]], edges: Sequence[tuple[str, str, str]]) -> list[list[str]]:
    """The columns in an order with fewer crossings: each document moves to the mean height of those that it is linked with."""
    near: dict[str, list[str]] = defaultdict(list)
    for a, b, _ in edges:
        near[a].append(b)
        near[b].append(a)
    for _ in range(6):
        height = {n: (i + 0.5) / len(column) for column in columns for i, n in enumerate(column)}
        columns = [
            sorted(column, key=lambda n: (sum(height[o] for o in near[n]) / max(len(near[n]), 1), n)) for column in columns
        ]
    return columns
