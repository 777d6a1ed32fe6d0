"""Takes the SPARQL editor YASQE into the package: the published build, unchanged, with the licences of its parts.

    python docs/take_yasqe.py

Needs npm. The build comes ready for browsers, so nothing is compiled here; its sum is compared with the one below. To move to a
newer version, change ``VERSION`` and ``SUM`` (``npm view @zazuko/yasqe@VERSION dist.integrity``), run this, then the tests.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

VERSION = "4.6.2"
SUM = "83iCLuBIgU04KBIaibxZTjKvrXD6sEe/+aqsHxLb4+ZVD4eaUwh5hFJEetuWkiKBY6WxTjVOmhKXvh2AAOR14g=="
# What the build holds beside YASQE itself, by its source map.
PARTS = (
    "codemirror@5.65.21", "lodash-es@4.18.1", "store@2.0.12", "dompurify@3.4.18", "query-string@6.14.1",
    "decode-uri-component@0.2.2", "split-on-first@1.1.0", "strict-uri-encode@2.0.0", "filter-obj@1.1.0", "events@3.3.0",
)  # fmt: skip
TARGET = Path(__file__).parents[1] / "graph" / "serve" / "static" / "vendor"
HEAD = f"""YASQE {VERSION}, the SPARQL editor of Yasgui (npm: @zazuko/yasqe), as its makers publish it: build/yasqe.min.js and
build/yasqe.min.css, without the line that names a source map. Taken by docs/take_yasqe.py.

Author: Triply. Contributor: Zazuko GmbH. Licence: MIT (by its package.json; https://github.com/rdfjs/Yasgui).
The licences of YASQE and of the parts that the build holds follow.
"""
MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify,
merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished
to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE
FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def main() -> None:
    """Fetch, compare, copy."""
    with tempfile.TemporaryDirectory() as folder:
        package = fetch(f"@zazuko/yasqe@{VERSION}", Path(folder), SUM)
        script = (package / "build" / "yasqe.min.js").read_text(encoding="utf-8")
        TARGET.mkdir(parents=True, exist_ok=True)
        (TARGET / "yasqe.min.js").write_text(without_map(script), encoding="utf-8")
        (TARGET / "yasqe.min.css").write_text((package / "build" / "yasqe.min.css").read_text(encoding="utf-8"), encoding="utf-8")
        said = [HEAD, section(f"YASQE {VERSION}", MIT)]
        said += [section(part, licence(fetch(part, Path(folder)))) for part in PARTS]
        (TARGET / "LICENSES.txt").write_text("\n".join(said), encoding="utf-8")


def fetch(name: str, folder: Path, expected: str = "") -> Path:
    """The unpacked package. Raises ValueError where its sum is another than ``expected``."""
    npm = shutil.which("npm") or "npm"
    listed = subprocess.run([npm, "pack", name, "--json"], cwd=folder, capture_output=True, check=True)  # noqa: S603
    file = folder / json.loads(listed.stdout)[0]["filename"]
    found = base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode()
    if expected and found != expected:
        raise ValueError(f"{name}: the sum is {found}, not {expected}")
    target = folder / file.stem
    with tarfile.open(file) as packed:
        packed.extractall(target, filter="data")
    return next(path for path in target.iterdir() if path.is_dir())


def without_map(script: str) -> str:
    """The script without the line that names its source map, which is not here."""
    return "".join(line for line in script.splitlines(keepends=True) if not line.startswith("//# sourceMappingURL"))


def licence(package: Path) -> str:
    """The text of a package's licence, or what its package.json says."""
    for path in sorted(package.iterdir()):
        if path.name.lower().startswith(("licen", "copying")):
            return path.read_text(encoding="utf-8")
    told = json.loads((package / "package.json").read_text(encoding="utf-8"))
    author = told.get("author", "")
    name = author["name"] if isinstance(author, dict) else author
    return f"Licence: {told['license']}. Author: {name}\n\n{MIT}"


def section(name: str, text: str) -> str:
    """A licence under its heading."""
    return f"{'-' * 80}\n{name}\n{'-' * 80}\n\n" + "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"


if __name__ == "__main__":
    main()
