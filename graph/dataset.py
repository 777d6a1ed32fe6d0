"""The graph for those who work with rdflib: a :class:`rdflib.Dataset` over the store on disk, to read.

Nothing is copied: rdflib asks the engine (through oxrdflib). What surprises people there is guarded: each guard says below what it
guards against, and docs/stores.md what each way of reading costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import XSD
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from graph.errors import GraphError
from graph.store import open_store
from ontology.vocabulary import PREFIXES


class ReadOnlyDatasetError(GraphError):
    """Somebody wants to write."""

    def __init__(self) -> None:
        super().__init__("This dataset can only be read.", "Copy what you need into a graph of your own: rdflib.Graph() + triples.")


class BindingsError(GraphError):
    """``initBindings`` for a variable that the query does not give back: the engine cannot bind it."""

    def __init__(self, names: list[str]) -> None:
        first = names[0]
        super().__init__(
            f"initBindings cannot bind {', '.join('?' + name for name in names)}, which the query does not select.",
            f"Write it into the query: f'VALUES ?{first} {{{{ {{term.n3()}} }}}}'.",
        )


def open_dataset(folder: Path | str) -> Dataset:
    """The published graph in a folder as an rdflib dataset; a later build does not change it.

    The default graph is the union of all, the ontology's prefixes are bound. Raises what :func:`graph.store.open_store` raises;
    writing raises :class:`ReadOnlyDatasetError`.
    """
    store = _Store(store=open_store(Path(folder)).engine)
    dataset = Dataset(store=store, default_union=True)  # without it queries see an empty default graph
    for prefix, space in PREFIXES.items():  # the engine does not keep them
        dataset.bind(prefix, space, override=True, replace=True)
    return dataset


class _Store(OxigraphStore):
    """An oxrdflib store that only reads."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._sizes: dict[object, int] = {}

    def triples(self, triple_pattern: Any, context: Graph | None = None) -> Iterator[Any]:
        """The statements, their texts as rdflib writes them."""
        for triple, graphs in super().triples(triple_pattern, context):
            yield tuple(map(_plain, triple)), graphs

    def query(self, query: Query | str, initNs: Mapping[str, Any], initBindings: Mapping[str, Any], queryGraph: str,
              **settings: object) -> Result:  # fmt: skip
        """The engine's answer.

        oxrdflib refuses a prepared query, and rdflib then answers it itself without a word, 25 times as slowly: here the engine
        gets its text.
        """
        if isinstance(query, Query):
            query, prefixes, _ = query._original_args
            initNs = {**initNs, **prefixes}
        try:
            result = super().query(query, initNs, initBindings, queryGraph)
        except RuntimeError as error:
            missing = [str(name) for name in initBindings if f"?{name}" in str(error)]
            if missing:
                raise BindingsError(missing) from error
            raise
        if result.type == "SELECT":
            result.bindings = ({name: _plain(term) for name, term in row.items() if term is not None} for row in result.bindings)
        elif result.type == "CONSTRUCT":
            result.graph = _plain_graph(result.graph)
        return result

    def __len__(self, context: Graph | None = None) -> int:
        """The number of statements; rdflib asks for it at every ``if graph:``, the engine counts for a second a million."""
        key = None if context is None else context.identifier
        if key not in self._sizes:
            self._sizes[key] = super().__len__(context)
        return self._sizes[key]

    def add_graph(self, graph: Graph) -> None:
        """Nothing for a graph that is there: rdflib adds each one that is asked for by name."""
        name = graph.identifier
        if name != DATASET_DEFAULT_GRAPH_ID and not self._inner.contains_named_graph(ox.NamedNode(str(name))):
            raise ReadOnlyDatasetError()

    def add(self, *things: Any, **settings: Any) -> None:
        """Refuse. The engine would do so too, but not by a :class:`GraphError`."""
        raise ReadOnlyDatasetError()

    addN = remove = update = remove_graph = open = destroy = add


def _plain(term: Any) -> Any:
    """A text as rdflib reads it from a file. The engine gives it the type xsd:string, with which rdflib takes it for another."""
    return Literal(str(term)) if isinstance(term, Literal) and term.datatype == XSD.string else term


def _plain_graph(graph: Graph | None) -> Graph:
    made = Graph()
    for prefix, space in PREFIXES.items():
        made.bind(prefix, URIRef(space))
    for triple in graph or ():
        made.add(tuple(map(_plain, triple)))
    return made
