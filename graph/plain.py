"""Words of documents made harmless for files that people open: no control characters, no formulas."""

from __future__ import annotations

import re

# What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"), full-width forms included: Excel folds them.
_FORMULA = tuple("=+-@\t\r＝＋－＠")
# Control characters, and the marks that turn the direction of writing: they can rewrite what a terminal or a file name shows.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """``text`` without control characters (line ends and tabs stay)."""
    return _CONTROL.sub("\ufffd", text)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might compute ``text``."""
    return text[:1] in _FORMULA or text.lstrip()[:1] in _FORMULA
