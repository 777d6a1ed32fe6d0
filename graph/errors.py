"""What can go wrong in the graph. Each error is one sentence and a way out."""

from __future__ import annotations

from pathlib import Path

from extract.errors import ZhizeError


class GraphError(ZhizeError):
    """Above all errors of this layer; its text can be shown to a user as it is."""


class NoStoreError(GraphError):
    """There is no graph in the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder}: there is no graph in this folder.", "Make one with `zhize build SOURCE…`.")


class BrokenStoreError(GraphError):
    """The folder holds a graph that cannot be opened."""

    def __init__(self, folder: Path, why: object) -> None:
        super().__init__(f"{folder}: the graph cannot be opened ({why}).", "Delete the folder and build again.")


class StoreBusyError(GraphError):
    """Another build writes to the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder}: another build is writing to this folder.", "Wait until it ends, or name another folder.")


class RecordOrderError(GraphError):
    """A fact came before, or apart from, the record of its policy."""

    def __init__(self, policy: str) -> None:
        super().__init__(f"A fact of policy {policy!r} does not follow its policy record.", "Keep each policy's records together.")


class QueryError(GraphError):
    """The query is not SPARQL. ``line`` and ``column`` (from 1) say where, 0 where unknown; ``why`` says it without the place."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        place = f" (line {line}, column {column})" if line else ""
        super().__init__(f"The query is not valid SPARQL{place}: {message}")
        self.why = message
        self.line = line
        self.column = column


class QueryRefusedError(GraphError):
    """The query asks for something that is not allowed: an update, SERVICE, a graph outside the store."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not allowed: queries read this graph only.", "Leave it out.")


class QueryTimeoutError(GraphError):
    """The query ran into its deadline and was ended."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"The query was ended after {seconds:g} seconds.", "Narrow it, add a LIMIT, or allow more time.")


class QueryTooLargeError(GraphError):
    """The answer is larger than allowed."""

    def __init__(self, limit: str) -> None:
        super().__init__(f"The answer has more than {limit}.", "Narrow the query or add a LIMIT.")


class QueryFormError(GraphError):
    """The answer cannot be given in the form that was asked for; ``is_graph`` says what it is."""

    def __init__(self, is_graph: bool) -> None:
        what = "a graph (CONSTRUCT, DESCRIBE)" if is_graph else "a table (SELECT) or a yes or no (ASK)"
        super().__init__(f"The answer is {what}, which the form asked for cannot hold.", "Take another form.")
        self.is_graph = is_graph


class BusyError(GraphError):
    """As many queries run as may run at the same time."""

    def __init__(self, most: int) -> None:
        super().__init__(f"{most} queries are running, and no more may at the same time.", "Ask again in a few seconds.")


class QueryFailedError(GraphError):
    """The engine gave up on the query."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The query could not be answered: {why}.")


class PortError(GraphError):
    """The server cannot listen where it should."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"The server cannot listen on {host}, port {port}: {why}.",
                         "Take another port with --port N; --port 0 takes any that is free.")  # fmt: skip


class UnknownQueryError(GraphError):
    """No named query has the name."""

    def __init__(self, name: str, nearest: list[str]) -> None:
        hint = f"Did you mean {', '.join(nearest)}?" if nearest else "`zhize query --list` shows all."
        super().__init__(f"There is no query named {name!r}.", hint)


class ParameterError(GraphError):
    """A parameter of a named query is unknown or not of its type."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"Parameter {name!r} {why}.")
