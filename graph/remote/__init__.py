"""A graph on a SPARQL 1.1 server in the place of a folder: read by queries, written by builds, both over HTTP."""
