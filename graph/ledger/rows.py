"""The rows of a ledger: an agency's duties with the standing of their policies, chosen and put in order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pyoxigraph as ox

from graph import answers
from graph.cells import int_of, text_of
from graph.ledger.groups import Groups
from graph.literals import due
from graph.rows import AgencyRow, DutyRow
from graph.standing import Life, lives, newest_day
from graph.store import Row, Store

Sort = Literal["policy", "deadline"]
_LATEST = "9999"  # sorts after every day

_WORDS = """
SELECT ?clause ?policy ?path ?label ?text (COUNT(DISTINCT ?as) AS ?lists)
WHERE {
  { SELECT DISTINCT ?clause
    WHERE { $agency$ $policy$ ?mine odrl:assignee ?agency ; zhize:policy ?policy ; zhize:statedIn ?clause } }
  ?clause zhize:policy ?policy ; zhize:path ?path ; zhize:text ?text .
  ?d zhize:statedIn ?clause ; zhize:assignment ?as .
  OPTIONAL { ?clause eli:number ?label }
}
GROUP BY ?clause ?policy ?path ?label ?text"""
_REACHING = "SELECT ?agency ?duty ?group WHERE { $agency$ ?duty zhize:reaches ?agency ; odrl:assignee ?group }"
_LONGEST = 300  # characters of a clause beside its heading: about what a row of a printed table bears
_STOPS = re.compile(r"[。；;！]")
_BROKEN = re.compile(r"(?<![。；;：:！!？?）)\n])\n")
"""A line end after no stop: the layout's, not the author's."""
_RUNS_ON = re.compile(r"\n[^。；;，,：:\n]{1,6}。")
"""The end of a heading on the next line; a line of its own is longer."""
_LISTED = re.compile(r"(?:[（(]|\n)?(?:牵头|主办|责任|配合|参与|协办|承办|负责|完成时[限间])(?:单位|部门|领导)?[:：]")
"""The words with which a list of units begins."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which duties a ledger holds.

    ``role`` is lead, responsible or support; ``policy`` text in the title or number; ``due_before`` and ``due_after`` are the last
    and the first day (ISO) on which a duty may fall due; ``as_of`` is the day on which its policy has to be in force; "" does not
    choose.
    """

    role: str = ""
    policy: str = ""
    due_before: str = ""
    as_of: str = ""
    groups: bool = False
    due_after: str = ""

    def hold(self, row: LedgerRow) -> bool:
        """Whether ``row`` stays."""
        duty = row.duty
        return (
            (not self.role or duty.role == self.role)
            and (not self.policy or self.policy in duty.policy_title or self.policy in duty.policy_number)
            and (not self.due_before or "" < row.due <= self.due_before)
            and (not self.due_after or row.due >= self.due_after)
            and (not self.as_of or row.standing.on(self.as_of).state == "in_force")
        )


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A duty in a ledger.

    ``due`` is the last day of its deadline (ISO; "" where the deadline is none or a rhythm); ``group`` the name of the group that
    bears it, "" where the agency itself does; ``content`` the words that follow the heading (the task) in its clause, where that
    holds no other list of units.
    """

    duty: DutyRow
    standing: Life
    due: str
    group: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of one agency: ``rows`` in order, and what they were chosen by. ``left_out`` counts what ``as_of`` took away.

    ``day`` (ISO) is that on which it says what has ended: ``as_of``, or that of the newest document of the graph.
    """

    agency: AgencyRow
    rows: tuple[LedgerRow, ...]
    filters: Filters
    sort: Sort = "policy"
    left_out: int = 0
    day: str = ""

    @property
    def policies(self) -> list[str]:
        """The IRIs of the policies, in the order in which they first come."""
        return list(dict.fromkeys(row.duty.policy for row in self.rows))


@dataclass
class _Source:
    """What all ledgers of a store are made from."""

    lives: Mapping[str, Life]
    contents: Mapping[tuple[str, str], str]
    filters: Filters
    sort: Sort
    day: str

    def ledger(self, agency: AgencyRow, duties: Iterable[tuple[DutyRow, str]]) -> Ledger:
        everything = replace(self.filters, as_of="")
        fitting = [row for row in map(self.row, duties) if everything.hold(row)]
        rows = [row for row in fitting if self.filters.hold(row)]
        return Ledger(agency, tuple(_sorted(rows, self.sort)), self.filters, self.sort, len(fitting) - len(rows), self.day)

    def row(self, pair: tuple[DutyRow, str]) -> LedgerRow:
        duty, group = pair
        text = self.contents.get((duty.policy, duty.clause), "") if duty.form == "marker" else ""
        content = content_of(duty.clause_heading, duty.task, duty.evidence.quote, text)
        return LedgerRow(duty, self.lives.get(duty.policy, Life()).of(duty.clause), due_day(duty.deadline), group, content)


def due_day(deadline: str) -> str:
    """The last day (ISO) of a deadline: of a year the 31st of December; "" of a rhythm (每年) and of none."""
    day = due(deadline)
    return "" if day is None else day.value


def ledger(
    store: Store, agency: AgencyRow, filters: Filters | None = None, sort: Sort = "policy", *, contents: bool = True
) -> Ledger:
    """The ledger of ``agency``; without ``contents`` its rows lack them, which saves a query."""
    filters = filters or Filters()
    duties = [(duty, "") for duty in answers.duties(store, agency.iri)]
    bearers = [agency.iri]
    if filters.groups:
        for group, reached in _groups(store, agency):
            duties += [(duty, group.name) for duty in answers.duties(store, group.iri) if reached is None or duty.iri in reached]
            bearers.append(group.iri)
    texts = clause_contents(store, [ox.NamedNode(iri) for iri in bearers]) if contents else {}
    found = lives(store, {duty.policy for duty, _ in duties})
    return _Source(found, texts, filters, sort, filters.as_of or newest_day(store)).ledger(agency, duties)


def _groups(store: Store, agency: AgencyRow) -> list[tuple[AgencyRow, set[str] | None]]:
    """The groups whose duties reach ``agency``, with these duties; all (None) for a body that no document names."""
    reached: dict[str, set[str]] = defaultdict(set)
    for _, duty, group in store.select(_REACHING, agency=[ox.NamedNode(agency.iri)]):
        reached[text_of(group)].add(text_of(duty))
    if not reached and not agency.duties:
        return [(group, None) for group in Groups(store).of(agency)]
    rows = answers.agencies_of(store, reached) if reached else []
    return [(group, reached[group.iri]) for group in sorted(rows, key=lambda g: g.name)]


def ledgers(store: Store, agencies: Sequence[AgencyRow], filters: Filters | None = None, sort: Sort = "policy") -> Iterator[Ledger]:
    """The ledgers of ``agencies``, in their order; those without rows are left out."""
    filters = filters or Filters()
    source = _Source(lives(store), clause_contents(store, None), filters, sort, filters.as_of or newest_day(store))
    by_agency: dict[str, list[DutyRow]] = defaultdict(list)
    for duty in answers.all_duties(store):
        by_agency[duty.agency_iri].append(duty)
    by_iri = {duty.iri: duty for several in by_agency.values() for duty in several} if filters.groups else {}
    reaching: dict[str, list[DutyRow]] = defaultdict(list)
    for member, duty_iri, _ in store.select(_REACHING) if filters.groups else ():
        reaching[text_of(member)].append(by_iri[text_of(duty_iri)])
    for agency in agencies:
        duties = [(duty, "") for duty in by_agency[agency.iri]]
        duties += [(duty, duty.agency) for duty in sorted(reaching[agency.iri], key=lambda d: (d.agency, d.iri))]
        made = source.ledger(agency, duties)
        if made.rows:
            yield made


def _sorted(rows: list[LedgerRow], sort: Sort) -> list[LedgerRow]:
    """By policy: the newest first, in the order of the text. By deadline: the earliest first, those without a day last."""
    rows = sorted(
        rows,
        key=lambda r: (r.duty.policy_number, r.duty.policy_title, r.duty.policy, r.duty.evidence.start, r.duty.order, r.duty.iri),
    )
    rows.sort(key=lambda r: r.duty.policy_dated, reverse=True)
    if sort == "deadline":
        rows.sort(key=lambda r: (r.due or _LATEST, not r.duty.deadline))
    return rows


def clause_contents(
    store: Store, agency: list[ox.NamedNode] | None, policy: list[ox.NamedNode] | None = None
) -> dict[tuple[str, str], str]:
    """The words of clauses that hold one list of units only, without the label; keys are policy and path.

    Those in which one of ``agency`` bears a duty, or all those of ``policy``, or (None) all.
    """
    found: dict[tuple[str, str], str] = {}
    doubled: set[tuple[str, str]] = set()
    for _, stated, path, label, text, lists in _words(store, agency, policy):
        key = text_of(stated), text_of(path)
        if key in found:
            doubled.add(key)
        if int_of(lists) == 1:
            found[key] = text_of(text).removeprefix(text_of(label))
    return {key: text for key, text in found.items() if key not in doubled}


def _words(store: Store, agency: list[ox.NamedNode] | None, policy: list[ox.NamedNode] | None) -> Iterator[Row]:
    """Clauses with their words, policy by policy: of several the engine makes a table, and reads the whole graph against it."""
    if policy is None:
        yield from store.select(_WORDS, **({} if agency is None else {"agency": agency}))
        return
    whose = f"FILTER(?agency IN ({', '.join(map(str, agency))}))" if agency is not None else ""
    query = _WORDS.replace("$agency$", "").replace("?clause } }", f"?clause {whose} }} }}", 1)
    for one in policy:
        yield from store.select(query, policy=[one])


def content_of(heading: str, task: str, quote: str, text: str) -> str:
    """What a clause (``text``) says after its heading and before its list of units (``quote``), where the heading is the task.

    "" where the task is a sentence of its own.
    """
    if not heading or task != heading or not text.startswith(heading):
        return ""
    rest = text[len(heading) :]
    if rest.startswith("\n") and not _RUNS_ON.match(rest):
        return _rest_of(rest, quote)
    return _rest_of(rest.lstrip("\n"), quote)


def _rest_of(rest: str, quote: str) -> str:
    """``rest`` up to its list of units, its broken lines joined."""
    rest = rest[0] + _BROKEN.sub("", rest[1:]) if rest else ""
    listed = rest.find(quote) if quote else -1
    if listed < 0:
        begins = _LISTED.search(rest)
        listed = begins.start() if begins else -1
    rest = (rest[:listed] if listed >= 0 else rest).rstrip("\n（(")
    return shortened(rest) if len(rest) > 1 else ""


def whole_figures(figures: Sequence[str]) -> tuple[str, ...]:
    """``figures`` without those that are part of another: 奖励50万元 beside 奖励50万元、30万元."""
    return tuple(words for words in figures if not any(words != other and words in other for other in figures))


def shortened(text: str, longest: int = _LONGEST) -> str:
    """``text`` cut after a sentence, with …… where something is left out."""
    if len(text) <= longest:
        return text
    stops = [found.end() for found in _STOPS.finditer(text, 0, longest)]
    return text[: stops[-1] if stops else longest] + "……"
