"""All limits of the extract layer in one table, from which the command line and the docs are made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """A limit or choice: ``name`` is how the command line and messages call it, ``help`` says what it does, with its unit."""

    name: str
    default: int
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("max_file_bytes", 20_000_000, "Files larger than this many bytes are not read; a yearly gazette has about 5,000,000."),
)

_BY_NAME = {setting.name: setting for setting in SETTINGS}


def default(name: str) -> int:
    """The default of the setting called ``name``. Raises KeyError for a name that is not in :data:`SETTINGS`."""
    return _BY_NAME[name].default
