"""By when a duty is to be done (完成时限): the dates of the words that it stands for.

A duty has one deadline: the last of the dates that its words name, by which the whole of it is done, as a ledger of tasks prints
it. All the words stay visible (``2023年底前；2025年6月底前``). What looks like a deadline and is none is left out: how long a ban,
a relief or a grant holds (3年内不得再次申请, 2025年底前免收…, 缓缴至…, 执行期到…) and the years of the past.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.dates import Deadline, find_deadlines
from extract.models import PolicyText

FROM_TITLE = "时限未写年份，年份取自文件标题"
FROM_SENTENCE = "时限未写年份，年份承接前文"
FROM_DATE = "时限未写年份，年份按成文日期推定"
NO_YEAR = "时限未写年份，且无从推定"
SEVERAL = "条款有多个时限，取最晚的日期"
OF_PARTS = "时限只见于部分子项，不作为整项任务的时限"

_TIME_LABEL = re.compile(r"(?:时限|期限|时间)(?<!(?:办理|审批|受理|有效|执行)..)(?:要求)?[:：]")
_DONE = re.compile(
    r"[^，。；]{0,6}?(?:开展|组织|召开|完成|培育|新增|新建|新|推动|推进|建设|建成|举办|改造|实施|选派|评选|发布|编制|报送|调度|通报|更新|培训|引进|淘汰|支持|安排|检查|监测|评估|考核)"
)
_IN_FIGURES = re.compile(r"^(20\d{2})[.\-/](\d{1,2})(?:[.\-/](?=\d{1,2}$)|$)")
_CLAUSE_STOP = re.compile(r"[。；;\n\t，,：:]")

# 2024年, 市区建成…: a bare year that opens its clause, with what is then reached
_OPENS = re.compile(r"(?:^|[，,。；;、：:\n\t（(]|力争|争取|确保|计划|预计|并于|将于|于|在)$")
_REACHED = re.compile(
    r"[，,]?(?:力争|争取|确保)?[^，,。；;]{0,40}?(?:完成|建成|实现|达到?|新建|打造|建设|引进|压缩|形成|培育|新增|通车|投产|投用|投入使用|取消|覆盖|改造|验收|完毕|达标|投运)"
)
_REACHED_AT_ONCE = re.compile(
    r"(?:全部|全面|基本|正式|力争|争取|确保|陆续){0,2}(?:建成|完成|竣工|通车|投产|投用|投入使用|建成投用)(?!的|时|后|[^，。；;]{1,8}的)"
)
_TOLD = re.compile(r"[，,]?[^，,。；;]{0,16}(?:已|截至|截止)")
_OF_A_CLASS = re.compile(r"[^。；;]{0,40}?(?:[奖补](?!救|短)|的(?:[一-鿿]{0,6}(?:企业|单位|项目|个人)|[，,给按]))")
_REWARDED = re.compile(
    r"[^，,。；;未逾]{1,30}的[，,]?(?!单位|项目)[^。；;未]{0,12}(?:奖|补(?:贴|助)|给予|享受)"
)  # 6月底前完成改造的，给予奖励

# how long a ban holds; what an applicant must have done or kept from
_BANNED = re.compile(r"[，,]?(?:一律|均|将|原则上)?(?:不得|不予|不再|不能|不可|不享受|不受理|不纳入)")
_SUSPENDED = re.compile(
    r"[，,]?(?:一律|均|将|原则上)?(?:禁止|取消|停止|暂停|限制)"
)  # 年底前取消收费 is a task, 3年内取消资格 a ban
_COUNTED_BACK = re.compile(r"(?:近|最近|连续|过去|此前|前|满|不足|超过|少于|[成设]立|注册|认定)$")
_HAPPENED = re.compile(r"[，,]?(?:累计|连续|发生|出现|被|未[^来]|受到|有过?[^，。；]{0,10}(?:记录|行为)|[两二三]次|再次)")
# how long a relief or a grant holds
_RELIEF = (
    r"免收|免征|免缴|免交|免除|减免|减征|减收|减半|减按|缓缴|缓征|缓收|缓交|停征|暂停征收|不收|暂免|免费"
    r"|(?:给予|予以|享受|按)[^，。；]{0,24}(?:补贴|补助|奖励|奖补|资助|贴息|优惠|减免|返还|减征|免征)"
)
_RELIEVED = re.compile(
    rf"[，,]?(?:可以?|继续|依法|按规定|全额|一律|统一|适当|暂|均){{0,3}}(?:{_RELIEF})"
    rf"|[，,]?对(?![^。；]{{0,80}}(?:完成|开展|建成|改造|排查|整治|验收))[^。；]{{1,80}}?(?:{_RELIEF})"
)
_HOLDS_UNTIL = re.compile(
    r"(?:免[收征缴交费]|减[免征收半按]|缓[缴征收交]|停征|延[长续期缴]|顺延|展期|执行|有效期?|适用|施行|试行|保留|存续|过渡期?|实施期|享受|优惠|政策"
    r"|补贴|补助|奖补)[^，,。；;]{0,16}$"
)
_UNTIL = ("到", "至", "截至", "截止")
_NEXT_TO = re.compile(r"(?:次年|翌年|下年|下一?年度?|第二年|上年|去年|次|翌)$")  # counted from another day
# 10月底前 comes again every year in these
_STANDING = re.compile(r"(?:办法|条例|规定|细则|制度|预案|章程|规则)(?:[（(][^（）()]{1,8}[）)])?$")
_TITLE_YEAR = re.compile(r"(?<![\d—－\-–~～至])(20\d{2})年?(?:度)?(?![\d—－\-–~～至])")


@dataclass(frozen=True, slots=True)
class Stated:
    """A deadline as records give it, with all the words it was read from; ``reason`` says what it rests on beside them."""

    value: str | None = None
    words: str | None = None
    reason: str = ""


NONE = Stated()


class Deadlines:
    """Reads the deadlines of one policy; knows which year a day without one falls into."""

    def __init__(self, policy: PolicyText) -> None:
        self.text = policy.text
        head = policy.head
        self._dated = head.dated if head.dated and len(head.dated) >= 7 else None
        self._standing = _STANDING.search(head.title or "") is not None
        self._first_year = int(head.dated[:4]) if head.dated else None
        years = {int(y) for y in _TITLE_YEAR.findall(head.title or "")}
        year = years.pop() if len(years) == 1 else None
        # a plan is issued in its year or shortly before; 关于兑现2022年度奖补资金的通知 looks back
        coming = year is not None and (self._first_year is None or self._first_year <= year <= self._first_year + 1)
        self._title_year = year if coming else None

    def labelled(self, start: int, end: int, opens: int | None = None) -> Stated | None:
        """The deadline behind 完成时限：, up to the end of its line or bracket; None where no such label stands in the stretch.

        ``opens``: the label has to end before this offset.
        """
        label = _TIME_LABEL.search(self.text, start, end if opens is None else min(opens, end))
        if label is None:
            return None
        stop = min([i for c in "\n；;）)。" if (i := self.text.find(c, label.end(), end)) >= 0] or [end])
        return self.cell(label.end(), stop)

    def cell(self, start: int, end: int) -> Stated:
        """The deadline of words that say nothing else: a cell of a column of deadlines, or what stands behind a label."""
        words = self.text[start:end]
        found = list(find_deadlines(words)) if words else []
        if words and not found:  # 6月, 9月30日, 2025.6.30: in such a cell a day needs no 前
            words = _IN_FIGURES.sub(r"\1年\2月", words)
            words = (words + "日" if words[-1].isdigit() and "月" in words[:-1] else words) + "前"
            found = [d for d in find_deadlines(words) if d.start == 0][:1]
        stated = self._last([self._completed(words, d, 0) for d in found], words)
        return Stated(stated.value, self.text[start:end] or None, stated.reason)

    def stated(self, *stretches: tuple[int, int]) -> Stated:
        """The deadline that stretches of text state between them."""
        return self._last([found for start, end in stretches for found in self._firm(start, end)])

    def _firm(self, start: int, end: int) -> Iterator[tuple[Deadline, str]]:
        """The deadlines of a stretch that its words mark as such, their years completed, with the reason for the year."""
        for found in find_deadlines(self.text, start, end):
            if not self._ahead(found):
                continue
            if found.rhythm and not (found.iso or _DONE.match(self.text, found.end)):
                continue
            if self._marked(self.text, found) and not self._holds(found, end):
                yield self._completed(self.text, found, start)

    def _ahead(self, found: Deadline) -> bool:
        """Is the year, where there is one, not before that of the document?"""
        return found.year is None or self._first_year is None or found.year >= self._first_year

    def _marked(self, text: str, found: Deadline) -> bool:
        """Do words mark the deadline as such, or does a bare year open a clause that says what is reached in it?"""
        if found.firm and found.text != "年内":
            return True
        if found.text.startswith(("截", "自", "从")) or _TOLD.match(text, found.end):
            return False
        if _OF_A_CLASS.match(text, found.end) or text.endswith(("对", "凡"), 0, found.start):
            return False
        if _REACHED_AT_ONCE.match(text, found.end):  # 环城公路2024年建成通车
            return _TOLD.search(_clause_before(text, found.start)) is None
        opens = _OPENS.search(text[max(0, found.start - 2) : found.start])
        return opens is not None and _REACHED.match(text, found.end) is not None

    def _holds(self, found: Deadline, end: int) -> bool:
        """Do the words say how long a ban, a condition, a relief or a grant holds?"""
        text = self.text
        before = _clause_before(text, found.start)
        if _BANNED.match(text, found.end, end) or _RELIEVED.match(text, found.end, end):
            return True
        if _REWARDED.match(text, found.end, end):
            return True
        if found.period and (_COUNTED_BACK.search(before) or any(p.match(text, found.end, end) for p in (_HAPPENED, _SUSPENDED))):
            return True
        return found.text.startswith(_UNTIL) and _HOLDS_UNTIL.search(before) is not None

    def _completed(self, text: str, found: Deadline, start: int) -> tuple[Deadline, str]:
        """The deadline with its year, where the words leave it to the title, the sentence or the date; and the reason."""
        if found.rhythm == "全年" and self._title_year:
            return Deadline(found.start, found.end, found.text, year=self._title_year, supplied=True), FROM_TITLE
        if found.value is not None:
            return found, ""
        if found.text == "年前" or _NEXT_TO.search(text, max(0, found.start - 4), found.start):  # 年前: before the Spring Festival
            return found, NO_YEAR
        near = found.text[0] in "今本当明"
        sentence = max(start, *(text.rfind(c, start, found.start) + 1 for c in "。；;\n"))
        named = [d.year for d in find_deadlines(text, sentence, found.start) if d.year and self._ahead(d) and self._marked(text, d)]
        if named and not near:
            return _in_year(text, found, named[-1], FROM_SENTENCE)
        if self._title_year:
            return _in_year(text, found, self._title_year, FROM_TITLE)
        if self._dated is None or self._standing:
            return found, NO_YEAR
        year = int(self._dated[:4])
        completed, reason = _in_year(text, found, year, FROM_DATE)
        if not near and completed.iso and completed.iso[:7] < self._dated[:7]:
            return _in_year(text, found, year + 1, FROM_DATE)
        return completed, reason

    def _last(self, found: Sequence[tuple[Deadline, str]], text: str = "") -> Stated:
        """The last of several deadlines: dates before periods, periods before rhythms, and the words of all."""
        if not found:
            return NONE
        words = "；".join(dict.fromkeys(_words(text or self.text, d) for d, _ in found))
        dates = [(d, why) for d, why in found if d.year]
        if dates:
            last, why = max(dates, key=lambda pair: pair[0].iso or f"{pair[0].year}-12-31")
            several = len({d.value for d, _ in dates}) > 1 or any(why == NO_YEAR for _, why in found)
            return Stated(last.value, words, "；".join(filter(None, (SEVERAL if several else "", why))))
        if any(why == NO_YEAR for _, why in found):
            return Stated(None, words, NO_YEAR)
        held = next((d for d, _ in found if d.period), found[0][0])
        return Stated(held.value, words)


def _words(text: str, found: Deadline) -> str:
    """The words of a deadline, with the quotation mark that opens “十四五”期间 and what 次年3月底前 is counted from."""
    if next_to := _NEXT_TO.search(text, max(0, found.start - 4), found.start):
        return next_to[0] + found.text
    quoted = "”" in found.text and found.start > 0 and text[found.start - 1] == "“"
    return "“" + found.text if quoted else found.text


def _clause_before(text: str, position: int) -> str:
    """The words before ``position`` in its clause, at most 24 of them."""
    return _CLAUSE_STOP.split(text[max(0, position - 24) : position])[-1]


def _in_year(text: str, found: Deadline, year: int, reason: str) -> tuple[Deadline, str]:
    """A day that is written without its year, in ``year``; 29 February in a year that has none stays without."""
    completed = next(find_deadlines(text, found.start, found.end, year), None)
    return (completed, reason) if completed and completed.iso else (found, NO_YEAR)


def of_parts(stated: Iterable[Stated]) -> Stated:
    """The deadline of a task whose sub-items state theirs: the one that all share, else only the words of some."""
    every = list(stated)
    words = "；".join(dict.fromkeys(s.words for s in every if s.words))
    if not words:
        return NONE
    first = every[0]
    if all(s.value == first.value for s in every) and first.value:
        return Stated(first.value, words, first.reason)
    return Stated(None, words, OF_PARTS)
