"""The answers of every named query on the sample corpus, kept in tests/data/named_queries.json.

``python -m tests.graph.golden`` makes the file anew. Read the difference before it is committed: a wrong answer that is kept is
worse than none.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from graph.build import build
from graph.named import find_query, named_queries
from graph.sparql import run_query
from zhize.sources import SAMPLE, Reading

FILE = Path(__file__).parents[1] / "data" / "named_queries.json"
PLACED = {"place": "云陵市"}
MORE: list[tuple[str, dict[str, str]]] = [
    ("agency-duties", {"agency": "云陵市城市管理局"}),
    ("agency-load", PLACED),
    ("duties-due", {"from": "2025-04-01", "to": "2025-06-30"}),
    ("duties-due", {"kind": "牵头"}),
    ("due-calendar", {"year": "2024"}),
    ("load-changes", {"first": "2023", "second": "2024"} | PLACED),
    ("lead-without-deadline", {"place": "青溪县"}),
    ("policies-by-year", PLACED),
    ("policies-in-force", {"day": "2023-04-15"}),
    ("resting-on-ended", {"day": "2028-01-01"}),
    ("duties-of-ended-policies", {"agency": "云陵市公安局", "day": "2027-01-01"}),
    ("support-ceilings", {"words": "配送", "least": "800000"}),
    ("supports", {"words": "奖励"}),
    ("targets-by-indicator", {"indicator": "绿色出行比例"}),
    ("group-duties", {"agency": "云陵市交通运输局"}),
]
"""Beside each query as it stands: other values of its parameters."""


def cases() -> list[tuple[str, dict[str, str]]]:
    """Each query by name, with the values of its parameters."""
    return [(query.name, {}) for query in named_queries()] + MORE


def title(name: str, values: dict[str, str]) -> str:
    """The name of a case in the file."""
    return " ".join([name, *(f"{key}={value}" for key, value in values.items())])


def answer(folder: Path, name: str, values: dict[str, str]) -> dict[str, list[list[str]] | list[str]]:
    """Variables and rows."""
    found = run_query(folder, find_query(name).bind(values), trusted=True)
    return {"columns": list(found.variables), "rows": [list(row) for row in found.table()]}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        build(Reading((SAMPLE,), quiet=True).records(), Path(folder))
        blocks = []
        for name, values in sorted(cases(), key=lambda case: title(*case)):
            kept = answer(Path(folder), name, values)
            rows = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in kept["rows"])
            columns = json.dumps(kept["columns"], ensure_ascii=False)
            blocks.append(f'{json.dumps(title(name, values), ensure_ascii=False)}: {{"columns": {columns}, "rows": [\n{rows}\n]}}')
    FILE.write_text("{\n" + ",\n".join(blocks) + "\n}\n", encoding="utf-8")
    print(f"{FILE}: {len(blocks)} answers")


if __name__ == "__main__":
    main()
