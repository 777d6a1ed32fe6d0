"""Who must do what, in which role.

:mod:`.find` is the main flow over the forms that officials write: :mod:`.markers` (责任单位：…), tables, :mod:`.inline` (sentences)
and :mod:`.lists` (tasks under the name of a unit); :mod:`.roles` tells lead, responsible and support.
"""
