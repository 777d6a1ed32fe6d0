"""RDF files of any form, joined into one graph in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph as ox

from graph.errors import GraphError

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
}
_BATCH = 50_000  # statements handed over at once
_NO_LINE = 0


class UnreadableRdfError(GraphError):
    """A file that is no RDF of the form that its suffix says. ``line`` counts from 1, 0 where it is unknown."""

    def __init__(self, path: Path, why: str, line: int = _NO_LINE, hint: str = "") -> None:
        self.path, self.line = path, line
        super().__init__(f"{path}{f', line {line}' if line else ''}: {why}.", hint)


def load(paths: Sequence[Path], on_file: Callable[[int], None] | None = None) -> ox.Store:
    """The statements of all files in one store; blank nodes of two files stay apart.

    ``on_file`` is told how many bytes are read after each. Raises :class:`UnreadableRdfError` with the file and the line.
    """
    store = ox.Store()
    done = 0
    for path in paths:
        _load(store, path)
        done += path.stat().st_size
        if on_file is not None:
            on_file(done)
    return store


def _load(store: ox.Store, path: Path) -> None:
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise UnreadableRdfError(path, "the suffix does not say which form of RDF it is", hint=f"Use one of {', '.join(FORMATS)}.")
    batch: list[ox.Quad] = []
    try:
        with path.open("rb") as stream:
            for quad in ox.parse(stream, format=form, base_iri=path.resolve().as_uri(), rename_blank_nodes=True):
                batch.append(quad)
                if len(batch) >= _BATCH:
                    store.bulk_extend(batch)
                    batch.clear()
        store.bulk_extend(batch)
    except SyntaxError as error:
        why = str(error.msg).strip().rstrip(".")
        raise UnreadableRdfError(path, f"this is not {form.name}: {why}", error.lineno or _NO_LINE) from error
    except OSError as error:
        raise UnreadableRdfError(path, f"the file cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise UnreadableRdfError(path, f"this is not {form.name}: {error}") from error
