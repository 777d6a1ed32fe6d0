"""The application: what is at which address, and what surrounds every answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from graph.errors import BrokenStoreError, NoStoreError
from graph.explorer.routes import routes as explorer_routes
from graph.serve.current import CurrentStore
from graph.serve.editor import editor_routes
from graph.serve.errors import Problem, problem_answer
from graph.serve.guard import BodyTooLargeError, Guard
from graph.serve.pages import address, language
from graph.serve.protocol import protocol_routes
from graph.serve.settings import ServeSettings
from graph.serve.static import static_routes
from graph.sparql_pool import EnginePool


def create_app(folder: Path, settings: ServeSettings | None = None) -> Starlette:
    """The server of the graph in ``folder``, as an ASGI application."""
    settings = settings or ServeSettings()
    app = Starlette(
        routes=[*explorer_routes(), *protocol_routes(), *editor_routes(), *static_routes(), Route("/", _to_query)],
        # Starlette's own answer to an unexpected error stands outside all middleware: the second one answers within the guard.
        middleware=[Middleware(Guard, settings=settings), Middleware(ServerErrorMiddleware, handler=_unexpected)],
        exception_handlers={
            HTTPException: _http_error,
            NoStoreError: _no_store,
            BrokenStoreError: _no_store,
            BodyTooLargeError: _too_large,
        },
        lifespan=_lifespan,
    )
    app.state.engines = EnginePool(settings.max_queries)
    app.state.current = CurrentStore(Path(folder))
    app.state.settings = settings
    app.state.closing = False
    return app


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    """Processes for queries are ready before the first one comes, and gone after the last."""
    engines: EnginePool = app.state.engines
    engines.warm()
    app.state.current.prepare()
    try:
        yield
    finally:
        engines.close()


def _to_query(request: Request) -> Response:
    return RedirectResponse(address(language(request), "/query"))


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return problem_answer(request, Problem.NOT_FOUND)
    if error.status_code == 405:
        answer = problem_answer(request, Problem.METHOD)
        answer.headers.update(error.headers or {})
        return answer
    return problem_answer(request, Problem.QUERY, why=error.detail)


def _no_store(request: Request, error: Exception) -> Response:
    return problem_answer(request, Problem.STORE, why=error)


def _too_large(request: Request, error: Exception) -> Response:
    return problem_answer(request, Problem.BODY, most=request.app.state.settings.max_body)


def _unexpected(request: Request, error: Exception) -> Response:
    return problem_answer(request, Problem.SERVER)
