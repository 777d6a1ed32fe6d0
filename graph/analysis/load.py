"""How duties are shared out: concentration, change between two periods, and duties that fall due together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.network import ROLES, unnamed_agencies
from graph.rows import AgencyRow, DutyRow
from graph.shares import Duties, Load, shares_of

Span = Literal["month", "quarter", "year"]
TOP = 10
# 2025, 2025-06, 2025-06-30; 每年 or 3年内 name no day.
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-\d\d)?")


@dataclass(frozen=True, slots=True)
class Concentration:
    """How unequally the duties of a role ("" for all roles) are shared out; the notes of the table concentration explain it."""

    role: str
    agencies: int
    duties: int
    gini: float
    herfindahl: float
    effective: float
    top_share: float
    top: str


@dataclass(frozen=True, slots=True)
class Change:
    """An agency's duties in two periods; the notes of the table change explain each field."""

    iri: str
    name: str
    place: str
    before: int
    after: int
    difference: int
    share_before: float
    share_after: float
    shift: float
    lead_before: int
    lead_after: int


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """Duties of an agency that fall due in one period; ``iris`` are the duties."""

    iri: str
    name: str
    period: str
    duties: int
    lead: int
    policies: int
    share: float
    iris: tuple[str, ...]


def gini(values: Sequence[int]) -> float:
    """The Gini coefficient: 0 where all values are equal, (n - 1)/n where one of n has everything; 0 of nothing.

    Half the mean difference of two values, in units of their mean (Gini 1912), computed over the sorted values.
    """
    ordered, total = sorted(values), sum(values)
    if not total:
        return 0.0
    n = len(ordered)
    return sum((2 * at - n - 1) * value for at, value in enumerate(ordered, 1)) / (n * total)


def herfindahl(values: Sequence[int]) -> float:
    """The Herfindahl-Hirschman index, the sum of squared shares: 1/n where n bear the same, 1 where one has everything."""
    total = sum(values)
    return sum((v / total) ** 2 for v in values) if total else 0.0


def concentration(duties: Duties, agencies: Iterable[AgencyRow] = ()) -> list[Concentration]:
    """One row for all roles together ("") and one a role that occurs; unnamed bodies are left out."""
    rows = _named(duties, agencies)
    names = {x.agency: x.name for x in rows}
    out = []
    for role in ("", *ROLES):
        load = _sums(x for x in rows if role in ("", x.role))
        if not load:
            continue
        values, total = sorted(load.values(), reverse=True), load.total()
        index = herfindahl(values)
        out.append(
            Concentration(
                role=role,
                agencies=len(load),
                duties=total,
                gini=round(gini(values), 4),
                herfindahl=round(index, 4),
                effective=round(1 / index, 1),
                top_share=round(sum(values[:TOP]) / total, 4),
                top=names[min(load, key=lambda iri: (-load[iri], names[iri], iri))],
            )
        )
    return out


def _named(duties: Duties, agencies: Iterable[AgencyRow]) -> list[Load]:
    """The loads of the agencies that are named."""
    shares = shares_of(duties, agencies)
    hidden = shares.hidden
    return [x for x in shares.loads if x.agency not in hidden]


def _sums(loads: Iterable[Load]) -> Counter[str]:
    """The duties of each agency."""
    found: Counter[str] = Counter()
    for load in loads:
        found[load.agency] += load.duties
    return found


def changes(before: Duties, after: Duties, agencies: Iterable[AgencyRow] = ()) -> list[Change]:
    """What two sets of duties give to each agency, the largest shift of its share first; unnamed bodies are left out."""
    known = {a.iri: a for a in agencies}
    first, second = (_named(rows, known.values()) for rows in (before, after))
    names = {x.agency: x.name for x in (*first, *second)}
    old, new = _sums(first), _sums(second)
    led, leads = (_sums(x for x in rows if x.role == "lead") for rows in (first, second))
    out = []
    for iri, name in sorted(names.items()):
        share_before, share_after = old[iri] / max(old.total(), 1), new[iri] / max(new.total(), 1)
        out.append(
            Change(
                iri=iri,
                name=name,
                place=known[iri].place if iri in known else "",
                before=old[iri],
                after=new[iri],
                difference=new[iri] - old[iri],
                share_before=round(share_before, 4),
                share_after=round(share_after, 4),
                shift=round(share_after - share_before, 4),
                lead_before=led[iri],
                lead_after=leads[iri],
            )
        )
    return sorted(out, key=lambda c: (-abs(c.shift), -abs(c.difference), c.name, c.iri))


def period_of(deadline: str, span: Span) -> str:
    """The period in which an ISO date falls: 2025-06, 2025-Q2 or 2025; "" for words that name no day. A bare year is its end."""
    found = _DATE.fullmatch(deadline)
    if not found:
        return ""
    year, month = found[1], found[2] or "12"
    return {"month": f"{year}-{month}", "quarter": f"{year}-Q{(int(month) + 2) // 3}", "year": year}[span]


def bottlenecks(duties: Iterable[DutyRow], agencies: Iterable[AgencyRow] = (), span: Span = "quarter") -> list[Bottleneck]:
    """Agencies with two or more duties that fall due in one period, the most duties first; unnamed bodies are left out."""
    hidden = unnamed_agencies(agencies)
    due: dict[tuple[str, str], list[DutyRow]] = defaultdict(list)
    dated: Counter[str] = Counter()
    for duty in duties:
        period = period_of(duty.deadline, span)
        if period and duty.agency_iri not in hidden:
            due[duty.agency_iri, period].append(duty)
            dated[duty.agency_iri] += 1
    found = [
        Bottleneck(
            iri=iri,
            name=rows[0].agency,
            period=period,
            duties=len(rows),
            lead=sum(d.role == "lead" for d in rows),
            policies=len({d.policy for d in rows}),
            share=round(len(rows) / dated[iri], 4),
            iris=tuple(sorted(d.iri for d in rows)),
        )
        for (iri, period), rows in due.items()
        if len(rows) > 1
    ]
    return sorted(found, key=lambda b: (-b.duties, -b.lead, b.period, b.name, b.iri))
