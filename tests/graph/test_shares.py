"""What the store adds up is what the rows add up to, whole and in every scope."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.analysis import Scope, read_facts, within
from graph.analysis.tables import TABLES, Choices
from graph.build import build
from graph.mentions import mentions_of
from graph.network import agency_network
from graph.shares import Bundle, Load, Shares, between, shares_of, weights
from graph.store import Store, open_store
from tests.graph.rows import assignment, duty
from zhize.sources import Reading

CORPUS = Path(__file__).parent.parent.parent.parent / "shared" / "corpus"
NOTHING: frozenset[object] = frozenset()
SCOPES = [
    pytest.param(Scope(), id="everything"),
    pytest.param(Scope(city="云陵市"), id="a city: agencies without a place go with the document"),
    pytest.param(Scope(city="中州省"), id="a place without documents"),
    pytest.param(Scope(since=2023), id="from a year"),
    pytest.param(Scope(until=2023), id="to a year"),
    pytest.param(Scope(policy="绿色"), id="words of a title"),
    pytest.param(Scope(as_of="2024-01-01"), id="in force on a day"),
    pytest.param(Scope(city="云陵市", since=2022, policy="方案", as_of="2024-06-30"), id="all at once"),
    pytest.param(Scope(policy="没有这样的文件"), id="nothing"),
]


def same(store: Store, scope: Scope) -> Shares:
    """The shares that the store adds up, which are those of its rows; every table that needs no rows is the same too."""
    rows, few = within(read_facts(store), scope), read_facts(store, scope, frozenset())
    assert few.duties == () and few.shares is not None
    assert (few.shares.loads, few.shares.bundles) == (rows.added_up().loads, rows.added_up().bundles)
    assert few.policies == rows.policies
    ours = [(m.policy, m.cited, m.relation, m.times) for m in few.named()]
    assert ours == [(m.policy, m.cited, m.relation, m.times) for m in mentions_of(rows.links)]
    for name, table in TABLES.items():
        if not table.parts:
            assert table.rows(few, Choices()) == table.rows(rows, Choices()), name
    return few.shares


@pytest.mark.parametrize("scope", SCOPES)
def test_the_store_adds_up_what_the_rows_add_up_to(sample: Store, scope: Scope) -> None:
    same(sample, scope)


def test_what_is_added_up_cannot_be_narrowed(sample: Store) -> None:
    with pytest.raises(ValueError, match="read_facts"):
        within(read_facts(sample, None, frozenset()), Scope(since=2023))


def test_tables_that_need_no_rows_are_those_of_agencies_and_documents() -> None:
    few = {name for name, table in TABLES.items() if not table.parts}
    assert few == {"agencies", "groups", "concentration", "change", "policies", "chains", "repeals"}


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the gazettes are not at hand beside the project")
def test_the_shares_of_real_gazettes_stay_small(tmp_path: Path) -> None:
    build(Reading((CORPUS,), quiet=True).records(), tmp_path)
    store = open_store(tmp_path)
    shares = same(store, Scope())
    same(store, Scope(since=2022, city="市"))
    duties = sum(load.duties for load in shares.loads)
    assert duties > 3 * len(shares.loads) and duties > 5 * len(shares.bundles)


def test_assignments_with_the_same_bearers_are_one_bundle() -> None:
    rows = [*assignment("a", ("lead", "甲"), ("support", "乙")), *assignment("b", ("lead", "甲"), ("support", "乙"))]
    rows += assignment("c", ("responsible", "甲"), ("support", "乙"))
    lead, peer = (("https://example.org/agency/乙", False), ("https://example.org/agency/甲", True)), None
    peer = (lead[0], (lead[1][0], False))
    shares = shares_of(rows)
    assert shares.bundles == (Bundle(peer, 1), Bundle(lead, 2))
    (weight,) = weights(shares)
    assert (weight.shared, weight.first_leads, weight.second_leads, weight.strength) == (3, 0, 2, 3.0)
    assert shares_of(shares) is shares
    assert agency_network(shares).edges == agency_network(rows).edges


def test_whom_a_bundle_leaves_out_weakens_nobody() -> None:
    rows = assignment("a", ("lead", "甲"), ("support", "乙"), ("support", "各相关部门"))
    (weight,) = weights(shares_of(rows), frozenset({"https://example.org/agency/各相关部门"}))
    assert weight.strength == 1.0


def test_years_choose_loads() -> None:
    shares = shares_of([duty("a", "lead", "甲"), duty("b", "support", "甲")])
    assert shares.loads[0] == Load("https://example.org/agency/甲", "甲", "lead", duty("a", "lead", "甲").policy, "2023-06-01", 1)
    assert between(shares, 2023, 2023).loads == shares.loads
    assert between(shares, 2024, 2030).loads == ()
