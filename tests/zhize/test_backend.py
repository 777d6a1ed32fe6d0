"""networkx hands its work to a backend that is installed and named, and says how to go on where it is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import zhize

ROOT = Path(zhize.__file__).parent.parent
BACKEND = '''
"""A backend that counts what it is asked for, and computes as networkx does."""

import sys

import networkx as nx


class Graph(nx.Graph):
    __networkx_backend__ = "counting"


def convert_from_nx(graph, **_):
    return Graph(graph)


def convert_to_nx(result, **_):
    return result


def betweenness_centrality(G, k=None, normalized=True, weight=None, endpoints=False, seed=None):
    print("counted", len(G), file=sys.stderr)
    return nx.betweenness_centrality.orig_func(nx.Graph(G), k, normalized, weight, endpoints, seed)
'''
ENTRY = "[networkx.backends]\ncounting = counting_backend\n"
PACKAGE = "Metadata-Version: 2.1\nName: counting-backend\nVersion: 1.0\n"


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder with a package that brings the backend ``counting``."""
    (tmp_path / "counting_backend.py").write_text(BACKEND, encoding="utf-8")
    about = tmp_path / "counting_backend-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(PACKAGE, encoding="utf-8")
    (about / "entry_points.txt").write_text(ENTRY, encoding="utf-8")
    return tmp_path


def analyse(store: Path, path: Path, backend: str) -> subprocess.CompletedProcess[bytes]:
    env = {k: v for k, v in os.environ.items() if k != "NETWORKX_BACKEND_PRIORITY"}
    env |= {"PYTHONPATH": os.pathsep.join((str(ROOT), str(path)))} | ({"NETWORKX_BACKEND_PRIORITY": backend} if backend else {})
    command = [sys.executable, "-m", "zhize", "analyse", "agencies", "--format", "json", "--store", str(store)]
    return subprocess.run(command, capture_output=True, env=env, check=False)


def test_a_backend_that_is_named_does_the_work(store: Path, installed: Path) -> None:
    plain, handed = analyse(store, installed, ""), analyse(store, installed, "counting")
    assert (plain.returncode, handed.returncode) == (0, 0), handed.stderr.decode()
    assert b"counted" not in plain.stderr and b"counted" in handed.stderr
    assert plain.stdout == handed.stdout and len(plain.stdout) > 1000


def test_a_backend_that_is_not_installed_is_said_clearly(store: Path, tmp_path: Path) -> None:
    asked = analyse(store, tmp_path, "nowhere")
    assert asked.returncode == 2 and asked.stdout == b""
    assert b"NETWORKX_BACKEND_PRIORITY=nowhere" in asked.stderr and b"Try without it" in asked.stderr
