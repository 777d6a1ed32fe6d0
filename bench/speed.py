"""Speed, as ratios measured in one run: extraction beside jieba cutting the same text; the whole build; an answer from cold.

Usage: python bench/speed.py [FOLDER OR FILES] [--agency 市财政局] [--city 驻马店市]
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
GAZETTES = HERE.parent / "shared" / "corpus"
SAMPLE = HERE / "zhize" / "sample"
REPEATS = 3  # the best of so many: other work on the machine only ever adds time


def seconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    best = float("inf")
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


def zhize(*arguments: str) -> None:
    path = os.pathsep.join(filter(None, [str(HERE), os.environ.get("PYTHONPATH", "")]))
    command = [sys.executable, "-m", "zhize", *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, env=os.environ | {"PYTHONPATH": path}
    )
    if done.returncode != 0:
        sys.exit(f"zhize {' '.join(arguments)}: exit code {done.returncode}\n{done.stderr}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[GAZETTES if GAZETTES.is_dir() else SAMPLE])
    parser.add_argument("--agency", default="市财政局")
    parser.add_argument("--city", default="驻马店市" if GAZETTES.is_dir() else "云陵市")
    options = parser.parse_args()
    sys.path.insert(0, str(HERE))

    import jieba  # noqa: PLC0415 - the project is not on the path before

    from extract.pipeline import extract_source  # noqa: PLC0415
    from extract.read import find_sources, read_source  # noqa: PLC0415
    from zhize.main import ALLOCATIONS  # noqa: PLC0415

    gc.set_threshold(ALLOCATIONS)  # as the command does
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    sources = [read_source(path) for path in find_sources(options.paths)]
    characters = sum(len(source.text) for source in sources)
    list(extract_source(sources[0]))  # tables are read once, as jieba's dictionary is
    ours = seconds(lambda: [list(extract_source(source)) for source in sources])
    theirs = seconds(lambda: [list(jieba.cut(source.text)) for source in sources])
    print(f"{len(sources)} documents, {characters:,} characters; one core, after start-up")
    print(f"  zhize extract     {ours:7.2f} s  {characters / ours:12,.0f} characters/s")
    print(f"  jieba.cut         {theirs:7.2f} s  {characters / theirs:12,.0f} characters/s")
    print(f"  ratio             {theirs / ours:7.2f}    (above 1: all facts sooner than jieba has the words)")
    with tempfile.TemporaryDirectory() as folder:
        build = seconds(lambda: zhize("build", *map(str, options.paths), "--store", folder, "--quiet"), 1)
        again = seconds(lambda: zhize("build", *map(str, options.paths), "--store", folder, "--quiet"), 1)
        cold = seconds(lambda: zhize("duties", options.agency, "--city", options.city, "--store", folder))
    python = seconds(lambda: subprocess.run([sys.executable, "-c", "import spacy"], check=True))
    print(f"zhize build         {build:7.2f} s  from the command to the graph on disk; again, unchanged: {again:.2f} s")
    print(f"zhize duties        {cold:7.2f} s  from cold ({options.agency}); `import spacy` alone: {python:.2f} s")


if __name__ == "__main__":
    main()
