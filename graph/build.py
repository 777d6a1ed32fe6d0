"""Records in, a published graph out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from extract import __version__
from extract.models import PolicyRecord, Record
from graph import iris
from graph.errors import RecordOrderError
from graph.links import link
from graph.look import Look
from graph.quads import PolicyQuads, policy_quads
from graph.store import Draft, Store, drafting
from ontology.vocabulary import ONTOLOGY_FILES, term, triples

_BATCH = 250_000  # statements held in memory before they are loaded; about 100 MB, and a third less time than with 50,000


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did, in numbers of policies.

    ``repeated`` names policies that were given more than once in this build (the first was kept), as (identifier, source).
    ``statements`` is the size of the whole graph afterwards, ``published`` False where nothing changed and the old one stands.
    """

    folder: Path
    added: int
    changed: int
    unchanged: int
    removed: int
    kept: int
    facts: int
    statements: int
    published: bool
    repeated: tuple[tuple[str, str], ...] = ()

    @property
    def policies(self) -> int:
        """All policies in the graph afterwards."""
        return self.added + self.changed + self.unchanged + self.kept


def build(
    records: Iterable[Record],
    folder: Path,
    on_policy: Callable[[PolicyRecord], None] | None = None,
    extractor: str | None = None,
) -> BuildReport:
    """Write records to the graph in ``folder`` and publish it at once; readers see the old graph until then.

    The records of a policy follow its :class:`PolicyRecord`. A source (by file name, or by hash where a file was renamed) that is
    given again replaces what it gave before; other documents stay. ``on_policy`` is called after each policy. Building the same
    again changes nothing. Raises :class:`StoreBusyError` and :class:`RecordOrderError`; then nothing is published.
    """
    with drafting(Path(folder)) as draft:
        loader = _Loader(draft, extractor or f"zhize-{__version__}")
        for policy, facts in by_policy(records):
            loader.put(policy, facts)
            if on_policy is not None:
                on_policy(policy)
        return loader.finish()


def by_policy(records: Iterable[Record]) -> Iterator[tuple[PolicyRecord, list[Record]]]:
    """Each policy with its facts. Raises :class:`RecordOrderError` where a fact stands apart from its policy."""
    policy: PolicyRecord | None = None
    facts: list[Record] = []
    for record in records:
        if isinstance(record, PolicyRecord):
            if policy is not None:
                yield policy, facts
            policy, facts = record, []
        elif policy is None or record.policy != policy.policy:
            raise RecordOrderError(record.policy)
        else:
            facts.append(record)
    if policy is not None:
        yield policy, facts


@dataclass
class _Loader:
    """Compares each policy with the published graph and loads what is new."""

    draft: Draft
    extractor: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    facts: int = 0
    batch: list[ox.Quad] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    sources: set[tuple[str, str]] = field(default_factory=set)
    stale: set[str] = field(default_factory=set)
    repeated: list[tuple[str, str]] = field(default_factory=list)

    def put(self, policy: PolicyRecord, facts: list[Record]) -> None:
        """One policy: load it, unless the graph has it already."""
        self._source(policy)
        quads = policy_quads(policy, facts, self.extractor)
        graph = quads.graph.value
        if graph in self.seen:
            self.repeated.append((policy.policy, policy.source))
            return
        self.seen.add(graph)
        self.facts += len(facts)
        before = self._digest(quads.graph)
        if before == quads.digest:
            self.unchanged += 1
            return
        if before is None:
            self.added += 1
        else:
            self.changed += 1
            self.draft.store.remove_graph(quads.graph)
        self._load(quads)

    def _source(self, policy: PolicyRecord) -> None:
        """At the first policy of a source, note what the source gave to the published graph."""
        source = (policy.source, policy.sha256)
        if source in self.sources:
            return
        self.sources.add(source)
        if self.draft.old is not None:
            self.stale.update(_graphs_of(self.draft.old, *source))

    def _digest(self, graph: ox.NamedNode) -> str | None:
        if self.draft.old is None:
            return None
        return Look(self.draft.old.engine).text(graph, "zhize:digest") or None

    def _load(self, quads: PolicyQuads) -> None:
        self.batch += quads.own
        self.batch += quads.shared
        if len(self.batch) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        if self.batch:
            self.draft.store.bulk_extend(self.batch)
            self.draft.written += len(self.batch)
            self.batch.clear()

    def finish(self) -> BuildReport:
        """Take out what its source no longer gives, decide what citations mean, publish."""
        self._flush()
        gone = self.stale - self.seen
        for graph in sorted(gone):
            self.draft.store.remove_graph(ox.NamedNode(graph))
        if _put_ontology(self.draft) or self.draft.changed:
            self.draft.compact()
            link(self.draft.store)
        published = self.draft.changed
        store = self.draft.store if published else self.draft.old.engine if self.draft.old else None
        graphs = [g.value for g in store.named_graphs() if g.value.startswith(iris.POLICY_GRAPHS)] if store else []
        report = BuildReport(
            folder=self.draft.folder,
            added=self.added,
            changed=self.changed,
            unchanged=self.unchanged,
            removed=len(gone),
            kept=len(graphs) - self.added - self.changed - self.unchanged,
            facts=self.facts,
            statements=len(store) if store is not None else 0,
            published=published,
            repeated=tuple(self.repeated),
        )
        del store
        self.draft.publish()
        return report


def _graphs_of(store: Store, name: str, sha256: str) -> Iterator[str]:
    """The policy graphs that were read from a file of this name, or of these bytes."""
    look = Look(store.engine)
    sources = list(look.subjects("dcterms:title", ox.Literal(name), iris.SHARED))
    if sha256:
        for checksum in look.subjects("spdx:checksumValue", ox.Literal(sha256), iris.SHARED):
            sources += look.subjects("spdx:checksum", checksum, iris.SHARED)
    for source in sources:
        for graph in look.subjects("prov:wasDerivedFrom", source):
            yield graph.value


def _put_ontology(draft: Draft) -> bool:
    """Put the ontology itself into the graph, so that queries find its labels; False where it is there already."""
    digest = hashlib.sha256(b"\n".join(file.read_bytes() for file in ONTOLOGY_FILES)).hexdigest()
    stamp = ox.Quad(iris.ONTOLOGY, term("zhize:digest"), ox.Literal(digest), iris.ONTOLOGY)
    if draft.old is not None and stamp in draft.old.engine:
        return False
    draft.store.remove_graph(iris.ONTOLOGY)
    draft.store.extend([ox.Quad(t.subject, t.predicate, t.object, iris.ONTOLOGY) for t in triples()] + [stamp])
    return True
