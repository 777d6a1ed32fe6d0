"""The networks as pages of their own: what :mod:`graph.view` draws, kept as long as the graph stays the same."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import pyoxigraph as ox

from graph import answers, view
from graph.cells import text_of
from graph.explorer import catalogue, walk
from graph.explorer.texts import Lang
from graph.rows import LinkRow, PolicyRow
from graph.standing import lives
from graph.store import Store
from graph.view_cards import Validity

_SHARED = """
SELECT DISTINCT ?d
WHERE { $agency$ ?mine odrl:assignee ?agency ; zhize:assignment ?as . ?d zhize:assignment ?as }"""
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]{1,4000})"')
MOST_DRAWN = 4_000
"""Duties of one picture: what takes some five seconds to draw, and more lines than anybody tells apart."""
KEPT = 8  # pages, of 1 to 8 MB each


@lru_cache(maxsize=KEPT)
def network_page(store: Store, kind: str, centre: str, day: str, today: str, lang: Lang) -> str:
    """The page of a network: ``kind`` agencies or policies, all of them or what surrounds ``centre`` (an IRI).

    ``day`` (ISO) shows first what is in force on it; "" shows all, judged on ``today`` as the other pages do.
    """
    if kind == "agencies" and centre:
        return _around(store, centre, day, today, lang)
    policies, links, duties = answers.policies(store), answers.links(store), answers.all_duties(store)
    validity = _validity(policies, links, day, today)
    if kind == "agencies":
        return view.agency_view(duties, answers.agencies(store), validity=validity, lang=lang)
    return view.policy_view(policies, links, duties, validity=validity, centre=centre, lang=lang)


def _validity(policies: list[PolicyRow], links: list[LinkRow], day: str, today: str) -> Validity:
    return replace(view.validity_on(policies, links, day or today), first="in_force" if day else "")


def _around(store: Store, centre: str, day: str, today: str, lang: Lang) -> str:
    """An agency with its partners, from the lists of units that it stands in."""
    duties = answers.duties_of(store, _shared(store, centre))
    validity = Validity(lives(store, {d.policy for d in duties}), day or today, "in_force" if day else "")
    rows = catalogue.agency_rows(store, sorted({d.agency_iri for d in duties}))
    return view.agency_view(duties, rows, validity=validity, centre=centre, lang=lang)


@lru_cache(maxsize=KEPT)
def _shared(store: Store, centre: str) -> tuple[str, ...]:
    """The duties of an agency and of its partners in the same lists of units (IRIs)."""
    return tuple(sorted(text_of(d) for (d,) in store.select(_SHARED, agency=[ox.NamedNode(centre)])))


def is_drawn(store: Store, kind: str, centre: str) -> bool:
    """Whether the network is small enough to be drawn: as a whole graph, or around an agency as the duties of its lists."""
    if catalogue.totals(store)["duties"] <= walk.WHOLE:
        return True
    return kind == "agencies" and bool(centre) and len(_shared(store, centre)) <= MOST_DRAWN


def security_policy(page: str) -> str:
    """The content security policy that a page states in its head, for its HTTP header: its own scripts by their hashes."""
    found = _POLICY.search(page)
    assert found is not None  # graph.page writes it into every page
    return found[1].replace("&#x27;", "'").replace("&#39;", "'") + "; frame-ancestors 'self'"
