"""How sources become records, and records become the graph."""
