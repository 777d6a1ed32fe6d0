"""Builds policies for tests from a few lines of text."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from extract.models import PolicyRecord, PolicyText, Setting, SourceText
from extract.policies.split import split

YUNLING = Setting("中州省", "云陵市")
ZHONGZHOU = Setting("中州省")
STATE = Setting()
QINGXI = Setting("中州省", "云陵市", "青溪县")

HEAD = "云陵市人民政府办公室关于推进停车工作的意见\n云政办〔2023〕7号\n各县、区人民政府，市直各单位：\n"


def policies(text: str) -> list[PolicyText]:
    """The policies of a file."""
    return list(split(SourceText("a.txt", text, hashlib.sha256(text.encode()).hexdigest())))


def policy(body: str, setting: Setting = YUNLING) -> PolicyText:
    """A policy with the body given, spoken from the place given."""
    (found,) = policies(HEAD + body)
    head: PolicyRecord = replace(found.head, setting=setting, place=setting.place)
    return replace(found, head=head)
