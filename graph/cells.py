"""The cells of a query's rows as Python values."""

from __future__ import annotations

from graph.store import Value
from ontology.vocabulary import codes


def text_of(cell: Value | None) -> str:
    """The words of a literal, the address of an IRI, "" of an unbound cell."""
    return "" if cell is None else cell.value


def int_of(cell: Value | None) -> int:
    """An integer; 0 of an unbound cell."""
    return 0 if cell is None else int(cell.value)


def float_of(cell: Value | None, default: float | None) -> float | None:
    """A number, or ``default`` of an unbound cell."""
    return default if cell is None else float(cell.value)


def code_of(cell: Value | None) -> str:
    """The code of an entry of one of the ontology's lists (lead, city); "" of an unbound cell."""
    return "" if cell is None else codes().get(cell.value, "")
