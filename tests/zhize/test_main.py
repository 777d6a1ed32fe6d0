"""The command line as a whole: help, exit codes, encodings, pipes, cold start, unexpected errors."""

from __future__ import annotations

import importlib
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

import zhize
from tests.zhize.conftest import Run
from zhize.main import COMMANDS, cli
from zhize.settings import SETTINGS
from zhize.sources import SAMPLE

ROOT = Path(zhize.__file__).parent.parent
EXAMPLES = {name: importlib.import_module(f"zhize.commands.{name}").EXAMPLES for name in COMMANDS}


def process(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run zhize as users do."""
    env = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    return subprocess.run([sys.executable, "-m", "zhize", *arguments], capture_output=True, check=False, cwd=cwd, env=env)


def test_every_module_is_a_command() -> None:
    modules = {p.stem for p in (ROOT / "zhize" / "commands").glob("*.py")} - {"__init__"}
    assert modules == set(COMMANDS)


def test_help_names_every_command(run: Run) -> None:
    text = run("--help").stdout
    for name in COMMANDS:
        assert f"  {name} " in text
    assert "Example:" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command(name: str, run: Run) -> None:
    text = run(name, "--help").stdout
    assert "Example:" in text
    for example in EXAMPLES[name]:
        assert f"  {example}\n" in text
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_80_columns(name: str) -> None:
    text = process(name, "--help", COLUMNS="80").stdout.decode()
    from rich.cells import cell_len

    assert max(map(cell_len, text.splitlines())) <= 80


@pytest.mark.parametrize("example", [pytest.param(e, id=e) for name, examples in EXAMPLES.items() if name != "serve" for e in examples])
def test_examples_run(example: str, run: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(store, "zhize-data")
    shutil.copytree(SAMPLE, "公报")
    document = sorted(SAMPLE.glob("*.txt"))[0]
    for name in ("公报.txt", "通知.txt"):
        shutil.copyfile(document, name)
    Path("question.rq").write_text("SELECT * WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 3", encoding="utf-8")
    if example.startswith("zhize check"):
        run("export", "-o", "graph.ttl")
        run("extract", "公报", "-o", "facts.jsonl", "--quiet")
    if "--authority-file" in example:
        run("agencies", "--authority", "--city", "云陵市", "-o", "本市机构.ttl")
    before = set(tmp_path.rglob("*"))
    program, *arguments = shlex.split(example.partition(" | ")[0])
    assert program == "zhize"
    result = run(*arguments)
    made = set(tmp_path.rglob("*")) - before
    assert result.stdout or made


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: s.variable)
def test_settings_are_used(setting: object) -> None:
    from zhize.settings import Setting

    assert isinstance(setting, Setting)
    source = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "zhize").rglob("*.py") if p.name != "settings.py")
    names = [name for name, value in vars(importlib.import_module("zhize.settings")).items() if value is setting]
    assert any(f"{name}.variable" in source for name in names)


WRONG = [
    pytest.param(["dutys"], id="unknown command"),
    pytest.param(["duties"], id="no agency"),
    pytest.param(["duties", "市财政局", "--role", "boss"], id="unknown role"),
    pytest.param(["agencies", "--format", "docx"], id="unknown form"),
    pytest.param(["agencies", "-o", "a.docx"], id="unknown suffix"),
    pytest.param(["extract"], id="no source"),
    pytest.param(["agencies", "--top", "0"], id="nothing wanted"),
    pytest.param(["analyse", "people"], id="unknown network"),
]


@pytest.mark.parametrize(
    ("name", "near"), [("dutys", "duties"), ("agency", "agencies"), ("analyze", "analyse"), ("extrakt", "extract"), ("xyzzy", ""), ("-", "")]
)
def test_a_command_that_is_none_gets_the_nearest(name: str, near: str, run: Run) -> None:
    said = run(name, code=2).stderr
    assert "No such command" in said
    assert (f"Did you mean {near}" in said) if near else ("Did you mean" not in said)


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_use(arguments: list[str], run: Run) -> None:
    result = run(*arguments, code=2)
    assert result.stdout == ""
    assert "Error: " in result.stderr


ASKING = "agencies|duties 市财政局|policies|targets|query --list|review|analyse agencies|view agencies -o v.html|export -o a.ttl"


@pytest.mark.parametrize("arguments", [line.split() for line in ASKING.split("|")], ids=lambda a: a[0])
def test_no_graph_yet(arguments: list[str], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if arguments == ["query", "--list"]:
        assert run(*arguments).stdout  # needs no graph
        return
    result = run(*arguments, code=2)
    assert "there is no graph in" in result.stderr
    assert "zhize build" in result.stderr
    assert list(tmp_path.iterdir()) == []


HEAVY = ("spacy", "rdflib", "networkx", "openpyxl", "pyvis", "scipy", "numpy", "pyshacl")


@pytest.mark.parametrize("arguments", [["--help"], ["duties", "市财政局"], ["agencies"], ["targets"], ["policies"]])
def test_cold_start_imports_nothing_heavy(arguments: list[str], store: Path) -> None:
    code = ("import json, sys; sys.argv = ['zhize', *json.loads(sys.argv[1])]\nfrom zhize.main import cli\n"
            "cli.main(standalone_mode=False)\nprint(json.dumps(sorted(sys.modules)), file=sys.stderr)")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code, json.dumps(arguments)], capture_output=True, text=True, encoding="utf-8",
                          check=True, env=os.environ | {"PYTHONPATH": str(ROOT), "ZHIZE_STORE": str(store)})  # fmt: skip
    assert set(json.loads(done.stderr.splitlines()[-1])) & set(HEAVY) == set()


def test_version() -> None:
    done = process("--version")
    assert done.returncode == 0
    assert done.stdout.decode().startswith("zhize, version ")


@pytest.mark.parametrize("form", ["table", "csv", "json", "jsonl", "md"])
def test_utf8_whatever_the_locale(form: str, store: Path) -> None:
    done = process("duties", "市财政局", "--store", str(store), "--format", form, LC_ALL="C", LANG="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr.decode()
    assert "云陵市财政局" in done.stdout.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("command", ["extract {sample}", "duties 市财政局 --store {store}", "agencies --store {store} --lang en"])
def test_reader_that_stops_early(command: str, store: Path) -> None:
    line = command.format(sample=shlex.quote(str(SAMPLE)), store=shlex.quote(str(store)))
    shell = f"{shlex.quote(sys.executable)} -u -m zhize {line} | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, check=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.stderr == b""
    assert done.stdout.strip() == b"0"


FAULT = """
import sys
import zhize.main
def fail(*_): raise {error}
zhize.main.cli.invoke = fail
sys.argv = ['zhize', 'agencies']
zhize.main.main()
"""


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        pytest.param("ZeroDivisionError('x')", 2, "Please report it", id="unexpected"),
        pytest.param("PermissionError(13, 'Permission denied', 'a.txt')", 2, "Error: Permission denied: a.txt", id="system"),
        pytest.param("OSError(28, 'No space left on device')", 2, "Error: No space left on device", id="full disk"),
        pytest.param("KeyboardInterrupt()", 130, "Interrupted", id="interrupted"),
    ],
)
def test_errors_are_said_and_not_swallowed(error: str, code: int, said: str) -> None:
    for debug in ("", "1"):
        done = subprocess.run([sys.executable, "-c", FAULT.format(error=error)], capture_output=True, text=True, check=False,
                              env=os.environ | {"PYTHONPATH": str(ROOT), "ZHIZE_DEBUG": debug})  # fmt: skip
        assert done.stdout == ""
        if debug and code == 2:
            assert "Traceback" in done.stderr
        else:
            assert done.returncode == code
            assert said in done.stderr
            assert "Traceback" not in done.stderr
