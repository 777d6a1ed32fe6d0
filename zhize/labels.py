"""Every word that people read in tables and summaries, in Chinese and English: one place for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]

# key -> (Chinese, English). Keys with a dot translate a code: "role.lead" stands for the value "lead". Codes that the ontology
# lists (ontology/lists.ttl) have its words; a test holds that. They stand here too so that a command need not read the ontology.
WORDS: dict[str, tuple[str, str]] = {
    # columns
    "advice": ("处理办法", "What to do"),
    "agency": ("单位", "Agency"),
    "aliases": ("简称、别名", "Aliases"),
    "authority": ("机构名录", "Authority"),
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
    "documents": ("来源文件", "Documents"),
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
    "lineage": ("沿革", "Before and after"),
    "message": ("说明", "Message"),
    "name": ("名称", "Name"),
    "named_by": ("被提及", "Named by"),
    "notes": ("待核事项", "Notes to review"),
    "number": ("文号", "Number"),
    "op": ("比较", "Op"),
    "source": ("来源", "Source"),
    "order": ("序号", "No."),
    "parameters": ("参数", "Parameters"),
    "partners": ("同责单位", "Other bearers"),
    "place": ("地区", "Place"),
    "precedence": ("衔接规定", "Precedence"),
    "predecessors": ("前身", "Predecessors"),
    "problem": ("问题", "Problem"),
    "policies": ("政策文件", "Policies"),
    "policy": ("文件", "Policy"),
    "queries": ("查询", "Queries"),
    "question": ("问题", "Question"),
    "quote": ("原文", "Quote"),
    "reason": ("理由", "Reason"),
    "resolved": ("已收录", "In the store"),
    "role": ("责任方式", "Role"),
    "rule": ("规则", "Rule"),
    "seconds": ("用时（秒）", "Seconds"),
    "since": ("设立", "Since"),
    "successor": ("后身", "Successor"),
    "standing": ("效力", "Standing"),
    "targets": ("指标", "Targets"),
    "task": ("工作任务", "Task"),
    "thing": ("事物", "Thing"),
    "tier": ("层级", "Tier"),
    "title": ("标题", "Title"),
    "total": ("合计", "All"),
    "type": ("文种", "Type"),
    "unit": ("计量单位", "Unit"),
    "unread": ("未能读取", "Unreadable"),
    "until": ("撤销", "Until"),
    "value": ("数值", "Value"),
    # codes
    "role.lead": ("牵头", "lead"),
    "role.responsible": ("责任", "responsible"),
    "role.support": ("配合", "supporting"),
    "form.marker": ("括注或单列名单", "marked list"),
    "form.table": ("表格", "table"),
    "form.inline": ("句中", "sentence"),
    "relation.basis": ("依据", "basis"),
    "relation.cites": ("引用", "cites"),
    "relation.repeals": ("废止", "repeals"),
    "relation.amends": ("修改", "amends"),
    "passive.basis": ("被作为依据", "is the basis of"),
    "passive.cites": ("被引用", "cited by"),
    "passive.repeals": ("被废止", "repealed by"),
    "passive.amends": ("被修改", "amended by"),
    "precedence.overrides": ("优先适用", "one prevails"),
    "precedence.highest_only": ("就高不重复", "only the highest"),
    "precedence.revised": ("修订文本", "revised text"),
    "note.agency": ("未登记机构", "unknown agency"),
    "note.head": ("文首信息", "head of the document"),
    "note.table": ("表格", "table"),
    "note.citation": ("引用存疑", "doubtful citation"),
    "note.corrected": ("人工更正", "corrected by hand"),
    "note.role": ("责任方式两读", "role in doubt"),
    "note.deadline": ("时限存疑", "doubtful deadline"),
    "note.text": ("未读职责", "text that no rule read"),
    "note.unread": ("未识别单位", "no unit read"),
    "note.weak": ("依据较弱", "weak evidence"),
    "kind.target": ("目标", "target"),
    "kind.support": ("扶持", "support"),
    "change.up": ("增加", "increase"),
    "change.down": ("减少", "decrease"),
    "tier.state": ("国家级", "state"),
    "tier.province": ("省级", "province"),
    "tier.city": ("市级", "prefecture"),
    "tier.county": ("县级", "county"),
    "tier.township": ("乡级", "township"),
    "body.government": ("政府", "government"),
    "body.party": ("党的机关", "party organ"),
    "body.department": ("政府部门", "government department"),
    "body.vertical": ("垂直管理机构", "vertically managed agency"),
    "body.court": ("法院", "court"),
    "body.procuratorate": ("检察院", "procuratorate"),
    "body.mass": ("群团组织", "mass organisation"),
    "body.institution": ("事业单位", "public institution"),
    "body.company": ("企业", "company"),
    "body.group": ("机构群体", "group of bodies"),
    "body.office": ("办事机构", "office of a body"),
    "body.unnamed": ("未点名单位", "unnamed body"),
    "own.True": ("自备名录", "own file"),
    "own.False": ("内置", "shipped"),
    "known.True": ("是", "yes"),
    "known.False": ("否", "no"),
    "resolved.True": ("是", "yes"),
    "resolved.False": ("否", "no"),
    "standing.in_force": ("现行有效", "in force"),
    "standing.pending": ("尚未施行", "not yet in force"),
    "standing.expired": ("已过有效期", "expired"),
    "standing.repealed": ("已废止", "repealed"),
    "standing.unknown": ("效力不明", "unknown"),
    "problem.": ("不符", "broken"),
    "problem.MinCount": ("缺少", "missing"),
    "problem.MaxCount": ("多于一个", "more than one"),
    "problem.Class": ("类型不符", "of another class"),
    "problem.In": ("不在许可值之内", "not in the list"),
    "problem.Datatype": ("数据类型不符", "of another data type"),
    "problem.NodeKind": ("不是 IRI", "no IRI"),
    "problem.LessThan": ("前后颠倒", "out of order"),
    "problem.LessThanOrEquals": ("前后颠倒", "out of order"),
    "problem.MinInclusive": ("小于下限", "below the least"),
    "problem.MinLength": ("为空", "empty"),
    "problem.UniqueLang": ("同一语言有两个", "two in one language"),
    "problem.Or": ("不符合任何一种", "fits none of the forms"),
    "problem.Missing": ("缺少字段", "field missing"),
    "problem.Unknown": ("未知字段", "unknown field"),
    "problem.Type": ("类型不符", "of another type"),
    "problem.Json": ("不是 JSON", "no JSON"),
    "problem.Kind": ("未知记录种类", "unknown kind of record"),
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
