"""Statements of the graph: evidence on every fact, stable names, hostile words, typed values."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from extract.models import DutyRecord, Fact, PolicyRecord
from graph import answers, iris
from graph.build import build
from graph.export import export
from graph.literals import deadline, due, number, value_text
from graph.look import Look
from graph.quads import policy_quads
from graph.store import Store, open_store
from ontology.vocabulary import PREFIXES, declared, term
from tests.graph.derived_records import command, reform
from tests.graph.records import PARKING, cite, clause, duty, everything, parking, plan, policy, target
from zhize.sources import SAMPLE, Reading

HOSTILE = (
    'quote " and \\ backslash',
    "> . } <http://evil> <http://evil> <http://evil> .",
    "\\u0022 \\N{BULLET} ${x} {{y}} %s",
    "</script><script>alert(1)</script>",
    '=HYPERLINK("http://evil")',
    "line\nbreak\ttab\rreturn",
    "\x00\x01\x1f\ufffe\u2028",
    "𠮷野家 rare han, 👍",
    "half a pair \ud800",
    "' OR 1=1 --",
    "?agency } VALUES ?x { 1",
)


def test_every_fact_reaches_its_source(store: Store) -> None:
    look = Look(store.engine)
    facts = list(look.pairs("zhize:statedIn"))
    wanted = [r for r in everything() if isinstance(r, Fact) and not type(r).__name__.startswith("Clause")]
    assert len(facts) == len(wanted)
    seen = set()
    for fact, _ in facts:
        at = look.node(fact, "zhize:evidence")
        source = look.node(at, "oa:hasSource")
        selectors = [s for s in look.values(at, "oa:hasSelector") if isinstance(s, ox.NamedNode)]
        start = "".join(look.text(s, "oa:start") for s in selectors)
        end = "".join(look.text(s, "oa:end") for s in selectors)
        exact = "".join(look.text(s, "oa:exact") for s in selectors)
        seen.add((look.text(source, "dcterms:title"), int(start), int(end), exact))
        checksum = look.node(source, "spdx:checksum")
        assert len(look.text(checksum, "spdx:checksumValue")) == 64
        policy_node = look.node(fact, "zhize:policy")
        (graph,) = look.subjects("foaf:primaryTopic", policy_node)
        assert look.node(graph, "prov:wasDerivedFrom") == source
        assert look.text(look.node(graph, "prov:wasAttributedTo"), "dcterms:hasVersion") == "zhize-test"
    for record in wanted:
        words = record.mention if isinstance(record, DutyRecord) else record.quote
        assert (record.source, record.start, record.end, words) in seen


def test_one_named_graph_a_policy_and_no_statement_twice(store: Store) -> None:
    quads = list(store.engine)
    assert len({(q.subject, q.predicate, q.object) for q in quads}) == len(quads)  # the union that queries see keeps doubles
    assert not any(isinstance(t, ox.BlankNode) for q in quads for t in (q.subject, q.object, q.graph_name))
    policies = [g for g in store.graphs() if g.value.startswith(iris.POLICY_GRAPHS)]
    assert len(policies) == sum(isinstance(r, PolicyRecord) for r in everything()) == 4


def test_a_fact_keeps_its_name_when_text_before_it_grows() -> None:
    (head, *facts) = plan()
    assert isinstance(head, PolicyRecord)
    moved = [
        type(f)(**{n: getattr(f, n) for n in f.__dataclass_fields__} | {"start": f.start + 99, "end": f.end + 99})
        for f in facts
        if isinstance(f, Fact)
    ]

    def names(records: list) -> set[str]:
        return {q.subject.value for q in policy_quads(head, records, "x").own}

    assert {n for n in names(facts) if "/duty/" in n} == {n for n in names(moved) if "/duty/" in n}


def test_equal_facts_stay_two() -> None:
    head = parking()[0]
    assert isinstance(head, PolicyRecord)
    twice = [duty(PARKING, "一", start, "市财政局", "云陵市财政局") for start in (10, 50)]
    quads = policy_quads(head, twice, "x").own
    duties = [q.subject.value for q in quads if q.object == term("zhize:Duty")]
    assert len(set(duties)) == 2 and duties[1] == duties[0] + "-2"


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words(words: str, tmp_path: Path) -> None:
    head = policy(words, words, words, source=words, issuer=(words,), type=words, problems=(words,), place=words, notice=words)
    records = [
        head,
        clause(words, words, words, source=words),
        duty(words, words, 5, words, words, source=words, task=words, quote=words, deadline=words, reason=words, assignment=words),
        target(words, words, 9, words, 5, words, source=words, unit=words, by=words, baseline=words),
        cite(words, words, words, source=words),
    ]
    build(records, tmp_path / "s")
    store = open_store(tmp_path / "s")
    kept = words.encode("utf-8", "replace").decode()
    (row,) = answers.all_duties(store)
    assert (row.agency, row.task, row.deadline, row.evidence.quote, row.policy_title, row.evidence.source) == (kept,) * 6
    assert answers.targets(store)[0].indicator == kept
    for name, form in (("nquads", ox.RdfFormat.N_QUADS), ("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD)):
        export(store, name, tmp_path / name)
        assert set(ox.parse(path=str(tmp_path / name), format=form)) == set(store.engine)


def test_shared_number_and_figures_keep_their_string(store: Store) -> None:
    rows = {r.indicator: r for r in answers.targets(store)}
    turnover, spaces, money = rows["泊位周转率"], rows["公共停车泊位"], rows["建设奖补"]
    assert (turnover.value, turnover.low, turnover.unit, turnover.change) == ("6.50", 6.5, "%", "up")
    assert (spaces.op, spaces.baseline, spaces.by, spaces.low) == (">=", "1200", "2025", 5000)
    assert (money.kind, money.value, money.low, money.high) == ("support", "100-200", 100, 200)
    look = Look(store.engine)
    assert look.text(ox.NamedNode(turnover.iri), "qudt:hasUnit") == PREFIXES["unit"] + "PERCENT"
    assert look.text(ox.NamedNode(money.iri), "qudt:hasUnit") == ""


@pytest.mark.parametrize(
    ("value", "typed", "last"),
    [
        ("2025", "gYear", "2025-12-31"),
        ("2024-02", "gYearMonth", "2024-02-29"),
        ("2024-06-30", "date", "2024-06-30"),
        pytest.param("2024-02-30", "string", None, id="no such day"),
        ("每年", "string", None),
        pytest.param("0000", "gYear", None, id="no year 0"),
        pytest.param("2025-13", "string", None, id="no such month"),
        ("20250", "string", None),
    ],
)
def test_deadlines(value: str, typed: str, last: str | None) -> None:
    literal = deadline(value)
    assert literal is not None and literal.datatype.value == PREFIXES["xsd"] + typed and literal.value == value
    day = due(value)
    assert (day.value if day else None) == last


@pytest.mark.parametrize(
    ("value", "quote", "text"),
    [
        (6.5, "提高6.50%", "6.50"),
        (6.5, "六点五", "6.5"),
        (5000, "5000个", "5000"),
        (100000000.0, "1亿元", "100000000"),
        ((100.0, 200.0), "100—200万元", "100-200"),
        (0.1, "", "0.1"),
        (1e-7, "", "0.0000001"),
        (None, "若干", None),
        pytest.param("若干", "若干", "若干", id="words"),
        pytest.param(float("nan"), "x", "nan", id="nan"),
    ],
)
def test_figures_as_written(value: object, quote: str, text: str | None) -> None:
    assert value_text(value, quote) == text


@pytest.mark.parametrize(("value", "decimal"), [("1/3", "0.333333"), ("1:8", "0.125"), ("1.65:1", "1.65"), ("2", None), ("1/0", None)])
def test_fractions_and_ratios(value: str, decimal: str | None) -> None:
    literal = number(value)
    assert (literal.value if literal else None) == decimal


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, None, "7"])
def test_no_number(value: object) -> None:
    assert number(value) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("云政办〔2023〕7号", "云政办[2023] 7号", True),
        ("云政办〔2023〕7号", "云政办【２０２３】７号", True),
        ("云政办〔2023〕7号", "云政办（2023）7号", True),
        ("云政办〔2023〕7号", "云政办〔2023〕17号", False),
        ("云政办〔2023〕7号", "云政〔2023〕7号", False),
    ],
)
def test_numbers_match_across_brackets(one: str, other: str, same: bool) -> None:
    assert (iris.number_key(one) == iris.number_key(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("云陵市停车管理办法（试行）", "云陵市停车管理办法(试行)", True),
        ("关于印发〈停车方案〉的通知", "关于印发《停车方案》的通知", True),
        ("规划（2021—2025年）", "规划(2021-2025年)", True),
        ("云陵市停车管理办法", "云陵市停车管理办法（试行）", False),
    ],
)
def test_titles_match_across_punctuation(one: str, other: str, same: bool) -> None:
    assert (iris.title_key(one) == iris.title_key(other)) is same


def test_iris_are_pure_ascii_and_pinned(store: Store) -> None:
    named = {t.value for q in store.engine for t in (q.subject, q.object, q.graph_name) if isinstance(t, ox.NamedNode)}
    assert all(iri.isascii() for iri in named)
    assert iris.agency_iri("云陵市财政局").value.endswith("/id/agency/%E4%BA%91%E9%99%B5%E5%B8%82%E8%B4%A2%E6%94%BF%E5%B1%80")
    assert iris.agency_iri("云陵市高新区管理委员会") == iris.agency_iri("云陵高新区管理委员会")
    assert iris.agency_iri("云陵市财政局") != iris.agency_iri("云陵财政局")
    assert iris.agency_iri("云陵市城市新区市容管理委员会") != iris.agency_iri("云陵城市新区市容管理委员会")
    assert iris.policy_iri("云陵市停车办法").value == "https://w3id.org/zhize/id/policy/c0b396b0a4e2b768"
    assert iris.digest("a", "b") != iris.digest("ab")


def test_all_terms_written_are_declared(store: Store) -> None:
    data = [q for q in store.engine if q.graph_name != iris.ONTOLOGY]
    classes = {q.object.value for q in data if q.predicate.value == PREFIXES["rdf"] + "type" and isinstance(q.object, ox.NamedNode)}
    assert {q.predicate.value for q in data} | classes <= declared()


def test_all_own_terms_are_written(store: Store, tmp_path: Path) -> None:
    """The ontology has no own class or property that the graph does not use, and no entry of a fixed list that code cannot write."""
    build([*reform(), *command()], tmp_path / "invented")
    build(Reading((SAMPLE,), quiet=True).records(), tmp_path / "sample")
    used = {
        t.value
        for q in (*store.engine, *open_store(tmp_path / "invented").engine, *open_store(tmp_path / "sample").engine)
        if q.graph_name != iris.ONTOLOGY
        for t in (q.predicate, q.object)
        if isinstance(t, ox.NamedNode)
    }
    kinds = {PREFIXES["owl"] + k for k in ("Class", "ObjectProperty", "DatatypeProperty")}
    own = {
        q.subject.value
        for q in store.engine.quads_for_pattern(None, term("rdf:type"), None, iris.ONTOLOGY)
        if isinstance(q.subject, ox.NamedNode)
        and q.subject.value.startswith(PREFIXES["zhize"])
        and isinstance(q.object, ox.NamedNode)
        and q.object.value in kinds
    }
    assert own
    assert own - used == set()
