"""The errors of the command line. Those of the layers below (``extract.errors``, ``graph.errors``) pass through ``zhize.main``."""

from __future__ import annotations

import click


class Trouble(click.ClickException):
    """Wrong use or unreadable input: one line that says what is wrong, and a way out. Exit code 2."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}\n  {hint}" if hint else message)
