"""The graph in a browser: a SPARQL endpoint, an editor for it, and the pages of :mod:`graph.explorer`, by one process."""
