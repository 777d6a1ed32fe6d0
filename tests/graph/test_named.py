"""The named queries: heads, parameters safely bound, answers on the invented records."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import ParameterError, UnknownQueryError
from graph.named import find_query, named_queries, read_query
from graph.sparql import run_query

GOLDEN: list[tuple[str, dict[str, str], list[tuple[str, ...]]]] = [
    (
        "agency-load",
        {"place": "云陵市"},
        [
            ("云陵市公安局", "配合", "1"),
            ("云陵市城市管理局", "牵头", "1"),
            ("云陵市财政局", "责任", "1"),
            ("云陵市财政局", "配合", "1"),
        ],
    ),
    ("agency-load", {"place": "白鹭区"}, []),
    (
        "lead-without-deadline",
        {},
        [],
    ),
    ("partners-of-agency", {"agency": "云陵市财政局"}, [("云陵市公安局", "1", "0.5", "0", "0"), ("云陵市城市管理局", "1", "0.5", "0", "1")]),
    (
        "joint-assignments",
        {"least": "3"},
        [
            (
                "3",
                "云陵市城市管理局、云陵市财政局、云陵市公安局",
                "一",
                "云陵市推进停车设施建设的意见",
                "（牵头单位：市城管局；配合单位：市财政局、市公安局）",
            )
        ],
    ),
    ("joint-assignments", {"least": "4"}, []),
    (
        "duties-due",
        {"from": "2024-01-01", "to": "2024-12-31"},
        [("2024-06-30", "云陵市财政局", "责任", "新建公共停车泊位", "（一）", "云陵市停车三年行动计划", "云政办〔2023〕9号")],
    ),
    ("duties-due", {"from": "2026-01-01", "to": "2026-12-31"}, []),
    (
        "targets-by-indicator",
        {"indicator": "泊位周转"},
        [("泊位周转率", "等于", "6.50", "%", "增加", "", "", "", "一", "云陵市推进停车设施建设的意见", "云政办〔2023〕7号")],
    ),
    ("supports", {}, [("建设奖补", "等于", "100-200", "万元", "二", "云陵市推进停车设施建设的意见", "云政办〔2023〕7号")]),
    (
        "policy-basis",
        {},
        [
            ("云陵市停车三年行动计划", "云政办〔2023〕9号", "云陵市推进停车设施建设的意见", "云政办〔2023〕7号", "true"),
            ("云陵市推进停车设施建设的意见", "云政办〔2023〕7号", "中州省停车管理条例", "", "false"),
        ],
    ),
    (
        "repeals",
        {},
        [
            ("云陵市停车管理办法", "", "2024-01-02", "废止", "云陵市停车管理办法", "云政[2015] 3号", "", "", ""),
            (
                "云陵市停车秩序整治方案",
                "云政办〔2023〕9号",
                "2023-06-01",
                "废止",
                "云陵市占道规定",
                "云政〔2011〕8号",
                "第三条",
                "2023-07-01",
                "",
            ),
            ("云陵市推进停车设施建设的意见", "云政办〔2023〕7号", "2023-05-04", "废止", "云陵市停车管理办法", "云政[2015] 3号", "", "", ""),
        ],
    ),
    (
        "cited-not-held",
        {},
        [
            ("云陵市停车管理办法", "云政[2015] 3号", "3", "图中没有该文件"),
            ("中州省停车管理条例", "", "1", "图中没有该文件"),
            ("云政办〔2023〕9号", "云政办〔2023〕9号", "1", "同一文号下有多份文件，标题不能区分"),
            ("云陵市占道规定", "云政〔2011〕8号", "1", "图中没有该文件"),
        ],
    ),
    ("clauses-without-bearer", {}, []),
    (
        "policies-expiring",
        {"from": "2026-01-01", "to": "2026-12-31"},
        [("2026-05-03", "云陵市推进停车设施建设的意见", "云政办〔2023〕7号", "2023-05-04")],
    ),
    ("unknown-agencies", {}, [("有关单位", "1", "未点名")]),
    (
        "policies-by-year",
        {},
        [("云陵市人民政府办公室", "2023", "3", "5"), ("云陵市人民政府办公室", "2024", "1", "0")],
    ),
]


@pytest.mark.parametrize(("name", "values", "rows"), GOLDEN, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(GOLDEN)])
def test_answers(folder: Path, name: str, values: dict[str, str], rows: list[tuple[str, ...]]) -> None:
    assert run_query(folder, find_query(name).bind(values), trusted=True).table() == rows


@pytest.mark.parametrize("query", named_queries(), ids=lambda q: q.name)
def test_each_query_runs_as_it_stands_and_passes_the_check_of_users_queries(folder: Path, query) -> None:
    checked = run_query(folder, query.text)
    assert checked.table() == run_query(folder, query.bind(), trusted=True).table()
    assert query.question.endswith("？") and query.question_en.endswith("?") and query.keywords
    assert "ORDER BY" in query.text  # an answer in no order is another one tomorrow
    for param in query.params:
        assert len(re.findall(rf"VALUES (?:\([^()]*)?\?{param.name}\b", query.text)) == 1, param
        if param.type == "policy":  # the default is a title; which document it is, only a graph can say
            assert 'VALUES ?policy { <https://w3id.org/zhize/id/policy/' in query.text
            continue
        bound = re.sub(r"<http://www\.w3\.org/2001/XMLSchema#(date|gYear)>", r"xsd:\1", query.bind({param.name: param.default}))
        bound = re.sub(r'"(\d+)"\^\^<http://www\.w3\.org/2001/XMLSchema#integer>', r"\1", bound)
        assert bound == query.text, "the default in the head is the one in the query"
        assert " / " in param.help


def test_there_are_enough_of_them() -> None:
    assert len(named_queries()) >= 24
    assert len({q.question for q in named_queries()}) == len(named_queries())


@pytest.mark.parametrize(
    "value",
    [
        '" } INSERT DATA { <a:a> <a:b> <a:c> } #',
        '") . ?s ?p ?o . FILTER("x" = "x',
        "\\",
        "\n} SERVICE <http://localhost/> { ?s ?p ?o }",
        "' \" \\u0022 \\1 \\g<0>",
    ],
)
def test_values_never_become_part_of_a_query(folder: Path, value: str) -> None:
    for name, param in (("targets-by-indicator", "indicator"), ("agency-duties", "agency"), ("agency-load", "place")):
        assert run_query(folder, find_query(name).bind({param: value})).table() == []


@pytest.mark.parametrize(
    ("values", "slot"),
    [
        pytest.param({}, '("" "充电")', id="both as in the file"),
        pytest.param({"words": "停车"}, '("" "停车")', id="one of two"),
        pytest.param({"words": "（甲）) } #", "place": "云陵市"}, '("云陵市" "（甲）) } #")', id="brackets in a value"),
        pytest.param({"words": "?place", "place": "$1"}, '("$1" "?place")', id="no value is read again"),
    ],
)
def test_several_parameters_share_a_row(values: dict[str, str], slot: str) -> None:
    assert f"VALUES (?place ?words) {{ {slot} }}\n" in find_query("duties-about").bind(values)


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("duties-due", {"from": "morgen"}, "date"),
        ("duties-due", {"from": '2025-01-01" }'}, "date"),
        ("duties-due", {"von": "2025-01-01"}, "unknown"),
        ("joint-assignments", {"least": "3 } #"}, "whole number"),
        ("agency-duties", {"agency": "https://w3id.org/zhize/id/agency/> } #"}, "IRI"),
        ("load-changes", {"first": "23"}, "year"),
        ("load-changes", {"first": '2023" }'}, "year"),
        ("duties-due", {"kind": "boss"}, "lead, responsible, support, 牵头"),
        ("policy-duties", {"policy": "云政办〔2023〕7号"}, "IRI of a document"),
        ("policy-duties", {"policy": "https://w3id.org/zhize/id/policy/> } #"}, "IRI"),
        ("most-cited", {"x": "1"}, "no parameters"),
    ],
)
def test_wrong_values(name: str, values: dict[str, str], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        find_query(name).bind(values)


@pytest.mark.parametrize(
    ("param", "value", "day"),
    [
        pytest.param("from", "2024-02-29", "2024-02-29", id="a day"),
        pytest.param("from", "2024-02", "2024-02-01", id="the first of a month"),
        pytest.param("to", "2024-02", "2024-02-29", id="the last of a month"),
        pytest.param("from", "2024", "2024-01-01", id="the first of a year"),
        pytest.param("to", "2024", "2024-12-31", id="the last of a year"),
        pytest.param("day", "2024-06", "2024-06-01", id="a day that a month begins"),
        *(pytest.param(name, value, None, id=f"{name} {value!r}")
          for name in ("from", "to", "day") for value in ("2024-13", "2024-00", "0000", "2023-02-29", "24", "2024-1", "", "每年")),
    ],
)  # fmt: skip
def test_a_month_or_year_is_a_day_of_a_period(param: str, value: str, day: str | None) -> None:
    query = find_query("policies-in-force" if param == "day" else "duties-due")
    if day is None:
        with pytest.raises(ParameterError, match="must be a date such as 2025-12-31, 2025-12 or 2025"):
            query.bind({param: value})
    else:
        assert f'"{day}"^^' in query.bind({param: value})


def test_unknown_names_get_the_nearest() -> None:
    with pytest.raises(UnknownQueryError, match="repeals"):
        find_query("repeal")
    with pytest.raises(UnknownQueryError, match="--list"):
        find_query("天气")


def test_a_file_with_a_bad_head_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.rq"
    file.write_text("# question: 什么？\n# question@en: What?\n# keywords: x\n# param: p colour red\nASK {}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.rq: parameter"):
        read_query(file)
    file.write_text("ASK {}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="question"):
        read_query(file)
