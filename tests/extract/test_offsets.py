"""From the characters of a clean text to those of the file, stretch by stretch."""

import pytest

from extract.offsets import Offsets, offsets_of


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param([], id="no text"),
        pytest.param([4, 5, 6], id="one stretch"),
        pytest.param([4, 5, 9, 10, 12], id="blanks left out"),
        pytest.param([4, 5, 5, 8], id="a line end stands for the character before it"),
    ],
)
def test_offsets_are_those_of_the_list(raw: list[int]) -> None:
    offsets = offsets_of(raw)
    assert list(offsets) == raw
    assert [offsets[i] for i in range(len(raw))] == raw
    assert [offsets[-i] for i in range(1, len(raw) + 1)] == raw[::-1]
    assert len(offsets) == len(raw)
    spans = [(a, b) for a in range(len(raw)) for b in range(a + 1, len(raw) + 1)]
    assert [offsets.span(a, b) for a, b in spans] == [(raw[a], raw[b - 1] + 1) for a, b in spans]
    for outside in (len(raw), -len(raw) - 1):
        with pytest.raises(IndexError):
            offsets[outside]


def test_a_stretch_is_ahead_of_the_clean_text() -> None:
    assert list(Offsets([0, 2, 4, 5], [3, 6, 4, 15], 7)) == [3, 4, 8, 9, 8, 20, 21]
