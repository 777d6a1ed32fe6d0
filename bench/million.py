"""An invented country as records: 1 million duties by default, the same bytes for the same size and seed.

Ten duties a policy; a city has some 800 policies and 40 departments, so a smaller graph has fewer cities and not emptier ones.
The skew is chosen after real documents: in a government the n-th department bears as much as n to the power of -0.8, an
assignment has 1 to 8 bearers, later years have more policies, half the deadlines are the end of a year, few laws are cited by many.

Usage: python bench/million.py --store FOLDER [--duties 1000000] [--seed 1]
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from extract.models import (  # noqa: E402 - the project is not on the path before
    CitationRecord,
    ClauseRecord,
    DutyRecord,
    NoteRecord,
    PolicyRecord,
    Record,
    Setting,
    TargetRecord,
)
from ontology.authority import departments  # noqa: E402

FIRST, LAST = date(2010, 1, 4), date(2025, 12, 30)
CITY_DUTIES = 10_000  # duties of all tiers for each city
DEPARTMENTS, COUNTY_DEPARTMENTS, LAWS = 40, 3, 2000
PROVINCES = ("中州", "东岭", "南泽", "西原", "北川")
STEMS, ENDS = "甲乙丙丁戊己庚辛壬癸", "川陵原泽岭溪湾岗汀浦"
NUMERALS = "一二三四五六七八九十"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


TOPICS = _words("""
公共停车 充电设施 城乡公交 绿色货运 慢行系统 河道治理 供水保障 污水处理 垃圾分类 秸秆利用 造林绿化 粮食仓储 高标准农田
冷链物流 电子商务 外贸提质 招商引资 专精特新 科技成果转化 数字经济 工业园区 安全生产 消防救援 食品安全 药品监管 疫苗接种
分级诊疗 养老服务 托育服务 学前教育 职业教育 教师队伍 青年就业 技能培训 社会保险 住房租赁 旧区改造 城市更新 历史文化保护
旅游服务 全民健身 政务服务 信用体系 审计整改 统计监测 防汛抗旱 地震应急 气象预警 交通安全 快递网点""")
VERBS = _words("推进 加快 加强 规范 促进 支持 深化 优化 保障 提升")
SUFFIXES = ("", "工作", "发展", "体系建设")
GENRES = _words("实施意见 实施方案 行动计划 管理办法 若干措施 工作要点 通知 规划")
TASKS = _words("建设示范点 完善管理制度 开展专项检查 落实资金保障 编制专项规划 建立工作台账 改造老旧设施 组织业务培训")
MEASURES = _words("覆盖率 达标率 设施数量 服务人次 投资总额")
BENEFICIARIES = _words("小微企业 新建项目 示范园区 农民合作社 养老机构")


@dataclass
class Government:
    """A government with its departments (the first bear most) and the policies that it has issued so far."""

    setting: Setting
    name: str
    stem: str
    units: list[tuple[str, str]]  # name and kind
    weight: float
    shares: list[float] = field(default_factory=list)
    issued: list[PolicyRecord] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.shares = list(accumulate((n + 1) ** -0.8 for n in range(len(self.units))))


def governments(cities: int) -> list[Government]:
    """The state, the provinces, the cities and two counties of each city."""
    found = [Government(Setting(), "国务院", "国", _units("", 0, 99), 0.02)]
    provinces = PROVINCES[: max(1, min(len(PROVINCES), cities // 4))]
    for province in provinces:
        place = province + "省"
        found.append(
            Government(Setting(place), place + "人民政府", province[0], _units(place, 1, DEPARTMENTS), 0.1 / len(provinces))
        )
    for n in range(cities):
        short = STEMS[n % 10] + ENDS[n // 10 % 10] + ("" if n < 100 else NUMERALS[n // 100 % 10])
        province, city = provinces[n % len(provinces)] + "省", short + "市"
        counties = [f"{short}{side}县" for side in "东西"]
        units = _units(city, 2, DEPARTMENTS) + [(city + county + "人民政府", "government") for county in counties]
        found.append(Government(Setting(province, city), city + "人民政府", short, units, 0.8 / cities))
        for county in counties:
            units = _units(city + county, 3, COUNTY_DEPARTMENTS)
            setting = Setting(province, city, county)
            found.append(Government(setting, city + county + "人民政府", short + county[-2], units, 0.04 / cities))
    return found


def _units(place: str, tier: int, count: int) -> list[tuple[str, str]]:
    """The departments of a place by their full names."""
    names = []
    for row in departments():
        if tier == 0:
            names.append(row.state)
        elif ending := row.endings[tier - 1]:
            names.append(place + (ending[1:] if ending.startswith("=") else row.names[0] + ending))
    return [(name, "department") for name in dict.fromkeys(filter(None, names))][:count]


def records(duties: int, seed: int = 1) -> Iterator[Record]:
    """The records of about so many duties, policy by policy in the order of their dates."""
    chance = Random(seed)
    everyone = governments(max(1, duties // CITY_DUTIES))
    shares = list(accumulate(g.weight for g in everyone))
    count = duties // 10
    for n in range(count):
        issuer = chance.choices(everyone, cum_weights=shares)[0]
        issued = FIRST + timedelta(days=round((LAST - FIRST).days * (n / count) ** 0.7))
        yield from _Policy(chance, everyone, issuer, issued, n).records()


class _Policy:
    """Makes one policy."""

    def __init__(self, chance: Random, everyone: list[Government], issuer: Government, issued: date, n: int) -> None:
        self.chance, self.everyone, self.issuer, self.issued = chance, everyone, issuer, issued
        place = issuer.setting.place
        self.topic = chance.choice(TOPICS)
        number = f"{issuer.stem}政〔{issued.year}〕{len(issuer.issued) + 1}号"
        source = f"{n:07}.txt"
        expires = issued + timedelta(days=365 * chance.randint(1, 5)) if chance.random() < 0.35 else None
        self.head = PolicyRecord(
            policy=f"{number}-{n:08x}",
            source=source,
            span=(0, 4000),
            title=f"{place}{chance.choice(VERBS)}{self.topic}{chance.choice(SUFFIXES)}{chance.choice(GENRES)}",
            number=number if chance.random() < 0.95 else None,
            issuer=(issuer.name,),
            dated=issued.isoformat(),
            effective=chance.choices(("issue", (issued + timedelta(days=30)).isoformat(), None), (6, 2, 2))[0],
            expires=expires.isoformat() if expires else None,
            type="意见",
            place=place,
            sha256=hashlib.sha256(source.encode()).hexdigest(),
            setting=issuer.setting,
        )
        self.at = 100  # the offset of the next fact

    def where(self, clause: str, length: int) -> dict[str, object]:
        """The place of the next fact."""
        self.at += length + 7
        start = self.at - length
        here = {"policy": self.head.policy, "source": self.head.source, "clause": clause, "clause_key": clause}
        return here | {"start": start, "end": self.at}

    def records(self) -> Iterator[Record]:
        """The policy and its facts; from now on others can cite it."""
        yield self.head
        yield self.clause("", None)
        yield from self.citations()
        for n in range(self.chance.choice((2, 2, 3, 3, 4))):
            section = NUMERALS[n]
            yield self.clause(section, "")
            for m in range(self.chance.choice((1, 1, 2))):
                item = f"{section}/（{NUMERALS[m]}）"
                yield self.clause(item, section)
                yield from self.assignment(item)
                yield from self.figures(item)
        self.issuer.issued.append(self.head)

    def clause(self, path: str, parent: str | None) -> ClauseRecord:
        label = path.rpartition("/")[2]
        text = f"{label}{self.topic}{self.chance.choice(TASKS)}，明确责任，按期完成。"
        kind = "item" if path else "root"
        return ClauseRecord(**self.where(path, 30), label=label, kind=kind, heading=self.topic, parent=parent, text=text)  # type: ignore[arg-type]

    def assignment(self, path: str) -> Iterator[Record]:
        """1 to 8 bearers under one clause; one clause in ten names none."""
        chance = self.chance
        if chance.random() < 0.105:
            return
        size = chance.choices(range(1, 9), (18, 20, 20, 16, 11, 7, 5, 3))[0]
        bearers = list(dict.fromkeys(chance.choices(self.issuer.units, cum_weights=self.issuer.shares, k=size)))
        led = chance.random() < 0.5
        task, (deadline, words) = f"{self.topic}{chance.choice(TASKS)}{chance.randint(2, 90)}项", self.deadline()
        quote = "（责任单位：" + "、".join(name for name, _ in bearers) + "）"
        doubt = {"confidence": 0.6, "reason": "单位由上文补出"} if chance.random() < 0.08 else {}
        for order, (name, kind) in enumerate(bearers):
            role = ("lead" if order == 0 else "support") if led else "responsible"
            yield DutyRecord(
                **self.where(path, 6), role=role, mention=name[-6:], agency=name, agency_kind=kind,
                agency_place=self.issuer.setting.place, agency_tier=self.issuer.setting.tier, agency_known=kind == "department",
                assignment=f"{path}-1", order=order, quote=quote, task=task, deadline=deadline, deadline_text=words, **doubt,
            )  # type: ignore[arg-type]  # fmt: skip
        if chance.random() < 0.02:
            yield NoteRecord(**self.where(path, 6), kind="agency", message="单位由上文补出", quote=quote[:6])  # type: ignore[arg-type]

    def deadline(self) -> tuple[str | None, str | None]:
        """None in more than half the cases; else the end of a year, a month, a day or a rhythm."""
        chance, ahead = self.chance, self.issued.year + self.chance.randint(0, 4)
        kind = chance.choices(("none", "year", "month", "day", "rhythm"), (55, 22, 13, 5, 5))[0]
        if kind == "year":
            return str(ahead), f"到{ahead}年"
        if kind == "rhythm":
            return "每年", "每年"
        if kind == "none":
            return None, None
        month = chance.randint(1, 12)
        return (f"{ahead}-{month:02}", f"{ahead}年{month}月底前") if kind == "month" else (f"{ahead}-{month:02}-15", "15日前")

    def figures(self, path: str) -> Iterator[Record]:
        chance = self.chance
        if chance.random() < 0.33:
            before, value = chance.randint(10, 60), chance.randint(61, 100)
            unit = chance.choice(("%", "个", "万元", "处"))
            quote = f"{self.topic}达到{value}{unit}以上"
            yield TargetRecord(
                **self.where(path, len(quote)), indicator=f"{self.topic}{chance.choice(MEASURES)}",
                op=chance.choice((">=", "=", "<=")), value=value, unit=unit, baseline=before if chance.random() < 0.25 else None,
                by=str(self.issued.year + chance.randint(1, 5)), change="up" if chance.random() < 0.2 else None, quote=quote,
            )  # type: ignore[arg-type]  # fmt: skip
        if chance.random() < 0.12:
            value = chance.choice((5, 10, 20, 50, 100, 300, 500))
            quote = f"最高不超过{value}万元"
            yield TargetRecord(
                **self.where(path, len(quote)), kind="support", indicator=f"{self.topic}{chance.choice(BENEFICIARIES)}补助",
                op=chance.choice(("<=", "=")), value=value, unit="万元", quote=quote,
            )  # type: ignore[arg-type]  # fmt: skip

    def citations(self) -> Iterator[Record]:
        """Laws of old, policies of the tiers above and of the government itself; repeals and amendments among the last."""
        chance = self.chance
        for _ in range(chance.choice((0, 1, 1, 2))):
            law = int(LAWS * chance.random() ** 3)
            yield self.cite(f"{TOPICS[law % len(TOPICS)]}条例之{law}", None, chance.choice(("basis", "cites")))
        above = [g for g in self.everyone[:6] if g.issued and g.setting.province in ("", self.issuer.setting.province)]
        for _ in range(chance.choice((0, 1, 1, 2)) if above else 0):
            issued = chance.choice(above).issued
            yield self.cite_policy(issued[-1 - int(len(issued) * chance.random() ** 2)], chance.choice(("basis", "basis", "cites")))
        issued = self.issuer.issued
        if issued and chance.random() < 0.5:
            yield self.cite_policy(chance.choice(issued[-200:]), chance.choice(("basis", "cites")))
        if issued and chance.random() < 0.14:
            yield self.cite_policy(chance.choice(issued[-400:]), "repeals", chance.random() < 0.15)
        if issued and chance.random() < 0.04:
            yield self.cite_policy(chance.choice(issued[-200:]), "amends", True)

    def cite_policy(self, policy: PolicyRecord, relation: str, partial: bool = False) -> CitationRecord:
        both = self.chance.random()
        title = policy.title if both < 0.7 or not policy.number else None
        found = self.cite(title, policy.number if both > 0.15 else None, relation)
        return replace(found, cited_clause=f"第{NUMERALS[self.chance.randint(0, 9)]}条" if partial else None)

    def cite(self, title: str | None, number: str | None, relation: str) -> CitationRecord:
        quote = (f"《{title}》" if title else "") + (f"（{number}）" if number else "")
        return CitationRecord(**self.where("", len(quote)), title=title, number=number, relation=relation, quote=quote)  # type: ignore[arg-type]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--duties", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    from graph.build import build  # noqa: PLC0415

    begun, worked = time.perf_counter(), time.process_time()
    report = build(records(options.duties, options.seed), options.store, extractor="zhize-bench")
    took = time.perf_counter() - begun
    print(f"{report.policies:,} policies, {report.facts:,} facts, {report.statements:,} statements")
    worked = time.process_time() - worked
    print(f"built in {took:,.0f} s, {worked:,.0f} s of the processor: {report.statements / took:,.0f} statements/s")


if __name__ == "__main__":
    main()
