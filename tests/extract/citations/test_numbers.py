"""文号: where a number begins and ends, and its one spelling; every row a reason."""

from __future__ import annotations

import time
from importlib.resources import files

import pytest

from extract.citations.numbers import find_numbers, lead_ins, normal_number

FOUND = [
    pytest.param("国发〔2019〕23号", ["国发〔2019〕23号"], id="state council"),
    pytest.param("国发[2019]23号", ["国发〔2019〕23号"], id="square brackets"),
    pytest.param("国发（2019）23号", ["国发〔2019〕23号"], id="round brackets"),
    pytest.param("国发(2019)23号", ["国发〔2019〕23号"], id="half-width round brackets"),
    pytest.param("国发【2019】23号", ["国发〔2019〕23号"], id="lenticular brackets"),
    pytest.param("国发﹝2019﹞23号", ["国发〔2019〕23号"], id="small brackets"),
    pytest.param("国发〔２０１９〕２３号", ["国发〔2019〕23号"], id="full-width digits"),
    pytest.param("国发 〔2019〕 23 号", ["国发〔2019〕23号"], id="blanks"),
    pytest.param("国发〔2019〕第23号", ["国发〔2019〕23号"], id="needless 第"),
    pytest.param("国发〔2019年〕23号", ["国发〔2019〕23号"], id="needless 年"),
    pytest.param("国发〔2019]23号", ["国发〔2019〕23号"], id="brackets that do not match"),
    pytest.param("国办函〔2020〕129号", ["国办函〔2020〕129号"], id="letter of the general office"),
    pytest.param("中办发〔2018〕5号", ["中办发〔2018〕5号"], id="party"),
    pytest.param("厅字〔2021〕25号", ["厅字〔2021〕25号"], id="code of two characters"),
    pytest.param("国办发明电〔2021〕1号", ["国办发明电〔2021〕1号"], id="telegram"),
    pytest.param("发改环资规〔2020〕1146号", ["发改环资规〔2020〕1146号"], id="code of a department"),
    pytest.param("豫工信联企业〔2020〕90号", ["豫工信联企业〔2020〕90号"], id="joint code of six"),
    pytest.param("根据豫政办〔2021〕66号文件规定", ["豫政办〔2021〕66号"], id="verb before, 文件 after"),
    pytest.param("认真学习领会国办发〔2020〕1号精神", ["国办发〔2020〕1号"], id="several words before"),
    pytest.param("《通知》和并政发〔2020〕1号", ["并政发〔2020〕1号"], id="conjunction after a closing mark"),
    pytest.param("（和政发〔2020〕1号）", ["和政发〔2020〕1号"], id="place whose code looks like a conjunction"),
    pytest.param("国发〔2019〕23号和并政发〔2020〕1号", ["国发〔2019〕23号", "并政发〔2020〕1号"], id="conjunction after a number"),
    pytest.param("国发〔2019〕23号、国办发〔2020〕1号", ["国发〔2019〕23号", "国办发〔2020〕1号"], id="list of numbers"),
    pytest.param("云政〔2021〕1号、2号和5号", ["云政〔2021〕1号", "云政〔2021〕2号", "云政〔2021〕5号"], id="list with one code"),
    pytest.param("云政〔2021〕1、2号", ["云政〔2021〕1号", "云政〔2021〕2号"], id="list with one 号"),
    pytest.param("财税〔2008〕46号和〔2009〕12号", ["财税〔2008〕46号", "财税〔2009〕12号"], id="second year, same code"),
    pytest.param("教育部教发〔2020〕1号", ["教发〔2020〕1号"], id="ministry before its code"),
    pytest.param("云陵市教育局云教〔2020〕1号", ["云教〔2020〕1号"], id="bureau before its code"),
    pytest.param("省人民政府中政〔2021〕28号", ["中政〔2021〕28号"], id="government before its code"),
    pytest.param("国务院令第675号", ["国务院令第675号"], id="order of the state council"),
    pytest.param("中华人民共和国国务院令第675号", ["中华人民共和国国务院令第675号"], id="order with the full name"),
    pytest.param("国务院第675号令", ["国务院第675号令"], id="令 behind the number"),
    pytest.param("中华人民共和国主席令第二十四号", ["中华人民共和国主席令第二十四号"], id="Chinese numerals"),
    pytest.param("中华人民共和国主席令（第六十号）", ["中华人民共和国主席令第六十号"], id="number of an order in brackets"),
    pytest.param("云陵市人民政府令第16号", ["云陵市人民政府令第16号"], id="order of a city"),
    pytest.param("云陵市人民政府令\n第16号", ["云陵市人民政府令第16号"], id="order over two lines"),
    pytest.param("云陵市节水办法云陵市人民政府令第16号", ["云陵市人民政府令第16号"], id="title before the issuer"),
    pytest.param("令第16号", ["令第16号"], id="order without issuer"),
    pytest.param("日照市人民政府令第3号", ["日照市人民政府令第3号"], id="place with 照"),
    pytest.param("2018年3月5日云税委〔2018〕17号", ["云税委〔2018〕17号"], id="number behind a day"),
    pytest.param("日政发〔2018〕17号", ["日政发〔2018〕17号"], id="code that begins with 日"),
    pytest.param("按照对外贸易经济合作部令第3号", ["对外贸易经济合作部令第3号"], id="ministry with 对"),
    pytest.param("中国人民银行令〔2020〕第1号", ["中国人民银行令〔2020〕第1号"], id="order with a year in brackets keeps 第"),
    pytest.param("国家发展改革委、商务部令2021年第48号", ["国家发展改革委、商务部令2021年第48号"], id="joint order"),
    pytest.param("公告2021年第3号", ["公告2021年第3号"], id="announcement without issuer"),
    pytest.param("国家税务总局公告2018年第28号", ["国家税务总局公告2018年第28号"], id="announcement"),
    pytest.param("财政部2019年第2号公告", ["财政部2019年第2号公告"], id="announcement, year before"),
    pytest.param("按照省第3号总河长令要求", ["省第3号总河长令"], id="chief river head"),
    pytest.param(
        "省第十三届人民代表大会常务委员会公告第35号", ["省第十三届人民代表大会常务委员会公告第35号"], id="people's congress"
    ),
    pytest.param("豫ICP备（2020）12号", [], id="web site licence"),
    pytest.param("（2021）中17民终123号", [], id="court case"),
    pytest.param("准印证[云陵]0027号", [], id="printing permit"),
    pytest.param("2022第5号（总第117号）", [], id="issue of a gazette"),
    pytest.param("位于附近（2021）12号地块", [], id="plot of land"),
    pytest.param("第113次常务会议", [], id="meeting"),
    pytest.param("沿江路（86）12号", [], id="address"),
    pytest.param("自〔2021〕年起", [], id="no number"),
    pytest.param("一号令人振奋", [], id="令 as a verb"),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_numbers_found(text: str, expected: list[str]) -> None:
    assert [n.number for n in find_numbers(text)] == expected


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_spans_hold_the_words(text: str, expected: list[str]) -> None:
    for number in find_numbers(text):
        written = normal_number(text[number.start : number.end])
        assert written.removesuffix("号") in number.number


def rows() -> list[list[str]]:
    lines = (files("extract") / "data" / "cite_leadins.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


@pytest.mark.parametrize(("scope", "word", "example", "number"), [tuple(r) for r in rows()])
def test_every_lead_in_is_cut_off_its_example(scope: str, word: str, example: str, number: str) -> None:
    assert word in lead_ins()[scope]
    assert word in example
    assert [n.number for n in find_numbers(example)][-1] == number


def test_only_the_asked_part_is_read() -> None:
    text = "国发〔2019〕23号，国办发〔2020〕1号"
    assert [n.number for n in find_numbers(text, 10)] == ["国办发〔2020〕1号"]
    assert [n.number for n in find_numbers(text, 0, 11)] == ["国发〔2019〕23号"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("云政办 [2020] 57 号", "云政办〔2020〕57号", id="blanks and brackets"),
        pytest.param("云政办〔2020〕第57号", "云政办〔2020〕57号", id="needless 第"),
        pytest.param("财政部令（2019）第2号", "财政部令〔2019〕第2号", id="an order keeps 第"),
        pytest.param("主席令（第六十号）", "主席令第六十号", id="number of an order in brackets"),
        pytest.param("云政办〔2020〕57号", "云政办〔2020〕57号", id="already normal"),
        pytest.param("国发〔二○一九〕5号", "国发〔二〇一九〕5号", id="circle for zero"),
    ],
)
def test_normal_number(written: str, expected: str) -> None:
    assert normal_number(written) == expected
    assert normal_number(expected) == expected


HOSTILE = ["〔2020〕", "第", "国", "令第", "（2020", "国发〔2020〕1号、", "、1号", "2020年第1号", "令第1号", "1、"]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_is_read_in_time(unit: str) -> None:
    text = (unit * (50_000 // len(unit) + 1))[:50_000]
    began = time.process_time()
    find_numbers(text)
    assert time.process_time() - began < 2  # seconds
