"""Which document rests on, cites, amends or repeals which.

:mod:`.find` is the main flow: :mod:`.titlemarks` (《》) and :mod:`.numbers` (文号) find the documents, :mod:`.relations` says how
they are used, :mod:`.provisions` which part is meant; :mod:`.references`, :mod:`.shortforms` and :mod:`.precedence` follow.
"""
