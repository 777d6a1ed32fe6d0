"""The sections on agencies: load, network, who leads whom, the matrix, and deadlines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import networkx as nx
from markupsafe import Markup

from graph.analysis.agencies import (
    AgencyMeasure,
    GroupMeasure,
    agency_measures,
    communities,
    community_name,
    group_measures,
    node_labels,
)
from graph.analysis.export import colour_of
from graph.analysis.facts import Facts, duties_between
from graph.analysis.load import Bottleneck, bottlenecks, changes, concentration, period_of
from graph.analysis.tables import halves
from graph.charts import (
    Bar,
    Due,
    Flow,
    Part,
    Spot,
    Tie,
    flow_chart,
    load_chart,
    lorenz_chart,
    matrix_chart,
    network_chart,
    timeline_chart,
)
from graph.charts.canvas import INK, ROLE
from graph.charts.load import ALL, BY_ROLE
from graph.labels import short_title
from graph.network import ROLES, agency_network
from graph.report.book import Book
from graph.report.model import Block, Cell, Figure, Grid, Pair, Prose, Said, Section, grid, percent, prose
from graph.report.texts import Texts
from graph.rows import DutyRow
from graph.shares import assignment_key, bearers_of
from graph.standing import WEIGHTS
from graph.view_data import sizes
from graph.view_layout import spread

BARS, ROWS, NODES, COLUMNS, LEADERS, HELPERS, DUE_ROWS, JAMS = 24, 20, 60, 16, 9, 14, 12, 8
STRONGEST = 3
"""Ties of each agency that are drawn; with all of them the picture is one heap."""
MOST_PERIODS = 32
CONCENTRATION, GROUP = "tab-concentration", "g"
"""Anchors of the table of concentration, and of the row of each group."""


class Agencies:
    """What the sections on agencies share: measures, short names, and the duties of each agency by role."""

    def __init__(self, facts: Facts, book: Book, texts: Texts) -> None:
        self.facts, self.book, self.texts = facts, book, texts
        self.measures = agency_measures(facts.duties, facts.agencies, standing=facts.standing)
        self.net = agency_network(facts.duties, facts.agencies, unnamed=False)
        self.name = node_labels(self.net)
        self.of: dict[str, list[DutyRow]] = defaultdict(list)
        for duty in facts.duties:
            if duty.agency_iri in self.name:
                self.of[duty.agency_iri].append(duty)
        self.groups = communities(self.net)
        self.bearers = bearers_of(d for rows in self.of.values() for d in rows)

    def part(self, iri: str, role: str = "") -> Part:
        """The number of duties of an agency, in a role where one is given."""
        rows = [d for d in self.of[iri] if role in ("", d.role)]
        label = f"{self.name[iri]}·{self.texts.code('role', role)}"
        return Part(len(rows), self.book.duties(rows, label), f"{label} {len(rows)}")

    def number(self, iri: str, role: str = "") -> Cell:
        """The same as a cell."""
        part = self.part(iri, role)
        return Cell(str(part.value), part.link)

    def shared(self, iri: str) -> list[DutyRow]:
        """The duties that an agency shares with others that are named."""
        return [d for d in self.of[iri] if len(self.bearers[assignment_key(d)]) > 1]

    def load(self) -> Section:
        """Who carries what."""
        t, top = self.texts, self.measures[:BARS]
        bars = [Bar(self.name[m.iri], {r: self.part(m.iri, r) for r in ROLES}, self.part(m.iri)) for m in top]
        roles = {r: t.code("role", r) for r in ROLES}
        svg = load_chart(bars, roles, t("fig_load", n=len(bars)))
        blocks: list[Block] = [Figure(t("fig_load", n=len(bars)), Markup(svg), t("fig_load_note"))]  # noqa: S704 - made by charts
        blocks += [Pair(self._lorenz(), self._concentration()), self._table(), self._change()]
        return Section("load", t("s_load"), tuple(blocks))

    def _lorenz(self) -> Figure:
        t = self.texts
        curves = []
        for role in ("", "lead", "responsible"):
            load = Counter(d.agency_iri for rows in self.of.values() for d in rows if role in ("", d.role))
            if load:
                curves.append((t.code("role", role), ROLE.get(role, INK), sorted(load.values())))
        svg = lorenz_chart(curves, (t("axis_agencies"), t("axis_duties")), t("fig_lorenz"))
        return Figure(t("fig_lorenz"), Markup(svg), t("fig_lorenz_note"))  # noqa: S704 - made by charts

    def _concentration(self) -> Grid:
        t, fields = self.texts, ("role", "agencies", "duties", "gini", "effective", "top_share")
        rows: list[tuple[Said, ...]] = [
            (t.code("role", c.role), *self._linked(self._in_role(c.role), t.code("role", c.role), c.agencies, c.duties,
                                                   f"{c.gini:.2f}", f"{c.effective:.0f}", percent(c.top_share)))
            for c in concentration(self.facts.duties, self.facts.agencies)
        ]  # fmt: skip
        return grid(t("tab_concentration"), t.heads("concentration", fields), rows, range(1, 6),
                    t.explain("concentration", ("gini", "effective")), key=CONCENTRATION)  # fmt: skip

    def _in_role(self, role: str) -> list[DutyRow]:
        return [d for rows in self.of.values() for d in rows if role in ("", d.role)]

    def _linked(self, duties: Sequence[DutyRow], label: str, *figures: str | int) -> tuple[Cell, ...]:
        """Figures that are computed from the same duties."""
        link = self.book.duties(duties, label)
        return tuple(Cell(str(figure), link) for figure in figures)

    def _table(self) -> Block:
        t = self.texts
        fields = ("duties", "lead", "lead_share", "weighted", "policies", "partners", "shared", "betweenness", "core", "community")
        rows: list[tuple[Said, ...]] = [(self.name[m.iri], *self._figures(m)) for m in self.measures[:ROWS]]
        rest = [d for m in self.measures[ROWS:] for d in self.of[m.iri]]
        label = t("rest_label", a=t("tab_agencies"))
        more = more_rows(t, len(self.measures) - ROWS, "agencies", self.book.duties(rest, label)) if rest else ""
        heads = (t("agency"), *t.heads("agencies", fields))
        return grid(t("tab_agencies"), heads, rows, range(1, 11), t.explain("agencies", fields[2:]), more)

    def _figures(self, m: AgencyMeasure) -> tuple[Cell, ...]:
        book, name = self.book, self.name[m.iri]
        own = self.of[m.iri]
        docs = book.policies(dict.fromkeys(d.policy for d in own), name)
        whole, lead = self.part(m.iri).link, self.part(m.iri, "lead").link
        shared = book.duties(self.shared(m.iri), self.texts("shared_label", a=name)) or whole
        binding = [d for d in own if WEIGHTS[self.facts.state(d.policy).state]]
        weighted = book.duties(binding, f"{name}·{self.texts.heads('agencies', ('weighted',))[0]}") or whole
        group = f"#{GROUP}{m.community}" if 0 < m.community <= ROWS else shared
        return (
            self.number(m.iri), self.number(m.iri, "lead"), Cell(percent(m.lead_share), lead or whole),
            Cell(f"{m.weighted:g}", weighted), Cell(str(m.policies), docs), Cell(str(m.partners), shared),
            Cell(str(m.shared), shared), Cell(f"{m.betweenness:.3f}", shared), Cell(str(m.core), shared),
            Cell(str(m.community or ""), group),
        )  # fmt: skip

    def _change(self) -> Block:
        t, (first, second) = self.texts, halves(self.facts)
        old, new = duties_between(self.facts, *first), duties_between(self.facts, *second)
        fields = ("before", "after", "difference", "share_before", "share_after", "shift")
        rows = []
        for c in changes(old, new, self.facts.agencies)[:8]:
            name = self.name[c.iri]
            before = self.book.duties([d for d in old if d.agency_iri == c.iri], f"{name} {first[0]}–{first[1]}")
            after = self.book.duties([d for d in new if d.agency_iri == c.iri], f"{name} {second[0]}–{second[1]}")
            both = self.book.duties([d for d in (*old, *new) if d.agency_iri == c.iri], name)
            rows.append((name, Cell(str(c.before), before or both), Cell(str(c.after), after or both),
                         Cell(f"{c.difference:+d}", both), Cell(percent(c.share_before), before or both),
                         Cell(percent(c.share_after), after or both), Cell(f"{c.shift * 100:+.1f}", both)))  # fmt: skip
        if not old or not new or first == second:
            rows = []
        spans = [f"{a}" if a == b else f"{a}–{b}" for a, b in (first, second)]
        return grid(t("tab_change", a=spans[0], b=spans[1]), (t("agency"), *t.heads("change", fields)), rows, range(1, 7),
                    t.explain("change", ("shift",)))  # fmt: skip

    def network(self) -> Section:
        """Who works with whom."""
        t = self.texts
        top = [m.iri for m in self.measures[:NODES]]
        ties = _strongest(self.net.subgraph(top))
        radius = dict(zip(top, sizes([self.net.nodes[n]["duties"] for n in top]), strict=True))
        where = spread(ties, radius, self.groups)
        group = {iri: n for n, members in enumerate(self.groups, 1) for iri in members}
        at = {iri: n for n, iri in enumerate(top)}
        spots = [
            Spot(self.name[n], *where[n], radius[n], colour_of(group.get(n, 0)), self.part(n).link, self.part(n).tip) for n in top
        ]
        lines = [
            Tie(at[a], at[b], float(w), colour_of(group.get(a, 0)) if group.get(a, 0) == group.get(b, 0) else "#8a959c")
            for a, b, w in ties.edges(data="weight")
        ]
        present = sorted({group.get(n, 0) for n in top} - {0})
        legend = [(colour_of(g), community_name(self.net, self.groups[g - 1]), f"#{GROUP}{g}") for g in present if g <= 8]
        svg = network_chart(spots, lines, legend, t("fig_network"))
        note = t("fig_network_note", n=len(top))
        return Section("network", t("s_network"), (Figure(t("fig_network"), Markup(svg), note), self._group_table()))  # noqa: S704

    def _group_table(self) -> Block:
        t, fields = self.texts, ("community", "name", "members", "duties", "closure", "bridge", "bridge_ties")
        found, rows = group_measures(self.facts.duties, self.facts.agencies)[:ROWS], []
        for g in found:
            number, name, members, duties, closure = self._linked(
                [d for iri in g.iris for d in self.of[iri]], g.name, g.community, g.name, g.members, g.duties, percent(g.closure)
            )
            ties = Cell(str(g.bridge_ties), self._bridging(g) or duties.href)
            rows.append((number, name, members, duties, closure, g.bridge, ties))
        marks = [f"{GROUP}{g.community}" for g in found]
        explain = t.explain("groups", ("closure", "bridge"))
        return grid(t("tab_groups"), t.heads("groups", fields), rows, (2, 3, 4, 6), explain, marks=marks)

    def _bridging(self, group: GroupMeasure) -> str:
        """What the bridge of a group shares with agencies of others."""
        inside = set(group.iris)
        bridge = next((iri for iri in group.iris if self.net.nodes[iri]["name"] == group.bridge), "")
        rows = [d for d in self.of[bridge] if not inside.issuperset(self.bearers[assignment_key(d)])] if bridge else []
        return self.book.duties(rows, self.texts("bridge_label", a=self.name[bridge])) if bridge else ""

    def flow(self) -> Section:
        """Who leads whom."""
        t, pairs = self.texts, self._led()
        out: Counter[str] = Counter()
        into: Counter[str] = Counter()
        for (lead, _), keys in pairs.items():
            out[lead] += len(keys)
        leaders = sorted(out, key=lambda n: (-out[n], self.name[n]))[:LEADERS]
        for (lead, other), keys in pairs.items():
            if lead in leaders:
                into[other] += len(keys)
        others = sorted(into, key=lambda n: (-into[n], self.name[n]))[:HELPERS]
        leaders = [n for n in leaders if any((n, other) in pairs for other in others)]
        flows = [
            Flow(leaders.index(a), others.index(b), self._flow_part(a, b, keys))
            for (a, b), keys in sorted(pairs.items())
            if a in leaders and b in others
        ]
        heads = (t("flow_from"), t("flow_to"))
        names = [self.name[n] for n in leaders], [self.name[n] for n in others]
        ends = self._flow_ends(pairs, leaders, others)
        svg = flow_chart(*names, flows, heads, t("fig_flow"), [colour_of(n + 1) for n in range(8)], ends)
        return Section("flow", t("s_flow"), (Figure(t("fig_flow"), Markup(svg), t("fig_flow_note")),) if flows else ())  # noqa: S704

    def _flow_ends(
        self, pairs: Mapping[tuple[str, str], Sequence[str]], leaders: Sequence[str], others: Sequence[str]
    ) -> tuple[list[str], list[str]]:
        """The anchors of what is drawn of each agency on the left and on the right."""
        drawn = [(a, b, key) for (a, b), keys in sorted(pairs.items()) if a in leaders and b in others for key in keys]
        heads = self.texts("flow_from"), self.texts("flow_to")
        left = [self.book.assignments([k for a, _, k in drawn if a == n], f"{self.name[n]}·{heads[0]}") for n in leaders]
        right = [self.book.assignments([k for _, b, k in drawn if b == n], f"{self.name[n]}·{heads[1]}") for n in others]
        return left, right

    def _led(self) -> dict[tuple[str, str], list[str]]:
        """The assignments in which one agency leads another that does not lead."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for key, leads in self.bearers.items():
            for one in (n for n in leads if leads[n]):
                for other in (n for n in leads if not leads[n]):
                    found[one, other].append(key)
        return found

    def _flow_part(self, lead: str, other: str, keys: Sequence[str]) -> Part:
        label = f"{self.name[lead]} → {self.name[other]}"
        return Part(len(keys), self.book.assignments(keys, label), f"{label} {len(keys)}")

    def matrix(self) -> Section:
        """Which documents give duties to whom."""
        t = self.texts
        rows = [m.iri for m in self.measures[:ROWS]]
        count = Counter(d.policy for iri in rows for d in self.of[iri])
        title = {p.iri: p.title for p in self.book.papers}
        columns = sorted(count, key=lambda p: (-count[p], title.get(p, ""), p))[:COLUMNS]
        cells = {}
        for n, iri in enumerate(rows):
            for m, policy in enumerate(columns):
                here = [d for d in self.of[iri] if d.policy == policy]
                if here:
                    label = f"{self.name[iri]} · {self.book.sign(policy)}"
                    tip = f"{self.name[iri]} · {title.get(policy, '')} {len(here)}"
                    cells[n, m] = Part(len(here), self.book.duties(here, label), tip)
        heads = [(self.book.sign(p), short_title(title.get(p, "")), f"#{self.book.sign(p)}") for p in columns]
        svg = matrix_chart([self.name[n] for n in rows], heads, cells, t("fig_matrix"))
        return Section("matrix", t("s_matrix"), (Figure(t("fig_matrix"), Markup(svg), t("fig_matrix_note")),))  # noqa: S704

    def due(self) -> Section:
        """What falls due when."""
        t = self.texts
        dated = [d for d in self.facts.duties if period_of(d.deadline, "quarter")]
        periods = _periods(sorted({period_of(d.deadline, "quarter") for d in dated}))
        yearly = len(periods) > MOST_PERIODS
        periods = sorted({p[:4] for p in periods}) if yearly else periods
        when = {d.iri: period_of(d.deadline, "year" if yearly else "quarter") for d in dated}
        load = Counter(d.agency_iri for d in dated if d.agency_iri in self.name)
        top = sorted(load, key=lambda n: (-load[n], self.name[n]))[:DUE_ROWS]
        cells = []
        for column, period in enumerate(periods):
            here = [d for d in dated if when[d.iri] == period]
            cells.append(Due(ALL, column, "", self._due_part("", period, here)))
            cells += [Due(BY_ROLE, column, r, self._due_part("", period, [d for d in here if d.role == r])) for r in ROLES]
            for n, iri in enumerate(top):
                cells.append(Due(n, column, "", self._due_part(iri, period, [d for d in here if d.agency_iri == iri])))
        roles = {r: t.code("role", r) for r in ROLES}
        loose = self._without_day([d for d in self.facts.duties if d.deadline and d.iri not in when], "due_loose")
        silent = self._without_day([d for d in self.facts.duties if not d.deadline], "due_silent")
        svg = timeline_chart(periods, [self.name[n] for n in top], [c for c in cells if c.part.value], roles, t("fig_due"))
        note = prose(t("fig_due_note"), loose=loose, none=silent)
        figure = Figure(t("fig_due"), Markup(svg), note)  # noqa: S704 - made by charts
        return Section("due", t("s_due"), (figure, self._due_table()) if dated else ())

    def _without_day(self, rows: Sequence[DutyRow], label: str) -> Cell:
        return Cell(str(len(rows)), self.book.duties(rows, self.texts(label)))

    def _due_part(self, iri: str, period: str, rows: Sequence[DutyRow]) -> Part:
        label = self.texts("due_label", a=self.name[iri] if iri else self.texts("all_duties"), period=self.texts.period(period))
        return Part(len(rows), self.book.duties(rows, label), f"{label} {len(rows)}")

    def jams(self) -> list[Bottleneck]:
        """The duties that fall due together, by quarter."""
        return bottlenecks(self.facts.duties, self.facts.agencies)

    def jam_cell(self, jam: Bottleneck) -> Cell:
        """The number of such duties with their evidence."""
        part = self._due_part(jam.iri, jam.period, [d for d in self.of[jam.iri] if d.iri in set(jam.iris)])
        return Cell(str(jam.duties), part.link)

    def _due_table(self) -> Block:
        t, fields = self.texts, ("name", "period", "duties", "lead", "policies", "share")
        rows = []
        for j in self.jams()[:JAMS]:
            here, label = [d for d in self.of[j.iri] if d.iri in set(j.iris)], f"{self.name[j.iri]} {t.period(j.period)}"
            lead = self.book.duties([d for d in here if d.role == "lead"], f"{label}·{t.code('role', 'lead')}")
            every = [d for d in self.of[j.iri] if period_of(d.deadline, "quarter")]
            dated = self.book.duties(every, f"{self.name[j.iri]}·{t('card_dated')}")
            docs = self.book.policies(dict.fromkeys(d.policy for d in here), label)
            counts = (self.jam_cell(j), Cell(str(j.lead), lead), Cell(str(j.policies), docs), Cell(percent(j.share), dated))
            rows.append((self.name[j.iri], t.period(j.period), *counts))
        return grid(t("tab_due"), t.heads("bottlenecks", fields), rows, range(2, 6), t.explain("bottlenecks", ("duties", "share")))


def more_rows(texts: Texts, rows: int, table: str, link: str) -> Prose:
    """What is said under a table that is cut: how many rows are missing, with their evidence, and which command gives all."""
    return prose(texts("more", n="{n}", table=table), n=Cell(str(rows), link))


def _strongest(graph: nx.Graph) -> nx.Graph:
    """A spanning tree and each agency's strongest ties."""
    bone = nx.Graph()
    bone.add_nodes_from(sorted(graph))
    bone.add_edges_from(sorted(nx.maximum_spanning_edges(graph, weight="strength", data=True), key=lambda e: e[:2]))
    for node in sorted(graph):
        edges = sorted(graph.edges(node, data=True), key=lambda e: (-e[2]["strength"], e[1]))
        bone.add_edges_from(edges[:STRONGEST])
    return bone


def _periods(found: Sequence[str]) -> list[str]:
    """All quarters from the first to the last."""
    if not found:
        return []
    first, last = ((int(p[:4]), int(p[-1])) for p in (found[0], found[-1]))
    return [f"{n // 4}-Q{n % 4 + 1}" for n in range(first[0] * 4 + first[1] - 1, last[0] * 4 + last[1])]
