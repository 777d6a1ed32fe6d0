"""A file into its policies: the layout undone, heads found, clauses numbered, tables read.

:mod:`.split` is the main flow; it uses :mod:`.layout` (line ends, running heads), :mod:`.heads` (titles, 文号, issuer),
:mod:`.outline` with :mod:`.marks` (the clause tree), :mod:`.tables`, :mod:`.vertical` (tables without layout) and :mod:`.validity`.
"""
