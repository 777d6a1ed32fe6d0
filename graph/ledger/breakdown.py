"""The breakdown of one policy (任务分解表): each task with those who lead, bear and support it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from graph.cells import code_of, int_of, text_of
from graph.ledger.paper import Col, Heading, Line, Paper
from graph.ledger.rows import clause_contents, content_of, due_day, whole_figures
from graph.ledger.words import ROLES, LedgerWords, city_of, clause_words, shorter
from graph.rows import Evidence, PolicyRow
from graph.standing import Life, lives, newest_day
from graph.store import Row, Store

_DUTIES = """
SELECT ?d ?name ?role ?form ?path ?heading ?task ?deadline ?order ?quote ?source ?start ?end ?clause
WHERE {
  $policy$
  ?d zhize:policy ?policy ; odrl:assignee ?agency ; zhize:role ?role ; zhize:form ?form ; zhize:order ?order ;
     zhize:assignment ?as ; zhize:statedIn ?clause ; zhize:evidence ?at .
  ?at oa:hasSource/dcterms:title ?source ; oa:hasSelector ?pos . ?pos oa:start ?start ; oa:end ?end .
  ?clause zhize:path ?path .
  ?agency skos:prefLabel ?name .
  OPTIONAL { ?clause zhize:heading ?heading }
  OPTIONAL { ?d zhize:task ?task }
  OPTIONAL { ?d zhize:deadline ?deadline }
  OPTIONAL { ?as zhize:text ?quote }
}"""
_FIGURES = """
SELECT ?clause ?start ?exact
WHERE {
  $policy$
  ?t a zhize:Figure ; zhize:policy ?policy ; zhize:statedIn ?clause ; zhize:evidence ?at .
  ?at oa:hasSelector ?words . ?words oa:exact ?exact .
  ?at oa:hasSelector ?place . ?place oa:start ?start .
}"""
_OUTLINE = """
SELECT ?path ?heading ?label
WHERE {
  $policy$
  ?clause a eli:LegalResourceSubdivision ; zhize:policy ?policy ; zhize:path ?path .
  OPTIONAL { ?clause zhize:heading ?heading }
  OPTIONAL { ?clause eli:number ?label }
}"""
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,4}")


@dataclass(frozen=True, slots=True)
class Task:
    """A task of a policy: what, who in which role (names in the order of the text), by when, to which figures, in which clause.

    ``part`` is the heading of the part of the policy that holds it, "" where it has none; ``due`` as in a ledger.
    """

    task: str
    content: str
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    support: tuple[str, ...]
    deadline: str
    due: str
    targets: tuple[str, ...]
    clause: str
    part: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A policy with its standing and its tasks in the order of the text; ``day`` is that on which it says whether it has ended."""

    policy: PolicyRow
    standing: Life
    tasks: tuple[Task, ...]
    day: str = ""


@dataclass(frozen=True, slots=True)
class _Bearer:
    """A duty of the policy as the query gives it."""

    iri: str
    name: str
    role: str
    form: str
    path: str
    heading: str
    task: str
    deadline: str
    order: int
    evidence: Evidence
    clause: str


def breakdown(store: Store, policy: PolicyRow, day: str = "") -> Breakdown:
    """The tasks of ``policy``: the units of one clause that share a task and a deadline stand together.

    Whether it has ended is said of ``day`` (ISO), without one of that of the newest document.
    """
    node = ox.NamedNode(policy.iri)
    figures: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for clause, start, exact in store.select(_FIGURES, policy=[node]):
        figures[text_of(clause)].append((int_of(start), text_of(exact)))
    several: dict[tuple[str, str, str], list[_Bearer]] = defaultdict(list)
    for bearer in sorted(map(_bearer, store.select(_DUTIES, policy=[node])), key=lambda b: (b.evidence.start, b.order, b.iri)):
        several[bearer.clause, bearer.task, bearer.deadline].append(bearer)
    contents = clause_contents(store, None, [node]) if several else {}
    parts = _parts(store, node)
    tasks = [_task(group, policy, parts, contents, figures) for group in several.values()]
    return Breakdown(policy, lives(store, [policy.iri]).get(policy.iri, Life()), tuple(tasks), day or newest_day(store))


def _bearer(row: Row) -> _Bearer:
    d, name, role, form, path, heading, task, deadline, order, quote, source, start, end, clause = row
    evidence = Evidence(text_of(source), int_of(start), int_of(end), text_of(quote))
    return _Bearer(text_of(d), text_of(name), code_of(role), code_of(form), text_of(path), text_of(heading), text_of(task),
                   text_of(deadline), int_of(order), evidence, text_of(clause))  # fmt: skip


def _task(
    group: Sequence[_Bearer],
    policy: PolicyRow,
    parts: Mapping[str, str],
    contents: Mapping[tuple[str, str], str],
    figures: Mapping[str, list[tuple[int, str]]],
) -> Task:
    first = group[0]
    names = {role: tuple(dict.fromkeys(b.name for b in group if b.role == role)) for role in ROLES}
    text = contents.get((policy.iri, first.path), "") if first.form == "marker" else ""
    return Task(
        task=first.task,
        content=content_of(first.heading, first.task, first.evidence.quote, text),
        lead=names["lead"],
        responsible=names["responsible"],
        support=names["support"],
        deadline=first.deadline,
        due=due_day(first.deadline),
        targets=tuple(dict.fromkeys(words for _, words in sorted(figures.get(first.clause, [])))),
        clause=first.path,
        part=parts.get(first.path.split("/")[0], "") if "/" in first.path else "",
        evidence=first.evidence,
    )


def _parts(store: Store, policy: ox.NamedNode) -> dict[str, str]:
    """The headings of the parts (the top of the outline) by their labels."""
    found: dict[str, str] = {}
    for path, heading, label in store.select(_OUTLINE, policy=[policy]):
        top, words, mark = text_of(path), text_of(heading), text_of(label)
        if top and "/" not in top:
            between = "、" if _NUMERAL.fullmatch(mark) else "　" if mark.startswith(("第", "附")) else ""
            found.setdefault(top, words if words.startswith(mark) else (mark + between + words).rstrip("　"))
    return found


def paper(made: Breakdown, words: LedgerWords) -> Paper:
    """The breakdown as a table under the headings of the policy's parts; a role that the policy gives to nobody has no column."""
    city = city_of(made.policy.place)
    units = {"lead": [t.lead for t in made.tasks], "responsible": [t.responsible for t in made.tasks],
             "support": [t.support for t in made.tasks]}  # fmt: skip
    widths = {role: width for role, width in zip(ROLES, (20, 28, 22), strict=True) if any(units[role])}
    columns = (
        Col(words("no"), 7, centred=True),
        Col(words("task"), 52),
        *(Col(words(f"{role}_unit"), width) for role, width in widths.items()),
        Col(words("deadline"), 13, centred=True),
        Col(words("targets"), 24),
        Col(words("clause"), 13, centred=True),
    )
    body: list[Line | Heading] = []
    part = ""
    for number, task in enumerate(made.tasks, 1):
        if task.part and task.part != part:
            body.append(Heading(task.part))
        part = task.part
        body.append((
            number,
            task.task + task.content,
            *(words.join([shorter(name, city) for name in units[role][number - 1]]) for role in widths),
            words.day(task.deadline),
            "\n".join(whole_figures(task.targets)),
            clause_words(task.clause),
        ))  # fmt: skip
    title = f"《{made.policy.title}》" + words("breakdown")
    return Paper(words("breakdown"), title, _about(made, words), columns, tuple(body), _notes(made, words), words.lang,
                 made.policy.dated)  # fmt: skip


def _about(made: Breakdown, words: LedgerWords) -> tuple[str, ...]:
    policy = made.policy
    units = {name for task in made.tasks for name in (*task.lead, *task.responsible, *task.support)}
    english = f"{words.number(len(made.tasks), 'task', 'tasks')} of {words.number(len(units), 'body', 'bodies')}"
    count = words.pick(f"共{len(made.tasks)}项任务，涉及{len(units)}个单位", english)
    parts = (policy.number, words.day(policy.dated), words.standing(made.standing, day=made.day), count)
    return ("　".join(part for part in parts if part),)


def _notes(made: Breakdown, words: LedgerWords) -> tuple[str, ...]:
    city = city_of(made.policy.place)
    names = [name for task in made.tasks for name in (*task.lead, *task.responsible, *task.support)]
    if city and any(shorter(name, city) != name and shorter(name, city)[0] == city[-1] for name in names):
        return (words.pick(f"单位名称中的“{city[-1]}”指{city}。", f"“{city[-1]}” before a name means {city}."),)
    return ()
