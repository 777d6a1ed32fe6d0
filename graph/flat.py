"""The graph as flat tables for those who ask in SQL or data frames: one SQLite file, or a folder of Parquet files.

Policy by policy, so that memory holds one at a time. The tables, their columns and what each means stand in ``flat.tsv``; a SQLite
file has them in its table ``columns``, a Parquet file as metadata of its fields. The same graph gives the same rows in one order.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import pyoxigraph as ox

from graph import iris
from graph.cells import text_of
from graph.errors import GraphError
from graph.store import Store
from ontology.vocabulary import PREFIXES, codes, expand

Value = str | int | float | None
Row = tuple[Value, ...]
_PYTHON: dict[str, Callable[[str], Value]] = {"text": str, "integer": int, "real": float}
_BATCH = 50_000  # rows of a Parquet row group


class NoParquetError(GraphError):
    """pyarrow is not installed."""

    def __init__(self) -> None:
        super().__init__("Parquet needs the package pyarrow, which is not installed.", "Add it with: pip install 'zhize[parquet]'")


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its SQL type (text, integer, real), how it is read, and what it means in Chinese and English.

    ``path`` is terms of the ontology, one after another, from the row's subject; or a word in angle brackets for what is not one
    statement of the graph (see :class:`_Reader`).
    """

    table: str
    name: str
    type: Literal["text", "integer", "real"]
    path: str
    chinese: str
    english: str


@cache
def fields() -> dict[str, tuple[Field, ...]]:
    """The columns of each table, in their order."""
    lines = (files(__package__) / "flat.tsv").read_text(encoding="utf-8").splitlines()
    found: dict[str, list[Field]] = defaultdict(list)
    for line in [line for line in lines if line and not line.startswith("#")][1:]:
        field = Field(*line.split("\t"))  # type: ignore[arg-type]
        found[field.table].append(field)
    return {table: tuple(several) for table, several in found.items()}


_CLASSES = {
    "zhize:Policy": "policies",
    "eli:LegalResourceSubdivision": "clauses",
    "zhize:Duty": "duties",
    "zhize:Figure": "targets",
    "zhize:Citation": "citations",
    "zhize:Note": "notes",
}
_ROLES = ("lead", "responsible", "support")
_OPERATORS = {"eq": "=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "approximately": "~"}
_KEYS = {"clauses": "clause", "policies": "policy", "agencies": "agency", "duties": "duty"}
"""The tables with a key, which other tables name by that column."""
_REFERENCES = {"policy": "policies", "clause": "clauses", "agency": "agencies"}

_NAMES = "SELECT ?agency ?name WHERE { ?agency a org:FormalOrganization ; skos:prefLabel ?name }"

_RESOLVED = """
SELECT ?c ?document ?why
WHERE {
  $c$
  ?c zhize:resolvedTo ?document .
  OPTIONAL { ?c zhize:unresolved ?why }
}"""

_BOOLEAN = PREFIXES["xsd"] + "boolean"
_NOTATION = PREFIXES["skos"] + "notation"

Said = dict[str, list[ox.NamedNode | ox.Literal]]


class _Reader:
    """The statements of one named graph by subject, and the values of columns read from them."""

    def __init__(
        self, store: Store, graph: ox.NamedNode, sources: Mapping[str, Said], names: Mapping[str, str] | None = None
    ) -> None:
        self.store = store
        self.names = names or {}
        self.said: dict[str, Said] = defaultdict(lambda: defaultdict(list))
        for quad in store.quads(graph):
            self.said[quad.subject.value][quad.predicate.value].append(quad.object)  # type: ignore[union-attr,arg-type]
        self.sources = sources

    def rows(self) -> Iterator[tuple[str, Row]]:
        """The rows with their tables, in the order of the text."""
        kinds = {expand(curie): table for curie, table in _CLASSES.items()}
        found = []
        for subject, said in self.said.items():
            for kind in said.get(PREFIXES["rdf"] + "type", ()):
                if table := kinds.get(kind.value):
                    start = self.value(subject, "<start>")
                    found.append((table, int(start) if start else 0, subject))
        for table, _, subject in sorted(found):
            yield table, tuple(_typed(field, self.value(subject, field.path)) for field in fields()[table])

    def value(self, subject: str, path: str) -> str:
        """The value of a column; "" where nothing is said. Several values are joined by ；."""
        if path == "<iri>":
            return subject
        if path == "<quote>":
            return self._selector(subject, "oa:exact")
        if path in ("<start>", "<end>"):
            return self._selector(subject, f"oa:{path[1:-1]}")
        if path in ("<document>", "<unresolved>"):
            return self._resolved(subject, "zhize:resolvedTo" if path == "<document>" else "zhize:unresolved")
        if path in ("<bearer>", "<issuers>"):
            found = self._values(subject, "odrl:assignee" if path == "<bearer>" else "eli:passed_by")
            return "；".join(sorted(self.names.get(value.value, "") for value in found))
        if path == "<kind>":
            kinds = {value.value for value in self._values(subject, "rdf:type")}
            return "support" if expand("zhize:Support") in kinds else "target"
        subjects = [subject]
        *steps, last = path.split("/")
        for step in steps:
            subjects = [value.value for at in subjects for value in self._values(at, step)]
        return "；".join(sorted({self._word(value) for at in subjects for value in self._values(at, last)}))

    def _values(self, subject: str, curie: str) -> list[ox.NamedNode | ox.Literal]:
        said = self.said.get(subject) or self.sources.get(subject) or {}
        return said.get(expand(curie), [])

    def _selector(self, subject: str, curie: str) -> str:
        found = [
            value.value
            for at in self._values(subject, "zhize:evidence")
            for selector in self._values(at.value, "oa:hasSelector")
            for value in self._values(selector.value, curie)
        ]
        return found[0] if found else ""

    def _resolved(self, citation: str, curie: str) -> str:
        return min(self._resolutions.get((citation, curie), ()), default="")

    @cached_property
    def _resolutions(self) -> dict[tuple[str, str], list[str]]:
        """What is said of the citations of this graph over the whole store."""
        kind, wanted = PREFIXES["rdf"] + "type", expand("zhize:Citation")
        citations = [ox.NamedNode(s) for s, said in self.said.items() if any(k.value == wanted for k in said.get(kind, ()))]
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for citation, document, why in self.store.select(_RESOLVED, c=citations) if citations else ():
            found[text_of(citation), "zhize:resolvedTo"].append(text_of(document))
            found[text_of(citation), "zhize:unresolved"] += [text_of(why)] if why is not None else []
        return found

    def _word(self, value: ox.NamedNode | ox.Literal) -> str:
        """A literal's words, an entry of a code list by its code, an operator by its sign, another IRI as it is."""
        if isinstance(value, ox.Literal):
            return str(int(value.value == "true")) if value.datatype.value == _BOOLEAN else value.value
        if (code := codes().get(value.value)) is not None:
            return code
        if notation := self.sources.get(value.value, {}).get(_NOTATION):  # a genre that the ontology does not list
            return notation[0].value
        name = value.value.replace("#", "/").rsplit("/", 1)[-1]
        return _OPERATORS.get(name, value.value) if value.value.startswith((PREFIXES["odrl"], PREFIXES["zhize"])) else value.value


def _typed(field: Field, text: str) -> Value:
    return _PYTHON[field.type](text) if text else (None if field.type != "text" else "")


def rows(store: Store) -> Iterator[tuple[str, Row]]:
    """All rows with the names of their tables: policy by policy, the agencies at the end."""
    shared = _Reader(store, iris.SHARED, {}).said
    load: Counter[tuple[str, str]] = Counter()
    names = [field.name for field in fields()["duties"]]
    bearer, role = names.index("agency"), names.index("role")
    called = {text_of(agency): text_of(name) for agency, name in store.select(_NAMES)}
    for graph in store.graphs():
        if graph.value.startswith(iris.POLICY_GRAPHS):
            for table, row in _Reader(store, graph, shared, called).rows():
                if table == "duties":
                    load[str(row[bearer]), str(row[role])] += 1
                yield table, row
    yield from _agencies(store, load)


def _agencies(store: Store, load: Counter[tuple[str, str]]) -> Iterator[tuple[str, Row]]:
    reader = _Reader(store, iris.AGENCIES, {})
    wanted = expand("org:FormalOrganization")
    for subject in sorted(reader.said):
        if any(kind.value == wanted for kind in reader.said[subject][PREFIXES["rdf"] + "type"]):
            counted = {f"<{role}>": str(load[subject, role]) for role in _ROLES}
            cells = (counted.get(field.path) or reader.value(subject, field.path) for field in fields()["agencies"])
            yield "agencies", tuple(_typed(field, text) for field, text in zip(fields()["agencies"], cells, strict=True))


def write_sqlite(store: Store, path: Path) -> dict[str, int]:
    """Write a SQLite file; gives the numbers of rows. It is written beside and put in place at the end. Raises OSError."""
    beside = path.with_name(path.name + ".part")
    beside.open("wb").close()  # an OSError with a reason, where SQLite knows none
    try:
        base = sqlite3.connect(beside)
        try:
            counts = _fill(base, store)
        finally:
            base.close()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return counts


def _fill(base: sqlite3.Connection, store: Store) -> dict[str, int]:
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("PRAGMA synchronous = OFF")
    for table, columns in fields().items():
        base.execute(_create(table, columns))
    counts: Counter[str] = Counter(dict.fromkeys(fields(), 0))
    inserts = {t: f"INSERT INTO {t} VALUES ({', '.join('?' * len(columns))})" for t, columns in fields().items()}  # noqa: S608
    with base:
        for table, row in rows(store):
            base.execute(inserts[table], row)
            counts[table] += 1
        base.execute('CREATE TABLE columns ("table" TEXT, "column" TEXT, type TEXT, meaning TEXT, meaning_en TEXT)')
        described = [(f.table, f.name, f.type, f.chinese, f.english) for several in fields().values() for f in several]
        base.executemany("INSERT INTO columns VALUES (?, ?, ?, ?, ?)", described)
        for table, columns in fields().items():
            for name in (f.name for f in columns if f.name in _REFERENCES and _KEYS.get(table) != f.name):
                base.execute(f"CREATE INDEX {table}_{name} ON {table} ({name})")
    return dict(counts)


def _create(table: str, columns: Sequence[Field]) -> str:
    key = _KEYS.get(table)
    lines = []
    for field in columns:
        line = f'"{field.name}" {field.type.upper()}'
        if field.name == key:
            line += " PRIMARY KEY"
        elif field.name in _REFERENCES:
            line += f' REFERENCES {_REFERENCES[field.name]} ("{field.name}")'
        lines.append(line)
    return f"CREATE TABLE {table} ({', '.join(lines)})"


def datasette_metadata(database: str) -> str:
    """The metadata (JSON) with which Datasette shows what each column means; ``database`` is the file's name without suffix."""
    tables = {table: {"columns": {f.name: f"{f.chinese} · {f.english}" for f in columns}} for table, columns in fields().items()}
    return json.dumps({"databases": {database: {"tables": tables}}}, ensure_ascii=False, indent=1) + "\n"


def write_parquet(store: Store, folder: Path) -> dict[str, int]:
    """Write a Parquet file a table into ``folder``, which is made where needed; gives the numbers of rows.

    Raises :class:`NoParquetError` without pyarrow, and OSError. Each file is put in place at the end.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise NoParquetError from error
    kinds = {"text": pa.string(), "integer": pa.int64(), "real": pa.float64()}
    folder.mkdir(parents=True, exist_ok=True)
    schemas = {table: pa.schema([pa.field(f.name, kinds[f.type], metadata=_meaning(f)) for f in columns])
               for table, columns in fields().items()}  # fmt: skip
    parts = {table: folder / f"{table}.parquet.part" for table in schemas}
    counts: Counter[str] = Counter(dict.fromkeys(schemas, 0))
    writers: dict[str, Any] = {}
    try:
        for table, schema in schemas.items():
            writers[table] = pq.ParquetWriter(parts[table], schema, compression="zstd")
        waiting: dict[str, list[Row]] = defaultdict(list)

        def flush(table: str) -> None:
            columns = zip(*waiting[table], strict=True)
            arrays = [pa.array(list(cells), type=at.type) for cells, at in zip(columns, schemas[table], strict=True)]
            writers[table].write_table(pa.Table.from_arrays(arrays, schema=schemas[table]))
            waiting[table].clear()

        for table, row in rows(store):
            waiting[table].append(row)
            counts[table] += 1
            if len(waiting[table]) >= _BATCH:
                flush(table)
        for table in [t for t, several in waiting.items() if several]:
            flush(table)
        for writer in writers.values():
            writer.close()
        for table, part in parts.items():
            part.replace(folder / f"{table}.parquet")
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    return dict(counts)


def _meaning(field: Field) -> dict[str, str]:
    return {"meaning": field.chinese, "meaning_en": field.english}
