"""The options that narrow an analysis: to a city, to years, to documents, to a day."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from zhize.ledgers import Day

Function = Callable[..., Any]
_YEAR = click.IntRange(1949, 9999)


def scope_options(function: Function) -> Function:
    """``--city``, ``--from``, ``--to``, ``--policy``, ``--as-of``, handed on as ``scope``: the fields of graph.analysis.Scope."""

    @functools.wraps(function)
    def with_scope(
        *args: Any, city: str, since: int | None, until: int | None, policy: str, as_of: str | None, **kwargs: Any
    ) -> Any:
        if since and until and since > until:
            raise click.UsageError(f"--from {since} lies behind --to {until}.")
        scope = {"city": city, "since": since, "until": until, "policy": policy, "as_of": as_of or ""}
        return function(*args, scope=scope, **kwargs)

    options = (
        click.option("--city", metavar="PLACE", default="", help="Only documents and agencies of this place (云陵市)."),
        click.option("--from", "since", type=_YEAR, metavar="YEAR", help="Only documents dated in this year or later."),
        click.option("--to", "until", type=_YEAR, metavar="YEAR", help="Only documents dated in this year or before."),
        click.option("--policy", metavar="TEXT", default="", help="Only documents with this in their title or number (文号)."),
        click.option("--as-of", type=Day(), metavar="DATE", help="Only documents in force on this day."),
    )
    for option in reversed(options):
        with_scope = option(with_scope)
    return with_scope
