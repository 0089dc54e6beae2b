// Relationships that reach a record or its parts from other records.
// Parameters: id (of the record). Columns: source, name, short, source_type, type, target, props.
MATCH (n:Entity {record: $id})<-[r]-(m:Entity)
WHERE m.record <> $id
RETURN m.id AS source, m.name AS name, m.short AS short, m.type AS source_type, type(r) AS type, n.id AS target,
       properties(r) AS props
ORDER BY target, type, source
