"""What every reader gives, and how it writes it down: lines, rows of tables with tabs, page breaks.

The decoded text is what all offsets count in. It is written so that :mod:`extract.policies.layout` takes it for a text file:

* a paragraph or printed line is a line; two ideographic blanks before it say that a paragraph begins here;
* a row of a table is a line with tabs between its cells; a merged cell has its words in its first row and column;
* U+000C stands before each page but the first.

The same file always gives the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

INDENT = "\u3000\u3000"

_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_CLOSES = tuple("。！？；：”）)!?;:")
_OPEN_END = tuple("、，,（(《")
_WIDE = 20  # characters; shorter paragraphs (headings, signatures) tell nothing about wrapping

# In a cell, a line that ends as a body's name does before one that begins as such a name: two bodies, each on its line.
_BODY_END = re.compile(r"(?:局|委|办|厅|部|处|院|会|府|司|社|中心|公司|集团|支队|大队|银行|学校|大学|学院|医院)$")
_BODY_START = re.compile(
    r"(?:[市省州县区团]|各[市县区相有]|国家|中国|自治|[一-鿿]{2,4}[市县区](?:人民)?政府)(?![局委办厅部处院会府]?$)"
)


class Broken(Exception):
    """A file that a reader cannot read; ``reason`` and ``hint`` are those of :class:`extract.errors.UnreadableDocument`.

    ``iconv`` is an encoding (after options) with which the command iconv would help; the hint then ends before that command.
    """

    def __init__(self, reason: str, hint: str = "", iconv: str = "") -> None:
        self.reason = reason
        self.hint = hint
        self.iconv = iconv
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded file.

    ``format`` is text, pdf, docx, html, xlsx or ofd. ``encoding`` is that of the characters ("" where the format rules it).
    ``pages`` holds the offset at which each page begins, and is empty where the format has no pages. ``warnings`` says what
    could not be read, in full sentences.
    """

    text: str
    format: str
    encoding: str = ""
    pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as a word processor or web page has it; ``centred`` or flush right, ``indented`` by its first line."""

    text: str
    centred: bool = False
    indented: bool = False


Row = tuple[str, ...]


def plain(text: str) -> str:
    """``text`` as one line: breaks and tabs become blanks, characters that print nothing are dropped."""
    return _CONTROL.sub("", _BREAKS.sub(" ", text))


def join_cell(lines: Sequence[str]) -> str:
    """The lines of a cell as one; bodies that stand on lines of their own get the 、 that the line break stood for."""
    out = ""
    for line in (plain(line).strip() for line in lines):
        if out and line and _BODY_END.search(out) and _BODY_START.match(line):
            out += "、"
        elif out and line and out[-1].isascii() and out[-1].isalnum() and line[0].isascii() and line[0].isalpha():
            out += " "
        out += line
    return out


def flow(blocks: Sequence[Block]) -> list[str]:
    """The lines of paragraphs: each marked by its indent, unless the breaks are those of a text pasted with hard line ends."""
    hard = _hard_wrapped(blocks)
    lines: list[str] = []
    for block in blocks:
        text = plain(block.text).strip()
        if not text:
            continue
        goes_on = bool(lines) and (lines[-1].endswith(_OPEN_END))
        marked = not block.centred and not goes_on and (block.indented or not hard)
        lines.append(INDENT + text if marked else text)
    return lines


def _hard_wrapped(blocks: Sequence[Block]) -> bool:
    """Do most of the longer paragraphs end in the middle of a sentence?"""
    wide = [text for block in blocks if not block.centred and len(text := block.text.strip()) >= _WIDE]
    return len(wide) >= 8 and sum(not text.endswith(_CLOSES) for text in wide) > len(wide) / 2


class Writer:
    """Puts the decoded text together."""

    def __init__(self) -> None:
        self.pages: list[int] = []
        self.warnings: list[str] = []
        self._parts: list[str] = []
        self._size = 0

    @property
    def size(self) -> int:
        """Characters written so far."""
        return self._size

    def page(self) -> None:
        """Begin a page."""
        if self.pages:
            self._add("\f")
        self.pages.append(self._size)

    def line(self, text: str) -> None:
        """Write a line; line breaks and tabs in it become blanks."""
        self._add(plain(text).rstrip(" \u3000") + "\n")

    def lines(self, texts: Iterable[str | Row]) -> None:
        """Write lines and, where one is a tuple, rows."""
        for text in texts:
            if isinstance(text, str):
                self.line(text)
            else:
                self.row(text)

    def row(self, cells: Sequence[str]) -> None:
        """Write a row of a table. A row with a single cell is a line."""
        self._add("\t".join(plain(cell).strip() for cell in cells) + "\n")

    def warn(self, message: str) -> None:
        """Note what was not read."""
        self.warnings.append(message)

    def decoded(self, kind: str, encoding: str = "") -> Decoded:
        """All that was written."""
        return Decoded("".join(self._parts), kind, encoding, tuple(self.pages), tuple(self.warnings))

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._size += len(text)
