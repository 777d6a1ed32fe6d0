"""The addresses of the pages."""

from __future__ import annotations

from starlette.routing import Route

from graph.explorer import files, many, one
from graph.explorer.answering import not_found

__all__ = ["not_found", "routes"]


def routes() -> list[Route]:
    """All pages; each answers GET and HEAD."""
    return [
        Route("/", many.first),
        Route("/search", many.find),
        Route("/agencies", many.agencies),
        Route("/agency", one.agency),
        Route("/agency/{name:path}", one.agency),
        Route("/duties", many.all_duties),
        Route("/policies", many.policies),
        Route("/policy", one.policy),
        Route("/targets", many.targets),
        Route("/indicator", one.indicator),
        Route("/citations", many.citations),
        Route("/fact", one.fact),
        Route("/review", many.notes),
        Route("/network", files.network),
        Route("/network/drawn", files.drawn),
        Route("/download/duties.{form}", files.duties),
        Route("/download/breakdown.{form}", files.breakdowns),
        Route("/download/{what}.csv", files.listing),
    ]
