// How many relationships there are of each type.
// Parameters: none. Columns: type, count.
MATCH (:Entity)-[r]->(:Entity)
RETURN type(r) AS type, count(r) AS count
ORDER BY count DESC, type
