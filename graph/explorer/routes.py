"""The addresses of the explorer's pages."""

from __future__ import annotations

from starlette.routing import Route


def routes() -> list[Route]:
    """All pages, in the order in which addresses are tried."""
    return []
