"""Downloads, and the networks as pages of their own."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from graph.explorer import catalogue
from graph.explorer.agencies import AgencyPage, agency_page
from graph.explorer.answering import answer, missing
from graph.explorer.choice import day_of, duty_choice, iri_of, misread, one_of
from graph.explorer.documents import document_page
from graph.explorer.download import MOST_SAVED, TYPES, TooManyError, breakdown_file, duties_file, ledger_of
from graph.explorer.duties import to_save
from graph.explorer.frame import Frame, frame
from graph.explorer.listings import LISTINGS, listing_file
from graph.explorer.lists import policy_rows
from graph.explorer.network import is_drawn, network_page, security_policy
from graph.explorer.relations import inward, outward
from graph.explorer.search import cited_document
from graph.ledger.breakdown import breakdown
from graph.ledger.names import FileNames
from graph.serve.current import store_of
from graph.store import Store

_LISTED = 60


def _file(content: bytes, form: str, name: str) -> Response:
    """A file to be saved under ``name``: see RFC 6266 and 8187."""
    named = FileNames().name(name, f".{form}")
    disposition = f"attachment; filename=\"zhize.{form}\"; filename*=UTF-8''{quote(named, safe='', errors='replace')}"
    return Response(content, media_type=TYPES[form], headers={"Content-Disposition": disposition})


def duties(request: Request) -> Response:
    """``/download/duties.<form>``: the duties that a page shows, with the same filters; ``agency`` is an IRI."""
    store, here, form = store_of(request), frame(request), request.path_params["form"]
    if form not in TYPES:
        return missing(request, "no_page")
    agency: AgencyPage | None = None
    if here.value("agency"):
        iri = iri_of(here.value("agency"))
        agency = agency_page(store, iri) if iri else None
        if agency is None:
            return missing(request, "no_agency", name=here.value("agency"))
    choice = duty_choice(here)
    chosen = to_save(store, choice, agency.row.iri if agency else "", MOST_SAVED)
    if chosen is None:
        return missing(request, "too_many_to_save", status=413, n=MOST_SAVED)
    made = ledger_of(store, chosen, choice, agency.row if agency else None, here.w)
    partner = next((p.name for p in agency.partners if p.iri == choice.partner), "") if agency else ""
    content = duties_file(made, form, choice, chosen, here.w, partner) if made.rows else None
    if content is None:
        return missing(request, "nothing_to_save")
    return _file(content, form, (agency.row.name if agency else "") + here.w("ledger"))


def breakdowns(request: Request) -> Response:
    """``/download/breakdown.<form>``: the tasks of a document; ``policy`` is its IRI."""
    store, here, form = store_of(request), frame(request), request.path_params["form"]
    iri = iri_of(here.value("policy"))
    page = document_page(store, iri) if iri else None
    if form not in TYPES or form == "ics" or page is None:
        return missing(request, "no_policy")
    made = breakdown(store, page.row, here.today)
    return _file(breakdown_file(made, form, here.w), form, page.row.title + here.w("breakdown"))


def listing(request: Request) -> Response:
    """``/download/<list>.csv``: the agencies, policies, targets or review that a page shows, with the same filters."""
    store, here, what = store_of(request), frame(request), request.path_params["what"]
    if what not in LISTINGS:
        return missing(request, "no_page")
    try:
        content = listing_file(store, here, what)
    except TooManyError:
        return missing(request, "too_many_to_save", status=413, n=MOST_SAVED)
    return missing(request, "nothing_to_save") if content is None else _file(content, "csv", here.w(f"nav_{what}"))


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list under a network."""

    name: str
    href: str
    count: int


def network(request: Request) -> Response:
    """``/network``: the view of a network within the pages, and what it shows as a list."""
    store, here = store_of(request), frame(request)
    kind, centre, on = _asked(here)
    if here.value("iri") and not centre:
        return missing(request, "bad_address", status=400)
    name = _name_of(store, kind, centre) if centre else ""
    if centre and not name:
        return missing(request, f"no_{'agency' if kind == 'agencies' else 'policy'}", name=centre)
    listed = _listed(store, here, kind, centre)
    drawn = here.url("/network/drawn", kind=kind, iri=centre, on=on)
    back = "" if not centre else here.agency(centre, name) if kind == "agencies" else here.policy(centre)
    heading = here.w(f"network_of_{kind}", name=name) if centre else here.w(f"network_{kind}")
    answered = answer(request, "network.html", kind=kind, centre=centre, on=on, heading=heading, drawn=drawn, back=back,
                      misread=misread(here, {"kind": ("agencies", "policies")}),
                      drawn_at_all=bool(listed) or kind == "policies", large=not is_drawn(store, kind, centre),
                      listed=listed[:_LISTED],
                      more=here.url(f"/{kind}") if len(listed) > _LISTED and not centre else "")  # fmt: skip
    # the view stands in a frame, which the policy of the other pages does not allow
    answered.headers["Content-Security-Policy"] = _FRAMING
    return answered


_FRAMING = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def _asked(here: Frame) -> tuple[str, str, str]:
    kind = one_of(here.value("kind"), ("agencies", "policies"), "agencies")
    return kind, iri_of(here.value("iri")), day_of(here.value("on"))


def _name_of(store: Store, kind: str, iri: str) -> str:
    if kind == "agencies":
        found = agency_page(store, iri)
        return found.row.name if found else ""
    page, cited = document_page(store, iri), cited_document(store, iri)
    return page.row.title if page else (cited.title or cited.number) if cited else ""


def _listed(store: Store, here: Frame, kind: str, centre: str) -> list[Listed]:
    if kind == "agencies" and centre:
        page = agency_page(store, centre)
        return [Listed(p.name, here.agency(p.iri, p.name), p.shared) for p in page.partners] if page else []
    if kind == "agencies":
        return [Listed(row.name, here.agency(row.iri, row.name), row.duties) for row in catalogue.agencies(store)[: _LISTED + 1]]
    if centre:
        both = [*outward(store, centre).rows, *inward(store, centre).rows]
        names = {r.other: here.w.title(r.title, r.number) for r in both}
        return [Listed(name, here.policy(iri), 0) for iri, name in names.items()]
    rows = policy_rows(store, range(min(len(catalogue.entries(store).heads), _LISTED + 1)))
    return [Listed(here.w.title(row.title), here.policy(row.iri), row.duties) for row in rows]


def drawn(request: Request) -> Response:
    """``/network/drawn``: the page of a network itself. It runs its own scripts, known by their hashes, in a frame or alone."""
    store, here = store_of(request), frame(request)
    kind, centre, on = _asked(here)
    if (here.value("iri") and not centre) or (centre and not _name_of(store, kind, centre)):
        return missing(request, "no_page")
    if not is_drawn(store, kind, centre):
        return missing(request, "too_large_to_draw")
    page = network_page(store, kind, centre, on, here.today, here.lang)
    headers = {"Content-Security-Policy": security_policy(page), "X-Frame-Options": "SAMEORIGIN"}
    return HTMLResponse(page.encode("utf-8", "replace"), headers=headers)
