"""Rows for views: a friendly city, and one whose every name and quote attacks the page."""

from __future__ import annotations

from collections.abc import Callable

from pytest import MonkeyPatch

from graph import view, view_agencies, view_clusters, view_policies
from graph.rows import AgencyRow, DutyRow, LinkRow, PolicyRow
from tests.graph.rows import agency, assignment, link, policy

NAMES = ("云陵市住房和城乡建设局", "云陵市财政局", "云陵市公安局", "云陵市城市管理局", "云陵市发展和改革委员会", "各相关部门")
AGENCIES = [agency(name) for name in NAMES[:5]] + [agency(NAMES[5], "unnamed", "")]

HOSTILE = (
    "</script><script>hacked=1</script>",
    "</SCRIPT ><img src=x onerror=hacked=2>",
    '"><img src=x onerror="hacked=3">',
    "'><svg onload=hacked=4>",
    "<!--<script>hacked=5//",
    "]]><script>hacked=6</script>",
    "{{7*7}}{{data}}{{scripts}}",
    "${hacked=8}`${hacked=8}`",
    "javascript:hacked=9",
    "<a href=javascript:hacked=10>点此</a>",
    "<iframe srcdoc='<script>parent.hacked=11</script>'></iframe>",
    "</title><style>*{display:none}</style>",
    "&lt;b&gt;&amp;quot;&#x3c;script&#x3e;",
    "\u2028hacked=14\u2029",
    "\\u003cscript\\u003e\\",
    '","texts":{"all":"hacked"},"x":"',
    "__proto__",
    "=HYPERLINK(hacked)",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "\ud800孤立代理项\x00\x1b[31m",
    "</textarea></select></details></main></body></html><script>hacked=21</script>",
)


def duties() -> list[DutyRow]:
    """Six agencies; 住建局 leads two assignments, 财政局 shares three, 公安局 bears one alone."""
    housing, finance, police, streets, planning, everybody = NAMES
    other = {"policy": "https://example.org/policy/plan-2", "title": "云陵市慢行系统建设工作方案", "number": "云政办〔2024〕8号"}
    return [
        *assignment(
            "a", ("lead", housing), ("support", finance), ("support", streets), task="改造老旧停车场十二处", deadline="2025-12-31",
            target="新增车位≥3000个", quote="（市住房和城乡建设局牵头，市财政局、市城市管理局配合）",
        ),
        *assignment("b", ("responsible", housing), ("responsible", finance), ("responsible", planning), task="安排停车设施补助"),
        *assignment("c", ("lead", housing), ("responsible", streets), ("responsible", finance), task="修建骑行道四十公里", **other),
        *assignment("d", ("responsible", police), task="整治占道停车", **other),
        *assignment("e", ("responsible", planning), ("responsible", everybody), task="按职责分工推进", **other),
    ]  # fmt: skip


def policies() -> list[PolicyRow]:
    return [
        policy("p:1", "云陵市停车设施建设实施方案", number="云政办〔2023〕20号"),
        policy("p:2", "云陵市慢行系统建设工作方案", number="云政办〔2024〕8号", dated="2024-05-06"),
        policy("p:law", "中华人民共和国道路交通安全法", resolved=False),
    ]


def links() -> list[LinkRow]:
    return [
        link(
            "p:1", "basis", "p:law", title="中华人民共和国道路交通安全法", resolved=False, quote="根据道路交通安全法等，制定本方案"
        ),
        link("p:2", "cites", "p:1", start=30, clause="三/（二）", quote="与停车设施建设方案相衔接"),
        link("p:2", "repeals", "p:old", title="云陵市停车管理通知", resolved=False, start=80, quote="原停车管理通知同时废止"),
    ]


def more_links() -> list[LinkRow]:
    """What gives the documents a second step: the cited law names another, and a third notice rests on the second plan."""
    return [
        link("p:law", "basis", "p:constitution", title="中华人民共和国宪法", resolved=False),
        link("p:3", "basis", "p:2", title="云陵市慢行系统建设工作方案", quote="按照慢行系统建设工作方案"),
    ]


def hostile_duties() -> tuple[list[DutyRow], list[AgencyRow]]:
    """Every field of a row that a document or a file name fills holds an attack; neighbours share assignments."""
    rows: list[DutyRow] = []
    for n, bad in enumerate(HOSTILE):
        after = HOSTILE[(n + 1) % len(HOSTILE)]
        fields = dict.fromkeys(("task", "clause", "heading", "deadline", "target", "title", "number", "source", "quote"), bad)
        rows += assignment(bad, ("lead", bad), ("support", after), policy=bad, **fields)
    return rows, [agency(bad, place=bad) for bad in HOSTILE]


def hostile_links() -> tuple[list[PolicyRow], list[LinkRow]]:
    """The same for documents: each cites the next."""
    relations = ("basis", "cites", "repeals", "amends")
    rows = [
        PolicyRow(bad, bad, bad, (bad,), bad, bad, bad, bad, bad, 1, 1) for bad in HOSTILE
    ]  # fmt: skip
    mentions = [
        link(
            bad, relations[n % 4], HOSTILE[(n + 1) % len(HOSTILE)], title=bad, number=bad, clause=bad, source=bad, quote=bad,
        )
        for n, bad in enumerate(HOSTILE)
    ]  # fmt: skip
    return rows, mentions


def hostile_ego_duties() -> tuple[list[DutyRow], list[AgencyRow]]:
    """All attackers share an assignment, so that each is a partner of the first."""
    rows, agencies = hostile_duties()
    everybody = assignment("all", *(("support", bad) for bad in HOSTILE), task=HOSTILE[1], quote=HOSTILE[2], policy=HOSTILE[0])
    return rows + everybody, agencies


def hostile_ego_links() -> tuple[list[PolicyRow], list[LinkRow]]:
    """The first attacker rests on half of the others and is cited by the rest; one of them repeals it."""
    rows, _ = hostile_links()
    first = HOSTILE[0]
    mentions = [
        link(*((first, "basis", bad) if n % 2 else (bad, "repeals" if n == 4 else "cites", first)), title=bad, number=bad, quote=bad)
        for n, bad in enumerate(HOSTILE[1:])
    ]  # fmt: skip
    return rows, mentions


def grouped_duties(groups: int = 4, each: int = 6) -> list[DutyRow]:
    """Groups of agencies: inside each all share a duty of their own, the first of each shares one with the next group's first."""
    rows = []
    for g in range(groups):
        bearers = [("lead" if n == 0 else "support", f"云陵市第{g}组第{n}局") for n in range(each)]
        rows += assignment(f"in-{g}", *bearers, task=f"第{g}组的工作")
        rows += assignment(f"more-{g}", *bearers, task=f"第{g}组的另一项工作")
        rows += assignment(f"out-{g}", bearers[0], ("support", f"云陵市第{(g + 1) % groups}组第0局"), task=f"第{g}组与下一组的工作")
    return rows


def in_groups(draw: Callable[[], str]) -> str:
    """The page of ``draw`` where a browser bears no more than four circles: its groups are shown."""
    with MonkeyPatch.context() as patch:
        for module in (view_agencies, view_policies, view):
            patch.setattr(module, "MAX_SUBJECTS", 4)
        return draw()


def hostile_groups() -> str:
    """The attackers in groups of at most five, which are named after them."""
    with MonkeyPatch.context() as patch:
        patch.setattr(view_clusters, "MEMBERS", 5)
        return in_groups(lambda: view.agency_view(*hostile_duties()))
