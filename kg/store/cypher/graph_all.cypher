// Relationships from anywhere, those of passages left out.
// Parameters: limit. Columns: source, type, target, how, role.
MATCH (n:Entity)-[r]->(m:Entity)
WHERE type(r) <> 'PASSAGE_OF' AND type(r) <> 'BROADER'
RETURN n.id AS source, type(r) AS type, m.id AS target, r.how AS how, r.role AS role
LIMIT $limit
