"""The picture of documents: circles by how often they are named, arrows to what they rest on, one card a mention."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

from graph.labels import short_title
from graph.network import RELATIONS, policy_network
from graph.rows import DutyRow, LinkRow, PolicyRow
from graph.view_cards import Validity, duty_cards, in_order
from graph.view_clusters import Clustering, cluster
from graph.view_data import (
    COLOURS,
    MAX_HELD,
    MAX_LINES,
    MAX_SUBJECTS,
    Card,
    Doc,
    Line,
    Picture,
    Subject,
    address,
    sizes,
    within_budget,
)
from graph.view_ego import rows_by_step, steps_from
from graph.view_layout import Point, spread

HELD = 4
"""A document whose text is held is drawn as large as a cited one that so many more documents name."""


def policy_picture(
    policies: Iterable[PolicyRow],
    links: Iterable[LinkRow],
    duties: Iterable[DutyRow] = (),
    validity: Validity | None = None,
    centre: str = "",
) -> Picture:
    """The network of ``links``, or what ``centre`` (an IRI) rests on and what rests on it; ``duties`` are listed with documents.

    Of more than ``MAX_HELD`` documents those with most relations are kept (around one: the nearest ``MAX_SUBJECTS``); more than
    ``MAX_SUBJECTS`` are drawn as groups.
    """
    rows, validity = {p.iri: p for p in policies}, validity or Validity()
    mentions = sorted(links, key=lambda k: (k.policy, k.evidence.start, k.cited))
    whole = policy_network(rows.values(), mentions)
    steps = steps_from(mentions, centre) if centre else {}
    whole = whole.subgraph(steps) if centre else whole
    ranked = sorted(whole, key=lambda n: (-whole.in_degree(n), -whole.out_degree(n), whole.nodes[n]["title"], n))
    kept = sorted(ranked, key=lambda n: (abs(steps.get(n, 0)), not whole.nodes[n]["resolved"], -whole.degree(n)))
    kept = kept[: MAX_SUBJECTS if centre else MAX_HELD]
    graph = whole.subgraph(kept)
    order = [n for n in ranked if n in graph]
    index = {iri: i for i, iri in enumerate(order)}
    cards, behind = _cards([k for k in mentions if k.policy in index and k.cited in index], index)
    bodies, tasks = _duties(duties, index, validity)
    bounded, cut = within_budget([*cards, *tasks])
    radius = dict(zip(order, sizes([graph.in_degree(n) - 1 + HELD * graph.nodes[n]["resolved"] for n in order]), strict=True))
    clustering = _clustering(graph, radius) if len(order) > MAX_SUBJECTS else None
    where = clustering.where if clustering else _where(graph, order, steps, radius)
    edges = sorted(graph.edges(data=True), key=lambda e: (RELATIONS.index(e[2]["relation"]), -e[2]["weight"], e[0], e[1]))
    edges = [e for e in edges if clustering is None or clustering.number[e[0]] == clustering.number[e[1]]]
    most = MAX_LINES if clustering is None else max(MAX_LINES, len(order) * 3)
    places = [place for place, _ in Counter(rows[n].place for n in order if n in rows and rows[n].resolved).most_common(COLOURS)]
    return Picture(
        kind="policies",
        subjects=_subjects(graph, order, rows, places, radius, where, clustering),
        lines=tuple(Line(index[a], index[b], data["relation"], tuple(behind[a, b])) for a, b, data in edges[:most]),
        cards=bounded[: len(cards)],
        docs=tuple(_document(n, graph.nodes[n], validity) for n in order),
        groups=tuple(places),
        roles=RELATIONS,
        cut_subjects=len(whole) - len(order),
        cut_lines=max(0, len(edges) - most),
        cut_cards=cut,
        focus=index.get(centre, -1),
        duties=bounded[len(cards) :],
        bodies=bodies,
        clusters=clustering.clusters if clustering else (),
        joins=clustering.joins if clustering else (),
        day=validity.day,
        state=validity.first,
    )


def _where(graph: nx.DiGraph, order: Sequence[str], steps: Mapping[str, int], radius: Mapping[str, float]) -> Mapping[str, Point]:
    return rows_by_step(steps, graph, order) if steps else spread(graph, radius, chains=True)


def _document(iri: str, node: Mapping[str, str], validity: Validity) -> Doc:
    return validity.doc(iri, node["title"], node["number"], node["dated"])


def _duties(duties: Iterable[DutyRow], index: Mapping[str, int], validity: Validity) -> tuple[tuple[str, ...], list[Card]]:
    """The names of the bearers, and the cards of the duties of the documents in ``index``."""
    rows = in_order(d for d in duties if d.policy in index)
    names = {d.agency_iri: d.agency for d in rows}
    cards, _ = duty_cards(rows, {iri: n for n, iri in enumerate(names)}, index, validity)
    return tuple(names.values()), cards


def _clustering(graph: nx.DiGraph, radius: Mapping[str, float]) -> Clustering:
    """Documents by what they cite; a group is named by the document that is named most."""
    weight = {n: int(graph.degree(n)) for n in graph}
    return cluster(graph.to_undirected(), weight, radius, lambda members: short_title(graph.nodes[members[0]]["title"]))


def _cards(links: Sequence[LinkRow], index: dict[str, int]) -> tuple[list[Card], dict[tuple[str, str], list[int]]]:
    """One card a mention, the cards of each pair of documents. A document's number is also that of its :class:`Doc`."""
    cards: list[Card] = []
    behind: dict[tuple[str, str], list[int]] = defaultdict(list)
    for link in links:
        if link.policy == link.cited:
            continue
        behind[link.policy, link.cited].append(len(cards))
        where = link.evidence
        cards.append(
            Card(
                doc=index[link.policy],
                clause=link.clause,
                heading="",
                text="",
                due="",
                targets=(),
                parties=((index[link.policy], link.relation), (index[link.cited], link.relation)),
                source=where.source,
                start=where.start,
                end=where.end,
                quote=where.quote,
                assignment=len(cards),
                role=link.relation,
            )
        )
    return cards, behind


def _subjects(
    graph: nx.DiGraph,
    order: Sequence[str],
    rows: Mapping[str, PolicyRow],
    places: Sequence[str],
    radius: Mapping[str, float],
    where: Mapping[str, Point],
    clustering: Clustering | None,
) -> tuple[Subject, ...]:
    out = []
    for n in order:
        node, row = graph.nodes[n], rows.get(n)
        resolved, place = node["resolved"], node["place"]
        out.append(
            Subject(
                name=node["title"],
                label=short_title(node["title"]),
                group=places.index(place) if resolved and place in places else -1,
                size=radius[n],
                x=where[n][0],
                y=where[n][1],
                place=place,
                type=node["type"],
                soft=not resolved,
                number=node["number"],
                meta=_meta(row) if row else (),
                key=address(n),
                cluster=clustering.number[n] if clustering else -1,
            )
        )
    return tuple(out)


def _meta(row: PolicyRow) -> tuple[tuple[str, str], ...]:
    pairs = (
        ("issuer", "、".join(row.issuers)),
        ("dated", row.dated),
        ("effective", row.effective),
        ("expires", row.expires),
        ("type", row.type),
        ("place", row.place),
        ("count_duties", str(row.duties) if row.duties else ""),
    )
    return tuple((key, value) for key, value in pairs if value)
