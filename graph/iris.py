"""The identifiers of the graph: every IRI is made of what the thing is, so that all machines and runs make the same.

Policies and facts are named by hashes of their content, agencies, places and clauses by their percent-encoded names. Nothing from a
document reaches an IRI unencoded, and no blank node is ever made.

====================  =====================================================================
policy                ``…/id/policy/<hash of the policy id>``
clause                ``<policy>/clause/<percent-encoded clause key>`` (``<policy>/clause`` for the whole)
duty, target, …       ``<policy>/duty/<hash of clause, words and content>``; equal ones get -2, -3 …
agency                ``…/id/agency/<percent-encoded name>``
cited document        ``…/id/document/<hash of the normalised number>``, or of the title where no number is known
clause of that        ``<document>/cited-clause/<percent-encoded label>``
change of bodies      ``…/id/change/<hash of the body that took over and the month>``
co-responsibility     ``…/id/co-responsibility/<hash of the IRIs of both agencies>``
named graphs          ``…/id/graph/policy/<hash>``, ``…/id/graph/agencies``, ``documents``, ``shared``, ``derived``, ``counts``
====================  =====================================================================
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote

import pyoxigraph as ox

from ontology.vocabulary import DATA

POLICY_GRAPHS = DATA + "graph/policy/"
AGENCIES = ox.NamedNode(DATA + "graph/agencies")
DOCUMENTS = ox.NamedNode(DATA + "graph/documents")
SHARED = ox.NamedNode(DATA + "graph/shared")
DERIVED = ox.NamedNode(DATA + "graph/derived")
COUNTS = ox.NamedNode(DATA + "graph/counts")
ONTOLOGY = ox.NamedNode(DATA + "graph/ontology")

_LONGEST_NAME = 120  # characters; a longer "name" is a misread sentence and is named by its hash
_BRACKETS = str.maketrans("[]【】()［］（）﹝﹞", "〔〕〔〕〔〕〔〕〔〕〔〕")
_YEAR = re.compile(r"〔([0-9]{4})年?〕第?0*(?=[0-9])")
_SERIAL = re.compile(r"(?:(?<=令)|(?<=告)|(?<=年)|(?<=号))〔?(?:第|(?=[0-9]))0*([0-9]{1,5}号)〕?")
_CITY_OF_ZONE = re.compile(r"(?<=[一-鿿]{2})市(?=[^市]*(?:开发区|新区|园区|示范区|试验区|实验区|保税区|度假区|集聚区)管理委员会$)")
_NOT_WORD = re.compile(r"[\W_]")


def digest(*parts: str) -> str:
    """16 hexadecimal characters (64 bits) of the SHA-256 of the parts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def encoded(name: str) -> str:
    """The name as one segment of an IRI."""
    if len(name) > _LONGEST_NAME:
        return digest(name)
    return quote(name, safe="", errors="replace")


def policy_iri(policy: str) -> ox.NamedNode:
    """The IRI of a policy document from its identifier."""
    return ox.NamedNode(DATA + "policy/" + digest(policy))


def graph_iri(policy: str) -> ox.NamedNode:
    """The IRI of the named graph of a policy document."""
    return ox.NamedNode(POLICY_GRAPHS + digest(policy))


def graph_of(policy: ox.NamedNode) -> ox.NamedNode:
    """The IRI of the named graph of a policy document from the document's own."""
    return ox.NamedNode(POLICY_GRAPHS + policy.value.rpartition("/")[2])


def clause_iri(policy: str, key: str) -> ox.NamedNode:
    """The IRI of a clause from its policy and key; "" is the whole text."""
    return ox.NamedNode(f"{policy_iri(policy).value}/clause" + (f"/{encoded(key)}" if key else ""))


def agency_iri(name: str) -> ox.NamedNode:
    """The IRI of an agency from its canonical name; a zone of a city is one, with or without 市 (云陵市高新区, 云陵高新区)."""
    return ox.NamedNode(DATA + "agency/" + encoded(_CITY_OF_ZONE.sub("", name, 1)))


def place_iri(*names: str) -> ox.NamedNode:
    """The IRI of a place from its names, the highest first."""
    return ox.NamedNode(DATA + "place/" + "/".join(encoded(n) for n in names))


def number_key(number: str) -> str:
    """A 文号 in one spelling: 云政办[2022] 7号 and 云政办〔2022〕第07号 give the same; so do 国务院令第5号 and 国务院令（5号）."""
    plain = "".join(unicodedata.normalize("NFKC", number).translate(_BRACKETS).split()).replace("〔〔", "〔")
    plain = _SERIAL.sub(r"\1", _YEAR.sub(r"〔\1〕", plain)).removeprefix("中华人民共和国").replace("人民政府令", "政府令")
    return "n:" + plain


def title_key(title: str) -> str:
    """A title without punctuation, brackets and white space, in one width of characters."""
    return "t:" + _NOT_WORD.sub("", unicodedata.normalize("NFKC", title))


def cited_clause_iri(document: ox.NamedNode, label: str) -> ox.NamedNode:
    """The IRI of a clause that is cited but not held as such, from its document and its label as printed."""
    return ox.NamedNode(f"{document.value}/cited-clause/{encoded(label)}")


def document_iri(title: str | None, number: str | None) -> ox.NamedNode:
    """The IRI of a document that is only cited, from what is known of it."""
    return ox.NamedNode(DATA + "document/" + digest(title_key(title) if title else "", number_key(number) if number else ""))
