// Relationships of some types at a record or its parts.
// Parameters: id (of the record), types, limit. Columns: source, type, target, how, role.
MATCH (n:Entity {record: $id})-[r]-(m:Entity)
WHERE type(r) IN $types
RETURN DISTINCT startNode(r).id AS source, type(r) AS type, endNode(r).id AS target, r.how AS how, r.role AS role
ORDER BY source, type, target
LIMIT $limit
