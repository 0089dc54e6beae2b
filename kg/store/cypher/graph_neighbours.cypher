// Relationships at some nodes, of some types or, with none named, of all but those of passages.
// Parameters: ids, types, limit. Columns: source, type, target, how, role.
MATCH (n:Entity)-[r]-(m:Entity)
WHERE n.id IN $ids AND type(r) <> 'PASSAGE_OF' AND (size($types) = 0 OR type(r) IN $types)
RETURN DISTINCT startNode(r).id AS source, type(r) AS type, endNode(r).id AS target, r.how AS how, r.role AS role
ORDER BY source, type, target
LIMIT $limit
