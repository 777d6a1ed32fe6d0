"""Runs the server until somebody ends it."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from graph.errors import PortError
from graph.serve.app import create_app
from graph.serve.settings import ServeSettings
from graph.store import open_store

_HEADERS = 32_768  # bytes: room for the headers of a request beside its address
_PATIENCE = 3  # seconds that an answer may still take when the server closes


def serve(folder: Path, settings: ServeSettings, started: Callable[[str], None]) -> None:
    """Serve the graph in ``folder`` until SIGINT or SIGTERM; ``started`` learns the address.

    Raises :class:`graph.errors.NoStoreError`, :class:`graph.errors.BrokenStoreError` and :class:`graph.errors.PortError`.
    """
    open_store(folder)
    app = create_app(folder, settings)
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_PATIENCE,
        h11_max_incomplete_event_size=settings.max_address + _HEADERS,
    )
    with listening(settings) as ear:
        started(address_of(ear, settings.host))
        with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises it once more when it has closed
            _Server(config, app).run(sockets=[ear])


def listening(settings: ServeSettings) -> socket.socket:
    """A socket on the host and port. Raises :class:`graph.errors.PortError`."""
    host = settings.host.strip("[]")
    try:
        family, *_, address = socket.getaddrinfo(host, settings.port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        known = error.errno if error.errno and error.errno > 0 else 0  # a name that cannot be resolved has a number of its own
        raise PortError(settings.host, settings.port, os.strerror(known) if known else str(error.strerror)) from error


def address_of(ear: socket.socket, host: str) -> str:
    """What to type into a browser."""
    name = host.strip("[]")
    return f"http://{f'[{name}]' if ':' in name else name}:{ear.getsockname()[1]}/"


class _Server(uvicorn.Server):
    """A server that ends running queries as soon as it is told to close."""

    def __init__(self, config: uvicorn.Config, app: Starlette) -> None:
        super().__init__(config)
        self._app = app

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Called by the system's signal."""
        self._app.state.closing = True
        super().handle_exit(sig, frame)
