"""The picture of documents: circles by how often they are named, arrows to what they rest on, one card a mention."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import networkx as nx

from graph.labels import short_title
from graph.network import RELATIONS, policy_network
from graph.rows import LinkRow, PolicyRow
from graph.view_data import COLOURS, MAX_LINES, MAX_SUBJECTS, Card, Doc, Line, Picture, Subject, sizes, within_budget
from graph.view_layout import spread

HELD = 4
"""A document whose text is held is drawn as large as a cited one that so many more documents name."""


def policy_picture(policies: Iterable[PolicyRow], links: Iterable[LinkRow]) -> Picture:
    """The network of ``links``; of more than ``MAX_SUBJECTS`` documents those with most relations are kept."""
    rows = {p.iri: p for p in policies}
    mentions = sorted(links, key=lambda k: (k.policy, k.evidence.start, k.cited))
    whole = policy_network(rows.values(), mentions)
    ranked = sorted(whole, key=lambda n: (-whole.in_degree(n), -whole.out_degree(n), whole.nodes[n]["title"], n))
    kept = sorted(ranked, key=lambda n: (not whole.nodes[n]["resolved"], -whole.degree(n)))[:MAX_SUBJECTS]
    graph = whole.subgraph(kept)
    order = [n for n in ranked if n in graph]
    index = {iri: i for i, iri in enumerate(order)}
    cards, behind = _cards([k for k in mentions if k.policy in index and k.cited in index], index)
    edges = sorted(graph.edges(data=True), key=lambda e: (RELATIONS.index(e[2]["relation"]), -e[2]["weight"], e[0], e[1]))
    bounded, cut = within_budget(cards)
    places = [place for place, _ in Counter(rows[n].place for n in order if n in rows and rows[n].resolved).most_common(COLOURS)]
    return Picture(
        kind="policies",
        subjects=_subjects(graph, order, rows, places),
        lines=tuple(Line(index[a], index[b], data["relation"], tuple(behind[a, b])) for a, b, data in edges[:MAX_LINES]),
        cards=bounded,
        docs=tuple(Doc(graph.nodes[n]["title"], graph.nodes[n]["number"], graph.nodes[n]["dated"]) for n in order),
        groups=tuple(places),
        roles=RELATIONS,
        cut_subjects=len(whole) - len(order),
        cut_lines=max(0, len(edges) - MAX_LINES),
        cut_cards=cut,
    )


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


def _subjects(graph: nx.DiGraph, order: Sequence[str], rows: dict[str, PolicyRow], places: Sequence[str]) -> tuple[Subject, ...]:
    radius = dict(zip(order, sizes([graph.in_degree(n) - 1 + HELD * graph.nodes[n]["resolved"] for n in order]), strict=True))
    where = spread(graph, radius, chains=True)
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
