"""The standing of documents and of their clauses for all pages: the one place of the explorer that asks which module judges it."""

from __future__ import annotations

from collections.abc import Mapping

from graph.standing import Life as Standing
from graph.standing import lives as standings

__all__ = ["Standing", "standing_of", "standings", "state"]


def standing_of(known: Mapping[str, Standing], policy: str, clause: str) -> Standing:
    """The standing of what stands under the path ``clause`` of ``policy`` (IRI): a duty ends with its clause."""
    return known.get(policy, Standing()).of(clause)


def state(standing: Standing, day: str) -> str:
    """The code of a standing on ``day`` (ISO): in_force, pending, expired, repealed or unknown."""
    return standing.on(day).state
