"""Targets (figures to be reached) and supports (money and rates given), in the prose and the tables of a policy.

A figure counts as a target when words of reaching, comparing or building hold it (达到65%, 不少于3次, 新建12座), or when it
stands after its indicator in a sentence with a deadline or a goal. History, conditions (总投资5000万元以上的), scores and
definitions do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.dates import find_deadline
from extract.models import Paragraph, PolicyText, TargetRecord
from extract.policies.tables import find_tables
from extract.targets.context import Context, Finding
from extract.targets.rules import find_figure_targets
from extract.targets.scene import Scene
from extract.targets.statements import Hidden, Statement, find_statements, hidden_spans
from extract.targets.supports import find_supports
from extract.targets.tables import find_table_targets

_REPORT = re.compile(r"(?:完成|进展|落实|推进|实施)情况|成效|成绩")  # a column that tells what has been done
_GIVES = re.compile(r"(?:补贴|补助|奖励|津贴|奖补|资助)$")
_LONGEST_NAME = 16  # characters of a heading that is the name of a support
_DIGIT = re.compile(r"\d")
# Each word is written out, so that the search may skip to their first characters.
_HINT = re.compile(
    r"分之|全覆盖|全面覆盖|全额|万亿|百亿级|千亿级|零增长|Ⅱ|Ⅲ|至少|最多|最少|不少于|不低于|不高于|不超于|不多于|全部建成|全部完成"
    r"|每个县|每个市|每个区|每个乡|每个镇|每个街道|每个村|每个社区|每个园区|每个学校|每县|每市|每区|每乡|每镇|每村|每社区"
)


def find_targets(policy: PolicyText) -> list[TargetRecord]:
    """The targets and supports of a policy, in the order of the text."""
    context = Context(policy)
    reported = _reported_cells(policy)
    spans = hidden_spans(policy.text)
    if reported:
        spans = sorted([*reported, *(h for h in spans if not any(a <= h[0] < b for a, b in reported))])
    hidden = Hidden(spans)
    findings, covered = find_table_targets(context)
    deadlines = _row_deadlines(policy)
    for paragraph in policy.paragraphs:
        if paragraph.start in covered or not _has_figure(policy.text, paragraph.start, paragraph.end):
            continue
        carried = _headed(context, paragraph)
        for statement in find_statements(policy.text, paragraph.start, paragraph.end, hidden):
            found = list(_in_statement(context, statement, carried))
            carried = next((f.indicator for f in reversed(found) if f.kind == "support"), carried)
            findings.extend(found)
    findings = [_by_column(deadlines, f) for f in findings]
    findings.sort(key=lambda f: (f.start, f.end))
    return _once(policy, [_record(policy, f) for f in findings], [f.start for f in findings])


def _headed(context: Context, paragraph: Paragraph) -> str:
    """The support that the heading of a clause names (场地租金补贴。…每年不超过3000元), "" where its paragraph names none."""
    clause = context.policy.clause_at(paragraph.start) if context.policy.clauses else None
    if clause is None or clause.start != paragraph.start:
        return ""
    head = clause.heading.split("。")[0]
    return head if len(head) <= _LONGEST_NAME and _GIVES.search(head) else ""


def _reported_cells(policy: PolicyText) -> list[tuple[int, int]]:
    """The cells of columns that report what has been done, beside those that say what is to be done."""
    spans = []
    for table in find_tables(policy.text, policy.paragraphs):
        columns = [i for i, name in enumerate(table.header) if _REPORT.search(name)] if table.units else []
        for row in table.rows if columns else ():
            spans += [(row.cells[i].start, row.cells[i].end) for i in columns if i < len(row.cells)]
    return spans


def _row_deadlines(policy: PolicyText) -> list[tuple[int, int, str]]:
    """The rows of tables with a column of time limits: span and deadline."""
    out = []
    for table in find_tables(policy.text, policy.paragraphs):
        column = table.column("deadline") if table.units else None
        for row in table.rows if column is not None else ():
            cell = row.cells[column] if column is not None and column < len(row.cells) else None
            stated = find_deadline(policy.text, cell.start, cell.end) if cell else None
            stated = stated or (find_deadline(f"{cell.text}前") if cell and cell.text else None)  # 2025年12月
            if stated and stated.value:
                out.append((row.start, row.end, stated.value))
    return out


def _by_column(deadlines: list[tuple[int, int, str]], finding: Finding) -> Finding:
    """A figure in a row takes the row's time limit where it states none itself."""
    if finding.by is not None or finding.kind == "support":
        return finding
    by = next((by for start, end, by in deadlines if start <= finding.start < end), None)
    return replace(finding, by=by) if by else finding


def _has_figure(text: str, start: int, end: int) -> bool:
    return (_DIGIT.search(text, start, end) or _HINT.search(text, start, end)) is not None


def _once(policy: PolicyText, records: list[TargetRecord], starts: list[int]) -> list[TargetRecord]:
    """Without what a clause says twice in prose: the same figure of the same indicator with the same deadline."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for r, start in zip(records, starts, strict=True):
        in_table = "\t" in policy.text[start : start + len(r.quote)]
        key = (r.clause_key, r.kind, r.indicator, r.op, r.value, r.unit, r.by)
        if r.kind == "support" or in_table or key not in seen:
            kept.append(r)
        seen.add(key)
    return kept


def _in_statement(context: Context, statement: Statement, carried: str) -> Iterator[Finding]:
    background, goal, _ = context.headings(statement.start)
    if background:
        return
    past = not goal and context.is_past(statement)
    used: set[int] = set()
    for group, found in (
        () if past and not carried and context.looks_back(statement) else find_supports(context, statement, carried)
    ):
        used.add(group.first.start)
        yield from found
    if past or context.is_rule_of_counting(statement):
        return
    chain, floor, latest = False, statement.start, ""
    for group in statement.groups:
        if group.first.start in used:
            floor = group.last.right
            continue
        targets = find_figure_targets(Scene(context, statement, group, floor, goal, chain, bool(used), latest=latest))
        if targets:
            chain, floor, latest = True, max(f.end for f in targets), targets[-1].indicator
        yield from targets


def _record(policy: PolicyText, f: Finding) -> TargetRecord:
    return TargetRecord(
        **policy.fact(f.start, f.end),
        kind="support" if f.kind == "support" else "target",
        indicator=f.indicator,
        op=f.op,
        value=f.value,
        unit=f.unit,
        change=f.change,
        baseline=f.baseline,
        by=f.by,
        quote=policy.text[f.start : f.end].replace("\n", "").replace("\t", " ").strip(),
        confidence=f.confidence,
        reason=f.reason,
    )
