// Names by which running text may mention actors, persons and places.
// Parameters: none. Columns: id, name, short, aliases, type.
MATCH (n:Entity)
WHERE n:Actor OR n:Place
RETURN n.id AS id, n.name AS name, n.short AS short, n.aliases AS aliases, n.type AS type
ORDER BY id
