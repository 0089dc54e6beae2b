// What is stored: the relationships that Precedent manages, in one row for each node that they run from.
// parameters: none
// columns: edges (list of [id, hash])
MATCH (a:Entity)-[r]->(:Entity)
WHERE r._hash IS NOT NULL
WITH a, collect([r.id, r._hash]) AS edges
RETURN edges
