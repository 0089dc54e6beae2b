// Relationships of a node and of the parts of its record, by both ends.
// Parameters: id. Columns: source, source_name, type, target, target_name, props.
MATCH (a:Entity)-[r]->(b:Entity)
WHERE (a.id = $id OR b.id = $id OR a.record = $id OR b.record = $id) AND NOT a:Passage
RETURN a.id AS source, a.name AS source_name, type(r) AS type, b.id AS target, b.name AS target_name, properties(r) AS props
ORDER BY source, type, target
