"""One package a source; each yields records and knows nothing of the graph."""
