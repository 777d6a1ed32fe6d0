"""What every request has to pass, and what every answer carries: the defence of the server, at one place.

The server is for people at this machine. A page of another site that they have open must neither read the graph through their
browser (a name that is turned to this machine: the Host header tells; a script: the Origin header tells, and no answer ever allows
another origin) nor frame our pages. See https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.serve.errors import Problem, problem_answer
from graph.serve.settings import ServeSettings, is_loopback

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_ANY = ("0.0.0.0", "::")  # noqa: S104 -- compared with, not bound to
_HOST = re.compile(r"([\w.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")  # RFC 9110, 7.2: a host, perhaps a port
_SAFE = ("GET", "HEAD")


class Guard:
    """Wraps the application: checks Host, Origin and sizes before it, adds the headers after it."""

    def __init__(self, app: ASGIApp, settings: ServeSettings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the application answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send_with_headers)
            return
        limited = _Limited(receive, self.settings.max_body)
        await self.app(scope, limited, send_with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        request = Request(scope)
        if not is_known_host(headers.get("host", ""), self.settings.host):
            return problem_answer(request, Problem.HOST)
        strict = scope["method"] not in _SAFE or scope["path"].startswith("/sparql")
        if strict and not _same_origin(headers):
            return problem_answer(request, Problem.ORIGIN)
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > self.settings.max_address:
            return problem_answer(request, Problem.ADDRESS, most=self.settings.max_address)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self.settings.max_body:
            return problem_answer(request, Problem.BODY, most=self.settings.max_body)
        return None


class _Limited:
    """Receives a body and stops where it is longer than allowed: a body sent in pieces does not say its length."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive = receive
        self.room = most

    async def __call__(self) -> Message:
        message = await self.receive()
        if message["type"] == "http.request":
            self.room -= len(message.get("body", b""))
            if self.room < 0:
                raise BodyTooLargeError
        return message


class BodyTooLargeError(Exception):
    """The request's body is longer than allowed."""


def is_known_host(header: str, host: str) -> bool:
    """Whether a Host header names this server, which listens on ``host``.

    A name of another site that resolves to this machine does not; an IP address is no name and cannot be turned.
    """
    name = _without_port(header)
    if is_loopback(name) or (name and name == host.strip("[]").lower()):
        return True
    if host.strip("[]") not in _ANY:
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name in (socket.gethostname().lower(), socket.getfqdn().lower())
    return True


def _without_port(header: str) -> str:
    found = _HOST.fullmatch(header)
    return found[1].strip("[]").lower() if found else ""


def _same_origin(headers: Headers) -> bool:
    """Whether a request comes from our own pages, from the address line, or from a program."""
    origin = headers.get("origin")
    if origin is not None:
        return origin in (f"http://{headers.get('host', '')}", f"https://{headers.get('host', '')}")
    fetched = headers.get("sec-fetch-site", "none") in ("none", "same-origin")
    return fetched or headers.get("sec-fetch-mode") == "navigate"
