"""One process for one query: started, asked once, and ended when its time is over."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extract.child import start
from graph.errors import QueryFailedError, QueryTimeoutError


@dataclass(frozen=True, slots=True)
class Reply:
    """What the process said: its line, and the answer."""

    head: Mapping[str, Any]
    body: bytes


class Engine:
    """A process that waits for its query. Ask it once; :meth:`kill` ends it at any moment, from any thread."""

    def __init__(self) -> None:
        self._process = start("graph.sparql_child")
        self.killed = False

    @property
    def number(self) -> int:
        """The process's number in the system."""
        return self._process.pid

    def ask(self, request: Mapping[str, Any]) -> Reply:
        """The reply. Raises :class:`QueryTimeoutError` and :class:`QueryFailedError`."""
        seconds: float = request["seconds"]
        line = json.dumps(request).encode() + b"\n"
        try:
            said, _ = self._process.communicate(line, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise QueryTimeoutError(seconds) from error
        finally:
            self.close()
        head, _, body = said.partition(b"\n")
        try:
            told: dict[str, Any] = json.loads(head)
        except ValueError:
            told = {}
        if told.get("length") != len(body):
            raise QueryFailedError(self._why(request["memory"]))
        if told.get("error") == "memory":
            raise QueryFailedError(f"it needs more than {request['memory']} MiB of memory")
        return Reply(told, body)

    def kill(self) -> None:
        """End the process from another thread; whoever waits for its reply gets an error."""
        self.killed = True
        self._process.kill()

    def close(self) -> None:
        """End the process and everything that it holds; a second time does nothing."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def _why(self, memory: int) -> str:
        code = self._process.returncode
        if self.killed:
            return "it was ended from outside"
        return f"it needs more than {memory} MiB of memory" if code == -6 else f"the engine ended with code {code}"
