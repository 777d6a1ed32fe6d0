"""Rows that a page break cuts: their second half is put back to the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.formats.decoded import Row, join_cell

Text = str | Row
_NUMBER_HEADER = re.compile(r"序号|编号|号")
_NUMBER = re.compile(r"[（(]?(?:\d{1,4}|[一二三四五六七八九十]{1,4})[）)]?[、.．]?")
_FURNITURE = re.compile(r"[^。；：]{0,40}")  # headers and page numbers: short lines at the foot and the head of a page
_MARGIN = 3


def continue_rows(pages: Sequence[list[Text]]) -> list[list[Text]]:
    """The pages, with a row that goes on at the head of the next page joined to its beginning.

    A row goes on where its table numbers its rows and the row has no number: the words of its cells belong to the cells of the
    last row before. Whole rows, and headers that are printed again, stay where they are.
    """
    out = [list(page) for page in pages]
    for page, (before, after) in enumerate(pairwise(out), 1):
        last, first = _last_row(before), _first_row(after)
        if last is None or first is None or len(before[last]) != len(after[first]):
            continue
        header = _header(out[:page], len(before[last]))
        if header is None:
            continue
        place = first + 1 if after[first] == header and isinstance(_at(after, first + 1), tuple) else first
        row = after[place]
        number = next((i for i, name in enumerate(header) if _NUMBER_HEADER.fullmatch(name.strip())), None)
        if number is None or isinstance(row, str) or len(row) != len(header) or row[number].strip():
            continue
        if row == header or not _NUMBER.fullmatch(before[last][number].strip()) or row[0].strip():
            continue
        before[last] = tuple(join_cell([a, b]) for a, b in zip(before[last], row, strict=True))
        del after[place]
    return out


def _at(page: list[Text], i: int) -> Text | None:
    return page[i] if i < len(page) else None


def _last_row(page: list[Text]) -> int | None:
    """The row that only furniture follows."""
    for i in range(len(page) - 1, max(len(page) - 1 - _MARGIN, -1), -1):
        text = page[i]
        if isinstance(text, tuple):
            return i
        if not _FURNITURE.fullmatch(text):
            return None
    return None


def _first_row(page: list[Text]) -> int | None:
    """The row that only furniture precedes."""
    for i, text in enumerate(page[:_MARGIN]):
        if isinstance(text, tuple):
            return i
        if not _FURNITURE.fullmatch(text):
            return None
    return None


def _header(pages: Sequence[list[Text]], width: int) -> Row | None:
    """The last row before that names a column of numbers."""
    for page in reversed(pages[-20:]):
        for text in reversed(page):
            if isinstance(text, tuple) and len(text) == width and any(_NUMBER_HEADER.fullmatch(c.strip()) for c in text):
                return text
    return None
