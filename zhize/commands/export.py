"""``zhize export``: the graph as RDF."""
