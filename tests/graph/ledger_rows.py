"""Invented ledgers of 云陵市: rows without a store, for what is written of them."""

from __future__ import annotations

from typing import Any

from graph.ledger.rows import Filters, Ledger, LedgerRow, due_day
from graph.rows import AgencyRow
from graph.standing import Life
from tests.graph.rows import duty

HOSTILE = (
    "=1+1", '=HYPERLINK("http://example.org","点此")', "+86 10", "-5%", "@SUM(A1)", "\t=1+1", "　=1+1", "\n=1+1", "＝1+1", "＋1", "－1",
    "＠SUM(A1)", "#REF!", "{=1+1}", "'=1+1", "</td><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt;",
    "]]></w:t><w:p/>", "\x00\x07\x0b控制\u202e符", "END:VEVENT\r\nEND:VCALENDAR", "SUMMARY:;,\\n\\", "&P&N&\"黑体\"", "x" * 40_000,
)  # fmt: skip


def agency(name: str = "云陵市城市管理局", place: str = "云陵市", tier: str = "city", kind: str = "department") -> AgencyRow:
    return AgencyRow(f"https://example.org/agency/{name}", name, place, tier, kind, True, 0, 0, 0, 0, 0)


def row(
    key: str, role: str = "responsible", *, standing: Life | None = None, group: str = "", content: str = "", **other: Any
) -> LedgerRow:
    made = duty(key, role, "云陵市城市管理局", **other)
    return LedgerRow(made, standing or Life(), due_day(made.deadline), group, content)


def ledger(*rows: LedgerRow, filters: Filters | None = None, sort: Any = "policy", name: str = "云陵市城市管理局") -> Ledger:
    return Ledger(agency(name), rows, filters or Filters(), sort)


def hostile_ledger(name: str = "云陵市城市管理局") -> Ledger:
    """Every hostile string in every field that comes from a document."""
    rows = [
        row(
            f"h{at}", task=text, quote=text, deadline=text if at % 2 else "2024", target=text, heading=text, clause=text, title=text,
            number=text, source=text, group=text, content=text,
        )
        for at, text in enumerate(HOSTILE)
    ]  # fmt: skip
    return ledger(*rows, name=name)
