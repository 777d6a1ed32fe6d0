"""All settings and limits of the server in one table: name, default, help. The command line is made from it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field, fields
from typing import Any

from graph.limits import QueryLimits


def _setting(default: Any, help: str, least: float | None = None, most: float | None = None) -> Any:
    return field(default=default, metadata={"help": help, "least": least, "most": most})


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """The settings of ``zhize serve``; each field is an option of the same name."""

    port: int = _setting(8000, "The port; 0 takes any that is free.", 0, 65_535)
    host: str = _setting("127.0.0.1", "The address to listen on. Another than this machine's own opens the graph to the network.")
    timeout: float = _setting(30.0, "Seconds until a query is ended.", 0.1)
    max_rows: int = _setting(100_000, "Rows of an answer; a longer one is an error, or cut off where the client asks for that.", 1)
    max_bytes: int = _setting(50_000_000, "Size of an answer in bytes, likewise.", 1_000)
    max_query: int = _setting(100_000, "Length of a query in characters.", 1)
    max_memory: int = _setting(4_096, "Memory of a query in MiB; a query that wants more is ended.", 256)
    max_queries: int = _setting(4, "Queries that run at the same time; further ones are told to come back.", 1)
    max_body: int = _setting(1_000_000, "Size of a request's body in bytes.", 1_000)
    max_address: int = _setting(32_000, "Length of a request's address in bytes; longer queries go by POST.", 1_000, 60_000)

    @property
    def limits(self) -> QueryLimits:
        """The limits of one query."""
        return QueryLimits(seconds=self.timeout, rows=self.max_rows, length=self.max_query, size=self.max_bytes,
                           memory=self.max_memory)  # fmt: skip

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether ``host`` is a name or address of the machine itself."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


@dataclass(frozen=True, slots=True)
class Option:
    """A row of the table: ``least`` and ``most`` bound a number, None where nothing does."""

    name: str
    default: int | float | str
    help: str
    least: float | None
    most: float | None


def table() -> tuple[Option, ...]:
    """All settings, in the order of the table."""
    return tuple(Option(name=f.name, default=f.default, **f.metadata) for f in fields(ServeSettings))  # type: ignore[arg-type]
