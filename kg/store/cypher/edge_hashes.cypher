// What is stored: one row for each relationship that Precedent manages.
// parameters: none
// columns: type, source, target, id, hash
MATCH (a:Entity)-[r]->(b:Entity)
WHERE r._hash IS NOT NULL
RETURN type(r) AS type, a.id AS source, b.id AS target, r.id AS id, r._hash AS hash
