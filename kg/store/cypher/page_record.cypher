// A record with all its parts, by date.
// Parameters: id (of the record). Columns: props.
MATCH (n:Entity {record: $id})
RETURN properties(n) AS props
ORDER BY n.earliest, n.latest, n.id
