"""One group of figures with everything a rule looks at: the words before and after it, its statement, the policy around it."""

from __future__ import annotations

import re
from dataclasses import field, replace

from extract.frozen import dataclass
from extract.targets.context import LOOK_BACK, Context
from extract.targets.figures import Figure
from extract.targets.statements import Group, Statement

_FROM = re.compile(r"[由从](?:20\d{2}年[底末]?的?)?(\d{1,9}(?:\.\d{1,4})?)[^，,。；;\d]{0,16}$")
# 2025年、2030年 and 2023—2025年: years that 分别 hands out
_YEARS = re.compile(r"20\d{2}年?(?:(?P<to>[—－\-–~至]{1,2})|(?:[底末]?、20\d{2}年?){0,4}[底末]?(?:、|和))20\d{2}年(?P<end>[底末])?")


@dataclass(frozen=True, slots=True)
class Scene:
    """A group of figures in its statement.

    ``floor`` is where the words that belong to the figures may begin (the end of the figure read before). ``goal``: the clause
    states goals. ``chain``: a target was read before in the statement. ``gives``: the statement holds a support. ``given``: the
    name of the last support of the paragraph, "" if there is none. ``latest``: the indicator of the target
    read before in the statement.

    What rules look at most is made once: ``text``, the clean text of the policy; ``first`` and ``last`` of the list (what follows
    the last is said of all); ``begin``, where the words before the figures begin, at the segment's start or after the figure read
    before; ``pre``, the segment from there up to the figures and their words of comparison.
    """

    context: Context
    statement: Statement
    group: Group
    floor: int
    goal: bool = False
    chain: bool = False
    gives: bool = False
    given: str = ""
    latest: str = ""
    text: str = field(init=False, repr=False)
    first: Figure = field(init=False, repr=False)
    last: Figure = field(init=False, repr=False)
    begin: int = field(init=False, repr=False)
    pre: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        text, figures = self.context.text, self.group.figures
        begin = max(self.group.segment[0], self.floor)
        made = {"text": text, "first": figures[0], "last": figures[-1], "begin": begin, "pre": text[begin : figures[0].left]}
        for name, value in made.items():
            object.__setattr__(self, name, value)

    @property
    def earlier(self) -> str:
        """The statement before the figures, as far back as names and words of giving are looked for."""
        return self.text[max(self.statement.start, self.first.left - LOOK_BACK) : self.first.left]

    @property
    def head(self) -> str:
        """As ``pre``, but from the segment's start."""
        return self.text[self.group.segment[0] : self.first.left]

    @property
    def post(self) -> str:
        """The segment after the figures."""
        return self.text[self.last.right : self.group.segment[1]]

    @property
    def rest(self) -> str:
        """The statement after the figures."""
        return self.text[self.last.right : self.statement.end]

    @property
    def compared(self) -> str:
        """The word of comparison before the figures, "" if there is none."""
        return self.first.before or self.last.before

    @property
    def by(self) -> str | None:
        """The deadline or rhythm that holds for the figures."""
        return self.context.by(self.statement, self.first.left, self.goal)

    def alone(self, i: int) -> Scene:
        """The scene with the ``i``-th figure of its list alone: 城区全覆盖、乡镇全覆盖."""
        figures = self.group.figures
        if len(figures) == 1:
            return self
        begin = figures[i - 1].right if i else self.group.segment[0]
        end = figures[i].right if i + 1 < len(figures) else self.group.segment[1]
        return replace(self, group=Group((figures[i],), (begin, end)), floor=max(self.floor, begin))

    def deadlines(self) -> list[str | None]:
        """The deadline of each figure: 到2025年、2030年，…分别达到30%、35% names one each, else all have the same."""
        figures = self.group.figures
        text = self.text[max(self.statement.start, self.first.left - LOOK_BACK) : self.first.start]
        found = _YEARS.search(text) if len(figures) > 1 and "分别" in text else None
        years = [int(y) for y in re.findall(r"20\d{2}", found[0])] if found else []
        if found and found["to"]:
            years = [*range(years[0], years[1] + 1)][: len(figures) + 1]
        if found is None or len(years) != len(figures) or "分别" not in text[found.end() :]:
            return [self.by] * len(figures)
        return [f"{year}-12-31" if found["end"] else str(year) for year in years]

    def start(self) -> int:
        """Where a quote of the figures begins, without stops at its head."""
        at = self.begin
        while at < self.first.left and self.text[at] in "，,、。；;：:和及":
            at += 1
        return min(at, self.first.left)

    def baseline(self, f: Figure) -> float | int | None:
        """由50%提高到75%: the value that a figure of the group starts from."""
        found = _FROM.search(self.text[max(self.group.segment[0], f.left - 30) : f.left])
        if not found:
            return None
        value = float(found[1])
        return int(value) if value.is_integer() else value
