"""Words that frame a task or a figure and do not say which: the rows of ``frames.tsv``.

A clause under such a heading (总体要求, 预警级别) needs no unit; an indicator of such a name (规模, 覆盖率) is another one in each
document.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

_TIME = re.compile(r"个?(?:工作日|小时|分钟|月|周|天|日|年)")


@cache
def _words(kind: str) -> tuple[str, ...]:
    with Path(__file__).with_name("frames.tsv").open(encoding="utf-8", newline="") as stream:
        return tuple(row["words"] for row in csv.DictReader(stream, delimiter="\t") if row["kind"] == kind)


def is_frame(heading: str) -> bool:
    """Does a clause under ``heading`` set a frame (aims, scope, degrees, time of effect), so that no unit is missing there?"""
    return heading.rstrip("。：").endswith(_words("heading"))


def is_general(indicator: str) -> bool:
    """Is ``indicator`` a bare measure (规模), which says nothing without the thing that is measured?"""
    return indicator in _words("indicator")


def is_limit(unit: str) -> bool:
    """Is a figure in ``unit`` a time limit (2 个工作日), which holds from the first day and so needs no deadline?"""
    return bool(_TIME.fullmatch(unit))
