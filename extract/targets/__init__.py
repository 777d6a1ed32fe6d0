"""Figures to be reached and money given.

:mod:`.find` is the main flow: :mod:`.figures` reads numerals with units, :mod:`.statements` cuts sentences, :mod:`.scene` and
:mod:`.context` say what stands around a figure, :mod:`.rules` and :mod:`.supports` judge; :mod:`.tables` reads tables.
"""
