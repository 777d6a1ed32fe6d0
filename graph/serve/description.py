"""The description of the service: https://www.w3.org/TR/sparql11-service-description/"""

from __future__ import annotations

import pyoxigraph as ox
from starlette.requests import Request

from graph.sparql_forms import write_graph
from ontology.vocabulary import PREFIXES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
            "Turtle", "N-Triples", "JSON-LD", "RDF_XML")  # fmt: skip
_MANY = 1_000_000  # statements and bytes: a description has a hundred


def describe(request: Request, form: str) -> bytes:
    """The description in a form of graphs (turtle, jsonld …); the addresses are those that the request came by."""
    endpoint = ox.NamedNode(str(request.url.replace(query="")))
    service, data = ox.BlankNode("service"), ox.BlankNode("dataset")
    default = ox.BlankNode("default")
    said: list[ox.Triple] = []

    def say(subject: ox.NamedNode | ox.BlankNode, name: str, thing: ox.NamedNode | ox.BlankNode) -> None:
        said.append(ox.Triple(subject, _sd(name) if name != "type" else ox.NamedNode(PREFIXES["rdf"] + "type"), thing))

    say(service, "type", _sd("Service"))
    say(service, "endpoint", endpoint)
    say(service, "supportedLanguage", _sd("SPARQL11Query"))
    say(service, "feature", _sd("UnionDefaultGraph"))
    for name in _RESULTS:
        say(service, "resultFormat", ox.NamedNode(_FORMATS + name))
    say(service, "defaultDataset", data)
    say(data, "type", _sd("Dataset"))
    say(data, "defaultGraph", default)
    say(default, "type", _sd("Graph"))
    return write_graph(form, said, _MANY, _MANY).body


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
