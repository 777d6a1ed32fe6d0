"""Where a server is, and who asks: from the URL that people give and from the environment."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from graph.errors import AddressError

USER = "ZHIZE_STORE_USER"
PASSWORD = "ZHIZE_STORE_PASSWORD"  # noqa: S105
UPDATE = "ZHIZE_STORE_UPDATE"
GRAPHS = "ZHIZE_STORE_GRAPHS"
CACHE = "ZHIZE_CACHE"
"""Variables of the environment that say what a URL cannot, or should not: a password in a command is seen by everybody."""

_URL = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """A server. ``url`` never holds the user or the password, so it may be shown; ``update`` and ``graphs`` are the addresses of
    the update and the graph store protocol where they cannot be found out."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    update: str = ""
    graphs: str = ""

    def __str__(self) -> str:
        """The URL, for messages."""
        return self.url


def is_address(text: str) -> bool:
    """Whether a text is a URL and not a folder."""
    return _URL.match(text) is not None


def address_of(text: str, environment: Mapping[str, str] | None = None) -> Address:
    """The address that people mean by a URL. Raises :class:`AddressError`; the message never holds the password."""
    given = os.environ if environment is None else environment
    try:
        parts = urlsplit(text)
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError as error:
        raise AddressError("it is not a URL") from error
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or any(c.isspace() for c in text):
        raise AddressError("it has no server")
    if parts.query or parts.fragment:
        raise AddressError("nothing may follow the path")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return Address(
        url=f"{parts.scheme.lower()}://{host}{port}{parts.path.rstrip('/')}",
        user=unquote(parts.username or "") or given.get(USER, ""),
        password=unquote(parts.password or "") or given.get(PASSWORD, ""),
        update=given.get(UPDATE, ""),
        graphs=given.get(GRAPHS, ""),
    )


def cache_folder(address: Address, environment: Mapping[str, str] | None = None) -> Path:
    """The folder in which builds for this server do their work; it may be deleted at any time."""
    given = os.environ if environment is None else environment
    base = given.get(CACHE) or str(Path(given.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "zhize")
    host = urlsplit(address.url).hostname or ""
    return Path(base) / f"{re.sub('[^a-z0-9.-]', '_', host)}-{hashlib.sha256(address.url.encode()).hexdigest()[:16]}"
