"""The source of truth: `precedent.ttl`, `shapes.ttl`, `vocab/`, `alignments.ttl`, `context.jsonld`."""
