"""Invented policies of 云陵市 as records: two documents under one number, a repeal, citations of every sort, figures, notes."""

from __future__ import annotations

import hashlib
from typing import Any

from extract.models import (
    CitationRecord,
    ClauseRecord,
    DutyRecord,
    MemberRecord,
    NoteRecord,
    PolicyRecord,
    PrecedenceRecord,
    Record,
    ReferenceRecord,
    Setting,
    TargetRecord,
)

YUNLING = Setting("中州省", "云陵市")
PARKING, PLAN, SCHEME, OLD = "停车意见", "停车计划", "停车方案", "停车旧办法"


def sha(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def policy(key: str, title: str, number: str | None, **more: Any) -> PolicyRecord:
    source = more.pop("source", "a.txt")
    values: dict[str, Any] = {
        "span": (0, 900),
        "issuer": ("云陵市人民政府办公室",),
        "dated": "2023-05-04",
        "effective": None,
        "expires": None,
        "type": "意见",
        "place": "云陵市",
        "sha256": sha(source),
        "setting": YUNLING,
    }
    return PolicyRecord(policy=key, source=source, title=title, number=number, **(values | more))


def where(key: str, clause: str, start: int, end: int, source: str = "a.txt") -> dict[str, Any]:
    return {"policy": key, "source": source, "clause": clause, "clause_key": clause, "start": start, "end": end}


def clause(key: str, path: str, text: str, parent: str | None = "", source: str = "a.txt") -> ClauseRecord:
    return ClauseRecord(
        **where(key, path, 0, 900, source), label=path, kind="item" if path else "root", heading=text[:6], parent=parent, text=text
    )


def duty(key: str, path: str, start: int, mention: str, agency: str, role: str = "lead", **more: Any) -> DutyRecord:
    values: dict[str, Any] = {
        "form": "marker",
        "agency_kind": "department",
        "agency_place": "云陵市",
        "agency_tier": "city",
        "assignment": f"{path}-1",
        "quote": "（牵头单位：市城管局；配合单位：市财政局、市公安局）",
        "task": "新建公共停车泊位",
    }
    source = more.pop("source", "a.txt")
    return DutyRecord(
        **where(key, path, start, start + len(mention), source), mention=mention, agency=agency, role=role, **(values | more)
    )


def target(key: str, path: str, start: int, indicator: str, value: Any, quote: str, **more: Any) -> TargetRecord:
    source = more.pop("source", "a.txt")
    return TargetRecord(
        **where(key, path, start, start + len(quote), source), indicator=indicator, value=value, quote=quote, **more
    )


def cite(key: str, title: str | None, number: str | None, relation: str = "cites", start: int = 20, **more: Any) -> CitationRecord:
    source = more.pop("source", "a.txt")
    quote = (f"《{title}》" if title else "") + (f"（{number}）" if number else "")
    return CitationRecord(
        **where(key, "", start, start + len(quote), source), title=title, number=number, relation=relation, quote=quote, **more
    )


def member(key: str, path: str, start: int, mention: str, agency: str, group: str, **more: Any) -> MemberRecord:
    values: dict[str, Any] = {
        "agency_kind": "department",
        "agency_place": "云陵市",
        "agency_tier": "city",
        "group_kind": "office",
        "group_place": "云陵市",
        "group_tier": "city",
        "group_known": False,
    }
    source = more.pop("source", "a.txt")
    return MemberRecord(**where(key, path, start, start + len(mention), source), mention=mention, agency=agency, group=group, **(values | more))


def parking() -> list[Record]:
    """An opinion with a lead and two supporting units, figures and a note; repeals the old measures."""
    return [
        policy(PARKING, "云陵市推进停车设施建设的意见", "云政办〔2023〕7号", effective="issue", expires="2026-05-03"),
        clause(PARKING, "", "为推进停车设施建设，提出如下意见。", None),
        clause(PARKING, "一", "新建泊位五千个。"),
        clause(PARKING, "二", "每年开展一次检查。"),
        cite(PARKING, "中州省停车管理条例", None, "basis", 10),
        cite(PARKING, "云陵市停车管理办法", "云政[2015] 3号", "repeals", 40),
        duty(PARKING, "一", 200, "市城管局", "云陵市城市管理局", deadline="2025", deadline_text="到2025年"),
        duty(PARKING, "一", 210, "市财政局", "云陵市财政局", "support", order=1),
        duty(PARKING, "一", 220, "市公安局", "云陵市公安局", "support", order=2),
        duty(
            PARKING,
            "二",
            300,
            "有关单位",
            "有关单位",
            "responsible",
            form="inline",
            agency_kind="unnamed",
            agency_known=False,
            agency_place="",
            agency_tier="",
            deadline="每年",
            confidence=0.5,
            reason="未点名",
            quote="有关单位每年检查",
        ),
        target(PARKING, "一", 150, "公共停车泊位", 5000, "新建公共停车泊位5000个", unit="个", op=">=", by="2025", baseline=1200),
        target(PARKING, "一", 170, "泊位周转率", 6.5, "周转率提高6.50%", unit="%", change="up"),
        target(PARKING, "二", 310, "建设奖补", (100.0, 200.0), "奖补100—200万元", unit="万元", kind="support"),
        NoteRecord(**where(PARKING, "二", 300, 304), kind="agency", message="未点名的单位", quote="有关单位"),
    ]


def plan(source: str = "b.txt") -> list[Record]:
    """One of two documents under the same number; cites the opinion by number alone and the other by title alone."""
    return [
        policy(
            PLAN,
            "云陵市停车三年行动计划",
            "云政办〔2023〕9号",
            source=source,
            dated="2023-06-01",
            type="三年行动计划",
            notice="云陵市人民政府办公室关于印发停车三年行动计划的通知",
        ),
        clause(PLAN, "", "制定本计划。", None, source),
        clause(PLAN, "（一）", "加强资金保障。", "", source),
        cite(PLAN, None, "云政办【2023】7号", "basis", 10, source=source),
        cite(PLAN, "云陵市停车秩序整治方案", None, "cites", 60, source=source),
        cite(PLAN, None, "云政办〔2023〕9号", "cites", 90, source=source),
        cite(PLAN, "云陵市停车管理办法", None, "cites", 120, source=source),
        duty(
            PLAN,
            "（一）",
            200,
            "财政局",
            "云陵市财政局",
            "responsible",
            deadline="2024-06-30",
            quote="（责任单位：财政局）",
            source=source,
        ),
    ]


def refer(key: str, quote: str, title: str | None, number: str | None, start: int = 20, **more: Any) -> ReferenceRecord:
    place = where(key, "", start, start + len(quote), more.pop("source", "a.txt"))
    return ReferenceRecord(**place, quote=quote, refers_title=title, refers_number=number, **more)


def prevail(key: str, kind: Any, quote: str, start: int = 20, **more: Any) -> PrecedenceRecord:
    place = where(key, "", start, start + len(quote), more.pop("source", "a.txt"))
    return PrecedenceRecord(**place, kind=kind, quote=quote, **more)


def scheme() -> list[Record]:
    """The other document under that number, without duties: repeals one article of a rule, points to it, and yields to another."""
    return [
        policy(
            SCHEME,
            "云陵市停车秩序整治方案",
            "云政办〔2023〕9号",
            source="b.txt",
            span=(901, 1500),
            type="整治方案",
            dated="2023-06-01",
        ),
        clause(SCHEME, "", "制定本方案。", None, "b.txt"),
        cite(
            SCHEME,
            "云陵市占道规定",
            "云政〔2011〕8号",
            "repeals",
            920,
            source="b.txt",
            cited_clause="第三条",
            from_date="2023-07-01",
        ),
        cite(SCHEME, "占道规定", None, start=950, source="b.txt", refers_title="云陵市占道规定", refers_number="云政〔2011〕8号"),
        refer(SCHEME, "该规定", "云陵市占道规定", "云政〔2011〕8号", 970, source="b.txt"),
        prevail(SCHEME, "overrides", "以本方案为准", 1000, source="b.txt", prevails="this", title="云陵市停车秩序整治方案"),
        prevail(SCHEME, "highest_only", "就高不重复", 1010, source="b.txt"),
        prevail(SCHEME, "revised", "修订后的《云陵市占道规定》", 1020, source="b.txt", title="云陵市占道规定"),
    ]


def unnumbered(source: str = "c.txt") -> list[Record]:
    """A later document without a number, of the same title as the old measures, which it repeals."""
    return [
        policy(OLD, "云陵市停车管理办法", None, source=source, dated="2024-01-02", type="办法", problems=("文号缺失",)),
        clause(OLD, "", "第一条 依据有关规定制定本办法。", None, source),
        cite(OLD, "云陵市停车管理办法", None, "repeals", 300, source=source),
    ]


def everything() -> list[Record]:
    return parking() + plan() + scheme() + unnumbered()
