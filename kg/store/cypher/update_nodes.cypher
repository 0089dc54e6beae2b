// Replace the properties of nodes.
// parameters: rows (list of {id, props})
// columns: none
UNWIND $rows AS row
MATCH (n:Entity {id: row.id})
SET n = row.props
