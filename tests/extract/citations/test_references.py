"""References: short forms, 本办法, 该办法, clauses of precedence, parts and days of repeals; every row a reason, the sentences invented."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from extract.citations.find import find_citations
from extract.citations.precedence import find_precedence
from extract.citations.references import find_references
from extract.models import CitationRecord, PrecedenceRecord, ReferenceRecord, from_json, to_json
from tests.extract.citations.making import NUMBER, TITLE, A, B, C, body, cited, policy_of

Pair = tuple[str | None, str | None]
N = "云政〔2020〕3号"

# --- short forms: (sentence, [(title as written, title meant)]), None where the mention names its document itself -------------------

SHORT = [
    pytest.param(
        f"按照《{A}》（以下简称《条例》）执行。违反《条例》的，依法处理。", [(A, None), ("条例", A)], id="defined in marks"
    ),
    pytest.param(
        f"按照《{A}》（以下简称“条例”）执行。违反《条例》的，依法处理。", [(A, None), ("条例", A)], id="defined in quotes"
    ),
    pytest.param(
        f"按照《{A}》（以下简称条例）执行。违反《条例》的，依法处理。", [(A, None), ("条例", A)], id="defined without marks"
    ),
    pytest.param(f"按照《{A}》（简称《条例》）执行。违反《条例》的，处理。", [(A, None), ("条例", A)], id="简称 alone"),
    pytest.param(f"按照《{A}》（以下简称为《条例》）执行。违反《条例》的，处理。", [(A, None), ("条例", A)], id="简称为"),
    pytest.param(f"按照《{A}》（下称《条例》）执行。违反《条例》的，处理。", [(A, None), ("条例", A)], id="下称"),
    pytest.param(
        f"按照《{A}》，以下简称《条例》，执行。违反《条例》的，处理。", [(A, None), ("条例", A)], id="defined after a comma"
    ),
    pytest.param(
        f"按照《{A}》（{N}，以下简称《条例》）执行。《条例》有规定的，从严。", [(A, None), ("条例", A)], id="with the number"
    ),
    pytest.param(f"按照《{A}》（{N}）（以下简称《条例》）执行。落实《条例》。", [(A, None), ("条例", A)], id="in a second bracket"),
    pytest.param(
        f"按照《{A}》（以下简称《供水条例》）执行。落实《供水条例》。", [(A, None), ("供水条例", A)], id="longer short form"
    ),
    pytest.param(
        f"按照《{A}》（以下简称《条例》）和《{B}》（以下简称《方案》）执行。落实《方案》和《条例》。",
        [(A, None), (B, None), ("方案", B), ("条例", A)],
        id="two short forms",
    ),
    pytest.param(
        f"按照《{A}》（以下简称《规则》）执行。落实《规则》。按照《{C}》（以下简称《规则》）执行。落实《规则》。",
        [(A, None), ("规则", A), (C, None), ("规则", C)],
        id="given anew: the nearest before",
    ),
    pytest.param(f"按照《{A}》执行。违反《条例》的，处理。", [(A, None), ("条例", A)], id="not defined, one document of the genre"),
    pytest.param(
        f"按照《{A}》执行。《{A}》明确要求。违反《条例》的，处理。", [(A, None), (A, None), ("条例", A)], id="named twice is one"
    ),
    pytest.param("违反《条例》的，处理。", [], id="not defined, nothing named"),
    pytest.param(f"违反《条例》的，处理。按照《{A}》执行。", [(A, None)], id="not defined, named only later"),
    pytest.param(
        f"按照《{A}》《中州省节水条例》执行。违反《条例》的，处理。", [(A, None), ("中州省节水条例", None)], id="two of the genre"
    ),
    pytest.param(f"按照《{B}》执行。违反《条例》的，处理。", [(B, None)], id="none of the genre"),
    pytest.param(
        f"按照《{C}》和《中州省节水办法》执行。依照《办法》处理。", [(C, None), ("中州省节水办法", None)], id="genre of the policy"
    ),
    pytest.param("按照《中州省节水办法》执行。依照本《办法》处理。", [("中州省节水办法", None)], id="本《办法》"),
    pytest.param(
        "按照《中州省节水办法》（以下简称《办法》）执行。依照《办法》处理。",
        [("中州省节水办法", None), ("办法", "中州省节水办法")],
        id="genre of the policy, but given to another",
    ),
    pytest.param(
        f"《{A}》《{B}》（以下统称《两个文件》）执行。落实《两个文件》。", [(A, None), (B, None)], id="a form for two documents"
    ),
    pytest.param(f"依照《{TITLE}》（以下简称《办法》）处理。违反《办法》的，处理。", [], id="short form of the policy itself"),
    pytest.param("设立云陵市节水指挥部（以下简称指挥部）。指挥部依照职责落实。", [], id="short form of a body"),
    pytest.param("填写《用水登记表》（以下简称《登记表》）。提交《登记表》。", [], id="short form of a form"),
]


@pytest.mark.parametrize(("sentence", "expected"), SHORT)
def test_short_forms(sentence: str, expected: list[Pair]) -> None:
    assert [(c.title, c.refers_title) for c in cited(body(sentence))] == expected


def test_short_form_keeps_number_and_says_when_inferred() -> None:
    stated = cited(body(f"按照《{A}》（{N}，以下简称《条例》）执行。《条例》同时废止。"))[1]
    assert (stated.refers_number, stated.relation, stated.confidence) == (N, "repeals", 1.0)
    inferred = cited(body(f"按照《{A}》（{N}）执行。违反《条例》的，处理。"))[1]
    assert inferred.refers_number == N
    assert inferred.confidence < 1 and inferred.reason


# --- references that are no citations: (sentence, [(kind, words, title meant)]) ---------------------------------------------------

POINTS = [
    pytest.param("依照本办法处理。", [("self", "本办法", TITLE)], id="the policy itself"),
    pytest.param(f"按照《{A}》执行，该条例另有要求的除外。", [("anaphor", "该条例", A)], id="same sentence"),
    pytest.param(f"按照《{A}》执行。该条例有要求的，从严。", [("anaphor", "该条例", A)], id="sentence before"),
    pytest.param("按照《云陵市节水通知》执行。上述通知自下月施行。", [("anaphor", "上述通知", "云陵市节水通知")], id="上述通知"),
    pytest.param(f"按照《{A}》执行。上述文件由水利局解释。", [("anaphor", "上述文件", A)], id="上述文件 is of any genre"),
    pytest.param(f"落实{N}文件。该文件已印发各县。", [("anaphor", "该文件", None)], id="a number alone is an antecedent"),
    pytest.param(f"按照《{A}》执行。节水。该条例另有要求。", [], id="two sentences before is too far"),
    pytest.param("完善该办法。", [], id="no antecedent, no reference"),
    pytest.param(f"按照《{B}》执行。该条例另有要求。", [], id="antecedent of another genre"),
    pytest.param(
        f"按照《{A}》《{B}》执行。上述文件由水利局解释。", [("anaphor", "上述文件", None)], id="two antecedents: unresolved"
    ),
    pytest.param(f"按照《{A}》《{B}》执行。该条例另有要求。", [("anaphor", "该条例", A)], id="genre decides between two"),
    pytest.param(
        f"按照《{A}》《{B}》执行。上述两个文件由水利局解释。",
        [("anaphor", "上述两个文件", A), ("anaphor", "上述两个文件", B)],
        id="as many as are counted",
    ),
    pytest.param(
        f"按照《{A}》《{B}》《{C}》执行。上述两个文件废旧。", [("anaphor", "上述两个文件", None)], id="more than are counted"
    ),
    pytest.param(
        f"按照《{A}》执行，《{A}》的要求不变。该条例有效。", [("anaphor", "该条例", A)], id="named twice is one antecedent"
    ),
    pytest.param(f"按照《{C}》和《云陵市用水规定》执行。违反上述规定的，处理。", [], id="上述规定 is any rule"),
    pytest.param(f"按照《{A}》执行。应该办法多样。", [], id="应该 is another word"),
    pytest.param(f"按照《{A}》执行。该法院应当受理。", [], id="该法院 is a court"),
    pytest.param("根本办法在于节水。采取基本措施。", [], id="根本, 基本 are other words"),
    pytest.param("落实本方案。", [], id="本方案 in a policy of another genre"),
    pytest.param(
        f"按照《{A}》（以下简称“供水条例”）执行。违反“供水条例”的，处理。", [("short_form", "供水条例", A)], id="in quotes"
    ),
    pytest.param(
        f"按照《{A}》（以下简称供水条例）执行。违反供水条例的，处理。", [("short_form", "供水条例", A)], id="without marks"
    ),
    pytest.param(f"按照《{A}》（以下简称条例）执行。违反条例的，处理。", [], id="a common word without marks"),
    pytest.param(
        f"《{A}》（以下简称《条例》）有效。节水。执行《条例》，该条例有效。",
        [("anaphor", "该条例", A)],
        id="antecedent is a short form",
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), POINTS)
def test_references(sentence: str, expected: list[tuple[str, str, str | None]]) -> None:
    policy = policy_of("\n".join(["第一条为了节约用水，加强管理。", f"第二条{sentence}"]))
    found = find_references(policy)
    assert [(r.kind, r.quote, r.refers_title) for r in found] == expected
    for reference in found:
        assert policy.text[reference.start : reference.end] == reference.quote
        resolved = reference.refers_title or reference.refers_number
        assert bool(resolved) or reference.reason


def test_self_has_the_number_of_the_policy_and_an_appendix_its_own_title() -> None:
    (reference,) = find_references(policy_of("依照本办法处理。"))
    assert reference.refers_number == NUMBER
    notice = policy_of("本通知自印发之日起施行。", notice="云陵市人民政府关于印发云陵市节约用水管理办法的通知")
    assert [r.refers_title for r in find_references(notice)] == ["云陵市人民政府关于印发云陵市节约用水管理办法的通知"]


def test_references_are_no_citations() -> None:
    assert [c.title for c in cited(body(f"按照《{A}》执行。该条例、上述文件有效，本办法亦同。"))] == [A]


# --- precedence and revision: (sentence, [(kind, prevails, title)]) ---------------------------------------------------------------

PRECEDENCE = [
    pytest.param("此前规定与本办法不一致的，以本办法为准。", [("overrides", "this", TITLE)], id="以本办法为准"),
    pytest.param("与本办法相抵触的，按照本办法执行。", [("overrides", "this", TITLE)], id="按照本办法执行"),
    pytest.param("与本办法不符的，一律按本办法规定执行。", [("overrides", "this", TITLE)], id="一律按本办法"),
    pytest.param(f"与《{A}》不一致的，以《{A}》为准。", [("overrides", "other", A)], id="another document prevails"),
    pytest.param(
        f"与《{A}》不一致的，以《{A}》（{N}）的规定为准。", [("overrides", "other", A)], id="another document with its number"
    ),
    pytest.param("与上级政策不一致的，以上级政策为准。", [("overrides", "other", None)], id="rules that are not named"),
    pytest.param("具体标准以省级实施方案为准。", [("overrides", "other", None)], id="a plan that is not named"),
    pytest.param("国家另有规定的，从其规定。", [("overrides", "other", None)], id="从其规定"),
    pytest.param("省有新规定的，按新规定执行。", [("overrides", "other", None)], id="按新规定执行"),
    pytest.param("水价按本办法执行，不再执行原水价政策。", [("overrides", "this", TITLE)], id="不再执行原政策"),
    pytest.param("同一事项按就高不重复原则享受。", [("highest_only", "", None)], id="就高不重复"),
    pytest.param("符合多项政策的，按“就高不重复”的原则执行。", [("highest_only", "", None)], id="就高不重复 in quotes"),
    pytest.param("补助从高从优，不重复享受。", [("highest_only", "", None)], id="从高从优，不重复"),
    pytest.param("同类补助从高从优不重复享受。", [("highest_only", "", None)], id="从高从优不重复"),
    pytest.param("多项奖励的，择高执行。", [("highest_only", "", None)], id="择高"),
    pytest.param("同一项目按最高标准给予一次奖励，不重复奖励。", [("highest_only", "", None)], id="最高标准"),
    pytest.param("待遇标准就高不就低。", [("highest_only", "", None)], id="就高不就低"),
    pytest.param(f"落实修订后的《{A}》。", [("revised", "", A)], id="修订后的"),
    pytest.param(f"落实新修订的《{A}》。", [("revised", "", A)], id="新修订的"),
    pytest.param(f"落实《{A}》（2021年修订）。", [("revised", "", A)], id="edition behind the marks"),
    pytest.param(f"落实《{A}（2021年修订）》。", [("revised", "", f"{A}（2021年修订）")], id="edition in the marks"),
    pytest.param(f"落实《{A}（2018修正）》。", [("revised", "", f"{A}（2018修正）")], id="修正 without 年"),
    pytest.param(f"修订后的《{TITLE}》已经市政府同意。", [("revised", "this", TITLE)], id="the policy is itself a revision"),
    pytest.param("开工时间以通过验收的时间为准。", [], id="a date is no rule"),
    pytest.param("面积以市政府公布的为准。", [], id="a fact is no rule"),
    pytest.param("以现场测量数据为准。", [], id="a measure is no rule"),
    pytest.param("预警级别从高到低分为四级。", [], id="从高到低"),
    pytest.param("推动就高质量发展达成共识，就高校用水开展检查。", [], id="就 before 高"),
    pytest.param("择优支持节水企业。", [], id="择优 alone"),
    pytest.param("不重复建设管网。", [], id="不重复 alone"),
    pytest.param(f"组织修订《{A}》。", [], id="a revision that is yet to come"),
    pytest.param("口径不一致的，由水利局核实。", [], id="disagreement that a body settles"),
    pytest.param(f"按照《{A}》（2021年版）执行。", [], id="an edition that is no revision"),
]


@pytest.mark.parametrize(("sentence", "expected"), PRECEDENCE)
def test_precedence(sentence: str, expected: list[tuple[str, str, str | None]]) -> None:
    policy = policy_of(body(sentence))
    found = find_precedence(policy)
    assert [(r.kind, r.prevails, r.title) for r in found] == expected
    for clause in found:
        assert policy.text[clause.start : clause.end] == clause.quote
        assert clause.clause == "第二条" and not clause.quote.startswith("第二条")


# --- parts and days: (sentence, [(title, relation, part, day)]) -------------------------------------------------------------------

PARTS = [
    pytest.param(f"《{A}》第三条同时废止。", [(A, "repeals", "第三条")], id="one article"),
    pytest.param(
        f"《{A}》（{N}）第三条、第五条第二款同时废止。", [(A, "repeals", "第三条、第五条第二款")], id="articles and paragraphs"
    ),
    pytest.param(f"《{A}》第三条和第五条停止执行。", [(A, "repeals", "第三条、第五条")], id="joined by 和"),
    pytest.param(
        f"《{A}》第三条、《{B}》第二部分、《{C}》同时废止。",
        [(A, "repeals", "第三条"), (B, "repeals", "第二部分"), (C, "repeals", None)],
        id="parts of two, the whole of a third",
    ),
    pytest.param(f"废止《{A}》第三条。", [(A, "repeals", "第三条")], id="verb before"),
    pytest.param(f"《{A}》中有关水价的规定同时废止。", [(A, "repeals", "有关水价的规定")], id="a part without label"),
    pytest.param(f"《{A}》部分条款停止执行。", [(A, "repeals", "部分条款")], id="some clauses"),
    pytest.param(f"将《{A}》第六条修改为：“节水。”", [(A, "amends", "第六条")], id="修改为"),
    pytest.param(f"对《{A}》第六条、第八条作如下修改：", [(A, "amends", "第六条、第八条")], id="作如下修改"),
    pytest.param(f"删去《{A}》第七条。", [(A, "amends", "第七条")], id="删去"),
    pytest.param(f"修改《{A}》第九条之一。", [(A, "amends", "第九条之一")], id="之一"),
    pytest.param(f"依照《{A}》第二十条第（三）项处理。", [(A, "cites", "第二十条第（三）项")], id="a citation of an item"),
    pytest.param(f"依照《{A}》有关规定处理。", [(A, "cites", None)], id="有关规定 in a citation is no part"),
    pytest.param(f"依照《{A}》规定废止许可。", [(A, "cites", None)], id="what is repealed under the title is not the title"),
    pytest.param(f"删去《{A}》。", [(A, "cites", None)], id="删去 without a clause"),
    pytest.param(f"《{A}》同时废止。第三条另行公布。", [(A, "repeals", None)], id="an article of the next sentence"),
]


@pytest.mark.parametrize(("sentence", "expected"), PARTS)
def test_parts(sentence: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert [(c.title, c.relation, c.cited_clause) for c in cited(body(sentence))] == expected


DAYS = [
    pytest.param(f"《{A}》自2024年3月1日起废止。", None, None, "2024-03-01", id="自…起废止"),
    pytest.param(f"《{A}》于2024年3月1日失效。", None, None, "2024-03-01", id="于…失效"),
    pytest.param(f"《{A}》自二〇二四年三月一日起停止执行。", None, None, "2024-03-01", id="Chinese numerals"),
    pytest.param(f"《{A}》执行至2024年12月31日，到期自行废止。", None, None, "2024-12-31", id="执行至…自行废止"),
    pytest.param(f"自2024年3月1日起，《{A}》停止执行。", None, None, "2024-03-01", id="day before the title"),
    pytest.param(f"自2024年3月1日起废止《{A}》。", None, None, "2024-03-01", id="day before the verb"),
    pytest.param(f"本办法自2024年3月1日起施行，《{A}》同时废止。", None, None, "2024-03-01", id="同时, day in the sentence"),
    pytest.param(f"《{A}》同时废止。", "2024-05-01", None, "2024-05-01", id="同时, day of the policy's effect"),
    pytest.param(f"《{A}》自本办法施行之日起废止。", "2024-05-01", None, "2024-05-01", id="自本办法施行之日"),
    pytest.param(f"《{A}》同时废止。", "issue", "2024-04-20", "2024-04-20", id="同时, in force on issue"),
    pytest.param(f"《{A}》同时废止。", None, "2024-04-20", None, id="同时, day of effect not known"),
    pytest.param(f"废止《{A}》。", "2024-05-01", None, None, id="no day stated"),
    pytest.param(f"自2019年5月1日起施行的《{A}》予以废止。", None, None, None, id="the day on which the old one took effect"),
    pytest.param(
        f"2019年5月1日发布的《{A}》同时废止。", "2024-05-01", None, "2024-05-01", id="the day on which the old one was issued"
    ),
    pytest.param(f"《{A}》自2024年2月30日起废止。", None, None, None, id="a day that does not exist"),
]


@pytest.mark.parametrize(("sentence", "effective", "dated", "expected"), DAYS)
def test_days(sentence: str, effective: str | None, dated: str | None, expected: str | None) -> None:
    policy = policy_of(body(sentence))
    policy = replace(policy, head=replace(policy.head, effective=effective, dated=dated))
    (record,) = find_citations(policy)
    assert (record.relation, record.from_date) == ("repeals", expected)


def test_only_repeals_have_a_day() -> None:
    assert cited(body(f"自2024年3月1日起，依照《{A}》处理。"))[0].from_date is None


# --- records and hostile text -----------------------------------------------------------------------------------------------------


def test_new_records_and_fields_survive_json() -> None:
    place = ("1", "a.txt", "第二条", "第二条", 3, 9)
    for record in (
        ReferenceRecord(*place, kind="anaphor", quote="该条例", refers_title=A),
        PrecedenceRecord(*place, kind="overrides", prevails="this", title=TITLE, quote="以本办法为准"),
        CitationRecord(*place, title="条例", refers_title=A, cited_clause="第三条", from_date="2024-03-01"),
    ):
        assert from_json(to_json(record)) == record
    assert not {"refers_title", "cited_clause", "from_date"} & to_json(CitationRecord(*place, title=A)).keys()


@pytest.mark.parametrize(
    "unit",
    [
        "该办法",
        "本办法",
        "以下简称《",
        "以",
        "不一致的，",
        "《云陵市供水条例》该条例",
        "第三条、",
        "就高",
        "（2021年修订）",
        "自2024年",
    ],
)
def test_hostile_text_is_read_in_time(unit: str) -> None:
    policy = policy_of((unit * (40_000 // len(unit)))[:40_000])
    began = time.process_time()
    find_references(policy)
    find_precedence(policy)
    assert time.process_time() - began < 4  # seconds
