"""Web pages: what is the document and what is not, titles that stand outside it, tables and encodings."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from extract.formats import decode

BODY = "为加强节约用水管理，提高用水效率，制定本办法。市水利局负责，各县区人民政府配合。"
TITLE = "云陵市人民政府关于印发云陵市节约用水管理办法的通知"


def lines(page: str, encoding: str = "utf-8") -> list[str]:
    return decode(page.encode(encoding)).text.replace("\u3000", "").splitlines()


def page(content: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{content}</body></html>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(f"<p>{BODY}</p>", [BODY], id="paragraph"),
        pytest.param(f"<p>{BODY}<br>{BODY}", [BODY, BODY], id="line break"),
        pytest.param(f"<p>{BODY[:9]}\n   <span>{BODY[9:20]}</span><b>{BODY[20:]}</b></p>", [BODY[:9] + " " + BODY[9:]], id="words in pieces"),
        pytest.param(f"<p>{BODY}</p><script>甲，乙。</script><style>丙，丁。</style><noscript>戊，己。</noscript>", [BODY], id="scripts and styles"),
        pytest.param(f"<p>{BODY}<!-- 甲，乙。 --></p>", [BODY], id="comment"),
        pytest.param(f"<p>{BODY}</p><p style='display: none'>甲，乙。</p>", [BODY], id="hidden"),
        pytest.param(f"<nav>甲，乙。</nav><header>丙，丁。</header><p>{BODY}</p><footer>版权，所有。</footer>", [BODY], id="parts of the site"),
        pytest.param(f"<p>{BODY}<p>{BODY}<div>{BODY}", [BODY] * 3, id="tags that are not closed"),
        pytest.param(f"<div id=zoom><p>{BODY}</p></html></body></html><p>{BODY}</p>", [BODY, BODY], id="text behind the end"),
        pytest.param(f"<table><tr><td><div><p>{BODY}</p><p>{BODY}</p></div></td></tr></table>", [BODY, BODY], id="a table that frames the page"),
        pytest.param(
            f"<p>{BODY}</p><table><tr><th>任务<th>单位<tr><td>甲<td><p>市财政局</p><p>市教育局</p><tr><td colspan=2>注：乙</table>",
            [BODY, "任务\t单位", "甲\t市财政局、市教育局", "注：乙"],
            id="table of duties",
        ),
        pytest.param(f"<p>{BODY}<table><tr><td rowspan=2>甲<td>1<tr><td>2<tr><td>乙<td>3</table>", [BODY, "甲\t1", "\t2", "乙\t3"], id="cell over two rows"),
        pytest.param(f"<p>{BODY}</p><p>1&nbsp;&nbsp;<a href=x>《甲办法》</a>，乙。&lt;b&gt;</p>", [BODY, "1 《甲办法》，乙。<b>"], id="entities and links in the text"),
    ],
)
def test_content(content: str, expected: list[str]) -> None:
    assert lines(page(content)) == expected


MENU = "".join(f"<li><a href=/{i}>市发展改革委发布第{i}批项目，请各单位负责落实。</a>" for i in range(80))


@pytest.mark.parametrize("frame", ["<div class='TRS_Editor other'>", "<div id='UCAP-CONTENT'>", "<div class=view>", "<article>", "<div class=nobody-knows-this>"])
def test_the_document_is_found_among_links(frame: str) -> None:
    content = f"<div><ul>{MENU}</ul></div><div><div><h3>附件</h3>{frame}<p>{BODY}</p><p>{BODY}</p></div></div></div><div>主办单位：市政府办公室，电话：1</div>"
    assert lines(page(content))[-2:] == [BODY, BODY]
    assert not any("第1批" in line for line in lines(page(content)))


def test_a_known_mark_on_a_small_part_of_the_page_is_not_believed() -> None:
    content = "<div class=content><p>欢迎，访问。</p></div>" + f"<div class=other><p>{BODY}</p><p>{BODY}</p><p>{BODY}</p></div>"
    assert lines(page(content))[-3:] == [BODY] * 3


@pytest.mark.parametrize(
    ("head", "before", "expected"),
    [
        pytest.param(f"<title>{TITLE}_云陵市人民政府门户网站</title>", "", [TITLE], id="title of the page, without the site"),
        pytest.param(f"<title>{TITLE} - 中国政府网</title>", "", [TITLE], id="another separator"),
        pytest.param(f"<meta name=ArticleTitle content='{TITLE}'><title>首页</title>", "", [TITLE], id="metadata"),
        pytest.param("<title>首页</title>", f"<h1>{TITLE}</h1>", [TITLE], id="heading"),
        pytest.param(
            f"<title>{TITLE}</title>",
            "<table class=xxgk><tr><td>索引号：<td>11<td>发文字号：<td>云政办〔2024〕6号<tr><td>成文日期：<td>2024<td>主题：<td>水</table>",
            [TITLE, "云政办〔2024〕6号"],
            id="number among the data of the page",
        ),
        pytest.param("<title>首页</title>", "", [], id="no title"),
    ],
)
def test_title_and_number_outside_the_document(head: str, before: str, expected: list[str]) -> None:
    assert lines(page(f"{before}<div class=TRS_Editor><p>{BODY}</p><p>{BODY}</p></div>", head)) == [*expected, BODY, BODY]


def test_a_title_in_the_document_is_not_repeated() -> None:
    content = f"<div class=TRS_Editor><p align=center>云陵市人民政府</p><p align=center>{TITLE[7:]}</p><p>{BODY}</p></div>"
    assert lines(page(content, f"<title>{TITLE}</title>")) == ["云陵市人民政府", TITLE[7:], BODY]


@pytest.mark.parametrize(
    ("declared", "real"),
    [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("gbk", "utf-8"), ("utf-8", "gb18030"), ("", "gb18030"), ("", "utf-16"), ("iso-8859-1", "utf-8")],
)
def test_encoding_named_rightly_wrongly_or_not(declared: str, real: str) -> None:
    meta = f"<meta http-equiv=Content-Type content='text/html; charset={declared}'>" if declared else ""
    assert lines(page(f"<p>{BODY}㙍</p>", meta), real) == [BODY + "㙍"]


def test_sentences_left_out_are_reported() -> None:
    content = f"<div class=content><p>{BODY}</p><p>{BODY}</p><p>{BODY}</p></div><div class=related><p>{BODY[:30]}</p></div>"
    found = decode(page(content).encode())
    assert found.text.count(BODY[:30]) == 3
    assert "79%" in found.warnings[0] or "80%" in found.warnings[0]


def test_marks_of_publishing_systems() -> None:
    rows = list(csv.DictReader((files("extract") / "data" / "web_content.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    assert len({(row["mark"], row["kind"]) for row in rows}) == len(rows) >= 20
    assert all(row["kind"] in ("id", "class") and row["mark"] == row["mark"].lower() and row["example"] for row in rows)
