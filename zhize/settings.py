"""All settings of the command line: name, default, help. The options and the help texts are made from this table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting with its environment variable; ``default`` is its value where nobody says otherwise."""

    variable: str
    default: str
    help: str


STORE = Setting("ZHIZE_STORE", "./zhize-data", "Folder of the graph, or URL of a SPARQL 1.1 server.")
STORE_USER = Setting("ZHIZE_STORE_USER", "", "User of that server.")
STORE_PASSWORD = Setting("ZHIZE_STORE_PASSWORD", "", "Password of that user.")
LANG = Setting("ZHIZE_LANG", "zh", "Language of the labels: Chinese or English.")
CORRECTIONS = Setting("ZHIZE_CORRECTIONS", "./zhize-corrections.yaml", "File of corrections (YAML).")
AUTHORITY = Setting("ZHIZE_AUTHORITY", "./zhize-authority.ttl", "File of bodies of your own (Turtle).")
DEBUG = Setting("ZHIZE_DEBUG", "", "Any value: show the whole traceback of an unexpected error.")

SETTINGS = (STORE, STORE_USER, STORE_PASSWORD, LANG, CORRECTIONS, AUTHORITY, DEBUG)

CANDIDATES = 8  # names offered when an agency is ambiguous or unknown: what fits a glance
WIDEST = 110  # columns: longer lines of Chinese are hard to read, however wide the terminal
PATIENCE = 1.0  # seconds before a progress bar appears, so that nothing over two seconds is silent
