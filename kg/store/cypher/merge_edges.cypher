// Replace the properties of relationships of one type.
// parameters: rows (list of {source, target, props}, the properties each with id); __TYPE__ stands for the type
// columns: none
UNWIND $rows AS row
MATCH (a:Entity {id: row.source})
MATCH (b:Entity {id: row.target})
MERGE (a)-[r:__TYPE__ {id: row.props.id}]->(b)
SET r = row.props
