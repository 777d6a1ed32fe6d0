"""Queries of the server's clients: each in its process, ended at the deadline or when the client goes away."""

from __future__ import annotations

import asyncio

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from graph.limits import QueryLimits
from graph.sparql import Answer, Ask, answer_query
from graph.sparql_pool import EnginePool, Slot

_LOOK = 0.25  # seconds between two looks at whether the client is still there


async def answer_within(request: Request, ask: Ask, limits: QueryLimits) -> Answer:
    """The answer. Raises what :func:`graph.sparql.answer_query` raises, and BusyError where as many run as may."""
    pool: EnginePool = request.app.state.engines
    with pool.slot() as slot:
        watch = asyncio.create_task(_end_with_client(request, slot))
        try:
            return await run_in_threadpool(answer_query, request.app.state.current.folder, ask, limits, slot.engine)
        finally:
            watch.cancel()


async def _end_with_client(request: Request, slot: Slot) -> None:
    """End the query of a client that no longer listens, and every query when the server closes: nobody would see the answer."""
    while not (request.app.state.closing or await request.is_disconnected()):
        await asyncio.sleep(_LOOK)
    slot.kill()
