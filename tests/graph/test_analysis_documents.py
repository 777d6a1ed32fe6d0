"""Standing, tiers, chains, lost bases, repeals, circles, and targets that cannot be checked or differ."""

from __future__ import annotations

import dataclasses

import pytest

from graph.analysis import (
    Facts,
    chains,
    cycle_links,
    differences,
    judged,
    policy_measures,
    repeals,
    standings,
    tiers,
    unsound,
    weak_targets,
)
from graph.analysis.suspects import figure
from graph.analysis.tiers import beginnings, tier_of_words
from graph.rows import LinkRow, PolicyRow
from tests.graph.rows import link, policy
from tests.graph.test_analysis import target

LAW, PROVINCE, PLAN, SCHEME, OLD, OLDER = "p:law", "p:province", "p:plan", "p:scheme", "p:old", "p:older"


def documents() -> list[PolicyRow]:
    return [
        policy(SCHEME, "云陵市停车方案", dated="2024-03-01"),
        policy(PLAN, "云陵市停车规划", dated="2022-05-01"),
        policy(OLD, "云陵市停车办法", dated="2019-01-01"),
        policy(LAW, "中华人民共和国道路交通安全法", resolved=False),
        policy(PROVINCE, "中州省城市停车管理条例", resolved=False),
        policy(OLDER, "云陵市停车暂行规定", resolved=False),
    ]


def links() -> list[LinkRow]:
    return [
        link(SCHEME, "basis", PLAN),
        link(SCHEME, "cites", OLD, start=20),
        link(PLAN, "basis", PROVINCE, resolved=False),
        link(PLAN, "repeals", OLD, start=30),
        link(OLD, "repeals", OLDER, start=40, resolved=False),
        link(OLD, "basis", LAW, start=50, resolved=False),
    ]


def facts(day: str = "", more: tuple[LinkRow, ...] = ()) -> Facts:
    return judged(Facts(policies=tuple(documents()), links=(*links(), *more)), day)


def dated(effective: str = "", expires: str = "", when: str = "2022-05-01") -> PolicyRow:
    return dataclasses.replace(policy("p:x", "云陵市停车规划", dated=when), effective=effective, expires=expires)


REPEAL = link("p:by", "repeals", "p:x")
BY = dataclasses.replace(policy("p:by", "云陵市决定", dated="2023-01-10"), effective="2023-02-01")


@pytest.mark.parametrize(
    ("row", "day", "repeal", "state", "since"),
    [
        pytest.param(dated(), "2022-05-01", None, "in_force", "2022-05-01", id="from its date"),
        pytest.param(dated(), "2022-04-30", None, "pending", "2022-05-01", id="the day before"),
        pytest.param(dated("issue"), "2022-05-01", None, "in_force", "2022-05-01", id="on issue"),
        pytest.param(dated("2022-07-01"), "2022-06-30", None, "pending", "2022-07-01", id="before its day of effect"),
        pytest.param(dated(expires="2024-12-31"), "2024-12-31", None, "in_force", "2022-05-01", id="last day"),
        pytest.param(dated(expires="2024-12-31"), "2025-01-01", None, "expired", "2024-12-31", id="day after the last"),
        pytest.param(dated(), "2023-02-01", REPEAL, "repealed", "2023-02-01", id="when the repealing one takes effect"),
        pytest.param(dated(), "2023-01-31", REPEAL, "in_force", "2022-05-01", id="repeal still to come"),
        pytest.param(
            dated(),
            "2022-09-01",
            dataclasses.replace(REPEAL, from_date="2022-09-01"),
            "repealed",
            "2022-09-01",
            id="day of the repeal",
        ),
        pytest.param(
            dated(), "2023-02-01", dataclasses.replace(REPEAL, parts=("第七条",)), "in_force", "2022-05-01", id="only a clause"
        ),
        pytest.param(dated(when=""), "2023-02-01", None, "in_force", "", id="without a date"),
        pytest.param(dataclasses.replace(dated(), resolved=False), "2023-02-01", None, "unknown", "", id="only cited"),
        pytest.param(
            dataclasses.replace(dated(), resolved=False), "2023-02-01", REPEAL, "repealed", "2023-02-01", id="cited, repealed"
        ),
        pytest.param(dated(), "2023-02-01", link("p:x", "repeals", "p:x"), "in_force", "2022-05-01", id="itself"),
    ],
)
def test_standing(row: PolicyRow, day: str, repeal: LinkRow | None, state: str, since: str) -> None:
    found = standings([row, BY], [repeal] if repeal else [], day)["p:x"]
    assert (found.state, found.since) == (state, since)


def test_the_day_of_analysis_is_that_of_the_newest_document() -> None:
    assert (facts().day, facts("2020-01-01").day, judged(Facts()).day) == ("2024-03-01", "2020-01-01", "")


@pytest.mark.parametrize(
    ("title", "tier"),
    [
        pytest.param("中华人民共和国道路交通安全法", "state", id="law"),
        pytest.param("国务院关于促进消费的意见", "state", id="State Council"),
        pytest.param("工伤保险条例", "state", id="regulation without a place"),
        pytest.param("外商投资法", "state", id="law in short"),
        pytest.param("中州省城市停车管理条例", "province", id="province"),
        pytest.param("北京市停车管理办法", "province", id="municipality under the state"),
        pytest.param("云陵市停车方案", "city", id="city"),
        pytest.param("中共云陵市委关于改进作风的意见", "city", id="party committee"),
        pytest.param("望山县停车方案", "county", id="county"),
        pytest.param("白鹭区停车方案", "county", id="district"),
        pytest.param("停车管理办法", "", id="no place, no 法"),
        pytest.param("城市停车设施规划", "", id="城市 is no city"),
        pytest.param("优化市场环境方案", "", id="市场 is no city"),
        pytest.param("社区服务方案", "", id="社区 is no district"),
    ],
)
def test_tier_of_a_title(title: str, tier: str) -> None:
    assert tier_of_words(title) == tier


@pytest.mark.parametrize("row", beginnings(), ids=lambda row: row.words)
def test_every_beginning_has_an_example(row: object) -> None:
    from graph.analysis.tiers import Beginning

    assert isinstance(row, Beginning)
    title, number = (row.example, "") if row.part == "title" else ("", row.example)
    assert tiers([policy("p:x", title, resolved=False, number=number)]) == {"p:x": row.tier}


def test_a_held_document_teaches_what_its_number_means() -> None:
    held = policy("p:1", "停车方案", number="云政办〔2023〕20号")
    cited = policy("p:2", "停车补充方案", resolved=False, number="云政办〔2021〕3号")
    stranger = policy("p:3", "某方案", resolved=False, number="云政发〔2021〕3号")
    assert tiers([held, cited, stranger]) == {"p:1": "city", "p:2": "city", "p:3": "province"}


def test_positions_and_standing_of_documents() -> None:
    by = {m.iri: m for m in policy_measures(documents(), links(), standing=facts().standing)}
    assert {i: m.position for i, m in by.items()} == {
        SCHEME: "leaf", PLAN: "middle", OLD: "middle", LAW: "root", PROVINCE: "root", OLDER: "alone",
    }  # fmt: skip
    assert (by[OLD].standing, by[LAW].standing, by[SCHEME].tier, by[LAW].tier) == ("repealed", "unknown", "city", "state")


def test_chains_rise_through_the_tiers() -> None:
    (chain,) = chains(documents(), links())
    assert chain.iris in ((SCHEME, PLAN, PROVINCE), (SCHEME, OLD, LAW))
    assert (chain.rises, chain.length, len(chain.titles)) == (1, 2, 3)
    longer = [*links(), link(PROVINCE, "basis", LAW, start=70)]
    (chain,) = chains(documents(), longer)
    assert (chain.iris, chain.tiers, chain.rises) == ((SCHEME, PLAN, PROVINCE, LAW), ("city", "city", "province", "state"), 2)


def test_a_document_that_cites_a_repealed_one_is_found() -> None:
    (found,) = unsound(facts())
    assert (found.iri, found.relation, found.cited, found.cited_standing, found.since) == (
        SCHEME,
        "cites",
        OLD,
        "repealed",
        "2022-05-01",
    )
    assert unsound(facts("2022-04-30")) == []


def test_the_repealing_document_names_the_other_rightly() -> None:
    also = link(PLAN, "cites", OLD, start=90)
    assert [u.iri for u in unsound(facts(more=(also,)))] == [SCHEME]


def test_repeals_are_followed_from_the_newest() -> None:
    found = repeals(facts())
    assert [(r.chain, r.step, r.iri, r.repealed) for r in found] == [(1, 1, PLAN, OLD), (1, 2, OLD, OLDER)]
    assert [(r.standing, r.repealed_standing, r.day) for r in found] == [
        ("in_force", "repealed", "2022-05-01"), ("repealed", "repealed", "2019-01-01"),
    ]  # fmt: skip


def test_repeals_in_a_circle_end() -> None:
    assert len(repeals(facts(more=(link(OLDER, "repeals", PLAN),)))) == 3


def test_circles_are_shown_link_by_link() -> None:
    back = link(PLAN, "cites", SCHEME, start=80)
    found = cycle_links(facts(more=(back,)))
    assert [(c.cycle, c.iri, c.cited, c.relation) for c in found] == [(1, PLAN, SCHEME, "cites"), (1, SCHEME, PLAN, "basis")]
    assert cycle_links(facts()) == []


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        pytest.param({"by": "2025"}, None, id="a level with a deadline"),
        pytest.param({}, (True, False), id="a level without a deadline"),
        pytest.param({"by": "2025", "change": "up"}, (False, True), id="growth without a baseline"),
        pytest.param({"by": "2025", "change": "up", "baseline": "80"}, None, id="growth with one"),
        pytest.param({"change": "down"}, (True, True), id="neither"),
        pytest.param({"kind": "support"}, None, id="money given needs no deadline"),
        pytest.param({"unit": "个工作日"}, None, id="a time limit needs no deadline"),
        pytest.param({"unit": "个工作日", "change": "down"}, (False, True), id="a shorter time limit needs a baseline"),
    ],
)
def test_weak_targets(fields: dict[str, str], missing: tuple[bool, bool] | None) -> None:
    found = weak_targets([target("t:1", **fields)])
    assert [(w.no_deadline, w.no_baseline) for w in found] == ([missing] if missing else [])


@pytest.mark.parametrize(
    ("second", "conflict"),
    [
        pytest.param({"value": "120", "by": "2025"}, True, id="same deadline"),
        pytest.param({"value": "120", "by": "2027"}, False, id="another deadline"),
        pytest.param({"value": "120", "indicator": "公共停车泊位。", "by": "2025"}, True, id="punctuation in the name"),
        pytest.param({"value": "100", "by": "2025"}, None, id="same figure"),
        pytest.param({"value": "120", "by": "2025", "unit": "万个"}, None, id="another unit"),
        pytest.param({"value": "120", "by": "2025", "change": "up"}, None, id="growth and level"),
        pytest.param({"value": "120", "by": "2025", "kind": "support"}, None, id="target and support"),
        pytest.param({"value": "120", "by": "2025", "policy": PLAN}, None, id="one document"),
        pytest.param({"value": "120", "by": "2025", "policy": "p:sea"}, None, id="another city"),
        pytest.param({"value": "120", "by": "2025", "indicator": "充电桩"}, None, id="another indicator"),
        pytest.param({"value": "120", "by": "每年"}, None, id="a rhythm and an end"),
    ],
)
def test_one_indicator_with_two_figures(second: dict[str, str], conflict: bool | None) -> None:
    sea = dataclasses.replace(policy("p:sea", "望海市停车方案"), place="望海市")
    rows = (target("t:1", by="2025", policy=PLAN), target("t:2", **({"policy": SCHEME} | second)))
    found = differences(Facts(policies=(*documents(), sea), targets=rows))
    assert [d.conflict for d in found] == ([] if conflict is None else [conflict])


def test_a_bare_measure_is_another_one_in_each_document() -> None:
    rows = (target("t:1", indicator="规模", by="2025", policy=PLAN), target("t:2", indicator="规模", value="120", by="2025", policy=SCHEME))
    assert differences(Facts(policies=documents(), targets=rows)) == []


def test_figures_in_signs() -> None:
    assert figure(target("t", op=">=", value="75", unit="%")) == "≥75%"
    assert figure(target("t", change="up", op="~", value="7", unit="%")) == "+≈7%"
