"""``zhize extract``: documents to JSON Lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhize.options import authority_option, corrections_option, quiet_option
from zhize.options import command as make_command
from zhize.output import opened, written
from zhize.sources import Reading

if TYPE_CHECKING:
    from extract.corrections.apply import Corrections

EXAMPLES = (
    "zhize extract 公报.txt -o facts.jsonl",
    "zhize extract 公报/ | head",
)


@make_command(EXAMPLES, name="extract")
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), required=True, metavar="SOURCE...")
@click.option("-o", "--output", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@corrections_option
@authority_option
@quiet_option
def command(sources: tuple[Path, ...], path: Path | None, corrections: Corrections | None, quiet: bool) -> None:
    """Read the SOURCEs and write their facts as JSON Lines, one record a line, in the order of the text.

    The records are policy, clause, duty, target, citation, reference, precedence and note; start and end count the characters of
    the decoded file.
    """
    from extract.models import to_json

    reading = Reading(sources, quiet, corrections)
    with opened(path) as stream:
        for record in reading.records():
            stream.write(json.dumps(to_json(record), ensure_ascii=False) + "\n")
    written(path, quiet)
    raise click.exceptions.Exit(reading.exit_code)
