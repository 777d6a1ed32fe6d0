"""Which duties speak of something: in their task, or where a list of units closes a clause, in all its words."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from graph.cells import text_of
from graph.literals import string
from graph.store import Store

# A heading is the task of a list of duties; what is to be done stands below it. The whole document is no clause.
_WORDED = """
SELECT ?d ?words
WHERE {
  { $agency$ ?d odrl:assignee ?agency ; zhize:task ?words FILTER(CONTAINS(?words, ?word)) $word$ }
  UNION
  {
    $agency$
    ?clause zhize:text ?words ; zhize:path ?path FILTER(?path != "" && CONTAINS(?words, ?word)) $word$
    ?d zhize:statedIn ?clause ; zhize:form zhize:form-marker ; odrl:assignee ?agency
  }
}"""

# The same of duties that are given, whose clauses are then few.
_AMONG = """
SELECT ?d ?words
WHERE {
  { $d$ ?d zhize:task ?words FILTER(CONTAINS(?words, ?word)) $word$ }
  UNION
  {
    $d$
    ?d zhize:form zhize:form-marker ; zhize:statedIn ?clause .
    ?clause zhize:text ?words ; zhize:path ?path FILTER(?path != "" && CONTAINS(?words, ?word)) $word$
  }
}"""


def worded(store: Store, words: str, bearers: Iterable[ox.NamedNode] = ()) -> frozenset[str] | None:
    """The duties (IRIs), of ``bearers`` or of all, that speak of all of ``words``; None where no words are asked for."""
    first, *others = words.split() or [""]
    if not first:
        return None
    among = list(bearers)
    given = {"agency": among} if among else {}
    found = store.select(_WORDED, **given, word=[string(first)])
    return frozenset(text_of(d) for d, said in found if all(word in text_of(said) for word in others))


def worded_among(store: Store, words: str, duties: Iterable[str]) -> frozenset[str]:
    """Those of ``duties`` (IRIs) that speak of all of ``words``."""
    first, *others = words.split()
    found = store.select_each(_AMONG, "d", [ox.NamedNode(iri) for iri in duties], word=[string(first)])
    return frozenset(text_of(d) for d, said in found if all(word in text_of(said) for word in others))
