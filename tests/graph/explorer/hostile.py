"""Documents whose titles, names, tasks, quotes and file names attack the page that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.models import NoteRecord, Record
from tests.graph.records import cite, clause, duty, policy, target, where
from tests.graph.view_rows import HOSTILE

WORDS = (*HOSTILE, "{{ frame.w }}{% raw %}", "\u202e文倒\u2066", "../../etc/passwd", "x' OR 1=1 } } #", "$agency$ $words$", "%2e%2e%2f")


def hostile_records(words: Sequence[str] = WORDS) -> list[Record]:
    """A document for each of the words, with the word in every field that a page shows."""
    records: list[Record] = []
    for number, bad in enumerate(words):
        key, source = f"p{number}", f"{number}-{bad}"
        records += [
            replace(policy(key, bad + "方案", bad, source=source, dated=f"2024-01-{number % 28 + 1:02}"), issuer=(bad + "政府",),
                    place=bad, type=bad, notice=bad + "通知", problems=(bad,)),
            clause(key, "", bad, None, source),
            clause(key, bad, f"{bad}。由{bad}局负责。", "", source),
            duty(key, bad, 200, f"{bad}局", bad, source=source, task=bad, deadline=bad, deadline_text=bad, quote=f"由{bad}局负责",
                 agency_place=bad, agency_known=False, reason=bad, confidence=0.5),
            duty(key, bad, 220, f"{bad}处", bad + "处", "support", source=source, task=bad, quote=f"由{bad}局负责", order=1),
            target(key, bad, 240, bad, bad, bad, unit=bad, baseline=bad, by=bad, source=source, reason=bad),
            cite(key, bad, bad, "basis", 20, source=source, cited_clause=bad, reason=bad),
            NoteRecord(**where(key, bad, 260, 270, source), kind="agency", message=bad, quote=bad),
        ]  # fmt: skip
    return records
