"""The RDF form of records: Turtle, TriG and JSON-LD out, and SHACL validation."""
