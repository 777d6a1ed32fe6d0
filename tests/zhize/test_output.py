"""Every form of output, and hostile cells in each."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import click
import pytest
from openpyxl import load_workbook

from graph.plain import plain
from zhize.labels import WORDS, Lang, Words
from zhize.output import FORMS, SUFFIXES, Column, Output, Sheet, markdown, opened

HOSTILE = [
    pytest.param("=1+1", id="equals sign"),
    pytest.param('=HYPERLINK("http://example.org","点此")', id="link formula"),
    pytest.param("+86 10", id="plus"),
    pytest.param("-5%", id="minus"),
    pytest.param("@SUM(A1)", id="at sign"),
    pytest.param("\t=1+1", id="tab in front"),
    pytest.param("  =1+1", id="blanks in front"),
    pytest.param("　=1+1", id="ideographic space in front"),
    pytest.param("\n=1+1", id="line end in front"),
    pytest.param("＝1+1", id="full-width equals sign"),
    pytest.param("＋1", id="full-width plus"),
    pytest.param("－1", id="full-width minus"),
    pytest.param("＠SUM(A1)", id="full-width at sign"),
    pytest.param("#REF!", id="error value"),
    pytest.param("{=1+1}", id="array formula"),
]


@dataclass(frozen=True)
class Thing:
    name: str
    count: int
    parts: tuple[str, ...] = ()


def sheet(*things: Thing) -> Sheet[Thing]:
    def screen(rows: object, stream: IO[str]) -> None:
        stream.write("screen\n")

    columns = (Column[Thing]("名称", lambda t: t.name, 20), Column[Thing]("数量", lambda t: t.count, 8))
    return Sheet("things", columns, things, screen)


def written(form: str, path: Path, *things: Thing) -> bytes:
    Output(form, path, Words()).write(sheet(*things))
    return path.read_bytes()


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_cell_is_never_a_formula(text: str, tmp_path: Path) -> None:
    data = written("csv", tmp_path / "a.csv", Thing(text, -5)).decode("utf-8-sig")
    cell, number = list(csv.reader(io.StringIO(data)))[1]
    assert cell.lstrip()[0] not in "=+-@＝＋－＠\t"
    assert cell.endswith(text)
    assert number == "-5"  # a number stays a number


@pytest.mark.parametrize("text", HOSTILE)
def test_workbook_cell_is_never_a_formula(text: str, tmp_path: Path) -> None:
    written("xlsx", tmp_path / "a.xlsx", Thing(text, 7))
    book = load_workbook(tmp_path / "a.xlsx")
    for row in book.active.iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "n"), cell.coordinate
    assert book.active["A2"].value == text
    assert book.active["B2"].value == 7


def test_workbook_looks(tmp_path: Path) -> None:
    written("xlsx", tmp_path / "a.xlsx", Thing("字" * 40_000, 1))
    page = load_workbook(tmp_path / "a.xlsx").active
    assert page.freeze_panes == "A2"
    assert page["A1"].font.bold
    assert not page["A2"].font.bold
    assert page["A2"].alignment.wrap_text
    assert page.column_dimensions["A"].width == 20
    assert page.auto_filter.ref == "A1:B2"
    assert len(page["A2"].value) == 32_767  # the most that Excel takes


MARKS = [
    pytest.param("a|b", r"a\|b", id="pipe ends no cell"),
    pytest.param("a\nb", "a<br>b", id="line end"),
    pytest.param("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;", id="html"),
    pytest.param("[点此](javascript:x)", r"\[点此\](javascript:x)", id="link"),
    pytest.param("`a` *b* _c_ ~~d~~", r"\`a\` \*b\* \_c\_ \~\~d\~\~", id="emphasis and code"),
    pytest.param("\\|", r"\\\|", id="a backslash does not undo the escape"),
    pytest.param("R&D", "R&amp;D", id="entity"),
    pytest.param("云政〔2023〕12号，“专精特新”", "云政〔2023〕12号，“专精特新”", id="Chinese punctuation stays"),
]


@pytest.mark.parametrize(("text", "expected"), MARKS)
def test_markdown(text: str, expected: str) -> None:
    assert markdown(text) == expected


@pytest.mark.parametrize(("text", "expected"), MARKS)
def test_markdown_table_keeps_its_columns(text: str, expected: str, tmp_path: Path) -> None:
    head, rule, row = written("md", tmp_path / "a.md", Thing(text, 1)).decode().splitlines()
    assert head == "| 名称 | 数量 |"
    assert rule == "|---|---|"
    assert row == f"| {expected} | 1 |"


CONTROLS = [
    pytest.param("\x1b[2J清屏", "\ufffd[2J清屏", id="terminal command"),
    pytest.param("a\x9b1mb", "a\ufffd1mb", id="eight-bit terminal command"),
    pytest.param("a\u202eb", "a\ufffdb", id="reversed writing"),
    pytest.param("a\x00b", "a\ufffdb", id="NUL"),
    pytest.param("a\ud800b", "a\ufffdb", id="half of a surrogate pair"),
    pytest.param("甲\n乙\t丙", "甲\n乙\t丙", id="line end and tab stay"),
]


@pytest.mark.parametrize(("text", "expected"), CONTROLS)
def test_control_characters(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize("form", [f for f in FORMS if f != "table"])
@pytest.mark.parametrize("text", ["\x1b[2J", "a\x00b", "a\x0bb", "a\udcffb"], ids=["escape", "NUL", "vertical tab", "surrogate"])
def test_every_form_takes_any_character(form: str, text: str, tmp_path: Path) -> None:
    assert written(form, tmp_path / "a", Thing(text, 1))


def test_json_holds_the_whole_row(tmp_path: Path) -> None:
    things = (Thing("=甲", 1, ("乙", "丙")), Thing("", 0))
    expected = [{"name": "=甲", "count": 1, "parts": ["乙", "丙"]}, {"name": "", "count": 0, "parts": []}]
    assert json.loads(written("json", tmp_path / "a.json", *things)) == expected
    assert [json.loads(line) for line in written("jsonl", tmp_path / "a.jsonl", *things).splitlines()] == expected
    assert "=甲".encode() in written("jsonl", tmp_path / "a.jsonl", *things)  # no \uXXXX for Chinese


@pytest.mark.parametrize(("form", "expected"), [("json", b"[]\n"), ("jsonl", b""), ("csv", "\ufeff名称,数量\n".encode())])
def test_no_rows(form: str, expected: bytes, tmp_path: Path) -> None:
    assert written(form, tmp_path / "a") == expected


def test_csv_mark_for_excel_only_in_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert written("csv", tmp_path / "a.csv", Thing("甲", 1)).startswith(b"\xef\xbb\xbf")
    Output("csv", None, Words()).write(sheet(Thing("甲", 1)))
    assert capsys.readouterr().out == "名称,数量\n甲,1\n"


def test_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("before")
    with pytest.raises(RuntimeError), opened(target) as stream:
        stream.write("half")
        raise RuntimeError
    assert target.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_file_keeps_its_rights(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("before")
    target.chmod(0o640)
    with opened(target) as stream:
        stream.write("after")
    assert target.read_text() == "after"
    assert target.stat().st_mode & 0o777 == 0o640


def test_link_leads_on(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("before")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    with opened(tmp_path / "link.txt") as stream:
        stream.write("after")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "after"


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(click.ClickException, match=r"the folder .* does not exist") as caught, opened(tmp_path / "no" / "a.txt"):
        pass
    assert caught.value.exit_code == 2


def test_device_is_written_to_and_not_replaced() -> None:
    with opened(Path("/dev/null")) as stream:
        stream.write("x")
    assert not Path("/dev/null").is_file()


def test_forms_and_suffixes_agree() -> None:
    assert set(SUFFIXES.values()) == set(FORMS)


def test_labels_have_both_languages() -> None:
    for key, (chinese, english) in WORDS.items():
        assert chinese and english, key
        assert not english.strip("-").isascii() or not chinese.isascii(), key


@pytest.mark.parametrize(
    ("column", "scheme"),
    [("role", "roles"), ("form", "forms"), ("relation", "relations"), ("tier", "tiers"), ("body", "kinds"), ("change", "changes")],
)
def test_codes_have_the_words_of_the_ontology(column: str, scheme: str) -> None:
    from ontology.vocabulary import PREFIXES, ZHIZE, triples

    skos = PREFIXES["skos"]
    inside = {t.subject for t in triples() if t.predicate.value == skos + "inScheme" and t.object.value == ZHIZE + scheme}
    code = {t.subject: t.object.value for t in triples() if t.predicate.value == skos + "notation" and t.subject in inside}
    labels = [t for t in triples() if t.predicate.value == skos + "prefLabel" and t.subject in inside]
    assert len(labels) >= 2 * len(inside) > 0
    for label in labels:
        assert Words(label.object.language).code(column, code[label.subject]) == label.object.value


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("role", ["lead", "responsible", "support"])
def test_a_role_has_one_word_everywhere(role: str, lang: Lang) -> None:
    from graph.analysis.notes import notes
    from graph.analysis.words import word
    from graph.explorer.texts import Texts
    from graph.ledger.words import LedgerWords
    from graph.view_texts import TEXTS

    (column,) = [n for n in notes("agencies") if n.field == role]
    label = column.label_zh if lang == "zh" else column.label_en
    said = {Words(lang).code("role", role), LedgerWords(lang)(role), TEXTS[lang][f"role_{role}"], word("role", role, lang), label,
            Texts(lang).code("roles", role)}  # fmt: skip
    assert len({text.lower().removesuffix("ing") for text in said}) == 1, said  # in English a heading may say Support


def test_words() -> None:
    assert Words("en").code("role", "lead") == "lead"
    assert Words().code("role", "lead") == "牵头"
    assert Words().code("role", "unheard of") == "unheard of"
