"""The graph as an rdflib dataset: the same answers as from the store, and each trap that is guarded."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from rdflib import Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, RDFS, XSD
from rdflib.plugins.sparql import prepareQuery

from graph.dataset import BindingsError, ReadOnlyDatasetError, open_dataset
from graph.errors import NoStoreError
from graph.store import Store
from ontology.vocabulary import PREFIXES

ZHIZE = Namespace(PREFIXES["zhize"])
NAMES = "SELECT ?name { ?a a org:FormalOrganization ; skos:prefLabel ?name } ORDER BY ?name"


@pytest.fixture(scope="module")
def dataset(folder: Path) -> Dataset:
    return open_dataset(folder)


def test_the_same_answers_as_from_the_store(dataset: Dataset, store: Store) -> None:
    assert [str(row.name) for row in dataset.query(NAMES)] == [row[0].value for row in store.select(NAMES) if row[0]]
    assert set(dataset.subjects(RDF.type, ZHIZE.Duty)) == {URIRef(r[0].value) for r in store.select("SELECT ?d { ?d a zhize:Duty }") if r[0]}


def test_the_default_graph_is_the_union(dataset: Dataset) -> None:
    plain = Dataset(store=dataset.store)
    assert not list(plain.query("PREFIX zhize: <https://w3id.org/zhize/ontology#> SELECT ?d { ?d a zhize:Duty }"))  # the trap
    assert len(list(dataset.query("SELECT ?d { ?d a zhize:Duty }"))) == 5


def test_named_graphs(dataset: Dataset, store: Store) -> None:
    names = {graph.identifier for graph in dataset.graphs() if len(graph)}
    assert {str(name) for name in names if "zhize" in str(name)} == {g.value for g in store.graphs()}
    one = store.graphs()[-1]
    assert len(set(dataset.graph(URIRef(one.value)))) == len(list(store.quads(one)))
    assert len(dataset.graph(URIRef(one.value))) == len(list(store.quads(one)))


def test_prefixes_are_bound(dataset: Dataset) -> None:
    bound = dict(dataset.namespaces())
    assert {prefix: str(bound[prefix]) for prefix in PREFIXES} == PREFIXES
    assert dataset.namespace_manager.normalizeUri(str(ZHIZE.Duty)) == "zhize:Duty"


def test_texts_are_plain(dataset: Dataset) -> None:
    number = min(dataset.objects(None, URIRef(PREFIXES["eli"] + "id_local")))
    assert number == Literal(str(number)) and number.datatype is None
    assert (None, None, number) in dataset and (None, None, Literal(str(number), datatype=XSD.string)) in dataset
    assert number in {row.n for row in dataset.query("SELECT ?n { ?p eli:id_local ?n }")}
    made = dataset.query("CONSTRUCT { ?p eli:id_local ?n } WHERE { ?p eli:id_local ?n }").graph
    assert (None, None, number) in made  # a memory graph, which takes "x"^^xsd:string for something else than "x"
    texts = {o for o in dataset.objects() if isinstance(o, Literal)}
    assert texts and not any(text.datatype == XSD.string for text in texts)
    assert any(text.language == "zh" for text in texts) and any(text.datatype == XSD.date for text in texts)


def test_into_a_graph_of_ones_own(dataset: Dataset) -> None:
    own = Graph()
    own += dataset.triples((None, RDFS.label, None))
    label = next(own.objects())
    assert list(own.query("SELECT ?s { ?s ?p ?label }", initBindings={"label": label}))


def test_a_prepared_query_is_answered_by_the_engine(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = prepareQuery(NAMES, initNs=PREFIXES)
    monkeypatch.setattr("rdflib.plugins.sparql.processor.evalQuery", lambda *a, **k: pytest.fail("rdflib answered it itself"))
    assert [row.name for row in dataset.query(prepared)] == [row.name for row in dataset.query(NAMES)]


def test_bindings(dataset: Dataset) -> None:
    name = next(iter(dataset.query(NAMES))).name
    found = list(dataset.query("SELECT ?a ?name { ?a skos:prefLabel ?name ; a org:FormalOrganization }", initBindings={"name": name}))
    assert found and {row.name for row in found} == {name}
    with pytest.raises(BindingsError, match="VALUES"):
        list(dataset.query("SELECT ?a { ?a skos:prefLabel ?name }", initBindings={"name": name}))
    again = list(dataset.query(f"SELECT ?a {{ VALUES ?name {{ {name.n3()} }} ?a skos:prefLabel ?name ; a org:FormalOrganization }}"))
    assert {row.a for row in again} == {row.a for row in found}


def test_the_size_is_counted_once(dataset: Dataset, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(dataset) == len(store.engine)
    monkeypatch.setattr("oxrdflib.OxigraphStore.__len__", lambda *a: pytest.fail("counted again"))
    begun = time.monotonic()
    for _ in range(1000):
        assert dataset
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda d: d.add((ZHIZE.a, RDF.type, ZHIZE.b)), id="add"),
        pytest.param(lambda d: d.addN([(ZHIZE.a, RDF.type, ZHIZE.b, d.default_graph)]), id="add several"),
        pytest.param(lambda d: d.remove((None, None, None)), id="remove"),
        pytest.param(lambda d: d.update("DELETE WHERE { ?s ?p ?o }"), id="update"),
        pytest.param(lambda d: d.graph(URIRef("http://x/new")), id="new graph"),
        pytest.param(lambda d: d.remove_graph(URIRef("https://w3id.org/zhize/id/graph/shared")), id="remove a graph"),
        pytest.param(lambda d: d.parse(data="<a:a> <a:b> <a:c> .", format="turtle"), id="parse"),
    ],
)
def test_writing_is_refused(folder: Path, store: Store, write: object) -> None:
    dataset, size = open_dataset(folder), len(store.engine)
    with pytest.raises(ReadOnlyDatasetError, match="only be read"):
        write(dataset)  # type: ignore[operator]
    assert len(open_dataset(folder)) == size


def test_no_graph(tmp_path: Path) -> None:
    with pytest.raises(NoStoreError):
        open_dataset(tmp_path)
