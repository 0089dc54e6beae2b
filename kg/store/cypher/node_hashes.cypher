// What is stored: one row for each node that Precedent manages.
// parameters: none
// columns: id, hash, labels
MATCH (n:Entity)
WHERE n._hash IS NOT NULL
RETURN n.id AS id, n._hash AS hash, labels(n) AS labels
