// The nodes whose indexed text answers a search.
// parameters: index (name), text (Lucene syntax), k (how many)
// columns: id, score (higher is better, comparable within one answer only)
CALL db.index.fulltext.queryNodes($index, $text) YIELD node, score
RETURN node.id AS id, score
ORDER BY score DESC, id
LIMIT $k
