// One node with its properties.
// Parameters: id. Columns: props.
MATCH (n:Entity {id: $id})
RETURN properties(n) AS props
