"""Figures whose date, name or occasion stands farther off: dates in turn, months of rent, what is given for each one more."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extract.targets.texts import read, short

FIGURES = [
    pytest.param(
        "到2023年、2025年，覆盖率分别达到80%、95%。",
        [("覆盖率", "=", 80, "%", "2023"), ("覆盖率", "=", 95, "%", "2025")],
        id="dates in turn",
    ),
    pytest.param(
        "到2025年，入学率、升学率分别达到80%、95%。",
        [("入学率", "=", 80, "%", "2025"), ("升学率", "=", 95, "%", "2025")],
        id="names in turn, one date",
    ),
    pytest.param("审批时限由20个工作日压缩至5个工作日。", [("审批时限", "=", 5, "个工作日", None)], id="a limit and what it was"),
    pytest.param("每日分出量达到20%以上的，核减费用不突破30%。", [("核减费用", "<=", 30, "%", None)], id="how often a condition is met"),
    pytest.param(
        "对承租国有房屋的小微企业，减免3个月租金、减半收取6个月租金。",
        [("承租国有房屋减免租金", "=", 3, "个月", None), ("承租国有房屋减半收取租金", "=", 6, "个月", None)],
        id="months of rent",
    ),
    pytest.param("入驻企业按3个月预缴租金，租期不少于6个月。", [("租期", ">=", 6, "个月", None)], id="months of a lease are no gift"),
    pytest.param("对科技型纳税人，减按15%的税率征收所得税。", [("科技型纳税人减按比例", "=", 15, "%", None)], id="a reduced rate of tax"),
    pytest.param("每新增1家规上企业奖励乡镇5万元。", [("奖励（每新增1家规上企业）", "=", 5, "万元", None)], id="each one more is the occasion"),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert short(read(text)) == expected
