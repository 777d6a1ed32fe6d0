"""Duties of a text in short."""

from __future__ import annotations

from extract.duties.find import find_duties
from extract.models import Setting
from tests.factories import policy


def roles(setting: Setting, body: str, form: str) -> str:
    found = [d for d in find_duties(policy(body, setting)) if d.form == form]
    return " ".join(f"{d.role[0]}{d.mention}" for d in found)

