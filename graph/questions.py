"""The SPARQL of the answers: a fixed small number of queries each, whatever the size of the graph.

Marks such as ``$agency$`` are filled by :meth:`graph.store.Store.select`.
"""

from __future__ import annotations

import re

AT = "zhize:evidence ?at . ?at oa:hasSource/dcterms:title ?source ; oa:hasSelector ?pos . ?pos oa:start ?start ; oa:end ?end ."
EXACT = "zhize:evidence ?at . ?at oa:hasSelector ?words . ?words oa:exact ?exact"
OF = "zhize:policy ?policy ; zhize:statedIn ?clause . ?clause zhize:path ?path ."

# An OPTIONAL holds one pattern only: with two, the engine joins them over the whole graph first.
HEADS = """
SELECT ?policy ?title ?number ?dated
WHERE {
  { SELECT DISTINCT ?policy WHERE { $agency$ $mine$ ?mine odrl:assignee ?agency ; zhize:policy ?policy } }
  ?policy rdfs:label ?title .
  OPTIONAL { ?policy eli:id_local ?number }
  OPTIONAL { ?policy eli:date_document ?dated }
}"""
ALL_HEADS = re.sub(r"\{ SELECT.*", "?policy a zhize:Policy .", HEADS)
SOME_HEADS = re.sub(r"\{ SELECT.*", "$policy$ ?policy a zhize:Policy .", HEADS)

DUTIES = f"""
SELECT ?d ?agency ?name ?role ?form ?path ?heading ?task ?deadline ?policy ?as ?order ?conf ?reason
       ?source ?start ?end ?quote ?clause
WHERE {{
  $agency$ $d$
  ?d odrl:assignee ?agency ; zhize:policy ?policy .
  $role$
  ?d zhize:role ?role ; zhize:form ?form ; zhize:order ?order ; zhize:assignment ?as ; zhize:statedIn ?clause ; {AT}
  ?clause zhize:path ?path .
  ?agency skos:prefLabel ?name .
  OPTIONAL {{ ?clause zhize:heading ?heading }}
  OPTIONAL {{ ?d zhize:task ?task }}
  OPTIONAL {{ ?d zhize:deadline ?deadline }}
  OPTIONAL {{ ?d zhize:confidence ?conf }}
  OPTIONAL {{ ?d zhize:reason ?reason }}
  OPTIONAL {{ ?as zhize:text ?quote }}
}}"""

PARTNERS = """
SELECT DISTINCT ?as ?d ?order ?role ?name
WHERE {
  { SELECT DISTINCT ?as WHERE { $agency$ $mine$ ?mine odrl:assignee ?agency ; zhize:assignment ?as } }
  ?d zhize:assignment ?as ; zhize:order ?order ; zhize:role ?role ; odrl:assignee ?bearer .
  ?bearer skos:prefLabel ?name .
}"""

BESIDE = f"""
SELECT ?clause ?start ?exact
WHERE {{
  {{ SELECT DISTINCT ?clause WHERE {{ $agency$ $mine$ ?mine odrl:assignee ?agency ; zhize:statedIn ?clause }} }}
  ?t zhize:statedIn ?clause ; {EXACT} .
  ?at oa:hasSelector ?place . ?place oa:start ?start .
  FILTER EXISTS {{ ?t a zhize:Figure }}
}}"""

MENTIONS = f"SELECT ?d ?exact WHERE {{ $agency$ $d$ ?d odrl:assignee ?agency ; {EXACT} }}"

POLICIES = """
SELECT ?policy ?title ?number ?place ?dated ?effective ?onissue ?expires ?genre
WHERE {
  ?policy a zhize:Policy ; rdfs:label ?title .
  OPTIONAL { ?policy eli:id_local ?number }
  OPTIONAL { ?policy zhize:place ?place }
  OPTIONAL { ?policy eli:date_document ?dated }
  OPTIONAL { ?policy eli:first_date_entry_in_force ?effective }
  OPTIONAL { ?policy zhize:effectiveOnIssue ?onissue }
  OPTIONAL { ?policy eli:date_no_longer_in_force ?expires }
  OPTIONAL { ?policy eli:type_document ?genre }
}"""

CITED = """
SELECT ?document ?title ?number
WHERE {
  ?document a zhize:CitedDocument .
  OPTIONAL { ?document rdfs:label ?title }
  OPTIONAL { ?document eli:id_local ?number }
}"""

LINKS = f"""
SELECT ?policy ?relation ?document ?title ?number ?path ?source ?start ?end ?why ?c
WHERE {{
  $relation$
  ?c a zhize:Citation ; zhize:relation ?relation ; zhize:resolvedTo ?document ; {OF}
  ?c {AT}
  OPTIONAL {{ ?document rdfs:label ?title }}
  OPTIONAL {{ ?document eli:id_local ?number }}
  OPTIONAL {{ ?c zhize:unresolved ?why }}
}}"""

PARTS = "SELECT ?c ?part WHERE { ?c a zhize:Citation ; zhize:citedClause ?part }"
PATHS = "SELECT ?c ?path WHERE { ?c a zhize:Citation ; zhize:resolvedClause ?part . ?part zhize:path ?path }"
FROM = "SELECT ?c ?from WHERE { ?c a zhize:Citation ; zhize:repealedFrom ?from }"

PRECEDENCES = f"""
SELECT ?policy ?kind ?path ?source ?start ?end ?x
WHERE {{
  ?x a zhize:Precedence ; zhize:precedenceKind ?kind ; {OF}
  ?x {AT}
}}"""

PREVAILING = """
SELECT ?x ?document ?title ?number
WHERE {
  ?x zhize:prevailing ?document .
  OPTIONAL { ?document rdfs:label ?title }
  OPTIONAL { ?document eli:id_local ?number }
}"""

TARGETS = f"""
SELECT ?t ?kind ?indicator ?op ?value ?unit ?change ?baseline ?by ?path ?policy ?source ?start ?end ?low ?high
WHERE {{
  $kind$
  ?t a ?kind ; odrl:operator ?op ; {OF}
  ?t {AT}
  OPTIONAL {{ ?t zhize:indicator ?indicator }}
  OPTIONAL {{ ?t zhize:valueText ?value }}
  OPTIONAL {{ ?t zhize:unit ?unit }}
  OPTIONAL {{ ?t zhize:change ?change }}
  OPTIONAL {{ ?t zhize:baseline ?baseline }}
  OPTIONAL {{ ?t zhize:deadline ?by }}
  OPTIONAL {{ ?t zhize:low ?low }}
  OPTIONAL {{ ?t zhize:high ?high }}
}}"""

NOTES = f"""
SELECT ?n ?kind ?message ?path ?policy ?source ?start ?end
WHERE {{
  $n$
  ?n a zhize:Note ; {OF}
  ?n {AT}
  OPTIONAL {{ ?n zhize:noteKind ?kind }}
  OPTIONAL {{ ?n rdfs:comment ?message }}
}}"""
