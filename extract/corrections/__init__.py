"""What a person corrected.

:mod:`.file` reads the file, :mod:`.apply` lays it over the facts, :mod:`.template` makes a file to fill in.
"""
