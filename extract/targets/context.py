"""What the surroundings of a figure say about it: history or plan, condition or goal, and by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extract.dates import Deadline, find_deadlines
from extract.frozen import dataclass
from extract.models import Clause, PolicyText
from extract.targets.figures import Change, Value
from extract.targets.statements import Statement


@dataclass(frozen=True, slots=True)
class Finding:
    """A target or support before it becomes a record; ``start`` and ``end`` are clean offsets."""

    start: int
    end: int
    kind: str
    indicator: str
    op: str
    value: Value
    unit: str | None
    change: Change = None
    baseline: float | int | str | None = None
    by: str | None = None
    confidence: float = 1.0
    reason: str = ""


_LABEL = re.compile(r"^[（(]?[一二三四五六七八九十百\d.]{1,8}[）)、.．]|^第[一二三四五六七八九十百]{1,4}[章节条]")
# Headings under which a plan tells what has been: 发展基础, 主要成效, 面临形势.
_BACKGROUND = re.compile(
    r"(?<!夯实)(?<!强化)(?<!打牢)(?:基础|现状|成效|成就|成绩|回顾|形势|背景|概况|机遇|挑战|问题|优势|进展|发展历程|基本情况|发展环境|发展条件)"
    r"(?:[与和及、][一-鿿]{1,8})?$"
)
_TO_DO = re.compile(
    r"实施|推进|推动|加快|打造|重塑|塑造|提升|强化|构建|建设|发挥|培育|加强|夯实|抢抓|把握|应对|解决|破解|聚焦|增强|厚植|巩固|扩大|健全|完善|优化|拓展"
)
_CRITERIA = re.compile(
    r"(?:认定|入园|入驻|准入|申报|评定|入选|遴选|享受|适用)(?:标准|条件|对象|范围|要求|情形)$|^(?:标准|条件|情形|适用范围)$"
)
_REPORTED = re.compile(r"(?:完成|落实|运行|执行|进展)情况$|(?:工作|情况)总结$")  # also where it speaks of goals: 主要指标完成情况
_GOAL_HEAD = re.compile(r"目标|指标|任务要求")
_FUTURE = re.compile(
    r"力争|争取|确保|目标|预期|努力|规划|计划|拟|将|到(?:20|二[〇○零])|十[四五六]五[”\"]?(?:期间|末|时期)|未来|今后"
)
_COMPARED = r"(?!同期|底|末|度|水平|基础|的?基础)"
# Here and below each form is written out with a character of its own first, so that the search may skip to those.
_PAST = re.compile(
    r"截至|截止到?(?:20|目前)|目前(?<!项目前)(?!期)|近年来|十[一二三四]五[”\"]?(?:期间|末|时期)以来|十[一二三]五[”\"]?(?:期间|末|时期|以来)|年以来|先后|已(?:有|达|建成|完成|成为|实现|累计|形成|集聚|开通|经完成|建设)"
    r"|取得(?:显著|积极|明显|新)(?:成效|进展)|位居|居全[国省市]|连续[一-鿿\d]{1,3}年(?:位居|居|稳居|保持全)|经测算|据测算|据统计|同比(?:增长|下降)\d[\d.]{0,4}(?:%|个百分点)(?!以上|左右)"
    rf"|去年(?<![比较以与]去年){_COMPARED}|上年(?<![比较以与]上年){_COMPARED}"
)
_UP_TO = re.compile(r"截[至止](?:到)?(?:20|目前)")
_AIMED = re.compile(r"力争|争取|确保|目标|预期|(?<!截止)到(?:20|二[〇○零])|十[四五六]五[”\"]?(?:期间|末|时期)|今后|未来")
_YEAR = re.compile(r"(20(?<![\d比较以与]20)\d{2})年(?![^，。；]{0,8}基础)")
_SCORE = re.compile(
    r"扣[0-9.]{1,4}分|加[0-9.]{1,4}分|得[0-9.]{1,4}分|计[0-9.]{1,4}分|满分|不得分|扣分|罚款|处以|处[\d一二三四五六七八九十]|罚[\d一-鿿]{0,16}元|系指|是指(?<=[\s\S]是指)|指总|统称|分值|权重[为占\d]|占\d{1,3}分|起付标准|起付线为|测算"
)
_RANK = re.compile(
    r"级(?<=[ⅠⅡⅢⅣI]级)[^一-鿿]|特别重大|较大[（(]|分级标准|预警级别|启动条件|响应级别|人(?<=\d人)(?:以上)?(?:死亡|重伤)"
    r"|死亡[^，。；]{0,4}\d+人|受灾[^，。；]{0,4}\d+人|重伤[^，。；]{0,4}\d+人"
)
_TO_APPLY = re.compile(r"以下(?:基本)?条件|下列(?:基本)?条件|可以?(?:申报|申请)(?!的)")
_TASKS = re.compile(  # all that such a document lists is to be done
    r"民生实事|实事项目|办实事|责任分解|任务分解|任务分工|目标任务|分工方案"
)
_ANNUAL = re.compile(r"(20\d{2})年[^—－\-]{0,20}(?:工作要点|工作计划|工作安排|重点工作|要点)$")
_ANY_YEAR = re.compile(r"(20\d{2})")
_GRANT_YEARLY = re.compile(
    r"(?<!上)(?:每个?年度?|全年|(?<![上个一前人])年度(?:内|最高|累计|补|奖|限额|资助|救助|总额|贴息|扶持|支持|减免)|当年(?=补|累计|奖|最高|资助)|(?<=[位人户家])年(?=享受|补|奖|累计|资助))"
)


_GRANT_MONTHLY = re.compile("每(?:人|生|户)每月")

# 一年内投资: what was done in the period, not how long is paid
_WITHIN = re.compile(r"[一-鿿]{0,8}(?:投资|新增|购置|获得|引进|完成|实现|成交|销售)")

_COMMA = re.compile(r"[，,]")
_OPENING = re.compile(r"(?:\n|[标求][。：:])((?:力争|争取)?(?:[到至]20\d{2}年[底末]?|“?十[四五六]五”?(?:期间|时期|末)))[，,]")
_DASHES = ("—", "－－", "--")
_IF = re.compile(r"的[，,]")  # 每日分出量达到20%以上的，…: how often the condition is met

LOOK_BACK = 300
"""Characters before a figure in which a recipient, an occasion or a date is looked for."""


@lru_cache(maxsize=64)  # the headings above are those of the clauses around too
def _announces(heading: str) -> tuple[str, bool, bool, bool]:
    """A short heading without its label, "" for a long one: does it announce a report, a goal, history or criteria?"""
    head = _LABEL.sub("", heading).split("。")[0].strip("。：: ")
    if not head or len(head) > 24:
        return "", False, False, False
    reported = _REPORTED.search(head) is not None
    return head, reported, not reported and bool(_GOAL_HEAD.search(head)), _told(head) or _CRITERIA.search(head) is not None


def _told(head: str) -> bool:
    """Does a heading announce what has been? 打造新优势 and 夯实发展基础 announce what is to be done."""
    return _BACKGROUND.search(head) is not None and _TO_DO.search(head) is None


class Context:
    """The policy around its statements; one is made for each policy."""

    def __init__(self, policy: PolicyText) -> None:
        self.policy = policy
        self.text = policy.text
        dated = _ANY_YEAR.match(policy.head.dated or "")
        self.year = int(dated[1]) if dated else None
        title = policy.head.title or ""
        annual = _ANNUAL.search(title)
        self.annual = annual[1] if annual else None
        self.tasks = _TASKS.search(title) is not None
        self.emergency = title.endswith("预案")
        self._parents = {clause.key: clause for clause in policy.clauses}
        self._begins = {clause.parent: clause.start for clause in reversed(policy.clauses)}  # where the first part begins
        self._sentence: tuple[int, Sequence[Deadline]] = (-1, ())
        self.heading_at = lru_cache(maxsize=8)(self._heading_at)
        self.announced = lru_cache(maxsize=8)(self._announced)

    def _heading_at(self, key: str) -> tuple[bool, bool, str]:
        """Is the clause background or a list of criteria, is it a clause of goals, and its innermost heading."""
        background = goal = False
        innermost = ""
        clause: Clause | None = self._parents.get(key)
        for _ in range(8):
            if clause is None:
                break
            head, reported, aims, told = _announces(clause.heading)
            if head:
                innermost = innermost or head
                goal = goal or aims
                background = background or reported or (told and not goal)
            clause = self._parents.get(clause.parent) if clause.parent is not None else None
        return background, goal, innermost

    def headings(self, position: int) -> tuple[bool, bool, str]:
        """Background, goal, innermost heading of the clause at a clean offset."""
        if not self.policy.clauses:
            return False, self.tasks, ""
        background, goal, innermost = self.heading_at(self.policy.clause_at(position).key)
        return background, goal or (self.tasks and not background), innermost

    def is_past(self, statement: Statement) -> bool:
        """Does the sentence tell what has been reached rather than what is to be reached?"""
        sentence = self.text[statement.sentence_start : statement.sentence_end]
        if _UP_TO.search(sentence) and not _AIMED.search(sentence):  # 规划 and 计划 are names of things there
            return True
        if _FUTURE.search(sentence):
            return False
        if _PAST.search(sentence):
            return True
        years = [int(y) for y in _YEAR.findall(sentence)]
        return bool(years) and self.year is not None and max(years) < self.year

    def looks_back(self, statement: Statement) -> bool:
        """Do words of history (截至, 近年来, 已建成) say so, and not a year alone?"""
        return _PAST.search(self.text, statement.sentence_start, statement.sentence_end) is not None

    def is_rule_of_counting(self, statement: Statement) -> bool:
        """Scores, fines, definitions, the grades of an emergency, what an applicant must have: their figures are no goals."""
        words = self.text[statement.start : statement.end]
        if _SCORE.search(words) or _RANK.search(words):
            return True
        return _TO_APPLY.search(self.text, statement.sentence_start, statement.sentence_end) is not None

    def deadlines(self, start: int, end: int) -> Sequence[Deadline]:
        """The deadlines in a stretch that lie neither in a title nor in the past."""
        found = []
        for d in find_deadlines(self.text, start, end, self.year):
            if d.value is None or (d.year is not None and self.year is not None and d.year < self.year):
                continue
            if d.period and self.text.startswith(("不得", "不予", "不再"), d.end):  # how long a ban holds
                continue
            before, after = self.text[d.start - 1 : d.start], self.text[d.end : d.end + 1]
            if not d.firm and ((before in "—－-–～~（(《“" and before) or after in "）)》”、—－-–版"):
                continue
            found.append(d)
        return found

    def _in_sentence(self, start: int, end: int) -> Sequence[Deadline]:
        if self._sentence[0] != start:
            self._sentence = (start, self.deadlines(start, end))
        return self._sentence[1]

    def by(self, statement: Statement, position: int, goal: bool) -> str | None:
        """The deadline or rhythm that holds for a figure at ``position``.

        The nearest one before it in the sentence; in a clause of goals also the last date of the paragraph; the date of the words
        that announce a list; in a yearly plan its year.
        """
        before = [
            d
            for d in self._in_sentence(statement.sentence_start, statement.sentence_end)
            if d.end <= position
            and (d.rhythm is None or (self._keeps_on(statement, d, position) and not _IF.search(self.text, d.end, position)))
        ]
        if before and before[-1].rhythm != "全年":
            return before[-1].value
        if before:  # 全年 of the year that the sentence or paragraph names
            dates = [d for d in before if d.year] or [d for d in self.deadlines(statement.paragraph, statement.start) if d.year]
            return dates[-1].value if dates else self.annual or "全年"
        # A short sentence in a list of figures goes on with the date of the paragraph.
        if goal or statement.sentence_end - statement.sentence_start <= 40:
            dates = [d for d in self.deadlines(statement.paragraph, statement.sentence_start) if d.rhythm is None]
            if dates:
                return dates[-1].value
        return self.announced(statement.paragraph, goal) or self.annual

    def _keeps_on(self, statement: Statement, rhythm: Deadline, position: int) -> bool:
        """Does 每年 hold for a figure after it? For all where it opens the list (每年储备A项，签约B项), else up to the comma."""
        if rhythm.start < statement.start:
            return False
        return rhythm.start < statement.groups[0].first.start or _COMMA.search(self.text, rhythm.end, position) is None

    def _announced(self, paragraph: int, goal: bool) -> str | None:
        """The date in the words that announce the list to which the paragraph at this clean offset belongs.

        到2025年，实现以下目标： with paragraphs or numbered items after it; in a clause of goals also the sentence with which items
        behind dashes begin, and a paragraph before that opens with its date. None where the words hold no date or several.
        """
        clause = self.policy.clause_at(paragraph) if self.policy.clauses else None
        if clause is None or clause.parent is None:
            return None
        text, dashed = self.text, self.text.startswith(_DASHES, paragraph)
        first = "\n" + text[paragraph] if dashed else "：\n"
        end = text.find(first, clause.start, paragraph + 1) if dashed else text.rfind(first, clause.start, paragraph) + 1
        if end > clause.start and (goal or text[end - 1] in "：:"):
            dates = self._stated(max(text.rfind("\n", clause.start, end) + 1, clause.start), end)
            if dates:
                return dates.pop() if len(dates) == 1 else None
        if goal and (opening := self._opening(clause.start, paragraph)):
            return opening
        parent = self._parents[clause.parent]
        end = self._begins[parent.key] - 1
        if parent.parent is None:
            return None
        dates = self._stated(parent.start, end) if text[end - 1] in "：:" else set()
        return dates.pop() if len(dates) == 1 else self._opening(parent.start, end) if goal and not dates else None

    def _opening(self, start: int, end: int) -> str | None:
        """The date with which the last paragraph that has one opens: 到2025年，…; 主要目标。到2025年，…"""
        found = list(_OPENING.finditer(self.text, start, end))
        return next(iter(self._stated(found[-1].start(1), found[-1].end())), None) if found else None

    def _stated(self, start: int, end: int) -> set[str | None]:
        """The dates of the last sentence of the stretch, a heading's stop aside."""
        start = max(start, self.text.rfind("。", start, end - 1) + 1)
        return {d.value for d in self.deadlines(start, end) if d.rhythm is None}

    def grant_by(self, statement: Statement, start: int, end: int) -> str | None:
        """每年 where the segment ``[start, end)`` gives an amount a year, else a date or period that the sentence states."""
        if _GRANT_YEARLY.search(self.text, start, end):
            return "每年"
        if _GRANT_MONTHLY.search(self.text, start, end):
            return "每月"
        dates = [
            d
            for d in self.deadlines(max(statement.start, end - LOOK_BACK), end)
            if (d.period and not _WITHIN.match(self.text, d.end)) or (d.iso and d.text[0] in "到至")
        ]
        return dates[-1].value if dates else None
