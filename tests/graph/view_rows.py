"""Rows for views: a friendly city, and one whose every name and quote attacks the page."""

from __future__ import annotations

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
