"""The pages of one thing: an agency, a document, a fact, an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from graph.explorer import catalogue
from graph.explorer.agencies import AgencyPage, agency_page
from graph.explorer.answering import Choices, Form, answer, missing, paged, standing_options
from graph.explorer.choice import SORTS, DutyChoice, day_of, duty_choice, iri_of, misread, page_of
from graph.explorer.documents import document_page
from graph.explorer.download import MOST_SAVED
from graph.explorer.duties import DutyPage, Option, duty_page, full_rows
from graph.explorer.facts import FactPage, fact_page
from graph.explorer.figures import FigureChoice, choose_figures, figures, growth, sign, with_unit
from graph.explorer.frame import Frame, anchor, frame
from graph.explorer.relations import inward, outward
from graph.explorer.search import Found, cited_document
from graph.iris import agency_iri
from graph.ledger.words import city_of, shorter
from graph.serve.current import store_of

_MOST_PARTNERS = 100  # that the filter by partner offers


def agency(request: Request) -> Response:
    """``/agency?iri=`` and ``/agency/<name in any spelling>``."""
    store, here = store_of(request), frame(request)
    name = str(request.path_params.get("name", ""))
    iri = agency_iri(name).value if name else iri_of(here.value("iri"))
    if not iri:
        return missing(request, "bad_address", status=400)
    page = agency_page(store, iri)
    if page is None and name:
        meant = catalogue.find_agencies(store, name)
        if len(meant) > 1:
            return answer(request, "search.html", found=Found(name, tuple(meant), agency_count=len(meant)))
        page = agency_page(store, meant[0].iri) if meant else None
    if page is None:
        return missing(request, "no_agency", name, name=name or iri)
    return duty_list(request, page)


def duty_list(request: Request, page: AgencyPage | None = None) -> Response:
    """The duties of an agency on its page, or those of all."""
    store, here = store_of(request), frame(request)
    choice = duty_choice(here)
    chosen = duty_page(store, choice, page.row.iri if page else "", page_of(here))
    roles, policies, years, places = _offers(here, chosen)
    return answer(
        request,
        "duties.html",
        misread=misread(here, {"sort": SORTS}),
        roles=roles,
        policies=policies,
        years=years,
        places=places,
        agency=page,
        choice=choice,
        chosen=chosen,
        shown=chosen.shown,
        saved=chosen.sum.number <= MOST_SAVED,
        most_saved=MOST_SAVED,
        rows=full_rows(store, chosen.briefs, page.row.iri if page else ""),
        short=partial(shorter, city=city_of(page.row.place) if page else ""),
        form=_form(here, page),
        standing_options=standing_options(here),
        partner_options=_partner_options(page, choice),
    )


def _form(here: Frame, page: AgencyPage | None) -> Form:
    if page is None:
        return Form("/duties", here.url("/duties"), (("sort", here.value("sort")),))
    clear = here.agency(page.row.iri, page.row.name)
    action = clear.partition("?")[0]
    iri = page.row.iri if action == "/agency" else ""
    return Form(action, clear, (("iri", iri), ("mention", here.value("mention")), ("groups", here.value("groups")),
                                ("sort", here.value("sort"))))  # fmt: skip


def _partner_options(page: AgencyPage | None, choice: DutyChoice) -> Choices:
    if page is None:
        return ()
    offered = [p for at, p in enumerate(page.partners) if at < _MOST_PARTNERS or p.iri == choice.partner]
    return tuple((p.iri, p.name, None if choice.groups else p.shared) for p in offered)  # the numbers are those of its own lists


def _offers(here: Frame, chosen: DutyPage) -> tuple[Choices, Choices, Choices, Choices]:
    """What the filters offer: roles, policies, years, places."""

    def plain(options: tuple[Option, ...]) -> Choices:
        return tuple((o.value, o.label, o.count) for o in options)

    options = chosen.options
    roles = tuple((o.value, here.w.code("roles", o.value), o.count) for o in options.roles)
    years = tuple((o.value, here.w.day(o.value), o.count) for o in options.years)
    return roles, plain(options.policies), years, plain(options.places)


def policy(request: Request) -> Response:
    """``/policy?iri=``: a document of the graph, or one that is only cited."""
    store, here = store_of(request), frame(request)
    iri = iri_of(here.value("iri"))
    if not iri:
        return missing(request, "bad_address", status=400)
    page = document_page(store, iri)
    into = inward(store, iri)
    if page is None:
        cited = cited_document(store, iri)
        if cited is None:
            return missing(request, "no_policy")
        return answer(request, "cited.html", cited=cited, into=into)
    on = day_of(here.value("on")) or here.today
    out = outward(store, iri)
    return answer(request, "policy.html", page=page, out=out, into=into, on=on, anchor=anchor, misread=misread(here))


@dataclass(frozen=True, slots=True)
class Line:
    """A property of a fact: its label, its value in words, where that leads to, and a remark."""

    label: str
    value: str
    href: str = ""
    note: str = ""


def fact(request: Request) -> Response:
    """``/fact?iri=``: one duty, figure, citation, clause of precedence or note with the words that say so."""
    store, here = store_of(request), frame(request)
    iri = iri_of(here.value("iri"))
    if not iri:
        return missing(request, "bad_address", status=400)
    page = fact_page(store, iri, here.fact)
    if page is None:
        return missing(request, "no_fact")
    return answer(request, "fact.html", fact=page, heading=_heading(page), lines=_lines(here, page))


def _heading(page: FactPage) -> str:
    named = page.document
    if page.kind == "Citation" and named:
        return f"《{named.name}》" if named.name != named.number else named.name
    return page.one("task") or page.one("indicator") or page.one("comment") or page.exact


def _lines(here: Frame, page: FactPage) -> list[Line]:
    w, codes = here.w, page.codes
    value = sign(codes.get("operator", "")) + page.one("valueText").replace("-", "—") + page.one("unit")
    indicator = page.one("indicator")
    due = page.one("due")
    lines = [
        _agency_line(here, page),
        Line(w("role"), w.code("roles", codes.get("role", ""))),
        Line(w("task"), page.one("task")),
        Line(w("indicator"), indicator, here.url("/indicator", name=indicator)),
        Line(w("figure"), value if page.one("valueText") else ""),
        Line(w("change"), w.code("changes", codes.get("change", ""))),
        Line(w("baseline"), with_unit(page.one("baseline"), page.one("unit"))),
        Line(w("growth"), growth(_single(page), page.one("baseline"), page.one("unit"))),
        Line(w("deadline"), w.day(page.one("deadline")), note=w("last_day", day=w.day(due)) if due else ""),
        Line(w("deadline_written"), page.one("deadlineText")),
        Line(w("relation"), w.code("relations", codes.get("relation", ""))),
        _document_line(here, page),
        Line(w("cited_parts"), w.join(page.said.get("citedClause", ()))),
        Line(w("repealed_from"), w.day(page.one("repealedFrom"))),
        Line(w("unresolved"), page.one("unresolved")),
        Line(w("relation"), w.code("precedences", codes.get("precedenceKind", ""))),
        Line(w("note_kind"), w.code("note", page.one("noteKind")) if page.one("noteKind") else ""),
        Line(w("message"), page.one("comment")),
        Line(w("form"), w.code("forms", codes.get("form", ""))),
        Line(w("words"), page.exact),
        Line(w("list"), page.quote if page.quote != page.exact else ""),
        Line(w("policy"), w.title(page.policy.title, page.policy.number), here.policy(page.policy.iri)),
        _clause_line(here, page),
    ]
    return [line for line in lines if line.value]


def _single(page: FactPage) -> float | None:
    """The value of a figure that is one number."""
    return float(page.one("low")) if page.one("low") and page.one("low") == page.one("high") else None


def _agency_line(here: Frame, page: FactPage) -> Line:
    if page.agency is None:
        return Line("", "")
    return Line(here.w("agency"), page.agency.name, here.agency(page.agency.iri, page.agency.name))


def _document_line(here: Frame, page: FactPage) -> Line:
    thing = page.document
    if thing is None:
        return Line("", "")
    name = thing.name if thing.name != thing.number else ""
    return Line(here.w("cited"), here.w.title(name, thing.number), here.policy(thing.iri))


def _clause_line(here: Frame, page: FactPage) -> Line:
    clause = page.clause
    if clause is None or not clause.path:
        return Line("", "")
    heading = clause.heading if clause.heading not in (page.one("task"), "") else ""
    return Line(here.w("clause"), f"{clause.path} {heading}".strip(), here.clause(page.policy.iri, clause.iri))


def indicator(request: Request) -> Response:
    """``/indicator?name=``: the figures of an indicator in all documents."""
    store, here = store_of(request), frame(request)
    name = here.value("name")
    chosen = choose_figures(store, FigureChoice(name=name)) if name else None
    if chosen is None or not chosen.briefs:
        return missing(request, "no_indicator", name, name=name)
    briefs, shown = paged(here, chosen.briefs)
    return answer(request, "indicator.html", name=name, chosen=chosen, rows=figures(store, briefs, chosen.heads), shown=shown)
