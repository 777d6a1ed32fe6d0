"""Reading: which files, in which encoding, under which name, and how what cannot be read is refused."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from extract.errors import NoDocuments, UnreadableDocument, ZhizeError
from extract.formats.charset import plausibility
from extract.read import find_sources, read_source, source_names
from extract.settings import SETTINGS, default

TEXT = "云陵市人民政府办公室关于印发云陵市节约用水实施方案的通知\r\n各县、区人民政府：\r\n　　为加强节约用水管理，制定本方案。\r\n"
JAPANESE = "市役所は節水に関する実施計画を定め、各部局に通知する。令和五年度の予算は国の関係機関と協議して決定する。"
TRADITIONAL = "雲陵市人民政府辦公室關於印發雲陵市節約用水實施方案的通知，為加強節約用水管理，提高用水效率，制定本方案。"


def write(folder: Path, data: bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("gb2312", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("times", [1, 40])
def test_text_comes_out_as_it_was_written(tmp_path: Path, encoding: str, named: str, times: int) -> None:
    data = (TEXT * times).encode(encoding)
    source = read_source(write(tmp_path, data))
    assert source.text == TEXT * times
    assert (source.encoding, source.name, source.sha256) == (named, "a.txt", hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "utf-8", "gb18030", "utf-16-le"])
@pytest.mark.parametrize("times", [1, 40])
def test_traditional_characters(tmp_path: Path, encoding: str, times: int) -> None:
    source = read_source(write(tmp_path, (TRADITIONAL * times).encode(encoding)))
    assert source.text == TRADITIONAL * times
    assert ["traditional" in w for w in source.warnings] == [True]


def test_simplified_characters_are_not_warned_about(tmp_path: Path) -> None:
    assert read_source(write(tmp_path, TEXT.encode())).warnings == ()


def test_line_ends_are_kept_so_that_offsets_hold(tmp_path: Path) -> None:
    assert read_source(write(tmp_path, "甲\r\n乙\r丙\n".encode())).text == "甲\r\n乙\r丙\n"


REFUSED = [
    pytest.param(b"", "empty", id="empty"),
    pytest.param(" \r\n\t\u3000".encode(), "empty", id="white space alone"),
    pytest.param(b"\xef\xbb\xbf", "empty", id="byte order mark alone"),
    pytest.param(b"%PDF-1.7\n", "PDF", id="PDF"),
    pytest.param(b"PK\x03\x04rest", "package is damaged", id="docx"),
    pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1", "Office", id="doc"),
    pytest.param(b"\x89PNG\r\n", "image", id="image"),
    pytest.param(b"<!DOCTYPE html><p>", "holds no text", id="web page"),
    pytest.param(bytes(range(256)) * 20, "NUL", id="binary"),
    pytest.param("云陵\x00".encode() * 50, "NUL", id="NUL in UTF-8"),
    pytest.param(b"\x01\x02\x03\x04 text" * 9, "not text", id="control characters"),
    pytest.param(("\ufffd" * 30 + "云陵市").encode(), "not text", id="replacement characters"),
    pytest.param("café naïveté".encode("latin-1") * 9, "neither", id="western text"),
    pytest.param(JAPANESE.encode("shift_jis"), "shift_jis", id="Japanese"),
    pytest.param(TEXT.encode()[:-10], "utf-8 but is damaged", id="UTF-8 cut within a character"),
    pytest.param(TEXT.encode().replace("水".encode(), b"\xff", 1), "utf-8 but is damaged", id="a bad byte in UTF-8"),
    pytest.param(b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1], "utf-16 but is damaged", id="half a UTF-16 unit"),
]


@pytest.mark.parametrize(("data", "reason"), REFUSED)
def test_what_cannot_be_read_is_refused_with_a_way_out(tmp_path: Path, data: bytes, reason: str) -> None:
    path = write(tmp_path, data)
    with pytest.raises(UnreadableDocument) as caught:
        read_source(path)
    assert reason in caught.value.message
    assert str(path) in caught.value.message
    assert caught.value.hint.endswith((".", "txt", "UTF-8", "-layout"))


def test_the_command_that_converts_is_safe_to_paste(tmp_path: Path) -> None:
    path = write(tmp_path, JAPANESE.encode("shift_jis"), "a; rm -rf x.txt")
    with pytest.raises(UnreadableDocument) as caught:
        read_source(path)
    assert f"iconv -f shift_jis -t utf-8 '{path}' > 'a; rm -rf x.utf8.txt'" in caught.value.hint


def test_a_large_file_is_refused_and_the_setting_named(tmp_path: Path) -> None:
    path = write(tmp_path, "云".encode() * 40)
    assert read_source(path, max_bytes=120).text == "云" * 40
    with pytest.raises(UnreadableDocument, match="max_file_bytes"):
        read_source(path, max_bytes=119)


@pytest.mark.parametrize("name", ["missing.txt", "bad\0name.txt"])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableDocument):
        read_source(tmp_path / name)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="folder"):
        read_source(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableDocument, match="regular"):
        read_source(tmp_path / "pipe.txt")


def test_sources_are_sorted_each_once_and_hidden_ones_left_out(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.TXT", "a.txt", "c.pdf", "d.csv", "e.doc", ".hidden/x.txt", "b/.y.txt", "~$f.docx"):
        write(tmp_path, b"x", name)
    extra = write(tmp_path, b"x", "z.md")
    found = find_sources([extra, tmp_path, tmp_path / "a.txt"])
    assert [p.relative_to(tmp_path).as_posix() for p in found] == ["a.txt", "b/1.TXT", "b/2.txt", "c.pdf", "e.doc", "z.md"]


def test_one_bad_path_does_not_hide_the_others(tmp_path: Path) -> None:
    good = write(tmp_path, b"x")
    empty = tmp_path / "empty"
    empty.mkdir()
    errors: list[ZhizeError] = []
    assert find_sources([tmp_path / "none", empty, good], errors.append) == [good]
    assert [type(e) for e in errors] == [UnreadableDocument, NoDocuments]
    with pytest.raises(NoDocuments, match="holds no document"):
        find_sources([empty])


def test_names_are_distinct_and_do_not_depend_on_the_order(tmp_path: Path) -> None:
    paths = [write(tmp_path, b"x", name) for name in ("p/2022/a.txt", "q/2022/a.txt", "q/2023/a.txt", "q/b.txt")]
    names = source_names(paths)
    assert [names[p] for p in paths] == ["p/2022/a.txt", "q/2022/a.txt", "2023/a.txt", "b.txt"]
    assert source_names(paths[::-1]) == names


def test_plausibility_tells_text_from_a_wrong_decoding() -> None:
    assert plausibility(TEXT) > 0.9
    assert plausibility(TEXT.encode().decode("gb18030", errors="ignore")) < 0.4
    assert plausibility(TRADITIONAL.encode("big5").decode("gb18030", errors="ignore")) < 0.4
    assert plausibility("abc") == 0


def test_every_setting_has_help() -> None:
    assert all(s.help and default(s.name) == s.default for s in SETTINGS)
