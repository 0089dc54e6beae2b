// Create the relationships of one type, or replace the properties of those that exist.
// parameters: rows (list of {source, target, id, props}); __TYPE__ stands for the type
// columns: none
UNWIND $rows AS row
MATCH (a:Entity {id: row.source})
MATCH (b:Entity {id: row.target})
MERGE (a)-[r:__TYPE__ {id: row.id}]->(b)
SET r = row.props
