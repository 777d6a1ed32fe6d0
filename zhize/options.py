"""The options that several commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from zhize.labels import Words
from zhize.output import FORMS, SUFFIXES, Output
from zhize.settings import LANG, STORE

Function = Callable[..., Any]


def command(examples: Sequence[str], **settings: Any) -> Callable[[Function], click.Command]:
    """A click command whose help ends with ``examples``."""
    epilog = "\b\nExample:\n" + "\n".join(f"  {line}" for line in examples)
    return click.command(epilog=epilog, **settings)


def store_option(function: Function) -> Function:
    """``--store DIR``, handed on as ``store``."""
    return click.option("--store", type=click.Path(file_okay=False, path_type=Path), default=STORE.default, envvar=STORE.variable,
                        show_default=True, show_envvar=True, help=STORE.help)(function)  # fmt: skip


def lang_option(function: Function) -> Function:
    """``--lang zh|en``, handed on as ``words``."""

    @functools.wraps(function)
    def with_words(*args: Any, lang: Any, **kwargs: Any) -> Any:
        return function(*args, words=Words(lang), **kwargs)

    return click.option("--lang", type=click.Choice(["zh", "en"]), default=LANG.default, envvar=LANG.variable, show_default=True,
                        help=LANG.help)(with_words)  # fmt: skip


def output_options(function: Function) -> Function:
    """``--format``, ``-o`` and ``--lang``, handed on as ``output``."""

    @lang_option
    @functools.wraps(function)
    def with_output(*args: Any, form: str | None, path: Path | None, words: Words, **kwargs: Any) -> Any:
        return function(*args, output=Output(_form(form, path), path, words), **kwargs)

    file_option = click.option("-o", "--output", "path", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
                               callback=_no_dash, help="Write to this file; its suffix decides the form.")  # fmt: skip
    form_option = click.option("--format", "form", type=click.Choice(FORMS), help="The form; on a terminal: table.")
    return form_option(file_option(with_output))


def quiet_option(function: Function) -> Function:
    """``--quiet``, handed on as ``quiet``."""
    return click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong.")(function)


def _no_dash(ctx: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:
    return None if path == Path("-") else path


def _form(form: str | None, path: Path | None) -> str:
    if form:
        return form
    if path is None:
        return "table"
    known = SUFFIXES.get(path.suffix.lower())
    if known is None:
        raise click.UsageError(f"{path}: the suffix does not say a form. Use one of {', '.join(SUFFIXES)}, or add --format.")
    return known
