"""Bodies: the tables of the authority turned into one: what a core (财政局, 委组织部, 人行{}中心支行) means at each tier."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.agencies.places import full_name, short_name
from extract.models import Setting
from ontology import authority

_LONG = {"委员会": ("委员会", "委"), "办公室": ("办公室", "办")}
_ALTERNATIVE = ("委员会", "委", "局", "厅", "办公室", "办")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a core means at one tier: a name pattern and a kind."""

    pattern: str
    kind: str
    function: bool = False


@cache
def table() -> dict[tuple[str, str], Entry]:
    """(tier letter, core) to its body; the first row that claims a core keeps it."""
    found: dict[tuple[str, str], Entry] = {}
    late: list[tuple[str, str, Entry]] = []
    bureaus: list[tuple[str, str, Entry]] = []
    for row in authority.bodies():
        entry = Entry(row.name, row.kind)
        for tier in row.tiers:
            core = row.name.removeprefix("中共").removeprefix("{P}")
            for alias in (*row.aliases, *([core] if "{" not in core else [])):
                found.setdefault((tier, alias), entry)
                if alias.startswith("委") and alias != "委":  # autonomous regions and institutions say 党委 where others say 委
                    found.setdefault((tier, "党" + alias), entry)
    for dep in authority.departments():
        _add_state(found, dep)
        for tier, ending in zip("PCD", dep.endings, strict=True):
            if not ending:
                continue
            entry = Entry("{P}" + (ending[1:] if ending[0] == "=" else dep.names[0] + ending), "department")
            full = "委员会" if ending[0] == "=" else ending
            for name in dep.names:
                for form in _LONG.get(full, (full,)):
                    found.setdefault((tier, name + form), entry)
            late += [(tier, word, entry) for word in (*dep.functions, *(n for n in dep.names[:1] if len(n) > 1))]
            if full in ("委员会", "办公室"):  # many counties and districts keep a 局 instead: 县发改局, 区卫健局
                bureaus += [(tier, n + "局", Entry("{P}" + dep.names[0] + "局", "department")) for n in dep.names if len(n) > 1]
    _add_functions(found, late)
    for tier, core, entry in bureaus:
        found.setdefault((tier, core), entry)
    return found


def _add_state(found: dict[tuple[str, str], Entry], dep: authority.Department) -> None:
    if not dep.state:
        return
    entry = Entry(dep.state, "department")
    ending = next((e for e in ("委员会", "总局", "局", "部", "署", "办公室") if dep.state.endswith(e)), "")
    bare = [name + form for name in dep.names for form in _LONG.get(ending, (ending,))]
    for alias in (dep.state, *dep.state_aliases, *bare, *("国家" + b for b in bare if dep.state.startswith("国家"))):
        found.setdefault(("S", alias), entry)
    for word in dep.functions:
        for last in authority.words("function_ending"):
            found.setdefault(("S", word + last), Entry(dep.state, "department", function=True))


def _add_functions(found: dict[tuple[str, str], Entry], late: list[tuple[str, str, Entry]]) -> None:
    """Names by function (财政部门, 公安机关) mean the department of that tier."""
    endings = authority.words("function_ending")
    for tier, word, entry in late:
        for last in endings:
            found.setdefault((tier, word + last), Entry(entry.pattern, entry.kind, function=True))


@cache
def local() -> dict[tuple[str, str], authority.LocalName]:
    """(place, alias) to the names that only this place uses."""
    return {(row.place, row.alias): row for row in authority.local_names()}


@cache
def stems() -> dict[str, str]:
    """Short stems of departments to their full form: 人社 → 人力资源和社会保障."""
    stems: dict[str, str] = {}
    for dep in authority.departments():
        for name in dep.names:
            if len(name) > 1:
                stems.setdefault(name, dep.names[0])
    return stems


@cache
def cores() -> frozenset[str]:
    """All cores of all tiers, the names that a scanner looks for; {} marks the place inside a name."""
    return frozenset(core for _, core in table())


@cache
def slots() -> tuple[tuple[str, str], ...]:
    """What stands before and after the place in names that hold it inside: ("人行", "中心支行")."""
    pairs = {tuple(core.replace("{S}", "{}").split("{}")) for core in cores() if "{" in core and "{V}" not in core}
    return tuple(sorted((before, after) for before, after in pairs if before))


def named(tier: str, core: str, place: Setting) -> Entry | None:
    """The body that the tables give for exactly ``core``; branches and courts of 直辖市 are those of a province."""
    if tier == "C" and place.tier == "province":
        above = table().get(("P", core))
        if above is not None and above.kind in ("vertical", "court", "company"):
            return above
    return table().get((tier, core))


def lookup(tier: str, core: str) -> Entry | None:
    """The body that ``core`` means at ``tier`` (S, P, C, D), also with an ending other than the usual one (市卫健局)."""
    found = table().get((tier, core))
    if found or tier == "S":
        return found
    for ending in _ALTERNATIVE:
        stem = core.removesuffix(ending)
        if stem != core and stem in stems():
            if ending in ("办公室", "办"):
                return None  # an office beside the bureau, with a name of its own: 市住房保障办
            return Entry("{P}" + stems()[stem] + {"委": "委员会"}.get(ending, ending), "department")
    return None


@cache
def _compounds() -> tuple[re.Pattern[str], dict[str, str]]:
    table = dict(word.split(":") for word in authority.words("compound"))
    parts = "|".join(sorted({*table, *table.values()}, key=len, reverse=True))
    return re.compile(rf"((?:(?:{parts})和?){{2,6}})(?=[局委]$)"), table


def write_out(core: str) -> str:
    """The short words of a department made of several, written out: 文旅广体局 → 文化旅游广电体育局; other names unchanged."""
    pattern, table = _compounds()
    match = pattern.match(core)
    if match is None or match[1] in table.values():
        return core
    parts = re.findall("|".join(sorted({*table, *table.values(), "和"}, key=len, reverse=True)), match[1])
    return "".join(table.get(part, part) for part in parts) + core[match.end() :]


def is_function(tier: str, core: str) -> bool:
    """Whether ``core`` names a body of the tier by its function: 财政部门, 建设主管部门."""
    entry = table().get((tier, core))
    return entry is not None and entry.function


@cache
def functions() -> frozenset[str]:
    """All cores that name a body by its function."""
    return frozenset(core for (_, core), entry in table().items() if entry.function)


@cache
def slot_heads() -> tuple[str, ...]:
    """What stands before the place in names that hold it inside, the longest first."""
    heads = {core.split("{")[0] for _, core in table() if "{}" in core or "{S}" in core}
    return tuple(sorted((h for h in heads if h), key=len, reverse=True))


@cache
def explicit_state() -> frozenset[str]:
    """Names that mean the central body wherever they stand: 国家发展改革委, 财政部, 税务总局."""
    names = [core for tier, core in table() if tier == "S"]
    return frozenset(
        n for n in names if n.startswith(("国家", "中国", "中华", "全国", "国务院", "中央")) or n.endswith(("部", "总局", "署"))
    )


def fill(pattern: str, setting: Setting, place: str = "") -> str:
    """The name pattern with the place of ``setting`` in it; ``place`` overrides its full name (云陵市各县区)."""
    name = pattern.replace("{P}", place or full_name(setting)).replace("{S}", place or short_name(setting.place))
    name = name.replace("{V}", short_name(setting.province)).replace("{T}", _generic(setting.place))
    name = name.replace("{N}", place or setting.place)
    if setting.tier == "province" and setting.province.endswith("自治区") and "自治区委员会" not in name:
        name = name.replace("自治区委", "自治区党委", 1)  # autonomous regions say 党委 where others say 委
    return name


def _generic(place: str) -> str:
    return "区" if place.endswith("自治区") else place[-1:]
