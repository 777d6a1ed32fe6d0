"""What a graph of duties says: load, networks, change, bottlenecks, chains of documents, and what is missing or does not fit.

``read_facts(store)`` reads everything once, ``within(facts, Scope(city="云陵市", since=2022))`` narrows it, and each measure takes
the rows that it needs and gives frozen rows, which ``pandas.DataFrame(rows)`` takes as they are. ``notes(table)`` says what each
field means. networkx runs on an installed backend where ``NETWORKX_BACKEND_PRIORITY`` names one (nx-parallel 0.3 with
networkx 3.4 gives the same figures; it fits no later networkx).
"""

from __future__ import annotations

from graph.analysis.agencies import AgencyMeasure, GroupMeasure, agency_measures, communities, community_name, group_measures
from graph.analysis.documents import Chain, PolicyMeasure, chains, cycles, longest_chain, policy_measures
from graph.analysis.facts import BareClause, Facts, Scope, duties_between, judged, read_facts, within
from graph.analysis.load import Bottleneck, Change, Concentration, bottlenecks, changes, concentration, gini, herfindahl, period_of
from graph.analysis.notes import Note, notes
from graph.analysis.suspects import (
    CycleLink,
    Difference,
    Repeal,
    Unsound,
    WeakTarget,
    cycle_links,
    differences,
    repeal_links,
    repeals,
    unsound,
    weak_targets,
)
from graph.analysis.tiers import tiers
from graph.standing import Standing, standings

__all__ = [
    "AgencyMeasure",
    "BareClause",
    "Bottleneck",
    "Chain",
    "Change",
    "Concentration",
    "CycleLink",
    "Difference",
    "Facts",
    "GroupMeasure",
    "Note",
    "PolicyMeasure",
    "Repeal",
    "Scope",
    "Standing",
    "Unsound",
    "WeakTarget",
    "agency_measures",
    "bottlenecks",
    "chains",
    "changes",
    "communities",
    "community_name",
    "concentration",
    "cycle_links",
    "cycles",
    "differences",
    "duties_between",
    "gini",
    "group_measures",
    "herfindahl",
    "judged",
    "longest_chain",
    "notes",
    "period_of",
    "policy_measures",
    "read_facts",
    "repeal_links",
    "repeals",
    "standings",
    "tiers",
    "unsound",
    "weak_targets",
    "within",
]
