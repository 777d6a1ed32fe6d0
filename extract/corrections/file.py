"""The file of corrections (YAML), read into :class:`extract.corrections.apply.Corrections`.

A file has three lists, each of which may be missing::

    agencies:                       # a canonical name, wherever it occurs
    - from: 云陵市数管办公室
      to: 云陵市政务服务和大数据管理局
      why: 2023年机构改革           # optional in every entry; it stands in the reason of the corrected record
    aliases:                        # a mention as written, optionally only in documents of a place
    - mention: 市数管办
      agency: 云陵市政务服务和大数据管理局
      place: 云陵市
    facts:                          # one fact: drop: true, confirm: true, set: {…} or add: {…}
    - policy: 云政办〔2023〕7号-1a2b3c4d
      kind: duty                    # duty, target, citation, policy; note with drop: true settles a note
      start: 1200                   # or quote, or both
      quote: 市财政局
      set: {role: lead, deadline: 2024-06-30}

Anything else in the file is an error that names its line: a misspelt key must not pass as a correction that does nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, get_args

import yaml

from extract.corrections.apply import Action, Alias, Corrections, Edit, Kind, Rename, squeezed
from extract.errors import ZhizeError
from extract.models import Form, Relation, Role

MAX_BYTES = 5_000_000  # some 30,000 entries; more is not a file that people review
_LINE = "\0line"
_HINT = "Correct the file, or leave it out with --corrections ''."
_LISTS = ("agencies", "aliases", "facts")
_ACTIONS: tuple[Action, ...] = get_args(Action)


class CorrectionsError(ZhizeError):
    """The file of corrections cannot be read or says something that is not a correction."""

    def __init__(self, path: Path, line: int, what: str) -> None:
        self.path, self.line = path, line
        super().__init__(f"{path}{f', line {line}' if line else ''}: {what}.", _HINT)


class _Wrong(Exception):
    """What is wrong with an entry, and in which line."""

    def __init__(self, line: int, what: str) -> None:
        self.line, self.what = line, what
        super().__init__(what)


class _Loader(yaml.SafeLoader):
    """Safe YAML whose mappings know their line, and in which no key occurs twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping with its line; whole, so that nothing is filled in later."""
        line = node.start_mark.line + 1
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if not isinstance(key, str):
                raise _Wrong(line, f"{key!r} is no name of a field")
            if keys.count(key) > 1:
                raise _Wrong(line, f"{key} is given twice")
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=True)
        return mapping | {_LINE: line}


def read_corrections(path: Path) -> Corrections:
    """The corrections in the file. Raises CorrectionsError with the line where something is wrong."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CorrectionsError(path, 0, f"the file has more than {MAX_BYTES:,} bytes")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CorrectionsError(path, 0, f"the file cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise CorrectionsError(path, 0, "the file is not UTF-8") from error
    try:
        return parse_corrections(text, path.name)
    except _Wrong as error:
        raise CorrectionsError(path, error.line, error.what) from error
    except RecursionError as error:
        raise CorrectionsError(path, 0, "the file is nested too deeply") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = " ".join(str(getattr(error, "problem", None) or getattr(error, "reason", None) or error).split())
        raise CorrectionsError(path, mark.line + 1 if mark else 0, f"the file is not YAML: {what}") from error


def parse_corrections(text: str, name: str) -> Corrections:
    """The corrections in a text. Raises yaml.YAMLError, or an exception of this module for a wrong entry."""
    data = yaml.load(text, Loader=_Loader)  # noqa: S506 -- _Loader is a SafeLoader
    if data is None:
        return Corrections(name)
    if not isinstance(data, dict):
        raise _Wrong(1, f"the file has to begin with one of {', '.join(_LISTS)}")
    _only(data, _LISTS)
    renames = _each(data, "agencies", _rename)
    aliases = _each(data, "aliases", _alias)
    edits = _each(data, "facts", _edit)
    for entry, key in ((r, r.old) for r in renames):
        _once(entry.line, next(r.line for r in renames if r.old == key), f"{key} is already renamed")
    by_mention: dict[str, list[Alias]] = {}
    for alias in sorted(aliases, key=lambda a: not a.place):  # an alias of a place goes before one of everywhere
        others = by_mention.setdefault(alias.mention, [])
        for other in others:
            if other.place == alias.place:
                _once(alias.line, other.line, f"{alias.mention} already has a meaning")
        others.append(alias)
    by_policy: dict[str, list[Edit]] = {}
    for edit in edits:
        by_policy.setdefault(edit.policy, []).append(edit)
    return Corrections(name, {r.old: r for r in renames}, by_mention, by_policy)


def _once(line: int, first: int, what: str) -> None:
    if line != first:
        raise _Wrong(line, f"{what} in line {first}")


def _each(data: dict[str, Any], key: str, read: Callable[[dict[str, Any]], Any]) -> list[Any]:
    entries = data.get(key)
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise _Wrong(data[_LINE], f"{key} has to be a list; begin each entry with '- '")
    for entry in entries:
        if not isinstance(entry, dict):
            raise _Wrong(data[_LINE], f"an entry of {key} is {entry!r}, where fields are expected")
    return [read(entry) for entry in entries]


def _only(entry: dict[str, Any], known: Iterable[str]) -> None:
    for key in entry:
        if key != _LINE and key not in known:
            raise _Wrong(entry[_LINE], f"{key} is unknown here; use {', '.join(known)}")


def _text(entry: dict[str, Any], key: str, *, needed: bool = True) -> str:
    value = entry.get(key)
    if isinstance(value, (int, float, datetime.date)) and not isinstance(value, bool):
        value = str(value)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or not value.strip():
        raise _Wrong(entry[_LINE], f"{key} is missing" if key not in entry else f"{key} has to be a text")
    return value.strip()


def _rename(entry: dict[str, Any]) -> Rename:
    _only(entry, ("from", "to", "why"))
    return Rename(entry[_LINE], squeezed(_text(entry, "from")), squeezed(_text(entry, "to")), _text(entry, "why", needed=False))


def _alias(entry: dict[str, Any]) -> Alias:
    _only(entry, ("mention", "agency", "place", "why"))
    mention, agency = squeezed(_text(entry, "mention")), squeezed(_text(entry, "agency"))
    return Alias(entry[_LINE], mention, agency, _text(entry, "place", needed=False), _text(entry, "why", needed=False))


def _edit(entry: dict[str, Any]) -> Edit:
    _only(entry, ("policy", "kind", "start", "quote", *_ACTIONS, "why"))
    line = entry[_LINE]
    kind = _one_of(entry, "kind", get_args(Kind))
    given = [action for action in _ACTIONS if action in entry]
    if len(given) != 1:
        raise _Wrong(line, "an entry of facts needs one of drop: true, confirm: true, set: {…}, add: {…}")
    action = given[0]
    start = entry.get("start")
    if start is not None and (not isinstance(start, int) or isinstance(start, bool) or start < 0):
        raise _Wrong(line, "start has to be a number, the offset of the first character in the file")
    quote = squeezed(_text(entry, "quote", needed=action == "add"))
    if kind != "policy" and start is None and not quote:
        raise _Wrong(line, "an entry of facts needs start or quote, to find the fact")
    if kind == "policy" and action != "set":
        raise _Wrong(line, "of a policy only fields can be set")
    if kind == "note" and action != "drop":
        raise _Wrong(line, "a note can only be dropped")
    if action in ("drop", "confirm") and entry[action] is not True:
        raise _Wrong(line, f"{action} has to be true")
    values = () if action in ("drop", "confirm") else _values(entry, action, kind)
    return Edit(line, _text(entry, "policy"), kind, action, start, quote, values, _text(entry, "why", needed=False))  # type: ignore[arg-type]


def _one_of(entry: dict[str, Any], key: str, known: Sequence[str]) -> str:
    value = entry.get(key)
    if value not in known:
        raise _Wrong(entry[_LINE], f"{key} is {value!r}; use one of {', '.join(known)}" if key in entry else f"{key} is missing")
    return str(value)


Reader = Callable[[dict[str, Any], str], Any]


def _or_none(entry: dict[str, Any], key: str) -> str | None:
    return None if entry[key] is None else _text(entry, key)


def _number(entry: dict[str, Any], key: str) -> Any:
    value = entry[key]
    figures = value if isinstance(value, list) else [value]
    if any(isinstance(v, bool) or not isinstance(v, (int, float)) for v in figures) or len(figures) not in (1, 2):
        if isinstance(value, str) and value.replace("/", "", 1).isdigit():  # a fraction in digits
            return value
        raise _Wrong(entry[_LINE], f"{key} is {value!r}, where a number is expected, two for a range, or a fraction such as 1/3")
    return tuple(figures) if isinstance(value, list) else value


def _names(entry: dict[str, Any], key: str) -> tuple[str, ...]:
    value = entry[key]
    names = value if isinstance(value, list) else [value]
    if not names or not all(isinstance(name, str) and name.strip() for name in names):
        raise _Wrong(entry[_LINE], f"{key} has to be a name or a list of names")
    return tuple(name.strip() for name in names)


def _choice(*known: str) -> Reader:
    return lambda entry, key: _one_of(entry, key, known)


def _squeezed(entry: dict[str, Any], key: str) -> str:
    return squeezed(_text(entry, key))


def _change(entry: dict[str, Any], key: str) -> str | None:
    return None if entry[key] is None else _one_of(entry, key, ("up", "down"))


FIELDS: dict[str, dict[str, Reader]] = {
    "duty": {"role": _choice(*get_args(Role)), "agency": _squeezed, "deadline": _or_none, "task": _text},
    "target": {
        "kind": _choice("target", "support"), "indicator": _text, "op": _choice("=", ">", ">=", "<", "<=", "~"), "value": _number,
        "unit": _or_none, "change": _change, "baseline": _number, "by": _or_none,
    },
    "citation": {"title": _or_none, "number": _or_none, "relation": _choice(*get_args(Relation))},
    "policy": {
        "title": _text, "number": _or_none, "issuer": _names, "dated": _or_none, "effective": _or_none, "expires": _or_none,
        "type": _or_none,
    },
}  # fmt: skip
"""The fields that can be set, by kind of fact, and how each is read."""

_TO_ADD: dict[str, dict[str, Reader]] = {"duty": {"mention": _squeezed, "form": _choice(*get_args(Form))}}
_NEEDED = {"target": ("indicator", "value")}


def _values(entry: dict[str, Any], action: Action, kind: str) -> tuple[tuple[str, Any], ...]:
    given = entry[action]
    if given is None and action == "add" and kind != "target":
        given = {_LINE: entry[_LINE]}
    if not isinstance(given, dict) or (action == "set" and len(given) == 1):
        raise _Wrong(entry[_LINE], f"{action} needs fields such as {action}: {{{next(iter(FIELDS[kind]))}: …}}")
    fields = FIELDS[kind] | (_TO_ADD.get(kind, {}) if action == "add" else {})
    _only(given, tuple(fields))
    for key in _NEEDED.get(kind, ()) if action == "add" else ():
        if key not in given:
            raise _Wrong(given[_LINE], f"{key} is missing")
    return tuple((key, fields[key](given, key)) for key in given if key != _LINE)
