"""Every word that people read in tables and summaries, in Chinese and English: one place for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]

# key -> (Chinese, English). Keys with a dot translate a code: "role.lead" stands for the value "lead".
WORDS: dict[str, tuple[str, str]] = {
    # columns
    "agency": ("单位", "Agency"),
    "agencies": ("单位", "Agencies"),
    "baseline": ("基数", "Baseline"),
    "by": ("期限", "By"),
    "change": ("增减", "Change"),
    "citations": ("引用", "Citations"),
    "clause": ("条款", "Clause"),
    "clauses": ("条款", "Clauses"),
    "confidence": ("把握", "Confidence"),
    "dated": ("成文日期", "Dated"),
    "deadline": ("完成时限", "Deadline"),
    "documents": ("文件来源", "Documents"),
    "duties": ("职责", "Duties"),
    "effective": ("施行日期", "Effective"),
    "evidence": ("出处", "Evidence"),
    "expires": ("失效日期", "Expires"),
    "figure": ("指标值", "Figure"),
    "form": ("形式", "Form"),
    "indicator": ("指标", "Indicator"),
    "issuer": ("发文机关", "Issuer"),
    "kind": ("类别", "Kind"),
    "known": ("已知", "Known"),
    "message": ("说明", "Message"),
    "named_by": ("被提及", "Named by"),
    "notes": ("待核事项", "Notes to review"),
    "number": ("文号", "Number"),
    "op": ("比较", "Op"),
    "order": ("序号", "No."),
    "partners": ("同责单位", "Other bearers"),
    "place": ("地区", "Place"),
    "policies": ("政策文件", "Policies"),
    "policy": ("文件", "Policy"),
    "quote": ("原文", "Quote"),
    "reason": ("理由", "Reason"),
    "resolved": ("已收录", "In the store"),
    "role": ("责任方式", "Role"),
    "seconds": ("用时（秒）", "Seconds"),
    "targets": ("指标", "Targets"),
    "task": ("工作任务", "Task"),
    "tier": ("层级", "Tier"),
    "title": ("标题", "Title"),
    "total": ("合计", "All"),
    "type": ("文种", "Type"),
    "unit": ("计量单位", "Unit"),
    "unread": ("未能读取", "Unreadable"),
    "value": ("数值", "Value"),
    # codes
    "role.lead": ("牵头", "lead"),
    "role.responsible": ("责任", "responsible"),
    "role.support": ("配合", "support"),
    "form.marker": ("责任括注", "marker"),
    "form.table": ("表格", "table"),
    "form.inline": ("正文", "inline"),
    "relation.basis": ("依据", "rests on"),
    "relation.cites": ("引用", "cites"),
    "relation.repeals": ("废止", "repeals"),
    "relation.amends": ("修改", "amends"),
    "passive.basis": ("被作为依据：", "is the basis of"),
    "passive.cites": ("被引用：", "cited by"),
    "passive.repeals": ("被废止：", "repealed by"),
    "passive.amends": ("被修改：", "amended by"),
    "kind.target": ("目标", "target"),
    "kind.support": ("扶持", "support"),
    "change.up": ("增长", "up"),
    "change.down": ("下降", "down"),
    "tier.state": ("国家", "state"),
    "tier.province": ("省", "province"),
    "tier.city": ("市", "city"),
    "tier.county": ("县区", "county"),
    "tier.township": ("乡镇", "township"),
    "known.True": ("是", "yes"),
    "known.False": ("否", "no"),
    "resolved.True": ("是", "yes"),
    "resolved.False": ("否", "no"),
    "effective.issue": ("自印发之日起", "on issue"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: ``words("title")`` is a label, ``words.code("role", "lead")`` a translated value."""

    lang: Lang = "zh"

    def __call__(self, key: str) -> str:
        """The label of ``key``. KeyError for a key that has no row in ``WORDS``."""
        return WORDS[key][self.lang == "en"]

    def code(self, column: str, value: object) -> str:
        """``value`` of ``column`` as people say it; a value without a row stands for itself."""
        row = WORDS.get(f"{column}.{value}")
        return row[self.lang == "en"] if row else str(value)

    def pick(self, chinese: str, english: str) -> str:
        """The sentence in this language; for sentences that occur once."""
        return english if self.lang == "en" else chinese

    def join(self, parts: tuple[str, ...] | list[str]) -> str:
        """A list of names: 、 between Chinese ones."""
        return self.pick("、", ", ").join(parts)
