"""``zhize serve``: the graph in a browser, and a SPARQL endpoint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from graph.serve.settings import Option, ServeSettings, table
from zhize.options import command as make_command
from zhize.options import quiet_option, store_option

EXAMPLES = (
    "zhize serve",
    "zhize serve --port 8080 --store ./zhize-data",
    "zhize serve --timeout 120 --max-rows 1000000",
)


def _settings_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """An option for each row of the table of settings."""
    for option in reversed(table()):
        function = click.option(
            "--" + option.name.replace("_", "-"), option.name, type=_type(option), default=option.default, show_default=True,
            help=option.help,
        )(function)  # fmt: skip
    return function


def _type(option: Option) -> click.ParamType[Any]:
    if isinstance(option.default, str):
        return click.STRING
    if isinstance(option.default, float):
        return click.FloatRange(option.least, option.most)
    least, most = (None if bound is None else int(bound) for bound in (option.least, option.most))
    return click.IntRange(least, most)


@make_command(EXAMPLES, name="serve")
@_settings_options
@store_option
@quiet_option
def command(*, store: Path, quiet: bool, **values: Any) -> None:
    """Show the graph in a browser: agencies, policies and duties with their sources, search, a SPARQL editor.

    The SPARQL endpoint is at /sparql. Everything is read-only, and only this machine can reach it unless --host says otherwise.
    A build may go on meanwhile: its result is seen as soon as it is published. Ctrl+C ends the server.
    """
    from graph.serve.run import serve

    settings = ServeSettings(**values)

    def started(address: str) -> None:
        click.echo(address)
        if not settings.is_local:
            click.echo(
                f"Warning: {settings.host} can be reached from the network. There is no password: whoever reaches it can read the "
                "whole graph.",
                err=True,
            )
        elif not quiet:
            click.echo("Open this address in a browser. Only this machine can reach it. Ctrl+C ends the server.", err=True)

    serve(store, settings, started)
    if not quiet:
        click.echo("The server has ended.", err=True)
