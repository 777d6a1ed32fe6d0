"""The first page, the search, and the lists."""

from __future__ import annotations

from collections import Counter

from starlette.requests import Request
from starlette.responses import Response

from extract.fact import NOTE_KINDS
from graph.explorer.answering import Choices, Form, answer, paged, standing_options
from graph.explorer.choice import LONGEST, iri_of, misread, one_of, page_of
from graph.explorer.citations import citations_page
from graph.explorer.download import MOST_SAVED
from graph.explorer.figures import FIGURE_SORTS, figure_choice, figure_page, figures
from graph.explorer.frame import frame
from graph.explorer.heads import heads
from graph.explorer.lists import (
    AGENCY_SORTS,
    KINDS,
    POLICY_SORTS,
    TIERS,
    agency_choice,
    choose_agencies,
    choose_policies,
    counted,
    home,
    issuers,
    note_rows,
    policy_choice,
    review,
)
from graph.explorer.one import duty_list
from graph.explorer.relations import RELATIONS, details
from graph.explorer.search import search
from graph.explorer.validity import standings
from graph.serve.current import store_of


def first(request: Request) -> Response:
    """``/``: what is in the graph."""
    return answer(request, "home.html", home=home(store_of(request), frame(request).today))


def find(request: Request) -> Response:
    """``/search?q=``."""
    word = frame(request).value("q").strip()[:LONGEST]
    return answer(request, "search.html", found=search(store_of(request), word))


def all_duties(request: Request) -> Response:
    """``/duties``: the duties of all agencies."""
    return duty_list(request)


def agencies(request: Request) -> Response:
    """``/agencies``: those that bear duties."""
    here = frame(request)
    choice = agency_choice(here)
    fitting, everything = choose_agencies(store_of(request), choice)
    rows, shown = paged(here, fitting)
    tiers, kinds = Counter(row.tier for row in everything), Counter(row.kind for row in everything)
    return answer(
        request,
        "agencies.html",
        misread=misread(here, {"tier": TIERS, "kind": KINDS, "sort": AGENCY_SORTS}),
        choice=choice,
        rows=rows,
        shown=shown,
        count=len(fitting),
        of=len(everything),
        most=max((row.duties for row in everything), default=1),
        active=any((choice.q, choice.place, choice.tier, choice.kind, choice.known)),
        form=Form("/agencies", here.url("/agencies"), (("sort", here.value("sort")),)),
        places=_same(counted(row.place for row in everything)),
        tiers=tuple((code, here.w.code("tiers", code), tiers[code]) for code in TIERS if tiers[code]),
        kinds=tuple((code, here.w.code("kinds", code), kinds[code]) for code in KINDS if kinds[code]),
    )


def _same(values: tuple[tuple[str, int], ...]) -> Choices:
    """Options whose labels are the values themselves."""
    return tuple((value, value, count) for value, count in values)


def policies(request: Request) -> Response:
    """``/policies``: the documents of the graph, or those that are only cited."""
    here = frame(request)
    store, choice = store_of(request), policy_choice(here)
    chosen = choose_policies(store, choice)
    rows, shown = paged(here, chosen.rows)
    held = [row.iri for row in rows if row.resolved]
    return answer(
        request,
        "policies.html",
        misread=misread(here, {"sort": POLICY_SORTS}),
        choice=choice,
        chosen=chosen,
        rows=rows,
        issuers=issuers(store, held),
        standings=standings(store, held),
        shown=shown,
        active=any((choice.q, choice.place, choice.year, choice.type, choice.standing, choice.issuer)),
        form=Form("/policies", here.url("/policies", held=choice.held),
                  (("sort", here.value("sort")), ("held", choice.held), ("issuer", choice.issuer))),
        places=_same(chosen.places),
        years=tuple((year, here.w.day(year), count) for year, count in chosen.years),
        types=tuple((code, here.w.code("genres", code), count) for code, count in chosen.types),
        standing_options=standing_options(here),
    )  # fmt: skip


def targets(request: Request) -> Response:
    """``/targets``: the figures of all documents."""
    here, store = frame(request), store_of(request)
    choice = figure_choice(here)
    chosen = figure_page(store, choice, page_of(here))
    return answer(
        request,
        "targets.html",
        misread=misread(here, {"kind": ("target", "support"), "sort": FIGURE_SORTS}),
        choice=choice,
        chosen=chosen,
        rows=figures(store, chosen.briefs, chosen.heads),
        saved=chosen.number <= MOST_SAVED,
        most_saved=MOST_SAVED,
        shown=chosen.shown,
        form=Form("/targets", here.url("/targets"), (("sort", here.value("sort")),)),
        kinds=tuple((code, here.w.code("figure", code), None) for code in ("target", "support")),
        policies=chosen.policies,
    )


def citations(request: Request) -> Response:
    """``/citations``: what documents say of others."""
    here, store = frame(request), store_of(request)
    relation, unresolved = one_of(here.value("relation"), RELATIONS), one_of(here.value("open"), ("yes",))
    cited = iri_of(here.value("cited"))
    found = citations_page(store, relation, bool(unresolved), cited, page_of(here))
    rows = details(store, found.briefs)
    return answer(
        request,
        "citations.html",
        misread=misread(here, {"relation": RELATIONS}),
        rows=rows,
        found=found,
        shown=found.shown,
        relation=relation,
        open=unresolved,
        cited=cited,
        kinds=tuple((code, found.kinds[code]) for code in RELATIONS if found.kinds.get(code)),
        heads=heads(store, {row.of for row in rows}),
    )


def notes(request: Request) -> Response:
    """``/review``: what a person should look at."""
    here = frame(request)
    kind, policy = one_of(here.value("kind"), NOTE_KINDS), iri_of(here.value("policy"))
    store = store_of(request)
    found = review(store, kind, policy)
    notes, shown = paged(here, found.notes)
    return answer(request, "review.html", found=found, rows=note_rows(store, notes), shown=shown, kind=kind, policy=policy,
                  misread=misread(here, {"kind": NOTE_KINDS}))  # fmt: skip
