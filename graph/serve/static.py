"""The style sheets and scripts of the pages: package data, held in memory, under addresses that change with their content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_GRAPH = Path(__file__).parents[1]
FOLDERS = {"serve": _GRAPH / "serve" / "static", "explorer": _GRAPH / "explorer" / "static"}
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
}
_FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class StaticFiles:
    """All files by address (``serve/query.js``); ``version`` is the hash of them all."""

    files: dict[str, bytes]
    version: str


@cache
def static_files() -> StaticFiles:
    """The files of all folders. Only those whose type is in ``TYPES``."""
    files: dict[str, bytes] = {}
    for name, folder in FOLDERS.items():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in TYPES:
                files[f"{name}/{path.relative_to(folder).as_posix()}"] = path.read_bytes()
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return StaticFiles(files, digest.hexdigest()[:12])


def static_address(name: str) -> str:
    """The address of a file such as ``serve/query.js``. Raises KeyError where there is none."""
    known = static_files()
    if name not in known.files:
        raise KeyError(name)
    return f"/static/{known.version}/{name}"


def _serve(request: Request) -> Response:
    known = static_files()
    name = request.path_params["name"]
    content = known.files.get(name)
    if content is None:
        raise HTTPException(404)
    current = request.path_params["version"] == known.version
    headers = {"Cache-Control": _FOREVER if current else "no-cache"}
    return Response(content, media_type=TYPES[Path(name).suffix], headers=headers)


def static_routes() -> list[Route]:
    """The route of all files."""
    return [Route("/static/{version}/{name:path}", _serve, name="static")]
