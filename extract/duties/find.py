"""Who must do what: every place where a policy assigns responsibility to a unit.

Three forms: markers (bracketed or stand-alone lists), tables with columns of units, and sentences of the body (``inline``). Each
unit of each list becomes one record, in the order of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.agencies.aliases import resolved, short_names
from extract.agencies.units import split_units
from extract.dates import find_deadline, find_deadlines
from extract.duties.inline import Inline, Part, find_sentences
from extract.duties.lists import find_lists
from extract.duties.markers import Homes, Marker, find_markers
from extract.duties.roles import segments
from extract.frozen import dataclass
from extract.models import Agency, Clause, DutyRecord, Form, PolicyText, Role
from extract.policies.tables import Table, find_tables

_TIME_LABEL = re.compile(r"(?:时限|期限|时间)(?:要求)?[:：]")
_FIRST_IS_LEAD = re.compile(
    r"第一位?的?(?:部门|单位)?[^。；]{0,12}(?:牵头|汇总)|首位的?(?:部门|单位)?[^。；]{0,12}(?:牵头|汇总)"
    r"|第一[个家]?(?:责任)?(?:单位|部门)[^。；]{0,8}为?牵头"
)
_DONE = re.compile(
    r"[^，。；]{0,6}?(?:开展|组织|召开|完成|培育|新增|新建|新|推动|推进|建设|建成|举办|改造|实施|选派|评选|发布|编制|报送|调度|通报|更新|培训|引进|淘汰|支持|安排|检查|监测|评估|考核)"
)
_TASK_LIMIT = 120
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
    deadline: tuple[str | None, str | None]


def find_duties(policy: PolicyText) -> list[DutyRecord]:
    """All duties of a policy, in the order of the text."""
    markers = list(find_markers(policy))
    homes = Homes(policy, markers)
    tables = [table for table in find_tables(policy.text, policy.paragraphs) if table.units]
    assignments = [*_from_markers(policy, markers, homes), *_from_tables(policy, tables)]
    taken = [(a.start, a.end) for a in assignments]
    names = short_names(policy)
    assignments.extend(_from_sentences(policy, taken, names))
    first_leads = bool(_FIRST_IS_LEAD.search(policy.text))
    ordered = sorted(assignments, key=lambda a: (a.start, a.end))
    records = [record for a in ordered for record in _records(policy, a, first_leads, names)]
    once = len({(record.start, record.end) for record in records}) == len(records)
    return records if once else list(dict.fromkeys(records))


def _from_markers(policy: PolicyText, markers: Iterable[Marker], homes: Homes) -> Iterator[Assignment]:
    for marker in markers:
        clause = homes.of(marker)
        parts: list[Part] = []
        for segment in segments(policy.text, *marker.inner):
            units = tuple(split_units(policy.text, segment.start, segment.end, policy.setting))
            if units:
                parts.append((units, segment.role, segment.certain))
        if parts:
            task = _task(policy.text, clause, marker.start)
            yield Assignment(
                "marker", marker.start, marker.end, clause, tuple(parts), task, _deadline(policy.text, clause.start, clause.end)
            )


def _task(text: str, clause: Clause, stop: int) -> str:
    """What is to be done: the heading of the clause, or its first sentence."""
    if clause.heading:
        return clause.heading
    start = clause.start + len(clause.label)
    end = text.find("。", start, stop)
    end = min(stop if end < 0 else end, start + _TASK_LIMIT)
    return text[start:end].split("\n", maxsplit=1)[0].strip("、.．：: ")


def _deadline(text: str, start: int, end: int) -> tuple[str | None, str | None]:
    """The deadline of a clause and its words: labelled (完成时限：…), else the first that the clause states firmly."""
    label = _TIME_LABEL.search(text, start, end)
    if label:
        stop = min([i for c in "\n；;）)。" if (i := text.find(c, label.end(), end)) >= 0] or [end])
        stated = find_deadline(text, label.end(), stop)
        return (stated.value if stated else None), text[label.end() : stop]
    return stated_in(text, start, end)


def stated_in(text: str, start: int, end: int) -> tuple[str | None, str | None]:
    """The first deadline that a stretch states firmly; a rhythm (每年) only where something is to be done in it."""
    for found in find_deadlines(text, start, end):
        if found.firm and (found.rhythm is None or found.iso or _DONE.match(text, found.end)):
            return found.value, found.text
    return None, None


def _from_tables(policy: PolicyText, tables: Iterable[Table]) -> Iterator[Assignment]:
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
            stated = find_deadline(policy.text, time.start, time.end) if time and time.text else None
            deadline = (stated.value if stated else None, time.text or None) if time else (None, None)
            clause = rows.get(row.start) or policy.clause_at(row.start)
            first, last = parts[0][0][0].start, max(u.end for units, _, _ in parts for u in units)
            yield Assignment("table", first, last, clause, tuple(parts), (task or row.label)[:_TASK_LIMIT], deadline)


def _cell(policy: PolicyText, start: int, end: int, role: Role) -> Iterator[Part]:
    """The units of a cell; words such as 牵头 in it say more than its column."""
    for segment in segments(policy.text, start, end, role):
        units = tuple(split_units(policy.text, segment.start, segment.end, policy.setting))
        if units:
            yield units, segment.role, True


def _from_sentences(policy: PolicyText, taken: list[tuple[int, int]], names: dict[str, Agency]) -> Iterator[Assignment]:
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
    for found in [*listed, *said]:
        stated = stated_in(policy.text, found.start, found.stop)
        task = policy.text[found.start : found.stop].replace("\n", "")[:_TASK_LIMIT]
        clause = policy.clause_at(found.start)
        yield Assignment("inline", found.start, found.end, clause, found.parts, task, stated)


def _all_named(policy: PolicyText, found: Inline, headed: dict[tuple[str, str], int]) -> bool:
    """Has a list of duties named all the units of a sentence before it, in the same clause?"""
    key = policy.clause_at(found.start).key if headed else ""
    return bool(headed) and all(headed.get((key, u.agency.name), u.start) < u.start for units, _, _ in found.parts for u in units)


def _records(
    policy: PolicyText, assignment: Assignment, first_leads: bool, names: dict[str, Agency]
) -> Iterator[DutyRecord]:
    """One record for each unit of an assignment."""
    name = f"{assignment.clause.key}@{policy.raw(assignment.start, assignment.end)[0] - policy.head.span[0]}"
    order = 0
    quote = policy.text[assignment.start : assignment.end].replace("\n", "")
    has_lead = any(role == "lead" for _, role, _ in assignment.parts)
    for units, role, certain in assignment.parts:
        for unit in units:
            given: Role = (
                "lead" if first_leads and not has_lead and order == 0 and len(units) > 1 and assignment.form != "inline" else role
            )
            reason = "" if certain else ROLE_BY_PLACE
            agency = resolved(unit, names) if names else unit.agency
            if not agency.known:
                reason = "；".join(filter(None, (reason, agency.reason or "机构不在名录中")))
            yield DutyRecord(
                **policy.fact(unit.start, unit.end, assignment.clause),
                form=assignment.form,
                role=given,
                mention=unit.written,
                agency=agency.name,
                agency_kind=agency.kind,
                agency_place=agency.place,
                agency_tier=agency.tier,
                agency_known=agency.known,
                assignment=name,
                order=order,
                quote=quote,
                task=assignment.task,
                deadline=assignment.deadline[0],
                deadline_text=assignment.deadline[1],
                confidence=round((1.0 if certain else 0.7) * (1.0 if agency.known else 0.8), 2),
                reason=reason,
            )
            order += 1
