"""Checks a file of records (facts.jsonl) by line: fields, types, codes, dates, offsets; the words where there is a source."""

from __future__ import annotations

import dataclasses
import datetime
import json
import types
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from extract.errors import ZhizeError
from extract.models import RECORDS, Setting, SourceText
from graph.check.model import MOST, Finding, Report, in_order
from graph.errors import GraphError
from graph.rows import Evidence

_DATES = {"dated": (), "effective": ("issue",), "expires": ()}
_WORDS = {"duty": ("mention",), "target": ("quote",), "citation": ("quote",), "reference": ("quote",), "precedence": ("quote",)}
_CLASSES = {kind: "LegalResourceSubdivision" if kind == "clause" else kind.capitalize() for kind in RECORDS}
_LONGEST_LINE = 10_000_000  # characters; a clause has some thousand


class UnreadableRecordsError(GraphError):
    """A file that cannot be read as lines of text."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}.", "Write it with `zhize extract SOURCE… -o facts.jsonl`.")


def check_records(path: Path, documents: Path | None = None, on_progress: Callable[[int], None] | None = None) -> Report:
    """Every rule that a record of the file breaks.

    ``documents`` is the folder of the sources; without it they are looked for beside the file. Where a source is there and is the
    one that was read, the words at the offsets are compared. ``on_progress`` is told the bytes read so far. Raises
    :class:`UnreadableRecordsError`.
    """
    reader = _Reader(documents or path.parent)
    findings: list[Finding] = []
    seen = number = 0
    stopped = ""
    try:
        with path.open("rb") as stream:
            while line := stream.readline(_LONGEST_LINE):
                number += 1
                seen += len(line)
                if line.strip():
                    findings += reader.line(number, line)
                if on_progress is not None and number % 256 == 0:
                    on_progress(seen)
                if len(findings) >= MOST:
                    stopped = "findings"
                    break
    except OSError as error:
        raise UnreadableRecordsError(path, f"the file cannot be read: {error.strerror or error}") from error
    return Report(tuple(in_order(findings[:MOST])), reader.records, stopped)


class _Reader:
    """Reads line after line and remembers the policy that the records belong to."""

    def __init__(self, documents: Path) -> None:
        self.records = 0
        self._sources = _Sources(documents)
        self._head: dict[str, Any] = {}
        self._at = 0

    def line(self, number: int, line: bytes) -> list[Finding]:
        """What is wrong with a line."""
        self.records += 1
        self._at = number
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            return [self._finding({}, "recordJson", "Json", " ".join(str(error).split())[:200])]
        kind = data.get("record") if isinstance(data, dict) else data
        if not isinstance(data, dict) or not isinstance(kind, str) or kind not in RECORDS:
            return [self._finding({}, "recordJson", "Kind", _shown(kind))]
        found = list(self._fields(data))
        if data["record"] == "policy":
            self._head = {key: value for key, value in data.items() if key != "span" or not found}
        elif data.get("policy") != self._head.get("policy"):
            found.append(self._finding(data, "recordOrder", "", _shown(data.get("policy"))))
        return found or [*self._dates(data), *(list(self._span(data)) or self._words(data))]

    def _fields(self, data: dict[str, Any]) -> Iterator[Finding]:
        """Fields that are missing or unknown, and values of a wrong type."""
        needed, hints = _shape(data["record"])
        for name in needed:
            if name not in data:
                yield self._finding(data, "recordField", "Missing", name)
        for name, value in data.items():
            if name == "record":
                continue
            if name not in hints:
                yield self._finding(data, "recordField", "Unknown", name)
            elif not _fits(value, hints[name]):
                yield self._finding(data, "recordType", "Type", f"{name}: {_shown(value)} ({_expected(hints[name])})")

    def _span(self, data: dict[str, Any]) -> Iterator[Finding]:
        """Offsets in a wrong order, or outside the policy; a corrected policy record keeps its span."""
        start, end = data["span"] if data["record"] == "policy" else (data["start"], data["end"])
        low, high = self._head.get("span", (start, end))
        if not (0 <= start < end) or (data["source"] == self._head.get("source") and not (low <= start and end <= high)):
            yield self._finding(data, "recordSpan", "", f"{start}-{end}")

    def _dates(self, data: dict[str, Any]) -> Iterator[Finding]:
        """Dates of a policy that are none."""
        for name, words in _DATES.items() if data["record"] == "policy" else ():
            value = data[name]
            if value is not None and value not in words and not _is_date(value):
                yield self._finding(data, "recordDate", "", f"{name}: {_shown(value)}")

    def _words(self, data: dict[str, Any]) -> Iterator[Finding]:
        """Words that do not stand at their place in the source, where that is at hand."""
        source = self._sources.get(data["source"])
        if source is None:
            return
        if data["record"] == "policy":
            if data.get("sha256") and data["sha256"] != source.sha256:
                yield self._finding(data, "recordSource", "", data["source"])
            return
        if self._head.get("sha256") not in (source.sha256, ""):
            return  # said once, of its policy
        there = "".join(source.text[data["start"] : data["end"]].split())
        for name in _WORDS.get(data["record"], ()):
            wanted = "".join(str(data[name]).split())
            if wanted and wanted != there:
                yield self._finding(data, "recordWords", "", f"{there[:40]} ≠ {wanted[:40]}")

    def _finding(self, data: dict[str, Any], rule: str, problem: str, value: str) -> Finding:
        head = self._head if data.get("policy") == self._head.get("policy") else {}
        label = next((str(data[name]) for name in ("title", "mention", "indicator", "heading", "quote") if data.get(name)), "")
        place = None
        if isinstance(data.get("start"), int) and isinstance(data.get("end"), int):
            place = Evidence(str(data.get("source", "")), data["start"], data["end"], str(data.get("quote", ""))[:200])
        kind = _CLASSES.get(str(data.get("record", "")), "")
        return Finding(rule, problem, value, f"{self._at}", label[:60], kind, str(head.get("title", "")),
                       str(head.get("number") or ""), str(data.get("clause", "")), place)  # fmt: skip


class _Sources:
    """The sources that lie in a folder, the last one kept: the records of a source follow each other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._last: tuple[str, SourceText | None] = ("", None)

    def get(self, name: str) -> SourceText | None:
        """The source of that name; None where it is not there, cannot be read, or lies outside the folder."""
        if self._last[0] != name:
            self._last = (name, self._read(name))
        return self._last[1]

    def _read(self, name: str) -> SourceText | None:
        from extract.read import read_source

        try:
            path = (self._folder / name).resolve()
            if not path.is_relative_to(self._folder) or not path.is_file():
                return None
            return read_source(path, name)
        except (ZhizeError, OSError, ValueError):
            return None


@cache
def _shape(kind: str) -> tuple[tuple[str, ...], Mapping[str, Any]]:
    """The fields that a record of a kind must have, and the types of all."""
    cls = RECORDS[kind]
    absent = dataclasses.MISSING
    needed = [f.name for f in dataclasses.fields(cls) if f.default is absent and f.default_factory is absent]
    return tuple(needed), get_type_hints(cls)


def _fits(value: Any, hint: Any) -> bool:
    """Whether a JSON value is of a type of the records."""
    origin = get_origin(hint)
    if origin is Literal:
        return value in get_args(hint) and isinstance(value, str)
    if origin in (Union, types.UnionType):
        return any(_fits(value, option) for option in get_args(hint))
    if origin is tuple:
        return isinstance(value, list) and _fit_all(value, get_args(hint))
    if hint is Setting:
        return isinstance(value, dict) and all(key in Setting._fields and isinstance(text, str) for key, text in value.items())
    if hint is type(None):
        return value is None
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, hint) and not (hint is int and isinstance(value, bool))


def _fit_all(values: list[Any], hints: tuple[Any, ...]) -> bool:
    if len(hints) == 2 and hints[1] is Ellipsis:
        return all(_fits(value, hints[0]) for value in values)
    return len(values) == len(hints) and all(_fits(value, hint) for value, hint in zip(values, hints, strict=True))


def _expected(hint: Any) -> str:
    """A type in few words: ``str | null``, ``lead | responsible | support``."""
    origin = get_origin(hint)
    if origin in (Literal, Union, types.UnionType):
        return " | ".join(option if isinstance(option, str) else _expected(option) for option in get_args(hint))
    if origin is tuple:
        return "[" + ", ".join("…" if part is Ellipsis else _expected(part) for part in get_args(hint)) + "]"
    return "null" if hint is type(None) else str(hint.__name__)


def _is_date(value: str) -> bool:
    try:
        return bool(datetime.date.fromisoformat(value)) and len(value) == 10
    except ValueError:
        return False


def _shown(value: object) -> str:
    """A value of JSON, cut short."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"
