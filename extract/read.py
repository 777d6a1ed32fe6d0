"""Documents in: find the files, read one, and decode it without guessing in silence.

How a file is decoded is the matter of :mod:`extract.formats`; here its bytes are fetched and its faults put into words. What a
parser reads is read in a process of its own (:mod:`extract.formats.apart`). The line ends of a text file are kept as they are, so
that offsets count the characters of the decoded file.
"""

from __future__ import annotations

import hashlib
import os
import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from extract.errors import NoDocuments, UnreadableDocument, ZhizeError
from extract.formats import CONVERTIBLE, SUFFIXES, Broken, decode, is_parsed
from extract.formats.apart import decode_apart
from extract.models import SourceText
from extract.settings import default
from extract.traditional import simplified

_TRADITIONAL = "the text is in traditional characters; it was read as simplified ones (OpenCC): check names of agencies."


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
    """The documents at one path. In a folder, files count by their suffix; temporary files of office programs (~$) do not."""
    if not path.exists():
        raise UnreadableDocument(path, "no such file or folder", "Check the spelling of the path.")
    if not path.is_dir():
        return [path]
    found = []
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        found += [Path(folder, n) for n in names if n.lower().endswith(SUFFIXES + CONVERTIBLE) and not n.startswith((".", "~$"))]
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

    The file may be PDF, DOCX, HTML, XLSX, OFD or plain text; its content decides, not its suffix. What could not be read in it, a
    scanned page for example, is named in ``SourceText.warnings``. Raises :class:`UnreadableDocument` for everything that cannot
    be read rightly.
    """
    data = _load(path, max_bytes)
    try:
        found = decode_apart(data) if is_parsed(data) else decode(data)
    except Broken as error:
        hint = f"{error.hint} {_command(path, error.iconv)}" if error.iconv else error.hint
        raise UnreadableDocument(path, error.reason, hint) from error
    if not found.text.strip():
        why = "the file is empty" if not data.strip() else "the file is empty: it holds no text"
        raise UnreadableDocument(path, why, "Leave it out, or save the document again.")
    plain = simplified(found.text)
    warnings = (*_misnamed(path, found.format), *([_TRADITIONAL] if plain else ()), *found.warnings)
    digest = hashlib.sha256(data).hexdigest()
    return SourceText(name or path.name, found.text, digest, found.encoding or "utf-8", found.format, found.pages, warnings, plain)


def _misnamed(path: Path, kind: str) -> tuple[str, ...]:
    """A warning where the suffix names another format than the content has."""
    suffix = path.suffix.lower()
    named = {".htm": "html", ".txt": "text"}.get(suffix, suffix.removeprefix("."))
    if suffix not in SUFFIXES or named == kind:
        return ()
    return (f"the file is named {suffix} but holds {'plain text' if kind == 'text' else kind}; it was read as that.",)


def _load(path: Path, max_bytes: int | None) -> bytes:
    """The bytes of a regular file of at most ``max_bytes`` (else what the settings allow); the system's errors become ours."""
    limit, setting = default("max_file_bytes") if max_bytes is None else max_bytes, "max_file_bytes"
    try:
        if path.is_dir():
            raise UnreadableDocument(path, "this is a folder", "Name the files in it, or let find_sources search it.")
        if path.exists() and not path.is_file():
            raise UnreadableDocument(path, "this is not a regular file", "Copy its content to a file first.")
        with path.open("rb") as file:
            data = file.read(limit + 1)
            if len(data) > limit and max_bytes is None and data.startswith((b"%PDF-", b"PK")):
                limit, setting = default("max_paged_bytes"), "max_paged_bytes"
                data += file.read(limit + 1 - len(data))
    except FileNotFoundError:
        raise UnreadableDocument(path, "no such file", "Check the spelling of the path.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UnreadableDocument(path, f"the file cannot be opened ({why})", "Check its permissions and its name.") from error
    if len(data) > limit:
        hint = f"Split it, or raise the setting {setting}."
        raise UnreadableDocument(path, f"the file is larger than {limit:,} bytes", hint)
    return data


def _command(path: Path, options: str) -> str:
    """An iconv command for ``path``, quoted for a shell: file names are input too. ``options`` ends with the encoding."""
    before, _, encoding = options.rpartition(" ")
    target = shlex.quote(path.stem + ".utf8.txt")
    return f"iconv {before + ' ' if before else ''}-f {encoding} -t utf-8 {shlex.quote(str(path))} > {target}"
