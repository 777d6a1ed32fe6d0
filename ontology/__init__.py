"""The vocabulary: terms (zhize.ttl, reused.ttl), code lists, shapes, the agency authority and the named queries."""
