// How many nodes there are of each class.
// Parameters: none. Columns: type, count.
MATCH (n:Entity)
RETURN n.type AS type, count(n) AS count
ORDER BY count DESC, type
