"""Figures: targets to be reached and money given, chosen on a few facts of each, then all that is known of those on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from graph.cells import code_of, float_of, int_of, text_of
from graph.explorer import catalogue, walk
from graph.explorer.choice import LONGEST, day_of, iri_of, one_of
from graph.explorer.download import TooManyError
from graph.explorer.frame import Frame
from graph.explorer.heads import Head, heads
from graph.explorer.kept import Kept
from graph.explorer.walk import Shown
from graph.literals import string
from graph.store import Row, Store, Value
from ontology.vocabulary import PREFIXES

_BRIEFS = """
SELECT ?t ?policy ?support ?indicator ?due ?start
WHERE {
  $indicator$ $t$ $facts
  ?t zhize:indicator ?indicator ; zhize:policy ?policy ; zhize:evidence ?at .
  ?at oa:hasSelector ?place . ?place oa:start ?start .
  OPTIONAL { ?t zhize:due ?due }
  BIND(EXISTS { ?t a zhize:Support } AS ?support)
}"""
_ALL = """
SELECT ?t ?policy ?support ?indicator ?due ?start
WHERE {
  { SELECT ?t ?indicator WHERE { ?t zhize:indicator ?indicator } }
  { SELECT ?t ?policy WHERE { ?t zhize:policy ?policy } }
  { SELECT ?t ?at WHERE { ?t zhize:evidence ?at } }
  { SELECT ?at ?place WHERE { ?at oa:hasSelector ?place } }
  { SELECT ?place ?start WHERE { ?place oa:start ?start } }
  OPTIONAL { SELECT ?t ?due WHERE { ?t zhize:due ?due } }
  OPTIONAL { SELECT ?t (true AS ?support) WHERE { ?t a zhize:Support } }
}"""
_OF_POLICY = "{ SELECT ?t WHERE { $policy$ ?policy zhize:hasFigure ?t } }"
_FIGURES = """
SELECT ?t ?support ?indicator ?op ?value ?low ?high ?unit ?change ?baseline ?deadline ?path ?policy ?exact
WHERE {
  $t$
  ?t odrl:operator ?op ; zhize:policy ?policy ; zhize:statedIn/zhize:path ?path ; zhize:evidence ?at .
  ?at oa:hasSelector ?words . ?words oa:exact ?exact .
  OPTIONAL { ?t zhize:indicator ?indicator }
  OPTIONAL { ?t zhize:valueText ?value }
  OPTIONAL { ?t zhize:low ?low }
  OPTIONAL { ?t zhize:high ?high }
  OPTIONAL { ?t zhize:unit ?unit }
  OPTIONAL { ?t zhize:change ?change }
  OPTIONAL { ?t zhize:baseline ?baseline }
  OPTIONAL { ?t zhize:deadline ?deadline }
  BIND(EXISTS { ?t a zhize:Support } AS ?support)
}"""
_SIGNS = {"eq": "", "gt": ">", "gteq": "≥", "lt": "<", "lteq": "≤", "approximately": "≈"}
FIGURE_SORTS = ("policy", "deadline", "indicator")
_KINDS = ("target", "support")


@dataclass(frozen=True, slots=True)
class FigureChoice:
    """Which figures a page shows; "" does not choose. ``name`` is the whole name of an indicator, ``q`` words in it."""

    kind: str = ""
    policy: str = ""
    before: str = ""
    q: str = ""
    name: str = ""
    sort: str = "policy"

    @property
    def chosen(self) -> bool:
        """Whether any filter is set."""
        return any((self.kind, self.policy, self.before, self.q))


def figure_choice(frame: Frame) -> FigureChoice:
    """The choice that the address of a page states."""
    value = frame.value
    return FigureChoice(
        kind=one_of(value("kind"), _KINDS),
        policy=iri_of(value("policy")),
        before=day_of(value("before")),
        q=value("q").strip()[:LONGEST],
        sort=one_of(value("sort"), FIGURE_SORTS, "policy"),
    )


@dataclass(frozen=True, slots=True)
class FigureBrief:
    """What a figure is chosen and sorted by."""

    iri: str
    policy: str
    kind: str
    indicator: str
    due: str
    start: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with all that is known of it; ``shown`` is comparison, value and unit; ``growth`` the way from the baseline."""

    iri: str
    kind: str
    indicator: str
    shown: str
    change: str
    baseline: str
    growth: str
    deadline: str
    clause: str
    policy: Head
    words: str


@dataclass(frozen=True, slots=True)
class ChosenFigures:
    """The figures that fit, of how many; ``policies`` are those that have any, with counts."""

    briefs: tuple[FigureBrief, ...]
    of: int
    heads: Mapping[str, Head]
    policies: tuple[tuple[str, str, int], ...]

    @property
    def kinds(self) -> Counter[str]:
        """How many targets and supports."""
        return Counter(b.kind for b in self.briefs)


@dataclass(frozen=True, slots=True)
class FigurePage:
    """The figures of one page: ``number`` fit of ``of``, or (not ``whole``) at least so many, found among ``looked`` where that was
    the limit; ``policies`` are those that the filter offers, ``more_policies`` how many it leaves out."""

    briefs: tuple[FigureBrief, ...]
    number: int
    whole: bool
    of: int
    heads: Mapping[str, Head]
    policies: tuple[tuple[str, str, int], ...]
    more_policies: int
    shown: Shown
    looked: int = 0


def figure_page(store: Store, choice: FigureChoice, page: int) -> FigurePage:
    """The figures of all documents that fit ``choice``, as far as they stand on the page number ``page``."""
    if catalogue.totals(store)["targets"] > walk.WHOLE:
        from graph.explorer.many_figures import figures_page  # late: it is made of the parts of this module

        return figures_page(store, choice, page)
    chosen = choose_figures(store, choice)
    briefs, shown = walk.cut(chosen.briefs, page)
    return FigurePage(tuple(briefs), len(chosen.briefs), True, chosen.of, chosen.heads, chosen.policies, 0, shown)


def figures_to_save(store: Store, choice: FigureChoice, most: int) -> tuple[FigureBrief, ...]:
    """All figures that fit. Raises :class:`graph.explorer.download.TooManyError` where they are more than ``most``."""
    if catalogue.totals(store)["targets"] > walk.WHOLE:
        from graph.explorer.many_figures import fitting

        return fitting(store, choice, most)
    briefs = choose_figures(store, choice).briefs
    if len(briefs) > most:
        raise TooManyError
    return briefs


def choose_figures(store: Store, choice: FigureChoice) -> ChosenFigures:
    """The figures that fit ``choice``."""
    briefs = figures_of(store, "indicator", [string(choice.name)]) if choice.name else _all(store)
    known = heads(store, {b.policy for b in briefs})
    words = choice.q.split()
    fitting = [
        b for b in briefs
        if (not choice.kind or b.kind == choice.kind)
        and (not choice.policy or b.policy == choice.policy)
        and (not choice.before or "" < b.due <= choice.before)
        and all(word in b.indicator for word in words)
    ]  # fmt: skip
    fitting.sort(key=lambda b: (known[b.policy].title, b.policy, b.start, b.iri))
    fitting.sort(key=lambda b: known[b.policy].dated, reverse=True)
    if choice.sort == "deadline":
        fitting.sort(key=lambda b: b.due or "9999")
    elif choice.sort == "indicator":
        fitting.sort(key=lambda b: b.indicator)
    counts = Counter(b.policy for b in briefs)
    newest = sorted(counts, key=lambda iri: (known[iri].dated, known[iri].title, iri), reverse=True)
    return ChosenFigures(tuple(fitting), len(briefs), known, tuple((iri, known[iri].title, counts[iri]) for iri in newest))


def figures_of(store: Store, name: str, values: Iterable[Value]) -> tuple[FigureBrief, ...]:
    """The figures of these policies (``policy``), under these names (``indicator``) or with these IRIs (``t``), in no order."""
    query = _BRIEFS.replace("$facts", _OF_POLICY if name == "policy" else "")
    return _briefs(store.select_each(query, name, values))


_all = Kept(lambda store: _briefs(store.select(_ALL)))


def _briefs(rows: Iterable[Row]) -> tuple[FigureBrief, ...]:
    return tuple(
        FigureBrief(text_of(t), text_of(policy), _kind(support), text_of(indicator),
                    text_of(due), int_of(start))
        for t, policy, support, indicator, due, start in rows
    )  # fmt: skip


def _kind(support: Value | None) -> str:
    return "support" if text_of(support) == "true" else "target"


def figures(store: Store, wanted: Sequence[FigureBrief], known: Mapping[str, Head]) -> list[Figure]:
    """All that is known of these figures, in their order."""
    if not wanted:
        return []
    found: dict[str, Figure] = {}
    for row in store.select_each(_FIGURES, "t", [ox.NamedNode(b.iri) for b in wanted]):
        t, support, indicator, op, value, low, high, unit, change, baseline, deadline, path, policy, exact = row
        single = float_of(low, None) if low == high else None
        measure, begin = text_of(unit), text_of(baseline)
        found[text_of(t)] = Figure(
            iri=text_of(t),
            kind=_kind(support),
            indicator=text_of(indicator),
            shown=sign(text_of(op)) + text_of(value).replace("-", "—") + measure,
            change=code_of(change),
            baseline=with_unit(begin, measure),
            growth=growth(single, begin, measure),
            deadline=text_of(deadline),
            clause=text_of(path),
            policy=known[text_of(policy)],
            words=text_of(exact),
        )
    return [found[b.iri] for b in wanted if b.iri in found]


def sign(operator: str) -> str:
    """How a comparison (its IRI or the last part of it) is written before a value."""
    return _SIGNS.get(operator.removeprefix(PREFIXES["odrl"]).rpartition("#")[2], "")


def with_unit(value: str, unit: str) -> str:
    """A baseline with its unit; words stay as they are."""
    return value + unit if _number(value) is not None else value


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def growth(value: float | None, baseline: str, unit: str) -> str:
    """From the baseline to the value: +42公里（+233.3%）, of percentages in points; "" where either is not one number."""
    begin = _number(baseline)
    if value is None or begin is None:
        return ""
    step = Decimal(repr(value)) - begin
    said = f"{step.normalize():+f}"
    if unit in ("%", "％"):
        return f"{said} pp"
    share = f" ({step / begin * 100:+.1f}%)" if begin else ""
    return f"{said}{unit}{share}"
