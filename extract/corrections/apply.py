"""Corrections that a person made: names of bodies, their aliases, and single facts, laid over what the rules read.

Nothing is changed for good: the corrections are applied each time a document is read, so that an entry that is taken out of the
file leaves everything as it was. A corrected fact says so in its ``reason`` (``人工更正：…``) and has confidence 1; a fact that was
taken away leaves a note of kind ``corrected``. :mod:`extract.corrections.file` reads the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from extract.agencies.canonical import canonical
from extract.duties.find import ROLE_BY_PLACE
from extract.models import CitationRecord, DutyRecord, Fact, NoteRecord, PolicyRecord, PolicyText, Setting, TargetRecord
from extract.notes import about

MARK = "人工更正："
"""How the reason of a corrected record begins."""

WORDS = {
    "duty": "职责", "target": "指标", "citation": "引用", "policy": "文件", "note": "提示", "role": "责任方式",
    "agency": "单位", "deadline": "完成时限", "task": "任务", "kind": "类别", "indicator": "指标名称", "op": "比较",
    "value": "数值", "unit": "计量单位", "change": "增减", "baseline": "基数", "by": "期限", "title": "标题", "number": "文号",
    "relation": "关系", "issuer": "发文机关", "dated": "成文日期", "effective": "施行日期", "expires": "失效日期",
    "type": "文种", "lead": "牵头", "responsible": "责任", "support": "配合", "basis": "依据", "repeals": "废止",
    "amends": "修改", "cites": "引用",
}  # fmt: skip
"""The Chinese words of kinds, fields and codes in a correction's trace."""

_PROBLEM = {"number": "文号", "issuer": "发文机关", "dated": "成文日期"}  # what a note on the head speaks of
_TYPES: dict[str, type[Fact]] = {"duty": DutyRecord, "target": TargetRecord, "citation": CitationRecord, "note": NoteRecord}

Kind = Literal["duty", "target", "citation", "note", "policy"]
Action = Literal["drop", "confirm", "set", "add"]
Corrected = DutyRecord | TargetRecord | CitationRecord


@dataclass(frozen=True, slots=True)
class Rename:
    """The body that the rules call ``old`` is ``new``; the same name twice says that an unknown name is right."""

    line: int
    old: str
    new: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """``mention`` as written means ``agency``; ``place`` limits it to documents of that place (province, city or county)."""

    line: int
    mention: str
    agency: str
    place: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A correction of one fact, found by its policy, ``kind`` and raw ``start`` or ``quote``; ``confirm`` says that it is right.

    ``values`` are the fields to set, or those of a fact to add; ``quote`` of a fact to add is located in the text of the policy.
    """

    line: int
    policy: str
    kind: Kind
    action: Action
    start: int | None = None
    quote: str = ""
    values: tuple[tuple[str, Any], ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """An entry that did nothing: its line in the file and why; ``elsewhere`` where it may speak of a document that was not read."""

    line: int
    message: str
    elsewhere: bool = False


@dataclass
class Corrections:
    """All corrections of a file. :meth:`apply` is called for each policy; :meth:`unmatched` then tells what did nothing."""

    name: str
    renames: Mapping[str, Rename] = field(default_factory=dict)
    aliases: Mapping[str, Sequence[Alias]] = field(default_factory=dict)
    edits: Mapping[str, Sequence[Edit]] = field(default_factory=dict)
    _done: set[int] = field(default_factory=set)
    _failed: dict[int, str] = field(default_factory=dict)

    def apply(self, policy: PolicyText, facts: Iterable[Fact]) -> tuple[PolicyRecord, list[Fact]]:
        """The head and the facts of a policy as corrected; notes on what was dropped come with the facts."""
        head = policy.head
        out = [self._named(fact, head.setting) if isinstance(fact, DutyRecord) else fact for fact in facts]
        for edit in self.edits.get(head.policy, ()):
            if edit.kind == "policy":
                head = _set_head(head, edit)
                self._done.add(edit.line)
            elif edit.kind != "note":
                out = self._edited(policy, out, edit)
        return head, out

    def reviewed(self, policy: str, notes: Iterable[NoteRecord]) -> list[NoteRecord]:
        """The notes without those that a person has settled."""
        edits = [e for e in self.edits.get(policy, ()) if e.kind == "note"]
        out = list(notes)
        for edit in edits:
            kept = [n for n in out if not _fits(edit, n)]
            self._settle(edit, len(kept) < len(out), "no note fits it any more")
            out = kept
        return out

    def speaks_of(self, policy: str, kind: str, start: int, quote: str, agency: str = "") -> bool:
        """Has a person answered a note of this ``kind`` already? ``agency`` is the body that a note of kind agency is about."""
        if kind == "agency" and (quote in self.aliases or agency in self.renames):
            return True
        for edit in self.edits.get(policy, ()):
            same = not edit.quote or edit.quote in squeezed(quote) or squeezed(quote) in edit.quote
            if same and edit.start in (None, start) and (edit.kind == "policy") == (kind == "head"):
                return True
        return False

    def unmatched(self) -> list[Unmatched]:
        """The entries that did nothing so far, in the order of the file."""
        out = [Unmatched(line, message) for line, message in self._failed.items() if line not in self._done]
        for policy, edits in self.edits.items():
            todo = (e for e in edits if e.line not in self._done and e.line not in self._failed)
            out += [Unmatched(e.line, f"no document that was read has the policy {policy}", True) for e in todo]
        for alias in (a for group in self.aliases.values() for a in group):
            if alias.line not in self._done:
                where = f" in {alias.place}" if alias.place else ""
                out.append(Unmatched(alias.line, f"no duty{where} names {alias.mention}", True))
        for rename in self.renames.values():
            if rename.line not in self._done:
                out.append(Unmatched(rename.line, f"no duty is given to {rename.old}", True))
        return sorted(out, key=lambda u: u.line)

    def _settle(self, edit: Edit, done: bool, message: str) -> None:
        if done:
            self._done.add(edit.line)
        else:
            self._failed[edit.line] = message

    def _named(self, duty: DutyRecord, setting: Setting) -> DutyRecord:
        """The duty with the body that the file names."""
        for alias in self.aliases.get(duty.mention, ()):
            if not alias.place or alias.place in (setting.province, setting.city, setting.county):
                self._done.add(alias.line)
                return _renamed(duty, alias.agency, f"“{alias.mention}”指{alias.agency}", alias.why, setting)
        rename = self.renames.get(duty.agency)
        if rename is None:
            return duty
        self._done.add(rename.line)
        what = f"{rename.old}→{rename.new}" if rename.old != rename.new else f"确认{rename.new}"
        return _renamed(duty, rename.new, what, rename.why, setting)

    def _edited(self, policy: PolicyText, facts: list[Fact], edit: Edit) -> list[Fact]:
        """The facts with one correction made."""
        if edit.action == "add":
            made = _made(policy, facts, edit)
            self._settle(edit, isinstance(made, Fact), made if isinstance(made, str) else "")
            return [*facts, made] if isinstance(made, Fact) else facts
        fitting = [i for i, fact in enumerate(facts) if _fits(edit, fact)]
        problem = _problem(edit, [facts[i] for i in fitting])
        self._settle(edit, not problem, problem)
        if problem:
            return facts
        out = list(facts)
        for i in [*fitting, *_in_the_same_doubt(facts, fitting, edit)]:
            out[i] = _dropped(facts[i], edit) if edit.action == "drop" else _set(facts[i], edit, policy.head.setting)
        return out


def trace(what: str, why: str) -> str:
    """The reason of a corrected record."""
    return MARK + what + (f"（{why}）" if why else "")


def squeezed(text: str) -> str:
    """``text`` without white space, as quotes are compared."""
    return re.sub(r"\s+", "", text)


def _fits(edit: Edit, fact: Fact) -> bool:
    """Is it the fact that the entry speaks of?"""
    if type(fact) is not _TYPES.get(edit.kind) or (isinstance(fact, NoteRecord) and fact.kind == "corrected"):
        return False
    if edit.start is not None and fact.start != edit.start:
        return False
    written = (getattr(fact, name, None) for name in ("mention", "quote", "title", "number"))
    return not edit.quote or edit.quote in [squeezed(w) for w in written if isinstance(w, str)]


def _problem(edit: Edit, found: Sequence[Fact]) -> str:
    """Why the entry cannot be carried out; "" where it fits one fact, or several units of one list."""
    if not found:
        at = f" at {edit.start}" if edit.start is not None else ""
        return f"no {edit.kind} fits it{at}" + (f" with the quote {edit.quote[:40]!r}" if edit.quote else "")
    if len(found) > 1 and len({getattr(f, "assignment", f.start) for f in found}) > 1:
        starts = ", ".join(str(f.start) for f in found[:5])
        return f"{len(found)} facts of kind {edit.kind} fit it: add start, one of {starts}" + (" …" if len(found) > 5 else "")
    return ""


def _in_the_same_doubt(facts: Sequence[Fact], fitting: Sequence[int], edit: Edit) -> list[int]:
    """The later units of the list whose role no word tells either: a role that is set holds for them as well."""
    first = facts[fitting[0]]
    only_role = [key for key, _ in edit.values] == ["role"] and len(fitting) == 1
    if not (only_role and isinstance(first, DutyRecord) and ROLE_BY_PLACE in first.reason):
        return []
    return [
        i
        for i, fact in enumerate(facts)
        if isinstance(fact, DutyRecord)
        and fact.assignment == first.assignment
        and fact.order > first.order
        and ROLE_BY_PLACE in fact.reason
    ]


def _renamed(duty: DutyRecord, name: str, what: str, why: str, setting: Setting) -> DutyRecord:
    """A duty of another body; a role that no word tells stays in doubt."""
    doubt = ROLE_BY_PLACE in duty.reason and not duty.reason.startswith(MARK)
    reason = trace(what, why) + (f"；{ROLE_BY_PLACE}" if doubt else "")
    return replace(duty, **_agency(name, setting, duty), confidence=0.7 if doubt else 1.0, reason=reason)


def _agency(name: str, setting: Setting, duty: DutyRecord | None = None) -> dict[str, Any]:
    """The fields of a duty that speak of its body."""
    body = canonical(name, setting)
    known: tuple[str, str, str] = (body.place, body.tier, body.kind)
    if body.name != name and duty is not None:  # the rules would read the name otherwise: what they know of the old body stays
        known = (duty.agency_place, duty.agency_tier, duty.agency_kind)
    fields = ("agency_place", "agency_tier", "agency_kind")
    return {"agency": name, "agency_known": True} | dict(zip(fields, known, strict=True))


def _dropped(fact: Fact, edit: Edit) -> NoteRecord:
    """The trace of a fact that a person took away."""
    words = getattr(fact, "mention", "") or getattr(fact, "quote", "")
    message = trace(f"删去{WORDS[edit.kind]}“{words[:40]}”", edit.why)
    return about(fact, "corrected", message, getattr(fact, "quote", ""))


def _set(fact: Fact, edit: Edit, setting: Setting) -> Fact:
    """The fact with the fields of the entry."""
    changes = dict(edit.values)
    what = "，".join(f"{WORDS[k]} {_shown(getattr(fact, k))}→{_shown(v)}" for k, v in changes.items()) or "确认无误"
    if isinstance(fact, DutyRecord) and "agency" in changes:
        changes |= _agency(changes["agency"], setting, fact)
    if "deadline" in changes:
        changes["deadline_text"] = None
    return replace(fact, **changes, confidence=1.0, reason=trace(what, edit.why))  # type: ignore[call-arg]


def _set_head(head: PolicyRecord, edit: Edit) -> PolicyRecord:
    """The policy with the fields of the entry; its identifier stays, so that the entry finds it again."""
    changes = dict(edit.values)
    what = "，".join(f"{WORDS[k]} {_shown(getattr(head, k))}→{_shown(v)}" for k, v in changes.items())
    solved = [_PROBLEM[k] for k in changes if k in _PROBLEM]
    problems = tuple(p for p in head.problems if not any(word in p for word in solved))
    reason = "；".join(filter(None, (head.reason, trace(what, edit.why))))
    return replace(head, **changes, problems=problems, reason=reason)


def _shown(value: Any) -> str:
    if value in (None, "", ()):
        return "无"
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return WORDS.get(str(value), str(value))


def _made(policy: PolicyText, facts: Sequence[Fact], edit: Edit) -> Corrected | str:
    """The fact that the entry adds, or why it cannot be added."""
    found = _located(policy, edit)
    if isinstance(found, str):
        return found
    start, end = found
    values = dict(edit.values)
    reason = trace(f"补充{WORDS[edit.kind]}", edit.why)
    quote = policy.text[start:end].replace("\n", "").replace("\t", "")
    made: Corrected
    if edit.kind == "duty":
        mention = squeezed(values.pop("mention", "") or edit.quote)
        at = policy.text.find(mention, start, end)
        if at < 0:
            return f"the mention {mention!r} does not stand in the quote"
        made = _made_duty(policy, facts, (start, at, at + len(mention)), values, quote, reason)
    elif edit.kind == "target":
        made = TargetRecord(**policy.fact(start, end), **values, quote=quote, reason=reason)
    else:
        made = CitationRecord(**policy.fact(start, end), **values, quote=quote, reason=reason)
    return "the rules read it by now: the entry can go" if any(_same(made, fact) for fact in facts) else made


def _made_duty(policy: PolicyText, facts: Sequence[Fact], at: tuple[int, int, int], values: dict[str, Any], quote: str,
               reason: str) -> DutyRecord:  # fmt: skip
    """A duty of ``text[at[1]:at[2]]`` in the assignment that begins at ``at[0]``."""
    start, first, last = at
    clause = policy.clause_at(start)
    name = f"{clause.key}@{policy.raw(start, last)[0] - policy.head.span[0]}"
    order = sum(isinstance(f, DutyRecord) and f.assignment == name for f in facts)
    mention = policy.text[first:last]
    body = _agency(values.pop("agency", "") or canonical(mention, policy.setting).name, policy.setting)
    fields = {"form": "inline", "role": "responsible", "task": quote} | body | values
    return DutyRecord(
        **policy.fact(first, last, clause), **fields, mention=mention, assignment=name, order=order, quote=quote, reason=reason
    )


def _same(made: Corrected, fact: Fact) -> bool:
    keys = {"duty": ("start", "agency", "role"), "target": ("start", "end", "value"), "citation": ("start", "title", "number")}
    kind = next(k for k, cls in _TYPES.items() if type(made) is cls)
    return type(fact) is type(made) and all(getattr(fact, key) == getattr(made, key) for key in keys[kind])


def _located(policy: PolicyText, edit: Edit) -> tuple[int, int] | str:
    """The clean span of the quote, or why it cannot be found. The quote may run over the ends of paragraphs and cells."""
    back = [i for i, c in enumerate(policy.text) if c not in "\n\t"]
    text = "".join(policy.text[i] for i in back)
    spans: list[tuple[int, int]] = []
    at = text.find(edit.quote)
    while at >= 0:
        spans.append((back[at], back[at + len(edit.quote) - 1] + 1))
        at = text.find(edit.quote, at + 1)
    if edit.start is not None:
        spans = [s for s in spans if policy.back[s[0]] == edit.start]
    if len(spans) == 1:
        return spans[0]
    if not spans:
        at_start = f" at {edit.start}" if edit.start is not None else ""
        return f"the quote {edit.quote[:40]!r} does not stand in the policy{at_start}"
    starts = ", ".join(str(policy.back[s]) for s, _ in spans[:5])
    return f"the quote stands {len(spans)} times in the policy: add start, one of {starts}" + (" …" if len(spans) > 5 else "")


__all__ = ["MARK", "Alias", "Corrections", "Edit", "Rename", "Unmatched", "squeezed", "trace"]
