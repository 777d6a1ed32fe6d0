"""Short names that a document gives to a body that it sets up: 云陵市防汛抗旱指挥部（以下简称市指挥部）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.agencies.canonical import canonical
from extract.agencies.mentions import find_units
from extract.models import Agency, PolicyText, Unit
from extract.policies.marks import marker_at

_GIVEN = re.compile(
    r"(?P<name>指挥部|领导小组|委员会|联席会议|专班|办公室|工作组|局|部门)[（(](?:[^（）()。；]{1,20}[，,])?"
    r"(?:以下(?:简称|称|统称)|简称|下称)为?[:：]?[“\"‘]?(?P<short>[^”\"’（）()，。；]{3,16})[”\"’]?[）)]"
)
_FORMS = re.compile(r"(?:成立|设立|建立|组建|调整|设置|组成)(?:由[^，。；]{1,30}的)?(?!的)")
# formed by others than the authority that speaks
_ELSEWHERE = re.compile(r"各|企业|单位|学校|医院|街道|乡镇|基层|鼓励|依法")
_NAME = re.compile(r"[一-鿿]{3,24}(?:指挥部|领导小组|联席会议|专班|工作组)(?:办公室)?")
_TIER = re.compile(r"[省市县区](?=指挥部$|领导小组$|专班$|联席会议$)")  # 市指挥部 is 指挥部 too
_REST = re.compile(r"(?:办公室|(?:各)?成员单位)?")
_LONGEST_NAME = 40
_TIERS = "省市县区州"
# 市防指各成员单位, 市古城办公室 behind 市古城办: the short name is only the beginning of another
_GOES_ON = re.compile(r"(?:办公室)?各?成员|公室|[局长]|主任|领导")


def short_names(policy: PolicyText) -> dict[str, Agency]:
    """The short names that a policy gives, also without their tier word, and the bodies that they mean."""
    found: dict[str, Agency] = {}
    if not any(word in policy.text for word in ("简称", "下称", "统称")):
        return found
    for given in _GIVEN.finditer(policy.text):
        stop = given.end("name")
        begin = max(given.start() - _LONGEST_NAME, *(policy.text.rfind(c, 0, stop) + 1 for c in "\n。；，"), 0)
        mark = marker_at(policy.text, begin)
        begin = mark.end if mark and mark.end < stop else begin
        elsewhere = _ELSEWHERE.search(policy.text, begin, stop)
        formed = [] if elsewhere else list(_FORMS.finditer(policy.text, begin, stop))
        begin = formed[-1].end() if formed else begin
        units = find_units(policy.text, begin, stop, policy.setting)
        if units and units[-1].end == stop:
            found.setdefault(given["short"], units[-1].agency)
        elif formed and not units and _NAME.fullmatch(policy.text, begin, stop):
            found.setdefault(given["short"], canonical(policy.text[begin:stop], policy.setting))
    return {**{_TIER.sub("", short): agency for short, agency in found.items() if _TIER.match(short)}, **found}


def named_short(policy: PolicyText, start: int, end: int, names: dict[str, Agency]) -> Iterator[Unit]:
    """The bodies that ``text[start:end]`` names by the short names of the document: 市防指, 市防指办公室."""
    text = policy.text
    for short, agency in names.items():
        at = text.find(short, start, end)
        while at >= 0:
            stop = at + len(short)
            if not _GOES_ON.match(text, stop, end):
                stop += 3 if text.startswith("办公室", stop, end) else 0
                unit = Unit(at, stop, text[at:stop], agency)
                yield replace(unit, agency=resolved(unit, names))
            at = text.find(short, stop, end)


def resolved(unit: Unit, names: dict[str, Agency]) -> Agency:
    """The body that a unit means, where the document has given it a short name (市指挥部, 市指挥部办公室)."""
    for short, agency in names.items():
        if unit.written.startswith(short) and _REST.fullmatch(unit.written, len(short)):
            rest = unit.written[len(short) :].replace("各成员", "成员")
            kind = "group" if rest.endswith("成员单位") else agency.kind
            return replace(agency, name=agency.name + rest, kind=kind)
    return unit.agency if unit.agency.known else _counterpart(unit, names)


def _counterpart(unit: Unit, names: dict[str, Agency]) -> Agency:
    """The body of the same name at another tier: 省指挥部 where the document calls the city's one 市指挥部."""
    above = unit.agency
    for short, agency in names.items():
        same = unit.written[0] in _TIERS and short[0] in _TIERS and unit.written.startswith(short[1:], 1)
        if same and _REST.fullmatch(unit.written, len(short)) and agency.name.startswith(agency.place) and agency.place:
            other = above.place not in ("", agency.place) and above.tier != agency.tier
            rest = agency.name.removeprefix(agency.place) + unit.written[len(short) :]
            return replace(above, name=above.place + rest) if other else above
    return above
