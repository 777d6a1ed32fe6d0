"""The quality that must not slip: floors on the sample's gold, which ships, and on the shared gold where it is there."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.models import Record, to_json
from extract.pipeline import extract_source
from extract.read import read_source

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
FLOORS: dict[str, Any] = json.loads((ROOT / "tests/data/gold_floors.json").read_text(encoding="utf-8"))
needs_shared = pytest.mark.skipif(not (SHARED / "gold/dev.jsonl").exists(), reason="the shared gold (../shared) is not here: its floors were NOT checked")


@cache
def facts(folder: Path) -> tuple[Record, ...]:
    return tuple(r for path in sorted(folder.glob("*.txt")) for r in extract_source(read_source(path)))


def squeeze(text: object) -> str:
    folded = "".join(unicodedata.normalize("NFKC", str(text or "")).split())
    return folded.translate(str.maketrans("〔〕【】", "[][]")).replace("管理委员会", "管委会").replace("人民政府", "政府")


def path(clause: object) -> str:
    return "/".join(re.sub(r"[()\[\].、,]", "", part) for part in squeeze(clause).split("/"))


KEYS: dict[str, Callable[[dict[str, Any]], Hashable]] = {
    "policy": lambda r: tuple(squeeze(r[k]) for k in ("title", "number", "dated", "effective", "expires", "type")),
    "duty": lambda r: (r["source"], r["start"], path(r["clause"]), r["form"], r["role"], squeeze(r["agency"])),
    "target": lambda r: (r["source"], r["kind"], str(r["value"]), squeeze(r["unit"]), r["op"]),
    "citation": lambda r: (r["source"], squeeze(r["number"]) or squeeze(r["title"]), r["relation"]),
}


@pytest.mark.parametrize("kind", KEYS)
def test_sample_gold(kind: str) -> None:
    gold_lines = (ROOT / "tests/data/sample_gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = Counter(KEYS[kind](r) for r in map(json.loads, gold_lines) if r["record"] == kind)
    found = Counter(KEYS[kind](r) for r in map(to_json, facts(ROOT / "zhize/sample")) if r["record"] == kind)
    right = (gold & found).total()
    f1 = 2 * right / (gold.total() + found.total())
    assert f1 >= FLOORS["sample"][kind], f"{f1:.4f}\nmissed {gold - found}\nextra {found - gold}"


@needs_shared
def test_shared_gold(tmp_path: Path) -> None:
    assert hashlib.sha256((SHARED / "gold/dev.jsonl").read_bytes()).hexdigest() == FLOORS["shared_sha256"], "the gold has changed: set the floors anew"
    predicted = tmp_path / "facts.jsonl"
    predicted.write_text("".join(json.dumps(to_json(r), ensure_ascii=False) + "\n" for r in facts(SHARED / "corpus")), encoding="utf-8")
    command = [sys.executable, str(SHARED / "gold/score.py"), str(SHARED / "gold/dev.jsonl"), str(predicted), "--json"]
    scores = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    below = [
        f"{name} {field} {scores[name][field]} < {floor}"
        for name, fields in FLOORS["shared"].items()
        for field, floor in fields.items()
        if scores[name][field] < floor
    ]
    assert not below, "\n".join(below)


@needs_shared
def test_shared_corpus_has_fifty_policies_with_all_their_heads() -> None:
    policies = [r for r in map(to_json, facts(SHARED / "corpus")) if r["record"] == "policy"]
    assert len(policies) == 50
    assert len({r["policy"] for r in policies}) == 50
    assert [r["title"] for r in policies if r.get("problems")] == []


FOLDERS = [pytest.param(ROOT / "zhize/sample", id="sample"), pytest.param(SHARED / "corpus", id="shared corpus", marks=needs_shared)]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_span_is_its_mention(folder: Path) -> None:
    texts = {p.name: read_source(p).text for p in folder.glob("*.txt")}
    for record in map(to_json, facts(folder)):
        if record["record"] == "policy":
            start, end = record["span"]
            assert 0 <= start < end <= len(texts[record["source"]])
            continue
        written = re.sub(r"\s", "", texts[record["source"]][record["start"] : record["end"]])
        if record["record"] == "duty":
            assert unfurnished(written) == record["mention"], record
        elif record["record"] in ("target", "citation"):
            assert unfurnished(written) == re.sub(r"\s", "", record["quote"]), record
        elif record["record"] == "clause":
            assert unfurnished(written).startswith(re.sub(r"\s", "", record["text"])[:20]), record


def unfurnished(written: str) -> str:
    """The stretch without a running header that stands inside it."""
    return re.sub(r"(?:[一-鿿]{2,20}公报（\d{4}-\d{1,2}）办公室文件|办公室文件[一-鿿]{2,20}公报（\d{4}-\d{1,2}）)?(?:—\d{1,3}—)?", "", written)


@pytest.mark.parametrize("folder", FOLDERS)
def test_two_runs_are_identical(folder: Path) -> None:
    first = [to_json(r) for r in facts(folder)]
    again = [to_json(r) for p in sorted(folder.glob("*.txt")) for r in extract_source(read_source(p))]
    assert first == again
