// Every relationship that Precedent manages, whole.
// parameters: none
// columns: type, source, target, props
MATCH (a:Entity)-[r]->(b:Entity)
WHERE r._hash IS NOT NULL
RETURN type(r) AS type, a.id AS source, b.id AS target, properties(r) AS props
