"""What the codes of an analysis are called, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

_TABLE = (
    # field, code, Chinese, English
    ("standing", "in_force", "现行有效", "in force"),
    ("standing", "pending", "尚未施行", "not yet in force"),
    ("standing", "expired", "已过有效期", "expired"),
    ("standing", "repealed", "已废止", "repealed"),
    ("standing", "unknown", "效力不明", "unknown"),
    ("tier", "state", "国家", "state"),
    ("tier", "province", "省", "province"),
    ("tier", "city", "市", "city"),
    ("tier", "county", "县", "county"),
    ("tier", "", "层级不明", "tier unknown"),
    ("position", "root", "源头", "root"),
    ("position", "leaf", "末端", "leaf"),
    ("position", "middle", "中间", "middle"),
    ("position", "alone", "孤立", "alone"),
    ("role", "", "全部", "all"),
    ("role", "lead", "牵头", "lead"),
    ("role", "responsible", "责任", "responsible"),
    ("role", "support", "配合", "support"),
    ("relation", "basis", "依据", "basis"),
    ("relation", "cites", "引用", "cites"),
    ("relation", "repeals", "废止", "repeals"),
    ("relation", "amends", "修改", "amends"),
    ("kind", "target", "目标", "target"),
    ("kind", "support", "扶持", "support"),
    ("yes", "True", "是", "yes"),
    ("yes", "False", "否", "no"),
)
WORDS: Mapping[tuple[str, str], tuple[str, str]] = {(field, code): (zh, en) for field, code, zh, en in _TABLE}
_LIKE = {"cited_standing": "standing", "repealed_standing": "standing", "tiers": "tier"}


def word(field: str, code: object, lang: str) -> str:
    """What ``code`` of ``field`` is called; a code without a row stands for itself."""
    found = WORDS.get(("yes" if isinstance(code, bool) else _LIKE.get(field, field), str(code)))
    return found[lang == "en"] if found else str(code)
