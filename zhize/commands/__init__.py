"""The commands, one module each; every module has ``command`` (the click command) and ``EXAMPLES`` (what its help shows)."""
