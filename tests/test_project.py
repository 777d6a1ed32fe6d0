"""What holds for the project as a whole: sizes, layers, what a wheel carries, and what must not stand in any file."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from extract import __version__

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
LAYERS = ("ontology", "extract", "graph", "zhize")  # each may import itself and what stands before it
FILE_LINES, FUNCTION_LINES = 400, 60
LONG_FUNCTIONS: dict[str, str] = {}
"""``path:name`` of a function over the limit, with the reason."""
RUN = 24  # characters of a published document that no file may repeat
IMPORTS = (ast.Import, ast.ImportFrom)
PICTURES = {".png", ".svg", ".ico"}
KEPT = "graph/serve/static/vendor/"  # an editor as its makers publish it: not our words


@cache
def files() -> tuple[Path, ...]:
    """All files of the project, whether committed yet or not."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    found = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(sorted({path for path in found if path.is_file()}))


@cache
def texts() -> dict[str, str]:
    """The texts of the project by their path."""
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files() if path.suffix not in PICTURES}


@cache
def modules() -> dict[str, ast.Module]:
    return {name: ast.parse(text) for name, text in texts().items() if name.endswith(".py")}


def test_there_is_a_project() -> None:
    assert len(modules()) > 100
    assert {name.split("/")[0] for name in modules()} >= {*LAYERS, "tests", "bench"}


def test_no_long_file() -> None:
    lengths = {name: text.count("\n") for name, text in texts().items() if name.endswith((".py", ".js"))}
    assert {name: n for name, n in lengths.items() if n > FILE_LINES} == {}


def functions() -> Iterator[tuple[str, int]]:
    for name, module in modules().items():
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield f"{name}:{node.name}", node.end_lineno - node.lineno + 1


def test_no_long_function() -> None:
    long = {name for name, lines in functions() if lines > FUNCTION_LINES}
    assert long == set(LONG_FUNCTIONS)
    assert all(len(reason) > 20 for reason in LONG_FUNCTIONS.values())


def imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import"
            yield node.module or ""


@pytest.mark.parametrize("layer", LAYERS)
def test_layers_point_one_way(layer: str) -> None:
    forbidden = {*LAYERS[LAYERS.index(layer) + 1 :], "tests", "bench", "docs"}
    ours = {name: module for name, module in modules().items() if name.startswith(f"{layer}/")}
    upward = [(name, target) for name, module in ours.items() for target in imported(module) if target.split(".")[0] in forbidden]
    assert ours
    assert upward == []


MODULES = {"pyyaml": "yaml", "python_docx": "docx", "rdflib": "rdflib pyparsing"}  # where a distribution's modules are not called as it is


def installed_names(extras: bool = False) -> set[str]:
    """The top-level modules that a user has who installs zhize, or zhize with all extras but those of its developers."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    more = [line for extra, lines in project["optional-dependencies"].items() if extras and extra != "dev" for line in lines]
    wanted = [*project["dependencies"], *more]
    names = [re.split(r"[^\w-]", line)[0].replace("-", "_").lower() for line in wanted]
    return {module for name in names for module in MODULES.get(name, name).split()}


def test_every_import_is_a_dependency() -> None:
    """Modules of extras may only be imported inside functions: whoever has not installed them must still get in."""
    always = installed_names() | set(sys.stdlib_module_names) | set(LAYERS)
    ours = {name: module for name, module in modules().items() if name.split("/")[0] in LAYERS}
    for name, module in ours.items():
        late = {id(node) for function in ast.walk(module) if isinstance(function, ast.FunctionDef) for node in ast.walk(function)}
        first = ast.Module([node for node in ast.walk(module) if isinstance(node, IMPORTS) and id(node) not in late], [])
        assert [t for t in imported(first) if t.split(".")[0].lower() not in always] == [], name
        assert [t for t in imported(module) if t.split(".")[0].lower() not in always | installed_names(extras=True)] == [], name


UNWANTED = [
    pytest.param(r"(?<![\w.$}])/(?:work|root|tmp|home|Users|opt|mnt)/\w", id="path of a machine"),
    pytest.param(r"\b(?:TODO|FIXME|XXX)\b|mark\.xfail|raise NotImplementedError", id="unfinished"),
]


@pytest.mark.parametrize("pattern", UNWANTED)
def test_not_in_any_file(pattern: str) -> None:
    here = Path(__file__).relative_to(ROOT).as_posix()
    ours = {name: text for name, text in texts().items() if name != here and not name.startswith(KEPT)}
    found = [f"{name}: {match[0]}" for name, text in ours.items() for match in re.finditer(pattern, text)]
    assert found == []


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the published documents (../shared/corpus) are not here to be compared with")
def test_no_sentence_of_a_published_document() -> None:
    runs: set[str] = set()
    for path in CORPUS.glob("*.txt"):
        text = squeezed(path.read_text(encoding="utf-8"))
        runs.update(text[i : i + RUN] for i in range(len(text) - RUN + 1))
    assert len(runs) > 100_000
    copied = [
        f"{name}: {match}"
        for name, text in texts().items()
        for match in runs.intersection(stretches(text))
        if re.search("[一-鿿]{12}", match)
    ]
    assert copied == []


def stretches(text: str) -> set[str]:
    bare = squeezed(text)
    return {bare[i : i + RUN] for i in range(len(bare) - RUN + 1) if "一" <= bare[i + RUN // 2] <= "鿿"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel that pip makes of the project's files, from a copy: building leaves its marks where it is done."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for path in files():
        copy = source / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    done = subprocess.run([sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "--quiet", "-w", str(target)], cwd=source,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    (found,) = target.glob("zhize-*.whl")
    return zipfile.ZipFile(found)


def test_wheel_carries_every_file_of_the_packages(wheel: zipfile.ZipFile) -> None:
    carried = {name for name in wheel.namelist() if ".dist-info/" not in name}
    ours = {path.relative_to(ROOT).as_posix() for path in files()}
    assert carried == {name for name in ours if name.split("/")[0] in LAYERS}


def test_wheel_says_what_it_is(wheel: zipfile.ZipFile) -> None:
    info = {name.split(".dist-info/")[1]: wheel.read(name).decode() for name in wheel.namelist() if ".dist-info/" in name}
    assert f"Version: {__version__}\n" in info["METADATA"]
    assert "zhize = zhize.main:main" in info["entry_points.txt"]
    assert info["licenses/LICENSE"] == (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("layer", LAYERS)
def test_packages_are_typed(layer: str) -> None:
    assert (ROOT / layer / "py.typed").is_file()


def test_no_picture_is_heavy() -> None:
    pictures = {path.name: path.stat().st_size for path in files() if path.suffix in PICTURES}
    assert pictures
    assert {name: size for name, size in pictures.items() if size > 300_000} == {}
