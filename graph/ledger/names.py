"""File names made of agencies' names, which come from documents: they never leave their folder, on no system."""

from __future__ import annotations

import re
import unicodedata

from graph.plain import plain

_BAD = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\ufffd⁄∕／＼：]')
_LONGEST = 120  # octets in UTF-8, of the 255 that file systems allow: the suffix, a number and .part find room
# Names of devices on Windows: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..{0,200})?", re.IGNORECASE)
_RESERVED = ("index",)


class FileNames:
    """Gives out names of files in one folder; no two are the same, not even where capitals and small letters are."""

    def __init__(self) -> None:
        self._taken: set[str] = set(_RESERVED)

    def name(self, wanted: str, suffix: str) -> str:
        """A safe name like ``wanted`` with ``suffix`` (".xlsx"); a number tells equal ones apart."""
        stem = _stem(wanted)
        number = 1
        while (tried := stem if number == 1 else f"{stem} ({number})").casefold() in self._taken:
            number += 1
        self._taken.add(tried.casefold())
        return tried + suffix


def _stem(wanted: str) -> str:
    text = unicodedata.normalize("NFC", plain(wanted))
    text = "".join("_" if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in _BAD.sub("_", text))
    text = re.sub(r"\s{1,1000}", " ", text)
    data = text.encode("utf-8", "replace")[:_LONGEST]
    text = data.decode("utf-8", "ignore").strip(" .")
    return f"_{text}" if not text or _DEVICES.fullmatch(text) else text
