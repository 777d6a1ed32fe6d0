"""Zip packages and XML from strangers: everything is bounded, and no DTD, entity or address is followed."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from extract.formats.decoded import Broken
from extract.settings import default

if TYPE_CHECKING:
    from lxml.etree import _Element

_DAMAGED = "Get the file again, or open it in an office program and save it anew."
_SMALL = 1_000_000  # bytes; below, a high ratio does no harm
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Package:
    """A zip package in memory. Raises :class:`Broken` for all that is wrong with it."""

    def __init__(self, data: bytes) -> None:
        self._left = default("max_unpacked_bytes")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RecursionError) as error:
            raise Broken(f"the package is damaged ({error})", _DAMAGED) from error
        if len(infos) > (limit := default("max_entries")):
            raise Broken(f"the package has more than {limit:,} entries", "This is no ordinary document; do not open it unchecked.")
        self._infos = {_normal(info.filename): info for info in infos}

    @property
    def names(self) -> list[str]:
        """The names of all entries, with forward slashes and without one in front."""
        return list(self._infos)

    def __contains__(self, name: str) -> bool:
        return _normal(name) in self._infos

    def read(self, name: str) -> bytes:
        """The bytes of an entry, at most what the settings allow: the size that the package declares is not trusted."""
        info = self._infos.get(_normal(name))
        if info is None:
            raise Broken(f"the package lacks its part {_shown(name)}", _DAMAGED)
        if info.flag_bits & 1:
            raise Broken("the package is encrypted with a password", "Open it with its password and save it without one.")
        try:
            with self._zip.open(info) as entry:
                data = entry.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            raise Broken(f"the part {_shown(name)} of the package is damaged ({error})", _DAMAGED) from error
        self._left -= len(data)
        ratio = default("max_ratio")
        if self._left < 0 or (len(data) > _SMALL and len(data) > ratio * max(info.compress_size, 1)):
            why = f"its part {_shown(name)} unpacks to too much (limits: max_unpacked_bytes, max_ratio {ratio}:1)"
            raise Broken(f"the package may be a zip bomb: {why}", "Do not open it unchecked; a real document can be split.")
        return data

    def xml(self, name: str) -> _Element:
        """The root of an XML entry."""
        return parse_xml(self.read(name), name)


def parse_xml(data: bytes, name: str) -> _Element:
    """The root of an XML document; a DTD or entity is refused, and so is what libxml2 finds ill-formed or too deep."""
    from lxml import etree

    if _DOCTYPE.search(data[:100_000].replace(b"\x00", b"")):
        raise Broken(f"the part {_shown(name)} declares a DTD or entities", "Office programs never write such; do not trust it.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Broken(f"the part {_shown(name)} is damaged XML ({_first(error)})", _DAMAGED) from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise Broken(f"the part {_shown(name)} is no plain XML document", _DAMAGED)
    return root


def check_count(count: int, what: str) -> None:
    """Raise :class:`Broken` where a document has more ``what`` than the setting max_nodes; counted before it is parsed."""
    if count > (limit := default("max_nodes")):
        raise Broken(f"the document has {count:,} {what}, more than {limit:,} (max_nodes)", "Split the document.")


def local(element: _Element) -> str:
    """The name of an element without its namespace; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str | None:
    """The attribute called ``name`` in whatever namespace, else None."""
    found = element.get(name)
    if found is not None:
        return found
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def resolve(base: str, target: str) -> str:
    """``target`` as a part named in the part ``base`` means it. It never leaves the package: names are keys, not paths."""
    if target.startswith("/"):
        return _normal(target)
    return _normal(posixpath.join(posixpath.dirname(base), target))


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part of an Office package: id to (kind, name of the part); those that lead outside are left out."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels not in package:
        return {}
    out = {}
    for element in package.xml(rels):
        if local(element) == "Relationship" and element.get("TargetMode") != "External":
            kind = (element.get("Type") or "").rpartition("/")[2]
            out[element.get("Id") or ""] = (kind, resolve(part, element.get("Target") or ""))
    return out


def _normal(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()


def _shown(name: str) -> str:
    """A name from the package in a message: short and printable."""
    return "".join(c if c.isprintable() else "?" for c in name[:60])


def _first(error: Exception) -> str:
    return _shown(str(error).split("\n", 1)[0])
