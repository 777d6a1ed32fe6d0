"""How long the pages of `zhize serve` take on graphs of bench/million.py, first and second opening, as a Markdown table.

Usage: python bench/explorer.py --store FOLDER [--store FOLDER ...] [--patience 120]

Each graph gets a server of its own. Seconds on the wall, and in brackets those of the processor that the server took: with other
work on the machine only these can be compared. The first page is asked for when the server has read its names and rests.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from graph.store import Store, open_store  # noqa: E402 - the project is not on the path before

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_DUTIES = """
SELECT ?agency ?name (SUM(?n) AS ?all)
WHERE {
  { SELECT ?load ?agency WHERE { ?load zhize:ofAgency ?agency } }
  { SELECT ?load WHERE { ?load a zhize:Load } }
  { SELECT ?load ?n WHERE { ?load zhize:duties ?n } }
  { SELECT ?agency ?name WHERE { ?agency skos:prefLabel ?name } }
}
GROUP BY ?agency ?name"""
_CITED = "SELECT ?document WHERE { ?document a zhize:CitedDocument ; zhize:citingPolicies ?n } ORDER BY DESC(?n) LIMIT 1"
_HEAVY = "SELECT ?policy WHERE { ?policy a zhize:Policy ; zhize:citingPolicies ?n } ORDER BY DESC(?n) LIMIT 1"
_FIGURE = "SELECT ?f ?policy ?name WHERE { ?f a zhize:Target ; zhize:indicator ?name ; zhize:policy ?policy } LIMIT 1"
_DUTY = "SELECT ?d WHERE { ?d a zhize:Duty } LIMIT 1"


def pages(store: Store) -> Iterator[tuple[str, str]]:
    """What is opened, and where."""
    ranked = sorted(store.select(_DUTIES), key=lambda row: (-int(row[2].value), row[0].value))  # type: ignore[union-attr]
    names = [row[1].value for row in (ranked[0], ranked[len(ranked) // 2])]  # type: ignore[union-attr]
    cited, heavy, duty = (next(store.select(query))[0].value for query in (_CITED, _HEAVY, _DUTY))  # type: ignore[union-attr]
    _, policy, indicator = (cell.value for cell in next(store.select(_FIGURE)) if cell)

    def at(path: str, **query: str) -> str:
        return path + ("?" + urlencode(query) if query else "")

    yield "home", "/"
    for name, path in (("heaviest agency", names[0]), ("median agency", names[1])):
        yield name, "/agency/" + urlencode({"": path})[1:]
    heaviest = "/agency/" + urlencode({"": names[0]})[1:]
    yield "heaviest agency, lead, in force", heaviest + "?role=lead&standing=in_force"
    yield "policy", at("/policy", iri=policy)
    yield "most cited policy", at("/policy", iri=heavy)
    yield "most cited document", at("/policy", iri=cited)
    yield "fact", at("/fact", iri=duty)
    for path in ("/agencies", "/policies", "/duties", "/targets", "/citations", "/review", "/network"):
        yield path, path
    yield "agencies by name", at("/agencies", q=names[0])
    yield "policies of a year in force", at("/policies", year="2015", standing="in_force")
    yield "policies by words", at("/policies", q="停车")
    yield "duties, page 20", at("/duties", page="20")
    yield "duties, lead", at("/duties", role="lead")
    yield "duties by deadline", at("/duties", due="with", sort="deadline", since="2025-11-21")
    yield "duties by agency", at("/duties", sort="agency")
    yield "duties with a word", at("/duties", q="停车")
    yield "duties of a year", at("/duties", year="2015")
    yield "figures by deadline", at("/targets", sort="deadline")
    yield "indicator", at("/indicator", name=indicator)
    yield "search: agency", at("/search", q=names[0])
    yield "search: words", at("/search", q="停车")
    yield "search: nothing", at("/search", q="没有这样的东西")
    yield "network of the median agency", at("/network", iri=ranked[len(ranked) // 2][0].value)  # type: ignore[union-attr]
    yield "drawn", at("/network/drawn", iri=ranked[len(ranked) // 2][0].value)  # type: ignore[union-attr]
    yield "network of a policy", at("/network", kind="policies", iri=policy)


@dataclass(frozen=True)
class Opening:
    """One answer: seconds on the wall and of the server's processor, bytes, and the status (0: none in time)."""

    wall: float
    work: float
    size: int
    status: int

    def __str__(self) -> str:
        return f"{self.wall:.2f} ({self.work:.2f})" if self.status in (200, 404) else f"> {self.wall:.0f}"


class Served:
    """`zhize serve` as a process."""

    def __init__(self, folder: Path, project: Path) -> None:
        command = [sys.executable, "-m", "zhize", "serve", "--store", str(folder), "--port", "0", "--quiet"]
        env = os.environ | {"PYTHONPATH": str(project)}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env, cwd=project)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip().rstrip("/")

    def work(self) -> float:
        """Seconds of the processor so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def settle(self, most: float = 300.0) -> None:
        """Wait until the server has read ahead: until it takes next to nothing of the processor."""
        begun, quiet, before = time.monotonic(), 0, 0.0
        while quiet < 3 and time.monotonic() - begun < most:
            time.sleep(3)
            now = self.work()
            quiet = quiet + 1 if now - before < 0.1 else 0
            before = now

    def memory(self) -> tuple[int, int]:
        """MB held now and at most."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8").splitlines()
        found = {line.split(":")[0]: int(line.split()[1]) // 1024 for line in lines if line.startswith(("VmRSS", "VmHWM"))}
        return found["VmRSS"], found["VmHWM"]

    def open(self, path: str, patience: float) -> Opening:
        """Open a page."""
        begun, worked, size, status = time.perf_counter(), self.work(), 0, 0
        try:
            with urlopen(self.address + path, timeout=patience) as answer:
                size, status = len(answer.read()), answer.status
        except HTTPError as error:
            status = error.code
        except OSError:
            pass
        return Opening(time.perf_counter() - begun, self.work() - worked, size, status)

    def close(self) -> None:
        """End the server."""
        self.process.terminate()
        self.process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, required=True, action="append")
    parser.add_argument("--project", type=Path, default=HERE, help="Another copy of the project, to compare with.")
    parser.add_argument("--patience", type=float, default=120.0)
    options = parser.parse_args()
    for folder in options.store:
        asked = list(pages(open_store(folder)))
        served = Served(folder, options.project.resolve())
        served.settle()
        print(f"{folder.name}: {served.work():.1f} s of the processor before the first page\n")
        print("| page | first | second | KB | status |\n|---|--:|--:|--:|--:|")
        for name, path in asked:
            first = served.open(path, options.patience)
            second = served.open(path, options.patience) if first.status else first
            print(f"| {name} | {first} | {second} | {first.size // 1000} | {first.status} |", flush=True)
            if not first.status:  # a page that nobody waits for is still being computed
                served.close()
                served = Served(folder, options.project.resolve())
                served.settle()
        print("\n{} MB held, {} MB at most\n".format(*served.memory()))
        served.close()


if __name__ == "__main__":
    main()
