"""What every fact of a document shares, and the fact that a body is a member of a group; the other records are in models.py."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from extract.frozen import dataclass

MemberRole = Literal["head", "deputy", "member"]
NOTE_KINDS = ("head", "agency", "role", "deadline", "table", "unread", "text", "citation", "weak", "corrected")
"""The kinds of notes, in the order in which a person should look at them."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What all facts share: the policy, the file, the clause and the raw span ``[start, end)`` of the words.

    ``page`` is the page of the file on which the words begin, counted from 1; None where the format has no pages. A sheet of a
    workbook counts as a page.
    """

    policy: str
    source: str
    clause: str
    clause_key: str
    start: int
    end: int
    page: int | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class MemberRecord(Fact):
    """A body that a document makes a member of a group (领导小组, 指挥部), itself or through the post of a person.

    ``group`` is the group's canonical name and ``group_short`` that of the short form which stands for it in this document
    (以下简称市指挥部), "" if it gives none. ``role`` is head (组长), deputy (副组长) or member (成员).
    """

    role: MemberRole = "member"
    mention: str = ""
    agency: str = ""
    agency_kind: str = ""
    agency_place: str = ""
    agency_tier: str = ""
    agency_known: bool = True
    group: str = ""
    group_kind: str = ""
    group_place: str = ""
    group_tier: str = ""
    group_known: bool = True
    group_short: str = ""
    confidence: float = 1.0
    reason: str = ""
