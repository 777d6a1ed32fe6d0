"""Answers as pandas frames, in one call: for notebooks and for whoever goes on with the figures.

pandas and matplotlib come with the extra ``notebooks``; nothing else in the package needs pandas.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from graph.errors import GraphError
from graph.limits import QueryLimits
from graph.sparql import Cell, run_query
from graph.store import Place, Store
from ontology.vocabulary import PREFIXES

DataFrame: TypeAlias = Any
"""``pandas.DataFrame``; it has no other name here, because the package must be importable without pandas."""

CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "SimHei",
    "Noto Sans CJK JP",  # the same file as SC under the first name that matplotlib reads from the collection
)
"""Font families with simplified Chinese: those of Linux distributions, Windows and macOS."""

_XSD = PREFIXES["xsd"]
_WHOLE = {_XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")}
_REAL = {_XSD + name for name in ("decimal", "double", "float")}


class NoPandasError(GraphError):
    """pandas is not installed."""

    def __init__(self) -> None:
        super().__init__("Frames need the package pandas, which is not installed.", "Add it with: pip install 'zhize[notebooks]'")


class NoTableError(GraphError):
    """The query's answer has no rows and columns."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"A query of the kind {kind} has no table of answers.", "Write it as a SELECT.")


def frame(store: Store | Place | str, query: str, limits: QueryLimits | None = None) -> DataFrame:
    """The answer to a SELECT as a pandas frame (``store``: opened, or its folder or URL): a column a variable, a row a
    solution, in the order of the answer.

    Whole numbers, decimals and truth values become those of Python; IRIs, texts and dates (a deadline may be a bare year) stay
    texts; unbound cells are None. An answer that the limits cut off warns, and ``frame.attrs["truncated"]`` says so. Raises
    what :func:`graph.sparql.run_query` raises, :class:`NoTableError` for other kinds of query and :class:`NoPandasError`.
    """
    pandas = _pandas()
    result = run_query(_place(store), query, limits)
    if result.kind != "select":
        raise NoTableError("ASK" if result.kind == "ask" else "CONSTRUCT or DESCRIBE")
    if result.truncated:
        warnings.warn(f"The answer was cut off after {len(result.rows):,} rows.", stacklevel=2)
    columns = {name: [_value(row[at]) for row in result.rows] for at, name in enumerate(result.variables)}
    made = pandas.DataFrame({name: pandas.Series(cells, dtype=_dtype(cells)) for name, cells in columns.items()})
    made.attrs["truncated"] = result.truncated
    return made


def _place(store: Store | Place | str) -> Place:
    from graph.remote.address import address_of, is_address

    if isinstance(store, str):
        return address_of(store) if is_address(store) else Path(store)
    if not isinstance(store, Store):
        return store
    server = getattr(store, "server", None)  # of a graph on a server
    return store.folder if server is None else server.address


def frame_of(rows: Iterable[Any], columns: Sequence[str] | None = None) -> DataFrame:
    """Frozen rows of one dataclass (of :mod:`graph.answers`, :mod:`graph.analysis`) as a pandas frame, a column a field.

    A field that is a dataclass itself spreads over columns of its own: ``evidence`` becomes evidence_source, evidence_start,
    evidence_end and evidence_quote. ``columns`` chooses and orders. No rows give a frame with the ``columns`` and no rows.
    Raises TypeError for rows that are no dataclasses, KeyError for a column that there is not, :class:`NoPandasError`.
    """
    pandas = _pandas()
    spread = [_spread(row) for row in rows]
    if not spread:
        return pandas.DataFrame(columns=list(columns or ()))
    names = list(spread[0]) if columns is None else list(columns)
    cells = {name: [row[name] for row in spread] for name in names}
    return pandas.DataFrame({name: pandas.Series(values, dtype=_dtype(values)) for name, values in cells.items()})


def chinese_font() -> str | None:
    """The first of :data:`CHINESE_FONTS` that matplotlib finds on this machine; None where there is none.

    Without one, draw numbers in the place of names and show the key beside the figure: matplotlib would draw empty boxes.
    """
    from matplotlib import font_manager

    installed = set(font_manager.get_font_names())
    return next((name for name in CHINESE_FONTS if name in installed), None)


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise NoPandasError() from error
    return pandas


def _value(cell: Cell | None) -> str | int | float | bool | None:
    if cell is None:
        return None
    if cell.datatype in _WHOLE:
        return int(cell.value)
    if cell.datatype in _REAL:
        return float(Decimal(cell.value)) if cell.datatype == _XSD + "decimal" else float(cell.value)
    if cell.datatype == _XSD + "boolean":
        return cell.value in ("true", "1")
    return cell.value


def _dtype(cells: Sequence[object]) -> str:
    """One type for a column; "object" keeps None as it is and mixed columns unconverted."""
    kinds = {type(cell) for cell in cells}
    if kinds == {bool}:
        return "bool"
    if kinds == {int}:
        return "int64"
    if kinds and kinds <= {int, float}:
        return "float64"
    return "object"


def _spread(row: Any) -> dict[str, object]:
    if not is_dataclass(row):
        raise TypeError(f"frame_of takes rows that are dataclasses, not {type(row).__name__}")
    out: dict[str, object] = {}
    for field in fields(row):
        value = getattr(row, field.name)
        inner = _spread(value) if is_dataclass(value) else None
        out.update({field.name: value} if inner is None else {f"{field.name}_{name}": x for name, x in inner.items()})
    return out
