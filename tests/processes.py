"""Questions about other processes."""

from __future__ import annotations

import os


def is_running(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True
