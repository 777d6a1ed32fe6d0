"""The errors of reading and extracting: each says in one sentence what is wrong and offers a way out."""

from __future__ import annotations

from pathlib import Path


class ZhizeError(Exception):
    """The base of all errors that a user should see as a message and not as a traceback.

    ``message`` is one sentence that names the thing that failed; ``hint`` is what to do about it ("" if nothing can be done).
    """

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message} {hint}".strip())


class UnreadableDocument(ZhizeError):
    """A file that cannot be read as a document: missing, empty, binary, too large, or in an encoding that is not understood."""

    def __init__(self, path: Path, reason: str, hint: str = "") -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}.", hint)


class NoDocuments(ZhizeError):
    """A folder in which no document was found."""

    def __init__(self, folder: Path, suffixes: tuple[str, ...]) -> None:
        self.folder = folder
        kinds = ", ".join(suffixes)
        hint = "Name a folder with documents, or the files themselves."
        super().__init__(f"{folder}: the folder holds no document ({kinds}).", hint)
