"""Office files (zip packages) whose bytes depend on nothing but their content: the libraries put the present moment into them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import IO

EPOCH = "2000-01-01"
"""The day of a file whose content bears no date."""

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say
_PROPERTIES = "docProps/core.xml"
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]{0,300}>)[^<]{0,40}(?=<)")
_LEVEL = 6


def write_package(save: Callable[[IO[bytes]], object], stream: IO[bytes], day: str = "") -> None:
    """Write what ``save`` writes, created and changed on ``day`` (ISO): the same content always gives the same bytes.

    The entries of the package keep their order and bear the earliest date that a zip file can say.
    """
    made = io.BytesIO()
    save(made)
    stamp = rb"\g<1>" + f"{day or EPOCH}T00:00:00Z".encode()
    out = io.BytesIO()  # a pipe cannot be sought in
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == _PROPERTIES:
                content = _STAMP.sub(stamp, content)
            fixed = zipfile.ZipInfo(entry.filename, _MOMENT)
            fixed.compress_type, fixed.external_attr, fixed.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            target.writestr(fixed, content, compresslevel=_LEVEL)
    stream.write(out.getvalue())
