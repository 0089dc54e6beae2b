// Give nodes other labels and replace their properties.
// parameters: rows (list of {id, props}); __CHANGE__ stands for the clauses that add and remove labels of `n`
// columns: none
UNWIND $rows AS row
MATCH (n:Entity {id: row.id})
SET n = row.props
__CHANGE__
