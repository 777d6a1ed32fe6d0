"""One self-contained HTML page that shows a network, its duties and the words behind them, without any connection.

pyvis builds the network (nodes, edges, options) and brings vis-network, which is copied into the page; the page around it is ours
(``view_assets``, put together by :mod:`graph.page`), because pyvis's own loads scripts from elsewhere and prints its heading
unescaped.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from graph.lineage import Lineage
from graph.page import asset, embed, render
from graph.rows import AgencyRow, DutyRow, LinkRow, PolicyRow
from graph.standing import latest_day, lives_of
from graph.view_agencies import agency_picture
from graph.view_cards import Validity
from graph.view_data import MAX_SUBJECTS, Cluster, Join, Line, Picture, Subject
from graph.view_policies import policy_picture
from graph.view_texts import TEXTS, Lang

__all__ = ["Validity", "agency_view", "embed", "policy_view", "validity_on", "write_view"]

_SCRIPTS = (
    "model.js", "labels.js", "canvas.js", "export.js", "cards.js", "panel.js", "filters.js", "search.js", "page.js",
)  # fmt: skip
_VIS = "lib/vis-9.1.2/vis-network.min.js"
_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "multiselect": False, "hideEdgesOnDrag": False, "tooltipDelay": 150},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 2.5},
    "edges": {"smooth": False, "selectionWidth": 1.5, "hoverWidth": 0.5},
}


def agency_view(
    duties: Iterable[DutyRow],
    agencies: Iterable[AgencyRow] = (),
    *,
    validity: Validity | None = None,
    lineages: Mapping[str, Lineage] | None = None,
    centre: str = "",
    lang: Lang = "zh",
    title: str = "",
) -> str:
    """The page of the co-responsibility network, or of the agency ``centre`` (an IRI) with its partners.

    ``duties`` must hold all bearers of each assignment; ``lineages`` say by IRI what agencies were before and became.
    """
    return _page(agency_picture(duties, agencies, validity, centre, lineages), lang, title)


def policy_view(
    policies: Iterable[PolicyRow],
    links: Iterable[LinkRow],
    duties: Iterable[DutyRow] = (),
    *,
    validity: Validity | None = None,
    centre: str = "",
    lang: Lang = "zh",
    title: str = "",
) -> str:
    """The page of documents and their relations, or of the document ``centre`` (an IRI), what it rests on and what rests on it."""
    return _page(policy_picture(policies, links, duties, validity, centre), lang, title)


def validity_on(policies: Iterable[PolicyRow], links: Iterable[LinkRow], day: str = "") -> Validity:
    """The standing of all documents on ``day`` (ISO), of which a page then shows those in force first.

    Without a day: on that of the newest document, and all are shown. The page says the day, and can judge on another.
    """
    rows = list(policies)
    on = day or latest_day(rows)
    return Validity(lives_of(rows, links), on, "in_force" if day else "")


def write_view(page: str, path: Path | str) -> Path:
    """Writes ``page`` as UTF-8, whatever the machine's own encoding. Raises OSError where the path cannot be written."""
    target = Path(path)
    target.write_text(page, encoding="utf-8", newline="\n")
    return target


def _page(picture: Picture, lang: Lang, title: str) -> str:
    texts = TEXTS[lang]
    words = {
        "lang": "zh-CN" if lang == "zh" else "en",
        "title": title or _title(picture, texts),
        "noscript": texts["noscript"],
    }
    scripts = [_vis(), *(asset(name) for name in _SCRIPTS)]
    return render("page.html", words, _payload(picture, lang), scripts, asset("page.css"))


def _title(picture: Picture, texts: dict[str, str]) -> str:
    if picture.focus < 0:
        return texts[f"{picture.kind}_title"]
    name = picture.subjects[picture.focus].name
    return texts[f"{picture.kind}_title_ego"].replace("{name}", f"《{name.strip('《》')}》" if picture.kind == "policies" else name)


def _payload(picture: Picture, lang: Lang) -> dict[str, Any]:
    nodes, edges, options = _network(picture)
    data = {f.name: getattr(picture, f.name) for f in dataclasses.fields(picture)}
    plain = {key: [_plain(v) for v in value] if isinstance(value, tuple) else value for key, value in data.items()}
    return plain | {"nodes": nodes, "edges": edges, "options": options, "lang": lang, "texts": TEXTS[lang], "limit": MAX_SUBJECTS}


def _plain(value: Any) -> Any:
    """A row as a JSON object without the fields that are empty; strings as they are."""
    if isinstance(value, str):
        return value
    fields = ((f.name, getattr(value, f.name)) for f in dataclasses.fields(value))
    return {name: item for name, item in fields if item not in ("", ())}


def _network(picture: Picture) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """Nodes, edges and options as pyvis gives them to vis-network: of the groups where there are any, else of all subjects.

    Labels stay out: the page draws those that find room.
    """
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    net.options = _OPTIONS
    things: Sequence[Cluster | Subject] = picture.clusters or picture.subjects
    lines: Sequence[Join | Line] = picture.joins if picture.clusters else picture.lines
    for number, thing in enumerate(things):
        net.add_node(number, label=" ", size=thing.size, x=thing.x, y=thing.y)
    for number, line in enumerate(lines):
        net.add_edge(line.a, line.b, id=number, arrows="to" if picture.kind == "policies" else "")
    nodes, edges, _heading, _height, _width, options = net.get_network_data()
    return nodes, edges, json.loads(options)


@cache
def _vis() -> str:
    """vis-network as packaged with pyvis, licence header included."""
    import pyvis

    return (Path(pyvis.__file__).parent / "templates" / _VIS).read_text(encoding="utf-8").replace("\r\n", "\n")
