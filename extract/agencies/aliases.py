"""Short names that a document gives to a body that it sets up: 云陵市防汛抗旱指挥部（以下简称市指挥部）."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.agencies.mentions import find_units
from extract.models import Agency, PolicyText, Unit
from extract.policies.marks import marker_at

_GIVEN = re.compile(
    r"(?P<name>指挥部|领导小组|委员会|联席会议|专班|办公室|工作组|局|部门)[（(]以下(?:简称|称|统称)为?[:：]?[“\"‘]?(?P<short>[^”\"’（）()，。；]{3,16})[”\"’]?[）)]"
)
_TIER = re.compile(r"[省市县区](?=指挥部$|领导小组$|专班$|联席会议$)")  # 市指挥部 is 指挥部 too
_REST = re.compile(r"(?:办公室|(?:各)?成员单位)?")
_LONGEST_NAME = 40


def short_names(policy: PolicyText) -> dict[str, Agency]:
    """The short names that a policy gives, also without their tier word, and the bodies that they mean."""
    found: dict[str, Agency] = {}
    if "简称" not in policy.text and "以下称" not in policy.text:
        return found
    for given in _GIVEN.finditer(policy.text):
        stop = given.end("name")
        begin = max(given.start() - _LONGEST_NAME, *(policy.text.rfind(c, 0, stop) + 1 for c in "\n。；，"), 0)
        mark = marker_at(policy.text, begin)
        units = find_units(policy.text, mark.end if mark and mark.end < stop else begin, stop, policy.setting)
        if units and units[-1].end == stop:
            found.setdefault(given["short"], units[-1].agency)
    return {**{_TIER.sub("", short): agency for short, agency in found.items() if _TIER.match(short)}, **found}


def resolved(unit: Unit, names: dict[str, Agency]) -> Agency:
    """The body that a unit means, where the document has given it a short name (市指挥部, 市指挥部办公室)."""
    for short, agency in names.items():
        if unit.written.startswith(short) and _REST.fullmatch(unit.written, len(short)):
            rest = unit.written[len(short) :].replace("各成员", "成员")
            kind = "group" if rest.endswith("成员单位") else agency.kind
            return replace(agency, name=agency.name + rest, kind=kind)
    return unit.agency
