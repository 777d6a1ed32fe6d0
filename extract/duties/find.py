"""Who must do what: every place where a policy assigns responsibility to a unit.

Three forms: markers (bracketed or stand-alone lists), tables with columns of units, and sentences of the body (``inline``). Each
unit of each list becomes one record, in the order of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.agencies.aliases import resolved, short_names
from extract.agencies.units import split_units
from extract.duties.deadlines import Deadlines, Stated, of_parts
from extract.duties.inline import Inline, Part, find_sentences
from extract.duties.lists import find_lists
from extract.duties.markers import Homes, Marker, Words, find_markers
from extract.duties.roles import segments
from extract.frozen import dataclass
from extract.models import Agency, Clause, DutyRecord, Form, PolicyText, Role
from extract.policies.tables import Table, find_tables

_FIRST_IS_LEAD = (  # each begins with one word, so that the search skips to it
    re.compile(r"第一(?:位?的?(?:部门|单位)?[^。；]{0,12}(?:牵头|汇总)|[个家]?(?:责任)?(?:单位|部门)[^。；]{0,8}为?牵头)"),
    re.compile(r"首位的?(?:部门|单位)?[^。；]{0,12}(?:牵头|汇总)"),
)
_TASK_LIMIT = 120  # characters of a task; a longer one is cut where a clause of it ends
_LABEL_NEAR = 12  # characters behind a marker in which 完成时限： speaks of the same task
_CUTS = ("。；;", "，,", "、")
ROLE_BY_PLACE = "角色只由位置推断"
"""The reason of a duty whose role no word tells."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A list of units in one place: ``parts`` are (units, role, certain); ``task`` and ``deadline`` hold for all of them."""

    form: Form
    start: int
    end: int
    clause: Clause
    parts: tuple[Part, ...]
    task: str
    deadline: Stated


def find_duties(policy: PolicyText) -> list[DutyRecord]:
    """All duties of a policy, in the order of the text."""
    markers = list(find_markers(policy))
    homes = Homes(policy, markers)
    tables = [table for table in find_tables(policy.text, policy.paragraphs) if table.units]
    deadlines = Deadlines(policy)
    assignments = [*_from_markers(policy, markers, homes, deadlines), *_from_tables(policy, tables, deadlines)]
    taken = [(a.start, a.end) for a in assignments]
    names = short_names(policy)
    assignments.extend(_from_sentences(policy, taken, names, deadlines))
    first_leads = bool(assignments) and any(words.search(policy.text) for words in _FIRST_IS_LEAD)
    ordered = sorted(assignments, key=lambda a: (a.start, a.end))
    records = [record for a in ordered for record in _records(policy, a, first_leads, names)]
    once = len({(record.start, record.end) for record in records}) == len(records)
    return records if once else list(dict.fromkeys(records))


def _from_markers(policy: PolicyText, markers: Iterable[Marker], homes: Homes, deadlines: Deadlines) -> Iterator[Assignment]:
    for marker in markers:
        clause = homes.of(marker)
        parts: list[Part] = []
        for segment in segments(policy.text, *marker.inner):
            units = tuple(split_units(policy.text, segment.start, segment.end, policy.setting))
            if units:
                parts.append((units, segment.role, segment.certain))
        if parts:
            task = _task(policy.text, clause, marker.start)
            stated = _of_marker(deadlines, homes.words(marker, clause))
            yield Assignment("marker", marker.start, marker.end, clause, tuple(parts), task, stated)


def _task(text: str, clause: Clause, stop: int) -> str:
    """What is to be done: the heading of the clause, or its first sentence."""
    if clause.heading:
        return clause.heading
    start = clause.start + len(clause.label)
    end = text.find("。", start, stop)
    return _cut(text[start : stop if end < 0 else end].split("\n", maxsplit=1)[0].strip("、.．：: "))


def _cut(task: str) -> str:
    """A task of at most 120 characters: a longer one ends where a sentence or clause of it ends, with “…”."""
    if len(task) <= _TASK_LIMIT:
        return task
    ends = (max(task.rfind(c, _TASK_LIMIT // 2, _TASK_LIMIT - 1) for c in marks) for marks in _CUTS)
    end = next((i for i in ends if i >= 0), _TASK_LIMIT - 2)
    return task[: end + 1] + "…"


def _of_marker(deadlines: Deadlines, words: Words) -> Stated:
    """The deadline of what a marker stands for: labelled (完成时限：…), else the last that its own words state.

    Where only the sub-items of a section state one, it is that of the section if all of them share it.
    """
    for start, end in words.own:
        if label := deadlines.labelled(start, end):
            return label
    if label := deadlines.labelled(words.end, words.after, opens=words.end + _LABEL_NEAR):
        return label
    stated = deadlines.stated(*words.own)
    if stated.words or not words.parts:
        return stated
    return of_parts(deadlines.labelled(*part) or deadlines.stated(part) for part in words.parts)


def _from_tables(policy: PolicyText, tables: Iterable[Table], deadlines: Deadlines) -> Iterator[Assignment]:
    rows = {c.start: c for c in policy.clauses if c.kind == "row"}
    for table in tables:
        task_column, time_column = table.column("task"), table.column("deadline")
        for row in table.rows:
            parts: list[Part] = []
            for column, role in table.units.items():
                stop = len(row.cells) if column == len(table.header) - 1 else column + 1  # units that blanks part
                for cell in row.cells[column:stop]:
                    if len(cell.text) > 1:
                        parts.extend(_cell(policy, cell.start, cell.end, role))
            if not parts:
                continue
            task = row.cells[task_column].text if task_column is not None and task_column < len(row.cells) else ""
            time = row.cells[time_column] if time_column is not None and time_column < len(row.cells) else None
            if time and time.text:
                stated = deadlines.cell(time.start, time.end)
            else:
                stated = deadlines.stated(*((c.start, c.end) for i, c in enumerate(row.cells) if c.text and i not in table.units))
            clause = rows.get(row.start) or policy.clause_at(row.start)
            first, last = parts[0][0][0].start, max(u.end for units, _, _ in parts for u in units)
            yield Assignment("table", first, last, clause, tuple(parts), _cut(task or row.label), stated)


def _cell(policy: PolicyText, start: int, end: int, role: Role) -> Iterator[Part]:
    """The units of a cell; words such as 牵头 in it say more than its column."""
    for segment in segments(policy.text, start, end, role):
        units = tuple(split_units(policy.text, segment.start, segment.end, policy.setting))
        if units:
            yield units, segment.role, True


def _from_sentences(
    policy: PolicyText, taken: list[tuple[int, int]], names: dict[str, Agency], deadlines: Deadlines
) -> Iterator[Assignment]:
    """Lists of duties under the names of units, and sentences; a unit named by a list is not read again."""
    listed = list(find_lists(policy))
    seen = {unit.start for found in listed for units, _, _ in found.parts for unit in units}
    sentences = find_sentences(policy, sorted(taken), names)
    said = [s for s in sentences if not any(u.start in seen for units, _, _ in s.parts for u in units)]
    headed = {
        (policy.clause_at(found.start).key, u.agency.name): u.start
        for found in listed
        for units, _, _ in found.parts
        for u in units
    }
    said = [s for s in said if not (len(s.parts) == 1 and _all_named(policy, s, headed))]  # 市林业局 as heading, then as subject
    for found in listed:
        stated = deadlines.labelled(found.start, found.stop) or deadlines.stated((found.start, found.stop))
        yield _sentence(policy, found, stated)
    for found, following in zip(said, [*said[1:], None], strict=False):
        own = following.start if following and found.end <= following.start < found.stop else found.stop
        stated = deadlines.stated((found.start, own))
        if not stated.words:  # 年底前，由市财政局牵头…: before the unit, or behind one beside it
            start = max(policy.text.rfind(c, 0, found.start) for c in "。；;\n") + 1
            stated = deadlines.stated((start, found.stop))
        yield _sentence(policy, found, stated)


def _sentence(policy: PolicyText, found: Inline, stated: Stated) -> Assignment:
    task = _cut(policy.text[found.start : found.stop].replace("\n", ""))
    return Assignment("inline", found.start, found.end, policy.clause_at(found.start), found.parts, task, stated)


def _all_named(policy: PolicyText, found: Inline, headed: dict[tuple[str, str], int]) -> bool:
    """Has a list of duties named all the units of a sentence before it, in the same clause?"""
    key = policy.clause_at(found.start).key if headed else ""
    return bool(headed) and all(headed.get((key, u.agency.name), u.start) < u.start for units, _, _ in found.parts for u in units)


def _records(policy: PolicyText, assignment: Assignment, first_leads: bool, names: dict[str, Agency]) -> Iterator[DutyRecord]:
    """One record for each unit of an assignment."""
    head, clause = policy.head, assignment.clause
    name = f"{clause.key}@{policy.raw(assignment.start, assignment.end)[0] - head.span[0]}"
    order, stated = 0, assignment.deadline
    quote = policy.text[assignment.start : assignment.end].replace("\n", "")
    first_leads = first_leads and assignment.form != "inline" and all(role != "lead" for _, role, _ in assignment.parts)
    for units, role, certain in assignment.parts:
        why = "；".join(filter(None, ("" if certain else ROLE_BY_PLACE, stated.reason)))
        sure = (1.0 if certain else 0.7) * (0.9 if stated.reason else 1.0)
        for unit in units:
            given: Role = "lead" if first_leads and order == 0 and len(units) > 1 else role
            agency = resolved(unit, names) if names else unit.agency
            reason = why if agency.known else "；".join(filter(None, (why, agency.reason or "机构不在名录中")))
            start, end = policy.raw(unit.start, unit.end)
            confidence = round(sure * (1.0 if agency.known else 0.8), 2)
            yield DutyRecord(  # in the order of its fields: there are many duties, and naming the fields takes longer than the rest
                head.policy, head.source, clause.path, clause.key, start, end, assignment.form, given, unit.written,
                agency.name, agency.kind, agency.place, agency.tier, agency.known, name, order, quote, assignment.task,
                stated.value, stated.words, confidence, reason, page=policy.source.page(start),
            )  # fmt: skip
            order += 1
