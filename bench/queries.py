"""Load and named queries on invented graphs, beside rdflib in memory and an Oxigraph server on the same data, as Markdown tables.

Usage: python bench/queries.py --store FOLDER [--small FOLDER] [--repeats 7] [--patience 60] [-o FILE]

``--store`` is a graph of bench/million.py; ``--small`` one of a size that rdflib bears (20,000 duties). Each query is asked with
every one of its values in turn, of heaviest, upper and median load: p50 and p95 are over all of them, after a round that warms the
store. Times are those on the wall: the machine must have no other work. A peer that needs more than ``--patience`` seconds for
its rounds has no figure. The server reads the files of ``--store`` itself; loading is measured with the N-Quads of the small graph.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode
from urllib.request import Request, urlopen

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

import pyoxigraph as ox  # noqa: E402 - the project is not on the path before

from graph.export import export  # noqa: E402
from graph.named import NamedQuery, named_queries  # noqa: E402
from graph.store import Row, Store, open_store, published  # noqa: E402
from ontology.vocabulary import PREFIXES  # noqa: E402

PATIENCE = 60.0  # seconds for all rounds of one query, unless the command line says otherwise
AIM = 100.0  # milliseconds
_LOADS = "SELECT ?b (SUM(?n) AS ?all) WHERE { ?l zhize:ofAgency ?b ; zhize:ofRole ?r ; zhize:duties ?n } GROUP BY ?b"
_CITIES = """
SELECT ?name (COUNT(?p) AS ?n)
WHERE { ?p a zhize:Policy ; dcterms:spatial ?w . ?w zhize:tier zhize:tier-city ; rdfs:label ?name } GROUP BY ?name"""
_CITED = "SELECT ?p ?n WHERE { ?p a zhize:Policy ; zhize:citingPolicies ?n }"


@dataclass(frozen=True)
class Values:
    """Values of the parameters: agencies, cities and documents of median and of heaviest load."""

    agencies: tuple[str, ...]
    places: tuple[str, ...]
    policies: tuple[str, ...]

    def of(self, query: NamedQuery) -> Iterator[dict[str, str]]:
        """The values with which a query is asked: each agency, place and document, with a year and a quarter beside it."""
        types = {param.type: param.name for param in query.params}
        for n, place in enumerate(self.places):
            first = 2013 + 4 * n
            given = {"place": place, "agency": self.agencies[n], "policy": self.policies[n], "year": str(first)}
            found = {name: given[kind] for kind, name in types.items() if kind in given}
            names = {param.name for param in query.params}
            if "from" in names:
                found |= {"from": f"{first}-04-01", "to": f"{first}-06-30"}
            if "first" in names:
                found |= {"first": str(first), "second": str(first + 1)}
            yield found


def pick(store: Store) -> Values:
    """The heaviest, one at the upper quarter and the median: agencies by duties, cities by policies, documents by citations."""
    return Values(_spread(store.select(_LOADS)), _spread(store.select(_CITIES)), _spread(store.select(_CITED)))


def _spread(rows: Iterable[Row]) -> tuple[str, ...]:
    ranked = [row[0].value for row in sorted(rows, key=lambda row: (-int(row[1].value), row[0].value))]
    return ranked[0], ranked[len(ranked) // 4], ranked[len(ranked) // 2]


Ask = Callable[[str], int]
Figure = tuple[float, float, int] | None


def embedded(store: Store) -> Ask:
    """Our own way: the engine in this process."""

    def ask(query: str) -> int:
        found = store.engine.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
        return sum(1 for _ in found)

    return ask


def served(address: str) -> Ask:
    """The same store behind an Oxigraph server."""

    def ask(query: str) -> int:
        body = urlencode({"query": query, "union-default-graph": ""}).encode()
        request = Request(address + "/query", body, {"Accept": "text/csv", "Content-Type": "application/x-www-form-urlencoded"})
        with urlopen(request, timeout=PATIENCE) as answer:
            return answer.read().count(b"\r\n") - 1

    return ask


def timed(ask: Ask, query: NamedQuery, values: Values, repeats: int, patience: float = PATIENCE) -> Figure:
    """p50 and p95 in milliseconds and the most rows; None where not even the first round of values ends in time."""
    times, most, begun = [], 0, time.perf_counter()
    for round_ in range(repeats + 1):
        for given in values.of(query):
            bound, start = query.bind(given), time.perf_counter()
            try:
                most = max(most, ask(bound))
            except OSError:
                return None
            if round_:
                times.append(1000 * (time.perf_counter() - start))
            if time.perf_counter() - begun > patience and not times:
                return None
        if time.perf_counter() - begun > patience:
            break
    return median(times or [0.0]), quantiles(times, n=20)[-1] if len(times) > 1 else sum(times), most


def timed_apart(ask: Ask, query: NamedQuery, values: Values, repeats: int, patience: float) -> Figure:
    """The same in a copy of this process that is ended where even a single answer takes longer: for an engine inside Python."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=lambda: theirs.send(timed(ask, query, values, repeats, patience)))
    child.start()
    found: Figure = ours.recv() if ours.poll(2 * patience) else None
    child.kill()
    child.join()
    return found


class Server:
    """An Oxigraph server on the files of a store, read-only, on a free port of this machine."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        program = Path(sys.executable).with_name("oxigraph")
        command = [str(program), "serve-read-only", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("the Oxigraph server does not start")

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()


def rdflib_of(store: Store) -> tuple[Ask, float, int]:
    """The small graph in rdflib's memory: how to ask it, the seconds that it took to load, its statements."""
    import rdflib  # noqa: PLC0415

    out = io.BytesIO()
    export(store, "turtle", out)
    begun = time.perf_counter()
    graph = rdflib.Graph().parse(data=out.getvalue(), format="turtle")
    took = time.perf_counter() - begun
    return lambda query: sum(1 for _ in graph.query(query)), took, len(graph)


def loads(store: Store, small: Store) -> Iterator[str]:
    """Loading N-Quads of the small graph: by us, by the server's own loader."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "small.nq"
        count = export(small, "nquads", file)
        begun = time.perf_counter()
        engine = ox.Store(str(Path(scratch) / "own"))
        engine.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
        own = time.perf_counter() - begun
        program = Path(sys.executable).with_name("oxigraph")
        command = [str(program), "load", "--location", str(Path(scratch) / "server"), "--file", str(file)]
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        theirs = time.perf_counter() - begun
    yield f"| bulk load of N-Quads, embedded | {count:,} | {own:.1f} | {count / own:,.0f} |"
    yield f"| bulk load of N-Quads, `oxigraph load` | {count:,} | {theirs:.1f} | {count / theirs:,.0f} |"


def cold(folder: Path) -> float:
    """Seconds of one named query as a command, from a cold start."""
    path = os.pathsep.join(filter(None, [str(HERE), os.environ.get("PYTHONPATH", "")]))
    command = [sys.executable, "-m", "zhize", "query", "policies-by-year", "--param", "place=甲川市", "--store", str(folder)]
    best = float("inf")
    for _ in range(3):
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": path})
        best = min(best, time.perf_counter() - begun)
    return best


def table(store: Store, small: Store | None, repeats: int, patience: float) -> Iterator[str]:
    """The tables, line by line."""
    values = pick(store)
    generation = published(store.folder)
    assert generation is not None
    peer, peer_load, peer_size, peer_values = None, 0.0, 0, values
    if small is not None:
        peer, peer_load, peer_size = rdflib_of(small)
        peer_values = pick(small)
        yield "| load | statements | s | statements/s |"
        yield "|---|--:|--:|--:|"
        yield from loads(store, small)
        yield f"| rdflib in memory, Turtle | {peer_size:,} | {peer_load:.1f} | {peer_size / peer_load:,.0f} |"
        yield ""
    server = Server(generation)
    ours, theirs = embedded(store), served(server.address)
    here = embedded(small) if small is not None else None
    yield "| query | rows | p50 | p95 | server p50 | server p95 | ÷ | small p50 | rdflib p50 | ÷ | |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|"
    try:
        for query in named_queries():
            own = timed(ours, query, values, repeats, patience)
            other = timed(theirs, query, values, repeats, patience)
            little = timed(here, query, peer_values, repeats, patience) if here else None
            rdf = timed_apart(peer, query, peer_values, 1, patience) if peer else None
            yield _line(query, own, other, little, rdf)
    finally:
        server.close()


def _line(query: NamedQuery, own: Figure, other: Figure, little: Figure, rdf: Figure) -> str:
    def ms(found: Figure, at: int) -> str:
        return "" if found is None else f"{found[at]:.1f}"

    def ratio(one: Figure, two: Figure) -> str:
        return "" if one is None or two is None else f"{two[0] / one[0]:.1f}"

    over = "over 100 ms" if own is None or own[1] > AIM else ""
    cells = [f"`{query.name}`", str(own[2]) if own else "", ms(own, 0), ms(own, 1), ms(other, 0), ms(other, 1), ratio(own, other)]
    return "| " + " | ".join([*cells, ms(little, 0), ms(rdf, 0), ratio(little, rdf), over]) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--small", type=Path)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--patience", type=float, default=PATIENCE)
    parser.add_argument("-o", "--out", type=Path)
    options = parser.parse_args()
    store = open_store(options.store)
    lines = [f"{len(store.graphs()):,} named graphs; `zhize query` from a cold start: {cold(options.store):.2f} s", ""]
    print(*lines, sep="\n")
    for line in table(store, open_store(options.small) if options.small else None, options.repeats, options.patience):
        print(line, flush=True)
        lines.append(line)
    if options.out:
        options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
