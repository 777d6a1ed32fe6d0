"""What is known of an agency, as terms of the ontology."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import pyoxigraph as ox

from extract.models import Agency, Tier
from ontology.vocabulary import find_concept

Value = ox.NamedNode | ox.Literal


def tier_of(code: str) -> Tier:
    """The code of a tier, "" where the list of tiers has none such."""
    return cast(Tier, code) if find_concept("tiers", code) is not None else ""


def agency_values(agency: Agency) -> Sequence[tuple[str, Value | str]]:
    """What is known of an agency beyond its name, as predicate and value."""
    values: list[tuple[str, Value | str]] = []
    if agency.place:
        values.append(("zhize:place", agency.place))
    tier, kind = find_concept("tiers", agency.tier), find_concept("kinds", agency.kind)
    if tier is not None:
        values.append(("zhize:tier", tier))
    if kind is not None:
        values.append(("org:classification", kind))
    if agency.reason:
        values.append(("zhize:reason", agency.reason))
    return values
