"""``zhize serve``: starts, says where, ends cleanly; what cannot be served is said."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from urllib.parse import quote

import pytest

from graph.serve.settings import ServeSettings, table
from tests.processes import is_running
from tests.zhize.conftest import Run
from zhize.commands.serve import EXAMPLES

ROOT = Path(__file__).parents[2]
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@contextmanager
def serving(*arguments: object, folder: Path | None = None) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command as a person starts it, and the address that it prints."""
    command = [sys.executable, "-m", "zhize", "serve", *map(str, arguments), "--port", "0"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=folder)
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()


def get(address: str) -> tuple[int, str]:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:  # not yet
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def children(number: int) -> list[int]:
    """The processes that a process has started."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(number)], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for another process")
@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, -signal.SIGTERM)])
def test_it_serves_until_it_is_ended(store: Path, sign: signal.Signals, code: int) -> None:
    with serving("--store", store) as (process, address):
        assert address.startswith("http://127.0.0.1:")
        assert get(address + "query")[0] == 200
        assert '"boolean": true' in get(address + "sparql?query=ASK%7B%7D&format=json")[1]
        waiting = threading.Thread(target=lambda: get(address + "sparql?query=" + quote(SLOW)), daemon=True)
        waiting.start()
        end = time.monotonic() + 20
        while len(children(process.pid)) < 3:  # two wait, one answers
            assert time.monotonic() < end
            time.sleep(0.05)
        started = children(process.pid)
        process.send_signal(sign)
        _, said = process.communicate(timeout=20)
        assert process.returncode == code
        assert "Only this machine can reach it" in said and "Traceback" not in said
        assert ("The server has ended." in said) == (code == 0)
        assert not any(map(is_running, started))


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_serve(example: str, store: Path, tmp_path: Path) -> None:
    program, name, *arguments = example.split()
    assert (program, name) == ("zhize", "serve")
    shutil.copytree(store, tmp_path / "zhize-data")
    with serving(*arguments, folder=tmp_path) as (_, address):
        assert get(address + "query")[0] == 200


def test_limits_come_from_the_options(store: Path) -> None:
    with serving("--store", store, "--max-rows", "3", "--quiet") as (_, address):
        status, said = get(address + "sparql?query=" + quote("SELECT * { ?s ?p ?o }"))
        assert status == 422 and "3 rows" in said


def test_a_port_that_is_taken(store: Path, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = run("serve", "--store", store, "--port", port, code=2).stderr
    assert str(port) in said and "Address already in use" in said and "--port 0" in said and "Traceback" not in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--store", "nowhere"), "zhize build"),
        (("--port", "70000"), "70000"),
        (("--max-rows", "0"), "max-rows"),
        (("--timeout", "soon"), "timeout"),
    ],
)
def test_what_cannot_be_served(run: Run, arguments: tuple[str, ...], message: str) -> None:
    assert message in run("serve", *arguments, code=2).stderr


def test_a_host_that_is_nobody(store: Path, run: Run) -> None:
    said = run("serve", "--store", store, "--host", "no-such-host.invalid", code=2).stderr
    assert "no-such-host.invalid" in said and "Traceback" not in said


def test_an_open_host_is_warned_of(store: Path) -> None:
    with serving("--store", store, "--host", "0.0.0.0") as (process, address):
        assert get(address.replace("0.0.0.0", "127.0.0.1") + "query")[0] == 200
        process.send_signal(signal.SIGINT)
        assert "Warning: 0.0.0.0 can be reached from the network. There is no password" in process.communicate(timeout=20)[1]


def test_every_setting_is_an_option_with_its_default(run: Run) -> None:
    said = " ".join(run("serve", "--help").stdout.split())
    assert [row.name for row in table()] == [field.name for field in fields(ServeSettings)]
    for row in table():
        assert f"--{row.name.replace('_', '-')} " in said and " ".join(row.help.split()) in said
        assert f"default: {row.default}" in said
