"""Documents in: find the files, read one, and decode it without guessing in silence.

A file is decoded in this order: byte order mark, strict UTF-8, strict GB18030 with a check that the outcome reads like Chinese.
Whatever fails is refused with the likely encoding and the command that converts it: a wrong decoding would give wrong facts without
a sign. Line ends are kept as they are, so that offsets count the characters of the decoded file; a byte order mark is not part
of the text.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from extract.errors import NoDocuments, UnreadableDocument, ZhizeError
from extract.models import SourceText
from extract.settings import default

SUFFIXES = (".txt",)
"""What counts as a document in a folder. A file that is named itself may have any suffix."""

_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_BINARY = (
    (b"%PDF", "a PDF file", "Save its text layer first, for example with: pdftotext -layout"),
    (b"PK\x03\x04", "a Word, Excel or zip file", "Save the document as plain text (UTF-8) first."),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls, .wps)", "Save the document as plain text (UTF-8) first."),
    (b"{\\rtf", "an RTF file", "Save the document as plain text (UTF-8) first."),
    (b"\x89PNG", "an image", "Recognise its text (OCR) first."),
    (b"\xff\xd8\xff", "an image", "Recognise its text (OCR) first."),
    (b"\x1f\x8b", "a gzip file", "Unpack it first."),
)
_MARKUP = re.compile(rb"\s{0,200}<(?:!doctype\s+html|html|\?xml)\b", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_NOISE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd\ufffe\uffff\ue000-\uf8ff]")
"""Control characters but white space (U+000C is a page break), replacement characters and private use: signs of a damaged text."""

_PLAUSIBLE = 0.6
"""Least share of common Han characters. Measured on policy texts: 0.9 and more when decoded rightly, below 0.4 when wrongly."""
_NOISY = 0.05
_GUESSES = ("gb18030", "big5", "utf-16-le", "utf-16-be", "shift_jis", "euc_kr")
_SAMPLE = 200_000


def find_sources(paths: Iterable[Path], on_error: Callable[[ZhizeError], None] | None = None) -> list[Path]:
    """The files that ``paths`` name, sorted, each once; folders are searched with their subfolders, hidden names left out.

    A missing path raises :class:`UnreadableDocument` and a folder without documents :class:`NoDocuments`; with ``on_error`` the
    error is handed to it instead and the other paths are still searched.
    """
    found: dict[str, Path] = {}
    for path in paths:
        try:
            for file in _files_of(Path(path)):
                found.setdefault(os.path.realpath(file), file)
        except ZhizeError as error:
            if on_error is None:
                raise
            on_error(error)
    return sorted(found.values(), key=lambda p: p.as_posix())


def _files_of(path: Path) -> list[Path]:
    """The documents at one path."""
    if not path.exists():
        raise UnreadableDocument(path, "no such file or folder", "Check the spelling of the path.")
    if not path.is_dir():
        return [path]
    found = []
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        found += [Path(folder, n) for n in names if n.lower().endswith(SUFFIXES) and not n.startswith(".")]
    if not found:
        raise NoDocuments(path, SUFFIXES)
    return sorted(found)


def source_names(paths: Sequence[Path]) -> dict[Path, str]:
    """A name for each file that no other file of the run has: the file's name, with as many folders in front as it takes.

    The names do not depend on the order of ``paths``.
    """
    parts = {path: path.absolute().parts for path in paths}
    depth = dict.fromkeys(parts, 1)
    while True:
        names = {path: "/".join(parts[path][-depth[path] :]) for path in parts}
        count = Counter(names.values())
        twins = [path for path in parts if count[names[path]] > 1 and depth[path] < len(parts[path])]
        if not twins:
            return names
        for path in twins:
            depth[path] += 1


def read_source(path: Path, name: str = "", *, max_bytes: int | None = None) -> SourceText:
    """Read and decode one file. ``name`` is what facts call it (its file name if empty); see :func:`source_names`.

    Raises :class:`UnreadableDocument` for everything that cannot be read rightly.
    """
    data = _load(path, default("max_file_bytes") if max_bytes is None else max_bytes)
    text, encoding = decode(data, path)
    if not text.strip():
        raise UnreadableDocument(path, "the file is empty", "Leave it out, or save the document again.")
    return SourceText(name or path.name, text, hashlib.sha256(data).hexdigest(), encoding)


def _load(path: Path, limit: int) -> bytes:
    """The bytes of a regular file of at most ``limit`` bytes; the system's errors become ours."""
    try:
        if path.is_dir():
            raise UnreadableDocument(path, "this is a folder", "Name the files in it, or let find_sources search it.")
        if path.exists() and not path.is_file():
            raise UnreadableDocument(path, "this is not a regular file", "Copy its content to a file first.")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise UnreadableDocument(path, "no such file", "Check the spelling of the path.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UnreadableDocument(path, f"the file cannot be opened ({why})", "Check its permissions and its name.") from error
    if len(data) > limit:
        hint = "Split it, or raise the setting max_file_bytes."
        raise UnreadableDocument(path, f"the file is larger than {limit:,} bytes", hint)
    return data


def decode(data: bytes, path: Path) -> tuple[str, str]:
    """The text of ``data`` and the encoding that it is in; ``path`` is for the messages of :class:`UnreadableDocument`."""
    for head, what, hint in _BINARY:
        if data.startswith(head):
            raise UnreadableDocument(path, f"this is {what}, not a text", hint)
    if _MARKUP.match(data[:1000]):
        raise UnreadableDocument(path, "this is an HTML or XML page, not a text", "Save the page as plain text (UTF-8) first.")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _strict(data, encoding)
            if text is None:
                raise _damaged(path, encoding.removesuffix("-sig"), data)
            return _clean(text, path), encoding
    text = _strict(data, "utf-8")
    if text is not None and "\x00" not in text:
        return _clean(text, path), "utf-8"
    text = _strict(data, "gb18030")
    if text is not None and _reads_well(text) and plausibility(text) >= plausibility(_strict(data, "big5") or ""):
        return text, "gb18030"
    raise _refusal(data, path)


def _strict(data: bytes, encoding: str) -> str | None:
    """``data`` decoded, or None when a single byte does not fit."""
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _reads_well(text: str) -> bool:
    return "\x00" not in text and len(_NOISE.findall(text)) <= _NOISY * len(text) and plausibility(text) >= _PLAUSIBLE


def _clean(text: str, path: Path) -> str:
    """``text`` itself, unless too much of it is no text at all."""
    noise = len(_NOISE.findall(text))
    if "\x00" in text or noise > _NOISY * max(len(text), 1):
        hint = "If it came from a PDF, its text layer is broken: recognise the pages (OCR)."
        raise UnreadableDocument(path, "the file is binary or damaged: too many characters are not text", hint)
    return text


def plausibility(text: str) -> float:
    """The share (0..1) of common characters among the Han characters of ``text``; 0 when there are none."""
    han = _HAN.findall(text[:_SAMPLE])
    common = _common()
    return sum(c in common for c in han) / len(han) if han else 0.0


@cache
def _common() -> frozenset[str]:
    """About 1,600 of the most frequent simplified characters; they make up over nine tenths of running text."""
    return frozenset((files("extract") / "data" / "read_common_han.txt").read_text(encoding="utf-8").strip())


def _refusal(data: bytes, path: Path) -> UnreadableDocument:
    """Why ``data`` is not read: the most plausible other encoding, a damaged UTF-8 file, or no text."""
    cut = data[: len(data) // 2 * 2][:_SAMPLE]
    scores = []
    for encoding in _GUESSES:
        text = cut.decode(encoding, errors="ignore")  # a guess for the message only, never text to be read
        kept = len(text.encode(encoding, errors="ignore")) / max(len(cut), 1)
        spoilt = len(_NOISE.findall(text)) > _NOISY * max(len(text), 1)
        scores.append((0.0 if spoilt or kept < 0.9 else _weight(text), encoding))
    lenient = data[:_SAMPLE].decode("utf-8", errors="ignore")
    if _weight(lenient) >= _PLAUSIBLE / 2 and b"\x00" not in data:
        return _damaged(path, "utf-8", data)
    best, guess = max(scores, key=lambda s: s[0])
    if best >= _PLAUSIBLE / 2 and guess != "gb18030":
        return UnreadableDocument(path, f"the text is not in UTF-8 or GB18030 but looks like {guess}", _convert(path, guess))
    if best >= _PLAUSIBLE / 2:
        return _damaged(path, guess, data)
    if b"\x00" in data:
        hint = "Save the document as plain text (UTF-8) first."
        return UnreadableDocument(path, "the file is binary (it holds NUL bytes), not a text", hint)
    hint = "Find out its encoding and convert it, for example with: iconv -f ENCODING -t UTF-8"
    return UnreadableDocument(path, "the file is neither UTF-8 nor GB18030 text", hint)


def _weight(text: str) -> float:
    """Plausibility, scaled down where the Han characters are only a small part of the text."""
    han = len(_HAN.findall(text[:_SAMPLE]))
    return plausibility(text) * min(1.0, 4 * han / max(len(text[:_SAMPLE]), 1))


def _damaged(path: Path, encoding: str, data: bytes) -> UnreadableDocument:
    """The error for a file that is almost ``encoding``, with the place of the first fault."""
    where = 0
    try:
        data.decode(encoding)
    except UnicodeError as error:
        where = getattr(error, "start", 0)
    reason = f"the text looks like {encoding} but is damaged at byte {where:,}"
    return UnreadableDocument(path, reason, f"Get the file again, or drop the faulty bytes: {_command(path, encoding, '-c ')}")


def _convert(path: Path, encoding: str) -> str:
    return f"Convert it: {_command(path, encoding)}"


def _command(path: Path, encoding: str, option: str = "") -> str:
    """An iconv command for ``path``, quoted for a shell: file names are input too."""
    return f"iconv {option}-f {encoding} -t utf-8 {shlex.quote(str(path))} > {shlex.quote(path.stem + '.utf8.txt')}"
