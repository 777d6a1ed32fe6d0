"""The clause tree of a document, over all numbering styles in use.

Marks nest by their usual order (第X章 > 第X节 > 第X条 > 一、 > （一） > 1. > （1） > ① > 一是); where a document turns the order
round, a first mark of a kind that is not open goes under what is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extract.models import Clause, Paragraph, PolicyText
from extract.policies.marks import BODY_END, MARK_FIRST, NEXT_MARK, RANKS, Mark, marker_at
from extract.policies.tables import find_tables

_INNER = re.compile(  # a mark may stand behind it; each pattern begins with one set, so that the search skips to it
    rf"[。；：:;）)〕】\]{BODY_END}](?:(?<![{BODY_END}])(?=[（(第一二三四五六七八九十\d①-⒑㈠-㈩])|{NEXT_MARK})"
)
_UNDER = re.compile(  # what may stand behind a heading
    r"[（(1第①⑴㈠⒈](?:(?<=[（(])[一1][）)]|(?<=1)(?<!\d1)[.．、](?!\d)|(?<=第)[一二三四五六七八九十百]{1,5}条|(?<=[①⑴㈠⒈]))"
)
_STOPS = re.compile("[。；;！？]")
_LOST, _LONGEST_HEADING = 60, 44  # characters of a paragraph that may have lost its breaks; of a heading
_RUNIN = re.compile(r"(?:^|(?<=[。；：，、;:,\n“）)]))(?P<n>[一二三四五六七八九十]{1,2})是(?!否|指)")
_BARE = re.compile(r"(\d{1,2})(?=[一-鿿])")
_CLOSING = re.compile(
    r"(?:[-–•]\s?)?(?:本|以上|上述|以前|此前|我[省市县区])[一-鿿（）()]{0,24}(?:自|由|从)[^。]{2,60}(?:施行|实施|执行|解释|起草|废止|组织)|附件[:：]|(?:此件|本文)[一-鿿]{0,6}公开"
)
_STATIC = ("appendix", "part", "chapter", "section", "article", "comma", "box", "decimal")
_AMENDED = re.compile(r"(?:[中后])?(?:修改|增加|删[去除]|改为)|中的?[“\"]")  # 第九条修改为: an article of another document
_CN = "零一二三四五六七八九十"


@dataclass(slots=True)
class _Node:
    """A clause while it is being built; ``last`` holds the value of the last child of each kind."""

    mark: Mark | None
    kind: str
    label: str
    rank: float
    start: int
    path: str
    parent: _Node | None
    heading: str = ""
    end: int = 0
    last: dict[str, int] = field(default_factory=dict)


def outline(policy: PolicyText, body: int = 0) -> PolicyText:
    """The policy with its clauses; ``body`` is the clean offset where the document proper begins, after its notice."""
    tree = _Tree(policy, body)
    tree.walk()
    return replace(policy, clauses=tuple(tree.clauses()), _starts=[])


class _Tree:
    """Walks the paragraphs and keeps the stack of open clauses."""

    def __init__(self, policy: PolicyText, body: int) -> None:
        self.text = policy.text
        self.paragraphs = policy.paragraphs
        self.back = policy.back
        self.raw = policy.source.text
        self.body = body
        root = _Node(None, "root", "", -1.0, 0, "", None)
        self.stack = [root]
        self.nodes = [root]
        text, starts = self.text, [p.start for p in self.paragraphs]
        self.marks = {at: marker_at(text, at) if text[at : at + 1] in MARK_FIRST else None for at in starts}
        self.decimals = self._decimal_headings()
        self.articles = 0  # the number of the last article
        self.listing = False  # inside the list of attachments of a notice

    def _decimal_headings(self) -> bool:
        """Does the document number its headings 1, 1.1, 1.1.1? Three decimal marks at the heads of paragraphs say so."""
        return sum(m is not None and m.kind == "decimal" for m in self.marks.values()) >= 3

    def walk(self) -> None:
        """Open and close clauses paragraph by paragraph."""
        tables = find_tables(self.text, self.paragraphs)
        rows = {row.start: row for table in tables if table.units for row in table.rows}
        for paragraph in self.paragraphs:
            if self.body and paragraph.start >= self.body:
                self._close(0.0 - 1, paragraph.start)
                self.stack[0].last.clear()
                self.body = 0
            if paragraph.start in rows:
                self._row(paragraph, rows[paragraph.start].label)
            elif self.text.find("\t", paragraph.start, paragraph.end) < 0:
                self._paragraph(paragraph)
        self._close(-1.0, len(self.text))
        self.stack[0].end = len(self.text)

    def _row(self, paragraph: Paragraph, label: str) -> None:
        """A row of a table of duties is a clause of its own."""
        self._close(RANKS["runin"] + 1, paragraph.start)
        parent = self.stack[-1]
        node = _Node(None, "row", label, RANKS["runin"] + 1, paragraph.start, f"{parent.path}/{label}".lstrip("/"), parent)
        node.end = paragraph.end
        self.nodes.append(node)

    def _paragraph(self, paragraph: Paragraph) -> None:
        mark = self._mark_at(paragraph.start, paragraph.end, True)
        if self.listing and mark is not None and mark.kind == "dot" and paragraph.end - paragraph.start < 80:
            return
        self.listing = False
        if mark is not None:
            self._open_with(mark, paragraph.end)
        elif _CLOSING.match(self.text, paragraph.start, paragraph.end) and not self._in_article() and not self._bare(paragraph):
            self.listing = "附件" in self.text[paragraph.start : paragraph.start + 4]
            self._close(-1.0 if not self._in_appendix() else RANKS["appendix"] + 0.5, paragraph.start)
        for inner in self._inner_marks(paragraph, mark):
            self._open_with(inner, paragraph.end)

    def _open_with(self, mark: Mark, end: int) -> None:
        """Open a clause in a paragraph that goes on to ``end``, and what begins right behind its heading."""
        under = self._under(mark, end)
        self._open(mark, Paragraph(mark.start, under.start if under else end))
        if under:
            self._open_with(under, end)

    def _under(self, mark: Mark, end: int) -> Mark | None:
        """A first mark behind a heading whose line end is lost: 一、战略定位（一）…（二）…; 第二章职责第三条…"""
        if end - mark.end < _LOST:
            return None
        found = _UNDER.search(self.text, mark.end + 2, min(mark.end + _LONGEST_HEADING, end))
        if found is None or _STOPS.search(self.text, mark.end, found.start() - 1):
            return None
        under = self._mark_at(found.start(), end, False)
        if under is None or under.rank <= mark.rank:
            return None
        if under.kind == "article":
            return under if mark.kind in ("part", "chapter", "section") and under.value == self.articles + 1 else None
        return under if self._followed(under, end) else None

    def _bare(self, paragraph: Paragraph) -> bool:
        """Is the paragraph the first under a heading, so that it is that clause's text?"""
        top = self.stack[-1]
        return top.mark is not None and paragraph.start - top.mark.end <= len(top.heading) + 3

    def _in_article(self) -> bool:
        return any(node.kind == "article" for node in self.stack)

    def _in_appendix(self) -> bool:
        return any(node.kind == "appendix" for node in self.stack)

    def _mark_at(self, start: int, end: int, heads: bool) -> Mark | None:
        """A mark that numbers a clause; ``heads``: at the head of a paragraph. Figures that look like marks are passed over."""
        mark = self.marks[start] if heads else marker_at(self.text, start)
        if mark is None:
            return self._bare_heading(start, end) if heads and self.decimals else None
        if mark.end > end:
            return None
        if mark.kind == "decimal":
            return mark if self.decimals else None
        if mark.kind == "runin":
            parent = self._parent_for(mark)
            return mark if mark.value == 1 or parent.last.get("runin") == mark.value - 1 else None
        if mark.kind == "article" and (
            self.text[mark.end : mark.end + 1] in ("的", "规", "所", "第", "、", "，") or _AMENDED.match(self.text, mark.end)
        ):
            return None
        if mark.kind == "comma" and mark.value > 1 and self.text[mark.end : mark.end + 2] == f"{_CN[min(mark.value + 1, 10)]}、":
            return None
        return mark

    def _bare_heading(self, start: int, end: int) -> Mark | None:
        """``1 总则``: a number and a short heading, set apart by a blank in the file."""
        found = _BARE.match(self.text, start, end)
        if found is None or end - start > 30 or self.text[end - 1] in "。；，：":
            return None
        gap = self.raw[self.back[found.end() - 1] + 1 : self.back[found.end()]]
        expected = self.stack[0].last.get("decimal0", 0) + 1
        if not gap and int(found.group(1)) != expected:
            return None
        return Mark("decimal", found.group(1), int(found.group(1)), found.start(), found.end(), True, 0)

    def _inner_marks(self, paragraph: Paragraph, first: Mark | None) -> Iterator[Mark]:
        """Marks inside a paragraph whose breaks are lost: they follow the end of a sentence and count on in their series."""
        start = first.end if first else paragraph.start
        if first and (beside := self._beside(first, paragraph)):
            yield beside
        for place in _INNER.finditer(self.text, max(start - 1, 0), paragraph.end):
            mark = self._mark_at(place.end(), paragraph.end, False)
            if mark is None or mark.kind in ("appendix", "box", "decimal", "section", "part") or mark.start <= self.nodes[-1].start:
                continue
            if mark.kind == "runin" and (first is None or first.kind != "runin"):
                continue  # run-in labels inside a paragraph are found when the tree is done
            parent = self._parent_for(mark)
            previous = parent.last.get(mark.kind, 0) or (self.articles if mark.kind == "article" else 0)
            if (previous and mark.value == previous + 1) or (mark.value == 1 and self._followed(mark, paragraph.end)):
                yield mark

    def _beside(self, first: Mark, paragraph: Paragraph) -> Mark | None:
        """第九条（一）…: a first mark directly behind another, whose second heads a later paragraph of that clause."""
        mark = self._mark_at(first.end, paragraph.end, False)
        if mark is None or mark.value != 1 or mark.rank <= first.rank or mark.kind in ("decimal", "box", "runin"):
            return None
        later = (self.marks[p.start] for p in self.paragraphs if p.start > paragraph.start)
        ends = next((m for m in later if m and (m.rank <= first.rank or (m.kind == mark.kind and m.value == 2))), None)
        return mark if ends is not None and ends.kind == mark.kind else None

    def _followed(self, mark: Mark, end: int) -> bool:
        """Is there a second mark of the kind behind a first one, in the same paragraph, or 二、 behind 一、 in a later one?"""
        if mark.kind == "comma" and not any(node.kind == "comma" for node in self.stack):
            later = next((m for at, m in self.marks.items() if at > end and m is not None and m.kind == "comma"), None)
            if later is not None:
                return later.value == 2
        if self._under(mark, end):
            return True
        places = _INNER.finditer(self.text, mark.end - 1, end)
        return any((m := marker_at(self.text, p.end())) is not None and m.kind == mark.kind and m.value == 2 for p in places)

    def _parent_for(self, mark: Mark) -> _Node:
        """The open clause that a mark goes under."""
        depth = len(self.stack) - 1
        if mark.value == 1 and mark.kind not in _STATIC and not any(n.kind == mark.kind for n in self.stack):
            return self.stack[-1]  # a new series under whatever is open
        same = next((i for i in range(depth, 0, -1) if self._same(self.stack[i], mark)), None)
        if same is not None:
            return self.stack[same - 1]
        while depth > 0 and self.stack[depth].rank >= mark.rank:
            depth -= 1
        if mark.kind == "decimal":  # 3.1 goes under 3, not under a 2 that was left open
            stem = mark.label.rpartition(".")[0]
            while depth > 0 and self.stack[depth].kind == "decimal" and not f"{stem}.".startswith(f"{self.stack[depth].label}."):
                depth -= 1
        if self.stack[depth].kind == "box" and mark.value > 1:
            outer = self.stack[depth - 1]
            if self.stack[depth].last.get(mark.kind) != mark.value - 1 and outer.last.get(mark.kind) == mark.value - 1:
                return outer
        return self.stack[depth]

    @staticmethod
    def _same(node: _Node, mark: Mark) -> bool:
        return node.kind == mark.kind and (node.mark is None or node.mark.depth == mark.depth)

    def _open(self, mark: Mark, paragraph: Paragraph) -> None:
        parent = self._parent_for(mark)
        while self.stack[-1] is not parent:
            self._pop(mark.start)
        label = mark.label
        path = self._decimal_path(parent, mark) if mark.kind == "decimal" else f"{parent.path}/{label}".lstrip("/")
        node = _Node(mark, mark.kind, label, mark.rank, mark.start, path, parent, self._heading(mark, paragraph))
        parent.last[mark.kind] = mark.value
        if mark.kind == "article":
            self.articles = mark.value
        if mark.kind == "decimal" and mark.depth == 0:
            self.stack[0].last["decimal0"] = mark.value
        self.stack.append(node)
        self.nodes.append(node)

    @staticmethod
    def _decimal_path(parent: _Node, mark: Mark) -> str:
        """``5/5.2/5.2.1``: every level is named, also where its heading is missing."""
        numbers = mark.label.split(".")
        levels = [".".join(numbers[: i + 1]) for i in range(len(numbers))]
        base = parent.path.split("/")
        known = [level for level in levels[:-1] if level not in base]
        return "/".join(part for part in [*base, *known, mark.label] if part)

    def _heading(self, mark: Mark, paragraph: Paragraph) -> str:
        """The title line of a clause, or its lead-in sentence where that is short."""
        end = self.text.find("。", mark.end, paragraph.end)
        heading = self.text[mark.end : end if end >= 0 else paragraph.end].strip("：:、.． 　")
        return heading if len(heading) <= 50 else ""

    def _close(self, rank: float, position: int) -> None:
        while len(self.stack) > 1 and self.stack[-1].rank >= rank:
            self._pop(position)

    def _pop(self, position: int) -> None:
        self.stack.pop().end = position

    def clauses(self) -> list[Clause]:
        """The finished clauses with unique keys, run-in parts of paragraphs included, in the order of the text."""
        flat = sorted([*self.nodes, *self._run_ins()], key=lambda n: (n.start, n.rank))
        seen: dict[str, int] = {}
        keys: dict[int, str] = {}
        out = []
        for node in flat:
            seen[node.path] = seen.get(node.path, 0) + 1
            key = node.path if seen[node.path] == 1 else f"{node.path}#{seen[node.path]}"
            keys[id(node)] = key
            parent = keys[id(node.parent)] if node.parent else None
            level = node.path.count("/") + 1 if node.path else 0
            out.append(Clause(key, node.path, node.label, node.kind, level, node.start, node.end, node.heading, parent))
        return out

    def _run_ins(self) -> Iterator[_Node]:
        """一是…；二是… inside paragraphs: series that begin with 一是 and have a 二是."""
        if "一是" not in self.text:
            return
        several = [p for p in self.paragraphs if self.text.find("二是", p.start, p.end) >= 0]
        limits: dict[int, int] = {}  # where the first child of a node begins
        for node in self.nodes if several else ():
            above = id(node.parent)
            limits[above] = min(limits.get(above, node.start), node.start)
        for node in self.nodes if several else ():
            if node.kind in ("runin", "row"):
                continue
            start, limit = node.mark.end if node.mark else node.start, limits.get(id(node), node.end)
            for paragraph in several:  # those of the clause up to its first child
                if paragraph.start < limit and paragraph.end > start:
                    yield from self._series(node, Paragraph(max(paragraph.start, start), min(paragraph.end, limit)))

    def _series(self, node: _Node, paragraph: Paragraph) -> Iterator[_Node]:
        if self.text.find("二是", paragraph.start, paragraph.end) < 0:
            return
        series: list[re.Match[str]] = []
        for match in _RUNIN.finditer(self.text, paragraph.start, paragraph.end):
            value = _CN.index(match["n"]) if match["n"] in _CN else 0
            if value == len(series) + 1:
                series.append(match)
        if len(series) < 2:
            return
        stops = [m.start() for m in series[1:]] + [paragraph.end]
        for match, stop in zip(series, stops, strict=True):
            label = match.group()
            end = self.text.find("。", match.end(), stop)
            heading = self.text[match.end() : end if end >= 0 else stop]
            run_in = _Node(None, "runin", label, RANKS["runin"], match.start(), f"{node.path}/{label}".lstrip("/"), node)
            run_in.end, run_in.heading = stop, heading.strip("；，;,") if len(heading) <= 50 else ""
            yield run_in
