// Nodes with all their properties.
// Parameters: ids. Columns: props.
MATCH (n:Entity)
WHERE n.id IN $ids
RETURN properties(n) AS props
ORDER BY n.id
