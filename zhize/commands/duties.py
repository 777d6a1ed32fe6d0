"""``zhize duties``: the duty list (责任清单) of one agency, or of all, for reading and as a file to circulate."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from zhize.labels import Words
from zhize.ledgers import PAPER_SUFFIXES, Day, make_folder, write_papers
from zhize.options import authority_option, lang_option, quiet_option, store_option
from zhize.options import command as make_command
from zhize.output import SUFFIXES, Output, Sheet, opened, written

if TYPE_CHECKING:
    from graph.ledger.index import Entry
    from graph.ledger.names import FileNames
    from graph.ledger.rows import Filters, Ledger, LedgerRow, Sort
    from graph.ledger.words import LedgerWords
    from graph.rows import AgencyRow
    from graph.store import Place, Store

EXAMPLES = (
    "zhize duties 市财政局",
    "zhize duties 市发改委 --city 云陵市 --role lead",
    "zhize duties 财政局 -o 财政局责任清单.xlsx",
    "zhize duties 青溪县政府 --include-groups --as-of 2024-10-01 -o 青溪县.docx",
    "zhize duties 市城管局 --due-before 2025 --sort deadline -o 到期.ics",
    "zhize duties 市发改委 --role lead --due-after 2025-10 --due-before 2025-12",
    "zhize duties --all -o 台账/",
)
ROLES = ("lead", "responsible", "support")
FORMS = SUFFIXES | PAPER_SUFFIXES | {".ics": "ics"}
_PAPERS = ("xlsx", "docx", "html", "ics")
_FILE_FORMS = tuple(dict.fromkeys(form for form in FORMS.values() if form != "table"))


@make_command(EXAMPLES, name="duties")
@click.argument("agency", required=False)
@click.option("--all", "everybody", is_flag=True, help="A file for every agency, and an index, into the folder -o.")
@click.option("--role", type=click.Choice(ROLES), help="Only as lead (牵头), responsible (责任) or support (配合).")
@click.option("--city", metavar="PLACE", help="Only agencies of this place, such as 云陵市.")
@click.option("--policy", metavar="TEXT", help="Only policies with this in their title or number (文号).")
@click.option(
    "--due-before",
    type=Day("last"),
    metavar="DATE",
    help="Only what falls due on this day or before; a year or month means its end.",
)
@click.option(
    "--due-after",
    type=Day("first"),
    metavar="DATE",
    help="Only what falls due on this day or later; a year or month means its beginning.",
)
@click.option("--as-of", type=Day(), metavar="DATE", help="Only duties of policies in force on this day.")
@click.option("--include-groups", is_flag=True, help="Also duties of its groups: 各县区人民政府, 领导小组成员单位.")
@click.option(
    "--sort",
    type=click.Choice(["policy", "deadline"]),
    default="policy",
    show_default=True,
    help="By policy, the newest first, or by deadline.",
)
@click.option("--format", "form", type=click.Choice(list(dict.fromkeys(FORMS.values()))), help="The form; without a file: table.")
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Write to this file (its suffix decides the form), or folder.",
)
@store_option
@authority_option
@quiet_option
@lang_option
def command(
    *, agency: str | None, everybody: bool, role: str | None, city: str | None, policy: str | None, due_before: str | None,
    due_after: str | None, as_of: str | None, include_groups: bool, sort: Sort, form: str | None, path: Path | None, store: Place,
    quiet: bool, words: Words,
) -> None:  # fmt: skip
    """The duties of AGENCY: role, clause, what is to be done, deadline, figures, and the words that say so.

    \b
    Name the agency in any way people write it: 市发改委, 发展改革委,
    云陵市发展和改革委员会.
    As a file: xlsx and docx to circulate, html, ics with the deadlines,
    csv, md, json, jsonl.
    """
    from graph.ledger.rows import Filters
    from graph.store import open_store

    filters = Filters(role or "", policy or "", due_before or "", as_of or "", include_groups, due_after or "")
    if due_after and due_before and due_after > due_before:
        raise click.UsageError(f"--due-after {due_after} lies behind --due-before {due_before}.")
    path = None if path == Path("-") else path
    if everybody == (agency is not None):
        raise click.UsageError("Name an agency, or give --all." if agency is None else "Give an agency or --all, not both.")
    if agency is None:
        if path is None:
            raise click.UsageError("--all writes a file for every agency: add -o FOLDER.")
        if form == "table":
            raise click.UsageError(f"--all writes files: use --format {', '.join(_FILE_FORMS)}.")
        _all(open_store(store), Folder(path, form or "xlsx", quiet, words), filters, sort, city)
        return
    wanted = form or form_of(path)
    _one(open_store(store), agency, city, filters, sort, Output(wanted, path, words, quiet))


def form_of(path: Path | None) -> str:
    """The form that the suffix of ``path`` asks for; without a path a table for reading."""
    if path is None:
        return "table"
    known = FORMS.get(path.suffix.lower())
    if known is None:
        raise click.UsageError(f"{path}: the suffix does not say a form. Use one of {', '.join(FORMS)}, or add --format.")
    return known


def _one(store: Store, agency: str, city: str | None, filters: Filters, sort: Sort, output: Output) -> None:
    from graph.ledger.rows import ledger

    found = _agency(store, agency, city, filters.groups)
    made = ledger(store, found, filters, sort, contents=output.form in _PAPERS)
    if output.form in _PAPERS:
        if not made.rows:
            click.echo(f"{found.name}: no duty fits.", err=True)
            raise click.exceptions.Exit(1)
        if not _write(made, output):
            click.echo(
                f"{found.name}: no duty (of {len(made.rows)}) has a day on which it falls due; no calendar is written.", err=True
            )
            raise click.exceptions.Exit(1)
        output.written()
        return
    lineage = _lineage(store, found, filters.as_of, output.words) if output.form == "table" else ""
    output.finish(_sheet(made, output.words, lineage), f"{found.name}: no duty fits.")


def _lineage(store: Store, agency: AgencyRow, day: str, words: Words) -> str:
    """What the agency was before and has become by ``day``: their duties stand under their own names."""
    from graph.lineage import Lineage, lineages
    from zhize.rows import told

    return told(lineages(store).get(agency.iri, Lineage()).by(day), words)


def _agency(store: Store, name: str, city: str | None, groups: bool) -> AgencyRow:
    """The agency that ``name`` means; with ``groups`` also one that no document names but a group holds."""
    from zhize.lookup import find_agency

    if groups:
        from graph.bodies import find_agencies
        from graph.ledger.groups import members_named

        if not find_agencies(store, name, city) and len(members := members_named(store, name, city or "")) == 1:
            return members[0]
    return find_agency(store, name, city)


def _write(made: Ledger, output: Output) -> bool:
    """Write a ledger in a form of paper, or as a calendar; False where a calendar would be empty."""
    from graph.ledger import duties
    from graph.ledger.words import LedgerWords

    words = LedgerWords(output.words.lang)
    if output.form == "ics":
        return _write_calendar(made, output.path, words)
    if output.form == "xlsx":
        papers = [duties.table(made, words), duties.summary(made, words)]
    elif output.form == "docx":
        papers = [duties.grouped(made, words)]
    else:
        papers = [duties.grouped(made, words, evidence=True), duties.summary(made, words)]
    write_papers(output.form, output.path, papers, words)
    return True


def _write_calendar(made: Ledger, path: Path | None, words: LedgerWords) -> bool:
    from graph.ledger import ics

    if not any(row.due for row in made.rows):
        return False
    with opened(path, binary=True) as stream:
        ics.write(made, stream, words)
    return True


class Folder:
    """The folder of all ledgers: where, in which form and language."""

    def __init__(self, path: Path, form: str, quiet: bool, words: Words) -> None:
        from graph.ledger.words import LedgerWords

        self.path = path
        self.form = form
        self.quiet = quiet
        self.words = words
        self.ledger_words = LedgerWords(words.lang)

    def write(self, made: Ledger, names: FileNames) -> Entry:
        """Write a ledger; gives its line of the index."""
        from graph.ledger import index
        from graph.ledger.duties import title_of

        if self.form == "ics" and not any(row.due for row in made.rows):
            return index.entry(made, "")
        name = names.name(title_of(made, self.ledger_words), f".{self.form}")
        output = Output(self.form, self.path / name, self.words, quiet=True)
        if self.form in _PAPERS:
            _write(made, output)
        else:
            output.write(_sheet(made, self.words))
        return index.entry(made, name)

    def write_index(self, entries: list[Entry], choice: str) -> None:
        """index.html and index.xlsx."""
        from graph.ledger import index

        listed, crossed = index.index(entries, choice, self.ledger_words), index.matrix(entries, self.ledger_words)
        write_papers("html", self.path / "index.html", [listed], self.ledger_words)
        write_papers("xlsx", self.path / "index.xlsx", [listed, crossed], self.ledger_words)


def _all(store: Store, folder: Folder, filters: Filters, sort: Sort, city: str | None) -> None:
    from graph.bodies import agencies
    from graph.ledger.duties import chosen
    from graph.ledger.names import FileNames
    from graph.ledger.rows import ledgers
    from zhize.progress import Progress

    wanted = agencies(store, city=city)
    names = FileNames()
    entries: list[Entry] = []
    with Progress(folder.words.pick("责任清单", "Ledgers"), len(wanted), folder.quiet) as progress:
        for number, made in enumerate(ledgers(store, wanted, filters, sort), 1):
            if not entries:
                make_folder(folder.path)
            entries.append(folder.write(made, names))
            progress.at(number)
    if not entries:
        click.echo("No duty fits.", err=True)
        raise click.exceptions.Exit(1)
    folder.write_index(entries, chosen(filters, 0, folder.ledger_words))
    files = sum(bool(entry.file) for entry in entries)
    counted = folder.ledger_words.number
    said = f"{counted(files, 'ledger', 'ledgers')} of {counted(len(entries), 'agency', 'agencies')}"
    written(folder.path, folder.quiet, f", {said}; see index.html")


def _sheet(made: Ledger, words: Words, lineage: str = "") -> Sheet[LedgerRow]:
    from zhize.duty_rows import columns, print_duties, record

    def screen(rows: Sequence[LedgerRow], stream: IO[str]) -> None:
        from zhize.screen import Screen

        print_duties(made.agency.name, rows, Screen(stream), words, made.filters.as_of, made.day, lineage)

    return Sheet(words("duties"), columns(words, made.filters.as_of, made.day), made.rows, screen, record)
