"""The ``zhize`` command: finds the command's module, turns known errors into one line, keeps the exit codes.

0: done. 1: done, and there is something to say (nothing found, a name that fits no agency). 2: wrong use or unreadable input.
Everything that takes long to import is imported where it is needed: ``zhize duties`` has to answer within a second.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from difflib import get_close_matches
from typing import Any

import click

from extract.errors import ZhizeError
from graph.errors import GraphError
from zhize.errors import Trouble, way_out
from zhize.settings import DEBUG

# In the order of the work: documents in, answers out, the store as a whole.
COMMANDS = (
    "build", "extract", "duties", "breakdown", "agencies", "targets", "policies", "query", "analyse", "report", "view", "serve",
    "inspect", "review", "check", "export", "sample",
)  # fmt: skip


ALLOCATIONS = 50_000  # between two rounds of the garbage collector; at Python's 700 it takes a tenth of the time of a command
_BACKEND = "NETWORKX_BACKEND_PRIORITY"  # networkx's own variable


class Commands(click.Group):
    """A group whose commands are modules of ``zhize.commands``, imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"zhize.commands.{cmd_name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does; a name that is none gets the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = get_close_matches(args[0], COMMANDS, n=2)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean {' or '.join(near)}?", ctx) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run; an error that a layer below explains becomes a message."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # the reader has seen enough: `zhize duties … | head`
            _close_stdout()
            raise click.exceptions.Exit(0) from None
        except ZhizeError as error:
            raise Trouble(error.message, way_out(error)) from error
        except GraphError as error:
            raise Trouble(str(error)) from error


def _print_version(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    from extract import __version__

    click.echo(f"zhize, version {__version__}")
    ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, help="Show the version and exit.",
              callback=_print_version)  # fmt: skip
def cli() -> None:
    """Who must do what, by when, to which figure, on the strength of which document (职责).

    Reads Chinese government gazettes and policy documents into a graph whose every fact leads back to the words it was read from.

    \b
    Example:
      zhize build                 # the sample documents; name files or folders for your own
      zhize duties 市财政局       # the duty list of an agency, however its name is written
    """


def main() -> None:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(ALLOCATIONS)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # UTF-8 whatever the locale; a file name may hold bytes that are no text
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_run())


def _run() -> int:
    try:
        code = cli.main(prog_name="zhize", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted: nothing was changed.", err=True)
        return 130
    except BrokenPipeError:  # at the flush
        _close_stdout()
        return 0
    except Exception as error:
        if os.environ.get(DEBUG.variable):
            raise
        return _unexpected(error)


def _close_stdout() -> None:
    """Let what is still to be written go nowhere, so that Python does not complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unexpected(error: Exception) -> int:
    chosen = os.environ.get(_BACKEND)
    if chosen and isinstance(error, ValueError | TypeError | ImportError):  # what networkx and its backends raise
        click.echo(
            f"Error: {type(error).__name__}: {error}\n"
            f"  {_BACKEND}={chosen} asks networkx for a backend that is not installed or does not fit it. Try without it.",
            err=True,
        )
        return 2
    if isinstance(error, OSError) and error.strerror:  # a full disk, a folder without permission: the system's reason says it
        click.echo(f"Error: {error.strerror}" + (f": {error.filename}" if error.filename else ""), err=True)
        return 2
    click.echo(
        f"Error: zhize met something that it did not expect: {type(error).__name__}: {error}\n"
        f"  This is a fault of the program. Please report it with the command that you gave;\n"
        f"  {DEBUG.variable}=1 before the command shows where it happened.",
        err=True,
    )
    return 2
