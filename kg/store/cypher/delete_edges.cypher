// Delete relationships of one type.
// parameters: rows (list of {source, target, id}); __TYPE__ stands for the type
// columns: none
UNWIND $rows AS row
MATCH (a:Entity {id: row.source})-[r:__TYPE__]->(b:Entity {id: row.target})
WHERE r.id = row.id
DELETE r
