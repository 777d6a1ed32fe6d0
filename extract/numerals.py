"""Numerals of official Chinese: ``3.48``, ``1,200``, ``二十``, ``二〇二五``, ``三分之一``, ``八成``, ``Ⅱ``.

A multiplier belongs to the unit, as the text writes it: ``3500亿元`` is 3500 with the unit 亿元. Only numerals written wholly in
characters are counted out (``一万二千`` is 12000).
"""

from __future__ import annotations

import re
from functools import lru_cache

Number = int | float

_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○OＯ0", 0) | {"两": 2, "廿": 20, "卅": 30}
_POWER = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = {"万": 10**4, "亿": 10**8}
_ROMAN = {c: i for i, c in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", 1)}
_WIDE = str.maketrans("０１２３４５６７８９．，％／：", "0123456789.,%/:")
_ARABIC = re.compile(r"\d{1,15}(?:\.\d{1,8})?")
_FRACTION = re.compile(r"(.{1,12})分之(.{1,12})")


def _tidy(value: float) -> Number:
    return int(value) if value == int(value) else value


@lru_cache(maxsize=4096)
def parse_number(text: str) -> Number | None:
    """The number that ``text`` writes, or None if it is no numeral.

    ``百分之十五`` gives 15 (the unit is %), ``三分之一`` and ``1/3`` give the quotient, ``八成`` 80, ``八成五`` 85.
    """
    text = text.translate(_WIDE)
    plain = text.replace(",", "")
    if _ARABIC.fullmatch(plain):
        return _tidy(float(plain))
    if text in _ROMAN:
        return _ROMAN[text]
    if "/" in plain:
        top, _, bottom = plain.partition("/")
        return _quotient(parse_number(top) if top else None, parse_number(bottom) if bottom else None)
    if fraction := _FRACTION.fullmatch(text):
        bottom_text, top_text = fraction.groups()
        if bottom_text == "百":
            return parse_number(top_text)
        return _quotient(parse_number(top_text), parse_number(bottom_text))
    if "成" in text:
        whole, _, rest = text.partition("成")
        tenths, hundredths = parse_number(whole) if whole else None, parse_number(rest) if rest else 0
        return None if tenths is None or hundredths is None else _tidy(tenths * 10 + hundredths)
    return _characters(text)


def _quotient(top: Number | None, bottom: Number | None) -> Number | None:
    return None if top is None or not bottom else _tidy(top / bottom)


def _characters(text: str) -> Number | None:
    """A numeral in characters: with powers (二十五, 一万二千), digit by digit (二〇二五), with a point (二十四点一)."""
    if "点" in text:
        whole, _, part = text.partition("点")
        integer, digits = _characters(whole), [_DIGIT.get(c, 10) for c in part]
        if integer is None or not digits or max(digits) > 9:
            return None
        return _tidy(float(f"{integer}.{''.join(map(str, digits))}"))
    if not text or any(c not in _DIGIT and c not in _POWER and c not in _MYRIAD for c in text):
        return None
    if len(text) > 1 and all(c in _DIGIT and _DIGIT[c] < 10 for c in text):
        return int("".join(str(_DIGIT[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in _DIGIT:
            digit += _DIGIT[c]
        elif c in _POWER:
            section += (digit or 1) * _POWER[c]
            digit = 0
        else:
            total = (total + section + digit or 1) * _MYRIAD[c] if c == "亿" else total + ((section + digit) or 1) * _MYRIAD[c]
            section = digit = 0
    return total + section + digit
