"""Facts in, answers out: the RDF graph, its store, queries, analysis and views."""
