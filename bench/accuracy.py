"""Accuracy against annotated documents: precision, recall and F1 of each form of fact.

Usage: python bench/accuracy.py [--documents FOLDER] [--gold GOLD.jsonl] [--scorer score.py] [--errors N]

The gold is JSON Lines in the form that `zhize extract` writes; the scorer compares two such files. By default all three are looked
for beside the project. That gold was in sight while the rules were written: its figures show that nothing broke, not how well zhize
reads documents that it has never met. Name gold that nobody has tuned on for that.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SHARED = HERE.parent / "shared"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, default=SHARED / "corpus")
    parser.add_argument("--gold", type=Path, default=SHARED / "gold" / "dev.jsonl")
    parser.add_argument("--scorer", type=Path, default=SHARED / "gold" / "score.py")
    parser.add_argument("--errors", type=int, default=0, help="show so many errors of each kind")
    options = parser.parse_args()
    for path in (options.documents, options.gold, options.scorer):
        if not path.exists():
            sys.exit(f"{path} is not there: name it with an option (see --help).")
    if options.gold == SHARED / "gold" / "dev.jsonl":
        print("In-sample: the rules were tuned on this gold. Expect less on documents of other places.\n", flush=True)
    path = os.pathsep.join(filter(None, [str(HERE), os.environ.get("PYTHONPATH", "")]))
    with tempfile.TemporaryDirectory() as folder:
        facts = Path(folder) / "facts.jsonl"
        subprocess.run([sys.executable, "-m", "zhize", "extract", str(options.documents), "-o", str(facts), "--quiet"], check=True,
                       env=os.environ | {"PYTHONPATH": path})  # fmt: skip
        command = [sys.executable, str(options.scorer), str(options.gold), str(facts)]
        subprocess.run(command + (["--errors", str(options.errors)] if options.errors else []), check=True)


if __name__ == "__main__":
    main()
