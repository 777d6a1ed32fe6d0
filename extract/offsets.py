"""Where each character of a clean text stands in the file, kept as stretches: a number for each character would cost more."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence


class Offsets:
    """The raw offset of each clean one: ``offsets[i]``. Filled in the order of the text by :meth:`add`."""

    __slots__ = ("_ahead", "_begins", "_size")

    def __init__(self) -> None:
        self._begins: list[int] = []  # the clean offset at which each stretch begins
        self._ahead: list[int] = []  # by how much its raw offsets are ahead
        self._size = 0

    def add(self, raw: int, size: int, breaks: tuple[tuple[int, int], ...] = ()) -> None:
        """A stretch of ``size`` characters from ``raw`` on; each break says from which of them on they stand at which offset."""
        base = self._size
        self._begins.append(base)
        self._ahead.append(raw - base)
        for at, offset in breaks:
            self._begins.append(base + at)
            self._ahead.append(offset - base - at)
        self._size = base + size

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, at: int) -> int:
        if at < 0:
            at += self._size
        if not 0 <= at < self._size:
            raise IndexError(at)
        return at + self._ahead[bisect_right(self._begins, at) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of the clean span ``[start, end)``; ``start < end`` is required."""
        begins, ahead = self._begins, self._ahead
        return start + ahead[bisect_right(begins, start) - 1], end + ahead[bisect_right(begins, end - 1) - 1]

    def __iter__(self) -> Iterator[int]:
        ends = [*self._begins[1:], self._size]
        for begin, end, ahead in zip(self._begins, ends, self._ahead, strict=False):
            yield from range(begin + ahead, end + ahead)


def offsets_of(raw: Sequence[int]) -> Offsets:
    """The offsets of a text whose characters stand at these raw ones."""
    offsets = Offsets()
    offsets.add(raw[0] if raw else 0, len(raw), breaks_of(raw))
    return offsets


def breaks_of(offsets: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The breaks of a stretch whose characters stand at these raw offsets, as :meth:`Offsets.add` takes them."""
    return tuple((i, offsets[i]) for i in range(1, len(offsets)) if offsets[i] != offsets[i - 1] + 1)
