"""Readers in a process of their own: what hangs or breaks one costs only that file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extract import settings
from extract.formats import Broken, apart, decode
from tests.extract.formats import making
from tests.extract.formats.pages import pages, pdf

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    apart._end()
    yield
    apart._end()


def limit(monkeypatch: pytest.MonkeyPatch, name: str, value: int) -> None:
    """A limit on the parent's side; the child has its own table."""
    monkeypatch.setitem(settings._BY_NAME, name, replace(settings._BY_NAME[name], default=value))


@pytest.mark.parametrize("make", [lambda: pdf(pages()), making.docx, lambda: making.xlsx((making.INDICATORS,))], ids=["pdf", "docx", "xlsx"])
def test_same_as_in_this_process(make: object) -> None:
    data = make()  # type: ignore[operator]
    assert apart.decode_apart(data) == decode(data)


def test_errors_of_readers_come_back() -> None:
    with pytest.raises(Broken, match="encrypted with a password") as error:
        apart.decode_apart(pdf(pages(), password="secret"))
    assert "without" in error.value.hint or "print" in error.value.hint


def test_one_process_reads_file_after_file() -> None:
    apart.decode_apart(making.docx())
    first = apart._readers[-1].pid
    with pytest.raises(Broken):
        apart.decode_apart(b"%PDF-1.7\n")
    apart.decode_apart(making.docx())
    assert apart._readers[-1].pid == first


def test_a_reader_that_hangs_is_ended_and_the_next_file_read(monkeypatch: pytest.MonkeyPatch) -> None:
    apart.decode_apart(making.docx())
    limit(monkeypatch, "max_silent_seconds", 1)
    stopped = apart._readers[-1].pid
    os.kill(stopped, signal.SIGSTOP)
    with pytest.raises(Broken, match="stands still for more than 1 s"):
        apart.decode_apart(making.docx())
    with pytest.raises(ProcessLookupError):
        os.kill(stopped, 0)
    limit(monkeypatch, "max_silent_seconds", 60)
    assert apart.decode_apart(making.docx()) == decode(making.docx())


def test_a_reader_that_breaks_down_costs_only_its_file() -> None:
    document = making.docx()
    apart.decode_apart(document)
    pid = apart._readers[-1].pid
    os.kill(pid, signal.SIGSTOP)  # so that the file is under way when it breaks
    threading.Timer(1, lambda: os.kill(pid, signal.SIGSEGV) or os.kill(pid, signal.SIGCONT)).start()
    with pytest.raises(Broken, match="broke down") as error:
        apart.decode_apart(document)
    assert f"exit code {-signal.SIGSEGV}" in error.value.reason
    assert apart.decode_apart(making.docx()) == decode(making.docx())


def test_pages_keep_a_slow_reader_alive() -> None:
    script = "from extract.formats import apart, decode; import sys; apart._pulse.append(sys.stdout.buffer); decode(sys.stdin.buffer.read())"
    done = subprocess.run([sys.executable, "-c", script], input=pdf(pages() * 3), capture_output=True, check=True)
    assert done.stdout.count(b"alive") == len(pages()) * 3


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the address space of a process")
def test_memory_is_bounded() -> None:
    script = "from extract.formats import apart; apart._bound_memory(2 * 10**9); bytearray(3 * 10**9)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "MemoryError" in done.stderr


def test_the_reader_ends_with_the_program() -> None:
    script = "from extract.formats import apart; from tests.extract.formats import making; apart.decode_apart(making.docx()); print(apart._readers[-1].pid)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    for _ in range(300):
        try:
            os.kill(int(done.stdout), 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("the reader is still there")


def test_what_lies_where_the_user_stands_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert apart.decode_apart(making.docx()) == decode(making.docx())
