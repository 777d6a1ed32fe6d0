"""The notebooks run on the sample corpus and say what is stored in them. ``python -m tests.test_notebooks`` stores it anew."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from extract.pipeline import extract_source
from extract.read import read_source
from graph import answers
from graph.build import build
from graph.frames import NoTableError, frame, frame_of
from graph.limits import QueryLimits
from graph.store import Store, open_store
from zhize.sources import SAMPLE

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "notebooks"
NAMES = ("01-first-look.ipynb", "02-who-carries-what.ipynb", "03-ancestry-and-standing.ipynb", "04-targets-and-supports.ipynb")
SIZE = 300_000  # bytes of a notebook with its pictures


def executed(name: str) -> Any:
    """The notebook after a run from top to bottom in a fresh kernel, which finds the packages where this test does."""
    book = nbformat.read(FOLDER / name, as_version=4)
    paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    env = os.environ | {"PYTHONPATH": paths, "PYTHONHASHSEED": "0"}
    client = NotebookClient(book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}})
    client.execute(env=env)
    return book


def said(book: Any) -> list[list[str]]:
    """What each code cell printed and showed, as text; a picture counts as its type. Messages on stderr depend on the machine."""
    return [[text for output in cell.outputs for text in _texts(output)] for cell in book.cells if cell.cell_type == "code"]


def _texts(output: Any) -> list[str]:
    if output.output_type == "stream":
        return [output.text] if output.name == "stdout" else []
    if output.output_type == "error":
        return [f"{output.ename}: {output.evalue}"]
    return [output.data.get("text/plain", ""), *(kind for kind in sorted(output.data) if kind != "text/plain")]


def store(name: str) -> None:
    """Run a notebook and write it back without anything that belongs to the machine or the hour."""
    book = executed(name)
    book.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    count = 0
    for at, cell in enumerate(book.cells, 1):
        cell.id, cell.metadata = f"cell-{at:02}", {}
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            for output in cell.outputs:
                if "execution_count" in output:
                    output.execution_count = count
                if "metadata" in output:
                    output.metadata = {}
    nbformat.write(book, FOLDER / name)


def test_the_notebooks_are_those_that_are_tested() -> None:
    assert tuple(sorted(path.name for path in FOLDER.glob("*.ipynb"))) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_run_gives_what_is_stored(name: str) -> None:
    stored = said(nbformat.read(FOLDER / name, as_version=4))
    assert any(stored)
    assert said(executed(name)) == stored


@pytest.mark.parametrize("name", NAMES)
def test_a_stored_notebook_is_clean(name: str) -> None:
    path = FOLDER / name
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    assert path.stat().st_size < SIZE
    assert set(book.metadata) == {"kernelspec", "language_info"}
    assert all(not cell.metadata for cell in book.cells)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert {output.get("name", "") for cell in code for output in cell.outputs} <= {"", "stdout"}, "messages of a run are stored"
    assert [output for cell in code for output in cell.outputs if output.output_type == "error"] == []
    assert str(ROOT) not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_shows_a_frame_and_tells_a_story(name: str) -> None:
    book = nbformat.read(FOLDER / name, as_version=4)
    shown = {kind for cell in book.cells if cell.cell_type == "code" for o in cell.outputs for kind in o.get("data", {})}
    assert {"text/html", "image/png"} <= shown
    assert book.cells[0].source.startswith("# ")
    assert sum(cell.cell_type == "markdown" for cell in book.cells) >= 4


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The graph of one sample document."""
    path = SAMPLE / "yunling-decision-2024-11.txt"
    folder = tmp_path_factory.mktemp("frames") / "graph"
    build(extract_source(read_source(path, path.name)), folder)
    return open_store(folder)


TYPED = [
    pytest.param("7", "int64", 7, id="whole number"),
    pytest.param("0.5", "float64", 0.5, id="decimal"),
    pytest.param("1e3", "float64", 1000.0, id="double"),
    pytest.param("true", "bool", True, id="truth value"),
    pytest.param('"2025"^^xsd:gYear', "object", "2025", id="a bare year stays text"),
    pytest.param('"007"', "object", "007", id="text of digits stays text"),
    pytest.param("?unbound", "object", None, id="unbound"),
]


@pytest.mark.parametrize(("term", "dtype", "value"), TYPED)
def test_cells_have_the_types_of_their_terms(sample: Store, term: str, dtype: str, value: object) -> None:
    made = frame(sample, f"SELECT ?x WHERE {{ BIND ({term} AS ?x) }}")
    assert (str(made["x"].dtype), made["x"].tolist()) == (dtype, [value])


def test_a_store_and_its_folder_answer_alike(sample: Store) -> None:
    query = "SELECT ?title ?number WHERE { ?p a zhize:Policy ; rdfs:label ?title ; eli:id_local ?number }"
    made = frame(sample, query)
    assert made.equals(frame(sample.folder, query))
    assert made.to_dict("list") == {
        "title": ["云陵市人民政府关于废止和修改部分行政规范性文件的决定"],
        "number": ["云政〔2024〕11号"],
    }


def test_no_solutions_keep_the_columns(sample: Store) -> None:
    made = frame(sample, "SELECT ?a ?b WHERE { ?a zhize:nothing ?b }")
    assert (list(made.columns), len(made)) == (["a", "b"], 0)


def test_a_cut_answer_says_so(sample: Store) -> None:
    with pytest.warns(UserWarning, match="cut off after 2 rows"):
        made = frame(sample, "SELECT * WHERE { ?s ?p ?o }", QueryLimits(rows=2))
    assert made.attrs["truncated"] is True


def test_an_ask_has_no_table(sample: Store) -> None:
    with pytest.raises(NoTableError, match="SELECT"):
        frame(sample, "ASK { ?s ?p ?o }")


def test_rows_spread_their_evidence(sample: Store) -> None:
    rows = answers.all_duties(sample)
    made = frame_of(rows)
    assert made["agency"].tolist() == [row.agency for row in rows] != []
    assert made["evidence_start"].tolist() == [row.evidence.start for row in rows]
    assert list(frame_of(rows, ["role", "agency"]).columns) == ["role", "agency"]
    assert list(frame_of([], ["role"]).columns) == ["role"]


@pytest.mark.parametrize(("rows", "columns", "error"), [
    pytest.param([{"role": "lead"}], None, TypeError, id="a dict is no dataclass"),
    pytest.param([QueryLimits()], ["no_such"], KeyError, id="unknown column"),
])  # fmt: skip
def test_wrong_rows(rows: list[object], columns: list[str] | None, error: type[Exception]) -> None:
    with pytest.raises(error):
        frame_of(rows, columns)


if __name__ == "__main__":
    for notebook in sys.argv[1:] or NAMES:
        store(notebook)
