"""Readers in a process of their own: a document that hangs a parser, crashes it or eats the memory costs only itself.

PDFium, lxml and the OCR engine are native code, which no deadline within the process can stop. One child reads file after file; it
says a word after every page, and is ended where it says nothing for too long.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from typing import IO, Any

from extract.child import start
from extract.formats.decoded import Broken, Decoded
from extract.settings import default

_SIZE = 8  # bytes that say how long the file is
_OTHERWISE = "Open it in its program and save or print it anew, or split it."

_pulse: list[IO[bytes]] = []  # in the child: where to say that it is alive


def beat() -> None:
    """Say that the reading goes on; a reader calls it after every page. Outside the child it does nothing."""
    for stream in _pulse:
        _write(stream, {"alive": True})


def decode_apart(data: bytes) -> Decoded:
    """As :func:`extract.formats.decode`, in the child. Raises :class:`Broken`, also for a file that hangs or crashes its reader."""
    return _reader().decode(data)


class _Reader:
    """The child, from the parent's side."""

    def __init__(self) -> None:
        self._process = start("extract.formats.apart")
        self._said: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Can it read another file?"""
        return self._process.poll() is None

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with suppress(ValueError, OSError):  # the pipe is closed, or cut off in the middle of an answer
            for line in self._process.stdout:
                self._said.put(json.loads(line))
        self._said.put(None)

    def decode(self, data: bytes) -> Decoded:
        """The text of a file; the child is gone after a file that hangs or crashes it."""
        assert self._process.stdin is not None
        with suppress(OSError):  # a child that died is noticed when it does not answer
            self._process.stdin.write(len(data).to_bytes(_SIZE, "big") + data)
            self._process.stdin.flush()
        seconds = default("max_silent_seconds")
        try:
            while (answer := self._said.get(timeout=seconds)) is not None and "alive" in answer:
                pass
        except queue.Empty:
            self.end()
            raise Broken(f"reading it stands still for more than {seconds} s (max_silent_seconds)", _OTHERWISE) from None
        if answer is None:
            code = self.end()
            raise Broken(f"its reader broke down on it (exit code {code}): it is damaged, or made to do harm", _OTHERWISE)
        return _decoded(answer)

    def end(self) -> int:
        """Stop the child, whatever it does; its exit code."""
        self._process.kill()
        code = self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()
        return code


_readers: list[_Reader] = []


def _reader() -> _Reader:
    """The child; a new one where the last is gone."""
    while _readers and not _readers[-1].alive:
        _readers.pop().end()
    if not _readers:
        _readers.append(_Reader())
    return _readers[-1]


@atexit.register
def _end() -> None:
    while _readers:
        _readers.pop().end()


def _decoded(answer: dict[str, Any]) -> Decoded:
    if "reason" in answer:
        raise Broken(answer["reason"], answer["hint"], answer["iconv"])
    return Decoded(**answer | {"pages": tuple(answer["pages"]), "warnings": tuple(answer["warnings"])})


def main() -> None:
    """Read files from standard input until it ends: the size of each, then its bytes; answer each with a line of JSON."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing else gets between the answers
    _pulse.append(answers)
    _bound_memory(default("max_reader_bytes"))
    while size := sys.stdin.buffer.read(_SIZE):
        _write(answers, _answer(sys.stdin.buffer.read(int.from_bytes(size, "big"))))


def _answer(data: bytes) -> dict[str, Any]:
    from extract.formats import decode

    try:
        return asdict(decode(data))
    except Broken as error:
        return {"reason": error.reason, "hint": error.hint, "iconv": error.iconv}
    except MemoryError:
        limit = default("max_reader_bytes")
        return {"reason": f"reading it takes more memory than {limit:,} bytes (max_reader_bytes)", "hint": "Split it.", "iconv": ""}
    except Exception as error:  # noqa: BLE001 - a fault met in one file must not lose the others; it is named
        what = f"zhize failed on it: {type(error).__name__}: {error}"
        return {"reason": what, "hint": f"This is a fault of the program; please report it. {_OTHERWISE}", "iconv": ""}


def _bound_memory(limit: int) -> None:
    """No more memory than ``limit`` bytes, where the system can see to that."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _write(stream: IO[bytes], line: dict[str, Any]) -> None:
    stream.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    stream.flush()


if __name__ == "__main__":
    from extract.formats.apart import main as _main  # the module that the readers import, whose pulse is theirs

    _main()
