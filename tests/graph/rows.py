"""Invented rows of 云陵市 for the networks and the views."""

from __future__ import annotations

from graph.rows import AgencyRow, DutyRow, Evidence, LinkRow, PolicyRow

PLAN = "https://example.org/policy/plan"


def duty(assignment: str, role: str, agency: str, *, order: int = 0, policy: str = PLAN, **other: str) -> DutyRow:
    """A duty of ``agency``, whose IRI is made of its name."""
    quote = other.get("quote", "（责任单位：按本行所列）")
    return DutyRow(
        iri=f"{policy}/{assignment}/{order}/{agency}",
        agency=agency,
        agency_iri=f"https://example.org/agency/{agency}",
        role=role,
        form="marker",
        clause=other.get("clause", "二/（一）"),
        clause_heading=other.get("heading", "改造老旧停车场"),
        task=other.get("task", "改造老旧停车场十二处"),
        deadline=other.get("deadline", ""),
        targets=(other["target"],) if "target" in other else (),
        partners=(),
        policy=policy,
        policy_title=other.get("title", "云陵市停车设施建设实施方案"),
        policy_number=other.get("number", "云政办〔2023〕20号"),
        policy_dated="2023-06-01",
        assignment=assignment,
        order=order,
        confidence=1.0,
        reason="",
        evidence=Evidence(other.get("source", "yunling.txt"), 10 + order, 20 + order, quote),
    )


def assignment(key: str, *bearers: tuple[str, str], policy: str = PLAN, **other: str) -> list[DutyRow]:
    """The duties of one assignment, given as (role, agency)."""
    return [duty(key, role, agency, order=n, policy=policy, **other) for n, (role, agency) in enumerate(bearers)]


def agency(name: str, kind: str = "department", place: str = "云陵市") -> AgencyRow:
    return AgencyRow(f"https://example.org/agency/{name}", name, place, "city", kind, True, 0, 0, 0, 0, 0)


def policy(key: str, title: str, *, resolved: bool = True, number: str = "", dated: str = "2023-06-01") -> PolicyRow:
    return PolicyRow(
        key, title, number, ("云陵市人民政府",) if resolved else (), "云陵市" if resolved else "", dated if resolved else "", "issue", "",
        "意见", 0, 0, resolved,
    )  # fmt: skip


def link(
    citing: str, relation: str, cited: str, *, title: str = "", resolved: bool = True, start: int = 5, **other: str
) -> LinkRow:
    evidence = Evidence(other.get("source", "yunling.txt"), start, start + 9, other.get("quote", "按照有关规定，制定本意见"))
    return LinkRow(citing, relation, cited, title or cited, other.get("number", ""), resolved, other.get("clause", "一"), evidence)
