// The parts of a record, by date and id.
// Parameters: id (of the record). Columns: props.
MATCH (n:Entity {record: $id})
WHERE n.id <> $id AND NOT n:Passage
RETURN properties(n) AS props
ORDER BY n.earliest, n.id
