"""The store and the agency that the user means, or a message that helps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhize.errors import Trouble
from zhize.settings import CANDIDATES

if TYPE_CHECKING:
    from graph.rows import AgencyRow
    from graph.store import Store


def open_graph(folder: Path) -> Store:
    """The store in ``folder``. Raises Trouble when there is none."""
    from graph.store import open_store

    if not folder.is_dir():
        raise Trouble(f"{folder}: there is no graph here yet.", "Build one with: zhize build SOURCE... (or: zhize build, for the sample)")
    return open_store(folder)


def find_agency(graph: Store, name: str, city: str | None) -> AgencyRow:
    """The one agency that ``name`` means. An ambiguous or unknown name lists the nearest and leaves with exit code 1."""
    from graph import answers

    found = answers.find_agencies(graph, name, city)
    if len(found) == 1:
        return found[0]
    raise click.exceptions.Exit(1)
