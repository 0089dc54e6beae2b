// Create relationships of one type that are not there yet.
// parameters: rows (list of {source, target, props}, the properties each with id); __TYPE__ stands for the type
// columns: none
UNWIND $rows AS row
MATCH (a:Entity {id: row.source})
MATCH (b:Entity {id: row.target})
CREATE (a)-[r:__TYPE__]->(b)
SET r = row.props
