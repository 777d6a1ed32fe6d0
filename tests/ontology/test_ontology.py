"""The ontology: documented in both languages, in step with the code."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from extract.fact import MemberRole
from extract.models import RECORDS, DutyRecord, Role
from graph.build import build
from graph.check.graphs import check_graph
from graph.standing import STATES
from graph.store import open_store
from ontology.vocabulary import (
    CONTEXT_FILE,
    ONTOLOGY_FILES,
    PREFIXES,
    ZHIZE,
    UnknownTermError,
    codes,
    concept,
    declared,
    find_concept,
    standard_unit,
    term,
    triples,
)
from tests.graph.derived_records import command, reform
from tests.graph.records import everything

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in ONTOLOGY_FILES:
        graph.parse(file, format="turtle")
    return graph


def own(graph: rdflib.Graph) -> set[rdflib.URIRef]:
    return {s for s in graph.subjects(RDF.type) if isinstance(s, rdflib.URIRef) and s.startswith(ZHIZE)}


def test_the_loader_reads_what_rdflib_reads(ontology: rdflib.Graph) -> None:
    assert declared() == {str(s) for s in ontology.subjects(RDF.type) if isinstance(s, rdflib.URIRef)}
    assert len(set(map(str, triples()))) == len(ontology)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_own_term_is_documented(ontology: rdflib.Graph, language: str) -> None:
    for subject in own(ontology):
        entry = (subject, RDF.type, SKOS.Concept) in ontology
        scheme = (subject, RDF.type, SKOS.ConceptScheme) in ontology
        wanted = [SKOS.prefLabel] if entry else [RDFS.label] if scheme else [RDFS.label, RDFS.comment, SKOS.editorialNote]
        for predicate in wanted:
            found = [o for o in ontology.objects(subject, predicate) if o.language == language]
            assert len(found) == 1 and len(found[0]) > 0, (subject, predicate)


def test_every_term_taken_over_says_its_use(ontology: rdflib.Graph) -> None:
    for subject in set(ontology.subjects(RDF.type)) - own(ontology):
        if (subject, RDF.type, OWL.Ontology) not in ontology:
            assert (subject, RDFS.isDefinedBy, None) in ontology and (subject, SKOS.scopeNote, None) in ontology, subject


def test_the_code_lists_are_there(ontology: rdflib.Graph) -> None:
    schemes = {str(s).removeprefix(ZHIZE) for s in ontology.subjects(RDF.type, SKOS.ConceptScheme)}
    assert schemes >= {"roles", "genres", "relations", "tiers", "kinds", "forms", "units", "subdivisions", "changes", "precedences"}
    for scheme in schemes:
        assert len(list(ontology.subjects(SKOS.inScheme, rdflib.URIRef(ZHIZE + scheme)))) >= 2, scheme


@pytest.mark.parametrize("prefix", ["eli", "org", "odrl", "prov", "oa", "qudt", "time", "skos", "dcterms"])
def test_own_terms_are_held_against_each_vocabulary(ontology: rdflib.Graph, prefix: str) -> None:
    """Where a vocabulary has the like, a link says so; its editorial note then tells why an own term stands."""
    aligned = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso)
    near = {o for s in own(ontology) for p in aligned for o in ontology.objects(s, p) if str(o).startswith(PREFIXES[prefix])}
    noted = {o for s in own(ontology) for o in ontology.objects(s, SKOS.editorialNote) if f"{prefix}:" in o}
    assert near or noted


def test_references_inside_the_ontology_lead_somewhere(ontology: rdflib.Graph) -> None:
    spaces = tuple(PREFIXES[p] for p in ("zhize", "eli", "org", "odrl", "oa"))
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range):
        for thing in ontology.objects(None, predicate):
            assert not str(thing).startswith(spaces) or str(thing) in declared(), thing


def test_every_code_of_the_records_is_in_a_list() -> None:
    for scheme, values in {
        "roles": Role.__args__,
        "forms": DutyRecord.__annotations__ and ("marker", "table", "inline"),
        "relations": ("basis", "repeals", "amends", "cites"),
        "precedences": ("overrides", "highest_only", "revised"),
        "tiers": ("state", "province", "city", "county", "township"),
        "kinds": (
            "government",
            "party",
            "department",
            "vertical",
            "court",
            "procuratorate",
            "mass",
            "institution",
            "company",
            "group",
            "office",
            "unnamed",
        ),
        "subdivisions": ("root", "chapter", "section", "article", "item", "runin", "box", "appendix"),
        "changes": ("up", "down"),
        "memberships": MemberRole.__args__,
        "standings": STATES,
    }.items():
        for value in values:
            assert codes()[concept(scheme, value).value] == value
    assert set(RECORDS) == {"policy", "clause", "duty", "target", "citation", "reference", "precedence", "member", "note"}


def test_unknown_terms_raise() -> None:
    for curie in ("zhize:Nothing", "eli:cited", "nix:x", "odrl:deadline"):
        with pytest.raises(UnknownTermError):
            term(curie)
    with pytest.raises(UnknownTermError):
        concept("roles", "boss")
    assert find_concept("genres", "怪文种") is None


@pytest.mark.parametrize(
    ("written", "unit"), [("%", "PERCENT"), ("公里", "KiloM"), ("元", "CCY_CNY"), ("万元", None), ("家", None)]
)
def test_units(written: str, unit: str | None) -> None:
    found = standard_unit(written)
    assert (found.value if found else None) == (PREFIXES["unit"] + unit if unit else None)


def test_terms_in_the_code_are_in_the_ontology() -> None:
    """Every ``prefix:name`` in the code and the queries, also where the invented records do not reach it."""
    used = re.compile(r"\b(" + "|".join(PREFIXES) + r"):([A-Za-z_][\w-]*)")
    found = set()
    for file in [*(ROOT / "graph").glob("*.py"), *(ROOT / "ontology/queries").glob("*.rq")]:
        found |= {f"{p}:{name}" for p, name in used.findall(file.read_text(encoding="utf-8")) if p not in ("xsd", "owl", "unit")}
    assert len(found) > 60
    for curie in sorted(found):
        assert term(curie)


def test_the_context_names_every_term(ontology: rdflib.Graph) -> None:
    context = json.loads(CONTEXT_FILE.read_text(encoding="utf-8"))["@context"]
    ids = {value["@id"] for value in context.values() if isinstance(value, dict)}
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for subject in ontology.subjects(RDF.type, kind):
            prefix, base = max(((p, b) for p, b in PREFIXES.items() if str(subject).startswith(b)), key=lambda pair: len(pair[1]))
            assert prefix == "rdf" or f"{prefix}:{str(subject)[len(base) :]}" in ids, subject
    for key, value in context.items():
        if isinstance(value, dict):
            assert term(value["@id"]), key


def test_the_invented_records_conform(tmp_path: Path) -> None:
    build([*everything(), *reform(), *command()], tmp_path)
    report = check_graph(open_store(tmp_path).engine)
    assert report.findings == () and report.checked > 400
