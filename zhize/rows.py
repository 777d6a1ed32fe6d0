"""What the layouts of several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.lineage import Lineage
    from graph.rows import Evidence, TargetRow
    from zhize.labels import Words
    from zhize.screen import Screen


def place_of(evidence: Evidence) -> str:
    """Where a fact was read: ``file:start-end``, character offsets into the decoded file."""
    return f"{evidence.source}:{evidence.start}-{evidence.end}"


def policy_heading(screen: Screen, title: str, number: str, dated: str) -> None:
    """The line over the facts of one policy."""
    screen.line("  ".join(part for part in (f"《{title}》" if title else "", number, dated) if part), "bold cyan")
    screen.rule()


def told(lineage: Lineage, words: Words) -> str:
    """Which bodies an agency followed and which followed it, with the months."""
    before = [words.pick(f"前身：{r.name}（至 {r.since}）", f"before: {r.name} (until {r.since})") for r in lineage.before]
    after = [words.pick(f"后继：{r.name}（{r.since} 起）", f"after: {r.name} (from {r.since})") for r in lineage.after]
    return words.pick("；", "; ").join([*before, *after])


_OPS = {"=": "", ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< "}


def figure(target: TargetRow, words: Words) -> str:
    """A target's figure in a few words: ``≥ 75%``, ``增长 7%``, ``约 10 家``."""
    op = words.pick("约 ", "about ") if target.op == "~" else _OPS.get(target.op, target.op)
    change = words.code("change", target.change) + " " if target.change else ""
    base = words.pick(f"（基数 {target.baseline}）", f" (baseline {target.baseline})") if target.baseline else ""
    return f"{change}{op}{target.value}{target.unit}{base}"
