"""Rosters: which bodies a document makes members of a group (领导小组, 指挥部, 联席会议).

Officials write them in three ways: a list under the group's name with offices or persons (组长：…副市长, 成员：… 市财政局副局长),
mostly in an annex; a list of its 成员单位; and a sentence (指挥部由市公安局、市财政局等单位负责人组成). A post stands for the body
that it is held in; persons are passed over: a name is parted from the post by a blank, or stands before a tier word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.agencies.canonical import canonical
from extract.agencies.mentions import find_units
from extract.agencies.places import full_name
from extract.fact import MemberRecord, MemberRole
from extract.frozen import dataclass
from extract.models import Agency, PolicyText, Setting, Unit

_KIND = r"(?:领导小组|协调小组|工作小组|工作组|联席会议|推进组|指挥部|专班|委员会)"
_ENDS = re.compile(rf"{_KIND}$")
_BARE = re.compile(rf"(?:市|县|区|省|本|该)?(?:应急)?(?P<kind>{_KIND})$")
_HEAD = re.compile(r"(?P<what>组成人员|组成单位|成员单位|成员)(?:名单|如下|组成)?")
_SAYS = re.compile(
    # each form of 由 written out, so that the search skips to their first characters
    r"(?P<what>成员单位(?:主要)?(?:包括|包含|有|由|为|[：:])|成员由|，由|,由|）由|\)由|由)"
    r"(?P<list>[^。；;]{4,900}?)(?=组成|担任|为成员|[。；;]|$)"
)
# Wider than _HEAD or _SAYS behind the name of a group, a bracket or comma and a line end aside: looked at first, as is 成员由.
_MAY_SAY = re.compile(rf"{_KIND}(?:[（(][^（）()\n]{{1,40}}[）)])?[，,]?\n?[，,]?[，,）)]?(?:成员|组成人员|组成单位|由)")
_ROLE = re.compile(
    r"(?P<head>组长单位|牵头单位|第一组长|组长|总指挥长|总指挥|指挥长|总召集人|召集人|(?<![副一-鿿])主任|总牵头人)[：:]"
    r"|(?P<deputy>(?:常务)?副(?:组长单位|组长|总指挥长|总指挥|指挥长|召集人|主任))[：:]|(?P<member>成员单位|组成单位|成员)[：:]"
)
_OVER = re.compile(
    r"下设|职务发生变动|工作变动|不再另行|办公室设在|办公室主任|联络员|(?:领导小组|指挥部|联席会议)(?:主要)?职责|附件\d?"
    r"|第[一二三四五六七八九十]{1,3}[章条]"
)
"""What follows a list: words about the office, about changes, or another part of the document."""
_SHORT = re.compile(r"[（(](?:以下)?(?:统)?简称[：:]?[“\"「]?(?P<short>[^“”\"「」（）()，,；;]{2,24})[”\"」]?[）)]")
_FORMED = re.compile(r"(?:成立|设立|组建|建立|调整)(?:了|充实)?(?=[一-鿿“”·]{6,50}$)")
_NOTE = re.compile(r"[（(][^（）()\n]{1,40}[）)]$")
_ASIDE = re.compile(r"(?:[（(][^（）()\n]{1,40}[）)])?[，,]?$")
_LOOK = 20  # groups that a clause has named, as far back as one is looked for
_NEAR = 40  # characters between the name of a group and the first role of its list
_LONGEST = 4000  # characters of a list
_NAME = 60  # characters of the name of a group
_TIERS = "省市县区州旗"
_BLANK = re.compile(r"[ \t\u3000\u00a0]")


@dataclass(frozen=True, slots=True)
class _Group:
    """A group named in the clean text ``[start, end)``; ``short`` is the form that the document uses from there, "" if none."""

    start: int
    end: int
    agency: Agency
    short: str = ""


def find_members(policy: PolicyText) -> list[MemberRecord]:
    """The members of groups that ``policy`` lists, in the order of the text; each once in a list."""
    if not ("成员由" in policy.text or _MAY_SAY.search(policy.text)) or not _lists_members(policy.text):
        return []
    groups = _with_short(list(_groups(policy)))
    if not groups:
        return []
    found: dict[tuple[str, str, int], MemberRecord] = {}
    for group, stretch, role in _lists(policy, groups):
        for unit, start, end in _units(policy, stretch):
            if _forms_it(unit.agency, group.agency):
                continue
            found.setdefault((group.agency.name, unit.agency.name, stretch[0]), _record(policy, group, unit, start, end, role))
    return sorted(found.values(), key=lambda r: (r.start, r.end))


def _lists_members(text: str) -> bool:
    """Does a list of members stand right behind the name or kind of a group? Looked at first, for few documents have one."""
    heads = (*_HEAD.finditer(text), *_SAYS.finditer(text))
    return any(head["what"] == "成员由" or _ENDS.search(_stretch(text, head.start())) for head in heads)


def _stretch(text: str, at: int) -> str:
    """What stands right before ``at``, a bracket or comma aside."""
    return _ASIDE.sub("", text[max(0, at - _NAME) : at])


def _record(policy: PolicyText, group: _Group, unit: Unit, start: int, end: int, role: MemberRole) -> MemberRecord:
    body, whole = unit.agency, group.agency
    return MemberRecord(
        **policy.fact(start, end),
        role=role,
        mention=unit.written,
        agency=body.name,
        agency_kind=body.kind,
        agency_place=body.place,
        agency_tier=body.tier,
        agency_known=body.known,
        group=whole.name,
        group_kind=whole.kind,
        group_place=whole.place,
        group_tier=whole.tier,
        group_known=whole.known,
        group_short=group.short,
        reason=body.reason,
    )


def _groups(policy: PolicyText) -> Iterator[_Group]:
    """The groups that the text names in full, with the short forms that it gives them."""
    text = policy.text
    for match in re.finditer(_KIND, text):
        end = match.end()
        start = _name_start(policy, end)
        if start is None:
            continue
        short = _SHORT.match(text, end)
        agency = canonical(_NOTE.sub("", text[start:end]), policy.setting)
        if agency.kind not in ("group", "unnamed"):
            called = canonical(short["short"], policy.setting).name if short and _ENDS.search(short["short"]) else ""
            yield _Group(start, end, agency, called)


def _with_short(groups: list[_Group]) -> list[_Group]:
    """Each mention of a group with the short form that one of them gives."""
    short = {g.agency.name: g.short for g in groups if g.short}
    return [replace(g, short=short.get(g.agency.name, "")) for g in groups]


def _name_start(policy: PolicyText, end: int) -> int | None:
    """Where the name of a group begins that ends at ``end``; None where it has no name of its own (指挥部, 市指挥部)."""
    text = policy.text
    floor = max(0, end - _NAME, *(text.rfind(stop, max(0, end - _NAME), end) + 1 for stop in "\n。；;：:"))
    formed = _FORMED.search(text, floor, end)
    units = find_units(text, floor, end, policy.setting)
    if units and units[-1].end == end:
        start = units[-1].start
    elif formed is not None:
        start = formed.end()
    elif text[floor:end].startswith(_own_places(policy.setting)):
        start = floor
    else:
        return None
    return None if _BARE.fullmatch(text, start, end) else start


def _own_places(setting: Setting) -> tuple[str, ...]:
    return tuple(name for name in (full_name(setting), setting.city, setting.county) if name) or ("国家", "国务院")


class _Named:
    """The groups of a text, to be found by where they stand."""

    def __init__(self, policy: PolicyText, groups: Sequence[_Group]) -> None:
        self.policy, self.groups = policy, groups
        self._ends = {g.end: g for g in groups}
        self._starts = [g.start for g in groups]
        self._kinds: dict[str, list[_Group]] = {}
        for group in groups:
            kind = _ENDS.search(group.agency.name)
            self._kinds.setdefault(kind[0] if kind else "", []).append(group)
        self._single = {kind for kind, several in self._kinds.items() if len({g.agency.name for g in several}) == 1}

    def before(self, at: int) -> _Group | None:
        """The group whose name, or whose kind alone (联席会议), stands right before ``at``, a bracket or comma aside."""
        text = self.policy.text
        stretch = _stretch(text, at)
        end = max(0, at - _NAME) + len(stretch)
        if end in self._ends:
            return self._ends[end]
        bare = _BARE.search(stretch)
        if bare is None or bare["kind"] not in self._single:
            return None
        first = self._kinds[bare["kind"]][0]
        return first if first.end < end else None

    def spoken_of(self, at: int) -> _Group | None:
        """The one group that the clause has named before ``at``."""
        here = self.groups[bisect_left(self._starts, self.policy.clause_at(at).start) : bisect_left(self._starts, at)][-_LOOK:]
        return here[-1] if here and len({g.agency.name for g in here}) == 1 else None


def _lists(policy: PolicyText, groups: Sequence[_Group]) -> Iterator[tuple[_Group, tuple[int, int], MemberRole]]:
    """The stretches of text that list members of a group, and the role of those that stand in each."""
    text, named, done = policy.text, _Named(policy, groups), 0
    for match in _HEAD.finditer(text):
        first = _ROLE.search(text, match.end("what"), match.end() + _NEAR) if match.start() >= done else None
        group = named.before(match.start()) if first is not None else None
        if first is not None and group is not None:
            for found in _by_role(text, first.start(), group):
                yield found
                done = found[1][1]
    for match in _SAYS.finditer(text):
        group = named.before(match.start())
        ending = text[match.end() : match.end() + 2]
        if group is None and match["what"] == "成员由":
            group = named.spoken_of(match.start())
        if group is not None and (not match["what"].endswith("由") or ending in ("组成", "担任", "为成")):
            yield group, match.span("list"), "member"


def _by_role(text: str, start: int, group: _Group) -> Iterator[tuple[_Group, tuple[int, int], MemberRole]]:
    """The list from ``start``, a stretch for each role, up to words that speak of something else."""
    over = _OVER.search(text, start)
    end = min(over.start() if over else len(text), start + _LONGEST)
    roles = list(_ROLE.finditer(text, start, end))
    for match, following in zip(roles, [*(m.start() for m in roles[1:]), end], strict=True):
        role: MemberRole = "head" if match["head"] else "deputy" if match["deputy"] else "member"
        yield group, (match.end(), following), role


def _units(policy: PolicyText, stretch: tuple[int, int]) -> Iterator[tuple[Unit, int, int]]:
    """The bodies of a stretch with their clean spans.

    Lines are joined, since a list is set in columns; a blank of the file parts a name from a post.
    """
    raw, back = policy.source.text, policy.back
    letters: list[str] = []
    places: list[int] = []
    for at in range(*stretch):
        if policy.text[at] in "\n\t":
            continue
        if letters and _BLANK.search(raw, back[places[-1]] + 1, back[at]) and "\n" not in raw[back[places[-1]] + 1 : back[at]]:
            letters.append("；")
            places.append(places[-1])
        letters.append(policy.text[at])
        places.append(at)
    joined = "".join(letters)
    for unit in find_units(joined, 0, len(joined), policy.setting):
        if unit.agency.kind != "unnamed" and _sound(unit, policy.setting):
            yield unit, places[unit.start], places[unit.end - 1] + 1


def _sound(unit: Unit, setting: Setting) -> bool:
    """Whether no part of a person's name was read into a body's: a place that no table knows (李昭市) is none."""
    known = (*_TIERS, *_own_places(setting))
    return unit.agency.known or unit.written.startswith(known)


def _forms_it(body: Agency, group: Agency) -> bool:
    """Whether a body is the government or party committee of the group's own place: its leaders head the group for all."""
    own = (f"中共{body.place}委员会", f"{body.place}人民政府")
    return body.place == group.place and (body.kind == "government" or body.name in own)
