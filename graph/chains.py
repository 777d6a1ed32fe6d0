"""The longest way from each document up to one of the state: 县 → 市 → 省 → 国家, over what documents rest on and cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.analysis.tiers import ORDER, Tier, tiers
from graph.rows import PolicyRow


@dataclass(frozen=True, slots=True)
class Step:
    """``length`` counts the steps to the document of the state, 0 for one itself; None where no way leads there.

    ``next`` is the IRI of the document after this one on that way, "" at its end.
    """

    tier: Tier
    length: int | None = None
    next: str = ""


def ways_to_state(documents: Iterable[PolicyRow], rests: Iterable[tuple[str, str]]) -> dict[str, Step]:
    """For each document its tier and the next step on its longest way to a document of the state.

    ``rests`` are pairs of IRIs: the second is the basis of the first, or cited by it. A way never leads down a tier, and documents
    that name one another in a circle are no steps for each other. Of ways of one length the one by the smallest IRI is taken.
    """
    import networkx as nx

    tier = tiers(documents)
    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(tier))
    graph.add_edges_from(sorted((a, b) for a, b in rests if a != b and _upwards(tier, a, b)))
    circle = {iri: n for n, group in enumerate(nx.strongly_connected_components(graph)) for iri in group}
    graph.remove_edges_from([(a, b) for a, b in graph.edges if circle[a] == circle[b]])
    found: dict[str, Step] = {}
    for iri in reversed(list(nx.topological_sort(graph))):
        ways = [(-step.length, after) for after in graph.successors(iri) if (step := found[after]).length is not None]
        length, after = min(ways, default=(1, ""))
        found[iri] = Step(tier[iri], 1 - length if ways else 0 if tier[iri] == "state" else None, after)
    return found


def _upwards(tier: Mapping[str, Tier], below: str, above: str) -> bool:
    """Is the tier of the second known, and not under that of the first?"""
    first, second = tier.get(below, ""), tier.get(above, "")
    return bool(second) and ORDER[second] >= ORDER.get(first, 0)


def way(steps: Mapping[str, Step], document: str) -> Iterator[str]:
    """The documents on the way that begins with ``document``, itself first."""
    while document:
        yield document
        document = steps[document].next
