// Give nodes further labels.
// parameters: rows (list of {id}); __LABELS__ stands for the labels, `A`:`B`
// columns: none
UNWIND $rows AS row
MATCH (n:Entity {id: row.id})
SET n:__LABELS__
