"""Each page answers, says what it should, and refuses what it cannot know."""

from __future__ import annotations

import datetime
import json
from itertools import pairwise

import pytest

from graph import answers
from graph.store import Store
from ontology.vocabulary import DATA
from tests.graph.explorer.page import AGENCY, Site, agency, select

POLICY = DATA + "policy/"


@pytest.mark.parametrize(
    ("path", "query", "title", "words"),
    [
        pytest.param("/", {}, "谁来做、怎么做、何时完成", "职责最多的单位", id="first page"),
        pytest.param("/", {"lang": "en"}, "Who must do what, and by when", "Agencies with most duties", id="first page in English"),
        pytest.param("/search", {}, "搜索", "单位可以写简称", id="search without a word"),
        pytest.param("/search", {"q": "市发改委"}, "“市发改委”的搜索结果", "云陵市发展和改革委员会", id="short name of an agency"),
        pytest.param("/search", {"q": "发展改革委"}, "“发展改革委”的搜索结果", "名称相符", id="another spelling"),
        pytest.param("/search", {"q": "停车 泊位"}, "“停车 泊位”的搜索结果", "全市新增公共停车泊位", id="two words, both in an indicator"),
        pytest.param("/search", {"q": "云政办[2023]12号"}, "“云政办[2023]12号”的搜索结果", "公共停车设施管理暂行办法", id="number in other brackets"),
        pytest.param("/search", {"q": "市税务局"}, "“市税务局”的搜索结果", "没有找到“市税务局”。", id="nothing found"),
        pytest.param("/search", {"q": "市税务局"}, "“市税务局”的搜索结果", "相近的单位", id="nothing found: what is near"),
        pytest.param("/agencies", {}, "单位", "共 51 项（全部 51 项）", id="all agencies"),
        pytest.param("/agencies", {"q": "市发改委"}, "单位", "共 1 项（全部 51 项）", id="agencies by short name"),
        pytest.param("/agencies", {"known": "no"}, "单位", "未登记", id="agencies in no table"),
        pytest.param("/agency/市财政局", {}, AGENCY, "10 项（全部 10 项），出自 5 份文件", id="agency by short name"),
        pytest.param(f"/agency/{AGENCY}", {"role": "lead"}, AGENCY, "1 项（全部 10 项）", id="agency by role"),
        pytest.param(f"/agency/{AGENCY}", {"lang": "en"}, AGENCY, "10 of 10, in 5 policies", id="agency in English"),
        pytest.param("/agency", {"iri": agency(AGENCY)}, AGENCY, "市财政局 ×", id="names as written"),
        pytest.param("/agency/云陵市快件驿联社", {}, "云陵市快件驿联社", "未登记", id="agency in no table"),
        pytest.param("/duties", {}, "全部职责", "189 项（全部 189 项）", id="all duties"),
        pytest.param("/duties", {"due": "with", "sort": "deadline"}, "全部职责", "48 项（全部 189 项）", id="duties with a day"),
        pytest.param("/duties", {"q": "停车"}, "全部职责", "停车", id="duties by a word of the task"),
        pytest.param("/policies", {}, "政策文件", "共 9 项（全部 9 项）", id="policies"),
        pytest.param("/policies", {"standing": "repealed", "on": "2026-01-01"}, "政策文件", "公共停车设施管理暂行办法", id="policies that are repealed"),
        pytest.param("/policies", {"held": "no"}, "仅被引用的文件", "中华人民共和国道路交通安全法", id="documents that are only cited"),
        pytest.param("/targets", {}, "指标", "共 83 项（全部 83 项）", id="figures"),
        pytest.param("/targets", {"kind": "support"}, "指标", "扶持", id="supports"),
        pytest.param("/indicator", {"name": "全市新增公共停车泊位"}, "全市新增公共停车泊位", "≥1.2万个", id="indicator"),
        pytest.param("/citations", {}, "引用", "共 35 项", id="citations"),
        pytest.param("/citations", {"open": "yes"}, "引用", "图中没有该文件", id="citations of what the graph lacks"),
        pytest.param("/review", {}, "待核事项", "未登记的机构", id="notes"),
        pytest.param("/review", {"kind": "weak"}, "待核事项", "共 3 项", id="notes of one kind"),
        pytest.param("/network", {}, "机构协作网络", AGENCY, id="network of agencies"),
        pytest.param("/network", {"kind": "policies"}, "文件依据与引用网络", "云陵市", id="network of policies"),
        pytest.param("/network", {"iri": agency(AGENCY)}, f"{AGENCY}的协作网络", "云陵市交通运输局", id="network of one agency"),
    ],
)  # fmt: skip
def test_a_page_says(site: Site, path: str, query: dict[str, str], title: str, words: str) -> None:
    page = site.get(path, **query)
    assert page.status == 200
    assert page.texts("h1") == [title]
    assert words in page.text("main")


@pytest.mark.parametrize(
    ("path", "query", "status", "words"),
    [
        pytest.param("/agency/市税务局", {}, 404, "图中没有“市税务局”这个单位", id="unknown agency"),
        pytest.param("/agency", {"iri": agency("云陵市税务局")}, 404, "图中没有", id="unknown IRI of an agency"),
        pytest.param("/agency", {}, 400, "网址中的标识不正确", id="no IRI"),
        pytest.param("/agency", {"iri": "https://example.org/x"}, 400, "网址中的标识不正确", id="IRI of somebody else"),
        pytest.param("/agency", {"iri": agency(AGENCY) + "> ?p ?o . <x"}, 400, "网址中的标识不正确", id="IRI with more behind it"),
        pytest.param("/policy", {"iri": "javascript:alert(1)"}, 400, "网址中的标识不正确", id="no IRI of the graph"),
        pytest.param("/policy", {"iri": POLICY + "0123456789abcdef"}, 404, "图中没有这份文件", id="unknown policy"),
        pytest.param("/policy", {"iri": agency(AGENCY)}, 404, "图中没有这份文件", id="an agency is no policy"),
        pytest.param("/fact", {"iri": POLICY + "0123456789abcdef/duty/1"}, 404, "图中没有这一项", id="unknown fact"),
        pytest.param("/fact", {"iri": agency(AGENCY)}, 404, "图中没有这一项", id="an agency is no fact"),
        pytest.param("/indicator", {"name": "没有的指标"}, 404, "没有“没有的指标”这项指标", id="unknown indicator"),
        pytest.param("/network", {"iri": agency("云陵市税务局")}, 404, "图中没有", id="network of an unknown agency"),
        pytest.param("/network", {"iri": "x"}, 400, "网址中的标识不正确", id="network of no IRI"),
        pytest.param("/download/duties.xlsx", {"agency": "x"}, 404, "图中没有“x”这个单位", id="download of an unknown agency"),
        pytest.param("/download/duties.exe", {}, 404, "没有这个页面", id="download of an unknown form"),
        pytest.param("/download/duties.xlsx", {"q": "没有这样的任务"}, 404, "没有可下载的内容", id="download of nothing"),
        pytest.param("/download/breakdown.xlsx", {"policy": POLICY + "0"}, 404, "图中没有这份文件", id="breakdown of an unknown policy"),
    ],
)
def test_what_is_not_there_is_a_page_with_a_search(
    site: Site, path: str, query: dict[str, str], status: int, words: str
) -> None:
    page = site.get(path, **query)
    assert page.status == status
    assert words in page.text("main")
    assert select(page.tree, "main form[action=/search] input[name=q]")


def test_an_unknown_agency_lists_the_nearest(site: Site) -> None:
    page = site.get("/agency/市财务局")
    assert page.status == 404
    assert AGENCY in page.text(".hits")


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"page": "99999999999"}, id="a page beyond all numbers"),
        pytest.param({"page": "-1"}, id="a page before the first"),
        pytest.param({"page": "٣"}, id="a digit that is not ASCII"),
        pytest.param({"role": "boss"}, id="an unknown role"),
        pytest.param({"before": "2025-02-30"}, id="no day"),
        pytest.param({"since": "9999-99"}, id="no month"),
        pytest.param({"on": "0000"}, id="no year"),
        pytest.param({"sort": "x"}, id="an unknown order"),
        pytest.param({"standing": "x"}, id="an unknown standing"),
        pytest.param({"year": "20"}, id="half a year"),
        pytest.param({"policy": "x"}, id="a policy that is no IRI"),
        pytest.param({"lang": "fr"}, id="an unknown language"),
    ],
)
def test_a_value_that_is_not_understood_does_not_choose(site: Site, query: dict[str, str]) -> None:
    page = site.get(f"/agency/{AGENCY}", **query)
    assert page.status == 200
    assert len(page.rows()) == 10


MISREAD = [
    pytest.param("/duties", {"before": "zzz"}, "before=zzz（应为日期，如 2025-12-31）", id="no day"),
    pytest.param("/duties", {"role": "xx"}, "role=xx（可用 lead、responsible、support）", id="no role"),
    pytest.param("/duties", {"since": "2025-13", "q": "停车"}, "since=2025-13", id="no month beside a word"),
    pytest.param("/duties", {"year": "20"}, "year=20（应为年份，如 2025）", id="no year"),
    pytest.param(f"/agency/{AGENCY}", {"standing": "x"}, "standing=x", id="no standing"),
    pytest.param(f"/agency/{AGENCY}", {"policy": "x"}, "policy=x（应为图中的标识）", id="no identifier"),
    pytest.param("/agencies", {"tier": "x", "kind": "y"}, "tier=x", id="two at once, the first"),
    pytest.param("/agencies", {"tier": "x", "kind": "y"}, "kind=y", id="two at once, the second"),
    pytest.param("/policies", {"sort": "x"}, "sort=x（可用 dated、duties、targets）", id="no order"),
    pytest.param("/targets", {"kind": "duty"}, "kind=duty（可用 target、support）", id="a kind of another page"),
    pytest.param("/review", {"kind": "target"}, "kind=target", id="a kind of another page, of notes"),
    pytest.param("/network", {"kind": "x"}, "kind=x（可用 agencies、policies）", id="no network"),
    pytest.param("/duties", {"role": "<script>"}, "role=<script>", id="hostile"),
    pytest.param("/duties", {"before": "zzz", "lang": "en"}, "before=zzz (a day such as 2025-12-31)", id="in English"),
    pytest.param("/duties", {"role": "lead", "before": "2025-10", "since": "2024", "on": "2025-01-01", "year": "2023"}, "", id="all right"),
    pytest.param("/duties", {"sort": "agency", "due": "with", "page": "2", "x": "y"}, "", id="what no filter is"),
    pytest.param("/agencies", {"kind": "court", "known": "no", "sort": "name"}, "", id="agencies, all right"),
    pytest.param("/policies", {"held": "no", "type": "x"}, "", id="a genre that no document has shows none"),
]


@pytest.mark.parametrize(("path", "query", "said"), MISREAD)
def test_what_is_not_understood_is_said(site: Site, path: str, query: dict[str, str], said: str) -> None:
    page = site.get(path, **query)
    assert page.status == 200
    if said:
        assert said in page.text("main .warn")
    else:
        assert page.texts("main .warn") == []


def test_a_search_that_shows_the_first_leads_to_all(site: Site) -> None:
    page = site.get("/search", q="市")
    counted = {"indicators": "/targets", "policies": "/policies", "duties": "/duties"}
    links = {name: [href for href in page.hrefs("a.more") if f"{path}?" in href] for name, path in counted.items()}
    more = page.texts("a.more")
    assert more and all(words.startswith("全部 ") for words in more)
    for href in (href for found in links.values() for href in found):
        number = next(words for words, at in zip(more, page.hrefs("a.more"), strict=True) if at == href).split()[1]
        assert int(number) > 8
        if "/targets" not in href:  # where the figures of an indicator stand one by one
            assert f"{number} 项" in site.get(href).text(".sum")
    assert site.get("/search", q="市发改委").texts("a.more") == []  # all of it is shown


def test_the_first_page_counts_what_its_links_list(site: Site) -> None:
    page = site.get("/")
    for count, href in zip(page.texts(".counts b"), page.hrefs(".counts a"), strict=True):
        listed = site.get(href)
        shown = listed.text(".counts.small") if "review" in href else listed.text(".sum")
        if "review" in href:
            assert sum(int(n) for n in listed.texts(".counts.small b")) == int(count)
        else:
            assert count.replace(",", "") in shown


def test_numbers_of_a_list_lead_to_as_many_rows(site: Site) -> None:
    page = site.get("/agencies")
    for row in select(page.tree, ".rows tbody tr")[:6]:
        for link in select(row, ".num a")[:-1]:
            assert len(site.get(link.get("href")).rows()) == int(link.text_content())


def test_numbers_of_policies_lead_to_as_many_rows(site: Site) -> None:
    page = site.get("/policies")
    for row in select(page.tree, ".rows tbody tr"):
        for link in select(row, ".num a"):
            assert f"{link.text_content()} 项（全部" in site.get(link.get("href")).text(".sum")


def test_partners_lead_to_the_duties_that_are_shared(site: Site) -> None:
    page = site.get(f"/agency/{AGENCY}")
    for link in select(page.tree, ".chips a.n")[:8]:
        lists = int(link.text_content())
        assert len(site.get(link.get("href")).rows()) >= lists > 0


def test_names_as_written_lead_to_the_duties_that_write_them(site: Site) -> None:
    page = site.get("/agency/云陵市城市管理局")
    links = select(page.tree, ".facts a.n")
    assert len(links) >= 2
    for link in links:
        rows = site.get(link.get("href")).rows()
        assert len(rows) == int(link.text_content().removeprefix("×"))


def test_a_policy_shows_what_it_rests_on_and_who_names_it(site: Site, sample: Store) -> None:
    row = next(p for p in answers.policies(sample) if p.title == "云陵市公共停车设施管理暂行办法")
    page = site.get("/policy", iri=row.iri, on="2024-01-01")
    assert page.texts(".facts .state") == ["现行有效"]
    assert "有效期至 2025年5月1日" in page.text(".facts")
    assert page.texts("#out h3") == ["依据 2", "废止 1"]
    assert "《中华人民共和国道路交通安全法》 图中没有该文件" in page.text("#out")
    assert "云陵市人民政府关于废止和修改部分行政规范性文件的决定" in page.text("#in")
    assert page.texts(".outline h3")[0].startswith("第一章")
    assert site.get("/policy", iri=row.iri, on="2026-01-01").texts(".facts .state") == ["已废止"]


@pytest.mark.parametrize("kind", ["agencies", "policies"])
@pytest.mark.parametrize("centre", [True, False], ids=["one", "all"])
@pytest.mark.parametrize(("on", "first"), [("", ""), ("2024-01-01", "in_force")])
def test_the_network_judges_on_the_day_of_the_other_pages(
    site: Site, sample: Store, kind: str, centre: bool, on: str, first: str
) -> None:
    policy = next(p for p in answers.policies(sample) if p.title == "云陵市公共停车设施管理暂行办法")
    iri = (policy.iri if kind == "policies" else agency(AGENCY)) if centre else ""
    drawn = site.get("/network/drawn", kind=kind, iri=iri, on=on)
    data = json.loads(select(drawn.tree, "script#data")[0].text)
    assert data["day"] == (on or datetime.date.today().isoformat())
    assert data["state"] == first
    assert all(doc["state"] for doc in data["docs"])


def test_citations_open_their_words(site: Site, sample: Store) -> None:
    page = site.get("/citations")
    links = answers.links(sample)
    assert [row[3] for row in page.rows()] == [link.evidence.quote for link in links]
    fact = site.get(page.hrefs(".quote a")[0])
    assert fact.texts("mark.here") == [links[0].evidence.quote]


def test_a_repeal_in_part_is_said(small_site: Site) -> None:
    page = small_site.get("/search", q="占道规定")
    cited = small_site.get(page.link("云陵市占道规定"))
    assert cited.texts("h3") == ["引用它 1", "废止它 1"]
    assert "第三条" in cited.text("main")


def test_a_figure_has_its_baseline_and_growth(small_site: Site) -> None:
    page = small_site.get("/indicator", name="公共停车泊位")
    assert page.rows() == [["目标", "≥5000个", "1200个", "+3800个 (+316.7%)", "2025年", "新建公共停车泊位5000个", "《云陵市推进停车设施建设的意见》（云政办〔2023〕7号） 一"]]


def test_a_weak_duty_says_why(small_site: Site) -> None:
    page = small_site.get("/agency/有关单位")
    assert "未登记" in page.text(".facts")
    fact = small_site.get(page.hrefs(".task")[0])
    assert fact.texts(".warn") == ["待核 把握 0.5；未点名"]


@pytest.mark.parametrize("path", ["/", "/duties", "/policies", "/targets", "/review", "/network", f"/agency/{AGENCY}"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_headings_labels_and_landmarks(site: Site, path: str, lang: str) -> None:
    page = site.get(path, lang=lang)
    levels = [int(h.tag[1]) for h in select(page.tree, "h1, h2, h3")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    labelled = {label.get("for") for label in select(page.tree, "label")}
    fields = [f for f in select(page.tree, "input, select") if f.get("type") != "hidden"]
    assert fields and all(f.get("id") in labelled for f in fields)
    ids = [e.get("id") for e in select(page.tree, "[id]")]
    assert len(ids) == len(set(ids))
    assert page.tree.get("lang") == ("en" if lang == "en" else "zh-CN")
    assert select(page.tree, "a.skip[href=#main]") and select(page.tree, "main#main")


def test_no_word_is_missing_in_english(site: Site) -> None:
    for path in ("/", "/agencies", "/duties", "/policies", "/targets", "/citations", "/review", "/search", "/network"):
        page = site.get(path, lang="en")
        for part in page.texts("h1, h2, th, label, .sum, .sorter, nav a, button, .pager"):
            assert not any("\u4e00" <= c <= "\u9fff" for c in part.replace("云陵市", "")) or "《" in part, (path, part)


def test_pages_refuse_what_is_not_theirs_by_their_policy(site: Site) -> None:
    for path in ("/", "/duties", "/network"):
        policy = site.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
    drawn = site.get("/network/drawn").headers["content-security-policy"]
    assert "default-src 'none'" in drawn and "unsafe" not in drawn and "frame-ancestors 'self'" in drawn and "sha256-" in drawn
