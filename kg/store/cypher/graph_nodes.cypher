// What a graph shows of nodes.
// Parameters: ids. Columns: id, name, short, text, type, date, record.
MATCH (n:Entity)
WHERE n.id IN $ids
RETURN n.id AS id, n.name AS name, n.short AS short, n.text AS text, n.type AS type, n.date AS date, n.record AS record
ORDER BY id
