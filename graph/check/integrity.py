"""What SHACL core cannot say: that statements lead somewhere, places lie inside their document, clauses end at it, roles agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyoxigraph as ox

from graph.check.parts import Node, Part
from graph.check.shacl import Violation
from graph.look import Look
from ontology.vocabulary import DATA, term

_BEARERS = {
    term("zhize:role-lead"): term("zhize:leadAgency"),
    term("zhize:role-responsible"): term("zhize:responsibleAgency"),
    term("zhize:role-support"): term("zhize:supportingAgency"),
}
_GRAPHS = DATA + "graph/"
_DEEPEST = 64  # levels of an outline; real ones have fewer than ten
Said = list[ox.Quad]


def broken(part: Part, engine: ox.Store) -> Iterator[Violation]:
    """What is wrong with the things of a part."""
    look = Look(engine)
    for thing, said in part.things.items():
        for rule in RULES:
            yield from rule(thing, said, look)


def _dangling(thing: Node, said: Said, look: Look) -> Iterator[Violation]:
    """Things of our own that nothing is said of. Graphs are passed over: a file of triples does not tell which there are."""
    for quad in said:
        led = quad.object
        if not isinstance(led, ox.NamedNode) or not led.value.startswith(DATA) or led.value.startswith(_GRAPHS):
            continue
        if next(look.engine.quads_for_pattern(led, None, None, None), None) is None:
            yield Violation(thing.value, "dangling", "", led.value)


def _outside(thing: Node, said: Said, look: Look) -> Iterator[Violation]:
    """Facts and clauses whose place lies outside that of their policy, where both were read from one file."""
    place, policy = _one(said, "zhize:evidence"), _one(said, "zhize:policy")
    if place is None or policy is None:
        return
    own, whole = _span(look, place), next((_span(look, v) for v in look.values(policy, "zhize:evidence") if _named(v)), None)
    if own and whole and own[0] == whole[0] and not (whole[1] <= own[1] and own[2] <= whole[2]):
        yield Violation(thing.value, "outside", "", f"{own[1]}-{own[2]}")


def _circle(thing: Node, said: Said, look: Look) -> Iterator[Violation]:
    """Clauses from which no way leads up to their policy."""
    policy, at = _one(said, "zhize:policy"), _one(said, "eli:is_part_of")
    for _ in range(_DEEPEST):
        if at is None or policy is None or at == policy:
            return
        above = next((v for v in look.values(at, "eli:is_part_of") if isinstance(v, ox.NamedNode)), None)
        if above is None and next(look.engine.quads_for_pattern(at, None, None, None), None) is None:
            return  # the rule "dangling" says it
        at = above
        if at is None:
            break
    yield Violation(thing.value, "circle", "", "")


def _other_policy(thing: Node, said: Said, look: Look) -> Iterator[Violation]:
    """Facts whose clause belongs to another policy."""
    clause, policy = _one(said, "zhize:statedIn"), _one(said, "zhize:policy")
    if clause is not None and policy is not None:
        for value in look.values(clause, "zhize:policy"):
            if value != policy:
                yield Violation(thing.value, "otherPolicy", "", value.value)


def _role_bearer(thing: Node, said: Said, look: Look) -> Iterator[Violation]:
    """Duties whose property of the role says something other than role and bearer."""
    role, bearer = _one(said, "zhize:role"), _one(said, "odrl:assignee")
    if role not in _BEARERS or bearer is None:
        return
    found = {(q.predicate, q.object) for q in said if q.predicate in _BEARERS.values()}
    if found != {(_BEARERS[role], bearer)}:
        yield Violation(thing.value, "roleBearer", "", "、".join(sorted(getattr(value, "value", "") for _, value in found)))


def _one(said: Said, predicate: str) -> ox.NamedNode | None:
    """The thing under a predicate; None where there is none, or several, which a shape reports."""
    found = [quad.object for quad in said if quad.predicate == term(predicate)]
    return found[0] if len(found) == 1 and isinstance(found[0], ox.NamedNode) else None


def _named(value: object) -> bool:
    return isinstance(value, ox.NamedNode)


def _span(look: Look, place: object) -> tuple[str, int, int] | None:
    """File and offsets of a place; None where they are not whole."""
    if not isinstance(place, ox.NamedNode):
        return None
    source = look.text(place, "oa:hasSource")
    for selector in look.values(place, "oa:hasSelector"):
        if isinstance(selector, ox.NamedNode):
            start, end = look.text(selector, "oa:start"), look.text(selector, "oa:end")
            if start.isdecimal() and end.isdecimal():
                return source, int(start), int(end)
    return None


RULES: tuple[Callable[[Node, Said, Look], Iterator[Violation]], ...] = (_dangling, _outside, _circle, _other_policy, _role_bearer)
"""The rules, each a plain function; their words stand in ``rules.tsv``."""
