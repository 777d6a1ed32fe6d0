"""Is a graph, or a file of records, sound? The rules are the SHACL shapes and the few that SHACL core cannot say.

:func:`graph.check.graphs.check_graph` checks a store or what :func:`graph.check.files.load` reads from RDF files,
:func:`graph.check.records.check_records` a file of records (facts.jsonl). Each gives a :class:`graph.check.model.Report`.
"""
