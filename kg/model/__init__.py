"""The ontology read into Python, records, dates and identifiers: pure, no I/O beyond reading files."""
