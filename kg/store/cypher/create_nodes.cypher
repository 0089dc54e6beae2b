// Create the nodes of one set of labels. A node that exists already is left as it is.
// parameters: rows (list of the nodes' properties, each with id); __LABELS__ stands for the labels, `A`:`B`:`Entity`
// columns: none
UNWIND $rows AS row
OPTIONAL MATCH (old:Entity {id: row.id})
WITH row, old
WHERE old IS NULL
CREATE (n:__LABELS__)
SET n = row
