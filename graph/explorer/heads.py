"""What every page says of a document: title, number, date, place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from graph.cells import text_of
from graph.explorer import catalogue
from graph.explorer.catalogue import Head
from graph.store import Store

__all__ = ["Head", "heads"]

_FEW = 5000  # documents that are asked for one by one, where the catalogue is still being read
_HEADS = """
SELECT ?policy ?title ?number ?dated ?place
WHERE {
  $policy$
  ?policy a zhize:Policy ; rdfs:label ?title .
  OPTIONAL { ?policy eli:id_local ?number }
  OPTIONAL { ?policy eli:date_document ?dated }
  OPTIONAL { ?policy zhize:place ?place }
}"""


def heads(store: Store, policies: Iterable[str]) -> Mapping[str, Head]:
    """The documents with these IRIs, by IRI."""
    wanted = sorted(set(policies))
    if len(wanted) > _FEW or catalogue.entries.ready(store):
        known = catalogue.entries(store)
        return {iri: known[iri] for iri in wanted if iri in known.at}
    rows = store.select_each(_HEADS, "policy", [ox.NamedNode(iri) for iri in wanted])
    return {text_of(row[0]): Head(*map(text_of, row)) for row in rows}
