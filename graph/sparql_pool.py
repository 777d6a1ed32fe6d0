"""Processes for the queries of a server: some wait ready, so many run at the same time, and all end with the server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from graph.errors import BusyError, QueryFailedError
from graph.sparql_process import Engine

_READY = 2  # processes that wait with everything imported, which takes a third of a second


class EnginePool:
    """Hands out a :class:`Slot` a query, at most ``most`` at the same time."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.closed = False
        self._lock = threading.Lock()
        self._ready: list[Engine] = []
        self._slots: list[Slot] = []

    @property
    def running(self) -> tuple[int, ...]:
        """The numbers of the processes that answer a query now."""
        with self._lock:
            return tuple(slot.held.number for slot in self._slots if slot.held)

    @property
    def ready(self) -> tuple[int, ...]:
        """The numbers of the processes that wait for one."""
        with self._lock:
            return tuple(engine.number for engine in self._ready)

    def warm(self) -> None:
        """Start the processes that wait ready."""
        with self._lock:
            while not self.closed and len(self._ready) < min(_READY, self.most):
                self._ready.append(Engine())

    @contextmanager
    def slot(self) -> Iterator[Slot]:
        """Room for one query; its process is ended with the block. Raises :class:`BusyError` where ``most`` are running."""
        slot = Slot(self)
        with self._lock:
            if self.closed or len(self._slots) >= self.most:
                raise BusyError(self.most)
            self._slots.append(slot)
        try:
            yield slot
        finally:
            with self._lock:
                self._slots.remove(slot)
            if slot.held:
                slot.held.close()

    def take(self) -> Engine:
        """A process that waits for its query, or a new one."""
        with self._lock:
            if self.closed:
                raise QueryFailedError("the server is closing")
            engine = self._ready.pop(0) if self._ready else Engine()
        self.warm()
        return engine

    def close(self) -> None:
        """End all processes; whoever waits for an answer gets an error. Nothing is started any more."""
        with self._lock:
            self.closed = True
            ready, self._ready = self._ready, []
            slots = list(self._slots)
        for engine in ready:
            engine.close()
        for slot in slots:
            slot.kill()


class Slot:
    """Room for one query. A query may need a second process, where a build has swept away what the first was to read."""

    def __init__(self, pool: EnginePool) -> None:
        self._pool = pool
        self.held: Engine | None = None
        self.killed = False

    def engine(self) -> Engine:
        """A fresh process."""
        if self.killed:
            raise QueryFailedError("it was ended from outside")
        self.held = self._pool.take()
        return self.held

    def kill(self) -> None:
        """End the query, from any thread."""
        self.killed = True
        if self.held:
            self.held.kill()
