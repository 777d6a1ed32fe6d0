"""Accuracy against annotated documents: each form of fact, each document, and what changed since the last recorded run.

Usage: python bench/accuracy.py [--documents FOLDER] [--gold GOLD.jsonl] [--scorer score.py] [--errors N] [--last FILE] [--record]

The gold is JSON Lines in the form that `zhize extract` writes; the scorer compares two such files. By default all three are looked
for beside the project. That gold was in sight while the rules were written: its figures show that nothing broke, not how well zhize
reads documents that it has never met. Name gold that nobody has tuned on for that.

`--record` keeps the facts of this run as hashes, so that no words of a document are kept; the next run names the facts that were
gained and lost. The floors below which no figure may fall are tests (tests/test_gold.py).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
SHARED = HERE.parent / "shared"
LAST = HERE / "bench" / "accuracy_last.json"

Row = Mapping[str, Any]
"""A record as JSON."""

# What makes a fact of a kind the same as another; more fields would show every change of wording as a loss and a gain.
FIELDS: dict[str, tuple[str, ...]] = {
    "duty": ("role", "agency"),
    "target": ("kind", "value", "unit", "op"),
    "citation": ("title", "number", "relation"),
}
COLUMNS = {
    "duty": "duty exact",
    "marker": "duty exact marker",
    "table": "duty exact table",
    "inline": "duty exact inline",
    "target": "target figure right (value, unit, op)",
    "support": "support figure right (value, unit, op)",
    "citation": "citation with relation",
}


@dataclass(frozen=True, slots=True)
class Changes:
    """Keys of facts that differ between two runs.

    ``gained`` are now right and were not found, ``lost`` were right and are gone; ``wrong`` came up and stand not in the gold,
    ``righted`` were wrong and are gone. ``other`` counts what came and went in documents without annotation.
    """

    gained: frozenset[str]
    lost: frozenset[str]
    wrong: frozenset[str]
    righted: frozenset[str]
    other: tuple[int, int]


def fact_key(row: Row) -> str:
    """The hash that stands for a fact: of its source, kind, begin and what it says."""
    said = [row["source"], row["record"], row["start"], *(_plain(row.get(name)) for name in FIELDS[row["record"]])]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _plain(value: object) -> str:
    value = float(value) if isinstance(value, int) else value  # 20 and 20.0 are one figure
    folded = "".join(unicodedata.normalize("NFKC", "" if value is None else str(value)).split())
    return folded.replace("管理委员会", "管委会").replace("人民政府", "政府")


def judge(gold: Iterable[Row], found: Iterable[Row]) -> dict[str, bool | None]:
    """For each fact found, by key: is it in the gold? None where nobody has annotated the document."""
    gold = list(gold)
    right = {fact_key(row) for row in gold if row["record"] in FIELDS}
    spans = [(row["source"], *row["span"]) for row in gold if row["record"] == "policy"]
    out: dict[str, bool | None] = {}
    for row in found:
        if row["record"] in FIELDS:
            annotated = any(source == row["source"] and start <= row["start"] < end for source, start, end in spans)
            key = fact_key(row)
            out[key] = key in right if annotated else None
    return out


def changes(last: Mapping[str, bool | None], now: Mapping[str, bool | None]) -> Changes:
    """What a run gained and lost against an earlier one, both as :func:`judge` gives them."""
    came, went = now.keys() - last.keys(), last.keys() - now.keys()
    return Changes(
        gained=frozenset(key for key in came if now[key] is True),
        lost=frozenset(key for key in went if last[key] is True),
        wrong=frozenset(key for key in came if now[key] is False),
        righted=frozenset(key for key in went if last[key] is False),
        other=(sum(now[key] is None for key in came), sum(last[key] is None for key in went)),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, default=SHARED / "corpus")
    parser.add_argument("--gold", type=Path, default=SHARED / "gold" / "dev.jsonl")
    parser.add_argument("--scorer", type=Path, default=SHARED / "gold" / "score.py")
    parser.add_argument("--errors", type=int, default=0, help="show so many errors of each kind")
    parser.add_argument("--last", type=Path, default=LAST, help="the recorded run to compare with")
    parser.add_argument("--record", action="store_true", help="record this run there")
    options = parser.parse_args()
    for path in (options.documents, options.gold, options.scorer):
        if not path.exists():
            sys.exit(f"{path} is not there: name it with an option (see --help).")
    if options.gold == SHARED / "gold" / "dev.jsonl":
        print("In-sample: the rules were tuned on this gold. Expect less on documents of other places.\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        facts = Path(folder) / "facts.jsonl"
        extract(options.documents, facts)
        errors = ["--errors", str(options.errors)] if options.errors else []
        subprocess.run([sys.executable, str(options.scorer), str(options.gold), str(facts), *errors], check=True)
        gold, found = rows(options.gold), rows(facts)
        show_documents(options.scorer, options.gold, facts, Path(folder))
    now = judge(gold, found)
    if options.last.exists():
        show_changes(changes(json.loads(options.last.read_text(encoding="utf-8")), now), gold, found)
    else:
        print("\nNo recorded run to compare with: record one with --record.")
    if options.record:
        options.last.write_text(json.dumps(now, indent=0, sort_keys=True), encoding="utf-8")


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def extract(documents: Path, facts: Path) -> None:
    path = os.pathsep.join(filter(None, [str(HERE), os.environ.get("PYTHONPATH", "")]))
    command = [sys.executable, "-m", "zhize", "extract", str(documents), "-o", str(facts), "--quiet"]
    done = subprocess.run(command, check=False, env=os.environ | {"PYTHONPATH": path})
    if not facts.exists():  # exit code 1 or 2 with facts: a document gave nothing, the others count
        sys.exit(done.returncode)


def show_documents(scorer: Path, gold: Path, facts: Path, folder: Path) -> None:
    """F1 of each form in each annotated document; a dash where the gold has none of it and nothing was found either."""
    known = rows(gold)
    same = gold.parent / "equivalents.tsv"  # the scorer looks beside the gold for names that mean the same body
    if same.exists():
        shutil.copy(same, folder)
    width = max(14, *(len(str(row["policy"])) for row in known)) + 2
    print("\n" + "F1 by document".ljust(width) + "".join(name.rjust(10) for name in COLUMNS))
    for head in (row for row in known if row["record"] == "policy"):
        part = folder / "document.jsonl"
        part.write_text("".join(json.dumps(r) + "\n" for r in known if r["policy"] == head["policy"]), encoding="utf-8")
        command = [sys.executable, str(scorer), str(part), str(facts), "--json"]
        scores = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        cells = [scores.get(name, {}) for name in COLUMNS.values()]
        shown = [f"{c['f1']:.3f}" if c.get("gold") or c.get("predicted") else "-" for c in cells]
        print(str(head["policy"]).ljust(width) + "".join(cell.rjust(10) for cell in shown))


def show_changes(changed: Changes, gold: Iterable[Row], found: Iterable[Row]) -> None:
    """Gains and losses in words; what is wrong and gone is only counted, for a hash has no words."""
    words = {fact_key(row): row for row in (*found, *gold) if row["record"] in FIELDS}
    print("\nAgainst the recorded run")
    for name, keys in (("gained", changed.gained), ("lost", changed.lost), ("newly wrong", changed.wrong)):
        print(f"  {name}: {len(keys)}")
        for row in sorted((words[key] for key in keys if key in words), key=lambda r: (r["source"], r["start"])):
            said = " ".join(str(row.get(field)) for field in FIELDS[row["record"]])
            print(f"    {row['source']}:{row['start']} {row.get('clause', '')} {row['record']} {said}")
    print(f"  wrong before and gone: {len(changed.righted)}")
    print(f"  in documents without annotation: {changed.other[0]} more, {changed.other[1]} fewer")


if __name__ == "__main__":
    main()
