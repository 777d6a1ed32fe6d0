"""What the networks say about agencies and documents, under one name; the parts are in :mod:`graph.analysis`."""

from __future__ import annotations

from graph.analysis.agencies import AgencyMeasure, GroupMeasure, agency_measures, communities, community_name, group_measures
from graph.analysis.documents import Chain, PolicyMeasure, chains, cycles, longest_chain, policy_measures
from graph.analysis.notes import AGENCY_NOTES, POLICY_NOTES, Note
from graph.analysis.suspects import repeal_links

__all__ = [
    "AGENCY_NOTES",
    "POLICY_NOTES",
    "AgencyMeasure",
    "Chain",
    "GroupMeasure",
    "Note",
    "PolicyMeasure",
    "agency_measures",
    "chains",
    "communities",
    "community_name",
    "cycles",
    "group_measures",
    "longest_chain",
    "policy_measures",
    "repeal_links",
]
