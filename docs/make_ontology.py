"""Makes docs/ontology.md and docs/ontology.zh-CN.md: the ontology for readers, out of its files and of the sample corpus's graph.

Usage: python docs/make_ontology.py   (a test holds that the committed pages are what it makes)
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from graph import turtle  # noqa: E402
from graph.build import build  # noqa: E402
from graph.check.model import SHAPES, rules  # noqa: E402
from graph.store import Store, open_store  # noqa: E402
from ontology.vocabulary import DATA, PREFIXES, SHAPES_FILE, ZHIZE, expand, triples  # noqa: E402
from zhize.sources import SAMPLE, Reading  # noqa: E402

PAGES = {"en": "ontology.md", "zh": "ontology.zh-CN.md"}
CLASSES, PROPERTIES = ("owl:Class",), ("owl:ObjectProperty", "owl:DatatypeProperty")
ALIGNED = ("rdfs:subClassOf", "rdfs:subPropertyOf", "owl:equivalentClass", "owl:equivalentProperty", "skos:exactMatch",
           "skos:closeMatch", "rdfs:seeAlso")  # fmt: skip
ORIGIN = {  # classes that say where a fact was read; they make the second picture
    "prov:Bundle", "oa:SpecificResource", "oa:TextPositionSelector", "oa:TextQuoteSelector", "prov:Entity", "prov:SoftwareAgent",
    "spdx:Checksum", "zhize:AgencyReading",
}  # fmt: skip
FACT = "fact"  # stands for all classes that share a property with the same range
SEVERAL = 4  # classes that share a property before the picture draws one arrow for all
SPECIFICATIONS = {
    "eli": ("ELI", "https://eur-lex.europa.eu/eli-register/about.html"),
    "org": ("W3C ORG", "https://www.w3.org/TR/vocab-org/"),
    "odrl": ("ODRL 2.2", "https://www.w3.org/TR/odrl-vocab/"),
    "prov": ("PROV-O", "https://www.w3.org/TR/prov-o/"),
    "oa": ("Web Annotation", "https://www.w3.org/TR/annotation-vocab/"),
    "qudt": ("QUDT", "https://qudt.org/"),
    "time": ("OWL-Time", "https://www.w3.org/TR/owl-time/"),
    "skos": ("SKOS", "https://www.w3.org/TR/skos-reference/"),
    "spdx": ("SPDX", "https://spdx.dev/"),
    "foaf": ("FOAF", "http://xmlns.com/foaf/spec/"),
    "dcterms": ("DCMI Terms", "https://www.dublincore.org/specifications/dublin-core/dcmi-terms/"),
    "rdf": ("RDF", "https://www.w3.org/TR/rdf11-concepts/"),
    "rdfs": ("RDF Schema", "https://www.w3.org/TR/rdf-schema/"),
    "owl": ("OWL 2", "https://www.w3.org/TR/owl2-overview/"),
}
_SHARED_PATH = re.compile(r".*/at(?=/|$)")


@dataclass(frozen=True)
class Edge:
    """An arrow of a picture: a thing of the class ``subject`` leads by ``predicate`` to one of ``thing``."""

    subject: str
    predicate: str
    thing: str


class Ontology:
    """What the files say, by term."""

    def __init__(self) -> None:
        self.said: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
        for triple in triples():
            about = self.said.setdefault(turtle.short(triple.subject.value), {})
            about.setdefault(turtle.short(triple.predicate.value), []).append(triple.object)

    def terms(self, kinds: Sequence[str], own: bool) -> list[str]:
        """The terms of these kinds in the order of the files: our own, or those taken over."""
        wanted = {expand(kind) for kind in kinds}
        return [name for name, said in self.said.items()
                if name.startswith("zhize:") == own and {t.value for t in said.get("rdf:type", ())} & wanted]  # fmt: skip

    def text(self, name: str, predicate: str, lang: str) -> str:
        """What is said of a term in a language, else in none."""
        found = [t for t in self.said.get(name, {}).get(predicate, ()) if isinstance(t, ox.Literal)]
        return next((t.value for t in found if t.language == lang), next((t.value for t in found if not t.language), ""))

    def links(self, name: str, predicate: str) -> list[str]:
        """The terms that a term leads to."""
        return [turtle.short(t.value) for t in self.said.get(name, {}).get(predicate, ()) if isinstance(t, ox.NamedNode)]

    def codes(self, entry: str) -> list[str]:
        """The codes of an entry of a list."""
        return [t.value for t in self.said[entry].get("skos:notation", ())]


class Sample:
    """The graph of the sample corpus: which classes lead where, and how things are named."""

    def __init__(self, store: Store, ontology: Ontology) -> None:
        self.store = store
        above = {over for name in ontology.said for over in ontology.links(name, "rdfs:subClassOf")}
        self.kinds: dict[str, str] = {}
        for quad in store.engine.quads_for_pattern(None, ox.NamedNode(expand("rdf:type")), None, None):
            kind = turtle.short(quad.object.value)
            if quad.subject.value.startswith(DATA) and (kind not in above or quad.subject.value not in self.kinds):
                self.kinds[quad.subject.value] = kind

    def edges(self) -> list[Edge]:
        """All arrows between classes; one for all where several classes share it."""
        found = {
            Edge(self.kinds[q.subject.value], turtle.short(q.predicate.value), self.kinds[q.object.value])
            for q in self.store.engine
            if q.subject.value in self.kinds and isinstance(q.object, ox.NamedNode) and q.object.value in self.kinds
        }
        shared: dict[tuple[str, str], list[Edge]] = {}
        for edge in found:
            shared.setdefault((edge.predicate, edge.thing), []).append(edge)
        out = []
        for (predicate, thing), same in shared.items():
            out += [Edge(FACT, predicate, thing)] if len(same) >= SEVERAL else same
        return sorted(out, key=lambda e: (e.subject, e.thing, e.predicate))

    def patterns(self) -> dict[str, list[str]]:
        """How the things of each class are named, the shortest patterns first."""
        found: dict[str, set[str]] = {}
        for iri, kind in self.kinds.items():
            path = "/".join(map(_segment, iri.removeprefix(DATA).split("/")))
            found.setdefault(kind, set()).add(_SHARED_PATH.sub("…/at", path))
        return {kind: sorted(names, key=lambda name: (len(name), name)) for kind, names in found.items()}

    def duty(self) -> list[ox.Quad]:
        """All that is said of one leading duty with a deadline, its place, its list and its bearer."""
        query = """SELECT ?d ?at ?list ?agency ?due WHERE {
          ?d zhize:role zhize:role-lead ; zhize:form zhize:form-marker ; zhize:due ?due ; zhize:evidence ?at ;
             zhize:assignment ?list ; odrl:assignee ?agency }"""
        rows = sorted(self.store.select(query), key=lambda row: str(row[0]))
        duty, at, listed, agency, _ = rows[0]
        engine = self.store.engine
        selectors = [q.object for q in engine.quads_for_pattern(at, ox.NamedNode(expand("oa:hasSelector")), None, None)]
        said = []
        for node in (duty, listed, agency, at, *sorted(selectors, key=str)):
            said += sorted(engine.quads_for_pattern(node, None, None, None), key=turtle.order)
        return said


def _words() -> dict[str, tuple[str, str]]:
    """The words of the pages by key, in Chinese and English."""
    lines = (ROOT / "docs" / "ontology_words.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.replace("\\n", "\n").split("\t") for line in lines if not line.startswith("#"))
    return {key: (zh, en) for key, zh, en in rows}


def _segment(part: str) -> str:
    if part in ("sha256", "zh"):
        return part
    if re.fullmatch(r"[0-9a-f]{16}(-\d+)?", part):
        return "{hash}"
    return "{name}" if re.search(r"[%0-9]", part) else part


class Page:
    """One page in one language."""

    def __init__(self, lang: str, ontology: Ontology, sample: Sample) -> None:
        self.lang, self.ontology, self.sample = lang, ontology, sample
        self.words = _words()

    def word(self, key: str, **values: str) -> str:
        """A word or sentence of the page, with values filled in where it is a sentence with gaps."""
        text = self.words[key][self.lang == "en"]
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def text(self) -> str:
        """The whole page."""
        parts = (self.head, self.pictures, self.example, self.identifiers, self.classes, self.properties, self.individuals,
                 self.lists, self.reused, self.rules)  # fmt: skip
        return "\n".join(line for part in parts for line in part()) + "\n"

    def label(self, name: str) -> str:
        """A term's name in the language of the page."""
        return self.ontology.text(name, "rdfs:label", self.lang) or name

    def both(self, name: str) -> str:
        """A term's name in the language of the page, and in the other."""
        return f"{self.label(name)} ({self.ontology.text(name, 'rdfs:label', 'en' if self.lang == 'zh' else 'zh')})"

    def head(self) -> Iterator[str]:
        """Title and introduction."""
        about = turtle.short(ZHIZE.rstrip("#"))
        version = self.ontology.text(about, "owl:versionInfo", "")
        yield from (self.word("made"), "", f"# {self.label(about)}", "", self.word("other"), "")
        yield from (self.ontology.text(about, "dcterms:description", self.lang), "")
        yield from (self.word("intro", ns=ZHIZE, version=version), "")

    def pictures(self) -> Iterator[str]:
        """The two pictures."""
        edges = [e for e in self.sample.edges() if "skos:Concept" not in (e.subject, e.thing)]
        origin = [e for e in edges if e.subject in ORIGIN or e.thing in ORIGIN]
        yield from (f"## {self.word('overview')}", "", self.word("says"), "")
        yield from self.picture([e for e in edges if e not in origin])
        yield from ("", self.word("origin"), "")
        yield from (*self.picture(origin), "")

    def picture(self, edges: Sequence[Edge]) -> Iterator[str]:
        """A picture in Mermaid; arrows between the same two classes are one."""
        joined: dict[tuple[str, str], list[str]] = {}
        for edge in edges:
            joined.setdefault((edge.subject, edge.thing), []).append(edge.predicate)
        names = sorted({name for pair in joined for name in pair})
        keys = {name: f"n{at}" for at, name in enumerate(names)}
        yield from ("```mermaid", "flowchart LR")
        for name in names:
            words = self.word("fact") if name == FACT else f"<b>{self.label(name)}</b><br/>{name}"
            yield f'  {keys[name]}["{words}"]' + (":::own" if name.startswith("zhize:") else "")
        for (subject, thing), predicates in sorted(joined.items()):
            yield f'  {keys[subject]} -- "{"<br/>".join(sorted(predicates))}" --> {keys[thing]}'
        yield from ("  classDef own fill:#e8f0fe,stroke:#3367d6", "```")

    def example(self) -> Iterator[str]:
        """A duty in Turtle."""
        said = self.sample.duty()
        block = "".join(turtle.blocks(said)).replace(f"<{DATA}", "<")
        used = [p for p in sorted(PREFIXES) if re.search(rf"(?<![\w<]){p}:", block)]
        yield from (f"## {self.word('example')}", "", self.word("example_intro", base=DATA), "", "```turtle")
        yield f"@base <{DATA}> ."
        yield from (f"@prefix {p}: <{PREFIXES[p]}> ." for p in used)
        yield from ("", block.rstrip(), "```", "")

    def identifiers(self) -> Iterator[str]:
        """How things are named."""
        yield from (f"## {self.word('iris')}", "", self.word("iris_intro", data=DATA), "")
        rows = [(f"`{kind}`", self.label(kind), _listed(names)) for kind, names in sorted(self.sample.patterns().items())]
        yield from (*_table((self.word("class"), self.word("name"), self.word("pattern")), rows), "")

    def classes(self) -> Iterator[str]:
        """The own classes, each with what it is aligned with and why it is there."""
        yield from (f"## {self.word('classes')}", "")
        patterns = self.sample.patterns()
        for name in self.ontology.terms(CLASSES, own=True):
            yield from (f'<a id="{_anchor(name)}"></a>', f"### `{name}` — {self.both(name)}", "", self.comment(name), "")
            if aligned := self.aligned(name):
                yield f"- {self.word('aligned')}: {aligned}"
            for other in self.ontology.links(name, "owl:disjointWith"):
                yield f"- {self.word('disjoint', other=self.link(other))}"
            yield f"- {self.word('why')}: {self.ontology.text(name, 'skos:editorialNote', self.lang)}"
            if name in patterns:
                yield f"- {self.word('pattern')}: {_listed(patterns[name])}"
            yield ""

    def properties(self) -> Iterator[str]:
        """The own properties by the class that they belong to."""
        yield from (f"## {self.word('properties')}", "")
        groups: dict[str, list[str]] = {}
        for name in self.ontology.terms(PROPERTIES, own=True):
            groups.setdefault(next(iter(self.ontology.links(name, "rdfs:domain")), ""), []).append(name)
        for domain in sorted(groups):
            title = self.word("of", domain=f"{self.label(domain)} ({domain})") if domain else self.word("several")
            rows = [
                (f'<a id="{_anchor(name)}"></a>`{name}`<br/>{self.both(name)}', self.comment(name), self.range(name),
                 "<br/>".join(filter(None, (self.aligned(name), self.ontology.text(name, "skos:editorialNote", self.lang)))))
                for name in groups[domain]
            ]  # fmt: skip
            heads = [self.word(key) for key in ("term", "meaning", "range", "near")]
            yield from (f"### {title}", "", *_table(heads, rows), "")

    def individuals(self) -> Iterator[str]:
        """Own things that are neither classes, properties nor entries of a list."""
        others = {*self.ontology.terms((*CLASSES, *PROPERTIES, "skos:Concept", "skos:ConceptScheme"), own=True)}
        names = [n for n in self.ontology.said if n.startswith("zhize:") and n not in others]
        rows = []
        for name in names:
            kinds = ", ".join(map(self.link, self.ontology.links(name, "rdf:type")))
            why = self.ontology.text(name, "skos:editorialNote", self.lang)
            rows.append((f'<a id="{_anchor(name)}"></a>`{name}`<br/>{self.both(name)}', self.comment(name), kinds, why))
        heads = [self.word(key) for key in ("term", "meaning", "class", "why")]
        yield from (f"## {self.word('individuals')}", "", *_table(heads, rows), "")

    def comment(self, name: str) -> str:
        """What a term means."""
        return self.ontology.text(name, "rdfs:comment", self.lang)

    def link(self, name: str) -> str:
        """A term, with a link to where it stands on the page."""
        here = "rdf:type" in self.ontology.said.get(name, {}) and not name.startswith("xsd:")
        return f"[`{name}`](#{_anchor(name)})" if here else f"`{name}`"

    def range(self, name: str) -> str:
        """What a property leads to."""
        return ", ".join(self.link(thing) for thing in self.ontology.links(name, "rdfs:range")) or "—"

    def aligned(self, name: str) -> str:
        """The standard terms that a term is under, or near."""
        return ", ".join(f"`{p}` {self.link(thing)}" for p in ALIGNED for thing in self.ontology.links(name, p))

    def lists(self) -> Iterator[str]:
        """The code lists."""
        yield from (f"## {self.word('lists')}", "", self.word("lists_intro"), "")
        for scheme in self.ontology.terms(("skos:ConceptScheme",), own=True):
            entries = [e for e in self.ontology.said if scheme in self.ontology.links(e, "skos:inScheme")]
            rows = []
            for entry in entries:
                names = [self.ontology.text(entry, "skos:prefLabel", lang) for lang in ("zh", "en")]
                match = "、".join(f"`{m}`" for m in self.ontology.links(entry, "skos:exactMatch"))
                rows.append((f"`{entry}`", " ".join(f"`{c}`" for c in self.ontology.codes(entry)), *names, match))
            heads = [self.word("entry"), self.word("code"), "中文", "English", "skos:exactMatch"]
            width = 5 if any(row[4] for row in rows) else 4
            yield from (f'<a id="{_anchor(scheme)}"></a>', f"### `{scheme}` — {self.both(scheme)}", "")
            yield from (*_table(heads[:width], [row[:width] for row in rows]), "")

    def reused(self) -> Iterator[str]:
        """The terms taken over, by vocabulary."""
        yield from (f"## {self.word('reused')}", "")
        names = self.ontology.terms((*CLASSES, *PROPERTIES, "owl:NamedIndividual"), own=False)
        for prefix in dict.fromkeys(name.partition(":")[0] for name in names):
            title, address = SPECIFICATIONS.get(prefix, (prefix, PREFIXES[prefix]))
            rows = [(f'<a id="{_anchor(n)}"></a>`{n}`', self.label(n), self.ontology.text(n, "skos:scopeNote", self.lang))
                    for n in names if n.startswith(prefix + ":")]  # fmt: skip
            heads = [self.word(key) for key in ("term", "name", "used")]
            yield from (f"### [{title}]({address}) `{prefix}:`", "", *_table(heads, rows), "")

    def rules(self) -> Iterator[str]:
        """The rules of a sound graph by what they are about."""
        yield from (f"## {self.word('rules')}", "", self.word("rules_intro"), "")
        rows = []
        for target, names in _bound_rules().items():
            said = [rules()[name].message[self.lang == "en"] for name in names]
            rows.append((f"{self.link(target)}<br/>{self.label(target)}", "<br/>".join(said)))
        yield from _table((self.word("thing"), self.word("rule")), rows)


def _bound_rules() -> dict[str, list[str]]:
    """The rules of the shapes by the class, or the property, that they are bound to."""
    bound: dict[str, list[str]] = {}
    shapes: dict[str, list[ox.Triple]] = {}
    for quad in ox.parse(path=str(SHAPES_FILE), format=ox.RdfFormat.TURTLE):
        shapes.setdefault(quad.subject.value, []).append(quad.triple)
    for shape, said in shapes.items():
        targets = [turtle.short(t.object.value) for t in said if t.predicate.value.endswith(("#targetClass", "#targetSubjectsOf"))]
        names = [t.object.value.removeprefix(SHAPES) for t in said if t.predicate.value.endswith("#property")]
        for target in targets:
            found = bound.setdefault(target, [])
            found += [name for name in (shape.removeprefix(SHAPES), *names) if name in rules()]
    return bound


def _anchor(name: str) -> str:
    return name.replace(":", "-")


def _listed(names: Iterable[str]) -> str:
    return "<br/>".join(f"`{name}`" for name in names)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + " --- |" * len(heads)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def pages() -> dict[str, str]:
    """The pages by file name."""
    with tempfile.TemporaryDirectory() as folder:
        build(Reading([SAMPLE], quiet=True).records(), Path(folder))
        ontology = Ontology()
        sample = Sample(open_store(Path(folder)), ontology)
        return {name: Page(lang, ontology, sample).text() for lang, name in PAGES.items()}


if __name__ == "__main__":
    for file_name, text in pages().items():
        (ROOT / "docs" / file_name).write_text(text, encoding="utf-8")
        print(f"docs/{file_name}")
