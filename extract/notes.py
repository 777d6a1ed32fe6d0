"""What a person should look at: what a document does not say, and what the rules could not settle.

======== ==============================================================================================
kind     what it says
======== ==============================================================================================
head     文号, issuing authority or date were not found
agency   a body that no table knows; once a policy
role     the role of units was inferred from their place in the list alone; once a list
deadline words of time without a day: their year is not known, or only some sub-items of the task state them; once a list
table    a table of duties in which no unit was read, or one with units under a heading that names none
unread   a label such as 责任单位： after which no unit was read
text     a sentence in which a named unit and 负责 or 牵头 stand, yet no rule read a duty; units that are said to hold for all
         clauses to come and are not named there again
citation a title whose 》 is missing, or a citation that rests on a weak rule
weak     a figure that rests on a weak rule
======== ==============================================================================================

A correction that a person made and that took a fact away leaves a note of kind ``corrected`` (:mod:`extract.corrections.apply`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from extract.agencies.canonical import NOT_LISTED, canonical
from extract.agencies.units import find_units
from extract.duties.deadlines import NO_YEAR, OF_PARTS
from extract.duties.find import ROLE_BY_PLACE
from extract.duties.inline import named
from extract.fact import NOTE_KINDS
from extract.models import CitationRecord, DutyRecord, Fact, NoteRecord, PolicyText, TargetRecord
from extract.policies.tables import Table, find_tables

_SURE = {"target": 0.75, "citation": 1.0}  # below it a fact is noted; nine figures in ten are right at 0.9
_UNREAD = re.compile(r"(?:责任|牵头|配合|主办|承办)(?:单位|部门)[:：]")
_OPEN_TITLE = re.compile(r"《(?=([^《》]{2,60}))")
_TRIGGER = re.compile(r"负责(?!人|同志|制|领导|任|的)|牵头(?!人|单位|部门|领导|责任)|责任(?:单位|部门)(?=[:：是为])")
_TITLES = re.compile(r"《[^《》]{1,120}》")
# Before these the named body is asked, told or composed, and has no task: 向市政府报告, 办公室设在市财政局, 由…组成
_ADDRESSED = re.compile(r"(?:向|送|报|报经|报请|经|对|设在|设于|在|按照?|根据|不再列出)$")
_COMPOSED = re.compile(r"组成|成员|设在|设于|不再(?:逐一|一一)?列出|组长")
_FULL_NAME = re.compile(r"有限(?:责任)?公司$")
_UNKNOWN, _MEANS, _WHY = "未登记的机构：", " → ", "（理由："
_STOP = "。；;\t"  # ends a sentence, as the end of a paragraph does
_QUOTE = 80  # characters of a note's quote: what fits two lines
# 以下均需各县区政府负责落实，不再列出
_FOR_ALL = re.compile(
    r"(?:以下|下列|下文|其余|其他|各)[^。；，\n]{0,10}均[^。；\n]{2,80}?不再(?:逐一|逐项|一一|重复)?(?:列出|列举|注明|标注)"
)
_NOT_REPEATED = "此处约定所列单位对其后各条均有责任、不再列出；各条未逐一补入"
_SEPARATOR = re.compile(r"[、，,；;]")
_BODY_END = re.compile(r"[局委办厅部会院府行站中心公司]$")  # cheap, before the tables are asked
_NAMED_CELLS = 3  # rows with names of bodies from which a column is one of units


def find_notes(policy: PolicyText, facts: Sequence[Fact]) -> list[NoteRecord]:
    """The review notes of a policy, in the order of the text; ``facts`` are all that was read in it."""
    duties = [f for f in facts if isinstance(f, DutyRecord)]
    starts = sorted(f.start for f in facts if isinstance(f, (DutyRecord, NoteRecord)))  # notes: what a person took away
    found = (
        *_head(policy),
        *_agencies(duties),
        *_roles(duties),
        *_undated(duties),
        *_weak(facts),
        *_unread(policy, starts),
        *_tables(policy, starts),
        *_uncovered(policy, starts, duties),
        *_open_titles(policy),
        *_for_all(policy),
    )
    return sorted(found, key=lambda n: (n.start, NOTE_KINDS.index(n.kind), n.end))


def _note(policy: PolicyText, start: int, end: int, kind: str, message: str) -> NoteRecord:
    quote = policy.text[start : min(end, start + _QUOTE)].replace("\n", "").replace("\t", "｜")
    return NoteRecord(**policy.fact(start, end), kind=kind, message=message, quote=quote)


def about(fact: Fact, kind: str, message: str, quote: str) -> NoteRecord:
    """A note in the place of a fact."""
    return NoteRecord(**{f.name: getattr(fact, f.name) for f in fields(Fact)}, kind=kind, message=message, quote=quote)


def _read(starts: Sequence[int], low: int, high: int) -> bool:
    """Does a duty stand in the raw span?"""
    at = bisect_left(starts, low)
    return at < len(starts) and starts[at] <= high


def _head(policy: PolicyText) -> Iterator[NoteRecord]:
    """What the head of the document lacks."""
    first = policy.paragraphs[0]
    for problem in policy.head.problems:
        yield _note(policy, first.start, first.end, "head", problem)


def _agencies(duties: Iterable[DutyRecord]) -> Iterator[NoteRecord]:
    """Agencies that no table knows, each once. Members of a group and full names of companies need no table."""
    seen: set[str] = set()
    for duty in duties:
        settled = duty.agency_known or duty.agency_kind == "group" or _FULL_NAME.search(duty.mention)
        if not settled and duty.agency not in seen:
            seen.add(duty.agency)
            meant = "" if duty.agency == duty.mention else f"{_MEANS}{duty.agency}"
            why = "" if duty.reason == NOT_LISTED else f"{_WHY}{duty.reason}）"  # the usual one says no more than the note
            yield about(duty, "agency", f"{_UNKNOWN}{duty.mention}{meant}{why}", duty.mention)


def agency_of(message: str) -> str:
    """The canonical name that a note of kind agency speaks of."""
    return message.removeprefix(_UNKNOWN).partition(_WHY)[0].rpartition(_MEANS)[2]


def _roles(duties: Iterable[DutyRecord]) -> Iterator[NoteRecord]:
    """Lists whose words do not tell the role of their units."""
    seen: set[str] = set()
    for duty in duties:
        if ROLE_BY_PLACE in duty.reason and duty.assignment not in seen:
            seen.add(duty.assignment)
            message = f"责任方式有两种读法：“{duty.mention}”前后没有表明牵头、负责或配合的字样"
            yield about(duty, "role", message, duty.quote[:_QUOTE])


def _undated(duties: Iterable[DutyRecord]) -> Iterator[NoteRecord]:
    """Lists whose words of time gave no deadline."""
    seen: set[str] = set()
    for duty in duties:
        why = next((reason for reason in (NO_YEAR, OF_PARTS) if reason in duty.reason), "")
        if why and duty.deadline is None and duty.assignment not in seen:
            seen.add(duty.assignment)
            yield about(duty, "deadline", f"{why}：“{duty.deadline_text}”", duty.quote[:_QUOTE])


def _weak(facts: Iterable[Fact]) -> Iterator[NoteRecord]:
    """Figures and citations that rest on a weak rule."""
    for fact in facts:
        if isinstance(fact, TargetRecord) and fact.confidence < _SURE["target"]:
            yield about(fact, "weak", f"依据较弱：{fact.reason or '规则把握不大'}", fact.quote[:_QUOTE])
        elif isinstance(fact, CitationRecord) and fact.confidence < _SURE["citation"]:
            yield about(fact, "citation", f"引用依据较弱：{fact.reason or '规则把握不大'}", fact.quote[:_QUOTE])


def _unread(policy: PolicyText, starts: Sequence[int]) -> Iterator[NoteRecord]:
    """Labels such as 责任单位： under which no unit was read."""
    for label in _UNREAD.finditer(policy.text):
        stop = policy.text.find("\n", label.end())
        stop = max(len(policy.text) if stop < 0 else stop, label.end())
        if not _read(starts, *policy.raw(label.end() - 1, stop)):
            yield _note(policy, label.start(), stop, "unread", "责任标识后没有识别出单位")


def _tables(policy: PolicyText, starts: Sequence[int]) -> Iterator[NoteRecord]:
    """Tables of duties in which no unit was read."""
    for table in find_tables(policy.text, policy.paragraphs):
        if _read(starts, *policy.raw(table.start, table.end)):
            continue
        if table.units:
            yield _note(policy, table.start, table.end, "table", "责任表没有识别出单位")
        elif (column := _column_of_units(policy, table)) is not None:
            name = table.header[column] if column < len(table.header) else ""
            heading = f"（表头“{name}”）" if name else "（没有表头）"
            yield _note(policy, table.start, table.end, "table", f"表格第{column + 1}列像是单位{heading}，没有按责任列读取")


def _column_of_units(policy: PolicyText, table: Table) -> int | None:
    """The first column in which most cells begin with a body that the tables know."""
    for column in range(max((len(row.cells) for row in table.rows), default=0)):
        cells = [row.cells[column].text for row in table.rows if column < len(row.cells) and row.cells[column].text]
        names = [_SEPARATOR.split(cell, maxsplit=1)[0] for cell in cells]
        bodies = [canonical(name, policy.setting) for name in names if _BODY_END.search(name)]
        known = [b for b in bodies if b.known and b.kind not in ("unnamed", "group")]
        if len(known) >= _NAMED_CELLS and len(known) * 3 >= len(cells) * 2:
            return column
    return None


def _uncovered(policy: PolicyText, starts: Sequence[int], duties: Sequence[DutyRecord]) -> Iterator[NoteRecord]:
    """Sentences with 负责 or 牵头 behind a named unit, in which no rule read a duty, and the clause has none of the unit either."""
    text = policy.text
    read = {(duty.clause_key, duty.agency) for duty in duties}
    done = -1
    for trigger in _TRIGGER.finditer(text):
        if trigger.start() < done:
            continue
        low, high = text.rfind("\n", 0, trigger.start()), text.find("\n", trigger.end())
        high = len(text) if high < 0 else high
        start = max(low, *(text.rfind(c, low + 1, trigger.start()) for c in _STOP)) + 1
        done = min([i for c in _STOP if (i := text.find(c, trigger.end(), high)) >= 0] or [high])
        if _COMPOSED.search(text, start, done) or _read(starts, *policy.raw(start, done)):
            continue
        hidden = [m.span() for m in _TITLES.finditer(text, start, done)]
        units = [u for u in find_units(text, start, trigger.start(), policy.setting) if named(u) and u.agency.kind != "unnamed"]
        free = [u for u in units if not any(a <= u.start < b for a, b in hidden) and not _ADDRESSED.search(text, start, u.start)]
        if any((policy.clause_at(u.start).key, u.agency.name) not in read for u in free):
            names = "、".join(u.written for u in free[:3])
            yield _note(policy, start, done, "text", f"没有规则读到职责，但句中有“{trigger[0]}”和{names}")


def _for_all(policy: PolicyText) -> Iterator[NoteRecord]:
    """Units that are said to hold for all clauses to come."""
    if "不再" in policy.text:
        for said in _FOR_ALL.finditer(policy.text):
            yield _note(policy, said.start(), said.end(), "text", _NOT_REPEATED)


def _open_titles(policy: PolicyText) -> Iterator[NoteRecord]:
    """Titles that are opened and not closed in their paragraph, so that nobody knows where they end."""
    for opened in _OPEN_TITLE.finditer(policy.text):
        after = opened.end(1)
        if policy.text[after : after + 1] in ("", "\n", "《") or ("\n" in opened[1]):
            stop = opened.start() + 1 + len(opened[1].split("\n")[0])
            yield _note(policy, opened.start(), stop, "citation", "书名号没有闭合，所引文件的名称无法确定")
