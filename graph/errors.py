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


class AddressError(GraphError):
    """What was given as the URL of a server is none."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The URL of the server cannot be used: {why}.", "Write it like http://localhost:7878.")


class NoServerStoreError(GraphError):
    """The server holds no published graph."""

    def __init__(self, url: str) -> None:
        super().__init__(f"{url}: there is no graph of zhize here.", f"Make one with `zhize build SOURCE… --store {url}`.")


class ServerError(GraphError):
    """Above all errors of a server that is asked by URL."""


class ServerSaidError(ServerError):
    """An error of a server that another process met and put into words."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)


class ServerUnreachableError(ServerError):
    """Nobody answers at the address."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url}: the server cannot be reached ({why}).", "Is it running, and is the address right?")


class NotSparqlError(ServerError):
    """Somebody answers, but not in SPARQL."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url}: there is no SPARQL here ({why}).", "Give the server's base or its …/query or …/sparql.")


class ServerMovedError(ServerError):
    """The server sends to another address, which is not followed: it might get the password."""

    def __init__(self, url: str, to: str) -> None:
        super().__init__(f"{url}: the server sends to {to}.", "Give that address, if you trust it.")


class ServerLoginError(ServerError):
    """The server wants another name or password, or one at all."""

    def __init__(self, url: str, user: str) -> None:
        said = f"does not accept the password of {user!r}" if user else "asks for a name and a password"
        super().__init__(f"{url}: the server {said}.", "Set ZHIZE_STORE_USER and ZHIZE_STORE_PASSWORD.")


class PlainPasswordError(ServerError):
    """The server wants the password over a line that everybody on the way can read."""

    def __init__(self, url: str) -> None:
        super().__init__(f"{url}: the server asks for the password over an unencrypted line.", "Use https.")


class ServerForbiddenError(ServerError):
    """The server lets this user read, but not write, or neither."""

    def __init__(self, url: str, user: str) -> None:
        who = f"{user!r} is" if user else "users without a name are"
        super().__init__(f"{url}: {who} not allowed to do this.", "Give a user with the right in ZHIZE_STORE_USER and _PASSWORD.")


class ServerTimeoutError(ServerError):
    """The server did not answer in time."""

    def __init__(self, url: str, seconds: float) -> None:
        super().__init__(f"{url}: no answer within {seconds:g} seconds.", "Try again, or see what keeps the server busy.")


class ServerFailedError(ServerError):
    """The server answers with an error of its own."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url}: the server failed: {why}.")


class ServerChangedError(ServerError):
    """What was being read is no longer there: later builds took its place."""

    def __init__(self, url: str) -> None:
        super().__init__(f"{url}: builds have replaced the graph while it was being read.", "Run the command again.")


class GraphsMovingError(ServerError):
    """The named graphs are being replaced, so that they cannot be read one by one."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url}: a build is replacing the named graphs.",
            "Wait until it ends and run the command again; if it was broken off, build again.",
        )


class PublishError(ServerError):
    """A build could not publish; what was published stays."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url}: the graph was not published: {why}.", "What is published stays as it is. Build again.")


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
        self.what = what


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
