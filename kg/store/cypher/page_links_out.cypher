// Relationships that leave a record or its parts.
// Parameters: id (of the record). Columns: source, type, target, name, short, target_type, props.
MATCH (n:Entity {record: $id})-[r]->(m:Entity)
RETURN n.id AS source, type(r) AS type, m.id AS target, m.name AS name, m.short AS short, m.type AS target_type,
       properties(r) AS props
ORDER BY source, type, target
