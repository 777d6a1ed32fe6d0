"""Which encoding is a text in? Byte order mark, strict UTF-8, then GB18030, Big5 and UTF-16 without a mark by what reads well.

Each is decoded strictly: a byte that does not fit is an error with its place, never a replacement character. Whatever fails is
refused with the likely encoding and the command that converts it: a wrong decoding would give wrong facts without a sign.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from extract.formats.decoded import Broken

_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_NOISE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd\ufffe\uffff\ue000-\uf8ff]")
"""Control characters but white space (U+000C is a page break), replacement characters and private use: signs of a damaged text."""

_PLAUSIBLE = 0.6
"""Least share of common Han characters. Measured on policy texts: 0.9 and more when decoded rightly, below 0.4 when wrongly."""
_CERTAIN = 0.85  # no wrong decoding comes near; the other encodings need no trial
_NOISY = 0.05
_TRIED = ("gb18030", "big5", "utf-16-le", "utf-16-be")
_GUESSES = (*_TRIED, "shift_jis", "euc_kr")
_SAMPLE = 200_000


def decode_text(data: bytes) -> tuple[str, str]:
    """The text of ``data`` and the encoding that it is in. Raises :class:`Broken`. A byte order mark is no part of the text."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _strict(data, encoding)
            if text is None:
                raise _damaged(encoding.removesuffix("-sig"), data)
            return _clean(text), encoding
    text = _strict(data, "utf-8")
    if text is not None and "\x00" not in text:
        return _clean(text), "utf-8"
    best: tuple[float, str, str] | None = None
    for encoding in _TRIED:
        text = _strict(data, encoding)
        score = plausibility(text, encoding == "big5") if text is not None and _reads_well(text) else 0.0
        if text is not None and score >= _PLAUSIBLE and (best is None or score > best[0]):
            best = (score, text, encoding)
        if best is not None and best[0] >= _CERTAIN:
            break
    if best is not None:
        return best[1], best[2]
    raise _refusal(data)


def _strict(data: bytes, encoding: str) -> str | None:
    """``data`` decoded, or None when a single byte does not fit."""
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _reads_well(text: str) -> bool:
    return "\x00" not in text and len(_NOISE.findall(text)) <= _NOISY * len(text)


def _clean(text: str) -> str:
    """``text`` itself, unless too much of it is no text at all."""
    noise = len(_NOISE.findall(text))
    if "\x00" in text or noise > _NOISY * max(len(text), 1):
        hint = "If it came from a PDF, its text layer is broken: read the PDF itself, or recognise its pages (OCR)."
        raise Broken("the file is binary or damaged: too many characters are not text", hint)
    return text


def plausibility(text: str, traditional: bool = False) -> float:
    """The share (0..1) of common characters among the Han characters of ``text``; 0 when there are none."""
    han = _HAN.findall(text[:_SAMPLE])
    common = _common(traditional)
    return sum(c in common for c in han) / len(han) if han else 0.0


@cache
def _common(traditional: bool = False) -> frozenset[str]:
    """About 1,600 of the most frequent characters, simplified or traditional; over nine tenths of running text."""
    name = "read_common_traditional.txt" if traditional else "read_common_han.txt"
    return frozenset((files("extract") / "data" / name).read_text(encoding="utf-8").strip())


def _refusal(data: bytes) -> Broken:
    """Why ``data`` is not read: the most plausible other encoding, a damaged UTF-8 file, or no text."""
    cut = data[: len(data) // 2 * 2][:_SAMPLE]
    scores = []
    for encoding in _GUESSES:
        text = cut.decode(encoding, errors="ignore")  # a guess for the message only, never text to be read
        kept = len(text.encode(encoding, errors="ignore")) / max(len(cut), 1)
        spoilt = len(_NOISE.findall(text)) > _NOISY * max(len(text), 1)
        scores.append((0.0 if spoilt or kept < 0.9 else _weight(text, encoding == "big5"), encoding))
    lenient = data[:_SAMPLE].decode("utf-8", errors="ignore")
    if _weight(lenient) >= _PLAUSIBLE / 2 and b"\x00" not in data:
        return _damaged("utf-8", data)
    best, guess = max(scores, key=lambda s: s[0])
    if best >= _PLAUSIBLE / 2 and guess not in _TRIED:
        return Broken(f"the text is in no encoding of Chinese but looks like {guess}", "Convert it:", guess)
    if best >= _PLAUSIBLE / 2:
        return _damaged(guess, data)
    if b"\x00" in data:
        hint = "Save the document as PDF, Word (.docx) or plain text (UTF-8) first."
        return Broken("the file is binary (it holds NUL bytes), not a text", hint)
    hint = "Find out its encoding and convert it, for example with: iconv -f ENCODING -t UTF-8"
    return Broken("the file is neither UTF-8 nor GB18030, Big5 or UTF-16 text in Chinese", hint)


def _weight(text: str, traditional: bool = False) -> float:
    """Plausibility, scaled down where the Han characters are only a small part of the text."""
    han = len(_HAN.findall(text[:_SAMPLE]))
    return plausibility(text, traditional) * min(1.0, 4 * han / max(len(text[:_SAMPLE]), 1))


def _damaged(encoding: str, data: bytes) -> Broken:
    """The error for a file that is almost ``encoding``, with the place of the first fault."""
    where = 0
    try:
        data.decode(encoding)
    except UnicodeError as error:
        where = getattr(error, "start", 0)
    reason = f"the text looks like {encoding} but is damaged at byte {where:,}"
    return Broken(reason, "Get the file again, or drop the faulty bytes:", f"-c {encoding}")
