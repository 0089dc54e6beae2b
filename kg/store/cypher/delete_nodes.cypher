// Delete nodes that Precedent manages, with their relationships.
// parameters: rows (list of {id})
// columns: none
UNWIND $rows AS row
MATCH (n:Entity {id: row.id})
WHERE n._hash IS NOT NULL
DETACH DELETE n
