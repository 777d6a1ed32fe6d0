"""One self-contained HTML page that shows a network, its duties and the words behind them, without any connection.

pyvis builds the network (nodes, edges, options) and brings vis-network, which is copied into the page; the page around it is ours
(``view_assets``), because pyvis's own loads scripts from elsewhere and prints its heading unescaped. A document is hostile: its
words travel as JSON with ``<``, ``>`` and ``&`` escaped, reach the page as text nodes only, and a content security policy lets
nothing run but the scripts that this module wrote.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import html
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from graph.rows import AgencyRow, DutyRow, LinkRow, PolicyRow
from graph.view_agencies import agency_picture
from graph.view_data import Picture
from graph.view_policies import policy_picture
from graph.view_texts import TEXTS, Lang

_ASSETS = Path(__file__).with_name("view_assets")
_SCRIPTS = ("model.js", "canvas.js", "panel.js", "page.js")
_VIS = "lib/vis-9.1.2/vis-network.min.js"
_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "multiselect": False, "hideEdgesOnDrag": False, "tooltipDelay": 150},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 2.5},
    "edges": {"smooth": False, "selectionWidth": 1.5, "hoverWidth": 0.5},
}
_UNSAFE = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def agency_view(duties: Iterable[DutyRow], agencies: Iterable[AgencyRow] = (), *, lang: Lang = "zh", title: str = "") -> str:
    """The page of the co-responsibility network. ``duties`` must hold all bearers of each assignment."""
    return _page(agency_picture(duties, agencies), lang, title)


def policy_view(policies: Iterable[PolicyRow], links: Iterable[LinkRow], *, lang: Lang = "zh", title: str = "") -> str:
    """The page of documents and their relations: basis, citation, amendment, repeal."""
    return _page(policy_picture(policies, links), lang, title)


def write_view(page: str, path: Path | str) -> Path:
    """Writes ``page`` as UTF-8, whatever the machine's own encoding. Raises OSError where the path cannot be written."""
    target = Path(path)
    target.write_text(page, encoding="utf-8", newline="\n")
    return target


def _page(picture: Picture, lang: Lang, title: str) -> str:
    texts = TEXTS[lang]
    scripts = [_vis(), *(_asset(name) for name in _SCRIPTS)]
    style = _asset("page.css")
    parts = {
        "lang": "zh-CN" if lang == "zh" else "en",
        "title": html.escape(title or texts[f"{picture.kind}_title"]),
        "noscript": html.escape(texts["noscript"]),
        "policy": _security_policy(scripts, style),
        "style": style,
        "data": embed(_payload(picture, lang)),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    page = re.sub(r"\{\{(\w{1,20})\}\}", lambda m: parts[m.group(1)], _asset("page.html"))
    return page.encode("utf-8", "replace").decode("utf-8")


def embed(data: object) -> str:
    """``data`` as JSON that is safe inside a ``<script>`` element: no markup character, no JavaScript line end."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _payload(picture: Picture, lang: Lang) -> dict[str, Any]:
    nodes, edges, options = _network(picture)
    data = {f.name: getattr(picture, f.name) for f in dataclasses.fields(picture)}
    plain = {key: [_plain(v) for v in value] if isinstance(value, tuple) else value for key, value in data.items()}
    return plain | {"nodes": nodes, "edges": edges, "options": options, "lang": lang, "texts": TEXTS[lang]}


def _plain(value: Any) -> Any:
    """A row as a JSON object without the fields that are empty; strings as they are."""
    if isinstance(value, str):
        return value
    fields = ((f.name, getattr(value, f.name)) for f in dataclasses.fields(value))
    return {name: item for name, item in fields if item not in ("", ())}


def _network(picture: Picture) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """Nodes, edges and options as pyvis gives them to vis-network. Labels stay out: the page draws those that find room."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    net.options = _OPTIONS
    for number, subject in enumerate(picture.subjects):
        net.add_node(number, label=" ", size=subject.size, x=subject.x, y=subject.y)
    for number, line in enumerate(picture.lines):
        net.add_edge(line.a, line.b, id=number, arrows="to" if picture.kind == "policies" else "")
    nodes, edges, _heading, _height, _width, options = net.get_network_data()
    return nodes, edges, json.loads(options)


@cache
def _vis() -> str:
    """vis-network as packaged with pyvis, licence header included."""
    import pyvis

    return (Path(pyvis.__file__).parent / "templates" / _VIS).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _security_policy(scripts: list[str], style: str) -> str:
    """Nothing may be loaded, sent or run except these scripts and this style sheet, known by their hashes."""
    allowed = " ".join(_hash(script) for script in scripts)
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
