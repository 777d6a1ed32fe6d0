"""Networks made of rows: which agencies answer for the same assignments, and which documents rest on which others.

Nodes are IRIs. Every attribute is a string, a number or a truth value, so that each network can be written as GraphML or GEXF.
Nodes and edges are added in sorted order: the same rows, in whatever order, give the same network.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from graph.rows import UNNAMED, AgencyRow, DutyRow, LinkRow, PolicyRow

RELATIONS = ("repeals", "amends", "basis", "cites")
"""The relations between documents, the weightiest first: a pair of documents in several relations is drawn as the first of them."""

ROLES = ("lead", "responsible", "support")


@dataclass(frozen=True, slots=True)
class Tie:
    """Two agencies that share assignments; ``first`` < ``second`` are their IRIs.

    ``shared`` holds the keys of the shared assignments (see :func:`assignment_key`) in sorted order; ``first_leads`` counts those
    in which ``first`` leads and ``second`` does not, ``second_leads`` the reverse. ``strength`` counts an assignment of n agencies
    as 1/(n - 1), so that a list of thirty binds its members less than a list of two (Newman 2001, doi:10.1103/PhysRevE.64.016132).
    """

    first: str
    second: str
    shared: tuple[str, ...]
    first_leads: int
    second_leads: int
    strength: float


def assignment_key(duty: DutyRow) -> str:
    """What the bearers of one assignment have in common; a duty without an assignment stands alone under its own IRI."""
    return f"{duty.policy}\t{duty.assignment}" if duty.assignment else duty.iri


def unnamed_agencies(agencies: Iterable[AgencyRow]) -> frozenset[str]:
    """The IRIs of the agencies that stand for unnamed bodies."""
    return frozenset(a.iri for a in agencies if a.kind == UNNAMED)


def ties(duties: Iterable[DutyRow], leave_out: frozenset[str] = frozenset()) -> tuple[Tie, ...]:
    """All pairs of agencies with a shared assignment, sorted by IRI; agencies in ``leave_out`` are passed over.

    ``duties`` must hold all bearers of an assignment: the duties of a single agency have no ties.
    """
    bearers: dict[str, dict[str, bool]] = defaultdict(dict)
    for duty in duties:
        if duty.agency_iri not in leave_out:
            key = assignment_key(duty)
            bearers[key][duty.agency_iri] = bearers[key].get(duty.agency_iri, False) or duty.role == "lead"
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    leads: Counter[tuple[str, str]] = Counter()
    strength: defaultdict[tuple[str, str], float] = defaultdict(float)
    for key in sorted(bearers):
        roles = bearers[key]
        for first, second in combinations(sorted(roles), 2):
            shared[first, second].append(key)
            strength[first, second] += 1 / (len(roles) - 1)
            if roles[first] != roles[second]:
                leads[(first, second) if roles[first] else (second, first)] += 1
    return tuple(
        Tie(a, b, tuple(keys), leads[a, b], leads[b, a], round(strength[a, b], 6)) for (a, b), keys in sorted(shared.items())
    )


def agency_network(duties: Iterable[DutyRow], agencies: Iterable[AgencyRow] = (), *, unnamed: bool = True) -> nx.Graph:
    """Agencies joined by the assignments that they share.

    Nodes: every agency that bears one of ``duties``, with name, place, kind, unnamed, duties, lead, responsible and support (counts
    over ``duties``). Edges: ``weight`` is the number of shared assignments, ``strength`` as in :class:`Tie`. ``agencies`` tell
    place and kind; with ``unnamed=False`` those of the kind unnamed are left out (各相关部门 joins everybody with everybody).
    """
    rows = sorted(duties, key=lambda d: d.iri)
    graph = nx.Graph()
    hidden = _add_agencies(graph, rows, agencies, unnamed)
    for tie in ties(rows, hidden):
        graph.add_edge(tie.first, tie.second, weight=len(tie.shared), strength=tie.strength)
    return graph


def lead_network(duties: Iterable[DutyRow], agencies: Iterable[AgencyRow] = (), *, unnamed: bool = True) -> nx.DiGraph:
    """Who leads whom: an edge goes from the lead agency to a responsible or supporting one of the same assignment.

    Nodes as in :func:`agency_network`; ``weight`` counts the assignments.
    """
    rows = sorted(duties, key=lambda d: d.iri)
    graph = nx.DiGraph()
    hidden = _add_agencies(graph, rows, agencies, unnamed)
    for tie in ties(rows, hidden):
        if tie.first_leads:
            graph.add_edge(tie.first, tie.second, weight=tie.first_leads)
        if tie.second_leads:
            graph.add_edge(tie.second, tie.first, weight=tie.second_leads)
    return graph


def _add_agencies(graph: nx.Graph, duties: list[DutyRow], agencies: Iterable[AgencyRow], unnamed: bool) -> frozenset[str]:
    """Adds the nodes and returns the IRIs that were left out."""
    known = {a.iri: a for a in agencies}
    hidden = frozenset() if unnamed else unnamed_agencies(known.values())
    names: dict[str, str] = {}
    load: dict[str, Counter[str]] = defaultdict(Counter)
    for duty in duties:
        names.setdefault(duty.agency_iri, duty.agency)
        load[duty.agency_iri][duty.role] += 1
    for iri in sorted(names):
        if iri in hidden:
            continue
        row, count = known.get(iri), load[iri]
        kind = row.kind if row else ""
        graph.add_node(
            iri,
            name=names[iri],
            place=row.place if row else "",
            kind=kind,
            unnamed=kind == UNNAMED,
            duties=count.total(),
            **{role: count[role] for role in ROLES},
        )
    return hidden


def policy_network(policies: Iterable[PolicyRow], links: Iterable[LinkRow], relations: Iterable[str] = RELATIONS) -> nx.DiGraph:
    """Documents and their relations; an edge goes from the document that speaks to the one that it names.

    Nodes: title, number (文号), dated, type, place, resolved (False: only cited, its text is not in the store). Edges: ``weight``
    is the number of mentions, ``relation`` the weightiest of them in the order of :data:`RELATIONS`, ``relations`` all, joined
    by "|". A document that names itself gives no edge.
    """
    wanted = frozenset(relations)
    graph = nx.DiGraph()
    mentions: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    cited: dict[str, LinkRow] = {}
    for link in sorted(links, key=lambda k: (k.policy, k.cited, k.relation, k.evidence.start)):
        if link.relation in wanted and link.policy != link.cited:
            mentions[link.policy, link.cited][link.relation] += 1
            cited.setdefault(link.cited, link)
    known = {p.iri: p for p in policies}
    for iri in sorted({*known, *cited, *(source for source, _ in mentions)}):
        graph.add_node(iri, **_document(iri, known.get(iri), cited.get(iri)))
    for (source, target), count in sorted(mentions.items()):
        present = [r for r in RELATIONS if count[r]]
        graph.add_edge(source, target, weight=count.total(), relation=present[0], relations="|".join(present))
    return graph


def _document(iri: str, row: PolicyRow | None, link: LinkRow | None) -> dict[str, str | bool]:
    """Node attributes from the policy's own row, or from a link that names it, or from its IRI alone."""
    if row:
        return {
            "title": row.title or row.number or iri,
            "number": row.number,
            "dated": row.dated,
            "type": row.type,
            "place": row.place,
            "resolved": row.resolved,
        }
    title, number = (link.cited_title, link.cited_number) if link else ("", "")
    resolved = link.cited_resolved if link else True
    return {"title": title or number or iri, "number": number, "dated": "", "type": "", "place": "", "resolved": resolved}
