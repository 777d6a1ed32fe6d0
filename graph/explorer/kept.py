"""What is read once for each published graph and kept as long as that is served."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from graph.store import Store

T = TypeVar("T")
_GRAPHS = 2  # the one that is served, and the one before it while a request still runs


class Kept(Generic[T]):
    """``make`` of a graph, made once: who asks meanwhile waits for the first, instead of reading everything again."""

    def __init__(self, make: Callable[[Store], T]) -> None:
        self._make = make
        self._lock = Lock()
        self._made: OrderedDict[Store, T] = OrderedDict()
        self.__doc__ = make.__doc__

    def __call__(self, store: Store) -> T:
        """What was made of ``store``, or is made now."""
        with self._lock:
            if store not in self._made:
                self._made[store] = self._make(store)
                while len(self._made) > _GRAPHS:
                    self._made.popitem(last=False)
            return self._made[store]

    def ready(self, store: Store) -> bool:
        """Whether it is made already."""
        return store in self._made
