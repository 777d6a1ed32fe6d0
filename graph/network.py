"""Networks: which agencies answer for the same assignments, and which documents rest on which others.

Nodes are IRIs. Every attribute is a string, a number or a truth value, so that each network can be written as GraphML or GEXF.
Nodes and edges are added in sorted order: the same rows, in whatever order, give the same network.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from graph.mentions import Links, Mention, mentions_of
from graph.rows import UNNAMED, AgencyRow, DutyRow, PolicyRow
from graph.shares import Duties, Shares, bearers_of, shares_of, weights

RELATIONS = ("repeals", "amends", "basis", "cites")
"""The relations between documents, the weightiest first: a pair of documents in several relations is drawn as the first of them."""

ROLES = ("lead", "responsible", "support")


@dataclass(frozen=True, slots=True)
class Tie:
    """A :class:`graph.shares.Weight` with the keys of the shared assignments (see :func:`graph.shares.assignment_key`), sorted."""

    first: str
    second: str
    shared: tuple[str, ...]
    first_leads: int
    second_leads: int
    strength: float


def unnamed_agencies(agencies: Iterable[AgencyRow]) -> frozenset[str]:
    """The IRIs of the agencies that stand for unnamed bodies."""
    return frozenset(a.iri for a in agencies if a.kind == UNNAMED)


def ties(duties: Iterable[DutyRow], leave_out: frozenset[str] = frozenset()) -> tuple[Tie, ...]:
    """All pairs of agencies with a shared assignment, sorted by IRI; agencies in ``leave_out`` are passed over.

    ``duties`` must hold all bearers of an assignment: the duties of a single agency have no ties.
    """
    rows = list(duties)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, bearers in sorted(bearers_of(rows).items()):
        for pair in combinations(sorted(bearers), 2):
            shared[pair].append(key)
    return tuple(
        Tie(w.first, w.second, tuple(shared[w.first, w.second]), w.first_leads, w.second_leads, w.strength)
        for w in weights(shares_of(rows), leave_out)
    )


def agency_network(duties: Duties, agencies: Iterable[AgencyRow] = (), *, unnamed: bool = True) -> nx.Graph:
    """Agencies joined by the assignments that they share.

    Nodes: every agency that bears one of ``duties``, with name, place, kind, unnamed, duties, lead, responsible and support (counts
    over ``duties``). Edges: ``weight`` is the number of shared assignments, ``strength`` as in :class:`graph.shares.Weight`.
    ``agencies`` tell place and kind; with ``unnamed=False`` those of the kind unnamed are left out (各相关部门 joins everybody with
    everybody).
    """
    shares, graph = shares_of(duties, agencies), nx.Graph()
    hidden = _add_agencies(graph, shares, unnamed)
    for pair in weights(shares, hidden):
        graph.add_edge(pair.first, pair.second, weight=pair.shared, strength=pair.strength)
    return graph


def lead_network(duties: Duties, agencies: Iterable[AgencyRow] = (), *, unnamed: bool = True) -> nx.DiGraph:
    """Who leads whom: an edge goes from the lead agency to a responsible or supporting one of the same assignment.

    Nodes as in :func:`agency_network`; ``weight`` counts the assignments.
    """
    shares, graph = shares_of(duties, agencies), nx.DiGraph()
    hidden = _add_agencies(graph, shares, unnamed)
    for pair in weights(shares, hidden):
        if pair.first_leads:
            graph.add_edge(pair.first, pair.second, weight=pair.first_leads)
        if pair.second_leads:
            graph.add_edge(pair.second, pair.first, weight=pair.second_leads)
    return graph


def _add_agencies(graph: nx.Graph, shares: Shares, unnamed: bool) -> frozenset[str]:
    """Adds the nodes and returns the IRIs that were left out."""
    known = {a.iri: a for a in shares.agencies}
    hidden = frozenset() if unnamed else shares.hidden
    names: dict[str, str] = {}
    load: dict[str, Counter[str]] = defaultdict(Counter)
    for part in shares.loads:
        names.setdefault(part.agency, part.name)
        load[part.agency][part.role] += part.duties
    for iri in sorted(set(names) - hidden):
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


def policy_network(policies: Iterable[PolicyRow], links: Links, relations: Iterable[str] = RELATIONS) -> nx.DiGraph:
    """Documents and their relations; an edge goes from the document that speaks to the one that it names.

    Nodes: title, number (文号), dated, type, place, resolved (False: only cited, its text is not in the store). Edges: ``weight``
    is the number of mentions, ``relation`` the weightiest of them in the order of :data:`RELATIONS`, ``relations`` all, joined
    by "|". A document that names itself gives no edge.
    """
    wanted = frozenset(relations)
    graph = nx.DiGraph()
    times: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    cited: dict[str, Mention] = {}
    for mention in mentions_of(links):
        if mention.relation in wanted and mention.policy != mention.cited:
            times[mention.policy, mention.cited][mention.relation] += mention.times
            cited.setdefault(mention.cited, mention)
    known = {p.iri: p for p in policies}
    for iri in sorted({*known, *cited, *(source for source, _ in times)}):
        graph.add_node(iri, **_document(iri, known.get(iri), cited.get(iri)))
    for (source, target), count in sorted(times.items()):
        present = [r for r in RELATIONS if count[r]]
        graph.add_edge(source, target, weight=count.total(), relation=present[0], relations="|".join(present))
    return graph


def _document(iri: str, row: PolicyRow | None, mention: Mention | None) -> dict[str, str | bool]:
    """Node attributes from the policy's own row, or from a mention of it, or from its IRI alone."""
    if row:
        return {
            "title": row.title or row.number or iri,
            "number": row.number,
            "dated": row.dated,
            "type": row.type,
            "place": row.place,
            "resolved": row.resolved,
        }
    title, number = (mention.title, mention.number) if mention else ("", "")
    resolved = mention.resolved if mention else True
    return {"title": title or number or iri, "number": number, "dated": "", "type": "", "place": "", "resolved": resolved}
