"""The three SPARQL 1.1 protocols over HTTP: query, update, graph store; and what has to be known of each server.

Query: https://www.w3.org/TR/sparql11-protocol/, graphs: https://www.w3.org/TR/sparql11-http-rdf-update/. Tried with Oxigraph and
with Virtuoso, whose departures from the standard are marked where they are met (docs/stores.md lists them).
"""

from __future__ import annotations

import io
import ipaddress
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
import pyoxigraph as ox

from graph.errors import (
    NotSparqlError,
    PlainPasswordError,
    ServerFailedError,
    ServerForbiddenError,
    ServerLoginError,
    ServerMovedError,
    ServerTimeoutError,
    ServerUnreachableError,
)
from graph.remote.address import Address
from ontology.vocabulary import PREFIXES

_CONNECT = 10.0  # seconds until somebody has to pick up
_PATIENCE = 600.0  # seconds for an answer to a request of this program's own; copying a large graph takes a server minutes
_JSON = "application/sparql-results+json"
_NTRIPLES = "application/n-triples"
_BOOLEAN = PREFIXES["xsd"] + "boolean"
_TRUTH = {"1": "true", "0": "false"}
_ASKED = "__ASK_RETVAL"  # Virtuoso up to 7.2.5 answers ASK as a table with this variable
LONGEST_IRI = 1_800  # bytes; Virtuoso 7 cuts longer ones at 1,879 without a word

Term = ox.NamedNode | ox.Literal | ox.BlankNode
Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An answer. ``most`` is the number of rows after which the server cut it off, 0 where it is whole."""

    variables: tuple[str, ...]
    rows: Iterator[Row]
    most: int = 0
    answer: bool | None = None


class Server:
    """A server that was found to speak SPARQL. :attr:`virtuoso` says whether its ways have to be minded."""

    def __init__(self, address: Address) -> None:
        """Find out where the server answers. Raises the :class:`ServerError` that fits."""
        self.address = address
        patience = httpx.Timeout(_PATIENCE, connect=_CONNECT)
        self._client = httpx.Client(auth=_Login(address), timeout=patience, follow_redirects=False)
        self.virtuoso = False
        base, self._query = self._discover()
        named = bool(address.user)
        if self.virtuoso:
            self._query = base + ("/sparql-auth" if named else "/sparql")
            update, graphs = self._query, base + ("/sparql-graph-crud-auth" if named else "/sparql-graph-crud")
        else:
            update, graphs = base + "/update", base + "/store"
        self._update, self._graphs = address.update or update, address.graphs or graphs
        if named:  # learn how to log in with a small request: a large one may be broken off by the demand to log in
            self.select("ASK {}", ())

    def _discover(self) -> tuple[str, str]:
        """The address below which all protocols are, and that of queries."""
        url = self.address.url
        base, _, last = url.rpartition("/")
        bases = [(base, url)] if last in ("query", "sparql") else [(url, url + "/query"), (url, url + "/sparql"), (url, url)]
        why = ""
        for base, query in bases:
            with self._translated():
                form = {"query": "ASK {}"}
                response = self._client.post(query, data=form, headers={"Accept": _JSON}, timeout=_CONNECT * 3)
            if response.status_code == 200 and _type(response) == _JSON:
                self.virtuoso = response.headers.get("server", "").startswith("Virtuoso")
                return base, query
            if response.status_code not in (400, 404, 405, 406, 415, 200):
                self._refuse(response)
            why = why or f"status {response.status_code}, {_type(response) or 'no type'}"
        raise NotSparqlError(url, why)

    def select(self, query: str, default: Sequence[str], named: Sequence[str] = (), seconds: float = _PATIENCE) -> Found:
        """The answer to a SELECT or ASK on these graphs; rows come as they are read. ``seconds`` is the most that it may take."""
        body, most = self._ask(query, default, named, seconds, _JSON)
        try:
            found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError, OSError) as error:
            raise ServerFailedError(str(self.address), "its answer is not JSON of SPARQL results") from error
        if isinstance(found, ox.QueryBoolean):
            return Found((), iter(()), answer=bool(found))
        variables = tuple(v.value for v in found.variables)
        if variables == (_ASKED,):
            return Found((), iter(()), answer=any(row[0] is not None and row[0].value in ("1", "true") for row in found))
        return Found(variables, self._rows(found), most)

    def construct(self, query: str, default: Sequence[str], named: Sequence[str] = (), seconds: float = _PATIENCE) -> Found:
        """The graph that a CONSTRUCT or DESCRIBE gives, as rows of three."""
        body, most = self._ask(query, default, named, seconds, _NTRIPLES)
        try:
            triples = [tuple(map(_term, quad.triple)) for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
        except (SyntaxError, ValueError) as error:
            raise ServerFailedError(str(self.address), "its answer is not N-Triples") from error
        return Found(("subject", "predicate", "object"), iter(triples), most)

    def _rows(self, found: ox.QuerySolutions) -> Iterator[Row]:
        try:
            for row in found:
                yield tuple(None if term is None else _term(term) for term in row)
        except (SyntaxError, ValueError, OSError) as error:
            # Oxigraph that runs into its --timeout-s has sent 200 already and breaks off in the middle
            raise ServerFailedError(str(self.address), "it broke off in the middle of its answer") from error

    def _ask(self, query: str, default: Sequence[str], named: Sequence[str], seconds: float, form: str) -> tuple[io.BytesIO, int]:
        fields: dict[str, str | list[str]] = {"query": query, "default-graph-uri": list(default), "named-graph-uri": list(named)}
        if self.virtuoso:
            fields["timeout"] = str(int(seconds * 1000))
        response = self._send("POST", self._query, data=fields, headers={"Accept": form}, timeout=seconds)
        if response.headers.get("x-sql-state"):  # Virtuoso: out of time, and the answer only what it had until then
            raise ServerTimeoutError(str(self.address), seconds)
        if _type(response) != form:
            raise NotSparqlError(str(self.address), f"the answer is {_type(response) or 'of no type'}")
        return io.BytesIO(response.content), int(response.headers.get("x-sparql-maxrows", "0"))

    def update(self, text: str) -> None:
        """Carry out an update: on Oxigraph all of it or nothing, on Virtuoso one operation after the other."""
        if self.virtuoso:  # which knows no application/sparql-update in its old versions, but takes updates as queries
            self._send("POST", self._update, data={"query": text}, headers={"Accept": "*/*"})
        else:
            self._send("POST", self._update, content=text.encode(), headers={"Content-Type": "application/sparql-update"})

    def put(self, graph: str, lines: Sequence[str]) -> None:
        """Make a graph hold these statements (lines of N-Triples) and no others."""
        self._load("PUT", graph, lines)

    def add(self, graph: str, lines: Sequence[str]) -> None:
        """Put statements into a graph beside those that it holds."""
        self._load("POST", graph, lines)

    def _load(self, method: str, graph: str, lines: Sequence[str]) -> None:
        # Virtuoso looks at the first bytes, not at the type, and needs a word of Turtle there before a long literal
        body = "@prefix zhize: <https://w3id.org/zhize/ontology#> .\n" + "".join(lines)
        name = {"graph-uri" if self.virtuoso else "graph": graph}
        self._send(method, self._graphs, params=name, content=body.encode(), headers={"Content-Type": "text/turtle"})

    def _send(self, method: str, url: str, **how: object) -> httpx.Response:
        with self._translated(how.get("timeout")):
            response = self._client.request(method, url, **how)  # type: ignore[arg-type]
        if not response.is_success:
            self._refuse(response)
        return response

    @contextmanager
    def _translated(self, seconds: object = None) -> Iterator[None]:
        """Errors of the line as errors of this program; never with the request in them, which may hold a password."""
        url = str(self.address)
        try:
            yield
        except httpx.ConnectTimeout as error:
            raise ServerUnreachableError(url, f"nobody answers within {_CONNECT:g} seconds") from error
        except httpx.TimeoutException as error:
            raise ServerTimeoutError(url, seconds if isinstance(seconds, float) else _PATIENCE) from error
        except httpx.ConnectError as error:
            untrusted = "CERTIFICATE" in str(error).upper()
            raise ServerUnreachableError(url, "its certificate is not trusted" if untrusted else _words(str(error))) from error
        except (httpx.TransportError, httpx.InvalidURL, httpx.DecodingError) as error:
            raise ServerFailedError(url, _words(str(error)) or "it broke off") from error

    def _refuse(self, response: httpx.Response) -> None:
        """Raise what fits an answer that is none."""
        url, code = str(self.address), response.status_code
        if response.is_redirect:
            to = urlsplit(response.headers.get("location", ""))
            raise ServerMovedError(url, _words(f"{to.scheme}://{to.hostname}{to.path}" if to.hostname else to.path))
        if code == 401:
            raise ServerLoginError(url, self.address.user)
        if code == 403 or "SR186" in response.text[:300]:  # SR186: Virtuoso's word for a right that is missing
            raise ServerForbiddenError(url, self.address.user)
        if code in (404, 405):
            raise NotSparqlError(url, f"status {code} at {urlsplit(str(response.request.url)).path}")
        if code in (408, 504):
            raise ServerTimeoutError(url, _PATIENCE)
        raise ServerFailedError(url, f"status {code}: {_words(response.text)}")


class _Login(httpx.Auth):
    """Name and password in the way that the server asks for, and only when it asks; in clear only where nobody can listen."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._digest = httpx.DigestAuth(address.user, address.password)
        self._basic = httpx.BasicAuth(address.user, address.password)
        self._asked: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The requests to send; see :class:`httpx.Auth`."""
        if not self._address.user:
            yield request
            return
        if self._asked is not None:
            yield from self._asked.auth_flow(request)
            return
        response = yield request
        if response.status_code != 401:
            return
        wanted = response.headers.get("www-authenticate", "").lower()
        if wanted.startswith("digest"):
            self._asked = self._digest
        elif wanted.startswith("basic"):
            if request.url.scheme != "https" and not _is_loopback(request.url.host):
                raise PlainPasswordError(str(self._address))
            self._asked = self._basic
        else:
            return
        yield from self._asked.auth_flow(request)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _term(term: Term) -> Term:
    """A term as this program writes it: Virtuoso gives truth values back as 1 and 0."""
    if isinstance(term, ox.Literal) and term.datatype.value == _BOOLEAN:
        return ox.Literal(_TRUTH.get(term.value, term.value), datatype=term.datatype)
    return term


def _type(response: httpx.Response) -> str:
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _words(text: str) -> str:
    """The beginning of what a server says, on one line and without what a terminal could take for a command."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:1000]).split())
    return line[:200] + ("…" if len(line) > 200 else "")
