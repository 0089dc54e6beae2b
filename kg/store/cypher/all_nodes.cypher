// Every node that Precedent manages, whole.
// parameters: none
// columns: id, labels, props
MATCH (n:Entity)
WHERE n._hash IS NOT NULL
RETURN n.id AS id, labels(n) AS labels, properties(n) AS props
