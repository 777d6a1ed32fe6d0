"""Values of records as RDF literals."""

from __future__ import annotations

import calendar
import datetime
import math
import re
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from ontology.vocabulary import PREFIXES

_XSD = PREFIXES["xsd"]
_DATE = ox.NamedNode(_XSD + "date")
_YEAR = ox.NamedNode(_XSD + "gYear")
_MONTH = ox.NamedNode(_XSD + "gYearMonth")
_DECIMAL = ox.NamedNode(_XSD + "decimal")
_YEAR_FORM = re.compile(r"[0-9]{4}")
_MONTH_FORM = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_RATIO = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,8})?)[/:：]([0-9]{1,12}(?:\.[0-9]{1,8})?)")
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,10})?")


def string(value: str) -> ox.Literal:
    """A plain literal. Halves of surrogate pairs (from odd file names) become "?", as no RDF syntax can carry them."""
    return ox.Literal(_sound(value))


def chinese(value: str) -> ox.Literal:
    """A literal marked as Chinese."""
    return ox.Literal(_sound(value), language="zh")


def english(value: str) -> ox.Literal:
    """A literal marked as English."""
    return ox.Literal(_sound(value), language="en")


def _sound(value: str) -> str:
    return value if value.isprintable() else value.encode("utf-8", "replace").decode("utf-8")


def whole(value: int) -> ox.Literal:
    """An integer."""
    return ox.Literal(int(value))


def yes_no(value: bool) -> ox.Literal:
    """A boolean."""
    return ox.Literal(value)


def decimal(value: float | int) -> ox.Literal:
    """A decimal in plain notation. Raises ValueError for what is not finite."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is no decimal")
    return ox.Literal(format(Decimal(repr(value)), "f"), datatype=_DECIMAL)


def number(value: object) -> ox.Literal | None:
    """A decimal of a finite int or float, or of a fraction or ratio as 1/3 and 1.65:1 (to six places); None of anything else."""
    if isinstance(value, str) and (parts := _RATIO.fullmatch(value)) and Decimal(parts[2]):
        return ox.Literal(format(round(Decimal(parts[1]) / Decimal(parts[2]), 6).normalize(), "f"), datatype=_DECIMAL)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return decimal(value)


def _is_date(value: str) -> bool:
    try:
        return len(value) == 10 and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False


def date(value: str | None) -> ox.Literal | None:
    """An xsd:date of an ISO date; None where the value is not one."""
    return ox.Literal(value, datatype=_DATE) if value and _is_date(value) else None


def deadline(value: str | None) -> ox.Literal | None:
    """A date, month or year in its own type; other words (每年) as a string."""
    if not value:
        return None
    if _YEAR_FORM.fullmatch(value):
        return ox.Literal(value, datatype=_YEAR)
    if _MONTH_FORM.fullmatch(value):
        return ox.Literal(value, datatype=_MONTH)
    return date(value) or string(value)


def year_of(value: str) -> ox.Literal:
    """An xsd:gYear of four digits."""
    return ox.Literal(value, datatype=_YEAR)


def month_of(value: str) -> ox.Literal:
    """An xsd:gYearMonth of a year and month such as 2025-06."""
    return ox.Literal(value, datatype=_MONTH)


def due(value: str | None) -> ox.Literal | None:
    """The last day of a date, month or year as xsd:date; None for other words."""
    if not value:
        return None
    if _YEAR_FORM.fullmatch(value):
        return ox.Literal(f"{value}-12-31", datatype=_DATE) if value != "0000" else None
    month = _MONTH_FORM.fullmatch(value)
    if month and month[1] != "0000":
        last = calendar.monthrange(int(month[1]), int(month[2]))[1]
        return ox.Literal(f"{value}-{last:02}", datatype=_DATE)
    return date(value)


def first_day(value: str) -> ox.Literal | None:
    """The first day of a date, month or year as xsd:date; None for other words."""
    return date(f"{value}-01-01" if _YEAR_FORM.fullmatch(value) else f"{value}-01" if _MONTH_FORM.fullmatch(value) else value)


def _plain(value: float | int) -> str:
    text = format(Decimal(repr(value)), "f") if math.isfinite(value) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _as_written(value: float | int, quote: str) -> str:
    """The number as the quote writes it (6.50), if it is there, else in plain notation (6.5)."""
    for found in _NUMBER.findall(quote):
        try:
            if math.isfinite(value) and Decimal(found) == Decimal(repr(value)):
                return str(found)
        except InvalidOperation:
            continue
    return _plain(value)


def value_text(value: object, quote: str) -> str | None:
    """A figure as a string: as written where the quote shows it, a range with "-" between its ends; None of None."""
    if value is None:
        return None
    if isinstance(value, tuple):
        return "-".join(value_text(end, quote) or "" for end in value)
    return _as_written(value, quote) if isinstance(value, int | float) else str(value)
