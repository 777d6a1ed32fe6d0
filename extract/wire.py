"""Docs with our facts as bytes: ``doc.to_bytes()``, ``DocBin(store_user_data=True)`` and ``nlp.pipe(…, n_process=2)``.

spaCy writes what components leave in a Doc with msgpack, which knows no dataclasses. Records travel as their JSON objects, a policy
as its head and file, out of which it is read again where somebody asks for it: its text is that of the Doc.
"""

import dataclasses
from collections.abc import Callable
from typing import Any

import srsly  # type: ignore[import-untyped]  # comes with spaCy, which writes Docs with it

from extract.models import Fact, PolicyRecord, PolicyText, SourceText, from_json, to_json

_RECORD, _POLICY = "zhize-record", "zhize-policy"
Chain = Callable[[Any], Any]


def register(read_again: Callable[[SourceText, PolicyRecord], PolicyText]) -> None:
    """Teach msgpack our records; ``read_again`` gives the policy with that head out of the file."""

    def encode(thing: Any, chain: Chain | None = None) -> Any:
        if isinstance(thing, (Fact, PolicyRecord)):
            return {_RECORD: to_json(thing)}  # type: ignore[arg-type]
        if isinstance(thing, PolicyText):
            return {_POLICY: [dataclasses.asdict(thing.source), to_json(thing.head)]}
        return thing if chain is None else chain(thing)

    def decode(thing: Any, chain: Chain | None = None) -> Any:
        if isinstance(thing, dict) and len(thing) == 1:
            if _RECORD in thing:
                return from_json(thing[_RECORD])
            if _POLICY in thing:
                source, head = thing[_POLICY]
                fields: dict[str, Any] = {k: tuple(v) if isinstance(v, (list, tuple)) else v for k, v in source.items()}
                record = from_json(head)
                assert isinstance(record, PolicyRecord)
                return read_again(SourceText(**fields), record)
        return thing if chain is None else chain(thing)

    srsly.msgpack_encoders.register("zhize", func=encode)
    srsly.msgpack_decoders.register("zhize", func=decode)
