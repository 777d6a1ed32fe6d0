"""The first page of the report: the numbers at a glance, and what they say in sentences."""

from __future__ import annotations

from graph.analysis.load import concentration, period_of
from graph.report.agencies import CONCENTRATION, Agencies
from graph.report.documents import Documents
from graph.report.model import Cell, Prose, percent, prose

Card = tuple[Cell, str]


def cards(agencies: Agencies, documents: Documents) -> tuple[Card, ...]:
    """(number, unit) of what was looked at."""
    facts, t = agencies.facts, agencies.texts
    dated = [d for d in facts.duties if period_of(d.deadline, "quarter")]
    lead = [d for d in facts.duties if d.role == "lead"]
    return (
        (Cell(str(len(documents.held)), "#e-policies"), t("card_policies")),
        (Cell(str(len(facts.duties)), "#e-duties"), t("card_duties")),
        (Cell(str(len(agencies.measures)), "#load" if agencies.measures else ""), t("card_agencies")),
        (Cell(str(len(lead)), agencies.book.duties(lead, t.code("role", "lead"))), t("card_lead")),
        (Cell(str(len(dated)), agencies.book.duties(dated, t("card_dated"))), t("card_dated")),
        (Cell(str(len(facts.targets)), agencies.book.targets(facts.targets, t("card_targets"))), t("card_targets")),
    )


def left_out(agencies: Agencies) -> Prose | None:
    """That the bodies which no text names are left out of what is measured of agencies; None where there are none."""
    t, rows = agencies.texts, [d for d in agencies.facts.duties if d.agency_iri not in agencies.of]
    if not rows:
        return None
    link = agencies.book.duties(rows, t("unnamed_label"))
    bodies = Cell(str(len({d.agency_iri for d in rows})), link)
    return prose(t("unnamed"), n=bodies, duties=Cell(str(len(rows)), link))


def findings(agencies: Agencies, documents: Documents) -> tuple[Prose, ...]:
    """What a reader in a hurry should know."""
    return (*_load(agencies), *_due(agencies), *_documents(documents))


def _load(agencies: Agencies) -> list[Prose]:
    t, top, facts = agencies.texts, agencies.measures[:3], agencies.facts
    if len(top) < 3:
        return []
    whole, *_ = concentration(facts.duties, facts.agencies)
    names = dict(zip("abc", (agencies.name[m.iri] for m in top), strict=True))
    counts = dict(zip(("na", "nb", "nc"), (agencies.number(m.iri) for m in top), strict=True))
    table = f"#{CONCENTRATION}"
    said = [prose(t("key_load"), **names, **counts, share=Cell(percent(whole.top_share), table))]
    said.append(prose(t("key_gini"), gini=Cell(f"{whole.gini:.2f}", table), effective=Cell(f"{whole.effective:.0f}", table)))
    leads = [d for d in facts.duties if d.role == "lead"]
    if leads:
        first = max(agencies.measures, key=lambda m: (m.lead, m.duties, m.iri))
        number = Cell(str(len(leads)), agencies.book.duties(leads, t.code("role", "lead")))
        share = Cell(percent(len(leads) / len(facts.duties)), number.href)
        said.append(prose(t("key_lead"), lead=number, share=share, a=agencies.name[first.iri],
                          na=agencies.number(first.iri, "lead")))  # fmt: skip
    bridge = max(agencies.measures, key=lambda m: (m.betweenness, m.partners, m.iri))
    if bridge.betweenness:
        label = t("shared_label", a=agencies.name[bridge.iri])
        number = Cell(str(bridge.partners), agencies.book.duties(agencies.shared(bridge.iri), label))
        said.append(prose(t("key_bridge"), a=agencies.name[bridge.iri], n=number))
    return said


def _due(agencies: Agencies) -> list[Prose]:
    t, duties = agencies.texts, agencies.facts.duties
    dated = [d for d in duties if period_of(d.deadline, "quarter")]
    if not dated:
        return []
    number = Cell(str(len(dated)), agencies.book.duties(dated, t("card_dated")))
    jams = agencies.jams()
    if not jams:
        return [prose(t("key_none_due"), dated=number)]
    worst = jams[0]
    share, name = Cell(percent(len(dated) / len(duties)), number.href), agencies.name[worst.iri]
    period = t.period(worst.period)
    return [prose(t("key_due"), dated=number, share=share, a=name, period=period, n=agencies.jam_cell(worst))]


def _documents(documents: Documents) -> list[Prose]:
    t, facts, book = documents.texts, documents.facts, documents.book
    if not documents.held:
        return []
    states = {state: documents.state_count(state) for state in ("in_force", "expired", "repealed")}
    said = [prose(t("key_standing"), day=facts.day, held=Cell(str(len(documents.held)), "#e-policies"), **states)]
    if documents.unsound:
        by = {(k.policy, k.cited, k.evidence.start): k for k in facts.links}
        links = [by[u.iri, u.cited, u.evidence.start] for u in documents.unsound]
        said.append(prose(t("key_unsound"), n=Cell(str(len(links)), book.links(links, t("tab_unsound")))))
    undue = {w.iri for w in documents.weak if w.no_deadline}
    conflicts = [d for d in documents.differences if d.conflict]
    said.append(
        prose(
            t("key_gaps"),
            clauses=Cell(str(len(facts.clauses)), book.clauses(facts.clauses, t("tab_clauses"))),
            undue=Cell(str(len(undue)), book.targets([x for x in facts.targets if x.iri in undue], t("tab_targets"))),
            conflicts=Cell(str(len(conflicts)), book.targets([r for d in conflicts for r in d.rows], t("tab_indicators"))),
        )
    )
    return said
