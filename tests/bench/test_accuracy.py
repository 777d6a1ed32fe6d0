"""Gains and losses between two runs of the accuracy benchmark, by invented facts."""

from __future__ import annotations

from typing import Any

import pytest

from bench.accuracy import changes, fact_key, judge

HEAD: dict[str, Any] = {"record": "policy", "source": "a.txt", "span": [0, 100]}
DUTY: dict[str, Any] = {"record": "duty", "source": "a.txt", "start": 10, "role": "lead", "agency": "云陵市财政局"}
TARGET: dict[str, Any] = {
    "record": "target",
    "source": "a.txt",
    "start": 50,
    "kind": "target",
    "value": 20,
    "unit": "%",
    "op": ">=",
}
CITATION: dict[str, Any] = {
    "record": "citation",
    "source": "a.txt",
    "start": 2,
    "title": None,
    "number": "云政〔2023〕5号",
    "relation": "basis",
}
WRONG = DUTY | {"agency": "云陵市教育局"}
ELSEWHERE = DUTY | {"start": 300}
GOLD = [HEAD, DUTY, TARGET, CITATION]


@pytest.mark.parametrize(
    "before, after, expected",
    [
        pytest.param([DUTY], [DUTY], "", id="nothing changed"),
        pytest.param([], [DUTY], "gained", id="a fact of the gold is found"),
        pytest.param([DUTY, TARGET], [TARGET], "lost", id="a fact of the gold is gone"),
        pytest.param([], [WRONG], "wrong", id="a fact comes up that the gold has not"),
        pytest.param([WRONG], [], "righted", id="a wrong fact is gone"),
        pytest.param([DUTY], [WRONG], "lost wrong", id="another agency is read"),
        pytest.param([DUTY | {"role": "support"}], [DUTY], "gained righted", id="the role is put right"),
        pytest.param([CITATION | {"relation": "cites"}], [CITATION], "gained righted", id="the relation is put right"),
        pytest.param([TARGET], [TARGET | {"op": "="}], "lost wrong", id="another operator is read"),
        pytest.param([TARGET], [TARGET | {"value": 20.0}], "", id="a whole number and the same with a point"),
        pytest.param([], [ELSEWHERE], "", id="not judged where nobody annotated"),
        pytest.param([DUTY], [DUTY | {"task": "其他任务", "clause": "一"}], "", id="fields that make no other fact"),
        pytest.param(
            [DUTY | {"agency": "云陵市高新区管理委员会"}],
            [DUTY | {"agency": "云陵市高新区管委会"}],
            "",
            id="two spellings of one name",
        ),
        pytest.param([], [{"record": "clause", "source": "a.txt", "start": 0}], "", id="kinds that the gold has not"),
    ],
)
def test_gains_and_losses(before: list[dict[str, Any]], after: list[dict[str, Any]], expected: str) -> None:
    found = changes(judge(GOLD, before), judge(GOLD, after))
    assert " ".join(name for name in ("gained", "lost", "wrong", "righted") if getattr(found, name)) == expected


def test_gained_facts_are_named_by_their_key() -> None:
    assert changes({}, judge(GOLD, [DUTY, TARGET])).gained == {fact_key(DUTY), fact_key(TARGET)}


def test_documents_without_annotation_are_counted() -> None:
    other = ELSEWHERE | {"source": "b.txt"}
    assert changes(judge(GOLD, [ELSEWHERE]), judge(GOLD, [other, other | {"start": 301}])).other == (2, 1)


def test_a_recorded_run_holds_no_words() -> None:
    assert all(len(key) == 64 and set(key) <= set("0123456789abcdef") for key in judge(GOLD, GOLD))
