"""What Virtuoso 7 does otherwise than SPARQL says, made good for queries of users. What cannot be made good is in docs/stores.md.

Each was met in version 7.2.5, and has a row in the tests: separators of GROUP_CONCAT that are not ASCII come back as ``?``; truth
values that an expression gives come back as the numbers 1 and 0; Chinese is not sorted by the numbers of its characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.term import Literal, Variable

from graph.remote.server import Row
from ontology.vocabulary import PREFIXES

_SEPARATOR = re.compile(r"""(SEPARATOR\s{0,9}=\s{0,9})(?:"([^"\\\n]{1,20})"|'([^'\\\n]{1,20})')""", re.IGNORECASE)
_STAND_INS = "\x1f\x1e\x1d\x1c"  # separators by their names in ASCII, which no document holds
_TRUE = {
    "1": ox.Literal("true", datatype=ox.NamedNode(PREFIXES["xsd"] + "boolean")),
    "0": ox.Literal("false", datatype=ox.NamedNode(PREFIXES["xsd"] + "boolean")),
}
_NUMBER = PREFIXES["xsd"] + "integer"
_TESTS = {
    f"builtin_{name}"
    for name in ("exists", "notexists", "bound", "contains", "strstarts", "strends", "regex", "sameterm", "isiri", "isuri",
                 "isblank", "isliteral", "isnumeric", "langmatches")
} | {"unarynot"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guarded:
    """A query as it is sent: ``separators`` are those to be put back for their stand-ins, ``truths`` the variables that hold truth
    values, ``order`` the variables by which the rows are to be sorted (True: descending)."""

    query: str
    separators: tuple[tuple[str, str], ...]
    truths: frozenset[str]
    order: tuple[tuple[str, bool], ...]

    def rows(self, variables: Sequence[str], rows: Iterable[Row], whole: bool) -> Iterator[Row]:
        """The answer's rows as they should be; ``whole`` says that none was cut off."""
        truths = {at for at, name in enumerate(variables) if name in self.truths}
        right = (tuple(self._term(term, at in truths) for at, term in enumerate(row)) for row in rows)
        at = [(variables.index(name), down) for name, down in self.order if name in variables]
        return _sorted(list(right), at) if whole and at and len(at) == len(self.order) else right

    def _term(self, term: Any, truth: bool) -> Any:
        if not isinstance(term, ox.Literal):
            return term
        if truth and term.datatype.value == _NUMBER:
            return _TRUE.get(term.value, term)
        if any(stand_in in term.value for stand_in, _ in self.separators):
            text = term.value
            for stand_in, separator in self.separators:
                text = text.replace(stand_in, separator)
            return ox.Literal(text, language=term.language) if term.language else ox.Literal(text, datatype=term.datatype)
        return term


def guarded(query: str) -> Guarded:
    """The query in a form that Virtuoso answers rightly, as far as there is one."""
    found = {(a or b) for _, a, b in _SEPARATOR.findall(query) if not (a or b).isascii()}
    pairs = tuple(zip(_STAND_INS, sorted(found), strict=False))
    by_separator = {separator: stand_in for stand_in, separator in pairs}
    text = _SEPARATOR.sub(lambda m: f'{m[1]}"{by_separator.get(m[2] or m[3], m[2] or m[3])}"', query) if pairs else query
    parsed: Any = parseQuery(query)[1]
    return Guarded(text, pairs, frozenset(_truths(parsed)), _order(parsed))


def _bare(expression: Any) -> Any:
    """An expression without the layers that the parser puts around it."""
    while hasattr(expression, "keys") and list(expression.keys()) == ["expr"] and expression.name.lower() != "unarynot":
        expression = expression.expr
    return expression


def _is_truth(expression: Any) -> bool:
    bare = _bare(expression)
    if isinstance(bare, Literal):
        return isinstance(bare.value, bool)
    name = str(getattr(bare, "name", "")).lower()
    if name == "builtin_if":
        return _is_truth(bare.arg2) and _is_truth(bare.arg3)
    return name in _TESTS or name in ("relationalexpression", "conditionalandexpression", "conditionalorexpression")


def _truths(parsed: Any) -> Iterator[str]:
    """The variables to which an expression gives a truth value."""
    waiting = [parsed]
    while waiting:
        node = waiting.pop()
        if getattr(node, "name", "") == "Bind" and _is_truth(node.expr):
            yield str(node.var)
        if getattr(node, "name", "") == "vars" and node.evar is not None and _is_truth(node.expr):
            yield str(node.evar)
        if hasattr(node, "values") and callable(node.values):
            waiting.extend(node.values())
        elif hasattr(node, "asList") or isinstance(node, list | tuple):
            waiting.extend(node)


def _order(parsed: Any) -> tuple[tuple[str, bool], ...]:
    """The variables of ORDER BY; none where it holds other expressions or where a LIMIT has cut the rows already."""
    if parsed.orderby is None or parsed.limitoffset is not None:
        return ()
    keys = [(_bare(condition.expr), condition.order == "DESC") for condition in parsed.orderby.condition]
    return tuple((str(name), down) for name, down in keys) if all(isinstance(name, Variable) for name, _ in keys) else ()


def _sorted(rows: list[Row], keys: Sequence[tuple[int, bool]]) -> Iterator[Row]:
    """The rows sorted by columns, by the local engine's own rules."""
    if any(isinstance(row[at], ox.BlankNode) for row in rows for at, _ in keys):  # VALUES holds none
        return iter(rows)
    names = " ".join(f"?k{number}" for number in range(len(keys)))
    cells = (" ".join("UNDEF" if row[at] is None else str(row[at]) for at, _ in keys) for row in rows)
    values = " ".join(f"({number} {cell})" for number, cell in enumerate(cells))
    order = " ".join(f"{'DESC' if down else 'ASC'}(?k{number})" for number, (_, down) in enumerate(keys))
    found = ox.Store().query(f"SELECT ?row {{ VALUES (?row {names}) {{ {values} }} }} ORDER BY {order} ?row")
    assert isinstance(found, ox.QuerySolutions)
    return iter([rows[int(solution[0].value)] for solution in found])
