"""Real servers for the tests: started on a free port of this machine, with a folder of their own, ended by their process."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

OXIGRAPH = Path(sys.executable).parent / "oxigraph"
VIRTUOSO = shutil.which("virtuoso-t") or "/usr/bin/virtuoso-t"

_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx

[Parameters]
ServerPort = 127.0.0.1:{port}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}

[SPARQL]
ResultSetMaxRows = 10000
"""


def free_port() -> int:
    """A port that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], url: str, folder: Path) -> Iterator[str]:
    """A server that answers at ``url``, until the block ends."""
    with (folder / "server.out").open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=folder)
        try:
            for _ in range(600):
                assert process.poll() is None, (folder / "server.out").read_text(errors="replace")
                try:
                    if httpx.post(url, data={"query": "ASK {}"}, headers={"Accept": "application/sparql-results+json"}).is_success:
                        break
                except httpx.TransportError:
                    time.sleep(0.1)
            else:
                raise AssertionError(f"{command[0]} did not answer within a minute")
            yield url.rpartition("/")[0]
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def oxigraph(folder: Path, *options: str, serve: str = "serve") -> Iterator[str]:
    """The URL of an Oxigraph server with its data in ``folder``."""
    if not OXIGRAPH.exists():
        pytest.skip("the package oxigraph (the server) is not installed")
    port, data = free_port(), folder / "oxigraph"
    command = [str(OXIGRAPH), serve, "--location", str(data), "--bind", f"127.0.0.1:{port}", *options]
    with _running(command, f"http://127.0.0.1:{port}/query", folder) as url:
        yield url


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The URL of a Virtuoso with its data in ``folder``; a new database has the user dba with the password dba."""
    if not Path(VIRTUOSO).exists():
        pytest.skip("virtuoso-t (Debian's virtuoso-opensource) is not installed")
    http = free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(folder=folder, port=free_port(), http=http))
    command = [VIRTUOSO, "+configfile", str(folder / "virtuoso.ini"), "+foreground"]
    with _running(command, f"http://127.0.0.1:{http}/sparql", folder) as url:
        yield url
