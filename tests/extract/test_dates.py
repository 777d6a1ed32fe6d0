"""Dates and deadlines: what is one, what is none, and which value it has."""

import pytest

from extract.dates import find_deadline, find_deadlines, parse_date
from extract.numerals import parse_number

NUMERALS = [
    pytest.param("3.48", 3.48, id="decimal"),
    pytest.param("1,200", 1200, id="thousands comma"),
    pytest.param("１２", 12, id="full-width digits"),
    pytest.param("十", 10, id="ten alone"),
    pytest.param("二十五", 25, id="tens"),
    pytest.param("一百零五", 105, id="zero inside"),
    pytest.param("一万二千", 12000, id="myriad"),
    pytest.param("一亿二千万", 120_000_000, id="hundred million"),
    pytest.param("二〇二五", 2025, id="digit by digit"),
    pytest.param("二十四点一", 24.1, id="point in characters"),
    pytest.param("两", 2, id="liang"),
    pytest.param("三分之一", 1 / 3, id="fraction in characters"),
    pytest.param("百分之十五", 15, id="per cent counts hundredths"),
    pytest.param("1/4", 0.25, id="fraction with a stroke"),
    pytest.param("八成", 80, id="tenths"),
    pytest.param("八成五", 85, id="tenths and hundredths"),
    pytest.param("Ⅱ", 2, id="Roman"),
    pytest.param("家", None, id="no numeral"),
    pytest.param("", None, id="empty"),
    pytest.param("1/0", None, id="nothing to divide by"),
    pytest.param("二点", None, id="point without digits"),
]


@pytest.mark.parametrize(("text", "expected"), NUMERALS)
def test_numeral(text: str, expected: float | None) -> None:
    assert parse_number(text) == expected


DATES = [
    pytest.param("2022年5月1日", "2022-05-01", id="digits"),
    pytest.param("二〇二二年十月十一日", "2022-10-11", id="characters"),
    pytest.param("二○二二年", "2022", id="year alone with a circle for zero"),
    pytest.param("二00六年五月十二日", "2006-05-12", id="digits for the noughts of a year"),
    pytest.param("2022年5月", "2022-05", id="month"),
    pytest.param("2022.05.01", "2022-05-01", id="points"),
    pytest.param("2022/5/1", "2022-05-01", id="strokes"),
    pytest.param("自2022年5月1日起施行", "2022-05-01", id="inside a sentence"),
    pytest.param("2022年2月30日", None, id="day that the calendar lacks"),
    pytest.param("2022年13月1日", None, id="month that the calendar lacks"),
    pytest.param("第5条", None, id="no date"),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_date(text: str, expected: str | None) -> None:
    assert parse_date(text) == expected


DEADLINES = [
    pytest.param("到2025年，全市路网更密", "2025", "到2025年", id="year with dao"),
    pytest.param("到二〇三五年建成", "2035", "到二〇三五年", id="year in characters"),
    pytest.param("2023年底前建成青溪水厂", "2023-12-31", "2023年底前", id="end of year"),
    pytest.param("于2023年年底前建成", "2023-12-31", None, id="nian doubled"),
    pytest.param("2024年2月底前报送", "2024-02-29", "2024年2月底前", id="leap year"),
    pytest.param("2024年3月15日前报送", "2024-03-15", "2024年3月15日前", id="a day"),
    pytest.param("2023年第三季度前完成", "2023-09-30", "2023年第三季度前", id="quarter"),
    pytest.param("2023年上半年前完成", "2023-06-30", "2023年上半年前", id="half year"),
    pytest.param("“十四五”末，森林覆盖率更高", "2025", "十四五”末", id="end of a plan"),
    pytest.param("“十五五”期间建成", "2030", "十五五”期间", id="within a plan"),
    pytest.param("6月底前完成", "2022-06-30", "6月底前", id="year from the document"),
    pytest.param("年底前完成", "2022-12-31", "年底前", id="end of the document's year"),
    pytest.param("今年底前完成", "2022-12-31", "今年底前", id="this year"),
    pytest.param("明年6月底前完成", "2023-06-30", "明年6月底前", id="next year"),
    pytest.param("每年培育5家", "每年", "每年", id="rhythm"),
    pytest.param("每个季度开展1次", "每季度", "每个季度", id="rhythm with ge"),
    pytest.param("每年3月底前报送", "每年", "每年3月底前", id="day in a rhythm"),
    pytest.param("5年内达到30%", "5年内", "5年内", id="period"),
    pytest.param("未来三年新建", "未来三年", "未来三年", id="period to come"),
    pytest.param("每年推进，2024年底前完成", "2024-12-31", "2024年底前", id="a date before a rhythm"),
    pytest.param("2022年1月1日至2023年12月31日", "2023-12-31", "至2023年12月31日", id="end of a stretch"),
    pytest.param("自2022年5月1日起施行", None, None, id="start"),
    pytest.param("2020年以来，我市发展较快", None, None, id="since"),
    pytest.param("比2020年下降", None, None, id="comparison"),
    pytest.param("在2019年改革基础上再减少", None, None, id="base of a comparison"),
    pytest.param("2000年前建成的老旧小区", None, None, id="describes a thing"),
    pytest.param("2023年内建成", "2023", "2023年内", id="within a year"),
    pytest.param("年内建成", "2022-12-31", "年内", id="within the document's year"),
    pytest.param("今年内建成", "2022-12-31", "今年内", id="within this year"),
    pytest.param("2022年内新购置的设备", None, None, id="describes by a year"),
    pytest.param("多年前建成", None, None, id="many years ago"),
    pytest.param("半年内反复投诉", None, None, id="within half a year"),
    pytest.param("6月底前登记的企业", None, None, id="describes by a day without a year"),
    pytest.param("2022年新建", None, None, id="bare year is not firm"),
    pytest.param("截至2020年底，全市已有", None, None, id="looks back"),
    pytest.param("有效期至2025年12月31日", None, None, id="validity"),
    pytest.param("“十四五”规划", None, None, id="name of a plan"),
    pytest.param("2025年2月30日前", None, None, id="impossible day"),
    pytest.param("年均增长", None, None, id="annual mean"),
]


@pytest.mark.parametrize(("text", "value", "words"), DEADLINES)
def test_deadline(text: str, value: str | None, words: str | None) -> None:
    found = find_deadline(text, year=2022)
    assert (found and found.value) == value
    if found:
        assert text[found.start : found.end] == found.text
        assert words is None or found.text == words


def test_day_without_a_known_year_has_words_only() -> None:
    found = find_deadline("应于9月底前完成")
    assert found is not None
    assert (found.text, found.value) == ("9月底前", None)


def test_bare_year_is_found_but_not_firm() -> None:
    (found,) = find_deadlines("2022年新建水库")
    assert (found.year, found.firm) == (2022, False)


def test_only_the_stretch_asked_for_is_read() -> None:
    text = "到2025年建成；到2030年扩建"
    found = find_deadline(text, text.index("；"))
    assert found is not None
    assert found.year == 2030
