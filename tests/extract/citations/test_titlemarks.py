"""Titles in 书名号 and the tables that say what they name."""

from __future__ import annotations

import pytest

from extract.citations.titlemarks import ending_of, endings, find_titles, title_key, verdict
from tests.extract.citations.making import rows


@pytest.mark.parametrize(("ending", "said", "example"), rows("cite_endings.tsv"))
def test_every_ending_is_that_of_its_example(ending: str, said: str, example: str) -> None:
    assert ending_of(example) == ending
    assert endings()[ending] == said


@pytest.mark.parametrize(("modifier", "example"), rows("cite_modifiers.tsv"))
def test_every_modifier_makes_no_name(modifier: str, example: str) -> None:
    assert example.startswith(modifier)
    assert verdict(example) == "self"


def test_no_ending_twice() -> None:
    listed = [r[0] for r in rows("cite_endings.tsv")]
    assert sorted(set(listed)) == sorted(listed)


def test_title_key_ignores_spelling() -> None:
    assert title_key("云陵市 节水方案（2021—2025年）") == title_key("云陵市节水方案(2021-2025年)")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("民法典", "cite"),
        ("条例", "self"),
        ("三年行动计划", "self"),
        ("营业执照", "no"),
        ("中国制造2025", "ask"),
        ("供水条例（试行）", "cite"),
    ],
)
def test_verdict(title: str, expected: str) -> None:
    assert verdict(title) == expected


def test_titles_do_not_cross_paragraphs() -> None:
    assert [t.text for t in find_titles("《甲\n乙》《丙法》")] == ["丙法"]
