"""The rows that answers are made of: what the store gives to the command line, the analysis and the views."""

from __future__ import annotations

from dataclasses import dataclass

UNNAMED = "unnamed"
"""The kind of an agency that stands for bodies which the text does not name (各相关部门, 有关单位)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact was read: file, raw character offsets ``[start, end)`` and the words as written."""

    source: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency with its load: numbers of duties by role and of policies that name it."""

    iri: str
    name: str
    place: str
    tier: str
    kind: str
    known: bool
    duties: int
    lead: int
    responsible: int
    support: int
    policies: int


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A policy document; ``resolved`` is False for one that is only cited. ``number`` is the 文号."""

    iri: str
    title: str
    number: str
    issuers: tuple[str, ...]
    place: str
    dated: str
    effective: str
    expires: str
    type: str
    duties: int
    targets: int
    resolved: bool = True


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A relation of a policy (``policy`` is its IRI) to another document: basis, cites, repeals or amends.

    ``parts`` are the clauses of that document that are meant, none where it is the whole, and ``paths`` the paths of those that the
    store holds; ``from_date`` is the day from which a repeal holds.
    """

    policy: str
    relation: str
    cited: str
    cited_title: str
    cited_number: str
    cited_resolved: bool
    clause: str
    evidence: Evidence
    why_unresolved: str = ""
    parts: tuple[str, ...] = ()
    from_date: str = ""
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrecedenceRow:
    """A clause of precedence of a policy (its IRI): ``kind`` is overrides, highest_only or revised.

    ``title`` and ``number`` are those of the document that prevails or was revised ("" where the text names none), ``own`` says
    that it is the policy itself.
    """

    policy: str
    kind: str
    title: str
    number: str
    own: bool
    clause: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty of one agency. ``partners`` are the other bearers of the same assignment as (role, agency name), in their order.

    ``targets`` are the figures of the same clause, in words.
    """

    iri: str
    agency: str
    agency_iri: str
    role: str
    form: str
    clause: str
    clause_heading: str
    task: str
    deadline: str
    targets: tuple[str, ...]
    partners: tuple[tuple[str, str], ...]
    policy: str
    policy_title: str
    policy_number: str
    policy_dated: str
    assignment: str
    order: int
    confidence: float
    reason: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A figure to be reached or money given (``kind`` target or support); ``value`` as written, ``low``/``high`` as numbers."""

    iri: str
    kind: str
    indicator: str
    op: str
    value: str
    unit: str
    change: str
    baseline: str
    by: str
    clause: str
    policy: str
    policy_title: str
    policy_number: str
    evidence: Evidence
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """Something that a person should look at; ``kind`` is a code such as agency or number."""

    iri: str
    kind: str
    message: str
    clause: str
    policy: str
    policy_title: str
    policy_number: str
    evidence: Evidence
