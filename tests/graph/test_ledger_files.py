"""Ledgers as files: nothing in them is a formula or mark-up, they are ready to print, and other programs read them."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import icalendar
import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import Workbook, load_workbook

from graph.ledger import docx, duties, html, ics, index, xlsx
from graph.ledger.names import FileNames
from graph.ledger.paper import Link, Paper
from graph.ledger.rows import Filters, Ledger
from graph.ledger.words import LedgerWords, city_of, clause_words, shorter
from graph.standing import Life, Repeal
from tests.graph.ledger_rows import HOSTILE, hostile_ledger, ledger, row

ZH, EN = LedgerWords(), LedgerWords("en")


def papers(made: Ledger, words: LedgerWords = ZH) -> list[Paper]:
    entries = [index.entry(made, "甲 =1 (2).xlsx")]
    return [
        duties.table(made, words), duties.summary(made, words), duties.grouped(made, words, evidence=True),
        index.index(entries, "", words), index.matrix(entries, words),
    ]  # fmt: skip


def book(made: list[Paper]) -> Workbook:
    out = io.BytesIO()
    xlsx.write(made, out)
    return load_workbook(io.BytesIO(out.getvalue()))


def word(made: Paper) -> bytes:
    out = io.BytesIO()
    docx.write(made, out)
    return out.getvalue()


def page(made: list[Paper], words: LedgerWords = ZH) -> str:
    out = io.StringIO()
    html.write(made, out, words)
    return out.getvalue()


def calendar(made: Ledger, words: LedgerWords = ZH) -> bytes:
    out = io.BytesIO()
    ics.write(made, out, words)
    return out.getvalue()


def usual() -> Ledger:
    standing = Life("2023-06-01", "2025-12-31", (Repeal("关于清理文件的决定", "云政〔2024〕1号", "2024-10-01"),))
    return ledger(
        row("a", "lead", deadline="2024-06-30", target="新增泊位500个", content="。完成选址。", standing=standing),
        row("b", deadline="2025", group="云陵市各级单位"),
        row("c", "support", deadline="每年", clause="二/（二）/一是"),
        row("d", deadline="2024-02", title="云陵市慢行方案", number="云政办〔2023〕21号", policy="https://example.org/policy/walk"),
    )


@pytest.mark.parametrize("name", ["云陵市城市管理局", *HOSTILE[:12]])
def test_no_cell_of_any_workbook_is_a_formula(name: str) -> None:
    made = book(papers(hostile_ledger(name)))
    cells = [cell for sheet in made for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert len(cells) > 500
    texts = [cell for cell in cells if isinstance(cell.value, str) and cell.value.lstrip()[:1] in tuple("=+-@＝＋－＠")]
    assert len(texts) >= 30
    assert all(cell.quotePrefix for cell in texts)


def test_workbook_is_ready_to_print() -> None:
    sheet = book(papers(usual()))["责任清单"]
    head = [cell.value for cell in sheet[3]]
    assert sheet["A1"].value == "云陵市城市管理局责任清单"
    assert head == ["序号", "工作任务", "责任层级", "共同单位", "目标值", "完成时限", "最后日期",
                    "政策依据", "状态", "备注", "原文", "出处"]  # fmt: skip
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:L7"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (1, 0, True)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.print_area.endswith("$A$1:$J$9")  # quote and source are for checking on the screen
    assert "&P" in sheet.oddFooter.center.text
    (choices,) = sheet.data_validations.dataValidation
    assert (choices.formula1, str(choices.sqref)) == ('"未启动,推进中,已完成"', "I4:I7")
    assert [sheet.cell(at, 9).value for at in range(4, 8)] == [None] * 4
    assert all(cell.alignment.wrap_text and cell.border.left.style for line in sheet["A3:L7"] for cell in line)


def test_workbook_says_what_a_ledger_says() -> None:
    made = book(papers(usual()))
    first, second, third, fourth = ([cell.value for cell in line] for line in made["责任清单"]["A4:L7"])
    assert first[:3] == [1, "改造老旧停车场十二处。完成选址。", "牵头"]
    assert first[4:6] == ["新增泊位500个", "2024年6月30日"]
    assert first[7] == ("《云陵市停车设施建设实施方案》（云政办〔2023〕20号）\n条款：二（一）")
    assert first[9] == "有效期至2025年12月31日；2024年10月1日起被《关于清理文件的决定》（云政〔2024〕1号）废止"
    assert first[11] == "yunling.txt:10-20"
    assert (second[5], second[9]) == ("2025年", "所属群体：市各级单位".replace("市各", "各"))
    assert third[5] == "每年"
    assert fourth[5] == "2024年2月"
    assert [cell.value for cell in made["汇总"][7]] == [None, "合计", None, None, None, None, 1, 2, 1, 4, 3]


STANDINGS = [
    pytest.param(Life("2023-06-01", "2025-12-31"), "2025-12-31", "有效期至2025年12月31日", id="its last day"),
    pytest.param(Life("2023-06-01", "2025-12-31"), "2026-01-01", "截至2026年1月1日已过有效期；有效期至2025年12月31日", id="a day later"),
    pytest.param(Life("2023-06-01", "", (Repeal("决定", "", "2024-10-01"),)), "2024-09-30", "2024年10月1日起被《决定》废止", id="before a repeal"),
    pytest.param(Life("2023-06-01", "", (Repeal("决定", "", "2024-10-01"),)), "2024-10-01",
                 "截至2024年10月1日已废止；2024年10月1日起被《决定》废止", id="the day of a repeal"),
    pytest.param(Life("2023-06-01", "", (Repeal("决定", "", "2024-10-01", "第三条", ("三",)),)), "2025-01-01",
                 "第三条2024年10月1日起被《决定》废止", id="a repeal of a clause leaves the rest"),
    pytest.param(Life("2023-06-01", "2025-12-31"), "", "有效期至2025年12月31日", id="no day"),
    pytest.param(Life("2023-06-01"), "2030-01-01", "", id="no end"),
    pytest.param(Life(), "2030-01-01", "", id="nothing known"),
    pytest.param(Life("2031-01-01"), "2030-01-01", "", id="not yet begun is not ended"),
]  # fmt: skip


@pytest.mark.parametrize(("life", "day", "said"), STANDINGS)
def test_what_has_ended_is_said_with_the_day(life: Life, day: str, said: str) -> None:
    made = replace(ledger(row("a", standing=life)), day=day)
    (line,) = (line for line in duties.table(made, ZH).body if isinstance(line, tuple))
    assert said == line[9]
    assert ZH.standing(life, day=day) == said


def test_the_last_day_is_a_date_that_a_spreadsheet_filters_by() -> None:
    rows = [row("a", deadline="2024-06-30"), row("b", deadline="2025"), row("c", deadline="每年"), row("d", deadline="2024-02"), row("e"),
            row("f", deadline="0999")]  # fmt: skip
    made = book(papers(ledger(*rows)))["责任清单"]
    cells = [made.cell(at, 7) for at in range(4, 10)]
    days = [cell.value.date() if isinstance(cell.value, datetime.datetime) else cell.value for cell in cells]
    whole = [datetime.date(2024, 6, 30), datetime.date(2025, 12, 31), None, datetime.date(2024, 2, 29), None]
    assert days == [*whole, "0999-12-31"]  # a year that no spreadsheet knows stays text
    assert [cell.number_format for cell in cells] == [
        "yyyy-mm-dd", "yyyy-mm-dd", "General", "yyyy-mm-dd", "General", "General"]  # fmt: skip


def test_wide_table_is_printed_over_several_pages() -> None:
    rows = [
        row(f"p{at}", title=f"云陵市第{at}号方案", number=f"云政办〔2023〕{at}号", policy=f"https://example.org/{at}")
        for at in range(30)
    ]
    sheet = book([index.matrix([index.entry(ledger(*rows), "a.xlsx")], ZH)])["单位文件对照"]
    assert (sheet.print_title_cols, sheet.print_title_rows, sheet.freeze_panes) == ("$A:$B", "$2:$2", "C3")
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [cell.value for cell in sheet[3]] == [1, "云陵市城市管理局", *[1] * 30, 30]
    assert sheet.row_dimensions[2].height > 40  # the titles fold


def test_english_workbook() -> None:
    made = book(papers(usual(), EN))
    assert [cell.value for cell in made["duty ledger"][3]][:3] == ["No.", "Task", "Role"]
    assert made["duty ledger"]["F4"].value == "2024-06-30"
    assert made["duty ledger"].data_validations.dataValidation[0].formula1 == '"Not started,Under way,Done"'


def test_links_of_the_index_stay_in_the_folder() -> None:
    made = index.index([index.entry(usual(), "甲 =1 (2)#?.xlsx")], "", ZH)
    (link,) = [cell for line in made.body if isinstance(line, tuple) for cell in line if isinstance(cell, Link)]
    assert unquote(link.href) == "甲 =1 (2)#?.xlsx"
    assert not set(link.href) & set(":/?#\\ ")
    found = [cell.hyperlink.target for line in book([made])["目录"].iter_rows() for cell in line if cell.hyperlink]
    assert found == [link.href]


def test_word_file_is_ready_to_circulate() -> None:
    made = Document(io.BytesIO(word(duties.grouped(usual(), ZH))))
    (section,), (table,) = made.sections, made.tables
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    title = made.paragraphs[0]
    assert title.text == "云陵市城市管理局责任清单"
    assert title.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    head, part = table.rows[0], table.rows[1]
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in head.cells][:4] == ["序号", "工作任务", "责任层级", "共同单位"]
    assert len({cell._tc for cell in part.cells}) == 1  # a line across
    assert part.cells[0].text.startswith("《云陵市停车设施建设实施方案》（云政办〔2023〕20号）　2023年6月1日")
    assert len(table.rows) == 1 + 2 + 4  # the head, two policies, four duties
    assert "PAGE" in section.footer._element.xml


def test_word_file_names_stand_ins_for_fonts() -> None:
    with zipfile.ZipFile(io.BytesIO(word(duties.grouped(usual(), ZH)))) as archive:
        fonts = archive.read("word/fontTable.xml").decode()
    assert '<w:font w:name="方正小标宋简体"><w:altName w:val="宋体"/>' in fonts


def test_word_file_in_order_of_deadline_names_the_policy_in_each_row() -> None:
    rows = usual().rows
    made = Document(io.BytesIO(word(duties.grouped(ledger(*rows, sort="deadline"), ZH)))).tables[0]
    assert [cell.text for cell in made.rows[0].cells][6] == "政策依据"
    assert len(made.rows) == 1 + 4


@pytest.mark.parametrize("at", range(len(HOSTILE)))
def test_hostile_words_in_a_word_file(at: int) -> None:
    text = HOSTILE[at]
    made = ledger(
        row("a", task=text, quote=text, target=text, clause=text, title=text, number=text, heading=text), name=f"市{text}局"
    )
    read = Document(io.BytesIO(word(duties.grouped(made, ZH, evidence=True))))
    words = "".join(cell.text for cell in read.tables[0].rows[2].cells)
    kept = re.sub(r"[\x00-\x1f\u202e�\s]", "", text)
    assert kept in re.sub(r"[\x00-\x1f\u202e�\s]", "", words)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def test_hostile_words_in_a_page() -> None:
    text = page(papers(hostile_ledger('<script>alert("局")</script>')))
    found = Tags()
    found.feed(text)
    assert found.tags.count("script") == 1
    assert "img" not in found.tags and "b" not in found.tags
    assert not {name for name in found.attributes if name.startswith("on")}
    assert found.links == ["%E7%94%B2%20%3D1%20%282%29.xlsx"]
    assert not [
        code for code in re.findall(r"(?s)<style>.*?</style>|<script>.*?</script>", text) if "http" in code or "url(" in code
    ]
    assert "\u202e" not in text and "\x07" not in text


def test_page_reaches_for_nothing() -> None:
    text = page(papers(usual()))
    assert "default-src 'none'" in text.replace("&#x27;", "'")
    assert text.count("<tr>") + text.count('<tr class="part">') > 10
    assert "改造老旧停车场十二处。完成选址。" in text


def test_calendar_is_one() -> None:
    data = calendar(usual())
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    made = icalendar.Calendar.from_ical(data)
    events = made.walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == [
        datetime.date(2024, 6, 30), datetime.date(2025, 12, 31), datetime.date(2024, 2, 29),
    ]  # fmt: skip
    assert [event["DTEND"].dt - event["DTSTART"].dt for event in events] == [datetime.timedelta(1)] * 3
    assert [str(event["SUMMARY"]) for event in events] == [
        "[牵头] 改造老旧停车场十二处", "[责任] 改造老旧停车场十二处（2025年）", "[责任] 改造老旧停车场十二处（2024年2月）",
    ]  # fmt: skip
    assert "文件只写2025年，按当年12月31日计" in str(events[1]["DESCRIPTION"])
    assert not made.errors and not any(event.errors for event in events)


def test_calendar_is_the_same_every_time() -> None:
    assert calendar(usual()) == calendar(usual())
    uids = [str(event["UID"]) for event in icalendar.Calendar.from_ical(calendar(usual())).walk("VEVENT")]
    assert len(set(uids)) == 3
    other = ledger(*reversed(usual().rows))
    assert {str(event["UID"]) for event in icalendar.Calendar.from_ical(calendar(other)).walk("VEVENT")} == set(uids)


def test_no_calendar_of_rhythms() -> None:
    assert calendar(ledger(row("a", deadline="每年"), row("b", deadline="3年内"), row("c"))) == b""


def test_hostile_words_in_a_calendar() -> None:
    data = calendar(hostile_ledger("局\r\nEND:VCALENDAR"))
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert len(events) == len([at for at in range(len(HOSTILE)) if at % 2 == 0])
    assert data.count(b"\r\nEND:VCALENDAR") == 1
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_same_ledger_same_page(words: LedgerWords) -> None:
    made = usual()
    assert page(papers(made, words), words) == page(papers(made, words), words)


ABOUT = [
    pytest.param(Filters(), "共4项（牵头1项、责任2项、配合1项），出自2份文件，其中3项有到期日", id="plain"),
    pytest.param(Filters(as_of="2024-01-01"), "限于2024年1月1日有效的文件", id="day"),
    pytest.param(Filters(due_before="2024-12-31"), "2024年12月31日前到期", id="deadline"),
    pytest.param(Filters(due_after="2024-10-01"), "2024年10月1日起到期", id="first day"),
    pytest.param(Filters(due_before="2024-12-31", due_after="2024-10-01"), "2024年10月1日至2024年12月31日到期", id="quarter"),
    pytest.param(Filters(role="lead"), "仅牵头", id="role"),
    pytest.param(Filters(policy="停车"), "文件名或文号含“停车”", id="policy"),
]


@pytest.mark.parametrize(("filters", "said"), ABOUT)
def test_a_ledger_says_what_it_was_chosen_by(filters: Filters, said: str) -> None:
    (line,) = duties.about(ledger(*usual().rows, filters=filters), ZH)
    assert said in line


NAMES = [
    pytest.param("云陵市财政局", "云陵市财政局.xlsx", id="plain"),
    pytest.param("../../etc/passwd", "_.._etc_passwd.xlsx", id="path"),
    pytest.param("..\\..\\windows", "_.._windows.xlsx", id="Windows path"),
    pytest.param("/绝对", "_绝对.xlsx", id="absolute"),
    pytest.param("C:盘", "C_盘.xlsx", id="drive"),
    pytest.param("..", "_.xlsx", id="folder above"),
    pytest.param(". .", "_.xlsx", id="dots and blanks"),
    pytest.param("", "_.xlsx", id="empty"),
    pytest.param("CON", "_CON.xlsx", id="device"),
    pytest.param("nul.txt", "_nul.txt.xlsx", id="device with a suffix"),
    pytest.param("甲\n乙\x00丙\x7f", "甲_乙_丙_.xlsx", id="control characters"),
    pytest.param("甲\u202e乙", "甲_乙.xlsx", id="direction mark"),
    pytest.param("甲／乙：丙＼丁", "甲_乙_丙_丁.xlsx", id="full-width separators"),
    pytest.param('甲"*?<>|', "甲______.xlsx", id="what Windows forbids"),
    pytest.param("index", "index (2).xlsx", id="the name of the index"),
    pytest.param("字" * 300, "字" * 40 + ".xlsx", id="too long"),
    pytest.param("\ud800甲", "_甲.xlsx", id="half a surrogate pair"),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_file_names(name: str, expected: str, tmp_path: Path) -> None:
    found = FileNames().name(name, ".xlsx")
    assert found == expected
    assert (tmp_path / found).resolve().parent == tmp_path.resolve()
    (tmp_path / found).touch()
    assert [p.name for p in tmp_path.iterdir()] == [found]


def test_no_two_files_of_one_name() -> None:
    names = FileNames()
    found = [names.name(name, ".xlsx") for name in ("甲局", "甲局", "A局", "a局", "甲/局", "甲:局", "字" * 300, "字" * 299)]
    assert len({name.casefold() for name in found}) == len(found)
    assert found[:4] == ["甲局.xlsx", "甲局 (2).xlsx", "A局.xlsx", "a局 (2).xlsx"]


SHORTER = [
    pytest.param("云陵市财政局", "市财政局", id="bureau of the city"),
    pytest.param("云陵市青溪县人民政府", "青溪县人民政府", id="county"),
    pytest.param("云陵市白鹭区人民政府", "白鹭区人民政府", id="district"),
    pytest.param("云陵市各县区人民政府", "各县区人民政府", id="group"),
    pytest.param("中共云陵市委宣传部", "市委宣传部", id="party"),
    pytest.param("云陵市市场监督管理局", "市市场监督管理局", id="a name that begins with 市"),
    pytest.param("云陵市经济开发区管理委员会", "市经济开发区管理委员会", id="zone"),
    pytest.param("国网云陵供电公司", "国网云陵供电公司", id="no place in front"),
    pytest.param("岚州市财政局", "岚州市财政局", id="another city"),
    pytest.param("云陵市", "云陵市", id="nothing but the place"),
]


@pytest.mark.parametrize(("name", "expected"), SHORTER)
def test_shorter_names(name: str, expected: str) -> None:
    assert shorter(name, "云陵市") == expected


def test_city_of() -> None:
    assert [city_of(p) for p in ("云陵市青溪县", "云陵市", "中州省", "临川自治州白水县", "")] == [
        "云陵市",
        "云陵市",
        "中州省",
        "临川自治州",
        "",
    ]


def test_clause_words() -> None:
    assert [clause_words(p) for p in ("二/（二）/一是", "三/6.", "附件1/2", "")] == ["二（二）一是", "三/6.", "附件1/2", ""]
