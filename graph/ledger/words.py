"""The words of ledgers in Chinese and English, and how roles, days and names are written in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from graph.ledger.rows import LedgerRow
from graph.standing import Life, Repeal

Lang = Literal["zh", "en"]
ROLES = ("lead", "responsible", "support")

_TABLE = (
    # key, Chinese, English
    ("ledger", "责任清单", "duty ledger"),
    ("breakdown", "任务分解表", "breakdown of tasks"),
    ("summary", "汇总", "Summary"),
    ("index", "目录", "Index"),
    ("matrix", "单位文件对照", "Agencies by policy"),
    ("index_title", "各单位责任清单目录", "Duty ledgers of all agencies"),
    ("matrix_title", "单位与文件职责对照表", "Duties by agency and policy"),
    ("summary_title", "责任清单汇总表", "summary of duties"),
    ("no", "序号", "No."),
    ("task", "工作任务", "Task"),
    ("role", "责任层级", "Role"),
    ("partners", "共同单位", "Other bearers"),
    ("targets", "目标值", "Targets"),
    ("deadline", "完成时限", "Deadline"),
    ("due", "最后日期", "Due on"),
    ("basis", "政策依据", "Basis"),
    ("clause", "条款", "Clause"),
    ("quote", "原文", "Words as written"),
    ("source", "出处", "Source"),
    ("status", "状态", "Status"),
    ("remarks", "备注", "Remarks"),
    ("agency", "单位", "Agency"),
    ("group", "所属群体", "As one of"),
    ("policy", "政策文件", "Policy"),
    ("number", "文号", "Number"),
    ("dated", "成文日期", "Dated"),
    ("standing", "效力", "Standing"),
    ("total", "合计", "All"),
    ("with_deadline", "有时限", "With deadline"),
    ("policies", "文件数", "Policies"),
    ("file", "清单文件", "File"),
    ("open", "打开", "Open"),
    ("lead", "牵头", "Lead"),
    ("responsible", "责任", "Responsible"),
    ("support", "配合", "Supporting"),
    ("lead_unit", "牵头单位", "Lead"),
    ("responsible_unit", "责任单位", "Responsible"),
    ("support_unit", "配合单位", "Supporting"),
    ("not_started", "未启动", "Not started"),
    ("under_way", "推进中", "Under way"),
    ("done", "已完成", "Done"),
    ("in_force", "有效", "In force"),
    ("pending", "尚未施行", "Not yet in force"),
    ("expired", "已过有效期", "Expired"),
    ("repealed", "已废止", "Repealed"),
    ("find", "查找任务、单位、文件……", "Find a task, agency, policy…"),
    ("shown", "显示 {n} 项", "{n} shown"),
)
_TEXTS: dict[Lang, dict[str, str]] = {"zh": {k: zh for k, zh, _ in _TABLE}, "en": {k: en for k, _, en in _TABLE}}
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEAR = re.compile(r"[0-9]{4}")
_CITY = re.compile(r"[一-鿿]{1,9}?(?:市|自治州|盟|地区|省|自治区)")
_COUNTY = re.compile(r"[一-鿿]{1,7}?(?:[县旗](?=[一-鿿]{2,20}$)|[区市](?=人民政府))")


@dataclass(frozen=True, slots=True)
class LedgerWords:
    """The words of one language: ``words("task")`` is a label. KeyError for a key without a row."""

    lang: Lang = "zh"

    def __call__(self, key: str) -> str:
        """The label of ``key``."""
        return _TEXTS[self.lang][key]

    def pick(self, chinese: str, english: str) -> str:
        """The sentence in this language; for sentences that occur once."""
        return english if self.lang == "en" else chinese

    def number(self, count: int, one: str, many: str) -> str:
        """A number with its English word: 1 duty, 2 duties."""
        return f"{count} {one if count == 1 else many}"

    def join(self, parts: list[str]) -> str:
        """A list of names: 、 between Chinese ones."""
        return self.pick("、", ", ").join(parts)

    def day(self, value: str) -> str:
        """A deadline or date: 2025年12月31日, 2025年6月, 2025年; rhythms and English as they are."""
        if self.lang == "en":
            return value
        if day := _DAY.fullmatch(value):
            return f"{day[1]}年{int(day[2])}月{int(day[3])}日"
        if month := _MONTH.fullmatch(value):
            return f"{month[1]}年{int(month[2])}月"
        return f"{value}年" if _YEAR.fullmatch(value) else value

    def title(self, title: str, number: str) -> str:
        """《标题》（文号）."""
        return (f"《{title}》" if title else "") + (f"（{number}）" if number and title else number)

    def statuses(self) -> tuple[str, ...]:
        """What the column 状态 offers."""
        return self("not_started"), self("under_way"), self("done")

    def standing(self, standing: Life, as_of: str = "", day: str = "") -> str:
        """The standing in a phrase: on the day ``as_of``, or what the documents state of it and whether it has ended by ``day``."""
        parts = [self(standing.on(as_of).state)] if as_of else [ended] if (ended := self.ended(standing, day)) else []
        if standing.expires:
            parts.append(self.pick(f"有效期至{self.day(standing.expires)}", f"valid until {standing.expires}"))
        if as_of and standing.on(as_of).state == "pending":
            parts.append(self.pick(f"{self.day(standing.begins)}起施行", f"in force from {standing.begins}"))
        parts += [self._repeal(repeal) for repeal in standing.repeals]
        return self.pick("；", "; ").join(parts)

    def ended(self, standing: Life, day: str) -> str:
        """That it has ended by ``day`` (ISO) and how, "" where it has not, or without a day."""
        state = standing.on(day).state if day else "unknown"
        if state not in ("expired", "repealed"):
            return ""
        return self.pick(f"截至{self.day(day)}{self(state)}", f"{self(state).lower()} by {day}")

    def _repeal(self, repeal: Repeal) -> str:
        by = self.title(repeal.title, repeal.number)
        if self.lang == "en":
            return f"{repeal.clause or 'whole'} repealed by {by}" + (f" from {repeal.day}" if repeal.day else "")
        since = f"{self.day(repeal.day)}起" if repeal.day else ""
        return f"{repeal.clause}{since}被{by}废止"

    def partners(self, row: LedgerRow, city: str = "") -> str:
        """The other bearers, a line a role: 牵头：甲 / 配合：乙、丙."""
        lines = []
        for role in ROLES:
            names = [shorter(name, city) for its, name in row.duty.partners if its == role]
            if names:
                lines.append(self(role) + self.pick("：", ": ") + self.join(names))
        return "\n".join(lines)

    def remarks(self, row: LedgerRow, city: str = "", day: str = "") -> str:
        """Group, standing (judged on ``day``) and doubt, a line each."""
        lines = []
        if row.group:
            lines.append(self.pick(f"所属群体：{shorter(row.group, city)}", f"As one of: {row.group}"))
        if standing := self.standing(row.standing, day=day):
            lines.append(standing)
        if row.duty.confidence < 1:
            lines.append(self.pick(f"待核：{row.duty.reason}", f"To be checked: {row.duty.reason}").rstrip("： "))
        return "\n".join(lines)


def clause_words(path: str) -> str:
    """The path of a clause as people write it: 二/（二）/一是 → 二（二）一是; a slash stays between bare labels (附件1/2)."""
    return path.replace("/（", "（").replace("）/", "）")


def city_of(place: str) -> str:
    """The city (or province) in the name of a place: 云陵市青溪县 → 云陵市; "" of the state."""
    found = _CITY.match(place)
    return found[0] if found else place


def shorter(name: str, city: str) -> str:
    """A body as the city's own papers write it: 云陵市财政局 → 市财政局, 云陵市青溪县人民政府 → 青溪县人民政府.

    Names that do not begin with ``city`` stay whole.
    """
    if not city:
        return name
    tier = city[-1]
    rest = name.removeprefix("中共").removeprefix(city)
    if not name.startswith((city, f"中共{city}委")) or not rest:
        return name
    return rest if rest.startswith("各") or _COUNTY.match(rest) else tier + rest
