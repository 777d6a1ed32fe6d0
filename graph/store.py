"""The graph on disk: an embedded Oxigraph that readers open read-only. (One on a server is read by :mod:`graph.remote`.)

A folder holds numbered generations and a file ``current`` that names the published one. A generation never changes once it is
published, so readers need no lock: a build makes a new generation beside it (hard links, no copy) and turns ``current`` over.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, Union

import pyoxigraph as ox

from graph.errors import BrokenStoreError, NoStoreError, StoreBusyError
from ontology.vocabulary import PREFIXES

if TYPE_CHECKING:
    from graph.remote.address import Address

_POINTER = "current"
_LOCK = "build.lock"
_GENERATION = "generation-"
_MARK = re.compile(r"\$([a-z]{1,20})\$")
_WORTH_COMPACTING = 10  # compact where at least one statement in so many is new
_AT_ONCE = 60  # values of a variable in one query
_KEPT = 2  # generations: the published one and the one before, which readers may still have open

Value = ox.NamedNode | ox.Literal
Row = tuple[Value | None, ...]
Place: TypeAlias = Union[Path, "Address"]
"""Where a graph is: a folder, or a server."""


@dataclass(frozen=True)
class Store:
    """An opened graph. Queries see the union of all named graphs as their default graph."""

    folder: Path
    engine: ox.Store

    def select(self, query: str, **values: Iterable[Value]) -> Iterator[Row]:
        """The rows of a SELECT of this program's own, in the order of its variables; prefixes of the ontology are declared.

        ``values`` restrict variables: ``agency=[iri]`` puts ``VALUES ?agency { <iri> }`` where the query has ``$agency$``; such
        marks without a value go. Queries of users go through :func:`graph.sparql.run_query`, which ends them at a deadline.
        """
        found = self.engine.query(with_values(query, values), prefixes=PREFIXES, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        for solution in found:
            yield tuple(solution)

    def select_each(self, query: str, name: str, values: Iterable[Value], **more: Iterable[Value]) -> Iterator[Row]:
        """As :meth:`select` with many ``values`` of the variable ``name``, asked in portions.

        With a few hundred values the engine looks each up; of thousands it makes a table and reads the whole graph against that:
        on 53 million statements 3,000 documents took 5.8 s at once and 0.1 s in portions.
        """
        several = list(values)
        for at in range(0, len(several), _AT_ONCE):
            yield from self.select(query, **{name: several[at : at + _AT_ONCE]}, **more)

    def mapping(self, query: str, **values: Iterable[Value]) -> dict[Value | None, Value | None]:
        """As :meth:`select` for a SELECT of two variables: from the first to the second."""
        return {row[0]: row[1] for row in self.select(query, **values)}

    def graphs(self) -> list[ox.NamedNode]:
        """All named graphs, in the order of their IRIs."""
        return sorted((g for g in self.engine.named_graphs() if isinstance(g, ox.NamedNode)), key=lambda g: g.value)

    def quads(self, graph: ox.NamedNode) -> Iterator[ox.Quad]:
        """The statements of a named graph, in no order."""
        return self.engine.quads_for_pattern(None, None, None, graph)


def with_values(query: str, values: Mapping[str, Iterable[Value]]) -> str:
    """A query with ``VALUES`` in the place of its marks, as :meth:`Store.select` explains."""
    clauses = {name: f"VALUES ?{name} {{ {' '.join(map(str, terms))} }}" for name, terms in values.items()}
    return _MARK.sub(lambda mark: clauses.get(mark[1], ""), query)  # at once: a value may look like a mark


def published(folder: Path) -> Path | None:
    """The published generation in ``folder``, or None where there is none."""
    try:
        name = (folder / _POINTER).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return folder / name if name.startswith(_GENERATION) and (folder / name).is_dir() else None


def has_store(folder: Path) -> bool:
    """Whether there is a published graph in ``folder``."""
    return published(Path(folder)) is not None


def open_store(place: Place) -> Store:
    """The published graph in a folder or on a server, for reading; a later build does not change it.

    Raises :class:`NoStoreError` where there is none and :class:`BrokenStoreError` where it cannot be opened; of a server what
    :func:`graph.remote.store.open_remote` raises.
    """
    if not isinstance(place, Path):
        from graph.remote.store import open_remote  # httpx takes as long to import as a query on disk takes

        return open_remote(place)
    folder = place
    generation = published(folder)
    while generation is not None:
        try:
            return Store(folder, ox.Store.read_only(str(generation)))
        except (OSError, RuntimeError) as error:  # the engine reports corruption as RuntimeError
            newer = published(folder)
            if newer == generation:
                raise BrokenStoreError(folder, error) from error
            generation = newer  # builds went on between the look and the opening
    raise NoStoreError(folder)


class Draft:
    """A generation in the making. It is started by the first change, from the published one, and published at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.base = published(folder)
        self.old: Store | None = open_store(folder) if self.base else None
        self.written = 0  # statements loaded, as far as the caller counts them
        self._path = folder / "draft"
        self._store: ox.Store | None = None

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return self._store is not None

    @property
    def store(self) -> ox.Store:
        """The store to write to; asking for it starts the draft."""
        if self._store is None:
            if self._path.exists():  # left over from a build that was killed
                shutil.rmtree(self._path)
            if self.old is not None:
                self.old.engine.backup(str(self._path))
            self._store = ox.Store(str(self._path))
        return self._store

    def publish(self) -> None:
        """Make the draft the graph that readers open from now on. Nothing is published where nothing was written."""
        if self._store is None:
            return
        number = int(self.base.name.removeprefix(_GENERATION)) + 1 if self.base else 1
        generation = self.folder / f"{_GENERATION}{number:06}"
        if generation.exists():  # left over from a build that was killed before it turned the pointer
            shutil.rmtree(generation)
        # A checkpoint, not the draft itself: as long as the engine is open it tidies its files in the background, and only the end
        # of the last reference to it closes it.
        self.compact()
        self._store.backup(str(generation))
        pointer = self.folder / (_POINTER + ".new")
        with pointer.open("w", encoding="ascii") as file:
            file.write(generation.name + "\n")
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.folder / _POINTER)
        self._sweep()

    def compact(self) -> None:
        """Put the files in order, which makes reading two to three times as fast; not for a small change of a large graph.

        Each batch of a bulk load leaves files of its own, and until they are in order a look-up opens every one of them.
        """
        self.store.flush()
        if self.written * _WORTH_COMPACTING >= len(self.store):
            self.store.optimize()

    def close(self) -> None:
        """Delete the draft; what was published stays."""
        self.old = None
        if self._store is not None:
            self._store = None
            shutil.rmtree(self._path, ignore_errors=True)

    def _sweep(self) -> None:
        """Delete generations that no reader can still want."""
        generations = sorted(p for p in self.folder.glob(_GENERATION + "*") if p.is_dir())
        for generation in generations[:-_KEPT]:
            shutil.rmtree(generation, ignore_errors=True)


@contextmanager
def drafting(folder: Path) -> Iterator[Draft]:
    """A draft of a new generation in ``folder``, which the caller publishes; it is deleted when the block ends.

    Raises :class:`StoreBusyError` where another build holds the folder. The lock is the operating system's and falls with the
    process, however that ends.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("a+b") as lock:
        try:
            _acquire(lock.fileno())
        except OSError as error:
            raise StoreBusyError(folder) from error
        draft = Draft(folder)
        try:
            yield draft
        finally:
            draft.close()


if os.name == "nt":  # pragma: no cover
    import msvcrt

    def _acquire(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
else:
    import fcntl

    def _acquire(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
