"""What travels through the program: the text of a policy and the facts read in it.

Two kinds of offsets occur and never mix:

* *clean* offsets count characters of ``PolicyText.text``, the text with its layout undone;
* *raw* offsets count characters of ``SourceText.text``, the decoded file. All facts carry raw offsets.

``PolicyText.raw`` leads from the first to the second.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from typing import Any, Literal, NamedTuple

from extract import fact
from extract.frozen import dataclass
from extract.offsets import Offsets

Role = Literal["lead", "responsible", "support"]
Form = Literal["marker", "table", "inline"]
Relation = Literal["basis", "repeals", "amends", "cites"]
Fact = fact.Fact
MemberRecord = fact.MemberRecord
Tier = Literal["state", "province", "city", "county", "township", ""]


@dataclass(frozen=True, slots=True)
class SourceText:
    """A decoded file. ``name`` is its file name, ``sha256`` the hash of its bytes.

    ``format`` is text, pdf, docx, html, xlsx or ofd; ``text`` is what its reader made of it. ``pages`` holds the offset at which
    each page begins and is empty where the format has none. ``warnings`` says in sentences what could not be read.
    ``simplified`` is the text in simplified characters, of the same length, where it is in traditional ones, else "".
    """

    name: str
    text: str
    sha256: str
    encoding: str = "utf-8"
    format: str = "text"
    pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    simplified: str = ""

    @property
    def reading(self) -> str:
        """What the rules read: simplified characters, at the offsets of ``text``."""
        return self.simplified or self.text

    def page(self, offset: int) -> int | None:
        """The page, counted from 1, that holds the raw offset; None where the format has no pages."""
        return max(bisect_right(self.pages, offset), 1) if self.pages else None


class Setting(NamedTuple):
    """The place that a document speaks from; it completes names such as 市财政局. A tuple, for it is a key of many caches.

    Each of the first three is an official place name or "" (``Setting()`` is the central government). ``body`` is the institution
    that speaks where that is no authority of the place (江南科技大学, a company, a hospital); it completes names such as 教务处.
    """

    province: str = ""
    city: str = ""
    county: str = ""
    body: str = ""

    @property
    def tier(self) -> Tier:
        """The lowest tier that is named: county, city, province or state."""
        if self.county:
            return "county"
        if self.city:
            return "city"
        return "province" if self.province else "state"

    @property
    def place(self) -> str:
        """The name of the lowest place, "" for the state."""
        return self.county or self.city or self.province


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that can bear a duty.

    ``name`` is canonical (full official name with its place in front) and identifies the body. ``kind`` is one of government,
    party, department, vertical, court, procuratorate, mass, institution, company, group, office, unnamed. ``known`` is False where
    no table row stands behind the name; ``reason`` then says how the name was formed.
    """

    name: str
    place: str = ""
    tier: Tier = ""
    kind: str = "department"
    known: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """An agency named in a text: ``text[start:end]`` (clean offsets) is the mention as written."""

    start: int
    end: int
    written: str
    agency: Agency


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the clean text; a table row holds tabs between its cells."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of the outline.

    ``path`` is the labels from the outermost to this one joined by "/", as printed ("三/（二）"); "" is the preamble and root.
    ``kind`` is one of root, chapter, section, article, item, runin, box, appendix. ``start``/``end`` (clean) span the clause with
    all that it holds; ``heading`` is its title line or lead-in sentence ("" if it has none). ``key`` is unique in the policy:
    the path, with "#2" and so on where a path occurs again.
    """

    key: str
    path: str
    label: str
    kind: str
    level: int
    start: int
    end: int
    heading: str = ""
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class PolicyRecord:
    """A policy document. ``span`` is raw; dates are ISO strings; ``effective`` may be "issue" (自印发之日起).

    ``policy`` is the identifier, made of number and title alone, so that it is the same on every machine. ``notice`` is the title
    of the notice that issues the document, where there is one. ``reason`` says which fields a person corrected.
    ``authority`` is the SHA-256 of the file by which bodies were named beside the tables, "" where there was none.
    """

    policy: str
    source: str
    span: tuple[int, int]
    title: str
    number: str | None
    issuer: tuple[str, ...]
    dated: str | None
    effective: str | None
    expires: str | None
    type: str | None
    notice: str | None = None
    place: str = ""
    sha256: str = ""
    setting: Setting = Setting()
    problems: tuple[str, ...] = ()
    reason: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class ClauseRecord(Fact):
    """A clause of a policy with its text (white space removed); ``clause`` is its path, ``parent`` the key of the clause above."""

    label: str = ""
    kind: str = ""
    level: int = 0
    heading: str = ""
    parent: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class DutyRecord(Fact):
    """A unit that bears a duty, in one role.

    ``assignment`` names the list or sentence that several units share; ``order`` counts the units in it from 0. ``task`` is what
    is to be done, ``deadline`` an ISO date, a year, or a rhythm like 每年 (the last of several), ``deadline_text`` all its words.
    ``quote`` is the whole assignment as written. ``confidence`` lies in 0..1; ``reason`` says why it is not 1.
    """

    form: Form = "marker"
    role: Role = "responsible"
    mention: str = ""
    agency: str = ""
    agency_kind: str = ""
    agency_place: str = ""
    agency_tier: str = ""
    agency_known: bool = True
    assignment: str = ""
    order: int = 0
    quote: str = ""
    task: str = ""
    deadline: str | None = None
    deadline_text: str | None = None
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TargetRecord(Fact):
    """A figure to be reached (``kind`` target) or money given (support).

    ``op`` is one of = > >= < <= ~; ``value`` a number, a pair of numbers for a range, or a fraction in digits ("1/3"); ``unit`` as
    written; ``by`` a year, an ISO date or 每年; ``change`` up or down where the figure is a change; ``quote`` the words as written.
    """

    kind: Literal["target", "support"] = "target"
    indicator: str = ""
    op: str = "="
    value: float | int | str | tuple[float, float] | None = None
    unit: str | None = None
    change: Literal["up", "down"] | None = None
    baseline: float | int | str | None = None
    by: str | None = None
    quote: str = ""
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CitationRecord(Fact):
    """Another document named in the text; ``title`` or ``number`` is None where the text gives only the other.

    ``title`` is as written. Where it is a short form (《条例》), ``refers_title`` and ``refers_number`` are those of the document
    that the text named before. ``cited_clause`` is the part that is meant, as printed and without the title (第三条、第五条第二款);
    a repeal with one is partial. ``from_date`` is the day from which a repeal holds (ISO, as precise as the text), where known.
    """

    title: str | None = None
    number: str | None = None
    relation: Relation = "cites"
    quote: str = ""
    confidence: float = 1.0
    reason: str = ""
    refers_title: str | None = None
    refers_number: str | None = None
    cited_clause: str | None = None
    from_date: str | None = None


@dataclass(frozen=True, slots=True)
class ReferenceRecord(Fact):
    """Words that point to a document without naming it; no citation in the sense of the annotation guide.

    ``kind`` is self (本办法), anaphor (该办法, 上述通知) or short_form (a form defined before, without 《》). ``refers_title`` and
    ``refers_number`` are those of the document meant; both are None where several could be meant, and ``reason`` then says so.
    """

    kind: Literal["self", "anaphor", "short_form"] = "anaphor"
    quote: str = ""
    refers_title: str | None = None
    refers_number: str | None = None
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PrecedenceRecord(Fact):
    """A clause that says which rule holds where several could.

    ``kind``: overrides (以本办法为准, 从其规定), highest_only (就高不重复) or revised (修订后的《…》, 《…》（2021年修订）). For
    overrides ``prevails`` is this (the policy) or other. ``title`` and ``number`` are those of the document that prevails or was
    revised, None where the text does not name it (以省级政策为准). ``quote`` is the words that say so.
    """

    kind: Literal["overrides", "highest_only", "revised"] = "overrides"
    prevails: Literal["this", "other", ""] = ""
    title: str | None = None
    number: str | None = None
    quote: str = ""
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NoteRecord(Fact):
    """Something that a person should look at: an unknown agency, a missing 文号, a table that was not understood."""

    kind: str = ""
    message: str = ""
    quote: str = ""


Record = (
    PolicyRecord
    | ClauseRecord
    | DutyRecord
    | TargetRecord
    | CitationRecord
    | ReferenceRecord
    | PrecedenceRecord
    | MemberRecord
    | NoteRecord
)

RECORDS: dict[str, type[Record]] = {
    "policy": PolicyRecord,
    "clause": ClauseRecord,
    "duty": DutyRecord,
    "target": TargetRecord,
    "citation": CitationRecord,
    "reference": ReferenceRecord,
    "precedence": PrecedenceRecord,
    "member": MemberRecord,
    "note": NoteRecord,
}
_KIND = {cls: name for name, cls in RECORDS.items()}
_DEFAULTS = {
    "confidence": 1.0,
    "reason": "",
    "authority": "",
    "agency_known": True,
    "group_known": True,
    "group_short": "",
    "page": None,
    "refers_title": None,
    "refers_number": None,
    "cited_clause": None,
    "from_date": None,
}


def to_json(record: Record) -> dict[str, Any]:
    """The record as a JSON object with its kind under ``record``; fields that say nothing new are left out."""
    out: dict[str, Any] = {"record": _KIND[type(record)]}
    for f in dataclasses.fields(record):
        value = getattr(record, f.name)
        if f.name in _DEFAULTS and value == _DEFAULTS[f.name]:
            continue
        if f.name == "setting":
            value = {k: v for k, v in value._asdict().items() if v}
        out[f.name] = list(value) if isinstance(value, tuple) else value
    return out


def from_json(data: dict[str, Any]) -> Record:
    """The reverse of :func:`to_json`. Raises KeyError for an unknown kind and TypeError for unknown or missing fields."""
    cls = RECORDS[data["record"]]
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k != "record"}
    if "setting" in fields:
        fields["setting"] = Setting(**fields["setting"])
    return cls(**fields)


@dataclass(frozen=True)
class PolicyText:
    """One policy with its layout undone: what every finder reads.

    ``text`` has no white space but "\\n" between paragraphs and "\\t" between the cells of a table row. ``back[i]`` is the raw
    offset of ``text[i]``.
    """

    head: PolicyRecord
    source: SourceText
    text: str
    back: Offsets
    paragraphs: tuple[Paragraph, ...]
    clauses: tuple[Clause, ...] = ()
    _starts: list[int] = dataclasses.field(default_factory=list, compare=False, repr=False)

    @property
    def setting(self) -> Setting:
        """The place that the policy speaks from."""
        return self.head.setting

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of the clean span ``[start, end)``; ``start < end`` is required."""
        return self.back.span(start, end)

    def clause_at(self, position: int) -> Clause:
        """The innermost clause that holds the clean offset ``position``."""
        if not self._starts:
            self._starts.extend(c.start for c in self.clauses)
        at = bisect_right(self._starts, position) - 1
        while at > 0 and self.clauses[at].end <= position:
            at -= 1
        return self.clauses[max(at, 0)]

    def fact(self, start: int, end: int, clause: Clause | None = None) -> dict[str, Any]:
        """The fields of :class:`Fact` for the clean span ``[start, end)``, as keyword arguments."""
        where = clause or self.clause_at(start)
        raw_start, raw_end = self.raw(start, end)
        return {
            "policy": self.head.policy,
            "source": self.head.source,
            "clause": where.path,
            "clause_key": where.key,
            "start": raw_start,
            "end": raw_end,
            "page": self.source.page(raw_start),
        }
