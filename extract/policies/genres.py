"""Genre words: the kinds of official documents, as titles end with them.

The order of ``TYPES`` is that of length within a family, so that the longest word that fits is found first. Source: the kinds of
《党政机关公文处理工作条例》 and the words that titles of policy documents use in practice.
"""

from __future__ import annotations

import re

TYPES = (
    "实施意见", "指导意见", "意见", "行动方案", "实施方案", "工作方案", "方案", "行动计划", "计划", "规划", "办法", "细则", "规定",
    "条例", "预案", "制度", "政策措施", "措施", "政策", "工作要点", "清单", "公告", "决定", "通知",
)  # fmt: skip

# Words that end a title beside the types; they carry no type of their own.
OTHER_ENDINGS = (
    "纲要", "规则", "规程", "章程", "标准", "规范", "导则", "指南", "机制", "体系", "名单", "目录", "分工", "任务", "报告", "通报",
    "批复", "函", "命令", "令", "决议", "公报", "通告", "议案", "纪要", "要点", "守则", "办法",
    "责任分解", "任务分解", "分解表", "分工表", "任务表", "民生实事", "实事项目", "职责",
)  # fmt: skip

# Lists that a notice hands out and that follow it elsewhere; such a notice carries the title of its list.
_LISTS = ("清单", "责任分解", "任务分解", "分解表", "分工表", "任务表")

# Endings of documents that stand alone, without a notice; texts that are no policies end with the rest of them too.
_DOCUMENTS = (
    *TYPES, "规则", "规程", "章程", "纲要", "要点", "守则", "批复", "通报", "责任分解", "任务分解", "分解表", "分工表", "任务表",
    "分工", "民生实事", "实事项目", "职责",
)  # fmt: skip

ENDINGS = "|".join(sorted({*TYPES, *OTHER_ENDINGS}, key=len, reverse=True))
_TAIL = re.compile(r"(?:[（(][^（）()]{1,30}[）)]|的)+$|\d{1,3}条$")


def type_of(title: str) -> str | None:
    """The genre of a document by its title, brackets at its end aside; None where the title ends with no genre word."""
    bare = _TAIL.sub("", title.strip("《》"))
    return next((word for word in sorted(TYPES, key=len, reverse=True) if bare.endswith(word)), None)


def is_document(title: str) -> bool:
    """Does a title end with the name of a kind of document, brackets at its end aside?"""
    return _TAIL.sub("", title.strip("《》")).endswith(_DOCUMENTS)


def is_list(title: str) -> bool:
    """Does a title end with the name of a list that a notice may issue without printing it?"""
    return _TAIL.sub("", title.strip("《》")).endswith(_LISTS)
