"""From the records of one policy to the statements of its named graph.

Pure: the same records give the same statements. A statement stands in one graph only (the union of graphs that queries see does not
remove doubles): what policies share, the readings of agencies, source files and places, goes to graphs of their own.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from extract.models import (
    Agency,
    CitationRecord,
    ClauseRecord,
    DutyRecord,
    Fact,
    MemberRecord,
    NoteRecord,
    PolicyRecord,
    PrecedenceRecord,
    Record,
    ReferenceRecord,
    Setting,
    TargetRecord,
)
from graph import iris
from graph.agency_terms import agency_values, tier_of
from graph.errors import RecordOrderError
from graph.literals import chinese, date, deadline, decimal, due, number, string, value_text, whole, yes_no
from graph.titles import title_parts
from ontology.vocabulary import DATA, concept, find_concept, standard_unit, term

_BEARER = {"lead": "zhize:leadAgency", "responsible": "zhize:responsibleAgency", "support": "zhize:supportingAgency"}
_OPERATOR = {"=": "odrl:eq", ">": "odrl:gt", ">=": "odrl:gteq", "<": "odrl:lt", "<=": "odrl:lteq", "~": "zhize:approximately"}
_FIGURE = {"target": "zhize:Target", "support": "zhize:Support"}
Value = ox.NamedNode | ox.Literal


@dataclass
class PolicyQuads:
    """The statements of one policy: ``own`` for its named ``graph``, ``shared`` for the graphs that policies share.

    ``digest`` is the SHA-256 of the own statements; shared ones follow from them.
    """

    policy: PolicyRecord
    graph: ox.NamedNode
    own: list[ox.Quad] = field(default_factory=list)
    shared: list[ox.Quad] = field(default_factory=list)
    digest: str = ""


def policy_quads(policy: PolicyRecord, facts: Iterable[Record], extractor: str) -> PolicyQuads:
    """The statements of ``policy`` and its ``facts``; ``extractor`` names the program and version that read them.

    Raises :class:`RecordOrderError` for a fact of another policy.
    """
    writer = _Writer(policy, extractor)
    writer.head()
    rest = list(facts)
    for fact in rest:
        if not isinstance(fact, Fact) or fact.policy != policy.policy:
            raise RecordOrderError(fact.policy)
    for fact in rest:
        if isinstance(fact, ClauseRecord):
            writer.clause(fact)
    writers: dict[type, Callable[[Any], None]] = {
        DutyRecord: writer.duty, TargetRecord: writer.target, CitationRecord: writer.citation, ReferenceRecord: writer.reference,
        PrecedenceRecord: writer.precedence, MemberRecord: writer.member, NoteRecord: writer.note,
    }  # fmt: skip
    for fact in rest:
        if type(fact) in writers:
            writers[type(fact)](fact)
    return writer.done()


class _Writer:
    """Collects the statements of one policy."""

    def __init__(self, policy: PolicyRecord, extractor: str) -> None:
        self.record = policy
        self.extractor = extractor
        self.policy = iris.policy_iri(policy.policy)
        self.out = PolicyQuads(policy, iris.graph_iri(policy.policy))
        self.source = ox.NamedNode(DATA + "source/" + iris.digest(policy.source, policy.sha256))
        self.clauses: set[str] = set()
        self.agencies: set[Agency] = set()
        self.names: Counter[str] = Counter()

    def say(self, subject: ox.NamedNode, predicate: str, value: Value | str | None) -> None:
        """A statement of the policy's own graph; None and "" say nothing, other strings become plain literals."""
        if value is None or value == "":
            return
        thing = string(value) if isinstance(value, str) else value
        self.out.own.append(ox.Quad(subject, term(predicate), thing, self.out.graph))

    def share(self, graph: ox.NamedNode, subject: ox.NamedNode, predicate: str, value: Value | str) -> None:
        thing = string(value) if isinstance(value, str) else value
        self.out.shared.append(ox.Quad(subject, term(predicate), thing, graph))

    def done(self) -> PolicyQuads:
        lines = sorted(str(quad) for quad in set(self.out.own))
        self.out.digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        self.say(self.out.graph, "zhize:digest", self.out.digest)
        return self.out

    def head(self) -> None:
        """The policy itself, its text, and where its graph comes from."""
        p, node = self.record, self.policy
        for kind in ("zhize:Policy", "eli:LegalResource"):
            self.say(node, "rdf:type", term(kind))
        self.say(node, "rdfs:label", chinese(p.title))
        self.say(node, "eli:id_local", p.number)
        if not p.number:
            self.say(node, "zhize:numberMissing", "；".join(p.problems) or "文中未见文号")
        self.say(node, "eli:date_document", date(p.dated))
        self.say(node, "eli:first_date_entry_in_force", date(p.dated if p.effective == "issue" else p.effective))
        if p.effective == "issue":
            self.say(node, "zhize:effectiveOnIssue", yes_no(True))
        self.say(node, "eli:date_no_longer_in_force", date(p.expires))
        self.say(node, "zhize:notice", p.notice)
        self.say(node, "zhize:place", p.place or p.setting.place)
        for problem in p.problems:
            self.say(node, "zhize:problem", problem)
        if p.type:
            self.say(node, "eli:type_document", self.genre(p.type))
        self.match(node, (p.title, p.notice), p.number)
        for name in p.issuer:
            self.say(node, "eli:passed_by", self.agency(Agency(name, kind="", known=False, reason="发文机关")))
        self.place(p.setting)
        self.text()
        self.bundle()

    def match(self, node: ox.NamedNode, titles: Iterable[str | None], number: str | None) -> None:
        """The keys by which a document or citation is found: its titles, the cores of these, its number."""
        keys = [key for title in titles if title for key in (iris.title_key(title), title_parts(title).key)]
        for key in dict.fromkeys([*keys, *([iris.number_key(number)] if number else [])]):
            self.say(node, "zhize:matchKey", key)

    def text(self) -> None:
        """The Chinese expression of the policy and the place of its text in the source file."""
        text = ox.NamedNode(self.policy.value + "/zh")
        self.say(text, "rdf:type", term("eli:LegalExpression"))
        self.say(text, "eli:realizes", self.policy)
        self.say(text, "eli:title", chinese(self.record.title))
        self.evidence(self.policy, *self.record.span, "")

    def bundle(self) -> None:
        """The named graph as a thing: what it is about, which file it was read from, by which program."""
        graph, source, shared = self.out.graph, self.source, iris.SHARED
        agent = ox.NamedNode(DATA + "software/" + iris.encoded(self.extractor))
        self.say(graph, "rdf:type", term("prov:Bundle"))
        self.say(graph, "foaf:primaryTopic", self.policy)
        self.say(graph, "prov:wasDerivedFrom", source)
        self.say(graph, "prov:wasAttributedTo", agent)
        self.share(shared, agent, "rdf:type", term("prov:SoftwareAgent"))
        self.share(shared, agent, "dcterms:hasVersion", self.extractor)
        self.share(shared, source, "rdf:type", term("prov:Entity"))
        self.share(shared, source, "dcterms:title", self.record.source)
        if self.record.sha256:
            self.checksum(source, self.record.sha256)
        if self.record.authority:  # another file of names may read the same words otherwise
            authority = ox.NamedNode(DATA + "authority/" + iris.digest(self.record.authority))
            self.say(graph, "prov:wasInfluencedBy", authority)
            self.share(shared, authority, "rdf:type", term("prov:Entity"))
            self.checksum(authority, self.record.authority)

    def checksum(self, file: ox.NamedNode, sha256: str) -> None:
        """The SHA-256 of a file."""
        node = ox.NamedNode(file.value + "/sha256")
        self.share(iris.SHARED, file, "spdx:checksum", node)
        self.share(iris.SHARED, node, "rdf:type", term("spdx:Checksum"))
        self.share(iris.SHARED, node, "spdx:algorithm", term("spdx:checksumAlgorithm_sha256"))
        self.share(iris.SHARED, node, "spdx:checksumValue", sha256)

    def genre(self, name: str) -> ox.NamedNode:
        """The concept of a genre word; one that the ontology does not list is made from the word."""
        known = find_concept("genres", name)
        if known is not None:
            return known
        made = ox.NamedNode(DATA + "genre/" + iris.encoded(name))
        self.share(iris.SHARED, made, "rdf:type", term("skos:Concept"))
        self.share(iris.SHARED, made, "skos:inScheme", term("zhize:genres"))
        self.share(iris.SHARED, made, "skos:notation", name)
        self.share(iris.SHARED, made, "skos:prefLabel", chinese(name))
        return made

    def place(self, setting: Setting) -> None:
        """The place that the policy speaks from, and the places that hold it."""
        above: tuple[str, ...] = ()
        for tier in ("province", "city", "county"):
            name = getattr(setting, tier)
            if not name:
                continue
            here = iris.place_iri(*above, name)
            self.share(iris.SHARED, here, "rdf:type", term("dcterms:Location"))
            self.share(iris.SHARED, here, "rdfs:label", chinese(name))
            self.share(iris.SHARED, here, "zhize:tier", concept("tiers", tier))
            if above:
                self.share(iris.SHARED, here, "dcterms:isPartOf", iris.place_iri(*above))
            above = (*above, name)
        if above:
            self.say(self.policy, "dcterms:spatial", iris.place_iri(*above))

    def agency(self, agency: Agency) -> ox.NamedNode:
        """The node of an agency; how this policy reads it goes to the graph of agencies."""
        node = iris.agency_iri(agency.name)
        if agency in self.agencies:
            return node
        self.agencies.add(agency)
        parts = (agency.name, agency.place, agency.tier, agency.kind, str(agency.known), agency.reason)
        reading = ox.NamedNode(DATA + "reading/" + iris.digest(*parts))
        self.say(self.out.graph, "zhize:reading", reading)
        self.share(iris.AGENCIES, reading, "rdf:type", term("zhize:AgencyReading"))
        self.share(iris.AGENCIES, reading, "zhize:readingOf", node)
        self.share(iris.AGENCIES, reading, "skos:prefLabel", chinese(agency.name))
        self.share(iris.AGENCIES, reading, "zhize:known", yes_no(agency.known))
        for predicate, value in agency_values(agency):
            self.share(iris.AGENCIES, reading, predicate, value)
        return node

    def clause(self, record: ClauseRecord) -> None:
        """A clause with its place in the outline."""
        node = self._clause_node(record.clause_key, record.clause, record.parent)
        self.say(node, "eli:number", record.label)
        self.say(node, "zhize:heading", record.heading)
        self.say(node, "zhize:text", record.text)
        kind = find_concept("subdivisions", record.kind)
        self.say(node, "eli:type_subdivision", kind)
        self.evidence(node, record.start, record.end, "")

    def _clause_node(self, key: str, path: str, parent: str | None) -> ox.NamedNode:
        node = iris.clause_iri(self.record.policy, key)
        if key in self.clauses:
            return node
        self.clauses.add(key)
        self.say(node, "rdf:type", term("eli:LegalResourceSubdivision"))
        self.say(node, "zhize:policy", self.policy)
        self.out.own.append(ox.Quad(node, term("zhize:path"), string(path), self.out.graph))
        above = self.policy if parent is None else iris.clause_iri(self.record.policy, parent)
        self.say(node, "eli:is_part_of", above)
        if parent == "":  # the root clause has no record; a clause may lead to it and no fact stand in it
            self._clause_node("", "", None)
        return node

    def _fact(self, record: Fact, kind: str, exact: str, *content: str) -> ox.NamedNode:
        """The node of a fact, named by its content, with its policy, clause and evidence."""
        name = iris.digest(record.clause_key, exact, *content)
        self.names[kind + name] += 1
        again = self.names[kind + name]
        node = ox.NamedNode(f"{self.policy.value}/{kind}/{name}" + (f"-{again}" if again > 1 else ""))
        self.say(node, "zhize:policy", self.policy)
        self.say(node, "zhize:statedIn", self._clause_node(record.clause_key, record.clause, None))
        self.evidence(node, record.start, record.end, exact)
        return node

    def evidence(self, node: ox.NamedNode, start: int, end: int, exact: str) -> None:
        """Where in the source file ``node`` was read: raw offsets and, for a fact, the words."""
        at = ox.NamedNode(node.value + "/at")
        position = ox.NamedNode(node.value + "/at/position")
        self.say(node, "zhize:evidence", at)
        self.say(at, "rdf:type", term("oa:SpecificResource"))
        self.say(at, "oa:hasSource", self.source)
        self.say(at, "oa:hasSelector", position)
        self.say(position, "rdf:type", term("oa:TextPositionSelector"))
        self.say(position, "oa:start", whole(start))
        self.say(position, "oa:end", whole(end))
        if exact:
            words = ox.NamedNode(node.value + "/at/quote")
            self.say(at, "oa:hasSelector", words)
            self.say(words, "rdf:type", term("oa:TextQuoteSelector"))
            self.say(words, "oa:exact", exact)

    def _doubt(self, node: ox.NamedNode, confidence: float, reason: str) -> None:
        if confidence < 1:
            self.say(node, "zhize:confidence", decimal(confidence))
        self.say(node, "zhize:reason", reason)

    def duty(self, r: DutyRecord) -> None:
        """A duty of one agency, and the list or sentence that it stands in."""
        node = self._fact(r, "duty", r.mention, r.form, r.role, r.agency, r.task)
        why = "" if r.agency_known else r.reason.rpartition("；")[2]  # the last of the reasons is that of the name
        agency = self.agency(Agency(r.agency, r.agency_place, tier_of(r.agency_tier), r.agency_kind, r.agency_known, why))
        self.say(node, "rdf:type", term("zhize:Duty"))
        self.say(node, "zhize:role", concept("roles", r.role))
        self.say(node, _BEARER[r.role], agency)
        self.say(node, "odrl:assignee", agency)
        self.say(node, "zhize:form", concept("forms", r.form))
        self.say(node, "zhize:task", r.task)
        self.say(node, "zhize:deadline", deadline(r.deadline))
        self.say(node, "zhize:due", due(r.deadline))
        self.say(node, "zhize:deadlineText", r.deadline_text)
        self.say(node, "zhize:order", whole(r.order))
        self._doubt(node, r.confidence, r.reason)
        shared = r.assignment or f"{r.start}-{r.end}"
        group = ox.NamedNode(f"{self.policy.value}/assignment/{iris.digest(r.clause_key, shared, r.quote)}")
        self.say(node, "zhize:assignment", group)
        if self.names[group.value] == 0:
            self.names[group.value] = 1
            self.say(group, "rdf:type", term("zhize:Assignment"))
            self.say(group, "zhize:text", r.quote)

    def target(self, r: TargetRecord) -> None:
        """A figure to be reached, or money given."""
        node = self._fact(r, "target", r.quote, r.kind, r.indicator, r.op, str(r.value), r.unit or "", r.by or "")
        self.say(node, "rdf:type", term("zhize:Figure"))
        self.say(node, "rdf:type", term(_FIGURE[r.kind]))
        self.say(node, "zhize:indicator", r.indicator)
        self.say(node, "odrl:operator", term(_OPERATOR.get(r.op, "odrl:eq")))
        self.say(node, "zhize:valueText", value_text(r.value, r.quote))
        low, high = r.value if isinstance(r.value, tuple) else (r.value, r.value)
        self.say(node, "zhize:low", number(low))
        self.say(node, "zhize:high", number(high))
        if not isinstance(r.value, tuple):
            self.say(node, "qudt:numericValue", number(r.value))
        self.say(node, "zhize:unit", r.unit)
        self.say(node, "qudt:hasUnit", standard_unit(r.unit) if r.unit else None)
        self.say(node, "zhize:change", concept("changes", r.change) if r.change else None)
        self.say(node, "zhize:baseline", number(r.baseline) or (r.baseline if isinstance(r.baseline, str) else None))
        self.say(node, "zhize:deadline", deadline(r.by))
        self.say(node, "zhize:due", due(r.by))
        self._doubt(node, r.confidence, r.reason)

    def citation(self, r: CitationRecord) -> None:
        """A mention of another document; which document it is, is decided over the whole store (graph/links.py)."""
        exact = r.quote or r.title or r.number or ""
        node = self._fact(r, "citation", exact, r.relation, r.title or "", r.number or "")
        self.say(node, "rdf:type", term("zhize:Citation"))
        self.say(node, "zhize:relation", concept("relations", r.relation))
        self.say(node, "zhize:citedTitle", r.title)
        self.say(node, "zhize:citedNumber", r.number)
        self.say(node, "zhize:refersTitle", r.refers_title)
        self.say(node, "zhize:refersNumber", r.refers_number)
        short = r.refers_title or r.refers_number
        self.match(node, (r.refers_title if short else r.title,), r.refers_number if short else r.number)
        for part in (r.cited_clause or "").split("、"):
            self.say(node, "zhize:citedClause", part)
        self.say(node, "zhize:repealedFrom", deadline(r.from_date))
        self._doubt(node, r.confidence, r.reason)

    def reference(self, r: ReferenceRecord) -> None:
        """Words that point to a document; 本办法 is left out, as it always points to the policy itself."""
        if r.kind == "self":
            return
        node = self._fact(r, "reference", r.quote, r.refers_title or "", r.refers_number or "")
        self.say(node, "rdf:type", term("zhize:Reference"))
        self.say(node, "zhize:refersTitle", r.refers_title)
        self.say(node, "zhize:refersNumber", r.refers_number)
        self._doubt(node, r.confidence, r.reason)

    def precedence(self, r: PrecedenceRecord) -> None:
        """A clause that says which rule, or which text of a document, holds."""
        node = self._fact(r, "precedence", r.quote, r.kind, r.title or "", r.number or "")
        self.say(node, "rdf:type", term("zhize:Precedence"))
        self.say(node, "zhize:precedenceKind", concept("precedences", r.kind))
        if r.prevails == "this":
            self.say(node, "zhize:prevailing", self.policy)
        else:
            self.say(node, "zhize:refersTitle", r.title)
            self.say(node, "zhize:refersNumber", r.number)
        self._doubt(node, r.confidence, r.reason)

    def member(self, r: MemberRecord) -> None:
        """A body that the document makes a member of a group."""
        node = self._fact(r, "member", r.mention, r.role, r.agency, r.group)
        why = "" if r.agency_known else r.reason
        body = Agency(r.agency, r.agency_place, tier_of(r.agency_tier), r.agency_kind, r.agency_known, why)
        group = Agency(r.group, r.group_place, tier_of(r.group_tier), r.group_kind, r.group_known, "")
        self.say(node, "rdf:type", term("org:Membership"))
        self.say(node, "org:member", self.agency(body))
        self.say(node, "org:organization", self.agency(group))
        self.say(node, "org:role", concept("memberships", r.role))
        self.say(node, "zhize:shortName", r.group_short)
        self._doubt(node, r.confidence, r.reason)

    def note(self, r: NoteRecord) -> None:
        """Something that a person should look at."""
        node = self._fact(r, "note", r.quote, r.kind, r.message)
        self.say(node, "rdf:type", term("zhize:Note"))
        self.say(node, "zhize:noteKind", r.kind)
        self.say(node, "rdfs:comment", r.message)
