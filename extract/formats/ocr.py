"""Scanned pages: recognised with RapidOCR (Apache-2.0) where it is installed; its models come with the package, nothing is fetched.

Install it with ``pip install "zhize[ocr]"``. A page takes seconds. Recognised text is marked in the warnings: figures and names
should be compared with the page.
"""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Iterator
from functools import cache
from typing import Any

from extract.formats.glyphs import Glyph
from extract.formats.health import unified
from extract.formats.rules import Rule, strokes

HOW = 'Install the recognition of scanned pages (OCR) with: pip install "zhize[ocr]"'
_RULE = 24.0  # points; the longest stroke of a letter in a table (一, 小二) is 18
_DARK = 150  # of 255
_MOST = 30_000  # runs
_SURE = 0.5  # below, RapidOCR has mostly read a stain or a stamp


@cache
def available() -> bool:
    """Is an OCR engine installed?"""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


@cache
def _engine() -> Any:
    """The engine, loaded once; it logs at the level of warnings only."""
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error"})


def recognise(picture: Any, scale: float) -> tuple[list[Glyph], float]:
    """The glyphs in a picture (an array) in points, ``scale`` points a pixel, and the mean confidence (0..1).

    The engine gives whole lines; its characters are spread evenly over their box.
    """
    result = _engine()(picture, use_cls=False)  # pages stand upright: looking for lines upside down takes a quarter longer
    glyphs: list[Glyph] = []
    scores: list[float] = []
    if result.boxes is None:
        return [], 0.0
    for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        if score < _SURE or not text.strip():
            continue
        scores.append(float(score))
        xs, ys = [float(x) for x, _ in box], [float(y) for _, y in box]
        glyphs += _spread(unified(text), min(xs) * scale, min(ys) * scale, max(xs) * scale, max(ys) * scale)
    return glyphs, sum(scores) / max(len(scores), 1)


def ruling_lines(picture: Any, scale: float) -> list[Rule]:
    """The ruling lines in a picture: straight dark runs longer than any stroke of a letter."""
    import numpy

    grey = picture if picture.ndim == 2 else picture[..., :3].mean(axis=2)
    dark = grey < _DARK
    least = int(_RULE / scale)
    boxes: list[tuple[float, float, float, float]] = []
    for turned in (False, True):
        for y, runs in _runs(numpy.ascontiguousarray(dark.T) if turned else dark, least, numpy):
            at = y * scale
            boxes += [(at, a * scale, at, b * scale) if turned else (a * scale, at, b * scale, at) for a, b in runs]
            if len(boxes) > _MOST:  # a photograph
                return []
    return strokes(boxes)


def _runs(dark: Any, least: int, numpy: Any) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """For each row of pixels the dark runs of at least ``least`` pixels."""
    if dark.shape[1] <= least:
        return
    sums = numpy.cumsum(dark, axis=1, dtype=numpy.int32)
    full = (sums[:, least:] - sums[:, :-least]) == least
    for y in numpy.flatnonzero(full.any(axis=1)):
        edges = numpy.flatnonzero(numpy.diff(numpy.concatenate(([0], full[y].view(numpy.int8), [0]))))
        yield int(y), [(int(a) + 1, int(b) + least) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _spread(text: str, x0: float, y0: float, x1: float, y1: float) -> list[Glyph]:
    """The characters of a line side by side; one in ASCII is half as wide as the others."""
    widths = [0.5 if char.isascii() else 1.0 for char in text]
    unit = (x1 - x0) / sum(widths)
    out = []
    for char, width in zip(text, widths, strict=True):
        out.append(Glyph(x0, y0, x0 + width * unit, y1, char))
        x0 += width * unit
    return out


def page_list(numbers: list[int]) -> str:
    """Page numbers as text: runs as 3-7, at most a dozen of them."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs[:12])
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}" + (" and more" if len(runs) > 12 else "")
