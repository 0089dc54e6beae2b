// Replace the properties of nodes.
// parameters: rows (list of the nodes' properties, each with id)
// columns: none
UNWIND $rows AS row
MATCH (n:Entity {id: row.id})
SET n = row
