// Take labels from nodes.
// parameters: rows (list of {id}); __LABELS__ stands for the labels, `A`:`B`
// columns: none
UNWIND $rows AS row
MATCH (n:Entity {id: row.id})
REMOVE n:__LABELS__
