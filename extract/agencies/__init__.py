"""Names of government bodies: from the words as written to the body that they mean.

:mod:`.canonical` names one body; :mod:`.units` cuts a list into bodies, :mod:`.mentions` finds them in prose. :mod:`.bodies` and
:mod:`.places` read the authority, :mod:`.offices`, :mod:`.groups`, :mod:`.speaker` and
:mod:`.aliases` say what a name lacks.
"""
