"""The limits on queries of users, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """``seconds`` until the query is ended; ``rows`` after which the answer is cut off and marked so; ``length`` of a query's text
    in characters; ``size`` of an answer in bytes, after which it is cut off as well; ``memory`` in MiB that the query may take
    (held where the system can hold it: not on Windows and macOS)."""

    seconds: float = 30.0
    rows: int = 100_000
    length: int = 100_000
    size: int = 200_000_000
    memory: int = 4_096
