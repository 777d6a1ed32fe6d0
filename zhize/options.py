"""The options that several commands share."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhize.labels import Words
from zhize.output import SUFFIXES, Output
from zhize.settings import AUTHORITY, CORRECTIONS, LANG, STORE, STORE_PASSWORD, STORE_USER

if TYPE_CHECKING:
    from extract.corrections.apply import Corrections
    from graph.store import Place

Function = Callable[..., Any]
EXIT_CODES = "Exit code: 0 done; 1 nothing found, or something to look at; 2 wrong use or unreadable input."


def command(examples: Sequence[str], **settings: Any) -> Callable[[Function], click.Command]:
    """A click command whose help ends with ``examples`` and what its exit codes mean."""
    epilog = "\b\nExample:\n" + "\n".join(f"  {line}" for line in examples) + f"\n\n{EXIT_CODES}"
    return click.command(epilog=epilog, **settings)


def store_option(function: Function) -> Function:
    """``--store PLACE``, handed on as ``store``: a folder, or the address of a server."""
    text = f"{STORE.help} Its login: {STORE_USER.variable} and {STORE_PASSWORD.variable}."
    return click.option("--store", metavar="FOLDER|URL", default=STORE.default, envvar=STORE.variable, show_default=True,
                        show_envvar=True, help=text, callback=_place)(function)  # fmt: skip


def _place(ctx: click.Context, parameter: click.Parameter, text: str) -> Place:
    """A path, or an address. A password in a URL goes no further than into the address, which does not show it."""
    from graph.remote.address import address_of, is_address

    if is_address(text):
        return address_of(text)
    path: Path = click.Path(file_okay=False, path_type=Path).convert(text, parameter, ctx)
    return path


def corrections_option(function: Function) -> Function:
    """``--corrections FILE``, handed on as ``corrections``: those of the file, or None."""
    text = f"{CORRECTIONS.help}  [default: {CORRECTIONS.default}, where there is one]"
    return click.option("--corrections", metavar="FILE", envvar=CORRECTIONS.variable, show_envvar=True, help=text,
                        callback=_read_corrections)(function)  # fmt: skip


def _read_corrections(ctx: click.Context, parameter: click.Parameter, name: str | None) -> Corrections | None:
    """An empty name means no file, no name the usual file if it is there."""
    path = Path(CORRECTIONS.default if name is None else name)
    if name == "" or (name is None and not path.exists()):
        return None
    from extract.corrections.file import read_corrections

    return read_corrections(path)


def authority_option(function: Function) -> Function:
    """``--authority-file FILE``: puts the bodies of the file into force; nothing is handed on."""
    text = f"{AUTHORITY.help}  [default: {AUTHORITY.default}, where there is one]"
    return click.option("--authority-file", metavar="FILE.ttl", envvar=AUTHORITY.variable, show_envvar=True, help=text,
                        callback=_use_authority, expose_value=False)(function)  # fmt: skip


def _use_authority(ctx: click.Context, parameter: click.Parameter, name: str | None) -> None:
    """An empty name means no file, no name the usual file if it is there."""
    path = Path(AUTHORITY.default if name is None else name)
    absent = name == "" or (name is None and not path.exists())
    if absent and "extract.agencies.own_authority" not in sys.modules:  # a cold start is not to wait for its tables
        return
    from extract.agencies import own_authority

    own_authority.use(None if absent else own_authority.read_authority(path))


def lang_option(function: Function) -> Function:
    """``--lang zh|en``, handed on as ``words``."""

    @functools.wraps(function)
    def with_words(*args: Any, lang: Any, **kwargs: Any) -> Any:
        return function(*args, words=Words(lang), **kwargs)

    return click.option("--lang", type=click.Choice(["zh", "en"]), default=LANG.default, envvar=LANG.variable, show_default=True,
                        help=LANG.help)(with_words)  # fmt: skip


def output_options(function: Function) -> Function:
    """``--format``, ``-o``, ``--quiet`` and ``--lang``, handed on as ``output``."""
    return form_options(SUFFIXES)(function)


def form_options(suffixes: Mapping[str, str], default: str = "table") -> Callable[[Function], Function]:
    """As :func:`output_options`, with other forms: ``suffixes`` says which suffix means which."""
    return lambda function: _with_forms(function, suffixes, default)


def _with_forms(function: Function, suffixes: Mapping[str, str], default: str) -> Function:
    @lang_option
    @quiet_option
    @functools.wraps(function)
    def with_output(*args: Any, form: str | None, path: Path | None, words: Words, quiet: bool, **kwargs: Any) -> Any:
        return function(*args, output=Output(form or _form(path, suffixes, default), path, words, quiet), **kwargs)

    file_option = click.option("-o", "--output", "path", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
                               callback=_no_dash, help="Write to this file; its suffix decides the form.")  # fmt: skip
    form_option = click.option("--format", "form", type=click.Choice(list(dict.fromkeys(suffixes.values()))),
                               help=f"The form; without a file: {default}.")  # fmt: skip
    return form_option(file_option(with_output))


def quiet_option(function: Function) -> Function:
    """``--quiet``, handed on as ``quiet``."""
    return click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong.")(function)


def _no_dash(ctx: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:
    return None if path == Path("-") else path


def _form(path: Path | None, suffixes: Mapping[str, str], default: str) -> str:
    if path is None:
        return default
    known = suffixes.get(path.suffix.lower())
    if known is None:
        raise click.UsageError(f"{path}: the suffix does not say a form. Use one of {', '.join(suffixes)}, or add --format.")
    return known
