"""``zhize sample``: the sample documents, to look at or to change."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from zhize.errors import Trouble
from zhize.options import command as make_command
from zhize.sources import SAMPLE

EXAMPLES = ("zhize sample documents",)


@make_command(EXAMPLES, name="sample")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Copy the sample documents into FOLDER. A file that is there already is never overwritten."""
    files = sorted(SAMPLE.glob("*.txt"))
    there = [folder / file.name for file in files if (folder / file.name).exists()]
    if there:
        raise Trouble(f"{there[0]}: there is a file of this name already.", "Name another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copyfile(file, folder / file.name)
        click.echo(str(folder / file.name))
