"""The standing of documents for all pages: the one place of the explorer that asks which module judges it."""

from __future__ import annotations

from graph.standing import Life as Standing
from graph.standing import lives as standings

__all__ = ["Standing", "standings", "state"]


def state(standing: Standing, day: str) -> str:
    """The code of a standing on ``day`` (ISO): in_force, pending, expired, repealed or unknown."""
    return standing.on(day).state
