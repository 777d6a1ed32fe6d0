"""The numbers that Word writes before paragraphs itself: 一、 （一） 1. (1) ① 第一条.

They stand in no paragraph of the file: numbering.xml says how each level looks and counts (ECMA-376 part 1, 17.9).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from extract.formats.archive import attribute, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"}
)
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_STEMS = {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥"}
_FIELDS = frozenset({"numId", "ilvl"})
_HIGHEST = 10_000


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level is written: "%1" in ``text`` stands for the number of the first level; ``legal``: all levels in digits."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False


@dataclass(slots=True)
class _List:
    """A list of the document with its levels and the numbers reached."""

    levels: dict[int, _Level]
    reached: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, root: _Element | None, styles: dict[str, _Element]) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        elements = list(root) if root is not None else []
        abstract = {attribute(e, "abstractNumId") or "": _List(_levels(e)) for e in elements if local(e) == "abstractNum"}
        for element in elements:
            if local(element) == "num":
                self._add(element, abstract)

    def _add(self, element: _Element, abstract: dict[str, _List]) -> None:
        """A list: that of its abstract definition, shared, unless it begins anew or looks different."""
        of = next((attribute(e, "val") or "" for e in element if local(e) == "abstractNumId"), "")
        base = abstract.get(of, _List({}))
        changes = {_integer(attribute(e, "ilvl"), 0): e for e in element if local(e) == "lvlOverride"}
        if changes:
            levels = dict(base.levels)
            for number, change in changes.items():
                own = _levels(change).get(number, levels.get(number, _Level()))
                start = next((attribute(e, "val") for e in change if local(e) == "startOverride"), None)
                levels[number] = replace(own, start=_integer(start, own.start))
            base = _List(levels)
        self._lists[attribute(element, "numId") or ""] = base

    def label(self, properties: _Element | None) -> str:
        """The number of the paragraph with these properties, "" where it has none; counts it."""
        number, depth = self._of(properties)
        found = self._lists.get(number)
        if found is None or depth not in found.levels:
            return ""
        level = found.levels[depth]
        found.reached[depth] = min(found.reached.get(depth, level.start - 1) + 1, _HIGHEST)
        for deeper in [d for d in found.reached if d > depth]:
            del found.reached[deeper]
        if level.form in ("bullet", "none"):
            return ""
        text = level.text
        for i in range(9):
            if f"%{i + 1}" in text:
                own = found.levels.get(i, _Level())
                text = text.replace(f"%{i + 1}", written(found.reached.get(i, own.start), "decimal" if level.legal else own.form))
        return text

    def _of(self, properties: _Element | None) -> tuple[str, int]:
        """List and level of a paragraph: its own, else those of its style."""
        found = _numbered(properties)
        style = next((e for e in properties if local(e) == "pStyle"), None) if properties is not None else None
        key = attribute(style, "val") if style is not None else None
        for _ in range(10):
            if "numId" in found or key is None or key not in self._styles:
                break
            parts = {local(e): e for e in self._styles[key]}
            found = _numbered(parts.get("pPr")) | found
            key = attribute(parts["basedOn"], "val") if "basedOn" in parts else None
        return found.get("numId", ""), _integer(found.get("ilvl"), 0)


def _numbered(properties: _Element | None) -> dict[str, str]:
    """numId and ilvl, as far as the properties of a paragraph name them."""
    for element in properties if properties is not None else ():
        if local(element) == "numPr":
            return {local(e): attribute(e, "val") or "" for e in element if local(e) in _FIELDS}
    return {}


def _levels(element: _Element) -> dict[int, _Level]:
    out = {}
    for level in element:
        if local(level) == "lvl":
            values = {local(e): attribute(e, "val") or "" for e in level if local(e) in ("numFmt", "lvlText", "start")}
            form = values.get("numFmt", "decimal")
            legal = any(local(e) == "isLgl" for e in level)
            out[_integer(attribute(level, "ilvl"), 0)] = _Level(
                form, values.get("lvlText", ""), _integer(values.get("start"), 1), legal
            )
    return out


def _integer(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and value.isascii() and value.isdigit() and len(value) < 6 else otherwise


def written(number: int, form: str) -> str:
    """``number`` in a numbering format of Word; in digits where the format is not used in Chinese documents."""
    if form in _CHINESE:
        return _chinese(number, "十")
    if form == "chineseLegalSimplified":
        return _chinese(number, "拾", _LEGAL)
    if form in _CIRCLED and 1 <= number <= 20:
        return chr(0x245F + number)
    if form in _STEMS and 1 <= number <= len(_STEMS[form]):
        return _STEMS[form][number - 1]
    if form in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        return chr((64 if form == "upperLetter" else 96) + number)
    if form in ("upperRoman", "lowerRoman") and 1 <= number <= 39:
        roman = "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
        return roman if form == "upperRoman" else roman.lower()
    if form == "decimalFullWidth":
        return "".join(chr(ord(c) + 0xFEE0) for c in str(number))
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "ideographDigital":
        return "".join(_DIGITS[int(c)] for c in str(number))
    return str(number)


def _chinese(number: int, ten: str, digits: str = "零一二三四五六七八九") -> str:
    """十二, 二十, 一百零三 and so on below a thousand."""
    if number >= 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    out = f"{digits[hundreds]}{'佰' if ten == '拾' else '百'}" if hundreds else ""
    if tens:
        out += ("" if tens == 1 and not hundreds and ten == "十" else digits[tens]) + ten
    elif hundreds and ones:
        out += "零"
    return out + (digits[ones] if ones else "") or digits[0]
