"""Invented policies of 云陵市 from which much follows: repeals of clauses, groups and their members, bodies before and after a reform."""

from __future__ import annotations

from extract.models import Record
from tests.graph.records import cite, clause, duty, member, policy

RULES, NOTICE, LATER = "泊位规则", "泊位通知", "泊位废止决定"
COMMAND, ELSEWHERE, WHOLE = "泊位预案", "泊位巡查", "云陵市泊位抢修指挥部"
BANKS, COUNTIES = "中国银行保险监督管理委员会云陵监管分局", "云陵市各县区人民政府"


def rules() -> list[Record]:
    """Rules of three clauses, with a validity of their own; the second is repealed before, with what stands under it."""
    return [
        policy(RULES, "云陵市泊位管理规则", "云政〔2021〕6号", source="r.txt", dated="2021-02-01", effective="2021-03-01", expires="2026-02-28"),
        clause(RULES, "", "制定本规则。", None, "r.txt"),
        clause(RULES, "一", "一、划设泊位。", "", "r.txt"),
        clause(RULES, "二", "二、收取费用。", "", "r.txt"),
        clause(RULES, "二/（一）", "（一）核定标准。", "二", "r.txt"),
        duty(RULES, "一", 100, "市城管局", "云陵市城市管理局", source="r.txt"),
        duty(RULES, "一", 110, "市银保监分局", BANKS, "support", order=1, source="r.txt", agency_kind="vertical"),
        duty(RULES, "二", 120, "市财政局", "云陵市财政局", source="r.txt"),
        duty(RULES, "二/（一）", 130, "市发改委", "云陵市发展和改革委员会", source="r.txt"),
    ]


def notice() -> list[Record]:
    """A notice without any date that gives a duty to the county governments, one of which has a duty of its own."""
    group = {"agency_kind": "group", "agency_tier": "city"}
    county = {"agency_kind": "government", "agency_place": "云陵市青溪县", "agency_tier": "county"}
    return [
        policy(NOTICE, "云陵市泊位普查通知", "云政办〔2022〕3号", source="n.txt", dated=None),
        clause(NOTICE, "", "开展普查。", None, "n.txt"),
        clause(NOTICE, "一", "一、登记泊位。", "", "n.txt"),
        duty(NOTICE, "一", 100, "各县区政府", COUNTIES, "responsible", source="n.txt", **group),
        duty(NOTICE, "一", 110, "青溪县政府", "云陵市青溪县人民政府", "responsible", order=1, source="n.txt", **county),
        duty(NOTICE, "一", 120, "市城管局", "云陵市城市管理局", order=2, source="n.txt"),
    ]


def later() -> list[Record]:
    """A decision that repeals one clause of the rules from a day on, and the notice from its own date."""
    return [
        policy(LATER, "云陵市关于修改泊位规则的决定", "云政〔2024〕1号", source="l.txt", dated="2024-01-05"),
        clause(LATER, "", "决定如下。", None, "l.txt"),
        cite(LATER, "云陵市泊位管理规则", "云政〔2021〕6号", "repeals", 40, source="l.txt", cited_clause="第二条", from_date="2024-03"),
        cite(LATER, "云陵市泊位管理规则", "云政〔2021〕6号", "repeals", 60, source="l.txt", cited_clause="二", from_date="2024-03"),
        cite(LATER, "云陵市泊位普查通知", "云政办〔2022〕3号", "repeals", 90, source="l.txt"),
    ]


def command() -> list[Record]:
    """A plan that forms a command, calls it 市指挥部, lists its members, and gives duties to it, to its members and to the 各成员单位."""
    office = {"agency_kind": "office", "agency_known": False, "source": "c1.txt"}
    group = {"agency_kind": "group", "source": "c1.txt"}
    listed = {"group_short": "云陵市指挥部", "source": "c1.txt"}
    return [
        policy(COMMAND, "云陵市泊位抢修预案", "云政办〔2023〕8号", source="c1.txt", dated="2023-02-01"),
        clause(COMMAND, "", "制定本预案。", None, "c1.txt"),
        clause(COMMAND, "一", "一、组成人员。", "", "c1.txt"),
        member(COMMAND, "一", 50, "市公安局", "云陵市公安局", WHOLE, role="deputy", **listed),
        member(COMMAND, "一", 60, "市财政局", "云陵市财政局", WHOLE, **listed),
        member(COMMAND, "一", 70, "各县区政府", COUNTIES, WHOLE, agency_kind="group", **listed),
        duty(COMMAND, "一", 100, "市指挥部", "云陵市指挥部", **office),
        duty(COMMAND, "一", 110, "各成员单位", "云陵市各成员单位", "support", order=1, **group),
    ]


def elsewhere() -> list[Record]:
    """Another document: its 市指挥部 is another one; the command by its full name, and the members of it, are meant here too."""
    office = {"agency_kind": "office", "agency_known": False, "source": "c2.txt"}
    group = {"agency_kind": "group", "source": "c2.txt"}
    return [
        policy(ELSEWHERE, "云陵市泊位巡查通知", "云政办〔2023〕11号", source="c2.txt", dated="2023-03-01"),
        clause(ELSEWHERE, "", "开展巡查。", None, "c2.txt"),
        clause(ELSEWHERE, "一", "一、巡查泊位。", "", "c2.txt"),
        duty(ELSEWHERE, "一", 100, "市指挥部", "云陵市指挥部", **office),
        duty(ELSEWHERE, "一", 110, "各成员单位", "云陵市各成员单位", "support", order=1, **group),
        duty(ELSEWHERE, "一", 120, "市泊位抢修指挥部", WHOLE, "support", order=2, **office),
        duty(ELSEWHERE, "一", 130, "市泊位抢修指挥部成员单位", WHOLE + "成员单位", "support", order=3, **group),
    ]


def reform() -> list[Record]:
    return rules() + notice() + later()
