"""The sample corpus, built once, and a way to call the command line in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from zhize.main import cli

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def run() -> Run:
    """``run("duties", "市财政局", code=1)``: call zhize and check the exit code (None: any); unexpected exceptions are raised."""

    def call(*arguments: object, code: int | None = 0) -> Result:
        result = CliRunner().invoke(cli, [str(a) for a in arguments], prog_name="zhize", catch_exceptions=False)
        assert code is None or result.exit_code == code, result.stderr or result.stdout
        return result

    return call


@pytest.fixture(scope="session")
def store(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the sample corpus."""
    folder = tmp_path_factory.mktemp("sample") / "zhize-data"
    run("build", "--store", folder, "--quiet")
    return folder
