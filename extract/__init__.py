"""Documents in, facts out.

The way of the data: :mod:`extract.read` with :mod:`extract.formats` (a file to text) → :mod:`extract.policies` (text to policies,
the layout undone, clauses found) → the finders :mod:`extract.duties`, :mod:`extract.targets` and :mod:`extract.citations`, which
ask :mod:`extract.agencies` who is meant → records (:mod:`extract.models`), with what a person corrected
(:mod:`extract.corrections`).
:mod:`extract.pipeline` holds it together as a spaCy pipeline; its ``extract_source`` is the main flow.
"""

__version__ = "0.1.0"
