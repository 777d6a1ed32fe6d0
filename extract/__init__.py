"""Documents in, facts out.

The way of the data: :mod:`extract.read` (file to text) → :mod:`extract.split` (text to policies, their layout undone by
:mod:`extract.layout`, their clauses found by :mod:`extract.outline`) → the finders :mod:`extract.duties`,
:mod:`extract.targets` and :mod:`extract.citations` → records (:mod:`extract.models`). :mod:`extract.pipeline` holds it
together as a spaCy pipeline; its ``extract_source`` is the main flow.
"""

__version__ = "0.1.0"
