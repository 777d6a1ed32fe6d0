"""Processes of this program's own: a module of it, run where it can be ended at any moment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[1]


def start(module: str) -> subprocess.Popen[bytes]:
    """The module in a process with a pipe to it and one back; what native libraries say on standard error goes nowhere.

    -P: the folder where the user stands is no place to import from, since documents come with whatever lies beside them; the child
    finds the package where this one is. A session of its own: Ctrl+C in the terminal is for the program, which ends its children
    itself.
    """
    paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
    return subprocess.Popen(  # noqa: S603 - a module of our own
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(p for p in paths if p), "PYTHONUTF8": "1"},
        start_new_session=True,
    )
