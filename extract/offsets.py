"""Where each character of a clean text stands in the file, kept as stretches: a number for each character would cost more."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence


class Offsets:
    """The raw offset of each clean one: ``offsets[i]``."""

    __slots__ = ("_ahead", "_begins", "_size")

    def __init__(self, begins: Sequence[int], ahead: Sequence[int], size: int) -> None:
        """The clean offsets at which stretches begin, by how much the raw offsets of each are ahead, the length of the text."""
        self._begins, self._ahead, self._size = begins, ahead, size

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
    stretches = [(0, raw[0]), *breaks_of(raw)] if raw else []
    return Offsets([at for at, _ in stretches], [offset - at for at, offset in stretches], len(raw))


def breaks_of(offsets: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Where the raw offsets of a stretch do not run on: from which character on they run on from which offset."""
    return tuple((i, offsets[i]) for i in range(1, len(offsets)) if offsets[i] != offsets[i - 1] + 1)
