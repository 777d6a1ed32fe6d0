"""Which form an answer takes: the media types of the W3C formats, and what a client accepts.

RFC 9110, 12.5.1: a range with a quality, the more specific range first; ``q=0`` refuses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

ROWS: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
GRAPHS: Mapping[str, str] = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
    "application/x-turtle": "turtle",
    "application/json": "jsonld",
    "application/xml": "rdfxml",
    "text/plain": "ntriples",
}
"""Media type to form, in the order of our preference; the first name of a form is the one that answers carry."""

_NAMES = {"json": "json", "srj": "json", "xml": "xml", "srx": "xml", "csv": "csv", "tsv": "tsv"}
_GRAPH_NAMES = {"turtle": "turtle", "ttl": "turtle", "ntriples": "ntriples", "nt": "ntriples", "jsonld": "jsonld", "rdf": "rdfxml"}
_RANGE = re.compile(r"\s{0,9}([\w!#$&^.+*-]{1,60}/[\w!#$&^.+*-]{1,60})\s{0,9}((?:;[^;,]{0,60}){0,9})")
_QUALITY = re.compile(r";\s{0,9}q\s{0,9}=\s{0,9}([01](?:\.[0-9]{0,3})?)\s{0,9}(?:;|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The forms that a client takes for tables and for graphs, "" where it takes none of ours."""

    rows: str
    graph: str


def wanted(accept: str | None, form: str | None = None) -> Wanted:
    """What a client wants by its Accept header; ``form`` (json, csv, turtle …) goes before it. None accepts everything."""
    if form:
        return Wanted(_NAMES.get(form, ""), _GRAPH_NAMES.get(form, ""))
    ranges = _ranges(accept)
    return Wanted(_best(ROWS, ranges), _best(GRAPHS, ranges))


def media_type(form: str, graph: bool) -> str:
    """The media type of an answer in ``form``."""
    table = GRAPHS if graph else ROWS
    name = next(name for name, known in table.items() if known == form)
    return f"{name}; charset=utf-8" if name.startswith("text/") else name


def prefers_html(accept: str | None) -> bool:
    """Whether a client would rather have a page than any of our forms: a browser."""
    ranges = _ranges(accept)
    html = ranges.get("text/html", 0.0)
    return html > 0 and all(html >= ranges.get(name, 0.0) for name in (*ROWS, *GRAPHS))


def _ranges(accept: str | None) -> dict[str, float]:
    if not accept:
        return {"*/*": 1.0}
    found: dict[str, float] = {}
    for part in accept[:2_000].split(","):
        match = _RANGE.fullmatch(part)
        if match:
            quality = _QUALITY.search(match[2])
            found[match[1].lower()] = float(quality[1]) if quality else 1.0
    return found


def _best(table: Mapping[str, str], ranges: Mapping[str, float]) -> str:
    best, highest = "", 0.0
    for name, form in table.items():
        quality = ranges.get(name, ranges.get(name.split("/")[0] + "/*", ranges.get("*/*", 0.0)))
        if quality > highest:
            best, highest = form, quality
    return best
