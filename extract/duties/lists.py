"""Duties printed as a list under the names of units: ``市委宣传部：指导…``, or a heading that is a unit's name.

Each unit counts once, as responsible, where the list is one of duties: it stands under a heading that says so, or at least three
entries follow one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extract.agencies.units import find_units, looks_like_unit, split_units
from extract.duties.inline import LIST_GAP, Inline, named
from extract.models import Clause, Paragraph, PolicyText, Unit

_ENTRY = re.compile(r"[^。；，：:\n\t]{2,60}[：:]")
_NEXT_ENTRY = re.compile(r"(?<=。)[^。；，：:\n\t]{2,60}[：:](?=[^\n])")
_DUTY_HEADING = re.compile(r"职责|分工|任务")
_DUTY_ENDING = re.compile(r"(?:的)?(?:主要|工作|具体)?职责(?:分工|如下|[是为])?$")
# bodies that the document itself sets up: what stands under their bare names is who belongs to them
_FORMED_HERE = re.compile(r"(?:指挥部|领导小组|工作组|专班|委员会)(?:办公室)?$")
_OWN_BODY = re.compile(r"(?:现场|应急)?(?:指挥部|领导小组|专班)(?:办公室)?")  # as a document calls the body that it sets up
_ENOUGH = 3  # entries that show a list without a heading; among so many, one whose name no table knows is believed
_LONGEST_NAME = 40
_VERB = re.compile(r"负责|牵头|会同|组织|要求|如下|包括|方面|同志|主任|组长|[的了和在是]$")
_BRACKET = re.compile(r"[（(][^（）()]{1,24}[）)]$")


def find_lists(policy: PolicyText) -> Iterator[Inline]:
    """The entries of all lists of duties in a policy."""
    yield from _entries(policy)
    yield from _headings(policy)


def _named_units(policy: PolicyText, start: int, end: int) -> tuple[Unit, ...]:
    """The units of a stretch that holds nothing but named units, each with its bracket (市文旅局（市文物局）); else none."""
    units = find_units(policy.text, start, end, policy.setting)
    whole = bool(units) and units[0].start <= start + 1 and units[-1].end == end
    whole = whole and all(LIST_GAP.fullmatch(policy.text, a.end, b.start) for a, b in pairwise(units))
    if not whole and policy.text[end - 1] in "）)":
        units = split_units(policy.text, start, end, policy.setting)
        whole = bool(units) and all(_is_name(policy, unit) for unit in units)
    return tuple(units) if whole and all(map(named, units)) else ()


def _is_name(policy: PolicyText, unit: Unit) -> bool:
    """Does the unit, its bracket aside, hold nothing but a name that the search for names knows?"""
    bare = _BRACKET.search(unit.written)
    end = unit.start + bare.start() if bare else unit.end
    found = find_units(policy.text, unit.start, end, policy.setting)
    return len(found) == 1 and (found[0].start, found[0].end) == (unit.start, end)
def _of_duties(policy: PolicyText, start: int, end: int) -> tuple[Unit, ...]:
    """The units of a stretch that says 职责 behind their names; none where it does not say so."""
    ending = _DUTY_ENDING.search(policy.text, start, end)
    if ending is None:
        return ()
    if _OWN_BODY.fullmatch(policy.text, start, ending.start()):
        return tuple(split_units(policy.text, start, ending.start(), policy.setting))
    return _named_units(policy, start, ending.start())


def _entries(policy: PolicyText) -> Iterator[Inline]:
    """Paragraphs and their sentences that begin with the names of units and a colon."""
    lists: dict[str, list[Inline]] = {}
    unknown: list[tuple[str, int, int, int]] = []
    for home, begin, end, stop in _openings(policy):
        if units := _of_duties(policy, begin, end - 1):  # 市指挥部主要职责：
            yield Inline(units[0].start, end, stop, ((units, "responsible", True),))
            continue
        if end == stop:
            continue
        units = _named_units(policy, begin, end - 1)
        if units:
            lists.setdefault(home, []).append(Inline(units[0].start, end, stop, ((units, "responsible", True),)))
        elif end - 1 - begin <= _LONGEST_NAME and not _VERB.search(policy.text, begin, end - 1):
            unknown.append((home, begin, end, stop))
    for home, begin, end, stop in unknown:
        if len(lists.get(home, ())) >= _ENOUGH and looks_like_unit(policy.text, begin, end - 1):
            units = tuple(filter(named, split_units(policy.text, begin, end - 1, policy.setting)))
            if units:
                lists[home].append(Inline(begin, end, stop, ((units, "responsible", True),)))
    headings = {clause.key: clause.heading for clause in policy.clauses}
    for key, entries in lists.items():
        if len(entries) >= _ENOUGH or _DUTY_HEADING.search(headings.get(key, "")):
            yield from entries


def _openings(policy: PolicyText) -> Iterator[tuple[str, int, int, int]]:
    """Words with a colon that begin a paragraph, and a sentence of such a paragraph (a page's layout may leave no line end).

    Of each the clause that its list belongs to, where the words begin, the end of the colon, and the end of what it opens.
    """
    for paragraph in policy.paragraphs:
        match = _ENTRY.match(policy.text, paragraph.start, min(paragraph.end, paragraph.start + 64))
        if match is None or "\t" in policy.text[paragraph.start : paragraph.end]:
            continue
        home, begin = _home(policy, paragraph)
        spans = [(begin, match.end()), *(m.span() for m in _NEXT_ENTRY.finditer(policy.text, match.end(), paragraph.end))]
        for (start, end), stop in zip(spans, [*(s for s, _ in spans[1:]), paragraph.end], strict=True):
            yield home, start, end, stop


def _home(policy: PolicyText, paragraph: Paragraph) -> tuple[str, int]:
    """The clause whose list the paragraph belongs to, and where its text begins behind a mark."""
    clause = policy.clause_at(paragraph.start)
    if clause.start != paragraph.start or clause.parent is None:
        return clause.key, paragraph.start
    begin = paragraph.start + len(clause.label)
    return clause.parent, begin + (policy.text[begin : begin + 1] in "、.．")


def _headings(policy: PolicyText) -> Iterator[Inline]:
    """Headings that are a unit's name: with 职责 behind it, or under a heading that speaks of duties."""
    by_key = {clause.key: clause for clause in policy.clauses}
    for clause in policy.clauses:
        heading = clause.heading
        if not heading or len(heading) > 40 or clause.parent is None or any(c in heading for c in "，。；"):
            continue
        begin = policy.text.find(heading, clause.start, clause.start + 20 + len(heading))
        if begin < 0:
            continue
        end = begin + len(heading)
        units = _of_duties(policy, begin, end)
        above = by_key[clause.parent]
        if not units and any(_speaks_of_duties(policy, c) for c in (above, by_key[above.parent or ""])):
            units = tuple(unit for unit in _named_units(policy, begin, end) if not _FORMED_HERE.search(unit.written))
        if units:
            yield Inline(begin, units[-1].end, clause.end, ((units, "responsible", True),))


def _speaks_of_duties(policy: PolicyText, clause: Clause) -> bool:
    """Does the heading of the clause, or its first words, say that duties follow? The root, which has none, does not."""
    if clause.kind == "root":
        return policy.head.title.endswith(("职责", "职责分工"))
    return _DUTY_HEADING.search(clause.heading or policy.text[clause.start : clause.start + 60]) is not None
