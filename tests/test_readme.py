"""The READMEs cannot rot: every command in them is run on the sample corpus, in their order, and what they show is compared.

A ``console`` block holds commands (``$ …``) with the output they give, standard output and error together. In the output a line
that is only ``…`` stands for any number of lines, and ``…`` at the end of a line for the rest of that line. A ``python`` block is run and
ends with the comment ``# →`` and what it prints. Both READMEs show the same commands, so each runs once. A command that ends with ``&`` (a
server) is ended when it has said what is shown. The set-up lines (``python3 -m venv …``) are run by ``.ci/run``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from zhize.main import COMMANDS

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
SETUP = ("bin/zhize build", "-m pytest")
FENCE = re.compile(r"^```(console|python|sh|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELISION = "…"
SHELL = f'zhize() {{ "{sys.executable}" -m zhize "$@"; }}\n'


@dataclass(frozen=True)
class Step:
    """A command of a README and what the README shows of its output."""

    line: int
    command: str
    shown: str


def blocks(readme: str, language: str) -> list[tuple[int, str]]:
    text = (ROOT / readme).read_text(encoding="utf-8")
    return [(text.count("\n", 0, m.start(2)) + 1, m[2]) for m in FENCE.finditer(text) if m[1] == language]


def steps(readme: str) -> list[Step]:
    found = []
    for first, block in blocks(readme, "console"):
        at = first
        for part in re.split(r"^(?=\$ )", block, flags=re.MULTILINE):
            if part.startswith("$ "):
                command, _, shown = part[2:].partition("\n")
                found.append(Step(at, command, shown))
            at += part.count("\n")
    return found


def matches(shown: str, printed: str) -> bool:
    """Whether ``printed`` is what ``shown`` says; blanks at the ends of lines do not count, nor empty lines around the whole."""
    pattern = ""
    for line in map(str.rstrip, shown.strip().splitlines()):
        if line.strip() == ELISION:
            pattern += r"(?:.*\n)*?"
        elif line.endswith(ELISION):
            pattern += re.escape(line.removesuffix(ELISION)) + r".*\n"
        else:
            pattern += re.escape(line) + r"\n"
    lines = "".join(line.rstrip() + "\n" for line in printed.strip().splitlines())
    return re.fullmatch(pattern, lines) is not None


@pytest.mark.parametrize(
    ("shown", "printed", "expected"),
    [
        pytest.param("a\nb\n", "a\nb\n", True, id="the same"),
        pytest.param("a  \nb", "a\nb   \n", True, id="blanks at ends of lines"),
        pytest.param("a\n…\nd", "a\nb\nc\nd\n", True, id="lines left out"),
        pytest.param("a\n…", "a\n", True, id="nothing left out"),
        pytest.param("seconds  …", "seconds  1.3\n", True, id="rest of a line left out"),
        pytest.param("a\nb", "a\nc\n", False, id="another line"),
        pytest.param("a\nb", "a\nx\nb\n", False, id="a line more"),
        pytest.param("", "a\n", False, id="output that is not shown"),
        pytest.param("a.c", "abc\n", False, id="no pattern language"),
        pytest.param("a\n…\nd", "a\nb\n", False, id="end missing"),
    ],
)
def test_matches(shown: str, printed: str, expected: bool) -> None:
    assert matches(shown, printed) is expected


def shell(command: str, folder: Path) -> str:
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ZHIZE_") and k != "COLUMNS"}
    done = subprocess.run(["bash", "-c", SHELL + command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          encoding="utf-8", env=environment | {"PYTHONPATH": path}, timeout=120, check=False)  # fmt: skip
    return done.stdout


def said(command: str, folder: Path, lines: int) -> str:
    """The first lines of a command that goes on until it is ended. It takes any free port; what it says of that is put right."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    words = command.removesuffix("&").split()
    assert words[:2] == ["zhize", "serve"]
    with subprocess.Popen([sys.executable, "-m", *words, "--port", "0"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          encoding="utf-8", env=os.environ | {"PYTHONPATH": path, "PYTHONUNBUFFERED": "1"}) as server:  # fmt: skip
        assert server.stdout is not None
        found = [server.stdout.readline() for _ in range(lines)]
        server.terminate()
    return re.sub(r"(?<=127\.0\.0\.1:)\d+", "8000", "".join(found))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a reader of README.md who types its commands one after another."""
    return tmp_path_factory.mktemp("reader")


@pytest.fixture(scope="module")
def printed(folder: Path) -> dict[str, str]:
    """What each command of README.md prints."""
    return {
        step.command: said(step.command, folder, step.shown.strip().count("\n") + 1)
        if step.command.endswith("&")
        else shell(step.command, folder)
        for step in steps(READMES[0])
    }


CASES = [pytest.param(step, id=f"{name}:{step.line}") for name in READMES for step in steps(name)]


@pytest.mark.parametrize("step", CASES)
def test_command_prints_what_is_shown(step: Step, printed: dict[str, str]) -> None:
    assert matches(step.shown, printed[step.command]), f"$ {step.command}\n{printed[step.command]}"


def test_both_readmes_have_the_same_commands() -> None:
    first, second = ([step.command for step in steps(name)] for name in READMES)
    assert first == second
    assert len(set(first)) == len(first) > 20


@pytest.mark.parametrize("language", ["python", "sh"])
def test_both_readmes_have_the_same_code(language: str) -> None:
    first, second = ([block for _, block in blocks(name, language)] for name in READMES)
    assert first == second != []


@pytest.mark.usefixtures("printed")
@pytest.mark.parametrize("code", [pytest.param(code, id=f"{READMES[0]}:{line}") for line, code in blocks(READMES[0], "python")])
def test_python_prints_what_is_shown(code: str, folder: Path) -> None:
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, encoding="utf-8",
                          env=os.environ | {"PYTHONPATH": path, "PYTHONUTF8": "1"}, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == re.findall(r"^# → (.*)$", code, re.MULTILINE)


@pytest.mark.parametrize("readme", READMES)
def test_set_up_is_one_line_each(readme: str) -> None:
    lines = (ROOT / readme).read_text(encoding="utf-8").splitlines()
    found = [line for line in lines if line.startswith("python3 -m venv ")]
    assert [line.endswith(end) for line, end in zip(found, SETUP, strict=True)] == [True, True]


@pytest.mark.parametrize("readme", READMES)
def test_every_command_is_shown(readme: str) -> None:
    shown = " ".join(step.command for step in steps(readme))
    assert [name for name in COMMANDS if not re.search(rf"\bzhize {name}\b", shown)] == []


@pytest.mark.parametrize("readme", READMES)
def test_links_lead_somewhere(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    targets = [t for t in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if not t.startswith("http")]
    assert len(targets) > 2
    assert [t for t in targets if not (ROOT / t).exists()] == []
