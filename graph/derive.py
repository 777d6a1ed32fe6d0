"""What follows from all documents together and stands in none: the derived graph, made anew at the end of a build.

It holds when each document holds and what ends it, the members that duties of groups reach, which body took over from which, and
how much two agencies bear together. No day of today enters it: the same store gives the same statements, and a query compares
``zhize:holdsUntil`` with a day of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from graph import iris
from graph.bodies import bodies
from graph.cells import text_of
from graph.ledger.groups import Groups
from graph.literals import chinese, date, deadline, decimal, english, string, whole
from graph.look import Look, Value
from graph.rows import UNNAMED, AgencyRow
from graph.shared_work import shared_work
from graph.standing import Life, lives
from graph.store import Store
from graph.successions import successions
from ontology.vocabulary import DATA, concept, term

_STEP = ox.NamedNode(DATA + "activity/derivation")
_ABOUT = (
    "派生图：由全部文件的图推算得出，每次构建重新生成；其中的陈述不见于任何一份文件。",
    "Derived: made anew from the graphs of all documents by every build; no document states what stands here.",
)
_STATED = """
SELECT ?duty ?path
WHERE { $policy$ ?duty a zhize:Duty ; zhize:policy ?policy ; zhize:statedIn ?clause . ?clause zhize:path ?path }"""


def derive(engine: ox.Store) -> Iterator[ox.Quad]:
    """All statements of the derived graph, for a store in which citations and agencies are linked (graph/links.py)."""
    store = Store(Path(), engine)
    known = bodies(store)
    yield from _about(engine)
    yield from _standing(store)
    yield from _reach(store, known)
    yield from _changes(known)
    yield from _shared(engine, known)


def _say(subject: ox.NamedNode, predicate: str, value: Value) -> ox.Quad:
    return ox.Quad(subject, term(predicate), value, iris.DERIVED)


def _about(engine: ox.Store) -> Iterator[ox.Quad]:
    """The graph itself: that it is derived, and from what."""
    yield _say(iris.DERIVED, "rdf:type", term("prov:Entity"))
    yield _say(iris.DERIVED, "prov:wasGeneratedBy", _STEP)
    for graph in filter(engine.contains_named_graph, (iris.AGENCIES, iris.DOCUMENTS)):
        yield _say(iris.DERIVED, "prov:wasDerivedFrom", graph)
    for words, literal in zip(_ABOUT, (chinese, english), strict=True):
        yield _say(iris.DERIVED, "rdfs:comment", literal(words))
    yield _say(_STEP, "rdf:type", term("prov:Activity"))


def _standing(store: Store) -> Iterator[ox.Quad]:
    """From when until when each policy holds, and what ends it or a document that is only cited; the same of duties whose clauses
    end earlier."""
    for iri, life in sorted(lives(store, cited=True).items()):
        policy = ox.NamedNode(iri)
        begins = date(life.begins)
        if begins is not None:
            yield _say(policy, "zhize:holdsFrom", begins)
        yield from _end(policy, life)
        if not any(repeal.paths for repeal in life.repeals):
            continue
        for duty, path in store.select(_STATED, policy=[policy]):
            own = life.of(text_of(path))
            if own.end != life.end:
                yield from _end(ox.NamedNode(text_of(duty)), own)


def _end(thing: ox.NamedNode, life: Life) -> Iterator[ox.Quad]:
    end, last = life.end, date(life.last)
    if end is None:
        return
    yield _say(thing, "zhize:endKind", concept("standings", end.state))
    if last is not None:
        yield _say(thing, "zhize:holdsUntil", last)
    if end.by:
        yield _say(thing, "zhize:endedBy", ox.NamedNode(end.by))


def _reach(store: Store, known: list[AgencyRow]) -> Iterator[ox.Quad]:
    """The known members of each group that bears duties, and each duty that reaches them."""
    groups, members = Groups(store), dict[str, list[str]]()
    for agency in known if groups.rows else ():
        for group in groups.of(agency):
            members.setdefault(group.iri, []).append(agency.iri)
    look = Look(store.engine)
    for iri, several in members.items():
        node, reached = ox.NamedNode(iri), [ox.NamedNode(member) for member in several]
        for member in reached:
            yield _say(node, "org:hasMember", member)
        for duty in look.subjects("odrl:assignee", node):
            for member in reached:
                yield _say(duty, "zhize:reaches", member)
    yield from _reach_here(look, groups, known, members)


def _reach_here(look: Look, groups: Groups, known: list[AgencyRow], members: dict[str, list[str]]) -> Iterator[ox.Quad]:
    """The same of groups that one policy alone calls so: only its own duties reach the members."""
    for agency in known:
        member = ox.NamedNode(agency.iri)
        for group, policy in groups.here(agency):
            if agency.iri in members.get(group.iri, ()):
                continue
            own = iris.graph_of(ox.NamedNode(policy))
            for duty in look.subjects("odrl:assignee", ox.NamedNode(group.iri), own):
                yield _say(duty, "zhize:reaches", member)


def _changes(known: list[AgencyRow]) -> Iterator[ox.Quad]:
    """The bodies that took over from others; one that no document names gets a node with its name."""
    places = {agency.name: agency.place for agency in known if agency.kind != UNNAMED}
    for change in successions(places):
        month = deadline(change.since)
        assert month is not None  # a row of the table without a month gives no change
        event = ox.NamedNode(DATA + "change/" + iris.digest(change.resulting, change.since))
        yield _say(event, "rdf:type", term("org:ChangeEvent"))
        yield _say(event, "dcterms:date", month)
        yield _say(event, "org:resultingOrganization", iris.agency_iri(change.resulting))
        for original in change.originals:
            yield _say(event, "org:originalOrganization", iris.agency_iri(original))
        for name in {change.resulting, *change.originals} - places.keys():
            node = iris.agency_iri(name)
            yield _say(node, "rdf:type", term("org:Organization"))
            yield _say(node, "skos:prefLabel", chinese(name))
            if change.place:
                yield _say(node, "zhize:place", string(change.place))


def _shared(engine: ox.Store, known: list[AgencyRow]) -> Iterator[ox.Quad]:
    """What each two agencies bear together; bodies that no text names (有关部门) would join all with all and are left out."""
    for pair in shared_work(engine, (agency.iri for agency in known if agency.kind == UNNAMED)):
        node = ox.NamedNode(DATA + "co-responsibility/" + iris.digest(pair.first, pair.second))
        yield _say(node, "rdf:type", term("zhize:CoResponsibility"))
        yield _say(node, "zhize:between", ox.NamedNode(pair.first))
        yield _say(node, "zhize:between", ox.NamedNode(pair.second))
        yield _say(node, "zhize:sharedAssignments", whole(pair.assignments))
        yield _say(node, "zhize:strength", decimal(pair.strength))
        yield _say(node, "zhize:firstLeads", whole(pair.first_leads))
        yield _say(node, "zhize:secondLeads", whole(pair.second_leads))
