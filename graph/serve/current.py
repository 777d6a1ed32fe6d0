"""The published graph as the server's readers see it: opened once, and again as soon as a build has published a newer one."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from threading import Thread

from starlette.requests import Request

from graph.errors import GraphError
from graph.explorer.ahead import read_ahead
from graph.store import Store, open_store, published


class CurrentStore:
    """The newest published graph of a folder. Threads may share it; a build never waits for it, nor it for a build."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._generation: Path | None = None
        self._store: Store | None = None
        self._ahead = False

    def store(self) -> Store:
        """The graph that is published now. Raises what :func:`graph.store.open_store` raises."""
        with self._lock:
            generation = published(self.folder)
            if self._store is None or generation != self._generation:
                self._store = open_store(self.folder)
                self._generation = generation
                if self._ahead:
                    Thread(target=read_ahead, args=(self._store,), daemon=True).start()
            return self._store

    def prepare(self) -> None:
        """From now on read, of each graph that is published, what all pages know by heart, before somebody opens one."""
        self._ahead = True
        with suppress(GraphError):  # the pages say what is wrong
            self.store()

    @property
    def generation(self) -> str:
        """The name of the published generation, "" where there is none: what is made from the graph is good as long as it stays."""
        found = published(self.folder)
        return found.name if found else ""


def current(request: Request) -> CurrentStore:
    """The graph that the server serves."""
    held: CurrentStore = request.app.state.current
    return held


def store_of(request: Request) -> Store:
    """The graph as it is published now: ask once a request, and every part of the page shows the same state."""
    return current(request).store()
