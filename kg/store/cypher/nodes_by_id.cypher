// Names and types of nodes.
// Parameters: ids. Columns: id, name, type, record.
MATCH (n:Entity)
WHERE n.id IN $ids
RETURN n.id AS id, n.name AS name, n.type AS type, n.record AS record
