"""What every page says of a document: title, number, date, place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from graph.cells import text_of
from graph.store import Store

_HEADS = """
SELECT ?policy ?title ?number ?dated ?place
WHERE {
  $policy$
  ?policy a zhize:Policy ; rdfs:label ?title .
  OPTIONAL { ?policy eli:id_local ?number }
  OPTIONAL { ?policy eli:date_document ?dated }
  OPTIONAL { ?policy zhize:place ?place }
}"""


@dataclass(frozen=True, slots=True)
class Head:
    """A document in the graph; ``dated`` is its 成文日期 (ISO) or ""."""

    iri: str
    title: str
    number: str
    dated: str
    place: str


def heads(store: Store, policies: Iterable[str] | None = None) -> Mapping[str, Head]:
    """The documents with these IRIs, or all, by IRI."""
    given = {} if policies is None else {"policy": [ox.NamedNode(iri) for iri in sorted(policies)]}
    return {text_of(row[0]): Head(*map(text_of, row)) for row in store.select(_HEADS, **given)}
