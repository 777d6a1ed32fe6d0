"""A progress bar on standard error: only on a terminal, only when the work takes longer than a glance."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from zhize.settings import PATIENCE


class Progress:
    """Counts ``total`` units of work; use it as a context manager."""

    def __init__(self, label: str, total: int, quiet: bool = False) -> None:
        self._label = label
        self._total = max(total, 1)
        self._silent = quiet or not sys.stderr.isatty()
        self._begun = time.monotonic()
        self._bar: object | None = None
        self._task: object | None = None

    def __enter__(self) -> Progress:
        """Begin; nothing is shown yet."""
        return self

    def at(self, done: float) -> None:
        """``done`` of ``total`` units are done."""
        if self._silent:
            return
        if self._bar is None and time.monotonic() - self._begun < PATIENCE:
            return
        self._show(min(done, self._total))

    def _show(self, done: float) -> None:
        from rich import progress
        from rich.console import Console

        if self._bar is None:
            columns = (progress.TextColumn("{task.description}"), progress.BarColumn(), progress.TaskProgressColumn(),
                       progress.TimeRemainingColumn())  # fmt: skip
            self._bar = progress.Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(self._label, total=self._total)
        assert isinstance(self._bar, progress.Progress)
        self._bar.update(self._task, completed=done)  # type: ignore[arg-type]

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()  # type: ignore[attr-defined]
