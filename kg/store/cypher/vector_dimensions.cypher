// The vector indexes of a Neo4j database and the length of their vectors.
// parameters: none
// columns: name, dimensions
SHOW VECTOR INDEXES YIELD name, options
RETURN name, options.indexConfig['vector.dimensions'] AS dimensions
