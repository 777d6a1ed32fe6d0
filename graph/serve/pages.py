"""Pages from templates: escaped throughout, in the language that the address asks for.

A template sees ``t(chinese, english)``, ``lang``, ``link(path, **query)`` (an address that keeps the language), ``static(name)``
(the address of a style sheet or script), ``path`` and ``frame`` (:mod:`graph.explorer.frame`) beside its own values. Nothing in it
may be a script or a style of its own: the content security policy lets neither run. Data for scripts goes into
``<script type="application/json">`` with ``embed``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from graph.explorer.frame import frame
from graph.page import embed
from graph.plain import plain
from graph.serve.static import static_address

Lang = Literal["zh", "en"]
_GRAPH = Path(__file__).parents[1]


def _finished(value: Any) -> Any:
    """A value as it is printed: words without control characters and marks that turn the direction of writing."""
    return plain(value) if type(value) is str else value


@cache
def environment() -> Environment:
    """The templates of the explorer and of the server; every value is escaped, and a missing one is an error."""
    folders = [_GRAPH / "explorer" / "templates", _GRAPH / "serve" / "templates"]
    made = Environment(loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                       lstrip_blocks=True, finalize=_finished)  # fmt: skip
    made.globals.update(static=static_address, embed=lambda data: Markup(embed(data)))  # noqa: S704 -- embed escapes
    return made


def language(request: Request) -> Lang:
    """The language that ``?lang=`` asks for; Chinese where it asks for none or an unknown one."""
    return "en" if request.query_params.get("lang") == "en" else "zh"


def address(lang: Lang, path: str, **query: object) -> str:
    """``path`` with ``query`` (None values left out), and with ``lang`` unless that is the default."""
    values = {key: str(value) for key, value in query.items() if value is not None}
    if lang != "zh":
        values.setdefault("lang", lang)
    return f"{path}?{urlencode(values)}" if values else path


def other_language(request: Request) -> str:
    """The address of the same page in the other language."""
    rest = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    query = urlencode(rest if language(request) == "en" else [*rest, ("lang", "en")])
    return f"{request.url.path}?{query}" if query else request.url.path


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The page of ``template`` with these values."""
    lang = language(request)
    pick: Callable[[str, str], str] = lambda chinese, english: english if lang == "en" else chinese  # noqa: E731
    text = environment().get_template(template).render(
        values
        | {
            "t": pick,
            "lang": lang,
            "link": lambda path, **query: address(lang, path, **query),
            "path": request.url.path,
            "other_language": other_language(request),
            "frame": frame(request),
        }
    )  # fmt: skip
    return HTMLResponse(text.encode("utf-8", "replace"), status)
