"""The recipe and the reading of the statistical second reader; training itself is too slow for a test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench.second_reader.data import LONGEST, Duty, Gold, examples, read_folder, read_gold, stretches
from bench.second_reader.reader import TAGS, Span, _spans
from bench.second_reader.run import score

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "zhize/sample"


def chances(*tags: str) -> np.ndarray:
    """Probabilities of a reader that is nine parts sure of each tag; ``a/b`` is torn between two."""
    out = np.full((len(tags), len(TAGS)), 0.1 / (len(TAGS) - 1))
    for row, tag in zip(out, tags, strict=True):
        for each in tag.split("/"):
            row[TAGS.index(each)] = 0.9 / len(tag.split("/"))
    return out


LEAD, SUPPORT = "inline_lead", "inline_support"


@pytest.mark.parametrize(
    "tags, expected",
    [
        pytest.param(["O", f"B-{LEAD}", f"I-{LEAD}", "O"], [(1, 3, LEAD)], id="a name"),
        pytest.param(["O", "O"], [], id="none"),
        pytest.param(
            [f"B-{LEAD}", f"I-{LEAD}", f"B-{SUPPORT}", f"I-{SUPPORT}"], [(0, 2, LEAD), (2, 4, SUPPORT)], id="two without a gap"
        ),
        pytest.param([f"B-{LEAD}", f"I-{LEAD}/I-{SUPPORT}", f"I-{LEAD}"], [(0, 3, LEAD)], id="a name keeps one role"),
        pytest.param(["O", f"B-{LEAD}", "O"], [], id="no name of one character"),
        pytest.param(["O", f"B-{LEAD}/O", f"I-{LEAD}", f"I-{LEAD}"], [(1, 4, LEAD)], id="what goes on has begun"),
        pytest.param([f"B-{LEAD}", f"I-{LEAD}"], [(0, 2, LEAD)], id="up to the end of the text"),
    ],
)
def test_names_from_chances(tags: list[str], expected: list[tuple[int, int, str]]) -> None:
    found: list[Span] = list(_spans(chances(*tags), TAGS))
    assert [span[:3] for span in found] == expected
    assert all(0 < span[3] <= 1 for span in found)


def test_stretches_cover_the_text_once() -> None:
    for item in read_folder(SAMPLE):
        spans = list(stretches(item.policy))
        assert all(0 < end - start <= LONGEST for start, end in spans)
        assert "".join(item.policy.text[a:b] for a, b in spans) == item.policy.text.replace("\n", "")


def test_annotated_policies_give_their_gold_and_others_what_is_sure() -> None:
    read, gold = read_folder(SAMPLE), read_gold(ROOT / "tests/data/sample_gold.jsonl")
    taught = sum(len(stretch.spans) for stretch in examples(read, gold))
    assert 0 < taught <= len(gold.duties)
    sure = [span for stretch in examples(read, Gold((), {})) for span in stretch.spans]
    certain = [d for item in read for d in item.rules if not any(a <= d.start < b for a, b in item.doubtful)]
    assert 0 < len(sure) <= len(certain)


DUTY = Duty("a.txt", 10, 15, "lead", True, "云陵市财政局")


@pytest.mark.parametrize(
    "found, mentions, exact",
    [
        pytest.param([DUTY], (1, 1, 1), (1, 1, 1), id="right"),
        pytest.param([Duty("a.txt", 10, 15, "support", True, "云陵市财政局")], (1, 1, 1), (0, 1, 1), id="another role"),
        pytest.param([Duty("a.txt", 10, 15, "lead", True, "云陵市教育局")], (1, 1, 1), (0, 1, 1), id="another agency"),
        pytest.param([Duty("a.txt", 14, 19, "lead", True, "云陵市财政局")], (0, 1, 1), (0, 1, 1), id="another place"),
        pytest.param([Duty("b.txt", 10, 15, "lead", True, "云陵市财政局")], (0, 1, 1), (0, 1, 1), id="another document"),
        pytest.param([DUTY, replace(DUTY)], (1, 1, 2), (1, 1, 2), id="twice counts once"),
        pytest.param([], (0, 1, 0), (0, 1, 0), id="nothing"),
    ],
)
def test_scores(found: list[Duty], mentions: tuple[int, int, int], exact: tuple[int, int, int]) -> None:
    assert score([DUTY], found, {"a.txt"}) == [mentions, exact]
