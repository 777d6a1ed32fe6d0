"""What our HTML pages share: one file, nothing from outside, and a document's words never become markup.

A document is hostile: its words travel as JSON with ``<``, ``>`` and ``&`` escaped, reach the page as text nodes only, and a
content security policy lets nothing run but the scripts that stand in the page, known by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

_ASSETS = Path(__file__).with_name("view_assets")
_UNSAFE = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def render(template: str, words: Mapping[str, str], data: object, scripts: Sequence[str], style: str) -> str:
    """The page of the asset ``template``: ``words`` fill its ``{{names}}`` as text, ``data`` is its JSON."""
    parts = {key: html.escape(word) for key, word in words.items()} | {
        "policy": _security_policy(scripts, style),
        "style": style,
        "data": embed(data),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    page = re.sub(r"\{\{(\w{1,20})\}\}", lambda m: parts[m.group(1)], asset(template))
    return page.encode("utf-8", "replace").decode("utf-8")


def embed(data: object) -> str:
    """``data`` as JSON that is safe inside a ``<script>`` element: no markup character, no JavaScript line end."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


@cache
def asset(name: str) -> str:
    """A file of ``view_assets``, with the line ends of Unix on every machine."""
    return (_ASSETS / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _security_policy(scripts: Sequence[str], style: str) -> str:
    """Nothing may be loaded, sent or run except these scripts and this style sheet."""
    allowed = " ".join(_hash(script) for script in scripts)
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
