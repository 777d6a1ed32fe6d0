"""The deadlines of a ledger as a calendar (RFC 5545): an all-day event on the last day of each.

A deadline that is a year falls on the 31st of December and says so; rhythms (每年) and deadlines without a day (3年内) are left
out, not turned into dates that nobody wrote. The same duty of the same agency has the same UID in every run and on every machine.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import IO

from graph.iris import digest
from graph.ledger.duties import title_of
from graph.ledger.rows import Ledger, LedgerRow, whole_figures
from graph.ledger.words import LedgerWords, city_of
from graph.plain import plain

_OCTETS = 75  # 3.1: longer lines are folded
_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_STAMP = "20000101T000000Z"  # of a policy without a date


def write(ledger: Ledger, stream: IO[bytes], words: LedgerWords) -> int:
    """Write the calendar; gives the number of events. Without any nothing is written: a calendar needs one."""
    events = [line for row in ledger.rows if row.due for line in _event(ledger, row, words)]
    if not events:
        return 0
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//zhize//duty ledger//ZH", "CALSCALE:GREGORIAN",
            f"X-WR-CALNAME:{_text(title_of(ledger, words))}")  # fmt: skip
    for line in (*head, *events, "END:VCALENDAR"):
        stream.write(_folded(line))
    return sum(line == "BEGIN:VEVENT" for line in events)


def _event(ledger: Ledger, row: LedgerRow, words: LedgerWords) -> Iterator[str]:
    duty = row.duty
    day = datetime.date.fromisoformat(row.due)
    role = words(duty.role)
    said = words.day(duty.deadline)
    reckoned = ""
    if _YEAR.fullmatch(duty.deadline):
        reckoned = words.pick(f"文件只写{said}，按当年12月31日计", f"the policy says {said} only; taken as 31 December")
    elif _MONTH.fullmatch(duty.deadline):
        reckoned = words.pick(f"文件只写{said}，按当月最后一日计", f"the policy says {said} only; taken as its last day")
    marked = f"{duty.task}（{said}）" if reckoned else duty.task
    yield "BEGIN:VEVENT"
    yield f"UID:{digest(ledger.agency.iri, duty.iri)}@zhize"
    yield f"DTSTAMP:{_stamp(duty.policy_dated)}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    if day < datetime.date.max:
        yield f"DTEND;VALUE=DATE:{day + datetime.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(f'[{role}] {marked}')}"
    yield f"DESCRIPTION:{_text(_description(ledger, row, reckoned, words))}"
    yield f"CATEGORIES:{_text(role)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _description(ledger: Ledger, row: LedgerRow, reckoned: str, words: LedgerWords) -> str:
    duty, city = row.duty, city_of(ledger.agency.place)
    colon = words.pick("：", ": ")
    parts = (
        ("agency", ledger.agency.name),
        ("deadline", words.day(duty.deadline) + (f"（{reckoned}）" if reckoned else "")),
        ("targets", words.pick("；", "; ").join(whole_figures(duty.targets))),
        ("partners", words.partners(row, city)),
        ("basis", words.title(duty.policy_title, duty.policy_number)),
        ("clause", duty.clause),
        ("remarks", words.remarks(row, city, ledger.day)),
        ("quote", duty.evidence.quote),
    )
    return "\n".join(words(key) + colon + text for key, text in parts if text)


def _stamp(dated: str) -> str:
    """The date of the policy: when what the event says was last revised. Not the time of writing, which would differ each run."""
    return f"{dated.replace('-', '')}T000000Z" if len(dated) == 10 else _STAMP


def _text(text: str) -> str:
    """A value of type TEXT (3.3.11)."""
    escaped = plain(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n").replace("\t", " ")


def _folded(line: str) -> bytes:
    """The line in UTF-8 with its end, folded between characters."""
    out, used = bytearray(), 0
    for character in line:
        data = character.encode("utf-8")
        if used + len(data) > _OCTETS:
            out += b"\r\n "
            used = 1
        out += data
        used += len(data)
    return bytes(out + b"\r\n")
