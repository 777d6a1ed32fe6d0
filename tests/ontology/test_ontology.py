"""The ontology: documented in both languages, in step with the code, shapes that catch what they name."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from extract.fact import MemberRole
from extract.models import RECORDS, DutyRecord, Role
from graph.build import build
from graph.export import export
from graph.standing import STATES
from graph.store import open_store
from ontology.vocabulary import (
    CONTEXT_FILE,
    ONTOLOGY_FILES,
    PREFIXES,
    SHAPES_FILE,
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


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> rdflib.Graph:
    """The invented records as rdflib reads our Turtle: with its own parser, since that of Oxigraph marks plain strings differently."""
    folder = tmp_path_factory.mktemp("shapes")
    build([*everything(), *reform(), *command()], folder)
    out = io.BytesIO()
    export(open_store(folder), "turtle", out)
    return rdflib.Graph().parse(data=out.getvalue(), format="turtle")


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


def conforms(data: rdflib.Graph) -> tuple[bool, str]:
    import pyshacl

    ok, _, text = pyshacl.validate(
        data, shacl_graph=str(SHAPES_FILE), shacl_graph_format="turtle", advanced=False, inference="none"
    )
    return bool(ok), str(text)


def test_the_invented_records_conform(data: rdflib.Graph) -> None:
    ok, text = conforms(data)
    assert ok, text


BREAK = [
    ("a duty without bearer", "DELETE { ?d odrl:assignee ?a } WHERE { ?d odrl:assignee ?a }", "oneBearer"),
    ("a duty with two bearers", "INSERT { ?d odrl:assignee ?b } WHERE { ?d odrl:assignee ?a . ?e odrl:assignee ?b }", "oneBearer"),
    ("a duty without role", "DELETE { ?d zhize:role ?r } WHERE { ?d a zhize:Duty ; zhize:role ?r }", "oneRole"),
    ("a duty without form", "DELETE { ?d zhize:form ?r } WHERE { ?d zhize:form ?r }", "oneForm"),
    ("a fact without clause", "DELETE { ?d zhize:statedIn ?c } WHERE { ?d zhize:statedIn ?c }", "oneClause"),
    ("a fact without policy", "DELETE { ?d zhize:policy ?c } WHERE { ?d zhize:policy ?c }", "onePolicy"),
    ("a fact without evidence", "DELETE { ?d zhize:evidence ?c } WHERE { ?d zhize:evidence ?c }", "oneEvidence"),
    ("a duty outside any assignment", "DELETE { ?d zhize:assignment ?c } WHERE { ?d zhize:assignment ?c }", "oneAssignment"),
    ("a policy without number or reason", "DELETE { ?p zhize:numberMissing ?n } WHERE { ?p zhize:numberMissing ?n }", "Policy"),
    ("a policy without title", "DELETE { ?p rdfs:label ?n } WHERE { ?p a zhize:Policy ; rdfs:label ?n }", "oneTitle"),
    ("a date that is none", 'INSERT { ?p eli:date_document "2023" } WHERE { ?p a zhize:Policy }', "dateOfDocument"),
    (
        "two dates of effect",
        'INSERT { ?p eli:first_date_entry_in_force "2001-01-01"^^xsd:date } WHERE { ?p zhize:effectiveOnIssue true }',
        "inForceFrom",
    ),
    (
        "two dates of expiry",
        'INSERT { ?p eli:date_no_longer_in_force "2001-01-01"^^xsd:date } WHERE { ?p zhize:effectiveOnIssue true }',
        "inForceTo",
    ),
    ("an issuer that is no body", "INSERT { ?p eli:passed_by ?p } WHERE { ?p a zhize:Policy }", "issuers"),
    ("a figure without indicator", "DELETE { ?t zhize:indicator ?n } WHERE { ?t zhize:indicator ?n }", "oneIndicator"),
    ("a figure without number", "DELETE { ?t zhize:low ?n } WHERE { ?t zhize:low ?n }", "lowNumber"),
    ("a range without its end", "DELETE { ?t zhize:high ?n } WHERE { ?t zhize:high ?n }", "highNumber"),
    ("a figure without its string", "DELETE { ?t zhize:valueText ?n } WHERE { ?t zhize:valueText ?n }", "writtenNumber"),
    ("a figure without comparison", "DELETE { ?t odrl:operator ?n } WHERE { ?t odrl:operator ?n }", "oneComparison"),
    (
        "a citation of nothing",
        "DELETE { ?c zhize:citedTitle ?n . ?c zhize:citedNumber ?m } WHERE { ?c a zhize:Citation "
        "OPTIONAL { ?c zhize:citedTitle ?n } OPTIONAL { ?c zhize:citedNumber ?m } }",
        "Citation",
    ),
    ("a citation without relation", "DELETE { ?c zhize:relation ?n } WHERE { ?c zhize:relation ?n }", "oneRelation"),
    ("a citation that leads nowhere", "DELETE { ?c zhize:resolvedTo ?n } WHERE { ?c zhize:resolvedTo ?n }", "resolved"),
    ("a precedence without kind", "DELETE { ?c zhize:precedenceKind ?n } WHERE { ?c zhize:precedenceKind ?n }", "onePrecedenceKind"),
    ("a repeal of an agency", "INSERT { ?p eli:repeals ?a } WHERE { ?p eli:passed_by ?a }", "repealed"),
    ("a clause without path", "DELETE { ?c zhize:path ?n } WHERE { ?c zhize:path ?n }", "onePath"),
    ("a clause of nothing", "DELETE { ?c eli:is_part_of ?n } WHERE { ?c eli:is_part_of ?n }", "above"),
    (
        "an agency without name",
        "DELETE { ?a skos:prefLabel ?n } WHERE { ?a a org:FormalOrganization ; skos:prefLabel ?n }",
        "oneName",
    ),
    ("an agency neither known nor unknown", "DELETE { ?a zhize:known ?n } WHERE { ?a zhize:known ?n }", "isKnown"),
    ("an agency of two places", 'INSERT { ?a zhize:place "望海市" } WHERE { ?a zhize:place ?n }', "onePlace"),
    (
        "an agency of two tiers",
        "INSERT { ?a zhize:tier zhize:tier-state } WHERE { ?a a org:FormalOrganization ; zhize:tier ?t }",
        "oneTier",
    ),
    (
        "an agency of two kinds",
        "INSERT { ?a org:classification zhize:kind-party } WHERE { ?a a org:FormalOrganization }",
        "oneKind",
    ),
    (
        "an end before its start",
        "DELETE { ?s oa:start ?n } INSERT { ?s oa:start 99999 } WHERE { ?s oa:start ?n }",
        "lies before the end",
    ),
    ("evidence without a file", "DELETE { ?s oa:hasSource ?n } WHERE { ?s oa:hasSource ?n }", "one source file"),
    ("a body that holds from a day", 'INSERT { ?a zhize:holdsFrom "2001-01-01"^^xsd:date } WHERE { ?p eli:passed_by ?a }', "Held"),
    ("two first days", 'INSERT { ?p zhize:holdsFrom "2001-01-01"^^xsd:date } WHERE { ?p zhize:holdsFrom ?d }', "holdsFrom"),
    ("a last day that is none", 'DELETE { ?p zhize:holdsUntil ?d } INSERT { ?p zhize:holdsUntil "2001" } WHERE { ?p zhize:holdsUntil ?d }', "holdsUntil"),
    ("a last day without its kind", "DELETE { ?p zhize:endKind ?k } WHERE { ?p zhize:endKind ?k }", "endKind"),
    ("ended by a body", "DELETE { ?d zhize:endedBy ?p } INSERT { ?d zhize:endedBy ?a } WHERE { ?d zhize:endedBy ?p . ?p eli:passed_by ?a }", "endedBy"),
    ("a duty that reaches a policy", "INSERT { ?d zhize:reaches ?p } WHERE { ?d zhize:reaches ?a ; zhize:policy ?p }", "reached"),
    ("a policy in a group", "INSERT { ?g org:hasMember ?p } WHERE { ?g org:hasMember ?a . ?p a zhize:Policy }", "members"),
    ("a change of nothing", "DELETE { ?e org:originalOrganization ?a } WHERE { ?e org:originalOrganization ?a }", "originals"),
    ("a change to nothing", "DELETE { ?e org:resultingOrganization ?a } WHERE { ?e org:resultingOrganization ?a }", "resulting"),
    ("a change without a month", "DELETE { ?e dcterms:date ?d } WHERE { ?e dcterms:date ?d }", "changeDate"),
    ("a counterpart without name", "DELETE { ?a skos:prefLabel ?n } WHERE { ?a a org:Organization ; skos:prefLabel ?n }", "oneName"),
    ("co-responsibility of three", "INSERT { ?x zhize:between ?a } WHERE { ?x zhize:between ?b . ?a a org:FormalOrganization }", "between"),
    ("co-responsibility for nothing", "DELETE { ?x zhize:sharedAssignments ?n } INSERT { ?x zhize:sharedAssignments 0 } WHERE { ?x zhize:sharedAssignments ?n }", "sharedAssignments"),
    ("co-responsibility without strength", "DELETE { ?x zhize:strength ?n } WHERE { ?x zhize:strength ?n }", "strength"),
    ("nobody counted whether the first leads", "DELETE { ?x zhize:firstLeads ?n } WHERE { ?x zhize:firstLeads ?n }", "firstLeads"),
    ("nobody counted whether the second leads", "DELETE { ?x zhize:secondLeads ?n } WHERE { ?x zhize:secondLeads ?n }", "secondLeads"),
    ("a membership of nobody", "DELETE { ?m org:member ?a } WHERE { ?m org:member ?a }", "oneMember"),
    ("a membership in nothing", "DELETE { ?m org:organization ?g } WHERE { ?m org:organization ?g }", "oneGroup"),
    ("a membership without a part", "DELETE { ?m org:role ?r } WHERE { ?m org:role ?r }", "oneOrgRole"),
    ("a graph without its program", "DELETE { ?s prov:wasAttributedTo ?n } WHERE { ?s prov:wasAttributedTo ?n }", "which program"),
]


@pytest.mark.parametrize(("update", "shape"), [pytest.param(u, s, id=name) for name, u, s in BREAK])
def test_each_shape_catches_what_it_names(data: rdflib.Graph, update: str, shape: str) -> None:
    broken = rdflib.Graph()
    broken += data
    broken.update("".join(f"PREFIX {p}: <{iri}>\n" for p, iri in PREFIXES.items()) + update)
    ok, text = conforms(broken)
    assert not ok and shape in text


def test_every_shape_has_a_message_in_both_languages_and_a_failing_example() -> None:
    shapes = rdflib.Graph().parse(SHAPES_FILE, format="turtle")
    rules = {s for s in shapes.subjects(SH.path) if isinstance(s, rdflib.URIRef)}
    for rule in rules:
        assert {m.language for m in shapes.objects(rule, SH.message)} == {"zh", "en"}, rule
    caught = {shape for _, _, shape in BREAK}
    assert {str(rule).rsplit("#", 1)[-1] for rule in rules} <= caught
