"""A file of corrections to fill in: an entry for each open note, all as comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extract.notes import agency_of

# What YAML allows in a file (YAML 1.2, 5.1), line ends other than \n left out: they would end a comment.
_NOT_PRINTABLE = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 200  # characters of a message or quote in a comment

_HEAD = """\
# zhize 更正文件：去掉需要的条目前的“# ”，填好后保存为 zhize-corrections.yaml，再运行 zhize build。
# 删去条目并重新构建，即恢复原状。每个条目都可以加 why: 说明理由。
#
# 机构名称正确、只是名录中没有时，from 和 to 写同一个名称即表示确认。
# 事实无误时写 confirm: true；有误时用 set 改字段，或用 drop: true 删去；漏读的职责、指标、引用用 add 补充，quote 须与原文一致。
# 提示本身没有问题、不必再提醒时，写 kind: note 和 drop: true。
"""


@dataclass(frozen=True, slots=True)
class OpenNote:
    """A note that nobody has answered: ``policy`` is the identifier, ``start`` the raw offset, ``place`` words that say where."""

    kind: str
    message: str
    quote: str
    policy: str
    title: str
    place: str
    start: int


def template(notes: Iterable[OpenNote]) -> str:
    """The file for ``notes``: names of bodies first, single facts after them."""
    names: dict[str, OpenNote] = {}
    facts: list[OpenNote] = []
    for note in notes:
        if note.kind == "agency":
            names.setdefault(agency_of(note.message), note)
        else:
            facts.append(note)
    lines = [_HEAD, "agencies:"]
    for name, note in names.items():
        lines += ["", *_about(note), *_commented("from", name), *_commented("to", name, first=False)]
    lines += ["", "aliases:", "", '# - mention: "市某办"', '#   agency: "某市某某办公室"', '#   place: "某市"', "", "facts:"]
    for note in facts:
        lines += ["", *_about(note), *_entry(note)]
    return "\n".join(lines) + "\n"


def _about(note: OpenNote) -> Iterator[str]:
    yield f"# {_plain(note.message)}"
    yield f"#   《{_plain(note.title)}》 {_plain(note.place)}"
    if note.quote and note.kind != "agency":
        yield f"#   原文：{_plain(note.quote)}"


def _entry(note: OpenNote) -> Iterator[str]:
    """The entry that answers a note of this kind, as comments."""
    yield from _commented("policy", note.policy)
    kind, action = _answer(note)
    yield f"#   kind: {kind}"
    if kind != "policy":
        yield f"#   start: {note.start}"
        if action.startswith("add"):  # the stretch to add is for the person to choose
            yield from _commented("quote", "".join(note.quote.split()), first=False)
    yield f"#   {action}"


_MISSING = {"文号": "number", "发文机关": "issuer", "日期": "dated"}


def _answer(note: OpenNote) -> tuple[str, str]:
    """What usually answers a note: the kind of fact and what is to be done with it."""
    if note.kind == "head":
        return "policy", f'set: {{{next((f for word, f in _MISSING.items() if word in note.message), "number")}: "……"}}'
    if note.kind == "role":
        return "duty", "set: {role: lead}"
    if note.kind == "deadline":
        return "duty", 'set: {deadline: "……"}'
    if note.kind == "weak" or (note.kind == "citation" and "依据较弱" in note.message):
        return ("target" if note.kind == "weak" else "citation"), "confirm: true"
    if note.kind in ("text", "unread", "table"):
        named = note.message.rpartition("”和")[2].split("、")[0] if note.kind == "text" else "……"
        return "duty", f"add: {{mention: {_quoted(named)}, role: responsible}}"
    return "note", "drop: true"


def _commented(key: str, value: str, *, first: bool = True) -> Iterator[str]:
    yield f"# {'- ' if first else '  '}{key}: {_quoted(value)}"


def _quoted(text: str) -> str:
    """``text`` as a YAML string in one line."""
    return _NOT_PRINTABLE.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))


def _plain(text: str) -> str:
    """``text`` as a part of a comment: one line, whatever stands in it."""
    return _NOT_PRINTABLE.sub("\ufffd", " ".join(text.split()))[:_LONGEST]


__all__ = ["OpenNote", "template"]
