// Relationships at some nodes, those of passages left out.
// Parameters: ids, limit. Columns: source, type, target, how, role.
MATCH (n:Entity)-[r]-(m:Entity)
WHERE n.id IN $ids AND type(r) <> 'PASSAGE_OF'
RETURN DISTINCT startNode(r).id AS source, type(r) AS type, endNode(r).id AS target, r.how AS how, r.role AS role
ORDER BY source, type, target
LIMIT $limit
