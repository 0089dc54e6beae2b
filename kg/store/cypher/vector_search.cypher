// The nodes whose vectors lie nearest.
// parameters: index (name), k (how many), vector (list of floats)
// columns: id, score (1 is the same direction, 0 the opposite)
CALL db.index.vector.queryNodes($index, $k, $vector) YIELD node, score
RETURN node.id AS id, score
ORDER BY score DESC, id
