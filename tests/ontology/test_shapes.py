"""The rules of a sound graph: on sound.ttl all hold, and each example of failing.trig breaks just the one that it names."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from graph.check.files import load
from graph.check.graphs import check_graph
from graph.check.model import SHAPES, rules
from ontology.vocabulary import SHAPES_FILE

HERE = Path(__file__).parent / "shapes"
SOUND, FAILING = HERE / "sound.ttl", HERE / "failing.trig"


def examples() -> list[str]:
    names = {graph.value.removeprefix("urn:").rpartition("/")[0] for graph in load([FAILING]).named_graphs()}
    return sorted(names)


def sound() -> ox.Store:
    return load([SOUND])


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(SHAPES_FILE, format="turtle")


def test_the_sound_graph_breaks_no_rule() -> None:
    report = check_graph(sound())
    assert report.findings == () and report.checked > 100


@pytest.mark.parametrize("example", examples())
def test_a_failing_example_breaks_its_rule_and_no_other(example: str) -> None:
    graph = sound()
    changes = load([FAILING])
    for quad in changes.quads_for_pattern(None, None, None, ox.NamedNode(f"urn:{example}/minus")):
        gone = ox.Quad(quad.subject, quad.predicate, quad.object)
        assert gone in graph, f"sound.ttl does not say {gone}"
        graph.remove(gone)
    for quad in changes.quads_for_pattern(None, None, None, ox.NamedNode(f"urn:{example}/plus")):
        graph.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    report = check_graph(graph)
    assert {finding.rule for finding in report.findings} == {example.partition("/")[0]}


def test_every_rule_has_an_example_that_breaks_it() -> None:
    broken = {example.partition("/")[0] for example in examples()}
    assert broken == {name for name in rules() if not name.startswith("record")}


def test_every_rule_has_something_sound_to_look_at(shapes: rdflib.Graph) -> None:
    """The passing example: each property shape meets a value of its path on a thing that it is bound to."""
    graph = rdflib.Graph().parse(SOUND, format="turtle")
    for shape, kind in shapes.subject_objects(SH.targetClass):
        things = set(graph.subjects(RDF.type, kind))
        assert things, f"{shape}: nothing of class {kind}"
        for rule in shapes.objects(shape, SH.property):
            path = shapes.value(rule, SH.path)
            assert any((thing, path, None) in graph for thing in things), f"{rule}: no {path} on a {kind}"


def test_every_shape_has_a_name_and_words_in_both_languages(shapes: rdflib.Graph) -> None:
    properties = set(shapes.objects(None, SH.property))
    assert all(isinstance(rule, rdflib.URIRef) for rule in properties)
    assert {str(rule).removeprefix(SHAPES) for rule in properties} <= set(rules())
    for rule in rules().values():
        assert all(text and text[-1] in "。." for text in (*rule.message, *rule.advice)), rule


def test_the_shapes_are_core_shacl(shapes: rdflib.Graph) -> None:
    assert not list(shapes.triples((None, SH.sparql, None))) and not list(shapes.triples((None, SH.rule, None)))
