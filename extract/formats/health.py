"""Is a page's text what the page shows? Signs of a broken text layer, and characters that only look like the usual ones."""

from __future__ import annotations

import re
import unicodedata

_LOOKALIKE = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd\ufffe\uffff\x00-\x08\x0e-\x1f]")
_USUAL = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef\sA-Za-z0-9.,;:!?()\[\]%/\-+=·—–…“”‘’《》〈〉①-⑳°℃㎡×≥≤±]")
_LEAST = 20  # characters; fewer tell nothing
BROKEN = 0.3
"""The share of damaged characters from which a page counts as unreadable (and is recognised by OCR where that is installed)."""
DOUBTFUL = 0.03


def unified(text: str) -> str:
    """``text`` with radicals and compatibility ideographs as the usual characters (⼈ to 人), which look the same.

    PDF programs write them by mistake. One character becomes one, so that offsets hold.
    """
    return _LOOKALIKE.sub(_usual, text) if _LOOKALIKE.search(text) else text


def _usual(found: re.Match[str]) -> str:
    usual = unicodedata.normalize("NFKC", found.group())
    return usual if len(usual) == 1 else found.group()


def damage(text: str) -> float:
    """The share (0..1) of characters that cannot be right: private use, unmapped, or signs that no policy is written in."""
    visible = "".join(text.split())
    if len(visible) < _LEAST:
        return 0.0
    private = len(_PRIVATE.findall(visible))
    strange = len(visible) - private - len(_USUAL.findall(visible))
    return (private + (strange if strange > 0.1 * len(visible) else 0)) / len(visible)
